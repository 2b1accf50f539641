//! From bytes to text: which encoding a file is in. Places stay bytes of the file on disk.

use std::ops::Range;

use super::source_map::{Edit, MappedText};
use super::unreadable::Unreadable;
use crate::encoding::Encoding;

/// Decoded text.
pub(super) struct Decoded<'s> {
    pub text: Text<'s>,
    pub encoding: Encoding,
    /// Bytes of the file that are no character.
    pub undecodable: Vec<Range<u32>>,
}

/// The text of a file.
pub(super) enum Text<'s> {
    /// The file itself from byte `base` on, which is behind a byte order mark.
    Original { text: &'s str, base: u32 },
    /// Decoded; the places in it lead back to the file.
    Decoded(MappedText),
}

impl Text<'_> {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Original { text, .. } => text,
            Self::Decoded(decoded) => &decoded.text,
        }
    }
}

/// Decodes a file. A byte order mark decides; else it is UTF-8 if all of it or nearly all of it is, else GB18030, else what the
/// file declares. Where that is an encoding of single bytes, in which any bytes are text, it counts unless the file is surely
/// Chinese; so does a mark of UTF-8. Single bytes that are no character are reported, not guessed at.
///
/// # Errors
/// [`Unreadable::Binary`] where it is no text at all; [`Unreadable::NotText`] with the first byte that is not UTF-8, where no
/// encoding fits.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Unreadable> {
    if let Some((encoding, length)) = Encoding::marked(bytes) {
        let marked = decoded(encoding, bytes, length);
        let is_sound = marked.as_ref().is_ok_and(|marked| marked.undecodable.is_empty());
        if is_sound || encoding != Encoding::Utf8 || is_mostly_utf8(bytes) {
            return marked;
        }
        let chinese = decoded(Encoding::Gb18030, bytes, length).ok();
        return chinese.filter(|chinese| is_surely_chinese(chinese, bytes)).map_or(marked, Ok);
    }
    if let Some(encoding) = Encoding::unmarked_utf32(bytes).or_else(|| unmarked_utf16(bytes)) {
        return decoded(encoding, bytes, 0);
    }
    if let Some(text) = Encoding::utf8(bytes) {
        return Ok(original(text, 0));
    }
    if is_binary(bytes) {
        return Err(Unreadable::Binary);
    }
    if is_mostly_utf8(bytes) {
        return decoded(Encoding::Utf8, bytes, 0);
    }
    let mut chinese = decoded(Encoding::Gb18030, bytes, 0).ok();
    let declared = declared(bytes).filter(|encoding| *encoding != Encoding::Gb18030);
    let is_of_bytes = matches!(declared, Some(Encoding::SingleByte(_)));
    if is_of_bytes && let Some(chinese) = chinese.take_if(|chinese| is_surely_chinese(chinese, bytes)) {
        return Ok(chinese);
    }
    let declared = declared.and_then(|encoding| decoded(encoding, bytes, 0).ok());
    let mut decoded: Vec<Decoded<'_>> = chinese.into_iter().chain(declared).collect();
    if is_of_bytes {
        decoded.reverse();
    }
    let clean = decoded.iter().position(|decoded| decoded.undecodable.is_empty());
    match clean.or_else(|| decoded.iter().position(is_mostly_decoded)) {
        Some(index) => Ok(decoded.swap_remove(index)),
        None => {
            let valid = std::str::from_utf8(bytes).err().map_or(bytes.len(), |error| error.valid_up_to());
            Err(Unreadable::NotText { byte: valid as u32 })
        }
    }
}

fn original(text: &str, from: usize) -> Decoded<'_> {
    let text = Text::Original { text, base: from as u32 };
    Decoded { text, encoding: Encoding::Utf8, undecodable: Vec::new() }
}

fn decoded(encoding: Encoding, bytes: &[u8], from: usize) -> Result<Decoded<'_>, Unreadable> {
    /// A file with more faults, one in so many bytes, is no text.
    const IN: usize = 10;
    const LEAST: usize = 1000;
    if encoding == Encoding::Utf8
        && let Some(text) = Encoding::utf8(&bytes[from..])
    {
        return Ok(original(text, from));
    }
    let faults = (bytes.len() / IN).max(LEAST);
    let decoded = encoding.transcode_within(bytes, from, faults).map_err(|byte| Unreadable::NotText { byte })?;
    let mut edits = Vec::with_capacity(decoded.characters.len() + 1);
    if from > 0 {
        edits.push(Edit { original: 0..from as u32, rewritten: 0..0 });
    }
    edits.extend(decoded.characters.into_iter().map(|(rewritten, original)| Edit { original, rewritten }));
    let text = Text::Decoded(MappedText { text: decoded.text, edits });
    Ok(Decoded { text, encoding, undecodable: decoded.undecodable })
}

