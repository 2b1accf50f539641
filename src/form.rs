//! An empty form, to be filled in: what `gouji blank` writes, for an agency and a year.
//!
//! The workbook adds up while it is filled in: totals are formulas, cells take what the form takes, a sum of the form that
//! does not hold turns red, and a sheet of its own lists them all. The document and the text are the same form to be filled in by
//! hand.
//!
//! ```
//! use gouji::Language;
//! use gouji::form::{BlankForm, Format, Wanted};
//!
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
//! # use made::*;
//! let wanted = Wanted { pack: Some("shelters"), year: Some(2025), ..Wanted::default() };
//! let wanted = Wanted { previous: Some(("2024.md", REPORT_2024.as_bytes())), ..wanted };
//! let made = BlankForm::new(&checker(), &wanted).expect("it is the report of the year before");
//! assert_eq!(made.form.organization, "青岚县");
//! assert_eq!(made.carried, 3, "the end of 2024 is the start of 2025");
//!
//! let workbook = made.form.write(Format::Xlsx, Language::Chinese).expect("memory takes all");
//! assert!(workbook.starts_with(b"PK"));
//! ```

mod measure;
mod plan;
mod previous;
mod relation;
mod sheets;
mod text;
mod wanted;
mod word;
mod workbook;

use std::io;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::blank::Blank;
use crate::message::Language;
use crate::pack::Pack;
pub use wanted::{Made, Wanted};

/// How many empty rows are there for what a report adds to its form.
const EMPTY_ROWS: usize = 15;

/// What an empty form is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook that adds up.
    Xlsx,
    /// A document of Word.
    Docx,
    Markdown,
}

impl Format {
    /// Every format with the endings of its files.
    pub const ALL: [(Self, &'static [&'static str]); 3] =
        [(Self::Xlsx, &["xlsx"]), (Self::Docx, &["docx"]), (Self::Markdown, &["md", "markdown"])];

    /// The format of files that end so, without the dot.
    pub fn of_extension(extension: &str) -> Option<Self> {
        let is_meant = |known: &&str| known.eq_ignore_ascii_case(extension);
        Self::ALL.iter().find(|(_, endings)| endings.iter().any(|known| is_meant(&known))).map(|(format, _)| *format)
    }
}

/// An empty form. What is known of it already stands in `figures` and `texts`.
#[derive(Debug, Clone)]
pub struct BlankForm {
    pub pack: Arc<Pack>,
    pub organization: String,
    pub year: u16,
    /// The text in the cell of each figure of the form; empty where it is still to come, and where it is computed.
    pub figures: Vec<String>,
    /// The text of each section; empty where it is still to come.
    pub texts: Vec<String>,
    /// The figures of the report of the year before, by those of this form.
    previous: Option<Vec<Option<Decimal>>>,
    /// Of `figures`, those that come from it.
    carried: Vec<usize>,
}

impl BlankForm {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Where a part of it is more than the format takes: no form that is one is.
    pub fn write(&self, format: Format, language: Language) -> io::Result<Vec<u8>> {
        match format {
            Format::Xlsx => workbook::write(self, language),
            Format::Docx => word::write(self),
            Format::Markdown => Ok(text::write(self).into_bytes()),
        }
    }

    /// What the file of it could be called, without an ending: its title.
    pub fn title(&self) -> String {
        self.blank().title()
    }

    /// The form as it is laid out.
    fn blank(&self) -> Blank<'_> {
        Blank {
            pack: &self.pack,
            organization: self.organization.clone(),
            year: self.year,
            figures: self.figures.clone(),
            texts: self.texts.clone(),
            one_row: false,
            empty_rows: EMPTY_ROWS,
        }
    }
}
