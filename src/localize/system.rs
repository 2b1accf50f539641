//! The sums of a report as rows of a linear system, in whole numbers.
//!
//! A row says what the changes of its figures must come to for its sum to hold. All values are scaled to whole numbers,
//! so that nothing is ever rounded.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::search::Change;
use super::{BrokenSum, Evaluated, Figures};
use crate::facts::Value;
use crate::pack::{Comparison, Missing, Pack, Policy, Sum};

/// Sums of figures with more decimals than this are not searched.
const MOST_DECIMALS: u32 = 9;

/// A figure's place in [`Pack::figures`].
pub(super) type FigureIndex = u32;

/// A figure and its factor in a row.
pub(super) type Term = (FigureIndex, i64);

/// What something may be: from `low` to `high`, both included; without a bound where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub low: Option<i128>,
    pub high: Option<i128>,
}

impl Span {
    pub const ANYTHING: Self = Self { low: None, high: None };

    pub fn exactly(value: i128) -> Self {
        Self { low: Some(value), high: Some(value) }
    }

    /// The one value, if there is only one.
    pub fn value(self) -> Option<i128> {
        self.low.filter(|_| self.low == self.high)
    }

    pub fn contains(self, value: i128) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }

    pub fn is_empty(self) -> bool {
        matches!((self.low, self.high), (Some(low), Some(high)) if low > high)
    }

    pub fn intersect(self, other: Self) -> Self {
        let low = self.low.max(other.low);
        let high = match (self.high, other.high) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { low, high }
    }

    /// All sums of a value of this and one of `other`; none where it overflows.
    fn plus(self, other: Self) -> Option<Self> {
        let add = |a: Option<i128>, b: Option<i128>| match (a, b) {
            (Some(a), Some(b)) => a.checked_add(b).map(Some),
            _ => Some(None),
        };
        Some(Self { low: add(self.low, other.low)?, high: add(self.high, other.high)? })
    }

    /// This moved down by `value`.
    pub fn minus(self, value: i128) -> Option<Self> {
        self.plus(Self::exactly(value.checked_neg()?))
    }

    fn times(self, factor: i64) -> Option<Self> {
        let scale = |bound: Option<i128>| match bound {
            Some(bound) => bound.checked_mul(i128::from(factor)).map(Some),
            None => Some(None),
        };
        let (low, high) = (scale(self.low)?, scale(self.high)?);
        Some(if factor < 0 { Self { low: high, high: low } } else { Self { low, high } })
    }

    /// The whole numbers that, times `factor`, are in this.
    pub fn over(self, factor: i64) -> Self {
        match factor {
            1 => return self,
            -1 => return Self { low: self.high.map(|high| -high), high: self.low.map(|low| -low) },
            _ => {}
        }
        let factor = i128::from(factor);
        let (low, high) = if factor < 0 { (self.high, self.low) } else { (self.low, self.high) };
        let is_inexact = |bound: i128| bound % factor != 0;
        let is_negative = |bound: i128| (bound < 0) != (factor < 0);
        Self {
            low: low.map(|low| low / factor + i128::from(is_inexact(low) && !is_negative(low))),
            high: high.map(|high| high / factor - i128::from(is_inexact(high) && is_negative(high))),
        }
    }

    /// The value to take where any will do: the middle, or the bound there is.
    pub fn preferred(self) -> i128 {
        match (self.low, self.high) {
            (Some(low), Some(high)) => low + (high - low) / 2,
            (Some(bound), None) | (None, Some(bound)) => bound,
            (None, None) => 0,
        }
    }
}

/// One sum: the changes of its figures, each times its factor, must add up to something in `due`.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// By figure, ascending; no factor is 0. Shared, for searches begin with a copy of all rows.
    pub terms: Arc<[Term]>,
    pub due: Span,
}

impl Row {
    /// A row that says nothing.
    pub fn empty() -> Self {
        Self { terms: Arc::default(), due: Span::ANYTHING }
    }

    /// Whether it holds as things stand.
    pub fn holds(&self) -> bool {
        self.due.contains(0)
    }

    /// What `changes` come to in this row; none where the numbers grow too large.
    pub fn total(&self, changes: &[Change]) -> Option<i128> {
        changes.iter().try_fold(0_i128, |sum, change| {
            sum.checked_add(i128::from(self.factor(change.figure)).checked_mul(change.by)?)
        })
    }

