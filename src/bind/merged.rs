//! Figures in cells merged across several rows. If these are one row of the form, the figure belongs to it; otherwise
//! it is certain for none of them.

use std::collections::BTreeSet;

use super::columns::Place;
use super::field::Field;
use super::printed::Printed;
use super::table_line::{Joined, TableLine};
use crate::facts::{Fact, Value, Why};
use crate::pack::Pack;

/// The lines with those joined that have all their figures together and are one row: their labels are one label in several
/// cells, or are the rows of a group that may be printed as one.
pub(super) fn join(table: &Printed<'_, '_>, mut lines: Vec<TableLine>, pack: &Pack) -> Vec<TableLine> {
    let mut at = 0;
    while at < lines.len() {
        let below = lines[at + 1..].iter().take_while(|below| have_all_together(table, &lines[at], below)).count();
        if below > 0
            && let Some(joined) = one_row(table, &lines[at..=at + below], pack)
        {
            lines[at].is_known = true;
            lines[at].joined = Some(joined);
            lines.drain(at + 1..=at + below);
        }
        at += 1;
    }
    lines
}

/// Whether two lines have the same figures, in the same cells.
fn have_all_together(table: &Printed<'_, '_>, above: &TableLine, below: &TableLine) -> bool {
    let figures = |line: &TableLine| {
        let filled = table.fields[line.run.clone()].iter().filter(|field| !field.is_blank());
        filled.map(cell)
    };
    above.is_merged_down && below.is_merged_down && figures(above).eq(figures(below))
}

/// The row of the form that some lines are together.
fn one_row(table: &Printed<'_, '_>, lines: &[TableLine], pack: &Pack) -> Option<Joined> {
    let form = &pack.tables[table.index];
    let labels: Vec<&Field<'_>> = lines.iter().map(|line| Some(&table.fields[line.label?])).collect::<Option<_>>()?;
    let text: String = labels.iter().map(|label| label.text()).collect();
    let is_group = |&group: &usize| {
        let of_form = &form.rows[group];
        let leaves: Vec<usize> = (group + 1..of_form.end).filter(|&row| form.rows[row].is_leaf).collect();
        let is_row = |(label, leaf): (&&Field<'_>, &usize)| label.rows(table.index).any(|row| row == *leaf);
        !of_form.is_leaf
            && of_form.figures.is_some()
            && leaves.len() == labels.len()
            && labels.iter().zip(&leaves).all(is_row)
    };
    let group = (0..form.rows.len()).find(is_group);
    let as_group = |group: usize| Joined { rows: vec![group], ordinal: form.rows[group].ordinal };
    group.map(as_group).or_else(|| Joined::of(&text, table.index, pack))
}

/// The cells whose figures are in several rows, each by where its text is kept.
#[derive(Debug)]
pub(super) struct Shared(BTreeSet<usize>);

impl Shared {
    pub fn of(table: &Printed<'_, '_>, lines: &[TableLine]) -> Self {
        let merged = lines.iter().filter(|line| line.is_merged_down).flat_map(|line| &table.fields[line.run.clone()]);
        let mut once = BTreeSet::new();
        let is_again = |cell: &usize| !once.insert(*cell);
        Self(merged.filter(|field| is_number(field)).map(cell).filter(is_again).collect())
    }

    /// Makes unread what is in such a cell, of a row whose figures are in these places.
    pub fn unread(&self, fields: &[Field<'_>], places: &[Place], row: &mut [Fact<'_>]) {
        if self.0.is_empty() {
            return;
        }
        for (place, fact) in places.iter().zip(row) {
            if let Place::Field(field) | Place::Piece(field, _) = *place
                && self.0.contains(&cell(&fields[field]))
            {
                fact.value = Value::Unreadable(Why::Merged);
            }
        }
    }
}

/// A sign for nothing says the same of all its rows.
fn is_number(field: &Field<'_>) -> bool {
    field.is_merged_down && field.is_figure() && field.value != Value::Mark
}

fn cell(field: &Field<'_>) -> usize {
    std::ptr::from_ref(field.passage).addr()
}
