//! What parts are packed in, so that they are plain ASCII in short lines.

use std::borrow::Cow;

use super::letter::{Packing, Part};
use crate::read::source_map::Edit;

/// The bytes of a part, with what leads from them back to the file.
#[derive(Debug)]
pub(super) struct Unpacked<'b> {
    pub bytes: Cow<'b, [u8]>,
    pub edits: Vec<Edit>,
    pub is_packed: bool,
}

impl<'b> Unpacked<'b> {
    pub fn of(part: &Part, letter: &'b [u8]) -> Self {
        let packed = &letter[part.body.clone()];
        let start = part.body.start as u32;
        // What is before the part.
        let edits = vec![Edit { original: 0..start, rewritten: 0..0 }];
        match part.packing {
            Packing::None => Self { bytes: Cow::Borrowed(packed), edits, is_packed: false },
            Packing::QuotedPrintable => quoted_printable(packed, start, edits),
            Packing::Base64 => base64(packed, start, edits),
        }
    }
}

/// `=E4` is a byte, and `=` at the end of a line takes that end away.
fn quoted_printable<'b>(packed: &[u8], start: u32, mut edits: Vec<Edit>) -> Unpacked<'b> {
    let mut bytes = Vec::with_capacity(packed.len());
    let mut at = 0;
    while let Some(sign) = memchr::memchr(b'=', &packed[at..]) {
        let sign = at + sign;
        bytes.extend(&packed[at..sign]);
        let rest = &packed[sign + 1..];
        let digit = |at: usize| rest.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        let end_of_line = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        let (length, byte) = match (digit(0).zip(digit(1)), end_of_line) {
            (Some((high, low)), _) => (3, Some((high << 4 | low) as u8)),
            (None, Some(end)) if rest[end] == b'\n' => (end + 2, None),
            // Nothing but a sign.
            _ => (1, Some(b'=')),
        };
        let rewritten = bytes.len() as u32;
        bytes.extend(byte);
        let original = start + sign as u32..start + (sign + length) as u32;
        edits.push(Edit { original, rewritten: rewritten..bytes.len() as u32 });
        at = sign + length;
    }
    bytes.extend(&packed[at..]);
    Unpacked { bytes: Cow::Owned(bytes), edits, is_packed: true }
}

/// Four signs are three bytes.
fn base64<'b>(packed: &[u8], start: u32, mut edits: Vec<Edit>) -> Unpacked<'b> {
    let mut bytes = Vec::with_capacity(packed.len() / 4 * 3);
    let mut open: Vec<(usize, u32)> = Vec::with_capacity(4);
    let mut close = |open: &mut Vec<(usize, u32)>, bytes: &mut Vec<u8>| {
        let Some((&(first, _), &(last, _))) = open.first().zip(open.last()) else { return };
        let joined = open.iter().fold(0, |joined, (_, sign)| joined << 6 | sign) << (6 * (4 - open.len()));
        let rewritten = bytes.len() as u32;
        bytes.extend(&joined.to_be_bytes()[1..open.len()]);
        let original = start + first as u32..start + last as u32 + 1;
        edits.push(Edit { original, rewritten: rewritten..bytes.len() as u32 });
        open.clear();
    };
    for (at, &sign) in packed.iter().enumerate() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                close(&mut open, &mut bytes);
                continue;
            }
            _ => continue,
        };
        open.push((at, value.into()));
        if open.len() == 4 {
            close(&mut open, &mut bytes);
        }
    }
    close(&mut open, &mut bytes);
    Unpacked { bytes: Cow::Owned(bytes), edits, is_packed: true }
}

#[cfg(test)]
mod tests {
    use super::{base64, quoted_printable};

    #[test]
    fn what_is_packed_is_unpacked() {
        let unpacked = |packed: &[u8]| String::from_utf8(quoted_printable(packed, 0, Vec::new()).bytes.into_owned());
        assert_eq!(unpacked(b"=E6=80=BB 12=\r\n3 = =\n=3d").as_deref(), Ok("总 123 = ="));
        let unpacked = |packed: &[u8]| String::from_utf8(base64(packed, 0, Vec::new()).bytes.into_owned());
        assert_eq!(unpacked("5oC76K6h\r\nMTI=\r\nMw==\n".as_bytes()).as_deref(), Ok("总计123"));
    }
}
