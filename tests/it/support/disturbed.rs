//! A report as tools hand it on: its lines and tables, disturbed as converters disturb them, in every format.

use gouji::internal::blank::{Blank, Grid};

use super::workbook::{Kind, Sheet, Value};
use super::{Rng, document};

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
}

pub const DISTURBANCES: [Disturbance; 10] = [
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
}

pub const WRITERS: [Writer; 11] = [
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
];

/// A cell of a row: its text, where a line ends within it as `\n`.
#[derive(Debug, Clone, Default)]
struct Cell {
    text: String,
    is_figure: bool,
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
    let mut disturber = Disturber { rng: Rng::new(seed), disturbances };
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
    match writer {
        Writer::Pipes | Writer::OnePipeTable => ("r.md", pipes(&pieces, true).into_bytes()),
        Writer::PipesWithoutDelimiter => ("r.md", pipes(&pieces, false).into_bytes()),
        Writer::Page => ("r.html", page(&pieces).into_bytes()),
        Writer::Tabs => ("r.txt", tabs(&pieces).into_bytes()),
        Writer::Csv => ("r.csv", csv(&pieces)),
        Writer::Workbook(kind) => (kind.name(), sheet(kind, &pieces)),
        Writer::Document => ("r.docx", docx(&pieces)),
    }
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
    fn filled(&self, grid: &Grid) -> Rows {
        let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
        let mut rows = vec![vec![Cell::default(); width]; grid.len()];
        for (at, row) in grid.iter().enumerate() {
            for (column, cell) in row {
                let fill = self.has(Disturbance::FilledMerges) && cell.figure.is_none();
                let (down, across) = if fill { (cell.rows, cell.columns) } else { (1, 1) };
                for line in &mut rows[at..at + down] {
                    line[*column..column + across]
                        .fill(Cell { text: cell.text.clone(), is_figure: cell.figure.is_some() });
                }
            }
        }
        rows
    }

    /// Notes behind figures, line ends within labels, counted columns and rows.
    fn mark(&mut self, rows: &mut Rows) {
        const NOTES: [&str; 4] = ["①", "[1]", "*", "（注1）"];
        for cell in rows.iter_mut().flatten() {
            if cell.is_figure && self.has(Disturbance::Notes) && self.rng.below(12) == 0 {
                let note = *self.rng.pick(&NOTES);
                cell.text.push_str(note);
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
                    row[..filled].fill(Cell { text, is_figure: false });
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
        let text = |text: String| Cell { text, is_figure: false };
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

fn pipes(pieces: &[Piece], delimited: bool) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(title) => text += &format!("# {title}\n\n"),
            Piece::Heading(heading) => text += &format!("## {heading}\n\n"),
            Piece::Paragraph(paragraph) => text += &format!("{paragraph}\n\n"),
            Piece::Table(rows) => {
                for (index, row) in rows.iter().enumerate() {
                    let cells: Vec<String> = row.iter().map(|cell| escaped(&cell.text).replace('\n', "<br>")).collect();
                    text += &format!("| {} |\n", cells.join(" | "));
                    if index == 0 && delimited {
                        text += &format!("|{}\n", "---|".repeat(row.len()));
                    }
                }
                text.push('\n');
            }
        }
    }
    text
}

/// A text as Markdown and HTML have it.
fn escaped(text: &str) -> String {
    text.replace('<', "&lt;").replace('*', "&#42;")
}

fn page(pieces: &[Piece]) -> String {
    let mut text = String::from("<!doctype html>\n<html><head><meta charset=\"utf-8\"></head>\n<body>\n");
    for piece in pieces {
        match piece {
            Piece::Title(title) => text += &format!("<h1>{title}</h1>\n"),
            Piece::Heading(heading) => text += &format!("<h2>{heading}</h2>\n"),
            Piece::Paragraph(paragraph) => text += &format!("<p>{paragraph}</p>\n"),
            Piece::Table(rows) => {
                text += "<table>\n";
                for row in rows {
                    let cell = |cell: &Cell| format!("<td>{}</td>", escaped(&cell.text).replace('\n', "<br>"));
                    text += &format!("<tr>{}</tr>\n", row.iter().map(cell).collect::<String>());
                }
                text += "</table>\n";
            }
        }
    }
    text + "</body></html>\n"
}

/// Lines have no lines within them: a label that is broken in its cell is written whole.
fn tabs(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(line) | Piece::Heading(line) | Piece::Paragraph(line) => text += &format!("{line}\n"),
            Piece::Table(rows) => {
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| cell.text.replace('\n', "")).collect();
                    text += &format!("{}\n", cells.join("\t"));
                }
            }
        }
    }
    text
}

fn rows_of(pieces: &[Piece]) -> &Rows {
    let [Piece::Table(rows)] = pieces else { panic!("a sheet is one table") };
    rows
}

fn csv(pieces: &[Piece]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows_of(pieces) {
        writer.write_record(row.iter().map(|cell| cell.text.as_str())).expect("in memory");
    }
    writer.into_inner().expect("in memory")
}

fn sheet(kind: Kind, pieces: &[Piece]) -> Vec<u8> {
    let mut sheet = Sheet::new("年度报告");
    for (row, cells) in rows_of(pieces).iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            let number = cell.text.parse::<f64>().ok().filter(|number| number.is_finite());
            let value = number.map_or_else(|| Value::Text(cell.text.clone()), Value::Number);
            sheet.put(row as u32, column as u16, value);
        }
    }
    kind.write(&[sheet])
}

fn docx(pieces: &[Piece]) -> Vec<u8> {
    let mut body = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(line) | Piece::Heading(line) | Piece::Paragraph(line) => body += &document::text(line),
            Piece::Table(rows) => {
                body += "<w:tbl>";
                for row in rows {
                    let cell = |cell: &Cell| {
                        let lines: String = cell.text.split('\n').map(document::text).collect();
                        format!("<w:tc>{lines}</w:tc>")
                    };
                    body += &format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
                }
                body += "</w:tbl><w:p/>";
            }
        }
    }
    document::package(&body, document::Way::Bare)
}
