//! `.xlsx` and `.xlsm`, read with calamine, which sees the file only after [`source::open`] has seen it.

mod source;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};

use self::source::Source;
use super::builder::WorkbookBuilder;
use super::value;
use crate::document::{CellRef, Document, Format};
use crate::limits::Limits;
use crate::read::unreadable::Unreadable;
use crate::read::zip_file::ZipFile;

/// Reads an `.xlsx` or `.xlsm` workbook.
///
/// # Errors
/// When the file is broken, or costs more than the limits allow.
pub fn read(file: ZipFile<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let mut workbook = Xlsx::new(source::open(file, limits)?).map_err(Unreadable::damaged)?;
    let mut book = WorkbookBuilder::new(limits);
    for name in visible_sheets(&workbook) {
        // The parser finds the first sheet that bears a name.
        if !book.begin(&name) {
            continue;
        }
        read_cells(&mut workbook, &name, &mut book)?;
        if !book.is_blank() {
            let areas = workbook.merge_cells_by_sheet_name(&name).map_err(Unreadable::damaged)?;
            areas.iter().try_for_each(|Dimensions { start, end }| book.merge(cell(*start), cell(*end)))?;
        }
        book.end()?;
    }
    Ok(book.finish(Format::Xlsx))
}

/// The worksheets that are shown.
fn visible_sheets(workbook: &Xlsx<Source<'_>>) -> Vec<String> {
    let sheets = workbook.sheets_metadata().iter();
    let visible = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    visible.map(|sheet| sheet.name.clone()).collect()
}

/// Every cell that the sheet has a record of, blank ones too, in the order of the file.
fn read_cells(workbook: &mut Xlsx<Source<'_>>, sheet: &str, book: &mut WorkbookBuilder<'_>) -> Result<(), Unreadable> {
    let mut reader = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A sheet of charts or dialogues that is filed as a worksheet. A worksheet comes here too when it ends before
        // its cells begin.
        Err(XlsxError::NotAWorksheet(root)) if root != "worksheet" => return Ok(()),
        Err(error) => return Err(Unreadable::damaged(error)),
    };
    let mut shared = HashMap::new();
    // Values and formulas in one pass. This call does not write out shared formulas, which would let a file ask for any
    // amount of memory by a large index.
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(Unreadable::damaged)? {
        let at = cell(record.pos);
        book.cell(at, text(record.value), record.formula.is_some())?;
        let Some(formula) = record.formula else { continue };
        book.take_text(formula_length(&formula))?;
        if let Some((text, written_for)) = written(formula, at, &mut shared) {
            book.formula(at, text, written_for);
        }
    }
    Ok(())
}

fn cell((row, column): (u32, u32)) -> CellRef {
    CellRef { row, column }
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
fn text(shown: DataRef<'_>) -> Cow<'_, str> {
    match shown {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cow::Owned(text),
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(value::number(number)),
        DataRef::DateTime(date) => Cow::Owned(value::number(date.as_f64())),
        DataRef::Bool(truth) => Cow::Borrowed(value::truth(truth)),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
    }
}
