//! How the digits of a wrong figure differ from those of the right one.

use super::explanation::Reason;

/// The slip of the hand that makes `found` out of `expected`, the digits of two numbers that differ.
pub(super) fn slip(found: u64, expected: u64) -> Option<Reason> {
    if found != 0 && expected != 0 && significant(found) == significant(expected) {
        return Some(Reason::DecimalShifted);
    }
    let (found, expected) = (Digits::of(found), Digits::of(expected));
    let (found, expected) = (found.as_slice(), expected.as_slice());
    let same_start = found.iter().zip(expected).take_while(|(a, b)| a == b).count();
    let same_end = found.iter().rev().zip(expected.iter().rev()).take_while(|(a, b)| a == b).count();
    match expected.len() as isize - found.len() as isize {
        0 if same_start + same_end + 1 == found.len() && found.len() > 1 => {
            Some(Reason::DigitReplaced { place: same_end })
        }
        0 if same_start + same_end + 2 == found.len() => {
            let crossed =
                found[same_start] == expected[same_start + 1] && found[same_start + 1] == expected[same_start];
            crossed.then_some(Reason::DigitsTransposed { place: same_end })
        }
        1 if same_start + same_end >= found.len() => Some(Reason::DigitDropped),
        -1 if same_start + same_end >= expected.len() => {
            let at = found.len() - 1 - same_end;
            let is_double = at > 0 && found[at] == found[at - 1] || found.get(at + 1) == Some(&found[at]);
            Some(if is_double { Reason::DigitDoubled } else { Reason::DigitAdded })
        }
        _ => None,
    }
}

/// The number without the zeros at its end.
fn significant(mut number: u64) -> u64 {
    while number.is_multiple_of(10) {
        number /= 10;
    }
    number
}

/// The decimal digits of a number.
struct Digits {
    digits: [u8; 20],
    start: usize,
}

impl Digits {
    fn of(mut number: u64) -> Self {
        let mut this = Self { digits: [0; 20], start: 20 };
        loop {
            this.start -= 1;
            this.digits[this.start] = (number % 10) as u8;
            number /= 10;
            if number == 0 {
                return this;
            }
        }
    }

    fn as_slice(&self) -> &[u8] {
        &self.digits[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_by_their_digits() {
        for (found, expected, reason) in [
            (12, 21, Some(Reason::DigitsTransposed { place: 0 })),
            (1324, 1234, Some(Reason::DigitsTransposed { place: 1 })),
            (13, 123, Some(Reason::DigitDropped)),
            (1, 12, Some(Reason::DigitDropped)),
            (122, 12, Some(Reason::DigitDoubled)),
            (1123, 123, Some(Reason::DigitDoubled)),
            (1293, 123, Some(Reason::DigitAdded)),
            (120, 12, Some(Reason::DecimalShifted)),
            (25, 25000, Some(Reason::DecimalShifted)),
            (163, 123, Some(Reason::DigitReplaced { place: 1 })),
            (4, 7, None),
            (12, 345, None),
            (0, 21, None),
            (321, 123, None),
        ] {
            assert_eq!(slip(found, expected), reason, "{found} for {expected}");
        }
    }
}
