//! Tables: trees of labels flattened to rows, columns and figures.

use std::collections::{BTreeMap, HashSet};

use super::super::core::Core;
use super::super::error::{PackError, PackProblem};
use super::super::form::{Block, Column, Figure, Row, Table};
use super::super::labels::{LabelIndex, Target};
use super::super::open::{Below, Named, OPEN_BY, Open};
use super::super::raw::{self, Node, Spanned};
use super::super::value::ValueKind;
use super::super::written::{Trust, Written};
use super::look_up::{fail, one_of, pattern, unknown};
use crate::label::Label;

/// Flattens all tables and numbers their figures.
pub(super) fn tables(
    written: &Written,
    core: &Core,
    labels: &mut LabelIndex,
) -> Result<(Vec<Table>, Vec<Figure>), PackError> {
    let mut tables: Vec<Table> = Vec::new();
    let mut figures = Vec::new();
    for raw in &written.raw.tables {
        if tables.iter().any(|known| known.id == *raw.id.get_ref()) {
            return Err(fail(PackProblem::Doubled(raw.id.get_ref().clone()), &raw.id.span()));
        }
        let first = figures.len();
        // A caption tells tables apart; a table alone needs none.
        let heading = raw.captions.first().filter(|_| written.raw.tables.len() > 1);
        let mut table = table((raw, heading), tables.len(), core, labels, written)?;
        number_figures(tables.len(), &mut table, &mut figures);
        let mut seen = HashSet::new();
        if let Some(figure) = figures[first..].iter().find(|figure| !seen.insert(figure.id.as_str())) {
            return Err(fail(PackProblem::Doubled(figure.id.clone()), &raw.id.span()));
        }
        tables.push(table);
    }
    Ok((tables, figures))
}

fn table(
    (raw, heading): (&raw::Table, Option<&String>),
    index: usize,
    core: &Core,
    labels: &mut LabelIndex,
    written: &Written,
) -> Result<Table, PackError> {
    let trust = written.trust;
    let mut builder = Builder {
        index,
        core,
        labels,
        lists: &written.raw.lists,
        rows: Vec::new(),
        columns: Vec::new(),
        block: 0,
        side_by_side: false,
        open: None,
        has_names: false,
    };
    let mut blocks = Vec::new();
    for block in &raw.blocks {
        let (row, column) = (builder.rows.len(), builder.columns.len());
        let by_name = block.open.as_ref().map(is_by_name).transpose()?.unwrap_or_default();
        let named = block.open.as_ref().filter(|_| by_name).map(|open| named(open, raw, trust)).transpose()?;
        builder.open = block.open.as_ref().filter(|_| !by_name).map(|raw| open(raw, trust)).transpose()?;
        builder.has_names = by_name;
        builder.columns_of(&block.columns, &[])?;
        tell_apart(&mut builder.columns[column..]);
        builder.side_by_side = block.side_by_side;
        builder.rows_of(&block.rows, None, "", "")?;
        builder.lay_codes(row);
        builder.block += 1;
        blocks.push(Block {
            label: block.label.clone(),
            side_by_side: block.side_by_side,
            rows: row..builder.rows.len(),
            columns: column..builder.columns.len(),
            codes: block.codes.as_ref().map(|header| Label::new(header).core),
            open: builder.open.take(),
            named,
        });
    }
    Ok(Table {
        id: raw.id.get_ref().clone(),
        name: raw.name.clone(),
        captions: raw.captions.iter().map(|caption| Label::new(caption).core).collect(),
        heading: heading.unwrap_or(&raw.name).clone(),
        corner: raw.corner.clone(),
        specimen: raw.specimen.trim().to_owned(),
        is_optional: raw.optional,
        has_pairs: raw.pairs,
        ignored: raw.ignore.iter().map(|label| Label::new(label).core).collect(),
        unit: unit(raw.unit.as_ref(), core)?,
        section: None,
        rows: builder.rows,
        columns: builder.columns,
        blocks,
    })
}

/// Adds the labels that a table prints besides its rows and columns.
pub(super) fn add_headers(index: usize, table: &Table, captions: &[String], labels: &mut LabelIndex) {
    let header = Target::Header { table: index };
    let blocks = table.blocks.iter().map(|block| block.label.as_deref().unwrap_or_default());
    let above_columns = table.columns.iter().flat_map(|column| column.labels.iter().rev().skip(1).map(String::as_str));
    let captions = captions.iter().map(String::as_str);
    for label in std::iter::once(table.corner.as_str()).chain(captions).chain(blocks).chain(above_columns) {
        labels.add(label, header);
    }
}

/// Whether open rows are known by a name; otherwise each has a code.
fn is_by_name(raw: &raw::Open) -> Result<bool, PackError> {
    let by = raw.by.as_ref().map(|word| one_of(word.get_ref(), &OPEN_BY, &word.span()));
    Ok(by.transpose()?.unwrap_or_default())
}

