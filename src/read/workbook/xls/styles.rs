//! The styles of an `.xls` workbook: what their fonts, grounds and number formats show.

use std::collections::HashMap;

use super::text::font_index;
use crate::read::colour::Colour;
use crate::read::workbook::binary::{Bytes, Font, Fonts};
use crate::read::workbook::formula::Layout;
use crate::read::workbook::looks::{Look, Looks};
use crate::read::workbook::palette::Palette;

/// What is said of styles, as it comes.
#[derive(Debug, Default)]
pub(super) struct Styles {
    pub fonts: Fonts,
    /// The number of the colour of each font.
    colours: Vec<u16>,
    palette: Palette,
    pub formats: HashMap<u32, String>,
    styles: Vec<Style>,
    /// By the numbers of styles, the colours that later versions of Excel added: of text, and of what is behind it.
    added: HashMap<usize, Added>,
}

/// The numbers of a font and of a number format, and the number of the colour of the ground, if it is of one.
#[derive(Debug, Default)]
struct Style {
    font: u16,
    format: u16,
    ground: Option<u16>,
}

#[derive(Debug, Default)]
struct Added {
    text: Option<Colour>,
    ground: Option<Colour>,
}

impl Styles {
    pub(super) fn font(&mut self, body: &[u8]) {
        let (font, colour) = font(Bytes(body)).unwrap_or_default();
        self.fonts.push(font);
        self.colours.push(colour);
    }

    pub(super) fn style(&mut self, body: &[u8], layout: Layout) {
        self.styles.push(style(body, layout).unwrap_or_default());
    }

    pub(super) fn palette(&mut self, body: &[u8]) {
        let colours = body.get(2..).unwrap_or_default().chunks_exact(4);
        self.palette = Palette::of(colours.map(|colour| [colour[0], colour[1], colour[2]]).collect());
    }

    /// What is added to a style.
    pub(super) fn add(&mut self, body: &[u8]) {
        const GROUND: u16 = 4;
        const TEXT: u16 = 13;
        let mut bytes = Bytes(body);
        // A head that repeats the kind of the record, then what is kept free.
        let head = bytes.take(14).and_then(|_| Some((bytes.u16()?, bytes.u16()?, bytes.u16()?)));
        let Some((style, _, count)) = head else { return };
        for _ in 0..count {
            let Some((kind, length)) = bytes.u16().zip(bytes.u16()) else { return };
            let Some(value) = usize::from(length).checked_sub(4).and_then(|length| bytes.take(length)) else { return };
            if matches!(kind, GROUND | TEXT) {
                let colour = Some(self.added_colour(Bytes(value)).unwrap_or(Colour::Unknown));
                let added = self.added.entry(style.into()).or_default();
                *(if kind == TEXT { &mut added.text } else { &mut added.ground }) = colour;
            }
        }
    }

    fn added_colour(&self, mut bytes: Bytes<'_>) -> Option<Colour> {
        let (kind, tint, value) = (bytes.u16()?, bytes.u16()?, bytes.u32()?);
        let [red, green, blue, _] = value.to_le_bytes();
        Some(match kind {
            1 if tint == 0 => self.palette.colour(value as usize),
            2 if tint == 0 => Colour::Rgb([red, green, blue]),
            3 => Palette::of_theme(value, tint),
            _ => Colour::Unknown,
        })
    }

    pub(super) fn looks(&self) -> Looks {
        let look = |(number, style): (usize, &Style)| {
            let font = font_index(style.font);
            let added = self.added.get(&number);
            let colour =
                || self.colours.get(font).map_or(Colour::Unknown, |colour| self.palette.colour((*colour).into()));
            let ground = || style.ground.map_or(Colour::Unknown, |ground| self.palette.colour(ground.into()));
            let colour = added.and_then(|added| added.text).unwrap_or_else(colour);
            let ground = added.and_then(|added| added.ground).unwrap_or_else(ground);
            Look {
                format: style.format.into(),
                is_struck: self.fonts.font(font).is_struck,
                is_hidden: colour.vanishes_on(ground),
            }
        };
        let looks = self.styles.iter().enumerate().map(look).collect();
        Looks::new(looks, |number| self.formats.get(&number).map(String::as_str))
    }
}

/// A font, and the number of its colour.
fn font(mut bytes: Bytes<'_>) -> Option<(Font, u16)> {
    let (_height, properties) = (bytes.u16()?, bytes.u16()?);
    let (colour, _weight) = (bytes.u16()?, bytes.u16()?);
    Some((Font::of(properties, bytes.u16()?), colour))
}

fn style(body: &[u8], layout: Layout) -> Option<Style> {
    /// The ground of windows, where nothing is on it.
    const WINDOW: u16 = 65;
    const NUMBER: u16 = 0x7f;
    let mut bytes = Bytes(body);
    let (font, format) = (bytes.u16()?, bytes.u16()?);
    let number = |at: usize| Bytes(body.get(at..).unwrap_or_default()).u16();
    let (pattern, colours) = match layout {
        Layout::Biff5 => (number(10).map(|bits| bits & 0x3f), number(8)),
        _ => (number(16).map(|bits| bits >> 10), number(18)),
    };
    let ground = match pattern {
        Some(0) => Some(WINDOW),
        Some(1) => colours.map(|colours| colours & NUMBER),
        _ => None,
    };
    Some(Style { font, format, ground })
}
