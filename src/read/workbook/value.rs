//! Values of cells as a spreadsheet shows them.

use rust_decimal::Decimal;

/// The shortest decimal that Excel would show: it keeps 15 significant digits of the 17 that are stored, so that
/// 7730.279999999999 is the 7730.28 that was typed. What programs have added up may be further off: 12.000000000001 is 12.
pub(super) fn number(value: f64) -> String {
    const WHOLE: f64 = 1e15;
    if value.fract().abs() == 0.0 && value.abs() < WHOLE {
        return (value as i64).to_string();
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if let Some(meant) = without_noise(rounded) {
        return meant.to_string();
    }
    // Beyond these, zeros would outnumber digits, and Excel too goes over to powers of ten.
    match rounded.abs() {
        1e-9..1e21 => rounded.to_string(),
        1e21.. => format!("{rounded:E}").replace('E', "E+"),
        _ => format!("{rounded:E}"),
    }
}

/// The number of few decimals that a value is next to; none if there is none, or if it is that number itself.
fn without_noise(value: f64) -> Option<Decimal> {
    /// A hundredth of a 元 in 万元.
    const DECIMALS: u32 = 6;
    /// Nobody writes that many decimals, or digits behind that many zeros.
    const NOISE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);
    const SHARE: Decimal = Decimal::from_parts(1, 0, 0, false, 11);
    let value: Decimal = value.to_string().parse().ok()?;
    let meant = value.round_dp(DECIMALS);
    let noise = (value - meant).abs();
    let is_noise = noise < NOISE || noise < value.abs().checked_mul(SHARE)?;
    (!noise.is_zero() && is_noise).then(|| meant.normalize())
}

/// A number that the binary formats pack into 30 bits: a whole one or the upper half of a floating one, either of them
/// perhaps in hundredths.
pub(super) fn packed_number(packed: u32) -> String {
    let value = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    number(if packed & 1 != 0 { value / 100.0 } else { value })
}

pub(super) fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// An error, by its code in the binary formats.
pub(super) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#DATA!",
        _ => "#UNKNOWN!",
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_those_that_were_typed() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (12.0, "12"),
            (-3.0, "-3"),
            (7730.28, "7730.28"),
            (7_730.279_999_999_999, "7730.28"),
            (0.1 + 0.2, "0.3"),
            (-0.05, "-0.05"),
            (0.000_001_25, "0.00000125"),
            (1.0e-9, "0.000000001"),
            (123_456_789_012_345.0, "123456789012345"),
            (1.0e15, "1000000000000000"),
            (1.5e20, "150000000000000000000"),
            (-1.5e21, "-1.5E+21"),
            (2.5e-17, "0"),
            (0.1 + 0.2 - 0.3, "0"),
            (12.000_000_000_001, "12"),
            (-11.999_999_999_99, "-12"),
            (0.300_000_000_000_4, "0.3"),
            (12.000_001, "12.000001"),
            (12.000_000_01, "12.00000001"),
            (10_457.000_000_010_457, "10457"),
            (356.720_000_000_356_7, "356.72"),
            (1_203.000_000_1, "1203.0000001"),
            (999_999.999_999_999_9, "1000000"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text, "{value:?}");
        }
    }

    #[test]
    fn what_is_no_number_says_so() {
        assert_eq!(number(f64::NAN), "NaN");
        assert_eq!(number(f64::INFINITY), "inf");
    }
}
