//! gouji (勾稽) checks statutory reports made of sections and numeric tables, and names the wrong cell.
//!
//! The modules below are the way of the data, in reading order; each uses only those above it. [`checker::Checker`] is
//! the one entry point:
//!
//! ```
//! let checker = gouji::Checker::default();
//! let checked = checker.check("report.md", "# 会议通知\n".as_bytes());
//! assert_eq!(checked.reports[0].report.findings[0].rule.name, "unknown-form");
//! ```

// Tools: labels compared as people compare them, text without blanks, sequences laid side by side.
mod label;
mod squeeze;
mod align;

// Bounds and words.
mod limits;
mod message;

// What a file holds.
mod encoding;
mod document;
mod read;

// What a form is.
mod pack;
mod blank;

// What a report says, and what is wrong with it.
mod facts;
mod bind;
mod evaluate;
mod localize;
mod fingerprint;
mod finding;
mod check;
mod explain;
mod report;
mod identity;
mod digest;
mod checker;

// What is wrong between reports.
mod agencies;
mod collection;

// What somebody has accepted.
mod suppress;

// Tools for those who write packs.
mod authoring;

// How the outcome is shown.
pub mod view;
pub mod render;
pub mod extract;
mod error;

// The command.
#[cfg(feature = "cli")]
mod discover;
#[cfg(feature = "cli")]
mod panics;
#[cfg(feature = "cli")]
mod parallel;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod config;
#[cfg(feature = "cli")]
mod command;

pub use agencies::{Agencies, Agency};
pub use bind::Bound;
pub use check::Tally;
pub use checker::{Checked, CheckedReport, Checker, Reading};
pub use collection::{Accusation, Beside, Builder, Collection, Entry, Judgement, findings};
pub use digest::Digest;
pub use document::{Document, Format, Location, Part};
pub use encoding::Encoding;
pub use facts::{Fact, Facts, Value, Why};
pub use finding::{Finding, Label, Subject, Suppressed, Suppression, Suspect};
pub use identity::Identity;
pub use limits::{Limit, Limits};
pub use message::{Argument, Language, Message};
pub use pack::{CollectionSettings, Core, Figure, Layer, Level, Levels, Pack, PackError, PackProblem, Rule, Selection};
pub use pack::{Severity, builtin, compile};
pub use read::Unreadable;
pub use report::{NotEvaluated, Report, Verdict};

/// The modules themselves, for the command, tests, benchmarks and fuzz targets of this repository. Nothing here is kept
/// stable.
#[doc(hidden)]
pub mod internal {
    macro_rules! door {
        ($($(#[$condition:meta])? $module:ident)+) => {
            $($(#[$condition])? pub mod $module {
                pub use crate::$module::*;
            })+
        };
    }

    door! {
        label squeeze align limits message encoding document read pack blank facts bind evaluate localize fingerprint finding
        check explain report identity digest checker agencies collection suppress authoring view render extract
        #[cfg(feature = "cli")] discover
        #[cfg(feature = "cli")] cli
        #[cfg(feature = "cli")] config
        #[cfg(feature = "cli")] command
    }
}
