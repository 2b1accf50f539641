//! The document as lines of fields: what the binding looks at, whatever the format. A paragraph gives a line a printed
//! line, a table a line a row.

use std::ops::Range;

use super::figure;
use super::vocabulary::{TableLabel, Vocabulary};
use crate::document::{Block, Cell, Document, Location, Passage};
use crate::facts::{Value, Why};
use crate::label::{Label, Ordinal, is_invisible};
use crate::pack::{Core, Target};

/// For each field of the outline, the places of the form that print its text.
pub(super) type Hits<'p> = Vec<&'p [Target]>;

/// Lines of a table, by their fields in the outline.
pub(super) type Lines = Vec<Range<usize>>;

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
    /// The text without blanks at its ends, as bytes of the passage.
    range: (u32, u32),
    /// The folded text of what is no known label, as bytes of [`Outline::keys`]; empty for figures and for long texts.
    key: (u32, u32),
    /// The grid column of a cell.
    pub column: u32,
    /// The label of a form that is printed just so, as a number of the [`Vocabulary`].
    pub known: Option<u32>,
    pub ordinal: Option<Ordinal>,
    /// Its text read as a figure. Of paragraphs only [`Outline::split_line`] reads any.
    pub value: Value,
    /// Plain digits and nothing else.
    pub is_plain: bool,
    /// It stands in a column that holds no figures.
    pub is_left_out: bool,
}

impl<'d> Field<'d> {
    /// A field without a value, of the bytes `range` of the passage.
    fn new(passage: &'d Passage<'d>, range: Range<usize>, column: u32) -> Self {
        let range = (offset(range.start), offset(range.end));
        Self {
            passage,
            range,
            key: (0, 0),
            column,
            known: None,
            ordinal: None,
            value: Value::Blank,
            is_plain: false,
            is_left_out: false,
        }
    }

    /// The bytes of the passage without blanks at its ends.
    pub fn range(&self) -> Range<usize> {
        self.range.0 as usize..self.range.1 as usize
    }

    /// The text without blanks at its ends.
    pub fn text(&self) -> &'d str {
        &self.passage.text[self.range()]
    }

    /// Its text has been folded: it may be a label.
    pub fn has_key(&self) -> bool {
        self.known.is_some() || self.key.0 < self.key.1
    }

    pub fn location(&self) -> Location {
        self.passage.locate(self.range())
    }

    pub fn is_blank(&self) -> bool {
        matches!(self.value, Value::Blank)
    }

    /// A number or a sign for nothing, or a formula in place of one.
    pub fn is_figure(&self) -> bool {
        matches!(self.value, Value::Number(_) | Value::Mark | Value::Unreadable(Why::Uncomputed))
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).expect("files are bounded below 4 GiB")
}

/// Longer cells are no labels (bytes).
const LONGEST_LABEL: usize = 80 * 3;
/// Longer lines of text are no titles (bytes).
const LONGEST_TITLE: usize = 45 * 3;

/// All lines of a document.
#[derive(Debug)]
pub(super) struct Outline<'d> {
    vocabulary: &'d Vocabulary,
    pub lines: Vec<Line>,
    pub fields: Vec<Field<'d>>,
    keys: String,
    /// Kept for its memory.
    label: Label,
}

