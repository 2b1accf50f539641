//! What every output format does.

use std::io::{self, Write};
use std::sync::Arc;

use super::links::Links;
use super::options::Options;
use crate::agencies::Agencies;
use crate::pack::Pack;
use crate::view::{Across, Report, Summary, Verdict};

/// An output format. Most of them are one text after the other: each report's is made of its view alone, in the thread
/// that has read it. Formats that need all reports before they can write have a [`Collector`] instead.
pub trait Output: Sync {
    /// The extensions of files that hold it, of formats that are read as reports too.
    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether a terminal shows it.
    fn is_text(&self) -> bool {
        true
    }

    /// Whether the counts of the run have a place in it.
    fn has_summary(&self) -> bool {
        true
    }

    /// Whether the figures of reports are to be in their views: they are no part of what is stored.
    fn needs_figures(&self) -> bool {
        false
    }

    /// How many findings those show whom it is for, where they cut off the rest.
    fn most_shown(&self) -> Option<usize> {
        None
    }

    /// Before the first report.
    fn head(&self, _: &Options) -> String {
        String::new()
    }

    /// Between two reports of which something is written.
    fn separator(&self) -> &'static str {
        ""
    }

    /// A report; empty where nothing is written of it.
    fn report(&self, _: &Options, _: &Report) -> String {
        String::new()
    }

    /// Between the reports and what is said across them, if that is a list of its own.
    fn across_head(&self) -> Option<&'static str> {
        None
    }

    /// Between two reports of which something is said across reports.
    fn across_separator(&self) -> &'static str {
        self.separator()
    }

    /// What is said across reports of one of them.
    fn across(&self, _: &Options, _: &Report) -> String {
        String::new()
    }

    /// A last part of what is said across reports: what of it somebody has accepted, where that has no other place.
    fn across_suppressed(&self, _: &Options, _: &Across) -> String {
        String::new()
    }

    /// At the end.
    fn tail(&self, _: &Options, _: &Across, _: &Summary) -> String {
        String::new()
    }

    /// What takes in the reports instead, of formats that are more than one part after the other.
    ///
    /// # Errors
    /// When nothing can be kept back.
    fn collector(&self, _: &Options, _: Setting<'_>) -> io::Result<Option<Box<dyn Collector>>> {
        Ok(None)
    }
}

/// Takes in all reports, in order, and writes what cannot be written of each by itself, mostly at the end. What it keeps of
/// them is bounded.
pub trait Collector: Send {
    /// Takes in a report, or what is said across reports of one of them.
    ///
    /// # Errors
    /// When what is kept of it cannot be stored, or `writer` takes no more.
    fn take(&mut self, part: Part<'_>, writer: &mut (dyn Write + Send)) -> io::Result<()>;

    /// Writes all that is left.
    ///
    /// # Errors
    /// When `writer` takes no more.
    fn finish(self: Box<Self>, across: &Across, summary: &Summary, writer: &mut (dyn Write + Send)) -> io::Result<()>;
}

/// A report, or what is said across reports of one of them.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    pub report: &'a Report,
    /// Its findings are all that is said of it.
    pub is_across: bool,
    /// What is said across reports comes after the report itself, which was taken in with this verdict; now it has that of
    /// `report`. None where it was taken in with its last one, or where there is no report: one is missing.
    pub before: Option<Verdict>,
}

impl<'a> Part<'a> {
    /// A report, or what is said across reports of one of them, whose verdict is known already.
    pub fn settled(report: &'a Report, is_across: bool) -> Self {
        Self { report, is_across, before: None }
    }
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

impl<'a> Setting<'a> {
    /// Reports in these forms, without a list of agencies or links to files.
    pub fn new(packs: &'a [Arc<Pack>]) -> Self {
        Self { packs, agencies: None, links: Links::default() }
    }
}
