//! Which form a document follows: told by the labels it prints, never by its year or name.

use std::collections::HashSet;
use std::sync::Arc;

use super::outline::Outline;
use super::vocabulary::Vocabulary;
use crate::pack::{Pack, Target};

/// For each field of the outline, the places of the form that print its text.
pub(super) type Hits<'p> = Vec<&'p [Target]>;

/// How much of a form stands in a document.
struct Score {
    /// So many fields are its labels.
    labels: usize,
    /// Labels stand there that only other forms print.
    is_foreign: bool,
}

/// The pack whose labels stand in the document the most, if they are enough, with what each field stands for in it.
/// A form with labels of other forms in it is taken only where there is no other; of two with one score, the first.
pub(super) fn identify<'p>(
    outline: &Outline<'_>,
    packs: &'p [Arc<Pack>],
    vocabulary: &'p Vocabulary,
) -> Option<(&'p Arc<Pack>, Hits<'p>)> {
    let numbers: Vec<Option<u32>> = outline.fields.iter().map(|field| number(outline, field, vocabulary)).collect();
    let rank = |score: &Score| (!score.is_foreign, score.labels);
    let scored =
        packs.iter().enumerate().filter_map(|(index, pack)| Some((score(&numbers, pack, index, vocabulary)?, index)));
    let (_, index) = scored.reduce(|best, next| if rank(&next.0) > rank(&best.0) { next } else { best })?;
    let targets = |number: &Option<u32>| number.map_or(&[][..], |number| vocabulary.targets(index, number));
    Some((&packs[index], numbers.iter().map(targets).collect()))
}

/// The number of the label that a field holds.
fn number(outline: &Outline<'_>, field: &super::outline::Field<'_>, vocabulary: &Vocabulary) -> Option<u32> {
    if field.known.is_some() || !field.has_key() {
        return field.known;
    }
    vocabulary.find_folded(outline.key(field))
}

/// None where too little of the form stands there.
fn score(numbers: &[Option<u32>], pack: &Pack, index: usize, vocabulary: &Vocabulary) -> Option<Score> {
    let mut different = HashSet::new();
    let mut score = Score { labels: 0, is_foreign: false };
    for number in numbers.iter().flatten() {
        match vocabulary.targets(index, *number).first() {
            Some(first) => {
                score.labels += 1;
                if different.len() < pack.identify.least {
                    different.insert(*first);
                }
            }
            None => score.is_foreign |= vocabulary.is_foreign(index, *number),
        }
    }
    (different.len() >= pack.identify.least).then_some(score)
}
