//! Groups of columns that a document prints below each other instead of side by side: a row for each figure, or one for
//! each group.

use std::ops::Range;

use super::field::Field;
use super::printed::Printed;
use crate::label::Label;
use crate::pack::{Block, Table};

/// The table with one row of figures, where it is printed upright and in the order of the form. Any other row stays.
pub(super) fn turn<'o, 'd>(mut printed: Printed<'o, 'd>, form: &Table) -> Printed<'o, 'd> {
    let Some(block) = form.blocks.iter().find(|block| block.side_by_side) else { return printed };
    let upright = Upright::new(&printed, form, block);
    let Some((rows, figures)) = upright.by_figure().or_else(|| upright.by_group()) else { return printed };
    let mut figures: Vec<Field<'d>> = figures.into_iter().map(|field| printed.fields[field]).collect();
    figures.iter_mut().zip(0..).for_each(|(field, column)| field.column = column);
    let first = printed.fields.len();
    printed.fields.append(&mut figures);
    printed.rows[rows[0]] = first..printed.fields.len();
    let mut row = 0;
    printed.rows.retain(|_| {
        row += 1;
        !rows[1..].contains(&(row - 1))
    });
    printed
}

struct Upright<'p, 'o, 'd> {
    printed: &'p Printed<'o, 'd>,
    block: &'p Block,
    /// The labels of the groups, folded.
    groups: Vec<String>,
}

/// The rows that hold figures, and the fields of these.
type Turned = (Vec<usize>, Vec<usize>);

impl<'p, 'o, 'd> Upright<'p, 'o, 'd> {
    fn new(printed: &'p Printed<'o, 'd>, form: &Table, block: &'p Block) -> Self {
        let with_figures = form.rows[block.rows.clone()].iter().filter(|row| row.figures.is_some());
        Self { printed, block, groups: with_figures.map(|row| Label::new(&row.label).core).collect() }
    }

    /// A row for each figure, behind the name of its column.
    fn by_figure(&self) -> Option<Turned> {
        let width = self.block.columns.len();
        let mut rows = Vec::new();
        let mut figures = Vec::new();
        for (at, row) in self.printed.rows.iter().enumerate() {
            let Some((column, figure)) = self.only_column(row.clone()) else { continue };
            let group = figures.len() / width;
            let is_next = column == figures.len() % width && self.names_no_other(row.clone(), group);
            if !is_next {
                return None;
            }
            rows.push(at);
            figures.push(figure);
        }
        (figures.len() == width * self.groups.len()).then_some((rows, figures))
    }

    /// The one column that a row names, and the field behind it.
    fn only_column(&self, row: Range<usize>) -> Option<(usize, usize)> {
        let fields = &self.printed.fields;
        let column_of = |field: usize| fields[field].columns(self.printed.index, &self.block.columns).next();
        let mut named = row.clone().filter_map(|field| Some((field, column_of(field)?)));
        let (name, column) = named.next().filter(|_| named.next().is_none())?;
        let mut behind = (name + 1..row.end).filter(|&field| !fields[field].is_blank());
        let figure = behind.next().or((name + 1 < row.end).then_some(name + 1))?;
        let is_alone = behind.next().is_none() && (row.start..name).all(|field| !fields[field].is_figure());
        (is_alone && (fields[figure].is_blank() || fields[figure].is_figure())).then_some((column, figure))
    }

    /// A row for each group, its figures behind its label; the names of the columns above, in order.
    fn by_group(&self) -> Option<Turned> {
        let fields = &self.printed.fields;
        let mut rows = Vec::new();
        let mut figures = Vec::new();
        let mut named = Vec::new();
        for (at, row) in self.printed.rows.iter().enumerate() {
            let of_row: Vec<usize> = row.clone().filter(|&field| fields[field].is_figure()).collect();
            if of_row.is_empty() {
                named.extend(
                    row.clone()
                        .filter_map(|field| fields[field].columns(self.printed.index, &self.block.columns).next()),
                );
                continue;
            }
            let group = rows.len();
            let is_named =
                row.clone().any(|field| self.groups.get(group).is_some_and(|own| self.printed.key(field) == own));
            if !is_named || !self.names_no_other(row.clone(), group) || of_row.len() != self.block.columns.len() {
                return None;
            }
            rows.push(at);
            figures.extend(of_row);
        }
        let is_whole = rows.len() == self.groups.len() && named.into_iter().eq(0..self.block.columns.len());
        is_whole.then_some((rows, figures))
    }

    /// No label of another group is in a row.
    fn names_no_other(&self, mut row: Range<usize>, group: usize) -> bool {
        let others = || self.groups.iter().enumerate().filter(|(other, _)| *other != group);
        row.all(|field| others().all(|(_, label)| self.printed.key(field) != label))
    }
}
