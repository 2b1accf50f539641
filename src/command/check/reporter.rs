//! Renders a report; shared by all threads.

use std::sync::Arc;

use super::super::checkers::Checkers;
use super::super::outputs::Formats;
use super::accepting::Acceptor;
use crate::checker::{Checked, CheckedReport};
use crate::cli::FailOn;
use crate::digest::Digest;
use crate::message::Language;
use crate::render::Made;
use crate::suppress::{Scope, Used};
use crate::view::{Input, Report, Summary, Verdict};

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
    pub parts: Vec<Made>,
    /// It is what is said across reports.
    pub is_across: bool,
    /// Of a report of which something is said across reports: its verdict by itself.
    pub before: Option<Verdict>,
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
        let mut views = Report::all(Input::new(checked, bytes), self.language);
        views.iter_mut().for_each(|view| self.acceptor.mark(view));
        views.into_iter().zip(used).collect()
    }

    /// A report by itself, with its figures where an output asks for them.
    pub fn report(&self, mut view: Report, is_unreadable: bool, digest: Option<&Digest>, used: Used) -> Rendered {
        // A report from the cache was not checked by them now, and they hold for it all the same.
        self.checkers.overrides(&view.path, view.organization.as_deref());
        if self.formats.need_figures() {
            let form = |digest: &Digest| self.checkers.forms().get(usize::from(digest.pack)).cloned();
            view.figures = digest.and_then(|digest| digest.texts(&*form(digest)?));
        }
        let mut summary = Summary::default();
        summary.add(&view, is_unreadable);
        let is_open = digest.is_some() && view.verdict != Verdict::Findings;
        let parts = self.formats.report(&mut view, is_open);
        self.rendered(view, parts, summary, used)
    }

    /// What the other reports say of a report, the first of `input`, which had the verdict `before`.
    pub fn across(&self, input: Input<'_>, before: Option<Verdict>, used: Used) -> Rendered {
        let mut view = Report::all(input, self.language).swap_remove(0);
        self.acceptor.mark(&mut view);
        view.verdict = before.unwrap_or(view.verdict);
        view.verdict = view.verdict_with(&view.findings);
        let mut summary = Summary::default();
        summary.add_across(&view);
        let parts = self.formats.across(&view);
        Rendered { is_across: true, before, ..self.rendered(view, parts, summary, used) }
    }

    fn rendered(&self, view: Report, parts: Vec<Made>, summary: Summary, used: Used) -> Rendered {
        let fails = view.findings.iter().any(|finding| self.fail_on.fails(finding.severity));
        Rendered { view, parts, is_across: false, before: None, summary, fails, used }
    }
}

impl Rendered {
    /// Whether nothing is to be said: all findings were ignored.
    pub fn is_empty(&self) -> bool {
        self.summary == Summary::default()
    }
}
