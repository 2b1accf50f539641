//! gouji (勾稽) checks statutory reports made of sections and numeric tables, and names the wrong cell.
//!
//! The modules below are the way of the data, in reading order; each uses only those above it. [`checker::Checker`] is
//! the one entry point:
//!
//! ```
//! let checker = gouji::checker::Checker::default();
//! let checked = checker.check("report.md", "# 会议通知\n".as_bytes());
//! assert_eq!(checked.report.findings[0].rule.name, "unknown-form");
//! ```

// Tools: labels compared as people compare them, text without blanks, sequences laid side by side.
pub mod label;
pub mod squeeze;
pub mod align;

// Bounds and words.
pub mod limits;
pub mod message;

// What a file holds.
pub mod encoding;
pub mod document;
pub mod read;

// What a form is.
pub mod pack;
pub mod blank;

// What a report says, and what is wrong with it.
pub mod facts;
pub mod bind;
pub mod evaluate;
pub mod localize;
pub mod fingerprint;
pub mod finding;
pub mod check;
pub mod explain;
pub mod report;
pub mod identity;
pub mod digest;
pub mod checker;

// What is wrong between reports.
pub mod agencies;
pub mod collection;

// What somebody has accepted.
pub mod suppress;

// Tools for those who write packs.
pub mod authoring;

// How the outcome is shown.
pub mod view;
pub mod render;
pub mod extract;
mod error;

// The command.
#[cfg(feature = "cli")]
pub mod discover;
#[cfg(feature = "cli")]
mod panics;
#[cfg(feature = "cli")]
mod parallel;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
#[cfg(feature = "cli")]
pub mod command;
