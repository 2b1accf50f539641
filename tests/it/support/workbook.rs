//! Workbooks: how a report is laid out on sheets, and writers of every format for these.

pub mod biff;
pub mod compound;
pub mod ods;
pub mod xls;
pub mod xlsb;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use gouji::internal::blank::Blank;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatScript, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The formats of workbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Xlsx,
    Xls,
    /// The same bytes as `.xls`, under the name that WPS gives them.
    Et,
    Xlsb,
    Ods,
}

pub const KINDS: [Kind; 5] = [Kind::Xlsx, Kind::Xls, Kind::Et, Kind::Xlsb, Kind::Ods];

impl Kind {
    /// The name of such a file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "r.xlsx",
            Self::Xls => "r.xls",
            Self::Et => "r.et",
            Self::Xlsb => "r.xlsb",
            Self::Ods => "r.ods",
        }
    }

    pub fn write(self, sheets: &[Sheet]) -> Vec<u8> {
        match self {
            Self::Xlsx => xlsx(sheets),
            Self::Xls | Self::Et => xls::write(sheets),
            Self::Xlsb => xlsb::write(sheets),
            Self::Ods => ods::write(sheets),
        }
    }
}

/// A sheet, whatever the format.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// By row and column, in any order.
    pub cells: Vec<(u32, u16, Value)>,
    /// First row and column, last row and column.
    pub merges: Vec<(u32, u16, u32, u16)>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u16>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Formatted and nothing else.
    Blank,
    Number(f64),
    Text(String),
    /// A text, one that is struck out before it, and one that is raised behind it.
    Edited(String, String, String),
    Truth(bool),
    /// A number that the style of its cell strikes out.
    Struck(f64),
    /// A number of the colour of the sheet.
    White(f64),
    /// A number of which whole thousands are shown.
    Thousands(f64),
    /// A sum, `SUM(B3:B5)`, and what it came to.
    Sum(String, f64),
}

/// Where the parts of a text begin that has one struck out before it and one raised behind it, in units, each with one of
/// the fonts for these three.
fn fonts_within([struck, text, raised]: [&str; 3], [of_struck, plain, of_raised]: [u16; 3]) -> Vec<(u16, u16)> {
    let mut start = 0;
    let mut runs = Vec::new();
    for (part, font) in [(struck, of_struck), (text, plain), (raised, of_raised)] {
        if !part.is_empty() {
            runs.push((start, font));
        }
        start += part.encode_utf16().count() as u16;
    }
    runs
}

impl Sheet {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub fn put(&mut self, row: u32, column: u16, value: Value) {
        self.cells.push((row, column, value));
    }

    fn text(&mut self, row: u32, column: u16, text: &str) {
        self.put(row, column, Value::Text(text.to_owned()));
    }

    /// The cells row by row, left to right, as Excel has them: those that a merged area covers are formatted blanks.
    pub fn sorted(&self) -> Vec<(u32, u16, Value)> {
        let mut cells = BTreeMap::new();
        for &(first_row, first_column, last_row, last_column) in &self.merges {
            let places =
                (first_row..=last_row).flat_map(|row| (first_column..=last_column).map(move |column| (row, column)));
            cells.extend(places.map(|place| (place, Value::Blank)));
        }
        cells.extend(self.cells.iter().map(|(row, column, value)| ((*row, *column), value.clone())));
        cells.into_iter().map(|((row, column), value)| (row, column, value)).collect()
    }
}

/// How a workbook is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Everything below each other on one sheet.
    OneSheet,
    /// A cover, and each section on a sheet of its own.
    SheetEach,
    /// One sheet that starts at D7.
    Offset,
    /// Figures as text.
    FiguresAsText,
    /// Another year's report on a hidden sheet before it.
    HiddenSheet,
    /// No merged cells.
    MergesLost,
    /// The tables and nothing else: no whole report.
    TablesOnly,
}

/// Those that hold a whole report.
pub const WAYS: [Way; 6] =
    [Way::OneSheet, Way::SheetEach, Way::Offset, Way::FiguresAsText, Way::HiddenSheet, Way::MergesLost];

/// The report as the bytes of an .xlsx file.
pub fn write(report: &Blank<'_>, way: Way) -> Vec<u8> {
    write_as(Kind::Xlsx, report, way)
}

/// The report as the bytes of a workbook.
pub fn write_as(kind: Kind, report: &Blank<'_>, way: Way) -> Vec<u8> {
    kind.write(&sheets(report, way))
}

/// Reports in one workbook, their sheets numbered by report.
pub fn write_all(kind: Kind, reports: &[Blank<'_>], way: Way) -> Vec<u8> {
    let numbered = |(number, report): (usize, &Blank<'_>)| {
        let sheets = sheets(report, way).into_iter();
        sheets.map(move |sheet| Sheet { name: format!("{}{}", number + 1, sheet.name), ..sheet })
    };
    kind.write(&reports.iter().enumerate().flat_map(numbered).collect::<Vec<_>>())
}

/// The sheets of a report.
pub fn sheets(report: &Blank<'_>, way: Way) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    if way == Way::HiddenSheet {
        let mut old = report.clone();
        old.figures = vec!["7".to_owned(); old.figures.len()];
        let mut sheet = Sheet { hidden: true, ..Sheet::new("旧稿") };
        whole(&mut sheet, &old, (0, 0), Way::OneSheet);
        sheets.push(sheet);
    }
    match way {
        Way::SheetEach => {
            let mut cover = Sheet::new("封面");
            cover.text(2, 1, &report.title());
            sheets.push(cover);
            for section in 0..report.pack.sections.len() {
                let mut sheet = Sheet::new(&format!("第{}部分", section + 1));
                part(&mut sheet, report, section, &mut 0, 0, way);
                sheets.push(sheet);
            }
        }
        Way::TablesOnly => {
            for (index, table) in report.pack.tables.iter().enumerate() {
                let mut sheet = Sheet::new(&table.name);
                grid(&mut sheet, report, index, &mut 1, 1, way);
                sheets.push(sheet);
            }
        }
        _ => {
            let mut sheet = Sheet::new("年度报告");
            whole(&mut sheet, report, if way == Way::Offset { (6, 3) } else { (0, 0) }, way);
            sheets.push(sheet);
        }
    }
    sheets
}

