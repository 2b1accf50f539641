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
    /// A decimal ≥ 0, with or without a percent sign behind it.
    Percent,
    /// A day, which counts as a number of the digits of year, month and day; the year is first.
    Date,
    /// The same, the month first: 9/30/2024.
    MonthFirst,
    /// The same, the day first: 30.9.2024.
    DayFirst,
}

impl ValueKind {
    /// Every kind with its word in a pack.
    pub const ALL: [(&'static str, Self); 10] = [
        ("count", Self::Count),
        ("integer", Self::Integer),
        ("amount", Self::Amount),
        ("decimal", Self::Decimal),
        ("yes-no", Self::YesNo),
        ("text", Self::Text),
        ("percent", Self::Percent),
        ("date", Self::Date),
        ("date-mdy", Self::MonthFirst),
        ("date-dmy", Self::DayFirst),
    ];

    /// Whether a number is of this kind.
    pub fn admits(self, number: Decimal) -> bool {
        let is_negative = number.is_sign_negative() && !number.is_zero();
        match self {
            Self::Count => !is_negative && number.is_integer(),
            Self::Integer => number.is_integer(),
            Self::Amount | Self::Percent => !is_negative,
            Self::Decimal => true,
            Self::YesNo => number.is_zero() || number == Decimal::ONE,
            Self::Text => false,
            Self::Date | Self::MonthFirst | Self::DayFirst => !is_negative && number.is_integer(),
        }
    }

    /// It is a day.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::MonthFirst | Self::DayFirst)
    }

    /// A value as people write it: dates, which are compared as numbers, with their parts set apart.
    pub(crate) fn written(self, value: Decimal) -> String {
        let digits = value.normalize().to_string();
        match (self.is_date(), digits.len()) {
            (true, 8) => format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]),
            _ => digits,
        }
    }

    /// It is written as a number, in digits.
    pub fn is_number(self) -> bool {
        !matches!(self, Self::YesNo | Self::Text) && !self.is_date()
    }
}
