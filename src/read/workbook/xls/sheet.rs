//! One sheet of an `.xls` workbook.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::record::Records;
use super::text::Script;
use super::{BEGIN, END};
use crate::document::CellRef;
use crate::read::Unreadable;
use crate::read::workbook::book::Book;
use crate::read::workbook::bytes::{Bytes, Record};
use crate::read::workbook::sum::{self, Layout};
use crate::read::workbook::{number, truth, value};

const BLANK: u16 = 0x0201;
const BLANKS: u16 = 0x00be;
const NUMBER: u16 = 0x0203;
const PACKED_NUMBER: u16 = 0x027e;
const PACKED_NUMBERS: u16 = 0x00bd;
const SHARED_TEXT: u16 = 0x00fd;
const TEXT: u16 = 0x0204;
const TEXT_IN_FONTS: u16 = 0x00d6;
const TRUTH_OR_ERROR: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
/// The text that the formula before it comes to; formulas that many cells share may stand between.
const RESULT: u16 = 0x0207;
const SHARED_FORMULA: u16 = 0x04bc;
const ARRAY_FORMULA: u16 = 0x0221;
const TABLE_FORMULA: u16 = 0x0236;
const MERGED: u16 = 0x00e5;

/// What all sheets of the workbook share.
#[derive(Debug)]
pub(super) struct Shared {
    pub layout: Layout,
    pub script: Script,
    pub texts: Vec<String>,
}

/// Reads the sheet that begins with `stream`; gives the bytes that it takes.
pub(super) fn read(stream: &[u8], shared: &Shared, book: &mut Book<'_>) -> Result<usize, Unreadable> {
    let mut sheet =
        Sheet { shared, book, formula: None, waits_for_text: false, common: HashMap::new(), uses: Vec::new() };
    let mut records = Records::new(stream);
    let first = records.next()?;
    if first.kind != BEGIN {
        return Err(Unreadable::Damaged { detail: format!("a sheet that begins with a record {:#06x}", first.kind) });
    }
    // Charts lie within the sheet and hold cells of their own.
    let mut depth = 1;
    while depth > 0 {
        let record = records.next()?;
        match record.kind {
            BEGIN => depth += 1,
            END => depth -= 1,
            _ if depth > 1 => {}
            _ => sheet.take(record, &mut records)?,
        }
    }
    sheet.write_common_formulas()?;
    Ok(stream.len() - records.left())
}

struct Sheet<'s, 'b, 'l> {
    shared: &'s Shared,
    book: &'s mut Book<'l>,
    /// The cell of the last formula, for the records that belong to it.
    formula: Option<CellRef>,
    /// The last formula comes to a text, which is still to come.
    waits_for_text: bool,
    /// The formulas that cells share, by the first of these cells; and the others, each with the first.
    common: HashMap<CellRef, &'b [u8]>,
    uses: Vec<(CellRef, CellRef)>,
}

