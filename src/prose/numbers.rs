//! Numbers as running text writes them. May rely on nothing but the text.

use rust_decimal::Decimal;

/// A number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub value: Decimal,
    /// How many bytes it takes.
    pub len: usize,
    /// Rounded, as numbers in 万 are.
    pub is_rounded: bool,
}

/// From nought to nine.
pub(super) const NUMERALS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Whether a number in words may begin with it.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(c, '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '两')
}

/// The digits of a number end here: longer ones are none.
const LONGEST: usize = 24;

/// 12, 1,295, 37.5, 1.2万.
pub(super) fn digits(text: &str) -> Option<Written> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !is_digit(0) {
        return None;
    }
    let mut len = 0;
    while is_digit(len) {
        len += 1;
    }
    let is_group = |at: usize| bytes.get(at) == Some(&b',') && (1..4).all(|n| is_digit(at + n)) && !is_digit(at + 4);
    while len <= 3 + 8 && is_group(len) {
        len += 4;
    }
    if bytes.get(len) == Some(&b'.') && is_digit(len + 1) {
        len += 1;
        while is_digit(len) {
            len += 1;
        }
    }
    if len > LONGEST {
        return None;
    }
    let mut value: Decimal = text[..len].replace(',', "").parse().ok()?;
    let mut is_rounded = false;
    for (word, times) in [("万", 10_000_i64), ("亿", 100_000_000)] {
        if text[len..].starts_with(word) {
            value = value.checked_mul(times.into())?;
            len += word.len();
            is_rounded = true;
        }
    }
    Some(Written { value, len, is_rounded })
}

/// How many bytes of digits a text begins with, however many there are.
pub(super) fn run(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count()
}

/// 十二, 二十, 一百零五, 两.
pub(super) fn chinese(text: &str) -> Option<Written> {
    let (mut total, mut digit, mut len) = (0_i64, None, 0);
    for c in text.chars().take(12) {
        let value = NUMERALS.iter().position(|&known| known == c).and_then(|at| i64::try_from(at).ok());
        let value = if c == '两' {
            Some(2)
        } else if c == '〇' {
            Some(0)
        } else {
            value
        };
        let place = match c {
            '十' => Some(10),
            '百' => Some(100),
            '千' => Some(1000),
            _ => None,
        };
        match (value, place) {
            (Some(value), _) if digit.is_none() || digit == Some(0) => digit = Some(value),
            (None, Some(place)) => {
                total += digit.unwrap_or(1) * place;
                digit = None;
            }
            _ => break,
        }
        len += c.len_utf8();
    }
    (len > 0).then(|| Written { value: (total + digit.unwrap_or(0)).into(), len, is_rounded: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        for (text, value, len) in [("12件", 12, 2), ("1,295件", 1295, 5), ("12,34", 12, 2), ("1.2万人", 12000, 6)] {
            let written = digits(text).expect("a number");
            assert_eq!((written.value, written.len), (Decimal::from(value), len), "{text}");
        }
        for (text, value) in
            [("十二件", 12), ("二十", 20), ("一百零五", 105), ("两件", 2), ("三百二十一", 321), ("零", 0)]
        {
            assert_eq!(chinese(text).expect("a number").value, Decimal::from(value), "{text}");
        }
        assert_eq!(digits(&"1".repeat(1000)), None);
        assert_eq!(chinese("件"), None);
    }
}
