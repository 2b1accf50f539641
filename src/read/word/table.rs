//! Tables as they are read: cells in rows, merged as their properties say, and tables within cells.

use std::collections::HashMap;

use crate::document::{Block, Cell, CellRef, Location, Passage, TableBuilder};
use crate::read::budget::Budget;
use crate::read::layout_table::{is_figure, is_layout};
use crate::read::unreadable::Unreadable;

/// A cell claims no more columns than this; the word processors themselves allow 63.
const MOST_COLUMNS: u32 = 1000;

/// A table whose end may not have been seen.
#[derive(Debug)]
pub(in crate::read) struct OpenTable {
    /// Its number among all tables of the document.
    number: u32,
    rows: u32,
    /// The grid column in which the next cell of the row begins.
    column: u32,
    cells: Vec<CellSoFar>,
    open: Option<OpenCell>,
    row_is_dropped: bool,
    /// Rows so far that are none, but are counted by everybody who opens the document.
    dropped: u32,
    /// The last cell of the row so far, if only by reaching into it.
    last: Option<usize>,
    /// By their first column, the cells that go on in the next row if a cell there says so, and the row they reached.
    merging: HashMap<u32, (usize, u32)>,
    /// The most figures in a table within this one; none where there is no such table.
    figures_within: Option<usize>,
}

#[derive(Debug)]
struct CellSoFar {
    cell: CellRef,
    /// The number of its row among all rows, 0-based.
    counted_row: u32,
    columns_end: u32,
    rows_end: u32,
    content: Vec<Content>,
}

/// The cell that is being read.
#[derive(Debug, Default)]
struct OpenCell {
    span: Option<u32>,
    /// Rows that it covers, where it says so itself.
    rows: Option<u32>,
    vertical: Option<Merge>,
    horizontal: Option<Merge>,
    is_deleted: bool,
    content: Vec<Content>,
}

/// Whether a merged cell begins here or goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Merge {
    Restart,
    Continue,
}

/// The content of a cell.
#[derive(Debug)]
pub(in crate::read) enum Content {
    Paragraph { text: String, is_heading: bool },
    Table(Box<OpenTable>),
}

impl OpenTable {
    pub fn new(number: u32) -> Self {
        Self {
            number,
            rows: 0,
            column: 0,
            cells: Vec::new(),
            open: None,
            row_is_dropped: false,
            dropped: 0,
            last: None,
            merging: HashMap::new(),
            figures_within: None,
        }
    }

    pub fn begin_row(&mut self) {
        self.end_cell();
        self.rows += 1;
        self.column = 0;
        self.last = None;
        self.row_is_dropped = false;
    }

    /// Leaves so many columns of the row free before its first cell.
    pub fn leave_free(&mut self, columns: u32) {
        self.column = columns.min(MOST_COLUMNS);
    }

    /// Takes the row back, if it has no cell yet; its cells are none.
    pub fn drop_row(&mut self) {
        if !self.row_is_dropped && self.last.is_none() && self.open.is_none() && self.rows > 0 {
            self.row_is_dropped = true;
            self.dropped += 1;
            self.rows -= 1;
        }
    }

    pub fn row_is_dropped(&self) -> bool {
        self.row_is_dropped
    }

    pub fn begin_cell(&mut self) {
        self.end_cell();
        if self.rows == 0 {
            self.begin_row();
        }
        self.open = Some(OpenCell::default());
    }

    /// Makes the open cell so many columns wide.
    pub fn span(&mut self, columns: u32) {
        if let Some(open) = &mut self.open {
            open.span = Some(columns.clamp(1, MOST_COLUMNS));
        }
    }

    /// Makes the open cell so many rows high.
    pub fn reach(&mut self, rows: u32) {
        if let Some(open) = &mut self.open {
            open.rows = Some(rows.max(1));
        }
    }

    /// Passes over so many columns that another cell covers.
    pub fn pass(&mut self, columns: u32) {
        self.end_cell();
        self.column = self.column.saturating_add(columns.min(MOST_COLUMNS));
    }

    pub fn merge_vertically(&mut self, merge: Merge) {
        if let Some(open) = &mut self.open {
            open.vertical = Some(merge);
        }
    }

    pub fn merge_horizontally(&mut self, merge: Merge) {
        if let Some(open) = &mut self.open {
            open.horizontal = Some(merge);
        }
    }

    /// Takes the open cell back.
    pub fn delete_cell(&mut self) {
        if let Some(open) = &mut self.open {
            open.is_deleted = true;
        }
    }

