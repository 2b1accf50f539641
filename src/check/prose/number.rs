//! Numbers in running text.

use rust_decimal::Decimal;

/// A number as the text writes it, 1,036 with its separator.
pub(super) fn number(text: &str) -> Option<Decimal> {
    text.replace(',', "").parse().ok()
}
