//! The interface of a format: the rows of a report become a part of the output, and parts are written in order.

use std::io::{self, Write};

use super::row::{Column, Row};
use crate::view::Lines;

/// A format that figures are written in.
#[derive(Debug)]
pub struct Format {
    pub name: &'static str,
    /// It is not to be shown on a terminal.
    pub is_binary: bool,
    /// What the rows of a report become; made by the thread that has read the report.
    pub part: fn(&[Column], Vec<Row<'_>>, &Lines<'_>) -> Part,
    /// Begins an output.
    pub begin: fn(Settings<'_>, Sink) -> io::Result<Box<dyn Output>>,
}

/// Rows as they are, for who writes them himself: nothing is begun.
pub const ROWS: Format = Format {
    name: "rows",
    is_binary: true,
    part: |_, rows, _| Part::rows(rows),
    begin: |_, _| Err(io::ErrorKind::Unsupported.into()),
};

/// What an output is begun with.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'s> {
    pub columns: &'s [Column],
    /// What the sheets of a workbook are called.
    pub sheet: &'s str,
    /// Text begins with a byte order mark.
    pub byte_order_mark: bool,
}

/// Where an output goes.
pub type Sink = Box<dyn Write + Send>;

/// The rows of one report on their way to the output.
#[derive(Debug)]
pub enum Part {
    /// Text as it is written.
    Bytes(Vec<u8>),
    /// Rows for a format that is no text.
    Rows(Vec<Row<'static>>),
}

/// An output of one format, which takes the parts that this format makes.
pub trait Output {
    /// Writes the rows of one more report.
    ///
    /// # Errors
    /// When they cannot be written.
    fn write(&mut self, part: Part) -> io::Result<()>;

    /// Writes what is left, and the end.
    ///
    /// # Errors
    /// When it cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Of a text format: parts behind each other.
pub(super) struct Text(pub Sink);

impl Output for Text {
    fn write(&mut self, part: Part) -> io::Result<()> {
        let Part::Bytes(bytes) = part else { return Err(io::ErrorKind::InvalidInput.into()) };
        self.0.write_all(&bytes)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}

impl Part {
    /// Rows that outlive their report.
    pub(super) fn rows(rows: Vec<Row<'_>>) -> Self {
        Self::Rows(rows.into_iter().map(Row::into_kept).collect())
    }

    /// The rows of a part of such a format.
    pub(super) fn into_rows(self) -> io::Result<Vec<Row<'static>>> {
        match self {
            Self::Rows(rows) => Ok(rows),
            Self::Bytes(_) => Err(io::ErrorKind::InvalidInput.into()),
        }
    }
}
