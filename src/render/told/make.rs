//! From a report to what is told of it: words said in one language, places with lines and columns.

use std::borrow::Cow;

use super::{Across, Finding, Label, Location, Report, Summary, Suppressed, Suppression, Suspect, Tally, Verdict};
use crate::check;
use crate::encoding::Encoding;
use crate::finding::{self, Subject};
use crate::message::{Language, Message};
use crate::position::Lines;
use crate::render::{self, Input, harmless};
use crate::report;

/// The lines of the files that a finding points into.
struct Files<'b> {
    own: Lines<'b>,
    beside: Vec<(&'b str, Lines<'b>)>,
    language: Language,
}

impl Report {
    /// What is told of a file.
    pub fn of(input: Input<'_>, language: Language) -> Self {
        let report = &input.checked.report;
        // Lines are counted where something is said of them.
        let is_silent = report.findings.is_empty() && report.suppressed.is_empty();
        let files = (!is_silent).then(|| Files::of(input, language));
        let files = files.as_ref();
        let finding = |files: &Files<'_>| report.findings.iter().map(|finding| files.finding(finding)).collect();
        let suppressed = |files: &Files<'_>| report.suppressed.iter().map(|one| files.suppressed(one)).collect();
        Self {
            path: report.path.clone(),
            format: Cow::Borrowed(report.format.name()),
            encoding: report.encoding.map(Encoding::name).map(Cow::Borrowed),
            pack: report.pack.clone(),
            organization: report.organization.clone(),
            year: report.year,
            verdict: report.verdict().into(),
            rules: report.tally.into(),
            findings: files.map(finding).unwrap_or_default(),
            suppressed: files.map(suppressed).unwrap_or_default(),
            not_evaluated: report.not_evaluated.iter().map(|sum| sum.place.clone()).collect(),
        }
    }

    /// The same findings, each with whose it is.
    pub fn across(&self) -> impl Iterator<Item = Across<Finding>> {
        self.findings.iter().map(|finding| self.own(finding))
    }

    /// What somebody has accepted, each with whose it is.
    pub fn suppressed_across(&self) -> impl Iterator<Item = Across<Suppressed>> {
        self.suppressed.iter().map(|suppressed| self.own(suppressed))
    }

    fn own<T: Clone>(&self, told: &T) -> Across<T> {
        let organization = self.organization.clone();
        Across { path: self.path.clone(), organization, year: self.year, told: told.clone() }
    }
}

impl<'b> Files<'b> {
    fn of(input: Input<'b>, language: Language) -> Self {
        let beside = input.beside.iter().map(|other| (other.checked.report.path.as_str(), other.lines()));
        Self { own: input.lines(), beside: beside.collect(), language }
    }

    fn lines(&self, path: Option<&str>) -> &Lines<'b> {
        let beside = path.and_then(|path| self.beside.iter().find(|(known, _)| *known == path));
        beside.map_or(&self.own, |(_, lines)| lines)
    }

    fn finding(&self, finding: &finding::Finding) -> Finding {
        let say = |message: &Message| message.say(self.language);
        let mut told = Finding {
            kind: finding.rule.kind.clone(),
            code: finding.rule.code.clone(),
            name: finding.rule.name.clone(),
            severity: finding.severity,
            fingerprint: finding.fingerprint(),
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
            location: finding.location.as_ref().map(|location| Location::new(location, &self.own)),
            labels: finding.labels.iter().map(|label| self.label(label)).collect(),
            broken: finding.broken.clone(),
            unique: finding.unique,
            suspects: finding.suspects.iter().map(|suspects| self.suspects(suspects)).collect(),
            sentence: harmless(&say(&finding.message)),
            notes: finding.notes.iter().map(|note| harmless(&say(note))).collect(),
        };
        told.message = told.paragraph(self.language);
        match &finding.subject {
            Subject::Report | Subject::Text(_) => {}
            Subject::Section(number) => told.section = Some(*number),
            Subject::Table(id) => told.table = Some(table_of(id)),
            Subject::Row(id) => (told.row, told.table) = (Some(id.clone()), Some(table_of(id))),
            Subject::Column(id) => (told.column, told.table) = (Some(id.clone()), Some(table_of(id))),
            Subject::Cell(id) => (told.cell, told.table) = (Some(id.clone()), Some(table_of(id))),
        }
        told
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
            location: suspect.location.as_ref().map(|location| Location::new(location, &self.own)),
        };
        suspects.iter().map(one).collect()
    }

    fn suppressed(&self, suppressed: &finding::Suppressed) -> Suppressed {
        let suppression = match &suppressed.by {
            finding::Suppression::Baseline => Suppression::Baseline,
            finding::Suppression::Waiver { reason, by, until } => {
                Suppression::Waiver { reason: reason.clone(), by: by.clone(), until: until.clone() }
            }
        };
        Suppressed { finding: self.finding(&suppressed.finding), suppression }
    }
}

/// The table an id belongs to: its first part.
fn table_of(id: &str) -> String {
    id.split('.').next().unwrap_or(id).to_owned()
}

impl From<report::Verdict> for Verdict {
    fn from(verdict: report::Verdict) -> Self {
        match verdict {
            report::Verdict::Pass => Self::Pass,
            report::Verdict::Findings => Self::Findings,
            report::Verdict::Unverifiable => Self::Unverifiable,
        }
    }
}

impl From<check::Tally> for Tally {
    fn from(check::Tally { held, broken, not_evaluated }: check::Tally) -> Self {
        Self { held, broken, not_evaluated }
    }
}

impl From<Tally> for check::Tally {
    fn from(Tally { held, broken, not_evaluated }: Tally) -> Self {
        Self { held, broken, not_evaluated }
    }
}

impl From<&render::Summary> for Summary {
    fn from(summary: &render::Summary) -> Self {
        Self {
            reports: summary.reports,
            unreadable: summary.unreadable,
            errors: summary.errors,
            warnings: summary.warnings,
            advice: summary.advice,
            passed: summary.passed,
            with_findings: summary.with_findings,
            unverifiable: summary.unverifiable,
            in_baseline: summary.in_baseline,
            waived: summary.waived,
            interrupted: false,
        }
    }
}
