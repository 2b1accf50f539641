//! The header of a block: which columns a table prints, in which order.

use std::ops::Range;

use super::field::Field;
use super::printed::Printed;
use super::table_line::TableLine;
use crate::align::{Candidate, in_order};
use crate::document::Location;
use crate::label::Label;
use crate::pack::{Block, Table};

/// The header of a block: for each of its columns as printed, which of the form's it is.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Columns of the form (counted from the block's first) in the order in which they are printed.
    pub printed: Vec<usize>,
    /// For each of them, the line it is in.
    rows: Vec<usize>,
    /// For each name of a column above the figures, which of these it is above; none where any name is above no figure.
    pub over_figures: Vec<(usize, usize)>,
    /// The columns, and groups of columns, that each of its lines names, from left to right.
    pub lines: Vec<Vec<Range<usize>>>,
    /// The grid column of the last of them, if all are printed.
    pub last: Option<u32>,
    /// The grid columns of the figures: where they are in full rows, else those of the names, if all are printed.
    pub grid: Vec<u32>,
    pub location: Option<Location>,
    /// Texts that are no label of the form are among the columns: one may be misprinted.
    pub has_unknown: bool,
}

/// The grid columns in which the rows of a block have figures.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// The first one of any row.
    first: Option<u32>,
    /// Those of the rows that are full; none where these are in several places.
    full: Vec<u32>,
}

