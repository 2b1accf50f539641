//! What a file is: by its first bytes, then by its parts, then by its name.

use super::compound_file;
use super::package;
use super::web_archive;
use super::workbook::xls;
use super::xml;
use super::zip_file::ZipFile;
use crate::document::Format;
use crate::limits::Limits;

const ZIP: &[u8] = b"PK\x03\x04";
/// Formats without a reader that are known by their first bytes.
const WITHOUT_READER: [(&[u8], &str); 2] = [(b"{\\rtf", "rtf"), (b"\xdb\xa5\x2d\x00", "word-95")];
const PDF: &[u8] = b"%PDF-";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What kind of bytes a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Zip,
    /// The compound files of Office before 2007; and of workbooks and documents under a password.
    Compound,
    /// The stream of an `.xls` workbook without a compound file around it.
    Records,
    Pdf,
    /// A page of several parts.
    WebArchive,
    /// A workbook or text of OpenDocument that is one part of XML.
    FlatOpenDocument(Format),
    /// Text, or a format known by its first bytes or its name.
    Plain(Format),
}

pub(super) fn container(name: &str, bytes: &[u8]) -> Container {
    if bytes.starts_with(ZIP) {
        return Container::Zip;
    }
    if bytes.starts_with(compound_file::MAGIC) {
        return Container::Compound;
    }
    if is_pdf(bytes) {
        return Container::Pdf;
    }
    match xls::stream_version(bytes) {
        Some(xls::LAST_VERSION) => return Container::Records,
        Some(_) => return Container::Plain(Format::Unsupported("excel-4")),
        None => {}
    }
    if let Some((_, format)) = WITHOUT_READER.into_iter().find(|(start, _)| bytes.starts_with(start)) {
        return Container::Plain(Format::Unsupported(format));
    }
    if web_archive::is_one(bytes) {
        return Container::WebArchive;
    }
    if let Some(format) = flat_open_document(bytes) {
        return Container::FlatOpenDocument(format);
    }
    let by_name = by_name(name);
    Container::Plain(by_first_tag(bytes, by_name).unwrap_or(by_name))
}

/// The format of a file called `name` with these bytes.
pub fn kind(name: &str, bytes: &[u8], limits: &Limits) -> Format {
    let of_office = || {
        let format = by_name(name);
        let is_of_office =
            matches!(format, Format::Xlsx | Format::Xls | Format::Xlsb | Format::Ods | Format::Docx | Format::Odt);
        if is_of_office { format } else { Format::Unknown }
    };
    match container(name, bytes) {
        Container::Plain(format) | Container::FlatOpenDocument(format) => format,
        Container::Records => Format::Xls,
        Container::Pdf => Format::Pdf,
        Container::WebArchive => Format::Mhtml,
        Container::Compound => match compound_file::kind(bytes).format() {
            Format::Unknown => of_office(),
            format => format,
        },
        Container::Zip => {
            ZipFile::new(bytes, limits).map_or_else(|_| by_name(name), |mut file| package::format(&mut file))
        }
    }
}

fn by_name(name: &str) -> Format {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "md" | "markdown" => Format::Markdown,
        "htm" | "html" | "xhtml" => Format::Html,
        "xlsx" | "xlsm" => Format::Xlsx,
        "xls" | "et" => Format::Xls,
        "xlsb" => Format::Xlsb,
        "ods" => Format::Ods,
        "docx" => Format::Docx,
        "odt" => Format::Odt,
        _ => Format::Text,
    }
}

/// Whether a file says of itself that it is a PDF. Some programs write a few bytes before that.
fn is_pdf(bytes: &[u8]) -> bool {
    const HEAD: usize = 1024;
    let head = &bytes[..bytes.len().min(HEAD)];
    head.starts_with(PDF) || !head.starts_with(b"<") && memchr::memmem::find(head, b"\n%PDF-").is_some()
}

/// Whether the first thing in the file is the start of a page.
pub(super) fn starts_with_tag(bytes: &[u8]) -> bool {
    let mut start = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii_start();
    // Where a page was saved from is said in a comment before it.
    while start.starts_with(b"<!--")
        && let Some(end) = memchr::memmem::find(start, b"-->")
    {
        start = start[end + b"-->".len()..].trim_ascii_start();
    }
    let head: Vec<u8> = start.iter().take(9).map(u8::to_ascii_lowercase).collect();
    [&b"<!doctype"[..], b"<html", b"<head", b"<body", b"<meta"].iter().any(|tag| head.starts_with(tag))
}

/// What a file is that begins with a tag. Systems export pages, or a table and nothing else, under the name of a workbook.
fn by_first_tag(bytes: &[u8], by_name: Format) -> Option<Format> {
    if starts_with_tag(bytes) {
        return Some(Format::Html);
    }
    let start = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"<?xml") {
        return by_root(start);
    }
    let is_workbook = matches!(by_name, Format::Xls | Format::Xlsx | Format::Xlsb | Format::Ods);
    (is_workbook && start.starts_with(b"<")).then_some(Format::Html)
}

/// What an XML file is, by its first element.
fn by_root(xml: &[u8]) -> Option<Format> {
    let name = xml::root(xml)?;
    match xml::local(name) {
        b"html" => Some(Format::Html),
        b"Workbook" => Some(Format::Unsupported("excel-2003-xml")),
        b"wordDocument" | b"package" => Some(Format::Unsupported("word-2003-xml")),
        b"document" if name.starts_with(b"office:") => Some(Format::Unsupported("flat-opendocument")),
        _ => None,
    }
}

/// What a file of OpenDocument is that is one part of XML, by the first element, which says it.
fn flat_open_document(bytes: &[u8]) -> Option<Format> {
    // Dozens of names are declared before that.
    const HEAD: usize = 1 << 15;
    const ROOT: &[u8] = b"<office:document";
    const KIND: &[u8] = b"application/vnd.oasis.opendocument.";
    let head = &bytes[..bytes.len().min(HEAD)];
    let start = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
    if !start.starts_with(b"<?xml") && !start.starts_with(ROOT) {
        return None;
    }
    let root = &start[memchr::memmem::find(start, ROOT)?..];
    let root = &root[..memchr::memchr(b'>', root)?];
    let kind = &root[memchr::memmem::find(root, KIND)? + KIND.len()..];
    if kind.starts_with(b"spreadsheet") {
        return Some(Format::Ods);
    }
    kind.starts_with(b"text").then_some(Format::Odt)
}
