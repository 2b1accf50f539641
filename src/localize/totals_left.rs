//! The other reading of a wrong figure: it is right, changed late, and its totals were left as they were.
//!
//! The smallest change blames the figure in that case, for its totals are more figures than one. Only a person can tell,
//! so both readings are given.

use super::explanation::{Event, Explanation, Reason};
use super::likelihood;
use super::localizer::Localizer;
use super::row::{Change, FigureIndex, Solution};
use super::search::Search;

/// How many figures besides the totals may have been left behind.
const MOST_OTHERS: usize = 2;
/// So many ways to make up for what the totals leave are given.
const MOST_WAYS: usize = 4;

/// Totals that were left behind.
pub(super) struct TotalsLeft {
    /// The totals alone, or with each way of making up for what they leave broken.
    pub explanations: Vec<Explanation>,
    /// With the totals alone everything holds.
    pub is_complete: bool,
    pub weight: i32,
}

/// The reading in which the figures of `kept` are right as printed and `others` are changed: which totals would have
/// to follow. None where no total would, or where one of the figures is itself the total of a broken sum.
pub(super) fn totals_left(
    localizer: &Localizer<'_>,
    rows: &[u32],
    kept: &[Change],
    others: &[Change],
) -> Option<TotalsLeft> {
    let is_kept = |figure: FigureIndex| kept.iter().any(|change| change.figure == figure);
    if rows.iter().filter_map(|&row| localizer.total_of(row)).any(is_kept) {
        return None;
    }
    let mut search = Search::new(localizer.system, localizer.unread, localizer.touching);
    search.assume(others);
    let mut totals: Solution = Vec::new();
    while let Some(change) = next_total(localizer, &search, kept, &totals) {
        search.assume(&[change]);
        totals.push(change);
    }
    if totals.is_empty() || totals.iter().any(|change| !localizer.system.admits(change.figure, change.by)) {
        return None;
    }
    totals.sort_unstable();
    let broken = still_broken(localizer, &search, rows, &totals);
    let is_complete = broken.is_empty();
    let is_possible = |way: &Solution| {
        let all: Solution = others.iter().chain(&totals).chain(way).copied().collect();
        localizer.unread.admits(localizer.system, &all) && localizer.unread.leaves_room(localizer.system, rows, &all)
    };
    let mut ways = vec![Vec::new()];
    if !is_complete {
        search.exclude(kept.iter().chain(&totals).map(|change| change.figure));
        let mut found = (1..=MOST_OTHERS).map(|size| search.solve(size, &broken)).map(|found| found.solutions);
        let solutions = found.find(|solutions| !solutions.is_empty()).unwrap_or_default();
        if !solutions.is_empty() {
            ways = solutions;
        }
    }
    ways.retain(is_possible);
    ways.truncate(MOST_WAYS);
    if ways.is_empty() {
        return None;
    }
    let event = |change: &Change, reason| Some(Event { fixes: vec![localizer.fix(change)?], reason, weight: 0 });
    let explanations = ways.iter().map(|way| {
        let totals = totals.iter().filter_map(|change| event(change, Reason::TotalNotUpdated));
        let events = totals.chain(way.iter().filter_map(|change| event(change, Reason::Unexplained)));
        Explanation { events: events.collect(), totals_left: true }
    });
    let weight = likelihood::totals_left(totals.len());
    Some(TotalsLeft { explanations: explanations.collect(), is_complete, weight })
}

/// The next total that is not what its parts add up to, because a part of it is kept or was itself brought up to date.
fn next_total(localizer: &Localizer<'_>, search: &Search<'_>, kept: &[Change], totals: &[Change]) -> Option<Change> {
    let follows = |figure: FigureIndex| kept.iter().chain(totals).any(|change| change.figure == figure);
    (0..search.rows().len() as u32).find_map(|index| {
        let row = &search.rows()[index as usize];
        if row.holds() {
            return None;
        }
        let total = localizer.total_of(index).filter(|&total| !follows(total))?;
        let by = row.required.value()?;
        row.terms.iter().any(|term| follows(term.0)).then_some(Change { figure: total, by, is_exact: true })
    })
}

/// Rows of the cause, and those of its totals, that do not hold though the totals do.
fn still_broken(localizer: &Localizer<'_>, search: &Search<'_>, rows: &[u32], totals: &[Change]) -> Vec<u32> {
    let of_totals = totals.iter().flat_map(|change| localizer.touching.of(change.figure));
    let mut broken: Vec<u32> = rows.iter().chain(of_totals).copied().collect();
    broken.retain(|&row| !search.rows()[row as usize].holds());
    broken.sort_unstable();
    broken.dedup();
    broken
}
