//! Whose a number is: whether words mean the report's own agency. May rely on the title and on the pack's patterns.

use crate::facts::Title;
use crate::pack::{Pattern, Subject, Text};

/// Who the report's own agency is, and by which words the report means it.
#[derive(Debug)]
pub struct Own<'a> {
    agency: &'a str,
    /// Of the pack's patterns those that are for such an agency.
    subjects: Vec<&'a Pattern>,
    /// The agency's name, and what is left of it without the places before it: the longest first.
    pub(super) names: Vec<String>,
}

impl<'a> Own<'a> {
    pub fn new(pack: &'a Text, title: &'a Title) -> Self {
        let agency = title.organization.as_str();
        let is_for = |own: &&Subject| own.organization.as_ref().is_none_or(|pattern| pattern.is_match(agency));
        let subjects = pack.subjects.iter().filter(is_for).map(|own| &own.pattern).collect();
        Self { agency, subjects, names: names(pack, agency) }
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

fn names(pack: &Text, organization: &str) -> Vec<String> {
    const SHORTEST: usize = 4;
    let mut names = vec![organization.to_owned()];
    let mut rest = organization;
    for place in &pack.places {
        let found: Option<regex::Match<'_>> = Pattern::captures(place, rest).and_then(|found| found.get(1));
        let Some(end) = found.filter(|found| found.start() == 0).map(|found| found.end()) else { continue };
        rest = &rest[end..];
        if rest.chars().count() >= SHORTEST {
            names.push(rest.to_owned());
        }
    }
    names.retain(|name| !name.is_empty());
    names
}
