//! Whose a number is: whether words mean the report's own agency. May rely on the title and on the pack's patterns.

use std::cell::OnceCell;

use crate::facts::Title;
use crate::pack::{Pattern, Subject, Text};

/// Who the report's own agency is, and by which words the report means it.
#[derive(Debug)]
pub struct Own<'a> {
    pack: &'a Text,
    agency: &'a str,
    /// Of the pack's patterns those that are for such an agency.
    subjects: Vec<&'a Pattern>,
    /// Where in its name the names begin that leave out places before it, the longest first: looked for where a text may say one.
    short_names: OnceCell<Vec<usize>>,
}

impl<'a> Own<'a> {
    pub fn new(pack: &'a Text, title: &'a Title) -> Self {
        let agency = title.organization.as_str();
        let is_for = |own: &&Subject| own.organization.as_ref().is_none_or(|pattern| pattern.is_match(agency));
        let subjects = pack.subjects.iter().filter(is_for).map(|own| &own.pattern).collect();
        Self { pack, agency, subjects, short_names: OnceCell::new() }
    }

    /// How long the name of the agency is that `text` begins with, with or without the places before it.
    pub(super) fn name_at(&self, text: &str) -> Option<usize> {
        if self.agency.is_empty() {
            return None;
        }
        // The longest name is the first.
        if text.starts_with(self.agency) {
            return Some(self.agency.len());
        }
        let begins_with = |&at: &usize| text.starts_with(&self.agency[at..]);
        if self.short_names.get().is_none() && !ends(self.agency).any(|at| begins_with(&at)) {
            return None;
        }
        let short_names = self.short_names.get_or_init(|| short_names(self.pack, self.agency));
        short_names.iter().copied().find(begins_with).map(|at| self.agency.len() - at)
    }

    /// Whether the words before a verb mean the agency in the title.
    pub fn is_meant(&self, subject: &str) -> bool {
        self.subjects.iter().any(|own| own.is_match(subject)) || is_short_for(subject, self.agency)
    }

    /// The same of words that are not in the lexicon. Those without an agency's last word mean it only if they are as short as
    /// 「我县」, or its name is short for that: most are about other things, and patterns are dear.
    pub(super) fn is_meant_by(&self, words: &str, ends_as_agency: bool) -> bool {
        const SHORT: usize = 4;
        if ends_as_agency || words.chars().nth(SHORT).is_none() {
            return self.is_meant(words);
        }
        is_short_for(words, self.agency)
    }
}

/// Whether a name is the agency's, or short for it. One that leaves out the end is another's: 市政府 is not 市政府办公厅.
fn is_short_for(subject: &str, agency: &str) -> bool {
    const END: usize = 3;
    let is_end = subject.chars().next_back().is_some_and(|last| agency.chars().rev().take(END).any(|c| c == last));
    let is_shorter = subject.chars().count() <= agency.chars().count();
    is_end && is_shorter && is_within(subject, agency)
}

/// Whether the characters of `short` are in `long`, in order.
fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// A shorter name could be another's.
const SHORTEST: usize = 4;

/// Where an end of a name begins that is long enough to be one.
fn ends(name: &str) -> impl Iterator<Item = usize> {
    name.char_indices().rev().skip(SHORTEST - 1).map(|(at, _)| at)
}

fn short_names(pack: &Text, agency: &str) -> Vec<usize> {
    let mut names = Vec::new();
    let mut start = 0;
    for place in &pack.places {
        let rest = &agency[start..];
        let found: Option<regex::Match<'_>> = Pattern::captures(place, rest).and_then(|found| found.get(1));
        let Some(end) = found.filter(|found| found.start() == 0).map(|found| found.end()) else { continue };
        start += end;
        if rest[end..].chars().count() >= SHORTEST {
            names.push(start);
        }
    }
    names
}
