//! An empty form, right from the start: the sections and tables of a pack, filled with 0 or with given figures.
//!
//! [`grid`] lays a table out as the form prints it, merged cells and all; writers of formats build on it.

use std::fmt::Write;

use crate::pack::{Block, Pack, Table, ValueKind};

/// What a blank form is filled with.
#[derive(Debug, Clone)]
pub struct Blank<'p> {
    pub pack: &'p Pack,
    pub organization: String,
    pub year: u16,
    /// The text of each figure's cell.
    pub figures: Vec<String>,
    /// The text of each section.
    pub texts: Vec<String>,
    /// Print groups that may be one row as one row.
    pub one_row: bool,
    /// How many empty rows to print where a report adds rows of its own.
    pub empty_rows: usize,
}

/// A cell of a laid-out table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    pub text: String,
    /// How many rows and columns it covers.
    pub rows: usize,
    pub columns: usize,
    /// The figure it holds.
    pub figure: Option<usize>,
    /// Where it is for a figure of a row that a report adds: the column of the form.
    pub column: Option<usize>,
}

impl GridCell {
    /// Whether something is to be filled in.
    pub fn is_filled_in(&self) -> bool {
        self.figure.is_some() || self.column.is_some()
    }
}

/// A laid-out table: for each row its cells, each with the column at which it begins.
pub type Grid = Vec<Vec<(usize, GridCell)>>;

impl<'p> Blank<'p> {
    /// Every figure 0, every section with its specimen text.
    pub fn new(pack: &'p Pack, organization: &str, year: u16) -> Self {
        Self {
            pack,
            organization: organization.to_owned(),
            year,
            figures: pack.figures.iter().map(|figure| nothing(pack, figure.value)).collect(),
            texts: pack.sections.iter().map(|section| section.specimen.clone()).collect(),
            one_row: false,
            empty_rows: 0,
        }
    }

    /// The title line.
    pub fn title(&self) -> String {
        let title = &self.pack.title;
        if !title.contains('{') {
            return format!("{}{}年{title}", self.organization, self.year);
        }
        title.replace("{organization}", &self.organization).replace("{year}", &self.year.to_string())
    }

    /// The heading of a section: 一、总体情况.
    pub fn heading(&self, section: usize) -> String {
        self.pack.sections[section].heading(section)
    }

    /// The report as Markdown, merged cells written once.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", self.title());
        for (index, table) in self.pack.tables.iter().enumerate().filter(|(_, table)| table.section.is_none()) {
            write!(text, "\n{}\n\n{}", table.heading, pipe_table(&self.grid(index))).expect("strings take all");
            if !table.specimen.is_empty() {
                write!(text, "\n{}\n", table.specimen).expect("strings take all");
            }
        }
        for (index, section) in self.pack.sections.iter().enumerate() {
            write!(text, "\n## {}\n", self.heading(index)).expect("strings take all");
            if !self.texts[index].is_empty() {
                write!(text, "\n{}\n", self.texts[index]).expect("strings take all");
            }
            for &table in &section.tables {
                text.push('\n');
                text.push_str(&pipe_table(&self.grid(table)));
            }
        }
        text
    }

    /// A table as the form prints it.
    pub fn grid(&self, table: usize) -> Grid {
        let form = &self.pack.tables[table];
        let has_empty = self.empty_rows > 0
            && form.blocks.iter().any(|block| block.open.is_some() || block.has_texts_below_names());
        // An empty row has a cell for its code and one for its label.
        let label_columns = label_columns(form).max(if has_empty { 2 } else { 1 });
        let width = form.blocks.iter().map(|block| block_width(form, block, label_columns)).max().unwrap_or(0);
        let mut layout = Layout { blank: self, form, label_columns, width, grid: Vec::new() };
        for block in &form.blocks {
            if let Some(label) = &block.label {
                layout.grid.push(vec![(0, cell(label, 1, width))]);
            }
            if block.side_by_side { layout.side_by_side(block) } else { layout.stacked(block) }
        }
        layout.grid
    }
}

