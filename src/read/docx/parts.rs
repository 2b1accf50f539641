//! The parts of a document that are read.

use crate::read::relations::{main_part, relations};
use crate::read::unreadable::Unreadable;
use crate::read::xml;
use crate::read::zip_file::ZipFile;

/// The texts of the parts.
pub(super) struct Parts {
    pub document: String,
    pub styles: Option<String>,
    pub numbering: Option<String>,
}

/// # Errors
/// When the document itself is not there, or cannot be read.
pub(super) fn read(file: &mut ZipFile<'_>) -> Result<Parts, Unreadable> {
    const USUAL: &str = "word/document.xml";
    let main = main_part(file, USUAL)?;
    let document = xml::text(file.require(&main)?)?;
    let relations = relations(file, &main)?;
    let mut part = |kind: &str| {
        let Some(relation) = relations.iter().find(|relation| relation.kind == kind) else { return Ok(None) };
        file.read(&relation.part)?.map(xml::text).transpose()
    };
    Ok(Parts { document, styles: part("styles")?, numbering: part("numbering")? })
}
