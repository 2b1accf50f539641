//! Groups of columns side by side: which is which, by the names above them. Merged cells of the header may be there, written
//! in every cell, or lost, so that the rows of the header are shifted against each other.

use std::collections::BTreeMap;

use super::printed::Printed;
use super::table_line::TableLine;
use crate::label::Label;
use crate::pack::{Block, Table};

/// In which order the figures of a row are printed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order {
    OfForm,
    /// For each figure as printed, which of the form's it is, counted from the block's first.
    Named(Vec<usize>),
    /// In another one than the form's, and the names do not say in which.
    Unclear,
}

/// A name in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// A group, by its index among those with figures.
    Group(usize),
    /// Several groups together, by their row.
    Groups(usize),
    Column(usize),
}

/// The order in which the lines `above` a row of figures name groups and columns.
pub(super) fn order(table: &Printed<'_, '_>, form: &Table, block: &Block, above: &[TableLine]) -> Order {
    let header = Header::new(table, form, block, above);
    if !header.names_groups() && !header.names_columns_otherwise() {
        return Order::OfForm;
    }
    match header.by_place().or_else(|| header.by_line()) {
        Some(order) if order.is_sorted() => Order::OfForm,
        Some(order) => Order::Named(order),
        None if header.is_in_order() => Order::OfForm,
        None => Order::Unclear,
    }
}

struct Header<'f> {
    form: &'f Table,
    block: &'f Block,
    /// The rows of the groups.
    groups: Vec<usize>,
    /// The names of each line, with their grid columns.
    lines: Vec<Vec<(u32, Name)>>,
}

impl<'f> Header<'f> {
    fn new(table: &Printed<'_, '_>, form: &'f Table, block: &'f Block, above: &[TableLine]) -> Self {
        let groups: Vec<usize> = block.rows.clone().filter(|&row| form.rows[row].figures.is_some()).collect();
        let labels: Vec<String> = block.rows.clone().map(|row| Label::new(&form.rows[row].label).core).collect();
        let name = |index: usize| {
            let field = &table.fields[index];
            if field.targets().is_empty() {
                return None;
            }
            let column = || field.columns(table.index, &block.columns).next().map(Name::Column);
            let row = labels.iter().position(|label| label == table.key(index)).map(|row| block.rows.start + row);
            let group =
                row.map(|row| groups.iter().position(|&group| group == row).map_or(Name::Groups(row), Name::Group));
            Some((field.column, group.or_else(column)?))
        };
        let lines = above.iter().map(|line| line.fields.clone().filter_map(name).collect::<Vec<_>>());
        let lines = lines.filter(|line| !line.is_empty()).collect();
        Self { form, block, groups, lines }
    }

    fn width(&self) -> usize {
        self.groups.len() * self.block.columns.len()
    }

    fn names_groups(&self) -> bool {
        self.lines.iter().flatten().any(|(_, name)| !matches!(name, Name::Column(_)))
    }

    /// Whether a line names all columns of some groups, and not in the form's order.
    fn names_columns_otherwise(&self) -> bool {
        let is_otherwise = |line: &Vec<(u32, Name)>| {
            let columns = columns(line);
            is_whole(&columns, self.block.columns.len()) && !is_in_turn(&columns, self.block.columns.len())
        };
        self.lines.iter().any(is_otherwise)
    }

    /// By the grid: above each name of a column, the lowest name of a group that reaches over it.
    fn by_place(&self) -> Option<Vec<usize>> {
        let mut named: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (at, line) in self.lines.iter().enumerate() {
            for &(place, name) in line {
                let Name::Column(column) = name else { continue };
                if named.insert(place, (at, column)).is_some_and(|(_, before)| before != column) {
                    return None;
                }
            }
        }
        if named.len() != self.width() {
            return None;
        }
        let over = |place: u32, line: usize| {
            let reaching = |line: &Vec<(u32, Name)>| {
                line.iter().rfind(|(start, name)| *start <= place && !matches!(name, Name::Column(_))).copied()
            };
            // A name of a column in between is none of the group's before it.
            let is_ended = |line: &Vec<(u32, Name)>, start: u32| {
                line.iter().any(|(at, name)| (start..=place).contains(at) && matches!(name, Name::Column(_)))
            };
            self.lines[..line].iter().rev().find_map(|line| reaching(line).filter(|(start, _)| !is_ended(line, *start)))
        };
        let group = |(&place, &(line, _)): (&u32, &(usize, usize))| match over(place, line) {
            Some((_, Name::Group(group))) => Some(group),
            _ => None,
        };
        let groups: Vec<Option<usize>> = named.iter().map(group).collect();
        // A group whose name is lost is the one that is left.
        let mut nameless = (0..self.groups.len()).filter(|group| !groups.contains(&Some(*group)));
        let left = nameless.next().filter(|_| nameless.next().is_none());
        let order = named.values().zip(groups).map(|((_, column), group)| self.figure(group.or(left)?, *column));
        self.of_all(order.collect::<Option<Vec<usize>>>()?)
    }

