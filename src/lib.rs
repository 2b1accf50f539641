//! gouji (勾稽) checks statutory reports made of sections and numeric tables, and names the wrong cell.
//!
//! A form and its rules are data: a [`Pack`], compiled from TOML. A [`Checker`] reads the bytes of a report in Markdown, HTML,
//! plain text, Word, PDF or a workbook, finds every figure of the form in it, evaluates the rules, and searches for the smallest
//! change with which all sums hold. What it gives are values. The library opens no file, asks for no time and has no state
//! that a caller could change: the same bytes give the same report.
//!
//! # Check a report
//!
//! ```
//! use gouji::{Language, Severity, Subject, Verdict};
//!
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
//! # use made::*;
//! // A report in a form of three rows and three columns; somebody has typed 81 for 18.
//! let text = REPORT_2024.replace("| 18 |", "| 81 |");
//! let report = checker().check("2024.md", text.as_bytes()).into_first().report;
//!
//! assert_eq!(report.verdict(), Verdict::Findings);
//! let [finding] = &report.findings[..] else { panic!("one wrong figure is one finding") };
//! assert_eq!(finding.severity, Severity::Error);
//! assert_eq!(finding.place, "表一 · 室内场所 · 年末数量");
//! assert_eq!(finding.message.say(Language::English), "found 81, expected 18");
//! assert_eq!(finding.subject, Subject::Cell("shelters.indoor.end".to_owned()));
//! ```
//!
//! # Extract figures
//!
//! [`Checker::read_with`] lends what each report of a file says, every figure with its place. [`extract`] makes rows and columns of it, and
//! writes CSV, JSON lines and workbooks.
//!
//! ```
//! use gouji::Value;
//!
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
//! # use made::*;
//! let figures = checker().read_with("2024.md", REPORT_2024.as_bytes(), |reading| {
//!     let facts = reading.pack.figures.iter().zip(&reading.facts.figures);
//!     facts.map(|(figure, fact)| (figure.id.clone(), fact.value)).collect::<Vec<_>>()
//! });
//! let [Ok(figures)] = &figures[..] else { panic!("one report, in a form that is known") };
//! assert_eq!(figures[0], ("shelters.indoor.start".to_owned(), Value::Number(13.into())));
//! ```
//!
//! # Compile a pack
//!
//! [`Checker::default`] knows the forms that come with gouji, [`builtin_packs`]. Others are compiled from TOML; how to write
//! one is in `docs/packs.md` of the repository.
//!
//! ```
//! use std::sync::Arc;
//!
//! use gouji::{Checker, Limits, builtin_packs, compile_pack};
//!
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
//! # use made::*;
//! let (core, known) = builtin_packs();
//! let pack = compile_pack(PACK, core, known)?;
//! assert_eq!(pack.sums().len() + pack.sums_across().len(), 3 + 3 + 3);
//!
//! let packs = vec![Arc::new(pack)];
//! let checker = Checker::new(Arc::clone(core), packs, Limits::default());
//! assert!(checker.check("2024.md", REPORT_2024.as_bytes()).first().report.findings.is_empty());
//! # Ok::<(), gouji::PackError>(())
//! ```
//!
//! # Write the outcome
//!
//! [`view`] is what is said of a report in one language, with lines and columns: the JSON of the command. [`render`] makes every
//! output format of it: a terminal's drawing, a page, a workbook, SARIF, JUnit …
//!
//! ```
//! use gouji::Language;
//! use gouji::render::{Format, Options, Setting, Written};
//! use gouji::view::{Across, Document, Input, Report};
//!
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
//! # use made::*;
//! let (checker, text) = (checker(), REPORT_2024.replace("| 18 |", "| 81 |"));
//! let checked = checker.check("2024.md", text.as_bytes());
//! let views = Report::all(Input::new(&checked, text.as_bytes()), Language::English);
//! assert_eq!(serde_json::to_value(&views[0])?["findings"][0]["location"]["start"]["line"], 5);
//!
//! let run = Document::new(views, Across::default());
//! let page = Written { format: Format::Html, options: Options::new(Language::English) };
//! let page = page.run(Setting::new(checker.packs()), &run)?;
//! assert!(page.starts_with(b"<!doctype html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Compare reports
//!
//! [`collection`] compares each report with that of the year before, with those of the agencies below ([`Agencies`]) and with
//! all others of its year. It works on a [`Digest`] of each report, some hundred bytes that can be stored; only reports with
//! something against them are read again.
//!
//! ```
//! use gouji::collection::{Accusation, Builder};
//!
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
//! # use made::*;
//! let checker = checker();
//! let checker = checker.clone().with_digests(checker.packs());
//! let mut builder = Builder::new(checker.core(), checker.packs(), None);
//! for (path, text) in [("2023.md", REPORT_2023), ("2024.md", REPORT_2024)] {
//!     let digest = checker.check(path, text.as_bytes()).into_first().digest;
//!     builder.add(digest.expect("its agency and year are known"));
//! }
//! let collection = builder.finish();
//! let judgement = collection.judge(1, checker.levels(Some(collection.pack(1))));
//! // 2023 ended with 29 shelters outdoors, 2024 starts with 27: a row, and the total with it.
//! assert!(matches!(&judgement.accusations[..], [Accusation::Sums { sums, .. }] if sums.len() == 2));
//! assert_eq!(judgement.beside(), [0], "the report that shows why");
//! ```
//!
//! # Features
//!
//! - `cli` (default): the command `gouji`, and what only it needs. Without it there is no access to files, terminals or the clock.
//! - `pdf` (default): reports that are PDF files.
//! - `parquet`: figures as Parquet.

