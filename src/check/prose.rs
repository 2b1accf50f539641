//! What the text says: numbers against the figures and against each other, years and names against the title.

mod number;
pub(super) mod shares;
mod agencies;
mod context;
pub(super) mod lists;
pub(super) mod readings;
pub(super) mod judged;
mod figures;
mod slips;
mod sums;
pub(super) mod rates;
mod claims;
pub(super) mod paragraphs;
