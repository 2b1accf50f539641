//! An empty form and what is known of it already.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::blank::Blank;
use crate::pack::Pack;

/// How many empty rows are there for what a report adds to its form.
const EMPTY_ROWS: usize = 15;

/// An empty form. What is known of it already is in `figures` and `texts`.
#[derive(Debug, Clone)]
pub struct BlankForm {
    pub pack: Arc<Pack>,
    pub organization: String,
    pub year: u16,
    /// The text in the cell of each figure of the form; empty where it is still to come. Of what a workbook computes, it
    /// is left aside there.
    pub figures: Vec<String>,
    /// The text of each section; empty where it is still to come.
    pub texts: Vec<String>,
    /// The figures of the report of the year before, by those of this form.
    pub(super) previous: Option<Vec<Option<Decimal>>>,
    /// Of `figures`, those that come from it.
    pub(super) carried: Vec<usize>,
}

impl BlankForm {
    /// Its title, which a file of it may be called by.
    pub fn title(&self) -> String {
        self.blank().title()
    }

    /// The form as it is laid out.
    pub(super) fn blank(&self) -> Blank<'_> {
        Blank {
            pack: &self.pack,
            organization: self.organization.clone(),
            year: self.year,
            figures: self.figures.clone(),
            texts: self.texts.clone(),
            one_row: false,
            empty_rows: EMPTY_ROWS,
        }
    }
}
