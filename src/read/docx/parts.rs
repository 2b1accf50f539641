//! The parts of a document that are read, found by the relations between them: their names are the writer's to choose.

use crate::read::Unreadable;
use crate::read::archive::Archive;
use crate::read::xml::{self, Node};

/// The texts of the parts.
pub(super) struct Parts {
    pub document: String,
    pub styles: Option<String>,
    pub numbering: Option<String>,
}

/// # Errors
/// When the document itself is not there, or cannot be read.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Parts, Unreadable> {
    const USUAL: &str = "word/document.xml";
    let main = related(archive, "", "officeDocument")?.filter(|name| archive.part(name).is_some());
    let main = main.unwrap_or_else(|| USUAL.to_owned());
    let Some(document) = archive.read(&main)? else {
        return Err(Unreadable::Damaged { detail: format!("no part named {main}") });
    };
    let mut part = |kind: &str| {
        let Some(name) = related(archive, &main, kind)? else { return Ok(None) };
        archive.read(&name)?.map(xml::text).transpose()
    };
    Ok(Parts { document: xml::text(document)?, styles: part("styles")?, numbering: part("numbering")? })
}

/// The part that bears this relation to the part `owner`, or to the file itself where that is empty.
fn related(archive: &mut Archive<'_>, owner: &str, kind: &str) -> Result<Option<String>, Unreadable> {
    let (folder, file) = owner.rsplit_once('/').unwrap_or(("", owner));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let Some(relations) = archive.read(&format!("{folder}_rels/{file}.rels"))? else { return Ok(None) };
    let mut found = None;
    xml::walk(&xml::text(relations)?, |node| {
        if let Node::Start(tag) = node
            && found.is_none()
            && tag.attribute("Type").is_some_and(|of| of.rsplit('/').next() == Some(kind))
        {
            found = tag.attribute("Target");
        }
        Ok(())
    })?;
    // Names in an archive are looked up in lower case.
    Ok(found.map(|target| match target.strip_prefix('/') {
        Some(whole) => whole.to_ascii_lowercase(),
        None => format!("{folder}{}", target.trim_start_matches("./").to_ascii_lowercase()),
    }))
}
