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
#[derive(Debug, Clone, Default)]
struct Score {
    /// So many fields are its labels.
    labels: usize,
    /// There are labels that only other forms print.
    has_others: bool,
    /// Different labels, as many as are asked for. A handful at most: looking through them is cheaper than hashing.
    different: Vec<Target>,
}

/// The index of the form whose labels the document prints the most, if they are enough. A form with labels of other forms in
/// it is taken only where there is no other.
pub(super) fn identify(outline: &Outline<'_>, packs: &[Arc<Pack>]) -> Option<usize> {
    let vocabulary = outline.labels.vocabulary;
    // Most fields are figures.
    let labels: Vec<u32> = outline.fields.iter().filter_map(|field| field.label).collect();
    let rank = |score: &Score| (!score.has_others, score.labels);
    let scored = scores(&labels, packs, vocabulary).into_iter().zip(packs).enumerate();
    let scored: Vec<(Score, usize)> = scored
        .filter(|(_, (score, pack))| is_enough(outline, &score.different, pack))
        .map(|(index, (score, _))| (score, index))
        .collect();
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
        (is_of_year, Reverse(missing(&labels, pack, index, vocabulary)))
    };
    let better = |best: usize, next: usize| if rank(next) > rank(best) { next } else { best };
    Some(equal.fold(first, better))
}

/// How much of each form is there. One look at each label, whatever the number of forms.
fn scores(labels: &[u32], packs: &[Arc<Pack>], vocabulary: &Vocabulary) -> Vec<Score> {
    let mut scores = vec![Score::default(); packs.len()];
    for &label in labels {
        for (pack, targets) in vocabulary.printed_in(label) {
            let (score, least) = (&mut scores[pack], packs[pack].identify.least);
            score.labels += 1;
            if score.different.len() < least && !score.different.contains(&targets[0]) {
                score.different.push(targets[0]);
            }
        }
        for pack in vocabulary.others_of(label).filter(|&pack| vocabulary.targets(pack, label).is_empty()) {
            scores[pack].has_others = true;
        }
    }
    scores
}

fn is_enough(outline: &Outline<'_>, different: &[Target], pack: &Pack) -> bool {
    different.len() >= pack.identify.least || has_sections(outline, different, pack)
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

/// How many rows and columns are missing in the tables of which some are there.
fn missing(labels: &[u32], pack: &Pack, index: usize, vocabulary: &Vocabulary) -> usize {
    let found: HashSet<Target> = labels.iter().flat_map(|number| vocabulary.targets(index, *number)).copied().collect();
    let missing = |(table, form): (usize, &Table)| {
        let rows = (0..form.rows.len()).filter(|&row| form.rows[row].is_leaf).map(|row| Target::Row { table, row });
        let columns = (0..form.columns.len()).map(|column| Target::Column { table, column });
        let printed = rows.chain(columns);
        let missing = printed.clone().filter(|target| !found.contains(target)).count();
        if missing == printed.count() { 0 } else { missing }
    };
    pack.tables.iter().enumerate().map(missing).sum()
}
