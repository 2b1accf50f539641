//! A consolidated report and those of the agencies below.

use super::member::{Entry, Found, Key};
use super::reports::Collection;

/// The reports of the agencies below.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Children {
    /// There are no such agencies, or the report is not a consolidated one.
    None,
    All(Vec<Entry>),
    /// Agencies without a report, and with several that differ.
    Lacking {
        missing: Vec<String>,
        differing: Vec<String>,
    },
}

impl Collection {
    /// The reports that a report is the sum of.
    pub(super) fn children(&self, entry: Entry) -> Children {
        let key = self.key(entry);
        let Some(agencies) = self.ground.agencies() else { return Children::None };
        let Some(own) = agencies.agencies.get(key.agency as usize).filter(|agency| agency.is_consolidated) else {
            return Children::None;
        };
        let below: Vec<u32> = own
            .children
            .iter()
            .copied()
            .filter(|&child| agencies.agencies[child as usize].exists_in(key.year))
            .collect();
        if below.is_empty() {
            return Children::None;
        }
        let (mut found, mut missing, mut differing) = (Vec::new(), Vec::new(), Vec::new());
        for child in below {
            match self.report_of(Key { agency: child, ..key }) {
                Found::One(entry) => found.push(entry),
                Found::None => missing.push(self.name(child).to_owned()),
                Found::Several => differing.push(self.name(child).to_owned()),
            }
        }
        if missing.is_empty() && differing.is_empty() {
            return Children::All(found);
        }
        Children::Lacking { missing, differing }
    }

    /// The report of an agency of the year before.
    pub(super) fn last_year(&self, entry: Entry) -> Option<Entry> {
        let key = self.key(entry);
        match self.report_of(Key { year: key.year.checked_sub(1)?, ..key }) {
            Found::One(entry) => Some(entry),
            Found::None | Found::Several => None,
        }
    }
}
