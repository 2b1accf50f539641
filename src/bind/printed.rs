//! A table of the form as a document prints it, which the stages behind [`super::assign`] take and return.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::field::{Field, Labels};
use super::rest::{End, Rest};
use crate::document::Location;

/// The rows of a table.
#[derive(Debug)]
pub(super) struct Printed<'o, 'd> {
    /// Its index in the form.
    pub index: usize,
    /// The folded texts of the fields.
    pub labels: &'o Labels<'d>,
    pub fields: Vec<Field<'d>>,
    /// The rows from top to bottom, each by its fields.
    pub rows: Vec<Range<usize>>,
    /// Rows of it that the document prints once more elsewhere.
    pub again: Vec<Range<usize>>,
    /// For the last field of a row, what is below and may be the rest of its figures.
    pub below: BTreeMap<End, Rest<'d>>,
    /// Where there are rows of such a table that are another's.
    pub of_others: Option<Location>,
    /// The texts between its rows, without blanks: labels that a table lost on its way may be there.
    pub loose: String,
    /// Its groups are printed in parts, in the form's order by their names.
    pub is_in_order: bool,
    /// Its groups are printed in parts, and it is unclear which is which.
    pub is_unclear: bool,
    /// The lines of the outline from its first one to the first one with figures; none where there are no figures.
    pub header: Option<Range<usize>>,
    /// The columns that nothing names.
    pub nameless: Nameless,
    /// What its amounts are to be multiplied with to be in the form's unit; none where they are.
    pub factor: Option<Decimal>,
}

/// What a table does not name, where it has figures.
#[derive(Debug, Default)]
pub(super) struct Nameless {
    pub columns: Vec<usize>,
    /// Groups of columns side by side, by their rows in the form.
    pub groups: Vec<usize>,
}

impl<'d> Printed<'_, 'd> {
    /// The folded text of a field.
    pub fn key(&self, field: usize) -> &str {
        self.labels.key(&self.fields[field])
    }

    /// The first of some fields that holds anything.
    pub fn first_filled(&self, mut fields: Range<usize>) -> Option<usize> {
        fields.find(|&field| !self.fields[field].is_blank())
    }
}
