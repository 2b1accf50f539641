//! What a file is: by its first bytes, then by its parts, then by its name.

use super::archive::Archive;
use super::compound;
use crate::document::Format;
use crate::limits::Limits;

const ZIP: &[u8] = b"PK\x03\x04";
const PDF: &[u8] = b"%PDF-";
const RTF: &[u8] = b"{\\rtf";

/// What kind of bytes a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Zip,
    /// The compound files of Office before 2007; and of workbooks and documents under a password.
    Compound,
    /// Text, or a format told by its first bytes or its name.
    Plain(Format),
}

pub(super) fn container(name: &str, bytes: &[u8]) -> Container {
    if bytes.starts_with(ZIP) {
        return Container::Zip;
    }
    if bytes.starts_with(compound::MAGIC) {
        return Container::Compound;
    }
    if bytes.starts_with(PDF) {
        return Container::Plain(Format::Unsupported("pdf"));
    }
    if bytes.starts_with(RTF) {
        return Container::Plain(Format::Unsupported("rtf"));
    }
    if starts_with_tag(bytes) {
        return Container::Plain(Format::Html);
    }
    Container::Plain(by_name(name))
}

/// The format of a file called `name` with these bytes.
pub fn kind(name: &str, bytes: &[u8], limits: &Limits) -> Format {
    match container(name, bytes) {
        Container::Plain(format) => format,
        Container::Compound => compound::format(name, bytes),
        Container::Zip => Archive::open(bytes, limits).map_or_else(|_| by_name(name), |mut archive| archive.format()),
    }
}

fn by_name(name: &str) -> Format {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "md" | "markdown" => Format::Markdown,
        "htm" | "html" | "xhtml" => Format::Html,
        "xlsx" | "xlsm" => Format::Xlsx,
        "xlsb" => Format::Xlsb,
        "ods" => Format::Ods,
        "docx" => Format::Docx,
        _ => Format::Text,
    }
}

/// Whether the first thing in the file is the start of a page.
pub(super) fn starts_with_tag(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head: Vec<u8> = start.iter().take(9).map(u8::to_ascii_lowercase).collect();
    [&b"<!doctype"[..], b"<html", b"<head", b"<body", b"<meta"].iter().any(|tag| head.starts_with(tag))
}
