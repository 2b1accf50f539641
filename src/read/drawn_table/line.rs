//! A line of a drawn table, taken apart at its borders.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// How many columns a character takes where the table was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Chinese characters take two columns.
    Columns,
    /// Every character takes one: the tool that drew it counts characters.
    Characters,
    /// Those that are wide in Chinese fonts only, 「“」 or 「①」, take two columns as well.
    WideColumns,
}

impl Measure {
    pub const ALL: [Self; 3] = [Self::Columns, Self::Characters, Self::WideColumns];

    fn of(self, c: char) -> usize {
        match self {
            Self::Columns => c.width().unwrap_or(0),
            Self::Characters => 1,
            // The lines themselves are narrow, or nothing would be below anything.
            Self::WideColumns if is_rule(c) || is_upright(c) || is_junction(c) => 1,
            Self::WideColumns => c.width_cjk().unwrap_or(0),
        }
    }

    /// The columns that a text takes.
    pub fn of_text(self, text: &str) -> usize {
        text.chars().map(|c| self.of(c)).sum()
    }
}

/// What is between two borders on a line.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// In the source.
    pub range: Range<usize>,
    /// The columns that it takes.
    pub columns: Range<usize>,
    /// A line is drawn here.
    pub is_rule: bool,
}

pub(super) fn is_drawn(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(is_border) && line.ends_with(is_border) && line.chars().nth(1).is_some()
}

fn is_border(c: char) -> bool {
    is_upright(c) || is_junction(c) || c == '+'
}

/// An upright line between cells.
pub(in crate::read) fn is_upright(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋')
}

/// Where lines meet.
fn is_junction(c: char) -> bool {
    matches!(c, '┌'..='╋' | '╒'..='╬' | '╭'..='╰' | '╴'..='╿')
}

fn is_rule(c: char) -> bool {
    matches!(c, '-' | '=' | ':' | '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉')
}

/// Whether a line is drawn from end to end and holds no text.
pub(in crate::read) fn is_all_drawn(line: &str) -> bool {
    line.contains(|c| is_junction(c) || matches!(c, '─' | '━' | '═'))
        && line.chars().all(|c| c.is_whitespace() || is_rule(c) || is_border(c))
}

/// Takes a line apart that begins at byte `at` of the source.
pub(super) fn segments(line: &str, at: usize, measure: Measure) -> Vec<Segment> {
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
        column += measure.of(c);
        before = c;
    }
    segments
}
