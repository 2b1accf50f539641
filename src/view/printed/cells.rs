//! The rows of a table, whole or those around what is marked.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{Placed, PrintedCell, PrintedRow};
use super::spans;
use crate::document::{Cell, Table};
use crate::view::excerpt::is_number;
use crate::view::places::range_in;

/// Of a table that is cut, so many rows are shown at its head and around each mark, and so many in all.
const AROUND: u32 = 8;
const ROWS: usize = 2_000;

/// The rows with what points into them.
pub(super) fn rows(table: &Table<'_>, placed: &[Placed<'_>], is_cut: bool) -> Vec<PrintedRow> {
    let cells = table.cells();
    let count = table.rows().len() as u32;
    let shown: BTreeSet<u32> = match is_cut {
        false => (0..count).collect(),
        true => around(placed.iter().map(|placed| cells[placed.cell].rows.start), count),
    };
    let mut by_cell: BTreeMap<(u32, u32), Vec<&Placed<'_>>> = BTreeMap::new();
    for placed in placed {
        by_cell.entry(begin(&cells[placed.cell])).or_default().push(placed);
    }
    let mut before = None;
    let mut rows = Vec::with_capacity(shown.len());
    for row in table.rows().filter(|row| shown.contains(&row.index)) {
        let mut own = Vec::new();
        let mut next = 0;
        for cell in row.cells() {
            if next < cell.columns.start {
                own.push(absent(cell.columns.start - next));
            }
            next = next.max(cell.columns.end);
            let below = shown.range(cell.rows.clone());
            if below.clone().next() == Some(&row.index) {
                let placed = by_cell.get(&begin(cell)).map_or(&[][..], Vec::as_slice);
                own.push(printed(cell, below.count() as u32, placed, is_cut));
            }
        }
        let is_after_gap = before.replace(row.index).map_or(row.index > 0, |before| before + 1 < row.index);
        rows.push(PrintedRow { cells: own, is_after_gap });
    }
    rows
}

/// Where a cell begins, which no other cell of its table does.
fn begin(cell: &Cell<'_>) -> (u32, u32) {
    (cell.rows.start, cell.columns.start)
}

fn around(marked: impl Iterator<Item = u32>, count: u32) -> BTreeSet<u32> {
    let mut shown: BTreeSet<u32> = (0..AROUND.min(count)).collect();
    for row in marked {
        if shown.len() >= ROWS {
            break;
        }
        shown.extend(row.saturating_sub(AROUND)..(row + AROUND).min(count));
    }
    shown
}

fn printed(cell: &Cell<'_>, rows: u32, placed: &[&Placed<'_>], is_cut: bool) -> PrintedCell {
    let marks = placed.iter().map(|placed| {
        let range = range_in(&cell.passage, placed.location);
        (range, placed.pointer)
    });
    let spans = spans::of(&cell.passage.text, marks.collect());
    PrintedCell {
        text: if is_cut { spans::cut(spans) } else { spans },
        rows,
        columns: cell.columns.len() as u32,
        is_number: is_number(cell.passage.text.trim()),
        is_absent: false,
    }
}

/// What stands for columns in which a row has no cell before its last one: cells of a sheet that are blank are not in its
/// file.
fn absent(columns: u32) -> PrintedCell {
    PrintedCell { text: Vec::new(), rows: 1, columns, is_number: false, is_absent: true }
}
