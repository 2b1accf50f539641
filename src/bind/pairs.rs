//! Tables of pairs: a label and its figures, and beside them another label with other figures.

use std::collections::BTreeSet;
use std::ops::Range;

use super::codes::code_columns;
use super::printed::Printed;
use crate::align::{Candidate, in_order};
use crate::pack::{Open, Table};
use crate::squeeze::Squeezed;

/// A piece of a printed row.
#[derive(Clone)]
struct Piece {
    fields: Range<usize>,
    label: Option<usize>,
    /// The grid column of its label.
    column: u32,
}

/// The table with its printed rows cut into the rows of the form that are in them. A table may have sides, the left one to be
/// read before the right one, or rows to be read across: whichever is more in the order of the form. Columns without
/// figures are blank already.
pub(super) fn split<'o, 'd>(printed: Printed<'o, 'd>, form: &Table) -> Printed<'o, 'd> {
    if !form.has_pairs {
        return printed;
    }
    let open = form.blocks.iter().filter_map(|block| block.open.as_ref()).collect();
    let code_columns = code_columns(&printed, form);
    let cutter = Cutter { printed: &printed, form, open, code_columns };
    let cut: Vec<Vec<Piece>> = printed.rows.iter().map(|fields| cutter.pieces(fields.clone())).collect();
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
    Printed { rows: pieces.into_iter().map(|piece| piece.fields).collect(), ..printed }
}

struct Cutter<'p, 'o, 'd> {
    printed: &'p Printed<'o, 'd>,
    form: &'p Table,
    open: Vec<&'p Open>,
    /// The grid columns that are headed as columns of codes.
    code_columns: BTreeSet<u32>,
}

impl Cutter<'_, '_, '_> {
    /// A new piece begins with the label or the code of a row, once the piece before it has a label with something behind
    /// it; and with any text behind a figure, which may be a label misprinted.
    fn pieces(&self, fields: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut start = fields.start;
        let mut label: Option<usize> = None;
        let mut has_figure = false;
        let mut code_end = fields.start;
        // A label that is misprinted is still where the piece begins to say something.
        let piece = |label: Option<usize>, fields: Range<usize>| {
            let at = label.or(self.printed.first_filled(fields.clone())).unwrap_or(fields.start);
            Piece { fields, label, column: self.printed.fields[at].column }
        };
        for field in fields.clone() {
            // The cells of a code that takes several are one.
            if field < code_end {
                label = Some(field);
                continue;
            }
            let has_begun = label.is_some() && !has_figure;
            let code = self.code_end(field, fields.end, has_begun);
            let is_code = code.is_some();
            code_end = code.unwrap_or(code_end);
            let own = &self.printed.fields[field];
            let is_figure = own.is_figure() && !is_code;
            let is_label = is_code || !is_figure && own.rows(self.printed.index).next().is_some();
            let is_text = !is_figure && !own.is_blank() && own.has_key();
            if is_label && label.is_some_and(|label| field > label + 1) || is_text && has_figure {
                pieces.push(piece(label, start..field));
                start = field;
                (label, has_figure) = (None, false);
            }
            has_figure |= is_figure;
            if is_code || is_label && own.rows(self.printed.index).any(|row| self.form.rows[row].is_leaf) {
                label = Some(field);
            }
        }
        pieces.push(piece(label, start..fields.end));
        pieces
    }

    /// How many pieces are rows of the form in its order.
    fn in_order(&self, pieces: &[Piece]) -> usize {
        let rows = |label: usize| self.printed.fields[label].rows(self.printed.index);
        let labels = pieces.iter().enumerate().filter_map(|(item, piece)| Some((item, piece.label?)));
        let candidates =
            labels.flat_map(|(item, label)| rows(label).map(move |target| Candidate { item, target, weight: 1 }));
        in_order(&candidates.collect::<Vec<_>>(), self.form.rows.len()).len()
    }

    /// Where the code of an open row ends that begins with this cell, and has its name behind it: a code in one cell, or in
    /// one a level, some of them blank. In a piece that has begun, only a column of codes holds codes in several.
    fn code_end(&self, field: usize, end: usize, has_begun: bool) -> Option<usize> {
        let printed = self.printed;
        if printed.fields[field].is_blank() {
            return None;
        }
        let is_of_codes = !has_begun || self.code_columns.contains(&printed.fields[field].column);
        self.open.iter().find_map(|open| {
            let cells = field..end.min(field + open.levels.len());
            let mut code = String::new();
            cells.clone().find_map(|last| {
                code.push_str(&Squeezed::new(printed.fields[last].text()).text);
                open.level(&code)?;
                let name = printed.first_filled(last + 1..end)?;
                let is_near = name == field + 1 || is_of_codes && name <= cells.end;
                (is_near && !printed.fields[name].is_figure()).then_some(last + 1)
            })
        })
    }
}
