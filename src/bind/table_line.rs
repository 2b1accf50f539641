//! A row of a table, read: where its label is, and where its figures.

use std::ops::Range;

use super::field::Field;
use super::printed::Printed;
use crate::label::{Label, Ordinal};
use crate::pack::{Pack, Table, Target};

/// A row of a table: label fields, then the fields in which figures are expected.
#[derive(Debug)]
pub(super) struct TableLine {
    pub fields: Range<usize>,
    /// The field of its own label, the last one before the figures.
    pub label: Option<usize>,
    /// Where the figures begin.
    pub run: Range<usize>,
    /// How many of them hold anything.
    pub filled: usize,
    /// At least one of them is a figure.
    pub has_figures: bool,
    /// Its label is one of the form's rows.
    pub is_known: bool,
    /// Some of its figures reach down from one row of the table into the next.
    pub is_merged_down: bool,
    /// Some of its fields are of a header.
    pub names_columns: bool,
    /// Its label, where it was put together from several lines.
    pub joined: Option<Joined>,
}

/// A label put together from several lines.
#[derive(Debug)]
pub(super) struct Joined {
    /// The rows of the form that print it.
    pub rows: Vec<usize>,
    pub ordinal: Option<Ordinal>,
}

impl Joined {
    /// The rows of a table whose label these texts are together; none where there are no such rows.
    pub fn of(texts: &str, table: usize, pack: &Pack) -> Option<Self> {
        let form = &pack.tables[table];
        let label = Label::new(texts);
        let row_of = |target: &Target| match *target {
            Target::Row { table: of, row } if of == table && form.rows[row].is_leaf => Some(row),
            _ => None,
        };
        let rows: Vec<usize> = pack.labels.get(&label.core).iter().filter_map(row_of).collect();
        (!rows.is_empty()).then_some(Self { rows, ordinal: label.ordinal })
    }
}

impl TableLine {
    pub fn new(table: &Printed<'_, '_>, form: &Table, fields: Range<usize>) -> Self {
        // One look at each field: an archive has billions of them.
        let mut known = None;
        let mut first_figure = None;
        let mut last_text = None;
        let mut misprinted = None;
        let mut names_columns = false;
        let mut is_merged_down = false;
        for (index, field) in fields.clone().zip(&table.fields[fields.clone()]) {
            if field.is_figure() {
                first_figure = first_figure.or(Some(index));
                is_merged_down |= field.is_merged_down;
                continue;
            }
            if field.is_blank() {
                continue;
            }
            if first_figure.is_none() {
                last_text = Some(index);
            }
            if field.targets().is_empty() {
                // Text behind the label of a group is its row's own label, misprinted; so is a numbered one behind another.
                let is_own = known.filter(|_| first_figure.is_none()).is_some_and(|known: usize| {
                    let has_letters = table.key(index).chars().any(char::is_alphabetic);
                    names_group(&table.fields[known], table.index, form) || field.ordinal.is_some() && has_letters
                });
                if is_own {
                    misprinted = Some(index);
                }
            } else if field.rows(table.index).next().is_some() {
                known = Some(index);
                // What was before it is the label of its group.
                misprinted = None;
            } else if field.is_of(table.index) {
                names_columns = true;
            }
        }
        // 其他 and 总计 name rows and columns; in a line without figures next to names of columns they are columns.
        let is_header = first_figure.is_none() && names_columns;
        let known = known.filter(|_| !is_header && misprinted.is_none());
        let label = misprinted.or(known).or(last_text);
        // Without a label, blanks before the first figure are the places of labels.
        let start = label.map_or(first_figure.unwrap_or(fields.start), |label| label + 1);
        let start = (start..fields.end).find(|&index| !table.fields[index].is_left_out).unwrap_or(fields.end);
        let run = start..fields.end;
        let figures = &table.fields[run.clone()];
        let filled = figures.iter().filter(|field| !field.is_blank()).count();
        let has_figures = first_figure.is_some() && figures.iter().any(Field::is_figure);
        let is_known = known.is_some();
        Self { fields, label, run, filled, has_figures, is_known, is_merged_down, names_columns, joined: None }
    }

    /// Its label names only a group around rows, so that its own is lost.
    pub fn is_group(&self, table: &Printed<'_, '_>, form: &Table) -> bool {
        self.joined.is_none() && self.label.is_some_and(|label| names_group(&table.fields[label], table.index, form))
    }
}

/// Whether a field may be groups of rows and no single row.
fn names_group(field: &Field<'_>, table: usize, form: &Table) -> bool {
    let mut rows = field.rows(table).peekable();
    rows.peek().is_some() && rows.all(|row| !form.rows[row].is_leaf)
}
