//! The user's own file with what was found marked in it: a workbook or document of hers in which the wrong figures are
//! coloured and bear comments, and nothing else is changed. What is no such file comes as a page.
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
