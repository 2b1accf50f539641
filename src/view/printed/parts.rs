//! What a printed file is made of.

use crate::document::Location;

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintedBlock {
    Heading(Vec<Span>),
    Paragraph(Vec<Span>),
    Table(Vec<PrintedRow>),
    Image(Vec<Pointer>),
    /// Something that is not shown, in a file that is too long.
    Gap,
}

/// A row of a table: the cells that begin in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedRow {
    pub cells: Vec<PrintedCell>,
    /// Rows are left out above it.
    pub is_after_gap: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedCell {
    pub text: Vec<Span>,
    /// How many rows it covers.
    pub rows: u32,
    /// How many columns it covers.
    pub columns: u32,
    /// Its text is a figure.
    pub is_number: bool,
    /// It stands for columns in which its row has no cell.
    pub is_absent: bool,
}

/// A stretch of text, with all that points at it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub pointers: Vec<Pointer>,
}

/// What points at a place: a finding of one of the file's reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pointer {
    /// Which report of the file, counted from 0.
    pub report: usize,
    /// Which of its findings, counted from 0.
    pub finding: usize,
    /// 0 is the place of the finding itself, any other number that of its label, counted from 1.
    pub label: usize,
}

/// A pointer to a place within a block.
pub(super) struct Placed<'a> {
    pub cell: usize,
    pub location: &'a Location,
    pub pointer: Pointer,
}
