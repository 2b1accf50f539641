//! A line of plain text: a row of cells, or text.

use super::super::drawn_table::{is_all_drawn, is_upright};
use super::field::{Field, is_figure};
use super::pipes::Pipes;

#[derive(Debug)]
pub(super) struct Line<'s> {
    /// The byte at which it begins, and the one behind its end.
    pub start: usize,
    pub end: usize,
    /// Without what ends it.
    pub text: &'s str,
    pub kind: LineKind<'s>,
}

#[derive(Debug)]
pub(super) enum LineKind<'s> {
    Blank,
    /// A line drawn between rows.
    Drawn,
    Text,
    /// One cell of a table.
    Cell,
    Row(Vec<Field<'s>>),
}

impl<'s> Line<'s> {
    /// A line that begins at byte `start`, with what ends it.
    pub fn new(start: usize, line: &'s str, pipes: &Pipes) -> Self {
        let end = start + line.len();
        let mut text = line.trim_end_matches(['\n', '\r']);
        let kind = if text.trim().is_empty() {
            LineKind::Blank
        } else if pipes.end_cells && text.trim_end().ends_with(is_upright) {
            text = text.trim_end().trim_end_matches(is_upright);
            LineKind::Cell
        } else if let Some(fields) = fields(text, pipes) {
            LineKind::Row(fields)
        } else if pipes.part_cells && is_all_drawn(text) {
            LineKind::Drawn
        } else {
            LineKind::Text
        };
        Self { start, end, text, kind }
    }

    /// Its cells; none of a line of text.
    pub fn fields(&self) -> &[Field<'s>] {
        if let LineKind::Row(fields) = &self.kind { fields } else { &[] }
    }
}

/// The cells of a line; none if it is a line of text.
fn fields<'s>(line: &'s str, pipes: &Pipes) -> Option<Vec<Field<'s>>> {
    if line.trim_matches(' ').contains('\t') {
        return Some(tabbed(line));
    }
    if pipes.part_cells && line.contains(is_upright) {
        return (!is_all_drawn(line)).then(|| pipes.cells(line));
    }
    let fields = spaced(line);
    let is_row = fields.len() > 1 && !is_running_text(&fields);
    is_row.then(|| cells(line))
}

fn tabbed(line: &str) -> Vec<Field<'_>> {
    let mut at = 0;
    let mut fields = Vec::new();
    for (text, column) in line.split('\t').zip(0..) {
        fields.push(Field { at, text, column });
        at += text.len() + 1;
    }
    fields
}

/// The cells of a line that is a row, whatever is in them.
pub(super) fn cells(line: &str) -> Vec<Field<'_>> {
    let fields = spaced(line).into_iter().flat_map(|(at, field)| parted(at, field));
    fields.zip(0..).map(|((at, text), column)| Field { at, text, column }).collect()
}

/// Fields set apart by two blanks or more.
fn spaced(line: &str) -> Vec<(usize, &str)> {
    let mut fields = Vec::new();
    let mut start = None;
    let mut end = 0;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            continue;
        }
        match start {
            Some(from) if is_gap(&line[end..at]) => {
                fields.push((from, &line[from..end]));
                start = Some(at);
            }
            None => start = Some(at),
            Some(_) => {}
        }
        end = at + c.len_utf8();
    }
    fields.extend(start.map(|from| (from, &line[from..end])));
    fields
}

/// A field, with the figures at its end apart: where columns are narrow, one blank is all that is left between them.
fn parted(from: usize, field: &str) -> Vec<(usize, &str)> {
    // Three digits that begin with 0 are the rest of a figure: 「1 036」.
    let is_figure = |text: &str| is_figure(text) && (text.len() != 3 || !text.starts_with('0'));
    let mut parts = Vec::new();
    let mut rest = field;
    while let Some((at, blank)) = rest.char_indices().rfind(|(_, c)| c.is_whitespace()) {
        let last = at + blank.len_utf8();
        if !is_figure(&rest[last..]) {
            break;
        }
        parts.push((from + last, &rest[last..]));
        rest = rest[..at].trim_end();
    }
    parts.push((from, rest));
    parts.reverse();
    parts
}

fn is_gap(blanks: &str) -> bool {
    blanks.len() >= 2 && (blanks.starts_with("  ") || blanks.chars().count() >= 2)
}

/// Sentences may hold a run of blanks (a number left out, say) and are no rows for it, unless nothing but signs and figures
/// is behind them.
fn is_running_text(fields: &[(usize, &str)]) -> bool {
    /// So many figures behind it make it a row.
    const FIGURES: usize = 3;
    if fields.iter().rev().take_while(|(_, text)| is_figure(text)).count() >= FIGURES {
        return false;
    }
    let is_sentence = |text: &str| text.contains(['。', '；']) || text.contains('，') && text.len() > 60;
    let is_short = |text: &str| text.is_ascii();
    match fields.split_first() {
        Some(((_, first), rest)) if rest.iter().all(|(_, text)| is_short(text)) => {
            is_sentence(first) && !first.ends_with('。')
        }
        _ => fields.iter().any(|(_, text)| is_sentence(text)),
    }
}
