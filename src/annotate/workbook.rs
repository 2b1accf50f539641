//! Workbooks (`.xlsx`, `.xlsm`): cells are coloured and bear notes, and a sheet of results is in front.

mod book;
mod cells;
mod drawing;
mod notes;
mod record;
mod results;
mod styles;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::marks::{Mark, Weight};
use super::package::{Package, folder_of};
use super::refused::Refused;
use super::xml::{Node, Walk};
use crate::document::CellRef;
use crate::limits::Limits;
use crate::message::{Argument, Language, Message};
use crate::read::Unreadable;
use crate::view::{Location, Report};
use book::Book;
use cells::{Base, Wanted, cell_ref};
use record::{Own, Record};
use styles::Styles;

/// So many notes a sheet bears at most; all findings are on the sheet of results.
const NOTES: usize = 500;
/// So many cells of a sheet are coloured at most.
const COLOURED: usize = 5_000;

/// The marked workbook, and what else is to be said.
pub(super) fn mark(
    bytes: &[u8],
    (marks, reports): (&[Mark], &[Report]),
    limits: &Limits,
    language: Language,
) -> Result<(Vec<u8>, Vec<Message>), Refused> {
    let mut package = Package::open(bytes, limits)?;
    let book = Book::read(&mut package)?;
    let own = record::find(&mut package, &book)?;
    let styles = Styles::read(&mut package, &book)?;
    let mut marking = Marking { package, book, styles, language, bases: Vec::new(), remarks: Vec::new() };
    let mut by_sheet = by_sheet(marks);
    let records = own.as_ref().map_or(&[][..], |own| &own.records);
    for sheet in 0..marking.book.sheets.len() {
        let Some(part) = marking.book.sheets[sheet].part.clone() else { continue };
        let name = marking.book.sheets[sheet].name.clone();
        if own.as_ref().is_some_and(|own| own.part == part) {
            continue;
        }
        // Of sheets of one name the first one is read.
        let marks = by_sheet.remove(name.as_str()).unwrap_or_default();
        let records = records.iter().filter(|record| record.sheet == name).collect();
        marking.sheet((&name, &part), marks, records)?;
    }
    marking.results(reports, own)?;
    marking.finish()
}

/// The marks of each sheet, by its name.
fn by_sheet(marks: &[Mark]) -> HashMap<&str, BTreeMap<CellRef, &Mark>> {
    let mut by_sheet: HashMap<&str, BTreeMap<CellRef, &Mark>> = HashMap::new();
    for mark in marks {
        if let Location::Sheet { sheet, cell } = &mark.place
            && let Some(cell) = cell_ref(cell)
        {
            by_sheet.entry(sheet).or_default().insert(cell, mark);
        }
    }
    by_sheet
}

/// A workbook that is being marked.
struct Marking<'b> {
    package: Package<'b>,
    book: Book,
    /// None where the workbook has none that could be added to.
    styles: Option<Styles>,
    language: Language,
    /// What cells were before they were coloured.
    bases: Vec<(String, Base)>,
    remarks: Vec<Message>,
}