    /// What is still due once `changes` are made.
    pub fn due_after(&self, changes: &[Change]) -> Option<Span> {
        self.due.minus(self.total(changes)?)
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
        let due = self.due.times(by)?.plus(pivot.due.times(other_by)?)?;
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
        Some(Self { terms: terms.into(), due })
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.wrapping_abs()
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

/// The system of a report.
#[derive(Debug)]
pub(super) struct System<'a> {
    pack: &'a Pack,
    numbers: &'a [Option<Decimal>],
    pub rows: Vec<Row>,
    /// For each row its sum, an index into [`Pack::sums`].
    pub sums: Vec<usize>,
    /// Figures of the rows that stand in the report and could not be read, ascending.
    pub unread: Vec<FigureIndex>,
    /// Decimals of the scaled values.
    scale: u32,
    /// Every row is an equation, without tolerance.
    pub is_exact: bool,
    /// The most that sums may be off by, scaled.
    tolerance: i128,
}

impl<'a> System<'a> {
    /// The rows of all sums of the report whose figures stand in it.
    pub fn new(figures: Figures<'a, '_>, evaluated: &Evaluated) -> Self {
        let Figures { pack, numbers, .. } = figures;
        let decimals = |number: Decimal| if number.scale() == 0 { 0 } else { number.normalize().scale() };
        let of_sums = numbers.iter().zip(&pack.figures).filter(|(_, figure)| figure.in_sums);
        let tolerances = pack.sums.iter().map(|sum| sum.tolerance);
        let scale = of_sums.filter_map(|(number, _)| *number).chain(tolerances).map(decimals).max().unwrap_or(0);
        let mut system = Self {
            pack,
            numbers,
            rows: Vec::with_capacity(pack.sums.len()),
            sums: Vec::with_capacity(pack.sums.len()),
            unread: Vec::new(),
            scale: scale.min(MOST_DECIMALS),
            is_exact: true,
            tolerance: 0,
        };
        system.tolerance = tolerance(figures, system.scale).unwrap_or(0);
        let is_put = |sum: &Sum| !sum.is_advice() && figures.applies(sum) == Some(true);
        for (index, sum) in pack.sums.iter().enumerate().filter(|(_, sum)| is_put(sum)) {
            if let Some(row) = system.row(figures, index, sum, evaluated) {
                system.is_exact &= row.due.value().is_some();
                system.rows.push(row);
                system.sums.push(index);
            }
        }
        system.unread.sort_unstable();
        system.unread.dedup();
        system
    }

    fn row(&mut self, figures: Figures<'_, '_>, index: usize, sum: &Sum, evaluated: &Evaluated) -> Option<Row> {
        let (terms, whole) = terms(figures, sum)?;
        let is_unread = evaluated.not_evaluated.binary_search(&index).is_ok();
        let is_equation = sum.comparison == Comparison::Equal && sum.tolerance.is_zero();
        let broken = evaluated.broken.binary_search_by_key(&index, |broken| broken.sum);
        let difference = match broken {
            Ok(at) => {
                let BrokenSum { left, right, .. } = evaluated.broken[at];
                scaled(left.checked_sub(right)?, self.scale)?.checked_mul(whole)?
            }
            Err(_) if is_equation && !is_unread => 0,
            Err(_) => {
                let constant = scaled(sum.left.constant.checked_sub(sum.right.constant)?, self.scale)?;
                self.difference(figures, &terms)?.checked_add(constant.checked_mul(whole)?)?
            }
        };
        if is_unread {
            let is_unread = |figure: &FigureIndex| {
                let figure = *figure as usize;
                self.numbers[figure].is_none() && figures.policy(figure, sum.missing) != Policy::Zero
            };
            self.unread.extend(terms.iter().map(|term| term.0).filter(is_unread));
        }
        let tolerance = scaled(sum.tolerance, self.scale)?.checked_mul(whole)?;
        let (low, high) = ((-tolerance).checked_sub(difference)?, tolerance.checked_sub(difference)?);
        let due = match sum.comparison {
            Comparison::Equal => Span { low: Some(low), high: Some(high) },
            Comparison::AtMost => Span { low: None, high: Some(high) },
            Comparison::AtLeast => Span { low: Some(low), high: None },
            // In conditions only.
            Comparison::NotEqual | Comparison::Less | Comparison::More => Span::ANYTHING,
        };
        Some(Row { terms, due })
    }

    /// Left less right, of the figures that could be read; none where one does not stand in the report.
    fn difference(&self, figures: Figures<'_, '_>, terms: &[Term]) -> Option<i128> {
        terms.iter().try_fold(0_i128, |sum, &(figure, factor)| {
            let Some(number) = self.numbers[figure as usize] else {
                return (figures.facts.figures[figure as usize].value != Value::Absent).then_some(sum);
            };
            sum.checked_add(scaled(number, self.scale)?.checked_mul(i128::from(factor))?)
        })
    }

    /// Whether a span leaves one value only, or several that are as good as one.
    pub fn is_settled(&self, span: Span) -> bool {
        match (span.low, span.high) {
            (Some(low), Some(high)) => high.checked_sub(low).is_some_and(|width| width <= 2 * self.tolerance),
            _ => false,
        }
    }

    /// How many figures the form has.
    pub fn figures(&self) -> usize {
        self.numbers.len()
    }

    /// Whether `figure`, changed by `change`, is what it has to be: not negative, and a whole number where it is a count.
    pub fn admits(&self, figure: FigureIndex, change: i128) -> bool {
        let kind = self.pack.figures[figure as usize].value;
        self.number(figure, change).is_some_and(|number| kind.admits(number))
    }

