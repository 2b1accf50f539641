//! Judges each report by the digests of all; those that have findings are read once more, to say where.

use std::sync::Arc;

use super::super::super::sources::Source;
use super::super::reporter::{Rendered, Reporter};
use crate::check::Tally;
use crate::checker::{Checked, Checker};
use crate::collection::{self, Beside, Collection, Entry, Judgement};
use crate::document::{Document, Format};
use crate::message::Message;
use crate::parallel::{Lost, Work};
use crate::report::Report;
use crate::suppress::{Agency, Scope};
use crate::view::{Input, NotEvaluated};

/// Judges one report.
pub(super) struct LookAgain {
    pub collection: Arc<Collection>,
    /// Where each report of the collection comes from.
    pub sources: Vec<Source>,
    pub reporter: Reporter,
}

/// The result for one report.
#[derive(Default)]
pub(super) struct Done {
    pub tally: Tally,
    pub not_evaluated: Vec<NotEvaluated>,
    /// None where there are no findings.
    pub rendered: Option<Rendered>,
    /// The file, where it is not what it was.
    pub gone: Option<String>,
}

impl Work for LookAgain {
    type Item = Entry;
    type Done = Done;

    fn work(&self, entry: Entry) -> Done {
        let (organization, year) = self.collection.identity(entry);
        let checker = self.checker(entry);
        let judgement = self.collection.judge(entry, checker.levels(Some(self.collection.pack(entry))));
        let reason = |because: &Message| NotEvaluated {
            path: self.sources[entry].name(),
            organization: organization.to_owned(),
            year,
            because: because.say(self.reporter.language),
        };
        let not_evaluated = judgement.not_evaluated.iter().map(reason).collect();
        let mut done = Done { tally: judgement.tally, not_evaluated, ..Done::default() };
        if !judgement.accusations.is_empty() {
            done.rendered = self.look_again(entry, &judgement);
            done.gone = done.rendered.is_none().then(|| self.sources[entry].name());
        }
        done.rendered = done.rendered.filter(|rendered| !rendered.is_empty());
        done
    }

    fn name(&self, entry: &Entry) -> String {
        self.sources[*entry].name()
    }

    fn lost(&self, name: &str, _: Lost) -> Done {
        Done { gone: Some(name.to_owned()), ..Done::default() }
    }
}

impl LookAgain {
    /// The checker for a report.
    fn checker(&self, entry: Entry) -> Arc<Checker> {
        let (organization, _) = self.collection.identity(entry);
        self.reporter.checkers.of_report(&self.sources[entry].name(), Some(organization))
    }

    /// Reads a report and those it is compared with, and renders its findings; none where it cannot be read as before.
    fn look_again(&self, entry: Entry, judgement: &Judgement) -> Option<Rendered> {
        let mut entries = vec![entry];
        entries.extend(judgement.beside());
        let read = entries.into_iter().filter_map(|entry| {
            let bytes = self.sources[entry].bytes(self.reporter.checkers.base().limits()).ok()?;
            Some((entry, Arc::<str>::from(self.sources[entry].name()), bytes))
        });
        let files: Vec<_> = read.collect();
        let checkers: Vec<Arc<Checker>> = files.iter().map(|(entry, ..)| self.checker(*entry)).collect();
        let read = files.iter().zip(&checkers).map(|((_, path, bytes), checker)| checker.read(path, bytes).ok());
        let documents: Vec<Option<Document<'_>>> = read.collect();
        let bound = documents.iter().zip(&checkers);
        let bound = bound.map(|(document, checker)| checker.bind(document.as_ref()?).ok().flatten());
        let bound: Vec<_> = bound.collect();
        let reports = files.iter().zip(&bound);
        let reports: Vec<Beside<'_>> = reports
            .filter_map(|((entry, path, _), bound)| Some(Beside { entry: *entry, path, bound: bound.as_ref()? }))
            .collect();
        let (own, beside) = reports.split_first().filter(|(own, _)| own.entry == entry)?;
        let levels = checkers.first()?.levels(Some(&own.bound.pack));
        let findings = collection::findings(&self.collection, levels, judgement, *own, beside);
        let pack = own.bound.pack.id.clone();
        drop(bound);
        let (organization, year) = self.collection.identity(entry);
        let mut checked: Vec<Checked<'_>> = files
            .iter()
            .zip(documents)
            .map(|((_, path, _), document)| {
                let format = document.as_ref().map_or(Format::Unknown, |document| document.format);
                let encoding = document.as_ref().and_then(|document| document.encoding);
                Checked { document, ..Checked::of(Report { encoding, ..Report::new(path, format) }) }
            })
            .collect();
        let own = checked.first_mut()?;
        own.report.organization = Some(organization.to_owned());
        own.report.year = Some(year);
        own.report.pack = Some(pack);
        own.report.findings = findings;
        let basis = self.basis(judgement);
        let scope = Scope::Across { others: &basis, has_list: self.collection.agencies().is_some() };
        let used = self.reporter.acceptor.apply(&mut own.report, scope, None, levels);
        let inputs: Vec<Input<'_>> =
            checked.iter().zip(&files).map(|(checked, (_, _, bytes))| Input::new(checked, bytes)).collect();
        let (own, beside) = inputs.split_first()?;
        Some(self.reporter.across(Input { beside, ..*own }, used))
    }

    /// All reports without which the judgement could not have been made.
    fn basis(&self, judgement: &Judgement) -> Vec<Agency> {
        let mut entries = judgement.beside();
        entries.extend(judgement.previous.iter().chain(&judgement.children));
        entries.sort_unstable();
        entries.dedup();
        let agency = |entry| {
            let (organization, year) = self.collection.identity(entry);
            Agency { organization: organization.to_owned(), year }
        };
        entries.into_iter().map(agency).collect()
    }
}
