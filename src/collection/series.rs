//! The reports of one agency from year to year.

use super::member::{Entry, Found, Key};
use super::reports::Collection;

/// What there is of the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing, and nothing earlier: the series begins here.
    Nothing,
    /// Nothing, but an earlier report; and the years between.
    Gap {
        last: Entry,
        years: Vec<u16>,
    },
    One(Entry),
    /// Several reports that differ.
    Several,
}

impl Collection {
    /// What there is of the year before a report.
    pub(super) fn before(&self, entry: Entry) -> Before {
        let key = self.key(entry);
        let Some(year) = key.year.checked_sub(1) else { return Before::Nothing };
        match self.report_of(Key { year, ..key }) {
            Found::One(entry) => return Before::One(entry),
            Found::Several => return Before::Several,
            Found::None => {}
        }
        let first = self.series.partition_point(|(other, _)| *other < key);
        let Some((last, entry)) = first.checked_sub(1).map(|index| self.series[index]) else { return Before::Nothing };
        if (last.family, last.agency) != (key.family, key.agency) {
            return Before::Nothing;
        }
        Before::Gap { last: entry as usize, years: (last.year + 1..key.year).collect() }
    }
}
