//! What a report says, as far as it could be read: every figure of the form with its value and its place.
//! It does not depend on the file format; the checks see nothing else of a report.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::document::{Formula, Location, Part, Passage};
use crate::label::Ordinal;
use crate::pack::{Addend, Pack, Sought};
use crate::squeeze::Squeezed;

/// The value of one figure. Absent, blank and unreadable are three things, and none of them is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A number, exactly as written; 1 and 0 for 是 and 否.
    Number(Decimal),
    /// The cell holds words, as it is to.
    Text,
    /// The cell is there and holds nothing.
    Blank,
    /// The cell holds a sign for nothing: `-`, `/`, 无.
    Mark,
    /// The cell holds something that is no figure.
    Unreadable(Why),
    /// There is no such cell in the report.
    Absent,
}

/// Why a figure could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Text where a number is expected.
    NotANumber,
    /// Several numbers in one cell, or one with blanks in it or broken over lines.
    Parts,
    /// A number in another unit than the form's.
    OtherUnit,
    /// A formula whose result is not stored in the file.
    Uncomputed,
    /// It is not clear which figure of its row it is.
    Unplaced,
    /// It is in a cell that is merged over several rows.
    Merged,
}

/// One figure of the form as a report has it.
#[derive(Debug, Clone)]
pub struct Fact<'d> {
    pub value: Value,
    /// The text as written, trimmed; empty where there is none.
    pub found: Cow<'d, str>,
    /// Where it is; for a figure that is missing, nothing.
    pub location: Option<Location>,
    /// Written with full-width digits, blanks, thousands separators or a unit, or in two cells.
    pub untidy: bool,
    /// Written in this unit, which is not the form's; the value has been converted.
    pub other_unit: Option<&'d str>,
}

impl Fact<'_> {
    /// A figure the report does not have.
    pub fn absent() -> Self {
        Self { value: Value::Absent, found: Cow::Borrowed(""), location: None, untidy: false, other_unit: None }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Nothing, or a sign for nothing, where a figure is expected.
    pub fn is_empty(&self) -> bool {
        matches!(self.value, Value::Blank | Value::Mark)
    }
}

/// A title line: whose report, of which year.
#[derive(Debug, Clone)]
pub struct Title {
    pub organization: String,
    pub year: u16,
    pub location: Location,
}

/// A year named by the report as the period of its figures.
#[derive(Debug, Clone)]
pub struct Period {
    pub year: u16,
    pub location: Location,
}

/// A section of the form as a report has it.
#[derive(Debug, Clone, Default)]
pub struct SectionFacts<'d> {
    pub heading: Option<Heading<'d>>,
    /// The running text below the heading, up to the next one.
    pub text: Vec<Prose<'d>>,
    /// Whether there is anything below the heading but a placeholder.
    pub has_content: bool,
    /// The heading of the section before it, or the start of the report.
    pub before: Option<Location>,
}

/// The heading of a section.
#[derive(Debug, Clone)]
pub struct Heading<'d> {
    pub text: &'d str,
    pub location: Location,
    pub ordinal: Option<Ordinal>,
    /// It is before a section that it should follow.
    pub misplaced: bool,
}

/// A stretch of running text: one paragraph, or the part of it that belongs to a section.
#[derive(Debug, Clone)]
pub struct Prose<'d> {
    pub passage: &'d Passage<'d>,
    /// Where in the passage the stretch begins.
    pub start: usize,
    /// The stretch without blanks.
    pub text: Squeezed<'d>,
    words: OnceCell<Vec<(usize, Sought)>>,
}

impl<'d> Prose<'d> {
    /// The bytes `range` of a passage.
    pub fn new(passage: &'d Passage<'d>, range: Range<usize>) -> Self {
        Self { passage, start: range.start, text: Squeezed::new(&passage.text[range]), words: OnceCell::new() }
    }

    /// The words in it that the pack looks for, in order; looked for once. `pack` is the report's own.
    pub fn words(&self, pack: &Pack) -> &[(usize, Sought)] {
        self.words.get_or_init(|| pack.text().sought.find(&self.text.text))
    }

    /// Whether the rule is about a word in it, by its place among the rules.
    pub fn is_about(&self, pack: &Pack, rule: usize) -> bool {
        self.words(pack).iter().any(|(_, sought)| *sought == Sought::Rule(rule))
    }

