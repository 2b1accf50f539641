//! The user's own file with what was found marked in it: a workbook or document in which the wrong figures are coloured and
//! commented, and nothing else is changed. A file of another kind comes as a page.
//!
//! A copy is patched: its parts are the file's own, byte for byte, but for the few that hold marks. What an earlier run has
//! marked in it is taken out first, so that a copy that was corrected can be marked again.

mod copy;
mod document;
mod marks;
mod name;
mod package;
mod refused;
mod workbook;
mod xml;

pub use copy::{Kind, Marked, annotate};
pub use name::{of_copy, of_original};
pub use refused::Refused;
