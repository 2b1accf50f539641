//! What documents of word processors have in common: paragraphs and tables as a reader of the printed document sees them.
//! A reader says what comes, in order; how it is counted, numbered, merged and placed is the same whatever the format.

mod body;
mod fields;
mod numbering;
mod numeral;
mod table;

pub(super) use self::body::{Body, COST, Ended};
pub(super) use self::fields::{FieldMark, Fields};
pub(super) use self::numbering::{Counters, LEVELS, Level, Levels, Numbering, advance};
pub(super) use self::table::Merge;

/// The outline has so many levels; what is at the one behind them is running text.
pub(super) const OUTLINE_LEVELS: u32 = 9;
