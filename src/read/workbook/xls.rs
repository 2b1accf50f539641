//! `.xls` of Excel 5 to 2003, and `.et`: one stream of records, first what all sheets share, then sheet by sheet.

mod record;
mod sheet;
mod text;

use self::record::{BEGIN, CONTINUE, END, records};
use self::sheet::Shared;
use self::text::Script;
use super::binary::{Bytes, Fonts, Record, SharedTexts};
use super::builder::WorkbookBuilder;
use super::formula::Layout;
use crate::document::{Document, Format};
use crate::limits::Limits;
use crate::read::unreadable::Unreadable;

const PASSWORD: u16 = 0x002f;
const PAGE: u16 = 0x0042;
const SHEET: u16 = 0x0085;
const FONT: u16 = 0x0031;
const SHARED_TEXTS: u16 = 0x00fc;

/// The version of Excel 5 to 2003; the one byte is the same for all of them.
pub const LAST_VERSION: u8 = 8;

/// Whether the bytes are such a stream by themselves, as some programs write it into a file; if so, of which Excel.
pub fn stream_version(bytes: &[u8]) -> Option<u8> {
    const LENGTHS: std::ops::RangeInclusive<u8> = 4..=16;
    match bytes {
        [0x09, version @ (0 | 2 | 4 | 8), length, 0, ..] if LENGTHS.contains(length) => Some(*version),
        _ => None,
    }
}

/// A worksheet that is shown.
struct Listed {
    name: String,
    start: usize,
}

/// Reads the stream of a workbook.
///
/// # Errors
/// When it is broken or under a password, or costs more than the limits allow.
pub fn read(stream: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let (shared, sheets) = read_globals(stream, limits)?;
    let mut book = WorkbookBuilder::new(limits);
    // Every byte belongs to one sheet. Where sheets are said to begin within each other, a small file would be read
    // any number of times.
    let mut left = stream.len();
    for Listed { name, start } in sheets {
        let Some(part) = stream.get(start..) else {
            return Err(Unreadable::damaged(format!("a sheet that begins at byte {start}")));
        };
        if !book.begin(&name) {
            continue;
        }
        let length = sheet::read(part, &shared, &mut book)?;
        let Some(rest) = left.checked_sub(length) else {
            return Err(Unreadable::damaged("sheets that lie within each other"));
        };
        left = rest;
        book.end()?;
    }
    Ok(book.finish(Format::Xls))
}

/// What all sheets share, and which there are.
fn read_globals(stream: &[u8], limits: &Limits) -> Result<(Shared, Vec<Listed>), Unreadable> {
    let mut records = records(stream);
    let first = records.next()?;
    let (layout, mut script) = version(first)?;
    let mut texts = SharedTexts::default();
    let mut fonts = Fonts::default();
    let mut sheets = Vec::new();
    loop {
        let record = records.next()?;
        match record.kind {
            END => break,
            PASSWORD => return Err(Unreadable::Encrypted),
            PAGE if layout == Layout::Biff5 => script = Script::of_page(record.read(Bytes::u16)?),
            SHEET => sheets.extend(record.read(|bytes| listed(bytes, script))?),
            FONT => fonts.push(escapement(Bytes(record.body)).unwrap_or_default()),
            SHARED_TEXTS => {
                let bodies = records.continued(record, CONTINUE);
                if text::shared(&bodies, &fonts, |text| texts.push(text, limits))?.is_none() {
                    return Err(Unreadable::damaged("a table of texts that breaks off"));
                }
            }
            _ => {}
        }
    }
    Ok((Shared { layout, script, texts }, sheets))
}

fn version(first: Record<'_>) -> Result<(Layout, Script), Unreadable> {
    const WINDOWS: u16 = 1252;
    match (first.kind, Bytes(first.body).u16()) {
        (BEGIN, Some(0x0600)) => Ok((Layout::Biff8, Script::Utf16)),
        (BEGIN, Some(0x0500)) => Ok((Layout::Biff5, Script::of_page(WINDOWS))),
        (kind, version) => {
            let what = format!("a workbook that begins with a record {kind:#06x} of version {version:#06x?}");
            Err(Unreadable::damaged(what))
        }
    }
}

/// How a font sets text: behind its height, its properties, its colour and its weight.
fn escapement(mut bytes: Bytes<'_>) -> Option<u16> {
    bytes.take(8)?;
    bytes.u16()
}

/// A sheet as it is listed; the inner none is for what is hidden or no worksheet.
fn listed(bytes: &mut Bytes<'_>, script: Script) -> Option<Option<Listed>> {
    const HIDDEN: u8 = 0b11;
    const WORKSHEET: u8 = 0;
    let (start, state, kind) = (bytes.u32()?, bytes.u8()?, bytes.u8()?);
    let name = script.short_text(bytes.0)?.replace('\0', "");
    let is_read = state & HIDDEN == 0 && kind == WORKSHEET;
    Some(is_read.then_some(Listed { name, start: start as usize }))
}
