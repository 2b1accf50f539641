//! One sheet of an `.xls` workbook.

use std::ops::Range;

use super::record::{BEGIN, CONTINUE, END, records};
use super::text::Script;
use crate::document::CellRef;
use crate::read::unreadable::Unreadable;
use crate::read::workbook::binary::{Bytes, Record, Records, SharedTexts};
use crate::read::workbook::builder::WorkbookBuilder;
use crate::read::workbook::formula::{Formulas, Layout};
use crate::read::workbook::looks::Stored;
use crate::read::workbook::value;

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
/// The text that the formula before it comes to; formulas that many cells share may be between.
const RESULT: u16 = 0x0207;
const SHARED_FORMULA: u16 = 0x04bc;
const MERGED: u16 = 0x00e5;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007d;
/// What colours cells otherwise than by their styles: conditions, and the styles of lists.
const OTHER_GROUNDS: [u16; 4] = [0x01b0, 0x0879, 0x0872, 0x0878];

/// What all sheets of the workbook share.
#[derive(Debug)]
pub(super) struct Shared {
    pub layout: Layout,
    pub script: Script,
    pub texts: SharedTexts,
}

/// Reads the sheet that begins with `stream`; gives the bytes that it takes.
pub(super) fn read(stream: &[u8], shared: &Shared, book: &mut WorkbookBuilder<'_>) -> Result<usize, Unreadable> {
    let formulas = Formulas::new(shared.layout);
    let mut sheet = Sheet { shared, book, formula: None, waits_for_text: false, formulas };
    let mut records = records(stream);
    let first = records.next()?;
    if first.kind != BEGIN {
        return Err(Unreadable::damaged(format!("a sheet that begins with a record {:#06x}", first.kind)));
    }
    if sheet.book.hides_by_colours() && has_other_grounds(stream) {
        sheet.book.has_other_grounds();
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
    sheet.formulas.write_shared(sheet.book)?;
    Ok(stream.len() - records.left())
}

/// Whether the sheet colours cells otherwise than by their styles, as it says behind the cells.
fn has_other_grounds(stream: &[u8]) -> bool {
    let mut records = records(stream);
    let mut depth = 0;
    while let Ok(record) = records.next() {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            kind if OTHER_GROUNDS.contains(&kind) => return true,
            _ => {}
        }
    }
    false
}

struct Sheet<'s, 'b, 'l> {
    shared: &'s Shared,
    book: &'s mut WorkbookBuilder<'l>,
    /// The cell of the last formula, for the records that belong to it.
    formula: Option<CellRef>,
    /// The last formula comes to a text, which is still to come.
    waits_for_text: bool,
    formulas: Formulas<'b>,
}

