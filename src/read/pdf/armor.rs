//! Streams that are written as text: what their bytes are.

/// The bytes of a stream that is written in digits to the base of 85 or 16, as what precedes it says, and how many such
/// filters it names. None if nothing can be made of it.
pub(super) fn plain(bytes: &[u8], head: &[u8]) -> (Option<Vec<u8>>, usize) {
    let count = |name: &[u8]| memchr::memmem::find_iter(head, name).count();
    let (of_85, of_16) = (count(b"ASCII85Decode"), count(b"ASCIIHexDecode"));
    let plain = match (of_85, of_16) {
        (0, 0) => None,
        (0, _) => of_16_digits(bytes),
        (_, _) => of_85_digits(bytes),
    };
    (plain, of_85 + of_16)
}

fn of_85_digits(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(bytes.len() / 5 * 4);
    let (mut value, mut digits) = (0_u32, 0);
    for byte in bytes.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if digits == 0 => plain.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                value = value.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                digits += 1;
            }
            byte if byte.is_ascii_whitespace() || *byte == 0 => {}
            _ => return None,
        }
        if digits == 5 {
            plain.extend_from_slice(&value.to_be_bytes());
            (value, digits) = (0, 0);
        }
    }
    if digits > 1 {
        let value = (digits..5).fold(value, |value, _| value.wrapping_mul(85).wrapping_add(84));
        plain.extend_from_slice(&value.to_be_bytes()[..digits - 1]);
    }
    Some(plain)
}

fn of_16_digits(bytes: &[u8]) -> Option<Vec<u8>> {
    let digits = bytes.iter().take_while(|byte| **byte != b'>').filter(|byte| !byte.is_ascii_whitespace());
    let digits: Vec<u8> =
        digits.map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_bytes() {
        let plain = |bytes: &[u8], head: &[u8]| plain(bytes, head).0.and_then(|plain| String::from_utf8(plain).ok());
        let of_85 = |bytes: &[u8]| plain(bytes, b"<</Filter/ASCII85Decode");
        assert_eq!(of_85(b"9jqo^BlbD-\nBleB1DJ+*+F(f,q~>").as_deref(), Some("Man is distinguished"));
        assert_eq!(of_85(b"z9jn~>").as_deref(), Some("\0\0\0\0Ma"));
        assert_eq!(of_85(b"9jqo\xff"), None);
        assert_eq!(plain(b"4D 61 6e>", b"<</Filter/ASCIIHexDecode").as_deref(), Some("Man"));
        assert_eq!(plain(b"4D", b"<</Filter/FlateDecode"), None);
    }
}
