//! One table model for every format: cells with their spans, and for each row the cells in it.

use std::ops::Range;

use super::passage::Passage;
use crate::label::is_invisible;

/// A cell: its text and the grid it covers (0-based; one row and one column unless merged).
#[derive(Debug, Clone)]
pub struct Cell<'s> {
    pub passage: Passage<'s>,
    pub rows: Range<u32>,
    pub columns: Range<u32>,
    /// A formula whose result was never stored: it has a value, but the file does not say which.
    pub uncomputed: bool,
}

impl<'s> Cell<'s> {
    /// An unmerged cell.
    pub fn single(passage: Passage<'s>, row: u32, column: u32) -> Self {
        Self { passage, rows: row..row + 1, columns: column..column + 1, uncomputed: false }
    }

    /// No text that could be seen, and no formula either.
    pub fn is_blank(&self) -> bool {
        !self.uncomputed && self.passage.text.chars().all(|c| c.is_whitespace() || is_invisible(c))
    }
}

/// A table. Rows may have different lengths, and a merged cell is in every row it covers.
#[derive(Debug)]
pub struct Table<'s> {
    cells: Vec<Cell<'s>>,
    /// The cells of each row in turn, where merged cells are in several rows; otherwise the cells are in that order.
    slots: Option<Vec<u32>>,
    /// Where each row's slots begin; one entry more than there are rows.
    rows: Vec<u32>,
}

/// One row of a table: the cells in it, left to right, merged ones from above among them.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t, 's> {
    table: &'t Table<'s>,
    pub index: u32,
}

impl<'s> Table<'s> {
    /// All cells, in the order in which they begin: row by row, left to right.
    pub fn cells(&self) -> &[Cell<'s>] {
        &self.cells
    }

    /// Whether a cell reaches over several rows.
    pub fn is_merged(&self) -> bool {
        self.slots.is_some()
    }

    /// The same table with other passages.
    pub fn map<'t>(self, mut passage: impl FnMut(Passage<'s>) -> Passage<'t>) -> Table<'t> {
        let cells = self.cells.into_iter().map(|cell| Cell {
            passage: passage(cell.passage),
            rows: cell.rows,
            columns: cell.columns,
            uncomputed: cell.uncomputed,
        });
        Table { cells: cells.collect(), slots: self.slots, rows: self.rows }
    }

    /// The rows, top to bottom.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_, 's>> {
        let count = u32::try_from(self.rows.len().saturating_sub(1)).expect("rows are bounded");
        (0..count as usize).map(move |index| Row { table: self, index: index as u32 })
    }
}

impl<'t, 's> Row<'t, 's> {
    /// The cells of the row, left to right.
    pub fn cells(self) -> impl Iterator<Item = &'t Cell<'s>> {
        let index = self.index as usize;
        let range = self.table.rows[index] as usize..self.table.rows[index + 1] as usize;
        let (plain, merged) = match &self.table.slots {
            None => (&self.table.cells[range], &[][..]),
            Some(slots) => (&[][..], &slots[range]),
        };
        plain.iter().chain(merged.iter().map(|&slot| &self.table.cells[slot as usize]))
    }
}

/// Collects cells; they come row by row, left to right.
#[derive(Debug, Default)]
pub struct TableBuilder<'s> {
    cells: Vec<Cell<'s>>,
    merged: bool,
}

impl<'s> From<Vec<Cell<'s>>> for TableBuilder<'s> {
    fn from(cells: Vec<Cell<'s>>) -> Self {
        let merged = cells.iter().any(|cell| cell.rows.len() > 1);
        Self { cells, merged }
    }
}

impl<'s> TableBuilder<'s> {
    /// Makes room for so many cells more.
    pub fn reserve(&mut self, cells: usize) {
        self.cells.reserve(cells);
    }

    #[inline]
    pub fn push(&mut self, cell: Cell<'s>) {
        self.merged |= cell.rows.len() > 1;
        self.cells.push(cell);
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// How many slots of rows its cells fill, which is what [`Self::finish`] sets memory aside for. Only merged cells
    /// fill more than one.
    pub fn slots(&self) -> usize {
        if !self.merged {
            return self.cells.len();
        }
        let row_count = self.row_count();
        self.cells.iter().map(|cell| (cell.rows.start..cell.rows.end.min(row_count)).len()).sum()
    }

    fn row_count(&self) -> u32 {
        self.cells.iter().map(|cell| cell.rows.start + 1).max().unwrap_or(0)
    }

    /// The table. Rows without a cell of their own are dropped only at the end.
    pub fn finish(self) -> Table<'s> {
        let (row_count, total) = (self.row_count(), self.slots());
        let Self { cells, merged } = self;
        if !merged {
            return Self::plain(cells, row_count);
        }
        // How many cells are in each row, then where each row's slots begin.
        let mut rows = vec![0_u32; row_count as usize + 1];
        for cell in &cells {
            let covered = cell.rows.start as usize..cell.rows.end.min(row_count) as usize;
            rows[covered].iter_mut().for_each(|count| *count += 1);
        }
        let mut start = 0;
        for row in &mut rows {
            start += std::mem::replace(row, start);
        }
        let mut next = rows.clone();
        let mut slots = vec![0_u32; total];
        for (index, cell) in cells.iter().enumerate() {
            for row in cell.rows.start..cell.rows.end.min(row_count) {
                let slot = &mut next[row as usize];
                slots[*slot as usize] = index as u32;
                *slot += 1;
            }
        }
        // Cells from above come first; their place is by column.
        for row in rows.windows(2) {
            slots[row[0] as usize..row[1] as usize].sort_by_key(|&index| cells[index as usize].columns.start);
        }
        Table { slots: Some(slots), rows, cells }
    }

    fn plain(cells: Vec<Cell<'s>>, row_count: u32) -> Table<'s> {
        let mut rows = Vec::with_capacity(row_count as usize + 1);
        for (index, cell) in cells.iter().enumerate() {
            while rows.len() <= cell.rows.start as usize {
                rows.push(index as u32);
            }
        }
        rows.push(cells.len() as u32);
        Table { slots: None, rows, cells }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &Table<'_>) -> Vec<Vec<String>> {
        table.rows().map(|row| row.cells().map(|cell| cell.passage.text.to_string()).collect()).collect()
    }

    #[test]
    fn a_merged_cell_stands_in_every_row_it_covers() {
        let mut builder = TableBuilder::default();
        let mut tall = Cell::single(Passage::slice("甲", 0), 0, 0);
        tall.rows = 0..2;
        builder.push(tall);
        builder.push(Cell::single(Passage::slice("1", 3), 0, 1));
        builder.push(Cell::single(Passage::slice("2", 4), 1, 1));
        let table = builder.finish();
        assert_eq!(texts(&table), [["甲", "1"], ["甲", "2"]]);
    }

    #[test]
    fn rows_without_cells_keep_their_place() {
        let mut builder = TableBuilder::default();
        builder.push(Cell::single(Passage::slice("a", 0), 0, 0));
        builder.push(Cell::single(Passage::slice("b", 1), 2, 0));
        let table = builder.finish();
        assert_eq!(texts(&table), [vec!["a"], vec![], vec!["b"]]);
    }

    #[test]
    fn slots_are_counted_before_they_are_filled() {
        let mut builder = TableBuilder::default();
        for column in 0..10 {
            let mut cell = Cell::single(Passage::slice("x", 0), 0, column);
            cell.rows = 0..u32::MAX;
            builder.push(cell);
        }
        builder.push(Cell::single(Passage::slice("y", 0), 999_999, 0));
        assert_eq!(builder.slots(), 10_000_001);
    }
}
