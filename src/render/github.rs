//! Workflow commands of GitHub: a line a finding, which is shown beside the line of the file.

use std::fmt::Write;

use super::address::slashed;
use super::options::Options;
use super::output::Output;
use super::words;
use crate::pack::Severity;
use crate::view::{Finding, Location, Report, harmless};

/// Workflow commands of GitHub.
pub(super) struct Github;

impl Output for Github {
    fn has_summary(&self) -> bool {
        false
    }

    fn report(&self, options: &Options, report: &Report) -> String {
        let mut text = self.across(options, report);
        if let Some(why) = words::unverifiable(report, options.language) {
            let file = property(&slashed(&report.path));
            let title = property(&words::verdict(report.verdict).say(options.language));
            let part = report.part.as_ref().map(|part| format!("{part} ")).unwrap_or_default();
            writeln!(text, "::notice file={file},title={title}::{}", data(&(part + &why))).expect("strings take all");
        }
        text
    }

    fn across(&self, options: &Options, report: &Report) -> String {
        report.findings.iter().map(|finding| command(options, &report.path, finding)).collect()
    }
}

fn command(options: &Options, path: &str, finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let title = property(&format!("{} {}", finding.code, finding.name));
    let (lines, message) = match &finding.location {
        Some(Location::Text { start, end }) => {
            let mut lines = format!(",line={},endLine={}", start.line, end.line);
            // Columns are taken for stretches within a line only.
            if start.line == end.line {
                write!(lines, ",col={},endColumn={}", start.column, end.column).expect("strings take all");
            }
            (lines, finding.line(options.language))
        }
        Some(location) => {
            let place = location.within(options.language);
            (String::new(), format!("{place} {}", finding.line(options.language)))
        }
        None => (String::new(), finding.line(options.language)),
    };
    let message = std::iter::once(&message).chain(&finding.notes).chain(&finding.help);
    let message = message.map(|line| data(line)).collect::<Vec<_>>().join("%0A");
    format!("::{name} file={}{lines},title={title}::{message}\n", property(&slashed(path)))
}

/// Text behind the colons: nothing in it begins a line, and so a command.
fn data(text: &str) -> String {
    harmless(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// Text of a property, which ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
