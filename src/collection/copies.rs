//! Reports with the figures or the text of another one.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::member::{Entry, Key, Member};
use crate::digest::Digest;
use crate::pack::{CollectionSettings, Pack};

/// Who has the figures and the text of whom, among reports of one form and year.
#[derive(Debug)]
pub(super) struct Copies {
    common: Common,
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
        settings: &CollectionSettings,
        name: impl Fn(u32) -> &'n str,
    ) -> Self {
        let common = Common::new(series, entries, settings.common_agencies);
        // Of several reports of an agency and year the first counts for all.
        let firsts = series.chunk_by(|(one, _), (next, _)| one == next).filter_map(<[_]>::first);
        let mut by_year: Vec<(u16, u16, u32)> = firsts.map(|(key, entry)| (key.family, key.year, *entry)).collect();
        by_year.sort_unstable();
        let mut copies = Self { common, figures: HashMap::new(), text: HashMap::new() };
        for of_year in by_year.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
            let of_year: Vec<u32> = of_year.iter().map(|(_, _, entry)| *entry).collect();
            copies.compare_figures(&of_year, entries, packs, settings, &name);
            copies.compare_text(&of_year, entries, settings);
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

    /// How many sentences a report has in common with another one.
    pub fn shared(&self, own: &Digest, other: &Digest) -> usize {
        own.text.shared(&other.text, |hash| self.common.holds(hash)).0
    }

    /// Whether many agencies use a sentence.
    pub fn is_common(&self, hash: u32) -> bool {
        self.common.holds(hash)
    }

    /// Whether, by their samples, the other report may contain most of a report's own sentences.
    pub fn is_copied(&self, own: &Digest, other: &Digest, settings: &CollectionSettings) -> bool {
        let (shared, all) = own.text.shared(&other.text, |hash| self.common.holds(hash));
        shared >= settings.copied_least && shared * 100 >= all * settings.sampled_percent
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

    fn compare_text(&mut self, of_year: &[u32], entries: &[Member], settings: &CollectionSettings) {
        let mut sentences: Vec<(u32, u32)> = Vec::new();
        for &entry in of_year {
            let hashes = entries[entry as usize].digest.text.hashes().iter().copied();
            sentences.extend(hashes.filter(|&hash| !self.common.holds(hash)).map(|hash| (hash, entry)));
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
        let digest = |entry: u32| &entries[entry as usize].digest;
        for ((one, other), _) in shared.into_iter().filter(|(_, count)| *count >= settings.copied_least) {
            for (own, other) in [(one, other), (other, one)] {
                if self.is_copied(digest(own), digest(other), settings) {
                    self.text.entry(own).or_insert(other);
                }
            }
        }
    }
}

/// Sentences that many agencies use, by two hashed counters each: now and then a sentence is taken for a common one that is not, and
/// then is not counted against anybody.
#[derive(Debug)]
struct Common {
    counts: Vec<u8>,
    most: u8,
}

impl Common {
    /// Room for so many counters at most: a hundred and some million bytes.
    const MOST: usize = 1 << 27;

    fn new(series: &[(Key, u32)], entries: &[Member], most: usize) -> Self {
        let sentences: usize = entries.iter().map(|member| member.digest.text.hashes().len()).sum();
        let room = (sentences * 4).next_power_of_two().clamp(1 << 10, Self::MOST);
        let mut common = Self { counts: vec![0; room], most: u8::try_from(most).unwrap_or(u8::MAX - 1) };
        let mut hashes: Vec<u32> = Vec::new();
        // What an agency says every year counts once.
        for of_agency in series.chunk_by(|(one, _), (next, _)| (one.family, one.agency) == (next.family, next.agency)) {
            hashes.clear();
            for (_, entry) in of_agency {
                hashes.extend(entries[*entry as usize].digest.text.hashes());
            }
            hashes.sort_unstable();
            hashes.dedup();
            for &hash in &hashes {
                for place in common.places(hash) {
                    common.counts[place] = common.counts[place].saturating_add(1);
                }
            }
        }
        common
    }

    fn places(&self, hash: u32) -> [usize; 2] {
        let mask = self.counts.len() - 1;
        let wide = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        [(wide >> 32) as usize & mask, (wide >> 5) as usize & mask]
    }

    fn holds(&self, hash: u32) -> bool {
        self.places(hash).into_iter().all(|place| self.counts[place] > self.most)
    }
}
