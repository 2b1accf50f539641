//! A workbook for WPS and Excel: texts as texts, numbers as numbers. In the command, one row is in memory at a time; what
//! is behind it waits in a temporary file.

use std::fmt;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::format::{self, Output, Part, Sink};
use super::row::{Column, Field, Kind, Row};
use crate::render::{of_many_rows, properties, save};

/// Rows of a sheet, the header among them.
const ROWS: u32 = 1_048_576;
/// So much of a text fits into a cell, in UTF-16 units.
const TEXT: usize = 32_767;
/// The name by which Windows, WPS and Excel all know the font that Chinese sheets are set in.
const FONT: &str = "SimSun";
/// What Windows calls the characters of that font.
const GB2312: u8 = 134;
/// Height of a row and width of a column, in pixels.
const ROW_HEIGHT: u32 = 20;
const COLUMN_WIDTH: u32 = 64;

/// A row for each row; text that is too long is cut.
pub(super) const FORMAT: format::Format = format::Format {
    name: "xlsx",
    is_binary: true,
    part: |_, rows, _| Part::rows(rows),
    begin: |settings, into| {
        let writer = guarded(|| Writer::new(settings.columns, settings.sheet).map_err(io::Error::other))?;
        Ok(Box::new(Pending { writer, into }))
    },
};

/// A workbook and where it goes once it is complete.
struct Pending {
    writer: Writer,
    into: Sink,
}

impl Output for Pending {
    fn write(&mut self, part: Part) -> io::Result<()> {
        let rows = part.into_rows()?;
        guarded(|| self.writer.push(&rows).map_err(io::Error::other))
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let Self { writer, mut into } = *self;
        guarded(|| writer.finish(&mut into))?;
        into.flush()
    }
}

/// The library panics where its temporary file cannot be written: the disk is full.
fn guarded<T>(write: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(write)) {
        Ok(written) => written,
        Err(_) => Err(io::ErrorKind::StorageFull.into()),
    }
}

/// Collects rows into sheets; where one is full, the next begins.
pub struct Writer {
    workbook: Workbook,
    columns: Vec<Column>,
    /// What sheets are called.
    name: String,
    header: Format,
    /// Rows of the last sheet.
    filled: u32,
    sheets: usize,
    /// Rows that a sheet holds.
    most: u32,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("sheets", &self.sheets).field("filled", &self.filled).finish_non_exhaustive()
    }
}

impl Writer {
    /// A workbook with these columns, its sheets called `name`, `name 2` …
    ///
    /// # Errors
    /// When there is no temporary file to be had.
    pub fn new(columns: &[Column], name: &str) -> Result<Self, XlsxError> {
        Self::with_rows(columns, name, ROWS)
    }

    /// The same with smaller sheets.
    ///
    /// # Errors
    /// As of [`Self::new`].
    pub fn with_rows(columns: &[Column], name: &str, most: u32) -> Result<Self, XlsxError> {
        let plain = Format::new().set_font_name(FONT).set_font_charset(GB2312).set_font_size(11);
        let mut workbook = Workbook::new();
        workbook.set_default_format(&plain, ROW_HEIGHT, COLUMN_WIDTH)?;
        workbook.set_properties(&properties());
        let header = plain.set_bold().set_background_color(0x00D9_E2F3).set_align(FormatAlign::VerticalCenter);
        let (columns, name) = (columns.to_vec(), name.to_owned());
        let mut writer = Self { workbook, columns, name, header, filled: 0, sheets: 0, most };
        writer.begin_sheet()?;
        Ok(writer)
    }

    /// Writes rows below those that are there.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn push(&mut self, rows: &[Row<'_>]) -> Result<(), XlsxError> {
        for row in rows {
            if self.filled == self.most {
                self.end_sheet()?;
                self.begin_sheet()?;
            }
            let at = self.filled;
            let sheet = self.sheet()?;
            for (column, field) in (0..).zip(&row.fields) {
                write(sheet, at, column, field)?;
            }
            self.filled += 1;
        }
        Ok(())
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, into: impl Write + Send) -> io::Result<()> {
        self.end_sheet().map_err(io::Error::other)?;
        save(&mut self.workbook, into)
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, XlsxError> {
        self.workbook.worksheet_from_index(self.sheets - 1)
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let name = if self.sheets == 1 { self.name.clone() } else { format!("{} {}", self.name, self.sheets) };
        let mut sheet = of_many_rows(&mut self.workbook)?;
        sheet.set_name(name)?.set_freeze_panes(1, 1)?;
        for (at, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(at, width(column))?;
            sheet.write_string_with_format(0, at, &*column.name, &self.header)?;
        }
        self.workbook.push_worksheet(sheet);
        self.filled = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let (last_row, last_column) = (self.filled - 1, self.columns.len().saturating_sub(1));
        let last_column = u16::try_from(last_column).map_err(|_| XlsxError::RowColumnLimitError)?;
        self.sheet()?.autofilter(0, 0, last_row, last_column)?;
        Ok(())
    }
}

/// In characters.
fn width(column: &Column) -> f64 {
    match column.kind {
        Kind::Year => 8.0,
        Kind::Word => 14.0,
        Kind::Number => 12.0,
        Kind::Text => 32.0,
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, field: &Field<'_>) -> Result<(), XlsxError> {
    match field {
        Field::Nothing => {}
        Field::Text(text) => drop(sheet.write_string(row, column, fitting(text))?),
        Field::Year(year) => drop(sheet.write_number(row, column, *year)?),
        Field::Number(number) => match as_cell(*number) {
            Some(number) => drop(sheet.write_number(row, column, number)?),
            None => drop(sheet.write_string(row, column, number.to_string())?),
        },
    }
    Ok(())
}

/// The number as a workbook keeps it; none where it has more digits than that holds: it would become another number.
fn as_cell(number: Decimal) -> Option<f64> {
    const DIGITS: u32 = 15;
    let is_kept = number.mantissa().unsigned_abs() < 10_u128.pow(DIGITS);
    number.to_string().parse().ok().filter(|_| is_kept)
}

/// As much of a text as a cell holds.
fn fitting(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > TEXT
    });
    end.map_or(text, |(end, _)| &text[..end])
}
