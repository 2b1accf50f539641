//! Which form a document follows: known by the labels it prints, never by its name, and by its year only where
//! the labels fit two versions equally well.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::outline::Outline;
use super::title;
use super::vocabulary::Vocabulary;
use crate::pack::{Pack, Table, Target};

/// How much of a form is in a document.
struct Score {
    /// So many fields are its labels.
    labels: usize,
    /// There are labels that only other forms print.
    has_others: bool,
}

/// The index of the form whose labels the document prints the most, if they are enough. A form with labels of other forms in
/// it is taken only where there is no other.
pub(super) fn identify(outline: &Outline<'_>, packs: &[Arc<Pack>]) -> Option<usize> {
    let vocabulary = outline.labels.vocabulary;
    // Most fields are figures, and every form looks through the labels.
    let labels: Vec<u32> = outline.fields.iter().filter_map(|field| field.label).collect();
    let rank = |score: &Score| (!score.has_others, score.labels);
    let scored = packs.iter().enumerate();
    let scored: Vec<(Score, usize)> =
        scored.filter_map(|(index, pack)| Some((score(outline, &labels, pack, index)?, index))).collect();
    let best = scored.iter().map(|(score, _)| rank(score)).max()?;
    let mut equal = scored.iter().filter(|(score, _)| rank(score) == best).map(|(_, index)| *index).peekable();
    let first = equal.next()?;
    if equal.peek().is_none() {
        return Some(first);
    }
    // Versions of one form with the same labels, as where the table that distinguishes them is missing.
    let rank = |index: usize| {
        let pack = &packs[index];
        let year = title::year(outline, pack);
        let is_of_year = year.is_some_and(|year| pack.years.contains(year));
        (is_of_year, Reverse(missing_rows(&labels, pack, index, vocabulary)))
    };
    let better = |best: usize, next: usize| if rank(next) > rank(best) { next } else { best };
    Some(equal.fold(first, better))
}

/// None where too little of the form is there.
fn score(outline: &Outline<'_>, labels: &[u32], pack: &Pack, index: usize) -> Option<Score> {
    let vocabulary = outline.labels.vocabulary;
    // A handful at most: looking through them is cheaper than hashing.
    let mut different: Vec<Target> = Vec::with_capacity(pack.identify.least);
    let mut score = Score { labels: 0, has_others: false };
    for number in labels {
        match vocabulary.targets(index, *number).first() {
            Some(first) => {
                score.labels += 1;
                if different.len() < pack.identify.least && !different.contains(first) {
                    different.push(*first);
                }
            }
            None => score.has_others |= vocabulary.is_of_others(index, *number),
        }
    }
    let is_enough = different.len() >= pack.identify.least || has_sections(outline, &different, pack);
    is_enough.then_some(score)
}

/// Whether the titles of all sections are there, or all but one below the title of a report of the form's years: its tables are
/// lost or pictures.
fn has_sections(outline: &Outline<'_>, targets: &[Target], pack: &Pack) -> bool {
    /// Fewer titles may be anybody's.
    const LEAST: usize = 5;
    let found = targets.iter().filter(|target| matches!(target, Target::Section(_))).count();
    if found < LEAST || found + 1 < pack.sections.len() {
        return false;
    }
    title::year(outline, pack).map_or(found == pack.sections.len(), |year| pack.years.contains(year))
}

/// How many rows are missing in the tables of which some rows are there.
fn missing_rows(labels: &[u32], pack: &Pack, index: usize, vocabulary: &Vocabulary) -> usize {
    let found: HashSet<Target> = labels.iter().flat_map(|number| vocabulary.targets(index, *number)).copied().collect();
    let missing = |(table, form): (usize, &Table)| {
        let rows = (0..form.rows.len()).filter(|&row| form.rows[row].is_leaf);
        let missing = rows.clone().filter(|&row| !found.contains(&Target::Row { table, row })).count();
        if missing == rows.count() { 0 } else { missing }
    };
    pack.tables.iter().enumerate().map(missing).sum()
}
