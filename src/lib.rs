//! gouji
mod align;
pub mod bind;
pub mod document;
pub mod facts;
pub mod label;
pub mod limits;
pub mod pack;
pub mod read;
mod squeeze;
