//! A pattern of a pack. Those of the packs that come with the program are compiled where they are first used: a report of
//! one form needs few of them, and a test has compiled them all.

mod words;

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use regex::{Captures, Regex};

use words::Words;

/// A regular expression, compiled when a text has the words that it needs and these do not decide. Clones share it.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    text: String,
    regex: OnceLock<Regex>,
    words: OnceLock<Words>,
}

impl Pattern {
    /// Compiles `text` at once.
    ///
    /// # Errors
    /// In the words of the pattern engine.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        let regex = Regex::new(text)?.into();
        Ok(Self(Arc::new(Compiled { text: text.to_owned(), regex, words: OnceLock::new() })))
    }

    /// Compiles `text`, which is known to be a pattern, when it is needed.
    pub fn known(text: &str) -> Self {
        Self(Arc::new(Compiled { text: text.to_owned(), regex: OnceLock::new(), words: OnceLock::new() }))
    }

    /// Whether the pattern is found in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.words().decide(text).unwrap_or_else(|| Regex::is_match(self, text))
    }

    /// The first place in `text` where it is found, with its groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.words().may_be_in(text).then(|| Regex::captures(self, text)).flatten()
    }

    /// All places in `text` where it is found, with their groups.
    pub fn captures_iter<'p, 't>(&'p self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + use<'p, 't> {
        self.words().may_be_in(text).then(|| Regex::captures_iter(self, text)).into_iter().flatten()
    }

    fn words(&self) -> &Words {
        self.0.words.get_or_init(|| Words::of(&self.0.text))
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.0.regex.get_or_init(|| Regex::new(&self.0.text).expect("a test compiles the patterns of every pack"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_found_only_where_its_word_is() {
        let pattern = Pattern::known(r"统计期限为(?<year>20\d\d)年1月1日");
        assert!(pattern.is_match("本报告统计期限为2023年1月1日"));
        assert!(!pattern.is_match("2023年1月1日") && !pattern.is_match("统计期限为2023年"));
    }
}
