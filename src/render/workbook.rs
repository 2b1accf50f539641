//! A workbook for those who work in one: an overview, a row for each finding, the figures, what was not evaluated, counts.

mod gathered;
mod looks;
mod own;
mod sheet;
mod summary;

use std::io::{self, Write};

use super::options::Options;
use super::output::{Collector, Output, Part, Setting};
use crate::message::Message;
use crate::view::{Across, NotEvaluated, Summary};
use gathered::Gathered;
pub use own::is_workbook;
pub(crate) use own::{properties, save};
pub(crate) use sheet::of_many_rows;

/// A workbook.
pub(super) struct Xlsx;

impl Output for Xlsx {
    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx"]
    }

    fn is_text(&self) -> bool {
        false
    }

    fn needs_figures(&self) -> bool {
        true
    }

    fn collector(&self, options: &Options, setting: Setting<'_>) -> io::Result<Option<Box<dyn Collector>>> {
        Ok(Some(Box::new(Gathered::new(options, setting)?)))
    }
}

impl Collector for Gathered {
    fn take(&mut self, part: Part<'_>, _: &mut (dyn Write + Send)) -> io::Result<()> {
        self.keep(part)
    }

    fn finish(
        mut self: Box<Self>,
        across: &Across,
        summary: &Summary,
        writer: &mut (dyn Write + Send),
    ) -> io::Result<()> {
        for NotEvaluated { path, part, organization, year, because } in &across.not_evaluated {
            self.not_put(organization, Some(*year), because, (path, part.as_deref()))?;
        }
        self.not_evaluated.leave_out(across.more_not_evaluated);
        let overview = summary::overview(&self, across, summary)?;
        let counts = summary::counts(&self, summary)?;
        let names = self.figure_names();
        let Self { language, mut book, looks, findings, figures, not_evaluated, .. } = *self;
        let say = |key| Message::new(key).say(language);
        book.push_worksheet(overview);
        book.push_worksheet(findings.finish(&say("workbook.findings"), language, &looks)?);
        for (sheet, name) in figures.into_values().zip(names) {
            book.push_worksheet(sheet.finish(&name, language, &looks)?);
        }
        book.push_worksheet(not_evaluated.finish(&say("workbook.not-evaluated"), language, &looks)?);
        book.push_worksheet(counts);
        save(&mut book, writer)
    }
}