    /// The number that `figure` is once changed by `change`, which counts from 0 where it could not be read.
    pub fn number(&self, figure: FigureIndex, change: i128) -> Option<Decimal> {
        let value = scaled(self.numbers[figure as usize].unwrap_or_default(), self.scale)?.checked_add(change)?;
        Some(Decimal::try_from_i128_with_scale(value, self.scale).ok()?.normalize())
    }
}

/// The most that a figure may be off by and its sums still hold, in the smallest unit that a table is printed in.
fn tolerance(figures: Figures<'_, '_>, scale: u32) -> Option<i128> {
    let most = figures.pack.sums.iter().map(|sum| sum.tolerance).max()?;
    let smallest = figures.facts.tables.iter().filter_map(|table| table.factor).fold(Decimal::ONE, Decimal::min);
    scaled(most.checked_div(smallest)?, scale)
}

/// The figures of a sum with their factors, which are whole numbers once multiplied by the number that comes with them.
fn terms(figures: Figures<'_, '_>, sum: &Sum) -> Option<(Arc<[Term]>, i128)> {
    let is_usual = sum.missing == Missing::default() && figures.facts.tables.iter().all(|table| table.factor.is_none());
    if let Some(terms) = sum.terms.as_ref().filter(|_| is_usual) {
        return Some((Arc::clone(terms), 1));
    }
    let mut factors = Vec::with_capacity(sum.addends().count() + 2);
    for (side, sign) in [(&sum.left, Decimal::ONE), (&sum.right, Decimal::NEGATIVE_ONE)] {
        for addend in &side.addends {
            for figure in figures.facts.figures_of(addend) {
                if figures.is_taken_for_nothing(figure, sum.missing) {
                    continue;
                }
                let own = figures.factor(figure).unwrap_or(Decimal::ONE);
                factors.push((figure as FigureIndex, sign.checked_mul(addend.factor())?.checked_mul(own)?));
            }
        }
    }
    let decimals = |number: Decimal| number.normalize().scale();
    let constants = [sum.left.constant, sum.right.constant];
    let scale = factors.iter().map(|factor| factor.1).chain(constants).map(decimals).max().unwrap_or(0);
    let whole = scaled(Decimal::ONE, scale)?;
    let mut terms = Vec::with_capacity(factors.len());
    for (figure, factor) in factors {
        terms.push((figure, i64::from(i32::try_from(scaled(factor, scale)?).ok()?)));
    }
    terms.sort_unstable_by_key(|term| term.0);
    terms.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        kept.1 += if is_same { next.1 } else { 0 };
        is_same
    });
    terms.retain(|term| term.1 != 0);
    Some((terms.into(), whole))
}

/// `number` as a whole number of its last decimal at `scale`; none where it has more decimals or is too large.
fn scaled(number: Decimal, scale: u32) -> Option<i128> {
    if number.scale() == scale {
        return Some(number.mantissa());
    }
    let number = number.normalize();
    let missing = scale.checked_sub(number.scale())?;
    number.mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(low: i128, high: i128) -> Span {
        Span { low: Some(low), high: Some(high) }
    }

    #[test]
    fn a_span_over_a_factor_holds_just_the_whole_numbers_that_fit() {
        for factor in [-7_i64, -3, -2, -1, 1, 2, 3, 7] {
            for low in -15..15 {
                for high in low..15 {
                    let over = span(low, high).over(factor);
                    for value in -40..40 {
                        let fits = (low..=high).contains(&(value * i128::from(factor)));
                        assert_eq!(over.contains(value), fits, "{value} × {factor} in {low}..={high}");
                    }
                }
            }
        }
        assert_eq!(Span { low: Some(3), high: None }.over(-2), Span { low: None, high: Some(-2) });
    }

    #[test]
    fn a_figure_is_taken_out_of_a_row() {
        // 2a + 3b = 5 and a - c = 1 make 3b + 2c = 3.
        let row = Row { terms: [(0, 2), (1, 3)].into(), due: span(5, 5) };
        let pivot = Row { terms: [(0, 1), (2, -1)].into(), due: span(1, 1) };
        let reduced = row.without(0, &pivot).expect("small numbers");
        assert_eq!((reduced.terms.to_vec(), reduced.due), (vec![(1, 3), (2, 2)], span(3, 3)));
        // a - c = 1 and 2a + 3b = 5 make -3b - 2c = -3.
        let reduced = pivot.without(0, &row).expect("small numbers");
        assert_eq!((reduced.terms.to_vec(), reduced.due), (vec![(1, -3), (2, -2)], span(-3, -3)));
    }

    #[test]
    fn tolerances_add_up() {
        let row = Row { terms: [(0, 1)].into(), due: span(-1, 1) };
        let pivot = Row { terms: [(0, -1), (1, 1)].into(), due: span(4, 6) };
        let reduced = row.without(0, &pivot).expect("small numbers");
        assert_eq!((reduced.terms.to_vec(), reduced.due), (vec![(1, 1)], span(3, 7)));
    }
}
