//! How wide the columns of a table should be, and how many lines its rows take. In characters of the Latin script, of which a
//! Chinese one takes two.

use unicode_width::UnicodeWidthStr;

use crate::blank::{Grid, GridCell};

/// A column of figures is no narrower, even among many.
const NARROWEST: usize = 7;
const NARROW: usize = 9;
/// From so many columns on each is as narrow as it can be.
const MANY: usize = 12;
/// A label is wrapped beyond this.
const WIDEST: usize = 36;
/// Room for the name of a row that is still to be written.
const NAME: usize = 26;
/// A label that covers many rows is wrapped, but not sign by sign.
const SHORT: usize = 14;
/// Room beside a text.
const PADDING: usize = 2;
/// Rows of labels that are merged down may wrap their text; one that covers fewer rows is not made narrow for it.
const TALL: usize = 3;

/// The width of each column.
pub(super) fn widths(grid: &Grid) -> Vec<usize> {
    let count = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    let mut widths = vec![if count >= MANY { NARROWEST } else { NARROW }; count];
    let header = header_rows(grid);
    let mut merged = Vec::new();
    for (row, cells) in grid.iter().enumerate() {
        for (column, cell) in cells {
            let is_name = cell.text.is_empty() && !cell.is_filled_in() && *column > 0;
            let needed = if is_name { NAME } else { needed(&cell.text, cell.rows, row < header) };
            if cell.columns == 1 {
                widths[*column] = widths[*column].max(needed);
            } else {
                merged.push((*column, cell.columns, needed));
            }
        }
    }
    for (first, columns, needed) in merged {
        let own: usize = widths[first..first + columns].iter().sum();
        // The last column of labels is where long ones are.
        let last = first + columns - 1;
        widths[last] += needed.saturating_sub(own);
    }
    widths
}

/// How many rows are above the first figure or empty row.
pub(super) fn header_rows(grid: &Grid) -> usize {
    let holds = |row: &Vec<(usize, GridCell)>| row.iter().any(|(_, cell)| cell.is_filled_in());
    grid.iter().position(holds).unwrap_or(grid.len())
}

/// How wide a text wants to be in a cell that covers so many rows.
fn needed(text: &str, rows: usize, is_header: bool) -> usize {
    let width = text.width();
    let lines = if rows >= TALL || is_header { rows.max(2) } else { 1 };
    (width.div_ceil(lines).max(width.min(SHORT)) + PADDING).min(WIDEST)
}

/// How many lines a text takes in a cell of this width.
pub(super) fn lines(text: &str, width: usize) -> usize {
    let width = width.saturating_sub(1).max(2);
    text.lines().map(|line| line.width().div_ceil(width).max(1)).sum::<usize>().max(1)
}

/// How many lines each row takes.
pub(super) fn heights(grid: &Grid, widths: &[usize]) -> Vec<usize> {
    let mut heights = vec![1; grid.len()];
    let mut tall = Vec::new();
    for (row, cells) in grid.iter().enumerate() {
        for (column, cell) in cells {
            let lines = lines(&cell.text, widths[*column..column + cell.columns].iter().sum());
            if cell.rows == 1 {
                heights[row] = heights[row].max(lines);
            } else {
                tall.push((row, cell.rows, lines));
            }
        }
    }
    for (first, rows, lines) in tall {
        let own: usize = heights[first..first + rows].iter().sum();
        heights[first + rows - 1] += lines.saturating_sub(own);
    }
    heights
}
