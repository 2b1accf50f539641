//! The form as the bytes of a file.

use std::io;

use super::blank_form::BlankForm;
use super::{text, word, workbook};
use crate::message::Language;

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
        Self::ALL.iter().find(|(_, endings)| endings.iter().any(is_meant)).map(|(format, _)| *format)
    }
}

impl BlankForm {
    /// The bytes of a file; the language is that of what the workbook says besides the form.
    ///
    /// # Errors
    /// Where a part of it is more than the format takes.
    pub fn write(&self, format: Format, language: Language) -> io::Result<Vec<u8>> {
        match format {
            Format::Xlsx => workbook::write(self, language),
            Format::Docx => word::write(self),
            Format::Markdown => Ok(text::write(self).into_bytes()),
        }
    }
}
