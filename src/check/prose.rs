//! What the text says: numbers against the figures and against each other, years and names against the title.

mod claims;
mod context;
mod lists;
mod agencies;
mod readings;
mod shares;

use rust_decimal::Decimal;

use super::Outcomes;
use crate::facts::Facts;
use crate::localize::Cause;
use crate::pack::Pack;

pub(super) fn check(
    pack: &Pack,
    facts: &Facts<'_>,
    numbers: &[Option<Decimal>],
    causes: &[Cause],
    outcomes: &mut Outcomes,
) {
    lists::check(pack, facts, outcomes);
    claims::check(pack, facts, numbers, causes, outcomes);
}

/// A number as the text writes it, 1,036 with its separator.
fn number(text: &str) -> Option<Decimal> {
    text.replace(',', "").parse().ok()
}
