//! From the bytes of a file to a [`Document`]: what the file is (by its first bytes, then by its name), then the reader
//! for it. A reader is one file below `read/` and one arm here.

mod unreadable;
mod budget;
mod source_map;
mod layout_table;
mod zip_file;
mod little_endian;
mod compound_file;
mod xml;
mod raised;
mod colour;
mod relations;
mod open_document;
mod package;
mod decode;
mod plain_text;
mod delimited;
mod drawn_table;
mod ruled_table;
mod html;
mod markup;
mod markdown;
mod word;
mod docx;
mod doc;
mod odt;
mod web_archive;
mod workbook;
#[cfg(feature = "pdf")]
mod pdf;
mod detect;

pub use detect::kind;
pub(crate) use docx::{Piece, Traced, trail};
pub(crate) use relations::{Relation, main_part, of_text as relations};
pub use unreadable::Unreadable;
pub(crate) use workbook::RESULTS_MARK;
pub(crate) use xml::text as xml_text;
pub(crate) use zip_file::ZipFile;

use crate::document::{Block, Document, Format};
use crate::limits::{Limit, Limits};
use compound_file::CompoundFile;
use decode::{Decoded, Text};
use detect::Container;
use markup::Language;

/// Reads the bytes of a file; `name` is its name, which decides only where the bytes do not.
///
/// # Errors
/// When there is nothing in it that could be checked; why is in the error.
pub fn read<'s>(name: &str, bytes: &'s [u8], limits: &Limits) -> Result<Document<'s>, Unreadable> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Unreadable::too_large(Limit::FileBytes, limits));
    }
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    let document = read_file(name, bytes, limits)?;
    if document.blocks.is_empty() {
        return Err(Unreadable::Empty);
    }
    let rows = document.blocks.iter().map(|block| if let Block::Table(table) = block { table.rows().len() } else { 0 });
    if rows.sum::<usize>() > limits.rows {
        return Err(Unreadable::too_large(Limit::Rows, limits));
    }
    Ok(document)
}

fn read_file<'s>(name: &str, bytes: &'s [u8], limits: &Limits) -> Result<Document<'s>, Unreadable> {
    let format = match detect::container(name, bytes) {
        Container::Plain(format) => format,
        Container::Compound => return read_compound(bytes, limits),
        Container::Records => return workbook::xls::read(bytes, limits),
        Container::Pdf => return read_pdf(bytes, limits),
        Container::WebArchive => return read_web_archive(bytes, limits),
        Container::FlatOpenDocument(format) => return read_flat(format, bytes, limits),
        Container::Zip => return read_zip(ZipFile::new(bytes, limits)?, limits),
    };
    if let Format::Unsupported(format) = format {
        return Err(Unreadable::Unsupported { format });
    }
    let damaged = || Unreadable::damaged(format!("no {} file", format.name()));
    if bytes.len() as u64 > limits.text_bytes {
        return Err(Unreadable::too_large(Limit::TextBytes, limits));
    }
    let decoded = decode::decode(bytes).map_err(|error| if is_of_text(format) { error } else { damaged() })?;
    let text = decoded.text.as_str();
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    let format = text_format(format, text).ok_or_else(damaged)?;
    let blocks = match decoded.text {
        Text::Original { text, base } => text_blocks(format, text, base, limits)?,
        Text::Decoded(decoded) => {
            let blocks = text_blocks(format, &decoded.text, 0, limits)?;
            blocks.into_iter().map(|block| decoded.restore(block, 0)).collect()
        }
    };
    let Decoded { encoding, undecodable, .. } = decoded;
    Ok(Document { blocks, undecodable, ..Document::blank(format, Some(encoding)) })
}

/// Whether files of this format are text. Tables with tabs between the cells are exported under the name of an old workbook.
fn is_of_text(format: Format) -> bool {
    matches!(format, Format::Markdown | Format::Text | Format::Html | Format::Xls)
}

/// The format of a text that may bear the name of another; none where its name says one thing and its bytes say nothing.
fn text_format(by_name: Format, text: &str) -> Option<Format> {
    if by_name == Format::Html || detect::starts_with_tag(text.as_bytes()) {
        return Some(Format::Html);
    }
    let has_pipe_tables = markdown::has_pipe_tables(text);
    let has_tables = has_pipe_tables || text.contains("<table");
    let format = match by_name {
        _ if !has_tables && Language::of(text).is_some() => Format::Text,
        // The cells of other tables may hold commas.
        _ if !has_tables && delimited::Dialect::of(text).is_some() => Format::Csv,
        Format::Xls if text.trim_start().starts_with('<') => Format::Html,
        Format::Xls => Format::Text,
        _ if plain_text::has_tabbed_tables(text) => Format::Text,
        _ if has_pipe_tables => Format::Markdown,
        Format::Markdown if !ruled_table::find(text).is_empty() => Format::Markdown,
        _ if has_tables && !plain_text::has_rows(text) => Format::Markdown,
        Format::Markdown if !plain_text::has_rows(text) => Format::Markdown,
        Format::Markdown | Format::Text => Format::Text,
        _ => return None,
    };
    Some(format)
}

