//! What the columns of a block hold: labels, figures, or something else.

use std::collections::BTreeSet;

use super::grid::{Cell, Grid};
use super::layout::Rows;
use super::words::words;

/// The columns of a block by what they hold.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub labels: Vec<usize>,
    pub figures: Vec<usize>,
    /// Numbers of lines, codes, units, remarks.
    aside: Vec<usize>,
    /// The column of the rows' units.
    pub units: Option<usize>,
}

impl Columns {
    pub fn new(grid: &Grid, rows: &Rows) -> Self {
        let mut columns = Self::default();
        for column in 0..grid.width {
            let header = header(grid, rows, column).map_or("", |cell| cell.text.as_str());
            let is_labels = column < rows.labels || columns.figures.is_empty() && holds_text(grid, rows, column);
            if rows.labels == 0 {
                columns.figures.push(column);
            } else if words().is_number_column(header) || holds_text(grid, rows, column) && !is_labels {
                columns.aside.push(column);
            } else if column >= rows.labels && is_labels && holds_units(grid, rows, column) {
                columns.aside.push(column);
                columns.units = Some(column);
            } else if is_labels {
                columns.labels.push(column);
            } else {
                columns.figures.push(column);
            }
            if words().is_unit_column(header) {
                columns.units = Some(column);
            }
        }
        columns
    }

    /// Headers of the columns that hold neither labels nor figures.
    pub fn ignored(&self, grid: &Grid, rows: &Rows) -> Vec<String> {
        let headers = self.aside.iter().filter_map(|column| header(grid, rows, *column));
        headers.map(|cell| cell.text.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// The lowest label above a column.
fn header<'g>(grid: &'g Grid, rows: &Rows, column: usize) -> Option<&'g Cell> {
    rows.header.iter().rev().find_map(|row| grid.said_at(*row, column)).map(|cell| &grid.cells[cell])
}

fn said<'g>(grid: &'g Grid, rows: &Rows, column: usize) -> Vec<&'g Cell> {
    rows.body.iter().filter_map(|row| grid.said_at(*row, column)).map(|cell| &grid.cells[cell]).collect()
}

/// Most rows have words there.
fn holds_text(grid: &Grid, rows: &Rows, column: usize) -> bool {
    let said = said(grid, rows, column);
    let texts = said.iter().filter(|cell| cell.is_text()).count();
    texts * 2 > said.len() && texts * 2 > rows.body.len()
}

/// A column of units says the same few short words again and again.
fn holds_units(grid: &Grid, rows: &Rows, column: usize) -> bool {
    let texts: Vec<&str> = said(grid, rows, column).iter().map(|cell| cell.text.as_str()).collect();
    texts.iter().all(|text| text.chars().count() <= 3) && texts.iter().collect::<BTreeSet<_>>().len() < texts.len()
}
