//! The causes of broken rows: what happened, how likely it is, and the alternatives.

use super::explanation::{Cause, Event, Explanation, Fix, Localized};
use super::groups::{self, Group, Solved};
use super::likelihood::{self, LONE_MARGIN, MARGIN};
use super::localizer::Localizer;
use super::row::{Change, FigureIndex, Solution};
use super::search::{Found, Search};
use super::totals_left::{self, TotalsLeft};

/// So many explanations are kept of a cause.
const MOST_EXPLANATIONS: usize = 16;

/// The events that a solution means, and its changes.
struct Explained<'s> {
    events: Vec<Event>,
    solution: &'s [Change],
}

impl Explained<'_> {
    fn weight(&self) -> i32 {
        weight(&self.events)
    }

    /// The changes of these events, and all others.
    fn part(&self, events: &[Event]) -> (Solution, Solution) {
        let is_of = |change: &&Change| {
            events.iter().flat_map(|event| &event.fixes).any(|fix| fix.figure == change.figure as usize)
        };
        self.solution.iter().partition(is_of)
    }
}

impl Localizer<'_> {
    /// The causes of all groups of broken rows, and what is certain once they are known.
    pub fn run(&self, groups: Vec<Group>, mut search: Search<'_>) -> Localized {
        let (solved, unsolved) = groups::solve(&mut search, groups);
        let mut causes = Vec::new();
        let mut certain: Solution = Vec::new();
        let mut repaired: Group = Vec::new();
        for Solved { rows, found } in solved {
            if found.is_certain() {
                certain.extend(&found.solutions[0]);
                repaired.extend(&rows);
            }
            self.split(&rows, &found, &mut causes);
        }
        causes.extend(unsolved.into_iter().map(|rows| Cause {
            sums: self.sums(&rows),
            explanations: Vec::new(),
            is_unique: false,
            is_singled_out: false,
        }));
        causes.sort_by(|a, b| a.sums.cmp(&b.sums));
        Localized { causes, settled: self.unread.settle(self.system, search.rows(), &certain, &repaired) }
    }

    /// Splits what was found into its causes: an event that is in every explanation is a cause of its own.
    fn split(&self, rows: &[u32], found: &Found, causes: &mut Vec<Cause>) {
        let explained = |solution| Explained { events: self.explain(solution), solution };
        let mut explained: Vec<Explained<'_>> = found.solutions.iter().map(Vec::as_slice).map(explained).collect();
        explained.sort_by_key(Explained::weight);
        let Some(best) = explained.first() else { return };
        // One late change explains several figures at once.
        let whole = self.totals_left(rows, best.solution, &[], best.weight()).filter(|left| left.is_complete);
        if whole.is_some() {
            let explanations = explained.iter().map(|explained| explained.events.clone()).collect();
            causes.push(self.cause(rows, explanations, found.is_certain(), whole));
            return;
        }
        let is_common = |event: &Event| explained.iter().all(|other| other.events.contains(event));
        let common: Vec<Event> = best.events.iter().filter(|event| is_common(event)).cloned().collect();
        for event in &common {
            let own = vec![event.clone()];
            let (kept, others) = best.part(&own);
            let left = self.totals_left(rows, &kept, &others, event.weight);
            causes.push(self.cause(rows, vec![own], found.is_complete, left));
        }
        if best.events.len() == common.len() {
            return;
        }
        let rest = |explained: &Explained<'_>| {
            explained.events.iter().filter(|event| !common.contains(event)).cloned().collect::<Vec<_>>()
        };
        let (others, kept) = best.part(&common);
        let left = self.totals_left(rows, &kept, &others, weight(&rest(best)));
        causes.push(self.cause(rows, explained.iter().map(rest).collect(), found.is_certain(), left));
    }

    /// A cause with its explanations; the broken sums it is in are those of `rows` that any of them touches.
    fn cause(&self, rows: &[u32], smallest: Vec<Vec<Event>>, is_certain: bool, left: Option<TotalsLeft>) -> Cause {
        let fixes = || smallest.iter().flatten().flat_map(|event| &event.fixes);
        let is_touched = |row: &u32| {
            let row = &self.system.rows[*row as usize];
            fixes().any(|fix| row.factor(fix.figure as FigureIndex) != 0)
        };
        let touched: Vec<u32> = rows.iter().copied().filter(is_touched).collect();
        let is_bound = fixes().any(|fix| fix.is_bound);
        let best = weight(&smallest[0]);
        let margin = if touched.len() == 1 { LONE_MARGIN } else { MARGIN };
        let is_alone = smallest.get(1).is_none_or(|next| weight(next) >= best + margin);
        let explanations = smallest.into_iter().take(MOST_EXPLANATIONS);
        let explanations = explanations.map(|events| Explanation { events, totals_left: false });
        let mut cause = Cause {
            sums: self.sums(&touched),
            explanations: explanations.collect(),
            is_unique: is_certain && !is_bound,
            is_singled_out: is_alone && !is_bound,
        };
        if let Some(left) = left {
            let is_likelier = left.is_complete && left.weight + MARGIN <= best;
            cause.is_unique &= !is_likelier;
            let at = if is_likelier { 0 } else { cause.explanations.len() };
            cause.explanations.splice(at..at, left.explanations);
        }
        cause
    }

    /// The other reading of figures that weigh so much. Of several figures it is worth reporting only if it is about as
    /// likely, and explains them all.
    fn totals_left(&self, rows: &[u32], kept: &[Change], others: &[Change], weight: i32) -> Option<TotalsLeft> {
        let left = totals_left::totals_left(self, rows, kept, others)?;
        let is_worth_it = kept.len() == 1 || left.is_complete && left.weight <= weight + MARGIN;
        is_worth_it.then_some(left)
    }

    /// The sums among rows that are broken as printed.
    fn sums(&self, rows: &[u32]) -> Vec<usize> {
        let rows = rows.iter().filter(|&&row| self.unread.is_own[row as usize]);
        let mut sums: Vec<usize> = rows.map(|&row| self.system.sums[row as usize]).collect();
        sums.sort_unstable();
        sums
    }

    fn explain(&self, solution: &[Change]) -> Vec<Event> {
        let fixes: Vec<Fix> = solution.iter().filter_map(|change| self.fix(change)).collect();
        likelihood::explain(self.system.figures, &self.evidence, fixes)
    }
}

fn weight(events: &[Event]) -> i32 {
    events.iter().map(|event| event.weight).sum()
}
