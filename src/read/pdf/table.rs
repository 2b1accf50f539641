//! A table of a page before it is one of the document: rows may still be joined over the end of a page.

use std::ops::Range;

use super::super::budget::Budget;
use super::super::unreadable::Unreadable;
use super::canvas::{Glyph, Turn};
use super::matrix::Area;
use super::sheet::Sheet;
use super::text::{self, Written};
use super::typeface::CUT;
use crate::document::{Cell, Location, Table, TableBuilder};

/// A table of a page; one that goes on on the next page is a table of its own there.
#[derive(Debug)]
pub(super) struct PageTable {
    pub cells: Vec<PageCell>,
    /// Whether there is no line at its top and bottom.
    pub is_open: [bool; 2],
    /// Whether there is none for some of its cells.
    pub is_torn: [bool; 2],
    /// Where the figures of each column are, if that is all that says so.
    pub figures: Vec<Range<f64>>,
}

#[derive(Debug)]
pub(super) struct PageCell {
    pub rows: Range<u32>,
    pub columns: Range<u32>,
    pub text: Written,
    pub area: Area,
    place: Location,
}

impl PageTable {
    pub fn new(is_open: [bool; 2], is_torn: [bool; 2]) -> Self {
        Self { cells: Vec::new(), is_open, is_torn, figures: Vec::new() }
    }

    /// Adds a cell with these glyphs in it.
    pub fn add(
        &mut self,
        (rows, columns): (Range<u32>, Range<u32>),
        (area, glyphs): (Area, Vec<Glyph>),
        sheet: &Sheet,
        budget: &mut Budget<'_>,
    ) -> Result<(), Unreadable> {
        budget.take_cells(1)?;
        budget.take_slots(rows.len())?;
        let text = text_of(glyphs, sheet);
        budget.take_text(text.text().len())?;
        self.cells.push(PageCell { rows, columns, text, area, place: sheet.place(area) });
        Ok(())
    }

    /// The rows that it has.
    pub fn rows(&self) -> u32 {
        self.cells.iter().map(|cell| cell.rows.end).max().unwrap_or(0)
    }

    /// Takes a row out.
    pub fn remove(&mut self, row: u32) {
        self.cells.retain(|cell| cell.rows != (row..row + 1));
        let up = |at: u32| if at > row { at - 1 } else { at };
        self.cells.iter_mut().for_each(|cell| cell.rows = up(cell.rows.start)..up(cell.rows.end));
    }

    pub fn finish(mut self) -> Table<'static> {
        self.cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
        let cells = self.cells.into_iter().map(|cell| {
            let PageCell { rows, columns, text, place, .. } = cell;
            Cell { rows, columns, ..Cell::single(text.finish(place), 0, 0) }
        });
        TableBuilder::from(cells.collect::<Vec<_>>()).finish()
    }
}

/// The text in a cell. A label is one by its beginning, too.
fn text_of(mut glyphs: Vec<Glyph>, sheet: &Sheet) -> Written {
    glyphs.retain(|glyph| glyph.c != CUT);
    let mut written = Written::default();
    let (upright, turned): (Vec<_>, Vec<_>) = glyphs.into_iter().partition(|glyph| glyph.turn == Turn::Right);
    for line in text::lines(upright) {
        written.separate("\n");
        written.push(&line, sheet);
    }
    // A label at the side of many rows may be written up or down.
    if let Some(turn) = turned.first().map(|glyph| glyph.turn) {
        for line in text::turned_lines(turned, turn, sheet) {
            written.separate("\n");
            written.push(&line, sheet);
        }
    }
    written
}
