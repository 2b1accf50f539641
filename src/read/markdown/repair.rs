//! Lines that look like a pipe table and are none to a Markdown parser are repaired before it sees them:
//!
//! - `｜` for `|`, blanks or `　　` before the first pipe;
//! - no delimiter row, or one of another width than the header, without pipes, or with tabs in it;
//! - no pipe at the start of the rows, nor at their end;
//! - rows wider than the header, whose last cells the parser would drop without a word;
//! - a line of text right below a table, which the parser would make a row of it;
//! - fences around a table.
//!
//! Lists of attributes are left out. Every change is an edit of a few bytes, so that places can be led back to the file.

mod after_html;
mod attributes;
mod row_line;

use std::ops::Range;

pub(super) use self::after_html::table_ends;
use self::row_line::{RowLine, is_rule};
use crate::read::source_map::{Edit, MappedText};

/// The source repaired, step by step, each a text made of the one before; none where there is nothing to repair.
pub(super) fn repaired(source: &str) -> Vec<MappedText> {
    let mut steps = Vec::new();
    for step in [attributes::left_out, after_html::parted, tables] {
        steps.extend(step(steps.last().map_or(source, |last: &MappedText| &last.text)));
    }
    steps
}

/// The source with its tables repaired.
fn tables(source: &str) -> Option<MappedText> {
    let wide = source.contains('｜');
    if !wide && memchr::memchr(b'|', source.as_bytes()).is_none() {
        return None;
    }
    let mut repair =
        Repair { source, text: String::new(), edits: Vec::new(), kept: 0, run: Vec::new(), below_text: false };
    let mut fence: Option<Fence> = None;
    let mut start = 0;
    // The line above, if it is text.
    let mut above: Option<Above> = None;
    let ends = memchr::memchr_iter(b'\n', source.as_bytes()).map(|at| at + 1).chain([source.len()]);
    for end in ends {
        let body = source[start..end].trim_end_matches(['\n', '\r']);
        let first = body.trim_start();
        let marker = ["```", "~~~"].into_iter().find(|marker| first.starts_with(marker));
        let is_code = fence.as_ref().is_some_and(|fence| !fence.is_around_table);
        let row = RowLine::new(body, start, wide).filter(|row| !is_code && repair.may_join(row, first));
        let is_rule_below = !is_code && row.is_none() && is_rule(first);
        match row {
            Some(row) => {
                // A header of one cell, and a rule below it: the parser takes them for a heading.
                match above.take() {
                    Some(Above { header, rule: Some(rule), below_text: false }) if !row.starts => {
                        repair.run.extend([header, rule]);
                    }
                    Some(_) if repair.run.is_empty() => repair.below_text = true,
                    _ => {}
                }
                repair.run.push(row);
            }
            None if is_rule_below && repair.run.len() == 1 => repair.run.push(RowLine::bare(body, start)),
            None => {
                let fenced = match (fence.take(), marker) {
                    (None, Some(marker)) => {
                        let is_around_table = source[end..].trim_start_matches([' ', '\t']).starts_with(['|', '｜']);
                        fence.insert(Fence { marker, is_around_table }).is_around_table
                    }
                    (Some(open), Some(marker)) if open.marker == marker => open.is_around_table,
                    (open, _) => {
                        fence = open;
                        false
                    }
                };
                let is_text = !first.is_empty() && !fenced;
                if repair.end_run() && is_text {
                    repair.replace(start..start, "\n");
                }
                if fenced {
                    repair.replace(start..start + body.len(), "");
                }
                above = match above.take() {
                    Some(Above { header, rule: None, below_text }) if is_rule_below => {
                        Some(Above { header, rule: Some(RowLine::bare(body, start)), below_text })
                    }
                    before => is_text.then(|| Above {
                        header: RowLine::bare(body, start),
                        rule: None,
                        below_text: before.is_some(),
                    }),
                };
            }
        }
        start = end;
    }
    repair.end_run();
    repair.finish()
}

/// An open code fence.
struct Fence {
    marker: &'static str,
    is_around_table: bool,
}

/// A line of text above the one that is looked at, with the rule between them, if there is one.
struct Above {
    header: RowLine,
    rule: Option<RowLine>,
    /// Another line of text is right above it.
    below_text: bool,
}

struct Repair<'s> {
    source: &'s str,
    text: String,
    edits: Vec<Edit>,
    /// The source up to here is in the text.
    kept: usize,
    /// Neighbouring rows so far, and whether a line of text is right above them.
    run: Vec<RowLine>,
    below_text: bool,
}

/// How the rows of a table are written.
#[derive(Clone, Copy)]
struct Style {
    /// Rows begin with their first cell: a pipe before it is behind a blank one.
    is_open: bool,
    /// A pipe at the end of a row ends its last cell.
    is_closed: bool,
}

impl Style {
    fn cells(self, row: &RowLine) -> usize {
        if !self.is_open {
            return row.cells();
        }
        row.pipes + 1 - usize::from(self.is_closed && row.is_closed)
    }
}

