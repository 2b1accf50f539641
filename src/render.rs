//! Findings as bytes: one file a format, each a pure function of a report. A renderer decides nothing about findings.

mod address;
mod collected;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod inspection;
mod json;
mod junit;
mod page;
pub mod reference;
mod rules;
mod sarif;
mod statistics;
mod terminal;
pub mod told;
mod workbook;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::authoring::inspect::Inspection;
use crate::check::Tally;
use crate::checker::Checked;
use crate::message::{Argument, Language, Message};
use crate::pack::{PackError, Severity};
use crate::position::Lines;
pub use collected::{Collector, Links, Setting};
pub use rules::{InUse, Rules};

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
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub.
    Github,
    /// Code quality of GitLab.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// A page for a browser.
    Html,
    /// A workbook.
    Xlsx,
    /// Counts by verdict, rule and agency.
    Statistics,
}

impl Style {
    /// The extensions of files that hold it, of formats that are read as reports too.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "htm"],
            Self::Xlsx => &["xlsx"],
            _ => &[],
        }
    }

    /// All formats by their names on the command line.
    pub const ALL: [(&'static str, Self); 11] = [
        ("full", Self::Full),
        ("concise", Self::Concise),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("sarif", Self::Sarif),
        ("github", Self::Github),
        ("gitlab", Self::Gitlab),
        ("junit", Self::Junit),
        ("html", Self::Html),
        ("xlsx", Self::Xlsx),
        ("statistics", Self::Statistics),
    ];
}

/// How to render.
#[derive(Debug, Clone)]
pub struct Renderer {
    pub style: Style,
    pub language: Language,
    /// ANSI colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// The lightest severity that fails the run; none where nothing does.
    pub fails: Option<Severity>,
    /// The rules in use, for formats that say what they are.
    pub rules: Arc<Rules>,
    /// What was known of old stands in a baseline: what is not in it is new.
    pub has_baseline: bool,
    /// Lines longer than that are broken or cut, where somebody looks at them; what a program reads stays whole.
    pub breaks_lines: bool,
    /// For a terminal that shows links: the folder, absolute, from which paths are seen.
    pub links: Option<&'static str>,
    /// Drawings name the sums that fail by their ids, for those who write rules.
    pub names_sums: bool,
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
    /// Findings that are not told: those of the baseline, and those that are waived.
    pub in_baseline: usize,
    pub waived: usize,
}

impl Summary {
    /// Counts one report.
    pub fn add(&mut self, report: &told::Report, is_unreadable: bool) {
        self.reports += 1;
        match report.verdict {
            told::Verdict::Pass => self.passed += 1,
            told::Verdict::Findings => self.with_findings += 1,
            told::Verdict::Unverifiable => self.unverifiable += 1,
        }
        self.unreadable += usize::from(is_unreadable);
        self.add_across(report);
    }

    /// Counts findings across reports, which belong to none of them alone.
    pub fn add_across(&mut self, report: &told::Report) {
        self.errors += report.count(Severity::Error);
        self.warnings += report.count(Severity::Warning);
        self.advice += report.count(Severity::Advice);
        let of_baseline = |own: &&told::Suppressed| own.suppression == told::Suppression::Baseline;
        let in_baseline = report.suppressed.iter().filter(of_baseline).count();
        self.in_baseline += in_baseline;
        self.waived += report.suppressed.len() - in_baseline;
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
        self.in_baseline += other.in_baseline;
        self.waived += other.waived;
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
            .with("accepted", self.accepted())
    }

    /// What is not told, in a sentence; nothing where all is.
    fn accepted(&self) -> Argument {
        let in_baseline = |key| Message::new(key).with("in_baseline", self.in_baseline);
        match (self.in_baseline, self.waived) {
            (0, 0) => "".into(),
            (_, 0) => in_baseline("run.accepted.baseline").into(),
            (0, waived) => Message::new("run.accepted.waived").with("waived", waived).into(),
            (_, waived) => in_baseline("run.accepted").with("waived", waived).into(),
        }
    }
}

/// How the rules across reports fared.
#[derive(Debug, Clone, Default)]
pub struct Across {
    pub tally: Tally,
    /// What could not be put to a report, and why; of very many the first.
    pub not_evaluated: Vec<told::NotEvaluated>,
    /// How many more there were.
    pub more: usize,
    /// What was told and somebody has accepted.
    pub suppressed: Vec<told::Across<told::Suppressed>>,
    /// Nothing was put: the run was interrupted, and what is missing may be to come.
    pub is_interrupted: bool,
}

impl told::NotEvaluated {
    /// In a sentence.
    fn message(&self) -> Message {
        Message::new("run.across.not-evaluated")
            .with("organization", self.organization.as_str())
            .with("year", self.year.to_string())
            .with("because", self.because.as_str())
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
        self.lines(language).map(|line| line + "\n").collect()
    }

