//! UTF-32, four bytes a character. encoding_rs does not know it, since no page on the web may be written in it.

use super::transcoded::Transcoded;

/// Bytes of a character.
pub(super) const UNIT: usize = 4;

/// The value of each four bytes, the last of which may be fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    /// The character in these bytes, if they are one.
    fn character(self, unit: &[u8]) -> Option<char> {
        let unit = unit.try_into().ok()?;
        char::from_u32(if self == Self::Little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) })
    }

    /// The order that the byte order mark at the start says. In UTF-16 it would be a mark and the character zero.
    pub fn marked(bytes: &[u8]) -> Option<Self> {
        [Self::Little, Self::Big]
            .into_iter()
            .find(|order| order.character(bytes.get(..UNIT).unwrap_or_default()) == Some('\u{feff}'))
    }

    /// The order in which the bytes are characters of text: three of four units of any other file are far beyond the last one.
    pub fn unmarked(bytes: &[u8]) -> Option<Self> {
        const HEAD: usize = 1024;
        let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
        let fits =
            |order: &Self| bytes.chunks_exact(UNIT).take(HEAD).all(|unit| order.character(unit).is_some_and(is_text));
        [Self::Little, Self::Big].into_iter().find(|order| bytes.len() >= UNIT && fits(order))
    }

    pub fn text(self, bytes: &[u8]) -> String {
        bytes.chunks(UNIT).map(|unit| self.character(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    pub fn transcode(self, bytes: &[u8], from: usize) -> Transcoded {
        let mut result = Transcoded::default();
        let mut start = from;
        for unit in bytes[from..].chunks(UNIT) {
            let place = start as u32..(start + unit.len()) as u32;
            let character = self.character(unit);
            if character.is_none() {
                result.undecodable.push(place.clone());
            }
            let at = result.text.len() as u32;
            result.text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
            result.characters.push((at..result.text.len() as u32, place));
            start += unit.len();
        }
        result
    }
}
