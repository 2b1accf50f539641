//! What is told of reports, in one language: the public shape that every output format is made of and that `json` and
//! `jsonl` write as it is. Types of its own, so that inner types may change freely; what has a name here keeps it.

mod make;
mod place;
mod stored;
use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::message::Language;
use crate::pack::Severity;
pub use place::within;
pub use stored::{Refused, read};

/// The number of this shape: it grows when something is renamed or taken away, not when something is added.
pub const SCHEMA: u32 = 1;

/// A report, or what is told across reports of one of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// As it was given.
    pub path: String,
    /// What the file is: `markdown`, `xlsx`.
    pub format: Cow<'static, str>,
    /// The character encoding, of texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Cow<'static, str>>,
    /// The id of the form it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    pub verdict: Verdict,
    pub rules: Tally,
    /// By place in the file.
    pub findings: Vec<Finding>,
    /// What somebody has accepted, told apart from the findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<Suppressed>,
    /// Places of sums that could not be evaluated, in the form's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_evaluated: Vec<String>,
}

/// One word for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No error and no warning, and every sum was evaluated.
    Pass,
    /// There are errors or warnings.
    Findings,
    /// It could not be read or recognised, or sums could not be evaluated.
    Unverifiable,
}

/// How many rules held, were broken, could not be evaluated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    pub held: usize,
    pub broken: usize,
    pub not_evaluated: usize,
}

/// Something a reader should look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The general kind of its rule, the same for every form.
    pub kind: String,
    /// The permanent code of its rule.
    pub code: String,
    /// The name of its rule.
    pub name: String,
    pub severity: Severity,
    /// The same in the next version of the report, wherever its lines have gone.
    pub fingerprint: String,
    /// All that is said: the place, the sentence, the notes.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The place in the form's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The official number of the section it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<u32>,
    /// The id of the table it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The id of the row it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The id of the column it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The id of the figure it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The text that stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// The text that should stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Where it stands; what is missing, at the last thing before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Further places that show why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// Ids of the sums that fail because of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<String>,
    /// Whether no other change of as few figures would explain them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unique: Option<bool>,
    /// Explanations, the likeliest first: each the figures to be changed together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspects: Vec<Vec<Suspect>>,
    /// What stands there and what was expected, without the place.
    pub sentence: String,
    /// What else is said, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A place with a remark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// The file it is in, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    pub location: Location,
    pub message: String,
}

/// A figure that may be wrong, as part of an explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suspect {
    /// The figure's id.
    pub cell: String,
    /// The text that stands there.
    pub found: String,
    /// The text that should stand there; none where the sums set bounds only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// How it came about, in a word: `digits-transposed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cow<'static, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Location {
    /// A stretch of a text; the end is exclusive.
    Text { start: Position, end: Position },
    /// A cell of a workbook: `C12`.
    Sheet { sheet: String, cell: String },
    /// A cell of a document's table, all counted from 1; a merged cell by its first.
    TableCell { table: u32, row: u32, column: u32 },
    /// A paragraph of a document outside its tables, counted from 1.
    Paragraph { paragraph: u32 },
}

/// A byte of a file as it lies on disk, counted from 0, with its line and its column in characters, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    pub byte: u32,
    pub line: u32,
    pub column: u32,
}

/// A finding that somebody has accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suppressed {
    #[serde(flatten)]
    pub finding: Finding,
    pub suppression: Suppression,
}

/// By what a finding was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Suppression {
    /// It was there when the baseline was written.
    Baseline,
    /// The auditor waives it.
    Waiver {
        reason: String,
        /// Who says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
        /// The last day it holds, `2027-12-31`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<String>,
    },
}

/// What is told across reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Archive {
    /// In the order of the reports, then what is missing.
    pub findings: Vec<Across<Finding>>,
    pub rules: Tally,
    /// What could not be put to a report, and why.
    pub not_evaluated: Vec<NotEvaluated>,
    /// How many more there were.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_not_evaluated: usize,
    /// What somebody has accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<Across<Suppressed>>,
}

/// What is told across reports of one of them, with whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Across<T> {
    pub path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    #[serde(flatten)]
    pub told: T,
}

/// Why some rules across reports were not put to one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotEvaluated {
    pub path: String,
    pub organization: String,
    pub year: u16,
    pub because: String,
}

/// Counts over all reports of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    pub reports: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
    /// Reports by their verdicts.
    #[serde(default)]
    pub passed: usize,
    #[serde(default)]
    pub with_findings: usize,
    #[serde(default)]
    pub unverifiable: usize,
    /// Findings that were accepted: those of the baseline, and those that are waived.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub in_baseline: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub waived: usize,
    /// The run was interrupted: there may be more reports, and nothing was put across them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
}

/// A run as `json` has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The number of this shape.
    pub schema: u32,
    pub tool: Tool,
    pub reports: Vec<Report>,
    pub archive: Archive,
    pub summary: Summary,
}

/// What wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    pub name: String,
    pub version: String,
}

/// A line of `jsonl`: first the reports, then what is told across them, then the summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    Report(Box<Report>),
    Archive(Archive),
    Summary(Summary),
}

/// A document of `json`, or a line of `jsonl`.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "its shape is all that is asked of it")]
enum Written {
    Document(Document),
    Line(Line),
}

/// The JSON Schema of `json` and of the lines of `jsonl`, as it is checked in.
pub fn schema() -> String {
    crate::pack::schema_of::<Written>("report", "gouji check --format json, jsonl")
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Report {
    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Finding {
    /// The place in the form's words and the sentence; always on one line.
    pub fn line(&self, language: Language) -> String {
        if self.place.is_empty() {
            return self.sentence.clone();
        }
        let colon = match language {
            Language::Chinese => "：",
            Language::English => ": ",
        };
        format!("{}{colon}{}", self.place, self.sentence)
    }

    /// The line and the notes, as one paragraph.
    fn paragraph(&self, language: Language) -> String {
        let mut text = self.line(language);
        let (full_stop, blank) = match language {
            Language::Chinese => ("。", ""),
            Language::English => (".", " "),
        };
        if !self.notes.is_empty() {
            text.push_str(full_stop);
        }
        for note in &self.notes {
            text.push_str(blank);
            text.push_str(note);
        }
        text
    }
}
