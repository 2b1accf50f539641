//! What a figure must be.

use rust_decimal::Decimal;

/// What a figure must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueKind {
    /// A whole number ≥ 0.
    Count,
    /// A whole number, of either sign.
    Integer,
    /// A decimal ≥ 0.
    Amount,
    /// A decimal of either sign.
    Decimal,
    /// 是 or 否, which count as 1 and 0.
    YesNo,
    /// Anything: a name, an address.
    Text,
}

impl ValueKind {
    /// Every kind with its word in a pack.
    pub const ALL: [(&'static str, Self); 6] = [
        ("count", Self::Count),
        ("integer", Self::Integer),
        ("amount", Self::Amount),
        ("decimal", Self::Decimal),
        ("yes-no", Self::YesNo),
        ("text", Self::Text),
    ];

    /// Whether a number is of this kind.
    pub fn admits(self, number: Decimal) -> bool {
        let is_negative = number.is_sign_negative() && !number.is_zero();
        match self {
            Self::Count => !is_negative && number.is_integer(),
            Self::Integer => number.is_integer(),
            Self::Amount => !is_negative,
            Self::Decimal => true,
            Self::YesNo => number.is_zero() || number == Decimal::ONE,
            Self::Text => false,
        }
    }

    /// It is written as a number, in digits.
    pub fn is_number(self) -> bool {
        !matches!(self, Self::YesNo | Self::Text)
    }
}
