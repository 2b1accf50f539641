//! Workbooks: a heading and a table for each sheet that a reader of the workbook sees. One file a format, and what they
//! share: a [`book`] that collects cells, the [`grid`] that becomes of them.
//!
//! Cells are read one by one and kept sparsely, so that a cell in the last corner of a sheet costs no more than one in
//! the first. calamine is named in [`xlsx`] and nowhere else. Its readers of the older and the rarer formats hand out whole
//! rectangles, two far cells and all between them, and believe what a file says of itself; an allocation that fails ends
//! the process. Hence readers of our own for these, of which calamine is the measure: `examples/odd_files.rs` lays their
//! cells beside calamine's.

mod book;
mod budget;
mod bytes;
mod grid;
mod number;
pub mod ods;
mod sum;
mod value;
pub mod xls;
pub mod xlsb;
pub mod xlsx;

/// A sheet has this many rows and columns, and no file may claim more.
const SHEET_ROWS: u32 = 1 << 20;
const SHEET_COLUMNS: u32 = 1 << 14;

/// What a cell shows for a truth value.
fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}
