//! Numbers modulo a prime of 61 bits: elimination that is fast and never rounds.

use rust_decimal::Decimal;

const PRIME: u64 = (1 << 61) - 1;

/// A number below the prime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(u64);

impl Number {
    pub const ZERO: Self = Self(0);

    /// The small whole number that this is, if any.
    pub fn small(self) -> Option<i64> {
        const SMALL: u64 = 1000;
        match self.0 {
            value if value <= SMALL => i64::try_from(value).ok(),
            value if PRIME - value <= SMALL => i64::try_from(PRIME - value).ok().map(|value| -value),
            _ => None,
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::from(Decimal::from(value))
    }
}

impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        let mantissa = value.mantissa().rem_euclid(i128::from(PRIME));
        let whole = Self(u64::try_from(mantissa).expect("below the prime"));
        times(whole, inverse(power(Self(10), u64::from(value.scale()))))
    }
}

pub(super) fn minus(a: Number, b: Number) -> Number {
    Number((a.0 + PRIME - b.0) % PRIME)
}

pub(super) fn times(a: Number, b: Number) -> Number {
    let product = u128::from(a.0) * u128::from(b.0) % u128::from(PRIME);
    Number(u64::try_from(product).expect("below the prime"))
}

/// The number that, times `a`, is 1; `a` is not 0.
pub(super) fn inverse(a: Number) -> Number {
    power(a, PRIME - 2)
}

fn power(base: Number, exponent: u64) -> Number {
    let (mut result, mut square, mut rest) = (Number(1), base, exponent);
    while rest > 0 {
        if rest % 2 == 1 {
            result = times(result, square);
        }
        square = times(square, square);
        rest /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_times_its_inverse_is_one() {
        for text in ["1", "-1", "0.5", "-3.25", "97"] {
            let number = Number::from(text.parse::<Decimal>().expect("a number"));
            assert_eq!(times(number, inverse(number)).small(), Some(1), "{text}");
        }
        assert_eq!(Number::from(-7).small(), Some(-7));
        assert_eq!(times(Number::from(Decimal::new(5, 1)), Number::from(8)).small(), Some(4));
    }
}
