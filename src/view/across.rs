//! The view of findings across reports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::{Finding, Report, Suppressed};
use super::summary::is_zero;
use super::text::harmless;
use crate::check::Tally;
use crate::document::Format;
use crate::message::{Language, Message};
use crate::pack::Severity;
use crate::report::Verdict;

/// What is said across reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Archive")]
pub struct Across {
    // Empty where they are written one by one, as they come.
    /// In the order of the reports, then what is missing.
    pub findings: Vec<InReport<Finding>>,
    pub rules: Tally,
    /// What could not be compared, and why; of very many the first.
    pub not_evaluated: Vec<NotEvaluated>,
    /// How many more there were.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_not_evaluated: usize,
    /// What somebody has accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<InReport<Suppressed>>,
}

/// What is said across reports of one of them, with whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Across_{T}")]
pub struct InReport<T> {
    pub path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    #[serde(flatten)]
    pub item: T,
}

/// Why some rules across reports were not evaluated for one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotEvaluated {
    pub path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    pub organization: String,
    pub year: u16,
    pub because: String,
}

impl NotEvaluated {
    /// In a sentence.
    fn message(&self) -> Message {
        Message::new("run.across.not-evaluated")
            .with("organization", self.organization.as_str())
            .with("year", self.year.to_string())
            .with("because", self.because.as_str())
    }
}

impl Across {
    /// Takes in how a report fared, compared with the others.
    pub fn add(&mut self, rules: Tally, not_evaluated: impl IntoIterator<Item = NotEvaluated>) {
        /// So many reasons are kept.
        const REASONS: usize = 10_000;
        self.rules.add(rules);
        for reason in not_evaluated {
            if self.not_evaluated.len() < REASONS {
                self.not_evaluated.push(reason);
            } else {
                self.more_not_evaluated += 1;
            }
        }
    }

    /// Counts the rules that are broken by what is said of a report and are no sums: those were counted when they were
    /// evaluated.
    pub fn count_broken(&mut self, report: &Report) {
        let accepted = report.suppressed.iter().map(|suppressed| &suppressed.finding);
        let all = report.findings.iter().chain(accepted).filter(|finding| finding.broken.is_empty());
        self.rules.broken += all.filter(|finding| finding.severity > Severity::Advice).count();
    }

    /// Whether there was anything to be compared.
    pub fn is_evaluated(&self) -> bool {
        self.rules != Tally::default() || !self.not_evaluated.is_empty()
    }

    /// How the rules fared, without the rest, for what is printed beside that.
    pub fn counts(&self) -> Self {
        Self { rules: self.rules, ..Self::default() }
    }

    /// How the rules fared, in a sentence.
    pub fn message(&self) -> Message {
        Message::new("run.across")
            .with("held", self.rules.held)
            .with("broken", self.rules.broken)
            .with("not_evaluated", self.rules.not_evaluated)
    }

    /// In some lines, for people; nothing where there was nothing to be compared.
    pub fn say(&self, language: Language) -> String {
        self.lines(language).map(|line| line + "\n").collect()
    }

    /// The same, line by line.
    pub fn lines(&self, language: Language) -> impl Iterator<Item = String> {
        let is_evaluated = self.is_evaluated();
        let lines = self.reasons().into_iter().chain([self.message()]);
        lines.filter(move |_| is_evaluated).map(move |line| harmless(&line.say(language)))
    }

    /// Why something was not compared, in some sentences.
    pub fn reasons(&self) -> Vec<Message> {
        /// So many reasons are said.
        const SAID: usize = 20;
        let mut lines: Vec<Message> = self.not_evaluated.iter().take(SAID).map(NotEvaluated::message).collect();
        let more = self.not_evaluated.len().saturating_sub(SAID) + self.more_not_evaluated;
        if more > 0 {
            lines.push(Message::new("run.across.more").with("count", more));
        }
        lines
    }

    /// What is said of each report, in the order in which the run said it. The findings are taken out.
    pub fn take_reports(&mut self) -> Vec<Report> {
        let mut reports: Vec<Report> = Vec::new();
        for own in std::mem::take(&mut self.findings) {
            match reports.last_mut().filter(|last| last.is_of(&own)) {
                Some(last) => last.findings.push(own.item),
                None => {
                    let report = Report::across_of(&own);
                    reports.push(Report { findings: vec![own.item], ..report });
                }
            }
        }
        for own in self.suppressed.iter().cloned() {
            match reports.iter_mut().find(|report| report.is_of(&own)) {
                Some(report) => report.suppressed.push(own.item),
                None => {
                    let report = Report::across_of(&own);
                    reports.push(Report { suppressed: vec![own.item], ..report });
                }
            }
        }
        reports
    }
}

impl Report {
    /// The same findings, each with whose it is.
    pub fn across(&self) -> impl Iterator<Item = InReport<Finding>> {
        self.findings.iter().map(|finding| self.own(finding))
    }

    /// What somebody has accepted, each with whose it is.
    pub fn suppressed_across(&self) -> impl Iterator<Item = InReport<Suppressed>> {
        self.suppressed.iter().map(|suppressed| self.own(suppressed))
    }

    fn own<T: Clone>(&self, item: &T) -> InReport<T> {
        let (path, part, organization) = (self.path.clone(), self.part.clone(), self.organization.clone());
        InReport { path, part, organization, year: self.year, item: item.clone() }
    }

    fn is_of<T>(&self, item: &InReport<T>) -> bool {
        let own = (&self.path, &self.part, &self.organization, self.year);
        own == (&item.path, &item.part, &item.organization, item.year)
    }

    /// What is said across reports of one of them; of how it fared by itself nothing is said.
    fn across_of<T>(own: &InReport<T>) -> Self {
        Self {
            path: own.path.clone(),
            part: own.part.clone(),
            format: Format::Unknown.name().into(),
            encoding: None,
            pack: None,
            organization: own.organization.clone(),
            year: own.year,
            verdict: Verdict::Unverifiable,
            rules: Tally::default(),
            findings: Vec::new(),
            suppressed: Vec::new(),
            not_evaluated: Vec::new(),
            unseen: Vec::new(),
            figures: None,
        }
    }
}
