//! The state of the search for the wrong figures of one report.

use super::evidence::Evidence;
use super::explanation::Fix;
use super::row::{Change, FigureIndex, Touching};
use super::system::System;
use super::unread::Unread;
use crate::pack::Comparison;

/// A report whose sums are broken.
pub(super) struct Localizer<'a> {
    pub system: &'a System<'a>,
    pub unread: &'a Unread,
    pub touching: &'a Touching,
    pub evidence: Evidence,
}

impl Localizer<'_> {
    /// What a change makes of its figure.
    pub fn fix(&self, change: &Change) -> Option<Fix> {
        let figure = change.figure as usize;
        // A blank that counts as 0 can be changed too.
        let found = self.system.figures.numbers[figure].unwrap_or_default();
        let expected = self.system.number(change.figure, change.by)?;
        let said_at = self.evidence.says(figure, expected).cloned();
        Some(Fix { figure, found, expected, is_bound: !change.is_exact, said_at })
    }

    /// The total of a row, if its sum is one: a figure that equals the sum of others.
    pub fn total_of(&self, row: u32) -> Option<FigureIndex> {
        if !self.unread.is_own[row as usize] {
            return None;
        }
        let sum = &self.system.figures.pack.sums()[self.system.sums[row as usize]];
        let (Some(total), Comparison::Equal) = (sum.total(), sum.comparison) else { return None };
        let is_plain = total.factor.is_none() && sum.right.addends.iter().all(|addend| addend.factor.is_none());
        let mut figures = self.system.figures.facts.figures_of(total);
        let only = figures.next().filter(|_| is_plain && sum.right.addends.len() > 1)?;
        figures.next().is_none().then_some(only as FigureIndex)
    }
}
