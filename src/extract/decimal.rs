//! Numbers as columns of a fixed width have them: decimals, exact, and summed exactly by what reads them.

use rust_decimal::Decimal;

/// Digits of a number.
pub const PRECISION: i32 = 38;
/// How many of them are behind the point: as many as it takes to tell a 分 in 亿元.
pub const SCALE: u32 = 10;

/// A number without its point, with [`SCALE`] places; what has more, as only computed numbers have, is rounded to them. None
/// of what has more digits than [`PRECISION`].
pub fn unscaled(number: Decimal) -> Option<i128> {
    let number = number.round_dp(SCALE);
    let shift = 10_i128.pow(SCALE - number.scale());
    number.mantissa().checked_mul(shift).filter(|unscaled| unscaled.unsigned_abs() < 10_u128.pow(PRECISION as u32))
}
