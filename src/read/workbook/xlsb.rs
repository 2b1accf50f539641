//! `.xlsb`: the archive of an `.xlsx` workbook with records in its parts instead of XML.

mod record;
mod sheet;

use std::collections::{HashMap, HashSet};

use self::record::{records, rich_text, text};
use super::binary::{Bytes, Font, Fonts, SharedTexts};
use super::builder::WorkbookBuilder;
use super::looks::{Look, Looks};
use super::palette::Palette;
use crate::document::{Document, Format};
use crate::limits::Limits;
use crate::read::colour::Colour;
use crate::read::relations::{main_part, relations};
use crate::read::unreadable::Unreadable;
use crate::read::zip_file::ZipFile;

const USUAL: &str = "xl/workbook.bin";

/// The list of sheets is read up to its end; behind it there is nothing that matters.
const SHEET: u16 = 156;
const SHEETS_END: u16 = 144;
const SHARED_TEXT: u16 = 19;
const SHARED_TEXTS_END: u16 = 160;
/// What is in the part of styles.
const FONT: u16 = 43;
const NUMBER_FORMAT: u16 = 44;
const GROUND: u16 = 45;
const STYLE: u16 = 47;
const CELL_STYLES_BEGIN: u16 = 617;
const CELL_STYLES_END: u16 = 618;
const STYLES_END: u16 = 279;

/// Reads an `.xlsb` workbook.
///
/// # Errors
/// When the file is broken, or costs more than the limits allow.
pub fn read(mut file: ZipFile<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    // The parts of worksheets, by the ids of their relations.
    let workbook = main_part(&mut file, USUAL)?;
    let relations = relations(&mut file, &workbook)?;
    if relations.is_empty() {
        return Err(Unreadable::damaged("a workbook without relations to its sheets"));
    }
    let mut part = |kind: &str, usual: &str| {
        let stated = relations.iter().find(|relation| relation.kind == kind);
        file.read(stated.map_or(usual, |relation| &relation.part))
    };
    let (styles, texts) = (part("styles", "xl/styles.bin")?, part("sharedStrings", "xl/sharedstrings.bin")?);
    let (fonts, looks) = styles.map(|styles| fonts_and_looks(&styles)).transpose()?.unwrap_or_default();
    let worksheets = relations.into_iter().filter(|relation| relation.kind == "worksheet");
    let worksheets: HashMap<String, String> = worksheets.map(|relation| (relation.id, relation.part)).collect();
    let texts = match texts {
        Some(texts) => shared_texts(&texts, &fonts, limits)?,
        None => SharedTexts::default(),
    };
    let workbook = file.require(&workbook)?;
    let mut book = WorkbookBuilder::new(looks, limits);
    let mut seen = HashSet::new();
    for (name, id) in visible_sheets(&workbook)? {
        // What is no worksheet is a sheet of charts, dialogues or macros.
        let Some(worksheet) = id.and_then(|id| worksheets.get(&id)) else {
            book.pass_over(&name)?;
            continue;
        };
        if !seen.insert(worksheet) {
            return Err(Unreadable::damaged("one part is used for many sheets"));
        }
        if book.begin(&name) {
            sheet::read(&file.require(worksheet)?, &texts, &fonts, &mut book)?;
            book.end()?;
        }
    }
    Ok(book.finish(Format::Xlsb))
}

/// Name of a sheet that is shown, and id of its relation, if it has one.
fn visible_sheets(workbook: &[u8]) -> Result<Vec<(String, Option<String>)>, Unreadable> {
    let mut records = records(workbook);
    let mut sheets = Vec::new();
    loop {
        let record = records.next()?;
        match record.kind {
            SHEET => {
                let (is_shown, id, name) = record.read(listed)?;
                sheets.extend(is_shown.then_some((name, id)));
            }
            SHEETS_END => return Ok(sheets),
            _ => {}
        }
    }
}

