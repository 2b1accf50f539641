//! Whether a sentence speaks of the whole report: of its year and of its organ.

use std::ops::Range;

use crate::facts::Title;
use crate::pack::{Conditions, Text};

use super::super::titles::is_same;

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
    let end = text[at.end..].find(is_end).map_or(text.len(), |end| at.end + end);
    start..end
}

/// Whether a claim at the bytes `at` of a paragraph counts.
pub(super) fn meets(conditions: &Conditions, text: &str, at: &Range<usize>) -> bool {
    let sentence = &text[sentence(text, at)];
    conditions.only.as_ref().is_none_or(|pattern| pattern.is_match(sentence))
        && conditions.unless.as_ref().is_none_or(|pattern| !pattern.is_match(sentence))
        && conditions.unless_before.as_ref().is_none_or(|pattern| !pattern.is_match(&text[..at.start]))
}

/// Whether a number at the bytes `at` of a paragraph is one of the report's own organ, for the whole of its year.
pub(super) fn is_certain(pack: &Text, title: &Title, text: &str, at: &Range<usize>) -> bool {
    let before = &text[sentence(text, at).start..at.start];
    let is_of_another_time = pack.unless_before.as_ref().is_some_and(|pattern| pattern.is_match(before));
    !is_of_another_time && is_own_year(pack, title, &text[..at.end]) && is_own_subject(pack, title, &text[..at.end])
}

/// The year named last is the report's, or none is named.
fn is_own_year(pack: &Text, title: &Title, text: &str) -> bool {
    let last = pack.year.as_ref().and_then(|pattern| pattern.captures_iter(text).last());
    last.is_none_or(|last| last["year"].parse() == Ok(title.year))
}

/// Whoever is said last to have done something is the report's organ.
fn is_own_subject(pack: &Text, title: &Title, text: &str) -> bool {
    let last = pack.head.as_ref().and_then(|pattern| pattern.captures_iter(text).last());
    last.is_none_or(|last| is_own_organ(pack, title, &last["subject"]))
}

fn is_own_organ(pack: &Text, title: &Title, subject: &str) -> bool {
    if subject.is_empty() {
        return true;
    }
    let organ = &title.organization;
    let is_named = pack.subjects.iter().any(|own| {
        own.pattern.is_match(subject) && own.organization.as_ref().is_none_or(|pattern| pattern.is_match(organ))
    });
    is_named || is_short_for(subject, organ)
}

/// Whether a name is the organ's, or short for it. One that leaves out the end is another's: 市政府 is not 市政府办公厅.
fn is_short_for(subject: &str, organ: &str) -> bool {
    const END: usize = 3;
    let is_end = subject.chars().next_back().is_some_and(|last| organ.chars().rev().take(END).any(|c| c == last));
    let is_shorter = subject.chars().count() <= organ.chars().count();
    is_end && is_shorter && is_same(subject, organ)
}
