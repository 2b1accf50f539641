//! Comparing reports: each with the previous year's, with those of subordinate agencies, and with all others of its
//! year. Reports are compared by their digests; findings get their places once the files are read again.

mod member;
mod ground;
mod common;
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
mod last_year;
mod judge;
mod case;
mod passages;
mod findings;

pub use case::Case;
pub use common::{Common, Counters};
pub use copies::Alike;
pub use expected::{Missing, Thin};
pub use findings::{Beside, findings};
pub use ground::Ground;
pub use judgement::{Accusation, Explanation, How, Judgement};
pub use member::Entry;
pub use reports::{All, Builder, Collection};
