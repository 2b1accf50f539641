//! From the bytes of a file to a [`Document`]: what the file is (by its first bytes, then by its name), then the reader
//! for it. A reader is one file below `read/` and one arm here.

mod archive;
mod compound;
mod encoding;
mod html;
mod kind;
mod markdown;
mod text;
mod unreadable;
mod workbook;

pub use kind::kind;
pub use unreadable::Unreadable;

use crate::document::{Document, Format};
use crate::limits::Limits;
use archive::Archive;
use kind::Container;

/// Reads the bytes of a file; `name` is its name, which decides only where the bytes do not.
///
/// # Errors
/// When there is nothing in it that could be checked; why is in the error.
pub fn read<'s>(name: &str, bytes: &'s [u8], limits: &Limits) -> Result<Document<'s>, Unreadable> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Unreadable::TooLarge { what: "file_bytes", limit: limits.file_bytes });
    }
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    let format = match kind::container(name, bytes) {
        Container::Plain(format) => format,
        Container::Compound => return Err(compound::unsupported(bytes)),
        Container::Zip => return read_archive(Archive::open(bytes, limits)?, limits),
    };
    match format {
        Format::Markdown | Format::Text | Format::Html => {}
        Format::Unsupported(format) => return Err(Unreadable::Unsupported { format }),
        // Its name says one thing, its bytes another.
        other => return Err(Unreadable::Damaged { detail: format!("not an {} file", other.name()) }),
    }
    if bytes.len() as u64 > limits.text_bytes {
        return Err(Unreadable::TooLarge { what: "file_bytes", limit: limits.text_bytes });
    }
    let decoded = encoding::decode(bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    let (format, blocks) = match format {
        Format::Html => (format, html::blocks(decoded.text, decoded.base, limits)?),
        Format::Markdown if !text::has_tabbed_tables(decoded.text) => {
            (format, markdown::blocks(decoded.text, decoded.base, limits)?)
        }
        // Saved under the name of plain text, and Markdown all the same.
        Format::Text if markdown::has_tables(decoded.text) && !text::has_tabbed_tables(decoded.text) => {
            (Format::Markdown, markdown::blocks(decoded.text, decoded.base, limits)?)
        }
        _ => (Format::Text, text::blocks(decoded.text, decoded.base, limits)?),
    };
    Ok(Document { format, encoding: Some(decoded.name), blocks, formulas: Vec::new() })
}

fn read_archive<'s>(mut archive: Archive<'_>, limits: &Limits) -> Result<Document<'s>, Unreadable> {
    match archive.format() {
        Format::Xlsx => workbook::read(archive, limits),
        other => Err(Unreadable::Unsupported { format: other.name() }),
    }
}
