//! A sheet that is written row by row, within what a sheet may hold.

use std::borrow::Cow;
use std::io;

use rust_xlsxwriter::{Url, Workbook, Worksheet, XlsxError};

use unicode_width::UnicodeWidthStr;

use super::super::links::Links;
use super::looks::{Look, Looks};
use crate::message::{Language, Message};
use crate::view::harmless_lines;

/// A cell holds 32,767 UTF-16 units; some room is left for what is escaped.
const CELL: usize = 30_000;
/// Numbers with more digits are written as text: a cell's number keeps fifteen.
const DIGITS: usize = 15;
/// A name of a sheet has at most this many characters.
const NAME: usize = 31;
/// The signs by which the library sees that an address is encoded.
const SEEN: [&str; 11] = ["%20", "%22", "%25", "%3C", "%3E", "%5B", "%5D", "%5E", "%60", "%7B", "%7D"];
/// The height of a line in points, and of a head whose texts are long.
const LINE: f64 = 15.0;
const HEAD: f64 = 48.0;
/// Excel opens no sheet with more than 65,530 links.
const LINKS: usize = 65_000;
/// A row is at most this high.
const LINES: usize = 20;
/// Sheets of more columns are printed on several pages side by side.
const PRINTED: usize = 20;

/// The content of a cell. Texts are always texts, whatever they begin with: no formula comes out of a report.
#[derive(Debug, Clone)]
pub(super) enum Content<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    /// A path as it is shown, and the way to it.
    Link(Cow<'a, str>, String),
}

impl<'a> Content<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A number where the text is one that a cell keeps as it is.
    pub fn figure(text: &'a str) -> Self {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let is_plain = text.strip_prefix('-').unwrap_or(text).chars().all(|c| c.is_ascii_digit() || c == '.');
        let has_zeros = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
        match text.parse::<f64>() {
            Ok(number) if is_plain && digits <= DIGITS && !has_zeros => Self::Number(number),
            _ => Self::Text(text.into()),
        }
    }

    /// How many lines it takes in a column, by a guess.
    fn lines(&self, width: f64) -> usize {
        let text = match self {
            Self::Text(text) => text.as_ref(),
            Self::Link(path, _) => path,
            Self::Number(_) => return 1,
        };
        text.lines().take(LINES).map(|line| (line.width() as f64 / width).ceil().max(1.0) as usize).sum()
    }

    pub fn count(count: usize) -> Self {
        Self::Number(count as f64)
    }

    pub fn year(year: Option<u16>) -> Self {
        year.map_or(Self::Text("".into()), |year| Self::Number(f64::from(year)))
    }

    /// A link as the page has it.
    pub fn link(path: &'a str, name: Cow<'a, str>, links: &Links) -> Self {
        // What XML does not hold is no name of a file there.
        if path.contains(|c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) {
            return Self::text(name);
        }
        // The library encodes what it does not see to be encoded, by these signs alone, and takes `#` and `?` for its own.
        let address = links.address(path);
        if SEEN.iter().any(|sign| address.contains(sign)) {
            return Self::Link(name, format!("file://{address}"));
        }
        if path.contains(['?', '#']) {
            return Self::text(name);
        }
        Self::Link(name, format!("file://{}", links.plain_address(path)))
    }
}

/// A sheet whose rows wait in a temporary file.
#[cfg(feature = "cli")]
pub(crate) fn of_many_rows(book: &mut Workbook) -> Result<Worksheet, XlsxError> {
    book.new_worksheet_with_constant_memory()
}

/// A sheet whose rows are kept in memory: the library alone touches no file.
#[cfg(not(feature = "cli"))]
pub(crate) fn of_many_rows(_: &mut Workbook) -> Result<Worksheet, XlsxError> {
    Ok(Worksheet::new())
}

/// A sheet that goes on.
pub(super) struct Sheet {
    sheet: Worksheet,
    next: u32,
    limit: u32,
    /// The widths of its columns in characters.
    widths: Vec<f64>,
    links: usize,
    /// Rows that there was no room for.
    left_out: usize,
}

impl Sheet {
    /// A sheet that may become long.
    pub fn put_aside(book: &mut Workbook, limit: u32) -> io::Result<Self> {
        let sheet = of_many_rows(book).map_err(io::Error::other)?;
        Ok(Self { sheet, next: 0, limit, widths: Vec::new(), links: 0, left_out: 0 })
    }

