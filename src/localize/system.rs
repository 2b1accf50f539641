//! The sums of a report as rows of a linear system, in whole numbers.
//!
//! A row says what the changes of its figures must come to for its sum to hold. All values are scaled to whole numbers,
//! so that nothing is ever rounded.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::interval::Interval;
use super::row::{FigureIndex, Row, Term};
use crate::evaluate::{BrokenSum, Evaluated, Figures};
use crate::facts::Value;
use crate::pack::{Comparison, Missing, Policy, Sum};

/// Sums of figures with more decimals than this are not searched.
const MOST_DECIMALS: u32 = 9;

/// The system of a report.
#[derive(Debug)]
pub(super) struct System<'a> {
    /// What the sums are evaluated on.
    pub figures: Figures<'a, 'a>,
    pub rows: Vec<Row>,
    /// For each row its sum, an index into [`Pack::sums`](crate::pack::Pack::sums).
    pub sums: Vec<usize>,
    /// Figures of the rows that are in the report and could not be read, ascending.
    pub unread: Vec<FigureIndex>,
    /// Decimals of the scaled values.
    scale: u32,
    /// Every row is an equation, without tolerance.
    pub is_exact: bool,
    /// The most that sums may be off by, scaled.
    tolerance: i128,
}

impl<'a> System<'a> {
    /// The rows of all sums of the report whose figures are in it.
    pub fn new(figures: Figures<'a, 'a>, evaluated: &Evaluated) -> Self {
        let Figures { pack, numbers, .. } = figures;
        let decimals = |number: Decimal| if number.scale() == 0 { 0 } else { number.normalize().scale() };
        let of_sums = numbers.iter().enumerate().filter(|(figure, _)| pack.is_in_sums(*figure));
        let tolerances = pack.sums().iter().map(|sum| sum.tolerance);
        let scale = of_sums.filter_map(|(_, number)| *number).chain(tolerances).map(decimals).max().unwrap_or(0);
        let mut system = Self {
            figures,
            rows: Vec::with_capacity(pack.sums().len()),
            sums: Vec::with_capacity(pack.sums().len()),
            unread: Vec::new(),
            scale: scale.min(MOST_DECIMALS),
            is_exact: true,
            tolerance: 0,
        };
        system.tolerance = tolerance(figures, system.scale).unwrap_or(0);
        for (index, sum) in figures.required_sums() {
            if let Some(row) = system.row(index, sum, evaluated) {
                system.is_exact &= row.required.value().is_some();
                system.rows.push(row);
                system.sums.push(index);
            }
        }
        system.unread.sort_unstable();
        system.unread.dedup();
        system
    }

    fn row(&mut self, index: usize, sum: &Sum, evaluated: &Evaluated) -> Option<Row> {
        let figures = self.figures;
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
                self.difference(&terms)?.checked_add(constant.checked_mul(whole)?)?
            }
        };
        if is_unread {
            let is_unread = |figure: &FigureIndex| {
                let figure = *figure as usize;
                self.figures.numbers[figure].is_none() && figures.policy(figure, sum.missing) != Policy::Zero
            };
            self.unread.extend(terms.iter().map(|term| term.0).filter(is_unread));
        }
        let tolerance = scaled(sum.tolerance, self.scale)?.checked_mul(whole)?;
        let (low, high) = ((-tolerance).checked_sub(difference)?, tolerance.checked_sub(difference)?);
        let required = match sum.comparison {
            Comparison::Equal => Interval { low: Some(low), high: Some(high) },
            Comparison::AtMost => Interval { low: None, high: Some(high) },
            Comparison::AtLeast => Interval { low: Some(low), high: None },
            // In conditions only.
            Comparison::NotEqual | Comparison::Less | Comparison::More => Interval::ANYTHING,
        };
        Some(Row { terms, required })
    }

    /// Left less right, of the figures that could be read; none where one is not in the report.
    fn difference(&self, terms: &[Term]) -> Option<i128> {
        terms.iter().try_fold(0_i128, |sum, &(figure, factor)| {
            let Some(number) = self.figures.numbers[figure as usize] else {
                return (self.figures.facts.figures[figure as usize].value != Value::Absent).then_some(sum);
            };
            sum.checked_add(scaled(number, self.scale)?.checked_mul(i128::from(factor))?)
        })
    }

    /// Whether a interval leaves one value only, or several that are as good as one.
    pub fn is_settled(&self, interval: Interval) -> bool {
        match (interval.low, interval.high) {
            (Some(low), Some(high)) => high.checked_sub(low).is_some_and(|width| width <= 2 * self.tolerance),
            _ => false,
        }
    }

    /// Whether `figure`, changed by `change`, is what it has to be: not negative, and a whole number where it is a count.
    pub fn admits(&self, figure: FigureIndex, change: i128) -> bool {
        let kind = self.figures.pack.figures[figure as usize].value;
        self.number(figure, change).is_some_and(|number| kind.admits(number))
    }

    /// What a figure is, scaled; 0 where it could not be read.
    pub fn value(&self, figure: FigureIndex) -> Option<i128> {
        scaled(self.figures.numbers[figure as usize].unwrap_or_default(), self.scale)
    }

    /// The number that `figure` is once changed by `change`, which counts from 0 where it could not be read.
    pub fn number(&self, figure: FigureIndex, change: i128) -> Option<Decimal> {
        let value = self.value(figure)?.checked_add(change)?;
        Some(Decimal::try_from_i128_with_scale(value, self.scale).ok()?.normalize())
    }
}

/// The most that a figure may be off by and its sums still hold, in the smallest unit that a table is printed in.
fn tolerance(figures: Figures<'_, '_>, scale: u32) -> Option<i128> {
    let sums = figures.pack.sums().iter().filter(|sum| figures.levels.of_sum(sum).is_some());
    let most = sums.map(|sum| sum.tolerance).max()?;
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
