//! Reports with the figures or the text of another one.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::common::Common;
use super::member::{Entry, Key, Member};
use crate::pack::{CollectionSettings, Pack};

/// What reports of other agencies have the same, of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    pub figures: Option<Entry>,
    pub text: Option<Entry>,
}

/// Who has the figures and the text of whom, among reports of one form and year.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// Reports with the same figures, each with the first that has them; that one with the next.
    figures: HashMap<u32, u32>,
    /// Reports with much of their text in another one.
    text: HashMap<u32, u32>,
}

impl Copies {
    /// Compares all reports, sorted by form, agency and year; `name` is that of an agency.
    pub fn new<'n>(
        series: &[(Key, u32)],
        entries: &[Member],
        packs: &[Arc<Pack>],
        (settings, common): (&CollectionSettings, &Common),
        name: impl Fn(u32) -> &'n str,
    ) -> Self {
        // Of several reports of an agency and year the first counts for all.
        let firsts = series.chunk_by(|(one, _), (next, _)| one == next).filter_map(<[_]>::first);
        let mut by_year: Vec<(u16, u16, u32)> = firsts.map(|(key, entry)| (key.family, key.year, *entry)).collect();
        by_year.sort_unstable();
        let mut copies = Self::default();
        for of_year in by_year.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
            let of_year: Vec<u32> = of_year.iter().map(|(_, _, entry)| *entry).collect();
            copies.compare_figures(&of_year, entries, packs, settings, &name);
            copies.compare_text(&of_year, entries, (settings, common));
        }
        copies
    }

    /// A report of the year, of another agency, with the same figures.
    pub fn same_figures(&self, entry: Entry) -> Option<Entry> {
        self.figures.get(&(entry as u32)).map(|other| *other as usize)
    }

    /// A report of the year, of another agency, with much the same text.
    pub fn same_text(&self, entry: Entry) -> Option<Entry> {
        self.text.get(&(entry as u32)).map(|other| *other as usize)
    }

    /// The same, as it was found out elsewhere.
    pub fn add(&mut self, entry: Entry, alike: Alike) {
        self.figures.extend(alike.figures.map(|other| (entry as u32, other as u32)));
        self.text.extend(alike.text.map(|other| (entry as u32, other as u32)));
    }

    /// Of several with the same figures, all others are compared with that of the agency whose name comes first, wherever files lie.
    fn compare_figures<'n>(
        &mut self,
        of_year: &[u32],
        entries: &[Member],
        packs: &[Arc<Pack>],
        settings: &CollectionSettings,
        name: impl Fn(u32) -> &'n str,
    ) {
        let mut first: HashMap<(u16, &[u8]), u32> = HashMap::new();
        let mut alike: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &entry in of_year {
            let member = &entries[entry as usize];
            let earlier = *first.entry(member.digest.figures_key()).or_insert(entry);
            let pack = &packs[usize::from(member.digest.pack)];
            let is_other = entries[earlier as usize].agency != member.agency;
            if is_other && member.digest.digits(pack) >= settings.identical_digits {
                alike.entry(earlier).or_insert_with(|| vec![earlier]).push(entry);
            }
        }
        for mut group in alike.into_values() {
            group.sort_by_key(|&entry| (name(entries[entry as usize].agency), entry));
            let (first, others) = (group[0], &group[1..]);
            self.figures.insert(first, others[0]);
            self.figures.extend(others.iter().map(|&other| (other, first)));
        }
    }

    fn compare_text(
        &mut self,
        of_year: &[u32],
        entries: &[Member],
        (settings, common): (&CollectionSettings, &Common),
    ) {
        let mut sentences: Vec<(u32, u32)> = Vec::new();
        for &entry in of_year {
            let hashes = entries[entry as usize].digest.text.hashes().iter().copied();
            sentences.extend(hashes.filter(|&hash| !common.holds(hash)).map(|hash| (hash, entry)));
        }
        sentences.sort_unstable();
        let mut shared: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for with_sentence in sentences.chunk_by(|one, next| one.0 == next.0) {
            for (at, (_, one)) in with_sentence.iter().enumerate() {
                for (_, other) in &with_sentence[at + 1..] {
                    if entries[*one as usize].agency != entries[*other as usize].agency {
                        *shared.entry((*one, *other)).or_default() += 1;
                    }
                }
            }
        }
        let text = |entry: u32| &entries[entry as usize].digest.text;
        for ((one, other), _) in shared.into_iter().filter(|(_, count)| *count >= settings.copied_least) {
            for (own, other) in [(one, other), (other, one)] {
                if common.is_copied(text(own), text(other), settings) {
                    self.text.entry(own).or_insert(other);
                }
            }
        }
    }
}
