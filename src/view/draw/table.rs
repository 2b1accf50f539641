//! The rows of a table around its marks, below their header.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::excerpt::{self, Cell, is_number};
use super::super::places::Marked;
use crate::document::{Row, Table};
use crate::finding::clipped;

/// So many rows and columns are shown.
const ROWS: usize = 30;
const COLUMNS: usize = 16;
/// The columns of labels, which are shown wherever the figure is.
const LABELS: u32 = 3;
/// Rows of a header, those next to the figures.
const HEADER: usize = 4;

pub(super) fn of(table: &Table<'_>, marks: &[Marked<'_>]) -> Vec<excerpt::Row> {
    let marked = |cell: usize| {
        let mark = marks.iter().find(|mark| mark.part.is_some_and(|part| part.cell == cell));
        mark.map(|mark| mark.number)
    };
    let cells = table.cells();
    let at: Vec<usize> = marks.iter().filter_map(|mark| Some(mark.part?.cell)).collect();
    let header = header(table, at.first().map_or(0, |&cell| cells[cell].rows.start));
    let marked_rows = at.iter().map(|&cell| cells[cell].rows.start);
    let shown = rows(marked_rows, &header, table.rows().len() as u32);
    let columns = columns(table, &shown, &at);
    let mut drawn: BTreeMap<u32, Vec<(u32, Cell)>> = shown.iter().map(|&row| (row, Vec::new())).collect();
    for (index, cell) in cells.iter().enumerate() {
        let (rows, covered) = (shown.range(cell.rows.clone()), columns.range(cell.columns.clone()));
        let (Some(row), Some(&column)) = (rows.clone().next(), covered.clone().next()) else { continue };
        let text = clipped(&cell.passage.text.split_whitespace().collect::<Vec<_>>().join(" "));
        let is_label = columns.first() == Some(&column) && !is_number(&text);
        let cell = Cell { text, rows: rows.count(), columns: covered.count(), mark: marked(index), is_label };
        drawn.entry(*row).or_default().push((column, cell));
    }
    fill(&mut drawn, &columns);
    let mut before = None;
    let drawn = drawn.into_iter().map(|(row, cells)| excerpt::Row {
        cells: cells.into_iter().map(|(_, cell)| cell).collect(),
        is_header: header.contains(&row),
        is_after_gap: before.replace(row).is_some_and(|before| before + 1 < row),
    });
    drawn.collect()
}

/// Adds blank cells where a table has none, and lets a title that is alone in its row have all of it.
fn fill(rows: &mut BTreeMap<u32, Vec<(u32, Cell)>>, columns: &BTreeSet<u32>) {
    // For each column, how many rows from here on are covered from above.
    let mut covered: BTreeMap<u32, usize> = columns.iter().map(|&column| (column, 0)).collect();
    for row in rows.values_mut() {
        let is_whole = covered.values().all(|rows| *rows == 0);
        for (column, cell) in row.iter() {
            for (_, rows) in covered.range_mut(*column..).take(cell.columns) {
                *rows = (*rows).max(cell.rows);
            }
        }
        let bare = covered.iter().filter(|(_, rows)| **rows == 0);
        let blank = Cell { text: String::new(), rows: 1, columns: 1, mark: None, is_label: false };
        row.extend(bare.map(|(column, _)| (*column, blank.clone())));
        row.sort_by_key(|(column, _)| *column);
        covered.values_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        let is_plain = row.iter().all(|(_, cell)| cell.rows == 1 && cell.mark.is_none());
        let is_alone = row.iter().skip(1).all(|(_, cell)| cell.text.is_empty());
        if is_whole && is_plain && is_alone {
            row.truncate(1);
            row.iter_mut().for_each(|(_, cell)| cell.columns = columns.len());
        }
    }
}

/// The header of a row: rows of words above the rows of figures that it is among.
fn header(table: &Table<'_>, row: u32) -> Range<u32> {
    #[derive(PartialEq)]
    enum Holds {
        Nothing,
        Words,
        Figures,
    }
    let holds = |row: &Row<'_, '_>| {
        let texts = || row.cells().map(|cell| cell.passage.text.trim());
        match texts().skip(1).any(is_number) {
            true => Holds::Figures,
            false if texts().all(str::is_empty) => Holds::Nothing,
            false => Holds::Words,
        }
    };
    let above: Vec<Row<'_, '_>> = table.rows().take(row as usize).collect();
    let figures = above.iter().rev().take_while(|row| holds(row) == Holds::Figures).count();
    let end = above.len() - figures;
    let words = above[..end].iter().rev().take(HEADER).take_while(|row| holds(row) == Holds::Words).count();
    (end - words) as u32..end as u32
}

/// The rows to be shown: those of the marks and their neighbours, the first mark's before all, below the header.
fn rows(marked: impl Iterator<Item = u32>, header: &Range<u32>, count: u32) -> BTreeSet<u32> {
    let mut shown: BTreeSet<u32> = header.clone().collect();
    for row in marked {
        if shown.len() >= ROWS {
            break;
        }
        shown.extend(row.saturating_sub(1)..(row + 2).min(count));
    }
    shown
}

/// The columns to be shown: all that hold something, of wide tables the labels and those about the marks.
fn columns(table: &Table<'_>, shown: &BTreeSet<u32>, marked: &[usize]) -> BTreeSet<u32> {
    let cells = table.cells();
    let mut columns: BTreeSet<u32> = marked.iter().map(|&cell| cells[cell].columns.start).collect();
    let single = cells.iter().filter(|cell| cell.columns.len() == 1 && !cell.is_blank());
    columns
        .extend(single.filter(|cell| shown.range(cell.rows.clone()).next().is_some()).map(|cell| cell.columns.start));
    if columns.is_empty() {
        columns.insert(0);
    }
    if columns.len() <= COLUMNS {
        return columns;
    }
    let primary = marked.first().map_or(0, |&cell| cells[cell].columns.start);
    let mut by_distance: Vec<u32> = columns.into_iter().collect();
    by_distance.sort_by_key(|&column| (column >= LABELS, column.abs_diff(primary), column));
    by_distance.into_iter().take(COLUMNS).collect()
}