fn open(raw: &raw::Open, trust: Trust) -> Result<Open, PackError> {
    let Some(code) = &raw.pattern else { return Err(fail(PackProblem::Lacking("pattern"), &(0..0))) };
    let mut levels = raw.levels.clone();
    levels.sort_unstable();
    levels.dedup();
    if levels.is_empty() {
        return Err(fail(PackProblem::Lacking("levels = [3, 5, 7]"), &code.span()));
    }
    Ok(Open { pattern: pattern(code, &[], trust)?, levels })
}

/// Rows by name. The places of a table's rows move with what is added to them, so it has no other block.
fn named(raw: &raw::Open, table: &raw::Table, trust: Trust) -> Result<Named, PackError> {
    if table.blocks.len() > 1 {
        let allowed = "1".to_owned();
        let problem = PackProblem::NotOneOf { found: table.blocks.len().to_string(), allowed };
        return Err(fail(problem, &table.id.span()));
    }
    let labels = |node: &Node| {
        let id = node.id.as_ref().ok_or_else(|| fail(PackProblem::Lacking("id"), &table.id.span()))?;
        let labels = std::iter::once(&node.label).chain(&node.also).map(|label| Label::new(label).core);
        Ok((id.get_ref().clone(), labels.collect()))
    };
    let below = match raw.rows.as_slice() {
        [] if raw.several => Below::Several,
        [] => Below::Nothing,
        rows => Below::Rows(rows.iter().map(labels).collect::<Result<_, _>>()?),
    };
    Ok(Named { pattern: raw.pattern.as_ref().map(|text| pattern(text, &[], trust)).transpose()?, below })
}

/// A unit that cells are known to bear.
fn unit(raw: Option<&Spanned<String>>, core: &Core) -> Result<Option<String>, PackError> {
    let Some(unit) = raw else { return Ok(None) };
    if core.units.contains(unit.get_ref()) || core.signs.contains(unit.get_ref()) {
        return Ok(Some(unit.get_ref().clone()));
    }
    let mut known: Vec<&str> = core.units.iter().chain(&core.signs).map(String::as_str).collect();
    known.sort_unstable();
    Err(unknown(unit.get_ref(), known.into_iter(), &unit.span()))
}

fn value_kind(raw: Option<&Spanned<String>>) -> Result<Option<ValueKind>, PackError> {
    raw.map(|word| one_of(word.get_ref(), &ValueKind::ALL, &word.span())).transpose()
}

fn number_figures(index: usize, table: &mut Table, figures: &mut Vec<Figure>) {
    let mut names: HashSet<String> = HashSet::new();
    for row_index in 0..table.rows.len() {
        // What all rows of a name share is printed with the first.
        let mut is_further = |row: &Row| row.name.as_ref().is_some_and(|name| !names.insert(name.clone()));
        let is_further = table.rows[row_index].figures.is_some() && is_further(&table.rows[row_index]);
        let row = &mut table.rows[row_index];
        if row.figures.is_none() {
            continue;
        }
        row.figures = Some(figures.len());
        for column_index in table.blocks[row.block].columns.clone() {
            let column = &table.columns[column_index];
            let value = row.value.unwrap_or(column.value);
            let unit = row.unit.as_ref().or(column.unit.as_ref());
            let is_money = matches!(value, ValueKind::Amount | ValueKind::Decimal);
            let words = [table.name.as_str(), &row.place, &column.place];
            let place: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            figures.push(Figure {
                id: format!("{}.{}.{}", table.id, row.id, column.id),
                table: index,
                row: row_index,
                column: column_index,
                value,
                unit: unit.or(table.unit.as_ref().filter(|_| is_money)).cloned(),
                is_optional: row.is_optional || column.is_optional || is_further && column.is_shared,
                place: place.join(" · "),
            });
        }
    }
}

/// Columns with one label are named in messages by the groups above them, too.
fn tell_apart(columns: &mut [Column]) {
    let is_alone =
        |at: usize| columns.iter().enumerate().all(|(other, of)| other == at || of.place != columns[at].place);
    let alike: Vec<usize> = (0..columns.len()).filter(|&at| !columns[at].place.is_empty() && !is_alone(at)).collect();
    for at in alike {
        columns[at].place = columns[at].labels.iter().map(|label| short(label)).collect::<Vec<_>>().join(" · ");
    }
}

struct Builder<'l> {
    index: usize,
    core: &'l Core,
    block: usize,
    side_by_side: bool,
    open: Option<Open>,
    /// The block has rows that are known by their names.
    has_names: bool,
    labels: &'l mut LabelIndex,
    lists: &'l BTreeMap<String, Vec<Node>>,
    rows: Vec<Row>,
    columns: Vec<Column>,
}

