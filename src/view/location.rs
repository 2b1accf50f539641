//! Places in files, as they are shown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::position::{Lines, Position};
use super::text::harmless;
use crate::document;
use crate::message::{Language, Message};

/// Where something is in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Location {
    /// A stretch of a text; the end is exclusive.
    Text { start: Position, end: Position },
    /// A cell of a workbook: `C12`.
    Sheet { sheet: String, cell: String },
    /// A cell of a document's table, all counted from 1; a merged cell by its first.
    TableCell { table: u32, row: u32, column: u32 },
    /// A paragraph of a document outside its tables, counted from 1.
    Paragraph { paragraph: u32 },
    /// An area of a page, counted from 1: its left, top, right and bottom, in points from the top left corner.
    Page {
        page: u32,
        #[serde(rename = "box")]
        area: [Points; 4],
    },
}

/// A length on a page, in points; kept in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "f64", into = "f64")]
#[schemars(with = "f64")]
pub struct Points(i32);

impl From<f64> for Points {
    fn from(points: f64) -> Self {
        Self((points * 100.0).round() as i32)
    }
}

impl From<Points> for f64 {
    fn from(Points(hundredths): Points) -> Self {
        Self::from(hundredths) / 100.0
    }
}

impl Location {
    /// The location in a file of these lines.
    pub fn new(location: &document::Location, lines: &Lines<'_>) -> Self {
        match location {
            document::Location::Text(range) => {
                Self::Text { start: lines.position(range.start), end: lines.position(range.end) }
            }
            document::Location::Sheet { sheet, cell } => {
                Self::Sheet { sheet: sheet.to_string(), cell: cell.to_string() }
            }
            document::Location::TableCell { table, cell } => {
                Self::TableCell { table: *table, row: cell.row + 1, column: cell.column + 1 }
            }
            document::Location::Paragraph { number } => Self::Paragraph { paragraph: *number },
            document::Location::Page { page, area } => {
                Self::Page { page: *page, area: [area.left, area.top, area.right, area.bottom].map(Points) }
            }
        }
    }

    /// The line, or what is most like one: the row of a cell, the number of a paragraph or page.
    pub fn row(&self) -> u32 {
        match self {
            Self::Text { start, .. } => start.line,
            Self::Sheet { cell, .. } => cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap_or(1),
            Self::TableCell { row, .. } => *row,
            Self::Paragraph { paragraph } => *paragraph,
            Self::Page { page, .. } => *page,
        }
    }

    /// The place in its file: `31:34`, `表三!D9`, `表格2!第5行第4列`, `第3页`.
    pub fn within(&self, language: Language) -> String {
        match self {
            Self::Text { start, .. } => format!("{}:{}", start.line, start.column),
            Self::Sheet { sheet, cell } => format!("{sheet}!{cell}"),
            Self::TableCell { table, row, column } => {
                let place = Message::new("place.table-cell").with("table", table.to_string());
                place.with("row", row.to_string()).with("column", column.to_string()).say(language)
            }
            Self::Paragraph { paragraph } => {
                Message::new("place.paragraph").with("number", paragraph.to_string()).say(language)
            }
            Self::Page { page, .. } => Message::new("place.page").with("page", page.to_string()).say(language),
        }
    }

    /// The place inside the file, for those who have the file before them: 第31行第34列, `表三!D9`.
    pub fn inside(&self, language: Language) -> String {
        let Self::Text { start, .. } = self else { return self.within(language) };
        let place = Message::new("place.text").with("line", start.line.to_string());
        place.with("column", start.column.to_string()).say(language)
    }

    /// A path with the place in it: `报告.md:31:34`, `报告.xlsx!表三!D9`, `报告.docx!表格2!第5行第4列`.
    pub fn with_path(&self, path: &str, language: Language) -> String {
        let between = if matches!(self, Self::Text { .. }) { ':' } else { '!' };
        format!("{}{between}{}", harmless(path), self.within(language))
    }
}

/// The place in its file, as [`Location::within`] has it; ends of stretches are not looked for.
pub fn within(location: &document::Location, lines: &Lines<'_>, language: Language) -> String {
    let document::Location::Text(range) = location else { return Location::new(location, lines).within(language) };
    let start = lines.position(range.start);
    Location::Text { start, end: start }.within(language)
}
