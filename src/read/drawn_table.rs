//! Tables drawn with lines in plain text, `│ 12 │` between `├────┤` or `| 12 |` between `+----+`, as converters and browsers
//! for the terminal write them. A cell may take several lines, and reach past lines that are drawn beside it.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::budget::Budget;
use super::unreadable::Unreadable;
use crate::document::{Block, Cell, PassageBuilder, TableBuilder};
use crate::limits::{Limit, Limits};

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
            run.rules += usize::from(segments(line, 0).iter().all(|segment| segment.is_rule));
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

fn is_drawn(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(is_border) && line.ends_with(is_border) && line.chars().nth(1).is_some()
}

fn is_border(c: char) -> bool {
    is_upright(c) || is_junction(c) || c == '+'
}

fn is_upright(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋')
}

/// Where lines meet.
fn is_junction(c: char) -> bool {
    matches!(c, '┌'..='╋' | '╒'..='╬' | '╭'..='╰')
}

fn is_rule(c: char) -> bool {
    matches!(c, '-' | '=' | ':' | '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉')
}

/// What is between two borders on a line.
#[derive(Debug)]
struct Segment {
    /// In the source.
    range: Range<usize>,
    /// The columns of the terminal that it takes.
    columns: Range<usize>,
    /// A line is drawn here.
    is_rule: bool,
}

