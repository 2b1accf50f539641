//! Tables whose columns are ruled in plain text: a line of dashes over each column, `---- ------`, and cells below each
//! other, as pandoc (simple and multiline tables), reStructuredText and tabulate write them.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::budget::Budget;
use super::unreadable::Unreadable;
use crate::document::{Block, Cell, PassageBuilder, TableBuilder};
use crate::limits::{Limit, Limits};

/// More lines of a header are not looked for.
const MOST_HEADER_LINES: usize = 8;

/// Where the ruled tables of a text are, in order.
pub(super) fn find(source: &str) -> Vec<Range<usize>> {
    let has = |rule: &[u8]| memchr::memmem::find(source.as_bytes(), rule).is_some();
    if !has(b"- -") && !has(b"-  -") && !has(b"= =") && !has(b"=  =") {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        lines.push(start..start + line.trim_end().len());
        start += line.len();
    }
    let text = |at: usize| &source[lines[at].clone()];
    let mut tables: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut free = 0;
    while at < lines.len() {
        let found = Columns::ruled(text(at)).and_then(|columns| extent(&columns, at, free, lines.len(), text));
        let Some(extent) = found else {
            at += 1;
            continue;
        };
        tables.push(lines[extent.start].start..lines[extent.end - 1].end);
        (at, free) = (extent.end, extent.end);
    }
    tables
}

/// The lines of the table whose columns are ruled at line `rule`; those before line `free` belong to others.
fn extent<'s>(
    columns: &Columns,
    rule: usize,
    free: usize,
    count: usize,
    text: impl Fn(usize) -> &'s str,
) -> Option<Range<usize>> {
    let is_blank = |at: usize| at >= count || text(at).is_empty();
    let mut fitting = Fitting::default();
    let mut start = rule;
    while start > free && rule - start < MOST_HEADER_LINES && !is_blank(start - 1) {
        let above = text(start - 1);
        if is_full_rule(above) {
            start -= 1;
            break;
        }
        let with_it = fitting.narrowed(columns, above);
        if with_it.is_none() || Columns::ruled(above).is_some() {
            break;
        }
        fitting = with_it?;
        start -= 1;
    }
    let mut first_blank = None;
    let mut at = rule + 1;
    while at < count {
        let line = text(at);
        if is_rule(line) {
            if !is_full_rule(line) && !columns.are_ruled_by(line) {
                break;
            }
            if is_blank(at + 1) && at > rule + 1 {
                return Some(start..at + 1);
            }
            // Another table begins here.
            if is_blank(at - 1) || is_rule(text(at - 1)) {
                break;
            }
        } else if line.is_empty() {
            if is_blank(at + 1) {
                break;
            }
            first_blank.get_or_insert(at);
        } else {
            let Some(narrowed) = fitting.narrowed(columns, line) else { break };
            fitting = narrowed;
        }
        at += 1;
    }
    // Without a rule below it the table ends at a blank line, and has a header above its rule.
    let end = first_blank.unwrap_or(at);
    (start < rule && end > rule + 1).then_some(start..end)
}

fn is_rule(line: &str) -> bool {
    is_full_rule(line) || Columns::ruled(line).is_some()
}

/// A line below a whole table, or above its header.
fn is_full_rule(line: &str) -> bool {
    const SHORTEST: usize = 10;
    let line = line.trim();
    line.len() >= SHORTEST && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'='))
}

/// The columns of a table, as columns of the terminal or as characters.
#[derive(Debug, PartialEq, Eq)]
struct Columns(Vec<Range<usize>>);

impl Columns {
    /// Those that a line rules: dashes with blanks between them.
    fn ruled(line: &str) -> Option<Self> {
        let first = line.trim_start().chars().next().filter(|c| matches!(c, '-' | '='))?;
        if !line.chars().all(|c| c == first || c == ' ') {
            return None;
        }
        let mut columns: Vec<Range<usize>> = Vec::new();
        for (at, _) in line.match_indices(first) {
            match columns.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => columns.push(at..at + 1),
            }
        }
        (columns.len() > 1 && columns.iter().any(|column| column.len() > 2)).then_some(Self(columns))
    }

    fn are_ruled_by(&self, line: &str) -> bool {
        Self::ruled(line).is_some_and(|other| other == *self)
    }

    /// The bytes of a line in each column, without blanks around them; none if text is between the columns.
    fn cut(&self, line: &str, measure: Measure) -> Option<Vec<Range<usize>>> {
        let mut cells: Vec<Option<Range<usize>>> = vec![None; self.0.len()];
        // Where the column begins, for cells without text.
        let mut begins: Vec<usize> = vec![line.len(); self.0.len()];
        let (mut column, mut at) = (0, 0);
        for (offset, c) in line.char_indices() {
            while column + 1 < self.0.len() && at >= self.0[column].end {
                column += 1;
            }
            let range = &self.0[column];
            if at >= range.start {
                begins[column] = begins[column].min(offset);
            }
            let width = measure.width(c);
            if !c.is_whitespace() {
                let is_last = column + 1 == self.0.len();
                if at < range.start || !is_last && at + width > range.end {
                    return None;
                }
                let end = offset + c.len_utf8();
                cells[column].get_or_insert(offset..end).end = end;
            }
            at += width;
        }
        Some(cells.into_iter().zip(begins).map(|(cell, begin)| cell.unwrap_or(begin..begin)).collect())
    }
}

