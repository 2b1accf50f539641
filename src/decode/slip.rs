//! How the digits of a wrong figure differ from those of the right one.

/// One slip of the hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Two neighbouring digits stand in each other's place; the right one of them is so many places from the right.
    Transposed { place: usize },
    /// One digit is not there.
    Dropped,
    /// One digit is there twice.
    Doubled,
    /// Zeros at the end are too many or too few, or the decimal point has moved.
    Shifted,
    /// There is one digit that does not belong.
    Added,
    /// One digit of several is another; so many places from the right.
    Replaced { place: usize },
}

/// The slip that makes `found` out of `expected`, both plain decimal numbers that differ.
pub(super) fn slip(found: &str, expected: &str) -> Option<Slip> {
    if significant(found) == significant(expected) {
        return Some(Slip::Shifted);
    }
    let (found, expected) = (found.as_bytes(), expected.as_bytes());
    let same_start = found.iter().zip(expected).take_while(|(a, b)| a == b).count();
    let same_end = found.iter().rev().zip(expected.iter().rev()).take_while(|(a, b)| a == b).count();
    match expected.len().checked_signed_diff(found.len())? {
        0 if same_start + same_end + 1 == found.len() && found.len() > 1 => Some(Slip::Replaced { place: same_end }),
        0 if same_start + same_end + 2 == found.len() => {
            let crossed =
                found[same_start] == expected[same_start + 1] && found[same_start + 1] == expected[same_start];
            crossed.then_some(Slip::Transposed { place: same_end })
        }
        1 if same_start + same_end >= found.len() => Some(Slip::Dropped),
        -1 if same_start + same_end >= expected.len() => {
            // The digit too many is the last that agrees from the left or one before it.
            let at = found.len() - 1 - same_end.min(expected.len());
            let is_double = at > 0 && found[at] == found[at - 1] || found.get(at + 1) == Some(&found[at]);
            Some(if is_double { Slip::Doubled } else { Slip::Added })
        }
        _ => None,
    }
}

/// The digits without the zeros at both ends and without the point.
fn significant(number: &str) -> String {
    let digits = number.replace('.', "");
    digits.trim_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_by_their_digits() {
        for (found, expected, told) in [
            ("12", "21", Some(Slip::Transposed { place: 0 })),
            ("1324", "1234", Some(Slip::Transposed { place: 1 })),
            ("13", "123", Some(Slip::Dropped)),
            ("1", "12", Some(Slip::Dropped)),
            ("122", "12", Some(Slip::Doubled)),
            ("1123", "123", Some(Slip::Doubled)),
            ("1293", "123", Some(Slip::Added)),
            ("120", "12", Some(Slip::Shifted)),
            ("2.5", "25000", Some(Slip::Shifted)),
            ("163", "123", Some(Slip::Replaced { place: 1 })),
            ("4", "7", None),
            ("12", "345", None),
            ("0", "21", None),
            ("321", "123", None),
        ] {
            assert_eq!(slip(found, expected), told, "{found} for {expected}");
        }
    }
}
