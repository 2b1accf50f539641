//! A marked copy of a file, whatever the file is.

use std::path::Path;

use super::refused::Refused;
use super::{document, marks, workbook};

use crate::document::Format;
use crate::limits::Limits;
use crate::message::{Language, Message};
use crate::render::marked_page;
use crate::view::{Input, Printed, Report};

/// A marked copy.
#[derive(Debug, Clone)]
pub struct Marked {
    pub bytes: Vec<u8>,
    pub kind: Kind,
    /// So many findings are in it.
    pub findings: usize,
    /// What else is to be said: what could not be marked at its place, and where it is instead.
    pub remarks: Vec<Message>,
}

/// What a marked copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The workbook itself.
    Workbook,
    /// The document itself.
    Document,
    /// A page of what is printed in a file that is neither.
    Page,
}

impl Kind {
    /// The extensions of such files, the usual one first.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Workbook => &["xlsx", "xlsm", "xltx", "xltm"],
            Self::Document => &["docx", "docm", "dotx", "dotm"],
            Self::Page => &["html", "htm"],
        }
    }

    /// The extension of a copy of the file `name`: its own, where that is one of such files.
    pub fn extension(self, name: &str) -> String {
        let own = self.own_extension(name).filter(|_| self != Self::Page);
        own.unwrap_or_else(|| self.extensions()[0].to_owned())
    }

    /// Whether a copy of the file `name` may be called `copy`. Office programs refuse a file of which the name says something
    /// else than what is in it, so what has macros keeps its extension; a name without one says nothing.
    pub fn may_be_called(self, name: &str, copy: &str) -> bool {
        if Path::new(copy).extension().is_none() {
            return true;
        }
        match (self, self.own_extension(name)) {
            (Self::Workbook | Self::Document, Some(own)) => self.own_extension(copy) == Some(own),
            _ => self.own_extension(copy).is_some(),
        }
    }

    fn own_extension(self, name: &str) -> Option<String> {
        let own = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
        self.extensions().contains(&own.as_str()).then_some(own)
    }
}

/// A marked copy of a file; `reports` are its views in this language.
///
/// # Errors
/// When a copy would be no good.
pub fn annotate(input: Input<'_>, reports: &[Report], limits: &Limits, language: Language) -> Result<Marked, Refused> {
    let findings = reports.iter().map(|report| report.findings.len()).sum();
    let format = input.document.map(|document| document.format);
    // The margin of a document has room for what is found, and no more.
    let marks = marks::marks(reports, format == Some(Format::Docx), language);
    let (bytes, kind, remarks) = match format {
        Some(Format::Xlsx) => {
            let (bytes, remarks) = workbook::mark(input.bytes, (&marks, reports), limits, language)?;
            (bytes, Kind::Workbook, remarks)
        }
        Some(Format::Docx) => {
            let (bytes, remarks) = document::mark(input.bytes, (&marks, reports), limits, language)?;
            (bytes, Kind::Document, remarks)
        }
        _ => (marked_page(reports, &Printed::of(input), language).into_bytes(), Kind::Page, Vec::new()),
    };
    Ok(Marked { bytes, kind, findings, remarks })
}
