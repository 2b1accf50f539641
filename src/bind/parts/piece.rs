//! A piece of a document, from one place where a report may begin to the next, and what is in it.

use std::ops::Range;
use std::sync::Arc;

use super::super::title;

/// The sheet that a piece is on.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub number: usize,
    pub name: Arc<str>,
}

/// Whose report it is and of which year, by a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Empty where only the year is named.
    pub organization: String,
    pub year: u16,
}

/// Some lines, and what they print.
#[derive(Debug)]
pub(super) struct Piece {
    pub lines: Range<usize>,
    pub sheet: Option<Sheet>,
    /// The title it begins with.
    pub title: Option<Named>,
    /// It has titles of sections.
    pub has_sections: bool,
    /// It begins with the heading of section one.
    pub begins: bool,
    /// There is text below that heading, and a further section.
    pub has_text: bool,
    /// The rows of forms that it prints, by their labels; each once, in order of their numbers.
    pub rows: Vec<u32>,
    /// The most of them that one line prints.
    pub most_in_a_line: usize,
    pub has_figures: bool,
    /// How many labels of forms there are.
    pub labels: usize,
    /// The forms that may print all of them, a bit each.
    pub forms: u64,
}

impl Piece {
    /// Whether it is more than a title and text.
    pub fn has_content(&self) -> bool {
        /// A word or two may be anywhere.
        const LABELS: usize = 4;
        self.has_sections || self.labels >= LABELS
    }

    pub fn is_on_sheet_of(&self, other: &Self) -> bool {
        self.sheet_number() == other.sheet_number()
    }

    pub fn sheet_number(&self) -> Option<usize> {
        self.sheet.as_ref().map(|sheet| sheet.number)
    }
}

impl Named {
    /// Whether these are surely two.
    pub fn is_other_than(&self, other: &Self) -> bool {
        title::differ((&self.organization, self.year), (&other.organization, other.year))
    }
}
