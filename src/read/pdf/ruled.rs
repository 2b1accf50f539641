//! Tables that are drawn with lines: what is in each cell.

use super::super::budget::Budget;
use super::super::unreadable::Unreadable;
use super::canvas::Glyph;
use super::divided;
use super::grid::Grid;
use super::matrix::Area;
use super::sheet::Sheet;
use super::table::PageTable;
use super::text;
use super::typeface::{UNKNOWN, is_numeric};

/// The table of a grid, with these glyphs in each of its cells.
pub(super) fn table(
    grid: &Grid,
    glyphs: Vec<Vec<Glyph>>,
    sheet: &Sheet,
    budget: &mut Budget<'_>,
) -> Result<PageTable, Unreadable> {
    let mut table = PageTable::new(grid.is_open(), grid.is_torn());
    for (cell, glyphs) in grid.cells.iter().zip(glyphs) {
        for (columns, glyphs) in divided::columns(cell, &grid.xs, glyphs) {
            let (left, right) = (grid.xs[columns.start as usize], grid.xs[columns.end as usize]);
            let area = Area { left, right, ..cell.area };
            table.add((cell.rows.clone(), columns), (area, glyphs), sheet, budget)?;
        }
    }
    Ok(table)
}

/// Where each glyph of a page is: in which table, and in which of its cells; none outside tables. Where a cell is cut off by
/// the end of the page, its last line may hang out of it.
pub(super) fn places(sheet: &Sheet, grids: &[Grid]) -> Vec<Option<(usize, usize)>> {
    const BELOW: f64 = 1.0;
    let lowest = sheet.glyphs.iter().map(|glyph| glyph.area.bottom).fold(f64::NEG_INFINITY, f64::max);
    let reach = 2.0 * BELOW * sheet.smallest();
    let hanging = grids.iter().position(|grid| lowest - grid.area.bottom < reach);
    let place = |glyph: &Glyph| {
        let center = glyph.area.center();
        let inside = grids.iter().enumerate().find_map(|(index, grid)| Some((index, grid.cell_at(center)?)));
        let below = || {
            let index = hanging?;
            let is_near = (0.0..BELOW * glyph.size).contains(&(center.y - grids[index].area.bottom));
            if is_near { Some((index, grids[index].ending_at(center.x)?)) } else { None }
        };
        inside.or_else(below)
    };
    sheet.glyphs.iter().map(place).collect()
}

/// Makes figures unknown that are printed over the line between two cells: nobody can say whose they are.
pub(super) fn mark_astride(sheet: &mut Sheet, places: &[Option<(usize, usize)>]) {
    /// Glyphs of one figure are no further apart, as a share of their size.
    const APART: f64 = 0.06;
    let glyphs = &mut sheet.glyphs;
    let mut start = 0;
    for end in 1..=glyphs.len() {
        let goes_on = glyphs.get(end).is_some_and(|glyph| {
            let before = &glyphs[end - 1];
            let is_beside = text::gap(before, glyph).abs() < APART;
            let is_level = (before.area.bottom - glyph.area.bottom).abs() < APART * glyph.size;
            is_beside && is_level && is_numeric(before.c) && is_numeric(glyph.c)
        });
        if goes_on {
            continue;
        }
        if places[start..end].iter().any(|place| *place != places[start]) {
            glyphs[start..end].iter_mut().for_each(|glyph| glyph.c = UNKNOWN);
        }
        start = end;
    }
}
