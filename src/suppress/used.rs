//! Which entries and waivers were used.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::entry::Entry;

/// What of the baseline and of the waivers was used, by number: for one report, kept in the cache, or for a whole run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Used {
    /// Reports that the baseline has entries for.
    pub(super) reports: BTreeSet<u32>,
    /// Entries of the baseline whose finding would have been found if it were still there.
    pub(super) checked: BTreeSet<u32>,
    /// Entries of the baseline whose finding is there.
    pub(super) entries: BTreeSet<u32>,
    /// Groups of waivers for these reports.
    pub(super) about: BTreeSet<u32>,
    /// Waivers that have met a finding, whether they still hold or not.
    pub(super) met: BTreeSet<u32>,
    /// What goes into a new baseline.
    pub recorded: Vec<Entry>,
}

impl Used {
    /// Adds what another report used.
    pub fn add(&mut self, other: Self) {
        self.reports.extend(other.reports);
        self.checked.extend(other.checked);
        self.entries.extend(other.entries);
        self.about.extend(other.about);
        self.met.extend(other.met);
        self.recorded.extend(other.recorded);
    }
}
