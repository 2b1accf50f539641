//! `.xlsb`: the archive of an `.xlsx` workbook with records in its parts instead of XML.

mod record;
mod sheet;

use std::collections::{HashMap, HashSet};

use self::record::{Records, text};
use super::book::Book;
use super::bytes::Record;
use crate::document::{Document, Format};
use crate::limits::{Limit, Limits};
use crate::read::Unreadable;
use crate::read::archive::Archive;
use crate::read::xml::{self, Node};

const WORKBOOK: &str = "xl/workbook.bin";
const RELATIONS: &str = "xl/_rels/workbook.bin.rels";
const SHARED_TEXTS: &str = "xl/sharedstrings.bin";

/// The list of sheets is read up to its end; behind it there is nothing that matters.
const SHEET: u16 = 156;
const SHEETS_END: u16 = 144;
const SHARED_TEXT: u16 = 19;
const SHARED_TEXTS_END: u16 = 160;

/// Reads an `.xlsb` workbook.
///
/// # Errors
/// When the file is broken, or costs more than the limits allow.
pub fn read(mut archive: Archive<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let worksheets = worksheets(part(&mut archive, RELATIONS)?)?;
    let texts = match archive.read(SHARED_TEXTS)? {
        Some(texts) => shared_texts(&texts, limits)?,
        None => Vec::new(),
    };
    let workbook = part(&mut archive, WORKBOOK)?;
    let mut book = Book::new(limits);
    let mut seen = HashSet::new();
    for (name, id) in visible_sheets(&workbook)? {
        // What is no worksheet is a sheet of charts, dialogues or macros.
        let Some(worksheet) = worksheets.get(&id) else { continue };
        if !seen.insert(worksheet) {
            return Err(Unreadable::Damaged { detail: "one part stands for many sheets".to_owned() });
        }
        if book.begin(&name) {
            sheet::read(&part(&mut archive, worksheet)?, &texts, &mut book)?;
            book.end()?;
        }
    }
    Ok(book.finish(Format::Xlsb))
}

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Vec<u8>, Unreadable> {
    archive.read(name)?.ok_or_else(|| Unreadable::Damaged { detail: format!("no part named {name}") })
}

/// Name of a sheet that is shown, and id of its relation.
fn visible_sheets(workbook: &[u8]) -> Result<Vec<(String, String)>, Unreadable> {
    let mut records = Records::new(workbook);
    let mut sheets = Vec::new();
    loop {
        let record = records.next()?;
        match record.kind {
            SHEET => {
                let Some((is_shown, id, name)) = listed(record) else { return Err(record.too_short()) };
                // One without a relation is empty for good.
                sheets.extend(id.filter(|_| is_shown).map(|id| (name, id)));
            }
            SHEETS_END => return Ok(sheets),
            _ => {}
        }
    }
}

fn listed(record: Record<'_>) -> Option<(bool, Option<String>, String)> {
    let mut bytes = record.bytes();
    let (state, _number) = (bytes.u32()?, bytes.u32()?);
    let id = text(&mut bytes)?;
    let name = text(&mut bytes)??;
    Some((state == 0, id, name))
}

fn shared_texts(part: &[u8], limits: &Limits) -> Result<Vec<String>, Unreadable> {
    let mut records = Records::new(part);
    let mut texts = Vec::new();
    loop {
        let record = records.next()?;
        match record.kind {
            SHARED_TEXT if texts.len() >= limits.cells => {
                return Err(Unreadable::TooLarge { what: Limit::Cells, limit: limits.cells as u64 });
            }
            SHARED_TEXT => {
                let mut bytes = record.bytes();
                // Which fonts and whether there is a pronunciation; both stand behind the text.
                let text = bytes.u8().and_then(|_| text(&mut bytes)).flatten();
                let Some(text) = text else { return Err(record.too_short()) };
                texts.push(text);
            }
            SHARED_TEXTS_END => return Ok(texts),
            _ => {}
        }
    }
}

/// The parts of worksheets, by the ids of their relations.
fn worksheets(part: Vec<u8>) -> Result<HashMap<String, String>, Unreadable> {
    let mut worksheets = HashMap::new();
    xml::walk(&xml::text(part)?, |node| {
        if let Node::Start(tag) = node
            && tag.name() == "Relationship"
            && tag.attribute("Type").is_some_and(|kind| kind.ends_with("/worksheet"))
        {
            let relation = tag.attribute("Id").zip(tag.attribute("Target"));
            worksheets.extend(relation.map(|(id, target)| (id, located(&target))));
        }
        Ok(())
    })?;
    Ok(worksheets)
}

/// The part that is meant, as the archive names it; targets count from the folder of the workbook.
fn located(target: &str) -> String {
    let target = target.replace('\\', "/").to_ascii_lowercase();
    match target.strip_prefix('/') {
        Some(from_the_top) => from_the_top.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    }
}
