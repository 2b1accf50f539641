//! Rows that no form lists and each report has of its own: by a code, or by a name.

use super::pattern::Pattern;
use crate::label::Label;
use crate::squeeze::Squeezed;

/// Rows that no form lists: each has a code, and belongs below the row whose code begins its own.
#[derive(Debug, Clone)]
pub struct Open {
    /// The whole code, on text without blanks.
    pub pattern: Pattern,
    /// Lengths of the codes of each level, ascending.
    pub levels: Vec<usize>,
}

impl Open {
    /// The level of the rows with this code, from 1; none where it is no such code.
    pub fn level(&self, code: &str) -> Option<usize> {
        let whole = self.pattern.find(code).is_some_and(|found| found.range() == (0..code.len()));
        self.levels.iter().position(|&length| whole && length == code.len()).map(|at| at + 1)
    }
}

/// By what open rows are known, with the word for it in a pack: whether that is a name.
pub const OPEN_BY: [(&str, bool); 2] = [("code", false), ("name", true)];

/// Rows that no form lists, each known by a name that the report gives it.
#[derive(Debug, Clone)]
pub struct Named {
    /// What a whole name is like, on text without blanks; any text where there is none.
    pub pattern: Option<Pattern>,
    pub below: Below,
}

/// What a report prints for each open name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Below {
    /// A row.
    Nothing,
    /// These rows: the id of each, and its folded labels.
    Rows(Vec<(String, Vec<String>)>),
    /// Any number of rows, each with a text of its own.
    Several,
}

impl Named {
    /// Whether rows may have this name.
    pub fn admits(&self, name: &str) -> bool {
        let text = Squeezed::new(name).text;
        let whole = |pattern: &Pattern| pattern.find(&text).is_some_and(|found| found.range() == (0..text.len()));
        self.pattern.as_ref().is_none_or(whole)
    }
}

/// The id of an open name: the same however it is written. None where there is no letter or digit in it.
pub fn name_id(name: &str) -> Option<String> {
    let Label { core, ordinal } = Label::new(name);
    let id = ordinal.map_or(core.clone(), |ordinal| format!("{}{core}", ordinal.value));
    (!id.is_empty()).then_some(id)
}

/// A row that a report adds to an open block; of a name with several rows, all that are printed together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenRow {
    /// Index of the table, and of its block.
    pub table: usize,
    pub block: usize,
    /// Its code, or the id of its name.
    pub code: String,
    pub label: String,
    /// Of a name: how many of the block's own rows are before it.
    pub at: usize,
    /// Of a name with several rows: the id and the text of each.
    pub below: Vec<(String, String)>,
}
