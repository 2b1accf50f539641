//! Which rows and columns each cell of a group of rows covers: the standard's algorithm for forming a table
//! (<https://html.spec.whatwg.org/multipage/tables.html#forming-a-table>), on what is there, not on what is claimed.

use std::ops::Range;

use crate::read::budget::Budget;
use crate::read::unreadable::Unreadable;

/// What a cell claims. Cells come row by row, left to right.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Claim {
    pub row: u32,
    pub columns: u32,
    /// 0 reaches to the end of the group.
    pub rows: u32,
}

/// What a cell covers.
#[derive(Debug, Clone)]
pub(in crate::read) struct Place {
    pub rows: Range<u32>,
    pub columns: Range<u32>,
}

/// Places the cells of a group of `rows` rows. Cells that claim rows which are full without them end before those: a header
/// is often said to span a row more than was written.
pub(in crate::read) fn place(
    claims: &mut [Claim],
    rows: u32,
    budget: &mut Budget<'_>,
) -> Result<Vec<Place>, Unreadable> {
    /// Headers have few levels, and each look forms the whole group again.
    const LOOKS: usize = 4;
    for _ in 0..LOOKS {
        let (places, widths) = form(claims, rows, budget)?;
        if !end_false_claims(claims, &places, &widths) {
            return Ok(places);
        }
    }
    form(claims, rows, budget).map(|(places, _)| places)
}

/// The columns a cell covers in the rows before `until`.
struct Reach {
    columns: Range<u32>,
    until: u32,
}

/// Lays the cells out; for each row, also how many columns are covered in it.
fn form(claims: &[Claim], rows: u32, budget: &mut Budget<'_>) -> Result<(Vec<Place>, Vec<u32>), Unreadable> {
    let mut places = Vec::with_capacity(claims.len());
    let mut widths = vec![0; rows as usize];
    // Cells of earlier rows that reach into this one, by their first column, and those of this row that reach further.
    let mut above: Vec<Reach> = Vec::new();
    let mut below: Vec<Reach> = Vec::new();
    for cells in claims.chunk_by(|one, next| one.row == next.row) {
        let row = cells[0].row;
        // Two sorted stretches, which the sort knows how to merge.
        above.append(&mut below);
        above.retain(|reach| reach.until > row);
        above.sort_by_key(|reach| reach.columns.start);
        budget.take_cells(above.len())?;
        let mut width: u32 = above.iter().map(|reach| reach.columns.len() as u32).sum();
        let mut next = above.iter().peekable();
        let mut column = 0;
        for claim in cells {
            while let Some(reach) = next.next_if(|reach| reach.columns.start <= column) {
                column = column.max(reach.columns.end);
            }
            let columns = column..column.saturating_add(claim.columns);
            column = columns.end;
            width = width.saturating_add(claim.columns);
            let until = if claim.rows == 0 { rows } else { row.saturating_add(claim.rows).min(rows) };
            if until > row + 1 {
                below.push(Reach { columns: columns.clone(), until });
            }
            places.push(Place { rows: row..until, columns });
        }
        widths[row as usize] = width;
    }
    Ok((places, widths))
}

/// Finds the first row that is full without cells that reach into it, and ends those above it. False where there is none.
fn end_false_claims(claims: &mut [Claim], places: &[Place], widths: &[u32]) -> bool {
    /// Of the rows that are too wide, so many are checked: each check goes over all cells.
    const ROWS: usize = 16;
    let usual = usual(widths);
    if usual < 2 {
        return false;
    }
    let too_wide = (0..).zip(widths).filter(|&(_, &width)| width > usual).take(ROWS);
    for (row, width) in too_wide {
        let ended = false_claims(places, row, width - usual);
        if ended.is_empty() {
            continue;
        }
        for index in ended {
            claims[index].rows = row - claims[index].row;
        }
        return true;
    }
    false
}

/// The cells that reach into a row and are together as wide as it is too wide: all of them, or those that begin in one
/// row.
fn false_claims(places: &[Place], row: u32, excess: u32) -> Vec<usize> {
    let reaches = |place: &&Place| place.rows.start < row && place.rows.end > row;
    let width = |of: &dyn Fn(u32) -> bool| -> u32 {
        let reaching = places.iter().filter(reaches).filter(|place| of(place.rows.start));
        reaching.map(|place| place.columns.len() as u32).fold(0, u32::saturating_add)
    };
    let mut from: Vec<u32> = places.iter().filter(reaches).map(|place| place.rows.start).collect();
    from.dedup();
    let first = from.iter().take(8).copied().find(|&first| width(&|start| start == first) == excess);
    let is_all = width(&|_| true) == excess;
    if !is_all && first.is_none() {
        return Vec::new();
    }
    let is_false = |place: &Place| is_all || Some(place.rows.start) == first;
    let ended = places.iter().enumerate().filter(|(_, place)| reaches(place) && is_false(place));
    ended.map(|(index, _)| index).collect()
}

/// The width that most rows have; of two as common the larger.
fn usual(widths: &[u32]) -> u32 {
    let mut sorted: Vec<u32> = widths.iter().copied().filter(|&width| width > 0).collect();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|one, next| one == next);
    runs.max_by_key(|run| run.len()).map_or(0, |run| run[0])
}
