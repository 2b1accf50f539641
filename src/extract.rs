//! Every figure of a report as rows of a table, for those who calculate with them: pure functions of what was read.
//! [`Frame`] says which rows and columns, the other files how they are written.

mod csv;
mod decimal;
mod format;
mod jsonl;
mod long;
#[cfg(feature = "parquet")]
mod parquet;
mod row;
mod schema;
mod wide;
#[doc(hidden)]
pub mod workbook;

use std::collections::HashMap;
use std::sync::Arc;

use crate::message::Language;
use crate::pack::Pack;
pub use csv::is_csv;
pub use decimal::{PRECISION, SCALE, unscaled};
pub use format::{Format, Output, Part, ROWS, Settings};
pub use row::{Column, Field, Kind, Row, Source};
use schema::schema;

/// All formats that were compiled in.
pub const FORMATS: &[Format] = &[
    csv::FORMAT,
    jsonl::FORMAT,
    workbook::FORMAT,
    #[cfg(feature = "parquet")]
    parquet::FORMAT,
];

/// Which rows and columns there are: the same for every report of a run, and known before the first is read.
///
/// ```
/// use gouji::Language;
/// use gouji::extract::{Field, Frame, Source};
/// use gouji::view::Lines;
///
/// # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
/// # use made::*;
/// let frame = Frame::long();
/// let value = frame.columns().iter().position(|column| column.name == "value").unwrap();
/// let numbers = checker().read_with("2024.md", REPORT_2024.as_bytes(), |reading| {
///     let lines = Lines::new(REPORT_2024.as_bytes(), reading.document.encoding);
///     let source = Source { reading, path: "2024.md", lines: &lines, language: Language::English };
///     frame.rows(source).iter().filter(|row| matches!(row.fields[value], Field::Number(_))).count()
/// });
/// assert_eq!(numbers[0].as_ref().unwrap(), &9);
/// ```
#[derive(Debug)]
pub struct Frame {
    columns: Vec<Column>,
    /// Of the wide layout: the column of each figure, by its id.
    wide: Option<HashMap<String, usize>>,
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

    /// The JSON Schema of a row as `jsonl` has it; what columns hold is said in a language. The packs are those that a frame for
    /// reports was made of.
    pub fn schema(&self, packs: &[Arc<Pack>], language: Language) -> String {
        schema(&self.columns, self.wide.is_some(), packs, language)
    }

    /// The rows of a report.
    pub fn rows<'r>(&self, source: Source<'r, '_>) -> Vec<Row<'r>> {
        match &self.wide {
            None => long::rows(source),
            Some(by_id) => vec![wide::row(source, by_id, self.columns.len())],
        }
    }
}
