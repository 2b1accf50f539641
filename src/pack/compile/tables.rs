//! Tables: trees of labels flattened to rows, columns and figures.

use std::collections::HashSet;

use super::super::raw::{self, Node};
use super::super::{Block, Column, Figure, LabelIndex, PackError, PackProblem, Row, Table, Target, ValueKind};
use super::fail;
use crate::label::Label;

/// Flattens all tables and numbers their figures.
pub(super) fn tables(raw: &[raw::Table], labels: &mut LabelIndex) -> Result<(Vec<Table>, Vec<Figure>), PackError> {
    let mut tables: Vec<Table> = Vec::new();
    let mut figures = Vec::new();
    for table in raw {
        if tables.iter().any(|known| known.id == *table.id.get_ref()) {
            return Err(fail(PackProblem::Doubled(table.id.get_ref().clone()), &table.id.span()));
        }
        let first = figures.len();
        let mut builder = Builder {
            index: tables.len(),
            labels,
            rows: Vec::new(),
            columns: Vec::new(),
            block: 0,
            side_by_side: false,
        };
        let mut blocks = Vec::new();
        for block in &table.blocks {
            let (row, column) = (builder.rows.len(), builder.columns.len());
            builder.columns_of(&block.columns, &[])?;
            builder.side_by_side = block.side_by_side;
            builder.rows_of(&block.rows, None, "", "")?;
            builder.block += 1;
            blocks.push(Block {
                label: block.label.clone(),
                side_by_side: block.side_by_side,
                rows: row..builder.rows.len(),
                columns: column..builder.columns.len(),
            });
        }
        let mut table = Table {
            id: table.id.get_ref().clone(),
            name: table.name.clone(),
            corner: table.corner.clone(),
            section: None,
            rows: builder.rows,
            columns: builder.columns,
            blocks,
        };
        number_figures(tables.len(), &mut table, &mut figures);
        let mut seen = HashSet::new();
        if let Some(figure) = figures[first..].iter().find(|figure| !seen.insert(figure.id.as_str())) {
            let span = raw[tables.len()].id.span();
            return Err(fail(PackProblem::Doubled(figure.id.clone()), &span));
        }
        tables.push(table);
    }
    Ok((tables, figures))
}

fn number_figures(index: usize, table: &mut Table, figures: &mut Vec<Figure>) {
    for row_index in 0..table.rows.len() {
        let row = &mut table.rows[row_index];
        if row.figures.is_none() {
            continue;
        }
        row.figures = Some(figures.len());
        for column_index in table.blocks[row.block].columns.clone() {
            let column = &table.columns[column_index];
            figures.push(Figure {
                id: format!("{}.{}.{}", table.id, row.id, column.id),
                table: index,
                row: row_index,
                column: column_index,
                value: column.value,
                in_sums: false,
                place: format!("{} · {} · {}", table.name, row.place, column.place),
            });
        }
    }
}

struct Builder<'l> {
    index: usize,
    block: usize,
    side_by_side: bool,
    labels: &'l mut LabelIndex,
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
            let value = match node.value.as_ref() {
                None => ValueKind::Count,
                Some(word) if word.get_ref() == "count" => ValueKind::Count,
                Some(word) if word.get_ref() == "amount" => ValueKind::Amount,
                Some(word) => {
                    let found = word.get_ref().clone();
                    return Err(fail(PackProblem::NotOneOf { found, allowed: "count, amount" }, &word.span()));
                }
            };
            self.columns.push(Column {
                id: node.id.as_ref().map(|id| id.get_ref().clone()).unwrap_or_default(),
                labels,
                value,
                unit: node.unit.clone(),
                place: short(&node.label).to_owned(),
            });
        }
        Ok(())
    }

    fn rows_of(&mut self, nodes: &[Node], parent: Option<usize>, id: &str, place: &str) -> Result<(), PackError> {
        for node in nodes {
            let row = self.rows.len();
            // Rows side by side are printed as groups of columns.
            let target = if self.side_by_side {
                Target::Header { table: self.index }
            } else {
                Target::Row { table: self.index, row }
            };
            self.labels.add_node(node, target);
            let is_leaf = node.rows.is_empty();
            let (mut id, mut place) = (id.to_owned(), place.to_owned());
            // A group without an id is there for the eye only.
            if let Some(own) = &node.id {
                extend(&mut id, ".", own.get_ref());
                extend(&mut place, " · ", short(&node.label));
            }
            self.rows.push(Row {
                id: id.clone(),
                label: node.label.clone(),
                ordinal: Label::new(&node.label).ordinal,
                parent,
                block: self.block,
                is_leaf,
                end: row + 1,
                figures: (is_leaf || node.may_be_one_row).then_some(0),
                place: place.clone(),
            });
            self.rows_of(&node.rows, Some(row), &id, &place)?;
            self.rows[row].end = self.rows.len();
        }
        Ok(())
    }
}

fn extend(text: &mut String, separator: &str, part: &str) {
    if !text.is_empty() {
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