fn whole(sheet: &mut Sheet, report: &Blank<'_>, from: (u32, u16), way: Way) {
    let (mut row, column) = from;
    sheet.text(row, column, &report.title());
    row += 2;
    for section in 0..report.pack.sections.len() {
        part(sheet, report, section, &mut row, column, way);
    }
}

fn part(sheet: &mut Sheet, report: &Blank<'_>, section: usize, row: &mut u32, column: u16, way: Way) {
    sheet.text(*row, column, &report.heading(section));
    *row += 1;
    for line in report.texts[section].lines().filter(|line| !line.is_empty()) {
        sheet.text(*row, column, line);
        *row += 1;
    }
    for &table in &report.pack.sections[section].tables {
        grid(sheet, report, table, row, column, way);
    }
    *row += 1;
}

fn grid(sheet: &mut Sheet, report: &Blank<'_>, table: usize, row: &mut u32, column: u16, way: Way) {
    let grid = report.grid(table);
    for (offset, cells) in grid.iter().enumerate() {
        for (at, cell) in cells {
            let (first_row, first_column) = (*row + offset as u32, column + *at as u16);
            if (cell.rows > 1 || cell.columns > 1) && way != Way::MergesLost {
                let last = (first_row + cell.rows as u32 - 1, first_column + cell.columns as u16 - 1);
                sheet.merges.push((first_row, first_column, last.0, last.1));
            }
            // `=SUM(B3:B5) 12` is a formula and its stored result.
            let sum = cell.text.strip_prefix('=').and_then(|formula| formula.split_once(' '));
            let number = cell.text.parse::<f64>().ok().filter(|_| cell.figure.is_some() && way != Way::FiguresAsText);
            let value = match (sum, number) {
                (Some((sum, result)), _) => Value::Sum(sum.to_owned(), result.parse().expect("a number")),
                (_, Some(number)) => Value::Number(number),
                _ => Value::Text(cell.text.to_string()),
            };
            sheet.put(first_row, first_column, value);
        }
    }
    *row += grid.len() as u32;
}

/// A format that shows whole thousands.
pub const THOUSANDS: &str = "#,##0,";

/// As Excel writes it: shared strings, merged areas whose covered cells are formatted.
fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    // Not the time of day: the same report gives the same bytes.
    let day = ExcelDateTime::from_ymd(2024, 1, 12).expect("a day");
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let plain = Format::new();
    let first_shown = sheets.iter().position(|sheet| !sheet.hidden);
    for (index, sheet) in sheets.iter().enumerate() {
        let written = workbook.add_worksheet();
        written.set_name(&sheet.name).expect("a name");
        written.set_hidden(sheet.hidden);
        if index > 0 && first_shown == Some(index) {
            written.set_active(true);
        }
        for &(first_row, first_column, last_row, last_column) in &sheet.merges {
            written.merge_range(first_row, first_column, last_row, last_column, "", &plain).expect("a merge");
        }
        for row in &sheet.hidden_rows {
            written.set_row_hidden(*row).expect("a row");
        }
        for column in &sheet.hidden_columns {
            written.set_column_hidden(*column).expect("a column");
        }
        for (row, column, value) in &sheet.cells {
            match value {
                Value::Edited(struck, text, raised) => {
                    let formats = [
                        (Format::new().set_font_strikethrough(), struck),
                        (Format::new(), text),
                        (Format::new().set_font_script(FormatScript::Superscript), raised),
                    ];
                    let parts = formats.iter().filter(|(_, text)| !text.is_empty());
                    let parts: Vec<(&Format, &str)> = parts.map(|(format, text)| (format, text.as_str())).collect();
                    written.write_rich_string(*row, *column, &parts)
                }
                // Without a format there would be no record of it.
                Value::Blank => written.write_blank(*row, *column, &Format::new().set_bold()),
                Value::Number(number) => written.write_with_format(*row, *column, *number, &plain),
                Value::Text(text) => written.write_with_format(*row, *column, text, &plain),
                Value::Struck(number) => {
                    written.write_with_format(*row, *column, *number, &Format::new().set_font_strikethrough())
                }
                Value::White(number) => {
                    let white = Format::new().set_font_color(rust_xlsxwriter::Color::White);
                    written.write_with_format(*row, *column, *number, &white)
                }
                Value::Thousands(number) => {
                    written.write_with_format(*row, *column, *number, &Format::new().set_num_format(THOUSANDS))
                }
                Value::Truth(truth) => written.write_with_format(*row, *column, *truth, &plain),
                Value::Sum(sum, result) => {
                    written.write(*row, *column, Formula::new(format!("={sum}")).set_result(result.to_string()))
                }
            }
            .expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// An archive of these parts.
pub fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // The first part of an .ods file lies as it is, so that programs find it without inflating anything.
        let method = if name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).expect("a new part");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
