//! Which form a document follows: told by the labels it prints, never by its name, and by its year only where the labels
//! are as much those of one version as of another.

use std::collections::HashSet;
use std::sync::Arc;

use super::outline::{Hits, Outline};
use super::title;
use super::vocabulary::Vocabulary;
use crate::pack::{Pack, Table, Target};

/// How much of a form stands in a document.
struct Score {
    /// So many fields are its labels.
    labels: usize,
    /// Labels stand there that only other forms print.
    is_foreign: bool,
}

/// The pack whose labels stand in the document the most, if they are enough, with what each field stands for in it.
/// A form with labels of other forms in it is taken only where there is no other.
pub(super) fn identify<'p>(
    outline: &Outline<'_>,
    packs: &'p [Arc<Pack>],
    vocabulary: &'p Vocabulary,
) -> Option<(&'p Arc<Pack>, Hits<'p>)> {
    let numbers: Vec<Option<u32>> = outline.fields.iter().map(|field| number(outline, field, vocabulary)).collect();
    // Most fields are figures, and every form looks through the labels.
    let labels: Vec<u32> = numbers.iter().flatten().copied().collect();
    let rank = |score: &Score| (!score.is_foreign, score.labels);
    let scored =
        packs.iter().enumerate().filter_map(|(index, pack)| Some((score(&labels, pack, index, vocabulary)?, index)));
    let scored: Vec<(Score, usize)> = scored.collect();
    let best = scored.iter().map(|(score, _)| rank(score)).max()?;
    let mut equal = scored.iter().filter(|(score, _)| rank(score) == best).map(|(_, index)| *index).peekable();
    let first = equal.next()?;
    let index = match equal.peek() {
        None => first,
        // Versions of one form with the same labels, as where a table is missing that tells them apart.
        Some(_) => {
            let rank = |index: &usize| {
                let is_of_year =
                    title::year(outline, &packs[*index]).is_some_and(|year| packs[*index].years.contains(year));
                (is_of_year, std::cmp::Reverse(missing_rows(&labels, &packs[*index], *index, vocabulary)))
            };
            let better = |best: usize, next: usize| if rank(&next) > rank(&best) { next } else { best };
            equal.fold(first, better)
        }
    };
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
fn score(labels: &[u32], pack: &Pack, index: usize, vocabulary: &Vocabulary) -> Option<Score> {
    // A handful at most: looking through them is cheaper than hashing.
    let mut different: Vec<Target> = Vec::with_capacity(pack.identify.least);
    let mut score = Score { labels: 0, is_foreign: false };
    for number in labels {
        match vocabulary.targets(index, *number).first() {
            Some(first) => {
                score.labels += 1;
                if different.len() < pack.identify.least && !different.contains(first) {
                    different.push(*first);
                }
            }
            None => score.is_foreign |= vocabulary.is_foreign(index, *number),
        }
    }
    (different.len() >= pack.identify.least).then_some(score)
}

/// How many rows are missing in the tables of which some stand.
fn missing_rows(labels: &[u32], pack: &Pack, index: usize, vocabulary: &Vocabulary) -> usize {
    let found: HashSet<Target> = labels.iter().flat_map(|number| vocabulary.targets(index, *number)).copied().collect();
    let missing = |(table, form): (usize, &Table)| {
        let rows = (0..form.rows.len()).filter(|&row| form.rows[row].is_leaf);
        let missing = rows.clone().filter(|&row| !found.contains(&Target::Row { table, row })).count();
        if missing == rows.count() { 0 } else { missing }
    };
    pack.tables.iter().enumerate().map(missing).sum()
}
