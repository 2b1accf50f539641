//! Workbooks: a heading and a table for each sheet that a reader of the workbook sees. One file a format, and what they
//! share: a [`builder`] that collects cells, and the [`table`] that becomes of them.
//!
//! Cells are read one by one and kept sparsely, so that a cell in the last corner of a sheet costs no more than one in
//! the first. The readers are our own: calamine says nothing of hidden rows and columns and of raised text, and gives up a
//! whole sheet for one error value that it does not know; in older and rarer formats it hands out whole rectangles, two far
//! cells and all between them, and believes what a file says of itself. It is the measure: `examples/odd_files.rs`
//! compares cells with calamine's.

mod binary;
mod builder;
mod formula;
mod hidden;
mod looks;
mod number_format;
pub mod ods;
mod palette;
mod table;
mod value;
pub mod xls;
pub mod xlsb;
pub mod xlsx;

pub(crate) use builder::RESULTS_MARK;
