//! The header of a block: which columns a table prints, in which order.

use super::outline::{Hits, Outline};
use super::rows::Strip;
use crate::align::{Candidate, in_order};
use crate::document::Location;
use crate::pack::{Block, Pack, Target};

/// The header of a block: for each of its columns as printed, which of the form's it is.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Columns of the form (counted from the block's first) in the order in which they are printed.
    pub printed: Vec<usize>,
    /// For each of them, the strip it stands in.
    rows: Vec<usize>,
    /// The grid column of the last of them, if all are printed.
    pub last: Option<u32>,
    pub location: Option<Location>,
    /// Texts that are no label of the form stand among the columns: one may be misprinted.
    pub has_unknown: bool,
}

impl Header {
    /// Whether its order can be trusted where it differs from the form's: columns that stand in one header row are where
    /// they are, but the rows of a header may be shifted against each other.
    pub fn is_trusted(&self) -> bool {
        let printed = &self.printed;
        (0..printed.len()).all(|left| {
            (left + 1..printed.len()).all(|right| printed[left] < printed[right] || self.rows[left] == self.rows[right])
        })
    }
}

/// Whether the header can be left unread: every row is full, and no header row has columns in another order.
pub(super) fn is_regular(
    hits: &Hits<'_>,
    block: &Block,
    table: usize,
    strips: &[Strip],
    rows: &[&Strip],
    width: usize,
) -> bool {
    let in_order = |strip: &Strip| {
        let columns = strip.fields.clone().filter_map(|index| {
            hits[index].iter().find_map(|target| match *target {
                Target::Column { table: of, column } if of == table && block.columns.contains(&column) => Some(column),
                _ => None,
            })
        });
        columns.is_sorted()
    };
    rows.iter().all(|strip| strip.filled == width) && (block.side_by_side || strips.iter().all(in_order))
}

/// Reads the header from the strips above a block's rows; the figures of these begin in the grid column `first_figure`.
pub(super) fn header(
    outline: &Outline<'_>,
    hits: &Hits<'_>,
    pack: &Pack,
    table: usize,
    block: &Block,
    strips: &[Strip],
    first_figure: Option<u32>,
) -> Header {
    let form = &pack.tables[table];
    // Fields that name a column: (grid column, strip, field).
    let mut named = Vec::new();
    for (at, strip) in strips.iter().enumerate() {
        for index in strip.fields.clone() {
            let is_column = |target: &Target| match *target {
                Target::Column { table: of, column } => of == table && block.columns.contains(&column),
                _ => false,
            };
            if hits[index].iter().any(is_column) {
                named.push((outline.fields[index].column, at, index));
            }
        }
    }
    let first = first_figure.unwrap_or(u32::MAX);
    let is_unknown = |index: usize| {
        let field = &outline.fields[index];
        field.column >= first && field.has_key() && !field.is_figure() && hits[index].is_empty()
    };
    let mut with_names = named.iter().map(|&(_, at, _)| &strips[at]);
    let has_unknown = with_names.any(|strip| strip.fields.clone().any(is_unknown));
    let location = named.iter().map(|&(_, _, field)| outline.fields[field].location()).next();
    let columns_of = |field: usize| {
        hits[field].iter().filter_map(move |target| match *target {
            Target::Column { table: of, column } if of == table && block.columns.contains(&column) => {
                Some(column - block.columns.start)
            }
            _ => None,
        })
    };
    let last = named.iter().map(|&(column, _, _)| column).max();
    let by_line = named.clone();
    named.sort_unstable();
    named.dedup_by_key(|(column, _, field)| (*column, outline.key(&outline.fields[*field])));
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
        for &(_, strip, field) in &named {
            let column = columns_of(field).find(|column| picked.iter().all(|(known, _)| known != column));
            picked.extend(column.map(|column| (column, strip)));
        }
        picked
    };
    let (printed, rows): (Vec<usize>, Vec<usize>) = picked.into_iter().unzip();
    let last = last.filter(|_| printed.len() == form.width(block));
    Header { printed, rows, last, location, has_unknown }
}
