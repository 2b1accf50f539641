//! What the two binary formats share: records one after another, numbers in them (the low byte first), and a table of
//! texts that cells refer to.

use std::ops::Range;

use crate::document::CellRef;
use crate::limits::{Limit, Limits};
use crate::read::raised::Runs;
use crate::read::unreadable::Unreadable;

/// One record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'b> {
    pub kind: u16,
    pub body: &'b [u8],
}

impl<'b> Record<'b> {
    /// What `read` finds in the record.
    ///
    /// # Errors
    /// When the record ends before all it must hold.
    pub(super) fn read<T>(self, read: impl FnOnce(&mut Bytes<'b>) -> Option<T>) -> Result<T, Unreadable> {
        let too_short = || Unreadable::damaged(format!("a record {:#06x} of {} bytes", self.kind, self.body.len()));
        read(&mut Bytes(self.body)).ok_or_else(too_short)
    }
}

/// Reads the kind and the length of a record.
pub(super) type Head = fn(&mut Bytes<'_>) -> Option<(u16, usize)>;

/// The records of a stream or part, from some place on.
#[derive(Debug)]
pub(super) struct Records<'b> {
    rest: Bytes<'b>,
    head: Head,
}

impl<'b> Records<'b> {
    pub(super) fn new(bytes: &'b [u8], head: Head) -> Self {
        Self { rest: Bytes(bytes), head }
    }

    /// The next record.
    ///
    /// # Errors
    /// When the bytes break off: the last record of every part says that it is the last.
    pub(super) fn next(&mut self) -> Result<Record<'b>, Unreadable> {
        self.record().ok_or_else(|| Unreadable::damaged("the workbook breaks off"))
    }

    fn record(&mut self) -> Option<Record<'b>> {
        let (kind, length) = (self.head)(&mut self.rest)?;
        Some(Record { kind, body: self.rest.take(length)? })
    }

    /// The body of a record, and the bodies of the records of kind `further` right behind it, which continue it.
    pub(super) fn continued(&mut self, first: Record<'b>, further: u16) -> Vec<&'b [u8]> {
        let mut bodies = vec![first.body];
        loop {
            let before = self.rest;
            match self.record() {
                Some(Record { kind, body }) if kind == further => bodies.push(body),
                _ => {
                    self.rest = before;
                    return bodies;
                }
            }
        }
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.rest.0.len()
    }
}

/// What is left of a record. Every call takes something off its front, or gives nothing if there is too little.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'b>(pub &'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    /// Row and column, 16 bits each.
    pub(super) fn cell16(&mut self) -> Option<CellRef> {
        Some(CellRef { row: self.u16()?.into(), column: self.u16()?.into() })
    }
}

/// The units of a text in UTF-16.
pub(super) fn utf16(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}

/// A font, of which it matters only how it sets text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Font {
    /// Raised or lowered.
    pub is_raised: bool,
    pub is_struck: bool,
}

impl Font {
    /// By what its record says of it: its properties, and 0 on the line, 1 raised, 2 lowered.
    pub(super) fn of(properties: u16, escapement: u16) -> Self {
        const STRUCK: u16 = 8;
        Self { is_raised: escapement != 0, is_struck: properties & STRUCK != 0 }
    }

    pub(super) fn is_plain(self) -> bool {
        self == Self::default()
    }
}

/// The fonts of a workbook.
#[derive(Debug, Default)]
pub(super) struct Fonts(Vec<Font>);

impl Fonts {
    pub(super) fn push(&mut self, font: Font) {
        self.0.push(font);
    }

    pub(super) fn font(&self, number: usize) -> Font {
        self.0.get(number).copied().unwrap_or_default()
    }
}

/// The text of these units, with the stretches of it in other fonts: each begins at a unit and goes on to the next one.
/// What is struck out is left out.
pub(super) fn in_runs(units: &[u16], runs: impl IntoIterator<Item = (usize, Font)>) -> String {
    let mut text = Runs::default();
    let (mut start, mut font) = (0, Font::default());
    let mut push = |range: Range<usize>, font: Font| {
        if !font.is_struck {
            text.push(&String::from_utf16_lossy(units.get(range).unwrap_or_default()), font.is_raised);
        }
    };
    for (next, other) in runs {
        if other != font {
            push(start..next.clamp(start, units.len()), font);
            (start, font) = (next.clamp(start, units.len()), other);
        }
    }
    push(start..units.len(), font);
    text.text
}

/// The texts that the cells of all sheets share, by their numbers.
#[derive(Debug, Default)]
pub(super) struct SharedTexts(Vec<String>);

impl SharedTexts {
    pub(super) fn push(&mut self, text: String, limits: &Limits) -> Result<(), Unreadable> {
        if self.0.len() >= limits.cells {
            return Err(Unreadable::too_large(Limit::Cells, limits));
        }
        self.0.push(text);
        Ok(())
    }

    /// # Errors
    /// When there is no text of that number.
    pub(super) fn get(&self, index: u32) -> Result<&str, Unreadable> {
        let missing = || Unreadable::damaged(format!("a cell with text {index} of {}", self.0.len()));
        self.0.get(index as usize).map(String::as_str).ok_or_else(missing)
    }
}
