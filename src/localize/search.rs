//! The smallest sets of figures that can be changed so that every row holds: branch and bound with exact elimination.
//!
//! A broken row holds again only if one of its figures changes. So the figures of one broken row are tried in turn; each
//! is eliminated by means of that row, which leaves a smaller problem. On the last level, only figures whose factors fit
//! what every broken row still requires can complete a solution.

use super::interval::Interval;
use super::row::{Change, FigureIndex, Row, Solution, Touching, is_disjoint};
use super::shifted::Shifts;
use super::system::System;
use super::unread::Unread;

/// Figures tried, at most, for one report: enough for six wrong ones in a table of two hundred, in a few
/// hundredths of a second.
const BUDGET: u32 = 200_000;
/// More solutions than this are not looked for.
const MOST_SOLUTIONS: usize = 64;

/// What came of a search.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub solutions: Vec<Solution>,
    /// Nothing was left out.
    pub is_complete: bool,
}

impl Found {
    /// There is one solution and no other.
    pub fn is_certain(&self) -> bool {
        self.is_complete && self.solutions.len() == 1
    }
}

/// A search in the rows of a system. Rows change while it runs and are restored afterwards.
pub(super) struct Search<'s> {
    system: &'s System<'s>,
    unread: &'s Unread,
    rows: Vec<Row>,
    touching: &'s Touching,
    /// Figures that may not change: unread ones, and those whose turn is over.
    excluded: Vec<bool>,
    budget: u32,
    state: State,
}

/// How far the search has come.
#[derive(Default)]
struct State {
    /// The rows that were broken at first.
    broken: Vec<u32>,
    /// Rows that an elimination changed.
    reduced: Vec<u32>,
    /// The eliminated figures with the rows that say what they are once the others are known.
    pivots: Vec<(FigureIndex, Row)>,
    found: Found,
}

impl<'s> Search<'s> {
    pub fn new(system: &'s System<'s>, unread: &'s Unread, touching: &'s Touching) -> Self {
        let mut excluded = vec![false; system.figures.numbers.len()];
        system.unread.iter().for_each(|&figure| excluded[figure as usize] = true);
        let rows = unread.rows.clone();
        Self { system, unread, rows, touching, excluded, budget: BUDGET, state: State::default() }
    }

