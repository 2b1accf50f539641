//! The sums of a pack as its form prints them: groups of rows by their rows, never as the one row they may be.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::pack::{Comparison, Pack, Row, Severity, Side, Sum, ValueKind, Whose};

/// The report's own figures with their factors; none has the factor 0.
pub(super) type Terms = BTreeMap<usize, Decimal>;

/// Whether the sum applies to the form as it is printed.
pub(super) fn is_required(sum: &Sum) -> bool {
    !matches!(sum.only_if_one_row, Some((_, true)))
}

/// What is left less what is right.
pub(super) fn terms(left: &Side, right: &Side) -> Terms {
    let mut terms = Terms::new();
    for (side, sign) in [(left, Decimal::ONE), (right, Decimal::NEGATIVE_ONE)] {
        for addend in side.addends.iter().filter(|addend| addend.whose == Whose::Own) {
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

/// The equations that hold in every report of the form.
pub(super) fn equations(pack: &Pack) -> Vec<Terms> {
    let is_equation = |sum: &&Sum| {
        sum.comparison == Comparison::Equal
            && sum.condition.is_none()
            && sum.severity > Severity::Advice
            && !sum.is_alone
    };
    let equations = pack.sums().iter().filter(|sum| is_required(sum)).filter(is_equation);
    equations.map(|sum| terms(&sum.left, &sum.right)).filter(|terms| !terms.is_empty()).collect()
}

/// Whether a figure can be less than 0.
pub(super) fn may_be_negative(pack: &Pack, figure: usize) -> bool {
    matches!(pack.figures[figure].value, ValueKind::Integer | ValueKind::Decimal)
}

/// Whether reports may print this group of rows as one row, which then has figures of its own.
pub(super) fn may_be_one_row(row: &Row) -> bool {
    !row.is_leaf && row.figures.is_some()
}
