//! The baseline: findings that were there when it was written. JSON, one finding a line, in a fixed order, so that a change of
//! it reads well.

use std::collections::HashMap;
use std::fmt::Write;

use serde::Deserialize;

use super::entry::{Entry, Key, counted};
use super::used::Used;
use crate::agencies::folded;
use crate::finding::{Finding, Subject};
use crate::message::{Argument, Message};
use crate::report::Report;

/// The version of the file.
const SCHEMA: u32 = 1;

/// Findings that were there before.
#[derive(Debug)]
pub struct Baseline {
    entries: Vec<Entry>,
    /// For each entry its line, from 1.
    lines: Vec<usize>,
    /// All reports that are spoken of, by number.
    reports: HashMap<Key, u32>,
    /// For each report its entries.
    of_report: Vec<Vec<u32>>,
}

/// What a run has compared reports with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// Nothing: each was checked by itself.
    Nothing,
    /// Each other.
    Reports,
    /// Each other and a list of agencies.
    ReportsAndList,
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
    /// Its line in the file, from 1.
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

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When it is none, or of another version.
    pub fn read(text: &str) -> Result<Self, Message> {
        let file: File = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| Message::new("baseline.not-read").with("detail", Argument::Reason(error.to_string())))?;
        if file.schema != SCHEMA {
            return Err(Message::new("baseline.other-version").with("found", file.schema.to_string()));
        }
        let mut lines = lines_of(text, "\"fingerprint\"");
        lines.resize(file.findings.len(), 1);
        let mut baseline = Self { entries: Vec::new(), lines, reports: HashMap::new(), of_report: Vec::new() };
        for (number, entry) in file.findings.iter().enumerate() {
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
        baseline.entries = file.findings;
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
    pub(super) fn of_report(&self, report: &Report, path: &str) -> OfReport<'_> {
        let mut keys = vec![Key::Path(path.to_owned())];
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
    pub fn met(&self, used: &Used) -> usize {
        used.entries.len()
    }

    /// Entries whose report was checked and does not have their finding. A finding across reports is gone only if the other
    /// reports it comes from were read too.
    pub fn stale(&self, used: &Used, compared: Compared) -> impl Iterator<Item = Stale<'_>> {
        let numbers = (0..self.entries.len()).filter(move |&entry| self.is_stale(entry, used, compared));
        numbers.map(|entry| Stale { entry: &self.entries[entry], line: self.lines[entry] })
    }

    fn is_stale(&self, number: usize, used: &Used, compared: Compared) -> bool {
        let (entry, number) = (&self.entries[number], number as u32);
        if used.entries.contains(&number) || !used.checked.contains(&number) {
            return false;
        }
        let is_compared = match compared {
            Compared::Nothing => entry.across.is_none(),
            Compared::Reports => !entry.listed,
            Compared::ReportsAndList => true,
        };
        let is_read = |key: Key| self.reports.get(&key).is_some_and(|report| used.reports.contains(report));
        is_compared && entry.across.iter().flatten().all(|agency| is_read(agency.key()))
    }

    /// The file without entries whose finding is gone.
    pub fn pruned(&self, used: &Used, compared: Compared) -> String {
        let kept = (0..self.entries.len()).filter(|&entry| !self.is_stale(entry, used, compared));
        written(kept.map(|entry| self.entries[entry].clone()).collect())
    }
}

impl<'b> OfReport<'b> {
    /// Each with its number.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &'b Entry)> {
        self.left.iter().map(|&(number, _)| (number, &self.baseline.entries[number as usize]))
    }

    /// The entries that a finding was when the baseline was written, and one use of them less; none where it is new. Where no
    /// figure could be singled out then, or none can be now, it is enough that all sums that fail failed then: the same
    /// mistake may be explained otherwise once another one is repaired.
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

/// A baseline of these findings as it is written: sorted, equal ones counted, one a line.
pub fn written(entries: Vec<Entry>) -> String {
    let counted = counted(entries);
    let mut text = format!("{{\"tool\": \"gouji\", \"schema\": {SCHEMA}, \"findings\": [\n");
    for (index, entry) in counted.iter().enumerate() {
        let entry = serde_json::to_string(entry).expect("plain data always serializes");
        let comma = if index + 1 == counted.len() { "" } else { "," };
        writeln!(text, "{entry}{comma}").expect("strings take all");
    }
    text + "]}\n"
}

/// The lines of a word, from 1, once for each time it is there.
fn lines_of(text: &str, word: &str) -> Vec<usize> {
    text.lines().enumerate().flat_map(|(line, own)| own.matches(word).map(move |_| line + 1)).collect()
}
