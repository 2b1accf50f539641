//! Pages with all that belongs to them in one file (`.mht`), as Word, Excel and browsers save them: a letter of several
//! parts. Places lead through what a part is packed in back to the file.

mod letter;
mod packing;

use self::letter::{Kind, Part};
use self::packing::Unpacked;
use super::decode::{self, Decoded, Text};
use super::html;
use super::source_map::SourceMap;
use super::unreadable::Unreadable;
use crate::document::{Block, Document, Format};
use crate::encoding::Encoding;
use crate::limits::Limits;

/// Whether a file is a letter with a page in it, by the head that it begins with: its fields come in any order.
pub fn is_one(bytes: &[u8]) -> bool {
    match letter::begins(bytes) {
        Some(Kind::Page) => true,
        Some(Kind::Letter) => letter::parts(bytes).iter().any(|part| part.is_page),
        None => false,
    }
}

/// Reads a page of several parts.
///
/// # Errors
/// When there is no page in it, or it costs more than the limits allow.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let pages: Vec<Part> = letter::parts(bytes).into_iter().filter(|part| part.is_page).collect();
    let Some(first) = pages.first() else { return Err(Unreadable::damaged("a web archive without a page")) };
    let mut document = Document::blank(Format::Mhtml, Some(Encoding::Utf8));
    let is_frame = |part: &Part| memchr::memmem::find(&Unpacked::of(part, bytes).bytes, b"<frameset").is_some();
    // Of a workbook the first page says only where its sheets are shown; beside them are pages of buttons.
    let is_read = |part: &&Part| memchr::memmem::find(&Unpacked::of(part, bytes).bytes, b"<td").is_some();
    let read: Vec<&Part> = if is_frame(first) { pages.iter().filter(is_read).collect() } else { vec![first] };
    for part in read {
        let unpacked = Unpacked::of(part, bytes);
        let map = SourceMap(&unpacked.edits);
        let Decoded { text, encoding, undecodable } = decode::decode(&unpacked.bytes)?;
        if !unpacked.is_packed {
            document.encoding = Some(encoding);
        }
        document.undecodable.extend(undecodable.into_iter().map(|range| map.source_of(range)));
        let blocks: Vec<Block<'_>> = match &text {
            Text::Original { text, base } => html::blocks(text, *base, limits)?,
            Text::Decoded(decoded) => {
                html::blocks(&decoded.text, 0, limits)?.into_iter().map(|block| decoded.restore(block, 0)).collect()
            }
        };
        document.blocks.extend(blocks.into_iter().map(|block| map.restore(block, 0)));
    }
    Ok(document)
}
