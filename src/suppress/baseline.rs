//! The baseline: findings that were there when it was written. JSON, one finding a line, in a fixed order, so that a change of
//! it reads well.

use std::collections::HashMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::{Ledger, Told};
use crate::agencies::folded;
use crate::finding::{Finding, Subject};
use crate::message::{Argument, Message};
use crate::pack::Rule;
use crate::report::Report;

/// The version of the file.
const SCHEMA: u32 = 1;
/// What stands between figures that are wrong together.
const BETWEEN: &str = ", ";

/// Findings that were there before.
#[derive(Debug)]
pub struct Baseline {
    entries: Vec<Entry>,
    /// For each entry the line it stands in, from 1.
    lines: Vec<usize>,
    /// All reports that are spoken of, by number.
    reports: HashMap<Key, u32>,
    /// For each report its entries.
    of_report: Vec<Vec<u32>>,
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
    /// Where the agency or the year is not known: the file, seen from the folder of the baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    code: String,
    name: String,
    /// The figure, row, table or section it is about, for those who read the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    subject: String,
    fingerprint: String,
    /// So many of them in the report.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
    /// The sums that fail because of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    broken: Vec<String>,
    /// For what is told across reports: those it was told from besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    across: Option<Vec<Agency>>,
    /// The list of agencies was at hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    listed: bool,
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
enum Key {
    /// By agency, year and form; without a form any of that year.
    Agency(String, u16, Option<String>),
    Path(String),
}

/// How a run has looked at reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// Each by itself.
    Alone,
    /// Beside the others, too.
    Across,
    /// Beside the others and a list of agencies.
    AcrossList,
}

/// The entries of one report, which its findings use up.
#[derive(Debug)]
pub(super) struct OfReport<'b> {
    baseline: &'b Baseline,
    pub reports: Vec<u32>,
    /// Each with how often it may still be used.
    left: Vec<(u32, u32)>,
}

/// An entry whose finding is gone.
#[derive(Debug)]
pub struct Stale<'b> {
    pub entry: &'b Entry,
    /// Where it stands, from 1.
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "says what the file is")]
    tool: String,
    schema: u32,
    findings: Vec<Entry>,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

impl Agency {
    fn key(&self) -> Key {
        Key::Agency(folded(&self.organization), self.year, None)
    }
}

impl Entry {
    /// A finding of a report.
    pub(super) fn new(finding: &Finding, report: &Report, way: &str, told: Told<'_>) -> Self {
        let is_known = report.organization.is_some() && report.year.is_some();
        let figures: Vec<String> =
            std::iter::once(finding.subject.id()).chain(finding.others().map(str::to_owned)).collect();
        Self {
            organization: report.organization.clone(),
            year: report.year,
            pack: report.pack.clone(),
            path: (!is_known).then(|| way.to_owned()),
            code: finding.rule.code.clone(),
            name: finding.rule.name.clone(),
            subject: figures.join(BETWEEN),
            fingerprint: finding.fingerprint(),
            count: 1,
            broken: finding.broken.clone(),
            across: match told {
                Told::Alone => None,
                Told::Across { beside, .. } => Some(beside.to_vec()),
            },
            listed: matches!(told, Told::Across { is_listed: true, .. }),
        }
    }

    fn key(&self) -> Option<Key> {
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

    pub(super) fn broken(&self) -> &[String] {
        &self.broken
    }

    /// No figure was singled out, or not one alone.
    fn is_open(&self) -> bool {
        self.subject.is_empty() || self.subject.contains(BETWEEN)
    }

    /// What tells it from other entries.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When it is none, or of another version.
    pub fn read(text: &str) -> Result<Self, Message> {
        let file: File = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| Message::new("baseline.not-read").with("detail", error.to_string()))?;
        if file.schema != SCHEMA {
            return Err(Message::new("baseline.other-version").with("found", file.schema.to_string()));
        }
        Self::new(file.findings, text)
    }

    fn new(entries: Vec<Entry>, text: &str) -> Result<Self, Message> {
        let mut lines = lines_of(text, "\"fingerprint\"");
        lines.resize(entries.len(), 1);
        let mut baseline = Self { entries: Vec::new(), lines, reports: HashMap::new(), of_report: Vec::new() };
        for (number, entry) in entries.iter().enumerate() {
            let Some(key) = entry.key() else {
                return Err(Message::new("baseline.no-report").with("line", baseline.lines[number]));
            };
            let report = baseline.report(key);
            let number = u32::try_from(number).map_err(|_| Message::new("baseline.too-long"))?;
            baseline.of_report[report as usize].push(number);
            for beside in entry.across.iter().flatten() {
                baseline.report(beside.key());
            }
        }
        baseline.entries = entries;
        Ok(baseline)
    }

    /// The number of a report.
    fn report(&mut self, key: Key) -> u32 {
        let next = self.of_report.len() as u32;
        let number = *self.reports.entry(key).or_insert(next);
        if number == next {
            self.of_report.push(Vec::new());
        }
        number
    }

