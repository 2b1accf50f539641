//! Plain text: paragraphs, and tables whose cells are set apart by tabs (copied from a web page or a document) or by
//! runs of blanks (printed from a PDF).

use super::budget::Budget;
use super::unreadable::Unreadable;
use crate::document::{Block, Cell, Passage, TableBuilder};
use crate::limits::{Limit, Limits};

/// Reads `source`, whose first byte is byte `base` of the file.
///
/// # Errors
/// When there are more cells than the limits allow.
pub fn blocks<'s>(source: &'s str, base: u32, limits: &Limits) -> Result<Vec<Block<'s>>, Unreadable> {
    let piped = is_piped(source);
    let budget = Budget::new(limits, Limit::TextBytes);
    let mut reader = Reader { source, base, budget, piped, blocks: Vec::new(), open: Open::Nothing };
    let mut start = 0;
    for line in source.split_inclusive(line_end(source)) {
        reader.line(start, line.trim_end_matches(['\n', '\r']))?;
        start += line.len();
    }
    reader.close()?;
    Ok(reader.blocks)
}

/// What ends a line: a lone carriage return only in files that have nothing else.
fn line_end(source: &str) -> char {
    if memchr::memchr(b'\n', source.as_bytes()).is_some() { '\n' } else { '\r' }
}

/// Whether `source` is text with tabs for columns, whatever its name says.
pub fn has_tabbed_tables(source: &str) -> bool {
    // Nearly no Markdown has a tab at all.
    if memchr::memchr(b'\t', source.as_bytes()).is_none() {
        return false;
    }
    // Beside pipes a tab is padding.
    has_enough(source, |line| line.trim().contains('\t') && !line.contains('|'))
}

/// Whether `source` is text with blanks or pipes for columns, whatever its name says.
pub fn has_rows(source: &str) -> bool {
    let piped = is_piped(source);
    has_enough(source, |line| {
        let fields = fields(line, piped).unwrap_or_default();
        fields.last().is_some_and(|(_, last)| !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// What the lines so far belong to.
enum Open<'s> {
    Nothing,
    /// A paragraph from byte `start` to byte `end`.
    Paragraph {
        start: usize,
        end: usize,
    },
    Table {
        builder: TableBuilder<'s>,
        rows: u32,
    },
}

struct Reader<'s, 'l> {
    source: &'s str,
    base: u32,
    budget: Budget<'l>,
    piped: bool,
    blocks: Vec<Block<'s>>,
    open: Open<'s>,
}

impl<'s> Reader<'s, '_> {
    fn line(&mut self, start: usize, line: &'s str) -> Result<(), Unreadable> {
        if line.trim().is_empty() {
            return self.close();
        }
        match fields(line, self.piped) {
            Some(fields) => self.row(start, fields),
            None => self.text(start, line),
        }
    }

    /// A line of text: goes on with the paragraph, unless it is indented more than a blank or two, as new ones are.
    fn text(&mut self, start: usize, line: &'s str) -> Result<(), Unreadable> {
        if let Some((at, title)) = heading(line) {
            self.close()?;
            let passage = Passage::slice(title, self.base + (start + at) as u32);
            self.blocks.push(Block::Heading(passage));
            return Ok(());
        }
        let indented = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\u{3000}' { 2 } else { 1 });
        let is_new = indented.sum::<usize>() >= 2;
        match &mut self.open {
            Open::Paragraph { end, .. } if !is_new => *end = start + line.len(),
            _ => {
                self.close()?;
                self.open = Open::Paragraph { start, end: start + line.len() };
            }
        }
        Ok(())
    }

    fn row(&mut self, start: usize, fields: Vec<(usize, &'s str)>) -> Result<(), Unreadable> {
        if !matches!(self.open, Open::Table { .. }) {
            self.close()?;
            self.open = Open::Table { builder: TableBuilder::default(), rows: 0 };
        }
        self.budget.take_cells(fields.len())?;
        let Open::Table { builder, rows } = &mut self.open else { return Ok(()) };
        for (column, (at, text)) in fields.into_iter().enumerate() {
            let passage = Passage::slice(text, self.base + (start + at) as u32);
            builder.push(Cell::single(passage, *rows, column as u32));
        }
        *rows += 1;
        Ok(())
    }

    fn close(&mut self) -> Result<(), Unreadable> {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Paragraph { start, end } => {
                let passage = Passage::slice(&self.source[start..end], self.base + start as u32);
                self.blocks.push(Block::Paragraph(passage));
            }
            Open::Table { builder, .. } => self.blocks.push(Block::Table(self.budget.finish(builder)?)),
        }
        Ok(())
    }
}

/// 「## 一、总体情况」 or 「**一、总体情况**」, as text keeps them that was Markdown once: the title and where it begins.
fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim();
    let title = match text.strip_prefix("**").and_then(|text| text.strip_suffix("**")) {
        Some(bold) => bold,
        None => text.trim_start_matches('#').strip_prefix(' ').filter(|_| text.starts_with('#'))?,
    };
    let title = title.trim_matches(|c: char| c.is_whitespace() || c == '*');
    let at = title.as_ptr() as usize - line.as_ptr() as usize;
    (!title.is_empty() && !title.contains("**")).then_some((at, title))
}

/// Whether pipes part the cells of tables. One may be in a sentence, or a few between the links above a page.
fn is_piped(source: &str) -> bool {
    if memchr::memchr(b'|', source.as_bytes()).is_none() {
        return false;
    }
    has_enough(source, |line| line.matches('|').count() > 1)
}

/// Whether a few lines are such: one may be anything.
fn has_enough(source: &str, is_such: impl Fn(&str) -> bool) -> bool {
    const ENOUGH: usize = 3;
    source.split(line_end(source)).filter(|line| is_such(line)).take(ENOUGH).count() == ENOUGH
}

/// The cells of a line, each with the byte at which it begins; none if it is a line of text. `piped` where pipes part
/// them.
fn fields(line: &str, piped: bool) -> Option<Vec<(usize, &str)>> {
    if line.trim_matches(' ').contains('\t') {
        return Some(separated(line, '\t'));
    }
    if piped && line.contains('|') {
        return Some(separated(line, '|'));
    }
    let fields = spaced(line);
    (fields.len() > 1 && !is_running_text(&fields))
        .then(|| fields.into_iter().flat_map(|(at, field)| parted(at, field)).collect())
}

fn separated(line: &str, separator: char) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut fields = Vec::new();
    for field in line.split(separator) {
        fields.push((at, field));
        at += field.len() + 1;
    }
    fields
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
    // Three digits that begin with 0 are no figure but the rest of one: 「1 036」.
    let is_figure = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && (text.len() != 3 || !text.starts_with('0'))
    };
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

/// Sentences may hold a run of blanks (a number left out, say) and are no rows for it.
fn is_running_text(fields: &[(usize, &str)]) -> bool {
    fields.iter().any(|(_, text)| text.contains(['。', '；']) || text.contains('，') && text.len() > 60)
}
