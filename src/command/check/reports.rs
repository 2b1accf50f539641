//! The first phase of a run: each report by itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::interrupt::Interrupt;
use super::super::sources::{self, Source};
use super::super::streams::say;
use super::cache::{Cache, Shelf};
use super::reporter::{Rendered, Reporter};
use super::run::{FileOf, Gathered, PartOf, Run};
use crate::bind::Likeness;
use crate::checker::{Checked, CheckedReport};
use crate::collection::Builder;
use crate::config::Overrides;
use crate::digest::Digest;
use crate::identity::Identity;
use crate::message::Message;
use crate::parallel::{self, Lost, Work};
use crate::read::Unreadable;
use crate::suppress::Used;
use crate::taken;
use crate::view::Report;

impl Run {
    /// Checks every report and writes it; what is left of the reports for the second phase.
    pub fn each_report(&mut self) -> Gathered {
        let checkers = &self.reporter.checkers;
        let (agencies, list) = self.listed.take().unzip();
        let builder = Builder::new(checkers.base().core(), checkers.forms(), agencies);
        let mut gathered = Gathered { builder, files: Vec::new(), list };
        let work = CheckOne {
            reporter: self.reporter.clone(),
            interrupt: self.interrupt.clone(),
            shelf: self.cache.as_ref().map(Cache::shelf),
            is_strict: self.is_strict,
        };
        let mut is_read_on = true;
        parallel::ordered(self.inputs.iter(), self.jobs, self.longest(), work, |done| match done {
            Done::Reports(reports, source) => {
                let mut parts = Vec::new();
                for (rendered, digest) in reports {
                    if let (None, Some(organization), Some(year)) =
                        (&rendered.view.pack, &rendered.view.organization, rendered.view.year)
                    {
                        gathered.builder.add_unread(organization, year);
                    }
                    if let Some(digest) = digest.filter(|_| source.is_some()) {
                        gathered.builder.add(digest);
                        parts.push(PartOf { part: rendered.view.part.clone(), verdict: rendered.view.verdict });
                    }
                    self.progress.count(self.summary.reports, rendered.summary.findings());
                    is_read_on = is_read_on && self.write(rendered);
                }
                if let Some(source) = source.filter(|_| !parts.is_empty()) {
                    gathered.files.push(FileOf { source, parts });
                }
                is_read_on
            }
            Done::Other(name) => {
                self.left_out.others.add(name);
                true
            }
            Done::Own(name) => {
                self.left_out.own.add(name);
                true
            }
            Done::Skipped(why) => {
                self.progress.aside(|| say(&why, self.reporter.language));
                true
            }
            Done::NotBegun => false,
        });
        // Nobody reads what comes, and the rest was not checked.
        self.summary.interrupted |= !is_read_on;
        self.summary.left_out = self.left_out.count();
        self.progress.clear();
        self.close_cache();
        gathered
    }
}

/// Checks one file.
struct CheckOne {
    reporter: Reporter,
    interrupt: Interrupt,
    /// Results of earlier runs.
    shelf: Option<Arc<Shelf>>,
    /// Every file is taken for a report.
    is_strict: bool,
}

/// The result for one source.
enum Done {
    /// Those in the file, with where it can be read again.
    Reports(Vec<(Rendered, Option<Digest>)>, Option<Source>),
    /// Nothing: a folder or archive that gives no report, and why.
    Skipped(Message),
    /// Nothing: gouji has written this file.
    Own(String),
    /// Nothing: nobody would take this file for a report.
    Other(String),
    /// Nothing: the run was interrupted before.
    NotBegun,
}

/// What the cache keeps of a report.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Its view as JSON: the keys that are left out in it have no place in the form that the cache has.
    view: String,
    /// What the second phase needs of it.
    digest: Option<Digest>,
    /// The entries of baseline and waivers that it met.
    used: Used,
}

impl Work for CheckOne {
    type Item = Source;
    type Done = Done;

