//! Two names of organs: whether they certainly mean two.

use regex::Regex;

use super::super::titles::is_same;

/// Whether `found` is certainly another organ than `own`: it is in another place of the same level, or its business has no
/// word in common with the other's. Names are shortened in many ways, so what might be short for it is the same.
pub(super) fn is_other(places: &[Regex], found: &str, own: &str) -> bool {
    if is_same(found, own) {
        return false;
    }
    let place = |name: &'_ str, pattern: &Regex| {
        let place = pattern.captures(name)?.get(1)?;
        Some((place.as_str().to_owned(), place.end()))
    };
    let (mut found_rest, mut own_rest) = (found, own);
    for pattern in places {
        let (in_found, in_own) = (place(found, pattern), place(own, pattern));
        if let (Some((a, _)), Some((b, _))) = (&in_found, &in_own)
            && !is_same(a, b)
        {
            return true;
        }
        found_rest = in_found.map_or(found_rest, |(_, end)| shorter(found_rest, &found[end..]));
        own_rest = in_own.map_or(own_rest, |(_, end)| shorter(own_rest, &own[end..]));
    }
    has_other_business(found_rest, own_rest)
}

fn shorter<'t>(a: &'t str, b: &'t str) -> &'t str {
    if b.len() < a.len() { b } else { a }
}

/// Both end alike, 商务局 and 教育局, and have nothing else in common.
fn has_other_business(a: &str, b: &str) -> bool {
    const LEAST: usize = 3;
    let (Some(last), Some(other)) = (a.chars().next_back(), b.chars().next_back()) else { return false };
    let is_long = a.chars().count() >= LEAST && b.chars().count() >= LEAST;
    let without_last = |text: &'_ str| text.len() - last.len_utf8();
    is_long && last == other && !a[..without_last(a)].chars().any(|c| b[..without_last(b)].contains(c))
}
