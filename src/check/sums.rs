//! Equations and inequalities between figures.

use rust_decimal::Decimal;

use super::{Outcome, Outcomes};
use crate::decode::BrokenSum;
use crate::facts::Facts;
use crate::pack::{Addend, Comparison, Pack, Sum};

/// Puts every sum to the figures. What is broken is kept for [`crate::decode`]; nothing is said yet.
pub(super) fn check(pack: &Pack, facts: &Facts<'_>, numbers: &[Option<Decimal>], outcomes: &mut Outcomes) {
    for (index, sum) in pack.sums.iter().enumerate() {
        if !facts.applies(sum) {
            continue;
        }
        match evaluate(sum, facts, numbers) {
            None => {
                outcomes.count(Outcome::NotEvaluated);
                outcomes.sums.not_evaluated.push(index);
            }
            Some((left, right)) if holds(sum, left, right) => outcomes.count(Outcome::Holds),
            Some((left, right)) => {
                outcomes.count(Outcome::Broken);
                outcomes.sums.broken.push(BrokenSum { sum: index, left, right });
            }
        }
    }
}

pub(super) fn holds(sum: &Sum, left: Decimal, right: Decimal) -> bool {
    match sum.comparison {
        Comparison::Equal => (left - right).abs() <= sum.tolerance,
        Comparison::AtMost => left <= right + sum.tolerance,
        Comparison::AtLeast => left + sum.tolerance >= right,
    }
}

/// Both sides; none where a figure is lacking.
pub(super) fn evaluate(sum: &Sum, facts: &Facts<'_>, numbers: &[Option<Decimal>]) -> Option<(Decimal, Decimal)> {
    Some((side(&sum.left, facts, numbers)?, side(&sum.right, facts, numbers)?))
}

fn side(addends: &[Addend], facts: &Facts<'_>, numbers: &[Option<Decimal>]) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    for addend in addends {
        for figure in facts.figures_of(addend) {
            let number = numbers[figure]?;
            let addend = addend.factor.map_or(Some(number), |factor| factor.checked_mul(number))?;
            total = total.checked_add(addend)?;
        }
    }
    Some(total)
}
