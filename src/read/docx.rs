//! Documents of word processors (`.docx`): paragraphs and tables as a reader of the printed document sees them. What has
//! been deleted under revision, is hidden or struck out, is only the prompt of a form field to be filled in, or is part of
//! what a field computes with is not there; what automatic numbering prints is.

mod fields;
mod numbering;
mod numeral;
mod parts;
mod styles;
mod table;

#[cfg(test)]
mod tests;

use self::fields::Fields;
use self::numbering::Numbering;
use self::styles::{Properties, RunStyle, Styles};
use self::table::{Content, OpenTable};
use super::budget::Budget;
use super::raised::Runs;
use super::unreadable::Unreadable;
use super::xml::{Node, Nodes, Tag};
use super::zip_file::ZipFile;
use crate::document::{Block, Document, Format, Location, Passage};
use crate::limits::{Limit, Limits};

/// Reads a `.docx` document.
///
/// # Errors
/// When the file is broken, or costs more than the limits allow.
pub fn read(mut file: ZipFile<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let parts = parts::read(&mut file)?;
    let styles = parts.styles.as_deref().map(Styles::read).transpose()?.unwrap_or_default();
    let numbering = parts.numbering.as_deref().map(Numbering::read).transpose()?.unwrap_or_default();
    let mut body = Body::new(&styles, numbering, limits);
    let mut nodes = Nodes::of(&parts.document);
    while let Some(node) = nodes.next()? {
        body.node(node)?;
    }
    Ok(Document { blocks: body.finish()?, ..Document::blank(Format::Docx, None) })
}

/// What an open element means to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    /// An element that only contains others.
    Around,
    Paragraph,
    ParagraphProperties,
    /// The properties of a paragraph's end.
    MarkProperties,
    Run {
        style: RunStyle,
    },
    RunProperties,
    Text,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    /// A form field; one that shows its prompt holds no text of the author's.
    Control {
        is_prompt: bool,
    },
    ControlProperties,
    /// The same content in several ways, of which the first counts.
    Alternatives {
        is_taken: bool,
    },
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    text: Runs,
    properties: Properties,
    /// Its end is deleted: it goes on in the next one.
    goes_on: bool,
}

/// The document as far as it has been read.
struct Body<'d> {
    styles: &'d Styles,
    numbering: Numbering,
    budget: Budget<'d>,
    blocks: Vec<Block<'static>>,
    elements: Vec<Element>,
    /// So many elements are open whose content is nothing to read, each in the one before.
    silent: usize,
    /// So many runs and controls are open whose text is not shown.
    unseen: usize,
    fields: Fields,
    /// The open paragraphs: one, and those in text boxes within it.
    paragraphs: Vec<Paragraph>,
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

