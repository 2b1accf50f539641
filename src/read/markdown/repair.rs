//! Lines that look like a pipe table and are none to a Markdown parser are repaired before it sees them:
//!
//! - `｜` for `|`, blanks or `　　` before the first pipe;
//! - no delimiter row, or one of another width than the header, or with tabs in it;
//! - rows wider than the header, whose last cells the parser would drop without a word;
//! - a line of text right below a table, which the parser would make a row of it.
//!
//! Every change is an edit of a few bytes, so that places can be led back to the file.

use std::ops::Range;

use crate::label::is_invisible;
use crate::read::source_map::{Edit, MappedText};

/// The source with its tables repaired; none where there is nothing to repair.
pub(super) fn repaired(source: &str) -> Option<MappedText> {
    let wide = source.contains('｜');
    if !wide && memchr::memchr(b'|', source.as_bytes()).is_none() {
        return None;
    }
    let mut repair = Repair { source, text: String::new(), edits: Vec::new(), kept: 0 };
    let mut run: Vec<RowLine> = Vec::new();
    let mut start = 0;
    let mut fence: Option<&str> = None;
    let ends = memchr::memchr_iter(b'\n', source.as_bytes()).map(|at| at + 1).chain([source.len()]);
    for end in ends {
        let body = source[start..end].trim_end_matches(['\n', '\r']);
        let first = body.trim_start();
        let marker = ["```", "~~~"].into_iter().find(|marker| first.starts_with(marker));
        match (fence, marker) {
            (None, Some(_)) => fence = marker,
            (Some(open), Some(marker)) if open == marker => fence = None,
            _ => {}
        }
        let row = RowLine::new(body, start, wide).filter(|row| {
            // A line with a pipe somewhere in it belongs to a table only where the rows have no outer pipes.
            fence.is_none() && (row.starts || run.first().is_none_or(|first| !first.starts))
        });
        match row {
            Some(row) => run.push(row),
            None => {
                let is_table = repair.table(&mut run);
                if is_table && !first.is_empty() && run.iter().any(|row| row.is_delimiter) {
                    repair.replace(start..start, "\n");
                }
                run.clear();
            }
        }
        start = end;
    }
    repair.table(&mut run);
    repair.finish()
}

/// A line with a pipe in it.
struct RowLine {
    /// The line without its end.
    range: Range<usize>,
    /// Where the first pipe is.
    pipe: usize,
    /// Unescaped pipes, and whether the first one starts the line and the last one ends it.
    pipes: usize,
    starts: bool,
    is_closed: bool,
    /// The rows of its table have no outer pipes: its first and last pipes, too, are between cells.
    is_open: bool,
    has_wide_pipes: bool,
    is_delimiter: bool,
}

impl RowLine {
    /// `wide` says whether the source holds a full-width pipe at all.
    fn new(body: &str, start: usize, wide: bool) -> Option<Self> {
        let trimmed = body.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let starts = trimmed.starts_with(['|', '｜']);
        let bytes = trimmed.as_bytes();
        let is_escaped = |at: usize| bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        let mut pipes = memchr::memchr_iter(b'|', bytes).filter(|&at| !is_escaped(at)).count();
        let wide_pipes = if wide { trimmed.matches('｜').count() } else { 0 };
        let has_wide_pipes = wide_pipes > 0;
        pipes += wide_pipes;
        if pipes == 0 {
            return None;
        }
        let last = trimmed.trim_end();
        let is_closed = last.ends_with('｜') || last.ends_with('|') && !is_escaped(last.len() - 1);
        let is_delimiter = trimmed.chars().all(|c| c.is_whitespace() || is_of_delimiter(c));
        let range = start..start + body.len();
        let pipe = start + body.len() - trimmed.len();
        let has_dash = is_delimiter && trimmed.contains(['-', '－', '—']);
        let is_open = false;
        Some(Self { range, pipe, pipes, starts, is_closed, is_open, has_wide_pipes, is_delimiter: has_dash })
    }

    fn cells(&self) -> usize {
        if self.is_open {
            return self.pipes + 1;
        }
        self.pipes - usize::from(self.is_closed && self.pipes > 1)
    }
}

fn is_of_delimiter(c: char) -> bool {
    matches!(c, '|' | '｜' | '-' | ':' | '－' | '—')
}

struct Repair<'s> {
    source: &'s str,
    text: String,
    edits: Vec<Edit>,
    /// The source up to here is in the text.
    kept: usize,
}

impl Repair<'_> {
    /// Neighbouring lines with pipes: one table, or several, each with its delimiter row. Whether they are one.
    fn table(&mut self, run: &mut Vec<RowLine>) -> bool {
        if run.iter().any(|row| !row.starts) && !Self::open(run) {
            return false;
        }
        // A lone line with pipes may be anything.
        if run.len() < 2 && run.iter().all(|row| row.pipes < 4) {
            return false;
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
            self.part(&run[start..end]);
        }
        true
    }

    /// Of lines some of which do not begin with a pipe: the table without outer pipes that they are, known by its delimiter
    /// row, or the one below a line of text that happens to hold a pipe.
    fn open(run: &mut Vec<RowLine>) -> bool {
        let Some(delimiter) = run.iter().position(|row| row.is_delimiter) else { return false };
        if !run[delimiter].starts {
            run.iter_mut().for_each(|row| row.is_open = true);
            return true;
        }
        run.drain(..delimiter.saturating_sub(1));
        run.iter().all(|row| row.starts)
    }

    /// One table: rows with at most one delimiter row that counts.
    fn part(&mut self, rows: &[RowLine]) {
        let width = rows.iter().filter(|row| !row.is_delimiter).map(RowLine::cells).max().unwrap_or(0);
        if width == 0 {
            return;
        }
        let has_delimiter = rows.get(1).is_some_and(|row| row.is_delimiter);
        if !has_delimiter {
            let at = rows[0].range.start;
            self.replace(at..at, &format!("{}|\n{}|\n", "| ".repeat(width), "|-".repeat(width)));
        }
        for (index, row) in rows.iter().enumerate() {
            let is_short_head = has_delimiter && index < 2 && row.cells() != width;
            // The parser knows no blanks in it but the plain one.
            let is_padded = || self.source[row.range.clone()].contains(|c: char| c != ' ' && c.is_whitespace());
            let is_odd = || is_short_head || has_delimiter && index == 1 && (row.is_open || is_padded());
            if row.is_delimiter && is_odd() {
                self.replace(row.range.clone(), &format!("{}|", "|-".repeat(width)));
                continue;
            }
            self.straighten(row);
            let filling = if is_short_head { " |".repeat(width.saturating_sub(row.cells())) } else { String::new() };
            let close = if row.is_open || is_short_head && !row.is_closed { "|" } else { "" };
            if !close.is_empty() || !filling.is_empty() {
                self.replace(row.range.end..row.range.end, &format!("{close}{filling}"));
            }
        }
    }

    /// Blanks before the first pipe, and full-width pipes.
    fn straighten(&mut self, row: &RowLine) {
        if row.is_open {
            self.replace(row.range.start..row.range.start, "|");
        }
        // Up to three blanks mean nothing to the parser.
        let indent = &self.source[row.range.start..row.pipe];
        if !row.is_open && (indent.len() > 3 || indent.contains(|c| c != ' ')) {
            self.replace(row.range.start..row.pipe, "");
        }
        if !row.has_wide_pipes {
            return;
        }
        let body = &self.source[row.pipe..row.range.end];
        for (offset, wide) in body.match_indices(['｜', '－', '—']).filter(|(_, c)| *c == "｜" || row.is_delimiter)
        {
            let at = row.pipe + offset;
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
