//! Running text without its blanks, for patterns: reports write 「2023 年」 and 「2023年」, and break lines anywhere.

use std::borrow::Cow;
use std::ops::Range;

/// Text without blanks and with plain digits, which knows where each byte came from.
#[derive(Debug, Clone)]
pub struct Squeezed<'t> {
    pub text: Cow<'t, str>,
    whole: &'t str,
    /// From this byte of the squeezed text on, the original is this many bytes further.
    shifts: Vec<(usize, usize)>,
}

impl<'t> Squeezed<'t> {
    pub fn new(original: &'t str) -> Self {
        let mut changed = changed(original).peekable();
        if changed.peek().is_none() {
            return Self { text: Cow::Borrowed(original), whole: original, shifts: Vec::new() };
        }
        let mut text = String::with_capacity(original.len());
        let mut shifts = Vec::new();
        let mut kept = 0;
        for (at, c) in changed {
            text.push_str(&original[kept..at]);
            kept = at + c.len_utf8();
            if let Some(digit) = plain_digit(c) {
                // The digit itself is where the full-width one was; what follows is two bytes further.
                text.push(digit);
            }
            shifts.push((text.len(), kept - text.len()));
        }
        text.push_str(&original[kept..]);
        Self { text: Cow::Owned(text), whole: original, shifts }
    }

    /// The bytes of the original that the bytes `range` came from, blanks at its ends left out.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        let Some((last, _)) = self.text[range.clone()].char_indices().next_back() else { return start..start };
        let last = self.offset(range.start + last);
        // A full-width digit is longer in the original.
        let width = self.whole[last..].chars().next().map_or(0, char::len_utf8);
        start..last + width
    }

    fn offset(&self, at: usize) -> usize {
        let after = self.shifts.partition_point(|shift| shift.0 <= at);
        at + after.checked_sub(1).map_or(0, |index| self.shifts[index].1)
    }
}

/// The characters that are changed, each with the byte where it begins. Goes from first byte to first byte: nearly all
/// characters of a report are Chinese or ASCII, and their first bytes are none of those looked for.
fn changed(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&first) = text.as_bytes().get(at) {
            if matches!(first, 0xe4..=0xe9) {
                at += 3;
                continue;
            }
            if matches!(first, b'!'..=b'~') {
                at += 1;
                continue;
            }
            let start = at;
            let c = text[start..].chars().next()?;
            at += c.len_utf8();
            if is_changed(c) {
                return Some((start, c));
            }
        }
        None
    })
}

fn is_changed(c: char) -> bool {
    match c {
        ' ' | '\n' | '\t' | '\r' | '\u{a0}' | '\u{3000}' | '\u{200b}' | '\u{feff}' => true,
        '０'..='９' => true,
        c if c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}') => false,
        c => c.is_whitespace(),
    }
}

fn plain_digit(c: char) -> Option<char> {
    let value = (c as u32).checked_sub('０' as u32).filter(|value| *value < 10)?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_and_places_stay() {
        let original = "共计 109 条。\n包括：Ａ５件";
        let squeezed = Squeezed::new(original);
        assert_eq!(squeezed.text, "共计109条。包括：Ａ5件");
        for part in ["109", "共计", "包括", "件"] {
            let start = squeezed.text.find(part).expect("it is there");
            assert_eq!(&original[squeezed.original(start..start + part.len())], part);
        }
        let five = squeezed.text.find('5').expect("it is there");
        assert_eq!(&original[squeezed.original(five..five + 1)], "５");
        assert!(matches!(Squeezed::new("没有空格").text, Cow::Borrowed(_)));
    }
}
