//! `.xls` of Excel 5 to 2003, and `.et`: one stream of records, first what all sheets share, then sheet by sheet.

mod record;
mod sheet;
mod styles;
mod text;

use self::record::{BEGIN, CONTINUE, END, records};
use self::sheet::Shared;
use self::styles::Styles;
use self::text::Script;
use super::binary::{Bytes, Record, SharedTexts};
use super::builder::WorkbookBuilder;
use super::formula::Layout;
use super::looks::Looks;
use crate::document::{Document, Format};
use crate::limits::Limits;
use crate::read::unreadable::Unreadable;

const PASSWORD: u16 = 0x002f;
const PAGE: u16 = 0x0042;
const SHEET: u16 = 0x0085;
const FONT: u16 = 0x0031;
const NUMBER_FORMAT: u16 = 0x041e;
const STYLE: u16 = 0x00e0;
/// What later versions of Excel say of a style besides.
const STYLE_ADDED: u16 = 0x087d;
const PALETTE: u16 = 0x0092;
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

/// A sheet that is shown.
struct Listed {
    name: String,
    start: usize,
    /// And not one of charts, dialogues or macros.
    is_worksheet: bool,
}

/// Reads the stream of a workbook.
///
/// # Errors
/// When it is broken or under a password, or costs more than the limits allow.
pub fn read(stream: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let (shared, looks, sheets) = read_globals(stream, limits)?;
    let mut book = WorkbookBuilder::new(looks, limits);
    // Every byte belongs to one sheet. Where sheets are said to begin within each other, a small file would be read
    // any number of times.
    let mut left = stream.len();
    for Listed { name, start, is_worksheet } in sheets {
        if !is_worksheet {
            book.pass_over(&name)?;
            continue;
        }
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

/// What all sheets share, how cells look, and which sheets there are.
fn read_globals(stream: &[u8], limits: &Limits) -> Result<(Shared, Looks, Vec<Listed>), Unreadable> {
    let mut records = records(stream);
    let first = records.next()?;
    let (layout, mut script) = version(first)?;
    let mut texts = SharedTexts::default();
    let mut styles = Styles::default();
    let mut sheets = Vec::new();
    loop {
        let record = records.next()?;
        match record.kind {
            END => break,
            PASSWORD => return Err(Unreadable::Encrypted),
            PAGE if layout == Layout::Biff5 => script = Script::of_page(record.read(Bytes::u16)?),
            SHEET => sheets.extend(record.read(|bytes| listed(bytes, script))?),
            FONT => styles.font(record.body),
            NUMBER_FORMAT => styles.formats.extend(number_format(Bytes(record.body), layout, script)),
            STYLE => styles.style(record.body, layout),
            STYLE_ADDED => styles.add(record.body),
            PALETTE => styles.palette(record.body),
            SHARED_TEXTS => {
                let bodies = records.continued(record, CONTINUE);
                if text::shared(&bodies, &styles.fonts, |text| texts.push(text, limits))?.is_none() {
                    return Err(Unreadable::damaged("a table of texts that breaks off"));
                }
            }
            _ => {}
        }
    }
    Ok((Shared { layout, script, texts }, styles.looks(), sheets))
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

/// The code of a number format, by its number.
fn number_format(mut bytes: Bytes<'_>, layout: Layout, script: Script) -> Option<(u32, String)> {
    let number = bytes.u16()?;
    let code = if layout == Layout::Biff5 { script.short_text(bytes.0) } else { script.text(&[bytes.0]) };
    Some((number.into(), code?))
}

/// A sheet as it is listed; the inner none is for what is hidden.
fn listed(bytes: &mut Bytes<'_>, script: Script) -> Option<Option<Listed>> {
    const HIDDEN: u8 = 0b11;
    const WORKSHEET: u8 = 0;
    let (start, state, kind) = (bytes.u32()?, bytes.u8()?, bytes.u8()?);
    let name = script.short_text(bytes.0)?.replace('\0', "");
    let listed = Listed { name, start: start as usize, is_worksheet: kind == WORKSHEET };
    Some((state & HIDDEN == 0).then_some(listed))
}
