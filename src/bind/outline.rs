//! The document as lines of fields: what the binding looks at, whatever the format. A paragraph gives a line a printed
//! line, a table a line a row.

use std::ops::Range;

use crate::bind::figure;
use crate::document::{Block, Cell, Document, Location, Passage};
use crate::facts::{Value, Why};
use crate::label::{Label, Ordinal};
use crate::pack::Core;

/// What a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Heading,
    Text,
    Row,
}

/// A line of the document.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub kind: LineKind,
    /// Indices into [`Outline::fields`].
    pub fields: Range<usize>,
}

/// A piece of a line: a cell, or the whole line of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Field<'d> {
    pub passage: &'d Passage<'d>,
    /// The text without blanks at its ends.
    pub range: Range<usize>,
    /// The folded text, as a range of [`Outline::keys`]; empty for figures and for long texts.
    pub key: Range<usize>,
    pub ordinal: Option<Ordinal>,
    /// Its text read as a figure. Of paragraphs only [`Outline::split_line`] reads any.
    pub value: Value,
    /// Where the number ends in the passage's text.
    pub number_end: usize,
    pub untidy: bool,
    pub unit: String,
    /// The grid column of a cell.
    pub column: u32,
}

impl<'d> Field<'d> {
    /// The text without blanks at its ends.
    pub fn text(&self) -> &'d str {
        &self.passage.text[self.range.clone()]
    }

    pub fn location(&self) -> Location {
        self.passage.locate(self.range.clone())
    }

    pub fn is_blank(&self) -> bool {
        self.value == Value::Blank
    }

    /// A number or a sign for nothing, or a formula in place of one.
    pub fn is_figure(&self) -> bool {
        matches!(self.value, Value::Number(_) | Value::Mark | Value::Unreadable(Why::Uncomputed))
    }
}

/// Longer texts are no labels.
const LONGEST_LABEL: usize = 80 * 3;

/// All lines of a document.
#[derive(Debug, Default)]
pub(super) struct Outline<'d> {
    pub lines: Vec<Line>,
    pub fields: Vec<Field<'d>>,
    keys: String,
}

impl<'d> Outline<'d> {
    /// Reads every line once: labels folded, figures read.
    pub fn new(document: &'d Document<'d>, core: &Core) -> Self {
        let mut outline = Self::default();
        let mut label = Label::default();
        for content in &document.blocks {
            match content {
                Block::Heading(passage) => outline.add_text(passage, LineKind::Heading, &mut label),
                Block::Paragraph(passage) => outline.add_text(passage, LineKind::Text, &mut label),
                Block::Table(table) => {
                    for row in table.rows() {
                        let first = outline.fields.len();
                        for cell in row.cells() {
                            outline.add_cell(cell, core, &mut label);
                        }
                        if outline.fields.len() > first {
                            let fields = first..outline.fields.len();
                            outline.lines.push(Line { kind: LineKind::Row, fields });
                        }
                    }
                }
            }
        }
        outline
    }

    pub fn fields(&self, line: &Line) -> &[Field<'d>] {
        &self.fields[line.fields.clone()]
    }

    /// The folded text of a field.
    pub fn key(&self, field: &Field<'d>) -> &str {
        &self.keys[field.key.clone()]
    }

    /// The one field of a line that holds anything, if it is text.
    pub fn single(&self, line: &Line) -> Option<&Field<'d>> {
        let mut fields = self.fields(line).iter().filter(|field| !field.is_blank());
        let field = fields.next()?;
        (fields.next().is_none() && !field.is_figure()).then_some(field)
    }

    fn add_text(&mut self, passage: &'d Passage<'d>, kind: LineKind, label: &mut Label) {
        let mut start = 0;
        for line in passage.text.split('\n') {
            let range = trimmed(line, start);
            start += line.len() + 1;
            if range.is_empty() {
                continue;
            }
            let mut field = blank(passage, range.clone(), 0);
            field.value = Value::Unreadable(Why::NotANumber);
            self.fold(&mut field, label);
            let at = self.fields.len();
            self.fields.push(field);
            self.lines.push(Line { kind, fields: at..at + 1 });
        }
    }

    fn add_cell(&mut self, cell: &'d Cell<'d>, core: &Core, label: &mut Label) {
        let passage: &'d Passage<'d> = &cell.passage;
        let range = trimmed(&passage.text, 0);
        let mut field = blank(passage, range, cell.columns.start);
        if cell.uncomputed {
            field.value = Value::Unreadable(Why::Uncomputed);
        } else if !cell.is_blank() {
            self.read_figure(&mut field, core);
            if field.value == Value::Unreadable(Why::NotANumber) {
                self.fold(&mut field, label);
            }
        }
        self.fields.push(field);
    }

    fn read_figure(&self, field: &mut Field<'d>, core: &Core) {
        let reading = figure::read(field.text(), core);
        field.number_end = field.range.start + reading.number_end;
        field.value = reading.value;
        field.untidy = reading.untidy;
        field.unit = reading.unit;
    }

    fn fold(&mut self, field: &mut Field<'d>, label: &mut Label) {
        if field.range.len() > LONGEST_LABEL {
            return;
        }
        label.fold(field.text());
        let start = self.keys.len();
        self.keys.push_str(&label.core);
        field.key = start..self.keys.len();
        field.ordinal = label.ordinal;
    }

    /// Splits a line of text into a label and the figures behind it, 「行政许可 97」, where tables lost their shape.
    /// None where no figure stands at the end.
    pub fn split_line(&mut self, index: usize, core: &Core) -> Option<Range<usize>> {
        let field = self.single(&self.lines[index])?.clone();
        if field.range.len() > LONGEST_LABEL {
            return None;
        }
        let text = field.text();
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((at, blank_char)) = rest.char_indices().rfind(|(_, c)| c.is_whitespace()) {
            let start = field.range.start + at + blank_char.len_utf8();
            let mut part = blank(field.passage, start..field.range.start + rest.len(), 0);
            self.read_figure(&mut part, core);
            if !part.is_figure() {
                break;
            }
            parts.push(part);
            rest = rest[..at].trim_end();
        }
        if parts.is_empty() {
            return None;
        }
        let mut head = blank(field.passage, field.range.start..field.range.start + rest.len(), 0);
        head.value = Value::Unreadable(Why::NotANumber);
        self.fold(&mut head, &mut Label::default());
        let first = self.fields.len();
        parts.push(head);
        for (column, mut part) in parts.into_iter().rev().enumerate() {
            part.column = column as u32;
            self.fields.push(part);
        }
        Some(first..self.fields.len())
    }
}

fn blank<'d>(passage: &'d Passage<'d>, range: Range<usize>, column: u32) -> Field<'d> {
    let number_end = range.end;
    Field {
        passage,
        range,
        key: 0..0,
        ordinal: None,
        value: Value::Blank,
        number_end,
        untidy: false,
        unit: String::new(),
        column,
    }
}

/// The range of `text` without blanks at its ends, when `text` begins at byte `start`.
fn trimmed(text: &str, start: usize) -> Range<usize> {
    let is_padding = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let left = text.len() - text.trim_start_matches(is_padding).len();
    let body = text.trim_matches(is_padding);
    start + left..start + left + body.len()
}
