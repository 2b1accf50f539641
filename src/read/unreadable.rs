//! Why a file could not be read.

use std::any::Any;
use std::fmt;

use crate::document::Location;
use crate::limits::{Limit, Limits};
use crate::message::{Argument, Message};

/// The reason a file gave no document; becomes the finding `unreadable`.
///
/// ```
/// use gouji::{Checker, Limit, Limits, Unreadable};
///
/// let checker = Checker::default();
/// assert_eq!(checker.read("report.md", b" \n").unwrap_err(), Unreadable::Empty);
///
/// let checker = checker.with_limits(Limits { file_bytes: 8, ..Limits::default() });
/// let error = checker.read("report.md", b"# Nine bytes and more\n").unwrap_err();
/// assert_eq!(error, Unreadable::TooLarge { what: Limit::FileBytes, limit: 8 });
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing in the file, or nothing but blanks.
    Empty,
    /// Over a limit, and what it allows.
    TooLarge { what: Limit, limit: u64 },
    /// Not text in an encoding we know; the byte at which it breaks.
    NotText { byte: u32 },
    /// Not text at all, and no format that is known.
    Binary,
    /// A workbook or document under a password.
    Encrypted,
    /// A PDF of nothing but pictures of pages.
    Scanned,
    /// The format is known, the file is broken; in the parser's words.
    Damaged { detail: String },
    /// An archive of reports, or a report in it, is broken; in the words of who read it.
    DamagedArchive { detail: String },
    /// A report in an archive, under a password.
    LockedEntry,
    /// An archive in an archive: how large it is nobody knows before it is inflated, and it can only be read as a whole.
    NestedArchive,
    /// A report in an archive, packed by another method than all programs know.
    PackedOtherwise { method: String },
    /// A format without a reader.
    Unsupported { format: &'static str },
    /// The operating system could not open it.
    NotOpened { detail: Argument },
    /// A folder of reports that could not be walked.
    FolderNotOpened { detail: Argument },
    /// Our own reader failed on it: a defect of ours.
    Panicked { detail: String },
}

impl Unreadable {
    /// A broken file: how it is broken, cut where that quotes the file at length.
    pub(crate) fn damaged(detail: impl fmt::Display) -> Self {
        const LONGEST: usize = 200;
        Self::Damaged { detail: detail.to_string().chars().take(LONGEST).collect() }
    }

    /// More than a limit allows.
    pub(super) fn too_large(what: Limit, limits: &Limits) -> Self {
        Self::TooLarge { what, limit: limits.get(what) }
    }

