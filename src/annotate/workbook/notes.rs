//! The notes of a sheet. Those of others stay: where one is at a place of ours, what we say comes below its text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cells::cell_ref;
use crate::annotate::marks::AUTHOR;
use crate::annotate::package::root;
use crate::annotate::xml::{Edits, Node, Tag, Walk, escaped};
use crate::document::CellRef;
use crate::read::Unreadable;

/// What is around our words in the note of somebody else, a line each.
const BEGIN: &str = "—— gouji ——";
const END: &str = "———————";

/// The notes of a sheet as they are to be.
pub(super) struct Rewritten {
    pub text: String,
    /// Where an earlier run had notes of its own.
    pub removed: HashSet<CellRef>,
    /// Where there are new notes, and how many lines they have.
    pub added: Vec<(CellRef, usize)>,
}

/// The notes with ours, in the place of those that an earlier run has left.
pub(super) fn rewrite(
    before: Option<&str>,
    namespace: &str,
    said: &[(CellRef, String)],
) -> Result<Rewritten, Unreadable> {
    let empty = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors></authors><commentList></commentList></comments>",
        escaped(namespace)
    );
    let text = before.unwrap_or(&empty);
    let part = Part::read(text)?;
    let mut edits = Edits::default();
    let mut said: Vec<(CellRef, &str)> = said.iter().map(|(cell, said)| (*cell, said.as_str())).collect();
    let place: HashMap<CellRef, usize> = said.iter().enumerate().map(|(at, (cell, _))| (*cell, at)).collect();
    let mut removed = HashSet::new();
    let mut is_said = HashSet::new();
    let own = part.authors.iter().position(|author| author == AUTHOR);
    for note in &part.notes {
        if own.is_some() && note.author == own || note.is_ours(text) {
            removed.insert(note.cell);
            edits.remove(note.span.clone());
            continue;
        }
        let Some(content) = &note.content else { continue };
        for range in ours_in(text, content.clone())? {
            edits.remove(range);
        }
        if let Some(&at) = place.get(&note.cell)
            && is_said.insert(note.cell)
        {
            let prefix = &part.prefix;
            let words = escaped(&format!("\n{BEGIN}\n{}\n{END}", said[at].1));
            edits.insert(
                note.end_of_runs,
                format!("<{prefix}r><{prefix}t xml:space=\"preserve\">{words}</{prefix}t></{prefix}r>"),
            );
        }
    }
    said.retain(|(cell, _)| !is_said.contains(cell));
    let author = own.unwrap_or(part.authors.len());
    if own.is_none() && !said.is_empty() {
        part.add_author(text, &mut edits);
    }
    let new: String = said.iter().map(|(cell, said)| part.note(*cell, author, said)).collect();
    part.add_notes(text, &new, &mut edits);
    let added = said.iter().map(|(cell, said)| (*cell, said.lines().count())).collect();
    Ok(Rewritten { text: edits.apply(text), removed, added })
}

/// The part as it is.
struct Part {
    prefix: String,
    authors: Vec<String>,
    notes: Vec<Note>,
    /// The lists of authors and of notes: the whole of one without content, or where it ends.
    author_list: Range<usize>,
    note_list: Range<usize>,
}

/// A note.
struct Note {
    cell: CellRef,
    author: Option<usize>,
    span: Range<usize>,
    /// What is in its text.
    content: Option<Range<usize>>,
    /// Where something can be inserted behind all that is read.
    end_of_runs: usize,
}

impl Part {
    fn read(text: &str) -> Result<Self, Unreadable> {
        let mut walk = Walk::of(text);
        let Some(root) = root(&mut walk)? else { return Err(Unreadable::damaged("notes that are none")) };
        let mut part =
            Self { prefix: root.prefix(), authors: Vec::new(), notes: Vec::new(), author_list: 0..0, note_list: 0..0 };
        while let Some(node) = walk.next()? {
            match node {
                Node::Empty(tag) if tag.name() == "authors" => part.author_list = tag.span,
                Node::Empty(tag) if tag.name() == "commentList" => part.note_list = tag.span,
                Node::Start(tag) if tag.name() == "authors" => {
                    part.author_list = each(&mut walk, |walk, tag, is_empty| {
                        let end = if is_empty { tag.span.end } else { walk.skip()?.start };
                        let name = text.get(tag.span.end..end).unwrap_or_default();
                        part.authors.push(name.trim().to_owned());
                        Ok(())
                    })?;
                }
                Node::Start(tag) if tag.name() == "commentList" => {
                    part.note_list = each(&mut walk, |walk, tag, is_empty| {
                        part.notes.extend(Note::read(walk, tag, is_empty)?);
                        Ok(())
                    })?;
                }
                _ => {}
            }
        }
        if part.note_list.is_empty() && part.author_list.is_empty() && !text.contains("commentList") {
            return Err(Unreadable::damaged("notes without a list"));
        }
        Ok(part)
    }

    fn add_author(&self, text: &str, edits: &mut Edits) {
        let prefix = &self.prefix;
        insert_into(text, &self.author_list, &format!("<{prefix}author>{AUTHOR}</{prefix}author>"), edits);
    }

