//! From the bytes of a file to a [`Document`]: what the file is (by its first bytes, then by its name), then the reader
//! for it. A reader is one file below `read/` and one arm here.

mod html;
mod unreadable;
mod workbook;

pub use unreadable::Unreadable;
