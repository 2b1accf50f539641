//! Which form a document follows: told by the labels it prints, never by its year or name.

use std::collections::HashSet;
use std::sync::Arc;

use super::outline::Outline;
use super::vocabulary::Vocabulary;
use crate::pack::{Pack, Target};

/// For each field of the outline, the places of the form that print its text.
pub(super) type Hits<'p> = Vec<&'p [Target]>;

/// The pack whose labels stand in the document the most, if they are enough, with what each field stands for in it.
/// Of two packs with one score the first is taken.
pub(super) fn identify<'p>(
    outline: &Outline<'_>,
    packs: &'p [Arc<Pack>],
    vocabulary: &'p Vocabulary,
) -> Option<(&'p Arc<Pack>, Hits<'p>)> {
    let scored = packs.iter().enumerate().filter_map(|(index, pack)| {
        score(outline, pack, |number| vocabulary.targets(index, number)).map(|(score, hits)| (score, pack, hits))
    });
    let (_, pack, hits) = scored.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some((pack, hits))
}

fn score<'p>(
    outline: &Outline<'_>,
    pack: &'p Pack,
    targets_of: impl Fn(u32) -> &'p [Target],
) -> Option<(usize, Hits<'p>)> {
    let mut hits: Hits<'p> = Vec::with_capacity(outline.fields.len());
    let mut different = HashSet::new();
    let mut score = 0;
    for field in &outline.fields {
        let targets = match field.known {
            Some(number) => targets_of(number),
            None if field.has_key() => pack.labels.get(outline.key(field)),
            None => &[],
        };
        hits.push(targets);
        match targets.first() {
            Some(first) => {
                score += 1;
                if different.len() < pack.identify.least {
                    different.insert(*first);
                }
            }
            None if field.has_key() && pack.identify.foreign.contains(outline.key(field)) => return None,
            None => {}
        }
    }
    (different.len() >= pack.identify.least).then_some((score, hits))
}
