//! One sheet of an `.xlsb` workbook.

use std::ops::Range;

use super::record::{records, rich_text, text};
use crate::document::CellRef;
use crate::read::unreadable::Unreadable;
use crate::read::workbook::binary::{Bytes, Fonts, Record, SharedTexts};
use crate::read::workbook::builder::{SHEET_COLUMNS, WorkbookBuilder};
use crate::read::workbook::formula::{Formulas, Layout};
use crate::read::workbook::looks::Stored;
use crate::read::workbook::value;

const ROW: u16 = 0;
const COLUMNS: u16 = 60;
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
/// From here to `SHORT_LAST` the kinds from `BLANK` on, of cells right beside the one before.
const SHORT_FIRST: u16 = 12;
const SHORT_LAST: u16 = 18;
const TEXT_IN_FONTS: u16 = 62;
const CELLS_BEGIN: u16 = 145;
const CELLS_END: u16 = 146;
/// Between these two is what later versions of Excel added, in records of kinds that mean something else elsewhere.
const ADDED_BEGIN: u16 = 35;
const ADDED_END: u16 = 36;
const END: u16 = 130;
const MERGED: u16 = 176;
const SHARED_FORMULA: u16 = 427;
/// What colours cells otherwise than by their styles: conditions, and the styles of lists.
const OTHER_GROUNDS: [u16; 2] = [461, 661];
/// The bits of a cell that number its style; one behind them is about its pronunciation.
const STYLE: u32 = 0xff_ffff;

/// Reads the sheet.
pub(super) fn read(
    part: &[u8],
    texts: &SharedTexts,
    fonts: &Fonts,
    book: &mut WorkbookBuilder<'_>,
) -> Result<(), Unreadable> {
    let (at, formulas) = (CellRef { row: 0, column: 0 }, Formulas::new(Layout::Biff12));
    let mut sheet = Sheet { texts, fonts, book, at, formulas };
    if sheet.book.hides_by_colours() && has_other_grounds(part) {
        sheet.book.has_other_grounds();
    }
    let mut records = records(part);
    let (mut is_cells, mut is_added) = (false, false);
    loop {
        let record = records.next()?;
        match record.kind {
            ADDED_BEGIN => is_added = true,
            ADDED_END => is_added = false,
            _ if is_added => {}
            CELLS_BEGIN => is_cells = true,
            CELLS_END => is_cells = false,
            COLUMNS => {
                if let Some(columns) = hidden_columns(Bytes(record.body)) {
                    sheet.book.hide_columns(columns)?;
                }
            }
            MERGED => {
                let [first, last] = record.read(area)?;
                sheet.book.merge(first, last)?;
            }
            END => return sheet.formulas.write_shared(sheet.book),
            _ if is_cells => sheet.take(record)?,
            _ => {}
        }
    }
}

/// Whether the sheet colours cells otherwise than by their styles, as it says behind the cells.
fn has_other_grounds(part: &[u8]) -> bool {
    let mut records = records(part);
    while let Ok(record) = records.next() {
        match record.kind {
            END => break,
            kind if OTHER_GROUNDS.contains(&kind) => return true,
            _ => {}
        }
    }
    false
}

struct Sheet<'s, 'b, 'l> {
    texts: &'s SharedTexts,
    fonts: &'s Fonts,
    book: &'s mut WorkbookBuilder<'l>,
    /// The last cell; before the first of a row, the row.
    at: CellRef,
    formulas: Formulas<'b>,
}