    /// With its head: texts and the widths of columns in characters.
    /// The first `frozen` columns stay where they are.
    pub fn with_head(mut self, heads: &[(String, f64)], frozen: u16, looks: &Looks) -> io::Result<Self> {
        let is_tall = heads.iter().any(|(text, width)| text.chars().count() as f64 * 2.0 > *width);
        self.widths = heads.iter().map(|(_, width)| *width).collect();
        for (column, (_, width)) in (0..).zip(heads) {
            self.sheet.set_column_width(column, *width).map_err(io::Error::other)?;
        }
        if is_tall {
            self.sheet.set_row_height(0, HEAD).map_err(io::Error::other)?;
        }
        for (column, (text, _)) in (0..).zip(heads) {
            write(&mut self.sheet, (0, column), &Content::text(text), Look::Head, looks).map_err(io::Error::other)?;
        }
        self.sheet.set_freeze_panes(1, frozen).map_err(io::Error::other)?;
        self.sheet.set_landscape().set_repeat_rows(0, 0).map_err(io::Error::other)?;
        if heads.len() <= PRINTED {
            self.sheet.set_print_fit_to_pages(1, 0);
        }
        self.next = 1;
        Ok(self)
    }

    /// Writes a row, or counts it where there is no room.
    pub fn row(&mut self, cells: &[(Content<'_>, Look)], looks: &Looks) -> io::Result<()> {
        if self.next > self.limit {
            self.left_out += 1;
            return Ok(());
        }
        // Excel fits rows to what is wrapped in them, others leave them at the height that is set.
        let lines = cells.iter().zip(&self.widths).map(|((content, _), width)| content.lines(*width)).max();
        if let Some(lines) = lines.filter(|lines| *lines > 1) {
            let height = LINE * lines.min(LINES) as f64;
            self.sheet.set_row_height(self.next, height).map_err(io::Error::other)?;
        }
        for (column, (content, look)) in (0..).zip(cells) {
            let (content, look) = match content {
                Content::Link(path, _) if self.links >= LINKS => (Content::text(path.as_ref()), Look::Plain),
                other => (other.clone(), *look),
            };
            self.links += usize::from(matches!(content, Content::Link(..)));
            write(&mut self.sheet, (self.next, column), &content, look, looks).map_err(io::Error::other)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Counts rows that never came here.
    pub fn leave_out(&mut self, rows: usize) {
        self.left_out += rows;
    }

    /// The sheet under its name, with filters, and what was left out said at its end.
    pub fn finish(mut self, name: &str, language: Language, looks: &Looks) -> io::Result<Worksheet> {
        let last = self.next.max(2) - 1;
        let last_column = u16::try_from(self.widths.len().max(1) - 1).map_err(io::Error::other)?;
        self.sheet.autofilter(0, 0, last, last_column).map_err(io::Error::other)?;
        if self.left_out > 0 {
            let message = Message::new("workbook.left-out").with("rows", self.left_out);
            let text = Content::text(message.say(language));
            write(&mut self.sheet, (self.next, 0), &text, Look::Note, looks).map_err(io::Error::other)?;
        }
        self.sheet.set_name(name).map_err(io::Error::other)?;
        Ok(self.sheet)
    }
}

/// Writes one cell.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    content: &Content<'_>,
    look: Look,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let format = looks.format(look);
    match content {
        Content::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        Content::Text(text) if text.is_empty() => sheet.write_blank(row, column, format)?,
        Content::Text(text) => sheet.write_string_with_format(row, column, clipped(text), format)?,
        Content::Link(path, way) => {
            let url = Url::new(way.as_str()).set_text(clipped(path));
            // A way that is longer than Excel takes is shown and leads nowhere.
            if sheet.write_url_with_format(row, column, url, format).is_err() {
                sheet.write_string_with_format(row, column, clipped(path), looks.format(Look::Plain))?;
            }
            sheet
        }
    };
    Ok(())
}

/// As much of a text as a cell takes, without what would turn it round.
fn clipped(text: &str) -> String {
    let text = harmless_lines(text);
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL
    });
    match end {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}

/// A name of a sheet: `prefix`, and what of `rest` has room and is allowed there.
pub(super) fn name(prefix: &str, rest: &str) -> String {
    let allowed = rest.chars().filter(|c| !c.is_control() && !"[]:*?/\\'".contains(*c));
    prefix.chars().chain([' ']).chain(allowed).take(NAME).collect::<String>().trim_end().to_owned()
}
