//! Tables of pairs: a label and its figure, and beside them another label with another figure.

use std::ops::Range;

use super::identify::Hits;
use super::outline::Outline;
use super::tables::Lines;
use crate::pack::{Table, Target};

/// Cuts printed rows into the rows of the form that stand in them. Where most printed rows hold several, those of the left
/// side come first.
pub(super) fn split(outline: &Outline<'_>, hits: &Hits<'_>, form: &Table, table: usize, lines: &mut Lines) {
    if !form.has_pairs {
        return;
    }
    let cut: Vec<Vec<Range<usize>>> =
        lines.iter().map(|fields| pieces(outline, hits, form, table, fields.clone())).collect();
    let several = cut.iter().filter(|pieces| pieces.len() > 1).count();
    if several * 2 <= cut.len() {
        *lines = cut.into_iter().flatten().collect();
        return;
    }
    let widest = cut.iter().map(Vec::len).max().unwrap_or(0);
    *lines = (0..widest).flat_map(|side| cut.iter().filter_map(move |pieces| pieces.get(side).cloned())).collect();
}

/// A new piece begins with the label of a row, once the piece before it has a label with something behind it.
fn pieces(
    outline: &Outline<'_>,
    hits: &Hits<'_>,
    form: &Table,
    table: usize,
    fields: Range<usize>,
) -> Vec<Range<usize>> {
    let rows = |field: usize| {
        hits[field].iter().filter_map(|target| match *target {
            Target::Row { table: of, row } if of == table => Some(row),
            _ => None,
        })
    };
    let is_leaf = |field: usize| rows(field).any(|row| form.rows[row].is_leaf);
    let mut pieces = Vec::new();
    let mut start = fields.start;
    let mut label = None;
    for field in fields.clone() {
        if outline.fields[field].is_figure() || rows(field).next().is_none() {
            continue;
        }
        if label.is_some_and(|label| field > label + 1) {
            pieces.push(start..field);
            start = field;
            label = None;
        }
        if is_leaf(field) {
            label = Some(field);
        }
    }
    pieces.push(start..fields.end);
    pieces
}
