//! What a file may cost us, whatever it says of itself. Every bound of the readers stands here.

use std::time::Duration;

/// Bounds on one file.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of the file on disk.
    pub file_bytes: u64,
    /// Bytes of a text, Markdown or HTML file: read, it takes some fifty times as much.
    pub text_bytes: u64,
    /// Bytes of a workbook's parts once inflated, taken together.
    pub inflated_bytes: u64,
    /// Parts in a workbook's archive.
    pub archive_parts: usize,
    /// Cells that are read from one file; also the slots that merged cells may fill.
    pub cells: usize,
    /// Rows of all tables in one file.
    pub rows: usize,
    /// Nesting of tables, in HTML and documents.
    pub nesting: usize,
    /// Time for one file. Kept by the command, which gives the file up and goes on with the others; every other limit is
    /// there to make sure that it never comes to this.
    pub time: Duration,
}

impl Default for Limits {
    /// Twenty times and more what real reports need.
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            text_bytes: 16 << 20,
            inflated_bytes: 128 << 20,
            archive_parts: 4096,
            cells: 1 << 20,
            rows: 1 << 18,
            nesting: 64,
            time: Duration::from_secs(60),
        }
    }
}
