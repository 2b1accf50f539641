//! Accepted findings: those in a baseline, and those that the auditor waives. Both come from files of the person who
//! runs the check; nothing inside a report can suppress a finding.

mod baseline;
mod entry;
mod groups;
mod patterns;
mod used;
mod waivers;

use crate::finding::{Finding, Suppressed, Suppression};
use crate::pack::{Core, Levels, Pack};
use crate::report::Report;
pub use baseline::{Baseline, Compared, Stale, written};
pub use entry::{Agency, Entry, Scope};
pub use used::Used;
pub use waivers::{Mistake, Unused, Waivers};

/// What may be accepted in a run.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// A new baseline is written: every finding that is not waived goes into it.
    pub records: bool,
    pub baseline: Option<Baseline>,
    pub waivers: Option<Waivers>,
}

/// The rules that a report was checked by: an entry of another rule says nothing of it.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    pub core: &'a Core,
    /// The form; none where it has none.
    pub pack: Option<&'a Pack>,
    /// How much the rules weigh for this report.
    pub levels: &'a Levels,
}

impl Rules<'_> {
    /// Whether the finding of an entry would have been found in this report: its rule is applied, and its sums were
    /// evaluated.
    fn check(&self, entry: &Entry, report: &Report) -> bool {
        let of_core = self.core.rules.iter().find(|rule| entry.is_of(rule));
        let is_applied = match (of_core, self.pack) {
            (Some(rule), _) => !self.levels.is_off(rule),
            (None, Some(pack)) => pack.rules().iter().any(|rule| entry.is_of(rule) && !self.levels.is_off(rule)),
            (None, None) => true,
        };
        let is_evaluated = |id: &String| {
            let mut sums = self.pack.iter().flat_map(|pack| pack.sums().iter().chain(pack.sums_across()));
            let is_applied = sums.any(|sum| sum.id == *id && self.levels.of_sum(sum).is_some());
            is_applied && report.not_evaluated.iter().all(|sum| sum.id != *id)
        };
        is_applied && entry.broken.iter().all(is_evaluated)
    }
}

impl Suppressions {
    /// Sets aside what is accepted of a report's findings. `path` is the report's as the baseline writes it, `scope` what the
    /// findings come from, `rules` what it was checked by.
    pub fn apply(&self, report: &mut Report, path: &str, scope: Scope<'_>, rules: Rules<'_>) -> Used {
        let mut used = Used::default();
        let mut of_baseline = self.baseline.as_ref().map(|baseline| baseline.of_report(report, path));
        if let Some(waivers) = &self.waivers {
            used.about = waivers.about(report.organization.as_deref(), report.year);
        }
        // A finding across reports may be that there is no such report.
        if let Some(of_baseline) = of_baseline.as_ref().filter(|_| scope == Scope::Report) {
            used.reports.extend(&of_baseline.reports);
            let entries = of_baseline.entries();
            used.checked = entries.filter(|(_, entry)| rules.check(entry, report)).map(|(at, _)| at).collect();
        }
        for mut finding in std::mem::take(&mut report.findings) {
            let entries = of_baseline.as_mut().map(|of_baseline| of_baseline.take(&finding)).unwrap_or_default();
            used.entries.extend(&entries);
            let by = match self.waived(&mut finding, &mut used) {
                Some(by) => Some(by),
                None if self.records => {
                    used.recorded.push(Entry::new(&finding, report, path, scope));
                    Some(Suppression::Baseline)
                }
                None => (!entries.is_empty()).then_some(Suppression::Baseline),
            };
            match by {
                Some(by) => report.suppressed.push(Suppressed { finding, by }),
                None => report.findings.push(finding),
            }
        }
        used
    }

    /// By which of the waivers about this report a finding is accepted; what has expired leaves a note at it.
    fn waived(&self, finding: &mut Finding, used: &mut Used) -> Option<Suppression> {
        let waivers = self.waivers.as_ref()?;
        let met = waivers.met(&used.about, finding);
        used.met.extend(&met);
        let (expired, holding): (Vec<_>, Vec<_>) =
            met.into_iter().map(|number| waivers.get(number)).partition(|waiver| waivers.has_expired(waiver));
        if let Some(first) = holding.first() {
            return Some(first.suppression());
        }
        finding.notes.extend(expired.last().map(|waiver| waivers.expired(waiver)));
        None
    }
}
