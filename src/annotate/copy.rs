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
    /// What else is to be said: what could not be marked where it stands, and where it is instead.
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
    /// The extension of a copy of the file `name`: its own, where that is one of such files.
    pub fn extension(self, name: &str) -> String {
        let (usual, others): (_, &[&str]) = match self {
            Self::Workbook => ("xlsx", &["xlsm", "xltx", "xltm"]),
            Self::Document => ("docx", &["docm", "dotx", "dotm"]),
            Self::Page => ("html", &[]),
        };
        let own = Path::new(name).extension().and_then(|own| own.to_str()).map(str::to_ascii_lowercase);
        own.filter(|own| others.contains(&own.as_str())).unwrap_or_else(|| usual.to_owned())
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
