//! Markdown, by pulldown-cmark: this file alone names it.
//!
//! Pipe tables come from the parser's events. Lines that look like a table and are none to it are repaired first, and raw
//! HTML tables are handed to the HTML reader as a slice of the source, since a blank line would cut them in two.

mod marks;
mod repair;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

pub(super) use self::marks::unmarked;
use super::budget::Budget;
use super::html;
use super::unreadable::Unreadable;
use crate::document::{Block, Cell, Location, Passage, PassageBuilder, TableBuilder};
use crate::limits::{Limit, Limits};

/// Reads `source`, whose first byte is byte `base` of the file.
///
/// # Errors
/// When there are more cells than the limits allow.
pub fn blocks<'s>(source: &'s str, base: u32, limits: &Limits) -> Result<Vec<Block<'s>>, Unreadable> {
    let (start, source) = unfenced(source);
    let base = base + start as u32;
    let mut reader = Reader::new(source, base, limits);
    reader.read()?;
    // Nearly every report is in order, and noticing that costs next to nothing.
    let steps = if reader.looks_odd { repair::repaired(source) } else { Vec::new() };
    let [first, later @ ..] = &steps[..] else { return Ok(reader.blocks) };
    let last = later.last().unwrap_or(first);
    let mut reader = Reader::new(&last.text, 0, limits);
    reader.read()?;
    let restored = |block| first.restore(later.iter().rev().fold(block, |block, step| step.restore(block, 0)), base);
    Ok(reader.blocks.into_iter().map(restored).collect())
}

/// A report that is in a code fence from end to end, as language models hand them out: what is inside, and where.
fn unfenced(source: &str) -> (usize, &str) {
    const FENCE: &str = "```";
    let text = source.trim();
    let inside =
        text.strip_prefix(FENCE).and_then(|text| text.strip_suffix(FENCE)).and_then(|text| text.split_once('\n'));
    match inside {
        Some((_, inside)) if !inside.contains(FENCE) => (inside.as_ptr() as usize - source.as_ptr() as usize, inside),
        _ => (0, source),
    }
}

/// Whether `source` has a pipe table, by its delimiter row.
pub fn has_pipe_tables(source: &str) -> bool {
    let is_delimiter = |line: &str| {
        let line = line.trim();
        line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
    };
    // Lines without dashes are passed over.
    let mut from = 0;
    while let Some(dashes) = memchr::memmem::find(&source.as_bytes()[from..], b"--") {
        let at = from + dashes;
        let start = memchr::memrchr(b'\n', &source.as_bytes()[..at]).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', &source.as_bytes()[at..]).map_or(source.len(), |end| at + end);
        if is_delimiter(&source[start..end]) {
            return true;
        }
        from = end;
    }
    false
}

struct Reader<'s, 'l> {
    source: &'s str,
    base: u32,
    limits: &'l Limits,
    blocks: Vec<Block<'s>>,
    /// The text that is being read: of a paragraph, a heading or a cell.
    text: Option<PassageBuilder<'s>>,
    is_heading: bool,
    /// The first image in the text or table that is being read.
    image: Option<Range<usize>>,
    /// So many images are open; what is written for one is shown only where it is not.
    open_images: usize,
    /// So many stretches that are struck out with `~~` are open.
    struck: usize,
    /// The element that is open, and how often, whose content is hidden or struck out.
    left_out: Option<(Vec<u8>, usize)>,
    table: Option<OpenTable<'s>>,
    budget: Budget<'l>,
    /// Everything before this byte has been read as HTML.
    html_end: usize,
    /// HTML blocks whose tables were not closed up to the end of the source.
    unclosed: usize,
    /// Something looks like a table and was not read as one, or not whole.
    looks_odd: bool,
}

/// After so many unclosed HTML tables nobody looks for the end of another: each look reads the rest of the source.
const UNCLOSED: usize = 64;

struct OpenTable<'s> {
    builder: TableBuilder<'s>,
    row: u32,
    column: u32,
    /// Columns of the header.
    width: usize,
    /// The source of the row.
    range: Range<usize>,
    /// The text of the open cell, as long as it is one stretch of the source; with more, it is [`Reader::text`].
    cell: Range<usize>,
}

impl<'s, 'l> Reader<'s, 'l> {
    fn new(source: &'s str, base: u32, limits: &'l Limits) -> Self {
        Self {
            source,
            base,
            limits,
            blocks: Vec::new(),
            text: None,
            is_heading: false,
            image: None,
            open_images: 0,
            struck: 0,
            left_out: None,
            table: None,
            budget: Budget::new(limits, Limit::TextBytes),
            html_end: 0,
            unclosed: 0,
            looks_odd: false,
        }
    }