    /// The place of the bytes `range` of the squeezed text.
    pub fn locate(&self, range: Range<usize>) -> Location {
        let original = self.text.original(range);
        self.passage.locate(self.start + original.start..self.start + original.end)
    }
}

/// A table of the form as a report has it.
#[derive(Debug, Clone, Default)]
pub struct TableFacts<'d> {
    /// Where it begins; none where there is no such table.
    pub location: Option<Location>,
    /// What its amounts are to be multiplied with, where they are printed in another unit than the form's.
    pub factor: Option<Decimal>,
    /// For each row of the form, where it is.
    pub rows: Vec<RowFacts>,
    /// How many rows are missing at least among those that are not known to be.
    pub lacking: usize,
    /// Columns of the form that the table's header lacks and its rows too, each by its figure in the first row.
    pub missing_columns: Vec<usize>,
    /// Columns of the form that have figures and nothing that names them, and groups of such columns, by their rows.
    pub nameless_columns: Vec<usize>,
    pub nameless_groups: Vec<usize>,
    /// Where the header is.
    pub header: Option<Location>,
    /// Rows that are none of the form's, or are there twice.
    pub extra: Vec<ExtraRow<'d>>,
    /// Rows that are known by their place and the sums, each with its label, which is not like the form's or blank.
    pub by_place: Vec<(usize, &'d str)>,
    /// The last thing before the place where the table is missing.
    pub before: Option<Location>,
    /// Where such a table begins that is said to be another agency's or year's, or an example.
    pub of_others: Option<Location>,
}

/// A row of the form in a report.
#[derive(Debug, Clone, Default)]
pub struct RowFacts {
    /// Its label (or its first cell).
    pub location: Option<Location>,
    /// The last thing before the place where it is missing.
    pub before: Option<Location>,
    /// It may be among the rows that could not be distinguished, so it is not known to be missing.
    pub uncertain: bool,
    /// It is before a row that it should follow.
    pub misplaced: bool,
    /// Why it is not clear which of its figures is which, where it is not.
    pub unplaced: Option<Unplaced>,
    /// Its last cell is blank, as it is where a cell before it was deleted: its figures were not read.
    pub may_be_moved: bool,
}

/// Why it is not clear which figure of a row is which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unplaced {
    /// It holds so many figures, and not one for each column.
    Count(usize),
    /// The columns are in another order than the form's, which their figures do not fit.
    Shuffled,
    /// It is printed once more, here, with other figures.
    Twice(Location),
}

/// A row with figures that count towards nothing.
#[derive(Debug, Clone)]
pub struct ExtraRow<'d> {
    pub label: &'d str,
    pub location: Location,
    /// The row of the form it repeats, if it does.
    pub repeats: Option<usize>,
}

/// What a report says.
#[derive(Debug, Clone)]
pub struct Facts<'d> {
    /// The title, and any further lines that read like one.
    pub titles: Vec<Title>,
    pub periods: Vec<Period>,
    /// The text before the first section; all of it where the form has none.
    pub preface: Vec<Prose<'d>>,
    /// For each section of the form.
    pub sections: Vec<SectionFacts<'d>>,
    /// For each table of the form.
    pub tables: Vec<TableFacts<'d>>,
    /// For each figure of the form.
    pub figures: Vec<Fact<'d>>,
    /// The document holds tables and nothing else: no section is to be expected of it.
    pub tables_only: bool,
    /// Where there are pictures, in which tables may be printed; in order.
    pub images: Vec<Location>,
    /// Of a workbook: the cells whose values are computed.
    pub formulas: &'d [Formula],
    /// The first thing in the report.
    pub start: Location,
    /// Which report of its file it is, where that holds several.
    pub part: Option<Part>,
    /// What in the file belongs to no report: the first thing in each stretch. With the first of its reports.
    pub apart: Vec<Location>,
}

impl<'d> Facts<'d> {
    /// The figures that an addend takes from this report.
    pub fn figures_of<'a>(&self, addend: &'a Addend) -> impl Iterator<Item = usize> + use<'a> {
        let is_printed = addend.parts.is_empty() || self.figures[addend.figure].value != Value::Absent;
        let own = is_printed.then_some(addend.figure);
        let parts = if is_printed { &[][..] } else { &addend.parts[..] };
        own.into_iter().chain(parts.iter().copied())
    }

    /// All running text of the report, in order.
    pub fn text(&self) -> impl Iterator<Item = &Prose<'d>> + Clone {
        self.preface.iter().chain(self.sections.iter().flat_map(|section| &section.text))
    }
}
