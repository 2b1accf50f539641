//! Merged cells in the rows that they reach down into. A printed row may take two rows of the grid, and the names of columns
//! may be merged into the rows of figures below them; neither makes another row of the form.

use super::field::{Field, Labels};
use super::vocabulary::TableLabel;
use crate::document::Row;

/// The rows of a table so far.
#[derive(Debug, Default)]
pub(super) struct Reaching {
    /// Whether there are figures in each of them.
    have_figures: Vec<bool>,
}

/// What a row is, beside the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// A row of its own.
    Apart,
    /// It holds nothing but what is in the row above, too.
    Within,
    /// It holds all that is in the row above, and figures that are not.
    Around,
}

impl Reaching {
    /// What the next row is, whose fields these are; `above` are those of the row above. Blanks the names of columns that
    /// reach down into a row of figures.
    pub fn next(
        &mut self,
        row: Row<'_, '_>,
        above: &[Field<'_>],
        own: &mut [Field<'_>],
        labels: &Labels<'_>,
    ) -> Beside {
        self.blank_headers(row, own, labels);
        let is_figure = own.iter().any(Field::is_figure);
        self.have_figures.resize(row.index as usize, false);
        self.have_figures.push(is_figure);
        if !is_figure {
            return Beside::Apart;
        }
        let begins = row.cells().map(|cell| cell.rows.start == row.index);
        if !own.iter().zip(begins).any(|(field, begins)| begins && !field.is_blank()) {
            return Beside::Within;
        }
        // Both are in the order of the columns.
        let mut rest = own.iter().filter(|field| !field.is_blank());
        let mut is_here = |above: &Field<'_>| rest.any(|own| std::ptr::eq(own.passage, above.passage));
        let mut filled = above.iter().filter(|field| !field.is_blank()).peekable();
        let is_around = filled.peek().is_some() && filled.all(|field| !field.is_figure() && is_here(field));
        if is_around { Beside::Around } else { Beside::Apart }
    }

    fn blank_headers(&self, row: Row<'_, '_>, own: &mut [Field<'_>], labels: &Labels<'_>) {
        let is_of_header = |start: u32| self.have_figures.get(start as usize) == Some(&false);
        let starts = || row.cells().map(|cell| cell.rows.start);
        let reaching = own.iter().zip(starts()).filter(|(_, start)| *start < row.index && is_of_header(*start));
        let headers = reaching.filter(|(field, _)| labels.table_label(field) == Some(TableLabel::Header));
        let Some(lowest) = headers.map(|(_, start)| start).max() else { return };
        if !own.iter().zip(starts()).any(|(field, start)| start == row.index && field.is_figure()) {
            return;
        }
        for (field, start) in own.iter_mut().zip(starts()).filter(|(_, start)| *start <= lowest) {
            if !field.is_figure() && start < row.index {
                field.blank_out();
            }
        }
    }
}
