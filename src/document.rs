//! The document that every reader makes of a file: headings, paragraphs and tables in reading order, each stretch of
//! text with its place in the file. It does not depend on forms or rules.

mod formula;
mod location;
mod part;
mod passage;
mod table;

use std::ops::Range;

use crate::encoding::Encoding;
pub use formula::{Area, Formula};
pub use location::{CellRef, Location, PageArea};
pub use part::Part;
pub use passage::{Origin, Passage, PassageBuilder, Piece, Spot};
pub use table::{Cell, Row, Table, TableBuilder};

/// How a file is written. The names are those of the JSON key `format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Markdown,
    Text,
    Html,
    /// Values set apart by commas, semicolons or tabs, with quotes around them.
    Csv,
    /// `.xlsx` and `.xlsm`.
    Xlsx,
    /// A workbook before 2007; `.et` of WPS is one too.
    Xls,
    Xlsb,
    Ods,
    Docx,
    /// A document before 2007; `.wps` of WPS is one too.
    Doc,
    Odt,
    /// A page with all that belongs to it in one file.
    Mhtml,
    Pdf,
    /// Recognised, but there is no reader for it.
    Unsupported(&'static str),
    /// Not recognized.
    Unknown,
}

impl Format {
    /// The name used in JSON and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Odt => "odt",
            Self::Mhtml => "mhtml",
            Self::Pdf => "pdf",
            Self::Unsupported(name) => name,
            Self::Unknown => "unknown",
        }
    }
}

/// A report as it was read: blocks in reading order.
#[derive(Debug)]
pub struct Document<'s> {
    pub format: Format,
    /// The character encoding; none for formats that carry their own.
    pub encoding: Option<Encoding>,
    pub blocks: Vec<Block<'s>>,
    /// Of a workbook: the cells whose values are computed.
    pub formulas: Vec<Formula>,
    /// Bytes of the file that are no character in its encoding.
    pub undecodable: Vec<Range<u32>>,
    /// Of a PDF: glyphs whose characters nobody knows.
    pub unknown_glyphs: Vec<UnknownGlyphs>,
    /// Of a workbook: what is there and not printed, and so not read.
    pub unprinted: Unprinted,
}

/// Glyphs of one font that no character is known for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownGlyphs {
    pub font: String,
    pub count: usize,
    /// The place of the first one.
    pub first: Location,
}

/// Cells that hold something which is not printed.
#[derive(Debug, Default)]
pub struct Unprinted {
    /// In rows and columns that are hidden, or left out by a filter.
    pub hidden: Counted,
    /// Below merged cells.
    pub covered: Counted,
    /// The places of sheets that are shown and no tables: of charts, dialogues or macros, or without cells in the file.
    pub sheets: Vec<Location>,
}

/// How many there are of something, and where the first is.
#[derive(Debug, Default)]
pub struct Counted {
    pub count: usize,
    pub first: Option<Location>,
}

impl Counted {
    /// Counts one more, which is at this place.
    pub fn add(&mut self, place: Location) {
        self.count += 1;
        self.first.get_or_insert(place);
    }
}

impl Document<'_> {
    /// A document without anything in it.
    pub fn blank(format: Format, encoding: Option<Encoding>) -> Self {
        Self {
            format,
            encoding,
            blocks: Vec::new(),
            formulas: Vec::new(),
            undecodable: Vec::new(),
            unknown_glyphs: Vec::new(),
            unprinted: Unprinted::default(),
        }
    }

    /// Whether it is running text from end to end.
    pub fn has_no_table(&self) -> bool {
        !self.blocks.iter().any(|block| matches!(block, Block::Table(_)))
    }

    /// The places of its pictures.
    pub fn images(&self) -> impl Iterator<Item = &Location> {
        self.blocks.iter().filter_map(|block| if let Block::Image(place) = block { Some(place) } else { None })
    }

    /// The place of the first thing in it.
    pub fn start(&self) -> Location {
        let first = self.blocks.iter().find_map(|block| match block {
            Block::Heading(passage) | Block::Paragraph(passage) => Some(passage.place()),
            Block::Table(table) => table.cells().first().map(|cell| cell.passage.place()),
            Block::Image(place) => Some(place.clone()),
        });
        first.unwrap_or_else(|| Location::text(0..0))
    }
}

/// One piece of a document.
#[derive(Debug)]
pub enum Block<'s> {
    /// Marked as a heading by the format itself: `##`, `<h2>`, the name of a worksheet.
    Heading(Passage<'s>),
    /// Running text. Lines of the file are kept apart by `\n`.
    Paragraph(Passage<'s>),
    Table(Table<'s>),
    /// A picture, in which a table may be printed. One within a paragraph or a table comes behind it, of several there only
    /// the first.
    Image(Location),
}

impl<'s> Block<'s> {
    /// A heading or a paragraph.
    pub fn text(passage: Passage<'s>, is_heading: bool) -> Self {
        if is_heading { Self::Heading(passage) } else { Self::Paragraph(passage) }
    }
}
