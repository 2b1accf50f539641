//! Tables drawn with lines in plain text, `│ 12 │` between `├────┤` or `| 12 |` between `+----+`, as converters and browsers
//! for the terminal write them. A cell may take several lines, and reach past lines that are drawn beside it.

mod drawing;
mod line;

use std::collections::BTreeSet;
use std::ops::Range;

use super::budget::Budget;
use super::unreadable::Unreadable;
use crate::document::{Block, TableBuilder};
use crate::limits::{Limit, Limits};
use drawing::Drawing;
use line::{Measure, Segment, is_drawn, segments};
pub(super) use line::{is_all_drawn, is_upright};

/// A stretch of a text that is a drawn table, or that holds none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub range: Range<usize>,
    pub is_drawn: bool,
}

/// Cuts a text around the tables drawn in it; none where there are none.
pub(super) fn parts(source: &str) -> Option<Vec<Part>> {
    // Nearly every text has none, and noticing that costs next to nothing: Chinese characters begin with other bytes.
    const FIRST_BYTE: u8 = "─".as_bytes()[0];
    let begins_rule = |at: usize| source[at..].starts_with(['─', '━', '═']);
    let is_ruled = memchr::memchr_iter(FIRST_BYTE, source.as_bytes()).any(begins_rule)
        || memchr::memchr_iter(b'+', source.as_bytes()).any(|at| source[..at].ends_with(['-', '=']));
    if !is_ruled {
        return None;
    }
    let mut parts = Vec::new();
    let mut text_start = 0;
    let mut run: Option<Run> = None;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let end = start + line.len();
        if is_drawn(line) {
            let run = run.get_or_insert(Run { range: start..start, lines: 0, rules: 0 });
            run.range.end = end;
            run.lines += 1;
            run.rules += usize::from(segments(line, 0, Measure::Columns).iter().all(|segment| segment.is_rule));
        } else {
            take(run.take(), &mut text_start, &mut parts);
        }
        start = end;
    }
    take(run, &mut text_start, &mut parts);
    if parts.is_empty() {
        return None;
    }
    if text_start < source.len() {
        parts.push(Part { range: text_start..source.len(), is_drawn: false });
    }
    Some(parts)
}

/// Lines that follow each other, all of them drawn.
struct Run {
    range: Range<usize>,
    lines: usize,
    rules: usize,
}

/// Takes a run for a table if it has a line of its own between its cells or around them.
fn take(run: Option<Run>, text_start: &mut usize, parts: &mut Vec<Part>) {
    let Some(run) = run.filter(|run| run.rules > 0 && run.lines > run.rules) else { return };
    if *text_start < run.range.start {
        parts.push(Part { range: *text_start..run.range.start, is_drawn: false });
    }
    *text_start = run.range.end;
    parts.push(Part { range: run.range, is_drawn: true });
}

/// Reads the table drawn in the bytes `range` of `source`, whose first byte is byte `base` of the file.
///
/// # Errors
/// When there are more cells than the limits allow.
pub(super) fn table<'s>(
    source: &'s str,
    range: Range<usize>,
    base: u32,
    limits: &Limits,
) -> Result<Option<Block<'s>>, Unreadable> {
    let (measure, lines) = measured(source, &range);
    let mut drawing = Drawing::new(source, measure);
    let is_row_each = holds_rows(&lines);
    for line in &lines {
        if is_row_each {
            drawing.row(line);
        } else {
            drawing.line(line);
        }
        if drawing.len() > limits.cells {
            return Err(Unreadable::too_large(Limit::Cells, limits));
        }
    }
    drawing.end_row();
    let builder = TableBuilder::from(drawing.cells(base));
    if builder.is_empty() {
        return Ok(None);
    }
    Budget::new(limits, Limit::TextBytes).finish(builder).map(|table| Some(Block::Table(table)))
}

/// The lines of a table, taken apart, by the measure with which the fewest columns are different ones.
fn measured(source: &str, range: &Range<usize>) -> (Measure, Vec<Vec<Segment>>) {
    let by = |measure| {
        let mut start = range.start;
        let lines = source[range.clone()].split_inclusive('\n').map(|line| {
            let segments = segments(line, start, measure);
            start += line.len();
            segments
        });
        lines.collect::<Vec<_>>()
    };
    let columns = |lines: &[Vec<Segment>]| {
        let starts: BTreeSet<usize> = lines.iter().flatten().map(|segment| segment.columns.start).collect();
        starts.len()
    };
    let (first, others) = Measure::ALL.split_first().expect("there are measures");
    let mut best = (*first, by(*first));
    let widest = |lines: &[Vec<Segment>]| lines.iter().map(Vec::len).max().unwrap_or(0);
    for &measure in others {
        if columns(&best.1) <= widest(&best.1) {
            break;
        }
        let lines = by(measure);
        if columns(&lines) < columns(&best.1) {
            best = (measure, lines);
        }
    }
    (best.0, aligned(best.1))
}

/// The same lines, the cells of each that has all of them in the columns of the line drawn between them: what is wide on one
/// terminal is narrow on another.
fn aligned(mut lines: Vec<Vec<Segment>>) -> Vec<Vec<Segment>> {
    let is_rule = |line: &&Vec<Segment>| line.iter().all(|segment| segment.is_rule);
    let Some(rule) = lines.iter().filter(is_rule).max_by_key(|line| line.len()).cloned() else { return lines };
    let most = lines.iter().map(Vec::len).max().unwrap_or(0);
    if rule.len() < most {
        return lines;
    }
    for line in lines.iter_mut().filter(|line| line.len() == most) {
        for (segment, drawn) in line.iter_mut().zip(&rule) {
            segment.columns = drawn.columns.clone();
        }
    }
    lines
}

/// Whether rows are below each other without a line between them: at most one is drawn, below the header.
fn holds_rows(lines: &[Vec<Segment>]) -> bool {
    const GROUPS: usize = 2;
    let is_row = |line: &Vec<Segment>| !line.iter().any(|segment| segment.is_rule);
    let groups = lines.chunk_by(|one, next| is_row(one) == is_row(next)).filter(|group| is_row(&group[0]));
    let lengths: Vec<usize> = groups.map(<[_]>::len).collect();
    lengths.len() <= GROUPS && lengths.iter().any(|length| *length > 1)
}

#[cfg(test)]
mod tests;
