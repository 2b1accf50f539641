//! Cells of a table that are not figures: columns of line numbers, units or codes, and rows of column numbers.

use super::printed::Printed;
use crate::facts::Value;
use crate::pack::{Core, Table};

/// The table without the rows that the form says hold no figures, and with the columns blank that hold none. Any other row
/// stays.
pub(super) fn leave_out<'o, 'd>(mut printed: Printed<'o, 'd>, form: &Table, core: &Core) -> Printed<'o, 'd> {
    if form.ignored.is_empty() {
        return printed;
    }
    let rows = std::mem::take(&mut printed.rows);
    let is_ignored = |field: usize| printed.fields[field].has_key() && form.ignored.contains(printed.key(field));
    // 「栏次 1 2 3」 is a row of column numbers; 「栏次」 above a column is a header.
    let is_left_out = |row: &std::ops::Range<usize>| {
        let mut filled = row.clone().filter(|&field| !printed.fields[field].is_blank());
        filled.next().is_some_and(is_ignored)
            && filled.clone().all(|field| printed.fields[field].is_figure() || is_ignored(field))
            && filled.next().is_some()
    };
    let rows: Vec<_> = rows.into_iter().filter(|row| !is_left_out(row)).collect();
    // Each header begins its column anew: a table may be printed twice, or cut in pieces.
    let mut columns: Vec<(u32, Vec<usize>)> = Vec::new();
    for row in rows.iter().filter(|row| printed.first_filled((*row).clone()).is_some()) {
        for field in row.clone() {
            let at = printed.fields[field].column;
            if is_ignored(field) {
                columns.push((at, Vec::new()));
            } else if let Some((_, column)) = columns.iter_mut().rfind(|(column, _)| *column == at) {
                column.push(field);
            }
        }
    }
    let columns = columns.into_iter().map(|(_, fields)| fields);
    let is_empty = |fields: &Vec<usize>| {
        fields.iter().all(|&field| printed.fields[field].targets().is_empty())
            && holds_no_figures(&printed, core, fields)
    };
    let blanked: Vec<usize> = columns.filter(is_empty).flatten().collect();
    for field in blanked {
        let field = &mut printed.fields[field];
        (field.value, field.is_left_out) = (Value::Blank, true);
    }
    Printed { rows, ..printed }
}

/// Line numbers and codes rise down the column, units are words: where neither is so, figures have slipped into the column.
fn holds_no_figures(printed: &Printed<'_, '_>, core: &Core, fields: &[usize]) -> bool {
    let mut last = None;
    fields.iter().map(|&field| &printed.fields[field]).all(|field| match &field.value {
        Value::Number(number) => {
            let rises = last.is_none_or(|last| last < *number);
            last = Some(*number);
            rises && number.is_integer()
        }
        _ => field.is_blank() || !field.is_figure() || core.marks.contains(field.text()),
    })
}
