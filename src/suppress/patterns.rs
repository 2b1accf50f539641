//! Which patterns a name fits, without trying each of them.

use std::collections::{BTreeSet, HashMap};

/// The wildcard in the name of an agency.
pub(super) const ANYTHING: char = '*';

/// Patterns, by their number.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// By the longest of their parts, which a name that fits must have: the parts between `*`, in order.
    by_part: HashMap<String, Vec<(Vec<String>, u32)>>,
    /// Bytes of these longest parts.
    lengths: BTreeSet<usize>,
}

impl Patterns {
    /// Adds a pattern of these parts.
    pub fn add(&mut self, parts: Vec<String>, number: u32) {
        let longest = parts.iter().max_by_key(|part| part.len()).cloned().unwrap_or_default();
        self.lengths.insert(longest.len());
        self.by_part.entry(longest).or_default().push((parts, number));
    }

    /// The numbers of those that a name fits; one may come twice.
    pub fn fitting<'p>(&'p self, name: &'p str) -> impl Iterator<Item = u32> + 'p {
        let starts = name.char_indices().map(|(at, _)| at).chain([name.len()]);
        let parts = starts.flat_map(move |at| self.lengths.iter().filter_map(move |length| name.get(at..at + length)));
        let likely = parts.filter_map(|part| self.by_part.get(part)).flatten();
        likely.filter(|(parts, _)| fits(name, parts)).map(|(_, number)| *number)
    }
}

/// Whether a name is made of these parts, in order, with anything between them.
fn fits(name: &str, parts: &[String]) -> bool {
    let [first, middle @ .., last] = parts else { return false };
    let Some(mut rest) = name.strip_prefix(first.as_str()) else { return false };
    for part in middle {
        let Some((_, behind)) = rest.split_once(part.as_str()) else { return false };
        rest = behind;
    }
    rest.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitting(patterns: &[&str], name: &str) -> Vec<u32> {
        let mut all = Patterns::default();
        for (number, pattern) in (0..).zip(patterns) {
            all.add(pattern.split(ANYTHING).map(str::to_owned).collect(), number);
        }
        let found: BTreeSet<u32> = all.fitting(name).collect();
        found.into_iter().collect()
    }

    #[test]
    fn a_pattern_is_found_by_any_of_its_parts() {
        let patterns =
            ["*", "*局", "松河*", "松*水利*", "*水*局", "*利局*", "松河*河县*", "*松河县水利局*", "**", "梅*局"];
        assert_eq!(fitting(&patterns, "松河县水利局"), [0, 1, 2, 3, 4, 5, 7, 8]);
        assert_eq!(fitting(&patterns, ""), [0, 8]);
    }

    #[test]
    fn a_name_is_found_among_many_patterns() {
        let mut all = Patterns::default();
        for number in 0..100_000 {
            all.add([String::new(), format!("县{number}水"), "局".to_owned()].to_vec(), number);
        }
        for number in 0..1000 {
            let found: Vec<u32> = all.fitting(&format!("松河县{number}水利局")).collect();
            assert_eq!(found, [number]);
        }
    }
}
