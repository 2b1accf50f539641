//! A report as tools hand it on: its lines and tables, disturbed as converters disturb them, in every format.

mod written;

use gouji::internal::blank::{Blank, Grid};

use super::Rng;
use super::workbook::Kind;

/// What a tool does to a report that leaves every figure in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disturbance {
    /// The text of a merged cell in every cell that it covered, those of titles across the whole sheet included.
    FilledMerges,
    /// A first row that counts the columns.
    NumberedColumns,
    /// A first column that counts the rows.
    NumberedRows,
    /// A first row A B C.
    LetteredColumns,
    /// What a tool writes into a blank cell.
    Fillers,
    /// Marks of notes behind figures.
    Notes,
    /// Blank rows between the rows.
    BlankRows,
    /// Labels broken over two lines inside their cell.
    BrokenLabels,
    /// The header once more in the middle of a long table.
    RepeatedHeaders,
    /// The same, with two columns in each other's place from there on.
    SwappedColumns,
    /// An old number or word, struck out, beside the new one.
    Struck,
    /// Raised marks of notes behind figures.
    Raised,
    /// Text within cells that is not shown.
    HiddenText,
    /// Rows with other figures that are not shown.
    HiddenRows,
    /// Text in cells that a merged one covers.
    Covered,
}

pub const DISTURBANCES: [Disturbance; 15] = [
    Disturbance::FilledMerges,
    Disturbance::NumberedColumns,
    Disturbance::NumberedRows,
    Disturbance::LetteredColumns,
    Disturbance::Fillers,
    Disturbance::Notes,
    Disturbance::BlankRows,
    Disturbance::BrokenLabels,
    Disturbance::RepeatedHeaders,
    Disturbance::SwappedColumns,
    Disturbance::Struck,
    Disturbance::Raised,
    Disturbance::HiddenText,
    Disturbance::HiddenRows,
    Disturbance::Covered,
];

/// How the disturbed report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    Pipes,
    PipesWithoutDelimiter,
    /// The whole report as one table, as converters of workbooks write it.
    OnePipeTable,
    Page,
    Tabs,
    Csv,
    Workbook(Kind),
    Document,
    OpenDocument,
}

pub const WRITERS: [Writer; 12] = [
    Writer::Pipes,
    Writer::PipesWithoutDelimiter,
    Writer::OnePipeTable,
    Writer::Page,
    Writer::Tabs,
    Writer::Csv,
    Writer::Workbook(Kind::Xlsx),
    Writer::Workbook(Kind::Xls),
    Writer::Workbook(Kind::Xlsb),
    Writer::Workbook(Kind::Ods),
    Writer::Document,
    Writer::OpenDocument,
];

impl Writer {
    /// Whether such a file can hold it.
    fn can(self, disturbance: Disturbance) -> bool {
        let is_workbook = matches!(self, Self::Workbook(_));
        let is_styled = matches!(self, Self::Page | Self::Document | Self::OpenDocument);
        match disturbance {
            Disturbance::Struck | Disturbance::Raised => !matches!(self, Self::Tabs | Self::Csv),
            Disturbance::HiddenText => is_styled,
            Disturbance::HiddenRows => is_styled || is_workbook,
            Disturbance::Covered => is_workbook || self == Self::OpenDocument,
            _ => true,
        }
    }
}

/// A cell of a row: its text, where a line ends within it as `\n`.
#[derive(Debug, Clone, Default)]
struct Cell {
    text: String,
    is_figure: bool,
    /// What is struck out before it.
    struck: String,
    /// What is raised behind it.
    raised: String,
    /// What is behind it and not shown.
    hidden: String,
    /// Its row is not shown.
    is_hidden: bool,
    /// How many cells behind it it covers.
    covers: usize,
    is_covered: bool,
}

impl Cell {
    fn new(text: String, is_figure: bool) -> Self {
        Self { text, is_figure, ..Self::default() }
    }
}

type Rows = Vec<Vec<Cell>>;

enum Piece {
    Title(String),
    Heading(String),
    Paragraph(String),
    Table(Rows),
}

