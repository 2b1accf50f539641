//! The formulas of the binary formats, as far as a form has them: sums of cells and areas of one sheet.
//!
//! A formula is stored as tokens in the order in which a machine with a stack would take them. Whatever is not part of
//! a plain sum gives no text, and so no evidence.

use std::collections::HashMap;
use std::sync::Arc;

use super::binary::Bytes;
use super::builder::WorkbookBuilder;
use crate::document::CellRef;
use crate::read::unreadable::Unreadable;

/// The formulas of one sheet.
#[derive(Debug)]
pub(super) struct Formulas<'b> {
    layout: Layout,
    /// The formulas that cells share, by the first of these cells; and the others, each with the first.
    shared: HashMap<CellRef, &'b [u8]>,
    uses: Vec<(CellRef, CellRef)>,
}

impl<'b> Formulas<'b> {
    pub(super) fn new(layout: Layout) -> Self {
        Self { layout, shared: HashMap::new(), uses: Vec::new() }
    }

    /// Notes a formula that other cells share with the cell `first`.
    pub(super) fn share(&mut self, first: CellRef, tokens: &'b [u8]) {
        self.shared.insert(first, tokens);
    }

    /// Notes that the cell `at` has the formula of the cell `first`.
    pub(super) fn refer(&mut self, at: CellRef, first: CellRef) {
        self.uses.push((at, first));
    }

    /// Writes the formula of a cell, if it is a sum.
    pub(super) fn write(&self, tokens: &[u8], at: CellRef, book: &mut WorkbookBuilder<'_>) -> Result<(), Unreadable> {
        let Some(text) = text(tokens, self.layout, at) else { return Ok(()) };
        book.take_text(text.len())?;
        book.formula(at, Arc::from(text), at);
        Ok(())
    }

    /// Writes the shared formulas, which may be behind the cells that use them.
    pub(super) fn write_shared(&self, book: &mut WorkbookBuilder<'_>) -> Result<(), Unreadable> {
        for (at, first) in &self.uses {
            if let Some(tokens) = self.shared.get(first) {
                self.write(tokens, *at, book)?;
            }
        }
        Ok(())
    }
}

/// Longer ones are no sums of a form; the bound keeps the work for one cell small.
const LONGEST: usize = 1024;

/// How wide rows and columns are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Excel 5 and 95: 14 bits a row, 8 a column.
    Biff5,
    /// Excel 97 to 2003: 16 bits a row, 8 a column.
    Biff8,
    /// `.xlsb`: 20 bits a row, 14 a column.
    Biff12,
}

/// The sum as it would be written, `SUM(C4:C9,C12)`, in the cell `at`; shared formulas count from there.
fn text(tokens: &[u8], layout: Layout, at: CellRef) -> Option<String> {
    if tokens.len() > LONGEST {
        return None;
    }
    let mut rest = Bytes(tokens);
    let mut stack: Vec<String> = Vec::new();
    while !rest.0.is_empty() {
        let token = rest.u8()?;
        // Operands come in three classes, which are all one here.
        let token = if token >= 0x20 { token & 0x1f | 0x20 } else { token };
        match token {
            ADD => {
                let right = stack.pop()?;
                let left = stack.last_mut()?;
                left.push('+');
                left.push_str(&right);
            }
            ATTRIBUTE => match rest.u8().zip(rest.u16())?.0 {
                ATTRIBUTE_SUM => {
                    let argument = stack.pop()?;
                    stack.push(format!("SUM({argument})"));
                }
                ATTRIBUTE_VOLATILE | ATTRIBUTE_SPACE | ATTRIBUTE_VOLATILE_SPACE => {}
                _ => return None,
            },
            FUNCTION => {
                let (count, function) = rest.u8().zip(rest.u16())?;
                let first = stack.len().checked_sub(usize::from(count))?;
                if function != FUNCTION_SUM {
                    return None;
                }
                let arguments = stack.split_off(first).join(",");
                stack.push(format!("SUM({arguments})"));
            }
            CELL | CELL_FROM_HERE => {
                let row = row(&mut rest, layout)?;
                let cell = layout.cell(row, column(&mut rest, layout)?, at, token == CELL_FROM_HERE)?;
                stack.push(cell.to_string());
            }
            AREA | AREA_FROM_HERE => {
                let rows = (row(&mut rest, layout)?, row(&mut rest, layout)?);
                let columns = (column(&mut rest, layout)?, column(&mut rest, layout)?);
                let corner = |row, column| layout.cell(row, column, at, token == AREA_FROM_HERE);
                stack.push(format!("{}:{}", corner(rows.0, columns.0)?, corner(rows.1, columns.1)?));
            }
            _ => return None,
        }
    }
    let sum = stack.pop()?;
    stack.is_empty().then_some(sum)
}

