//! The colours that workbooks name by numbers.

use crate::read::colour::Colour;

/// The first of the colours that a workbook may change, and what all of them are unless it does.
const FIRST: usize = 8;
const USUAL: [u32; 56] = [
    0x00_0000, 0xff_ffff, 0xff_0000, 0x00_ff00, 0x00_00ff, 0xff_ff00, 0xff_00ff, 0x00_ffff, 0x80_0000, 0x00_8000,
    0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xc0_c0c0, 0x80_8080, 0x99_99ff, 0x99_3366, 0xff_ffcc, 0xcc_ffff,
    0x66_0066, 0xff_8080, 0x00_66cc, 0xcc_ccff, 0x00_0080, 0xff_00ff, 0xff_ff00, 0x00_ffff, 0x80_0080, 0x80_0000,
    0x00_8080, 0x00_00ff, 0x00_ccff, 0xcc_ffff, 0xcc_ffcc, 0xff_ff99, 0x99_ccff, 0xff_99cc, 0xcc_99ff, 0xff_cc99,
    0x33_66ff, 0x33_cccc, 0x99_cc00, 0xff_cc00, 0xff_9900, 0xff_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966,
    0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
];

/// The colours of a workbook, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Palette {
    /// Its own in place of the usual ones, from the first on.
    own: Vec<[u8; 3]>,
}

impl Palette {
    pub(super) fn of(own: Vec<[u8; 3]>) -> Self {
        Self { own }
    }

    pub(super) fn colour(&self, number: usize) -> Colour {
        const WINDOW_TEXT: usize = 64;
        const WINDOW: usize = 65;
        const AUTOMATIC: usize = 0x7fff;
        match number {
            WINDOW_TEXT | AUTOMATIC => return Colour::BLACK,
            WINDOW => return Colour::WHITE,
            _ => {}
        }
        // The first eight are there twice.
        let place = number.checked_sub(FIRST).unwrap_or(number);
        let usual = || USUAL.get(place).map(|rgb| [(rgb >> 16) as u8, (rgb >> 8) as u8, *rgb as u8]);
        let own = self.own.get(place).copied().filter(|_| number >= FIRST);
        own.or_else(usual).map_or(Colour::Unknown, Colour::Rgb)
    }

    /// A colour of the theme, made lighter or darker by so much: the first two are the ground and the text of windows.
    pub(super) fn of_theme(number: u32, tint: u16) -> Colour {
        match (number, tint) {
            (0, 0) => Colour::WHITE,
            (1, 0) => Colour::BLACK,
            _ => Colour::Unknown,
        }
    }
}
