//! What is said of reports, in one language: made once of each report, where its document is at hand, and all that every
//! output is made of. `json` and `jsonl` write it as it is, so that other outputs can be made of a stored run.
//!
//! Types of its own, so that inner types may change freely; a key of the JSON keeps its name and its meaning.

mod across;
mod draw;
mod excerpt;
mod location;
mod make;
mod places;
mod position;
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
pub use report::{Confidence, Finding, Label, Report, Suppressed, Suspect, name};
pub use run::{Document, SCHEMA, Said, Tool, schema};
pub use stored::{Refused, read};
pub use summary::Summary;
pub use text::{back, forward, harmless, harmless_lines};

pub use crate::check::Tally;
pub use crate::finding::Suppression;
pub use crate::report::Verdict;
