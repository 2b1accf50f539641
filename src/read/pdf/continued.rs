//! Tables that go on on the next page: a row that is broken by the end of a page is one row.

use super::table::{PageCell, PageTable};
use super::text::Written;
use super::typeface::is_numeric;
use crate::label::Label;

/// A table and what went before it.
pub(super) struct Continued {
    /// The texts of the first rows of the table, which may be printed again on every page.
    header: Vec<Vec<String>>,
    pub table: PageTable,
}

impl Continued {
    /// A table that begins.
    pub fn begin(table: PageTable) -> Self {
        Self { header: (0..table.rows()).map(|row| texts(&table, row)).collect(), table }
    }

    /// The table that follows on the next page, and what is to be said of the one before it. Takes the rest of a row that
    /// was broken into the row that it is of.
    pub fn next(mut self, mut below: PageTable) -> (PageTable, Self) {
        let (table, header) = (&mut self.table, &self.header);
        if have_same_figures(table, &below) {
            let repeated = repeated(&below, header);
            take_label(table, &mut below, repeated);
            return (self.table, Self { header: self.header, table: below });
        }
        if !have_same_columns(table, &below) {
            return (self.table, Self::begin(below));
        }
        number_alike(table, &mut below);
        let repeated = repeated(&below, header);
        if is_rest(table, &below, repeated) {
            take_rest(table, &mut below, repeated);
        }
        (self.table, Self { header: self.header, table: below })
    }
}

/// How many rows of the header are printed again.
fn repeated(below: &PageTable, header: &[Vec<String>]) -> u32 {
    (0..below.rows()).zip(header).take_while(|(row, known)| texts(below, *row) == **known).count() as u32
}

/// Whether both are tables without lines, with as many columns of figures at the same places.
fn have_same_figures(above: &PageTable, below: &PageTable) -> bool {
    let mut pairs = above.figures.iter().zip(&below.figures);
    !above.figures.is_empty()
        && above.figures.len() == below.figures.len()
        && pairs.all(|(above, below)| above.start < below.end && below.start < above.end)
}

/// Whether the columns of both, of which one may have fewer, are at the same places.
fn have_same_columns(above: &PageTable, below: &PageTable) -> bool {
    let (above, below) = (borders(above), borders(below));
    let (fewer, more) = if above.len() < below.len() { (above, below) } else { (below, above) };
    fewer.iter().all(|border| more.iter().any(|other| (border - other).abs() < APART))
}

/// Gives the columns of both the same numbers: those of the one that has more of them.
fn number_alike(above: &mut PageTable, below: &mut PageTable) {
    let (of_above, of_below) = (borders(above), borders(below));
    let (fewer, all) = if of_above.len() < of_below.len() { (above, of_below) } else { (below, of_above) };
    let number = |at: f64| all.partition_point(|border| *border < at - APART) as u32;
    for cell in &mut fewer.cells {
        let (start, end) = (number(cell.area.left), number(cell.area.right));
        cell.columns = start..end.max(start + 1);
    }
}

/// Borders of two pages are at the same place if they are no further apart.
const APART: f64 = 3.0;

fn borders(table: &PageTable) -> Vec<f64> {
    let mut borders: Vec<f64> = table.cells.iter().flat_map(|cell| [cell.area.left, cell.area.right]).collect();
    borders.sort_by(f64::total_cmp);
    borders.dedup_by(|one, other| *one - *other < APART);
    borders
}

fn is_above(above: &PageCell, below: &PageCell) -> bool {
    (above.area.left - below.area.left).abs() < APART && (above.area.right - below.area.right).abs() < APART
}

/// The texts of a row.
fn texts(table: &PageTable, row: u32) -> Vec<String> {
    table.cells.iter().filter(|cell| cell.rows.start == row).map(|cell| cell.text.text().to_owned()).collect()
}