impl<'s, 'b> Sheet<'s, 'b, '_> {
    fn take(&mut self, record: Record<'b>) -> Result<(), Unreadable> {
        match record.kind {
            ROW => {
                let row = record.read(Bytes::u32)?;
                self.at = CellRef { row, column: 0 };
                if is_hidden(record.body) { self.book.hide_rows(row..row.saturating_add(1)) } else { Ok(()) }
            }
            BLANK..=FORMULA_ERROR | TEXT_IN_FONTS => {
                let (column, cell) = record.read(|bytes| Some((bytes.u32()?, bytes.0)))?;
                self.at.column = column;
                self.take_cell(Record { body: cell, ..record })
            }
            SHORT_FIRST..=SHORT_LAST => {
                self.at.column = self.at.column.saturating_add(1).min(SHEET_COLUMNS);
                self.take_cell(Record { kind: record.kind - SHORT_FIRST + BLANK, ..record })
            }
            SHARED_FORMULA => {
                let tokens = record.read(|bytes| area(bytes).and_then(|_| tokens(bytes)))?;
                self.formulas.share(self.at, tokens);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Takes a cell, its column left out.
    fn take_cell(&mut self, record: Record<'b>) -> Result<(), Unreadable> {
        let is_formula = (FORMULA_TEXT..=FORMULA_ERROR).contains(&record.kind);
        let (style, stored, behind) =
            record.read(|bytes| Some((bytes.u32()? & STYLE, self.stored(record.kind, bytes)?, *bytes)))?;
        self.book.cell(self.at, style, stored?, is_formula)?;
        if !is_formula {
            return Ok(());
        }
        let (tokens, mut behind) = Record { body: behind.0, ..record }.read(|bytes| {
            let _options = bytes.u16()?;
            Some((tokens(bytes)?, *bytes))
        })?;
        match tokens {
            // Stands in for the formula of another cell, whose column is behind the tokens.
            [0x01, row @ ..] => {
                let _length = behind.u32();
                if let Some((row, column)) = Bytes(row).u32().zip(behind.u32()) {
                    self.formulas.refer(self.at, CellRef { row, column });
                }
                Ok(())
            }
            _ => self.formulas.write(tokens, self.at, self.book),
        }
    }

    /// What a cell of that kind holds; nothing if the record is too short.
    fn stored(&self, kind: u16, bytes: &mut Bytes<'_>) -> Option<Result<Stored<'s>, Unreadable>> {
        Some(Ok(match kind {
            BLANK => Stored::text(""),
            PACKED_NUMBER => Stored::number(value::packed_number(bytes.u32()?)),
            ERROR | FORMULA_ERROR => Stored::text(value::error(bytes.u8()?)),
            TRUTH | FORMULA_TRUTH => Stored::text(value::truth(bytes.u8()? != 0)),
            NUMBER | FORMULA_NUMBER => Stored::number(value::number(bytes.f64()?)),
            SHARED_TEXT => return Some(self.texts.get(bytes.u32()?).map(Stored::text)),
            TEXT_IN_FONTS => Stored::text(rich_text(bytes, self.fonts)?),
            // In the cell itself, or what a formula comes to.
            _ => Stored::text(text(bytes)?.unwrap_or_default()),
        }))
    }
}

/// Whether the row of that record is hidden: a bit behind its number, its style and its height.
fn is_hidden(row: &[u8]) -> bool {
    const HIDDEN: u8 = 0x10;
    row.get(11).is_some_and(|byte| byte & HIDDEN != 0)
}

/// The columns of a record, if they are hidden.
fn hidden_columns(mut bytes: Bytes<'_>) -> Option<Range<u32>> {
    const HIDDEN: u16 = 1;
    let (first, last) = (bytes.u32()?, bytes.u32()?);
    let (_width, _style) = (bytes.u32()?, bytes.u32()?);
    (bytes.u16()? & HIDDEN != 0).then_some(first..last.saturating_add(1).min(SHEET_COLUMNS))
}

fn area(bytes: &mut Bytes<'_>) -> Option<[CellRef; 2]> {
    let (first_row, last_row) = (bytes.u32()?, bytes.u32()?);
    let (first_column, last_column) = (bytes.u32()?, bytes.u32()?);
    Some([CellRef { row: first_row, column: first_column }, CellRef { row: last_row, column: last_column }])
}

fn tokens<'b>(bytes: &mut Bytes<'b>) -> Option<&'b [u8]> {
    let length = bytes.u32()?;
    bytes.take(length as usize)
}