impl<'d> Outline<'d> {
    /// Reads every line once: labels folded, figures read.
    pub fn new(document: &'d Document<'d>, core: &Core, vocabulary: &'d Vocabulary) -> Self {
        let mut outline =
            Self { vocabulary, lines: Vec::new(), fields: Vec::new(), keys: String::new(), label: Label::default() };
        let cells = document.blocks.iter().map(|block| match block {
            Block::Table(table) => table.cells().len(),
            Block::Heading(_) | Block::Paragraph(_) => 1,
        });
        outline.fields.reserve(cells.sum());
        for content in &document.blocks {
            match content {
                Block::Heading(passage) => outline.add_text(passage, LineKind::Heading),
                Block::Paragraph(passage) => outline.add_text(passage, LineKind::Text),
                Block::Table(table) => {
                    for row in table.rows() {
                        let first = outline.fields.len();
                        for cell in row.cells() {
                            outline.add_cell(cell, core);
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
        if let Some(known) = field.known {
            return &self.vocabulary.label(known).core;
        }
        &self.keys[field.key.0 as usize..field.key.1 as usize]
    }

    /// The one field of a line that holds anything, if it is text.
    pub fn single(&self, line: &Line) -> Option<&Field<'d>> {
        let mut fields = self.fields(line).iter().filter(|field| !field.is_blank());
        let field = fields.next()?;
        (fields.next().is_none() && !field.is_figure()).then_some(field)
    }

    fn add_text(&mut self, passage: &'d Passage<'d>, kind: LineKind) {
        let text: &str = &passage.text;
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let range = trimmed(&text[start..end], start);
            start = end + 1;
            if range.is_empty() {
                continue;
            }
            let mut field = Field::new(passage, range, 0);
            field.value = Value::Unreadable(Why::NotANumber);
            self.fold(&mut field, LONGEST_TITLE);
            let at = self.fields.len();
            self.fields.push(field);
            self.lines.push(Line { kind, fields: at..at + 1 });
        }
    }

    fn add_cell(&mut self, cell: &'d Cell<'d>, core: &Core) {
        let passage: &'d Passage<'d> = &cell.passage;
        let (range, column) = (trimmed(&passage.text, 0), cell.columns.start);
        // Plain figures are most of a table, and quickly made where they are to stand.
        let digits = Some(&passage.text[range.clone()]).filter(|_| !cell.uncomputed).and_then(figure::plain_digits);
        if let Some(number) = digits {
            let value = Value::Number(number);
            self.fields.push(Field { value, is_plain: true, ..Field::new(passage, range, column) });
            return;
        }
        let mut field = Field::new(passage, range, column);
        if cell.uncomputed {
            field.value = Value::Unreadable(Why::Uncomputed);
        } else {
            self.read(&mut field, core);
        }
        self.fields.push(field);
    }

    /// Reads the text of a field as that of a cell: a figure, or a label.
    fn read(&mut self, field: &mut Field<'d>, core: &Core) {
        let text = field.text();
        if text.is_empty() {
            // Blank, as fields are made.
        } else if let Some(number) = figure::plain_digits(text) {
            field.value = Value::Number(number);
            field.is_plain = true;
        } else if let Some(known) = self.vocabulary.find(text) {
            field.value = Value::Unreadable(Why::NotANumber);
            field.known = Some(known);
            field.ordinal = self.vocabulary.label(known).ordinal;
        } else if !text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            field.value = figure::read(text, core).value;
            if field.value == Value::Unreadable(Why::NotANumber) {
                self.fold(field, LONGEST_LABEL);
            }
        }
    }

    /// A part of a passage as a cell of its own, not yet among the fields.
    pub fn cell(&mut self, passage: &'d Passage<'d>, range: Range<usize>, column: usize, core: &Core) -> Field<'d> {
        let mut field = Field::new(passage, range, offset(column));
        self.read(&mut field, core);
        field
    }

    /// What a field stands for in the tables of the forms.
    pub fn table_label(&self, field: &Field<'d>) -> Option<TableLabel> {
        self.vocabulary.table_label(self.key(field)).filter(|_| field.has_key())
    }

    /// Folds the text of a field, unless it is longer than `longest` bytes.
    fn fold(&mut self, field: &mut Field<'d>, longest: usize) {
        if let Some(known) = self.vocabulary.find(field.text()) {
            field.known = Some(known);
            field.ordinal = self.vocabulary.label(known).ordinal;
            return;
        }
        if field.range().len() > longest {
            return;
        }
        self.label.fold(field.text());
        let start = self.keys.len();
        self.keys.push_str(&self.label.core);
        field.key = (offset(start), offset(self.keys.len()));
        field.ordinal = self.label.ordinal;
    }

    /// Splits a line of text into a label and the figures behind it, 「行政许可 97」, where tables lost their shape.
    /// None where no figure stands at the end.
    pub fn split_line(&mut self, index: usize, core: &Core) -> Option<Range<usize>> {
        let field = self.single(&self.lines[index])?;
        let (passage, range) = (field.passage, field.range());
        if range.len() > LONGEST_LABEL {
            return None;
        }
        let text = &passage.text[range.clone()];
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((at, blank)) = rest.char_indices().rfind(|(_, c)| c.is_whitespace()) {
            let start = range.start + at + blank.len_utf8();
            let mut part = Field::new(passage, start..range.start + rest.len(), 0);
            part.value = figure::read(part.text(), core).value;
            if !part.is_figure() {
                break;
            }
            parts.push(part);
            rest = rest[..at].trim_end();
        }
        if parts.is_empty() {
            return None;
        }
        let mut head = Field::new(passage, range.start..range.start + rest.len(), 0);
        head.value = Value::Unreadable(Why::NotANumber);
        self.fold(&mut head, LONGEST_LABEL);
        let first = self.fields.len();
        parts.push(head);
        for (column, mut part) in parts.into_iter().rev().enumerate() {
            part.column = offset(column);
            self.fields.push(part);
        }
        Some(first..self.fields.len())
    }
}

/// The range of `text` without blanks at its ends, when `text` begins at byte `start`.
fn trimmed(text: &str, start: usize) -> Range<usize> {
    let is_padding = |c: char| c.is_whitespace() || is_invisible(c);
    let bytes = text.as_bytes();
    // Visible ASCII or Chinese characters at both ends, as nearly always.
    let begins_visibly = matches!(bytes, [b'!'..=b'~' | 0xe4..=0xe9, ..]);
    let ends_visibly = matches!(bytes, [.., b'!'..=b'~'] | [.., 0xe4..=0xe9, _, _]);
    if bytes.is_empty() || begins_visibly && ends_visibly {
        return start..start + text.len();
    }
    let end = text.trim_end_matches(is_padding).len();
    let left = end - text[..end].trim_start_matches(is_padding).len();
    start + left..start + end
}