    /// The place of the open cell, as [`OpenTable::finish`] gives it; none of one that is taken back.
    pub fn place(&self) -> Option<Location> {
        let row = self.rows.checked_sub(1)?;
        self.open.as_ref().filter(|open| !open.is_deleted)?;
        let cell = CellRef { row: row + self.dropped, column: self.column };
        Some(Location::TableCell { table: self.number, cell })
    }

    pub fn is_in_cell(&self) -> bool {
        self.open.is_some()
    }

    /// The content of the open cell, if there is one.
    pub fn content(&mut self) -> Option<&mut Vec<Content>> {
        self.open.as_mut().map(|open| &mut open.content)
    }

    /// Adds a table to the open cell.
    pub fn nest(&mut self, table: Self) {
        let figures = table.figures().max(table.figures_within.unwrap_or(0));
        let Some(content) = self.content() else { return };
        content.push(Content::Table(Box::new(table)));
        self.figures_within = self.figures_within.max(Some(figures));
    }

    pub fn end_cell(&mut self) {
        let Some(open) = self.open.take().filter(|open| !open.is_deleted) else { return };
        let row = self.rows - 1;
        let columns = self.column..self.column.saturating_add(open.span.unwrap_or(1));
        self.column = columns.end;
        // What a cell holds that only goes on with another is not shown.
        if open.horizontal == Some(Merge::Continue)
            && let Some(last) = self.last
        {
            let end = &mut self.cells[last].columns_end;
            *end = columns.end.max(*end);
            return;
        }
        if open.vertical == Some(Merge::Continue)
            && let Some((index, reached)) = self.merging.get_mut(&columns.start)
            && *reached == row
        {
            *reached = row + 1;
            self.cells[*index].rows_end = row + 1;
            self.last = Some(*index);
            return;
        }
        let index = self.cells.len();
        match open.vertical {
            Some(_) => self.merging.insert(columns.start, (index, row + 1)),
            None => self.merging.remove(&columns.start),
        };
        self.last = Some(index);
        let cell = CellRef { row, column: columns.start };
        let counted_row = row + self.dropped;
        self.cells.push(CellSoFar {
            cell,
            counted_row,
            columns_end: columns.end,
            rows_end: row.saturating_add(open.rows.unwrap_or(1)),
            content: open.content,
        });
    }

    /// How many cells hold a figure and nothing else.
    fn figures(&self) -> usize {
        fn look(content: &[Content], digits: &mut usize) -> bool {
            content.iter().all(|content| match content {
                Content::Paragraph { text, .. } => is_figure(text, digits),
                Content::Table(table) => table.cells.iter().all(|cell| look(&cell.content, digits)),
            })
        }
        let is_figure = |cell: &&CellSoFar| {
            let mut digits = 0;
            look(&cell.content, &mut digits) && digits > 0
        };
        self.cells.iter().filter(is_figure).count()
    }

    /// Turns the table into blocks: a table of figures into one, a table that lays out the page into the content
    /// of its cells.
    pub fn finish(mut self, blocks: &mut Vec<Block<'static>>, budget: &mut Budget<'_>) -> Result<(), Unreadable> {
        self.end_cell();
        let place = |number: u32, draft: &CellSoFar| {
            let cell = CellRef { row: draft.counted_row, column: draft.cell.column };
            Location::TableCell { table: number, cell }
        };
        if !is_layout(self.figures(), self.figures_within) {
            let cells = self.cells.into_iter().map(|draft| {
                let place = place(self.number, &draft);
                let mut text = String::new();
                flatten(draft.content, &mut text);
                let passage = Passage::whole(text, place);
                let CellRef { row, column } = draft.cell;
                Cell { passage, rows: row..draft.rows_end, columns: column..draft.columns_end, uncomputed: false }
            });
            let builder = TableBuilder::from(cells.collect::<Vec<_>>());
            if !builder.is_empty() {
                blocks.push(Block::Table(budget.finish(builder)?));
            }
            return Ok(());
        }
        for draft in self.cells {
            let place = place(self.number, &draft);
            for content in draft.content {
                match content {
                    Content::Table(table) => table.finish(blocks, budget)?,
                    Content::Paragraph { text, is_heading } => {
                        blocks.push(Block::text(Passage::whole(text, place.clone()), is_heading));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The text of a cell, its paragraphs on lines of their own, with that of the tables in it.
fn flatten(content: Vec<Content>, text: &mut String) {
    for content in content {
        match content {
            Content::Paragraph { text: own, .. } => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&own);
            }
            Content::Table(table) => table.cells.into_iter().for_each(|cell| flatten(cell.content, text)),
        }
    }
}
