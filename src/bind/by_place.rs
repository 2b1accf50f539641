//! Rows that are known by their place alone, under another label than the form's or none. Such a row is what it is taken for
//! where sums over several rows say so. Which of several rows it is that have no labels, is known if sums say that, too.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::facts::{Fact, Value};
use crate::pack::{Addend, Comparison, Pack, Side, Sum, Whose};

/// Whether most of the sums of a row with other rows hold.
pub(super) fn is_proven(row: &Range<usize>, figures: &[Fact<'_>], pack: &Pack) -> bool {
    let is_own = |addend: &Addend| addend.parts.iter().chain([&addend.figure]).any(|figure| row.contains(figure));
    let is_with_others = |sum: &&Sum| {
        sum.comparison == Comparison::Equal
            && sum.condition.is_none()
            && sum.addends().any(is_own)
            && !sum.addends().all(is_own)
    };
    let (mut held, mut failed) = (0_usize, 0_usize);
    for sum in pack.sums().iter().filter(is_with_others) {
        let sides = side(&sum.left, figures).zip(side(&sum.right, figures));
        let Some((left, right)) = sides else { continue };
        if sum.comparison.holds(left, right, sum.tolerance) {
            held += 1;
        } else {
            failed += 1;
        }
    }
    held > failed
}

/// Whether the figures of two rows may be each other's: they are different, and sums with other rows hold either way.
pub(super) fn are_interchangeable(
    one: &Range<usize>,
    other: &Range<usize>,
    figures: &mut [Fact<'_>],
    pack: &Pack,
) -> bool {
    let is_equal = |(one, other): (usize, usize)| figures[one].value == figures[other].value;
    if one.len() != other.len() || one.clone().zip(other.clone()).all(is_equal) {
        return false;
    }
    let exchange =
        |figures: &mut [Fact<'_>]| one.clone().zip(other.clone()).for_each(|(one, other)| figures.swap(one, other));
    exchange(figures);
    let holds = is_proven(one, figures, pack) && is_proven(other, figures, pack);
    exchange(figures);
    holds
}

/// What a side of a sum comes to; none where a figure of it is not known.
fn side(side: &Side, figures: &[Fact<'_>]) -> Option<Decimal> {
    side.addends.iter().try_fold(side.constant, |total, addend| {
        if addend.whose != Whose::Own {
            return None;
        }
        let is_printed = addend.parts.is_empty() || figures[addend.figure].value != Value::Absent;
        let parts = if is_printed { std::slice::from_ref(&addend.figure) } else { &addend.parts[..] };
        parts.iter().try_fold(total, |total, &figure| {
            let number = match figures[figure].value {
                Value::Number(number) => number,
                Value::Blank | Value::Mark => Decimal::ZERO,
                Value::Text | Value::Unreadable(_) | Value::Absent => return None,
            };
            total.checked_add(number.checked_mul(addend.factor())?)
        })
    })
}
