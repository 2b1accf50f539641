//! Tables as they are read: cells in rows, whose spans are claims until the table has ended, and tables within cells.

use super::spans::{self, Claim};
use super::text::{self, Edge, Flow, Run};
use crate::document::{Cell, Table, TableBuilder};
use crate::read::budget::Budget;
use crate::read::layout_table::is_layout;
use crate::read::unreadable::Unreadable;

/// A table whose end may not have been seen.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    groups: Vec<Group>,
    in_group: bool,
    in_row: bool,
    /// The row has no cell of its own so far.
    row_is_empty: bool,
    /// The most figures in a table within this one; none where there is no such table.
    figures_within: Option<usize>,
}

/// A group of rows: `thead`, `tbody`, `tfoot`, or rows without one. No cell reaches out of its group.
#[derive(Debug, Default)]
struct Group {
    foot: bool,
    rows: u32,
    cells: Vec<Draft>,
}

/// A cell whose spans are claims so far.
#[derive(Debug)]
struct Draft {
    /// The end of its start tag.
    at: usize,
    claim: Claim,
    content: Vec<Content>,
}

/// The content of a cell.
#[derive(Debug)]
enum Content {
    Run(Run),
    Table(Box<OpenTable>),
}

impl OpenTable {
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
    }

    /// Begins a row; returns what it costs: even a row without cells is one.
    pub(super) fn begin_row(&mut self) -> usize {
        if !self.in_group {
            self.begin_group(false);
        }
        let Some(group) = self.groups.last_mut() else { return 0 };
        group.rows += 1;
        self.in_row = true;
        usize::from(std::mem::replace(&mut self.row_is_empty, true))
    }

    pub(super) fn end_row(&mut self) {
        self.in_row = false;
    }

    /// Begins a cell whose start tag ends at `at`; returns what it costs. A `rowspan` of 0 reaches to the end of the group.
    pub(super) fn begin_cell(&mut self, at: usize, colspan: u32, rowspan: u32) -> usize {
        let cost = 1 + if self.in_row { 0 } else { self.begin_row() };
        let Some(group) = self.groups.last_mut() else { return cost };
        self.row_is_empty = false;
        let claim = Claim { row: group.rows.saturating_sub(1), columns: colspan, rows: rowspan };
        group.cells.push(Draft { at, claim, content: Vec::new() });
        cost
    }

    /// Adds to the cell that was begun last.
    pub(super) fn record(&mut self, run: Run) {
        let Some(cell) = self.last_cell() else { return };
        // Markup between blocks comes in heaps, of which one edge says it all.
        match (cell.content.last_mut(), &run) {
            (Some(Content::Run(Run::Edge(_))), Run::Edge(Edge::Block)) => {}
            (Some(Content::Run(Run::Edge(last))), Run::Edge(edge)) => *last = *edge,
            _ => cell.content.push(Content::Run(run)),
        }
    }

    /// Adds a table to the cell that was begun last.
    pub(super) fn nest(&mut self, table: Self, source: &str) {
        self.figures_within = self.figures_within.max(Some(table.most_figures(source)));
        if let Some(cell) = self.last_cell() {
            cell.content.push(Content::Table(Box::new(table)));
        }
    }

    fn last_cell(&mut self) -> Option<&mut Draft> {
        self.groups.last_mut()?.cells.last_mut()
    }

    fn most_figures(&self, source: &str) -> usize {
        self.figures(source).max(self.figures_within.unwrap_or(0))
    }

    /// How many cells hold a figure and nothing else.
    fn figures(&self, source: &str) -> usize {
        let cells = self.groups.iter().flat_map(|group| &group.cells);
        cells.filter(|cell| is_figure(source, &cell.content)).count()
    }

    /// Turns the table into blocks: a table of figures into one, a table that lays out the page into the content
    /// of its cells.
    pub(super) fn finish(self, flow: &mut Flow<'_>, budget: &mut Budget<'_>) -> Result<(), Unreadable> {
        flow.edge(Edge::Outside);
        if !is_layout(self.figures(flow.source()), self.figures_within) {
            let table = self.table(flow, budget)?;
            flow.table(table);
            return Ok(());
        }
        for cell in self.groups.into_iter().flat_map(|group| group.cells) {
            flow.edge(Edge::Outside);
            for content in cell.content {
                match content {
                    Content::Run(run) => flow.play(&run),
                    Content::Table(table) => table.finish(flow, budget)?,
                }
            }
        }
        flow.edge(Edge::Outside);
        Ok(())
    }

    /// The table, if it has any cell.
    fn table<'s>(self, flow: &mut Flow<'s>, budget: &mut Budget<'_>) -> Result<Option<Table<'s>>, Unreadable> {
        let mut groups = self.groups;
        // A footer may be written before the body.
        groups.sort_by_key(|group| group.foot);
        let mut count = 0;
        let mut last = 0;
        for group in &groups {
            if let Some(cell) = group.cells.last() {
                last = count + cell.claim.row + 1;
            }
            count += group.rows;
        }

        let mut builder = TableBuilder::default();
        let mut first = 0;
        for group in groups {
            let end = last.min(first + group.rows);
            let mut claims: Vec<Claim> = group.cells.iter().map(|cell| cell.claim).collect();
            let places = spans::place(&mut claims, group.rows, budget)?;
            for (cell, place) in group.cells.into_iter().zip(places) {
                let rows = first + place.rows.start..(first + place.rows.end).min(end);
                let mut runs = Vec::with_capacity(cell.content.len());
                flatten(cell.content, &mut runs);
                runs.iter().filter(|run| matches!(run, Run::Image(_))).for_each(|image| flow.play(image));
                let passage = text::passage(flow.source(), flow.base(), &runs, cell.at);
                builder.push(Cell { passage, rows, columns: place.columns, uncomputed: false });
            }
            first += group.rows;
        }
        if builder.is_empty() {
            return Ok(None);
        }
        budget.finish(builder).map(Some)
    }
}

/// The text of a cell, with that of the tables in it, each of their cells a block.
fn flatten(content: Vec<Content>, runs: &mut Vec<Run>) {
    for content in content {
        match content {
            Content::Run(run) => runs.push(run),
            Content::Table(table) => {
                for cell in table.groups.into_iter().flat_map(|group| group.cells) {
                    runs.push(Run::Edge(Edge::Block));
                    flatten(cell.content, runs);
                }
                runs.push(Run::Edge(Edge::Block));
            }
        }
    }
}

/// Whether the content is nothing but digits, signs and blanks.
fn is_figure(source: &str, content: &[Content]) -> bool {
    fn look(source: &str, content: &[Content], digits: &mut usize) -> bool {
        content.iter().all(|content| match content {
            Content::Run(run) => run.is_figure(source, digits),
            Content::Table(table) => {
                table.groups.iter().flat_map(|group| &group.cells).all(|cell| look(source, &cell.content, digits))
            }
        })
    }
    let mut digits = 0;
    look(source, content, &mut digits) && digits > 0
}
