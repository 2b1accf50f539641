//! What a file is that is a zip file, by its parts.

use super::relations::main_part;
use super::xml;
use super::zip_file::ZipFile;
use crate::document::Format;

/// What the file is: by a part that only such a file has; where writers have named their parts otherwise, by the part that
/// the file says it is about.
pub(super) fn format(file: &mut ZipFile<'_>) -> Format {
    const SPREADSHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    const TEXT: &[u8] = b"application/vnd.oasis.opendocument.text";
    const TEMPLATE: &[u8] = b"-template";
    if file.part("xl/workbook.xml").is_some() {
        return Format::Xlsx;
    }
    if file.has(|name| name.starts_with("word/document") && name.ends_with(".xml")) {
        return Format::Docx;
    }
    if file.part("xl/workbook.bin").is_some() {
        return Format::Xlsb;
    }
    if file.part("mimetype").is_none() {
        return by_main_part(file).unwrap_or(Format::Unsupported("zip"));
    }
    let mimetype = file.head_of("mimetype", (SPREADSHEET.len() + TEMPLATE.len()) as u64);
    let mimetype = mimetype.trim_ascii();
    match mimetype.strip_suffix(TEMPLATE).unwrap_or(mimetype) {
        SPREADSHEET => Format::Ods,
        TEXT => Format::Odt,
        _ => Format::Unsupported("opendocument"),
    }
}

/// By the first element of the main part, or the first record of a workbook in records.
fn by_main_part(file: &mut ZipFile<'_>) -> Option<Format> {
    const HEAD: u64 = 4096;
    /// The beginning of a workbook, which holds nothing.
    const RECORDS: &[u8] = b"\x83\x01\x00";
    let name = main_part(file, "ppt/presentation.xml").ok()?;
    let head = file.head_of(&name, HEAD);
    if head.starts_with(RECORDS) {
        return Some(Format::Xlsb);
    }
    match xml::local(xml::root(&head)?) {
        b"workbook" => Some(Format::Xlsx),
        b"document" => Some(Format::Docx),
        b"presentation" => Some(Format::Unsupported("pptx")),
        _ => None,
    }
}
