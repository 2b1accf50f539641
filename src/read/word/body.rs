//! The body of a document as it is read: paragraphs, tables in cells of tables, text boxes in paragraphs.

use super::table::{Content, OpenTable};
use crate::document::{Block, Location, Passage};
use crate::limits::{Limit, Limits};
use crate::read::budget::Budget;
use crate::read::raised::Runs;
use crate::read::unreadable::Unreadable;

/// What a paragraph takes besides its text.
pub(in crate::read) const COST: usize = 16;

/// The body as far as it has been read.
#[derive(Debug)]
pub(in crate::read) struct Body<'l> {
    pub budget: Budget<'l>,
    blocks: Vec<Block<'static>>,
    /// The open paragraphs: one, and those in text boxes within it.
    paragraphs: Vec<Runs>,
    /// The open tables, outermost first.
    tables: Vec<OpenTable>,
    /// The number of the last paragraph outside all tables and text boxes.
    paragraph: u32,
    table_count: u32,
    /// The text of a paragraph that goes on, and how many tables and paragraphs it is in.
    begun: Option<(String, (usize, usize))>,
    /// There is a picture in the open paragraph, outside all tables.
    has_image: bool,
}

/// What is known of a paragraph once it ends.
#[derive(Debug, Default)]
pub(in crate::read) struct Ended {
    /// What automatic numbering prints before it.
    pub number: String,
    pub is_heading: bool,
    /// A line of a table of contents, which names the sections and is none of them.
    pub is_contents: bool,
}

impl<'l> Body<'l> {
    pub fn new(limits: &'l Limits) -> Self {
        Self {
            budget: Budget::new(limits, Limit::TextBytes),
            blocks: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            paragraph: 0,
            table_count: 0,
            begun: None,
            has_image: false,
        }
    }

    /// So many tables are open.
    pub fn depth(&self) -> usize {
        self.tables.len()
    }

    /// The innermost open table.
    pub fn table(&mut self) -> Option<&mut OpenTable> {
        self.tables.last_mut()
    }

    /// The places that findings may give to what is read now: the cells of all tables that are open, the innermost last, or a
    /// paragraph; none in a cell that is taken back.
    pub fn places(&self) -> Vec<Location> {
        if self.tables.is_empty() {
            return vec![Location::Paragraph { number: self.paragraph }];
        }
        self.tables.iter().map(OpenTable::place).collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    pub fn begin_paragraph(&mut self) {
        let depth = self.depths();
        if depth == (0, 0) {
            self.paragraph += 1;
        }
        let begun = self.begun.take_if(|(_, begun)| *begun == depth);
        self.paragraphs.push(begun.map(|(text, _)| Runs::from(text)).unwrap_or_default());
    }

    /// Adds text to the open paragraph.
    pub fn push(&mut self, text: &str, is_raised: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push(text, is_raised);
        }
    }

    /// Ends the open paragraph, whose end is deleted: its text goes on in the next one.
    pub fn go_on(&mut self) {
        if let Some(paragraph) = self.paragraphs.pop() {
            self.begun = Some((paragraph.text, self.depths()));
        }
        self.end_image();
    }

    pub fn end_paragraph(&mut self, ended: Ended) -> Result<(), Unreadable> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        let text = paragraph.text;
        let text = if ended.number.is_empty() { text } else { ended.number + &text };
        if ended.is_contents {
            // Its number, too, may be long.
            self.budget.take_text(COST + text.len())?;
        } else {
            self.add(text, ended.is_heading)?;
        }
        self.end_image();
        Ok(())
    }

    /// There is a picture here. Those in tables are none: a table with figures beside them is no picture.
    pub fn image(&mut self) {
        self.has_image |= self.tables.is_empty();
    }

    /// The picture of a paragraph comes behind its text, once the paragraph around all text boxes ends.
    fn end_image(&mut self) {
        if self.depths() == (0, 0) && std::mem::take(&mut self.has_image) {
            self.blocks.push(Block::Image(Location::Paragraph { number: self.paragraph }));
        }
    }

    pub fn begin_table(&mut self) -> Result<(), Unreadable> {
        self.flush()?;
        self.budget.check_nesting(self.tables.len())?;
        self.table_count += 1;
        self.tables.push(OpenTable::new(self.table_count));
        Ok(())
    }

    pub fn begin_row(&mut self) -> Result<(), Unreadable> {
        self.budget.take_cells(1)?;
        if let Some(table) = self.tables.last_mut() {
            table.begin_row();
        }
        Ok(())
    }

    pub fn begin_cell(&mut self) -> Result<(), Unreadable> {
        self.budget.take_cells(1)?;
        if let Some(table) = self.tables.last_mut() {
            table.begin_cell();
        }
        Ok(())
    }

    pub fn end_cell(&mut self) -> Result<(), Unreadable> {
        self.flush()?;
        if let Some(table) = self.tables.last_mut() {
            table.end_cell();
        }
        Ok(())
    }

    pub fn end_table(&mut self) -> Result<(), Unreadable> {
        let Some(table) = self.tables.pop() else { return Ok(()) };
        match self.tables.last_mut().filter(|around| around.is_in_cell()) {
            Some(around) => {
                around.nest(table);
                Ok(())
            }
            None => table.finish(&mut self.blocks, &mut self.budget),
        }
    }

    pub fn finish(mut self) -> Result<Vec<Block<'static>>, Unreadable> {
        self.flush()?;
        Ok(self.blocks)
    }

    fn depths(&self) -> (usize, usize) {
        (self.tables.len(), self.paragraphs.len())
    }

    /// Adds a paragraph to what it is in: the open cell, or the document itself.
    fn add(&mut self, text: String, is_heading: bool) -> Result<(), Unreadable> {
        self.budget.take_text(COST + text.len())?;
        if text.trim().is_empty() {
            return Ok(());
        }
        if let Some(content) = self.tables.last_mut().and_then(OpenTable::content) {
            content.push(Content::Paragraph { text, is_heading });
            return Ok(());
        }
        let passage = Passage::whole(text, Location::Paragraph { number: self.paragraph });
        self.blocks.push(Block::text(passage, is_heading));
        Ok(())
    }

    /// Adds a paragraph that goes on in no other.
    fn flush(&mut self) -> Result<(), Unreadable> {
        match self.begun.take() {
            Some((text, _)) => self.add(text, false),
            None => Ok(()),
        }
    }
}
