//! From bytes to text. Places stay bytes of the file as it lies on disk.

use super::Unreadable;

/// Decoded text.
pub struct Decoded<'s> {
    pub text: &'s str,
    /// Where in the file the text begins: behind the byte order mark, if there is one.
    pub base: u32,
    /// The name of the encoding.
    pub name: &'static str,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads UTF-8, with or without a byte order mark.
///
/// # Errors
/// [`Unreadable::NotText`] with the first byte that is not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Unreadable> {
    let (rest, base) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (rest, BYTE_ORDER_MARK.len() as u32),
        None => (bytes, 0),
    };
    match std::str::from_utf8(rest) {
        Ok(text) => Ok(Decoded { text, base, name: "UTF-8" }),
        Err(error) => Err(Unreadable::NotText { byte: base + error.valid_up_to() as u32 }),
    }
}
