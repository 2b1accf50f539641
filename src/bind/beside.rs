//! Tables and whole reports that are printed beside each other on one sheet. They are moved below each other, so that what
//! is printed twice is seen to be.

use std::ops::Range;

use super::field::{Field, Labels};
use super::vocabulary::{Anchor, TableLabel};

/// A single row may have a label twice by chance.
const FEWEST: usize = 2;

/// A run of rows with something to the right of a table, and the grid column where that begins.
struct Run {
    rows: Range<usize>,
    column: u32,
}

/// Puts what is beside a table behind its rows, and a report behind the whole one that it is beside. None where nothing is
/// beside anything, as nearly always.
pub(super) fn apart<'d>(
    fields: &[Field<'d>],
    rows: &[Range<usize>],
    labels: &Labels<'_>,
) -> Option<(Vec<Field<'d>>, Vec<Range<usize>>)> {
    let runs = runs(fields, rows, labels);
    let column = runs.iter().map(|run| run.column).min()?;
    let begins_section = |field: &Field<'_>| {
        let anchor = field.label.and_then(|label| labels.vocabulary.anchor(label));
        matches!(anchor, Some(Anchor::Section(_)))
    };
    let is_report = rows.iter().any(|row| fields[row.clone()].iter().any(|f| f.column >= column && begins_section(f)));
    let runs = if is_report { vec![Run { rows: 0..rows.len(), column }] } else { runs };
    let mut apart = Apart { fields: Vec::with_capacity(fields.len()), rows: Vec::with_capacity(rows.len()) };
    let mut next = 0;
    for run in runs {
        for row in &rows[next..run.rows.start] {
            apart.add(&fields[row.clone()]);
        }
        let at = |row: &Range<usize>| {
            let row = &fields[row.clone()];
            row.split_at(row.partition_point(|field| field.column < run.column))
        };
        rows[run.rows.clone()].iter().for_each(|row| apart.add(at(row).0));
        rows[run.rows.clone()].iter().for_each(|row| apart.add(at(row).1));
        next = run.rows.end;
    }
    rows[next..].iter().for_each(|row| apart.add(&fields[row.clone()]));
    Some((apart.fields, apart.rows))
}

struct Apart<'d> {
    fields: Vec<Field<'d>>,
    rows: Vec<Range<usize>>,
}

impl<'d> Apart<'d> {
    fn add(&mut self, row: &[Field<'d>]) {
        if row.is_empty() {
            return;
        }
        let start = self.fields.len();
        self.fields.extend_from_slice(row);
        self.rows.push(start..self.fields.len());
    }
}

/// The runs of rows most of which print their labels once more behind their figures, with further figures.
fn runs(fields: &[Field<'_>], rows: &[Range<usize>], labels: &Labels<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut from = 0;
    while let Some((row, column)) =
        rows.iter().enumerate().skip(from).find_map(|(row, own)| Some((row, again(&fields[own.clone()], labels)?)))
    {
        let is_beside = |row: &Range<usize>| {
            fields[row.clone()].iter().rev().any(|field| field.column >= column && !field.is_blank())
        };
        let start = row - rows[from..row].iter().rev().take_while(|row| is_beside(row)).count();
        let end = row + rows[row..].iter().take_while(|row| is_beside(row)).count();
        let columns: Vec<u32> = rows[start..end].iter().filter_map(|row| again(&fields[row.clone()], labels)).collect();
        let has_figures = |row: &&Range<usize>| fields[(*row).clone()].iter().any(Field::is_figure);
        let with_figures = rows[start..end].iter().filter(has_figures).count();
        if columns.len() >= FEWEST && columns.len() * 2 > with_figures {
            let column = columns.into_iter().min().unwrap_or(column);
            runs.push(Run { rows: start..end, column });
        }
        from = end.max(row + 1);
    }
    runs
}

/// The grid column in which the label of a row is printed once more, behind its figures and with a figure behind it.
fn again(row: &[Field<'_>], labels: &Labels<'_>) -> Option<u32> {
    let is_row = |field: &Field<'_>| matches!(labels.table_label(field), Some(TableLabel::Row | TableLabel::Either));
    let figure = row.iter().position(Field::is_figure)?;
    let (own, behind) = row.split_at(figure);
    let second = behind.iter().position(|field| field.label.is_some())?;
    behind[second..].iter().find(|field| field.is_figure())?;
    // Labels of groups may be before that of the row.
    let again = behind[second..].iter().find(|field| {
        !field.is_figure()
            && is_row(field)
            && own.iter().any(|own| own.label == field.label && own.ordinal == field.ordinal)
    })?;
    let first = &behind[second];
    Some(if is_row(first) { first.column } else { again.column })
}
