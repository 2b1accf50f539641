//! The view of a report: its findings in one language, with lines, columns and excerpts. It is made once for each
//! report, while its document is at hand, and every output is made from it. `json` and `jsonl` write it as it is, so
//! that other outputs can be made from a stored run.
//!
//! The types are separate from the inner ones, which may change freely; a key of the JSON keeps its name and meaning.

mod across;
mod draw;
mod excerpt;
mod in_words;
mod location;
mod make;
mod places;
mod position;
mod printed;
mod report;
mod run;
mod stored;
mod summary;
mod text;

pub use across::{Across, InReport, NotEvaluated};
pub use draw::marked_lines;
pub use excerpt::{Cell, Excerpt, Line, Mark, Piece, Row, Stretch};
pub use location::{Location, Points, within};
pub use make::Input;
pub use position::{Lines, Position};
pub use printed::{Pointer, Printed, PrintedBlock, PrintedCell, PrintedRow, Span};
pub use report::{Confidence, Finding, Label, Report, Suppressed, Suspect, name};
pub use run::{Document, SCHEMA, Said, Tool, schema};
pub use stored::{Refused, read};
pub use summary::Summary;
pub use text::{back, forward, harmless, harmless_lines};

pub use crate::check::Tally;
pub use crate::finding::Suppression;
pub use crate::report::Verdict;
