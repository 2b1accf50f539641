//! An entry of a baseline: one finding, by whose report it is in and what it is about.

use serde::{Deserialize, Serialize};

use crate::agencies::folded;
use crate::finding::Finding;
use crate::message::{Argument, Message};
use crate::pack::Rule;
use crate::report::Report;

/// What is between figures that are wrong together.
const BETWEEN: &str = ", ";

/// Where a finding comes from: one report, or reports compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    Report,
    Across {
        /// The reports that it was compared with.
        others: &'a [Agency],
        /// Whether there was a list of agencies.
        has_list: bool,
    },
}

/// A finding of the baseline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    /// The form; none for a report that is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pack: Option<String>,
    /// Where the agency or the year is not known: the file, relative to the folder of the baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    code: String,
    name: String,
    /// The figure, row, table or section it is about, for those who read the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    subject: String,
    pub(super) fingerprint: String,
    /// So many of them in the report.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(super) count: u32,
    /// The sums that fail because of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) broken: Vec<String>,
    /// For a finding across reports: the other reports it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) across: Option<Vec<Agency>>,
    /// There was a list of agencies.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) listed: bool,
}

/// An agency's report of a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub organization: String,
    pub year: u16,
}

/// Which report is meant.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// By agency, year and form; without a form any of that year.
    Agency(String, u16, Option<String>),
    Path(String),
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

impl Agency {
    pub(super) fn key(&self) -> Key {
        Key::Agency(folded(&self.organization), self.year, None)
    }
}

impl Entry {
    /// A finding of a report, whose file is at `path` from the folder of the baseline.
    pub(super) fn new(finding: &Finding, report: &Report, path: &str, scope: Scope<'_>) -> Self {
        let is_known = report.organization.is_some() && report.year.is_some();
        let subject = finding.subject.id();
        let figures: Vec<&str> = std::iter::once(subject.as_str()).chain(finding.others()).collect();
        let (across, listed) = match scope {
            Scope::Report => (None, false),
            Scope::Across { others, has_list } => (Some(others.to_vec()), has_list),
        };
        Self {
            organization: report.organization.clone(),
            year: report.year,
            pack: report.pack.clone(),
            path: (!is_known).then(|| path.to_owned()),
            code: finding.rule.code.clone(),
            name: finding.rule.name.clone(),
            subject: figures.join(BETWEEN),
            fingerprint: finding.fingerprint(),
            count: 1,
            broken: finding.broken.clone(),
            across,
            listed,
        }
    }

    pub(super) fn key(&self) -> Option<Key> {
        match (&self.organization, self.year) {
            (Some(organization), Some(year)) => Some(Key::Agency(folded(organization), year, self.pack.clone())),
            _ => self.path.clone().map(Key::Path),
        }
    }

    /// Whose report it is of, and of which year, where that is known.
    pub fn identity(&self) -> (Option<&str>, Option<u16>) {
        (self.organization.as_deref(), self.year)
    }

    /// That its finding is gone, in words.
    pub fn message(&self) -> Message {
        let report: Argument = match (&self.organization, self.year, &self.path) {
            (Some(organization), Some(year), _) => format!("{organization} {year}").into(),
            (_, _, Some(path)) => path.as_str().into(),
            _ => "".into(),
        };
        let say = |key| {
            let message = Message::new(key).with("report", report).with("code", self.code.as_str());
            message.with("name", self.name.as_str())
        };
        match (self.subject.as_str(), self.broken.as_slice()) {
            ("", []) => say("stale-baseline-entry.whole"),
            ("", sums) => {
                let sums = sums.iter().map(|sum| sum.as_str().into()).collect();
                say("stale-baseline-entry").with("about", Argument::List(sums))
            }
            (subject, _) => say("stale-baseline-entry").with("about", subject),
        }
    }

    pub(super) fn is_of(&self, rule: &Rule) -> bool {
        self.code == rule.code
    }

    /// No figure was singled out, or not one alone.
    pub(super) fn is_open(&self) -> bool {
        self.subject.is_empty() || self.subject.contains(BETWEEN)
    }

    /// What distinguishes it from other entries.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// Sorted; equal ones once, with how many there are.
pub(super) fn counted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort();
    let mut counted: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match counted.last_mut() {
            Some(last) if Entry { count: entry.count, ..last.clone() } == entry => last.count += entry.count,
            _ => counted.push(entry),
        }
    }
    counted
}
