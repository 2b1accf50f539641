//! A location in words, `报告.md:31:34`, `报告.xlsx!表三!D9`, `报告.docx!表格2!第5行第4列`, and for programs.

use serde::Serialize;

use crate::document::Location;
use crate::message::{Language, Message};
use crate::position::{Lines, Position};

/// `path` with the place in it.
pub(super) fn with_path(path: &str, location: Option<&Location>, lines: &Lines<'_>, language: Language) -> String {
    let path = super::harmless(path);
    let Some(location) = location else { return path };
    let between = if matches!(location, Location::Text(_)) { ':' } else { '!' };
    format!("{path}{between}{}", within(location, lines, language))
}

/// The place in its file: `31:34`, `表三!D9`, `表格2!第5行第4列`.
pub fn within(location: &Location, lines: &Lines<'_>, language: Language) -> String {
    match location {
        Location::Text(range) => {
            let position = lines.position(range.start);
            format!("{}:{}", position.line, position.column)
        }
        Location::Sheet { sheet, cell } => format!("{sheet}!{cell}"),
        Location::TableCell { table, cell } => {
            let place = Message::new("place.table-cell").with("table", table.to_string());
            let place = place.with("row", (cell.row + 1).to_string()).with("column", (cell.column + 1).to_string());
            place.say(language)
        }
        Location::Paragraph { number } => {
            Message::new("place.paragraph").with("number", number.to_string()).say(language)
        }
    }
}

/// A location in JSON. Its fields are held stable.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum LocationJson<'a> {
    Text { start: PositionJson, end: PositionJson },
    Sheet { sheet: &'a str, cell: String },
    TableCell { table: u32, row: u32, column: u32 },
    Paragraph { paragraph: u32 },
}

/// A byte of a file, with its line and column.
#[derive(Debug, Serialize)]
pub struct PositionJson {
    byte: u32,
    line: u32,
    column: u32,
}

impl<'a> LocationJson<'a> {
    /// The location in a file of these lines.
    pub fn new(location: &'a Location, lines: &Lines<'_>) -> Self {
        match location {
            Location::Text(range) => {
                Self::Text { start: lines.position(range.start).into(), end: lines.position(range.end).into() }
            }
            Location::Sheet { sheet, cell } => Self::Sheet { sheet, cell: cell.to_string() },
            Location::TableCell { table, cell } => {
                Self::TableCell { table: *table, row: cell.row + 1, column: cell.column + 1 }
            }
            Location::Paragraph { number } => Self::Paragraph { paragraph: *number },
        }
    }
}

impl From<Position> for PositionJson {
    fn from(position: Position) -> Self {
        Self { byte: position.byte, line: position.line, column: position.column }
    }
}

/// The place inside the file, for those who have the file before them: 第31行第34列, `表三!D9`.
pub(super) fn inside(location: &Location, lines: &Lines<'_>, language: Language) -> String {
    let Location::Text(range) = location else { return within(location, lines, language) };
    let position = lines.position(range.start);
    let place = Message::new("place.text").with("line", position.line.to_string());
    place.with("column", position.column.to_string()).say(language)
}
