//! Workflow commands of GitHub: a line a finding, which is shown beside the line of the file.

use std::fmt::Write;

use super::address::slashed;
use super::told::{Finding, Location, Report};
use super::{Renderer, concise};
use crate::pack::Severity;

pub(super) fn report(renderer: &Renderer, told: &Report) -> String {
    let mut text = across(renderer, told);
    if let Some(why) = concise::unverifiable(told, renderer.language) {
        let file = property(&slashed(&told.path));
        let title = property(&concise::verdict(told.verdict).say(renderer.language));
        writeln!(text, "::notice file={file},title={title}::{}", data(&why)).expect("strings take all");
    }
    text
}

pub(super) fn across(renderer: &Renderer, told: &Report) -> String {
    told.findings.iter().map(|finding| command(renderer, &told.path, finding)).collect()
}

fn command(renderer: &Renderer, path: &str, finding: &Finding) -> String {
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
            (lines, finding.line(renderer.language))
        }
        Some(location) => {
            let place = location.within(renderer.language);
            (String::new(), format!("{place} {}", finding.line(renderer.language)))
        }
        None => (String::new(), finding.line(renderer.language)),
    };
    let message = std::iter::once(&message).chain(&finding.notes).chain(&finding.help);
    let message = message.map(|line| data(line)).collect::<Vec<_>>().join("%0A");
    format!("::{name} file={}{lines},title={title}::{message}\n", property(&slashed(path)))
}

/// Text behind the colons: nothing in it begins a line, and so a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text of a property, which ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
