//! Reports compared: each with the one of the year before, with those of the agencies below, and with all others of its
//! year. Works on digests; findings get their places once the files are read again.

mod member;
mod copies;
mod expected;
mod reports;
mod series;
mod children;
mod missing;
mod judgement;
mod connected;
mod correction;
mod rollup;
mod judge;
mod passages;
mod findings;

pub use expected::{Missing, Thin};
pub use findings::{Beside, findings};
pub use judgement::{Accusation, Explanation, How, Judgement};
pub use member::Entry;
pub use reports::{Builder, Collection};
