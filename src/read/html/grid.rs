//! Which rows and columns a cell covers: the standard's algorithm for forming a table
//! (<https://html.spec.whatwg.org/multipage/tables.html#forming-a-table>), on what is there, not on what is claimed.

use std::ops::Range;

use crate::document::{Cell, Table, TableBuilder};
use crate::read::Unreadable;

use super::text::{self, Edge, Flow, Run};

/// A table whose end has not been seen.
#[derive(Debug, Default)]
pub(super) struct Grid {
    groups: Vec<Group>,
    in_group: bool,
    in_row: bool,
    /// The row has no cell of its own so far.
    row_is_empty: bool,
    /// Cells of earlier rows that reach into this one, by their first column.
    above: Vec<Reach>,
    /// The first of them that may still stand right of `column`.
    next: usize,
    /// Cells of this row that reach into the next.
    below: Vec<Reach>,
    /// Where the next cell goes, unless one from above stands there.
    column: u32,
}

/// A group of rows: `thead`, `tbody`, `tfoot`, or rows without one. No cell reaches out of its group.
#[derive(Debug, Default)]
struct Group {
    foot: bool,
    rows: u32,
    cells: Vec<Draft>,
}

/// A cell whose height is a claim so far.
#[derive(Debug)]
struct Draft {
    /// The end of its start tag.
    at: usize,
    row: u32,
    claimed_rows: u32,
    columns: Range<u32>,
    runs: Vec<Run>,
}

/// The columns a cell covers in the rows before `until`.
#[derive(Debug)]
struct Reach {
    columns: Range<u32>,
    until: u32,
}

impl Grid {
    /// Begins a group of rows.
    pub(super) fn begin_group(&mut self, foot: bool) {
        self.end_group();
        self.in_group = true;
        match self.groups.last_mut() {
            Some(group) if group.rows == 0 => group.foot = foot,
            _ => self.groups.push(Group { foot, ..Group::default() }),
        }
    }

    pub(super) fn end_group(&mut self) {
        self.in_group = false;
        self.in_row = false;
        self.above.clear();
        self.below.clear();
    }

    /// Begins a row; returns how many slots this has filled: those of the cells that reach into it.
    pub(super) fn begin_row(&mut self) -> usize {
        if !self.in_group {
            self.begin_group(false);
        }
        let Some(group) = self.groups.last_mut() else { return 0 };
        let row = group.rows;
        group.rows += 1;
        // Two sorted stretches, which the sort knows how to merge.
        self.above.append(&mut self.below);
        self.above.retain(|reach| reach.until > row);
        self.above.sort_by_key(|reach| reach.columns.start);
        self.next = 0;
        self.column = 0;
        self.in_row = true;
        // A row costs something even if nothing stands in it.
        let empty = std::mem::replace(&mut self.row_is_empty, true);
        self.above.len() + usize::from(empty)
    }

    pub(super) fn end_row(&mut self) {
        self.in_row = false;
    }

    /// Begins a cell whose start tag ends at `at`; returns how many slots this has filled. A `rowspan` of 0 reaches to
    /// the end of the group.
    pub(super) fn begin_cell(&mut self, at: usize, colspan: u32, rowspan: u32) -> usize {
        let mut filled = 1;
        if !self.in_row {
            filled += self.begin_row();
        }
        let Some(group) = self.groups.last_mut() else { return filled };
        while let Some(reach) = self.above.get(self.next)
            && reach.columns.start <= self.column
        {
            self.column = self.column.max(reach.columns.end);
            self.next += 1;
        }
        let columns = self.column..self.column.saturating_add(colspan);
        self.column = columns.end;
        self.row_is_empty = false;

        let row = group.rows.saturating_sub(1);
        let claimed_rows = if rowspan == 0 { u32::MAX } else { rowspan };
        if claimed_rows > 1 {
            self.below.push(Reach { columns: columns.clone(), until: row.saturating_add(claimed_rows) });
        }
        group.cells.push(Draft { at, row, claimed_rows, columns, runs: Vec::new() });
        filled
    }

    /// Adds to the cell that was begun last.
    pub(super) fn record(&mut self, run: Run) {
        let Some(cell) = self.groups.last_mut().and_then(|group| group.cells.last_mut()) else { return };
        // Markup between blocks comes in heaps, of which one edge says it all.
        match (cell.runs.last_mut(), &run) {
            (Some(Run::Edge(_)), Run::Edge(Edge::Block)) => {}
            (Some(Run::Edge(last)), Run::Edge(edge)) => *last = *edge,
            _ => cell.runs.push(run),
        }
    }

    /// The table, if it has any cell.
    pub(super) fn finish(self, source: &str, base: u32, limit: usize) -> Result<Option<Table<'_>>, Unreadable> {
        let mut groups = self.groups;
        // A footer may be written before the body.
        groups.sort_by_key(|group| group.foot);
        let mut count = 0;
        let mut last = 0;
        for group in &groups {
            if let Some(cell) = group.cells.last() {
                last = count + cell.row + 1;
            }
            count += group.rows;
        }

        let mut builder = TableBuilder::default();
        let mut first = 0;
        for group in groups {
            let end = last.min(first + group.rows);
            for Draft { at, row, claimed_rows, columns, runs } in group.cells {
                let row = first + row;
                let rows = row..row.saturating_add(claimed_rows).min(end);
                let passage = text::passage(source, base, &runs, at);
                builder.push(Cell { passage, rows, columns, uncomputed: false });
            }
            first += group.rows;
        }
        if builder.is_empty() {
            return Ok(None);
        }
        builder.finish(limit).map(Some).map_err(|_| too_many_cells(limit))
    }

    /// The cells as running text, for a table that only lays out the page.
    pub(super) fn dissolve(self, flow: &mut Flow<'_>) {
        for cell in self.groups.into_iter().flat_map(|group| group.cells) {
            flow.edge(Edge::Outside);
            cell.runs.iter().for_each(|run| flow.play(run));
        }
        flow.edge(Edge::Outside);
    }
}

/// More cells, or slots that merged cells fill, than may be read from one file.
pub(super) fn too_many_cells(limit: usize) -> Unreadable {
    Unreadable::TooLarge { what: "cells", limit: limit as u64 }
}
