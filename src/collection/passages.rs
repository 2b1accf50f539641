//! Passages that two texts share.

use std::collections::HashMap;

use crate::digest::sentences::Sentence;

/// So many passages of copied text are shown.
const PASSAGES: usize = 3;

/// A passage by its first and last sentence.
pub(super) type Run<'c, 'f, 'd> = (&'c Sentence<'f, 'd>, &'c Sentence<'f, 'd>);

/// The longest passages that both texts share: runs of sentences within a paragraph, by the first and the last.
pub(super) fn passages<'c, 'f, 'd>(
    own: &'c [Sentence<'f, 'd>],
    other: &'c [Sentence<'f, 'd>],
) -> Vec<(Run<'c, 'f, 'd>, Run<'c, 'f, 'd>)> {
    let mut places: HashMap<u32, usize> = HashMap::new();
    for (at, sentence) in other.iter().enumerate().rev() {
        places.insert(sentence.hash, at);
    }
    let is_next = |one: &Sentence<'_, '_>, next: &Sentence<'_, '_>| std::ptr::eq(one.prose, next.prose);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < own.len() {
        let Some(&there) = places.get(&own[at].hash) else {
            at += 1;
            continue;
        };
        let mut length = 1;
        while let (Some(next), Some(next_there)) = (own.get(at + length), other.get(there + length))
            && next.hash == next_there.hash
            && is_next(&own[at], next)
            && is_next(&other[there], next_there)
        {
            length += 1;
        }
        let characters: usize = own[at..at + length].iter().map(|sentence| sentence.characters).sum();
        runs.push((characters, (&own[at], &own[at + length - 1]), (&other[there], &other[there + length - 1])));
        at += length;
    }
    runs.sort_by_key(|(characters, _, _)| std::cmp::Reverse(*characters));
    runs.into_iter().take(PASSAGES).map(|(_, own, other)| (own, other)).collect()
}
