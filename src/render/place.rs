//! A location in words: `报告.md:31:34`, `报告.xlsx!表三!D9`, `报告.docx!表格2!第5行第4列`.

use crate::document::Location;
use crate::message::{Language, Message};
use crate::position::Lines;

/// `path` with the place in it.
pub(super) fn with_path(path: &str, location: Option<&Location>, lines: &Lines<'_>, language: Language) -> String {
    match location {
        None => path.to_owned(),
        Some(Location::Text(range)) => {
            let position = lines.position(range.start);
            format!("{path}:{}:{}", position.line, position.column)
        }
        Some(Location::Sheet { sheet, cell }) => format!("{path}!{sheet}!{cell}"),
        Some(Location::TableCell { table, cell }) => {
            let place = Message::new("place.table-cell").with("table", table.to_string());
            let place = place.with("row", (cell.row + 1).to_string()).with("column", (cell.column + 1).to_string());
            format!("{path}!{}", place.say(language))
        }
        Some(Location::Paragraph { number }) => {
            let place = Message::new("place.paragraph").with("number", number.to_string());
            format!("{path}!{}", place.say(language))
        }
    }
}

/// The place inside the file, for those who have the file before them: 第31行第34列, `表三!D9`.
pub(super) fn inside(location: &Location, lines: &Lines<'_>, language: Language) -> String {
    let Location::Text(range) = location else {
        return with_path("", Some(location), lines, language).trim_start_matches('!').to_owned();
    };
    let position = lines.position(range.start);
    let place = Message::new("place.text").with("line", position.line.to_string());
    place.with("column", position.column.to_string()).say(language)
}
