//! Groups of columns side by side over one row of figures, which a document may break into several rows.

use std::ops::Range;

use super::field::Field;
use super::printed::Printed;
use crate::pack::Table;

/// The table with one row of figures where the row is broken over several lines, or the groups are printed as tables of
/// their own: rows of figures alone that are together as many as the row has. Any other row stays.
pub(super) fn join<'o, 'd>(mut printed: Printed<'o, 'd>, form: &Table) -> Printed<'o, 'd> {
    let Some(width) = form.blocks.iter().find(|block| block.side_by_side).map(|block| form.width(block)) else {
        return printed;
    };
    let all_figures = |fields: &Range<usize>| {
        let mut filled = printed.fields[fields.clone()].iter().filter(|field| !field.is_blank()).peekable();
        filled.peek().is_some() && filled.all(Field::is_figure)
    };
    let bare: Vec<usize> = (0..printed.rows.len()).filter(|&row| all_figures(&printed.rows[row])).collect();
    let filled = |&row: &usize| printed.fields[printed.rows[row].clone()].iter().filter(|field| !field.is_blank());
    let mut parts: Vec<Field<'d>> = bare.iter().flat_map(filled).copied().collect();
    if bare.len() < 2 || parts.len() != width {
        return printed;
    }
    parts.iter_mut().zip(0..).for_each(|(field, column)| field.column = column);
    let first = printed.fields.len();
    printed.fields.append(&mut parts);
    printed.rows[bare[0]] = first..printed.fields.len();
    let mut row = 0;
    printed.rows.retain(|_| {
        row += 1;
        !bare[1..].contains(&(row - 1))
    });
    printed
}
