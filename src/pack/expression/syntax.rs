//! Relations, conditions and sums, as the parser gives them.

use std::ops::Range;

use rust_decimal::Decimal;

/// A relation between two sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub left: Vec<Term>,
    pub comparison: Comparison,
    pub right: Vec<Term>,
}

/// When a rule applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition<R = Relation> {
    Compared(R),
    All(Vec<Condition<R>>),
    Any(Vec<Condition<R>>),
    Not(Box<Condition<R>>),
}

/// How two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    AtMost,
    AtLeast,
    /// In conditions only, like the next two.
    NotEqual,
    Less,
    More,
}

impl Comparison {
    /// As printed.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
            Self::NotEqual => "≠",
            Self::Less => "<",
            Self::More => ">",
        }
    }

    /// How two sides compare that do not compare so.
    pub fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::AtMost => Self::More,
            Self::AtLeast => Self::Less,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::More => Self::AtMost,
        }
    }

    /// Whether two numbers that may differ by `tolerance` compare so.
    pub fn holds(self, left: Decimal, right: Decimal, tolerance: Decimal) -> bool {
        match self {
            Self::Equal => (left - right).abs() <= tolerance,
            Self::AtMost => left <= right + tolerance,
            Self::AtLeast => left + tolerance >= right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::More => left > right,
        }
    }

    /// Whether two numbers that may not differ compare so.
    pub fn holds_exactly(self, left: i64, right: i64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
            Self::AtLeast => left >= right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::More => left > right,
        }
    }
}

/// Whose figures are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Whose {
    /// Those of the report itself.
    #[default]
    Own,
    /// Those of the same agency's report of the year before.
    Previous,
    /// Those of the reports of the agencies below, added up.
    Children,
}

/// Something that is added up, times a factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub factor: Decimal,
    pub whose: Whose,
    pub item: Item,
}

/// What is added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// 1, so that the factor is what counts.
    One,
    /// A figure, or a group of them.
    Name(Path),
    /// From the first to the last, both included.
    Range(Path, Path),
    /// What percentage the first figure is of the second.
    Percent(Path, Path),
    /// The open rows of a level, counted from 1.
    Level { number: usize, span: Range<usize> },
}

/// A dotted name and where it is in the expression (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub name: String,
    pub span: Range<usize>,
}

/// What is wrong with an expression, and where in it (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    pub problem: Problem,
    pub span: Range<usize>,
}

/// The mistakes an expression can have. Their words are in the message catalogues under `pack.<key>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Something else was expected here.
    Expected(&'static str),
    /// No such function.
    UnknownFunction(String),
    /// `previous(…)` or `children(…)` within another of them.
    Nested,
    /// Brackets within brackets beyond any need.
    TooDeep,
    /// More figures than any form has.
    TooLong,
}

impl Relation {
    /// All its terms.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.left.iter().chain(&self.right)
    }
}

impl<R> Condition<R> {
    /// Whether one of its comparisons is such a one.
    pub fn any(&self, is_such: &mut impl FnMut(&R) -> bool) -> bool {
        match self {
            Self::Compared(relation) => is_such(relation),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.any(is_such)),
            Self::Not(part) => part.any(is_such),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_compare_as_decimals_do() {
        use Comparison::{AtLeast, AtMost, Equal, Less, More, NotEqual};
        for comparison in [Equal, AtMost, AtLeast, NotEqual, Less, More] {
            for (left, right) in [(-1, 1), (0, 0), (1, 0), (7, 7), (i64::MAX, i64::MIN)] {
                let exactly = comparison.holds_exactly(left, right);
                let of_decimals = comparison.holds(left.into(), right.into(), Decimal::ZERO);
                assert_eq!(exactly, of_decimals, "{left} {} {right}", comparison.symbol());
            }
        }
    }
}
