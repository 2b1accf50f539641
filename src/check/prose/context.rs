//! Whether a sentence speaks of the whole report: of its year and of its agency.

use std::ops::Range;

use regex::{Captures, Regex};

use crate::facts::Title;
use crate::pack::{Conditions, Text};
use crate::prose::Own;

/// The bytes of a claim without the end of the sentence before, which a pattern may begin with.
pub(super) fn in_one_sentence(text: &str, at: Range<usize>) -> Range<usize> {
    let claim = &text[at.clone()];
    at.end - claim.trim_start_matches(is_end).len()..at.end
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

/// The sentence around the bytes `at` of a paragraph.
fn sentence(text: &str, at: &Range<usize>) -> Range<usize> {
    let start = text[..at.start].rfind(is_end).map_or(0, |end| end + '。'.len_utf8());
    // A claim may end with the end of its sentence.
    let stop = at.start + text[at.clone()].trim_end_matches(is_end).len();
    let end = text[stop..].find(is_end).map_or(text.len(), |end| stop + end);
    start..end
}

/// Whether a claim at the bytes `at` of a paragraph counts.
pub(super) fn meets(conditions: &Conditions, text: &str, at: &Range<usize>) -> bool {
    let sentence = &text[sentence(text, at)];
    conditions.only.as_ref().is_none_or(|pattern| pattern.is_match(sentence))
        && conditions.unless.as_ref().is_none_or(|pattern| !pattern.is_match(sentence))
        && conditions.unless_before.as_ref().is_none_or(|pattern| !pattern.is_match(&text[..at.start]))
}

/// Of which year and of which agency a paragraph speaks, from where on.
pub(super) struct Context {
    /// Where a year is named, and whether it is the report's.
    years: Vec<(usize, bool)>,
    /// Where someone is said to have done something, and whether it is the report's agency.
    subjects: Vec<(usize, bool)>,
}

impl Context {
    pub fn new(pack: &Text, title: &Title, text: &str) -> Self {
        let own = Own::new(pack, title);
        let ends = |pattern: &Regex, is_own: &dyn Fn(&Captures<'_>) -> bool| {
            let found = pattern.captures_iter(text);
            found.filter_map(|found| Some((found.get(0)?.end(), is_own(&found)))).collect()
        };
        let is_own_year = |found: &Captures<'_>| found["year"].parse() == Ok(title.year);
        let is_own_subject = |found: &Captures<'_>| found["subject"].is_empty() || own.is_meant(&found["subject"]);
        Self {
            years: pack.year.as_ref().map(|pattern| ends(pattern, &is_own_year)).unwrap_or_default(),
            subjects: pack.head.as_ref().map(|pattern| ends(pattern, &is_own_subject)).unwrap_or_default(),
        }
    }

    /// Whether a number at the bytes `at` is one of the report's own agency, for the whole of its year: who and what year
    /// are named last, if any are, is the report's own.
    pub fn is_certain(&self, pack: &Text, text: &str, at: &Range<usize>) -> bool {
        let last_is_own = |named: &[(usize, bool)]| {
            let before = named.partition_point(|(end, _)| *end <= at.end);
            before.checked_sub(1).is_none_or(|last| named[last].1)
        };
        let before = &text[sentence(text, at).start..at.start];
        let is_of_another_time = || pack.unless_before.as_ref().is_some_and(|pattern| pattern.is_match(before));
        last_is_own(&self.years) && last_is_own(&self.subjects) && !is_of_another_time()
    }
}