/// Whether a file that is not UTF-8 is no text in any other encoding of single bytes either: such a text has hardly any
/// byte below the blank, but for tabs and line ends. What a program has left behind its end does not count.
fn is_binary(bytes: &[u8]) -> bool {
    const IN: usize = 50;
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let filled = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    let bytes = &bytes[..bytes.len() - filled];
    bytes.iter().filter(|byte| is_control(**byte)).count() * IN > bytes.len()
}

/// Whether a file that is not UTF-8 from end to end was meant to be. In UTF-8 nearly every Chinese character is three bytes of
/// a pattern that the bytes of other encodings hardly ever make.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// Whether only a few bytes are no character.
fn is_mostly_decoded(decoded: &Decoded<'_>) -> bool {
    const TIMES: usize = 50;
    let good = decoded.text.as_str().chars().filter(|c| !c.is_ascii()).count();
    good > decoded.undecodable.len() * TIMES
}

/// Whether what was decoded as GB18030 is that: nearly all of it that is not ASCII is of the characters of GB 2312, both of
/// whose bytes are high. In other texts high bytes are mostly single ones.
fn is_surely_chinese(decoded: &Decoded<'_>, bytes: &[u8]) -> bool {
    const TIMES: usize = 10;
    const HIGH: u8 = 0xa1;
    let Text::Decoded(text) = &decoded.text else { return false };
    let is_plain = |edit: &&Edit| match bytes[edit.original.start as usize..edit.original.end as usize] {
        [first, second] => first >= HIGH && second >= HIGH,
        _ => false,
    };
    let plain = text.edits.iter().filter(is_plain).count();
    plain > (text.edits.len() - plain) * TIMES && is_mostly_decoded(decoded)
}

/// UTF-16 without a mark: the digits, blanks and line ends that every report has are an ASCII byte and a zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    // One pair in so many, and so many times more than in the other order.
    const IN: usize = 50;
    const TIMES: usize = 8;
    memchr::memchr(0, bytes)?;
    let is_ascii = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let count = |is: fn(&[u8]) -> (u8, u8)| {
        bytes.chunks_exact(2).map(is).filter(|&(character, zero)| zero == 0 && is_ascii(character)).count()
    };
    let (little, big) = (count(|pair| (pair[0], pair[1])), count(|pair| (pair[1], pair[0])));
    let (most, least, encoding) =
        if little > big { (little, big, Encoding::Utf16Le) } else { (big, little, Encoding::Utf16Be) };
    (most * IN >= bytes.len() / 2 && most > least * TIMES).then_some(encoding)
}

/// What the file says of itself in a tag, wherever that is: `<meta charset="gb2312">`, `<?xml encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    memchr::memchr_iter(b'<', bytes).find_map(|at| declared_in(&bytes[at + 1..]))
}

