//! Workbooks (`.xlsx`, `.xlsm`): a heading and a table for each sheet that a reader of the workbook sees.
//!
//! The cells are read one by one and kept sparsely, so that a cell in the last corner of a sheet costs no more than one
//! in the first. calamine is named here and nowhere else; it sees the file only after [`source::open`] has seen it.

mod budget;
mod grid;
mod number;
mod source;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};

use self::budget::Budget;
use self::source::Source;
use super::Unreadable;
use super::archive::Archive;
use crate::document::{Area, Block, Cell, CellRef, Document, Format, Formula, Location, Origin, Passage, Table};
use crate::limits::Limits;

/// A sheet has this many rows and columns, and no file may claim more.
const SHEET_ROWS: u32 = 1 << 20;
const SHEET_COLUMNS: u32 = 1 << 14;

/// Reads an `.xlsx` or `.xlsm` workbook.
///
/// # Errors
/// When the file is broken, or costs more than the limits allow.
pub fn read(archive: Archive<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let mut workbook = Xlsx::new(source::open(archive, limits)?).map_err(|error| damaged(&error))?;
    let mut budget = Budget::new(limits);
    let mut blocks = Vec::new();
    let mut formulas = Vec::new();
    for name in visible_sheets(&workbook) {
        let sheet: Arc<str> = Arc::from(name.as_str());
        let Some(table) = read_sheet(&mut workbook, &sheet, &mut budget, &mut formulas)? else { continue };
        let origin = Origin::Whole(Location::Sheet { sheet, cell: CellRef { row: 0, column: 0 } });
        blocks.push(Block::Heading(Passage { text: Cow::Owned(name), origin }));
        blocks.push(Block::Table(table));
    }
    Ok(Document { format: Format::Xlsx, encoding: None, blocks, formulas, undecodable: Vec::new() })
}

/// The worksheets that are shown, each name once: a name finds the first sheet that bears it.
fn visible_sheets(workbook: &Xlsx<Source<'_>>) -> Vec<String> {
    let mut seen = HashSet::new();
    let sheets = workbook.sheets_metadata().iter();
    sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .filter(|sheet| seen.insert(sheet.name.as_str()))
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// Everything on one sheet; nothing if there is nothing on it but blanks.
fn read_sheet(
    workbook: &mut Xlsx<Source<'_>>,
    sheet: &Arc<str>,
    budget: &mut Budget<'_>,
    formulas: &mut Vec<Formula>,
) -> Result<Option<Table<'static>>, Unreadable> {
    let cells = read_cells(workbook, sheet, budget, formulas)?;
    if cells.iter().all(Cell::is_blank) {
        return Ok(None);
    }
    let areas = workbook.merge_cells_by_sheet_name(sheet).map_err(|error| damaged(&error))?;
    grid::table(cells, areas.iter().map(area).collect(), sheet, budget).map(Some)
}

/// Every cell that the sheet has a record of, blank ones too, in the order of the file.
fn read_cells(
    workbook: &mut Xlsx<Source<'_>>,
    sheet: &Arc<str>,
    budget: &mut Budget<'_>,
    formulas: &mut Vec<Formula>,
) -> Result<Vec<Cell<'static>>, Unreadable> {
    let mut reader = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A sheet of charts or dialogues that is filed as a worksheet. A worksheet comes here too when it ends before
        // its cells begin.
        Err(XlsxError::NotAWorksheet(root)) if root != "worksheet" => return Ok(Vec::new()),
        Err(error) => return Err(damaged(&error)),
    };
    // As many as the largest table of a usual form has.
    let mut cells = Vec::with_capacity(256);
    let mut shared = HashMap::new();
    // Values and formulas in one pass. This call does not write out shared formulas, which would let a file ask for any
    // amount of memory by a large index.
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(|error| damaged(&error))? {
        let (row, column) = record.pos;
        if row >= SHEET_ROWS || column >= SHEET_COLUMNS {
            return Err(Unreadable::Damaged { detail: format!("a cell in row {row}, column {column}") });
        }
        // A shared text is one in the file, yet one for each cell here: hence counted before it is copied.
        budget.take_cell(text_length(&record.value) + record.formula.as_ref().map_or(0, formula_length))?;
        let text = text(record.value);
        let at = CellRef { row, column };
        let uncomputed = record.formula.is_some() && text.is_empty();
        if let Some((text, written_for)) = record.formula.and_then(|formula| written(formula, at, &mut shared)) {
            formulas.push(Formula { sheet: Arc::clone(sheet), cell: at, text, written_for });
        }
        let origin = Origin::Whole(Location::Sheet { sheet: Arc::clone(sheet), cell: at });
        let mut cell = Cell::single(Passage { text: Cow::Owned(text), origin }, row, column);
        cell.uncomputed = uncomputed;
        cells.push(cell);
    }
    Ok(cells)
}

/// Bytes of the texts that can be long.
fn text_length(value: &DataRef<'_>) -> usize {
    match value {
        DataRef::SharedString(text) => text.len(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.len(),
        _ => 0,
    }
}

fn formula_length(formula: &XlsxFormulaMetadata) -> usize {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula.len(),
        _ => 0,
    }
}

/// The text of a formula and the cell it is written for. Of cells that share one, the first bears the text.
fn written(
    formula: XlsxFormulaMetadata,
    cell: CellRef,
    shared: &mut HashMap<usize, (Arc<str>, CellRef)>,
) -> Option<(Arc<str>, CellRef)> {
    match formula {
        XlsxFormulaMetadata::Normal { formula } => Some((formula.into(), cell)),
        XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
            let written = (Arc::from(formula), cell);
            shared.insert(shared_index, written.clone());
            Some(written)
        }
        XlsxFormulaMetadata::SharedDerived { shared_index } => shared.get(&shared_index).cloned(),
        _ => None,
    }
}

/// What the cell shows. A number stays a number whatever its format: a 5 in a cell formatted as a date is a 5.
fn text(value: DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
        DataRef::SharedString(text) => text.to_owned(),
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => number::shown(value),
        DataRef::DateTime(value) => number::shown(value.as_f64()),
        DataRef::Bool(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A merged area as the file states it, from whichever corners.
fn area(merged: &Dimensions) -> Area {
    let ((row, column), (other_row, other_column)) = (merged.start, merged.end);
    Area {
        first: CellRef { row: row.min(other_row), column: column.min(other_column) },
        last: CellRef {
            row: row.max(other_row).min(SHEET_ROWS - 1),
            column: column.max(other_column).min(SHEET_COLUMNS - 1),
        },
    }
}

/// The parser's own words, cut where they quote the file at length.
fn damaged(error: &dyn std::error::Error) -> Unreadable {
    const LONGEST: usize = 200;
    Unreadable::Damaged { detail: error.to_string().chars().take(LONGEST).collect() }
}
