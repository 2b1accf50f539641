//! Tables of pairs: a label and its figures, and beside them another label with other figures.

use std::ops::Range;

use super::outline::{Hits, Lines, Outline};
use crate::align::{Candidate, in_order};
use crate::pack::{Open, Table, Target};
use crate::squeeze::Squeezed;

/// A piece of a printed row.
#[derive(Clone)]
struct Piece {
    fields: Range<usize>,
    label: Option<usize>,
    /// The grid column of its label.
    column: u32,
}

/// Cuts printed rows into the rows of the form that stand in them. A table may have sides, the left one to be read before the
/// right one, or rows to be read across: whichever is more in the order of the form.
pub(super) fn split(outline: &Outline<'_>, hits: &Hits<'_>, form: &Table, table: usize, lines: &mut Lines) {
    if !form.has_pairs {
        return;
    }
    let cutter =
        Cutter { outline, hits, form, table, open: form.blocks.iter().filter_map(|b| b.open.as_ref()).collect() };
    let cut: Vec<Vec<Piece>> = lines.iter().map(|fields| cutter.pieces(fields.clone())).collect();
    let several: Vec<&Vec<Piece>> = cut.iter().filter(|pieces| pieces.len() > 1).collect();
    let sides = several.iter().map(|pieces| pieces.len()).max().unwrap_or(1);
    // Where each side begins, at the latest.
    let starts: Vec<u32> = (1..sides)
        .filter_map(|side| several.iter().filter_map(|pieces| Some(pieces.get(side)?.column)).min())
        .collect();
    let across: Vec<Piece> = cut.into_iter().flatten().collect();
    let mut by_side = across.clone();
    by_side.sort_by_key(|piece| starts.partition_point(|start| *start <= piece.column));
    let has_sides = cutter.in_order(&by_side) > cutter.in_order(&across);
    let pieces = if has_sides { by_side } else { across };
    *lines = pieces.into_iter().map(|piece| piece.fields).collect();
}

struct Cutter<'o, 'd, 'p> {
    outline: &'o Outline<'d>,
    hits: &'o Hits<'p>,
    form: &'o Table,
    table: usize,
    open: Vec<&'o Open>,
}

impl Cutter<'_, '_, '_> {
    /// A new piece begins with the label or the code of a row, once the piece before it has a label with something behind
    /// it; and with any text behind a figure, which may be a label misprinted.
    fn pieces(&self, fields: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut start = fields.start;
        let mut label: Option<usize> = None;
        let mut has_figure = false;
        // A label that is misprinted is still where the piece begins to say something.
        let column = |label: Option<usize>, fields: Range<usize>| {
            let first = fields.clone().find(|&field| !self.outline.fields[field].is_blank());
            self.outline.fields[label.or(first).unwrap_or(fields.start)].column
        };
        for field in fields.clone() {
            let is_code = self.is_code(field, fields.end);
            let own = &self.outline.fields[field];
            let is_figure = own.is_figure() && !is_code;
            let is_label = is_code || !is_figure && self.rows(field).next().is_some();
            let is_text = !is_figure && !own.is_blank() && own.has_key();
            let is_next = is_label && label.is_some_and(|label| field > label + 1) || is_text && has_figure;
            if is_next {
                pieces.push(Piece { fields: start..field, label, column: column(label, start..field) });
                start = field;
                (label, has_figure) = (None, false);
            }
            has_figure |= is_figure;
            if !is_label {
                continue;
            }
            if is_code || self.rows(field).any(|row| self.form.rows[row].is_leaf) {
                label = Some(field);
            }
        }
        pieces.push(Piece { fields: start..fields.end, label, column: column(label, start..fields.end) });
        pieces
    }

    /// How many pieces are rows of the form in its order.
    fn in_order(&self, pieces: &[Piece]) -> usize {
        let rows = |(item, piece): (usize, &Piece)| {
            let rows: Vec<usize> = piece.label.map(|label| self.rows(label).collect()).unwrap_or_default();
            rows.into_iter().map(move |target| Candidate { item, target, weight: 1 })
        };
        let candidates: Vec<Candidate> = pieces.iter().enumerate().flat_map(rows).collect();
        in_order(&candidates, self.form.rows.len()).len()
    }

    fn rows(&self, field: usize) -> impl Iterator<Item = usize> {
        self.hits[field].iter().filter_map(|target| match *target {
            Target::Row { table, row } if table == self.table => Some(row),
            _ => None,
        })
    }

    /// The code of an open row, with its name behind it.
    fn is_code(&self, field: usize, end: usize) -> bool {
        if self.open.is_empty() || field + 1 >= end {
            return false;
        }
        let name = &self.outline.fields[field + 1];
        let code = Squeezed::new(self.outline.fields[field].text()).text;
        !name.is_blank() && !name.is_figure() && self.open.iter().any(|open| open.level(&code).is_some())
    }
}
