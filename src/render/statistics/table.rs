//! Columns side by side on a terminal, where Chinese takes two places.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// A table of texts.
pub(super) struct Table {
    head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// The columns that hold numbers, which end at their right.
    numbers: Range<usize>,
}

impl Table {
    pub fn new(head: impl IntoIterator<Item = String>, numbers: Range<usize>) -> Self {
        Self { head: head.into_iter().collect(), rows: Vec::new(), numbers }
    }

    /// Columns two blanks apart, as wide as their contents.
    pub fn draw(&self) -> String {
        let width = |column: usize| {
            let cells = std::iter::once(&self.head).chain(&self.rows).filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.head.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let blanks = " ".repeat(widths[column].saturating_sub(cell.width()));
                if self.numbers.contains(&column) { blanks + cell } else { cell.clone() + &blanks }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
        };
        std::iter::once(&self.head).chain(&self.rows).map(line).collect()
    }
}
