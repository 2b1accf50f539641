//! Pipes between cells, and how a text sets them.

use super::super::drawn_table::is_upright;
use super::field::Field;

/// How pipes part the cells of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pipes {
    /// They part cells at all: one may be in a sentence, or a few between the links above a page.
    pub part_cells: bool,
    /// They end lines, each of which is a cell.
    pub end_cells: bool,
    /// There is one before the first cell of a row, which is no border between two.
    is_opened: bool,
    /// There is one behind the last cell.
    is_closed: bool,
    /// Two of them part one cell from the next, `a || b`.
    are_double: bool,
}

impl Pipes {
    pub fn of<'s>(lines: impl Iterator<Item = &'s str>) -> Self {
        const ENOUGH: usize = 3;
        let (mut rows, mut cells) = (0, 0);
        let (mut opened, mut closed, mut double) = (0, 0, 0);
        for line in lines.map(str::trim) {
            match line.chars().filter(|c| is_upright(*c)).count() {
                0 => {}
                1 => cells += usize::from(line.ends_with(is_upright)),
                _ => {
                    rows += 1;
                    opened += usize::from(line.starts_with(is_upright));
                    closed += usize::from(line.ends_with(is_upright));
                    double += usize::from(is_double(line));
                }
            }
        }
        // One or the other is in a line of text.
        let is_nearly_each = |count: usize| rows > 0 && count * 10 >= rows * 9;
        let part_cells = rows >= ENOUGH;
        Self {
            part_cells,
            end_cells: !part_cells && cells >= ENOUGH,
            is_opened: is_nearly_each(opened),
            is_closed: is_nearly_each(closed),
            are_double: is_nearly_each(double),
        }
    }

    /// The cells of a line.
    pub fn cells<'s>(&self, line: &'s str) -> Vec<Field<'s>> {
        let mut fields = Vec::new();
        let mut from = 0;
        let mut uprights = line.char_indices().filter(|(_, c)| is_upright(*c)).peekable();
        while let Some((at, c)) = uprights.next() {
            fields.push((from, &line[from..at]));
            from = at + c.len_utf8();
            if self.are_double
                && let Some((next, c)) = uprights.next_if(|(next, _)| *next == from)
            {
                from = next + c.len_utf8();
            }
        }
        fields.push((from, &line[from..]));
        let is_blank = |field: Option<&(usize, &str)>| field.is_some_and(|(_, text)| text.trim().is_empty());
        if self.is_closed && fields.len() > 1 && is_blank(fields.last()) {
            fields.pop();
        }
        if self.is_opened && fields.len() > 1 && is_blank(fields.first()) {
            fields.remove(0);
        }
        let text = fields.into_iter().map(|(at, text)| behind_layout(at, text));
        text.zip(0..).map(|((at, text), column)| Field { at, text, column }).collect()
    }
}

/// Whether all borders of a line but the first are two pipes.
fn is_double(line: &str) -> bool {
    let line = line.strip_prefix("||").or_else(|| line.strip_prefix('|')).unwrap_or(line);
    let count = line.matches('|').count();
    count > 0 && line.matches("||").count() * 2 == count
}

/// The text of a cell behind what Textile says of its layout, `|<. 12 |`, `|\3/2. 12 |`, and where it begins.
fn behind_layout(at: usize, text: &str) -> (usize, &str) {
    let is_sign = |c: char| matches!(c, '_' | '<' | '>' | '=' | '^' | '~' | '\\' | '/');
    let signs = text.len() - text.trim_start_matches(|c: char| is_sign(c) || c.is_ascii_digit()).len();
    match text[signs..].strip_prefix(". ") {
        Some(own) if text.starts_with(is_sign) => (at + text.len() - own.len(), own),
        _ => (at, text),
    }
}
