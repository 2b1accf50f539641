//! From bytes to lines and columns, as people and editors count.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::encoding::Encoding;

/// A byte of a file as it lies on disk, counted from 0, with its line and its column in characters, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    pub byte: u32,
    pub line: u32,
    pub column: u32,
}

/// The lines of a file. A copy costs nothing.
///
/// ```
/// use gouji::view::Lines;
///
/// let text = "一、总计\n| 12 |\n";
/// let position = Lines::new(text.as_bytes(), None).position(15);
/// assert_eq!((position.line, position.column), (2, 3));
/// ```
#[derive(Debug, Clone)]
pub struct Lines<'b> {
    bytes: &'b [u8],
    encoding: Encoding,
    starts: Arc<[u32]>,
}

impl<'b> Lines<'b> {
    /// The lines of a text in this encoding; in UTF-8, where a file has none.
    pub fn new(bytes: &'b [u8], encoding: Option<Encoding>) -> Self {
        let encoding = encoding.unwrap_or(Encoding::Utf8);
        let starts = std::iter::once(0).chain(encoding.line_starts(bytes)).collect();
        Self { bytes, encoding, starts }
    }

    /// The position of a byte; one beyond the end is at the end.
    pub fn position(&self, byte: u32) -> Position {
        let byte = byte.min(self.bytes.len() as u32);
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let start = self.starts[line - 1];
        let before = self.text(start, byte);
        // A byte order mark is no character of the first line.
        let column = before.chars().filter(|c| *c != '\u{feff}').count() as u32 + 1;
        Position { byte, line: line as u32, column }
    }

    /// The text of a line (1-based) without its end, and the byte at which it starts.
    pub fn line(&self, line: u32) -> (u32, String) {
        let index = (line as usize).clamp(1, self.starts.len()) - 1;
        let start = self.starts[index];
        let end = self.starts.get(index + 1).map_or(self.bytes.len() as u32, |next| *next);
        let text = self.text(start, end);
        let text = if index + 1 < self.starts.len() { text.strip_suffix(['\n', '\r']).unwrap_or(&text) } else { &text };
        (start, text.trim_end_matches('\r').to_owned())
    }

    /// How many bytes of a line's text come before a byte of the file, when the line starts at byte `start`.
    pub fn offset(&self, start: u32, byte: u32) -> usize {
        self.text(start, byte.clamp(start, self.bytes.len() as u32)).len()
    }

    fn text(&self, start: u32, end: u32) -> std::borrow::Cow<'b, str> {
        self.encoding.text(&self.bytes[start as usize..end as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "\u{feff}一、总计\r\n| 12 |\n";
        let lines = Lines::new(text.as_bytes(), None);
        let at = |part: &str| lines.position(text.find(part).expect("it is there") as u32);
        assert_eq!((at("总").line, at("总").column), (1, 3));
        assert_eq!((at("12").line, at("12").column), (2, 3));
        assert_eq!(lines.line(1).1, "\u{feff}一、总计");
        assert_eq!(lines.position(1000).line, 3);
    }
}
