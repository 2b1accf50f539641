//! One sum as a row of a linear system, and changes of its figures.

use std::sync::Arc;

use super::interval::Interval;

/// A figure's place in [`Pack::figures`](crate::pack::Pack::figures).
pub(super) type FigureIndex = u32;

/// A figure and its factor in a row.
pub(super) type Term = (FigureIndex, i64);

/// A change that is part of a solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    pub figure: FigureIndex,
    pub by: i128,
    /// No other value would do, but for what sums may be off by.
    pub is_exact: bool,
}

/// Changes that together make all rows hold; by figure, ascending.
pub(super) type Solution = Vec<Change>;

/// One sum: the changes of its figures, each times its factor, must add up to something in `required`.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// By figure, ascending; no factor is 0. Shared, for searches begin with a copy of all rows.
    pub terms: Arc<[Term]>,
    pub required: Interval,
}

impl Row {
    /// A row that says nothing.
    pub fn empty() -> Self {
        Self { terms: Arc::default(), required: Interval::ANYTHING }
    }

    /// Whether it holds without any change.
    pub fn holds(&self) -> bool {
        self.required.contains(0)
    }

    /// What `changes` come to in this row; none where the numbers grow too large.
    pub fn total(&self, changes: &[Change]) -> Option<i128> {
        changes.iter().try_fold(0_i128, |sum, change| {
            sum.checked_add(i128::from(self.factor(change.figure)).checked_mul(change.by)?)
        })
    }

    /// What is still required once `changes` are made.
    pub fn required_after(&self, changes: &[Change]) -> Option<Interval> {
        self.required.minus(self.total(changes)?)
    }

    /// The factor of a figure; 0 where it is not in the row.
    pub fn factor(&self, figure: FigureIndex) -> i64 {
        self.terms.binary_search_by_key(&figure, |term| term.0).map_or(0, |at| self.terms[at].1)
    }

    /// This row with `figure` taken out by means of `pivot`; none where the numbers grow too large.
    pub fn without(&self, figure: FigureIndex, pivot: &Self) -> Option<Self> {
        let (own, other) = (self.factor(figure), pivot.factor(figure));
        let divisor = greatest_common_divisor(own, other) * other.signum();
        let (by, other_by) = (other.checked_div(divisor)?, own.checked_div(divisor)?.checked_neg()?);
        let required = self.required.times(by)?.plus(pivot.required.times(other_by)?)?;
        let mut terms = Vec::with_capacity(self.terms.len() + pivot.terms.len());
        let (mut ours, mut theirs) = (self.terms.iter().peekable(), pivot.terms.iter().peekable());
        loop {
            let next = match (ours.peek(), theirs.peek()) {
                (None, None) => break,
                (Some(a), Some(b)) => a.0.min(b.0),
                (Some(only), None) | (None, Some(only)) => only.0,
            };
            let mut factor = 0_i64;
            if let Some(&(_, own)) = ours.next_if(|term| term.0 == next) {
                factor = own.checked_mul(by)?;
            }
            if let Some(&(_, other)) = theirs.next_if(|term| term.0 == next) {
                factor = factor.checked_add(other.checked_mul(other_by)?)?;
            }
            if factor != 0 {
                terms.push((next, factor));
            }
        }
        Some(Self { terms: terms.into(), required })
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.wrapping_abs()
}

/// Whether two rows have no figure in common.
pub(super) fn is_disjoint(a: &[Term], b: &[Term]) -> bool {
    let (mut at, mut other) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(at), b.get(other)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => return false,
        }
    }
    true
}

/// The rows that a figure is in, for every figure.
#[derive(Debug)]
pub(super) struct Touching {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Touching {
    pub fn new(rows: &[Row], figures: usize) -> Self {
        let mut starts = vec![0_u32; figures + 1];
        let terms = || rows.iter().enumerate().flat_map(|(row, own)| own.terms.iter().map(move |term| (row, term.0)));
        terms().for_each(|(_, figure)| starts[figure as usize + 1] += 1);
        for figure in 0..figures {
            starts[figure + 1] += starts[figure];
        }
        let mut next = starts.clone();
        let mut of_figures = vec![0_u32; starts[figures] as usize];
        for (row, figure) in terms() {
            let slot = &mut next[figure as usize];
            of_figures[*slot as usize] = row as u32;
            *slot += 1;
        }
        Self { starts, rows: of_figures }
    }

    pub fn of(&self, figure: FigureIndex) -> &[u32] {
        let figure = figure as usize;
        &self.rows[self.starts[figure] as usize..self.starts[figure + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: i128, high: i128) -> Interval {
        Interval { low: Some(low), high: Some(high) }
    }

    #[test]
    fn a_figure_is_taken_out_of_a_row() {
        // 2a + 3b = 5 and a - c = 1 make 3b + 2c = 3.
        let row = Row { terms: [(0, 2), (1, 3)].into(), required: interval(5, 5) };
        let pivot = Row { terms: [(0, 1), (2, -1)].into(), required: interval(1, 1) };
        let reduced = row.without(0, &pivot).expect("small numbers");
        assert_eq!((reduced.terms.to_vec(), reduced.required), (vec![(1, 3), (2, 2)], interval(3, 3)));
        // a - c = 1 and 2a + 3b = 5 make -3b - 2c = -3.
        let reduced = pivot.without(0, &row).expect("small numbers");
        assert_eq!((reduced.terms.to_vec(), reduced.required), (vec![(1, -3), (2, -2)], interval(-3, -3)));
    }

    #[test]
    fn tolerances_add_up() {
        let row = Row { terms: [(0, 1)].into(), required: interval(-1, 1) };
        let pivot = Row { terms: [(0, -1), (1, 1)].into(), required: interval(4, 6) };
        let reduced = row.without(0, &pivot).expect("small numbers");
        assert_eq!((reduced.terms.to_vec(), reduced.required), (vec![(1, 1)], interval(3, 7)));
    }
}
