//! What every thread needs to render a report, and what it gives back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::checkers::Checkers;
use super::accepting::Acceptor;
use crate::checker::Checked;
use crate::cli::FailOn;
use crate::message::Language;
use crate::render::{Input, Renderer, Summary, told};
use crate::suppress::{Scope, Used};

/// How reports are checked and rendered in a run.
#[derive(Clone)]
pub(super) struct Reporter {
    pub checkers: Arc<Checkers>,
    /// One for each output.
    pub renderers: Vec<Renderer>,
    pub acceptor: Acceptor,
    pub fail_on: FailOn,
    pub language: Language,
}

/// A report as it is written.
#[derive(Serialize, Deserialize)]
pub(super) struct Rendered {
    /// Its part of each output.
    pub parts: Vec<String>,
    /// What it adds to the counts of the run.
    pub summary: Summary,
    /// Whether it makes the run fail.
    pub fails: bool,
    /// The entries of baseline and waivers that it met.
    pub used: Used,
    /// Findings across reports that somebody has accepted. The cache only keeps reports by themselves.
    #[serde(skip)]
    pub suppressed: Vec<told::Across<told::Suppressed>>,
}

impl Reporter {
    /// A report by itself, with the findings set aside that somebody has accepted.
    pub fn report(&self, checked: &mut Checked<'_>, bytes: &[u8]) -> Rendered {
        let used = self.acceptor.apply(&mut checked.report, Scope::Report, checked.pack.as_deref());
        let input = Input::new(checked, bytes);
        let report = told::Report::of(input, self.language);
        let mut summary = Summary::default();
        summary.add(&report, checked.document.is_none());
        self.rendered(&report, summary, used, |renderer| renderer.report(&report, Some(input)))
    }

    /// What the other reports say of a report.
    pub fn across(&self, input: Input<'_>, used: Used) -> Rendered {
        let report = told::Report::of(input, self.language);
        let mut summary = Summary::default();
        summary.add_across(&report);
        let rendered = self.rendered(&report, summary, used, |renderer| renderer.across(&report, Some(input)));
        Rendered { suppressed: report.suppressed_across().collect(), ..rendered }
    }

    fn rendered(
        &self,
        report: &told::Report,
        summary: Summary,
        used: Used,
        part: impl Fn(&Renderer) -> String,
    ) -> Rendered {
        let parts = self.renderers.iter().map(part).collect();
        let fails = report.findings.iter().any(|finding| self.fail_on.fails(finding.severity));
        Rendered { parts, summary, fails, used, suppressed: Vec::new() }
    }
}

impl Rendered {
    /// Whether nothing is to be said: all findings were ignored.
    pub fn is_empty(&self) -> bool {
        self.summary == Summary::default() && self.suppressed.is_empty()
    }
}
