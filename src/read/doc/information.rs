//! The file information block: what kind of file it is, how long its texts are, and where the parts of the table stream lie.

use std::ops::Range;

use crate::read::little_endian::{number, number16};
use crate::read::unreadable::Unreadable;

/// The parts that are read, by their place in the list of all.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Styles = 1,
    CharacterPages = 12,
    ParagraphPages = 13,
    Pieces = 33,
    Anchors = 40,
    Drawings = 50,
    BoxTexts = 56,
    Lists = 73,
    ListUses = 74,
}

#[derive(Debug)]
pub(super) struct Information {
    /// Which of the two table streams counts.
    is_second: bool,
    /// The characters of the texts, in the order in which they follow each other.
    lengths: [u32; 7],
    /// Where the list of parts begins, and how many there are.
    parts: usize,
    count: usize,
}

/// The texts of a document.
const BODY: usize = 0;
const BOXES: usize = 6;

impl Information {
    /// # Errors
    /// When the document is under a password, older than Word 97, or broken.
    pub fn read(document: &[u8]) -> Result<Self, Unreadable> {
        const WORD_97: u16 = 0xa5ec;
        const FIRST_VERSION: u16 = 0xc0;
        const FLAGS: usize = 10;
        const ENCRYPTED: u16 = 0x0100;
        const SECOND_TABLE: u16 = 0x0200;
        const FIRST_COUNT: usize = 32;
        /// The lengths of the texts come behind this many numbers; the fourth of them is that of macros.
        const BEFORE_LENGTHS: usize = 3;
        let broken = || Unreadable::damaged("a document whose first block breaks off");
        let half = |at| number16(document, at).ok_or_else(broken);
        let (kind, version) = (half(0)?, half(2)?);
        match kind {
            WORD_97 if version >= FIRST_VERSION => {}
            // Word 2 to 95 begin with their own numbers.
            0xa5dc | 0xa5db | WORD_97 => return Err(Unreadable::Unsupported { format: "word-95" }),
            _ => return Err(Unreadable::damaged("a document without its first block")),
        }
        let flags = half(FLAGS)?;
        if flags & ENCRYPTED != 0 {
            return Err(Unreadable::Encrypted);
        }
        // Three lists follow each other: of halves, of numbers, of pairs.
        let numbers = FIRST_COUNT + 2 + usize::from(half(FIRST_COUNT)?) * 2;
        let first = numbers + 2;
        let length = |index: usize| number(document, first + (BEFORE_LENGTHS + index) * 4).ok_or_else(broken);
        let lengths = [length(0)?, length(1)?, length(2)?, length(3)?, length(4)?, length(5)?, length(BOXES)?];
        let pairs = first + usize::from(half(numbers)?) * 4;
        Ok(Self { is_second: flags & SECOND_TABLE != 0, lengths, parts: pairs + 2, count: half(pairs)?.into() })
    }

    /// The stream that the parts lie in, and the one that they lie in where there is no such stream.
    pub fn tables(&self) -> [&'static str; 2] {
        if self.is_second { ["1Table", "0Table"] } else { ["0Table", "1Table"] }
    }

    /// The characters of the body.
    pub fn body(&self) -> Range<usize> {
        self.text(BODY)
    }

    /// The characters of the text boxes.
    pub fn boxes(&self) -> Range<usize> {
        self.text(BOXES)
    }

    fn text(&self, index: usize) -> Range<usize> {
        let start = self.lengths[..index].iter().fold(0, |sum: usize, &length| sum.saturating_add(length as usize));
        start..start.saturating_add(self.lengths[index] as usize)
    }

    /// The bytes of a part; none where it leads out of the stream.
    pub fn part<'t>(&self, document: &[u8], table: &'t [u8], part: Part) -> &'t [u8] {
        let length = self.pair(document, part).map_or(0, |(_, length)| length as usize);
        let rest = self.rest_of(document, table, part);
        &rest[..length.min(rest.len())]
    }

    /// The table stream from a part on; nothing where there is no such part.
    pub fn rest_of<'t>(&self, document: &[u8], table: &'t [u8], part: Part) -> &'t [u8] {
        let start = self.pair(document, part).filter(|(_, length)| *length > 0).map(|(start, _)| start as usize);
        start.and_then(|start| table.get(start..)).unwrap_or_default()
    }

    fn pair(&self, document: &[u8], part: Part) -> Option<(u32, u32)> {
        let index = part as usize;
        if index >= self.count {
            return None;
        }
        let at = self.parts + index * 8;
        Some((number(document, at)?, number(document, at + 4)?))
    }
}
