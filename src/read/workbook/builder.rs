//! What a reader of workbooks comes upon, sheet by sheet, and the document that comes of it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::table;
use crate::document::{Area, Block, Cell, CellRef, Document, Format, Formula, Location, Passage};
use crate::limits::{Limit, Limits};
use crate::read::budget::Budget;
use crate::read::unreadable::Unreadable;

/// A sheet has this many rows and columns, and no file may claim more.
pub(super) const SHEET_ROWS: u32 = 1 << 20;
pub(super) const SHEET_COLUMNS: u32 = 1 << 14;

/// As many as the largest table of a usual form has.
const USUAL_CELLS: usize = 256;

/// Collects the sheets of one workbook. Each is begun, filled and ended; cells come in the order of the file.
#[derive(Debug)]
pub(super) struct WorkbookBuilder<'l> {
    budget: Budget<'l>,
    names: HashSet<Arc<str>>,
    /// Name, cells and merged areas of the sheet that was begun last.
    sheet: Arc<str>,
    cells: Vec<Cell<'static>>,
    areas: Vec<Area>,
    blocks: Vec<Block<'static>>,
    formulas: Vec<Formula>,
}

impl<'l> WorkbookBuilder<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            budget: Budget::new(limits, Limit::InflatedBytes),
            names: HashSet::new(),
            sheet: Arc::from(""),
            cells: Vec::new(),
            areas: Vec::new(),
            blocks: Vec::new(),
            formulas: Vec::new(),
        }
    }

    /// Begins a sheet; false if one of that name was read before: places are given by the name, so the first one counts.
    pub(super) fn begin(&mut self, name: &str) -> bool {
        self.sheet = Arc::from(name);
        self.cells = Vec::with_capacity(USUAL_CELLS);
        self.areas.clear();
        self.names.insert(Arc::clone(&self.sheet))
    }

    /// A cell that the sheet has a record of, blank or not. Of texts that the file holds once for many cells, each copy
    /// is counted before it is made.
    pub(super) fn cell(&mut self, at: CellRef, text: Cow<'_, str>, is_formula: bool) -> Result<(), Unreadable> {
        let CellRef { row, column } = at;
        if row >= SHEET_ROWS || column >= SHEET_COLUMNS {
            return Err(Unreadable::damaged(format!("a cell in row {row}, column {column}")));
        }
        self.budget.take_cells(1)?;
        self.budget.take_text(text.len())?;
        let uncomputed = is_formula && text.is_empty();
        let place = Location::Sheet { sheet: Arc::clone(&self.sheet), cell: at };
        let passage = Passage::whole(text.into_owned(), place);
        self.cells.push(Cell { uncomputed, ..Cell::single(passage, row, column) });
        Ok(())
    }

    /// The text that the formula in the last cell comes to, in formats that have it in a record of its own.
    pub(super) fn result(&mut self, text: String) -> Result<(), Unreadable> {
        self.budget.take_text(text.len())?;
        let Some(cell) = self.cells.last_mut() else { return Ok(()) };
        cell.uncomputed = text.is_empty();
        cell.passage.text = Cow::Owned(text);
        Ok(())
    }

    /// The formula of a cell. Its text is counted by whoever made it: many cells may share one.
    pub(super) fn formula(&mut self, cell: CellRef, text: Arc<str>, written_for: CellRef) {
        self.formulas.push(Formula { sheet: Arc::clone(&self.sheet), cell, text, written_for });
    }

    /// Counts a text that is kept beside the cells.
    pub(super) fn take_text(&mut self, length: usize) -> Result<(), Unreadable> {
        self.budget.take_text(length)
    }

    /// Whether a text of that length could still be read: for one that is made larger here than it is in the file.
    pub(super) fn has_room_for(&self, length: usize) -> Result<(), Unreadable> {
        self.budget.has_room_for(length)
    }

    /// A merged area, given by two opposite corners, whichever.
    pub(super) fn merge(&mut self, one: CellRef, other: CellRef) -> Result<(), Unreadable> {
        self.budget.take_slots(1)?;
        self.areas.push(Area {
            first: CellRef { row: one.row.min(other.row), column: one.column.min(other.column) },
            last: CellRef {
                row: one.row.max(other.row).min(SHEET_ROWS - 1),
                column: one.column.max(other.column).min(SHEET_COLUMNS - 1),
            },
        });
        Ok(())
    }

    /// Nothing on the sheet so far but blanks.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }

    /// Ends the sheet: a heading and a table, or nothing if there is nothing on it.
    pub(super) fn end(&mut self) -> Result<(), Unreadable> {
        if self.is_blank() {
            return Ok(());
        }
        let (cells, areas) = (std::mem::take(&mut self.cells), std::mem::take(&mut self.areas));
        let table = table::table(cells, areas, &self.sheet, &mut self.budget)?;
        let place = Location::Sheet { sheet: Arc::clone(&self.sheet), cell: CellRef { row: 0, column: 0 } };
        self.blocks.push(Block::Heading(Passage::whole(self.sheet.to_string(), place)));
        self.blocks.push(Block::Table(table));
        Ok(())
    }

    pub(super) fn finish(self, format: Format) -> Document<'static> {
        Document { blocks: self.blocks, formulas: self.formulas, ..Document::blank(format, None) }
    }
}