impl Builder<'_> {
    fn columns_of(&mut self, nodes: &[Node], above: &[String]) -> Result<(), PackError> {
        for node in nodes {
            let mut labels = above.to_vec();
            labels.push(node.label.clone());
            if !node.columns.is_empty() {
                self.columns_of(&node.columns, &labels)?;
                continue;
            }
            let target = Target::Column { table: self.index, column: self.columns.len() };
            self.labels.add_node(node, target);
            self.columns.push(Column {
                id: node.id.as_ref().map(|id| id.get_ref().clone()).unwrap_or_default(),
                labels,
                value: value_kind(node.value.as_ref())?.unwrap_or(ValueKind::Count),
                unit: unit(node.unit.as_ref(), self.core)?,
                is_optional: node.optional,
                is_shared: node.shared,
                place: short(&node.label).to_owned(),
            });
        }
        Ok(())
    }

    fn rows_of(&mut self, nodes: &[Node], parent: Option<usize>, id: &str, place: &str) -> Result<(), PackError> {
        for node in nodes {
            if let Some(list) = &node.rows_of {
                let lists = self.lists;
                let Some(nodes) = lists.get(list.get_ref()) else {
                    return Err(unknown(list.get_ref(), lists.keys().map(String::as_str), &list.span()));
                };
                // A list is written once and holds no other.
                if nodes.iter().any(|node| node.rows_of.is_some()) {
                    return Err(fail(PackProblem::Doubled(list.get_ref().clone()), &list.span()));
                }
                self.rows_of(nodes, parent, id, place)?;
                continue;
            }
            let row = self.rows.len();
            let level = self.open.as_ref().zip(node.code.as_ref()).and_then(|(open, code)| open.level(code));
            // Rows side by side are printed as groups of columns.
            let target = if self.side_by_side {
                Target::Header { table: self.index }
            } else {
                Target::Row { table: self.index, row }
            };
            let of_parent = parent.filter(|&parent: &usize| self.rows[parent].is_named_by_report);
            let is_named_by_report = node.name.is_some() || of_parent.is_some();
            // The names of open rows are in many places; they are known by their codes, or where they are.
            if level.is_none() && !is_named_by_report {
                self.labels.add_node(node, target);
            }
            let is_leaf = node.rows.is_empty() || node.own_figures;
            let (mut id, mut place) = (id.to_owned(), place.to_owned());
            // A group without an id is there for the eye only.
            if let Some(own) = &node.id {
                extend(&mut id, ".", own.get_ref());
                extend(&mut place, " · ", &name(node, level));
            }
            let own_name = node.name.as_ref().or_else(|| node.id.as_ref().map(|id| id.get_ref()));
            let name = match parent.and_then(|parent| self.rows[parent].name.clone()) {
                None => own_name.cloned().filter(|_| self.has_names),
                of_parent => of_parent,
            };
            self.rows.push(Row {
                id: id.clone(),
                label: node.label.clone(),
                ordinal: Label::new(&node.label).ordinal,
                parent,
                block: self.block,
                is_leaf,
                end: row + 1,
                is_optional: node.optional,
                code: node.code.clone(),
                level,
                below: Vec::new(),
                name,
                is_named_by_report,
                value: value_kind(node.value.as_ref())?,
                unit: unit(node.unit.as_ref(), self.core)?,
                figures: (is_leaf || node.may_be_one_row).then_some(0),
                place: place.clone(),
            });
            // The rows below one with figures of its own are its neighbours: they are no parts of it that could be
            // printed in its place.
            let parent = if node.own_figures { parent } else { Some(row) };
            self.rows_of(&node.rows, parent, &id, &place)?;
            if !node.own_figures {
                self.rows[row].end = self.rows.len();
            }
        }
        Ok(())
    }
}

impl Builder<'_> {
    /// Lays the open rows from `first` on below each other: each below the one with the longest code that begins its own.
    fn lay_codes(&mut self, first: usize) {
        let code = |row: &usize| self.rows[*row].code.clone().filter(|_| self.rows[*row].level.is_some());
        let mut coded: Vec<(String, usize)> =
            (first..self.rows.len()).filter_map(|row| Some((code(&row)?, row))).collect();
        // A code comes before those that it begins.
        coded.sort_unstable();
        let mut above: Vec<(String, usize)> = Vec::new();
        for (code, row) in coded {
            while above.last().is_some_and(|(start, _)| !code.starts_with(start.as_str())) {
                above.pop();
            }
            if let Some(&(_, parent)) = above.last() {
                self.rows[parent].below.push(row);
            }
            above.push((code, row));
        }
    }
}

/// The word for a row in a message; that of an open row has its code with it.
fn name(node: &Node, level: Option<usize>) -> String {
    match node.code.as_ref().filter(|_| level.is_some()) {
        Some(code) => format!("{code} {}", node.label).trim_end().to_owned(),
        None => short(&node.label).to_owned(),
    }
}

fn extend(text: &mut String, separator: &str, part: &str) {
    if !text.is_empty() && !part.is_empty() {
        text.push_str(separator);
    }
    text.push_str(part);
}

/// A label without the remark in brackets at its end.
fn short(label: &str) -> &str {
    let Some(body) = label.strip_suffix('）') else { return label };
    match body.rfind('（') {
        Some(at) if at > 0 => &label[..at],
        _ => label,
    }
}