    /// The rows as they are now.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What shifts of rows of figures repair.
    pub fn shifts(&self) -> Shifts<'_> {
        Shifts { system: self.system, rows: &self.rows, touching: self.touching }
    }

    /// All solutions of just `size` figures for the rows `broken`. Every other row that does not hold is left as it is:
    /// no figure is changed that would change it.
    pub fn solve(&mut self, size: usize, broken: &[u32]) -> Found {
        let mut frozen = Vec::new();
        for (index, row) in self.rows.iter_mut().enumerate() {
            if !row.holds() && !broken.contains(&(index as u32)) {
                frozen.push((index, std::mem::replace(&mut row.required, Interval::exactly(0))));
            }
        }
        self.state = State { broken: broken.to_vec(), ..State::default() };
        self.descend(size);
        if !self.system.is_exact {
            // The rows made of several rows with bounds are wider than these together.
            let rows = &self.rows;
            self.state.found.solutions.retain(|solution| {
                rows.iter().all(|row| row.total(solution).is_some_and(|total| row.required.contains(total)))
            });
        }
        for (row, required) in frozen {
            self.rows[row].required = required;
        }
        let mut found = std::mem::take(&mut self.state.found);
        found.is_complete = self.budget > 0 && found.solutions.len() < MOST_SOLUTIONS;
        // What leaves an unread figure nothing that it could be is no explanation where another one leaves it room.
        let leaves_room = |solution: &Solution| self.unread.leaves_room(self.system, broken, solution);
        if found.solutions.iter().any(leaves_room) {
            found.solutions.retain(leaves_room);
        }
        found.solutions.sort_unstable();
        found
    }

    /// Keeps figures from being changed in the searches to come.
    pub fn exclude(&mut self, figures: impl IntoIterator<Item = FigureIndex>) {
        figures.into_iter().for_each(|figure| self.excluded[figure as usize] = true);
    }

    /// Changes figures for the searches to come.
    pub fn assume(&mut self, changes: &[Change]) {
        for change in changes {
            for &row in self.touching.of(change.figure) {
                let row = &mut self.rows[row as usize];
                row.required = row.required_after(std::slice::from_ref(change)).unwrap_or(Interval::ANYTHING);
            }
        }
    }

    fn descend(&mut self, left: usize) {
        let broken = self.broken_rows();
        let Some(&base) = broken.iter().min_by_key(|&&row| {
            let row = &self.rows[row as usize];
            (row.required.value().is_none(), row.terms.len())
        }) else {
            // Fewer figures do: the solution belongs to a smaller size.
            return;
        };
        if left <= 1 {
            self.last(base as usize, &broken);
            return;
        }
        if broken.len() > left && self.needs_more_than(left, &broken) {
            return;
        }
        let base = base as usize;
        let mut tried = Vec::new();
        for at in 0..self.rows[base].terms.len() {
            let figure = self.rows[base].terms[at].0;
            if self.excluded[figure as usize] {
                continue;
            }
            self.eliminate(figure, base, left);
            if self.budget == 0 || self.state.found.solutions.len() >= MOST_SOLUTIONS {
                break;
            }
            // Whatever else solves it does so without this figure.
            self.excluded[figure as usize] = true;
            tried.push(figure);
        }
        tried.into_iter().for_each(|figure| self.excluded[figure as usize] = false);
    }

    fn broken_rows(&self) -> Vec<u32> {
        let State { broken, reduced, .. } = &self.state;
        let others = reduced.iter().filter(|row| !broken.contains(row));
        let mut rows: Vec<u32> = broken.iter().chain(others).copied().collect();
        rows.retain(|&row| !self.rows[row as usize].holds());
        rows
    }

    /// Whether so many broken rows have no figure in common that `left` changes cannot repair them.
    fn needs_more_than(&self, left: usize, broken: &[u32]) -> bool {
        let mut apart: Vec<u32> = Vec::with_capacity(left + 1);
        for &row in broken {
            let terms = &self.rows[row as usize].terms;
            if apart.iter().all(|&other| is_disjoint(terms, &self.rows[other as usize].terms)) {
                apart.push(row);
                if apart.len() > left {
                    return true;
                }
            }
        }
        false
    }

    /// Takes `figure` out of all rows by means of the row `base`, goes on with one figure fewer, and restores all.
    fn eliminate(&mut self, figure: FigureIndex, base: usize, left: usize) {
        let reduced_before = self.state.reduced.len();
        let pivot = std::mem::replace(&mut self.rows[base], Row::empty());
        let mut saved = Vec::new();
        let mut is_possible = true;
        let touching = self.touching;
        let others = touching.of(figure).iter().copied().filter(|row| !self.state.reduced.contains(row));
        let others: Vec<u32> = others.chain(self.state.reduced.iter().copied()).collect();
        for row in others {
            let index = row as usize;
            if self.rows[index].factor(figure) == 0 {
                continue;
            }
            let Some(reduced) = self.rows[index].without(figure, &pivot) else {
                is_possible = false;
                break;
            };
            saved.push((index, std::mem::replace(&mut self.rows[index], reduced)));
            if !self.state.reduced.contains(&row) {
                self.state.reduced.push(row);
            }
        }
        self.state.pivots.push((figure, pivot));
        if is_possible {
            self.descend(left - 1);
        } else {
            self.budget = 0;
        }
        let (_, pivot) = self.state.pivots.pop().expect("pushed above");
        for (index, row) in saved {
            self.rows[index] = row;
        }
        self.rows[base] = pivot;
        self.state.reduced.truncate(reduced_before);
    }

    /// All single figures that repair every broken row at once.
    fn last(&mut self, base: usize, broken: &[u32]) {
        for at in 0..self.rows[base].terms.len() {
            let Some(budget) = self.budget.checked_sub(1) else { return };
            self.budget = budget;
            let (figure, factor) = self.rows[base].terms[at];
            if self.excluded[figure as usize] {
                continue;
            }
            let Some(interval) = self.interval(figure, self.rows[base].required.over(factor), broken) else { continue };
            let Some(solution) = self.completed(figure, interval) else { continue };
            self.state.found.solutions.push(solution);
            if self.state.found.solutions.len() >= MOST_SOLUTIONS {
                return;
            }
        }
    }

    /// By how much `figure` may change: so that every broken row holds, and no other ceases to.
    fn interval(&self, figure: FigureIndex, mut interval: Interval, broken: &[u32]) -> Option<Interval> {
        for &row in broken {
            let row = &self.rows[row as usize];
            let factor = row.factor(figure);
            if factor == 0 {
                return None;
            }
            interval = interval.intersect(row.required.over(factor));
        }
        for &row in self.touching.of(figure).iter().chain(&self.state.reduced) {
            let row = &self.rows[row as usize];
            let factor = row.factor(figure);
            if factor != 0 {
                interval = interval.intersect(row.required.over(factor));
                if interval.is_empty() {
                    return None;
                }
            }
        }
        (!interval.is_empty()).then_some(interval)
    }

    /// The whole solution once the last figure is known; none if a figure would not change, or to what it cannot be.
    fn completed(&self, figure: FigureIndex, interval: Interval) -> Option<Solution> {
        let mut solution = vec![self.change(figure, interval)?];
        for (figure, pivot) in self.state.pivots.iter().rev() {
            let interval = pivot.required_after(&solution)?.over(pivot.factor(*figure));
            solution.push(self.change(*figure, interval)?);
        }
        solution.sort_unstable();
        self.unread.admits(self.system, &solution).then_some(solution)
    }

    fn change(&self, figure: FigureIndex, interval: Interval) -> Option<Change> {
        if interval.is_empty() {
            return None;
        }
        let by = interval.preferred();
        let is_possible = by != 0 && self.system.admits(figure, by);
        is_possible.then_some(Change { figure, by, is_exact: self.system.is_settled(interval) })
    }
}
