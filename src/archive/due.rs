//! Who owes a report and has not handed one in.

use super::{Archive, Key};
use crate::message::Message;

/// A report that is missing: of which organ on the list, and of which year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    pub organ: usize,
    pub year: u16,
}

/// A year of which so few organs have reported that it is not held against the others.
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

impl Archive {
    /// The reports that are missing, in the order of the list, and the years that were passed over. Every form is looked at
    /// by itself: one of which hardly any organ has a report is not due.
    pub fn missing(&self) -> (Vec<Missing>, Vec<Thin>) {
        let Some(organs) = &self.organs else { return (Vec::new(), Vec::new()) };
        let mut families: Vec<(u16, u16)> = self.series.iter().map(|(key, _)| (key.family, key.year)).collect();
        families.sort_unstable();
        families.dedup();
        let mut missing = Vec::new();
        let mut thin = Vec::new();
        for (family, year) in families {
            let has_report = |organ: &usize| self.all_of(Key { family, organ: *organ as u32, year }).next().is_some();
            let exists = |organ: &usize| organs.organs[*organ].exists_in(year);
            let due: Vec<usize> = (0..organs.organs.len()).filter(exists).collect();
            let absent: Vec<usize> = due.iter().copied().filter(|organ| !has_report(organ)).collect();
            let reported = due.len() - absent.len();
            if reported * 100 < due.len() * self.core.archive.due_percent {
                thin.push(Thin { year, reported, due: due.len() });
            } else {
                missing.extend(absent.into_iter().map(|organ| Missing { organ, year }));
            }
        }
        missing.sort_by_key(|missing| (missing.organ, missing.year));
        missing.dedup();
        (missing, thin)
    }

    /// Whether the report of an organ on the list is due in a year, so that its absence is told by the list.
    pub(super) fn is_told_by_list(&self, organ: u32, year: u16) -> bool {
        let on_list = self.organs.as_ref().and_then(|organs| organs.organs.get(organ as usize));
        on_list.is_some_and(|organ| organ.exists_in(year))
    }
}
