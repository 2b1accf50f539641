//! `.xlsx` and `.xlsm`: an archive of parts in XML: the list of sheets, the texts that cells share, and a part a sheet.

mod sheet;
mod styles;
mod text;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::binary::SharedTexts;
use super::builder::WorkbookBuilder;
use crate::document::{Document, Format};
use crate::limits::Limits;
use crate::read::relations::{main_part, relations};
use crate::read::unreadable::Unreadable;
use crate::read::xml::{self, Node, Nodes};
use crate::read::zip_file::ZipFile;

const USUAL: &str = "xl/workbook.xml";

/// Reads an `.xlsx` or `.xlsm` workbook.
///
/// # Errors
/// When the file is broken, or costs more than the limits allow.
pub fn read(mut file: ZipFile<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let workbook = main_part(&mut file, USUAL)?;
    let relations = relations(&mut file, &workbook)?;
    if relations.is_empty() {
        return Err(Unreadable::damaged("a workbook without relations to its sheets"));
    }
    let texts = relations.iter().find(|relation| relation.kind == "sharedStrings");
    let texts = texts.map(|relation| file.read(&relation.part)).transpose()?.flatten();
    let texts = match texts {
        Some(texts) => text::shared(&xml::text(texts)?, limits)?,
        None => SharedTexts::default(),
    };
    let looks = relations.iter().find(|relation| relation.kind == "styles");
    let looks = looks.map(|relation| file.read(&relation.part)).transpose()?.flatten();
    let looks = looks.map(|looks| styles::looks(&xml::text(looks)?)).transpose()?.unwrap_or_default();
    let parts: HashMap<&str, (&str, &str)> =
        relations.iter().map(|relation| (&*relation.id, (&*relation.kind, &*relation.part))).collect();
    let workbook = xml::text(file.require(&workbook)?)?;
    let mut book = WorkbookBuilder::new(looks, limits);
    let mut seen = HashSet::new();
    for (name, id) in visible_sheets(&workbook)? {
        // What is no worksheet is a sheet of charts, dialogues or macros.
        let Some(&(_, part)) = parts.get(&*id).filter(|(kind, _)| *kind == "worksheet") else {
            book.pass_over(&name)?;
            continue;
        };
        if !seen.insert(part) {
            return Err(Unreadable::damaged("one part is used for many sheets"));
        }
        if !book.begin(&name) {
            continue;
        }
        if sheet::read(&xml::text(file.require(part)?)?, &texts, &mut book)? {
            book.end()?;
        } else {
            book.pass_over(&name)?;
        }
    }
    Ok(book.finish(Format::Xlsx))
}

/// Name of a sheet that is shown, and id of its relation.
fn visible_sheets(workbook: &str) -> Result<Vec<(String, String)>, Unreadable> {
    let mut nodes = Nodes::of(workbook);
    let mut sheets = Vec::new();
    let mut is_workbook = false;
    while let Some(node) = nodes.next()? {
        let Node::Start(tag) = node else { continue };
        is_workbook |= tag.name() == "workbook";
        if tag.name() != "sheet" {
            continue;
        }
        let (mut name, mut id, mut is_shown) = (String::new(), String::new(), true);
        for (key, value) in tag.attributes() {
            match key {
                "name" => name = value.into_owned(),
                "id" => id = value.into_owned(),
                "state" => is_shown = value == "visible",
                _ => {}
            }
        }
        sheets.extend(is_shown.then_some((name, id)));
    }
    if is_workbook { Ok(sheets) } else { Err(Unreadable::damaged("a workbook that is none")) }
}