/// Whether this row is what did not fit on the page before it: the rest of figures of the row above, and of the label
/// nothing; or whatever is left, where no line is at the end of the page. Labels of several rows are beside it.
fn is_rest(above: &PageTable, below: &PageTable, row: u32) -> bool {
    let Some(last) = above.rows().checked_sub(1) else { return false };
    let cut: Vec<&PageCell> = above.cells.iter().filter(|cell| cell.rows.end == last + 1).collect();
    let is_bare = |cell: &PageCell| cell.text.text().chars().all(|c| is_numeric(c) || c.is_whitespace());
    let is_figure = |cell: &PageCell| !cell.text.is_empty() && is_bare(cell);
    let is_own = |cell: &&PageCell| cell.rows == (row..row + 1) && !cell.text.is_empty();
    let mut rests = below.cells.iter().filter(is_own).peekable();
    if rests.peek().is_none() {
        return false;
    }
    let of = |rest: &PageCell| cut.iter().find(|above| is_above(above, rest)).filter(|above| !above.text.is_empty());
    if above.is_open[1] && below.is_open[0] {
        // A row with a number of its own begins there.
        let begins = |rest: &PageCell| Label::new(rest.text.text()).ordinal.is_some_and(|_| !is_bare(rest));
        let is_whole = |rest: &PageCell| of(rest).is_some() && !begins(rest);
        return rests.all(is_whole);
    }
    let rests: Vec<&PageCell> = rests.collect();
    let are_of_figures = rests.iter().all(|rest| is_bare(rest) && of(rest).is_some_and(|above| is_figure(above)));
    let has_label = cut.iter().any(|cell| !cell.text.is_empty() && !is_bare(cell));
    are_of_figures && has_label
}

/// Moves the texts of a row to the last row above, and takes it out.
fn take_rest(above: &mut PageTable, below: &mut PageTable, row: u32) {
    let last = above.rows().saturating_sub(1);
    for cell in &mut below.cells {
        if cell.rows != (row..row + 1) || cell.text.is_empty() {
            continue;
        }
        let of = above.cells.iter_mut().find(|above| above.rows.end == last + 1 && is_above(above, cell));
        if let Some(of) = of {
            of.text.separate("\n");
            of.text.append(std::mem::take(&mut cell.text));
        }
    }
    below.remove(row);
}

/// Takes the rest of the label of the last row, which is at the top of the next page, to that row. Where it may be the label
/// of the row below as well, the last row is left without a label: half of one may be that of another row.
fn take_label(above: &mut PageTable, below: &mut PageTable, row: u32) {
    let (Some(figures), Some(last)) = (above.figures.first().map(|first| first.start), above.rows().checked_sub(1))
    else {
        return;
    };
    let is_label = |cell: &PageCell| cell.area.right <= figures && !cell.text.is_empty();
    let is_bare = |table: &PageTable, row: u32| {
        let mut own = table.cells.iter().filter(|cell| cell.rows.start == row).peekable();
        own.peek().is_some() && own.all(is_label)
    };
    let has_label =
        |table: &PageTable, row: u32| table.cells.iter().any(|cell| cell.rows.start == row && is_label(cell));
    if is_bare(above, last) {
        return;
    }
    let bare = (row..below.rows()).take_while(|row| is_bare(below, *row)).count() as u32;
    let is_sure = has_label(below, row + bare);
    for _ in 0..bare {
        let goes_on = |rest: &PageCell, cell: &PageCell| {
            cell.rows.end == last + 1 && is_label(cell) && cell.area.is_set_as(rest.area)
        };
        let rests = || below.cells.iter().filter(|cell| cell.rows.start == row);
        let begins = |rest: &PageCell| Label::new(rest.text.text()).ordinal.is_some();
        if !rests().all(|rest| above.cells.iter().any(|cell| goes_on(rest, cell)) && !begins(rest)) {
            return;
        }
        for rest in below.cells.iter_mut().filter(|cell| cell.rows.start == row) {
            let Some(cell) = above.cells.iter_mut().find(|cell| goes_on(rest, cell)) else { continue };
            if is_sure {
                cell.text.separate("\n");
                cell.text.append(std::mem::take(&mut rest.text));
            } else {
                cell.text = Written::default();
            }
        }
        if !is_sure {
            return;
        }
        below.remove(row);
    }
}