    fn read(&mut self) -> Result<(), Unreadable> {
        let mut events =
            Parser::new_ext(self.source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter();
        // Looked at where they lie: an event is large, and most of an archive are events of cells.
        while let Some((event, range)) = &events.next() {
            if range.start < self.html_end {
                continue;
            }
            match event {
                Event::Text(CowStr::Borrowed(text)) => self.push(text, range.clone()),
                Event::Start(Tag::TableCell) => self.start_cell(range),
                Event::End(TagEnd::TableCell) => self.end_cell(range)?,
                Event::Start(tag) => self.start(tag, range.clone())?,
                Event::End(tag) => self.end(*tag, range)?,
                Event::Text(text) => self.push(text, range.clone()),
                Event::Code(text) => self.push_inner(text, range.clone()),
                Event::SoftBreak | Event::HardBreak => self.line_break(range.clone()),
                Event::InlineHtml(tag) => self.inline_html(tag, range.clone()),
                Event::Html(_) => self.html(range)?,
                Event::Rule => self.flush(range.start),
                _ => {}
            }
        }
        self.flush(self.source.len());
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) -> Result<(), Unreadable> {
        match tag {
            Tag::Table(columns) => {
                self.flush(range.start);
                let mut builder = TableBuilder::default();
                // A cell has a pipe before it; hostile sources have pipes and no cells.
                let pipes = memchr::memchr_iter(b'|', self.source[range.clone()].as_bytes()).count();
                builder.reserve(pipes.min(self.limits.cells.min(4096)));
                let cell = range.start..range.start;
                self.table = Some(OpenTable { builder, row: 0, column: 0, range, width: columns.len(), cell });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.column = 0;
                    self.looks_odd |= is_odd_row(&self.source[range.clone()], table.width);
                    table.range = range;
                }
            }
            Tag::Image { .. } => {
                self.image.get_or_insert(range);
                self.open_images += 1;
            }
            Tag::Strikethrough if self.is_struck(&range) => self.struck += 1,
            Tag::Strikethrough => self.push(&self.source[range.start..range.start + 1], range.start..range.start + 1),
            Tag::Paragraph | Tag::Item | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::List(_) => {
                self.flush(range.start);
            }
            Tag::Heading { .. } => {
                self.flush(range.start);
                self.is_heading = true;
            }
            Tag::HtmlBlock => {
                self.flush(range.start);
                self.html(&range)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) -> Result<(), Unreadable> {
        match tag {
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.row += 1;
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.blocks.push(Block::Table(self.budget.finish(table.builder)?));
                    self.end_image();
                }
            }
            TagEnd::Strikethrough if self.is_struck(range) => self.struck = self.struck.saturating_sub(1),
            TagEnd::Strikethrough => self.push(&self.source[range.end - 1..range.end], range.end - 1..range.end),
            TagEnd::Image => self.open_images = self.open_images.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::Heading(_) => self.flush(range.end),
            _ => {}
        }
        Ok(())
    }

    fn start_cell(&mut self, range: &Range<usize>) {
        let Some(table) = &mut self.table else { return };
        // Where a blank cell's text would be: behind the blank after the pipe.
        let blank = self.source.as_bytes().get(range.start) == Some(&b' ');
        let at = (range.start + usize::from(blank)).min(range.end);
        table.cell = at..at;
    }

    fn end_cell(&mut self, range: &Range<usize>) -> Result<(), Unreadable> {
        let Some(table) = &mut self.table else { return Ok(()) };
        let column = table.column;
        table.column += 1;
        self.left_out = None;
        // A short row is given cells of no source, behind its end.
        if range.start >= table.range.end || range.is_empty() && range.start + 1 >= table.range.end {
            self.text = None;
            return Ok(());
        }
        self.budget.take_cells(1)?;
        let start = table.cell.start;
        if self.text.is_none() {
            let passage = Passage::slice(&self.source[table.cell.clone()], self.base + start as u32);
            table.builder.push(Cell::single(passage, table.row, column));
        } else if let Some(text) = self.text.take() {
            table.builder.push(Cell::single(text.finish(start), table.row, column));
        }
        Ok(())
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        if self.is_left_out() {
            return;
        }
        if let Some(table) = &mut self.table {
            // Nearly every cell is one stretch of the source.
            let is_source = text.as_ptr() as usize == self.source.as_ptr() as usize + range.start;
            if self.text.is_none() && table.cell.is_empty() && is_source && text.len() == range.len() {
                table.cell = range;
                self.looks_odd |= text.ends_with('}');
                return;
            }
            self.looks_odd |= memchr::memchr(b'{', text.as_bytes()).is_some();
        } else {
            // Outside a table there are few pipes, unless there was to be one.
            self.looks_odd |= memchr::memchr2(b'|', b'{', text.as_bytes()).is_some() || text.contains('｜');
        }
        self.open_text().push(text, range);
    }

