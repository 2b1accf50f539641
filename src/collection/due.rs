//! Who owes a report and has not handed one in.

use std::collections::BTreeMap;

use super::{Archive, Key};
use crate::agencies::Agencies;
use crate::message::Message;

/// A report that is missing: of which agency on the list, of which year, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    pub agency: usize,
    pub year: u16,
    /// The first form of its family, by its place among those of the checker.
    pub form: u16,
}

/// A year of which so few agencies have reported that it is not held against the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thin {
    pub year: u16,
    pub reported: usize,
    pub due: usize,
}

impl Thin {
    /// In a sentence.
    pub fn message(&self) -> Message {
        Message::new("archive.thin-year")
            .with("year", self.year.to_string())
            .with("reported", self.reported)
            .with("due", self.due)
    }
}

/// How many agencies on the list have a report of a form and year, and how many there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reported {
    reported: usize,
    due: usize,
}

impl Reported {
    /// Of every form and year of which there are reports.
    pub fn count(agencies: &Agencies, series: &[(Key, u32)]) -> BTreeMap<(u16, u16), Self> {
        let listed = |agency: u32| agencies.agencies.get(agency as usize);
        let mut counts = BTreeMap::new();
        for reports in series.chunk_by(|(one, _), (next, _)| one == next) {
            let Some((key, _)) = reports.first() else { continue };
            let due = || agencies.agencies.iter().filter(|agency| agency.exists_in(key.year)).count();
            let count = counts.entry((key.family, key.year)).or_insert_with(|| Self { reported: 0, due: due() });
            count.reported += usize::from(listed(key.agency).is_some_and(|agency| agency.exists_in(key.year)));
        }
        counts
    }
}

impl Archive {
    /// The reports that are missing, in the order of the list, and the years that were passed over. Every form is looked at
    /// by itself: one of which hardly any agency has a report is not due.
    pub fn missing(&self) -> (Vec<Missing>, Vec<Thin>) {
        let Some(agencies) = &self.agencies else { return (Vec::new(), Vec::new()) };
        let mut missing = Vec::new();
        let mut thin = Vec::new();
        for (&(family, year), &Reported { reported, due }) in &self.reported {
            if self.is_thin(family, year) {
                thin.push(Thin { year, reported, due });
                continue;
            }
            let is_missing = |agency: &usize| {
                let has_report = self.all_of(Key { family, agency: *agency as u32, year }).next().is_some();
                agencies.agencies[*agency].exists_in(year) && !has_report
            };
            missing.extend((0..agencies.agencies.len()).filter(is_missing).map(|agency| Missing {
                agency,
                year,
                form: family,
            }));
        }
        missing.sort_unstable();
        (missing, thin)
    }

    /// Whether the report of an agency on the list is due in a year, so that its absence is told by the list.
    pub(super) fn is_told_by_list(&self, agency: u32, (family, year): (u16, u16)) -> bool {
        let on_list = self.agencies.as_ref().and_then(|agencies| agencies.agencies.get(agency as usize));
        on_list.is_some_and(|agency| agency.exists_in(year)) && !self.is_thin(family, year)
    }

    /// Whether so few agencies have a report of a form and year, or none at all, that it is not due of the others.
    fn is_thin(&self, family: u16, year: u16) -> bool {
        let of_year = self.reported.get(&(family, year));
        of_year.is_none_or(|of_year| of_year.reported * 100 < of_year.due * self.core.archive.due_percent)
    }
}