// Tools: labels compared as people compare them, text without blanks, sequences aligned.
mod label;
mod squeeze;
mod align;

// What the program has of its own files.
mod built;

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
mod prose;
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
pub mod collection;

// What somebody has accepted.
mod suppress;

// Tools for those who write packs.
mod authoring;

// How the outcome is shown.
pub mod view;
pub mod reread;
pub mod render;
pub mod extract;
pub mod annotate;
pub mod form;
mod error;

// Which files are reports.
mod taken;
mod archive;

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

// A report and what comes of it.
pub use check::Tally;
pub use checker::{Checked, CheckedReport, Checker, Reading};
pub use finding::{Finding, Label, Subject, Suppressed, Suppression, Suspect};
pub use message::{Argument, Language, Message, Words};
pub use report::{NotEvaluated, Report, Verdict};

// A form and its rules.
pub use pack::{CollectionSettings, Layer, Level, Levels, Selection, Severity};
pub use pack::{Column, Core, Figure, Pack, Row, Rule, Section, Sum, Table, ValueKind, Years};
pub use pack::{PackError, PackProblem, builtin as builtin_packs, compile as compile_pack};

// What a report says.
pub use bind::{Bound, Likeness};
pub use document::{Document, Format, Location, Part};
pub use encoding::Encoding;
pub use facts::{Fact, Facts, Value, Why};
pub use identity::Identity;
pub use limits::{Limit, Limits};
pub use read::Unreadable;

// Reports compared.
pub use agencies::{Agencies, Agency};
pub use digest::Digest;

/// The modules themselves, for the command, the page, tests, benchmarks and fuzz targets of this repository. Nothing here is kept
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
        built label squeeze align limits message encoding document read pack blank facts bind prose evaluate localize fingerprint finding
        check explain report identity digest checker agencies collection suppress authoring view render extract annotate taken archive
        #[cfg(feature = "cli")] discover
        #[cfg(feature = "cli")] parallel
        #[cfg(feature = "cli")] cli
        #[cfg(feature = "cli")] config
        #[cfg(feature = "cli")] command
    }
}