/// Takes a line apart that begins at byte `at` of the source.
fn segments(line: &str, at: usize) -> Vec<Segment> {
    let line = line.trim_end();
    let mut segments = Vec::new();
    let mut open: Option<(usize, usize, bool)> = None;
    let mut column = 0;
    let mut before = ' ';
    let mut characters = line.char_indices().peekable();
    while let Some((offset, c)) = characters.next() {
        let after = characters.peek().map_or(' ', |&(_, after)| after);
        // A sign before a figure is no border.
        let is_meeting = is_junction(c) || c == '+' && (is_rule(before) || is_rule(after));
        if (is_meeting || is_upright(c))
            && let Some((start, from, is_met)) = open.replace((offset + c.len_utf8(), column + 1, is_meeting))
        {
            let text = &line[start..offset];
            let is_rule = (is_met || is_meeting) && !text.is_empty() && text.chars().all(is_rule);
            segments.push(Segment { range: at + start..at + offset, columns: from..column, is_rule });
        }
        column += c.width().unwrap_or(0);
        before = c;
    }
    segments
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
    let lines = || {
        let mut start = range.start;
        source[range.clone()].split_inclusive('\n').map(move |line| {
            let segments = segments(line, start);
            start += line.len();
            segments
        })
    };
    let mut drawing = Drawing { source, cells: Vec::new(), open: BTreeMap::new(), row: 0, has_text: false };
    let is_row_each = holds_rows(source, lines());
    for line in lines() {
        drawing.line(&line);
        if is_row_each && line.iter().any(|segment| !segment.is_rule) {
            drawing.end_row();
        }
        if drawing.cells.len() + drawing.open.len() > limits.cells {
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

/// Whether every line is a row: figures are below each other, and no line is drawn between them.
fn holds_rows(source: &str, lines: impl Iterator<Item = Vec<Segment>>) -> bool {
    let is_figure = |segment: &Segment| {
        let text = source[segment.range.clone()].trim();
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut above: Vec<Segment> = Vec::new();
    for line in lines {
        let of_both = |(one, other): (&Segment, &Segment)| {
            one.columns.start == other.columns.start && is_figure(one) && is_figure(other)
        };
        if above.len() == line.len() && above.iter().zip(&line).any(of_both) {
            return true;
        }
        above = line;
    }
    false
}

/// A cell as far as it is drawn.
struct Draft {
    columns: Range<usize>,
    rows: Range<u32>,
    /// The bytes of its first line.
    first: Range<usize>,
    /// Its lines that hold anything.
    lines: Vec<Range<usize>>,
}

struct Drawing<'s> {
    source: &'s str,
    cells: Vec<Draft>,
    /// Cells that no line has ended yet, by the column of the terminal in which they begin.
    open: BTreeMap<usize, Draft>,
    row: u32,
    /// The row has begun.
    has_text: bool,
}

impl<'s> Drawing<'s> {
    fn line(&mut self, segments: &[Segment]) {
        for rule in segments.iter().filter(|segment| segment.is_rule) {
            self.end_cells(&rule.columns);
        }
        if segments.iter().any(|segment| segment.is_rule) && std::mem::take(&mut self.has_text) {
            self.row += 1;
        }
        for segment in segments.iter().filter(|segment| !segment.is_rule) {
            let text = self.source[segment.range.clone()].trim();
            let start = text.as_ptr() as usize - self.source.as_ptr() as usize;
            let line = (!text.is_empty()).then(|| start..start + text.len());
            let at = segment.columns.start;
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

    /// Ends the row and every cell in it.
    fn end_row(&mut self) {
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
    fn cells(mut self, base: u32) -> Vec<Cell<'s>> {
        let mut starts: Vec<usize> = self.cells.iter().map(|cell| cell.columns.start).collect();
        starts.sort_unstable();
        // Characters are wider on some terminals than on others.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the first drawn table, each with its cells, merged ones in every row they cover.
    fn rows(source: &str) -> Vec<String> {
        let parts = parts(source).expect("a drawn table");
        let part = parts.into_iter().find(|part| part.is_drawn).expect("a drawn part");
        let block = table(source, part.range, 0, &Limits::default()).expect("within the limits");
        let Some(Block::Table(table)) = block else { panic!("no table") };
        let row = |row: crate::document::Row<'_, '_>| {
            let cells: Vec<_> = row.cells().map(|cell| cell.passage.text.replace('\n', "/")).collect();
            cells.join(" ")
        };
        table.rows().map(row).collect()
    }

    #[test]
    fn cells_may_take_several_lines_and_reach_past_others() {
        let source = "
            ┌─────┬─────────┐
            │     │ 申请人  │
            │勾稽 ├────┬────┤
            │     │自然│总计│
            │     │人  │    │
            ├─────┼────┼────┤
            │一、 │ 3  │ 12 │
            ├──┬──┼────┼────┤
            │  │甲│ +1 │ -  │
            │三├──┼────┼────┤
            │  │乙│    │ 5  │
            └──┴──┴────┴────┘";
        assert_eq!(rows(source), ["勾稽 申请人", "勾稽 自然/人 总计", "一、 3 12", "三 甲 +1 -", "三 乙  5"]);
        let source = "a\n\n+---+-----+\n| x | 1-2 |\n|   | +3  |\n+===+=====+\n| y | 12  |\n+---+-----+\nb"
            .replace("\\\n", "\n");
        assert_eq!(rows(&source), ["x 1-2/+3", "y 12"]);
    }

    #[test]
    fn lines_are_rows_where_figures_stand_below_each_other() {
        let source = "+---+---+\n| x | n |\n+---+---+\n| a | 1 |\n| b | 2 |\n+---+---+\n".replace("\\\n", "\n");
        assert_eq!(rows(&source), ["x n", "a 1", "b 2"]);
    }

    #[test]
    fn what_is_no_drawing_is_left_alone() {
        for source in ["| a | b |\n|---|---|\n| 1 | 2 |\n", "a ─ b\n", "──────\n", "1-+2\n| x |\n", "+-+\n", "│\n─\n"]
        {
            assert_eq!(parts(source), None, "{source:?}");
        }
        let source = "前\n+--+\n| 1|\n+--+\n后";
        let parts: Vec<_> =
            parts(source).expect("a table").into_iter().map(|part| (&source[part.range], part.is_drawn)).collect();
        assert_eq!(parts, [("前\n", false), ("+--+\n| 1|\n+--+\n", true), ("后", false)]);
    }
}
