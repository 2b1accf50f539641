//! What is accepted of the findings: those that a baseline holds, and those that the auditor waives. Both come from files
//! that whoever runs the check owns; nothing inside a report can accept anything.

mod baseline;
mod waivers;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Suppressed, Suppression};
use crate::pack::{Core, Pack};
use crate::report::Report;
pub use baseline::{Agency, Baseline, Entry, Looked, Stale};
pub use waivers::{Mistake, Unused, Waivers};

/// What may be accepted in a run.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// Where a baseline is begun: every finding that is not waived goes into it.
    pub records: bool,
    pub baseline: Option<Baseline>,
    pub waivers: Option<Waivers>,
}

/// Whether a report is told of by itself or beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told<'a> {
    Alone,
    /// Beside others.
    Across {
        /// Those that the findings come from.
        beside: &'a [Agency],
        /// Whether there is a list of agencies.
        is_listed: bool,
    },
}

/// The rules that were put to a report: an entry of another rule says nothing of it.
#[derive(Debug, Clone, Copy)]
pub struct Put<'a> {
    pub core: &'a Core,
    /// The form, with the rules that were chosen for this report; none where it has none.
    pub pack: Option<&'a Pack>,
}

impl Put<'_> {
    /// Whether the finding of an entry would have been told of this report: its rule is put, and its sums were evaluated.
    fn is_looked_for(&self, entry: &Entry, report: &Report) -> bool {
        let of_core = self.core.rules.iter().find(|rule| entry.is_of(rule));
        let is_told = match (of_core, self.pack) {
            (Some(rule), _) => self.core.tells_of(rule),
            (None, Some(pack)) => pack.rules.iter().any(|rule| entry.is_of(rule)),
            (None, None) => true,
        };
        let is_put = |id: &String| {
            let mut sums = self.pack.iter().flat_map(|pack| pack.sums.iter().chain(&pack.cross_sums));
            sums.any(|sum| sum.id == *id) && report.not_evaluated.iter().all(|sum| sum.id != *id)
        };
        is_told && entry.broken().iter().all(is_put)
    }
}

/// What of the baseline and of the waivers one report came upon, by number; kept in the cache.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Used {
    /// Reports that the baseline speaks of.
    reports: Vec<u32>,
    /// Entries of the baseline whose finding was looked for.
    looked_for: Vec<u32>,
    /// Entries of the baseline whose finding is there.
    entries: Vec<u32>,
    /// Waivers that are about this report.
    about: Vec<u32>,
    /// Waivers that have met a finding, whether they still hold or not.
    met: Vec<u32>,
    /// What goes into a baseline that is begun.
    pub recorded: Vec<Entry>,
}

impl Suppressions {
    /// Sets aside what is accepted of a report's findings. `way` is its path as the baseline writes it, `told` how it is
    /// looked at, `put` by which rules.
    pub fn apply(&self, report: &mut Report, way: &str, told: Told<'_>, put: Put<'_>) -> Used {
        let mut used = Used::default();
        let mut of_baseline = self.baseline.as_ref().map(|baseline| baseline.of_report(report, way));
        let of_waivers = self
            .waivers
            .as_ref()
            .map(|waivers| waivers.about(report.organization.as_deref(), report.year))
            .unwrap_or_default();
        // What is told across reports may be that there is no such report.
        if let Some(of_baseline) = of_baseline.as_ref().filter(|_| told == Told::Alone) {
            used.reports.clone_from(&of_baseline.reports);
            let entries = of_baseline.entries();
            used.looked_for = entries.filter(|(_, entry)| put.is_looked_for(entry, report)).map(|(at, _)| at).collect();
        }
        let mut recorded = Vec::new();
        for mut finding in std::mem::take(&mut report.findings) {
            let entries = of_baseline.as_mut().map(|of_baseline| of_baseline.take(&finding)).unwrap_or_default();
            used.entries.extend(&entries);
            let by = match self.waived(&mut finding, &of_waivers, &mut used) {
                Some(by) => Some(by),
                None if self.records => {
                    recorded.push(Entry::new(&finding, report, way, told));
                    Some(Suppression::Baseline)
                }
                None => (!entries.is_empty()).then_some(Suppression::Baseline),
            };
            match by {
                Some(by) => report.suppressed.push(Suppressed { finding, by }),
                None => report.findings.push(finding),
            }
        }
        used.about = of_waivers;
        used.recorded = recorded;
        used
    }

    /// By which of these waivers a finding is accepted; what has expired leaves a note at it.
    fn waived(&self, finding: &mut Finding, of_report: &[u32], used: &mut Used) -> Option<Suppression> {
        let waivers = self.waivers.as_ref()?;
        let met: Vec<u32> = of_report.iter().copied().filter(|&number| waivers.get(number).is_about(finding)).collect();
        used.met.extend(&met);
        let (expired, holding): (Vec<u32>, Vec<u32>) =
            met.into_iter().partition(|&number| waivers.has_expired(waivers.get(number)));
        if let Some(&first) = holding.first() {
            return Some(waivers.get(first).suppression());
        }
        finding.notes.extend(expired.last().map(|&number| waivers.expired(waivers.get(number))));
        None
    }
}

/// What of the baseline and of the waivers a whole run came upon.
#[derive(Debug, Default)]
pub struct Ledger {
    reports: Seen,
    looked_for: Seen,
    entries: Seen,
    about: Seen,
    met: Seen,
    /// What goes into a baseline that is begun.
    pub recorded: Vec<Entry>,
}

/// Numbers that were met.
#[derive(Debug, Default)]
struct Seen(Vec<bool>);

impl Seen {
    fn add(&mut self, numbers: &[u32]) {
        for &number in numbers {
            let number = number as usize;
            if self.0.len() <= number {
                self.0.resize(number + 1, false);
            }
            self.0[number] = true;
        }
    }

    fn has(&self, number: usize) -> bool {
        self.0.get(number).copied().unwrap_or_default()
    }
}

impl Ledger {
    /// Takes in what one report came upon.
    pub fn add(&mut self, used: Used) {
        self.reports.add(&used.reports);
        self.looked_for.add(&used.looked_for);
        self.entries.add(&used.entries);
        self.about.add(&used.about);
        self.met.add(&used.met);
        self.recorded.extend(used.recorded);
    }
}