/// How wide a tool takes a character to be.
#[derive(Debug, Clone, Copy)]
enum Measure {
    /// Chinese characters are two columns wide.
    Columns,
    /// So are those that are wide only beside Chinese ones, “ and ①.
    WideColumns,
    /// Every character is as wide as another.
    Characters,
}

impl Measure {
    const ALL: [Self; 3] = [Self::Columns, Self::WideColumns, Self::Characters];

    fn width(self, c: char) -> usize {
        match self {
            Self::Columns => c.width().unwrap_or(0),
            Self::WideColumns => c.width_cjk().unwrap_or(0),
            Self::Characters => 1,
        }
    }
}

/// The measures by which every line so far fits into the columns.
#[derive(Clone, Copy)]
struct Fitting([bool; 3]);

impl Default for Fitting {
    fn default() -> Self {
        Self([true; 3])
    }
}

impl Fitting {
    /// Those by which this line fits, too; none if there is no such measure.
    fn narrowed(self, columns: &Columns, line: &str) -> Option<Self> {
        let mut fits = self.0;
        for (fits, measure) in fits.iter_mut().zip(Measure::ALL) {
            *fits = *fits && columns.cut(line, measure).is_some();
        }
        fits.contains(&true).then_some(Self(fits))
    }

    fn measure(self) -> Measure {
        Measure::ALL.into_iter().zip(self.0).find(|(_, fits)| *fits).map_or(Measure::Columns, |(measure, _)| measure)
    }
}

/// Reads the ruled table in the bytes `range` of `source`, whose first byte is byte `base` of the file.
///
/// # Errors
/// When there are more cells than the limits allow.
pub(super) fn table<'s>(
    source: &'s str,
    range: Range<usize>,
    base: u32,
    limits: &Limits,
) -> Result<Option<Block<'s>>, Unreadable> {
    let text = &source[range.clone()];
    let Some(columns) = text.lines().find_map(|line| Columns::ruled(line.trim_end())) else { return Ok(None) };
    let is_rule = |line: &str| is_full_rule(line) || columns.are_ruled_by(line);
    let lines = || text.lines().map(str::trim_end).filter(|line| !is_rule(line));
    let fitting = lines().try_fold(Fitting::default(), |fitting, line| fitting.narrowed(&columns, line));
    let Some(measure) = fitting.map(Fitting::measure) else { return Ok(None) };

    let mut rows = Rows { source, rows: Vec::new(), is_open: false };
    let has_blank_lines = text.lines().any(|line| line.trim().is_empty());
    // In reStructuredText a line whose first cell is blank goes on with the row above.
    let goes_on = text.lines().any(|line| line.trim_start().starts_with('=') && columns.are_ruled_by(line.trim_end()));
    let mut budget = Budget::new(limits, Limit::TextBytes);
    let mut start = range.start;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_end();
        if trimmed.is_empty() || is_rule(trimmed) {
            rows.is_open = false;
        } else if let Some(cells) = columns.cut(trimmed, measure) {
            let cells: Vec<_> = cells.into_iter().map(|cell| start + cell.start..start + cell.end).collect();
            let joins = rows.is_open && (has_blank_lines || goes_on && rows.may_go_on(&cells));
            if !joins {
                budget.take_cells(cells.len())?;
            }
            rows.add(cells, joins);
        }
        start += line.len();
    }
    let builder = rows.finish(base);
    if builder.is_empty() {
        return Ok(None);
    }
    budget.finish(builder).map(|table| Some(Block::Table(table)))
}

/// The rows so far, each with the lines of its cells.
struct Rows<'s> {
    source: &'s str,
    rows: Vec<Vec<Vec<Range<usize>>>>,
    /// The last row may go on.
    is_open: bool,
}

impl<'s> Rows<'s> {
    /// Whether a line may go on with the last row: its first cell is blank, and no figure is below another.
    fn may_go_on(&self, cells: &[Range<usize>]) -> bool {
        let is_figure = |cell: &Range<usize>| self.source[cell.clone()].contains(|c: char| c.is_ascii_digit());
        let above = self.rows.last().into_iter().flatten();
        cells.first().is_some_and(Range::is_empty)
            && !above.zip(cells).any(|(lines, cell)| lines.iter().any(is_figure) && is_figure(cell))
    }

    fn add(&mut self, cells: Vec<Range<usize>>, joins: bool) {
        self.is_open = true;
        let last = self.rows.last_mut().filter(|_| joins);
        match last {
            Some(row) => row.iter_mut().zip(cells).for_each(|(lines, cell)| lines.push(cell)),
            None => self.rows.push(cells.into_iter().map(|cell| vec![cell]).collect()),
        }
    }

    fn finish(self, base: u32) -> TableBuilder<'s> {
        let mut builder = TableBuilder::default();
        for (row, cells) in self.rows.into_iter().enumerate() {
            for (column, lines) in cells.into_iter().enumerate() {
                let mut text = PassageBuilder::new(self.source, base);
                let first = lines.first().map_or(0, |line| line.start);
                let mut end = None;
                for line in lines.into_iter().filter(|line| !line.is_empty()) {
                    if let Some(end) = end.replace(line.end) {
                        text.push("\n", end..line.start);
                    }
                    // Pandoc escapes the end of a line that is meant.
                    let shown = self.source[line.clone()].trim_end_matches('\\');
                    text.push(shown, line.start..line.start + shown.len());
                }
                builder.push(Cell::single(text.finish(first), row as u32, column as u32));
            }
        }
        builder
    }
}

#[cfg(test)]
mod tests;
