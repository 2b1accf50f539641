//! gouji
pub mod document;
pub mod limits;
pub mod read;
