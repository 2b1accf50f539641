//! The cells of a table as they are written.

use std::ops::Range;

/// More columns or rows no cell covers.
const MOST: u32 = 1000;

/// Cells row by row.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub cells: Vec<Written>,
    /// How many rows there are.
    pub rows: u32,
    /// One cell more than this is kept, which is too many.
    most: usize,
}

/// A cell: its text in the source, and how many rows and columns it says that it covers.
#[derive(Debug)]
pub(super) struct Written {
    pub range: Range<usize>,
    pub row: u32,
    pub columns: u32,
    pub rows: u32,
}

impl Cells {
    pub fn up_to(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// Begins a row, unless the last one has no cell yet.
    pub fn begin_row(&mut self) {
        if self.is_in_row() {
            self.rows += 1;
        }
    }

    /// Whether the last row has a cell.
    pub fn is_in_row(&self) -> bool {
        self.cells.last().is_some_and(|cell| cell.row + 1 == self.rows)
    }

    /// Adds a cell to the last row.
    pub fn push(&mut self, range: Range<usize>, [columns, rows]: [u32; 2]) {
        if self.cells.len() > self.most {
            return;
        }
        self.rows = self.rows.max(1);
        let [columns, rows] = [columns, rows].map(|count| count.clamp(1, MOST));
        self.cells.push(Written { range, row: self.rows - 1, columns, rows });
    }

    /// Leaves out a row at the end that has no cell.
    pub fn end(mut self) -> Self {
        self.rows = self.cells.last().map_or(0, |cell| cell.row + 1);
        self
    }
}

/// Cells without rows: a row ends where so many columns are full.
#[derive(Debug)]
pub(super) struct Flow {
    pub cells: Cells,
    columns: u32,
    /// For each column, the first row in which no cell from above is.
    free: Vec<u32>,
    at: usize,
}

impl Flow {
    pub fn of(columns: u32, most: usize) -> Self {
        let columns = columns.clamp(1, MOST);
        Self { cells: Cells::up_to(most), columns, free: vec![0; columns as usize], at: 0 }
    }

    pub fn push(&mut self, range: Range<usize>, [columns, rows]: [u32; 2]) {
        let [columns, rows] = [columns, rows].map(|count| count.clamp(1, MOST));
        let mut row = self.cells.rows.max(1) - 1;
        while self.next_free(row).is_none() {
            // Rows that are full of cells from above are passed over.
            let next = self.free.iter().copied().min().unwrap_or(0);
            (row, self.at) = (next.max(row + 1), 0);
        }
        let first = self.next_free(row).unwrap_or(0);
        self.cells.rows = row + 1;
        self.cells.push(range, [columns, rows]);
        let end = (first + columns as usize).min(self.columns as usize);
        self.free[first..end].fill(row + rows);
        self.at = end;
    }

    fn next_free(&self, row: u32) -> Option<usize> {
        (self.at..self.free.len()).find(|&column| self.free[column] <= row)
    }
}
