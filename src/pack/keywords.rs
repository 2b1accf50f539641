//! Words that rules are about, all looked for in one pass over a text. Most text is about other things, and a look at
//! each pair of characters is much cheaper than a pattern, which stumbles over the first bytes that all Chinese shares.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Words, each with the rule that is about it.
#[derive(Debug, Default)]
pub struct Keywords {
    /// The words by [`pair`] of their first two characters.
    words: HashMap<usize, Vec<(String, usize)>, FixedState>,
    /// Whether a word begins with such a pair.
    starts: Vec<bool>,
    /// Words of less than two characters.
    short: Vec<(String, usize)>,
}

/// Many times the words of a pack, so that next to no other pair is taken for the start of one.
const PAIRS: usize = 1 << 12;

impl Keywords {
    /// Looks for `words`, each with the number of its rule.
    pub fn new<'w>(words: impl Iterator<Item = (&'w str, usize)>) -> Self {
        let mut keywords = Self { starts: vec![false; PAIRS], ..Self::default() };
        for (word, rule) in words {
            let entry = (word.to_owned(), rule);
            let Some((second, last)) = word.char_indices().nth(1) else {
                keywords.short.push(entry);
                continue;
            };
            let bytes = word.as_bytes();
            let pair = pair(bytes[second - 1], bytes[second + last.len_utf8() - 1]);
            keywords.starts[pair] = true;
            keywords.words.entry(pair).or_default().push(entry);
        }
        keywords
    }

    /// The rules that `text` has a word of, ascending.
    pub fn rules(&self, text: &str) -> Vec<usize> {
        let bytes = text.as_bytes();
        let mut rules = Vec::new();
        // Where the character before begins, and its last byte.
        let (mut start, mut before) = (0, 0);
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let end = at + char_width(first);
            let last = bytes[end - 1];
            let pair = pair(before, last);
            if self.starts.get(pair) == Some(&true) {
                let words = self.words.get(&pair).into_iter().flatten();
                rules.extend(words.filter(|(word, _)| text[start..].starts_with(word)).map(|(_, rule)| *rule));
            }
            (start, before, at) = (at, last, end);
        }
        rules.extend(self.short.iter().filter(|(word, _)| text.contains(word)).map(|(_, rule)| *rule));
        rules.sort_unstable();
        rules.dedup();
        rules
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
        let keywords = Keywords::new(words.into_iter());
        for (text, expected) in [
            ("收到申请", &[0][..]),
            ("2023年，", &[1]),
            ("结转下年度", &[0, 2]),
            ("结转下", &[0]),
            ("____件", &[3, 4]),
            ("申", &[]),
            ("", &[]),
        ] {
            assert_eq!(keywords.rules(text), expected, "{text}");
        }
        assert!(Keywords::default().rules("收到申请").is_empty());
    }
}
