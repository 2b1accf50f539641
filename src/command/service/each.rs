//! Reports by themselves, in the order of their files.

use std::sync::Arc;

use super::super::checkers::Checkers;
use super::super::sources::{self, Source};
use super::{Files, Service};
use crate::checker::Checked;
use crate::digest::Digest;
use crate::identity::Identity;
use crate::message::Language;
use crate::parallel::{self, Lost, Work};
use crate::read::Unreadable;
use crate::taken;
use crate::view::{Input, Report, Summary};

/// What came of one file.
#[derive(Debug)]
pub struct Outcome {
    /// As it is shown.
    pub path: String,
    pub looked: Looked,
    /// Where it can be read again; none where it was given up.
    pub(super) source: Option<Source>,
}

/// Whether it holds reports.
#[derive(Debug)]
pub enum Looked {
    Reports(Vec<Said>),
    /// gouji has written this file.
    Own,
    /// Nobody would take this file for a report.
    Other,
    /// A folder or archive that gives no report, and why.
    Skipped(String),
}

/// What is said of a report.
#[derive(Debug)]
pub struct Said {
    /// Its view, as the command writes it.
    pub json: String,
    /// What is kept of it to compare it with others; none where agency or year are not known.
    pub digest: Option<Digest>,
    /// Which report of the file it is, where that holds several.
    pub(super) part: Option<String>,
    /// Of a file that follows no form or cannot be read: whose it is by its names.
    pub(super) unread: Option<(String, u16)>,
    /// What it adds to the counts of a run.
    pub(super) summary: Summary,
}

impl Service {
    /// Checks every file and hands over what came of it, in order; ends early where `sink` says so by `false`.
    pub fn each(
        &self,
        files: impl Iterator<Item = Files> + Send + 'static,
        jobs: usize,
        sink: impl FnMut(Outcome) -> bool,
    ) {
        let sources = files.flat_map(|Files(inputs)| inputs.iter());
        let work = CheckOne { checkers: Arc::clone(&self.checkers), language: self.language };
        parallel::ordered(sources, jobs, self.longest(), work, sink);
    }
}

/// Checks one file.
struct CheckOne {
    checkers: Arc<Checkers>,
    language: Language,
}

impl Work for CheckOne {
    type Item = Source;
    type Done = Outcome;

    fn work(&self, source: Source) -> Outcome {
        let path = source.name();
        let looked = match &source {
            Source::Skipped(why) => Looked::Skipped(why.say(self.language)),
            source if source.is_copy() => Looked::Own,
            source => match source.bytes(self.checkers.base().limits()) {
                Ok(bytes) if taken::is_own(&bytes) => Looked::Own,
                Ok(bytes) => self.looked(&path, &bytes, source.is_doubtful()),
                Err(why) => self.unreadable(&path, &why),
            },
        };
        Outcome { path, looked, source: Some(source) }
    }

    fn name(&self, source: &Source) -> String {
        source.name()
    }

    fn lost(&self, name: &str, why: Lost) -> Outcome {
        let why = sources::why_lost(&why, self.checkers.base().limits());
        Outcome { path: name.to_owned(), looked: self.unreadable(name, &why), source: None }
    }
}

impl CheckOne {
    fn looked(&self, path: &str, bytes: &[u8], is_doubtful: bool) -> Looked {
        let choose = |identity: &Identity| Some(self.checkers.of_report(path, Some(identity.organization.as_deref()?)));
        let checked = self.checkers.of_report(path, None).check_by(path, bytes, choose);
        if taken::is_other(&checked, self.checkers.base(), taken::least(is_doubtful, true)) {
            return Looked::Other;
        }
        self.reports(checked, bytes)
    }

    fn unreadable(&self, path: &str, why: &Unreadable) -> Looked {
        self.reports(self.checkers.base().lost(path, why), &[])
    }

    fn reports(&self, checked: Checked<'_>, bytes: &[u8]) -> Looked {
        let views = Report::all(Input::new(&checked, bytes), self.language);
        let is_unreadable = checked.document.is_none();
        let said = views.into_iter().zip(checked.reports).map(|(view, checked)| {
            let mut summary = Summary::default();
            summary.add(&view, is_unreadable);
            Said {
                json: to_json(&view),
                digest: checked.digest,
                unread: view.organization.zip(view.year).filter(|_| view.pack.is_none()),
                part: view.part,
                summary,
            }
        });
        Looked::Reports(said.collect())
    }
}

/// A view as the command writes it.
pub(super) fn to_json(view: &Report) -> String {
    serde_json::to_string(view).expect("plain data always serializes")
}
