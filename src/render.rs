//! Findings as bytes: one file a format, each a pure function of a report. A renderer decides nothing about findings.

mod collected;
mod concise;
mod excerpt;
mod inspection;
mod json;
mod page;
pub mod place;
pub mod reference;
mod statistics;
mod terminal;
mod workbook;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::check::Tally;
use crate::checker::Checked;
use crate::inspect::Inspection;
use crate::message::{Language, Message};
use crate::pack::{PackError, Severity};
use crate::position::Lines;
use crate::report::{Report, Verdict};
pub use collected::{Collector, Links, Setting};

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Findings drawn in their source.
    Full,
    /// A line a finding.
    Concise,
    /// One JSON document.
    Json,
    /// A JSON value a line.
    Jsonl,
    /// A page for a browser.
    Html,
    /// A workbook.
    Xlsx,
    /// Counts by verdict, rule and organ.
    Statistics,
}

impl Style {
    /// All formats by their names on the command line.
    pub const ALL: [(&'static str, Self); 7] = [
        ("full", Self::Full),
        ("concise", Self::Concise),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("html", Self::Html),
        ("xlsx", Self::Xlsx),
        ("statistics", Self::Statistics),
    ];
}

/// How to render.
#[derive(Debug, Clone, Copy)]
pub struct Renderer {
    pub style: Style,
    pub language: Language,
    /// ANSI colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Lines longer than that are broken or cut, where somebody looks at them; what a program reads stays whole.
    pub breaks_lines: bool,
    /// For a terminal that shows links: the folder, absolute, from which paths are seen.
    pub links: Option<&'static str>,
}

/// A file that was checked: its bytes and what came of them.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub checked: &'a Checked<'a>,
    pub bytes: &'a [u8],
    /// The other files that its findings point into.
    pub beside: &'a [Input<'a>],
    /// The lines of the file, where they have been counted before.
    pub lines: Option<&'a Lines<'a>>,
}

impl<'a> Input<'a> {
    /// A file by itself.
    pub fn new(checked: &'a Checked<'a>, bytes: &'a [u8]) -> Self {
        Self { checked, bytes, beside: &[], lines: None }
    }

    fn lines(&self) -> Lines<'a> {
        self.lines.cloned().unwrap_or_else(|| Lines::new(self.bytes, self.checked.report.encoding))
    }
}

/// Counts over all reports of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub reports: usize,
    pub passed: usize,
    pub with_findings: usize,
    pub unverifiable: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
}

impl Summary {
    /// Counts one report.
    pub fn add(&mut self, report: &Report, is_unreadable: bool) {
        self.reports += 1;
        match report.verdict() {
            Verdict::Pass => self.passed += 1,
            Verdict::Findings => self.with_findings += 1,
            Verdict::Unverifiable => self.unverifiable += 1,
        }
        self.unreadable += usize::from(is_unreadable);
        self.errors += report.count(Severity::Error);
        self.warnings += report.count(Severity::Warning);
        self.advice += report.count(Severity::Advice);
    }

    /// Counts findings across reports, which belong to none of them alone.
    pub fn add_across(&mut self, report: &Report) {
        self.errors += report.count(Severity::Error);
        self.warnings += report.count(Severity::Warning);
        self.advice += report.count(Severity::Advice);
    }

    /// Adds the counts of another part of the run.
    pub fn merge(&mut self, other: &Self) {
        self.reports += other.reports;
        self.passed += other.passed;
        self.with_findings += other.with_findings;
        self.unverifiable += other.unverifiable;
        self.unreadable += other.unreadable;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.advice += other.advice;
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.advice
    }

    /// In a sentence.
    pub fn message(&self) -> Message {
        Message::new("run.summary")
            .with("reports", self.reports)
            .with("passed", self.passed)
            .with("with_findings", self.with_findings)
            .with("unverifiable", self.unverifiable)
            .with("errors", self.errors)
            .with("warnings", self.warnings)
            .with("advice", self.advice)
    }
}

/// How the rules across reports fared.
#[derive(Debug, Clone, Default)]
pub struct Across {
    pub tally: Tally,
    /// What could not be put to a report, and why; of very many the first.
    pub not_evaluated: Vec<NotEvaluated>,
    /// How many more there were.
    pub more: usize,
}

/// Why some rules across reports were not put to one of them.
#[derive(Debug, Clone)]
pub struct NotEvaluated {
    pub path: String,
    pub organization: String,
    pub year: u16,
    pub because: Message,
}

