//! Rows of tables: where each cell begins and ends on the page, and how it is merged with others. What covers which column
//! is seen by the edges of all rows of a table together.

use crate::read::little_endian::{number16, units};
use crate::read::word::Merge;

/// The cells of a row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Twentieths of a point; one more than there are cells.
    edges: Vec<i64>,
    cells: Vec<Merged>,
}

/// How a cell is merged.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Merged {
    pub vertically: Option<Merge>,
    pub horizontally: Option<Merge>,
}

/// No row has more cells.
const MOST_CELLS: usize = 64;

const INSERT_CELLS: u16 = 0x7621;
const DELETE_CELLS: u16 = 0x5622;
const SET_WIDTH: u16 = 0x7623;
const MERGE_CELLS: u16 = 0x5624;
const SPLIT_CELLS: u16 = 0x5625;
const MERGE_VERTICALLY: u16 = 0xd62b;

impl Row {
    /// Takes one property, if it changes a row.
    pub fn take(&mut self, kind: u16, operand: &[u8]) {
        let &[first, second, ..] = operand else { return };
        let (first, second) = (usize::from(first), usize::from(second));
        let width = number16(operand, 2).map_or(0, |width| i64::from(width.cast_signed()));
        let cells = first.min(self.cells.len())..second.min(self.cells.len());
        match kind {
            MERGE_VERTICALLY => {
                if let Some(cell) = self.cells.get_mut(first) {
                    cell.vertically = vertical(second as u16);
                }
            }
            MERGE_CELLS if cells.start < cells.end => {
                self.cells[cells.clone()].iter_mut().for_each(|cell| cell.horizontally = Some(Merge::Continue));
                self.cells[cells.start].horizontally = Some(Merge::Restart);
            }
            SPLIT_CELLS if cells.start < cells.end => {
                self.cells[cells].iter_mut().for_each(|cell| cell.horizontally = None);
            }
            SET_WIDTH if cells.start < cells.end => cells.for_each(|cell| self.widen(cell, width)),
            DELETE_CELLS if cells.start < cells.end => {
                let removed = self.edges[cells.end] - self.edges[cells.start];
                self.edges.drain(cells.start + 1..=cells.end);
                self.edges[cells.start + 1..].iter_mut().for_each(|edge| *edge -= removed);
                self.cells.drain(cells);
            }
            INSERT_CELLS => self.insert(first, second, width),
            _ => {}
        }
    }

    /// The number of cells, the edges, and of each cell how it looks and is merged; of the last ones perhaps nothing.
    pub fn defined(operand: &[u8]) -> Option<Self> {
        const CELL: usize = 20;
        let (&count, rest) = operand.split_first()?;
        let count = usize::from(count).min(MOST_CELLS);
        let (edges, looks) = rest.split_at_checked((count + 1) * 2)?;
        let edges = units(edges).map(|edge| i64::from(edge.cast_signed())).collect();
        let look = |index: usize| number16(looks, index * CELL).unwrap_or(0);
        let cells = (0..count).map(|index| {
            let look = look(index);
            let horizontally = match look & 3 {
                0 => None,
                1 => Some(Merge::Continue),
                _ => Some(Merge::Restart),
            };
            Merged { vertically: vertical(look >> 5 & 3), horizontally }
        });
        Some(Self { edges, cells: cells.collect() })
    }

    fn widen(&mut self, cell: usize, width: i64) {
        let by = width - (self.edges[cell + 1] - self.edges[cell]);
        self.edges[cell + 1..].iter_mut().for_each(|edge| *edge += by);
    }

    fn insert(&mut self, first: usize, count: usize, width: i64) {
        let count = count.min(MOST_CELLS.saturating_sub(self.cells.len()));
        let first = first.min(self.cells.len());
        for _ in 0..count {
            let start = self.edges[first];
            self.edges[first + 1..].iter_mut().for_each(|edge| *edge += width);
            self.edges.insert(first + 1, start + width);
            self.cells.insert(first, Merged::default());
        }
    }

    pub fn merged(&self, cell: usize) -> Merged {
        self.cells.get(cell).copied().unwrap_or_default()
    }

    /// Cells that the row is said to have.
    pub fn len(&self) -> usize {
        self.cells.len()
    }
}

fn vertical(merged: u16) -> Option<Merge> {
    match merged {
        0 => None,
        1 => Some(Merge::Continue),
        _ => Some(Merge::Restart),
    }
}

/// The columns of a table: between the edges of all its rows.
#[derive(Debug, Default)]
pub(super) struct Grid(Vec<i64>);

impl Grid {
    pub fn of<'r>(rows: impl Iterator<Item = &'r Row>) -> Self {
        /// Edges that are no further apart are meant to be one: a millimetre.
        const APART: i64 = 57;
        let mut edges: Vec<i64> = rows.flat_map(|row| row.edges.iter().copied()).collect();
        edges.sort_unstable();
        edges.dedup_by(|next, edge| *next - *edge <= APART);
        Self(edges)
    }

    /// The first column of each cell of a row, and that behind the last.
    pub fn columns(&self, row: &Row) -> Vec<u32> {
        let mut columns: Vec<u32> = Vec::with_capacity(row.edges.len());
        for edge in &row.edges {
            let column = self.0.partition_point(|own| own <= edge).saturating_sub(1) as u32;
            columns.push(columns.last().map_or(column, |last| column.max(last + 1)));
        }
        columns
    }
}
