//! Numbers as a spreadsheet shows them.

/// The shortest decimal that Excel would show: it keeps 15 significant digits of the 17 that are stored, so that
/// 7730.279999999999 is the 7730.28 that was typed.
pub(super) fn shown(value: f64) -> String {
    const WHOLE: f64 = 1e15;
    if value.fract().abs() == 0.0 && value.abs() < WHOLE {
        return (value as i64).to_string();
    }
    let rounded = format!("{value:.14e}");
    let Some((mantissa, exponent)) = rounded.split_once('e') else { return rounded };
    let Ok(exponent) = exponent.parse::<i32>() else { return rounded };
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    let digits = mantissa.replace('.', "");
    // Beyond these, zeros would outnumber digits, and Excel goes over to powers of ten as well.
    match exponent {
        -9..0 => format!("{sign}0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1)),
        0..=20 => {
            let point = exponent as usize + 1;
            match digits.split_at_checked(point) {
                Some((whole, "")) => format!("{sign}{whole}"),
                Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
                None => format!("{sign}{digits:0<point$}"),
            }
        }
        _ => format!("{sign}{mantissa}E{exponent:+}"),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

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
            (2.5e-17, "2.5E-17"),
            (999_999.999_999_999_9, "1000000"),
        ];
        for (value, text) in cases {
            assert_eq!(shown(value), text, "{value:?}");
        }
    }

    #[test]
    fn what_is_no_number_says_so() {
        assert_eq!(shown(f64::NAN), "NaN");
        assert_eq!(shown(f64::INFINITY), "inf");
    }
}
