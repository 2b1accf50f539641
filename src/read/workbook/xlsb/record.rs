//! The records of an `.xlsb` part: kind and length in as few bytes as they need, and that many bytes.

use crate::read::Unreadable;
use crate::read::workbook::bytes::{Bytes, Record};

/// The records of a part.
#[derive(Debug)]
pub(super) struct Records<'b> {
    rest: Bytes<'b>,
}

impl<'b> Records<'b> {
    pub(super) fn new(part: &'b [u8]) -> Self {
        Self { rest: Bytes(part) }
    }

    /// The next record.
    ///
    /// # Errors
    /// When the part breaks off: every part has a record that says that it ends.
    pub(super) fn next(&mut self) -> Result<Record<'b>, Unreadable> {
        self.record().ok_or_else(|| Unreadable::Damaged { detail: "a part of the workbook breaks off".to_owned() })
    }

    fn record(&mut self) -> Option<Record<'b>> {
        let kind = self.number(2)?;
        let length = self.number(4)?;
        Some(Record { kind: u16::try_from(kind).ok()?, body: self.rest.take(length as usize)? })
    }

    /// Seven bits a byte, the lowest first; the eighth says that there are more, up to so many.
    fn number(&mut self, most: u32) -> Option<u32> {
        let mut number = 0;
        for place in 0..most {
            let byte = self.rest.u8()?;
            number |= u32::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

/// A text with its length before it. None if it ends before it should; the inner none is for a text that is left out.
pub(super) fn text(bytes: &mut Bytes<'_>) -> Option<Option<String>> {
    const LEFT_OUT: u32 = u32::MAX;
    let count = bytes.u32()?;
    if count == LEFT_OUT {
        return Some(None);
    }
    let units = bytes.take((count as usize).checked_mul(2)?)?;
    let units: Vec<u16> = units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(Some(String::from_utf16_lossy(&units)))
}
