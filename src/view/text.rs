//! Text from files, made safe to display.

use std::borrow::Cow;

/// Text out of a file, a name or a list, on one line and without what would steer the terminal; in as many bytes.
pub fn harmless(text: &str) -> String {
    if !text.contains(steers) {
        return text.to_owned();
    }
    const BLANKS: &str = "    ";
    let mut harmless = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { harmless.push_str(&BLANKS[..c.len_utf8()]) } else { harmless.push(c) }
    }
    harmless
}

/// The same for text that may go over several lines.
pub fn harmless_lines(text: &str) -> Cow<'_, str> {
    if text.contains(|c| c != '\n' && steers(c)) {
        Cow::Owned(text.split('\n').map(harmless).collect::<Vec<_>>().join("\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether it is a control character, or turns the direction in which what follows is written.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The byte so many characters before `from`, or the beginning.
pub fn back(line: &str, from: usize, characters: usize) -> usize {
    line[..from].char_indices().rev().take(characters).last().map_or(from, |(at, _)| at)
}

/// The byte so many characters behind `from`, or the end.
pub fn forward(line: &str, from: usize, characters: usize) -> usize {
    line[from..].char_indices().nth(characters).map_or(line.len(), |(at, _)| from + at)
}
