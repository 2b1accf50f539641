//! Code quality of GitLab: a list of issues, told apart by their fingerprints. Written as it comes.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use super::address::slashed;
use super::json::to_json;
use super::told::{Finding, Location, Report};
use super::{Across, Collector, Renderer, Summary};
use crate::fingerprint;
use crate::pack::Severity;

/// What stands between the fingerprint of an issue and the rest of it, in a part.
const BETWEEN: char = '\t';

#[derive(Serialize)]
struct Issue<'a> {
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

/// The issues of a report, a line each: its fingerprint, and the rest as JSON.
pub(super) fn part(renderer: &Renderer, told: &Report) -> String {
    told.findings.iter().map(|finding| line(renderer, told, finding)).collect()
}

fn line(renderer: &Renderer, told: &Report, finding: &Finding) -> String {
    let path = slashed(&told.path);
    let whose = told.organization.as_deref();
    let fingerprint = fingerprint::in_archive(whose, told.year, &path, &finding.fingerprint);
    let says = finding.line(renderer.language);
    let (place, begin, end) = match &finding.location {
        Some(Location::Text { start, end }) => (String::new(), start.line, end.line),
        // Issues have lines; of what has none, the place stands in the words.
        Some(location) => (format!("{} ", location.within(renderer.language)), 1, 1),
        None => (String::new(), 1, 1),
    };
    let issue = Issue {
        description: format!("{} {place}{says}", finding.code),
        check_name: &finding.name,
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Advice => "info",
        },
        location: Place { path, lines: Begin { begin, end } },
    };
    format!("{fingerprint}{BETWEEN}{}\n", to_json(&issue))
}

/// Writes the issues, and remembers their fingerprints: GitLab shows one issue for each.
#[derive(Debug, Default)]
pub(super) struct Issues {
    /// How often each fingerprint was there.
    seen: HashMap<String, usize>,
}

impl Issues {
    /// The fingerprint, another one where it was there before.
    fn unique(&mut self, fingerprint: &str) -> String {
        let count = self.seen.entry(fingerprint.to_owned()).or_default();
        *count += 1;
        if *count == 1 { fingerprint.to_owned() } else { fingerprint::of(&[fingerprint, &count.to_string()]) }
    }
}

impl Collector for Issues {
    fn take(&mut self, part: &str, writer: &mut (dyn Write + Send)) -> io::Result<()> {
        for line in part.lines() {
            let before = if self.seen.is_empty() { "[\n" } else { ",\n" };
            let (fingerprint, issue) = line.split_once(BETWEEN).unwrap_or(("", line));
            let fingerprint = self.unique(fingerprint);
            let rest = issue.strip_prefix('{').unwrap_or(issue);
            write!(writer, "{before}{{\"fingerprint\":\"{fingerprint}\",{rest}")?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: &Across, _: &Summary, writer: &mut (dyn Write + Send)) -> io::Result<()> {
        let end = if self.seen.is_empty() { "[]\n" } else { "\n]\n" };
        writer.write_all(end.as_bytes())
    }
}
