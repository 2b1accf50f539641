//! What a reader of workbooks comes upon, sheet by sheet, and the document that comes of it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::hidden::{Hidden, Ranges};
use super::looks::{Looks, Seen, Stored};
use super::table;
use crate::document::{Area, Block, Cell, CellRef, Document, Format, Formula, Location, Passage, Unprinted};
use crate::limits::{Limit, Limits};
use crate::read::budget::Budget;
use crate::read::unreadable::Unreadable;

/// A sheet has this many rows and columns, and no file may claim more.
pub(super) const SHEET_ROWS: u32 = 1 << 20;
pub(super) const SHEET_COLUMNS: u32 = 1 << 14;

/// What a cell in the first row of a sheet says on which gouji itself has listed what it found: no part of the report,
/// whatever the sheet is called by now.
pub(crate) const RESULTS_MARK: &str = "gouji annotate: results";

/// As many as the largest table of a usual form has.
const USUAL_CELLS: usize = 256;

/// Collects the sheets of one workbook. Each is begun, filled and ended; cells come in the order of the file.
#[derive(Debug)]
pub(super) struct WorkbookBuilder<'l> {
    budget: Budget<'l>,
    names: HashSet<Arc<str>>,
    looks: Looks,
    /// Name, cells and merged areas of the sheet that was begun last, and what is hidden of it.
    sheet: Arc<str>,
    cells: Vec<Cell<'static>>,
    areas: Vec<Area>,
    hidden: Hidden,
    /// The sheet colours cells otherwise than by their styles.
    has_other_grounds: bool,
    /// The style of the last cell.
    style: u32,
    blocks: Vec<Block<'static>>,
    formulas: Vec<Formula>,
    unprinted: Unprinted,
}

impl<'l> WorkbookBuilder<'l> {
    pub(super) fn new(looks: Looks, limits: &'l Limits) -> Self {
        Self {
            budget: Budget::new(limits, Limit::InflatedBytes),
            names: HashSet::new(),
            looks,
            sheet: Arc::from(""),
            cells: Vec::new(),
            areas: Vec::new(),
            hidden: Hidden::default(),
            has_other_grounds: false,
            style: 0,
            blocks: Vec::new(),
            formulas: Vec::new(),
            unprinted: Unprinted::default(),
        }
    }

    /// Begins a sheet; false if one of that name was read before: places are given by the name, so the first one counts.
    pub(super) fn begin(&mut self, name: &str) -> bool {
        self.sheet = Arc::from(name);
        self.cells = Vec::with_capacity(USUAL_CELLS);
        self.areas.clear();
        self.hidden = Hidden::default();
        self.has_other_grounds = false;
        self.names.insert(Arc::clone(&self.sheet))
    }

    /// Passes over a sheet that is shown and no table.
    pub(super) fn pass_over(&mut self, name: &str) -> Result<(), Unreadable> {
        self.budget.take_slots(1)?;
        self.budget.take_text(name.len())?;
        self.unprinted.sheets.push(Self::start_of(Arc::from(name)));
        Ok(())
    }

    fn start_of(sheet: Arc<str>) -> Location {
        Location::Sheet { sheet, cell: CellRef { row: 0, column: 0 } }
    }

    /// Whether any style hides what is in its cells by a colour.
    pub(super) fn hides_by_colours(&self) -> bool {
        self.looks.hides_by_colours()
    }

    /// That cells of the sheet may be on other grounds than their styles say: by conditions, or by the style of a table.
    pub(super) fn has_other_grounds(&mut self) {
        self.has_other_grounds = true;
    }

    /// A cell that the sheet has a record of, blank or not, with the number of its style. Of texts that the file holds once
    /// for many cells, each copy is counted before it is made.
    pub(super) fn cell(
        &mut self,
        at: CellRef,
        style: u32,
        stored: Stored<'_>,
        is_formula: bool,
    ) -> Result<(), Unreadable> {
        let CellRef { row, column } = at;
        if row >= SHEET_ROWS || column >= SHEET_COLUMNS {
            return Err(Unreadable::damaged(format!("a cell in row {row}, column {column}")));
        }
        self.budget.take_cells(1)?;
        let uncomputed = is_formula && stored.text.is_empty();
        let place = Location::Sheet { sheet: Arc::clone(&self.sheet), cell: at };
        self.style = style;
        let text = self.seen(stored, &place);
        self.budget.take_text(text.len())?;
        let passage = Passage::whole(text.into_owned(), place);
        self.cells.push(Cell { uncomputed, ..Cell::single(passage, row, column) });
        Ok(())
    }

    /// The text that the formula in the last cell comes to, in formats that have it in a record of its own.
    pub(super) fn result(&mut self, text: String) -> Result<(), Unreadable> {
        let Some(mut cell) = self.cells.pop() else { return Ok(()) };
        cell.uncomputed = text.is_empty();
        let text = self.seen(Stored::text(text), &cell.passage.place());
        self.budget.take_text(text.len())?;
        cell.passage.text = Cow::Owned(text.into_owned());
        self.cells.push(cell);
        Ok(())
    }

    /// The text that is seen of the last cell, which is at this place.
    fn seen<'t>(&mut self, stored: Stored<'t>, place: &Location) -> Cow<'t, str> {
        match self.looks.seen(self.style, stored, self.has_other_grounds) {
            Seen::Text(text) => text,
            Seen::Struck => Cow::Borrowed(""),
            Seen::Hidden => {
                self.unprinted.hidden.add(place.clone());
                Cow::Borrowed("")
            }
        }
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

    /// Rows that are not shown: hidden by hand, in a closed group, or left out by a filter.
    pub(super) fn hide_rows(&mut self, rows: Range<u32>) -> Result<(), Unreadable> {
        Self::hide(&mut self.hidden.rows, rows, &mut self.budget)
    }

    /// Columns that are not shown.
    pub(super) fn hide_columns(&mut self, columns: Range<u32>) -> Result<(), Unreadable> {
        Self::hide(&mut self.hidden.columns, columns, &mut self.budget)
    }

    fn hide(ranges: &mut Ranges, range: Range<u32>, budget: &mut Budget<'_>) -> Result<(), Unreadable> {
        if ranges.add(range) { budget.take_slots(1) } else { Ok(()) }
    }

    /// Ends the sheet: a heading and a table, or nothing if there is nothing to be seen on it but what gouji has found.
    pub(super) fn end(&mut self) -> Result<(), Unreadable> {
        let (cells, areas) = (std::mem::take(&mut self.cells), std::mem::take(&mut self.areas));
        let is_mark = |cell: &Cell<'_>| cell.rows.start == 0 && cell.passage.text == RESULTS_MARK;
        if cells.iter().all(Cell::is_blank) || cells.iter().any(is_mark) {
            return Ok(());
        }
        let Self { hidden, sheet, unprinted, budget, .. } = self;
        hidden.rows.settle();
        hidden.columns.settle();
        let Some(table) = table::table(cells, areas, hidden, sheet, unprinted, budget)? else { return Ok(()) };
        let place = Self::start_of(Arc::clone(&self.sheet));
        self.blocks.push(Block::Heading(Passage::whole(self.sheet.to_string(), place)));
        self.blocks.push(Block::Table(table));
        Ok(())
    }

    pub(super) fn finish(self, format: Format) -> Document<'static> {
        let Self { blocks, formulas, unprinted, .. } = self;
        Document { blocks, formulas, unprinted, ..Document::blank(format, None) }
    }
}
