//! Plain text: paragraphs, and tables whose cells are set apart by tabs (copied from a web page or a document) or by
//! runs of blanks (printed from a PDF).

mod columns;
mod counted;
mod field;
mod line;
mod pipes;

use super::budget::Budget;
use super::unreadable::Unreadable;
use crate::document::{Block, Cell, Passage, TableBuilder};
use crate::limits::{Limit, Limits};
use field::Field;
use line::{Line, LineKind};
use pipes::Pipes;

/// Reads `source`, whose first byte is byte `base` of the file.
///
/// # Errors
/// When there are more cells than the limits allow.
pub fn blocks<'s>(source: &'s str, base: u32, limits: &Limits) -> Result<Vec<Block<'s>>, Unreadable> {
    let pipes = Pipes::of(source.split(line_end(source)));
    let mut budget = Budget::new(limits, Limit::TextBytes);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive(line_end(source)) {
        let line = Line::new(start, line, &pipes);
        budget.take_cells(line.fields().len())?;
        start = line.end;
        lines.push(line);
    }
    counted::make_rows(&mut lines);
    columns::align(&mut lines);
    let mut reader = Reader { source, base, budget, blocks: Vec::new(), open: Open::Nothing };
    for line in lines {
        reader.line(line)?;
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
    let pipes = Pipes::of(source.split(line_end(source)));
    has_enough(source, |line| {
        let line = Line::new(0, line, &pipes);
        let last = match &line.kind {
            LineKind::Row(fields) => fields.last().map_or("", |field| field.text),
            LineKind::Cell => line.text.trim(),
            LineKind::Blank | LineKind::Drawn | LineKind::Text => "",
        };
        !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
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
    blocks: Vec<Block<'s>>,
    open: Open<'s>,
}

impl<'s> Reader<'s, '_> {
    fn line(&mut self, line: Line<'s>) -> Result<(), Unreadable> {
        match line.kind {
            LineKind::Blank => self.close(),
            LineKind::Drawn => Ok(()),
            LineKind::Text => self.text(line.start, line.text),
            LineKind::Cell => {
                self.close()?;
                let passage = Passage::slice(line.text, self.base + line.start as u32);
                self.blocks.push(Block::Paragraph(passage));
                Ok(())
            }
            LineKind::Row(fields) => self.row(line.start, fields),
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

    fn row(&mut self, start: usize, fields: Vec<Field<'s>>) -> Result<(), Unreadable> {
        if !matches!(self.open, Open::Table { .. }) {
            self.close()?;
            self.open = Open::Table { builder: TableBuilder::default(), rows: 0 };
        }
        let Open::Table { builder, rows } = &mut self.open else { return Ok(()) };
        for field in fields {
            let passage = Passage::slice(field.text, self.base + (start + field.at) as u32);
            builder.push(Cell::single(passage, *rows, field.column));
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

/// Whether a few lines are such: one may be anything.
fn has_enough(source: &str, is_such: impl Fn(&str) -> bool) -> bool {
    const ENOUGH: usize = 3;
    source.split(line_end(source)).filter(|line| is_such(line)).take(ENOUGH).count() == ENOUGH
}
