//! What stands in a table and is no figure of it: columns of line numbers, units or codes, rows of column numbers.

use super::outline::{Field, Hits, Lines, Outline};
use crate::facts::Value;
use crate::pack::{Core, Table};

/// Drops the rows that the form says hold no figures, and blanks the columns.
pub(super) fn leave_out(outline: &mut Outline<'_>, hits: &Hits<'_>, core: &Core, form: &Table, lines: &mut Lines) {
    if form.ignored.is_empty() {
        return;
    }
    let is_ignored =
        |outline: &Outline<'_>, field: &Field<'_>| field.has_key() && form.ignored.contains(outline.key(field));
    // Each header begins its column anew: a table may be printed twice, or cut in pieces.
    let mut columns: Vec<(u32, Vec<usize>)> = Vec::new();
    lines.retain(|fields| {
        let mut filled = fields.clone().filter(|&field| !outline.fields[field].is_blank());
        let Some(first) = filled.next() else { return true };
        // 「栏次 1 2 3」 is a row of column numbers; 「栏次」 above a column is a header.
        let is_row = is_ignored(outline, &outline.fields[first])
            && filled.clone().all(|field| {
                let field = &outline.fields[field];
                field.is_figure() || is_ignored(outline, field)
            })
            && filled.next().is_some();
        if is_row {
            return false;
        }
        for field in fields.clone() {
            let field_of_column = &outline.fields[field];
            if is_ignored(outline, field_of_column) {
                columns.push((field_of_column.column, Vec::new()));
            } else if let Some((_, column)) = columns.iter_mut().rfind(|(at, _)| *at == field_of_column.column) {
                column.push(field);
            }
        }
        true
    });
    for (_, fields) in columns {
        if fields.iter().all(|&field| hits[field].is_empty()) && holds_no_figures(outline, core, &fields) {
            for field in fields {
                let field = &mut outline.fields[field];
                (field.value, field.is_left_out) = (Value::Blank, true);
            }
        }
    }
}

/// Line numbers and codes rise down the column, units are words: where neither is so, figures have slipped into the column.
fn holds_no_figures(outline: &Outline<'_>, core: &Core, fields: &[usize]) -> bool {
    let mut last = None;
    fields.iter().map(|&field| &outline.fields[field]).all(|field| match &field.value {
        Value::Number(number) => {
            let rises = last.is_none_or(|last| last < *number);
            last = Some(*number);
            rises && number.is_integer()
        }
        _ => field.is_blank() || !field.is_figure() || core.marks.contains(field.text()),
    })
}
