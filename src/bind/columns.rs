//! The columns of a block: which of a row's figures is which.
//!
//! Never by absolute column: copied tables lose their merged cells, and rows are shifted. The run of figures behind a
//! row's labels is taken in order; the header confirms it, and decides where a run is short or columns are swapped.

use std::collections::BTreeMap;
use std::ops::Range;

use super::field::Field;
use super::groups::Order;
use super::header::Header;
use super::table_line::TableLine;
use crate::facts::Value;
use crate::pack::{Block, Table};

/// Where one figure of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Field(usize),
    /// One figure in two cells, this and the next.
    Split(usize),
    /// Some bytes of a field's text.
    Piece(usize, (u32, u32)),
    /// Some bytes of a field's text, and a figure on the line below that completes it, counted from the first one there.
    Broken(usize, (u32, u32), usize),
    /// The row has a label and no cells at all.
    BlankRow,
    /// The table lacks this column.
    Missing,
}

/// How the rows of a block are laid out.
#[derive(Debug)]
pub(super) struct Layout<'p, 'd> {
    fields: &'p [Field<'d>],
    width: usize,
    /// Figures in a row of the table's widest block.
    widest: usize,
    /// The grid column of the last of the form's columns; what is to the right of it is none of them.
    last: Option<u32>,
    /// The grid columns of the form's columns, as far as they are known.
    grid: &'p [u32],
    /// The rows have no labels: they are side by side.
    is_bare: bool,
    /// The form's column for each printed one.
    order: Vec<usize>,
    /// Columns of the form that are not printed.
    pub missing: Vec<usize>,
    /// All rows, and more than one, lack their last figure.
    is_left_blank: bool,
    /// The grid column of the first figure, by the grid column of the label before it, from rows that are full; none
    /// where they disagree.
    starts: BTreeMap<Option<u32>, Option<u32>>,
    /// The same over all full rows.
    start: Option<u32>,
}

