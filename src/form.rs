//! An empty form, to be filled in: what `gouji blank` writes, for an agency and a year.
//!
//! The workbook adds up while it is filled in: totals are formulas, cells take what the form takes, a sum of the form that
//! does not hold turns red, and a sheet of its own lists them all. The document and the text are the same form to be filled in by
//! hand.
//!
//! ```
//! use gouji::Language;
//! use gouji::form::{Format, Made, Wanted};
//!
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
//! # use made::*;
//! let wanted = Wanted { pack: Some("shelters"), year: Some(2025), ..Wanted::default() };
//! let wanted = Wanted { previous: Some(("2024.md", REPORT_2024.as_bytes())), ..wanted };
//! let made = Made::new(&checker(), &wanted).expect("it is the report of the year before");
//! assert_eq!(made.form.organization, "青岚县");
//! assert_eq!(made.carried, 2, "two ends of 2024 are starts of 2025; their total is computed");
//!
//! let workbook = made.form.write(Format::Xlsx, Language::Chinese).expect("memory takes all");
//! assert!(workbook.starts_with(b"PK"));
//! ```

mod blank_form;
mod measure;
mod plan;
mod previous;
mod relation;
mod sheets;
mod text;
mod wanted;
mod word;
mod workbook;
mod write;

pub use blank_form::BlankForm;
pub use wanted::{Made, Wanted};
pub use write::Format;
