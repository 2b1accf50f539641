//! Documents of word processors (`.docx`): paragraphs and tables as a reader of the printed document sees them. Deleted,
//! hidden and struck-out text, the prompts of form fields and the inputs of computed fields are left out; automatic
//! numbers are included.

mod numbering;
mod parts;
mod styles;
mod trail;

#[cfg(test)]
mod tests;

use std::ops::Range;

use self::parts::Parts;
use self::styles::{Properties, RunStyle, Styles, shading};
use self::trail::Trail;
pub(crate) use self::trail::{Piece, Traced};
use super::colour::Colour;
use super::unreadable::Unreadable;
use super::word::{Body, Ended, FieldMark, Fields, Merge, Numbering};
use super::xml::{Node, Nodes, Tag};
use super::zip_file::ZipFile;
use crate::document::{Block, Document, Format};
use crate::limits::Limits;

/// Reads a `.docx` document.
///
/// # Errors
/// When the file is broken, or costs more than the limits allow.
pub fn read(mut file: ZipFile<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let parts = parts::read(&mut file)?;
    let (reading, _) = (parts.reading(&parts.document, limits, false))?;
    Ok(Document { blocks: reading, ..Document::blank(Format::Docx, None) })
}

/// Where the paragraphs of a document stand in the text of its main part, `document`, which has no byte order mark. It is
/// read as [`read`] reads it, so that places mean the same.
///
/// # Errors
/// When the file is broken, or costs more than the limits allow.
pub(crate) fn trail(file: &mut ZipFile<'_>, document: &str, limits: &Limits) -> Result<Vec<Traced>, Unreadable> {
    let (_, trail) = parts::read(file)?.reading(document, limits, true)?;
    Ok(trail.unwrap_or_default().paragraphs)
}

impl Parts {
    /// What is in a document with these parts, and where, if that is asked for.
    fn reading(
        &self,
        document: &str,
        limits: &Limits,
        is_traced: bool,
    ) -> Result<(Vec<Block<'static>>, Option<Trail>), Unreadable> {
        let styles = self.styles.as_deref().map(Styles::read).transpose()?.unwrap_or_default();
        let numbering = self.numbering.as_deref().map(numbering::read).transpose()?.unwrap_or_default();
        let mut reading = Reading::new(&styles, numbering, limits);
        reading.trail = is_traced.then(Trail::default);
        let mut nodes = Nodes::of(document);
        while let Some(node) = nodes.next()? {
            reading.span = nodes.span();
            reading.node(node)?;
        }
        let trail = reading.trail.take();
        Ok((reading.finish()?, trail))
    }
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
    Run,
    RunProperties,
    Text,
    Table,
    TableProperties,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    TextBox,
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
    properties: Properties,
    /// Its end is deleted: it goes on in the next one.
    goes_on: bool,
}

/// A run that is being read.
#[derive(Debug, Default, Clone, Copy)]
struct Run {
    style: RunStyle,
    /// A run around the text box that it is in is hidden.
    is_in_hidden: bool,
}

impl Run {
    fn is_hidden(self) -> bool {
        self.is_in_hidden || self.style.is_hidden()
    }
}

/// The document as far as it has been read.
struct Reading<'d> {
    styles: &'d Styles,
    numbering: Numbering,
    body: Body<'d>,
    elements: Vec<Element>,
    /// So many elements are open whose content is nothing to read, each in the one before.
    silent: usize,
    /// So many controls are open whose text is not shown.
    unseen: usize,
    /// What is behind the page, and behind the open tables, cells and text boxes.
    grounds: Vec<Colour>,
    fields: Fields,
    /// The open paragraphs: one, and those in text boxes within it.
    paragraphs: Vec<Paragraph>,
    /// The open runs: one, and those in text boxes within it.
    runs: Vec<Run>,
    /// The bytes of the node that is read.
    span: Range<usize>,
    /// Where all is that was read, if that is asked for.
    trail: Option<Trail>,
}