/// The text of a cell before anybody has filled it in.
fn nothing(pack: &Pack, kind: ValueKind) -> String {
    match kind {
        ValueKind::Text => pack.core.specimen.clone(),
        ValueKind::YesNo => pack.core.yes_no.no.first().cloned().unwrap_or_default(),
        kind if kind.is_date() => pack.core.nothing.clone(),
        _ => "0".to_owned(),
    }
}

/// How many columns the labels of the rows need.
fn label_columns(form: &Table) -> usize {
    let depth = |row: usize| {
        let path = std::iter::successors(Some(row), |&row| form.rows[row].parent).count();
        path + usize::from(form.rows[row].code.is_some())
    };
    (0..form.rows.len()).filter(|&row| form.rows[row].is_leaf).map(depth).max().unwrap_or(1)
}

fn block_width(form: &Table, block: &Block, label_columns: usize) -> usize {
    if block.side_by_side {
        leaves(form, block).len() * block.columns.len()
    } else {
        label_columns + block.columns.len()
    }
}

fn leaves(form: &Table, block: &Block) -> Vec<usize> {
    block.rows.clone().filter(|&row| form.rows[row].is_leaf).collect()
}

fn cell(text: &str, rows: usize, columns: usize) -> GridCell {
    GridCell { text: text.to_owned(), rows, columns, figure: None, column: None }
}

struct Layout<'b, 'p> {
    blank: &'b Blank<'p>,
    form: &'p Table,
    label_columns: usize,
    width: usize,
    grid: Grid,
}

impl Layout<'_, '_> {
    /// Rows below each other: corner, labels of the columns, then a row of the grid a row of the form.
    fn stacked(&mut self, block: &Block) {
        let columns: Vec<&[String]> =
            self.form.columns[block.columns.clone()].iter().map(|column| column.labels.as_slice()).collect();
        let depth = columns.iter().map(|labels| labels.len()).max().unwrap_or(1);
        let has_header = columns.iter().any(|labels| labels.iter().any(|label| !label.is_empty()));
        if has_header {
            let first = self.grid.len();
            self.grid.resize(first + depth, Vec::new());
            self.corner(block, first, depth);
            self.header(&columns, first, depth, self.label_columns);
        }
        // Names come before the rows of the form, which add them up.
        if block.named.is_some() {
            self.empty_rows(block);
        }
        for row in block.rows.clone() {
            if !self.is_printed(row) {
                continue;
            }
            let of_form = &self.form.rows[row];
            let mut cells = Vec::new();
            let path: Vec<usize> = self.ancestors(row).collect();
            for (at, &group) in path.iter().rev().enumerate() {
                let mut below = (group + 1..self.form.rows[group].end).filter(|&row| self.is_printed(row));
                if below.next() == Some(row) {
                    cells.push((at, cell(&self.form.rows[group].label, 1 + below.count(), 1)));
                }
            }
            let mut at = path.len();
            if let Some(code) = &of_form.code {
                cells.push((at, cell(code, 1, 1)));
                at += 1;
            }
            cells.push((at, cell(&of_form.label, 1, self.label_columns - at)));
            let figures = of_form.figures.expect("printed rows have figures");
            for offset in 0..block.columns.len() {
                cells.push((self.label_columns + offset, self.figure(figures + offset, block, offset)));
            }
            self.grid.push(cells);
        }
        if block.open.is_some() {
            self.empty_rows(block);
        }
    }

    /// Rows for what the report adds.
    fn empty_rows(&mut self, block: &Block) {
        let empty = self.empty_row(block);
        self.grid.extend(std::iter::repeat_n(empty, self.blank.empty_rows));
    }

    /// What is above the labels of the rows; where rows are to be added, the codes have a header of their own.
    fn corner(&mut self, block: &Block, first: usize, depth: usize) {
        let codes = block.codes.as_ref().filter(|_| block.open.is_some() && self.blank.empty_rows > 0);
        let from = if let Some(codes) = codes {
            self.grid[first].push((0, cell(codes, depth, 1)));
            1
        } else {
            0
        };
        self.grid[first].push((from, cell(&self.form.corner, depth, self.label_columns - from)));
    }

