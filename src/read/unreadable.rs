//! Why a file could not be read.

/// The reason a file gave no document. Becomes the finding `unreadable`; its words are in the message catalogues under
/// `unreadable.<key>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing in the file, or nothing but blanks.
    Empty,
    /// Over a limit: which one (a field of [`crate::limits::Limits`]) and what it allows.
    TooLarge { what: &'static str, limit: u64 },
    /// Not text in an encoding we know; the byte at which it breaks.
    NotText { byte: u32 },
    /// A workbook or document under a password.
    Encrypted,
    /// The format is known, the file is broken; in the parser's words.
    Damaged { detail: String },
    /// A format without a reader.
    Unsupported { format: &'static str },
    /// The operating system would not hand it over; in its words.
    NotOpened { detail: String },
    /// Our own reader failed on it: a defect of ours.
    Panicked { detail: String },
}
