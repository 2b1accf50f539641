//! Rows made of lines of text.

use std::ops::Range;

use super::super::field::Field;
use super::super::outline::{Line, LineKind, Outline};
use crate::document::Passage;
use crate::pack::Core;

/// A text without the figures at its end, and these.
pub(super) fn before_figures<'d>(
    outline: &mut Outline<'d>,
    passage: &'d Passage<'d>,
    range: Range<usize>,
    core: &Core,
) -> (Range<usize>, Vec<Field<'d>>) {
    let mut figures = Vec::new();
    let mut end = range.end;
    loop {
        let rest = &passage.text[range.start..end];
        let start = range.start + rest.trim_end_matches(|c: char| !c.is_whitespace()).len();
        let field = outline.labels.cell(passage, start..end, core);
        if start == range.start || !field.is_figure() {
            break;
        }
        figures.push(field);
        end = range.start + passage.text[range.start..start].trim_end().len();
    }
    figures.reverse();
    (range.start..end, figures)
}

/// Adds the fields of a row, one in each column.
pub(super) fn add_row<'d>(outline: &mut Outline<'d>, row: Vec<Field<'d>>) -> Line {
    let first = outline.fields.len();
    for (column, mut field) in row.into_iter().enumerate() {
        field.column = column as u32;
        outline.fields.push(field);
    }
    Line { kind: LineKind::Row, fields: first..outline.fields.len() }
}
