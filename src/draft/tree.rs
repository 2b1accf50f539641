//! Labels as trees: groups of columns from the rows of a header, groups of rows from the columns of labels.

use super::grid::Grid;
use super::layout::Rows;
use super::words::words;

/// A row or column of the draft, or a group of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub label: String,
    pub children: Vec<Node>,
}

/// A label of a path, with the cell it comes from: two cells may say the same.
type Step = (usize, String);

/// The columns of figures and the rows of a block.
#[derive(Debug)]
pub(super) struct Trees {
    pub columns: Vec<Node>,
    pub rows: Vec<Node>,
    pub side_by_side: bool,
}

/// The trees of a block; none where it has no rows or columns, or where rows side by side have unlike columns.
pub(super) fn trees(grid: &Grid, rows: &Rows) -> Option<Trees> {
    let columns = column_paths(grid, rows);
    if rows.labels == 0 {
        return side_by_side(&columns);
    }
    let trees = Trees { columns: tree(&columns), rows: tree(&row_paths(grid, rows)), side_by_side: false };
    (!trees.columns.is_empty() && !trees.rows.is_empty()).then_some(trees)
}

/// Columns that hold labels or numbers of rows, told by their header or by what stands in them.
fn is_aside(grid: &Grid, rows: &Rows, column: usize) -> bool {
    let header = rows.header.iter().rev().find_map(|row| grid.said_at(*row, column));
    if header.is_some_and(|cell| words().is_number_column(&grid.cells[cell].text)) {
        return true;
    }
    let said = rows.body.iter().filter_map(|row| grid.said_at(*row, column)).map(|cell| &grid.cells[cell]);
    let (texts, figures): (Vec<_>, Vec<_>) = said.partition(|cell| cell.is_text());
    texts.len() > figures.len() && texts.len() * 2 > rows.body.len()
}

fn column_paths(grid: &Grid, rows: &Rows) -> Vec<Vec<Step>> {
    let mut paths: Vec<Vec<Step>> = Vec::new();
    let mut left: Vec<Option<Step>> = vec![None; rows.header.len()];
    for column in rows.labels..grid.width {
        let own: Vec<Option<Step>> = rows.header.iter().map(|row| step(grid, *row, column)).collect();
        let Some(deepest) = own.iter().rposition(Option::is_some) else { continue };
        left = inherited(own, &left, deepest);
        let is_figures = rows.labels == 0 || !is_aside(grid, rows, column);
        let is_repeated = paths.last().is_some_and(|last| last.last() == left[deepest].as_ref());
        if is_figures && !is_repeated {
            paths.push(path(&left[..=deepest]));
        }
    }
    paths
}

fn row_paths(grid: &Grid, rows: &Rows) -> Vec<Vec<Step>> {
    let is_number = |column: &usize| {
        let header = rows.header.iter().find_map(|row| grid.said_at(*row, *column));
        header.is_some_and(|cell| words().is_number_column(&grid.cells[cell].text))
    };
    let mut columns: Vec<usize> = (0..rows.labels).filter(|column| !is_number(column)).collect();
    // A second column of labels has a header of its own.
    let further = (rows.labels..grid.width).take_while(|column| is_aside(grid, rows, *column) && !is_number(column));
    columns.extend(further.filter(|column| !holds_units(grid, rows, *column)));
    let mut above: Vec<Option<Step>> = vec![None; columns.len()];
    let mut paths = Vec::new();
    for row in &rows.body {
        let own: Vec<Option<Step>> = columns.iter().map(|column| step(grid, *row, *column)).collect();
        let Some(deepest) = own.iter().rposition(Option::is_some) else { continue };
        above = inherited(own, &above, deepest);
        let path = path(&above[..=deepest]);
        if path.last().is_some_and(|(cell, _)| !grid.cells[*cell].is_figure()) {
            paths.push(path);
        }
    }
    paths
}

/// A column of units says the same few words again and again.
fn holds_units(grid: &Grid, rows: &Rows, column: usize) -> bool {
    let texts = || rows.body.iter().filter_map(|row| grid.said_at(*row, column)).map(|cell| &grid.cells[cell].text);
    texts().all(|text| text.chars().count() <= 3)
        && texts().collect::<std::collections::BTreeSet<_>>().len() < texts().count()
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

/// Paths that begin alike, put under one node.
fn tree(paths: &[Vec<Step>]) -> Vec<Node> {
    let paths = paths.iter().filter(|path| !path.is_empty()).collect::<Vec<_>>();
    let groups = paths.chunk_by(|a, b| a[0] == b[0]);
    let node = |group: &[&Vec<Step>]| {
        let below: Vec<Vec<Step>> = group.iter().map(|path| path[1..].to_vec()).collect();
        Node { label: group[0][0].1.clone(), children: tree(&below) }
    };
    groups.map(node).collect()
}

/// Groups of columns over one row of figures: the groups are the rows, each with the same columns.
fn side_by_side(paths: &[Vec<Step>]) -> Option<Trees> {
    let paths: Vec<&Vec<Step>> = paths.iter().filter(|path| path.len() > 1).collect();
    let groups: Vec<&[&Vec<Step>]> = paths.chunk_by(|a, b| a[..a.len() - 1] == b[..b.len() - 1]).collect();
    let columns = |group: &[&Vec<Step>]| {
        let last = |path: &&Vec<Step>| path.last().map(|(_, label)| label.clone()).unwrap_or_default();
        group.iter().map(last).collect::<Vec<String>>()
    };
    let first = columns(groups.first()?);
    if groups.iter().any(|group| columns(group) != first) {
        return None;
    }
    let rows: Vec<Vec<Step>> = groups.iter().map(|group| group[0][..group[0].len() - 1].to_vec()).collect();
    let leaf = |label| Node { label, children: Vec::new() };
    Some(Trees { columns: first.into_iter().map(leaf).collect(), rows: tree(&rows), side_by_side: true })
}
