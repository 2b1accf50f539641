//! A place as somebody finds it who has the document before them: 第2张表“申请人情况”，“（一）予以公开”一行.

use super::excerpt::is_number;
use super::places::Part;
use super::text::forward;
use crate::document::{Block, Cell, Document, Format, Location, Passage, Table};
use crate::message::Message;

/// A table is called by the first of its cells that is no longer than this: notes stand in others.
const NAME: usize = 12;
/// Of a longer label or paragraph, the beginning is shown.
const LABEL: usize = 24;

/// The place of a part of a document in words; none in formats whose places are found as they are written.
pub(super) fn in_words(document: &Document<'_>, part: Part, location: &Location) -> Option<Message> {
    let is_seen = matches!(
        document.format,
        Format::Docx | Format::Doc | Format::Odt | Format::Pdf | Format::Html | Format::Mhtml
    );
    if !is_seen {
        return None;
    }
    match &document.blocks[part.block] {
        Block::Heading(passage) | Block::Paragraph(passage) => of_passage(passage),
        Block::Table(table) => Some(of_cell(table, &table.cells()[part.cell], number(document, part, location))),
        Block::Image(_) => None,
    }
}

/// The number of a table as a document counts it, or among the tables that were read.
fn number(document: &Document<'_>, part: Part, location: &Location) -> usize {
    match location {
        Location::TableCell { table, .. } => *table as usize,
        _ => document.blocks[..=part.block].iter().filter(|block| matches!(block, Block::Table(_))).count(),
    }
}

fn of_passage(passage: &Passage<'_>) -> Option<Message> {
    let text = shown(&passage.text);
    (!text.is_empty()).then(|| Message::new("place.in-words.text").with("text", text))
}

fn of_cell(table: &Table<'_>, cell: &Cell<'_>, number: usize) -> Message {
    let words = || table.cells().iter().filter(|cell| is_label(cell));
    let name = words().find(|cell| cell.passage.text.trim().chars().count() <= NAME);
    let of_table = match name {
        Some(name) => Message::new("place.in-words.table").with("name", shown(&name.passage.text)),
        None => Message::new("place.in-words.nameless-table"),
    };
    let of_table = of_table.with("number", number.to_string());
    if is_label(cell) {
        return Message::new("place.in-words.cell").with("table", of_table).with("label", shown(&cell.passage.text));
    }
    // The nearest label to the left, and where there is none, the nearest one above.
    let left = words().filter(|label| label.rows.contains(&cell.rows.start) && label.columns.end <= cell.columns.start);
    let above =
        words().filter(|label| label.columns.contains(&cell.columns.start) && label.rows.end <= cell.rows.start);
    let row = left.max_by_key(|label| label.columns.start);
    let label = row.or_else(|| above.max_by_key(|label| label.rows.start));
    let key = match (row, label) {
        (Some(_), _) => "place.in-words.row",
        (None, Some(_)) => "place.in-words.column",
        (None, None) => return of_table,
    };
    let label = label.map(|label| shown(&label.passage.text)).unwrap_or_default();
    Message::new(key).with("table", of_table).with("label", label)
}

/// Whether a cell says what figures are.
fn is_label(cell: &Cell<'_>) -> bool {
    let text = cell.passage.text.trim();
    !cell.is_blank() && !is_number(text) && text.chars().any(char::is_alphabetic)
}

/// A text on one line, the beginning of a long one.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = forward(&line, 0, LABEL);
    if end < line.len() { format!("{}…", &line[..end]) } else { line }
}
