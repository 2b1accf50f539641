//! Whose a number is: whether words mean the report's own agency. May rely on the title and on the pack's patterns.

use crate::facts::Title;
use crate::pack::{Pattern, Text};

/// Whether the words before a verb mean the agency in the title.
pub fn is_own_agency(pack: &Text, title: &Title, subject: &str) -> bool {
    let agency = &title.organization;
    let is_named = pack.subjects.iter().any(|own| {
        own.pattern.is_match(subject) && own.organization.as_ref().is_none_or(|pattern| pattern.is_match(agency))
    });
    is_named || is_short_for(subject, agency)
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

/// The agency's name, and what is left of it without the places before it.
pub(super) fn names(pack: &Text, organization: &str) -> Vec<String> {
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