/// The report without the section `left_out`, disturbed and written; with the name of such a file.
pub fn write(
    report: &Blank<'_>,
    left_out: Option<usize>,
    disturbances: &[Disturbance],
    writer: Writer,
    seed: u64,
) -> (&'static str, Vec<u8>) {
    let possible: Vec<Disturbance> = disturbances.iter().copied().filter(|of| writer.can(*of)).collect();
    let mut disturber = Disturber { rng: Rng::new(seed), disturbances: &possible };
    let mut pieces = vec![Piece::Title(report.title())];
    for (index, section) in report.pack.sections.iter().enumerate() {
        if left_out == Some(index) {
            continue;
        }
        pieces.push(Piece::Heading(report.heading(index)));
        let lines = report.texts[index].lines().filter(|line| !line.is_empty());
        pieces.extend(lines.map(|line| Piece::Paragraph(line.to_owned())));
        pieces.extend(section.tables.iter().map(|&table| Piece::Table(disturber.rows(&report.grid(table)))));
    }
    let is_sheet = matches!(writer, Writer::OnePipeTable | Writer::Csv | Writer::Workbook(_));
    if is_sheet {
        pieces = vec![Piece::Table(disturber.sheet(pieces))];
    }
    for piece in &mut pieces {
        if let Piece::Table(rows) = piece {
            disturber.count(rows);
        }
    }
    written::write(&pieces, writer)
}

struct Disturber<'d> {
    rng: Rng,
    disturbances: &'d [Disturbance],
}

