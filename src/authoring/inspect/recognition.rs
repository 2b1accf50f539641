//! Whether the pack's own blank form is taken for what it is, and draws no findings.

use std::sync::Arc;

use super::remark::Remark;
use crate::authoring::verify;
use crate::checker::Checker;
use crate::finding::Finding;
use crate::limits::Limits;
use crate::message::{Argument, Message};
use crate::pack::{Core, Fault, Pack, Severity, raw};
use crate::report::Report;

/// The packs among which one is inspected.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    pub core: &'k Arc<Core>,
    pub packs: &'k [Arc<Pack>],
}

pub(super) fn look(raw: &raw::Pack, pack: &Arc<Pack>, known: &Known<'_>, remarks: &mut Vec<Remark>) {
    let others: Vec<&Arc<Pack>> = known.packs.iter().filter(|other| other.id != pack.id).collect();
    // A user's pack comes after those that are known already, as in a run.
    let all: Vec<Arc<Pack>> = others.iter().copied().chain([pack]).cloned().collect();
    let all = Checker::new(Arc::clone(known.core), all, Limits::default());
    let alone = |pack: &Arc<Pack>| Checker::new(Arc::clone(known.core), vec![Arc::clone(pack)], Limits::default());
    let mut warn = |severity, message| remarks.push(Remark::new(severity, message, raw.id.span()));

    let own_form = verify::blank(pack).markdown();
    match checked(&all, &own_form).pack {
        None => warn(Severity::Warning, Message::new("inspect.not-recognised")),
        Some(id) if id != pack.id => warn(Severity::Warning, Message::new("inspect.taken-for").with("pack", id)),
        Some(_) => {}
    }
    let report = checked(&alone(pack), &own_form);
    let zeros = known.core.rule(Fault::AllFiguresAreZero);
    let is_expected = |finding: &&Finding| finding.rule.code == zeros.code || report.pack.is_none();
    let findings: Vec<Argument> =
        report.findings.iter().filter(|finding| !is_expected(finding)).map(|f| verify::said(f).into()).collect();
    if !findings.is_empty() {
        warn(Severity::Warning, Message::new("inspect.blank-draws").with("findings", Argument::Sentences(findings)));
    }
    for other in others {
        if checked(&all, &verify::blank(other).markdown()).pack.as_ref() == Some(&pack.id) {
            warn(Severity::Warning, Message::new("inspect.takes").with("pack", other.id.as_str()));
        }
        // Versions of one form are distinguished by the years.
        let is_version = pack.family.is_some() && pack.family == other.family;
        // So are those of which one says that the other's labels are not its own.
        let names = |one: &Pack, of: &Pack| one.identify.of_others.iter().any(|label| !of.labels.get(label).is_empty());
        let is_told_apart = is_version || names(other, pack) && names(pack, other);
        if !is_told_apart && checked(&alone(other), &own_form).pack.is_some() {
            warn(Severity::Advice, Message::new("inspect.also-known").with("pack", other.id.as_str()));
        }
    }
}

fn checked(checker: &Checker, form: &str) -> Report {
    checker.check("blank.md", form.as_bytes()).into_first().report
}
