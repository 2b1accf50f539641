//! Intervals of whole numbers: what something may be where it need not be one value.

/// What something may be: from `low` to `high`, both included; without a bound where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Interval {
    pub low: Option<i128>,
    pub high: Option<i128>,
}

impl Interval {
    pub const ANYTHING: Self = Self { low: None, high: None };

    pub fn exactly(value: i128) -> Self {
        Self { low: Some(value), high: Some(value) }
    }

    /// The one value, if there is only one.
    pub fn value(self) -> Option<i128> {
        self.low.filter(|_| self.low == self.high)
    }

    pub fn contains(self, value: i128) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }

    pub fn is_empty(self) -> bool {
        matches!((self.low, self.high), (Some(low), Some(high)) if low > high)
    }

    pub fn intersect(self, other: Self) -> Self {
        let low = self.low.max(other.low);
        let high = match (self.high, other.high) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { low, high }
    }

    /// All sums of a value of this and one of `other`; none where it overflows.
    pub fn plus(self, other: Self) -> Option<Self> {
        let add = |a: Option<i128>, b: Option<i128>| match (a, b) {
            (Some(a), Some(b)) => a.checked_add(b).map(Some),
            _ => Some(None),
        };
        Some(Self { low: add(self.low, other.low)?, high: add(self.high, other.high)? })
    }

    /// This moved down by `value`.
    pub fn minus(self, value: i128) -> Option<Self> {
        self.plus(Self::exactly(value.checked_neg()?))
    }

    pub fn times(self, factor: i64) -> Option<Self> {
        let scale = |bound: Option<i128>| match bound {
            Some(bound) => bound.checked_mul(i128::from(factor)).map(Some),
            None => Some(None),
        };
        let (low, high) = (scale(self.low)?, scale(self.high)?);
        Some(if factor < 0 { Self { low: high, high: low } } else { Self { low, high } })
    }

    /// The whole numbers that, times `factor`, are in this.
    pub fn over(self, factor: i64) -> Self {
        match factor {
            1 => return self,
            -1 => return Self { low: self.high.map(|high| -high), high: self.low.map(|low| -low) },
            _ => {}
        }
        let factor = i128::from(factor);
        let (low, high) = if factor < 0 { (self.high, self.low) } else { (self.low, self.high) };
        let is_inexact = |bound: i128| bound % factor != 0;
        let is_negative = |bound: i128| (bound < 0) != (factor < 0);
        Self {
            low: low.map(|low| low / factor + i128::from(is_inexact(low) && !is_negative(low))),
            high: high.map(|high| high / factor - i128::from(is_inexact(high) && is_negative(high))),
        }
    }

    /// The value to take where any will do: the middle, or the bound there is.
    pub fn preferred(self) -> i128 {
        match (self.low, self.high) {
            (Some(low), Some(high)) => low + (high - low) / 2,
            (Some(bound), None) | (None, Some(bound)) => bound,
            (None, None) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: i128, high: i128) -> Interval {
        Interval { low: Some(low), high: Some(high) }
    }

    #[test]
    fn a_span_over_a_factor_holds_just_the_whole_numbers_that_fit() {
        for factor in [-7_i64, -3, -2, -1, 1, 2, 3, 7] {
            for low in -15..15 {
                for high in low..15 {
                    let over = interval(low, high).over(factor);
                    for value in -40..40 {
                        let fits = (low..=high).contains(&(value * i128::from(factor)));
                        assert_eq!(over.contains(value), fits, "{value} × {factor} in {low}..={high}");
                    }
                }
            }
        }
        assert_eq!(Interval { low: Some(3), high: None }.over(-2), Interval { low: None, high: Some(-2) });
    }
}
