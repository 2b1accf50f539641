//! The header of a block: which columns a table prints, in which order.

use super::printed::Printed;
use super::table_line::TableLine;
use crate::align::{Candidate, in_order};
use crate::document::Location;
use crate::pack::{Block, Table};

/// The header of a block: for each of its columns as printed, which of the form's it is.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Columns of the form (counted from the block's first) in the order in which they are printed.
    pub printed: Vec<usize>,
    /// For each of them, the line it is in.
    rows: Vec<usize>,
    /// The grid column of the last of them, if all are printed.
    pub last: Option<u32>,
    pub location: Option<Location>,
    /// Texts that are no label of the form are among the columns: one may be misprinted.
    pub has_unknown: bool,
}

impl Header {
    /// Whether its order can be trusted where it differs from the form's: columns in one header row are where
    /// they are, but the rows of a header may be shifted against each other.
    pub fn is_trusted(&self) -> bool {
        let printed = &self.printed;
        (0..printed.len()).all(|left| {
            (left + 1..printed.len()).all(|right| printed[left] < printed[right] || self.rows[left] == self.rows[right])
        })
    }
}

/// Whether the header can be left unread: every row is full, and the columns are named in the form's order.
pub(super) fn is_regular(
    table: &Printed<'_, '_>,
    block: &Block,
    above: &[TableLine],
    rows: &[&TableLine],
    width: usize,
) -> bool {
    rows.iter().all(|line| line.filled == width) && (block.side_by_side || is_in_order(table, block, above))
}

/// Whether the names of columns, of whichever header row, are in the form's order from left to right.
fn is_in_order(table: &Printed<'_, '_>, block: &Block, above: &[TableLine]) -> bool {
    let fields = above.iter().flat_map(|line| &table.fields[line.fields.clone()]);
    let named = fields.filter_map(|field| Some((field.column, field.columns(table.index, &block.columns).next()?)));
    let mut named: Vec<(u32, usize)> = named.collect();
    named.sort_by_key(|(column, _)| *column);
    named.is_sorted_by_key(|(_, name)| *name)
}

/// Reads the header from the lines above a block's rows; the figures of these begin in the grid column `first_figure`.
pub(super) fn header(
    table: &Printed<'_, '_>,
    form: &Table,
    block: &Block,
    above: &[TableLine],
    first_figure: Option<u32>,
) -> Header {
    let columns_of = |field: usize| table.fields[field].columns(table.index, &block.columns);
    // Fields that name a column: (grid column, line, field).
    let fields = above.iter().enumerate().flat_map(|(at, line)| line.fields.clone().map(move |field| (at, field)));
    let naming = fields.filter(|&(_, field)| columns_of(field).next().is_some());
    let mut named: Vec<(u32, usize, usize)> =
        naming.map(|(at, field)| (table.fields[field].column, at, field)).collect();
    let first = first_figure.unwrap_or(u32::MAX);
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
    let (printed, rows): (Vec<usize>, Vec<usize>) = picked.into_iter().unzip();
    let last = last.filter(|_| printed.len() == form.width(block));
    Header { printed, rows, last, location, has_unknown }
}
