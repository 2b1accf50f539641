//! What a file is: by its first bytes, then by its name.

use crate::document::Format;

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const PDF: &[u8] = b"%PDF-";
const RTF: &[u8] = b"{\\rtf";

/// The format of a file called `name` with these bytes.
pub fn kind(name: &str, bytes: &[u8]) -> Format {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    if bytes.starts_with(ZIP) {
        return match extension.as_str() {
            "docx" | "wps" => Format::Docx,
            "ods" => Format::Unsupported("ods"),
            "zip" => Format::Unsupported("zip"),
            // The parts of the archive say what it is.
            _ => Format::Xlsx,
        };
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return match extension.as_str() {
            "doc" | "wps" => Format::Unsupported("doc"),
            // An encrypted workbook hides in a compound file too; the workbook reader tells.
            _ => Format::Xlsx,
        };
    }
    if bytes.starts_with(PDF) {
        return Format::Unsupported("pdf");
    }
    if bytes.starts_with(RTF) {
        return Format::Unsupported("rtf");
    }
    if starts_with_tag(bytes) {
        return Format::Html;
    }
    match extension.as_str() {
        "md" | "markdown" => Format::Markdown,
        "htm" | "html" | "xhtml" => Format::Html,
        "xlsx" | "xlsm" => Format::Xlsx,
        "docx" => Format::Docx,
        _ => Format::Text,
    }
}

/// Whether the first thing in the file is the start of a page.
fn starts_with_tag(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head: Vec<u8> = start.iter().take(9).map(u8::to_ascii_lowercase).collect();
    [&b"<!doctype"[..], b"<html", b"<head", b"<body", b"<meta"].iter().any(|tag| head.starts_with(tag))
}