impl<'d> Reading<'d> {
    fn new(styles: &'d Styles, numbering: Numbering, limits: &'d Limits) -> Self {
        Self {
            styles,
            numbering,
            body: Body::new(limits),
            elements: Vec::new(),
            silent: 0,
            unseen: 0,
            grounds: vec![Colour::WHITE],
            fields: Fields::default(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            span: 0..0,
            trail: None,
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
            Element::TableProperties => {
                self.table_property(tag);
                return Ok(None);
            }
            Element::RowProperties => return Ok(self.row_property(tag)),
            Element::CellProperties => {
                self.cell_property(tag);
                return Ok(None);
            }
            Element::ControlProperties => return Ok(self.control_property(tag)),
            _ => {}
        }
        let element = match tag.name() {
            "p" => {
                self.body.begin_paragraph();
                if let Some(trail) = &mut self.trail {
                    trail.begin_paragraph(self.span.clone(), tag.full_name());
                }
                self.paragraphs.push(Paragraph::default());
                Element::Paragraph
            }
            "pPr" => Element::ParagraphProperties,
            "r" => {
                if let Some(trail) = &mut self.trail {
                    trail.begin_run(self.span.clone(), tag.full_name());
                }
                let paragraph = self.paragraphs.last();
                let style = paragraph.map(|paragraph| self.styles.of_paragraph(&paragraph.properties));
                self.runs.push(Run { style: style.unwrap_or_default(), is_in_hidden: self.is_in_hidden_run() });
                Element::Run
            }
            // The ground of the whole document.
            "background" => {
                self.grounds[0] = Colour::Unknown;
                return Ok(None);
            }
            "txbxContent" => {
                self.grounds.push(Colour::Unknown);
                Element::TextBox
            }
            "fldChar" => {
                self.fields.mark(match tag.attribute("fldCharType").as_deref() {
                    Some("begin") => FieldMark::Begin,
                    Some("separate") => FieldMark::Separate,
                    _ => FieldMark::End,
                });
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
                self.body.begin_table()?;
                self.grounds.push(self.ground());
                Element::Table
            }
            "tr" => {
                self.body.begin_row()?;
                Element::Row
            }
            "trPr" => Element::RowProperties,
            "tc" if self.body.table().is_some_and(|table| table.row_is_dropped()) => return Ok(None),
            "tc" => {
                self.fields.enter(self.body.depth());
                self.body.begin_cell()?;
                self.grounds.push(self.ground());
                Element::Cell
            }
            "tblPr" => Element::TableProperties,
            "tcPr" => Element::CellProperties,
            // The picture itself, of today's drawings and of those before.
            "blip" | "imagedata" => {
                if self.unseen == 0 && !self.is_in_hidden_run() {
                    self.body.image();
                }
                Element::Around
            }
            "sdt" => Element::Control { is_prompt: false },
            "sdtPr" => Element::ControlProperties,
            "AlternateContent" => Element::Alternatives { is_taken: false },
            "Choice" | "Fallback" => return Ok(self.alternative()),
            // Another file, which the word processor would show in its place.
            "altChunk" | "subDoc" => return Err(Unreadable::Unsupported { format: "docx (altChunk)" }),
            "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "rt" | "tblPrEx" | "tblGrid" | "sectPr"
            | "fldData" | "binData" => return Ok(None),
            _ => Element::Around,
        };
        Ok(Some(element))
    }

    fn end(&mut self, element: Element) -> Result<(), Unreadable> {
        match element {
            Element::Paragraph => self.end_paragraph()?,
            Element::Control { is_prompt: true } => self.unseen -= 1,
            Element::Run => {
                self.runs.pop();
                if let Some(trail) = &mut self.trail {
                    trail.end_run(self.span.end);
                }
            }
            Element::TextBox => drop(self.grounds.pop()),
            Element::Table => {
                self.grounds.pop();
                self.body.end_table()?;
            }
            Element::Cell => {
                if let Some(trail) = &mut self.trail {
                    trail.end_cell();
                }
                self.fields.leave(self.body.depth());
                self.grounds.pop();
                self.body.end_cell()?;
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
        let around = self.elements.len().checked_sub(2).map(|at| self.elements[at]);
        let run = self.runs.last_mut().filter(|_| around == Some(Element::Run))?;
        match tag.name() {
            "rStyle" => {
                let paragraph = self.paragraphs.last().map(|paragraph| &paragraph.properties);
                if let Some((named, paragraph)) = tag.value().zip(paragraph) {
                    run.style = self.styles.of_named(&named, paragraph);
                }
            }
            _ => run.style.take(tag),
        }
        None
    }

    fn table_property(&mut self, tag: &Tag<'_>) {
        let ground = match tag.name() {
            "tblStyle" if tag.value().is_some_and(|style| self.styles.shades(&style)) => Some(Colour::Unknown),
            "shd" => shading(tag),
            _ => None,
        };
        self.lay(ground);
    }

    fn row_property(&mut self, tag: &Tag<'_>) -> Option<Element> {
        let table = self.body.table()?;
        match tag.name() {
            "gridBefore" => table.leave_free(tag.number().unwrap_or(0)),
            "del" | "hidden" if tag.is_on() => table.drop_row(),
            "trHeight" if is_nothing(tag) => table.drop_row(),
            _ => {}
        }
        None
    }

    fn cell_property(&mut self, tag: &Tag<'_>) {
        let Some(table) = self.body.table() else { return };
        // The value may be left out.
        let merge = || if tag.value().as_deref() == Some("restart") { Merge::Restart } else { Merge::Continue };
        match tag.name() {
            "gridSpan" => table.span(tag.number().unwrap_or(1)),
            "vMerge" => table.merge_vertically(merge()),
            "hMerge" => table.merge_horizontally(merge()),
            "cellDel" => table.delete_cell(),
            "shd" => self.lay(shading(tag)),
            _ => {}
        }
    }

    /// Notes the ground of the table or cell that was opened last, where it has one of its own.
    fn lay(&mut self, ground: Option<Colour>) {
        if let Some((last, ground)) = self.grounds.last_mut().zip(ground) {
            *last = ground;
        }
    }

    fn ground(&self) -> Colour {
        self.grounds.last().copied().unwrap_or(Colour::Unknown)
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
        if self.elements.last() == Some(&Element::Run) {
            self.push(sign);
        }
        None
    }

    fn push(&mut self, text: &str) {
        if self.unseen > 0 || self.fields.hide() {
            return;
        }
        let style = self.runs.last().map(|run| run.style).unwrap_or_default();
        if !self.is_in_hidden_run() && !style.vanishes_on(self.ground()) {
            self.body.push(text, style.is_raised());
            if let Some(trail) = &mut self.trail {
                trail.push(text, self.span.clone());
            }
        }
    }

    fn is_in_hidden_run(&self) -> bool {
        self.runs.last().is_some_and(|run| run.is_hidden())
    }

    fn end_paragraph(&mut self) -> Result<(), Unreadable> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        if let Some(trail) = &mut self.trail {
            trail.end_paragraph(self.span.end, self.body.places(), paragraph.goes_on);
        }
        if paragraph.goes_on {
            self.body.go_on();
            return Ok(());
        }
        let properties = self.styles.apply(paragraph.properties);
        let number = match &properties.list {
            Some(list) => self.numbering.next(list, properties.level.unwrap_or(0)),
            None => String::new(),
        };
        let is_heading = properties.is_heading == Some(true);
        self.body.end_paragraph(Ended { number, is_heading, is_contents: properties.is_contents })
    }

    fn finish(self) -> Result<Vec<Block<'static>>, Unreadable> {
        self.body.finish()
    }
}

/// Whether rows are of no height, whatever is in them.
fn is_nothing(height: &Tag<'_>) -> bool {
    const NOTHING: u32 = 20;
    height.attribute("hRule").as_deref() == Some("exact") && height.number().is_some_and(|height| height <= NOTHING)
}
