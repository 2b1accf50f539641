//! Findings as bytes: one file a format, each a pure function of a report. A renderer decides nothing about findings.

mod concise;
mod excerpt;
mod inspection;
mod json;
mod place;
pub mod reference;
mod terminal;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::checker::Checked;
use crate::inspect::Inspection;
use crate::message::{Language, Message};
use crate::pack::{PackError, Severity};
use crate::report::{Report, Verdict};

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
}

impl Style {
    /// All formats by their names on the command line.
    pub const ALL: [(&'static str, Self); 4] =
        [("full", Self::Full), ("concise", Self::Concise), ("json", Self::Json), ("jsonl", Self::Jsonl)];
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
}

/// A file that was checked: its bytes and what came of them.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub checked: &'a Checked<'a>,
    pub bytes: &'a [u8],
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
            Style::Full | Style::Concise | Style::Jsonl => String::new(),
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
        }
    }

    /// What stands after the last report.
    pub fn tail(&self, summary: &Summary) -> String {
        match self.style {
            Style::Full if summary.reports > 1 => format!("{}\n", summary.message().say(self.language)),
            Style::Full | Style::Concise => String::new(),
            Style::Json => json::tail(summary),
            Style::Jsonl => json::tail_lines(summary),
        }
    }
}
