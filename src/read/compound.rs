//! Compound files: what Office wrote before 2007, and what hides a workbook or document under a password.

use super::Unreadable;
use crate::document::Format;

/// The first bytes of every such file.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What the file is, by the streams it names.
pub(super) fn format(name: &str, bytes: &[u8]) -> Format {
    let _ = name;
    match unsupported(bytes) {
        Unreadable::Unsupported { format } => Format::Unsupported(format),
        _ => Format::Unknown,
    }
}

/// Which compound file it is. The directory of such a file names its streams in UTF-16.
pub(super) fn unsupported(bytes: &[u8]) -> Unreadable {
    let names = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if names("EncryptedPackage") {
        return Unreadable::Encrypted;
    }
    Unreadable::Unsupported { format: if names("WordDocument") { "doc" } else { "xls" } }
}
