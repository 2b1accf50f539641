//! The sums of a pack as its form prints them: groups of rows by their rows, never as the one row they may be.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::pack::{Comparison, Pack, Row, Sum, ValueKind};

/// Whether the sum is put where the form stands as it is printed.
pub(super) fn stands(sum: &Sum) -> bool {
    !matches!(sum.only_if_one_row, Some((_, true)))
}

/// The figures of a sum with their factors, those of the right side negative; none has the factor 0.
pub(super) fn terms(sum: &Sum) -> BTreeMap<usize, Decimal> {
    let mut terms: BTreeMap<usize, Decimal> = BTreeMap::new();
    for (side, sign) in [(&sum.left, Decimal::ONE), (&sum.right, Decimal::NEGATIVE_ONE)] {
        for addend in side {
            let own = [addend.figure];
            let figures = if addend.parts.is_empty() { &own[..] } else { &addend.parts };
            for figure in figures {
                *terms.entry(*figure).or_default() += sign * addend.factor();
            }
        }
    }
    terms.retain(|_, factor| !factor.is_zero());
    terms
}

/// The equations of the form, each the figures with their factors.
pub(super) fn equations(pack: &Pack) -> Vec<BTreeMap<usize, Decimal>> {
    let equal = pack.sums.iter().filter(|sum| sum.comparison == Comparison::Equal && stands(sum));
    equal.map(terms).filter(|terms| !terms.is_empty()).collect()
}

/// Whether a figure can be less than 0.
pub(super) fn may_be_negative(pack: &Pack, figure: usize) -> bool {
    !matches!(pack.figures[figure].value, ValueKind::Count | ValueKind::Amount)
}

/// Whether reports may print this group of rows as one row, which then has figures of its own.
pub(super) fn may_be_one_row(row: &Row) -> bool {
    !row.is_leaf && row.figures.is_some()
}
