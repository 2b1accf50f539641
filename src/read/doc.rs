//! Documents of Word 97 to 2003 (`.doc`, `.wps` of Kingsoft): text in pieces, and formats for stretches of the file. A
//! table is nothing but paragraphs that say of themselves that they are in one.

mod body;
mod boxes;
mod information;
mod lists;
mod pages;
mod pieces;
mod properties;
mod rows;
mod sprms;
mod styles;

use self::body::Reading;
use self::boxes::Boxes;
use self::information::{Information, Part};
use self::pages::Pages;
use self::pieces::Pieces;
use self::properties::{Character, Paragraph};
use self::styles::Styles;
use super::compound_file::CompoundFile;
use super::unreadable::Unreadable;
use crate::document::{Document, Format};
use crate::limits::{Limit, Limits};

/// The stream with the text, and with the formats of its stretches.
pub(super) const STREAM: &str = "WordDocument";
/// The stream with what is too long for a page of formats.
const DATA: &str = "Data";

/// Reads a `.doc` document.
///
/// # Errors
/// When the file is broken, under a password or older than Word 97, or costs more than the limits allow.
pub fn read(file: &CompoundFile<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let document = file.read(STREAM)?;
    let information = Information::read(&document)?;
    let [table, other] = information.tables();
    // Some writers say one and have the other.
    let table = file.read(table).or_else(|error| file.read(other).map_err(|_| error))?;
    let data = file.read(DATA).unwrap_or_default();
    let part = |part: Part| information.part(&document, &table, part);

    let pieces = Pieces::read(part(Part::Pieces), &document)?;
    if pieces.text.len() as u64 > limits.text_bytes {
        return Err(Unreadable::too_large(Limit::TextBytes, limits));
    }
    let characters = Pages::read(part(Part::CharacterPages), &document, Character::read_page)?;
    let mut long = properties::Long::new(&data);
    let paragraphs = Pages::read(part(Part::ParagraphPages), &document, |page| Paragraph::read_page(page, &mut long))?;
    let styles = Styles::read(part(Part::Styles));
    // How long the list is says nothing of the levels behind it.
    let numbering = lists::read(information.rest_of(&document, &table, Part::Lists), part(Part::ListUses));
    let boxes = Boxes::read(part(Part::BoxTexts), part(Part::Anchors), part(Part::Drawings));

    let mut reading = Reading::new(&pieces, (&characters, &paragraphs), &styles, numbering, boxes, limits);
    reading.read(information.body(), information.boxes())?;
    Ok(Document { blocks: reading.finish()?, ..Document::blank(Format::Doc, None) })
}
