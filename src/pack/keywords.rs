//! Words that are looked for in running text, all in one pass: those that rules are about, and those that say whether a
//! sentence is worth reading. Most text is about other things, and a look at each pair of characters is much cheaper than a
//! pattern, which stumbles over the first bytes that all Chinese shares.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Words, each with what it is looked for.
#[derive(Debug, Default)]
pub struct Keywords {
    /// The words by [`pair`] of their first two characters.
    words: HashMap<usize, Vec<(String, Sought)>, FixedState>,
    /// Whether a word begins with such a pair.
    starts: Vec<bool>,
    /// Words of one character by their last byte.
    short: Vec<Vec<(String, Sought)>>,
}

/// What a word is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// A rule is about it, by its place in [`Pack::rules`](super::Pack::rules).
    Rule(usize),
    /// What it tells of its sentence.
    Tells(Telling),
}

/// What a word tells of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// What is counted.
    What,
    /// That there is none, or that something is so of all.
    OfAll,
    /// Something that was done, or that became of it.
    Something,
}

/// Many times the words of a pack, so that next to no other pair is taken for the start of one.
const PAIRS: usize = 1 << 12;

impl Keywords {
    pub fn new<'w>(words: impl Iterator<Item = (&'w str, Sought)>) -> Self {
        let mut keywords = Self { starts: vec![false; PAIRS], short: vec![Vec::new(); 256], ..Self::default() };
        for (word, sought) in words {
            let entry = (word.to_owned(), sought);
            let bytes = word.as_bytes();
            let Some((second, last)) = word.char_indices().nth(1) else {
                if let Some(&last) = bytes.last() {
                    keywords.short[usize::from(last)].push(entry);
                }
                continue;
            };
            let pair = pair(bytes[second - 1], bytes[second + last.len_utf8() - 1]);
            keywords.starts[pair] = true;
            keywords.words.entry(pair).or_default().push(entry);
        }
        keywords
    }

    /// The words in `text`, each by the byte where it begins, in order.
    pub fn find(&self, text: &str) -> Vec<(usize, Sought)> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        // Where the character before begins, and its last byte.
        let (mut start, mut before) = (0, 0);
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let end = at + char_width(first);
            let last = bytes[end - 1];
            let pair = pair(before, last);
            if self.starts.get(pair) == Some(&true) {
                let words = self.words.get(&pair).into_iter().flatten();
                let words = words.filter(|(word, _)| text[start..].starts_with(word));
                found.extend(words.map(|(_, sought)| (start, *sought)));
            }
            if let Some(words) = self.short.get(usize::from(last)).filter(|words| !words.is_empty()) {
                let words = words.iter().filter(|(word, _)| text[at..end] == **word);
                found.extend(words.map(|(_, sought)| (at, *sought)));
            }
            (start, before, at) = (at, last, end);
        }
        found
    }
}

/// Two characters by their last bytes, in which Chinese characters differ most.
fn pair(first: u8, second: u8) -> usize {
    (usize::from(first) << 6 ^ usize::from(second)) % PAIRS
}

/// How many bytes a character takes that begins with this one.
fn char_width(first: u8) -> usize {
    match first {
        0xe0..=0xef => 3,
        0..=0x7f => 1,
        0xf0.. => 4,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand() {
        let words = [("申请", 0), ("结转", 0), ("年，", 1), ("结转下年", 2), ("__", 3), ("件", 4)];
        let keywords = Keywords::new(words.into_iter().map(|(word, rule)| (word, Sought::Rule(rule))));
        for (text, expected) in [
            ("收到申请", &[(6, 0)][..]),
            ("2023年，", &[(4, 1)]),
            ("结转下年度", &[(0, 0), (0, 2)]),
            ("结转下", &[(0, 0)]),
            ("____件", &[(0, 3), (1, 3), (2, 3), (4, 4)]),
            ("申", &[]),
            ("", &[]),
        ] {
            let expected: Vec<_> = expected.iter().map(|&(at, rule)| (at, Sought::Rule(rule))).collect();
            assert_eq!(keywords.find(text), expected, "{text}");
        }
        assert!(Keywords::default().find("收到申请").is_empty());
    }
}
