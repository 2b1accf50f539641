//! What each row of a table is: lines of text, headers, and the rows of figures below them.

use super::grid::{Cell, Grid};
use super::words::words;
use crate::label::{Label, Numbering};

/// A part of a table, in its order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A row that is a line of text: a title, a caption, the unit.
    Line(String),
    Block(Rows),
}

/// Header and body of a block, by rows of the grid.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub header: Vec<usize>,
    pub body: Vec<usize>,
    /// The first column of figures; 0 where the rows are side by side.
    pub labels: usize,
    pub corner: String,
}

pub(super) fn parts(grid: &Grid) -> Vec<Part> {
    let mut reader = Reader { grid, parts: Vec::new(), open: None, corner: None };
    for row in 0..grid.height() {
        reader.take(row);
    }
    reader.close();
    reader.parts
}

struct Reader<'g> {
    grid: &'g Grid,
    parts: Vec<Part>,
    open: Option<Rows>,
    /// The corner of the last block: a row that begins with it is a header.
    corner: Option<String>,
}

impl Reader<'_> {
    fn take(&mut self, row: usize) {
        if self.grid.said(row, true).is_empty() {
            // Blank cells below a header: one row of figures, and the cells above it are all its labels.
            if let Some(open) = self.open.as_mut().filter(|open| open.body.is_empty() && self.grid.has_cells(row)) {
                open.labels = 0;
                open.body.push(row);
            }
            return;
        }
        if let Some(line) = self.line(row) {
            self.close();
            self.parts.push(Part::Line(line));
        } else if self.is_header(row) {
            self.header(row);
        } else if let Some(open) = &mut self.open {
            if open.body.is_empty() && self.grid.said(row, false).iter().all(|cell| cell.is_figure()) {
                open.labels = 0;
            }
            open.body.push(row);
        }
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        // A worksheet has no cells where its one row of figures is blank.
        if open.body.is_empty() {
            open.labels = 0;
        }
        if !open.body.is_empty() || open.header.len() > 1 {
            self.parts.push(Part::Block(open));
        }
    }

    /// The text of a row that is nothing but a line of text.
    fn line(&self, row: usize) -> Option<String> {
        let [only] = self.grid.said(row, true)[..] else { return None };
        if !only.is_text() || only.row != row {
            return None;
        }
        let spans_all = only.columns == self.grid.width && self.grid.width > 1;
        let next = (row + 1..self.grid.height()).find(|next| !self.grid.said(*next, true).is_empty());
        let is_line = match &self.open {
            None => only.column == 0 || !self.is_header(row),
            Some(open) => {
                let is_figure = |cell: &&Cell| cell.column >= open.labels && cell.is_figure();
                let has_figures = |row: &usize| self.grid.said(*row, false).iter().any(is_figure);
                let mut later = (row + 1..self.grid.height()).take_while(|row| !self.is_header(*row));
                let is_note = only.column == 0
                    && !words().is_total(&only.text)
                    && open.body.iter().any(has_figures)
                    && !later.any(|row| has_figures(&row));
                let ended = open.labels == 0 && !open.body.is_empty();
                let is_before_header = !open.body.is_empty() && next.is_some_and(|next| self.is_header(next));
                spans_all || is_note || ended || is_before_header || self.is_section(only, open)
            }
        };
        is_line.then(|| only.text.clone())
    }

    /// 五、… below a block whose own rows do not count that far.
    fn is_section(&self, only: &Cell, open: &Rows) -> bool {
        let number =
            |text: &str| Label::new(text).ordinal.filter(|o| o.numbering == Numbering::Chinese).map(|o| o.value);
        let Some(own) = number(&only.text).filter(|_| only.column == 0) else { return false };
        let mut counted =
            open.body.iter().filter_map(|row| self.grid.said(*row, false).first().and_then(|c| number(&c.text)));
        counted.next_back().unwrap_or(0) + 1 != own
    }

    fn is_header(&self, row: usize) -> bool {
        let own = self.grid.said(row, false);
        let Some(first) = own.first() else { return false };
        if own.iter().any(|cell| cell.is_figure()) {
            return false;
        }
        if own.len() > 1 && self.corner.as_deref() == Some(&first.text) {
            return true;
        }
        let Some(open) = &self.open else { return own.len() > 1 || first.column > 0 };
        let covers = |column: usize| own.iter().any(|cell| (cell.column..cell.column + cell.columns).contains(&column));
        if open.body.is_empty() && first.column >= open.labels {
            return true;
        }
        let is_caption = own.len() == 1 && first.column < open.labels;
        !is_caption && (open.labels..=self.right_edge(open)).all(covers)
    }

    /// The last column that the header of a block labels.
    fn right_edge(&self, open: &Rows) -> usize {
        let cells = open.header.iter().flat_map(|row| self.grid.said(*row, false));
        cells.map(|cell| cell.column + cell.columns - 1).max().unwrap_or(0)
    }

    fn header(&mut self, row: usize) {
        if let Some(open) = self.open.as_mut().filter(|open| open.body.is_empty()) {
            open.header.push(row);
            return;
        }
        self.close();
        let own = self.grid.said(row, false);
        // Columns of numbers may come before the labels: 序号.
        let leading = own.iter().take_while(|cell| words().is_number_column(&cell.text)).count();
        let (corner, labels) = match (own.get(leading), own.get(leading + 1)) {
            (Some(corner), Some(next)) if own[0].column == 0 => (corner.text.clone(), next.column),
            (Some(only), None) if own[0].column == 0 => (only.text.clone(), only.column + only.columns),
            _ => (String::new(), own[0].column),
        };
        self.corner = Some(corner.clone()).filter(|corner| !corner.is_empty());
        self.open = Some(Rows { header: vec![row], body: Vec::new(), labels, corner });
    }
}