    /// A row for what a report adds: a code, a label, figures.
    fn empty_row(&self, block: &Block) -> Vec<(usize, GridCell)> {
        let mut cells = vec![(0, cell("", 1, 1))];
        if self.label_columns > 1 {
            cells.push((1, cell("", 1, self.label_columns - 1)));
        }
        for (offset, column) in block.columns.clone().enumerate() {
            let place = GridCell { column: Some(column), ..cell("", 1, self.across(block, offset)) };
            cells.push((self.label_columns + offset, place));
        }
        cells
    }

    /// Groups of columns side by side: their labels, the labels of the columns, one row of figures.
    fn side_by_side(&mut self, block: &Block) {
        let leaves = leaves(self.form, block);
        let mut labels: Vec<Vec<String>> = Vec::new();
        for &row in &leaves {
            let mut above: Vec<String> = self.ancestors(row).map(|group| self.form.rows[group].label.clone()).collect();
            above.reverse();
            above.push(self.form.rows[row].label.clone());
            for column in block.columns.clone() {
                let own = self.form.columns[column].labels.iter();
                // A group without a label is not seen.
                labels.push(above.iter().chain(own).filter(|label| !label.is_empty()).cloned().collect());
            }
        }
        let depth = labels.iter().map(Vec::len).max().unwrap_or(1);
        let paths: Vec<&[String]> = labels.iter().map(Vec::as_slice).collect();
        let first = self.grid.len();
        self.grid.resize(first + depth, Vec::new());
        self.header(&paths, first, depth, 0);
        let mut cells = Vec::new();
        for (group, &row) in leaves.iter().enumerate() {
            let figures = self.form.rows[row].figures.expect("leaves have figures");
            for offset in 0..block.columns.len() {
                cells.push((group * block.columns.len() + offset, self.figure(figures + offset, block, 0)));
            }
        }
        self.grid.push(cells);
    }

    /// Labels of columns from the outermost group down; a label that is the last of its path reaches down, one that
    /// neighbours share reaches across.
    fn header(&mut self, paths: &[&[String]], first: usize, depth: usize, from: usize) {
        for level in 0..depth {
            let mut column = 0;
            while column < paths.len() {
                let path = paths[column];
                let Some(label) = path.get(level) else {
                    column += 1;
                    continue;
                };
                let is_last = level + 1 == path.len();
                let shares = |other: &&[String]| !is_last && other.get(..=level) == path.get(..=level);
                let across = 1 + paths[column + 1..].iter().take_while(|other| shares(other)).count();
                let down = if is_last { depth - level } else { 1 };
                let mut label = cell(label, down, across);
                if from + column + across == self.label_columns + paths.len() && from > 0 {
                    label.columns += self.width - self.label_columns - paths.len();
                }
                self.grid[first + level].push((from + column, label));
                column += across;
            }
        }
    }

    fn ancestors(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.form.rows[row].parent, |&row| self.form.rows[row].parent)
    }

    /// Whether a row has a line of its own: groups only where they are one row, which replaces the rows below them.
    fn is_printed(&self, row: usize) -> bool {
        let of_form = &self.form.rows[row];
        if !self.blank.one_row {
            return of_form.is_leaf;
        }
        of_form.figures.is_some() && self.ancestors(row).all(|group| self.form.rows[group].figures.is_none())
    }

    fn figure(&self, figure: usize, block: &Block, offset: usize) -> GridCell {
        let text = self.blank.figures[figure].clone();
        GridCell { text, rows: 1, columns: self.across(block, offset), figure: Some(figure), column: None }
    }

    /// How many columns of the table a column of a block covers: the last one of a narrow block fills the table.
    fn across(&self, block: &Block, offset: usize) -> usize {
        let is_last = !block.side_by_side && offset + 1 == block.columns.len();
        if is_last { self.width - self.label_columns - offset } else { 1 }
    }
}

/// A grid as a pipe table: merged cells are written at their first row and column, blank elsewhere.
pub fn pipe_table(grid: &Grid) -> String {
    let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    let mut text = String::new();
    for (index, row) in grid.iter().enumerate() {
        let mut cells = vec![String::new(); width];
        for (column, cell) in row {
            cells[*column].clone_from(&cell.text);
        }
        writeln!(text, "| {} |", cells.join(" | ")).expect("strings take all");
        if index == 0 {
            writeln!(text, "|{}", "---|".repeat(width)).expect("strings take all");
        }
    }
    text
}
