//! Figures that could not be read: what the sums say of them, and what is left of the sums without them.
//!
//! An unread figure is an unknown. It is taken out of all rows by means of one of them, as one solves equations by hand.
//! What remains holds or fails whatever the figure is; the row used for it says what it must be.

use rust_decimal::Decimal;

use super::bounds::Bounds;
use super::row::{Change, FigureIndex, Row, Term};
use super::system::System;

/// The rows of a system without its unread figures.
#[derive(Debug)]
pub(super) struct Unread {
    /// As many as the system has; those used to find an unread figure are empty.
    pub rows: Vec<Row>,
    /// For each row whether it is still that of its sum alone.
    pub is_own: Vec<bool>,
    /// Unread figures, each with the row that says what it is. No other such figure is in that row if it can be avoided.
    known_by: Vec<(FigureIndex, Row)>,
    /// For each of them, the rows that were reduced by means of its row, and would have said something else of it.
    witnesses: Vec<Vec<usize>>,
    /// What they may be together.
    bounds: Bounds,
}

impl Unread {
    pub fn new(system: &System<'_>) -> Self {
        let mut this = Self {
            rows: system.rows.clone(),
            is_own: vec![true; system.rows.len()],
            known_by: Vec::new(),
            witnesses: Vec::new(),
            bounds: Bounds::new(system),
        };
        for &figure in &system.unread {
            this.eliminate(figure);
        }
        this
    }

    fn eliminate(&mut self, figure: FigureIndex) {
        let with = (0..self.rows.len()).filter(|&row| self.rows[row].factor(figure) != 0);
        // An equation says more than an inequality, a short one leaves more alone.
        let best = with.min_by_key(|&row| (self.rows[row].required.value().is_none(), self.rows[row].terms.len()));
        let Some(best) = best else { return };
        let pivot = std::mem::replace(&mut self.rows[best], Row::empty());
        let mut witnesses = vec![best];
        for row in 0..self.rows.len() {
            if self.rows[row].factor(figure) != 0 {
                self.is_own[row] = false;
                self.rows[row] = self.rows[row].without(figure, &pivot).unwrap_or(Row::empty());
                witnesses.push(row);
            }
        }
        for ((_, earlier), seen_by) in self.known_by.iter_mut().zip(&mut self.witnesses) {
            let is_in = earlier.factor(figure) != 0;
            if is_in {
                *earlier = earlier.without(figure, &pivot).unwrap_or(Row::empty());
            }
            // What the pivot said of earlier figures is now said by the rows it was taken into.
            if is_in || seen_by.contains(&best) {
                seen_by.extend(&witnesses);
            }
        }
        self.known_by.push((figure, pivot));
        self.witnesses.push(witnesses);
    }

    /// Whether every unread figure that the sums settle is what it has to be once `changes` are made, and the others may be.
    pub fn admits(&self, system: &System<'_>, changes: &[Change]) -> bool {
        let is_possible = |figure: FigureIndex, row: &Row| {
            self.settled(system, figure, row, changes).is_none_or(|value| system.admits(figure, value))
        };
        self.known_by.iter().all(|(figure, row)| is_possible(*figure, row)) && self.bounds.leave_room(changes)
    }

    /// Whether `changes` leave room for all unread figures that the rows `broken` of a system have to do with.
    pub fn leaves_room(&self, system: &System<'_>, broken: &[u32], changes: &[Change]) -> bool {
        let rows: Vec<&Row> =
            broken.iter().flat_map(|&row| [&system.rows[row as usize], &self.rows[row as usize]]).collect();
        self.bounds.leave_room_beside(&rows, changes)
    }

    /// The unread figures that the sums settle once `changes` are made, each with its value. Not those of which a row
    /// says something else: one of `rows` that is broken and not among those that the changes repair.
    pub fn settle(
        &self,
        system: &System<'_>,
        rows: &[Row],
        changes: &[Change],
        repaired: &[u32],
    ) -> Vec<(usize, Decimal)> {
        let is_broken = |row: &usize| !rows[*row].holds() && !repaired.contains(&(*row as u32));
        let known = self.known_by.iter().zip(&self.witnesses).filter(|(_, witnesses)| !witnesses.iter().any(is_broken));
        let settled = known.filter_map(|((figure, row), _)| {
            let value = self.settled(system, *figure, row, changes)?;
            let number = system.number(*figure, value).filter(|_| system.admits(*figure, value))?;
            Some((*figure as usize, number))
        });
        settled.collect()
    }

    fn settled(&self, system: &System<'_>, figure: FigureIndex, row: &Row, changes: &[Change]) -> Option<i128> {
        let is_other_unread = |term: &Term| term.0 != figure && system.unread.binary_search(&term.0).is_ok();
        if row.terms.iter().any(is_other_unread) {
            return None;
        }
        row.required_after(changes)?.over(row.factor(figure)).value()
    }
}
