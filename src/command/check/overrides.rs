//! Overrides that matched no report, in a run over the folder of their configuration file.

use std::sync::Arc;

use super::super::agencies::List;
use super::super::named::on_disk;
use super::accepting::Remark;
use super::run::Run;
use crate::config::Origin;
use crate::document::Location;
use crate::finding::{Finding, Subject};
use crate::message::{Argument, Message};
use crate::pack::Fault;

/// What is said of one, with the file that it is in.
pub(super) struct Unused {
    list: Arc<List>,
    finding: Finding,
}

impl Unused {
    pub fn remark(self) -> Remark {
        Remark { list: self.list, finding: self.finding, organization: None, year: None }
    }
}

impl Run {
    pub fn unused_overrides(&self) -> Vec<Unused> {
        let checkers = &self.reporter.checkers;
        let rule = checkers.base().core().rule(Fault::UnusedOverride);
        let mut all = Vec::new();
        for own in checkers.unused_overrides() {
            let patterns = [&own.paths, &own.organizations].into_iter().flatten();
            let written: Vec<_> = patterns.flat_map(|patterns| &patterns.written).collect();
            let Some(Origin::File(file, span)) = written.first().map(|given| &given.origin) else { continue };
            // What is elsewhere may be what it is for.
            if !self.inputs.named().walks(&on_disk(&file.path)) {
                continue;
            }
            let words = || written.iter().map(|given| given.value.as_str());
            let message =
                Message::new("unused-override").with("patterns", Argument::List(words().map(Argument::from).collect()));
            let subject = Subject::Text(words().collect::<Vec<_>>().join(" "));
            let place = Location::text(span.start as u32..span.end as u32);
            let finding = Finding::new(rule, subject, Some(place), message);
            let list = Arc::new(List { path: file.path.display().to_string(), bytes: file.text.clone().into_bytes() });
            let finding = finding.weighed(checkers.base().levels(None));
            all.extend(finding.map(|finding| Unused { list, finding }));
        }
        all
    }
}
