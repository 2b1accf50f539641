//! How many of the agencies on a list have reported, year by year.

use std::collections::BTreeMap;

use super::member::Key;
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
    pub expected: usize,
}

impl Thin {
    /// In a sentence.
    pub fn message(&self) -> Message {
        Message::new("archive.thin-year")
            .with("year", self.year.to_string())
            .with("reported", self.reported)
            .with("expected", self.expected)
    }
}

/// By form and year.
pub(super) type Turnouts = BTreeMap<(u16, u16), Turnout>;

/// How many agencies on the list have a report of a form and year, and how many there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turnout {
    pub reported: usize,
    pub expected: usize,
}

impl Turnout {
    /// How many agencies there were in a year.
    pub fn expected(agencies: &Agencies, year: u16) -> usize {
        agencies.agencies.iter().filter(|agency| agency.exists_in(year)).count()
    }

    /// Of every form and year of which there are reports.
    pub fn count(agencies: &Agencies, series: &[(Key, u32)]) -> Turnouts {
        let listed = |agency: u32| agencies.agencies.get(agency as usize);
        let mut counts = Turnouts::new();
        for reports in series.chunk_by(|(one, _), (next, _)| one == next) {
            let Some((key, _)) = reports.first() else { continue };
            let expected = || Self::expected(agencies, key.year);
            let count =
                counts.entry((key.family, key.year)).or_insert_with(|| Self { reported: 0, expected: expected() });
            count.reported += usize::from(listed(key.agency).is_some_and(|agency| agency.exists_in(key.year)));
        }
        counts
    }
}
