//! Texts of LibreOffice and others (`.odt`, and flat `.fodt`): one part of XML with the text, styles in another. Read as
//! documents of Word are: what is printed. What was deleted under revision lies apart, as do notes.

mod inline;
mod lists;
mod styles;
mod table;

use self::inline::Inline;
use self::lists::Lists;
use self::styles::{Look, Styles};
use super::colour::Colour;
use super::open_document;
use super::unreadable::Unreadable;
use super::word::{Body, Ended};
use super::xml::{Node, Nodes, Tag};
use super::zip_file::ZipFile;
use crate::document::{Block, Document, Format};
use crate::limits::Limits;

/// Reads an `.odt` document.
///
/// # Errors
/// When the file is broken or under a password, or costs more than the limits allow.
pub fn read(mut file: ZipFile<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let parts = open_document::parts(&mut file)?;
    let mut reading = Reading::new(limits);
    if let Some(styles) = &parts.styles {
        reading.styles.read(styles)?;
    }
    reading.read(&parts.content)
}

/// Reads a document that is one part of XML.
///
/// # Errors
/// When it is broken, or costs more than the limits allow.
pub fn read_flat(text: &str, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    Reading::new(limits).read(text)
}

/// What an open element means to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    /// An element that only contains others.
    Around,
    Paragraph,
    /// A stretch of text.
    Run,
    List,
    Item,
    Table,
    Row,
    Cell,
    /// A frame or a shape, whatever its colour is.
    Drawing,
    /// Lines that name the sections and are none of them.
    Contents,
}

/// The document as far as it has been read.
struct Reading<'d> {
    styles: Styles,
    lists: Lists,
    body: Body<'d>,
    inline: Inline,
    elements: Vec<Element>,
    /// The open paragraphs: one, and those in text boxes within it.
    paragraphs: Vec<Ended>,
    /// The open tables, outermost first: covered cells that belong to the cell before them.
    covered: Vec<u32>,
    /// What is behind the text, for each open table, row, cell and drawing.
    grounds: Vec<Colour>,
    /// So many tables of contents are open.
    contents: usize,
}

impl<'d> Reading<'d> {
    fn new(limits: &'d Limits) -> Self {
        Self {
            styles: Styles::default(),
            lists: Lists::default(),
            body: Body::new(limits),
            inline: Inline::default(),
            elements: Vec::new(),
            paragraphs: Vec::new(),
            covered: Vec::new(),
            grounds: Vec::new(),
            contents: 0,
        }
    }