impl Disturber<'_> {
    fn has(&self, disturbance: Disturbance) -> bool {
        self.disturbances.contains(&disturbance)
    }

    fn rows(&mut self, grid: &Grid) -> Rows {
        let header = grid.iter().take_while(|row| row.iter().all(|(_, cell)| cell.figure.is_none())).count();
        let mut rows = self.filled(grid);
        self.mark(&mut rows);
        self.edit(&mut rows);
        if self.has(Disturbance::RepeatedHeaders) && rows.len() > 10 {
            let repeated: Rows = rows[..header].to_vec();
            let middle = rows.len() / 2;
            rows.splice(middle..middle, repeated);
        }
        if self.has(Disturbance::SwappedColumns) && rows.len() > 20 {
            let repeated: Rows = rows[..header].to_vec();
            let middle = rows.len() / 3;
            rows.splice(middle..middle, repeated);
            let last = rows[0].len() - 1;
            let (one, other) = (last - 1 - self.rng.below(2), last - 3 - self.rng.below(2));
            rows[middle..].iter_mut().for_each(|row| row.swap(one, other));
        }
        self.hide_rows(&mut rows);
        if self.has(Disturbance::BlankRows) {
            let width = rows[0].len();
            for at in (1..rows.len()).rev() {
                if self.rng.below(4) == 0 {
                    rows.insert(at, vec![Cell::default(); width]);
                }
            }
        }
        rows
    }

    /// Every slot of the grid, with the texts of merged cells once or in all slots.
    fn filled(&mut self, grid: &Grid) -> Rows {
        let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
        let mut rows = vec![vec![Cell::default(); width]; grid.len()];
        for (at, row) in grid.iter().enumerate() {
            for (column, cell) in row {
                let fill = self.has(Disturbance::FilledMerges) && cell.figure.is_none();
                let (down, across) = if fill { (cell.rows, cell.columns) } else { (1, 1) };
                for line in &mut rows[at..at + down] {
                    line[*column..column + across].fill(Cell::new(cell.text.clone(), cell.figure.is_some()));
                }
                // Columns change places in headers, where no cell may cover others.
                let stays = !self.has(Disturbance::SwappedColumns) || row.iter().any(|(_, cell)| cell.figure.is_some());
                if !fill && cell.rows == 1 && stays {
                    self.cover(&mut rows[at][*column..column + cell.columns]);
                }
            }
        }
        rows
    }

    /// Lets the first of some cells cover the others, and one of these hold a number.
    fn cover(&mut self, cells: &mut [Cell]) {
        let [first, others @ ..] = cells else { return };
        if others.is_empty() || !self.has(Disturbance::Covered) {
            return;
        }
        first.covers = others.len();
        others.iter_mut().for_each(|cell| cell.is_covered = true);
        let covered = self.rng.below(others.len());
        others[covered].text = self.rng.below(1000).to_string();
    }

    /// Old text that is struck out, raised marks of notes, and what is not shown.
    fn edit(&mut self, rows: &mut Rows) {
        for cell in rows.iter_mut().flatten().filter(|cell| !cell.text.is_empty() && !cell.is_covered) {
            if self.has(Disturbance::Struck) && self.rng.below(12) == 0 {
                cell.struck = if cell.is_figure { self.rng.below(1000).to_string() } else { "原".to_owned() };
            }
            if cell.is_figure && self.has(Disturbance::Raised) && self.rng.below(12) == 0 {
                cell.raised = (1 + self.rng.below(20)).to_string();
            }
            if self.has(Disturbance::HiddenText) && self.rng.below(12) == 0 {
                cell.hidden = self.rng.below(1000).to_string();
            }
        }
    }

    /// Behind some rows, one more that is not shown, with other figures.
    fn hide_rows(&mut self, rows: &mut Rows) {
        if !self.has(Disturbance::HiddenRows) {
            return;
        }
        for at in (0..rows.len()).rev() {
            if self.rng.below(4) == 0 {
                let mut hidden = rows[at].clone();
                for cell in &mut hidden {
                    cell.is_hidden = true;
                    if cell.is_figure {
                        cell.text = self.rng.below(1000).to_string();
                    }
                }
                rows.insert(at + 1, hidden);
            }
        }
    }

    /// Notes behind figures, line ends within labels, counted columns and rows.
    fn mark(&mut self, rows: &mut Rows) {
        const NOTES: [&str; 4] = ["①", "[1]", "*", "（注1）"];
        for cell in rows.iter_mut().flatten() {
            if cell.is_figure && self.has(Disturbance::Notes) && self.rng.below(12) == 0 {
                let note = *self.rng.pick(&NOTES);
                cell.text.push_str(note);
            }
            if cell.is_covered {
                continue;
            }
            let middle = cell.text.char_indices().nth(cell.text.chars().count() / 2).map_or(0, |(at, _)| at);
            if !cell.is_figure && middle > 0 && self.has(Disturbance::BrokenLabels) && self.rng.below(3) == 0 {
                cell.text.insert(middle, '\n');
            }
        }
    }

    /// The whole report as the rows of a sheet.
    fn sheet(&mut self, pieces: Vec<Piece>) -> Rows {
        let tables =
            pieces.iter().filter_map(|piece| if let Piece::Table(rows) = piece { Some(rows[0].len()) } else { None });
        let width = tables.max().unwrap_or(1);
        let mut rows = Rows::new();
        for piece in pieces {
            match piece {
                Piece::Title(text) | Piece::Heading(text) | Piece::Paragraph(text) => {
                    let mut row = vec![Cell::default(); width];
                    let filled = if self.has(Disturbance::FilledMerges) { width } else { 1 };
                    row[..filled].fill(Cell::new(text, false));
                    if filled == 1 {
                        self.cover(&mut row);
                    }
                    rows.push(row);
                }
                Piece::Table(table) => rows.extend(table.into_iter().map(|mut row| {
                    row.resize(width, Cell::default());
                    row
                })),
            }
        }
        rows
    }

    /// Counted columns and rows, and fillers.
    fn count(&mut self, rows: &mut Rows) {
        const FILLERS: [&str; 5] = ["NaN", "nan", "None", "NULL", "<NA>"];
        let text = |text: String| Cell::new(text, false);
        if self.has(Disturbance::Fillers) {
            let filler = *self.rng.pick(&FILLERS);
            let blanks = rows.iter_mut().flatten().filter(|cell| cell.text.is_empty());
            blanks.for_each(|cell| cell.text = filler.to_owned());
        }
        let width = rows[0].len();
        let first = self.rng.below(2);
        if self.has(Disturbance::NumberedColumns) {
            rows.insert(0, (first..first + width).map(|number| text(number.to_string())).collect());
        } else if self.has(Disturbance::LetteredColumns) {
            rows.insert(0, (b'A'..).take(width).map(|letter| text(char::from(letter).to_string())).collect());
        }
        if self.has(Disturbance::NumberedRows) {
            for (number, row) in rows.iter_mut().enumerate() {
                row.insert(0, text((first + number).to_string()));
            }
        }
    }
}