impl<'p, 'd> Layout<'p, 'd> {
    pub fn new(fields: &'p [Field<'d>], runs: &[&TableLine], table: &Table, block: &Block, header: &'p Header) -> Self {
        let width = table.width(block);
        let widest = table.blocks.iter().map(|block| table.width(block)).max().unwrap_or(width);
        let all: Vec<usize> = (0..width).collect();
        let short = header.printed.len();
        let any_full = runs.iter().any(|line| line.filled == width);
        let all_short = !runs.is_empty() && runs.iter().all(|line| line.filled <= short && line.run.len() >= short);
        let order = if short == width && header.is_trusted() {
            header.printed.clone()
        } else if short == width {
            all
        } else if short * 2 >= width && short < width && !header.has_unknown && !any_full && all_short {
            // Where the rows of the header are shifted it still says which columns there are.
            let mut printed = header.printed.clone();
            if !header.is_trusted() {
                printed.sort_unstable();
            }
            printed
        } else {
            all
        };
        let missing = (0..width).filter(|column| !order.contains(column)).collect();
        let is_bare = block.side_by_side;
        // One row with a figure more has a figure in two cells; many have a column of the writer's own.
        let over = runs.iter().filter(|line| line.filled > width).count();
        let last = header.last.filter(|_| over > 1 && over * 2 >= runs.len());
        let is_left_blank = runs.len() > 1 && runs.iter().all(|line| line.filled < width);
        let starts = BTreeMap::new();
        let mut layout = Self {
            fields,
            width,
            widest,
            last,
            grid: &header.grid,
            is_bare,
            order,
            missing,
            is_left_blank,
            starts,
            start: None,
        };
        layout.learn(runs);
        layout
    }

    /// The same rows with the columns in the order of a header whose rows may be shifted against each other; none where that
    /// is the order which is taken anyway.
    pub fn as_headed(&self, header: &Header) -> Option<Self> {
        let is_other = header.printed.len() == self.width && header.printed != self.order;
        is_other.then(|| self.with_order(&header.printed))
    }

    /// The same rows below a header of their own, whose order can be trusted.
    pub fn below(&self, header: &Header) -> Self {
        let is_whole = header.printed.len() == self.width && header.is_trusted();
        self.with_order(if is_whole { &header.printed } else { &self.order })
    }

    /// Whether a header names the columns as they are taken anyway.
    pub fn has_order(&self, header: &Header) -> bool {
        let is_whole = header.printed.len() == self.width && header.is_trusted();
        if is_whole { header.printed == self.order } else { self.agrees_with(header) }
    }

    /// Whether the columns, and groups of columns, that each line of a header names are in the order of the rows. Few names may
    /// be above other figures because lines of text do not line up.
    fn agrees_with(&self, header: &Header) -> bool {
        let over = &header.over_figures[..];
        let over = if over.len() * 2 > self.width { over } else { &[] };
        let place = |named: &Range<usize>| self.order.iter().position(|printed| named.contains(printed));
        header.lines.iter().all(|line| line.iter().filter_map(place).is_sorted())
            && over.iter().all(|(figure, column)| self.order.get(*figure) == Some(column))
    }

    fn with_order(&self, order: &[usize]) -> Self {
        let missing = (0..self.width).filter(|column| !order.contains(column)).collect();
        Self { order: order.to_vec(), missing, starts: self.starts.clone(), ..*self }
    }

    /// The same rows with the figures of groups in the order in which their header names them.
    pub fn in_order_of(self, order: &Order) -> Self {
        match order {
            Order::Named(order) => self.with_order(order),
            Order::OfForm | Order::Unclear => self,
        }
    }

    /// Whether the last column is blank in every row, of several.
    pub fn is_left_blank(&self) -> bool {
        self.is_left_blank
    }

    /// Whether the columns of each group, of this many columns, are in the order of the form.
    pub fn is_in_turn(&self, width: usize) -> bool {
        self.order.chunks(width).all(|group| group.is_sorted())
    }

    /// Learns from full rows where the figures begin.
    fn learn(&mut self, runs: &[&TableLine]) {
        let full = runs.iter().filter(|line| line.filled == self.order.len()).filter_map(|line| {
            let first = line.run.clone().find(|&index| !self.fields[index].is_blank())?;
            Some((line.label.map(|label| self.fields[label].column), self.fields[first].column))
        });
        let mut starts = BTreeMap::new();
        for (label, start) in full.clone() {
            let known = starts.entry(label).or_insert(Some(start));
            *known = known.filter(|known| *known == start);
        }
        let mut all = full.map(|(_, start)| start);
        let start = match all.next() {
            Some(first) => all.all(|start| start == first).then_some(first),
            None => self.agreed(runs),
        };
        (self.starts, self.start) = (starts, start);
    }

    /// Where no row is full: where the figures begin in all rows that can be read in one way only, if there are some.
    fn agreed(&self, runs: &[&TableLine]) -> Option<u32> {
        const ROWS: usize = 3;
        let start = |line: &&TableLine| {
            let run = self.run(line);
            let is_whole = line.filled > 0 && run.len() == self.order.len();
            is_whole.then(|| self.fields[run.start].column)
        };
        let starts: Vec<u32> = runs.iter().filter_map(start).collect();
        let first = *starts.first().filter(|_| starts.len() >= ROWS)?;
        starts.iter().all(|start| *start == first).then_some(first)
    }

    /// Which field holds which of the form's figures, into `places`.
    ///
    /// # Errors
    /// With the number of figures found, where they cannot be distinguished.
    pub fn place(&self, line: &TableLine, places: &mut Vec<Place>) -> Result<(), usize> {
        let run = self.run(line);
        let filled = || run.clone().filter(|&index| !self.fields[index].is_blank());
        let expected = self.order.len();
        places.clear();
        places.resize(self.width, Place::Missing);
        if line.filled == expected {
            self.spread(filled(), places);
            return Ok(());
        }
        if line.filled == 0 && run.len() < expected {
            places.fill(Place::BlankRow);
            return Ok(());
        }
        let mut filled: Vec<usize> = filled().collect();
        let found = filled.len();
        if filled.iter().any(|&index| self.covers_several(&self.fields[index])) {
            return Err(found);
        }
        let is_figure = |index: &usize| self.fields[*index].is_figure();
        // Text behind the figures is a remark.
        while filled.len() > expected && filled.last().is_some_and(|index| !is_figure(index)) {
            filled.pop();
        }
        // Text before them is part of the label.
        while filled.len() > expected && filled.first().is_some_and(|index| !is_figure(index)) {
            filled.remove(0);
        }
        let are_figures =
            |fields: &[usize]| found > expected && fields.len() == expected && fields.iter().all(is_figure);
        let is_within = |index: &usize| self.last.is_some_and(|last| self.fields[*index].column <= last);
        let within: Vec<usize> = filled.iter().copied().filter(is_within).collect();
        if are_figures(&within) {
            self.spread(within.into_iter(), places);
        } else if are_figures(&filled) || self.is_repeated(&filled) {
            self.spread(filled.into_iter().take(expected), places);
        } else {
            let start = self.start_of(line, run, &filled).ok_or(found)?;
            self.spread(start..start + expected, places);
        }
        Ok(())
    }

    /// Whether a cell is merged over several columns of the form.
    fn covers_several(&self, field: &Field<'_>) -> bool {
        let covered = field.columns_covered();
        field.width > 1 && self.grid.iter().filter(|column| covered.contains(column)).count() > 1
    }

    /// How many figures a row has.
    pub fn expected(&self) -> usize {
        self.order.len()
    }

    /// The places of a row from those of its figures as they are printed.
    pub fn in_order(&self, printed: impl Iterator<Item = Place>) -> Vec<Place> {
        let mut places = vec![Place::Missing; self.width];
        self.order.iter().zip(printed).for_each(|(&column, place)| places[column] = place);
        places
    }

    /// The bytes `range` of a field's text, or the field where they are all of it.
    pub fn piece(&self, field: usize, range: (u32, u32)) -> Place {
        let is_whole = range == (0, self.fields[field].text().len() as u32);
        let is_number = matches!(self.fields[field].value, Value::Number(_));
        if is_whole && is_number { Place::Field(field) } else { Place::Piece(field, range) }
    }

    /// The readings of a row whose last cell is blank, if it has lost a cell before and what was behind has moved up: each
    /// with the column of the figure that is lost.
    pub fn moved_up(&self, places: &[Place]) -> Vec<(usize, Vec<Place>)> {
        let is_blank = |column: &usize| matches!(places[*column], Place::Field(index) if self.fields[index].is_blank());
        let Some((last, before)) = self.order.split_last() else { return Vec::new() };
        if !is_blank(last) || before.iter().any(is_blank) {
            return Vec::new();
        }
        let lost = |at: usize| {
            let printed = self.order[..at].iter().map(|&column| places[column]);
            let moved = self.order[at..self.order.len() - 1].iter().map(|&column| places[column]);
            (self.order[at], self.in_order(printed.chain([Place::Missing]).chain(moved)))
        };
        (0..before.len()).map(lost).collect()
    }

    /// The ways in which a row with a figure too many may hold one figure in two cells.
    pub fn splits(&self, line: &TableLine) -> Vec<Vec<Place>> {
        let filled: Vec<usize> = self.run(line).filter(|&index| !self.fields[index].is_blank()).collect();
        let all_plain = filled.iter().all(|&index| self.fields[index].is_plain);
        if filled.len() != self.order.len() + 1 || !all_plain {
            return Vec::new();
        }
        // No figure begins with 0, and its cells are neighbours.
        let may_be_one =
            |at: &usize| filled[*at] + 1 == filled[*at + 1] && !self.fields[filled[*at]].text().starts_with('0');
        let split = |at: usize| {
            let fields = filled.iter().enumerate().filter(|(index, _)| *index != at + 1);
            self.in_order(
                fields.map(|(index, &field)| if index == at { Place::Split(field) } else { Place::Field(field) }),
            )
        };
        (0..self.order.len()).filter(may_be_one).map(split).collect()
    }

    /// The readings of a row that has fewer cells than figures and begins where others do: first the one in which the blank cells
    /// at its end are not written, then those in which cells before are lost, if it has no blank cell that is.
    pub fn cut_short(&self, line: &TableLine) -> Vec<Vec<Place>> {
        let run = self.run(line);
        let expected = self.order.len();
        let first = self.fields.get(run.start).map(|field| field.column);
        let label = line.label.map(|label| self.fields[label].column);
        let learnt = self.starts.get(&label).copied().flatten().or(self.start);
        let begins = if self.is_bare { run.start == line.fields.start } else { learnt.is_some() && learnt == first };
        let all_figures = self.fields[run.clone()].iter().all(|field| field.is_blank() || field.is_figure());
        if line.filled == 0 || run.len() >= expected || !begins || !all_figures {
            return Vec::new();
        }
        let lost = expected - run.len();
        let cells = || run.clone().map(Place::Field);
        let reading = |at: usize| {
            let blanks = std::iter::repeat_n(Place::BlankRow, lost);
            self.in_order(cells().take(at).chain(blanks).chain(cells().skip(at)))
        };
        let writes_blanks = line.filled < run.len();
        let first = if writes_blanks { run.len() } else { 0 };
        (first..=run.len()).rev().map(reading).collect()
    }

    /// A figure in a cell that reaches across the columns of a wider block, written once for each of them; or, several
    /// times, across all columns of a sheet.
    fn is_repeated(&self, filled: &[usize]) -> bool {
        const ACROSS_SHEET: usize = 2;
        let expected = self.order.len();
        let is_wide = filled.len() >= expected + ACROSS_SHEET && filled.len() > self.widest;
        if filled.len() <= expected || filled.len() > self.widest && !is_wide || expected == 0 {
            return false;
        }
        let text = |index: usize| self.fields[index].text();
        filled[expected..].iter().all(|&index| text(index) == text(filled[expected - 1]))
    }

    /// The fields among which the figures are. In a row without a label that has a field for each figure these are
    /// all of them, though the first is blank or no figure.
    pub fn run(&self, line: &TableLine) -> Range<usize> {
        let has_no_label = self.is_bare || line.label.is_none();
        if has_no_label && line.fields.len() == self.order.len() {
            return line.fields.clone();
        }
        let mut run = line.run.clone();
        // Where no label is expected, blanks before the first figure are blank figures.
        if self.is_bare && line.label.is_none() && run.len() < self.order.len() {
            run.start = line.fields.start.max(run.end.saturating_sub(self.order.len()));
        }
        run
    }

    /// Where the run of figures begins in a row with blank cells among them.
    fn start_of(&self, line: &TableLine, run: Range<usize>, filled: &[usize]) -> Option<usize> {
        let expected = self.order.len();
        if filled.len() > expected || run.len() < expected {
            return None;
        }
        let holds_all = |start: &usize| {
            let run = *start..start + expected;
            filled.iter().all(|index| run.contains(index))
        };
        let possible: Range<usize> = run.start..run.end - expected + 1;
        let label = line.label.map(|label| self.fields[label].column);
        let own = self.starts.get(&label).copied().flatten();
        // Cells of merged labels are lost, and the figures begin behind their label, the first and the last of them there.
        let is_complete = filled.first() == Some(&run.start) && filled.last() == Some(&(run.start + expected - 1));
        if own.is_none() && line.label.is_some_and(|label| label + 1 == run.start) && is_complete {
            return Some(run.start);
        }
        let learnt = own.or(self.start);
        // Where full rows tell where figures begin, a row that cannot begin there has lost a cell, and with it the place
        // of every other.
        if let Some(learnt) = learnt {
            return possible.filter(holds_all).find(|start| self.fields[*start].column == learnt);
        }
        // Where full rows begin here and there, a blank at either end may be none of the figures, and one of them lost.
        let is_irregular = self.starts.get(&label).is_some_and(Option::is_none);
        let is_whole = filled.first() == Some(&run.start) && filled.last() == Some(&(run.end - 1));
        if is_irregular && !is_whole && !filled.is_empty() {
            return None;
        }
        let mut fitting = possible.filter(holds_all);
        let only = fitting.next()?;
        // Two readings are none, unless there is nothing in any of them to misplace.
        (fitting.next().is_none() || filled.is_empty()).then_some(only)
    }

    fn spread(&self, run: impl Iterator<Item = usize>, places: &mut [Place]) {
        for (&column, field) in self.order.iter().zip(run) {
            places[column] = Place::Field(field);
        }
    }
}