    /// What it says of a report: by agency, year and form, or by path.
    pub(super) fn of_report(&self, report: &Report, way: &str) -> OfReport<'_> {
        let mut keys = vec![Key::Path(way.to_owned())];
        if let (Some(organization), Some(year)) = (&report.organization, report.year) {
            keys.push(Key::Agency(folded(organization), year, None));
            keys.extend(report.pack.clone().map(|pack| Key::Agency(folded(organization), year, Some(pack))));
        }
        let reports: Vec<u32> = keys.iter().filter_map(|key| self.reports.get(key).copied()).collect();
        let entries = reports.iter().flat_map(|&report| &self.of_report[report as usize]);
        let left = entries.map(|&entry| (entry, self.entries[entry as usize].count)).collect();
        OfReport { baseline: self, reports, left }
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many of its findings a run has met.
    pub fn met(&self, ledger: &Ledger) -> usize {
        (0..self.entries.len()).filter(|&entry| ledger.entries.has(entry)).count()
    }

    /// Entries whose report was looked at without their finding. What is told across reports is gone only if those that it was
    /// told from were looked at too.
    pub fn stale(&self, ledger: &Ledger, looked: Looked) -> impl Iterator<Item = Stale<'_>> {
        let numbers = (0..self.entries.len()).filter(move |&entry| self.is_stale(entry, ledger, looked));
        numbers.map(|entry| Stale { entry: &self.entries[entry], line: self.lines[entry] })
    }

    fn is_stale(&self, number: usize, ledger: &Ledger, looked: Looked) -> bool {
        let entry = &self.entries[number];
        if ledger.entries.has(number) || !ledger.looked_for.has(number) {
            return false;
        }
        let is_seen = |key: Key| self.reports.get(&key).is_some_and(|&report| ledger.reports.has(report as usize));
        let mut beside = entry.across.iter().flatten();
        let is_put = match looked {
            Looked::Alone => entry.across.is_none(),
            Looked::Across => !entry.listed,
            Looked::AcrossList => true,
        };
        is_put && beside.all(|agency| is_seen(agency.key()))
    }

    /// The file without entries whose finding is gone.
    pub fn pruned(&self, ledger: &Ledger, looked: Looked) -> String {
        let kept = (0..self.entries.len()).filter(|&entry| !self.is_stale(entry, ledger, looked));
        written(kept.map(|entry| self.entries[entry].clone()).collect())
    }

    /// The file of these findings, and how many there are.
    pub fn begun(entries: Vec<Entry>) -> (String, usize) {
        let count = entries.len();
        (written(entries), count)
    }
}

impl<'b> OfReport<'b> {
    /// Each with its number.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &'b Entry)> {
        self.left.iter().map(|&(number, _)| (number, &self.baseline.entries[number as usize]))
    }

    /// The entries that a finding was when the baseline was written, and one use of them less; none where it is new. Where no
    /// figure could be singled out then, or none can be now, it is enough that all sums that fail failed then: the same
    /// mistake may be explained otherwise once another one is mended.
    pub fn take(&mut self, finding: &Finding) -> Vec<u32> {
        let fingerprint = finding.fingerprint();
        let entry = |number: u32| &self.baseline.entries[number as usize];
        let same = self.left.iter_mut().find(|(number, left)| *left > 0 && entry(*number).fingerprint == fingerprint);
        if let Some((number, left)) = same {
            *left -= 1;
            return vec![*number];
        }
        let is_open = finding.subject == Subject::Report || finding.others().next().is_some();
        let shares_sums = |entry: &Entry| entry.broken.iter().any(|sum| finding.broken.contains(sum));
        let is_kin = |entry: &Entry| (is_open || entry.is_open()) && shares_sums(entry);
        let kin: Vec<u32> =
            self.left.iter().map(|(number, _)| *number).filter(|&number| is_kin(entry(number))).collect();
        let failed_before = |sum: &String| kin.iter().any(|&number| entry(number).broken.contains(sum));
        if finding.broken.iter().all(failed_before) { kin } else { Vec::new() }
    }
}

/// As it is written: sorted, alike ones counted, one a line.
fn written(mut entries: Vec<Entry>) -> String {
    entries.sort();
    let mut counted: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match counted.last_mut() {
            Some(last) if Entry { count: entry.count, ..last.clone() } == entry => last.count += entry.count,
            _ => counted.push(entry),
        }
    }
    let mut text = format!("{{\"tool\": \"gouji\", \"schema\": {SCHEMA}, \"findings\": [\n");
    for (index, entry) in counted.iter().enumerate() {
        let entry = serde_json::to_string(entry).expect("plain data always serializes");
        let comma = if index + 1 == counted.len() { "" } else { "," };
        writeln!(text, "{entry}{comma}").expect("strings take all");
    }
    text + "]}\n"
}

/// The lines in which a word stands, from 1; a word a time.
fn lines_of(text: &str, word: &str) -> Vec<usize> {
    text.lines().enumerate().flat_map(|(line, own)| own.matches(word).map(move |_| line + 1)).collect()
}