impl<'s, 'b> Sheet<'s, 'b, '_> {
    fn take(&mut self, record: Record<'b>, records: &mut Records<'b>) -> Result<(), Unreadable> {
        match record.kind {
            RESULT if self.waits_for_text => {
                self.waits_for_text = false;
                let bodies = records.continued(record, CONTINUE);
                let text = record.read(|_| self.shared.script.text(&bodies))?;
                self.book.result(text)
            }
            SHARED_FORMULA => {
                let tokens = record.read(shared_formula)?;
                if let Some(first) = self.formula {
                    self.formulas.share(first, tokens);
                }
                Ok(())
            }
            MERGED => self.take_areas(record),
            ROW => hidden_row(Bytes(record.body)).map_or(Ok(()), |rows| self.book.hide_rows(rows)),
            COLUMNS => hidden_columns(Bytes(record.body)).map_or(Ok(()), |columns| self.book.hide_columns(columns)),
            FORMULA => self.take_formula(record),
            PACKED_NUMBERS | BLANKS => self.take_row(record),
            BLANK | NUMBER | PACKED_NUMBER | SHARED_TEXT | TEXT | TEXT_IN_FONTS | TRUTH_OR_ERROR => {
                self.waits_for_text = false;
                let ((at, style), stored) =
                    record.read(|bytes| Some((place(bytes)?, self.stored(record.kind, bytes)?)))?;
                self.book.cell(at, style, stored?, false)
            }
            _ => Ok(()),
        }
    }

    /// What a cell of that kind holds; nothing if the record is too short.
    fn stored(&self, kind: u16, bytes: &mut Bytes<'_>) -> Option<Result<Stored<'s>, Unreadable>> {
        Some(Ok(match kind {
            BLANK => Stored::text(""),
            NUMBER => Stored::number(value::number(bytes.f64()?)),
            PACKED_NUMBER => Stored::number(value::packed_number(bytes.u32()?)),
            SHARED_TEXT => return Some(self.shared.texts.get(bytes.u32()?).map(Stored::text)),
            TEXT | TEXT_IN_FONTS => Stored::text(self.shared.script.text(&[bytes.0])?),
            _ => match (bytes.u8()?, bytes.u8()?) {
                (code, 0) => Stored::text(value::truth(code != 0)),
                (code, _) => Stored::text(value::error(code)),
            },
        }))
    }

    /// Cells beside each other: the row, the first column, what is in each, the last column.
    fn take_row(&mut self, record: Record<'_>) -> Result<(), Unreadable> {
        self.waits_for_text = false;
        let (first, cells) = record.read(|bytes| Some((bytes.cell16()?, bytes.0.split_last_chunk::<2>()?.0)))?;
        let size = if record.kind == BLANKS { 2 } else { 6 };
        for (column, cell) in (first.column..).zip(cells.chunks_exact(size)) {
            let mut cell = Bytes(cell);
            let style = cell.u16().unwrap_or_default();
            let packed = cell.u32().map(value::packed_number).unwrap_or_default();
            self.book.cell(CellRef { row: first.row, column }, style.into(), Stored::number(packed), false)?;
        }
        Ok(())
    }

    fn take_formula(&mut self, record: Record<'b>) -> Result<(), Unreadable> {
        let ((at, style), result, tokens) = record.read(formula)?;
        self.formula = Some(at);
        self.waits_for_text = false;
        // Anything but a number has no number's last two bytes.
        let stored = match result {
            [0, .., 0xff, 0xff] => {
                self.waits_for_text = true;
                Stored::text("")
            }
            [1, _, is_true, .., 0xff, 0xff] => Stored::text(value::truth(is_true != 0)),
            [2, _, code, .., 0xff, 0xff] => Stored::text(value::error(code)),
            [.., 0xff, 0xff] => Stored::text(""),
            _ => Stored::number(value::number(f64::from_le_bytes(result))),
        };
        // An empty text that it comes to on purpose.
        let is_empty = matches!(result, [3, .., 0xff, 0xff]);
        self.book.cell(at, style, stored, !is_empty)?;
        match tokens {
            // Stands in for the formula of another cell.
            [0x01, place @ ..] => {
                if let Some(first) = Bytes(place).cell16() {
                    self.formulas.refer(at, first);
                }
                Ok(())
            }
            _ => self.formulas.write(tokens, at, self.book),
        }
    }

    fn take_areas(&mut self, record: Record<'_>) -> Result<(), Unreadable> {
        let areas = |bytes: &mut Bytes<'_>| {
            let mut areas = Vec::new();
            for _ in 0..bytes.u16()? {
                let (first_row, last_row) = (bytes.u16()?.into(), bytes.u16()?.into());
                let (first_column, last_column) = (bytes.u16()?.into(), bytes.u16()?.into());
                areas.push([
                    CellRef { row: first_row, column: first_column },
                    CellRef { row: last_row, column: last_column },
                ]);
            }
            Some(areas)
        };
        record.read(areas)?.into_iter().try_for_each(|[first, last]| self.book.merge(first, last))
    }
}

/// The row of a record, if it is hidden.
fn hidden_row(mut bytes: Bytes<'_>) -> Option<Range<u32>> {
    const HIDDEN: u16 = 0x20;
    let row = u32::from(bytes.u16()?);
    let (_cells, _height, _optimized) = (bytes.u32()?, bytes.u16()?, bytes.u32()?);
    (bytes.u16()? & HIDDEN != 0).then_some(row..row + 1)
}

/// The columns of a record, if they are hidden.
fn hidden_columns(mut bytes: Bytes<'_>) -> Option<Range<u32>> {
    const HIDDEN: u16 = 1;
    let (first, last) = (u32::from(bytes.u16()?), u32::from(bytes.u16()?));
    let (_width, _style) = (bytes.u16()?, bytes.u16()?);
    (bytes.u16()? & HIDDEN != 0).then_some(first..last + 1)
}

/// Row, column and style, with which every cell begins.
type Place = (CellRef, u32);

fn place(bytes: &mut Bytes<'_>) -> Option<Place> {
    Some((bytes.cell16()?, bytes.u16()?.into()))
}

/// The cell of a formula with its style, its result and its tokens.
fn formula<'b>(bytes: &mut Bytes<'b>) -> Option<(Place, [u8; 8], &'b [u8])> {
    let at = place(bytes)?;
    let result = bytes.take(8)?.first_chunk().copied()?;
    let (_options, _chain) = (bytes.u16()?, bytes.u32()?);
    let length = bytes.u16()?;
    Some((at, result, bytes.take(length.into())?))
}

/// The formula that the cells of an area share.
fn shared_formula<'b>(bytes: &mut Bytes<'b>) -> Option<&'b [u8]> {
    let (_area, _uses) = (bytes.take(6)?, bytes.u16()?);
    let length = bytes.u16()?;
    bytes.take(length.into())
}
