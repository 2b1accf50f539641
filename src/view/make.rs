//! From a report to its view: words in one language, places with lines and columns.

use std::borrow::Cow;

use super::draw::{File, excerpts};
use super::in_words::in_words;
use super::location::Location;
use super::position::Lines;
use super::report::{Confidence, Finding, Label, Report, Suppressed, Suspect};
use super::text::harmless;
use crate::checker::{Checked, CheckedReport};
use crate::document::{self, Document};
use crate::encoding::Encoding;
use crate::finding::{self, Subject};
use crate::message::{Language, Message};
use crate::report;

/// A file that was checked: its bytes and what came of them.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// At least one.
    pub reports: &'a [CheckedReport],
    /// None where the file could not be read.
    pub document: Option<&'a Document<'a>>,
    pub bytes: &'a [u8],
    /// The other files that its findings point into.
    pub beside: &'a [Input<'a>],
    /// The lines of the file, where they have been counted before.
    pub lines: Option<&'a Lines<'a>>,
}

impl<'a> Input<'a> {
    /// A file by itself.
    pub fn new(checked: &'a Checked<'a>, bytes: &'a [u8]) -> Self {
        Self { reports: &checked.reports, document: checked.document.as_ref(), bytes, beside: &[], lines: None }
    }

    fn lines(&self) -> Lines<'a> {
        self.lines.cloned().unwrap_or_else(|| Lines::new(self.bytes, self.reports[0].report.encoding))
    }
}

/// So many findings of one report are drawn.
const DRAWN: usize = 200;

/// The files that a finding points into.
struct Files<'b> {
    own: File<'b>,
    beside: Vec<File<'b>>,
    language: Language,
}

impl Report {
    /// The views of the reports of a file.
    pub fn all(input: Input<'_>, language: Language) -> Vec<Self> {
        let checked = input.reports;
        // Lines are counted where something is said of them, and once for all reports.
        let has_words = |report: &report::Report| !report.findings.is_empty() || !report.suppressed.is_empty();
        let files = checked.iter().any(|checked| has_words(&checked.report)).then(|| Files::of(input, language));
        checked.iter().map(|checked| Self::of(&checked.report, files.as_ref(), language)).collect()
    }

    fn of(report: &report::Report, files: Option<&Files<'_>>, language: Language) -> Self {
        let findings = |files: &Files<'_>| {
            let findings = report.findings.iter().enumerate();
            findings.map(|(place, finding)| files.drawn(finding, place < DRAWN)).collect()
        };
        let suppressed = |files: &Files<'_>| report.suppressed.iter().map(|one| files.suppressed(one)).collect();
        Self {
            path: report.path.clone(),
            part: report.part.clone(),
            format: Cow::Borrowed(report.format.name()),
            encoding: report.encoding.map(Encoding::name).map(Cow::Borrowed),
            pack: report.pack.clone(),
            organization: report.organization.clone(),
            year: report.year,
            verdict: report.verdict(),
            rules: report.tally,
            findings: files.map(findings).unwrap_or_default(),
            suppressed: files.map(suppressed).unwrap_or_default(),
            not_evaluated: report.not_evaluated.iter().map(|sum| sum.place.clone()).collect(),
            unseen: report.unseen.iter().map(|message| harmless(&message.say(language))).collect(),
            figures: None,
        }
    }
}

impl<'b> Files<'b> {
    fn of(input: Input<'b>, language: Language) -> Self {
        let file = |input: &Input<'b>| File::new(&input.reports[0].report.path, input.lines(), input.document);
        Self { own: file(&input), beside: input.beside.iter().map(file).collect(), language }
    }

    fn lines(&self, path: Option<&str>) -> &Lines<'b> {
        let beside = path.and_then(|path| self.beside.iter().find(|file| file.path == path));
        &beside.unwrap_or(&self.own).lines
    }

    fn drawn(&self, finding: &finding::Finding, is_drawn: bool) -> Finding {
        if !is_drawn {
            return self.finding(finding);
        }
        let in_words = finding.location.as_ref().and_then(|location| self.in_words(location));
        Finding { excerpts: excerpts(&self.own, &self.beside, finding), in_words, ..self.finding(finding) }
    }

    fn finding(&self, finding: &finding::Finding) -> Finding {
        let say = |message: &Message| message.say(self.language);
        let mut view = Finding {
            kind: finding.rule.kind.clone(),
            code: finding.rule.code.clone(),
            name: finding.rule.name.clone(),
            severity: finding.severity,
            fingerprint: finding.fingerprint(),
            is_new: false,
            message: String::new(),
            help: finding.help.as_ref().map(say),
            place: finding.place.clone(),
            section: None,
            table: None,
            row: None,
            column: None,
            cell: None,
            found: finding.found.clone(),
            expected: finding.expected.clone(),
            location: finding.location.as_ref().map(|location| Location::new(location, &self.own.lines)),
            in_words: None,
            labels: finding.labels.iter().map(|label| self.label(label)).collect(),
            broken: finding.broken.clone(),
            unique: finding.unique,
            confidence: confidence(finding),
            suspects: finding.suspects.iter().map(|suspects| self.suspects(suspects)).collect(),
            excerpts: Vec::new(),
            sentence: harmless(&say(&finding.message)),
            notes: finding.notes.iter().map(|note| harmless(&say(note))).collect(),
        };
        view.message = view.paragraph(self.language);
        match &finding.subject {
            Subject::Report | Subject::Text(_) => {}
            Subject::Section(number) => view.section = Some(*number),
            Subject::Table(id) => view.table = Some(table_of(id)),
            Subject::Row(id) => (view.row, view.table) = (Some(id.clone()), Some(table_of(id))),
            Subject::Column(id) => (view.column, view.table) = (Some(id.clone()), Some(table_of(id))),
            Subject::Cell(id) => (view.cell, view.table) = (Some(id.clone()), Some(table_of(id))),
        }
        view
    }

    fn in_words(&self, location: &document::Location) -> Option<String> {
        let (document, part) = self.own.at(location)?;
        in_words(document, part, location).map(|place| harmless(&place.say(self.language)))
    }

    fn label(&self, label: &finding::Label) -> Label {
        let path = label.path.as_deref();
        Label {
            path: path.map(str::to_owned),
            location: Location::new(&label.location, self.lines(path)),
            message: label.message.say(self.language),
        }
    }

    fn suspects(&self, suspects: &[finding::Suspect]) -> Vec<Suspect> {
        let one = |suspect: &finding::Suspect| Suspect {
            cell: suspect.cell.clone(),
            found: suspect.found.clone(),
            expected: suspect.expected.clone(),
            reason: suspect.reason.map(Cow::Borrowed),
            location: suspect.location.as_ref().map(|location| Location::new(location, &self.own.lines)),
        };
        suspects.iter().map(one).collect()
    }

    fn suppressed(&self, suppressed: &finding::Suppressed) -> Suppressed {
        Suppressed { finding: self.finding(&suppressed.finding), suppression: suppressed.by.clone() }
    }
}

/// The table an id belongs to: its first part.
fn table_of(id: &str) -> String {
    id.split('.').next().unwrap_or(id).to_owned()
}

/// How certain a finding about sums is: one at a figure gives the expected value, one at a sum does not.
fn confidence(finding: &finding::Finding) -> Option<Confidence> {
    if finding.broken.is_empty() || finding.unique.is_none() && finding.subject != Subject::Report {
        return None;
    }
    Some(match (&finding.subject, finding.unique) {
        (Subject::Report, _) => Confidence::Open,
        (_, Some(true)) => Confidence::Unique,
        _ => Confidence::Likeliest,
    })
}