    /// By the order of the names in each line: names of columns are in the first line below that of their group.
    fn by_line(&self) -> Option<Vec<usize>> {
        let width = self.block.columns.len();
        let groups = self.groups_in_order()?;
        let line_of =
            |group: usize| self.lines.iter().position(|line| line.iter().any(|(_, name)| *name == Name::Group(group)));
        let names_all = self.lines.iter().find(|line| columns(line).len() == self.width());
        let mut used: BTreeMap<usize, usize> = BTreeMap::new();
        let mut order = Vec::with_capacity(self.width());
        for (at, &group) in groups.iter().enumerate() {
            let of_group: Vec<usize> = if let Some(all) = names_all {
                columns(all)[at * width..(at + 1) * width].to_vec()
            } else {
                let below = line_of(group)? + 1;
                let line = below + self.lines[below..].iter().position(|line| !columns(line).is_empty())?;
                let from = used.entry(line).or_insert(0);
                *from += width;
                columns(&self.lines[line]).get(*from - width..*from)?.to_vec()
            };
            order.extend(of_group.into_iter().map(|column| group * width + column));
        }
        let is_used_up =
            names_all.is_some() || used.iter().all(|(line, used)| columns(&self.lines[*line]).len() == *used);
        self.of_all(order).filter(|_| is_used_up)
    }

    /// The groups from left to right: those of one line as they are in it, those below a name where it is.
    fn groups_in_order(&self) -> Option<Vec<usize>> {
        let all: Vec<Name> = (0..self.groups.len()).map(Name::Group).collect();
        let in_one_line = |names: &[Name]| {
            self.lines.iter().find_map(|line| {
                let found: Vec<Name> = line.iter().map(|(_, name)| *name).filter(|name| names.contains(name)).collect();
                (found.len() == names.len() && names.iter().all(|name| found.contains(name))).then_some(found)
            })
        };
        let index = |name: Name| if let Name::Group(group) = name { Some(group) } else { None };
        if let Some(found) = in_one_line(&all) {
            return found.into_iter().map(index).collect();
        }
        let name_of =
            |row: usize| self.groups.iter().position(|&group| group == row).map_or(Name::Groups(row), Name::Group);
        let below = |parent: Option<usize>| -> Vec<Name> {
            self.block.rows.clone().filter(|&row| self.form.rows[row].parent == parent).map(name_of).collect()
        };
        let mut groups = Vec::new();
        let outer = self.form.rows[self.block.rows.start].parent;
        for name in in_one_line(&below(outer))? {
            match name {
                Name::Groups(row) => groups.extend(in_one_line(&below(Some(row)))?),
                name => groups.push(name),
            }
        }
        groups.into_iter().map(index).collect()
    }

    fn figure(&self, group: usize, column: usize) -> Option<usize> {
        Some(group * self.block.columns.len() + column)
    }

    /// The order, if every figure of the form is in it.
    fn of_all(&self, order: Vec<usize>) -> Option<Vec<usize>> {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        sorted.into_iter().eq(0..self.width()).then_some(order)
    }

    /// Whether all that is named is in the form's order, line by line.
    fn is_in_order(&self) -> bool {
        let is_in_order = |line: &Vec<(u32, Name)>| {
            let rows = line.iter().filter_map(|(_, name)| match name {
                Name::Group(group) => Some(self.groups[*group]),
                Name::Groups(row) => Some(*row),
                Name::Column(_) => None,
            });
            rows.is_sorted()
        };
        self.lines.iter().all(is_in_order) && !self.names_columns_otherwise()
    }
}

fn columns(line: &[(u32, Name)]) -> Vec<usize> {
    let column = |(_, name): &(u32, Name)| if let Name::Column(column) = name { Some(*column) } else { None };
    line.iter().filter_map(column).collect()
}

/// Whether each column is named once for each of some groups.
fn is_whole(columns: &[usize], width: usize) -> bool {
    let groups = columns.len() / width;
    groups > 0 && (0..width).all(|name| columns.iter().filter(|column| **column == name).count() == groups)
}

fn is_in_turn(columns: &[usize], width: usize) -> bool {
    columns.chunks(width).all(|group| group.is_sorted())
}
