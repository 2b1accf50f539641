//! The cells of a drawn table, put together line by line.

use std::collections::BTreeMap;
use std::ops::Range;

use super::line::{Measure, Segment};
use crate::document::{Cell, PassageBuilder};

/// A cell as far as it is drawn.
struct Draft {
    columns: Range<usize>,
    rows: Range<u32>,
    /// The bytes of its first line.
    first: Range<usize>,
    /// Its lines that hold anything.
    lines: Vec<Range<usize>>,
}

pub(super) struct Drawing<'s> {
    source: &'s str,
    measure: Measure,
    cells: Vec<Draft>,
    /// Cells that no line has ended yet, by the column in which they begin.
    open: BTreeMap<usize, Draft>,
    row: u32,
    /// The row has begun.
    has_text: bool,
    /// The texts of the line above, by the column in which their cells begin.
    above: Vec<(usize, Range<usize>)>,
}

impl<'s> Drawing<'s> {
    pub fn new(source: &'s str, measure: Measure) -> Self {
        Self { source, measure, cells: Vec::new(), open: BTreeMap::new(), row: 0, has_text: false, above: Vec::new() }
    }

    /// How many cells have begun.
    pub fn len(&self) -> usize {
        self.cells.len() + self.open.len()
    }

    /// Adds a line.
    pub fn line(&mut self, segments: &[Segment]) {
        for rule in segments.iter().filter(|segment| segment.is_rule) {
            self.end_cells(&rule.columns);
        }
        if segments.iter().any(|segment| segment.is_rule) && std::mem::take(&mut self.has_text) {
            self.row += 1;
        }
        self.above.clear();
        for segment in segments.iter().filter(|segment| !segment.is_rule) {
            let line = self.text(segment);
            let at = segment.columns.start;
            self.above.extend(line.clone().map(|line| (at, line)));
            match self.open.range_mut(at.saturating_sub(1)..=at + 1).next() {
                Some((_, cell)) => cell.lines.extend(line),
                None => {
                    let (columns, first) = (segment.columns.clone(), segment.range.clone());
                    let lines = line.into_iter().collect();
                    self.open.insert(at, Draft { columns, rows: self.row..self.row, first, lines });
                }
            }
            self.has_text = true;
        }
    }

    /// Adds a line of a table without lines between its rows: a row of its own, unless the cells above go on in it.
    pub fn row(&mut self, segments: &[Segment]) {
        if segments.iter().any(|segment| !segment.is_rule) && !self.goes_on(segments) {
            self.end_row();
        }
        self.line(segments);
    }

    /// Whether every text of a line goes on with one above it that was broken, since no more fitted into its cell.
    fn goes_on(&self, segments: &[Segment]) -> bool {
        let mut texts = segments.iter().filter_map(|segment| Some((segment, self.text(segment)?))).peekable();
        texts.peek().is_some()
            && texts.all(|(segment, text)| {
                let above = self.above.binary_search_by_key(&segment.columns.start, |(at, _)| *at);
                above.is_ok_and(|index| {
                    let above = &self.source[self.above[index].1.clone()];
                    // Nothing is so narrow that digits are set below each other one by one.
                    if above.len() == 1 && above.bytes().all(|byte| byte.is_ascii_digit()) {
                        return false;
                    }
                    let width = self.measure.of_text(above);
                    // A blank is left at both ends.
                    let most = segment.columns.len().saturating_sub(2);
                    width + self.measure.of_text(unbroken(&self.source[text])) > most
                })
            })
    }

    /// The bytes of a text without the blanks around it; none where there is nothing else.
    fn text(&self, segment: &Segment) -> Option<Range<usize>> {
        let text = self.source[segment.range.clone()].trim();
        let start = text.as_ptr() as usize - self.source.as_ptr() as usize;
        (!text.is_empty()).then(|| start..start + text.len())
    }

    /// Ends the row and every cell in it.
    pub fn end_row(&mut self) {
        self.end_cells(&(0..usize::MAX));
        self.row += u32::from(std::mem::take(&mut self.has_text));
    }

    /// Ends the cells that begin in these columns.
    fn end_cells(&mut self, columns: &Range<usize>) {
        let begun: Vec<usize> =
            self.open.range(columns.start.saturating_sub(1)..columns.end).map(|(&start, _)| start).collect();
        for start in begun {
            let Some(cell) = self.open.remove(&start) else { continue };
            let rows = cell.rows.start..self.row.max(cell.rows.start) + 1;
            self.cells.push(Draft { rows, ..cell });
        }
    }

    /// The cells in the order in which they begin.
    pub fn cells(mut self, base: u32) -> Vec<Cell<'s>> {
        let mut starts: Vec<usize> = self.cells.iter().map(|cell| cell.columns.start).collect();
        starts.sort_unstable();
        // A line may be drawn a column off.
        starts.dedup_by(|next, one| next.abs_diff(*one) <= 1);
        let column = |at: usize| starts.partition_point(|&start| start <= at).saturating_sub(1) as u32;
        self.cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
        let cells = self.cells.into_iter().map(|draft| {
            let mut text = PassageBuilder::new(self.source, base);
            let mut end = None;
            for line in draft.lines {
                if let Some(end) = end.replace(line.end) {
                    text.push("\n", end..line.start);
                }
                text.push(&self.source[line.clone()], line);
            }
            let passage = text.finish(draft.first.start);
            let first = column(draft.columns.start + 1);
            let columns = first..column(draft.columns.end).max(first + 1);
            Cell { passage, rows: draft.rows, columns, uncomputed: false }
        });
        cells.collect()
    }
}

/// What a text begins with that is never broken: a word of Latin letters, or one character.
fn unbroken(text: &str) -> &str {
    let word = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    &text[..word.max(text.chars().next().map_or(0, char::len_utf8))]
}