    /// For what a reader panicked with.
    pub fn panicked(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let detail = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic").to_owned();
        Self::Panicked { detail }
    }

    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("unreadable.empty"),
            Self::TooLarge { what, limit } => {
                let message = Message::new(match what {
                    Limit::FileBytes | Limit::TextBytes => "unreadable.too-large.bytes",
                    Limit::InflatedBytes => "unreadable.too-large.inflated-bytes",
                    Limit::ArchiveParts => "unreadable.too-large.archive-parts",
                    Limit::Cells => "unreadable.too-large.cells",
                    Limit::Rows => "unreadable.too-large.rows",
                    Limit::OpenRows => "unreadable.too-large.open-rows",
                    Limit::Reports => "unreadable.too-large.reports",
                    Limit::Nesting => "unreadable.too-large.nesting",
                    Limit::Seconds => "unreadable.too-large.seconds",
                });
                message.with("limit", amount(*what, *limit))
            }
            Self::NotText { byte } => Message::new("unreadable.not-text").with("byte", byte.to_string()),
            Self::Binary => Message::new("unreadable.binary"),
            Self::Encrypted => Message::new("unreadable.encrypted"),
            Self::Scanned => Message::new("unreadable.scanned"),
            Self::Damaged { detail } => Message::new("unreadable.damaged").with("detail", reason(detail)),
            Self::DamagedArchive { detail } => {
                Message::new("unreadable.damaged-archive").with("detail", reason(detail))
            }
            Self::LockedEntry => Message::new("unreadable.locked-entry"),
            Self::NestedArchive => Message::new("unreadable.nested-archive"),
            Self::PackedOtherwise { method } => {
                Message::new("unreadable.packed-otherwise").with("method", method.as_str())
            }
            Self::Unsupported { format } => Message::new("unreadable.unsupported").with("format", *format),
            Self::NotOpened { detail } => Message::new("unreadable.not-opened").with("detail", detail.clone()),
            Self::FolderNotOpened { detail } => {
                Message::new("unreadable.folder-not-opened").with("detail", detail.clone())
            }
            Self::Panicked { detail } => Message::new("unreadable.panicked").with("detail", detail.as_str()),
        }
    }

    /// Where it breaks, if that is known.
    pub fn location(&self) -> Option<Location> {
        match self {
            Self::NotText { byte } => Some(Location::text(*byte..byte + 1)),
            _ => None,
        }
    }

    /// What the reader can do about it.
    pub fn help(&self) -> Option<Message> {
        Some(Message::new(match self {
            Self::NotText { .. } => "unreadable.hint.not-text",
            Self::Binary => "unreadable.hint.convert",
            Self::Encrypted => "unreadable.hint.encrypted",
            Self::Scanned => "unreadable.hint.scanned",
            Self::Damaged { .. } => "unreadable.hint.damaged",
            Self::DamagedArchive { .. } => "unreadable.hint.damaged-archive",
            Self::LockedEntry => "unreadable.hint.locked-entry",
            Self::NestedArchive => "unreadable.hint.nested-archive",
            Self::PackedOtherwise { .. } => "unreadable.hint.packed-otherwise",
            Self::Unsupported { format: "pdf" } => "unreadable.hint.pdf",
            Self::Unsupported { format: "word-95" | "rtf" | "word-2003-xml" } => "unreadable.hint.document",
            Self::Unsupported { format: "excel-4" | "excel-2003-xml" | "flat-opendocument" } => {
                "unreadable.hint.workbook"
            }
            Self::Unsupported { .. } => "unreadable.hint.convert",
            Self::Panicked { .. } => "unreadable.hint.panicked",
            Self::TooLarge { what, limit } => {
                let message = Message::new("unreadable.hint.too-large").with("name", what.name());
                return Some(message.with("twice", limit.saturating_mul(2).to_string()));
            }
            Self::Empty | Self::NotOpened { .. } | Self::FolderNotOpened { .. } => return None,
        }))
    }
}

fn reason(detail: &str) -> Argument {
    Argument::Reason(detail.to_owned())
}

/// What a limit allows, as people say it: bytes by the thousand where that is exact.
fn amount(what: Limit, limit: u64) -> Argument {
    const UNITS: [(u32, &str); 3] = [(30, "GB"), (20, "MB"), (10, "KB")];
    if !matches!(what, Limit::FileBytes | Limit::TextBytes | Limit::InflatedBytes) {
        return limit.to_string().into();
    }
    match UNITS.iter().find(|(bits, _)| limit > 0 && limit.is_multiple_of(1 << bits)) {
        Some((bits, unit)) => format!("{} {unit}", limit >> bits).into(),
        None => Message::new("bytes").with("count", limit.to_string()).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Language;

    #[test]
    fn what_a_limit_allows_is_said_as_people_say_it() {
        let said = |what, limit| Unreadable::TooLarge { what, limit }.message().say(Language::Chinese);
        assert_eq!(said(Limit::FileBytes, 64 << 20), "文件过大，超过 64 MB");
        assert_eq!(said(Limit::InflatedBytes, 1536 << 10), "文件解压后过大，超过 1536 KB");
        assert_eq!(said(Limit::TextBytes, 1000), "文件过大，超过 1000 字节");
        assert_eq!(said(Limit::Cells, 1 << 20), "单元格过多，超过 1048576 个");
        let help = Unreadable::TooLarge { what: Limit::FileBytes, limit: 64 << 20 }.help();
        assert!(help.is_some_and(|help| help.say(Language::English).ends_with("--limit file-bytes=134217728")));
    }
}
