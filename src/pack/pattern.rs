//! A pattern of a pack. Those of the packs that come with the program are compiled where they are first used: a report of
//! one form needs few of them, and a test has compiled them all.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use memchr::memmem::Finder;
use regex::{Captures, Regex};
use regex_syntax::hir::{Hir, HirKind};

/// A regular expression, compiled when text has the word that it needs. Clones share it.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    text: String,
    regex: OnceLock<Regex>,
    /// Part of whatever the pattern matches.
    word: OnceLock<Option<Finder<'static>>>,
}

impl Pattern {
    /// Compiles `text` at once.
    ///
    /// # Errors
    /// In the words of the pattern engine.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        let regex = Regex::new(text)?.into();
        Ok(Self(Arc::new(Compiled { text: text.to_owned(), regex, word: OnceLock::new() })))
    }

    /// Compiles `text`, which is known to be a pattern, when it is needed.
    pub fn known(text: &str) -> Self {
        Self(Arc::new(Compiled { text: text.to_owned(), regex: OnceLock::new(), word: OnceLock::new() }))
    }

    /// Whether the pattern is found in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.has_word(text) && Regex::is_match(self, text)
    }

    /// The first place in `text` where it is found, with its groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.has_word(text).then(|| Regex::captures(self, text)).flatten()
    }

    /// All places in `text` where it is found, with their groups.
    pub fn captures_iter<'p, 't>(&'p self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + use<'p, 't> {
        self.has_word(text).then(|| Regex::captures_iter(self, text)).into_iter().flatten()
    }

    /// Most text lacks the word that the pattern needs, and looking for a word is much cheaper than for a pattern.
    fn has_word(&self, text: &str) -> bool {
        let word = self.0.word.get_or_init(|| Some(Finder::new(&needed_word(&self.0.text)?).into_owned()));
        word.as_ref().is_none_or(|word| word.find(text.as_bytes()).is_some())
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.0.regex.get_or_init(|| Regex::new(&self.0.text).expect("a test compiles the patterns of every pack"))
    }
}

/// The longest word in everything a pattern matches; none where that is no more than a character.
fn needed_word(pattern: &str) -> Option<Vec<u8>> {
    const CHINESE: usize = 3;
    let syntax = regex_syntax::parse(pattern).ok()?;
    longest(&syntax).filter(|word| word.len() > CHINESE).map(<[u8]>::to_vec)
}

fn longest(part: &Hir) -> Option<&[u8]> {
    match part.kind() {
        HirKind::Literal(literal) => Some(&literal.0),
        HirKind::Capture(capture) => longest(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => longest(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(longest).max_by_key(|word| word.len()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_needs_the_words_that_stand_in_all_it_matches() {
        for (pattern, word) in [
            (r"20\d\d年1月1日(?:起)?", Some("年1月1日")),
            ("(?<list>其中)+[^。]*", Some("其中")),
            ("收到(?:申请)?|受理", None),
            ("(?:统计期限){0,3}为", None),
            ("(?i)shouli", None),
        ] {
            assert_eq!(needed_word(pattern).as_deref(), word.map(str::as_bytes), "{pattern}");
        }
        let pattern = Pattern::known(r"统计期限为(?<year>20\d\d)年1月1日");
        assert!(pattern.is_match("本报告统计期限为2023年1月1日"));
        assert!(!pattern.is_match("2023年1月1日") && !pattern.is_match("统计期限为2023年"));
    }
}