    fn read(mut self, content: &str) -> Result<Document<'static>, Unreadable> {
        // Styles come first.
        self.styles.read(content)?;
        self.lists.set_kinds(self.styles.take_lists());
        let mut nodes = Nodes::of(content);
        while let Some(node) = nodes.next()? {
            if let Node::Start(tag) = node
                && tag.full_name() == "office:text"
            {
                self.read_text(&mut nodes)?;
            }
        }
        let blocks: Vec<Block<'static>> = self.body.finish()?;
        Ok(Document { blocks, ..Document::blank(Format::Odt, None) })
    }

    fn read_text(&mut self, nodes: &mut Nodes<'_>) -> Result<(), Unreadable> {
        loop {
            match nodes.next_inside()? {
                Node::Start(tag) => match self.start(&tag)? {
                    Some(element) => self.elements.push(element),
                    None => nodes.skip()?,
                },
                Node::Text(text) => self.inline.push(&text, &mut self.body),
                Node::End => match self.elements.pop() {
                    Some(element) => self.end(element)?,
                    None => return Ok(()),
                },
            }
        }
    }

    /// What an element is; none where nothing in it is to be read.
    fn start(&mut self, tag: &Tag<'_>) -> Result<Option<Element>, Unreadable> {
        let style = || tag.full_attribute("text:style-name").unwrap_or_default();
        let is_shown = || tag.full_attribute("text:display").is_none_or(|display| display != "none");
        Ok(Some(match tag.full_name() {
            "text:p" => {
                self.begin_paragraph(&style(), false, String::new());
                Element::Paragraph
            }
            "text:h" => {
                let number = self.heading_number(tag);
                self.begin_paragraph(&style(), true, number);
                Element::Paragraph
            }
            "text:span" => {
                self.inline.open(self.styles.look("text", &style()));
                Element::Run
            }
            "text:s" => {
                let count = open_document::repeated(tag, "text:c") as usize;
                self.body.budget.take_text(count)?;
                self.inline.push_verbatim(&" ".repeat(count), &mut self.body);
                Element::Around
            }
            "text:tab" => self.sign("\t"),
            "text:line-break" => self.sign("\n"),
            "text:soft-page-break" => Element::Around,
            "text:hidden-text" | "text:hidden-paragraph"
                if tag.full_attribute("text:is-hidden").is_none_or(|hidden| hidden != "false") =>
            {
                return Ok(None);
            }
            "text:section" if !is_shown() => return Ok(None),
            "text:list" => {
                self.lists.open(tag);
                Element::List
            }
            "text:list-item" => {
                self.lists.item(tag);
                Element::Item
            }
            "text:list-header" => {
                self.lists.header();
                Element::Item
            }
            "text:table-of-content" => {
                self.contents += 1;
                Element::Contents
            }
            "table:table" => {
                if self.styles.hides_table(&tag.full_attribute("table:style-name").unwrap_or_default()) {
                    return Ok(None);
                }
                self.body.begin_table()?;
                self.covered.push(0);
                self.push_ground("table", tag);
                Element::Table
            }
            "table:table-row" if !self.covered.is_empty() => {
                self.body.begin_row()?;
                self.covered.iter_mut().last().into_iter().for_each(|covered| *covered = 0);
                self.push_ground("table-row", tag);
                Element::Row
            }
            "table:table-cell" if !self.covered.is_empty() => {
                self.begin_cell(tag)?;
                self.push_ground("table-cell", tag);
                Element::Cell
            }
            "table:covered-table-cell" => {
                self.cover(open_document::repeated(tag, "table:number-columns-repeated"));
                return Ok(None);
            }
            "draw:image" => {
                if self.inline.is_seen() {
                    self.body.image();
                }
                return Ok(None);
            }
            "draw:frame" | "draw:text-box" | "draw:custom-shape" | "draw:rect" => {
                self.grounds.push(Colour::Unknown);
                Element::Drawing
            }
            "text:tracked-changes"
            | "text:note"
            | "text:ruby-text"
            | "text:index-title-template"
            | "text:table-of-content-source"
            | "office:annotation"
            | "office:forms"
            | "draw:object"
            | "draw:object-ole"
            | "svg:title"
            | "svg:desc" => return Ok(None),
            _ => Element::Around,
        }))
    }

    fn end(&mut self, element: Element) -> Result<(), Unreadable> {
        match element {
            Element::Paragraph => {
                self.inline.close();
                let ended = self.paragraphs.pop().unwrap_or_default();
                self.body.end_paragraph(ended)?;
            }
            Element::Run => self.inline.close(),
            Element::List => self.lists.close(),
            Element::Contents => self.contents -= 1,
            Element::Table => {
                self.grounds.pop();
                self.covered.pop();
                self.body.end_table()?;
            }
            Element::Cell => {
                self.grounds.pop();
                self.body.end_cell()?;
            }
            Element::Row | Element::Drawing => {
                self.grounds.pop();
            }
            Element::Around | Element::Item => {}
        }
        Ok(())
    }

    /// What is behind the text that comes next.
    fn ground(&self) -> Colour {
        self.grounds.last().copied().unwrap_or_else(|| self.styles.page())
    }

    /// Text comes on the ground of a table, or of a part of it.
    fn push_ground(&mut self, family: &str, tag: &Tag<'_>) {
        let style = tag.full_attribute("table:style-name").unwrap_or_default();
        let ground = self.styles.look(family, &style).ground().unwrap_or_else(|| self.ground());
        self.grounds.push(ground);
    }

    fn begin_paragraph(&mut self, style: &str, is_heading: bool, number: String) {
        let (look, is_contents) = self.styles.paragraph(style);
        self.inline.open_paragraph(look.over(Look::on(self.ground())));
        self.body.begin_paragraph();
        // The number of an item is that of its first paragraph.
        let own = self.lists.number();
        let number = if own.is_empty() { number } else { own };
        self.paragraphs.push(Ended { number, is_heading, is_contents: is_contents || self.contents > 0 });
    }

    /// What numbers a heading that is in no list.
    fn heading_number(&mut self, tag: &Tag<'_>) -> String {
        let is_unnumbered = tag.full_attribute("text:is-list-header").is_some_and(|is| is == "true");
        if is_unnumbered || self.lists.is_open() {
            return String::new();
        }
        let level = open_document::repeated(tag, "text:outline-level");
        let start = tag.full_attribute("text:start-value").and_then(|start| start.parse().ok());
        let restarts = tag.full_attribute("text:restart-numbering").is_some_and(|is| is == "true");
        self.lists.heading(level, start.filter(|_| restarts))
    }

    fn sign(&mut self, sign: &str) -> Element {
        self.inline.push_verbatim(sign, &mut self.body);
        Element::Around
    }
}
