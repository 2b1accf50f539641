//! What every thread needs to render a report, and what it gives back.

use std::sync::Arc;

use super::super::checkers::Checkers;
use super::super::outputs::Formats;
use super::accepting::Acceptor;
use crate::checker::{Checked, CheckedReport};
use crate::cli::FailOn;
use crate::digest::Digest;
use crate::message::Language;
use crate::suppress::{Scope, Used};
use crate::view::{Input, Report, Summary};

/// How reports are checked and rendered in a run.
#[derive(Clone)]
pub(super) struct Reporter {
    pub checkers: Arc<Checkers>,
    /// One for each output.
    pub formats: Formats,
    pub acceptor: Acceptor,
    pub fail_on: FailOn,
    pub language: Language,
}

/// A report as it is written.
pub(super) struct Rendered {
    /// For outputs that collect reports.
    pub view: Report,
    /// Its part of each other output.
    pub parts: Vec<String>,
    /// What it adds to the counts of the run.
    pub summary: Summary,
    /// Whether it makes the run fail.
    pub fails: bool,
    /// The entries of baseline and waivers that it met.
    pub used: Used,
}

impl Reporter {
    /// The views of the reports of a file, with the findings set aside that somebody has accepted.
    pub fn views(&self, checked: &mut Checked<'_>, bytes: &[u8]) -> Vec<(Report, Used)> {
        let apply = |checked: &mut CheckedReport| {
            let pack = checked.pack.as_deref();
            self.acceptor.apply(&mut checked.report, Scope::Report, pack, &checked.levels)
        };
        let used: Vec<Used> = checked.reports.iter_mut().map(apply).collect();
        Report::all(Input::new(checked, bytes), self.language).into_iter().zip(used).collect()
    }

    /// A report by itself, with its figures where an output asks for them.
    pub fn report(&self, mut view: Report, is_unreadable: bool, digest: Option<&Digest>, used: Used) -> Rendered {
        if self.formats.need_figures() {
            let form = |digest: &Digest| self.checkers.forms().get(usize::from(digest.pack)).cloned();
            view.figures = digest.and_then(|digest| digest.texts(&*form(digest)?));
        }
        let mut summary = Summary::default();
        summary.add(&view, is_unreadable);
        let parts = self.formats.report(&view);
        self.rendered(view, parts, summary, used)
    }

    /// What the other reports say of a report, the first of `input`.
    pub fn across(&self, input: Input<'_>, used: Used) -> Rendered {
        let view = Report::all(input, self.language).swap_remove(0);
        let mut summary = Summary::default();
        summary.add_across(&view);
        let parts = self.formats.across(&view);
        self.rendered(view, parts, summary, used)
    }

    fn rendered(&self, view: Report, parts: Vec<String>, summary: Summary, used: Used) -> Rendered {
        let fails = view.findings.iter().any(|finding| self.fail_on.fails(finding.severity));
        Rendered { view, parts, summary, fails, used }
    }
}

impl Rendered {
    /// Whether nothing is to be said: all findings were ignored.
    pub fn is_empty(&self) -> bool {
        self.summary == Summary::default()
    }
}
