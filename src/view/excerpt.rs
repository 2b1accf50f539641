//! The marked excerpt of a file: what is drawn where a finding is shown, whatever draws it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a finding points at in one file. Marks have numbers: 0 is the place of the finding, each other one that of the
/// label of this number, counted from 1. What is said at a mark is the message of its label; at 0, that of the first
/// label with the same place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// The file, where it is another one than the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The lines in which marks are, those near the first mark: of a text as they are written, of a table a row with
    /// ` │ ` between its cells, of a document a paragraph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// The tables and passages in which marks are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
}

/// A line of a file with its marks. `…` is where it was cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MarkedLine")]
pub struct Line {
    /// The number of the line, of the row in its sheet or table, or of the paragraph, counted from 1.
    pub number: u32,
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// A mark in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// The number of the mark.
    pub mark: usize,
    /// The first byte of the text (UTF-8) that is marked.
    pub start: usize,
    /// The byte behind the last one.
    pub end: usize,
}

/// A table or a passage with its marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Piece {
    /// The marks in it, those too that are not shown because it was cut.
    pub marks: Vec<usize>,
    /// The rows of a table around the marks, below their header.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<Row>,
    /// A passage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<Stretch>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The cells that begin in it.
    pub cells: Vec<Cell>,
    #[serde(default, rename = "header", skip_serializing_if = "std::ops::Not::not")]
    pub is_header: bool,
    /// Rows are left out above it.
    #[serde(default, rename = "gap", skip_serializing_if = "std::ops::Not::not")]
    pub is_after_gap: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How many rows it covers.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: usize,
    /// How many columns it covers.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: usize,
    /// The number of its mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<usize>,
    /// It is in the first column, and no number.
    #[serde(default, rename = "label", skip_serializing_if = "std::ops::Not::not")]
    pub is_label: bool,
}

/// A stretch of a passage, marked or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stretch {
    pub text: String,
    /// The number of its mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<usize>,
}

fn one() -> usize {
    1
}

fn is_one(number: &usize) -> bool {
    *number == 1
}

impl Excerpt {
    /// Whether there is nothing to be drawn.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.pieces.is_empty()
    }
}

impl Cell {
    /// Whether its text is a figure.
    pub fn is_number(&self) -> bool {
        is_number(&self.text)
    }
}

/// Whether a text is a figure, as it is printed.
pub(super) fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || ".,-+%".contains(c))
}
