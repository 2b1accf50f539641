//! The character encodings of text files; encoding_rs does the work and is named below this module alone.

mod transcoded;
mod utf32;

use std::borrow::Cow;

use encoding_rs::DecoderResult;

pub use self::transcoded::Transcoded;
use self::utf32::Order;

/// A character encoding.
///
/// ```
/// use gouji::{Checker, Encoding};
///
/// let bytes = b"\xbb\xe1\xd2\xe9\xcd\xa8\xd6\xaa"; // 会议通知 in GB18030
/// let document = Checker::default().read("notice.txt", bytes)?;
/// assert_eq!(document.encoding, Some(Encoding::Gb18030));
/// # Ok::<(), gouji::Unreadable>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// With GBK and GB2312 in it.
    Gb18030,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
    /// Any other in which a character is one byte.
    SingleByte(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// The encoding a file declares by one of its many names, if it is one of ours.
    pub fn declared(label: &[u8]) -> Option<Self> {
        Self::of(encoding_rs::Encoding::for_label(label)?)
    }

    fn of(encoding: &'static encoding_rs::Encoding) -> Option<Self> {
        match encoding {
            _ if encoding == encoding_rs::UTF_8 => Some(Self::Utf8),
            _ if encoding == encoding_rs::GBK || encoding == encoding_rs::GB18030 => Some(Self::Gb18030),
            _ if encoding == encoding_rs::UTF_16LE => Some(Self::Utf16Le),
            _ if encoding == encoding_rs::UTF_16BE => Some(Self::Utf16Be),
            _ => encoding.is_single_byte().then_some(Self::SingleByte(encoding)),
        }
    }

    /// Its usual name: `UTF-8`, `GB18030`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
            Self::SingleByte(table) => table.name(),
        }
    }

    /// The one of encoding_rs; it has none for UTF-32.
    fn table(self) -> Result<&'static encoding_rs::Encoding, Order> {
        Ok(match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::SingleByte(table) => table,
            Self::Utf32Le => return Err(Order::Little),
            Self::Utf32Be => return Err(Order::Big),
        })
    }

    fn of_order(order: Order) -> Self {
        if order == Order::Little { Self::Utf32Le } else { Self::Utf32Be }
    }

    /// UTF-32 without a mark.
    pub fn unmarked_utf32(bytes: &[u8]) -> Option<Self> {
        Order::unmarked(bytes).map(Self::of_order)
    }

    /// The encoding that the byte order mark at the start says, and the length of the mark.
    pub fn marked(bytes: &[u8]) -> Option<(Self, usize)> {
        if let Some(order) = Order::marked(bytes) {
            return Some((Self::of_order(order), utf32::UNIT));
        }
        let (encoding, length) = encoding_rs::Encoding::for_bom(bytes)?;
        Some((Self::of(encoding)?, length))
    }

    /// The encoding of a text of ours that some program of Windows may have written, and where it begins behind its mark.
    pub fn of_windows(bytes: &[u8]) -> (Self, usize) {
        let unmarked = || if Self::utf8(bytes).is_some() { Self::Utf8 } else { Self::Gb18030 };
        Self::marked(bytes).unwrap_or_else(|| (unmarked(), 0))
    }

    /// The text of whole characters; `U+FFFD` for what is none. A byte order mark is a character.
    pub fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        match self.table() {
            Ok(table) => table.decode_without_bom_handling(bytes).0,
            Err(order) => Cow::Owned(order.text(bytes)),
        }
    }

    /// The bytes as text, if all of them are UTF-8; for Chinese several times as fast as the standard library.
    pub fn utf8(bytes: &[u8]) -> Option<&str> {
        match encoding_rs::UTF_8.decode_without_bom_handling_and_without_replacement(bytes)? {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }

    /// Where each line starts that follows a line end: `\n`, or a lone `\r` in files that have no other.
    pub fn line_starts(self, bytes: &[u8]) -> Vec<u32> {
        let unit = self.unit();
        let is_zero = |bytes: Option<&[u8]>| bytes.is_some_and(|bytes| bytes.iter().all(|byte| *byte == 0));
        let starts = |end: u8| -> Vec<u32> {
            let found = memchr::memchr_iter(end, bytes);
            let ends = found.filter_map(|at| match self {
                Self::Utf16Be | Self::Utf32Be => {
                    (at % unit == unit - 1 && is_zero(bytes.get(at + 1 - unit..at))).then_some(at + 1)
                }
                _ => (at % unit == 0 && is_zero(bytes.get(at + 1..at + unit))).then_some(at + unit),
            });
            ends.map(|end| end as u32).collect()
        };
        let starts_by_newline = starts(b'\n');
        if starts_by_newline.is_empty() { starts(b'\r') } else { starts_by_newline }
    }

    /// Of so many bytes characters are made.
    fn unit(self) -> usize {
        match self {
            Self::Utf16Le | Self::Utf16Be => 2,
            Self::Utf32Le | Self::Utf32Be => utf32::UNIT,
            Self::Utf8 | Self::Gb18030 | Self::SingleByte(_) => 1,
        }
    }

    /// Decodes the bytes of a file from byte `from` on.
    pub fn transcode(self, bytes: &[u8], from: usize) -> Transcoded {
        self.transcode_within(bytes, from, usize::MAX).unwrap_or_default()
    }

    /// The same where at most so many places are no character.
    ///
    /// # Errors
    /// The first byte that is none, where there are more.
    pub fn transcode_within(self, bytes: &[u8], from: usize, faults: usize) -> Result<Transcoded, u32> {
        let within = |made: &Transcoded| match made.undecodable.first() {
            Some(first) if made.undecodable.len() > faults => Err(first.start),
            _ => Ok(()),
        };
        let table = match self.table() {
            Ok(table) => table,
            Err(order) => {
                let made = order.transcode(bytes, from);
                return within(&made).map(|()| made);
            }
        };
        // Every call touches all of the room that it is given. So the room is small: a file may have a fault a byte.
        const ROOM: usize = 1 << 13;
        let mut room = String::with_capacity(ROOM);
        let mut result = Transcoded::default();
        // The file is below 4 GiB, and no character takes more than three times its bytes as text.
        result.text.reserve(bytes.len() - from + (bytes.len() - from) / 2);
        let mut start = from;
        while start < bytes.len() {
            let before = result.text.len();
            let mut decoder = table.new_decoder_without_bom_handling();
            let mut read = start;
            let outcome = loop {
                room.clear();
                let (outcome, length) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut room, true);
                result.text.push_str(&room);
                read += length;
                if outcome != DecoderResult::OutputFull {
                    break outcome;
                }
            };
            let (good, next) = match outcome {
                DecoderResult::Malformed(length, after) => {
                    let end = read - usize::from(after);
                    (end - usize::from(length), end)
                }
                DecoderResult::InputEmpty | DecoderResult::OutputFull => (bytes.len(), bytes.len()),
            };
            self.characters(bytes, start, before, &mut result);
            if good < next {
                let replacement = result.text.len();
                result.text.push(char::REPLACEMENT_CHARACTER);
                let place = good as u32..next as u32;
                result.characters.push((replacement as u32..result.text.len() as u32, place.clone()));
                result.undecodable.push(place);
                within(&result)?;
            }
            start = next.max(start + 1);
        }
        Ok(result)
    }

    /// Notes the characters of the text from `at` on, which was decoded without a fault from byte `start` of the file on.
    fn characters(self, bytes: &[u8], start: usize, at: usize, result: &mut Transcoded) {
        let mut byte = start;
        for (offset, c) in result.text[at..].char_indices() {
            let width = self.width(&bytes[byte..], c);
            if width != 1 || !c.is_ascii() {
                let text = at + offset;
                let place = byte as u32..(byte + width) as u32;
                result.characters.push((text as u32..(text + c.len_utf8()) as u32, place));
            }
            byte += width;
        }
    }

    /// How many bytes the character `c` takes at the start of `bytes`.
    fn width(self, bytes: &[u8], c: char) -> usize {
        match self {
            Self::Utf16Le | Self::Utf16Be => 2 * c.len_utf16(),
            Self::Utf32Le | Self::Utf32Be => utf32::UNIT,
            Self::Utf8 => c.len_utf8(),
            Self::SingleByte(_) => 1,
            Self::Gb18030 => match bytes {
                [0..=0x80, ..] | [_] | [] => 1,
                [_, b'0'..=b'9', ..] => 4,
                _ => 2,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(encoding: Encoding, text: &str) -> Vec<u8> {
        match encoding {
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Utf32Le => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            Encoding::Utf32Be => text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
            _ => encoding.table().expect("a table").encode(text).0.into_owned(),
        }
    }

    const ENCODINGS: [Encoding; 6] =
        [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Utf32Le, Encoding::Utf32Be];

    #[test]
    fn every_character_knows_its_bytes() {
        let text = "（一）予以公开\t12\n㐀€\u{a0}é😀 㐂３\r\n末";
        for encoding in ENCODINGS {
            let bytes = encoded(encoding, text);
            let decoded = encoding.transcode(&bytes, 0);
            assert_eq!((decoded.text.as_str(), decoded.undecodable.len()), (text, 0), "{encoding:?}");
            for (at, place) in decoded.characters {
                let own = encoded(encoding, &text[at.start as usize..at.end as usize]);
                assert_eq!(bytes[place.start as usize..place.end as usize], own, "{encoding:?}, {at:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_shown_at_its_bytes() {
        for (encoding, bytes, text, bad) in [
            (Encoding::Utf8, &b"1\xff2\xe4\xb8"[..], "1\u{fffd}2\u{fffd}", vec![1..2, 3..5]),
            (Encoding::Gb18030, b"\xd7\xdc\xff1\xd7", "总\u{fffd}1\u{fffd}", vec![2..3, 4..5]),
            (Encoding::Utf16Le, b"1\x00\x00\xd82\x003", "1\u{fffd}2\u{fffd}", vec![2..4, 6..7]),
            (Encoding::Utf32Be, b"\0\0\x001\xff\0\0\0\0\0\x002\0", "1\u{fffd}2\u{fffd}", vec![4..8, 12..13]),
        ] {
            let too_many = encoding.transcode_within(bytes, 0, bad.len() - 1);
            assert_eq!(too_many.err(), Some(bad[0].start), "{encoding:?}");
            let decoded = encoding.transcode_within(bytes, 0, bad.len()).expect("as many faults as there may be");
            assert_eq!((decoded.text.as_str(), decoded.undecodable), (text, bad), "{encoding:?}");
        }
    }

    /// A decoder that touched all of the text at each fault would take minutes.
    #[test]
    fn faults_at_every_byte_take_linear_time() {
        for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le] {
            let bytes = if encoding == Encoding::Utf16Le { [0, 0xd8].repeat(1_000_000) } else { vec![0xff; 2_000_000] };
            let decoded = encoding.transcode(&bytes, 0);
            assert_eq!(decoded.undecodable.len(), bytes.len() / encoding.unit(), "{encoding:?}");
        }
    }

    /// A text that is longer than what is decoded at once.
    #[test]
    fn long_texts_keep_their_places() {
        let text = "总计12\u{20ac}😀".repeat(3000);
        for encoding in ENCODINGS {
            let mut bytes = encoded(encoding, &text);
            let sound = bytes.len();
            bytes.extend(if encoding.unit() == 1 { vec![0xff] } else { vec![0; encoding.unit() - 1] });
            let decoded = encoding.transcode(&bytes, 0);
            assert_eq!(decoded.text, format!("{text}\u{fffd}"), "{encoding:?}");
            let fault = sound as u32..bytes.len() as u32;
            assert_eq!(decoded.undecodable, std::slice::from_ref(&fault), "{encoding:?}");
        }
    }

    #[test]
    fn lines_start_behind_line_ends() {
        for encoding in ENCODINGS {
            let bytes = encoded(encoding, "总\n上\r\nਊ\u{a0d}末");
            let starts = encoding.line_starts(&bytes);
            let rest: Vec<String> =
                starts.iter().map(|&start| encoding.text(&bytes[start as usize..]).into_owned()).collect();
            assert_eq!(rest, ["上\r\nਊ\u{a0d}末", "ਊ\u{a0d}末"], "{encoding:?}");
        }
    }
}
