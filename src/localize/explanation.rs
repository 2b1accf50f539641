//! The result of localization: causes of broken sums, each with its explanations.

use rust_decimal::Decimal;

use crate::document::Location;

/// What the sums say of the figures of a report.
#[derive(Debug, Default)]
pub struct Localized {
    /// Why sums do not hold, one entry for each cause.
    pub causes: Vec<Cause>,
    /// Figures that could not be read, with what the sums say they are.
    pub settled: Vec<(usize, Decimal)>,
}

/// A cause of broken sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The broken sums it is in, indices into [`Pack::sums`](crate::pack::Pack::sums), ascending.
    pub sums: Vec<usize>,
    /// What may be wrong, the likeliest first; empty where nothing was found within the bounds of the search.
    pub explanations: Vec<Explanation>,
    /// No other change of as few figures would do.
    pub is_unique: bool,
    /// The first explanation is clearly the best: it is the only one, or much likelier than the next.
    pub is_singled_out: bool,
}

/// Figures that, changed together, make all sums of a cause hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub events: Vec<Event>,
    /// It takes the figures as right that the smallest explanation takes as wrong: their totals were left behind.
    pub totals_left: bool,
}

/// One thing that went wrong: mostly with one figure, sometimes with two or with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub fixes: Vec<Fix>,
    pub reason: Reason,
    /// How unlikely it is, by [`likelihood`](super::likelihood).
    pub(super) weight: i32,
}

/// A figure and what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Index into [`Pack::figures`](crate::pack::Pack::figures).
    pub figure: usize,
    pub found: Decimal,
    pub expected: Decimal,
    /// Another value would do as well: the sums set bounds only.
    pub is_bound: bool,
    /// Where the text of the report has the expected number.
    pub said_at: Option<Location>,
}

/// How a figure came to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Two neighbouring digits are in each other's place; the right one is so many places from the right.
    DigitsTransposed {
        place: usize,
    },
    DigitDropped,
    DigitDoubled,
    DigitAdded,
    /// So many places from the right.
    DigitReplaced {
        place: usize,
    },
    /// Zeros too many or too few, or the decimal point in another place.
    DecimalShifted,
    OffByOne,
    /// A 0 was printed and never filled in.
    LeftAtZero,
    CopiedFromNeighbour,
    /// A total that is not what its parts add up to.
    TotalNotUpdated,
    /// Two figures: one is in the next column.
    MovedColumn,
    /// Two figures: one is in the next row.
    MovedRow,
    /// Several figures of a row: each is in the next column.
    RowShifted,
    /// Two figures in each other's place.
    Swapped,
    /// The cell's formula adds up other cells than those of the sum.
    FormulaOfOtherCells,
    /// The cell's formula is right, its stored result is not what it comes to.
    FormulaNotRecalculated,
    Unexplained,
}

impl Reason {
    /// The word in JSON; none where there is nothing to say.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::DigitsTransposed { .. } => "digits-transposed",
            Self::DigitDropped => "digit-dropped",
            Self::DigitDoubled => "digit-doubled",
            Self::DigitAdded => "digit-added",
            Self::DigitReplaced { .. } => "digit-replaced",
            Self::DecimalShifted => "decimal-shifted",
            Self::OffByOne => "off-by-one",
            Self::LeftAtZero => "left-at-zero",
            Self::CopiedFromNeighbour => "copied-from-neighbour",
            Self::TotalNotUpdated => "total-not-updated",
            Self::MovedColumn => "moved-to-next-column",
            Self::MovedRow => "moved-to-next-row",
            Self::RowShifted => "row-shifted",
            Self::Swapped => "swapped",
            Self::FormulaOfOtherCells => "formula-of-other-cells",
            Self::FormulaNotRecalculated => "formula-not-recalculated",
            Self::Unexplained => return None,
        })
    }
}

impl Explanation {
    /// All figures it changes.
    pub fn fixes(&self) -> impl Iterator<Item = &Fix> {
        self.events.iter().flat_map(|event| &event.fixes)
    }
}
