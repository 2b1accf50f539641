//! The result of decoding.

use std::ops::Range;

/// Text that an encoding gave, with the bytes it came from.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Transcoded {
    pub text: String,
    /// Every character that is not one ASCII byte: its bytes in the text, and those in the file, in order. What could not
    /// be decoded is `U+FFFD`.
    pub characters: Vec<(Range<u32>, Range<u32>)>,
    /// Bytes of the file that are no character, in order.
    pub undecodable: Vec<Range<u32>>,
}