impl Marking<'_> {
    /// Marks a sheet, and takes out what an earlier run has marked.
    fn sheet(
        &mut self,
        (name, part): (&str, &str),
        marks: BTreeMap<CellRef, &Mark>,
        records: Vec<&Record>,
    ) -> Result<(), Unreadable> {
        let relations = self.package.relations(part)?;
        let by_kind = |kind: &str| relations.iter().find(|one| one.kind == kind).map(|one| one.part.clone());
        let (comments, threads) = (by_kind("comments"), by_kind("threadedComment"));
        if marks.is_empty() && records.is_empty() && comments.is_none() {
            return Ok(());
        }
        let text = self.package.require(part)?;
        let coloured = marks.iter().take(COLOURED).map(|(cell, mark)| (*cell, Some(mark.weight)));
        let mut wanted: BTreeMap<CellRef, Wanted> =
            coloured.map(|(cell, weight)| (cell, Wanted { weight, before: None })).collect();
        for record in records {
            wanted.entry(record.cell).or_default().before = Some((record.style, record.existed));
        }
        let threaded = match threads {
            Some(part) => threaded(&self.package.require(&part)?)?,
            None => HashSet::new(),
        };
        let (in_threads, free): (Vec<_>, Vec<_>) = marks.iter().partition(|(cell, _)| threaded.contains(cell));
        if !in_threads.is_empty() {
            let cells = in_threads.iter().map(|(cell, _)| format!("{name}!{cell}").into()).collect();
            let cells = Argument::List(cells);
            self.remarks.push(Message::new("annotate.threads").with("cells", cells));
        }
        if free.len() > NOTES {
            let message = Message::new("annotate.many-notes").with("sheet", name);
            self.remarks.push(message.with("most", NOTES).with("count", free.len()));
        }
        // What is found goes before what only shows why.
        let mut chosen = free.clone();
        chosen.sort_by_key(|(_, mark)| mark.weight == Weight::Beside);
        chosen.truncate(NOTES);
        chosen.sort_by_key(|(cell, _)| **cell);
        let said: Vec<(CellRef, String)> = chosen.into_iter().map(|(cell, mark)| (*cell, mark.text())).collect();
        let (edited, bases) = cells::edit(&text, &wanted, self.styles.as_mut())?;
        self.bases.extend(bases.into_iter().map(|base| (name.to_owned(), base)));
        let edited = self.notes(part, edited, comments, &said)?;
        if edited != text {
            self.package.write(part, edited);
        }
        Ok(())
    }

    /// Writes the notes of a sheet, and what is drawn of them; the text of the sheet, which names the drawing.
    fn notes(
        &mut self,
        sheet: &str,
        text: String,
        comments: Option<String>,
        said: &[(CellRef, String)],
    ) -> Result<String, Unreadable> {
        let before = comments.as_ref().map(|part| self.package.require(part)).transpose()?;
        let rewritten = notes::rewrite(before.as_deref(), &self.book.namespace, said)?;
        if before.as_ref() == Some(&rewritten.text) || comments.is_none() && said.is_empty() {
            return Ok(text);
        }
        let folder = folder_of(&self.book.part).to_owned();
        let comments = match comments {
            Some(part) => part,
            None => {
                const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
                let part = self.package.free_name(&format!("{folder}comments"), ".xml");
                self.package.declare(&part, TYPE)?;
                self.package.relate(sheet, &format!("{}/comments", self.book.family), &part)?;
                part
            }
        };
        self.package.write(&comments, rewritten.text);
        let drawn = cells::legacy_drawing(&text)?;
        let relations = self.package.relations(sheet)?;
        let drawing = drawn.id.as_ref().and_then(|id| relations.iter().find(|one| one.id == *id));
        let known = drawing.map(|one| one.part.clone()).filter(|part| self.package.has(|name| name == part));
        if let Some(part) = known {
            let old = self.package.require(&part)?;
            let new = drawing::rewrite(Some(&old), &rewritten.removed, &rewritten.added);
            if new != old {
                self.package.write(&part, new);
            }
            return Ok(text);
        }
        if rewritten.added.is_empty() || drawn.id.is_some() {
            return Ok(text);
        }
        self.package.declare_extension("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")?;
        let part = self.package.free_name(&format!("{folder}drawings/vmlDrawing"), ".vml");
        self.package.write(&part, drawing::rewrite(None, &rewritten.removed, &rewritten.added));
        let id = self.package.relate(sheet, &format!("{}/vmlDrawing", self.book.family), &part)?;
        Ok(drawn.insert_into(&text, &id, &self.book.family))
    }

    /// Writes the sheet of results: in the place of the one that an earlier run has left, or in front.
    fn results(&mut self, reports: &[Report], own: Option<Own>) -> Result<(), Unreadable> {
        let looks = self.styles.as_mut().map(Styles::of_results).unwrap_or_default();
        let text = results::sheet(reports, &self.book, &self.bases, looks, self.language);
        if let Some(own) = own {
            self.package.write(&own.part, text);
            return Ok(());
        }
        const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
        let folder = folder_of(&self.book.part).to_owned();
        let part = self.package.free_name(&format!("{folder}worksheets/sheet"), ".xml");
        self.package.declare(&part, TYPE)?;
        let owner = self.book.part.clone();
        let id = self.package.relate(&owner, &format!("{}/worksheet", self.book.family), &part)?;
        self.package.write(&part, text);
        let name = self.book.free_name(&Message::new("annotate.sheet").say(self.language));
        let book = self.package.require(&owner)?;
        let book = self.book.with_sheet(&book, &name, &id)?;
        self.package.write(&owner, book);
        Ok(())
    }

    fn finish(mut self) -> Result<(Vec<u8>, Vec<Message>), Refused> {
        if let Some(styles) = self.styles {
            styles.write(&mut self.package, &self.book)?;
        }
        Ok((self.package.pack()?, self.remarks))
    }
}

/// The cells of a sheet that have conversations: in their place Excel shows no other note.
fn threaded(text: &str) -> Result<HashSet<CellRef>, Unreadable> {
    let mut walk = Walk::of(text);
    let mut cells = HashSet::new();
    while let Some(node) = walk.next()? {
        if let Node::Start(tag) | Node::Empty(tag) = node
            && tag.name() == "threadedComment"
        {
            cells.extend(tag.attribute("ref").and_then(|cell| cell_ref(&cell)));
        }
    }
    Ok(cells)
}
