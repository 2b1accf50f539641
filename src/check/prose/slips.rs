//! Whether one number is another one, mistyped.

use rust_decimal::Decimal;

/// Whether `a` and `b` differ by one digit (another, one more, one less, two exchanged), or by one.
pub(super) fn is_slip(a: Decimal, b: Decimal) -> bool {
    if (a - b).abs() <= Decimal::ONE {
        return a != b;
    }
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    let (short, long) = if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    let same_before = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let behind =
        |short: &[u8], long: &[u8]| short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let same_behind = behind(&short[same_before..], &long[same_before..]);
    let (left, more) = (short.len() - same_before - same_behind, long.len() - same_before - same_behind);
    match (left, more) {
        // Numbers of one digit are all alike.
        (1, 1) => short.len() > 1,
        (0, 1) => true,
        (2, 2) => short[same_before] == long[same_before + 1] && short[same_before + 1] == long[same_before],
        _ => false,
    }
}

/// The same of a total and what its parts come to: with a digit more or less, it is more likely that not all parts are there.
pub(super) fn is_slip_of_total(sum: Decimal, total: Decimal) -> bool {
    let digits = |number: Decimal| number.normalize().to_string().len();
    is_slip(sum, total) && ((sum - total).abs() <= Decimal::ONE || digits(sum) == digits(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_is_a_slip() {
        for (a, b) in [(41, 61), (337, 373), (21, 211), (8136, 136), (7, 6), (99, 100), (275, 257)] {
            assert!(is_slip(a.into(), b.into()) && is_slip(b.into(), a.into()), "{a} {b}");
        }
        for (a, b) in [(7, 7), (120, 42), (57, 49), (5, 8), (1234, 1432)] {
            assert!(!is_slip(a.into(), b.into()), "{a} {b}");
        }
        assert!(!is_slip_of_total(10.into(), 104.into()) && is_slip_of_total(99.into(), 100.into()));
    }
}
