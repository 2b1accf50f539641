//! Code quality of GitLab: a list of issues, distinguished by their fingerprints. Written as it comes.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use super::address::slashed;
use super::json::to_json;
use super::options::Options;
use super::output::{Collector, Output, Part, Setting};
use crate::fingerprint;
use crate::message::Language;
use crate::pack::Severity;
use crate::view::{Across, Finding, Location, Report, Summary};

/// Code quality of GitLab.
pub(super) struct Gitlab;

impl Output for Gitlab {
    fn collector(&self, options: &Options, _: Setting<'_>) -> io::Result<Option<Box<dyn Collector>>> {
        Ok(Some(Box::new(Issues { language: options.language, seen: HashMap::new() })))
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    fingerprint: String,
    description: String,
    check_name: &'a str,
    severity: &'static str,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    lines: Begin,
}

#[derive(Serialize)]
struct Begin {
    begin: u32,
    end: u32,
}

/// Writes the issues, and remembers their fingerprints: GitLab shows one issue for each.
#[derive(Debug)]
struct Issues {
    language: Language,
    /// How often each fingerprint was there.
    seen: HashMap<String, usize>,
}

impl Issues {
    fn issue<'f>(&mut self, report: &Report, finding: &'f Finding) -> Issue<'f> {
        let path = slashed(&report.path);
        let whose = (report.organization.as_deref(), report.year);
        let file = (path.as_str(), report.part.as_deref());
        let fingerprint = fingerprint::in_archive(whose, file, &finding.fingerprint);
        let says = finding.line(self.language);
        let (place, begin, end) = match &finding.location {
            Some(Location::Text { start, end }) => (String::new(), start.line, end.line),
            // Issues have lines; of what has none, the place is in the words, and the row is what orders them.
            Some(location) => (format!("{} ", location.within(self.language)), location.row(), location.row()),
            None => (String::new(), 1, 1),
        };
        Issue {
            fingerprint: self.unique(fingerprint),
            description: format!("{} {place}{says}", finding.code),
            check_name: &finding.name,
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Advice => "info",
            },
            location: Place { path, lines: Begin { begin, end } },
        }
    }

    /// The fingerprint, another one where it was there before.
    fn unique(&mut self, fingerprint: String) -> String {
        let count = self.seen.entry(fingerprint.clone()).or_default();
        *count += 1;
        if *count == 1 { fingerprint } else { fingerprint::of(&[&fingerprint, &count.to_string()]) }
    }
}

impl Collector for Issues {
    fn take(&mut self, part: Part<'_>, writer: &mut (dyn Write + Send)) -> io::Result<()> {
        for finding in &part.report.findings {
            let before = if self.seen.is_empty() { "[\n" } else { ",\n" };
            write!(writer, "{before}{}", to_json(&self.issue(part.report, finding)))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: &Across, _: &Summary, writer: &mut (dyn Write + Send)) -> io::Result<()> {
        let end = if self.seen.is_empty() { "[]\n" } else { "\n]\n" };
        writer.write_all(end.as_bytes())
    }
}
