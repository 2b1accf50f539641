//! A table of a document as a grid of labels: which cell covers a place, and what it says.

use crate::document::Table;

/// Wider tables are cut: no form is.
const MOST_COLUMNS: usize = 200;

/// A cell as far as a draft needs it.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Without line breaks and blanks at its ends.
    pub text: String,
    pub row: usize,
    pub column: usize,
    /// How many columns it covers.
    pub columns: usize,
}

impl Cell {
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// A number, or a sign for nothing.
    pub fn is_figure(&self) -> bool {
        let is_part =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '-' | '—' | '－' | '/' | '／' | '%');
        !self.text.is_empty() && self.text.chars().all(is_part)
    }

    pub fn is_text(&self) -> bool {
        !self.is_blank() && !self.is_figure()
    }
}

/// The cells of a table, and which of them covers each place.
#[derive(Debug)]
pub(super) struct Grid {
    pub cells: Vec<Cell>,
    covering: Vec<Vec<Option<usize>>>,
    pub width: usize,
}

impl Grid {
    pub fn new(table: &Table<'_>) -> Self {
        let height = table.rows().len();
        let width = table.cells().iter().map(|cell| cell.columns.end as usize).max().unwrap_or(0).min(MOST_COLUMNS);
        let mut grid = Self { cells: Vec::new(), covering: vec![vec![None; width]; height], width };
        for cell in table.cells() {
            let columns = cell.columns.start as usize..(cell.columns.end as usize).min(width);
            for row in cell.rows.start as usize..(cell.rows.end as usize).min(height) {
                for column in columns.clone() {
                    grid.covering[row][column] = Some(grid.cells.len());
                }
            }
            grid.cells.push(Cell {
                text: label(&cell.passage.text),
                row: cell.rows.start as usize,
                column: columns.start,
                columns: columns.len(),
            });
        }
        grid
    }

    pub fn height(&self) -> usize {
        self.covering.len()
    }

    /// Whether the row has cells at all, if only blank ones.
    pub fn has_cells(&self, row: usize) -> bool {
        self.covering[row].iter().any(Option::is_some)
    }

    /// The number of the cell that covers a place, if it says anything.
    pub fn said_at(&self, row: usize, column: usize) -> Option<usize> {
        (*self.covering.get(row)?.get(column)?).filter(|cell| !self.cells[*cell].is_blank())
    }

    /// The cells of a row that say anything, left to right; those from above only where they are asked for.
    pub fn said(&self, row: usize, from_above: bool) -> Vec<&Cell> {
        let mut numbers: Vec<usize> = (0..self.width).filter_map(|column| self.said_at(row, column)).collect();
        numbers.dedup();
        let cells = numbers.into_iter().map(|number| &self.cells[number]);
        cells.filter(|cell| from_above || cell.row == row).collect()
    }
}

/// The text of a label: lines put together, with a blank only beside letters and digits.
pub(super) fn label(text: &str) -> String {
    let mut label = String::new();
    for line in text.lines() {
        for (index, word) in line.split_whitespace().enumerate() {
            let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let (before, after) = (is_latin(label.chars().last()), is_latin(word.chars().next()));
            // Lines are broken anywhere between Chinese characters, and blanks inserted to fill a line.
            if !label.is_empty() && (before && after || index > 0 && (before || after)) {
                label.push(' ');
            }
            label.extend(word.chars().filter(|c| !crate::label::is_invisible(*c)));
        }
    }
    label
}
