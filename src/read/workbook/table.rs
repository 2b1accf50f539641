//! From the cells of a sheet and its merged areas to a table.
//!
//! Rows that hold nothing visible take no row in the table; columns keep their numbers. Merged areas are laid over the
//! rows that are left and never expanded cell by cell: a file may state any number of them, each as large as the sheet.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Area, Cell, CellRef, Location, Passage, Table, TableBuilder};
use crate::read::budget::Budget;
use crate::read::unreadable::Unreadable;

/// On wider sheets a column without a record is just empty, not a figure left out.
const FILLED_COLUMNS: usize = 64;

/// The table of the sheet.
pub(super) fn table(
    mut cells: Vec<Cell<'static>>,
    areas: Vec<Area>,
    sheet: &Arc<str>,
    budget: &mut Budget<'_>,
) -> Result<Table<'static>, Unreadable> {
    sort(&mut cells);
    let used = Used::by(&cells);
    place(&mut cells, areas, &used);
    budget.take_slots(cells.iter().filter(|cell| is_merged(cell)).map(|cell| cell.columns.len()).sum())?;
    drop_covered(&mut cells, &used);
    let blanks = gaps(&cells, &used, sheet, budget);
    if !blanks.is_empty() {
        cells.extend(blanks);
        cells.sort_by_key(position);
    }
    budget.finish(TableBuilder::from(cells))
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
fn place(cells: &mut Vec<Cell<'_>>, mut areas: Vec<Area>, used: &Used) {
    areas.sort_unstable_by_key(|area| (area.first, Reverse(area.last)));
    areas.dedup_by_key(|area| area.first);
    let mut areas = areas.into_iter().peekable();
    let mut rows = (0..).zip(&used.rows).peekable();
    cells.retain_mut(|cell| {
        let first = position(cell);
        while rows.next_if(|(_, used)| **used < first.row).is_some() {}
        let row = rows.peek().filter(|(_, used)| **used == first.row).map(|(row, _)| *row);
        let Some(row) = row.filter(|_| used.columns.contains(&first.column)) else { return false };
        cell.rows = row..row + 1;
        // An area whose first cell has no record is passed over here.
        while areas.next_if(|area| area.first < first).is_some() {}
        if let Some(area) = areas.next_if(|area| area.first == first) {
            cell.rows.end = used.rows.partition_point(|&used| used <= area.last.row) as u32;
            cell.columns.end = used.columns.end.min(area.last.column + 1);
        }
        true
    });
}

/// Drops the blanks that merged areas cover.
fn drop_covered(cells: &mut Vec<Cell<'_>>, used: &Used) {
    if !cells.iter().any(is_merged) {
        return;
    }
    // For each column, the row at which the merged areas met so far end.
    let mut ends = vec![0; used.columns.end as usize];
    cells.retain(|cell| {
        let (first, end) = (cell.columns.start as usize, cell.columns.end as usize);
        if is_merged(cell) {
            ends[first..end].iter_mut().for_each(|end| *end = cell.rows.end.max(*end));
            return true;
        }
        !cell.is_blank() || ends[first] <= cell.rows.start
    });
}

/// Blanks for the places in rows of figures of which the sheet has no record: from the first used column to the last, and
/// no more than the limit of cells leaves room for, since the file itself is within it.
fn gaps(cells: &[Cell<'_>], used: &Used, sheet: &Arc<str>, budget: &mut Budget<'_>) -> Vec<Cell<'static>> {
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
        for column in used.columns.clone().filter(|&column| ends[index(column)] <= row) {
            if budget.take_cells(1).is_err() {
                return blanks;
            }
            let cell = CellRef { row: used.rows[row as usize], column };
            let place = Location::Sheet { sheet: Arc::clone(sheet), cell };
            blanks.push(Cell::single(Passage::whole(String::new(), place), row, column));
        }
    }
    blanks
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