    /// The text that is being read; of a cell, with what was read of it before.
    fn open_text(&mut self) -> &mut PassageBuilder<'s> {
        let (source, base) = (self.source, self.base);
        let cell = self.table.as_ref().map(|table| table.cell.clone());
        self.text.get_or_insert_with(|| {
            let mut text = PassageBuilder::new(source, base);
            if let Some(cell) = cell {
                text.push(&source[cell.clone()], cell);
            }
            text
        })
    }

    /// Whether anything was read of the text that is open.
    fn has_text(&self) -> bool {
        self.text.as_ref().is_some_and(|text| !text.is_blank())
            || self.text.is_none() && self.table.as_ref().is_some_and(|table| !table.cell.is_empty())
    }

    /// Text within marks of its own, a code span: the same text, further in.
    fn push_inner(&mut self, text: &str, range: Range<usize>) {
        let inner = self.source[range.clone()].find(text).map_or(range.clone(), |at| {
            let start = range.start + at;
            start..start + text.len()
        });
        self.push(text, inner);
    }

    fn line_break(&mut self, range: Range<usize>) {
        if !self.is_left_out() && (self.table.is_some() || self.text.is_some()) {
            self.open_text().push_break(range);
        }
    }

    /// Whether what comes next is not shown.
    fn is_left_out(&self) -> bool {
        self.open_images > 0 || self.struck > 0 || self.left_out.is_some()
    }

    /// A single `~` is one of 「1~3月」.
    fn is_struck(&self, range: &Range<usize>) -> bool {
        self.source[range.clone()].starts_with("~~")
    }

    /// Ends the open paragraph or heading.
    fn flush(&mut self, at: usize) {
        self.left_out = None;
        let is_heading = std::mem::take(&mut self.is_heading);
        if let Some(text) = self.text.take().filter(|text| !text.is_blank()) {
            self.blocks.push(Block::text(text.finish(at), is_heading));
        }
        self.end_image();
    }

    /// Adds the image behind the text or table that it is in.
    fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        if !matches!(self.blocks.last(), Some(Block::Image(_))) {
            let base = self.base as usize;
            self.blocks.push(Block::Image(Location::text((base + image.start) as u32..(base + image.end) as u32)));
        }
    }

    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        if let Some((name, depth)) = &mut self.left_out {
            let begins = |start: &str| tag.strip_prefix(start).is_some_and(|tag| is_element(tag, name));
            *depth = if begins("</") { *depth - 1 } else { *depth + usize::from(begins("<")) };
            if *depth == 0 {
                self.left_out = None;
            }
        } else if is_tag(tag, "<br") {
            self.line_break(range);
        } else if is_tag(tag, "<img") {
            self.image.get_or_insert(range);
        } else if (is_tag(tag, "<sup") || is_tag(tag, "<sub")) && self.has_text() {
            // Raised text behind other text, such as the mark of a note.
            self.push("^", range);
        } else if let Some(name) = html::left_out(tag) {
            self.left_out = Some((name, 1));
        }
    }

    /// Raw HTML from `range` on: whole tables, even past blank lines, or else just this block.
    fn html(&mut self, range: &Range<usize>) -> Result<(), Unreadable> {
        let end = if self.unclosed < UNCLOSED { html::table_end(self.source, range) } else { None };
        self.unclosed += usize::from(end.is_none());
        let end = end.unwrap_or(range.end);
        self.looks_odd |= repair::table_ends(&self.source[range.start..end]).next().is_some();
        let blocks = html::blocks(&self.source[range.start..end], self.base + range.start as u32, self.limits)?;
        self.blocks.extend(blocks.into_iter().map(unmarked));
        self.html_end = end;
        Ok(())
    }
}

/// Whether a row of a table says that the table was not meant so: more cells than the header (the parser drops them), no
/// pipe at all (a line of text right below the table), or another delimiter row.
fn is_odd_row(row: &str, width: usize) -> bool {
    let row = row.trim_end();
    let pipes = memchr::memchr_iter(b'|', row.as_bytes()).count();
    let cells = pipes + 1 - usize::from(row.starts_with('|')) - usize::from(row.len() > 1 && row.ends_with('|'));
    let is_delimiter = row.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ')) && row.contains('-');
    cells > width || pipes == 0 || is_delimiter
}

/// Whether a tag, without its `<`, is one of the element.
fn is_element(tag: &str, name: &[u8]) -> bool {
    let own = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    own.as_bytes().eq_ignore_ascii_case(name)
}

/// Whether a tag begins so.
fn is_tag(tag: &str, start: &str) -> bool {
    tag.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests;