impl Figures {
    /// Of rows with `width` figures when they are full.
    pub fn of(fields: &[Field<'_>], rows: &[&TableLine], width: usize) -> Self {
        // A run may begin with the blank name of a row that has a code or none.
        let starts = rows.iter().filter_map(|line| line.run.clone().find(|&index| !fields[index].is_blank()));
        let first = starts.map(|index| fields[index].column).min();
        let columns = |line: &&&TableLine| -> Vec<u32> {
            fields[line.run.clone()].iter().filter(|field| !field.is_blank()).map(|field| field.column).collect()
        };
        let mut full = rows.iter().filter(|line| line.filled == width);
        let common = full.next().map(|line| columns(&line)).unwrap_or_default();
        let is_common = full.all(|line| columns(&line) == common);
        Self { first, full: if is_common { common } else { Vec::new() } }
    }
}

impl Header {
    /// Whether its order can be trusted where it differs from the form's: columns in one header row are where
    /// they are, but the rows of a header may be shifted against each other, unless all columns are where the figures are.
    pub fn is_trusted(&self) -> bool {
        let printed = &self.printed;
        let is_above = self.over_figures.len() == printed.len();
        is_above
            || (0..printed.len()).all(|left| {
                (left + 1..printed.len())
                    .all(|right| printed[left] < printed[right] || self.rows[left] == self.rows[right])
            })
    }
}

/// Whether the header can be left unread: every row is full, and all columns are named in the form's order.
pub(super) fn is_regular(
    table: &Printed<'_, '_>,
    block: &Block,
    above: &[TableLine],
    rows: &[&TableLine],
    width: usize,
) -> bool {
    rows.iter().all(|line| line.filled == width) && (block.side_by_side || is_in_order(table, block, above, width))
}

/// Whether the names of all columns, of whichever header row, are in the form's order from left to right.
fn is_in_order(table: &Printed<'_, '_>, block: &Block, above: &[TableLine], width: usize) -> bool {
    let fields = above.iter().flat_map(|line| &table.fields[line.fields.clone()]);
    let named = fields.filter_map(|field| Some((field.column, field.columns(table.index, &block.columns).next()?)));
    let mut named: Vec<(u32, usize)> = named.collect();
    named.sort_by_key(|(column, _)| *column);
    named.len() >= width && named.is_sorted_by_key(|(_, name)| *name)
}

/// Reads the header from the lines above a block's rows, whose figures are in the grid columns `figures`.
pub(super) fn header(
    table: &Printed<'_, '_>,
    form: &Table,
    block: &Block,
    above: &[TableLine],
    figures: &Figures,
) -> Header {
    let columns_of = |field: usize| table.fields[field].columns(table.index, &block.columns);
    // Fields that name a column: (grid column, line, field).
    let fields = above.iter().enumerate().flat_map(|(at, line)| line.fields.clone().map(move |field| (at, field)));
    let naming = fields.filter(|&(_, field)| columns_of(field).next().is_some());
    let mut named: Vec<(u32, usize, usize)> =
        naming.map(|(at, field)| (table.fields[field].column, at, field)).collect();
    let first = figures.first.unwrap_or(u32::MAX);
    let is_unknown = |index: usize| {
        let field = &table.fields[index];
        field.column >= first && field.has_key() && !field.is_figure() && field.targets().is_empty()
    };
    let has_unknown = named.iter().any(|&(_, at, _)| above[at].fields.clone().any(is_unknown));
    let location = named.first().map(|&(_, _, field)| table.fields[field].location());
    let last = named.iter().map(|&(column, _, _)| column).max();
    let by_line = named.clone();
    named.sort_unstable();
    named.dedup_by_key(|(column, _, field)| (*column, table.key(*field)));
    let picked: Vec<(usize, usize)> = if block.side_by_side {
        let groups = form.groups(block);
        let lay = |named: &[(u32, usize, usize)]| {
            let mut candidates = Vec::new();
            for (item, &(_, _, field)) in named.iter().enumerate() {
                for column in columns_of(field) {
                    let targets = (0..groups).map(|group| group * block.columns.len() + column);
                    candidates.extend(targets.map(|target| Candidate { item, target, weight: 1 }));
                }
            }
            in_order(&candidates, groups * block.columns.len())
        };
        let mut picked = lay(&named);
        // Where merged cells are lost, one row of the header may go on where the one above it ends.
        if by_line.len() > named.len() || picked.len() < named.len() {
            let other = lay(&by_line);
            if other.len() == by_line.len() && other.len() > picked.len() {
                (picked, named) = (other, by_line);
            }
        }
        // A header whose rows are shifted against each other says nothing.
        let is_whole = picked.len() == named.len();
        picked.iter().filter(|_| is_whole).map(|picked| (picked.target, named[picked.item].1)).collect()
    } else {
        let mut picked: Vec<(usize, usize)> = Vec::new();
        for &(_, line, field) in &named {
            let column = columns_of(field).find(|column| picked.iter().all(|(known, _)| known != column));
            picked.extend(column.map(|column| (column, line)));
        }
        picked
    };
    let columns = named.iter().map(|(column, ..)| *column).collect();
    let places = named.iter().map(|(column, ..)| figures.full.iter().position(|of_figure| of_figure == column));
    let places: Option<Vec<usize>> = places.collect();
    let over = places.filter(|places| places.len() == picked.len() && places.is_sorted_by(|one, next| one < next));
    let over_figures = over.unwrap_or_default().into_iter().zip(picked.iter().map(|(column, _)| *column)).collect();
    let (printed, rows): (Vec<usize>, Vec<usize>) = picked.into_iter().unzip();
    let is_whole = printed.len() == form.width(block);
    let last = last.filter(|_| is_whole);
    let grid = if is_whole && figures.full.is_empty() { columns } else { figures.full.clone() };
    let lines = if block.side_by_side { Vec::new() } else { names_of_lines(table, form, block, above) };
    Header { printed, rows, over_figures, lines, last, grid, location, has_unknown }
}

/// What each line names: a column, or a group of columns by all that are in it.
fn names_of_lines(table: &Printed<'_, '_>, form: &Table, block: &Block, above: &[TableLine]) -> Vec<Vec<Range<usize>>> {
    let first = block.columns.start;
    let of_group = |key: &str| {
        let is_below = |column: &usize| form.columns[*column].labels.iter().any(|label| Label::new(label).core == key);
        let mut below = block.columns.clone().filter(is_below).map(|column| column - first);
        let start = below.next()?;
        Some(start..below.next_back().unwrap_or(start) + 1)
    };
    let named = |field: usize| {
        let column = table.fields[field].columns(table.index, &block.columns).next();
        let is_group = || table.fields[field].is_of(table.index) && table.fields[field].has_key();
        column.map(|column| column..column + 1).or_else(|| of_group(table.key(field)).filter(|_| is_group()))
    };
    above.iter().map(|line| line.fields.clone().filter_map(named).collect()).collect()
}
