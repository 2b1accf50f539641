//! A line that may be a row of a pipe table.

use std::ops::Range;

use crate::label::is_invisible;

/// A line with pipes between cells, or one that is taken for a row because of the lines around it.
pub(super) struct RowLine {
    /// The line without its end.
    pub range: Range<usize>,
    /// Where its first character is.
    pub first: usize,
    /// Unescaped pipes, and whether the first one starts the line and the last one ends it.
    pub pipes: usize,
    pub starts: bool,
    pub is_closed: bool,
    pub has_wide_pipes: bool,
    pub is_delimiter: bool,
}

impl RowLine {
    /// A line with a pipe in it. `wide` says whether the source holds a full-width pipe at all.
    pub fn new(body: &str, start: usize, wide: bool) -> Option<Self> {
        let trimmed = body.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let bytes = trimmed.as_bytes();
        let is_escaped = |at: usize| bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        let wide_pipes = if wide { trimmed.matches('｜').count() } else { 0 };
        let pipes = wide_pipes + memchr::memchr_iter(b'|', bytes).filter(|&at| !is_escaped(at)).count();
        if pipes == 0 {
            return None;
        }
        let last = trimmed.trim_end();
        let is_closed = last.ends_with('｜') || last.ends_with('|') && !is_escaped(last.len() - 1);
        Some(Self {
            range: start..start + body.len(),
            first: start + body.len() - trimmed.len(),
            pipes,
            starts: trimmed.starts_with(['|', '｜']),
            is_closed,
            has_wide_pipes: wide_pipes > 0,
            is_delimiter: is_rule(trimmed),
        })
    }

    /// A line without a pipe: the one cell of a row, or a rule below a header.
    pub fn bare(body: &str, start: usize) -> Self {
        let trimmed = body.trim_start();
        Self {
            range: start..start + body.len(),
            first: start + body.len() - trimmed.len(),
            pipes: 0,
            starts: false,
            is_closed: false,
            has_wide_pipes: false,
            is_delimiter: is_rule(trimmed),
        }
    }

    /// Its cells, where its outer pipes, if it has any, are no more than that.
    pub fn cells(&self) -> usize {
        (self.pipes + 1 - usize::from(self.starts) - usize::from(self.is_closed)).max(1)
    }
}

/// Whether a line is drawn with dashes and nothing but what may be between them.
pub(super) fn is_rule(line: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '－' | '—');
    line.contains(is_dash)
        && line.chars().all(|c| c.is_whitespace() || is_dash(c) || matches!(c, '|' | '｜' | ':' | '+'))
}
