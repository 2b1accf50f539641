//! What a file may cost us, whatever it says of itself. Every bound is here.

/// Bounds on one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file on disk.
    pub file_bytes: u64,
    /// Bytes of a text, Markdown or HTML file: read, it takes some fifty times as much.
    pub text_bytes: u64,
    /// Bytes of the parts of a workbook or document once inflated, taken together.
    pub inflated_bytes: u64,
    /// Parts in the archive of a workbook or document.
    pub archive_parts: usize,
    /// Cells that are read from one file; also the slots that merged cells may fill.
    pub cells: usize,
    /// Rows of all tables in one file.
    pub rows: usize,
    /// Rows that a report adds to the tables of its form, in all; real ones add some two hundred.
    pub open_rows: usize,
    /// Reports in one file.
    pub reports: usize,
    /// Nesting of tables, in HTML and documents.
    pub nesting: usize,
    /// Seconds for one file. Kept by the command, which gives the file up and goes on with the others; the limits above
    /// are there to see to it that it never comes to this.
    pub seconds: u64,
}

/// One of the [`Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    FileBytes,
    TextBytes,
    InflatedBytes,
    ArchiveParts,
    Cells,
    Rows,
    OpenRows,
    Reports,
    Nesting,
    Seconds,
}

impl Limit {
    /// All of them by their names on the command line.
    pub const ALL: [(&'static str, Self); 10] = [
        ("file-bytes", Self::FileBytes),
        ("text-bytes", Self::TextBytes),
        ("inflated-bytes", Self::InflatedBytes),
        ("archive-parts", Self::ArchiveParts),
        ("cells", Self::Cells),
        ("rows", Self::Rows),
        ("open-rows", Self::OpenRows),
        ("reports", Self::Reports),
        ("nesting", Self::Nesting),
        ("seconds", Self::Seconds),
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        let (name, _) = Self::ALL[self as usize];
        name
    }
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
            open_rows: 4096,
            reports: 1000,
            nesting: 64,
            seconds: 60,
        }
    }
}

impl Limits {
    /// What a limit allows.
    pub fn get(&self, limit: Limit) -> u64 {
        match limit {
            Limit::FileBytes => self.file_bytes,
            Limit::TextBytes => self.text_bytes,
            Limit::InflatedBytes => self.inflated_bytes,
            Limit::ArchiveParts => self.archive_parts as u64,
            Limit::Cells => self.cells as u64,
            Limit::Rows => self.rows as u64,
            Limit::OpenRows => self.open_rows as u64,
            Limit::Reports => self.reports as u64,
            Limit::Nesting => self.nesting as u64,
            Limit::Seconds => self.seconds,
        }
    }

    /// Makes a limit allow so much. Places in files are counted in 32 bits, so that no file may be of 4 GiB.
    pub fn set(&mut self, limit: Limit, allowed: u64) {
        let count = usize::try_from(allowed).unwrap_or(usize::MAX).min(u32::MAX as usize / 2);
        let bytes = allowed.min(u64::from(u32::MAX) / 2);
        match limit {
            Limit::FileBytes => self.file_bytes = bytes,
            Limit::TextBytes => self.text_bytes = bytes,
            Limit::InflatedBytes => self.inflated_bytes = bytes,
            Limit::ArchiveParts => self.archive_parts = count,
            Limit::Cells => self.cells = count,
            Limit::Rows => self.rows = count,
            Limit::OpenRows => self.open_rows = count,
            Limit::Reports => self.reports = count,
            Limit::Nesting => self.nesting = count,
            Limit::Seconds => self.seconds = allowed.max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_is_set_by_its_name() {
        for (index, (name, limit)) in Limit::ALL.into_iter().enumerate() {
            assert_eq!((limit as usize, limit.name()), (index, name));
            let mut limits = Limits::default();
            limits.set(limit, 7);
            assert_eq!(limits.get(limit), 7);
            limits.set(limit, Limits::default().get(limit));
            assert_eq!(limits, Limits::default());
        }
    }
}