    fn work(&self, source: Source) -> Done {
        if self.interrupt.is_interrupted() {
            return Done::NotBegun;
        }
        if let Source::Skipped(why) = source {
            return Done::Skipped(why);
        }
        let name = source.name();
        if source.is_copy() {
            return Done::Own(name);
        }
        let reports = match source.bytes(self.reporter.checkers.base().limits()) {
            Ok(bytes) if taken::is_own(&bytes) => return Done::Own(name),
            Ok(bytes) => match self.cached(&name, &bytes, taken::least(source.is_doubtful(), self.is_strict)) {
                Some(reports) => reports,
                None => return Done::Other(name),
            },
            Err(why) => self.unreadable(&name, &why),
        };
        Done::Reports(reports, Some(source))
    }

    fn name(&self, source: &Source) -> String {
        source.name()
    }

    fn lost(&self, name: &str, why: Lost) -> Done {
        let why = sources::why_lost(&why, self.reporter.checkers.base().limits());
        Done::Reports(self.unreadable(name, &why), None)
    }
}

impl CheckOne {
    /// The result for a file, from the cache where it is there; none where nobody would take it for a report, which is to be
    /// like one by so much at the `least`.
    fn cached(&self, name: &str, bytes: &[u8], least: Likeness) -> Option<Vec<(Rendered, Option<Digest>)>> {
        let overrides = self.reporter.checkers.overrides(name, None);
        let Some(shelf) = &self.shelf else {
            let checked = self.check(name, bytes, &overrides);
            return (!taken::is_other(&checked, self.reporter.checkers.base(), least))
                .then(|| self.reports(checked, bytes));
        };
        let asked = shelf.asked(name, bytes, &overrides);
        if let Some(reports) = shelf.get::<Vec<Kept>>(&asked).and_then(|kept| self.kept(kept, least)) {
            return Some(reports);
        }
        let mut checked = self.check(name, bytes, &overrides);
        if taken::is_other(&checked, self.reporter.checkers.base(), least) {
            return None;
        }
        // A file that could not be read this time may be read the next time.
        if checked.document.is_none() {
            return Some(self.reports(checked, bytes));
        }
        let views = self.reporter.views(&mut checked, bytes);
        let of_report = |((view, used), checked): (&(Report, Used), CheckedReport)| {
            let view = serde_json::to_string(view).unwrap_or_default();
            Kept { view, digest: checked.digest, used: used.clone() }
        };
        let kept: Vec<Kept> = views.iter().zip(checked.reports).map(of_report).collect();
        shelf.put(&asked, &kept);
        let reports = views.into_iter().zip(kept);
        Some(reports.map(|((view, used), kept)| self.report(view, false, kept.digest, used)).collect())
    }

    /// What the cache keeps of a file; none where it is damaged.
    fn kept(&self, kept: Vec<Kept>, least: Likeness) -> Option<Vec<(Rendered, Option<Digest>)>> {
        let report = |Kept { view, digest, used }: Kept| {
            let view = serde_json::from_str(&view).ok()?;
            // Of what follows no form it is asked anew whether it is a report at all.
            let view: Report = view;
            let is_certain = least == Likeness::Nothing || view.pack.is_some();
            is_certain.then(|| self.report(view, false, digest, used))
        };
        kept.into_iter().map(report).collect()
    }

    /// Checks a file with the overrides for its path, or with others that its organization has.
    fn check<'b>(&self, name: &str, bytes: &'b [u8], overrides: &Overrides) -> Checked<'b> {
        let checkers = &self.reporter.checkers;
        let choose = |identity: &Identity| Some(checkers.of_report(name, Some(identity.organization.as_deref()?)));
        checkers.of(overrides).check_by(name, bytes, choose)
    }

    fn unreadable(&self, name: &str, why: &Unreadable) -> Vec<(Rendered, Option<Digest>)> {
        self.reports(self.reporter.checkers.of_report(name, None).lost(name, why), &[])
    }

    fn reports(&self, mut checked: Checked<'_>, bytes: &[u8]) -> Vec<(Rendered, Option<Digest>)> {
        let views = self.reporter.views(&mut checked, bytes);
        let is_unreadable = checked.document.is_none();
        let reports = views.into_iter().zip(checked.reports);
        reports.map(|((view, used), checked)| self.report(view, is_unreadable, checked.digest, used)).collect()
    }

    fn report(
        &self,
        view: Report,
        is_unreadable: bool,
        digest: Option<Digest>,
        used: Used,
    ) -> (Rendered, Option<Digest>) {
        (self.reporter.report(view, is_unreadable, digest.as_ref(), used), digest)
    }
}
