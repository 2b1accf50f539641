//! Groups of columns side by side over one row of figures, which a document may break into several rows.

use std::ops::Range;

use rust_decimal::Decimal;

use super::field::Field;
use super::printed::Printed;
use crate::facts::Value;
use crate::label::Label;
use crate::pack::{Block, Table, Target};

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
    if bare.len() < 2 || bare.iter().flat_map(filled).count() != width {
        return printed;
    }
    let mut in_order = bare.clone();
    let names = heads(&printed, form, &bare);
    // A group of figures below a name is that group; names above all of them are the header of one row.
    if !printed.is_in_order && names[1..].iter().any(Option::is_some) {
        if (0..names.len()).any(|group| !names.contains(&Some(group))) {
            return printed;
        }
        in_order.sort_by_key(|row| bare.iter().position(|own| own == row).map(|at| names[at]));
    }
    let mut parts: Vec<Field<'d>> = in_order.iter().flat_map(filled).copied().collect();
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

/// The group whose name is the last one above each of the rows, below the row before.
fn heads(printed: &Printed<'_, '_>, form: &Table, rows: &[usize]) -> Vec<Option<usize>> {
    let Some(block) = form.blocks.iter().find(|block| block.side_by_side) else { return Vec::new() };
    let with_figures = form.rows[block.rows.clone()].iter().filter(|row| row.figures.is_some());
    let groups: Vec<String> = with_figures.map(|row| Label::new(&row.label).core).collect();
    let group = |field: usize| groups.iter().position(|label| label == printed.key(field));
    let starts = [0].into_iter().chain(rows.iter().map(|row| row + 1));
    let above = starts.zip(rows).map(|(start, &row)| {
        let mut fields = printed.rows[start..row].iter().rev().flat_map(|row| row.clone().rev());
        fields.find_map(group)
    });
    above.collect()
}

/// The table with its figures group by group, where it prints them column by column: below each column, one figure of each
/// group. Any other table stays.
pub(super) fn by_group<'o, 'd>(mut printed: Printed<'o, 'd>, form: &Table) -> Printed<'o, 'd> {
    let Some(block) = form.blocks.iter().find(|block| block.side_by_side) else { return printed };
    let Some((line, order)) = alternating(&printed, form, block) else { return printed };
    let width = form.width(block);
    let figures = |row: &Range<usize>| -> Option<Vec<usize>> {
        let is_filled = |field: &usize| !printed.fields[*field].is_blank();
        let filled: Vec<usize> = row.clone().filter(is_filled).collect();
        let is_full = filled.len() == width && filled.iter().all(|&field| printed.fields[field].is_figure());
        let is_whole = row.len() == width && filled.iter().all(|&field| printed.fields[field].is_figure());
        if is_full { Some(filled) } else { is_whole.then(|| row.clone().collect()) }
    };
    // Columns are numbered in a row of their own. Figures in columns of another order than the form's are taken for none, and
    // neither is it clear which of two rows counts.
    let rows = (line + 1..printed.rows.len()).filter_map(|row| Some((row, figures(&printed.rows[row])?)));
    let mut rows = rows.filter(|(_, figures)| !are_numbers_of_columns(&printed, figures));
    let only = rows.next().filter(|_| rows.next().is_none() && columns(&printed, block, line).is_sorted());
    let Some((row, figures)) = only else {
        printed.rows.truncate(line + 1);
        return printed;
    };
    let first = printed.fields.len();
    for place in order {
        for column in 0..block.columns.len() {
            let mut field = printed.fields[figures[column * form.groups(block) + place]];
            field.column = (printed.fields.len() - first) as u32;
            printed.fields.push(field);
        }
    }
    printed.rows[row] = first..printed.fields.len();
    // The header is of another layout than the row now.
    printed.rows.drain(..row);
    printed
}

/// Whether each figure is the one before it and 1.
fn are_numbers_of_columns(printed: &Printed<'_, '_>, figures: &[usize]) -> bool {
    let number = |field: usize| match printed.fields[field].value {
        Value::Number(number) => Some(number),
        _ => None,
    };
    figures.windows(2).all(|pair| number(pair[0]).map(|left| left + Decimal::ONE) == number(pair[1]))
}

/// The row of the header in which the names of the groups alternate, each below every column, and for each group of the
/// form its place among them.
fn alternating(printed: &Printed<'_, '_>, form: &Table, block: &Block) -> Option<(usize, Vec<usize>)> {
    let groups: Vec<usize> = block.rows.clone().filter(|&row| form.rows[row].figures.is_some()).collect();
    let names = |row: &Range<usize>| -> Vec<usize> {
        let is_name = |field: &usize| {
            let targets = printed.fields[*field].targets();
            targets.iter().any(|target| matches!(target, Target::Header { table } if *table == printed.index))
        };
        row.clone().filter(is_name).collect()
    };
    printed.rows.iter().enumerate().find_map(|(line, row)| {
        let names = names(row);
        let key = |at: usize| printed.key(names[at]);
        let is_alternating = names.len() == form.width(block)
            && (0..names.len()).all(|at| (at < groups.len()) || key(at) == key(at - groups.len()))
            && (1..groups.len()).all(|at| key(at) != key(0));
        if groups.len() < 2 || !is_alternating {
            return None;
        }
        // A group that bears another name than the form's is the one that is left.
        let place = |&row: &usize| (0..groups.len()).find(|&at| key(at) == Label::new(&form.rows[row].label).core);
        let known: Vec<Option<usize>> = groups.iter().map(place).collect();
        let mut left = (0..groups.len()).filter(|place| !known.contains(&Some(*place)));
        let order = known.iter().map(|place| place.or_else(|| left.next())).collect::<Option<Vec<usize>>>()?;
        let is_certain = known.iter().filter(|place| place.is_none()).count() <= 1;
        is_certain.then_some((line, order))
    })
}

/// The columns of the form that the header names down to this row, from left to right.
fn columns(printed: &Printed<'_, '_>, block: &Block, line: usize) -> Vec<usize> {
    let fields = printed.rows[..line].iter().flat_map(|row| &printed.fields[row.clone()]);
    let named = fields.filter_map(|field| Some((field.column, field.columns(printed.index, &block.columns).next()?)));
    let mut named: Vec<(u32, usize)> = named.collect();
    named.sort_unstable();
    named.into_iter().map(|(_, column)| column).collect()
}
