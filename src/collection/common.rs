//! Sentences that many agencies use, and are nobody's own.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::member::{Key, Member};
use crate::digest::Sample;
use crate::pack::CollectionSettings;

/// Sentences that many agencies use, by their hashes.
#[derive(Debug, Default)]
pub struct Common(HashSet<u32, FixedState>);

impl Common {
    /// These sentences, which [`Counters`] have shown to be common.
    pub fn of(hashes: impl IntoIterator<Item = u32>) -> Self {
        Self(hashes.into_iter().collect())
    }

    /// Counts the sentences of all reports, sorted by form, agency and year.
    pub(super) fn count(series: &[(Key, u32)], entries: &[Member], settings: &CollectionSettings) -> Self {
        let all = || entries.iter().flat_map(|member| member.digest.text.hashes().iter().copied());
        let mut counters = Counters::for_sentences(all().count());
        let mut hashes: Vec<u32> = Vec::new();
        // What an agency says every year counts once.
        for of_agency in series.chunk_by(|(one, _), (next, _)| (one.family, one.agency) == (next.family, next.agency)) {
            hashes.clear();
            for (_, entry) in of_agency {
                hashes.extend(entries[*entry as usize].digest.text.hashes());
            }
            hashes.sort_unstable();
            hashes.dedup();
            hashes.iter().for_each(|&hash| counters.add(hash));
        }
        Self::of(all().filter(|&hash| counters.is_over(hash, settings.common_agencies)))
    }

    /// All of them, in no order.
    pub fn hashes(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().copied()
    }

    /// Whether many agencies use a sentence.
    pub fn holds(&self, hash: u32) -> bool {
        self.0.contains(&hash)
    }

    /// How many sentences a report has in common with another one.
    pub(super) fn shared(&self, own: &Sample, other: &Sample) -> usize {
        own.shared(other, |hash| self.holds(hash)).0
    }

    /// Whether, by their samples, the other report may contain most of a report's own sentences.
    pub fn is_copied(&self, own: &Sample, other: &Sample, settings: &CollectionSettings) -> bool {
        let (shared, all) = own.shared(other, |hash| self.holds(hash));
        shared >= settings.copied_least && shared * 100 >= all * settings.sampled_percent
    }
}

/// How many agencies use each sentence, by two hashed counters each, which go no further than a byte: now and then a sentence is
/// taken for a common one that is not, and then is not counted against anybody. Whoever counts in parts adds the parts up, and
/// comes to the same.
#[derive(Debug)]
pub struct Counters(Vec<u8>);

impl Counters {
    /// Room for the sentences of so many agencies' reports together.
    pub fn for_sentences(sentences: usize) -> Self {
        Self(vec![0; Self::room(sentences)])
    }

    /// How many counters there are for so many sentences: four each as long as these are few, and one each however many. With fewer,
    /// every sentence would be common.
    pub fn room(sentences: usize) -> usize {
        /// A hundred and some million bytes.
        const LIGHT: usize = 1 << 27;
        /// As many as there are hashes; where memory ends before, as many as may be had of it.
        const MOST: usize = match 1_usize.checked_shl(u32::BITS) {
            Some(most) => most,
            None => LIGHT,
        };
        let (ample, scant) = (sentences.saturating_mul(4), sentences.max(LIGHT));
        ample.min(scant).clamp(1 << 10, MOST).next_power_of_two()
    }

    /// The counters of a sentence, of so many; twice the same now and then, and then counted twice.
    pub fn places(hash: u32, room: usize) -> [usize; 2] {
        let wide = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        [(wide >> 32) as usize & (room - 1), (wide >> 5) as usize & (room - 1)]
    }

    /// One more agency uses a sentence.
    pub fn add(&mut self, hash: u32) {
        for place in Self::places(hash, self.0.len()) {
            self.0[place] = self.0[place].saturating_add(1);
        }
    }

    /// Whether more agencies than `most` use a sentence.
    pub fn is_over(&self, hash: u32, most: usize) -> bool {
        let most = Self::most(most);
        Self::places(hash, self.0.len()).into_iter().all(|place| self.0[place] > most)
    }

    /// What a counter has to be more than, for a sentence that more than so many agencies use: a full one is more than any.
    pub fn most(most: usize) -> u8 {
        u8::try_from(most).unwrap_or(u8::MAX).min(u8::MAX - 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// Hashes as texts have them: some that everybody uses, many that few do.
    fn agencies() -> Vec<Vec<u32>> {
        let hash = |number: u32| number.wrapping_mul(0x9e37_79b1) ^ 0x55aa_1234;
        let of_agency = |agency: u32| (0..12).map(|at| hash(if at < 3 { at } else { agency / 6 * 31 + at })).collect();
        (0..400).map(of_agency).collect()
    }

    #[test]
    fn counted_in_parts_and_added_up_it_is_the_same() {
        let agencies = agencies();
        let all: Vec<u32> = agencies.iter().flatten().copied().collect();
        let room = Counters::room(all.len());
        let mut counters = Counters::for_sentences(all.len());
        all.iter().for_each(|&hash| counters.add(hash));
        for parts in [1, 3, 7] {
            let mut sums: HashMap<usize, u64> = HashMap::new();
            for part in agencies.chunks(agencies.len().div_ceil(parts)) {
                let mut own: HashMap<usize, u64> = HashMap::new();
                let places = part.iter().flatten().flat_map(|&hash| Counters::places(hash, room));
                places.for_each(|place| *own.entry(place).or_default() += 1);
                own.into_iter().for_each(|(place, count)| *sums.entry(place).or_default() += count);
            }
            for most in [4, 100, 254, 255, 1000] {
                let is_full = |place: usize| sums.get(&place).copied().unwrap_or(0) > u64::from(Counters::most(most));
                for &hash in &all {
                    let is_over = Counters::places(hash, room).into_iter().all(is_full);
                    assert_eq!(counters.is_over(hash, most), is_over, "{parts} parts, more than {most}");
                }
            }
        }
    }

    #[test]
    fn there_is_room_for_any_number() {
        assert_eq!(Counters::room(0), 1 << 10);
        assert_eq!(Counters::room(1000), 1 << 12);
        assert_eq!(Counters::room(1 << 25), 1 << 27);
        assert_eq!(Counters::room(1 << 26), 1 << 27, "no more than is light");
        assert_eq!(Counters::room(1 << 30), 1 << 30, "one each");
        assert_eq!(Counters::room(usize::MAX), 1 << 32);
    }
}
