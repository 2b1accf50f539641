//! Which of the reports in a file is meant.

use std::fmt;
use std::sync::Arc;

/// One of several reports in a file. Displayed as in JSON: `2023年`, `2/3`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// That which begins on this sheet of a workbook.
    Sheet(Arc<str>),
    /// By its place among all, counted from 1.
    Place { number: usize, of: usize },
}

impl Part {
    /// The name of its sheet.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Self::Sheet(name) => Some(name),
            Self::Place { .. } => None,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sheet(name) => f.write_str(name),
            Self::Place { number, of } => write!(f, "{number}/{of}"),
        }
    }
}
