//! Tables whose rows are printed as columns, and whose columns as rows.

use std::collections::BTreeMap;
use std::ops::Range;

use super::field::Field;
use super::printed::Printed;
use crate::pack::Table;

/// The table with rows and columns in the form's order, where all of its figures are in a row that names a column of the
/// form and below the name of a row of it, and all rows are named once. Any other table stays.
pub(super) fn turn<'o, 'd>(mut printed: Printed<'o, 'd>, form: &Table) -> Printed<'o, 'd> {
    let is_simple =
        form.blocks.iter().all(|block| !block.side_by_side && block.open.is_none() && block.named.is_none());
    if form.has_pairs || !is_simple {
        return printed;
    }
    let Some(parts) = parts(&printed, form).filter(|parts| names_all_rows(parts, form)) else { return printed };
    let mut rows = Vec::with_capacity(printed.rows.len());
    let mut next = 0;
    for part in parts {
        rows.extend_from_slice(&printed.rows[next..part.lines.start]);
        next = part.lines.end;
        for column in columns(&printed, part.lines) {
            let first = printed.fields.len();
            printed.fields.extend(column);
            rows.push(first..printed.fields.len());
        }
    }
    rows.extend_from_slice(&printed.rows[next..]);
    Printed { rows, ..printed }
}

/// Rows of a printed table: the names of rows of the form, and figures below them.
#[derive(Default)]
struct Part {
    lines: Range<usize>,
    /// By grid column, the rows of the form that its name may be.
    names: BTreeMap<u32, Vec<usize>>,
    has_figures: bool,
}

/// The parts of a table; none where one of its figures is otherwise.
fn parts(printed: &Printed<'_, '_>, form: &Table) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, row) in printed.rows.iter().enumerate() {
        let fields = &printed.fields[row.clone()];
        if fields.iter().any(Field::is_figure) {
            let part = parts.last_mut().filter(|part| are_below(fields, &part.names, printed.index, form))?;
            part.has_figures = true;
            part.lines.end = at + 1;
            continue;
        }
        if !fields.iter().any(|field| field.rows(printed.index).next().is_some()) {
            continue;
        }
        if parts.last().is_none_or(|part| part.has_figures) {
            parts.push(Part { lines: at..at + 1, ..Part::default() });
        }
        let part = parts.last_mut()?;
        for field in fields {
            let leaves: Vec<usize> = field.rows(printed.index).filter(|&row| form.rows[row].is_leaf).collect();
            if !leaves.is_empty() {
                part.names.insert(field.column, leaves);
            }
        }
    }
    Some(parts)
}

/// Whether each figure of a row is below a name, behind the name of a column of its block; and there is a cell below each
/// name where its block has such a column.
fn are_below(fields: &[Field<'_>], names: &BTreeMap<u32, Vec<usize>>, table: usize, form: &Table) -> bool {
    let mut rest = names.clone();
    let mut named = None;
    let is_of = |rows: &[usize], named: Option<&Field<'_>>| {
        let mut blocks = rows.iter().map(|&row| form.block_of(row));
        blocks.any(|block| named.is_some_and(|named| named.columns(table, &block.columns).next().is_some()))
    };
    let are_right = fields.iter().all(|field| {
        let before = rest.split_off(&field.column);
        let passed = std::mem::replace(&mut rest, before);
        if passed.values().any(|rows| is_of(rows, named)) {
            return false;
        }
        let Some(rows) = rest.remove(&field.column) else {
            named = if field.is_blank() { named } else { Some(field) };
            return !field.is_figure();
        };
        field.is_blank() || is_of(&rows, named) && field.targets().is_empty()
    });
    are_right && !rest.values().any(|rows| is_of(rows, named))
}

/// Whether the parts name each row of the form once.
fn names_all_rows(parts: &[Part], form: &Table) -> bool {
    let names: Vec<&Vec<usize>> = parts.iter().flat_map(|part| part.names.values()).collect();
    let leaves: Vec<usize> = (0..form.rows.len()).filter(|&row| form.rows[row].is_leaf).collect();
    !parts.is_empty()
        && parts.iter().all(|part| part.has_figures)
        && names.len() == leaves.len()
        && leaves.iter().all(|row| names.iter().any(|rows| rows.contains(row)))
}

/// The grid columns of some rows, each with its fields as a row.
fn columns<'d>(printed: &Printed<'_, 'd>, lines: Range<usize>) -> Vec<Vec<Field<'d>>> {
    let end = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let mut columns: BTreeMap<u32, Vec<(u32, Field<'d>)>> = BTreeMap::new();
    for (at, row) in (0..).zip(&printed.rows[lines]) {
        for field in &printed.fields[row.clone()] {
            columns.entry(field.column).or_default().push((at, *field));
        }
    }
    let turned = columns.into_values().map(|column| {
        let ends: Vec<u32> = column.iter().skip(1).map(|(at, _)| *at).chain([end]).collect();
        let fields = column.into_iter().zip(ends).map(|((at, mut field), end)| {
            field.column = at;
            // What reached down reaches as far as the next cell below.
            let height = if field.is_merged_down { end - at } else { 1 };
            field.is_merged_down = field.width > 1;
            field.width = u16::try_from(height).unwrap_or(u16::MAX);
            field
        });
        fields.collect()
    });
    turned.collect()
}