const ADD: u8 = 0x03;
const ATTRIBUTE: u8 = 0x19;
const ATTRIBUTE_VOLATILE: u8 = 0x01;
const ATTRIBUTE_SUM: u8 = 0x10;
const ATTRIBUTE_SPACE: u8 = 0x40;
const ATTRIBUTE_VOLATILE_SPACE: u8 = 0x41;
const FUNCTION: u8 = 0x22;
const FUNCTION_SUM: u16 = 4;
const CELL: u8 = 0x24;
const AREA: u8 = 0x25;
/// In formulas that many cells share: counted from the cell of the formula.
const CELL_FROM_HERE: u8 = 0x2c;
const AREA_FROM_HERE: u8 = 0x2d;

fn row(rest: &mut Bytes<'_>, layout: Layout) -> Option<u32> {
    if layout == Layout::Biff12 { rest.u32() } else { rest.u16().map(u32::from) }
}

fn column(rest: &mut Bytes<'_>, layout: Layout) -> Option<u16> {
    if layout == Layout::Biff5 { rest.u8().map(u16::from) } else { rest.u16() }
}

impl Layout {
    /// The cell that a row and a column as stored mean. Two bits say which of them are relative; they are kept with
    /// the row in the oldest format and with the column in the others, and matter only where the cell is counted `from
    /// here`, round the edges of the sheet if need be.
    fn cell(self, row: u32, column: u16, at: CellRef, from_here: bool) -> Option<CellRef> {
        const COLUMN_IS_RELATIVE: u32 = 1 << 14;
        const ROW_IS_RELATIVE: u32 = 1 << 15;
        let (row_bits, column_bits) = match self {
            Self::Biff5 => (14, 8),
            Self::Biff8 => (16, 8),
            Self::Biff12 => (20, 14),
        };
        let flags = if self == Self::Biff5 { row } else { u32::from(column) };
        let place = |stored: u32, bits: u32, here: u32, relative: u32| {
            let limit = 1 << bits;
            let stored = stored % limit;
            if from_here && flags & relative != 0 { (stored + here) % limit } else { stored }
        };
        Some(CellRef {
            row: place(row, row_bits, at.row, ROW_IS_RELATIVE),
            column: place(column.into(), column_bits, at.column, COLUMN_IS_RELATIVE),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: CellRef = CellRef { row: 8, column: 8 };

    fn biff8(tokens: &[u8]) -> Option<String> {
        text(tokens, Layout::Biff8, AT)
    }

    #[test]
    fn sums_are_written_as_they_were_typed() {
        let area = [0x25, 3, 0, 8, 0, 2, 0xc0, 2, 0xc0];
        let one = [0x44, 11, 0, 2, 0xc0];
        let attribute = [&area[..], &[0x19, 0x10, 0, 0]].concat();
        assert_eq!(biff8(&attribute).as_deref(), Some("SUM(C4:C9)"));
        let function = [&area[..], &one, &[0x19, 0x40, 0, 1], &[0x42, 2, 4, 0]].concat();
        assert_eq!(biff8(&function).as_deref(), Some("SUM(C4:C9,C12)"));
        let added = [&one[..], &one, &[0x03]].concat();
        assert_eq!(biff8(&added).as_deref(), Some("C12+C12"));
    }

    #[test]
    fn every_layout_is_read() {
        assert_eq!(text(&[0x25, 3, 0xc0, 8, 0xc0, 2, 3], Layout::Biff5, AT).as_deref(), Some("C4:D9"));
        let wide = [0x25, 3, 0, 0, 0, 8, 0, 0, 0, 2, 0xc0, 3, 0xc0];
        assert_eq!(text(&wide, Layout::Biff12, AT).as_deref(), Some("C4:D9"));
    }

    #[test]
    fn shared_formulas_count_from_their_cell() {
        // The five columns to the left of I9, in its row.
        let area = [0x2d, 0, 0, 0, 0, 0xfb, 0xc0, 0xff, 0xc0, 0x19, 0x10, 0, 0];
        assert_eq!(biff8(&area).as_deref(), Some("SUM(D9:H9)"));
        // Row 4, the column of the cell.
        assert_eq!(biff8(&[0x2c, 3, 0, 0, 0x40]).as_deref(), Some("I4"));
        let wide = [0x2c, 0xff, 0xff, 0x0f, 0, 0xff, 0xff];
        assert_eq!(text(&wide, Layout::Biff12, AT).as_deref(), Some("H8"));
        assert_eq!(text(&[0x2c, 0xff, 0xff, 0xff], Layout::Biff5, AT).as_deref(), Some("H8"));
    }

    #[test]
    fn what_is_no_sum_gives_no_text() {
        let difference = [0x24, 0, 0, 0, 0, 0x24, 0, 0, 1, 0, 0x04];
        let average = [0x25, 3, 0, 8, 0, 2, 0xc0, 2, 0xc0, 0x42, 1, 5, 0];
        let cases: [&[u8]; 7] =
            [&difference, &average, &[0x24, 0], &[0x03], &[0x19, 0x10, 0, 0], &[0x42, 9, 4, 0], &[0x1e, 12, 0]];
        for tokens in cases {
            assert_eq!(biff8(tokens), None, "{tokens:?}");
        }
        assert_eq!(biff8(&[0x24, 0, 0, 0, 0].repeat(1000)), None);
    }
}
