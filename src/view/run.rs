//! A run as `json` and `jsonl` write it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::across::Across;
use super::report::Report;
use super::summary::Summary;

/// The number of this shape: it grows when something is renamed or taken away, not when something is added.
pub const SCHEMA: u32 = 1;

/// A run as `json` has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The number of this shape.
    pub schema: u32,
    pub tool: Tool,
    pub reports: Vec<Report>,
    pub archive: Across,
    pub summary: Summary,
}

impl Document {
    /// A run that was made of these reports, each with its verdict by itself, with what is said across them.
    pub fn new(mut reports: Vec<Report>, archive: Across) -> Self {
        let across = archive.clone().take_reports();
        for said in &across {
            let is_of = |report: &&mut Report| (&report.path, &report.part) == (&said.path, &said.part);
            if let Some(report) = reports.iter_mut().find(is_of) {
                report.verdict = report.verdict_with(&said.findings);
            }
        }
        let mut summary = Summary::default();
        for report in &reports {
            summary.add(report, report.is_unreadable());
        }
        for report in &across {
            summary.add_across(report);
        }
        let tool = Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
        Self { schema: SCHEMA, tool, reports, archive, summary }
    }
}

/// What wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    pub name: String,
    pub version: String,
}

/// A line of `jsonl`: first the reports, then what is said across them, then the summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Line")]
pub enum Said {
    Report(Box<Report>),
    Archive(Across),
    Summary(Summary),
}

/// A document of `json`, or a line of `jsonl`.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "its shape is all that is asked of it")]
enum Written {
    Document(Document),
    Line(Said),
}

/// The JSON Schema of `json` and of the lines of `jsonl`, as it is checked in.
pub fn schema() -> String {
    crate::pack::schema_of::<Written>("report", "gouji check --format json, jsonl")
}
