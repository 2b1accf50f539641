//! `.ods` of LibreOffice and others: one part of XML with all sheets, row by row. Cells, rows and whole runs of either may
//! be given once and said to be repeated; nothing is repeated here that is blank.

mod cell;
mod date;

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use self::cell::Run;
use self::date::Epoch;
use super::SHEET_COLUMNS;
use super::book::Book;
use crate::document::{CellRef, Document, Format};
use crate::limits::Limits;
use crate::read::Unreadable;
use crate::read::archive::Archive;
use crate::read::xml;

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "meta-inf/manifest.xml";

/// Reads an `.ods` workbook.
///
/// # Errors
/// When the file is broken or under a password, or costs more than the limits allow.
pub fn read(mut archive: Archive<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let manifest = archive.read(MANIFEST)?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(Unreadable::Encrypted);
    }
    let Some(content) = archive.read(CONTENT)? else {
        return Err(Unreadable::Damaged { detail: format!("no part named {CONTENT}") });
    };
    let content = xml::text(content)?;
    let mut content = Content { reader: xml::reader(&content), epoch: Epoch::default(), row: 0 };
    let mut book = Book::new(limits);
    content.read(&mut book)?;
    Ok(book.finish(Format::Ods))
}

/// The part with the sheets, as it is read.
struct Content<'x> {
    reader: Reader<&'x [u8]>,
    epoch: Epoch,
    /// The row that comes next on the sheet.
    row: u32,
}

impl<'x> Content<'x> {
    fn read(&mut self, book: &mut Book<'_>) -> Result<(), Unreadable> {
        // Whether a sheet is shown is a matter of its style; styles come first.
        let mut style = None;
        let mut hidden = HashSet::new();
        loop {
            match self.next()? {
                Event::Start(tag) => match tag.name().as_ref() {
                    "style:style" => style = xml::attribute(&tag, "style:name"),
                    "style:table-properties" => {
                        let is_hidden = xml::attribute(&tag, "table:display").is_some_and(|shown| shown == "false");
                        hidden.extend(style.take().filter(|_| is_hidden));
                    }
                    "table:null-date" => {
                        let first = xml::attribute(&tag, "table:date-value");
                        self.epoch = first.and_then(|first| Epoch::of(&first)).unwrap_or_default();
                    }
                    "table:table" => {
                        let is_hidden =
                            xml::attribute(&tag, "table:style-name").is_some_and(|style| hidden.contains(&style));
                        let name = xml::attribute(&tag, "table:name").unwrap_or_default();
                        if is_hidden || !book.begin(&name) {
                            self.skip(&tag)?;
                            continue;
                        }
                        self.read_sheet(book)?;
                        book.end()?;
                    }
                    // Cells that were changed or deleted, and copies of cells of other files.
                    "table:tracked-changes" | "table:dde-links" => self.skip(&tag)?,
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn read_sheet(&mut self, book: &mut Book<'_>) -> Result<(), Unreadable> {
        self.row = 0;
        loop {
            match self.next()? {
                Event::Start(tag) => match tag.name().as_ref() {
                    "table:table-row" => self.read_row(&tag, book)?,
                    // Rows may be put into groups.
                    "table:table-row-group" | "table:table-rows" | "table:table-header-rows" => {}
                    // Columns, drawings, forms.
                    _ => self.skip(&tag)?,
                },
                Event::End(tag) if tag.name().as_ref() == "table:table" => return Ok(()),
                Event::Eof => return Err(breaks_off()),
                _ => {}
            }
        }
    }

    fn read_row(&mut self, row: &BytesStart<'_>, book: &mut Book<'_>) -> Result<(), Unreadable> {
        let mut runs: Vec<Run> = Vec::new();
        let mut column = 0_u32;
        loop {
            match self.next()? {
                Event::Start(tag) => match tag.name().as_ref() {
                    "table:table-cell" | "table:covered-table-cell" => {
                        let run = self.read_cell(&tag, column, book)?;
                        column = column.saturating_add(run.count);
                        runs.extend(Some(run).filter(Run::is_recorded));
                        if runs.len() > SHEET_COLUMNS as usize {
                            return Err(Unreadable::Damaged { detail: format!("{} cells in a row", runs.len()) });
                        }
                    }
                    _ => self.skip(&tag)?,
                },
                Event::End(tag) if tag.name().as_ref() == "table:table-row" => break,
                Event::Eof => return Err(breaks_off()),
                _ => {}
            }
        }
        let first = self.row;
        let count = repeated(row, "table:number-rows-repeated");
        self.row = first.saturating_add(count);
        // A row in which nothing is to be seen is no row of a table.
        if runs.iter().all(Run::is_blank) {
            return Ok(());
        }
        (first..self.row).try_for_each(|row| runs.iter().try_for_each(|run| run.write(row, count == 1, book)))
    }

    /// The next event; none of a document type, where a file might name its own entities.
    fn next(&mut self) -> Result<Event<'x>, Unreadable> {
        self.reader.read_event().map_err(|error| xml::damaged(&error))
    }

    /// Goes on behind the end of an element.
    fn skip(&mut self, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        self.reader.read_to_end(tag.name()).map_err(|error| xml::damaged(&error))?;
        Ok(())
    }
}

/// How often something stands there, at least once.
fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    xml::attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// The cell so many rows and columns on, itself included.
fn last_of(first: CellRef, rows: u32, columns: u32) -> CellRef {
    CellRef { row: first.row.saturating_add(rows - 1), column: first.column.saturating_add(columns - 1) }
}

fn breaks_off() -> Unreadable {
    Unreadable::Damaged { detail: format!("{CONTENT} breaks off") }
}
