//! From the cells of a sheet and its merged areas to a table.
//!
//! What is hidden, or lies below a merged area, is not in the table: nobody sees it. Rows that hold nothing visible take no
//! row in the table; columns keep their numbers. Merged areas are laid over the
//! rows that are left and never expanded cell by cell: a file may state any number of them, each as large as the sheet.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use super::hidden::Hidden;
use crate::document::{Area, Cell, CellRef, Location, Passage, Table, TableBuilder, Unprinted};
use crate::read::budget::Budget;
use crate::read::unreadable::Unreadable;

/// On wider sheets a column without a record is just empty, not a figure left out.
const FILLED_COLUMNS: usize = 64;

/// The table of the sheet, if anything is to be seen there. What is not seen is counted in `unprinted`.
pub(super) fn table(
    mut cells: Vec<Cell<'static>>,
    mut areas: Vec<Area>,
    hidden: &Hidden,
    sheet: &Arc<str>,
    unprinted: &mut Unprinted,
    budget: &mut Budget<'_>,
) -> Result<Option<Table<'static>>, Unreadable> {
    sort(&mut cells);
    areas.sort_unstable_by_key(|area| (area.first, Reverse(area.last)));
    areas.dedup_by_key(|area| area.first);
    let firsts = first_cells(&cells, &areas, sheet, budget);
    if !firsts.is_empty() {
        cells.extend(firsts);
        sort(&mut cells);
    }
    drop_covered(&mut cells, &areas, unprinted, budget)?;
    if !hidden.is_empty() {
        hidden.take_out(&mut cells, &mut areas, |cell| {
            if !cell.is_blank() {
                unprinted.hidden.add(cell.passage.place());
            }
        });
        sort(&mut cells);
        areas.sort_unstable_by_key(|area| area.first);
    }
    let used = Used::by(&cells);
    if used.rows.is_empty() {
        return Ok(None);
    }
    place(&mut cells, areas, &used);
    budget.take_slots(cells.iter().filter(|cell| is_merged(cell)).map(|cell| cell.columns.len()).sum())?;
    let blanks = gaps(&cells, &used, hidden, sheet, budget);
    if !blanks.is_empty() {
        cells.extend(blanks);
        cells.sort_by_key(position);
    }
    budget.finish(TableBuilder::from(cells)).map(Some)
}

/// Row by row, left to right. Files have them so; where one has not, or holds a cell twice, the later cell counts.
fn sort(cells: &mut Vec<Cell<'_>>) {
    if cells.is_sorted_by(|one, next| position(one) < position(next)) {
        return;
    }
    cells.sort_by_key(position);
    cells.dedup_by(|later, earlier| {
        let twice = position(later) == position(earlier);
        if twice {
            std::mem::swap(later, earlier);
        }
        twice
    });
}

fn position(cell: &Cell<'_>) -> CellRef {
    CellRef { row: cell.rows.start, column: cell.columns.start }
}

fn is_merged(cell: &Cell<'_>) -> bool {
    cell.rows.len() > 1 || cell.columns.len() > 1
}

/// The rows of the sheet in which something can be seen, and the columns from the first such to the last.
struct Used {
    rows: Vec<u32>,
    columns: Range<u32>,
}

impl Used {
    fn by(cells: &[Cell<'_>]) -> Self {
        let mut rows: Vec<u32> = Vec::new();
        let mut columns: Option<Range<u32>> = None;
        for cell in cells.iter().filter(|cell| !cell.is_blank()) {
            let CellRef { row, column } = position(cell);
            if rows.last() != Some(&row) {
                rows.push(row);
            }
            let Range { start, end } = columns.unwrap_or(column..column + 1);
            columns = Some(start.min(column)..end.max(column + 1));
        }
        let columns = columns.unwrap_or_default();
        Self { rows, columns }
    }
}

/// Moves the cells from the rows of the sheet to those of the table, spread over their merged areas. Blanks outside the
/// used rows and columns are left behind, and with them the areas that begin there.
fn place(cells: &mut Vec<Cell<'_>>, areas: Vec<Area>, used: &Used) {
    let mut areas = areas.into_iter().peekable();
    let mut rows = (0..).zip(&used.rows).peekable();
    cells.retain_mut(|cell| {
        let first = position(cell);
        while rows.next_if(|(_, used)| **used < first.row).is_some() {}
        let row = rows.peek().filter(|(_, used)| **used == first.row).map(|(row, _)| *row);
        let Some(row) = row.filter(|_| used.columns.contains(&first.column)) else { return false };
        cell.rows = row..row + 1;
        // An area that begins in no row that is left is passed over here.
        while areas.next_if(|area| area.first < first).is_some() {}
        if let Some(area) = areas.next_if(|area| area.first == first) {
            cell.rows.end = used.rows.partition_point(|&used| used <= area.last.row) as u32;
            cell.columns.end = used.columns.end.min(area.last.column + 1);
        }
        true
    });
}

/// Blanks for the first cells of merged areas of which the sheet has no record, in rows of which it has one.
fn first_cells(cells: &[Cell<'_>], areas: &[Area], sheet: &Arc<str>, budget: &mut Budget<'_>) -> Vec<Cell<'static>> {
    let missing = areas.iter().map(|area| area.first).filter(|first| {
        let from_row = &cells[cells.partition_point(|cell| cell.rows.start < first.row)..];
        let is_in_row = |cell: &&Cell<'_>| cell.rows.start == first.row;
        from_row.first().filter(is_in_row).is_some() && cells.binary_search_by_key(first, position).is_err()
    });
    let missing = missing.take_while(|_| budget.take_cells(1).is_ok());
    missing.map(|first| blank(sheet, first, first)).collect()
}

/// A blank cell at `place` of the sheet, in that row and column of the table.
fn blank(sheet: &Arc<str>, place: CellRef, at: CellRef) -> Cell<'static> {
    let place = Location::Sheet { sheet: Arc::clone(sheet), cell: place };
    Cell::single(Passage::whole(String::new(), place), at.row, at.column)
}

