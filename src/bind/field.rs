//! A field, the piece that binding works with: a cell of a table, or a line of text.

use std::ops::Range;
use std::slice;

use rust_decimal::Decimal;

use super::figure;
use super::vocabulary::{TableLabel, Vocabulary};
use crate::document::{Cell, Location, Passage};
use crate::facts::{Value, Why};
use crate::label::{Label, Ordinal, is_invisible};
use crate::pack::{Core, Target};

/// A cell, or a line of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'d> {
    pub passage: &'d Passage<'d>,
    /// The text without blanks at its ends, as bytes of the passage.
    range: (u32, u32),
    /// The folded text, as bytes of [`Labels::folded`]; empty for labels of a form, for figures and for long texts.
    key: (u32, u32),
    /// The grid column of a cell.
    pub column: u32,
    /// The label of a form that it is, as a number of the [`Vocabulary`].
    pub label: Option<u32>,
    pub ordinal: Option<Ordinal>,
    /// What it may mean in the form that the document follows.
    pub meaning: Meaning<'d>,
    /// Its text read as a figure. Of lines of text, only those split into a label and figures have any.
    pub value: Value,
    /// Plain digits and nothing else.
    pub is_plain: bool,
    /// It is in a column that holds no figures.
    pub is_left_out: bool,
    /// It is a cell that reaches down into the next row.
    pub is_merged_down: bool,
    /// How many grid columns the cell covers, as far as that can be said here.
    pub width: u16,
}

/// What a field may mean.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning<'d> {
    /// The places of the form that print its text as a label.
    Label(&'d [Target]),
    /// The one row whose code it is, or whose code is before it.
    Code(Target),
}

impl<'d> Field<'d> {
    /// A field without a value, of the bytes `range` of the passage.
    pub fn new(passage: &'d Passage<'d>, range: Range<usize>, column: u32) -> Self {
        Self {
            passage,
            range: (offset(range.start), offset(range.end)),
            key: (0, 0),
            column,
            label: None,
            ordinal: None,
            meaning: Meaning::Label(&[]),
            value: Value::Blank,
            is_plain: false,
            is_left_out: false,
            is_merged_down: false,
            width: 1,
        }
    }

    /// A field of plain digits.
    pub fn plain(passage: &'d Passage<'d>, range: Range<usize>, column: u32, number: Decimal) -> Self {
        Self { value: Value::Number(number), is_plain: true, ..Self::new(passage, range, column) }
    }

    /// The same field with what its cell covers.
    pub fn covering(self, cell: &Cell<'_>) -> Self {
        let width = cell.columns.len().try_into().unwrap_or(u16::MAX);
        Self { is_merged_down: cell.rows.len() > 1, width, ..self }
    }

    /// The grid columns of a cell.
    pub fn columns_covered(&self) -> Range<u32> {
        self.column..self.column.saturating_add(self.width.into())
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
        self.label.is_some() || self.key.0 < self.key.1
    }

    /// Makes it a field that holds nothing.
    pub fn blank_out(&mut self) {
        *self = Self::new(self.passage, self.range().start..self.range().start, self.column);
    }

    pub fn location(&self) -> Location {
        self.passage.locate(self.range())
    }

    pub fn is_blank(&self) -> bool {
        matches!(self.value, Value::Blank)
    }

    /// A number or a sign for nothing, or what is no such number and is where one belongs.
    pub fn is_figure(&self) -> bool {
        match self.value {
            Value::Number(_) | Value::Mark => true,
            Value::Unreadable(why) => matches!(why, Why::Uncomputed | Why::Parts | Why::OtherUnit),
            Value::Blank | Value::Text | Value::Absent => false,
        }
    }

    /// Every place of the form that it may be.
    pub fn targets(&self) -> &[Target] {
        match &self.meaning {
            Meaning::Label(targets) => targets,
            Meaning::Code(row) => slice::from_ref(row),
        }
    }

