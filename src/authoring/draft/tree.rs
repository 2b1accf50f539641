//! Labels as trees: groups of columns from the rows of a header, groups of rows from the columns of labels.

use std::collections::HashMap;

use super::columns::Columns;
use super::grid::Grid;
use super::layout::Rows;
use super::nest::nested;
use super::node::Node;
use super::words::words;

/// A label of a path, with the cell it comes from: two cells may say the same.
type Step = (usize, String);

/// The leaf of each cell, by the cell.
type Leaves = HashMap<usize, Node>;

/// The columns of figures and the rows of a block.
#[derive(Debug)]
pub(super) struct Trees {
    pub columns: Vec<Node>,
    pub rows: Vec<Node>,
    pub side_by_side: bool,
    /// Headers of columns and labels of rows that hold no figures.
    pub ignored: Vec<String>,
}

/// Rows that are named by the report, and the rows of the form below or above them.
#[derive(Debug)]
pub(super) struct Named<'t> {
    /// A name has several rows.
    pub several: bool,
    pub own: Vec<&'t Node>,
}

impl Trees {
    /// Whether the rows are the units that a report is about, with their totals, below a header that says so.
    pub fn named(&self, corner: &str) -> Option<Named<'_>> {
        let is_total = |node: &&Node| node.children.is_empty() && words().is_total(&node.label);
        let (own, names): (Vec<&Node>, Vec<&Node>) = self.rows.iter().partition(is_total);
        let several = names.iter().all(|name| !name.children.is_empty() && !name.own_figures);
        let is_plain = several || names.iter().all(|name| name.children.is_empty());
        let are_names = !self.side_by_side && words().is_of_names(corner) && !own.is_empty() && !names.is_empty();
        (are_names && is_plain).then_some(Named { several, own })
    }
}

/// The trees of a block; none where it has no rows or columns, or where rows side by side have unlike columns.
pub(super) fn trees(grid: &Grid, rows: &Rows) -> Option<Trees> {
    let kinds = Columns::new(grid, rows);
    let (columns, leaves) = column_paths(grid, rows, &kinds);
    if rows.labels == 0 {
        return side_by_side(&columns, &leaves);
    }
    let mut ignored = kinds.ignored(grid, rows);
    let mut trees =
        Trees { columns: tree(&columns, &leaves), rows: Vec::new(), side_by_side: false, ignored: Vec::new() };
    let (paths, leaves) = row_paths(grid, rows, &kinds, &mut ignored);
    trees.rows = tree(&paths, &leaves);
    if kinds.labels.len() == 1 {
        trees.rows = nested(trees.rows);
    }
    trees.ignored = ignored;
    (!trees.columns.is_empty() && !trees.rows.is_empty()).then_some(trees)
}

fn column_paths(grid: &Grid, rows: &Rows, kinds: &Columns) -> (Vec<Vec<Step>>, Leaves) {
    let mut paths: Vec<Vec<Step>> = Vec::new();
    let mut leaves = Leaves::new();
    let mut left: Vec<Option<Step>> = vec![None; rows.header.len()];
    for column in rows.labels..grid.width {
        let own: Vec<Option<Step>> = rows.header.iter().map(|row| step(grid, *row, column)).collect();
        let Some(deepest) = own.iter().rposition(Option::is_some) else { continue };
        left = inherited(own, &left, deepest);
        let path = path(&left[..=deepest]);
        let is_repeated = paths.last() == Some(&path);
        if kinds.figures.contains(&column) && !is_repeated {
            let (cell, label) = path.last().cloned().unwrap_or_default();
            let unit = words().unit_of_label(&label).map(str::to_owned);
            let is_amount = unit.as_deref().is_some_and(|unit| words().is_amount(unit))
                || kinds.units.is_none() && rows.body.iter().any(|row| has_decimals(grid, *row, column));
            leaves.insert(cell, Node { is_amount, unit: unit.filter(|_| is_amount), ..Node::default() });
            paths.push(path);
        }
    }
    (paths, leaves)
}

fn has_decimals(grid: &Grid, row: usize, column: usize) -> bool {
    let figure = grid.said_at(row, column).map(|cell| &grid.cells[cell]).filter(|cell| cell.is_figure());
    figure.is_some_and(|cell| cell.text.contains('.'))
}

