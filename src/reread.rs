//! Files read again, to say where what the other reports say of theirs is.

mod accused;
mod source;

pub use accused::{Accused, File, not_evaluated, report_of};
pub use source::{Source, view};
