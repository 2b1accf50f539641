//! What a file may cost us, whatever it says of itself. Every bound of the readers stands here.

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
    /// Nesting of tables in HTML.
    pub nesting: usize,
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
            nesting: 64,
        }
    }
}
