//! Reports that are PDF files: pages one at a time, glyphs with their places, the lines between them, and what of this is
//! text, table or printed on every page.
//!
//! A PDF says where glyphs are drawn, and nothing of words, rows or cells. What is not sure is not guessed: a glyph without
//! a known character makes its figure unreadable.

mod matrix;
mod armor;
mod inflated;
mod radicals;
mod typeface;
mod paint;
mod state;
mod path;
mod canvas;
mod drawing;
mod layers;
mod faces;
mod interpreter;
mod rules;
mod text;
mod struck;
mod cut;
mod watermark;
mod sheet;
mod grid;
mod divided;
mod table;
mod ruled;
mod segment;
mod touching;
mod blocks;
mod broken_off;
mod aligned;
mod side_by_side;
mod layout;
mod furniture;
mod torn;
mod continued;
mod flow;

use std::collections::BTreeMap;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::budget::Budget;
use super::unreadable::Unreadable;
use crate::document::{Block, Counted, Document, Format, UnknownGlyphs};
use crate::limits::{Limit, Limits};
use interpreter::Interpreter;
use layers::Layers;
use layout::Page;
use sheet::Sheet;

/// Reads a PDF file.
///
/// # Errors
/// When it is broken, under a password, larger than the limits allow, or has nothing in it but pictures.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    inflated::check(bytes, limits)?;
    let file = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::Encrypted,
        LoadPdfError::Decryption(_) => Unreadable::damaged("its encryption is not known"),
        LoadPdfError::Invalid => Unreadable::damaged("not a PDF file"),
    })?;
    let mut interpreter = Interpreter::new(Layers::of(file.xref()), limits);
    let mut budget = Budget::new(limits, Limit::InflatedBytes);
    let (mut pages, mut unknown) = (Vec::new(), Unknown::default());
    let mut is_drawn = false;
    for (page, number) in file.pages().iter().zip(1..) {
        let canvas = interpreter.page(page)?;
        let sheet = Sheet::new(number, &canvas)?;
        is_drawn |= canvas.is_drawn();
        unknown.count(&sheet);
        pages.push(Page::of(sheet, &mut budget)?);
    }
    let blocks = flow::blocks(pages);
    if !blocks.iter().any(has_text) {
        return Err(if is_drawn { Unreadable::Scanned } else { Unreadable::Empty });
    }
    let unknown_glyphs = unknown.finish(&interpreter);
    Ok(Document { blocks, unknown_glyphs, ..Document::blank(Format::Pdf, None) })
}

fn has_text(block: &Block<'_>) -> bool {
    !matches!(block, Block::Image(_))
}

/// Glyphs without a known character, by the numbers of their fonts.
#[derive(Default)]
struct Unknown(BTreeMap<u16, Counted>);

impl Unknown {
    fn count(&mut self, sheet: &Sheet) {
        for glyph in &sheet.unknown {
            self.0.entry(glyph.face).or_default().add(sheet.place(glyph.area));
        }
    }

    fn finish(self, interpreter: &Interpreter<'_, '_>) -> Vec<UnknownGlyphs> {
        let named = self.0.into_iter().filter_map(|(face, Counted { count, first })| {
            Some(UnknownGlyphs { font: interpreter.name(face).to_owned(), count, first: first? })
        });
        named.collect()
    }
}
