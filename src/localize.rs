//! Which figures are at fault, and what they should be: the sums of a report read as an error-correcting code.
//!
//! A wrong figure leaves its mark in every sum it is in. The smallest sets of figures that can be changed so that all
//! sums hold are found exactly ([`search`]), all of them, and ranked by how people err ([`likelihood`]). Nothing is known
//! here of words, of places in a file or of any form: the sums come from the pack, and so would those of another form.
//!
//! Fellegi and Holt, *A systematic approach to automatic edit and imputation*, JASA 71 (1976), is where the smallest
//! change comes from; De Waal (2003) has the branch and bound.

mod cascade;
mod cause;
mod evidence;
mod groups;
mod likelihood;
mod search;
mod slip;
mod system;
mod unread;

use rust_decimal::Decimal;

use crate::document::Location;
use crate::evaluate::{BrokenSum, Evaluated, Figures};
use crate::facts::Facts;
use crate::pack::Pack;
use cause::Decoder;
use evidence::Evidence;
use search::{Change, Search};
use system::{Row, System, Touching};
use unread::Unread;

/// What the sums say of the figures of a report.
#[derive(Debug, Default)]
pub struct Decoded {
    /// Why sums do not hold, one entry for each cause.
    pub causes: Vec<Cause>,
    /// Figures that could not be read, with what the sums say they are.
    pub settled: Vec<(usize, Decimal)>,
}

/// A cause of broken sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The broken sums it is in, indices into [`Pack::sums`], ascending.
    pub sums: Vec<usize>,
    /// What may be wrong, the likeliest first; empty where nothing was found within the bounds of the search.
    pub explanations: Vec<Explanation>,
    /// No other change of as few figures would do.
    pub is_unique: bool,
    /// The first explanation stands out: it is the only one, or much likelier than the next.
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
    /// How unlikely it is, by [`likelihood`].
    weight: i32,
}

/// A figure and what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Index into [`Pack::figures`].
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
    /// Two neighbouring digits stand in each other's place; the right one is so many places from the right.
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
    /// Two figures: one stands in the next column.
    MovedColumn,
    /// Two figures: one stands in the next row.
    MovedRow,
    /// Several figures of a row: each stands in the next column.
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

/// What the sums of `pack` say of a report whose figures, as far as sums may use them, are `numbers`.
pub fn decode(pack: &Pack, facts: &Facts<'_>, numbers: &[Option<Decimal>], evaluated: &Evaluated) -> Decoded {
    if evaluated.broken.is_empty() && evaluated.not_evaluated.is_empty() {
        return Decoded::default();
    }
    let system = System::new(Figures { pack, facts, numbers, others: None }, evaluated);
    let unread = Unread::new(&system);
    let touching = Touching::new(&unread.rows, system.figures());
    let search = Search::new(&system, &unread, &touching);
    let groups = groups::of_broken_rows(search.rows(), &unread.is_own);
    if groups.is_empty() {
        return Decoded { causes: Vec::new(), settled: settled(&system, &unread, &search, &[], &[]) };
    }
    let evidence = Evidence::new(pack, facts, numbers, evaluated);
    let decoder = Decoder { pack, facts, numbers, system: &system, unread: &unread, touching: &touching, evidence };
    decoder.run(groups, search)
}

/// Unread figures and what they are, once the changes that are certain are made; `mended` are the rows these mend.
fn settled(
    system: &System<'_>,
    unread: &Unread,
    search: &Search<'_>,
    certain: &[Change],
    mended: &[u32],
) -> Vec<(usize, Decimal)> {
    let rows = search.rows().iter().enumerate();
    let is_left = |(row, own): &(usize, &Row)| !own.holds() && !mended.contains(&(*row as u32));
    let broken: Vec<usize> = rows.filter(is_left).map(|(row, _)| row).collect();
    let settled = unread.settle(system, certain, &broken).into_iter();
    settled.filter_map(|(figure, value)| Some((figure as usize, system.number(figure, value)?))).collect()
}