/// The encoding that a tag states which begins here.
fn declared_in(tag: &[u8]) -> Option<Encoding> {
    const LONGEST: usize = 512;
    let begins = |name: &[u8]| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    if !begins(b"meta") && !begins(b"?xml") {
        return None;
    }
    let tag = &tag[..tag.len().min(LONGEST)];
    let tag = tag[..memchr::memchr(b'>', tag)?].to_ascii_lowercase();
    let at = [&b"charset"[..], b"encoding"]
        .iter()
        .find_map(|name| memchr::memmem::find(&tag, name).map(|at| at + name.len()))?;
    let value = tag[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let length = value.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)).count();
    Encoding::declared(&value[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bytes: &[u8]) -> &'static str {
        decode(bytes).map_or("none", |decoded| decoded.encoding.name())
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn gb18030(text: &str) -> Vec<u8> {
        encoding_rs::GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn encodings_are_recognized() {
        let text = "宝丰县商务局2023年政府信息公开工作年度报告\n行政许可\t97\n";
        assert_eq!(name(text.as_bytes()), "UTF-8");
        assert_eq!(name(format!("\u{feff}{text}").as_bytes()), "UTF-8");
        assert_eq!(name(&gb18030(text)), "GB18030");
        assert_eq!(name(&utf16(text)), "UTF-16LE");
        assert_eq!(name(&utf16(&format!("\u{feff}{text}"))), "UTF-16LE");
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(name(&big), "UTF-16BE");
        // A tool that knows only bytes has ended the file.
        assert_eq!(name(&[utf16(text), b"\n".to_vec()].concat()), "UTF-16LE");
        assert_eq!(name(b"12 | 13\n"), "UTF-8");
        assert_eq!(name(&[0xff, 0x80, 0xff, 0x00, 0x9f]), "none");
    }

    #[test]
    fn what_is_declared_counts_unless_the_text_is_surely_chinese() {
        let page = |charset: &str, text: &[u8]| {
            [format!("<meta charset='{charset}'><p>&#24635;&#35745; 12").as_bytes(), text].concat()
        };
        for text in [&b"\xa0\xa0206"[..], b"caf\xe9s", b"\x97\x97"] {
            for (charset, encoding) in
                [("windows-1252", "windows-1252"), ("latin1", "windows-1252"), ("gbk", "GB18030")]
            {
                assert_eq!(name(&page(charset, text)), encoding, "{text:?}");
            }
        }
        let chinese = gb18030(&"宝丰县商务局政府信息公开工作年度报告".repeat(8));
        assert_eq!(name(&page("iso-8859-1", &chinese)), "GB18030");
        assert_eq!(name(&page("iso-8859-1", &[&chinese[..], b"\xff"].concat())), "GB18030");
        assert_eq!(name(&[&b"\xef\xbb\xbf"[..], &chinese].concat()), "GB18030");
        assert_eq!(name(b"\xef\xbb\xbfcaf\xe9"), "UTF-8");
    }

    /// What has that many faults is not decoded to its end.
    #[test]
    fn faults_are_counted_and_end_it() {
        for mark in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe"] {
            let fault = if mark.len() == 2 { &b"\0\xd8"[..] } else { b"\xff" };
            let bytes = [mark, &fault.repeat(2_000_000)].concat();
            assert_eq!(decode(&bytes).err(), Some(Unreadable::NotText { byte: mark.len() as u32 }), "{mark:?}");
        }
    }

    fn the_only(places: &[Range<u32>]) -> (u32, u32) {
        let [only] = places else { panic!("{places:?}") };
        (only.start, only.end)
    }

    #[test]
    fn utf32_is_recognized_with_a_mark_and_without() {
        let text = "宝丰县商务局2023年\n行政许可\t97\n";
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}{text}");
            let little: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
            let big: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
            assert_eq!((name(&little), name(&big)), ("UTF-32LE", "UTF-32BE"));
        }
    }

    #[test]
    fn a_binary_is_called_one_whatever_follows() {
        let binary = [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\0\xff".repeat(50), gb18030("总计")].concat();
        assert_eq!(decode(&binary).err(), Some(Unreadable::Binary));
        // Blocks of a disk that nothing was written into.
        let filled = [gb18030("宝丰县商务局2023年政府信息公开工作年度报告"), vec![0; 4000]].concat();
        assert_eq!(name(&filled), "GB18030");
    }

    #[test]
    fn one_bad_byte_changes_no_encoding() {
        for at in [0, 3, 12, 22] {
            let mut bytes = "宝丰县商务局2023年政府信息公开工作年度报告".as_bytes().to_vec();
            bytes.insert(at, 0xff);
            let decoded = decode(&bytes).expect("text");
            assert_eq!(decoded.encoding.name(), "UTF-8");
            assert_eq!(the_only(&decoded.undecodable), (at as u32, at as u32 + 1));
        }
        let mut bytes = gb18030(&"宝丰县商务局政府信息公开工作年度报告".repeat(4));
        bytes.insert(20, 0xff);
        let decoded = decode(&bytes).expect("text");
        assert_eq!(decoded.encoding.name(), "GB18030");
        assert_eq!(the_only(&decoded.undecodable), (20, 21));
    }

    #[test]
    fn what_is_declared_counts_where_nothing_else_fits() {
        let page =
            |charset: &str| [format!("<meta charset=\"{charset}\">\u{20}").as_bytes(), b"caf\xe9 \xff\xff"].concat();
        assert_eq!(name(&page("windows-1252")), "windows-1252");
        assert_eq!(name(&page("no-such")), "none");
        let late =
            [&b"<!-- about -->\n".repeat(500)[..], b"<script charset=utf-8></script>", &page("windows-1252")].concat();
        assert_eq!(name(&late), "windows-1252");
        let page =
            [&b"<meta http-equiv='Content-Type' content='text/html; charset=gb2312'>"[..], &gb18030("总计")].concat();
        assert_eq!(name(&page), "GB18030");
    }
}
