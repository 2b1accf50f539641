//! Every figure of a report as rows of a table, for those who reckon on with them: pure functions of what was read.
//! [`Frame`] says which rows and columns, the other files how they are written.

pub mod csv;
pub mod jsonl;
mod long;
#[cfg(feature = "parquet")]
pub mod parquet;
mod wide;
pub mod workbook;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::checker::Reading;
use crate::document::Location;
use crate::message::Language;
use crate::pack::Pack;
use crate::position::Lines;

/// Which rows and columns there are: the same for every report of a run, and known before the first is read.
#[derive(Debug)]
pub struct Frame {
    columns: Vec<Column>,
    /// Of the wide layout: the column of each figure, by its id.
    wide: Option<HashMap<String, usize>>,
}

/// A column of what is extracted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: Cow<'static, str>,
    pub kind: Kind,
}

/// What the fields of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word out of few, or a number of a row: short.
    Word,
    /// Whatever is written: names, paths, labels.
    Text,
    Year,
    Number,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row<'r> {
    /// One for each column.
    pub fields: Vec<Field<'r>>,
    /// Of the long layout: where the figure stands.
    pub location: Option<&'r Location>,
}

/// What stands in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<'r> {
    /// Nothing, which is never 0.
    Nothing,
    Text(Cow<'r, str>),
    Year(u16),
    Number(Decimal),
}

/// A report as its rows are made of it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'r, 'd> {
    pub reading: &'r Reading<'r, 'd>,
    pub path: &'r str,
    pub lines: &'r Lines<'r>,
    /// Of the words for places in documents.
    pub language: Language,
}

impl Frame {
    /// A row for each figure.
    pub fn long() -> Self {
        Self { columns: long::columns(), wide: None }
    }

    /// A row for each report, a column for each figure that the forms have of themselves.
    pub fn wide(packs: &[Arc<Pack>]) -> Self {
        let (columns, by_id) = wide::columns(packs);
        Self { columns, wide: Some(by_id) }
    }

    /// The columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows of a report.
    pub fn rows<'r>(&self, source: Source<'r, '_>) -> Vec<Row<'r>> {
        match &self.wide {
            None => long::rows(source),
            Some(by_id) => vec![wide::row(source, by_id, self.columns.len())],
        }
    }
}

impl Column {
    fn new(name: impl Into<Cow<'static, str>>, kind: Kind) -> Self {
        Self { name: name.into(), kind }
    }
}

impl Row<'_> {
    /// The same row, to be kept when the report is gone.
    pub fn into_kept(self) -> Row<'static> {
        let kept = |field| match field {
            Field::Nothing => Field::Nothing,
            Field::Text(text) => Field::Text(Cow::Owned(text.into_owned())),
            Field::Year(year) => Field::Year(year),
            Field::Number(number) => Field::Number(number),
        };
        Row { fields: self.fields.into_iter().map(kept).collect(), location: None }
    }
}

impl<'r> Field<'r> {
    fn text(text: &'r str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(Cow::Borrowed(text)) }
    }

    fn year(year: Option<u16>) -> Self {
        year.map_or(Self::Nothing, Self::Year)
    }
}