/// Drops the cells that merged areas cover, blank ones and figures that programs have left there. Words stay: programs that
/// insert rows leave the areas where they were, so that they cover the labels of other rows. Areas are in order.
fn drop_covered(
    cells: &mut Vec<Cell<'_>>,
    areas: &[Area],
    unprinted: &mut Unprinted,
    budget: &mut Budget<'_>,
) -> Result<(), Unreadable> {
    let Some(last) = cells.iter().map(|cell| cell.columns.start).max().filter(|_| !areas.is_empty()) else {
        return Ok(());
    };
    let columns = |area: &Area| area.first.column.min(last + 1)..area.last.column.min(last) + 1;
    budget.take_slots(areas.iter().map(|area| columns(area).len()).sum())?;
    // For each column, the row at which the merged areas met so far end.
    let mut ends = vec![0; last as usize + 1];
    let mut areas = areas.iter().peekable();
    cells.retain(|cell| {
        let CellRef { row, column } = position(cell);
        let mut is_first = false;
        while let Some(area) = areas.next_if(|area| area.first <= position(cell)) {
            is_first = area.first == position(cell);
            for column in columns(area) {
                let end = &mut ends[column as usize];
                *end = (area.last.row + 1).max(*end);
            }
        }
        if is_first || ends[column as usize] <= row || is_in_words(cell) {
            return true;
        }
        if !cell.is_blank() {
            unprinted.covered.add(cell.passage.place());
        }
        false
    });
    Ok(())
}

/// Blanks for the places in rows of figures of which the sheet has no record: from the first used column to the last, and
/// no more than the limit of cells leaves room for, since the file itself is within it.
fn gaps(
    cells: &[Cell<'_>],
    used: &Used,
    hidden: &Hidden,
    sheet: &Arc<str>,
    budget: &mut Budget<'_>,
) -> Vec<Cell<'static>> {
    let mut blanks = Vec::new();
    if used.columns.len() > FILLED_COLUMNS {
        return blanks;
    }
    // For each column, the row at which the last cell in it ends.
    let mut ends = vec![0; used.columns.len()];
    let index = |column: u32| (column - used.columns.start) as usize;
    let lines: Vec<&[Cell<'_>]> = cells.chunk_by(|one, next| one.rows.start == next.rows.start).collect();
    let has_figures: Vec<bool> = lines.iter().map(|line| line.iter().any(is_figure)).collect();
    for (at, line) in lines.into_iter().enumerate() {
        for cell in line {
            for end in &mut ends[index(cell.columns.start)..index(cell.columns.end)] {
                *end = cell.rows.end.max(*end);
            }
        }
        // A row of figures may lack its first one; a row next to one, with a label alone, all of them.
        let is_beside = at > 0 && has_figures[at - 1] || has_figures.get(at + 1) == Some(&true);
        let is_filled = has_figures[at] || line.len() == 1 && is_beside;
        if !is_filled {
            continue;
        }
        let CellRef { row, .. } = position(&line[0]);
        let is_free = |column: &u32| ends[index(*column)] <= row && !hidden.columns.contains(*column);
        for column in used.columns.clone().filter(is_free) {
            if budget.take_cells(1).is_err() {
                return blanks;
            }
            let place = CellRef { row: used.rows[row as usize], column };
            blanks.push(blank(sheet, place, CellRef { row, column }));
        }
    }
    blanks
}

/// More letters than digits: a label, and no figure with its unit.
fn is_in_words(cell: &Cell<'_>) -> bool {
    let text: &str = &cell.passage.text;
    text.chars().filter(|c| c.is_alphabetic()).count() > text.chars().filter(|c| c.is_numeric()).count()
}

/// Nothing in the cell but digits and the signs between them; or a formula that would have given some.
fn is_figure(cell: &Cell<'_>) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '\u{ff10}'..='\u{ff19}');
    // Full-width percent sign, comma, hyphen and full stop; the minus sign.
    let is_between = |c: char| {
        matches!(c, ',' | '.' | '-' | '+' | '%' | '\u{ff05}' | '\u{ff0c}'..='\u{ff0e}' | '\u{2212}')
            || c.is_whitespace()
    };
    let text: &str = &cell.passage.text;
    cell.uncomputed || (text.chars().all(|c| is_digit(c) || is_between(c)) && text.contains(is_digit))
}
