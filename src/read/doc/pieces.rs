//! The text, which lies in pieces all over the file: those of one byte a character and those of two.

use super::properties::{Character, Paragraph};
use super::sprms::Sprms;
use crate::read::little_endian::{number, number16, numbers, units};
use crate::read::unreadable::Unreadable;

/// The whole text and where its pieces come from.
#[derive(Debug)]
pub(super) struct Pieces {
    /// All texts of the document behind each other, in UTF-16.
    pub text: Vec<u16>,
    pieces: Vec<Piece>,
    changes: Vec<Change>,
}

#[derive(Debug)]
struct Piece {
    /// Its first character, and the one behind its last.
    start: usize,
    end: usize,
    /// The byte of the file where it begins.
    byte: u32,
    is_wide: bool,
    /// What was changed about it since the formats were written, by its place among the changes.
    change: Option<usize>,
}

/// Formats that a piece has besides those of the pages: programs that saved fast left them there.
#[derive(Debug, Default)]
pub(super) struct Change {
    pub character: Character,
    pub paragraph: Paragraph,
}

/// A place in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'p> {
    pub byte: u32,
    pub change: Option<&'p Change>,
    /// Bytes a character.
    pub width: u32,
    /// The character behind the last one of the piece.
    pub end: usize,
}

impl Pieces {
    /// # Errors
    /// When a piece leads out of the file, or the pieces hold more than the file does.
    pub fn read(table: &[u8], document: &[u8]) -> Result<Self, Unreadable> {
        let (mut changes, list) = split(table).ok_or_else(|| broken("no list of pieces"))?;
        let count = list.len().saturating_sub(4) / 12;
        let mut pieces = Vec::with_capacity(count);
        let mut text: Vec<u16> = Vec::new();
        let mut single = SingleChanges::default();
        for (index, (start, end)) in numbers(list).zip(numbers(list).skip(1)).take(count).enumerate() {
            const COMPRESSED: u32 = 1 << 30;
            let entry = (count + 1) * 4 + index * 8;
            let place = number(list, entry + 2).ok_or_else(|| broken("a list of pieces that breaks off"))?;
            let modifier = number16(list, entry + 6).unwrap_or(0);
            if start as usize != text.len() || end < start {
                return Err(broken("pieces that are out of order"));
            }
            let is_wide = place & COMPRESSED == 0;
            let place = place & (COMPRESSED - 1);
            let byte = if is_wide { place } else { place / 2 };
            let length = (end - start) as usize;
            let from = byte as usize;
            let bytes = document.get(from..from.saturating_add(if is_wide { length * 2 } else { length }));
            let bytes = bytes.ok_or_else(|| broken("a piece that leads out of the file"))?;
            // No two pieces share their bytes in a file that a program wrote.
            if text.len() + length > document.len() {
                return Err(broken("more pieces than text"));
            }
            if is_wide {
                text.extend(units(bytes));
            } else {
                text.extend(bytes.iter().map(|&byte| windows_1252(byte)));
            }
            let change = match modifier {
                0 => None,
                _ if modifier & 1 == 1 => Some(usize::from(modifier >> 1)).filter(|&change| change < changes.len()),
                _ => single.index(modifier, &mut changes),
            };
            pieces.push(Piece { start: start as usize, end: end as usize, byte, is_wide, change });
        }
        Ok(Self { text, pieces, changes })
    }

    /// Where a character is in the file.
    pub fn spot(&self, at: usize) -> Option<Spot<'_>> {
        let piece = &self.pieces[self.pieces.partition_point(|piece| piece.end <= at)..].first()?;
        let width = if piece.is_wide { 2 } else { 1 };
        let byte = piece.byte + (at - piece.start) as u32 * width;
        Some(Spot { byte, change: piece.change.map(|change| &self.changes[change]), width, end: piece.end })
    }
}

/// The changes, and the list of pieces behind them.
fn split(table: &[u8]) -> Option<(Vec<Change>, &[u8])> {
    const CHANGE: u8 = 1;
    const PIECES: u8 = 2;
    let mut changes = Vec::new();
    let mut rest = table;
    loop {
        match *rest.first()? {
            CHANGE => {
                let length = usize::from(number16(rest, 1)?);
                changes.push(Change::read(rest.get(3..3 + length)?));
                rest = &rest[3 + length..];
            }
            PIECES => {
                let length = number(rest, 1)? as usize;
                let list = &rest[5..];
                return Some((changes, &list[..length.min(list.len())]));
            }
            _ => return None,
        }
    }
}

impl Change {
    fn read(properties: &[u8]) -> Self {
        let mut change = Self::default();
        for (kind, operand) in Sprms(properties) {
            change.character.take(kind, operand);
            change.paragraph.take(kind, operand);
        }
        change
    }
}

/// Changes of a single property, which a piece holds itself: each is kept once.
#[derive(Debug, Default)]
struct SingleChanges(Vec<(u16, usize)>);

impl SingleChanges {
    fn index(&mut self, modifier: u16, changes: &mut Vec<Change>) -> Option<usize> {
        let kind = match modifier >> 1 & 0x7f {
            0x0c => 0x260a,
            0x18 => 0x2416,
            0x19 => 0x2417,
            0x41 => 0x0800,
            0x57 => 0x0837,
            0x5c => 0x083c,
            0x68 => 0x2a48,
            0x73 => 0x2a53,
            0x75 => 0x0855,
            0x78 => 0x2640,
            // Properties that change nothing of what is read.
            _ => return None,
        };
        match self.0.binary_search_by_key(&modifier, |(known, _)| *known) {
            Ok(known) => Some(self.0[known].1),
            Err(place) => {
                let [_, operand] = modifier.to_le_bytes();
                let [low, high] = u16::to_le_bytes(kind);
                changes.push(Change::read(&[low, high, operand]));
                self.0.insert(place, (modifier, changes.len() - 1));
                Some(changes.len() - 1)
            }
        }
    }
}

/// The character of a byte; the codes between ASCII and Latin letters are the only ones that are not themselves.
fn windows_1252(byte: u8) -> u16 {
    const HIGH: [u16; 32] = [
        0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
        0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
        0x0153, 0x9d, 0x017e, 0x0178,
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => byte.into(),
    }
}

fn broken(how: &str) -> Unreadable {
    Unreadable::damaged(format!("a document with {how}"))
}
