//! Output formats, one file each: pure functions from the view of a report to bytes. They decide nothing about
//! findings.

mod address;
mod concise;
mod format;
mod github;
mod gitlab;
mod held;
mod inspection;
mod json;
mod junit;
mod links;
mod options;
mod output;
mod overview;
mod page;
pub mod reference;
mod rules;
mod sarif;
mod statistics;
mod terminal;
mod words;
mod workbook;
mod written;

pub use format::Format;
pub use held::Made;
pub use inspection::{Inspected, inspection, inspections_json};
pub use json::JSON;
pub use links::Links;
pub use options::Options;
pub use output::{Collector, Output, Part, Setting};
pub use page::{HTML, MARKED_SCRIPT, MARKED_STYLE, excerpt, is_page, marked_article, marked_page};
pub use rules::{InUse, Rules};
pub use terminal::in_rule_file;
pub use words::why_unverifiable;
pub(crate) use words::{confidence as certainty, severity as severity_word, verdict as verdict_word};
pub use workbook::is_workbook;
pub(crate) use workbook::{of_many_rows, properties, save};
pub use written::{Stream, Written};