    fn add_notes(&self, text: &str, new: &str, edits: &mut Edits) {
        if !new.is_empty() {
            insert_into(text, &self.note_list, new, edits);
        }
    }

    fn note(&self, cell: CellRef, author: usize, said: &str) -> String {
        let (p, said) = (&self.prefix, escaped(&format!("\n{said}")));
        let font =
            format!("<{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"Tahoma\"/><{p}charset val=\"134\"/>");
        format!(
            "<{p}comment ref=\"{cell}\" authorId=\"{author}\"><{p}text><{p}r><{p}rPr><{p}b/>{font}</{p}rPr><{p}t>{AUTHOR}:</{p}t></{p}r><{p}r><{p}rPr>{font}</{p}rPr><{p}t xml:space=\"preserve\">{said}</{p}t></{p}r></{p}text></{p}comment>"
        )
    }
}

impl Note {
    /// Whether it begins as ours do: LibreOffice does not keep who has written a note.
    fn is_ours(&self, text: &str) -> bool {
        let mut own = self.content.clone().map_or("", |content| &text[content]);
        loop {
            own = own.trim_start();
            match own.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
                // What says how the text looks holds none.
                Some((_, rest)) => own = rest,
                None => return own.strip_prefix(AUTHOR).is_some_and(|rest| rest.starts_with(':')),
            }
        }
    }

    /// Reads the note whose start came last; none where it is at no cell.
    fn read(walk: &mut Walk<'_>, tag: &Tag<'_>, is_empty: bool) -> Result<Option<Self>, Unreadable> {
        let (mut content, mut end_of_runs, mut end) = (None, 0, tag.span.end);
        if !is_empty {
            loop {
                match walk.next()? {
                    Some(Node::Start(inner)) if inner.name() == "text" => {
                        let start = inner.span.end;
                        end_of_runs = start;
                        let close = each(walk, |walk, tag, is_empty| {
                            let end = if is_empty { tag.span.end } else { walk.skip()?.end };
                            if matches!(tag.name(), "t" | "r") {
                                end_of_runs = end;
                            }
                            Ok(())
                        })?;
                        content = Some(start..close.start);
                    }
                    Some(Node::Start(_)) => {
                        walk.skip()?;
                    }
                    Some(Node::End(span)) => {
                        end = span.end;
                        break;
                    }
                    Some(_) => {}
                    None => return Err(Unreadable::damaged("notes that break off")),
                }
            }
        }
        let Some(cell) = tag.attribute("ref").and_then(|cell| cell_ref(&cell)) else { return Ok(None) };
        let author = tag.attribute("authorId").and_then(|author| author.trim().parse().ok());
        Ok(Some(Self { cell, author, span: tag.span.start..end, content, end_of_runs }))
    }
}

/// Goes through the elements of the one whose start came last; its end.
fn each<'x>(
    walk: &mut Walk<'x>,
    mut take: impl FnMut(&mut Walk<'x>, &Tag<'x>, bool) -> Result<(), Unreadable>,
) -> Result<Range<usize>, Unreadable> {
    loop {
        match walk.next()? {
            Some(Node::Start(tag)) => take(walk, &tag, false)?,
            Some(Node::Empty(tag)) => take(walk, &tag, true)?,
            Some(Node::End(span)) => return Ok(span),
            Some(Node::Text(_)) => {}
            None => return Err(Unreadable::damaged("a part that breaks off")),
        }
    }
}

/// Puts something at the end of a list, given by its end or by the whole of one without content.
fn insert_into(text: &str, list: &Range<usize>, what: &str, edits: &mut Edits) {
    let tag = &text[list.clone()];
    if tag.starts_with("</") {
        edits.insert(list.start, what);
        return;
    }
    let open = tag.trim_end_matches('>').trim_end_matches('/').trim_end();
    let name = open.trim_start_matches('<').split_ascii_whitespace().next().unwrap_or_default();
    edits.replace(list.clone(), format!("{open}>{what}</{name}>"));
}

/// What an earlier run has put into a note of somebody else: the run, or what a program has made of it.
fn ours_in(text: &str, content: Range<usize>) -> Result<Vec<Range<usize>>, Unreadable> {
    let own = &text[content.clone()];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(begin) = own[from..].find(BEGIN).map(|at| from + at) {
        let Some(end) = own[begin..].find(END).map(|at| begin + at + END.len()) else { break };
        // All of a run, where it holds nothing else.
        let before = own[..begin].trim_end_matches('\n');
        let run = before.rfind("<").and_then(|tag| own[..tag].rfind('<'));
        let is_whole = before.ends_with("xml:space=\"preserve\">")
            && run.is_some_and(|run| own[run..].trim_start_matches('<').split(['>', ' ', ':']).any(|name| name == "r"));
        let after =
            own[end..].find('>').and_then(|close| own[end + close + 1..].find('>').map(|next| end + close + next + 2));
        let range = match (is_whole && own[end..].starts_with("</"), run, after) {
            (true, Some(run), Some(after)) => run..after,
            _ => before.len()..end,
        };
        found.push(content.start + range.start..content.start + range.end);
        from = end;
    }
    Ok(found)
}