impl<'d> Body<'d> {
    fn new(styles: &'d Styles, numbering: Numbering, limits: &'d Limits) -> Self {
        Self {
            styles,
            numbering,
            budget: Budget::new(limits, Limit::TextBytes),
            blocks: Vec::new(),
            elements: Vec::new(),
            silent: 0,
            unseen: 0,
            fields: Fields::default(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            paragraph: 0,
            table_count: 0,
            begun: None,
            has_image: false,
        }
    }

    fn node(&mut self, node: Node<'_>) -> Result<(), Unreadable> {
        match node {
            Node::Start(_) if self.silent > 0 => self.silent += 1,
            Node::End if self.silent > 0 => self.silent -= 1,
            Node::Start(tag) => match self.start(&tag)? {
                Some(element) => self.elements.push(element),
                None => self.silent = 1,
            },
            Node::End => {
                if let Some(element) = self.elements.pop() {
                    self.end(element)?;
                }
            }
            Node::Text(text) => {
                if self.silent == 0 && self.elements.last() == Some(&Element::Text) {
                    self.push(&text);
                }
            }
        }
        Ok(())
    }

    /// What an element is; none where nothing in it is to be read.
    fn start(&mut self, tag: &Tag<'_>) -> Result<Option<Element>, Unreadable> {
        let parent = self.elements.last().copied().unwrap_or(Element::Around);
        match parent {
            Element::ParagraphProperties => return Ok(self.paragraph_property(tag)),
            Element::MarkProperties => return Ok(self.mark_property(tag)),
            Element::RunProperties => return Ok(self.run_property(tag)),
            Element::RowProperties => return Ok(self.row_property(tag)),
            Element::CellProperties => {
                if let Some(table) = self.tables.last_mut() {
                    table.set(tag);
                }
                return Ok(None);
            }
            Element::ControlProperties => return Ok(self.control_property(tag)),
            _ => {}
        }
        let element = match tag.name() {
            "p" => {
                self.start_paragraph();
                Element::Paragraph
            }
            "pPr" => Element::ParagraphProperties,
            "r" => Element::Run { style: RunStyle::default() },
            "fldChar" => {
                self.fields.mark(tag.attribute("fldCharType").as_deref());
                return Ok(None);
            }
            "rPr" => Element::RunProperties,
            "t" => Element::Text,
            "tab" | "ptab" => return Ok(self.sign("\t")),
            "br" | "cr" => return Ok(self.sign("\n")),
            "noBreakHyphen" => return Ok(self.sign("-")),
            // A sign of a font of its own: something is there, and it is no figure.
            "sym" | "symEx" => return Ok(self.sign("\u{fffd}")),
            "tbl" => {
                self.start_table()?;
                Element::Table
            }
            "tr" => {
                self.start_row()?;
                Element::Row
            }
            "trPr" => Element::RowProperties,
            "tc" if self.tables.last().is_some_and(OpenTable::row_is_dropped) => return Ok(None),
            "tc" => {
                self.start_cell()?;
                Element::Cell
            }
            "tcPr" => Element::CellProperties,
            // The picture itself, of today's drawings and of those before.
            "blip" | "imagedata" => {
                self.has_image |= self.unseen == 0 && self.tables.is_empty();
                Element::Around
            }
            "sdt" => Element::Control { is_prompt: false },
            "sdtPr" => Element::ControlProperties,
            "AlternateContent" => Element::Alternatives { is_taken: false },
            "Choice" | "Fallback" => return Ok(self.alternative()),
            // Another file, which the word processor would show in its place.
            "altChunk" | "subDoc" => return Err(Unreadable::Unsupported { format: "docx (altChunk)" }),
            "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "rt" | "tblPr" | "tblPrEx" | "tblGrid"
            | "sectPr" | "fldData" | "binData" => return Ok(None),
            _ => Element::Around,
        };
        Ok(Some(element))
    }

    fn end(&mut self, element: Element) -> Result<(), Unreadable> {
        match element {
            Element::Paragraph => {
                self.end_paragraph()?;
                self.end_image();
            }
            Element::Run { style } if style.is_hidden() => self.unseen -= 1,
            Element::Control { is_prompt: true } => self.unseen -= 1,
            Element::Table => self.end_table()?,
            Element::Cell => {
                self.flush()?;
                self.fields.leave(self.tables.len());
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn paragraph_property(&mut self, tag: &Tag<'_>) -> Option<Element> {
        match tag.name() {
            // It holds properties of the same kind.
            "numPr" => Some(Element::ParagraphProperties),
            "rPr" => Some(Element::MarkProperties),
            _ => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.properties.take(tag);
                }
                None
            }
        }
    }

    fn mark_property(&mut self, tag: &Tag<'_>) -> Option<Element> {
        if matches!(tag.name(), "del" | "moveFrom")
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.goes_on = true;
        }
        None
    }

    fn run_property(&mut self, tag: &Tag<'_>) -> Option<Element> {
        let run = self.elements.len().checked_sub(2).map(|at| &mut self.elements[at]);
        let Some(Element::Run { style }) = run else { return None };
        let was_hidden = style.is_hidden();
        match tag.name() {
            "rStyle" => *style = tag.value().map(|style| self.styles.of_run(&style)).unwrap_or_default(),
            _ => style.take(tag),
        }
        self.unseen = self.unseen + usize::from(style.is_hidden()) - usize::from(was_hidden);
        None
    }

    fn row_property(&mut self, tag: &Tag<'_>) -> Option<Element> {
        let table = self.tables.last_mut()?;
        match tag.name() {
            "gridBefore" => table.leave_free(tag.number().unwrap_or(0)),
            "del" | "hidden" if tag.is_on() => table.drop_row(),
            _ => {}
        }
        None
    }

    fn control_property(&mut self, tag: &Tag<'_>) -> Option<Element> {
        let control = self.elements.len().checked_sub(2).map(|at| &mut self.elements[at]);
        if tag.name() == "showingPlcHdr"
            && tag.is_on()
            && let Some(Element::Control { is_prompt: prompt @ false }) = control
        {
            *prompt = true;
            self.unseen += 1;
        }
        None
    }

    /// One of several ways in which the same is written.
    fn alternative(&mut self) -> Option<Element> {
        match self.elements.last_mut() {
            Some(Element::Alternatives { is_taken: true }) => None,
            Some(Element::Alternatives { is_taken }) => {
                *is_taken = true;
                Some(Element::Around)
            }
            _ => Some(Element::Around),
        }
    }

    /// An empty element that is a sign; only in runs: a `tab` among properties sets a stop.
    fn sign(&mut self, sign: &str) -> Option<Element> {
        if matches!(self.elements.last(), Some(Element::Run { .. })) {
            self.push(sign);
        }
        None
    }

    fn push(&mut self, text: &str) {
        if self.unseen > 0 || self.fields.hide() {
            return;
        }
        let run = self.elements.iter().rev().find(|element| matches!(element, Element::Run { .. }));
        let is_raised = matches!(run, Some(Element::Run { style }) if style.is_raised());
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push(text, is_raised);
        }
    }