fn row_paths(grid: &Grid, rows: &Rows, kinds: &Columns, ignored: &mut Vec<String>) -> (Vec<Vec<Step>>, Leaves) {
    let mut above: Vec<Option<Step>> = vec![None; kinds.labels.len()];
    let mut paths = Vec::new();
    let mut leaves = Leaves::new();
    for row in &rows.body {
        let own: Vec<Option<Step>> = kinds.labels.iter().map(|column| step(grid, *row, *column)).collect();
        let Some(deepest) = own.iter().rposition(Option::is_some) else { continue };
        above = inherited(own, &above, deepest);
        let path = path(&above[..=deepest]);
        let Some((cell, label)) = path.last().filter(|(cell, _)| grid.cells[*cell].is_text()) else { continue };
        // 栏次 1 2 3: the numbers of the columns.
        if words().is_number_column(label) {
            if !ignored.contains(label) {
                ignored.push(label.clone());
            }
            continue;
        }
        let unit = kinds.units.and_then(|column| grid.said_at(*row, column)).map(|cell| grid.cells[cell].text.clone());
        let unit = unit.filter(|unit| words().is_amount(unit));
        leaves.insert(*cell, Node { is_amount: unit.is_some(), unit, ..Node::default() });
        paths.push(path);
    }
    (paths, leaves)
}

fn step(grid: &Grid, row: usize, column: usize) -> Option<Step> {
    grid.said_at(row, column).map(|cell| (cell, grid.cells[cell].text.clone()))
}

/// Blank places above the deepest label of a path go on from the place beside them: merged cells are often written once.
fn inherited(own: Vec<Option<Step>>, beside: &[Option<Step>], deepest: usize) -> Vec<Option<Step>> {
    let mut is_shared = true;
    let with_beside = own.into_iter().zip(beside).enumerate();
    with_beside
        .map(|(level, (own, beside))| match own {
            None if level < deepest && is_shared => beside.clone(),
            None => None,
            Some(own) => {
                is_shared &= beside.as_ref() == Some(&own);
                Some(own)
            }
        })
        .collect()
}

fn path(steps: &[Option<Step>]) -> Vec<Step> {
    let mut path: Vec<Step> = steps.iter().flatten().cloned().collect();
    path.dedup();
    path
}

/// Paths that begin alike are under one node.
fn tree(paths: &[Vec<Step>], leaves: &Leaves) -> Vec<Node> {
    let paths = paths.iter().filter(|path| !path.is_empty()).collect::<Vec<_>>();
    let groups = paths.chunk_by(|a, b| a[0] == b[0]);
    let node = |group: &[&Vec<Step>]| {
        let below: Vec<Vec<Step>> = group.iter().map(|path| path[1..].to_vec()).collect();
        let (cell, label) = group[0][0].clone();
        let children = tree(&below, leaves);
        let leaf = leaves.get(&cell).filter(|_| children.is_empty()).cloned().unwrap_or_default();
        Node { label, children, ..leaf }
    };
    groups.map(node).collect()
}

/// Groups of columns over one row of figures: the groups are the rows, each with the same columns.
fn side_by_side(paths: &[Vec<Step>], leaves: &Leaves) -> Option<Trees> {
    let paths: Vec<&Vec<Step>> = paths.iter().filter(|path| path.len() > 1).collect();
    let groups: Vec<&[&Vec<Step>]> = paths.chunk_by(|a, b| a[..a.len() - 1] == b[..b.len() - 1]).collect();
    let columns = |group: &[&Vec<Step>]| {
        let last: Vec<Vec<Step>> = group.iter().map(|path| path[path.len() - 1..].to_vec()).collect();
        tree(&last, leaves)
    };
    let first = columns(groups.first()?);
    if groups.iter().any(|group| columns(group) != first) {
        return None;
    }
    let rows: Vec<Vec<Step>> = groups.iter().map(|group| group[0][..group[0].len() - 1].to_vec()).collect();
    Some(Trees { columns: first, rows: tree(&rows, &Leaves::new()), side_by_side: true, ignored: Vec::new() })
}
