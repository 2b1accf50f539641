//! Workbooks: a heading and a table for each sheet that a reader of the workbook sees. One file a format, and what they
//! share: a [`builder`] that collects cells, and the [`table`] that becomes of them.
//!
//! Cells are read one by one and kept sparsely, so that a cell in the last corner of a sheet costs no more than one in
//! the first. calamine is named in [`xlsx`] and nowhere else. Its readers of the older and the rarer formats hand out whole
//! rectangles, two far cells and all between them, and believe what a file says of itself; an allocation that fails ends
//! the process. Hence readers of our own for these, of which calamine is the measure: `examples/odd_files.rs` compares
//! their cells with calamine's.

mod binary;
mod builder;
mod formula;
pub mod ods;
mod table;
mod value;
pub mod xls;
pub mod xlsb;
pub mod xlsx;