    /// The rows of a table, or groups of rows, that it may be.
    pub fn rows(&self, table: usize) -> impl DoubleEndedIterator<Item = usize> {
        self.targets().iter().filter_map(move |target| match *target {
            Target::Row { table: of, row } if of == table => Some(row),
            _ => None,
        })
    }

    /// The columns among `columns` of a table that it may be, counted from the first of them.
    pub fn columns(&self, table: usize, columns: &Range<usize>) -> impl Iterator<Item = usize> {
        self.targets().iter().filter_map(move |target| match *target {
            Target::Column { table: of, column } if of == table && columns.contains(&column) => {
                Some(column - columns.start)
            }
            _ => None,
        })
    }

    /// Whether it may be anything of a table.
    pub fn is_of(&self, table: usize) -> bool {
        self.targets().iter().any(|target| target.table() == Some(table))
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).expect("files are bounded below 4 GiB")
}

/// Longer cells are no labels (bytes).
pub(super) const LONGEST_LABEL: usize = 80 * 3;

/// The texts of fields, folded: those the forms print, and all others.
#[derive(Debug)]
pub(super) struct Labels<'d> {
    pub vocabulary: &'d Vocabulary,
    folded: String,
    /// Kept for its memory.
    label: Label,
}

impl<'d> Labels<'d> {
    pub fn new(vocabulary: &'d Vocabulary) -> Self {
        Self { vocabulary, folded: String::new(), label: Label::default() }
    }

    /// The folded text of a field; empty where it has not been folded.
    pub fn key(&self, field: &Field<'d>) -> &str {
        match field.label {
            Some(label) => &self.vocabulary.label(label).core,
            None => &self.folded[field.key.0 as usize..field.key.1 as usize],
        }
    }

    /// The same field, its folded text kept here, too. An empty one has its place as well: that it had is not here.
    pub fn take_in(&mut self, mut field: Field<'d>, key: &str) -> Field<'d> {
        if field.label.is_none() {
            let start = self.folded.len();
            self.folded.push_str(key);
            field.key = (offset(start), offset(self.folded.len()));
        }
        field
    }

    /// What a field is in the tables of the forms.
    pub fn table_label(&self, field: &Field<'d>) -> Option<TableLabel> {
        self.vocabulary.table_label(field.label?)
    }

    /// Folds the text of a field, unless it is longer than `longest` bytes.
    pub fn fold(&mut self, field: &mut Field<'d>, longest: usize) {
        if let Some(label) = self.vocabulary.find(field.text()) {
            field.label = Some(label);
            field.ordinal = self.vocabulary.label(label).ordinal;
            return;
        }
        if field.range().len() > longest {
            return;
        }
        self.label.fold(field.text());
        field.ordinal = self.label.ordinal;
        field.label = self.vocabulary.find_folded(&self.label.core);
        if field.label.is_none() {
            let start = self.folded.len();
            self.folded.push_str(&self.label.core);
            field.key = (offset(start), offset(self.folded.len()));
        }
    }

    /// Reads the text of a field as that of a cell: a figure, or a label.
    pub fn read(&mut self, field: &mut Field<'d>, core: &Core) {
        let text = field.text();
        if text.is_empty() {
            // Blank, as fields are made.
        } else if let Some(number) = figure::plain_digits(text) {
            field.value = Value::Number(number);
            field.is_plain = true;
        } else if let Some(label) = self.vocabulary.find(text) {
            field.value = Value::Unreadable(Why::NotANumber);
            field.label = Some(label);
            field.ordinal = self.vocabulary.label(label).ordinal;
        } else if core.is_filler(text) {
            field.blank_out();
        } else if !text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            field.value = figure::read(text, core).value;
            if field.value == Value::Unreadable(Why::NotANumber) {
                self.fold(field, LONGEST_LABEL);
            }
        }
    }

    /// A part of a passage as a cell of its own.
    pub fn cell(&mut self, passage: &'d Passage<'d>, range: Range<usize>, core: &Core) -> Field<'d> {
        let mut field = Field::new(passage, range, 0);
        self.read(&mut field, core);
        field
    }
}
