//! JSON: what is told, as it is. One document that is written as it comes, or a line for each report.

use serde::Serialize;

use super::told::{self, SCHEMA};
use super::{Across, Summary};

pub(super) fn head() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("{{\"schema\":{SCHEMA},\"tool\":{{\"name\":\"gouji\",\"version\":\"{version}\"}},\"reports\":[\n")
}

pub(super) fn report(told: &told::Report) -> String {
    to_json(told)
}

pub(super) fn report_line(told: &told::Report) -> String {
    format!("{{\"report\":{}}}\n", report(told))
}

/// What is told across reports of one of them: its findings, with whose it is.
pub(super) fn across(told: &told::Report, separator: &str) -> String {
    told.across().map(|finding| to_json(&finding)).collect::<Vec<_>>().join(separator)
}

pub(super) fn across_head() -> &'static str {
    "\n],\"archive\":{\"findings\":[\n"
}

pub(super) fn across_head_line() -> &'static str {
    "{\"archive\":{\"findings\":["
}

pub(super) fn tail(across: &Across, summary: &Summary) -> String {
    let rest = across_tail(across);
    format!("\n],{rest}}},\"summary\":{}}}\n", to_json(&summary_of(across, summary)))
}

pub(super) fn tail_lines(across: &Across, summary: &Summary) -> String {
    let rest = across_tail(across);
    format!("],{rest}}}}}\n{{\"summary\":{}}}\n", to_json(&summary_of(across, summary)))
}

/// What stands in `archive` behind the findings.
fn across_tail(across: &Across) -> String {
    let rest = told::Archive {
        findings: Vec::new(),
        rules: across.tally.into(),
        not_evaluated: across.not_evaluated.clone(),
        more_not_evaluated: across.more,
        suppressed: across.suppressed.clone(),
    };
    let text = to_json(&rest);
    // The findings are written already.
    let rest = text.strip_prefix("{\"findings\":[],").and_then(|text| text.strip_suffix('}'));
    rest.expect("the first key of an archive is that of its findings").to_owned()
}

fn summary_of(across: &Across, summary: &Summary) -> told::Summary {
    told::Summary { interrupted: across.is_interrupted, ..summary.into() }
}

pub(super) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data always serializes")
}
