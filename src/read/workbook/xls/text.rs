//! Texts of an `.xls` workbook: in UTF-16, half of it left out where every character is below 256, and cut anywhere at the
//! end of a record; before Excel 97, bytes in the encoding of the machine.

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::read::workbook::binary::{Bytes, Font, Fonts, in_runs, utf16};

/// How texts are stored.
#[derive(Debug, Clone, Copy)]
pub(super) enum Script {
    Bytes(&'static Encoding),
    Utf16,
}

impl Script {
    /// Before Excel 97, in the encoding of that number.
    pub(super) fn of_page(page: u16) -> Self {
        Self::Bytes(codepage::to_encoding(page).unwrap_or(WINDOWS_1252))
    }

    /// A text with its length in 16 bits, in the bodies of a record and those that go on with it.
    pub(super) fn text(self, bodies: &[&[u8]]) -> Option<String> {
        let mut parts = Parts::new(bodies);
        let count = usize::from(parts.front.u16()?);
        self.characters(&mut parts, count)
    }

    /// A text with its length in 8 bits.
    pub(super) fn short_text(self, body: &[u8]) -> Option<String> {
        let bodies = [body];
        let mut parts = Parts::new(&bodies);
        let count = usize::from(parts.front.u8()?);
        self.characters(&mut parts, count)
    }

    fn characters(self, parts: &mut Parts<'_>, count: usize) -> Option<String> {
        match self {
            // Writers leave out what says how a text is stored if there is none.
            _ if count == 0 => Some(String::new()),
            Self::Bytes(encoding) => {
                let bytes = parts.front.take(count)?;
                Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
            }
            Self::Utf16 => {
                let is_wide = parts.front.u8()? & WIDE != 0;
                parts.utf16(count, is_wide)
            }
        }
    }
}

const WIDE: u8 = 1;

/// The table of texts that cells share, one after another; each may have stretches of other fonts and, for Chinese and
/// Japanese, how it is pronounced, which is no part of it. Stops when `take` says so.
pub(super) fn shared<E>(
    bodies: &[&[u8]],
    fonts: &Fonts,
    mut take: impl FnMut(String) -> Result<(), E>,
) -> Result<Option<()>, E> {
    let mut parts = Parts::new(bodies);
    // How many texts cells refer to; how many there are.
    let Some((_, count)) = parts.front.u32().zip(parts.front.u32()) else { return Ok(None) };
    for _ in 0..count {
        if !parts.has_more() {
            break;
        }
        let Some(text) = parts.shared_text(fonts) else { return Ok(None) };
        take(text)?;
    }
    Ok(Some(()))
}

/// Where the font of a number is in their list: there is no number 4.
pub(super) fn font_index(number: u16) -> usize {
    number.saturating_sub(u16::from(number > 4)).into()
}

/// The bodies of one record, of which the front is what is left of the one that is being read.
#[derive(Debug)]
struct Parts<'b> {
    front: Bytes<'b>,
    behind: std::slice::Iter<'b, &'b [u8]>,
}

impl<'b> Parts<'b> {
    fn new(bodies: &'b [&'b [u8]]) -> Self {
        let mut behind = bodies.iter();
        Self { front: Bytes(behind.next().copied().unwrap_or_default()), behind }
    }

    /// Goes on to the next body once the front is used up; false at the end of all.
    fn has_more(&mut self) -> bool {
        while self.front.0.is_empty() {
            let Some(next) = self.behind.next() else { return false };
            self.front = Bytes(next);
        }
        true
    }

    fn shared_text(&mut self, known: &Fonts) -> Option<String> {
        const PRONOUNCED: u8 = 4;
        const FONTS: u8 = 8;
        let count = self.front.u16()?;
        let flags = self.front.u8()?;
        let fonts = if flags & FONTS != 0 { usize::from(self.front.u16()?) } else { 0 };
        let pronounced = if flags & PRONOUNCED != 0 { self.front.u32()? as usize } else { 0 };
        let units = self.units(count.into(), flags & WIDE != 0)?;
        let runs = (0..fonts).map(|_| {
            let (start, font) = (self.u16()?, self.u16()?);
            Some((start.into(), known.font(font_index(font))))
        });
        let runs: Vec<(usize, Font)> = runs.collect::<Option<_>>()?;
        self.skip(pronounced)?;
        Some(in_runs(&units, runs))
    }

    fn utf16(&mut self, count: usize, is_wide: bool) -> Option<String> {
        Some(String::from_utf16_lossy(&self.units(count, is_wide)?))
    }

    /// So many units. Each further body begins by saying again whether they take one byte or two.
    fn units(&mut self, count: usize, mut is_wide: bool) -> Option<Vec<u16>> {
        // No more than there are bytes left: a record has far fewer than 64 KiB.
        let mut units: Vec<u16> = Vec::with_capacity(count.min(self.front.0.len()));
        while units.len() < count {
            if self.front.0.is_empty() {
                self.has_more().then_some(())?;
                is_wide = self.front.u8()? & WIDE != 0;
            }
            let missing = count - units.len();
            if is_wide {
                let here = missing.min(self.front.0.len() / 2).max(1);
                let bytes = self.front.take(2 * here)?;
                units.extend(utf16(bytes));
            } else {
                let here = missing.min(self.front.0.len());
                units.extend(self.front.take(here)?.iter().copied().map(u16::from));
            }
        }
        Some(units)
    }

    /// A number, which may be cut at the end of a body.
    fn u16(&mut self) -> Option<u16> {
        let mut byte = || {
            self.has_more().then_some(())?;
            self.front.u8()
        };
        Some(u16::from_le_bytes([byte()?, byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.has_more().then_some(())?;
            let here = count.min(self.front.0.len());
            self.front.take(here)?;
            count -= here;
        }
        Some(())
    }
}
