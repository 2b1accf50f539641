//! Whether what a cell shows is the value that it holds.

use rust_decimal::{Decimal, RoundingStrategy};

/// Whether a text is what is shown of a value: the number, perhaps rounded, with separators or a sign of money; a sign for
/// nothing where it is 0. Values that are texts themselves, and cells whose text no program wrote down, are as they are.
pub(super) fn is_shown_as(value: &str, shown: &str) -> bool {
    /// So many decimals nobody types.
    const NOISE: u32 = 8;
    // A column too narrow shows signs in place of every number.
    let says_nothing = shown.trim().is_empty() || shown.trim().bytes().all(|byte| byte == b'#');
    let Some(value) = value.parse::<Decimal>().ok().filter(|_| !says_nothing) else { return true };
    if !shown.contains(|c: char| c.is_ascii_digit()) {
        return value.is_zero();
    }
    let is_dress = |c: char| c.is_whitespace() || ",'+¥￥$€£_".contains(c);
    let plain: String = shown.chars().filter(|c| !is_dress(*c)).collect();
    let negative = plain.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
    let plain = negative.map_or(plain.clone(), |inner| format!("-{inner}"));
    let rounding = RoundingStrategy::MidpointAwayFromZero;
    if let Some((digits, _)) = plain.split_once(['E', 'e']) {
        let count = digits.bytes().filter(u8::is_ascii_digit).count() as u32;
        let number = Decimal::from_scientific(&plain).ok();
        return number.is_some() && value.round_sf_with_strategy(count, rounding) == number;
    }
    let Ok(number) = plain.parse::<Decimal>() else { return false };
    // Some programs write the last digits down that others round away.
    let is_noise = number.scale() > NOISE && number.round_dp(value.scale()) == value;
    number == value || is_noise || value.round_dp_with_strategy(number.scale(), rounding) == number
}

#[cfg(test)]
mod tests {
    use super::is_shown_as;

    #[test]
    fn a_value_is_shown_in_many_dresses() {
        for (value, shown) in [
            ("21", "21"),
            ("21", ""),
            ("21", "###"),
            ("21", "21.0"),
            ("21", "21.00 "),
            ("21", "021"),
            ("1036", "1,036"),
            ("-1036", "(1,036)"),
            ("7730.284", "¥7,730.28"),
            ("7730.285", "7730.29"),
            ("21", "2.1E+01"),
            ("197", "2E+02"),
            ("0.3", "0.30000000000000004"),
            ("11966", "11966.000000012"),
            ("0", "-"),
            ("0", "0"),
            ("甲", "乙"),
        ] {
            assert!(is_shown_as(value, shown), "{value} as {shown}");
        }
    }

    #[test]
    fn a_scaled_or_spoken_value_is_another() {
        for (value, shown) in [
            ("21000", "21"),
            ("0.21", "21%"),
            ("21", "21件"),
            ("21", "第21"),
            ("5", "*"),
            ("-21", "21"),
            ("5", "1900年1月4日"),
            ("21", "2.1"),
            ("2100", "0"),
        ] {
            assert!(!is_shown_as(value, shown), "{value} as {shown}");
        }
    }
}
