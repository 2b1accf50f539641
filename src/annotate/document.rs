//! Documents (`.docx`): comments at the very figures, which are shaded, and at the place where something is missing.

mod anchor;
mod comments;
mod controls;
mod earlier;
mod fields;
mod names;

use std::collections::{BTreeMap, HashMap};

use super::marks::{Mark, Weight, clipped, general};
use super::package::{Package, folder_of};
use super::refused::Refused;
use super::xml::{Edits, Walk};
use crate::document::{CellRef, Location};
use crate::limits::Limits;
use crate::message::{Language, Message};
use crate::read::{Traced, Unreadable, ZipFile, trail};
use crate::view::{self, Report};
use anchor::{Anchor, anchor};
use fields::Field;
use names::{GROUNDS, Names};

const USUAL: &str = "word/document.xml";
/// So many comments a document bears at most; further findings are in the last one.
const COMMENTS: usize = 1_000;
/// The family of relations where a document has none to go by.
const FAMILY: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The marked document, and what else is to be said.
pub(super) fn mark(
    bytes: &[u8],
    (marks, reports): (&[Mark], &[Report]),
    limits: &Limits,
    language: Language,
) -> Result<(Vec<u8>, Vec<Message>), Refused> {
    let mut package = Package::open(bytes, limits)?;
    let part = package.main_part(USUAL)?;
    let whole = package.require(&part)?;
    let relations = package.relations(&part)?;
    let by_kind = |kind: &str| relations.iter().find(|one| one.kind == kind).map(|one| one.part.clone());
    let family =
        relations.iter().find(|one| one.kind == "styles").map_or_else(|| FAMILY.to_owned(), |one| one.family.clone());
    let comments_part = by_kind("comments").filter(|part| package.has(|name| name == part));
    let old = comments_part.as_ref().map(|part| package.require(part)).transpose()?;
    let known = old.as_deref().map(comments::Known::read).transpose()?.unwrap_or_default();
    let text = earlier::without(whole.trim_start_matches('\u{feff}'), &known.ours)?;
    let paragraphs = trail(&mut ZipFile::new(bytes, limits)?, &text, limits)?;
    let mut walk = Walk::of(&text);
    let Some(root) = super::package::root(&mut walk)? else { return Err(Unreadable::damaged("no document").into()) };
    let names = Names::of(&root);
    let fields = fields::fields(&text)?;
    let controlled = controls::controlled(&text)?;
    let mut said = said(marks, &general(reports, language), &paragraphs, &fields);
    let left = said.len().saturating_sub(COMMENTS);
    let mut remarks = Vec::new();
    if left > 0 {
        said.truncate(COMMENTS);
        remarks.push(Message::new("annotate.many-comments").with("most", COMMENTS).with("count", left));
    }
    said.sort_by_key(|said| said.anchor.start());
    let mut edits = Edits::default();
    for (id, said) in (known.next..).zip(&said) {
        said.anchor.mark(&text, id, &names, said.ground, &controlled, &mut edits)?;
    }
    let marked = edits.apply(&text);
    if marked != whole {
        package.write(&part, marked);
    }
    let texts: Vec<&str> = said.iter().map(|said| said.text.as_str()).collect();
    let new = comments::with(old.as_deref(), &known, &names, &texts)?;
    match comments_part {
        Some(comments_part) => {
            if old.as_ref() != Some(&new) {
                package.write(&comments_part, new);
            }
        }
        None if texts.is_empty() => {}
        None => {
            const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
            let usual = format!("{}comments.xml", folder_of(&part));
            let is_free = !package.has(|name| name == usual);
            let name =
                if is_free { usual } else { package.free_name(&format!("{}comments", folder_of(&part)), ".xml") };
            package.declare(&name, TYPE)?;
            package.relate(&part, &format!("{family}/comments"), &name)?;
            package.write(&name, new);
        }
    }
    for relation in relations.iter().filter(|one| comments::ABOUT.contains(&one.kind.as_str())) {
        let Some(old) = package.text(&relation.part)? else { continue };
        let new = comments::about_others(&old, &known.paragraphs)?;
        if new != old {
            package.write(&relation.part, new);
        }
    }
    Ok((package.pack()?, remarks))
}

/// A comment that is to be made.
struct Said {
    anchor: Anchor,
    text: String,
    ground: Option<&'static str>,
}

/// What is said where. What has no place of its own is said at the beginning.
fn said(marks: &[Mark], general: &[String], paragraphs: &[Traced], fields: &[Field]) -> Vec<Said> {
    let mut at: HashMap<&Location, Vec<&Traced>> = HashMap::new();
    for paragraph in paragraphs {
        for place in &paragraph.places {
            at.entry(place).or_default().push(paragraph);
        }
    }
    let mut said = Vec::new();
    let mut elsewhere: Vec<String> = general.to_vec();
    for mark in marks.iter().filter(|mark| mark.weight != Weight::Beside) {
        let place = place(&mark.place);
        let there = place.as_ref().and_then(|place| at.get(place));
        let Some((anchor, is_figure)) = there.and_then(|there| anchor(there, &mark.found)) else {
            elsewhere.push(mark.text());
            continue;
        };
        // A cell holds a figure and nothing else, where findings do not say which.
        let is_figure = is_figure || matches!(mark.place, view::Location::TableCell { .. });
        let ground = GROUNDS.iter().find(|(severity, _)| mark.weight == Weight::Found(*severity) && is_figure);
        said.push(Said { anchor, text: mark.text(), ground: ground.map(|(_, ground)| *ground) });
    }
    // By the paragraph, in which several findings may have no place of their own.
    let first = paragraphs.iter().find_map(|paragraph| anchor(&[paragraph], &[]));
    if let Some((anchor, _)) = first.filter(|_| !elsewhere.is_empty()) {
        said.push(Said { anchor, text: clipped(&elsewhere.join("\n\n")), ground: None });
    }
    let mut by_place: BTreeMap<(usize, usize), Said> = BTreeMap::new();
    for mut one in said {
        one.anchor = one.anchor.around(fields);
        match by_place.get_mut(&one.anchor.range()) {
            // One comment a place.
            Some(known) => {
                known.text = clipped(&format!("{}\n\n{}", known.text, one.text));
                known.ground = known.ground.or(one.ground);
            }
            None => drop(by_place.insert(one.anchor.range(), one)),
        }
    }
    by_place.into_values().collect()
}

/// A place as the reader gives it.
fn place(place: &view::Location) -> Option<Location> {
    match place {
        view::Location::TableCell { table, row, column } => {
            let cell = CellRef { row: row.checked_sub(1)?, column: column.checked_sub(1)? };
            Some(Location::TableCell { table: *table, cell })
        }
        view::Location::Paragraph { paragraph } => Some(Location::Paragraph { number: *paragraph }),
        _ => None,
    }
}
