//! One sheet of an `.xlsb` workbook.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::record::{Records, text};
use crate::document::CellRef;
use crate::read::Unreadable;
use crate::read::workbook::book::Book;
use crate::read::workbook::bytes::{Bytes, Record};
use crate::read::workbook::sum::{self, Layout};
use crate::read::workbook::{SHEET_COLUMNS, number, truth, value};

const ROW: u16 = 0;
const BLANK: u16 = 1;
const PACKED_NUMBER: u16 = 2;
const ERROR: u16 = 3;
const TRUTH: u16 = 4;
const NUMBER: u16 = 5;
const SHARED_TEXT: u16 = 7;
const FORMULA_TEXT: u16 = 8;
const FORMULA_NUMBER: u16 = 9;
const FORMULA_TRUTH: u16 = 10;
const FORMULA_ERROR: u16 = 11;
/// From here to `SHORT_LAST` the kinds from `BLANK` on, of cells that stand right beside the one before.
const SHORT_FIRST: u16 = 12;
const SHORT_LAST: u16 = 18;
const TEXT_IN_FONTS: u16 = 62;
const CELLS_BEGIN: u16 = 145;
const CELLS_END: u16 = 146;
/// Between these two stands what later versions of Excel added, in records of kinds that mean something else elsewhere.
const ADDED_BEGIN: u16 = 35;
const ADDED_END: u16 = 36;
const END: u16 = 130;
const MERGED: u16 = 176;
const SHARED_FORMULA: u16 = 427;

/// Reads the sheet.
pub(super) fn read(part: &[u8], texts: &[String], book: &mut Book<'_>) -> Result<(), Unreadable> {
    let mut sheet = Sheet { texts, book, at: CellRef { row: 0, column: 0 }, common: HashMap::new(), uses: Vec::new() };
    let mut records = Records::new(part);
    let (mut is_cells, mut is_added) = (false, false);
    loop {
        let record = records.next()?;
        match record.kind {
            ADDED_BEGIN => is_added = true,
            ADDED_END => is_added = false,
            _ if is_added => {}
            CELLS_BEGIN => is_cells = true,
            CELLS_END => is_cells = false,
            MERGED => sheet.take_area(record)?,
            END => return sheet.write_common_formulas(),
            _ if is_cells => sheet.take(record)?,
            _ => {}
        }
    }
}

struct Sheet<'s, 'b, 'l> {
    texts: &'s [String],
    book: &'s mut Book<'l>,
    /// The last cell; before the first of a row, the row.
    at: CellRef,
    /// The formulas that cells share, by the first of these cells; and the others, each with the first.
    common: HashMap<CellRef, &'b [u8]>,
    uses: Vec<(CellRef, CellRef)>,
}

impl<'s, 'b> Sheet<'s, 'b, '_> {
    fn take(&mut self, record: Record<'b>) -> Result<(), Unreadable> {
        let too_short = || record.too_short();
        match record.kind {
            ROW => {
                let row = record.bytes().u32().ok_or_else(too_short)?;
                self.at = CellRef { row, column: 0 };
                Ok(())
            }
            BLANK..=FORMULA_ERROR | TEXT_IN_FONTS => {
                let mut bytes = record.bytes();
                self.at.column = bytes.u32().ok_or_else(too_short)?;
                self.take_cell(record, record.kind, bytes)
            }
            SHORT_FIRST..=SHORT_LAST => {
                self.at.column = self.at.column.saturating_add(1).min(SHEET_COLUMNS);
                self.take_cell(record, record.kind - SHORT_FIRST + BLANK, record.bytes())
            }
            SHARED_FORMULA => {
                let mut bytes = record.bytes();
                let tokens = area(&mut bytes).and_then(|_| tokens(&mut bytes)).ok_or_else(too_short)?;
                self.common.insert(self.at, tokens);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn take_area(&mut self, record: Record<'_>) -> Result<(), Unreadable> {
        let Some((first, last)) = area(&mut record.bytes()) else { return Err(record.too_short()) };
        self.book.merge(first, last)
    }

    fn take_cell(&mut self, record: Record<'b>, kind: u16, mut bytes: Bytes<'b>) -> Result<(), Unreadable> {
        let Some(_style) = bytes.u32() else { return Err(record.too_short()) };
        let Some(text) = self.value(kind, &mut bytes)? else { return Err(record.too_short()) };
        let is_formula = (FORMULA_TEXT..=FORMULA_ERROR).contains(&kind);
        self.book.cell(self.at, text, is_formula)?;
        if !is_formula {
            return Ok(());
        }
        let formula = bytes.u16().and_then(|_options| tokens(&mut bytes));
        let Some(tokens) = formula else { return Err(record.too_short()) };
        match tokens {
            // Stands in for the formula of another cell, whose column is behind the tokens.
            [0x01, row @ ..] => {
                let _length = bytes.u32();
                let first = Bytes(row).u32().zip(bytes.u32()).map(|(row, column)| CellRef { row, column });
                self.uses.extend(first.map(|first| (self.at, first)));
                Ok(())
            }
            _ => self.write_formula(tokens, self.at),
        }
    }

    /// What the cell shows; nothing if the record is too short.
    fn value(&self, kind: u16, bytes: &mut Bytes<'_>) -> Result<Option<Cow<'s, str>>, Unreadable> {
        Ok(match kind {
            BLANK => Some(Cow::Borrowed("")),
            PACKED_NUMBER => bytes.u32().map(|packed| Cow::Owned(number::shown(value::packed_number(packed)))),
            ERROR | FORMULA_ERROR => bytes.u8().map(|code| Cow::Borrowed(value::error(code))),
            TRUTH | FORMULA_TRUTH => bytes.u8().map(|byte| Cow::Borrowed(truth(byte != 0))),
            NUMBER | FORMULA_NUMBER => bytes.f64().map(|number| Cow::Owned(number::shown(number))),
            SHARED_TEXT => match bytes.u32() {
                Some(index) => Some(self.shared_text(index)?),
                None => None,
            },
            // One byte says which fonts and whether there is a pronunciation; both stand behind the text.
            TEXT_IN_FONTS => bytes.u8().and_then(|_| text(bytes)).map(|text| Cow::Owned(text.unwrap_or_default())),
            // In the cell itself, or what a formula comes to.
            _ => text(bytes).map(|text| Cow::Owned(text.unwrap_or_default())),
        })
    }

    fn shared_text(&self, index: u32) -> Result<Cow<'s, str>, Unreadable> {
        let Some(text) = self.texts.get(index as usize) else {
            let detail = format!("a cell with text {index} of {}", self.texts.len());
            return Err(Unreadable::Damaged { detail });
        };
        Ok(Cow::Borrowed(text))
    }

    fn write_formula(&mut self, tokens: &[u8], at: CellRef) -> Result<(), Unreadable> {
        let Some(text) = sum::text(tokens, Layout::Biff12, at) else { return Ok(()) };
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
}

fn area(bytes: &mut Bytes<'_>) -> Option<(CellRef, CellRef)> {
    let (first_row, last_row) = (bytes.u32()?, bytes.u32()?);
    let (first_column, last_column) = (bytes.u32()?, bytes.u32()?);
    Some((CellRef { row: first_row, column: first_column }, CellRef { row: last_row, column: last_column }))
}

fn tokens<'b>(bytes: &mut Bytes<'b>) -> Option<&'b [u8]> {
    let length = bytes.u32()?;
    bytes.take(length as usize)
}