impl Repair<'_> {
    /// Whether a line that begins with `first` may be the next row. A line with a pipe somewhere in it belongs to a table
    /// only where the rows do not begin with pipes.
    fn may_join(&self, row: &RowLine, first: &str) -> bool {
        row.starts || self.run.first().is_none_or(|above| !above.starts) && !first.starts_with(['<', '#', '>'])
    }

    /// Ends the neighbouring lines with pipes: one table, or several, each with its delimiter row. Whether they are one.
    fn end_run(&mut self) -> bool {
        let mut run = std::mem::take(&mut self.run);
        let below_text = std::mem::take(&mut self.below_text);
        let Some(style) = style(&mut run) else { return false };
        if below_text {
            self.replace(run[0].range.start..run[0].range.start, "\n");
        }
        let first_delimiter = run.iter().position(|row| row.is_delimiter);
        let mut starts: Vec<usize> = vec![0];
        // A second delimiter row heads a table of its own, with the row above it.
        let delimiters = run.iter().enumerate().filter(|(_, row)| row.is_delimiter).map(|(index, _)| index);
        starts.extend(delimiters.filter(|&index| Some(index) != first_delimiter && index > 1).map(|index| index - 1));
        starts.dedup();
        for (at, &start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(run.len());
            if at > 0 {
                self.replace(run[start].range.start..run[start].range.start, "\n");
            }
            self.part(&run[start..end], style);
        }
        true
    }

    /// One table: rows with at most one delimiter row that counts.
    fn part(&mut self, rows: &[RowLine], style: Style) {
        let width = rows.iter().filter(|row| !row.is_delimiter).map(|row| style.cells(row)).max().unwrap_or(0);
        if width == 0 {
            return;
        }
        let has_delimiter = rows.get(1).is_some_and(|row| row.is_delimiter);
        if !has_delimiter {
            let at = rows[0].range.start;
            self.replace(at..at, &format!("{}|\n{}|\n", "| ".repeat(width), "|-".repeat(width)));
        }
        for (index, row) in rows.iter().enumerate() {
            let is_short_head = has_delimiter && index < 2 && style.cells(row) != width;
            // The parser knows no blanks in it but the plain one, and no crosses.
            let is_padded =
                || self.source[row.range.clone()].contains(|c: char| c != ' ' && c.is_whitespace() || c == '+');
            let is_odd =
                || is_short_head || has_delimiter && index == 1 && (style.is_open || row.pipes == 0 || is_padded());
            if row.is_delimiter && is_odd() {
                self.replace(row.range.clone(), &format!("{}|", "|-".repeat(width)));
                continue;
            }
            self.straighten(row, style);
            let missing = if is_short_head { width.saturating_sub(style.cells(row)) } else { 0 };
            let is_ended = row.is_closed && (style.is_closed || !style.is_open);
            let close = if !is_ended && (style.is_open || is_short_head) { "|" } else { "" };
            if !close.is_empty() || missing > 0 {
                self.replace(row.range.end..row.range.end, &format!("{close}{}", " |".repeat(missing)));
            }
        }
    }

    /// Blanks before the first pipe, and full-width pipes.
    fn straighten(&mut self, row: &RowLine, style: Style) {
        let indent = &self.source[row.range.start..row.first];
        if style.is_open {
            self.replace(row.range.start..row.first, "|");
        } else if indent.len() > 3 || indent.contains(|c| c != ' ') {
            // Up to three blanks mean nothing to the parser.
            self.replace(row.range.start..row.first, "");
        }
        if !row.has_wide_pipes {
            return;
        }
        let body = &self.source[row.first..row.range.end];
        for (offset, wide) in body.match_indices(['｜', '－', '—']).filter(|(_, c)| *c == "｜" || row.is_delimiter)
        {
            let at = row.first + offset;
            self.replace(at..at + wide.len(), if wide == "｜" { "|" } else { "-" });
        }
    }

    fn replace(&mut self, original: Range<usize>, with: &str) {
        self.text.push_str(&self.source[self.kept..original.start]);
        let start = self.text.len();
        self.text.push_str(with);
        self.kept = original.end;
        let narrow = |range: Range<usize>| range.start as u32..range.end as u32;
        self.edits.push(Edit { original: narrow(original), rewritten: narrow(start..self.text.len()) });
    }

    fn finish(mut self) -> Option<MappedText> {
        if self.edits.is_empty() {
            return None;
        }
        self.text.push_str(&self.source[self.kept..]);
        Some(MappedText { text: self.text, edits: self.edits })
    }
}

/// How the rows of a run are written, where they are a table. What precedes it is taken out of the run.
fn style(run: &mut Vec<RowLine>) -> Option<Style> {
    let delimiter = run.iter().position(|row| row.is_delimiter);
    if run.iter().any(|row| !row.starts) {
        return open_style(run, delimiter);
    }
    // A lone line with pipes may be anything.
    let is_table = run.len() > 1 || run.iter().any(|row| row.pipes > 3);
    is_table.then_some(Style { is_open: false, is_closed: true })
}

/// The same for lines some of which do not begin with a pipe: a table without outer pipes, or one below a line of text that
/// happens to hold a pipe.
fn open_style(run: &mut Vec<RowLine>, delimiter: Option<usize>) -> Option<Style> {
    let Some(at) = delimiter else {
        let is_table = run.len() > 2 || run.len() == 2 && run[0].cells() == run[1].cells();
        return is_table.then(|| Style { is_open: true, is_closed: run.iter().all(|row| row.is_closed) });
    };
    let rule = &run[at];
    // Below one line a rule without pipes may be a heading's.
    if rule.pipes == 0 && run.len() <= at + 1 {
        return None;
    }
    // A rule without outer pipes may be below rows that have them.
    let cells = |row: &RowLine| row.pipes + 1;
    let has_outer = run.iter().all(|row| row.starts || row.is_delimiter) && run[0].cells() < cells(&run[0]);
    if !(rule.starts || has_outer && (rule.pipes == 0 || rule.cells() == run[0].cells())) {
        let is_closed =
            if rule.pipes > 0 { rule.is_closed } else { run.iter().all(|row| row.is_delimiter || row.is_closed) };
        return Some(Style { is_open: true, is_closed });
    }
    run.drain(..at.saturating_sub(1));
    let is_table = run.iter().all(|row| row.starts || row.is_delimiter);
    is_table.then_some(Style { is_open: false, is_closed: true })
}
