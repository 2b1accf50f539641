//! Equations and inequalities between figures, ready to be evaluated.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::expression::{Comparison, Condition, Whose};
use super::severity::Severity;

/// One equation or inequality between figures: a rule of the pack for one row or column.
#[derive(Debug)]
pub struct Sum {
    /// The rule it is an instance of, by its place in [`Pack::rules`](super::Pack::rules).
    pub rule: usize,
    /// `requests.row-total:granted`
    pub id: String,
    /// The row or column it holds in: 「表三 · 自然人」
    pub place: String,
    /// As the pack has it, for this row or column.
    pub severity: Severity,
    pub left: Side,
    pub comparison: Comparison,
    pub right: Side,
    /// It says nothing of which figure is wrong.
    pub is_alone: bool,
    /// What the sides may differ by.
    pub tolerance: Decimal,
    /// What is taken for figures that are not there.
    pub missing: Missing,
    /// All its figures with their factors, those of the right side negative, by figure; none where the figures depend on
    /// how the report prints a group, or a factor is no small whole number.
    pub terms: Option<Arc<[(u32, i64)]>>,
    /// Evaluated only where the group of rows, by its first figure, is (`true`) or is not (`false`) printed as one row.
    pub only_if_one_row: Option<(usize, bool)>,
    /// The table whose open rows it takes in: if it has rows that were not recognised, not all of them are known.
    pub open_table: Option<usize>,
    /// Evaluated only where this holds.
    pub condition: Option<Condition<Compared>>,
    /// The other reports it takes figures from.
    pub takes_in: TakesIn,
}

/// Which other reports figures are taken from; asked for every report of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TakesIn {
    /// That of the year before.
    pub previous: bool,
    /// Those of the agencies below.
    pub children: bool,
}

/// One side of a sum: figures times their factors, and a number.
#[derive(Debug, Clone, Default)]
pub struct Side {
    pub addends: Vec<Addend>,
    pub constant: Decimal,
}

/// A comparison within a condition.
#[derive(Debug, Clone)]
pub struct Compared {
    pub left: Side,
    pub comparison: Comparison,
    pub right: Side,
}

/// A figure in a sum, times its factor.
#[derive(Debug, Clone)]
pub struct Addend {
    /// None for 1, the most common by far.
    pub factor: Option<Decimal>,
    pub figure: usize,
    /// Figures that replace it where the group is not printed as one row.
    pub parts: Vec<usize>,
    /// Whose figure it is.
    pub whose: Whose,
    /// It counts as the percentage that it is of this figure.
    pub of: Option<usize>,
}

/// What a sum takes for a figure that is not there. A figure that is there and could not be read is never known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing {
    /// There is no such cell in the report.
    pub absent: Policy,
    /// The cell is there and holds nothing.
    pub blank: Policy,
    /// The cell holds a sign for nothing: `-`, `/`, 无.
    pub mark: Policy,
}

/// What a missing figure is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// The sum is not evaluated.
    #[default]
    Unknown,
    /// It is 0.
    Zero,
    /// It is required: that it is missing breaks the rule.
    Error,
}

impl Policy {
    /// Every policy with its word in a pack.
    pub const ALL: [(&'static str, Self); 3] =
        [("zero", Self::Zero), ("unknown", Self::Unknown), ("error", Self::Error)];
}

impl Sum {
    /// The figures of both sides, the left first.
    pub fn addends(&self) -> impl Iterator<Item = &Addend> {
        self.left.addends.iter().chain(&self.right.addends)
    }

    /// The one figure on the left, where a sum says what a total is.
    pub fn total(&self) -> Option<&Addend> {
        match self.left.addends.as_slice() {
            [total] if self.left.constant.is_zero() => Some(total),
            _ => None,
        }
    }
}

impl Addend {
    /// The factor as a number.
    pub fn factor(&self) -> Decimal {
        self.factor.unwrap_or(Decimal::ONE)
    }
}

/// What a sum holds for, each.
#[derive(Debug, Clone, Copy)]
pub enum ForEach {
    Row,
    Column,
    Figure,
    Code,
    Name,
}

impl ForEach {
    /// Every one with its word in a pack.
    pub const ALL: [(&'static str, Self); 5] = [
        ("row", Self::Row),
        ("column", Self::Column),
        ("figure", Self::Figure),
        ("code", Self::Code),
        ("name", Self::Name),
    ];
}
