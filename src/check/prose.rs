//! What the text says: numbers against the figures and against each other, years and names against the title.

mod number;
mod shares;
mod agencies;
mod context;
pub(super) mod lists;
mod readings;
mod judged;
mod figures;
mod slips;
mod sums;
mod rates;
mod claims;
pub(super) mod paragraphs;
