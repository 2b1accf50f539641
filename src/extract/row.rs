//! Rows and columns of figures, whatever format they are written in.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::checker::Reading;
use crate::document::Location;
use crate::message::Language;
use crate::view::Lines;

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
    /// Of the long layout: where the figure is.
    pub location: Option<&'r Location>,
}

/// The content of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<'r> {
    /// Nothing, which is never 0.
    Nothing,
    Text(Cow<'r, str>),
    Year(u16),
    Number(Decimal),
}

/// A report that rows are made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'r, 'd> {
    pub reading: &'r Reading<'r, 'd>,
    pub path: &'r str,
    pub lines: &'r Lines<'r>,
    /// Of the words for places in documents.
    pub language: Language,
}

impl Source<'_, '_> {
    /// Which report of the file it is, where that holds several.
    pub(super) fn part<'r>(&self) -> Field<'r> {
        let part = self.reading.facts.part.as_ref();
        part.map_or(Field::Nothing, |part| Field::Text(Cow::Owned(part.to_string())))
    }
}

impl Column {
    pub(super) fn new(name: impl Into<Cow<'static, str>>, kind: Kind) -> Self {
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
    pub(super) fn text(text: &'r str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(Cow::Borrowed(text)) }
    }

    pub(super) fn year(year: Option<u16>) -> Self {
        year.map_or(Self::Nothing, Self::Year)
    }
}
