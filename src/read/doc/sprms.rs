//! Single properties: a number that says which, and as many bytes as that number says.

use crate::read::little_endian::number16;

/// The properties in a row of bytes, up to the first that breaks off.
#[derive(Debug, Clone)]
pub(super) struct Sprms<'b>(pub &'b [u8]);

/// What a row of cells is.
pub(super) const DEFINE_ROW: u16 = 0xd608;
/// Tab stops; the only other property that is not as long as it says.
const TAB_STOPS: u16 = 0xc615;

impl<'b> Iterator for Sprms<'b> {
    type Item = (u16, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, rest) = (number16(self.0, 0)?, &self.0[2..]);
        let (head, length) = match kind >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if kind == DEFINE_ROW => (2, usize::from(number16(rest, 0)?).checked_sub(1)?),
            _ if kind == TAB_STOPS && rest.first() == Some(&u8::MAX) => (1, long_tab_stops(&rest[1..])?),
            _ => (1, usize::from(*rest.first()?)),
        };
        let operand = rest.get(head..head + length)?;
        self.0 = &rest[head + length..];
        Some((kind, operand))
    }
}

/// How many bytes tab stops take that are too many to say so: those taken away, four bytes each, and those added, three.
fn long_tab_stops(bytes: &[u8]) -> Option<usize> {
    let removed = 1 + usize::from(*bytes.first()?) * 4;
    Some(removed + 1 + usize::from(*bytes.get(removed)?) * 3)
}