impl NotEvaluated {
    /// In a sentence.
    fn message(&self) -> Message {
        Message::new("run.across.not-evaluated")
            .with("organization", self.organization.as_str())
            .with("year", self.year.to_string())
            .with("because", self.because.clone())
    }
}

impl Across {
    /// Whether there was anything to be laid side by side.
    pub fn is_put(&self) -> bool {
        self.tally != Tally::default() || !self.not_evaluated.is_empty()
    }

    /// How the rules fared, in a sentence.
    pub fn message(&self) -> Message {
        Message::new("run.across")
            .with("held", self.tally.held)
            .with("broken", self.tally.broken)
            .with("not_evaluated", self.tally.not_evaluated)
    }

    /// In some lines, for people; nothing where there was nothing to be laid side by side.
    pub fn say(&self, language: Language) -> String {
        /// So many reasons are told.
        const TOLD: usize = 20;
        if !self.is_put() {
            return String::new();
        }
        let mut lines: Vec<Message> = self.not_evaluated.iter().take(TOLD).map(NotEvaluated::message).collect();
        let more = self.not_evaluated.len().saturating_sub(TOLD) + self.more;
        if more > 0 {
            lines.push(Message::new("run.across.more").with("count", more));
        }
        lines.push(self.message());
        lines.iter().map(|line| line.say(language) + "\n").collect()
    }
}

/// Text out of a file, a name or a list, on one line and without what would steer the terminal; in as many bytes.
fn harmless(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let blank = |c: char| if c.len_utf8() == 1 { " " } else { "  " };
    let mut harmless = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() { harmless.push_str(blank(c)) } else { harmless.push(c) }
    }
    harmless
}

/// A rule pack that was inspected: where it stands, its text and what came of it.
#[derive(Debug, Clone, Copy)]
pub struct Inspected<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub outcome: Result<&'a Inspection, &'a [PackError]>,
}

impl Renderer {
    /// Stretches of a rule file, drawn in their lines.
    pub fn in_rule_file(&self, path: &str, text: &str, spans: &[Range<usize>]) -> String {
        terminal::in_text(self, path, text, spans)
    }

    /// A rule pack, for people.
    pub fn inspection(&self, inspected: Inspected<'_>) -> String {
        inspection::full(self, inspected)
    }

    /// Rule packs as one JSON document.
    pub fn inspections_json(&self, inspected: &[Inspected<'_>]) -> String {
        inspection::json(self, inspected)
    }

    /// What stands before the first report.
    pub fn head(&self) -> String {
        match self.style {
            Style::Json => json::head(),
            _ => String::new(),
        }
    }

    /// What stands between two reports.
    pub fn separator(&self) -> &'static str {
        if self.style == Style::Json { ",\n" } else { "" }
    }

    /// One report.
    pub fn report(&self, input: Input<'_>) -> String {
        match self.style {
            Style::Full => terminal::report(self, input),
            Style::Concise => concise::report(self, input),
            Style::Json => json::report(self, input),
            Style::Jsonl => json::report_line(self, input),
            Style::Html | Style::Xlsx | Style::Statistics => collected::report(self, input),
        }
    }

    /// What stands between the reports and what is told across them.
    pub fn across_head(&self) -> String {
        match self.style {
            Style::Json => json::across_head().to_owned(),
            Style::Jsonl => json::across_head_line().to_owned(),
            _ => String::new(),
        }
    }

    /// What is told across reports of one of them.
    pub fn across(&self, input: Input<'_>) -> String {
        match self.style {
            Style::Full => terminal::across(self, input),
            Style::Concise => concise::report(self, input),
            Style::Json => json::across(self, input, ",\n"),
            Style::Jsonl => json::across(self, input, ","),
            Style::Html | Style::Xlsx | Style::Statistics => collected::across(self, input),
        }
    }

    /// What stands between what is told across reports of two of them.
    pub fn across_separator(&self) -> &'static str {
        match self.style {
            Style::Json => ",\n",
            Style::Jsonl => ",",
            _ => "",
        }
    }

    /// What stands at the end.
    pub fn tail(&self, across: &Across, summary: &Summary) -> String {
        match self.style {
            Style::Full if summary.reports > 1 => {
                format!("{}{}\n", across.say(self.language), summary.message().say(self.language))
            }
            Style::Full | Style::Concise | Style::Html | Style::Xlsx | Style::Statistics => String::new(),
            Style::Json => json::tail(self, across, summary),
            Style::Jsonl => json::tail_lines(self, across, summary),
        }
    }
}
