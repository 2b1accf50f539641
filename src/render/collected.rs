//! Output formats that are written when all is known: what each report leaves for them, and what they count from it.

mod drawing;
mod links;
mod overview;
mod part;
mod places;

use std::io::{self, Write};
use std::sync::Arc;

pub(super) use drawing::Drawing;
pub use links::{Links, file_address};
pub(super) use overview::{Agency, Cell, Overview, RuleCount, State};
pub(super) use part::{Figures, Part, part};

use super::{Across, Renderer, Style, Summary, gitlab, page, statistics, workbook};
use crate::agencies::Agencies;
use crate::pack::Pack;

/// What takes in the parts of all reports, in order, and writes what cannot be written of each by itself, mostly at the end.
pub trait Collector {
    /// Takes in what [`Renderer::report`] or [`Renderer::across`] has made of a report; other parts are empty.
    ///
    /// # Errors
    /// When it is no such part, what is kept of it cannot be put aside, or `writer` takes no more.
    fn take(&mut self, part: &str, writer: &mut (dyn Write + Send)) -> io::Result<()>;

    /// Writes all that is left.
    ///
    /// # Errors
    /// When `writer` takes no more.
    fn finish(self: Box<Self>, across: &Across, summary: &Summary, writer: &mut (dyn Write + Send)) -> io::Result<()>;
}

/// What a collector needs to know besides the reports.
#[derive(Debug)]
pub struct Setting<'a> {
    /// The forms.
    pub packs: &'a [Arc<Pack>],
    /// The list of agencies, for the order and the names.
    pub agencies: Option<Agencies>,
    pub links: Links,
}

impl Renderer {
    /// What collects the parts, for formats that are more than one part after the other.
    ///
    /// # Errors
    /// When nothing can be put aside.
    pub fn collector(&self, setting: Setting<'_>) -> io::Result<Option<Box<dyn Collector>>> {
        Ok(match self.style {
            Style::Full | Style::Concise | Style::Json | Style::Jsonl => None,
            Style::Sarif | Style::Github | Style::Junit => None,
            Style::Gitlab => Some(Box::new(gitlab::Issues::default())),
            Style::Html => Some(Box::new(page::Page::new(self, setting))),
            Style::Xlsx => Some(Box::new(workbook::Workbook::new(self, setting)?)),
            Style::Statistics => Some(Box::new(statistics::Statistics::new(self, setting.agencies))),
        })
    }
}

/// The part as it was made.
pub(super) fn parse(part: &str) -> io::Result<Option<Part<'static>>> {
    if part.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(part).map(Some).map_err(io::Error::from)
}