impl<'s, 'b> Sheet<'s, 'b, '_> {
    fn take(&mut self, record: Record<'b>, records: &mut Records<'b>) -> Result<(), Unreadable> {
        let too_short = || record.too_short();
        match record.kind {
            RESULT if self.waits_for_text => {
                self.waits_for_text = false;
                let text = self.shared.script.text(&records.whole(record)).ok_or_else(too_short)?;
                self.book.result(text)?;
            }
            SHARED_FORMULA => {
                let tokens = common_formula(record).ok_or_else(too_short)?;
                self.common.extend(self.formula.map(|cell| (cell, tokens)));
            }
            ARRAY_FORMULA | TABLE_FORMULA => {}
            MERGED => self.take_areas(record)?,
            FORMULA => self.take_formula(record)?,
            PACKED_NUMBERS | BLANKS => self.take_row(record)?,
            _ => {
                let Some((at, text)) = self.cell(record)? else { return Ok(()) };
                self.waits_for_text = false;
                self.book.cell(at, text, false)?;
            }
        }
        Ok(())
    }

    /// A record that is one cell; nothing if it is none.
    fn cell(&self, record: Record<'b>) -> Result<Option<(CellRef, Cow<'s, str>)>, Unreadable> {
        const CELLS: [u16; 7] = [BLANK, NUMBER, PACKED_NUMBER, SHARED_TEXT, TEXT, TEXT_IN_FONTS, TRUTH_OR_ERROR];
        if !CELLS.contains(&record.kind) {
            return Ok(None);
        }
        let mut bytes = record.bytes();
        let Some(at) = place(&mut bytes) else { return Err(record.too_short()) };
        let text = match record.kind {
            BLANK => Some(Cow::Borrowed("")),
            NUMBER => bytes.f64().map(|number| Cow::Owned(number::shown(number))),
            PACKED_NUMBER => bytes.u32().map(packed),
            SHARED_TEXT => match bytes.u32() {
                Some(index) => Some(self.shared_text(index)?),
                None => None,
            },
            TEXT | TEXT_IN_FONTS => self.shared.script.text(&[bytes.0]).map(Cow::Owned),
            _ => bytes.u8().zip(bytes.u8()).map(|(code, is_error)| {
                Cow::Borrowed(if is_error == 0 { truth(code != 0) } else { value::error(code) })
            }),
        };
        let Some(text) = text else { return Err(record.too_short()) };
        Ok(Some((at, text)))
    }

    fn shared_text(&self, index: u32) -> Result<Cow<'s, str>, Unreadable> {
        let Shared { texts, .. } = self.shared;
        let Some(text) = texts.get(index as usize) else {
            let detail = format!("a cell with text {index} of {}", texts.len());
            return Err(Unreadable::Damaged { detail });
        };
        Ok(Cow::Borrowed(text))
    }

    /// Cells beside each other: the row, the first column, what is in each, the last column.
    fn take_row(&mut self, record: Record<'_>) -> Result<(), Unreadable> {
        self.waits_for_text = false;
        let mut bytes = record.bytes();
        let Some((row, first)) = bytes.u16().zip(bytes.u16()) else { return Err(record.too_short()) };
        let Some((cells, _last)) = bytes.0.split_last_chunk::<2>() else { return Err(record.too_short()) };
        let size = if record.kind == BLANKS { 2 } else { 6 };
        for (column, cell) in (u32::from(first)..).zip(cells.chunks_exact(size)) {
            let text = cell.split_at(2).1.first_chunk().map(|packed_number| packed(u32::from_le_bytes(*packed_number)));
            self.book.cell(CellRef { row: row.into(), column }, text.unwrap_or_default(), false)?;
        }
        Ok(())
    }

    fn take_formula(&mut self, record: Record<'b>) -> Result<(), Unreadable> {
        let Some((at, result, tokens)) = formula(record) else { return Err(record.too_short()) };
        self.formula = Some(at);
        self.waits_for_text = false;
        // Anything but a number has no number's last two bytes.
        let text = match result {
            [0, .., 0xff, 0xff] => {
                self.waits_for_text = true;
                Cow::Borrowed("")
            }
            [1, _, is_true, .., 0xff, 0xff] => Cow::Borrowed(truth(is_true != 0)),
            [2, _, code, .., 0xff, 0xff] => Cow::Borrowed(value::error(code)),
            [.., 0xff, 0xff] => Cow::Borrowed(""),
            _ => Cow::Owned(number::shown(f64::from_le_bytes(result))),
        };
        self.book.cell(at, text, true)?;
        match tokens {
            // Stands in for the formula of another cell.
            [0x01, place @ ..] => {
                let first = self.first_of(place);
                self.uses.extend(first.map(|first| (at, first)));
                Ok(())
            }
            _ => self.write_formula(tokens, at),
        }
    }

    /// The cell whose formula is meant.
    fn first_of(&self, place: &[u8]) -> Option<CellRef> {
        let mut bytes = Bytes(place);
        let (row, column) = bytes.u16().zip(bytes.u16())?;
        Some(CellRef { row: row.into(), column: column.into() })
    }

    fn write_formula(&mut self, tokens: &[u8], at: CellRef) -> Result<(), Unreadable> {
        let Some(text) = sum::text(tokens, self.shared.layout, at) else { return Ok(()) };
        self.book.take_text(text.len())?;
        self.book.formula(at, Arc::from(text), at);
        Ok(())
    }

    /// The formulas of the cells that share one, which stands behind the first of them.
    fn write_common_formulas(&mut self) -> Result<(), Unreadable> {
        for (at, first) in std::mem::take(&mut self.uses) {
            if let Some(tokens) = self.common.get(&first).copied() {
                self.write_formula(tokens, at)?;
            }
        }
        Ok(())
    }

    fn take_areas(&mut self, record: Record<'_>) -> Result<(), Unreadable> {
        let mut bytes = record.bytes();
        let Some(count) = bytes.u16() else { return Err(record.too_short()) };
        for _ in 0..count {
            let area = [bytes.u16(), bytes.u16(), bytes.u16(), bytes.u16()].map(|number| number.map(u32::from));
            let [Some(first_row), Some(last_row), Some(first_column), Some(last_column)] = area else {
                return Err(record.too_short());
            };
            let first = CellRef { row: first_row, column: first_column };
            self.book.merge(first, CellRef { row: last_row, column: last_column })?;
        }
        Ok(())
    }
}

/// Row, column and style, with which every cell begins.
fn place(bytes: &mut Bytes<'_>) -> Option<CellRef> {
    let (row, column, _style) = (bytes.u16()?, bytes.u16()?, bytes.u16()?);
    Some(CellRef { row: row.into(), column: column.into() })
}

fn packed(number: u32) -> Cow<'static, str> {
    Cow::Owned(number::shown(value::packed_number(number)))
}

/// Where a formula stands, what it came to and how.
fn formula(record: Record<'_>) -> Option<(CellRef, [u8; 8], &[u8])> {
    let mut bytes = record.bytes();
    let at = place(&mut bytes)?;
    let result = bytes.take(8)?.first_chunk().copied()?;
    let (_options, _chain) = (bytes.u16()?, bytes.u32()?);
    let length = bytes.u16()?;
    Some((at, result, bytes.take(length.into())?))
}

/// The formula that the cells of an area share.
fn common_formula(record: Record<'_>) -> Option<&[u8]> {
    let mut bytes = record.bytes();
    let (_area, _uses) = (bytes.take(6)?, bytes.u16()?);
    let length = bytes.u16()?;
    bytes.take(length.into())
}