fn text_blocks<'s>(format: Format, text: &'s str, base: u32, limits: &Limits) -> Result<Vec<Block<'s>>, Unreadable> {
    match format {
        Format::Html => return html::blocks(text, base, limits),
        Format::Csv => return delimited::blocks(text, base, limits),
        Format::Text if !text.contains("<table") => {
            if let Some(language) = Language::of(text) {
                return markup::blocks(language, text, base, limits);
            }
        }
        _ => {}
    }
    let Some(parts) = drawn_table::parts(text) else { return ruled_blocks(format, text, base, limits) };
    let mut blocks = Vec::new();
    for part in parts {
        if part.is_drawn {
            blocks.extend(drawn_table::table(text, part.range, base, limits)?.map(markdown::unmarked));
        } else {
            let start = part.range.start as u32;
            blocks.extend(ruled_blocks(format, &text[part.range], base + start, limits)?);
        }
    }
    Ok(blocks)
}

/// The blocks of a text around the tables ruled in it.
fn ruled_blocks<'s>(format: Format, text: &'s str, base: u32, limits: &Limits) -> Result<Vec<Block<'s>>, Unreadable> {
    let tables = ruled_table::find(text);
    if tables.is_empty() {
        return blocks_of(format, text, base, limits);
    }
    let mut blocks = Vec::new();
    let mut start = 0;
    for range in tables {
        let end = range.end;
        blocks.extend(blocks_of(format, &text[start..range.start], base + start as u32, limits)?);
        blocks.extend(ruled_table::table(text, range, base, limits)?.map(markdown::unmarked));
        start = end;
    }
    blocks.extend(blocks_of(format, &text[start..], base + start as u32, limits)?);
    Ok(blocks)
}

fn blocks_of<'s>(format: Format, text: &'s str, base: u32, limits: &Limits) -> Result<Vec<Block<'s>>, Unreadable> {
    match format {
        Format::Markdown => markdown::blocks(text, base, limits),
        _ => {
            let tables = html::tables_in(text);
            let mut blocks = Vec::new();
            let mut start = 0;
            for table in tables {
                blocks.extend(plain_text::blocks(&text[start..table.start], base + start as u32, limits)?);
                blocks.extend(html::blocks(&text[table.clone()], base + table.start as u32, limits)?);
                start = table.end;
            }
            blocks.extend(plain_text::blocks(&text[start..], base + start as u32, limits)?);
            Ok(blocks)
        }
    }
}

fn read_compound(bytes: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    match compound_file::kind(bytes) {
        compound_file::Kind::Encrypted => Err(Unreadable::Encrypted),
        compound_file::Kind::Other(format) => Err(Unreadable::Unsupported { format }),
        compound_file::Kind::Document => doc::read(&CompoundFile::new(bytes)?, limits),
        compound_file::Kind::Workbook(stream) => workbook::xls::read(&CompoundFile::new(bytes)?.read(stream)?, limits),
        // Of one that is broken, how it is.
        compound_file::Kind::Unknown => {
            CompoundFile::new(bytes).and(Err(Unreadable::Unsupported { format: "compound" }))
        }
    }
}

#[cfg(feature = "pdf")]
fn read_pdf(bytes: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    pdf::read(bytes, limits)
}

#[cfg(not(feature = "pdf"))]
fn read_pdf(_: &[u8], _: &Limits) -> Result<Document<'static>, Unreadable> {
    Err(Unreadable::Unsupported { format: Format::Pdf.name() })
}

fn read_web_archive(bytes: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    if bytes.len() as u64 > limits.text_bytes {
        return Err(Unreadable::too_large(Limit::TextBytes, limits));
    }
    web_archive::read(bytes, limits)
}

/// Reads a file of OpenDocument that is no archive.
fn read_flat(format: Format, bytes: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    if bytes.len() as u64 > limits.text_bytes {
        return Err(Unreadable::too_large(Limit::TextBytes, limits));
    }
    let text = xml::text(bytes.to_vec())?;
    if format == Format::Ods { workbook::ods::read_flat(&text, limits) } else { odt::read_flat(&text, limits) }
}

fn read_zip<'s>(mut file: ZipFile<'_>, limits: &Limits) -> Result<Document<'s>, Unreadable> {
    match package::format(&mut file) {
        Format::Xlsx => workbook::xlsx::read(file, limits),
        Format::Xlsb => workbook::xlsb::read(file, limits),
        Format::Ods => workbook::ods::read(file, limits),
        Format::Docx => docx::read(file, limits),
        Format::Odt => odt::read(file, limits),
        other => Err(Unreadable::Unsupported { format: other.name() }),
    }
}