fn listed(bytes: &mut Bytes<'_>) -> Option<(bool, Option<String>, String)> {
    let (state, _number) = (bytes.u32()?, bytes.u32()?);
    let id = text(bytes)?;
    let name = text(bytes)??;
    Some((state == 0, id, name))
}

/// The fonts, and how cells look, by the end of the styles or of those of cells.
fn fonts_and_looks(part: &[u8]) -> Result<(Fonts, Looks), Unreadable> {
    let mut records = records(part);
    let mut fonts = Fonts::default();
    let (mut colours, mut grounds) = (Vec::new(), Vec::new());
    let (mut looks, mut formats) = (Vec::new(), HashMap::new());
    let mut is_of_cells = false;
    loop {
        let record = records.next()?;
        match record.kind {
            FONT => {
                let (font, colour) = font(Bytes(record.body)).unwrap_or((Font::default(), Colour::Unknown));
                fonts.push(font);
                colours.push(colour);
            }
            GROUND => grounds.push(ground(Bytes(record.body)).unwrap_or(Colour::Unknown)),
            NUMBER_FORMAT => formats.extend(number_format(Bytes(record.body))),
            CELL_STYLES_BEGIN => is_of_cells = true,
            STYLE if is_of_cells => {
                looks.push(look(Bytes(record.body), &fonts, &colours, &grounds).unwrap_or_default());
            }
            CELL_STYLES_END | STYLES_END => break,
            _ => {}
        }
    }
    let looks = Looks::new(looks, |number| formats.get(&number).map(String::as_str));
    Ok((fonts, looks))
}

/// A font, and its colour.
fn font(mut bytes: Bytes<'_>) -> Option<(Font, Colour)> {
    let (_height, properties, _weight) = (bytes.u16()?, bytes.u16()?, bytes.u16()?);
    let font = Font::of(properties, bytes.u16()?);
    // Underlines, family and script.
    bytes.take(4)?;
    Some((font, colour(&mut bytes)?))
}

/// What is behind cells; none other than one colour.
fn ground(mut bytes: Bytes<'_>) -> Option<Colour> {
    match bytes.u32()? {
        0 => Some(Colour::WHITE),
        1 => colour(&mut bytes),
        _ => None,
    }
}

fn colour(bytes: &mut Bytes<'_>) -> Option<Colour> {
    let (kind, number, tint, rgb) = (bytes.u8()? >> 1, bytes.u8()?, bytes.u16()?, bytes.u32()?);
    let [red, green, blue, _] = rgb.to_le_bytes();
    Some(match kind {
        1 if tint == 0 => Palette::default().colour(number.into()),
        2 if tint == 0 => Colour::Rgb([red, green, blue]),
        3 => Palette::of_theme(number.into(), tint),
        _ => Colour::Unknown,
    })
}

/// The code of a number format, by its number.
fn number_format(mut bytes: Bytes<'_>) -> Option<(u32, String)> {
    let number = bytes.u16()?;
    Some((number.into(), text(&mut bytes)??))
}

fn look(mut bytes: Bytes<'_>, fonts: &Fonts, colours: &[Colour], grounds: &[Colour]) -> Option<Look> {
    let (_parent, format, font, ground) = (bytes.u16()?, bytes.u16()?, bytes.u16()?, bytes.u16()?);
    let is_struck = fonts.font(font.into()).is_struck;
    let colours = colours.get(usize::from(font)).zip(grounds.get(usize::from(ground)));
    let is_hidden = colours.is_some_and(|(colour, ground)| colour.vanishes_on(*ground));
    Some(Look { format: format.into(), is_struck, is_hidden })
}

fn shared_texts(part: &[u8], fonts: &Fonts, limits: &Limits) -> Result<SharedTexts, Unreadable> {
    let mut records = records(part);
    let mut texts = SharedTexts::default();
    loop {
        let record = records.next()?;
        match record.kind {
            SHARED_TEXT => texts.push(record.read(|bytes| rich_text(bytes, fonts))?, limits)?,
            SHARED_TEXTS_END => return Ok(texts),
            _ => {}
        }
    }
}
