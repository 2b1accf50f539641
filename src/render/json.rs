//! JSON: the view, as it is. One document that is written as it comes, or a line for each report.

use serde::Serialize;

use super::options::Options;
use super::output::Output;
use crate::view::{Across, Report, SCHEMA, Summary};

/// One JSON document.
pub(super) struct Json;

/// What writes one JSON document.
pub const JSON: &dyn Output = &Json;

/// A JSON value a line.
pub(super) struct Jsonl;

impl Output for Json {
    fn head(&self, _: &Options) -> String {
        let version = env!("CARGO_PKG_VERSION");
        format!("{{\"schema\":{SCHEMA},\"tool\":{{\"name\":\"gouji\",\"version\":\"{version}\"}},\"reports\":[\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn report(&self, _: &Options, report: &Report) -> String {
        to_json(report)
    }

    fn across_head(&self) -> Option<&'static str> {
        Some("\n],\"archive\":{\"findings\":[\n")
    }

    fn across(&self, _: &Options, report: &Report) -> String {
        findings(report, self.across_separator())
    }

    fn tail(&self, _: &Options, across: &Across, summary: &Summary) -> String {
        format!("\n],{}}},\"summary\":{}}}\n", rest(across), to_json(summary))
    }
}

impl Output for Jsonl {
    fn report(&self, _: &Options, report: &Report) -> String {
        format!("{{\"report\":{}}}\n", to_json(report))
    }

    fn across_head(&self) -> Option<&'static str> {
        Some("{\"archive\":{\"findings\":[")
    }

    fn across_separator(&self) -> &'static str {
        ","
    }

    fn across(&self, _: &Options, report: &Report) -> String {
        findings(report, self.across_separator())
    }

    fn tail(&self, _: &Options, across: &Across, summary: &Summary) -> String {
        format!("],{}}}}}\n{{\"summary\":{}}}\n", rest(across), to_json(summary))
    }
}

/// What is said across reports of one of them: its findings, with whose it is.
fn findings(report: &Report, separator: &str) -> String {
    report.across().map(|finding| to_json(&finding)).collect::<Vec<_>>().join(separator)
}

/// The rest of `archive`, after the findings, which are written already.
fn rest(across: &Across) -> String {
    let text = to_json(across);
    let rest = text.strip_prefix("{\"findings\":[],").and_then(|text| text.strip_suffix('}'));
    rest.expect("the first key of an archive is that of its findings").to_owned()
}

pub(super) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data always serializes")
}