    fn lines(&self, language: Language) -> impl Iterator<Item = String> {
        let is_put = self.is_put();
        let lines = self.reasons().into_iter().chain([self.message()]);
        lines.filter(move |_| is_put).map(move |line| harmless(&line.say(language)))
    }

    /// Why something was not put, in some sentences.
    fn reasons(&self) -> Vec<Message> {
        /// So many reasons are told.
        const TOLD: usize = 20;
        let mut lines: Vec<Message> = self.not_evaluated.iter().take(TOLD).map(told::NotEvaluated::message).collect();
        let more = self.not_evaluated.len().saturating_sub(TOLD) + self.more;
        if more > 0 {
            lines.push(Message::new("run.across.more").with("count", more));
        }
        lines
    }
}

/// Text out of a file, a name or a list, on one line and without what would steer the terminal; in as many bytes.
fn harmless(text: &str) -> String {
    if !text.contains(steers) {
        return text.to_owned();
    }
    const BLANKS: &str = "    ";
    let mut harmless = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { harmless.push_str(&BLANKS[..c.len_utf8()]) } else { harmless.push(c) }
    }
    harmless
}

/// Whether it is a control character, or turns the direction in which what follows is written.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A rule pack that was inspected: where it stands, its text and what came of it.
#[derive(Debug, Clone, Copy)]
pub struct Inspected<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub outcome: Result<&'a Inspection, &'a [PackError]>,
}

impl Renderer {
    /// A format by itself: no colours, errors fail, and nothing is known of the rules.
    pub fn new(style: Style, language: Language) -> Self {
        let fails = Some(Severity::Error);
        Self {
            style,
            language,
            color: false,
            width: 100,
            fails,
            rules: Arc::default(),
            has_baseline: false,
            breaks_lines: false,
            links: None,
            names_sums: false,
        }
    }

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
            Style::Sarif => sarif::head(self),
            Style::Junit => junit::head().to_owned(),
            _ => String::new(),
        }
    }

    /// What stands between the parts of two reports that are not empty.
    pub fn separator(&self) -> &'static str {
        if matches!(self.style, Style::Json | Style::Sarif) { ",\n" } else { "" }
    }

    /// A report, as it is told; drawn in its file, where that is at hand.
    pub fn report(&self, told: &told::Report, file: Option<Input<'_>>) -> String {
        match self.style {
            Style::Full => terminal::report(self, told, file),
            Style::Concise => concise::report(self, told),
            Style::Json => json::report(told),
            Style::Jsonl => json::report_line(told),
            Style::Sarif => sarif::report(self, told),
            Style::Github => github::report(self, told),
            Style::Gitlab => gitlab::part(self, told),
            Style::Junit => junit::report(self, told),
            Style::Html | Style::Xlsx | Style::Statistics => collected::part(self, told, file, false),
        }
    }

    /// What stands between the reports and what is told across them, if that is a list of its own.
    pub fn across_head(&self) -> Option<&'static str> {
        match self.style {
            Style::Json => Some(json::across_head()),
            Style::Jsonl => Some(json::across_head_line()),
            _ => None,
        }
    }

    /// What is told across reports of one of them.
    pub fn across(&self, told: &told::Report, file: Option<Input<'_>>) -> String {
        match self.style {
            Style::Full => terminal::across(self, told, file),
            Style::Concise => concise::across(self, told),
            Style::Json => json::across(told, ",\n"),
            Style::Jsonl => json::across(told, ","),
            Style::Sarif => sarif::across(self, told),
            Style::Github => github::across(self, told),
            Style::Gitlab => gitlab::part(self, told),
            Style::Junit => junit::across(self, told),
            Style::Html | Style::Xlsx | Style::Statistics => collected::part(self, told, file, true),
        }
    }

    /// What stands between what is told across reports of two of them.
    pub fn across_separator(&self) -> &'static str {
        match self.style {
            Style::Json | Style::Sarif => ",\n",
            Style::Jsonl => ",",
            _ => "",
        }
    }

    /// A last part behind what is told across reports: what of it somebody has accepted, where that has no other place.
    pub fn across_suppressed(&self, across: &Across) -> String {
        if self.style == Style::Sarif { sarif::suppressed(self, across) } else { String::new() }
    }

    /// What stands at the end.
    pub fn tail(&self, across: &Across, summary: &Summary) -> String {
        match self.style {
            Style::Full if summary.reports > 1 => terminal::tail(self, across, summary),
            Style::Json => json::tail(across, summary),
            Style::Jsonl => json::tail_lines(across, summary),
            Style::Sarif => sarif::tail(across),
            Style::Junit => junit::tail().to_owned(),
            _ => String::new(),
        }
    }
}
