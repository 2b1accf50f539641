//! Text in a markup language that has tables of its own: MediaWiki, AsciiDoc, LaTeX, Typst. Each language says where its tables
//! are, what their cells are, and which signs are no text.

mod ascii_doc;
mod cells;
mod latex;
mod media_wiki;
mod text;
mod typst;

use std::ops::Range;

use super::budget::Budget;
use super::html::spans::{self, Claim};
use super::unreadable::Unreadable;
use crate::document::{Block, Cell, Passage, PassageBuilder, TableBuilder};
use crate::limits::{Limit, Limits};
use cells::Cells;
use text::Marks;

/// A markup language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    MediaWiki,
    AsciiDoc,
    Latex,
    Typst,
}

impl Language {
    const ALL: [Self; 4] = [Self::MediaWiki, Self::AsciiDoc, Self::Latex, Self::Typst];

    /// The language of a text that has a table in it.
    pub fn of(source: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| {
            let has = |sign: &str| memchr::memmem::find(source.as_bytes(), sign.as_bytes()).is_some();
            language.signs().iter().all(|sign| has(sign)) && !language.tables(source).is_empty()
        })
    }

    /// What is in every text that has a table.
    fn signs(self) -> &'static [&'static str] {
        match self {
            Self::MediaWiki => &["{|", "|}"],
            Self::AsciiDoc => &["|==="],
            Self::Latex => &["\\begin{", "\\\\"],
            Self::Typst => &["table("],
        }
    }

    /// Where its tables are, in order.
    fn tables(self, source: &str) -> Vec<Range<usize>> {
        match self {
            Self::MediaWiki => media_wiki::tables(source),
            Self::AsciiDoc => ascii_doc::tables(source),
            Self::Latex => latex::tables(source),
            Self::Typst => typst::tables(source),
        }
    }

    /// The cells of the table in some bytes; one more than `most` where there are more.
    fn cells(self, source: &str, table: Range<usize>, most: usize) -> Cells {
        match self {
            Self::MediaWiki => media_wiki::cells(source, table, most),
            Self::AsciiDoc => ascii_doc::cells(source, table, most),
            Self::Latex => latex::cells(source, table, most),
            Self::Typst => typst::cells(source, table, most),
        }
    }

    /// What the text at the start of `rest` is.
    fn mark(self, rest: &str) -> Marks {
        match self {
            Self::MediaWiki => media_wiki::mark(rest),
            Self::AsciiDoc => ascii_doc::mark(rest),
            Self::Latex => latex::mark(rest),
            Self::Typst => typst::mark(rest),
        }
    }

    /// The title in a line, if it is a heading.
    fn heading(self, line: &str) -> Option<&str> {
        match self {
            Self::MediaWiki => between(line, '=', |rest| rest.trim_end().trim_end_matches('=')),
            Self::AsciiDoc | Self::Typst => between(line, '=', |rest| rest),
            Self::Latex => latex::heading(line),
        }
    }
}

/// A line behind some signs that begin it, without what ends it.
fn between(line: &str, sign: char, title: impl Fn(&str) -> &str) -> Option<&str> {
    let rest = line.strip_prefix(sign)?.trim_start_matches(sign);
    Some(title(rest).trim()).filter(|title| !title.is_empty())
}

/// Reads `source`, whose first byte is byte `base` of the file.
///
/// # Errors
/// When there are more cells than the limits allow.
pub(super) fn blocks<'s>(
    language: Language,
    source: &'s str,
    base: u32,
    limits: &Limits,
) -> Result<Vec<Block<'s>>, Unreadable> {
    let mut reader = Reader {
        language,
        source,
        base,
        budget: Budget::new(limits, Limit::TextBytes),
        most: limits.cells,
        blocks: Vec::new(),
    };
    let mut start = 0;
    for table in language.tables(source) {
        reader.text(start..table.start);
        start = table.end;
        reader.table(table)?;
    }
    reader.text(start..source.len());
    Ok(reader.blocks)
}

struct Reader<'s, 'l> {
    language: Language,
    source: &'s str,
    base: u32,
    budget: Budget<'l>,
    /// Cells that a table may have.
    most: usize,
    blocks: Vec<Block<'s>>,
}

impl<'s> Reader<'s, '_> {
    /// Headings and paragraphs, which blank lines end.
    fn text(&mut self, range: Range<usize>) {
        let mut paragraph: Option<Range<usize>> = None;
        let mut start = range.start;
        for line in self.source[range].split_inclusive('\n') {
            let own = start..start + line.trim_end().len();
            start += line.len();
            let title = self.language.heading(line.trim_end());
            if title.is_none() && !own.is_empty() {
                paragraph.get_or_insert(own.clone()).end = own.end;
                continue;
            }
            self.passage(paragraph.take(), Block::Paragraph);
            let title = title.map(|title| title.as_ptr() as usize - self.source.as_ptr() as usize).zip(title);
            self.passage(title.map(|(at, title)| at..at + title.len()), Block::Heading);
        }
        self.passage(paragraph, Block::Paragraph);
    }

    fn passage(&mut self, range: Option<Range<usize>>, block: impl Fn(Passage<'s>) -> Block<'s>) {
        let Some(range) = range else { return };
        let start = range.start;
        let mut passage = PassageBuilder::new(self.source, self.base);
        text::push(&mut passage, self.source, range, |rest| self.language.mark(rest));
        if !passage.is_blank() {
            self.blocks.push(block(passage.finish(start)));
        }
    }

    fn table(&mut self, range: Range<usize>) -> Result<(), Unreadable> {
        let cells = self.language.cells(self.source, range, self.most);
        self.budget.take_cells(cells.cells.len())?;
        let mut claims: Vec<Claim> =
            cells.cells.iter().map(|cell| Claim { row: cell.row, columns: cell.columns, rows: cell.rows }).collect();
        let places = spans::place(&mut claims, cells.rows, &mut self.budget)?;
        let mut table = TableBuilder::default();
        for (cell, place) in cells.cells.into_iter().zip(places) {
            let start = cell.range.start;
            let mut passage = PassageBuilder::new(self.source, self.base);
            text::push(&mut passage, self.source, cell.range, |rest| self.language.mark(rest));
            let passage = passage.finish(start);
            table.push(Cell { passage, rows: place.rows, columns: place.columns, uncomputed: false });
        }
        if !table.is_empty() {
            self.blocks.push(Block::Table(self.budget.finish(table)?));
        }
        Ok(())
    }
}