    fn depth(&self) -> (usize, usize) {
        (self.tables.len(), self.paragraphs.len())
    }

    fn start_paragraph(&mut self) {
        let depth = self.depth();
        if depth == (0, 0) {
            self.paragraph += 1;
        }
        let begun = self.begun.take_if(|(_, begun)| *begun == depth);
        let text = begun.map(|(text, _)| Runs::from(text)).unwrap_or_default();
        self.paragraphs.push(Paragraph { text, ..Paragraph::default() });
    }

    fn end_paragraph(&mut self) -> Result<(), Unreadable> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        if paragraph.goes_on {
            self.begun = Some((paragraph.text.text, self.depth()));
            return Ok(());
        }
        let properties = self.styles.apply(paragraph.properties);
        let number = match &properties.list {
            Some(list) => self.numbering.next(list, properties.level.unwrap_or(0)),
            None => String::new(),
        };
        // A table of contents names the sections and is none of them.
        if properties.is_contents {
            return Ok(());
        }
        let text = paragraph.text.text;
        let text = if number.is_empty() { text } else { number + &text };
        self.add(text, properties.is_heading == Some(true))
    }

    /// The picture of a paragraph comes behind its text, once the paragraph around all text boxes ends.
    fn end_image(&mut self) {
        if self.depth() == (0, 0) && std::mem::take(&mut self.has_image) {
            self.blocks.push(Block::Image(Location::Paragraph { number: self.paragraph }));
        }
    }

    /// Adds a paragraph to what it is in: the open cell, or the document itself.
    fn add(&mut self, text: String, is_heading: bool) -> Result<(), Unreadable> {
        /// What a paragraph takes besides its text.
        const COST: usize = 16;
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

    fn start_table(&mut self) -> Result<(), Unreadable> {
        self.flush()?;
        self.budget.check_nesting(self.tables.len())?;
        self.table_count += 1;
        self.tables.push(OpenTable::new(self.table_count));
        Ok(())
    }

    fn start_row(&mut self) -> Result<(), Unreadable> {
        self.budget.take_cells(1)?;
        if let Some(table) = self.tables.last_mut() {
            table.begin_row();
        }
        Ok(())
    }

    fn start_cell(&mut self) -> Result<(), Unreadable> {
        self.budget.take_cells(1)?;
        self.fields.enter(self.tables.len());
        if let Some(table) = self.tables.last_mut() {
            table.begin_cell();
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Unreadable> {
        let Some(table) = self.tables.pop() else { return Ok(()) };
        match self.tables.last_mut().filter(|around| around.is_in_cell()) {
            Some(around) => around.nest(table),
            None => table.finish(&mut self.blocks, &mut self.budget)?,
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Block<'static>>, Unreadable> {
        self.flush()?;
        Ok(self.blocks)
    }
}
