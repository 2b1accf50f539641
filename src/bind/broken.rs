//! Figures that a narrow cell broke over several lines, 「94」 above 「63」, or that have blanks in them. A cell may as well hold
//! two figures, so the parts are one figure only where the sums say so.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::figure;
use crate::facts::{Fact, Value, Why};
use crate::pack::{Comparison, Pack, Sum};

/// Makes one figure of parts that are one.
pub(super) fn join(figures: &mut [Fact<'_>], pack: &Pack) {
    let in_parts = figures.iter().enumerate().filter(|(_, fact)| fact.value == Value::Unreadable(Why::Parts));
    let joined: BTreeMap<usize, (String, Decimal)> = in_parts
        .filter_map(|(index, fact)| {
            let text: String = fact.found.split_whitespace().collect();
            // No figure begins with 0.
            let number = figure::plain_digits(&text).filter(|_| !text.starts_with('0'))?;
            Some((index, (text, number)))
        })
        .collect();
    if joined.is_empty() {
        return;
    }
    let (mut proven, mut open) = (Vec::new(), Vec::new());
    let (mut held, mut failed) = (0_usize, 0_usize);
    for sum in pack.sums().iter().filter(|sum| sum.comparison == Comparison::Equal) {
        let Some((concerned, holds)) = evaluate(sum, figures, &joined) else { continue };
        if holds {
            held += 1;
            proven.extend(concerned);
        } else {
            failed += 1;
            open.extend(concerned);
        }
    }
    if is_plain(held, failed) {
        proven.extend(open);
    }
    for index in proven {
        let (text, number) = &joined[&index];
        let fact = &mut figures[index];
        fact.value = Value::Number(*number);
        fact.found = Cow::Owned(text.clone());
    }
}

/// Whether so many sums hold that the few others must have a wrong figure in them, as they would were nothing broken.
fn is_plain(held: usize, failed: usize) -> bool {
    const ENOUGH: usize = 3;
    const TIMES: usize = 8;
    held >= ENOUGH && held >= failed * TIMES
}

/// The figures of a sum that are in parts, and whether it holds with them joined; none where it takes in no such figure, or
/// one that is not known.
fn evaluate(
    sum: &Sum,
    figures: &[Fact<'_>],
    joined: &BTreeMap<usize, (String, Decimal)>,
) -> Option<(Vec<usize>, bool)> {
    let terms = sum.terms.as_deref().filter(|_| sum.condition.is_none())?;
    let concerned: Vec<usize> =
        terms.iter().map(|&(figure, _)| figure as usize).filter(|figure| joined.contains_key(figure)).collect();
    if concerned.is_empty() {
        return None;
    }
    let total = terms.iter().try_fold(Decimal::ZERO, |total, &(figure, factor)| {
        let number = match joined.get(&(figure as usize)) {
            Some((_, number)) => *number,
            None => figures.get(figure as usize)?.number()?,
        };
        total.checked_add(number.checked_mul(factor.into())?)
    })?;
    Some((concerned, total.abs() <= sum.tolerance))
}
