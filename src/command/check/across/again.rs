//! Compares each report with the digests of all; files whose reports have findings are read once more to locate these.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::super::super::sources::Source;
use super::super::reporter::{Rendered, Reporter};
use super::super::run::{FileOf, PartOf};
use crate::bind::Bound;
use crate::check::Tally;
use crate::checker::{Checked, CheckedReport, Checker};
use crate::collection::{self, Beside, Collection, Entry, Judgement};
use crate::document::Document;
use crate::message::Message;
use crate::parallel::{Lost, Work};
use crate::report::Report;
use crate::suppress::{Agency, Scope};
use crate::view::{Input, NotEvaluated, Verdict};

/// Where the reports of a collection come from.
pub(super) struct Files {
    files: Vec<FileOf>,
    /// For each file, its first report.
    first: Vec<Entry>,
}

impl Files {
    /// Files in the order of their reports.
    pub fn new(files: Vec<FileOf>) -> Self {
        let first = files.iter().scan(0, |next, file| Some(std::mem::replace(next, *next + file.parts.len())));
        Self { first: first.collect(), files }
    }

    /// The reports of each file.
    pub fn entries(&self) -> Vec<Range<Entry>> {
        self.files.iter().zip(&self.first).map(|(file, &first)| first..first + file.parts.len()).collect()
    }

    /// The file of a report, and which of its reports that is.
    fn of(&self, entry: Entry) -> (&Source, Option<&str>) {
        let (source, PartOf { part, .. }) = self.report(entry);
        (source, part.as_deref())
    }

    /// How a report fared by itself.
    fn verdict(&self, entry: Entry) -> Verdict {
        self.report(entry).1.verdict
    }

    fn report(&self, entry: Entry) -> (&Source, &PartOf) {
        let file = self.first.partition_point(|first| *first <= entry) - 1;
        let FileOf { source, parts } = &self.files[file];
        (source, &parts[entry - self.first[file]])
    }
}

/// Judges the reports of one file.
pub(super) struct LookAgain {
    pub collection: Arc<Collection>,
    pub files: Files,
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
    type Item = Range<Entry>;
    type Done = Vec<Done>;

    fn work(&self, entries: Range<Entry>) -> Vec<Done> {
        let judged: Vec<Judgement> = entries.clone().map(|entry| self.judge(entry)).collect();
        let is_accused = judged.iter().any(|judgement| !judgement.accusations.is_empty());
        let source = self.files.of(entries.start).0;
        let opened = is_accused.then(|| Opened::new(source, &self.reporter)).flatten();
        let read = opened.as_ref().and_then(|opened| opened.read(&self.reporter));
        let checkers = self.checkers(entries.clone());
        let file = opened.as_ref().zip(read.as_ref()).map(|(file, document)| {
            let bound = checkers.iter().map(|checker| checker.bind(document).unwrap_or_default());
            BoundFile { file, document, checkers: &checkers, bound: bound.collect() }
        });
        let done = |(entry, judgement): (Entry, &Judgement)| {
            let mut done = self.begin(entry, judgement);
            if !judgement.accusations.is_empty() {
                done.rendered = file.as_ref().and_then(|file| self.look_again(entry, judgement, &entries, file));
                done.gone = done.rendered.is_none().then(|| source.name());
            }
            done.rendered = done.rendered.filter(|rendered| !rendered.is_empty());
            done
        };
        entries.clone().zip(&judged).map(done).collect()
    }

    fn name(&self, entries: &Range<Entry>) -> String {
        self.files.of(entries.start).0.name()
    }

    fn lost(&self, name: &str, _: Lost) -> Vec<Done> {
        vec![Done { gone: Some(name.to_owned()), ..Done::default() }]
    }
}

/// A file that is open.
struct Opened<'a> {
    path: Arc<str>,
    bytes: Cow<'a, [u8]>,
}

impl<'a> Opened<'a> {
    fn new(source: &'a Source, reporter: &Reporter) -> Option<Self> {
        let bytes = source.bytes(reporter.checkers.base().limits()).ok()?;
        Some(Self { path: Arc::from(source.name()), bytes })
    }

    fn read(&self, reporter: &Reporter) -> Option<Document<'_>> {
        reporter.checkers.base().read(&self.path, &self.bytes).ok()
    }
}

/// A file with its reports, as different checkers bind them.
struct BoundFile<'a> {
    file: &'a Opened<'a>,
    document: &'a Document<'a>,
    checkers: &'a [Arc<Checker>],
    bound: Vec<Vec<Bound<'a>>>,
}

impl<'a> BoundFile<'a> {
    fn report(&self, checker: &Arc<Checker>, part: Option<&str>) -> Option<&Bound<'a>> {
        let by = self.checkers.iter().position(|known| Arc::ptr_eq(known, checker))?;
        let part_of = |bound: &Bound<'_>| bound.facts.part.as_ref().map(ToString::to_string);
        self.bound[by].iter().find(|bound| part_of(bound).as_deref() == part)
    }
}

impl LookAgain {
    fn judge(&self, entry: Entry) -> Judgement {
        let checker = self.checker(entry);
        self.collection.judge(entry, checker.levels(Some(self.collection.pack(entry))))
    }

    fn begin(&self, entry: Entry, judgement: &Judgement) -> Done {
        let (organization, year) = self.collection.identity(entry);
        let (source, part) = self.files.of(entry);
        let reason = |because: &Message| NotEvaluated {
            path: source.name(),
            part: part.map(str::to_owned),
            organization: organization.to_owned(),
            year,
            because: because.say(self.reporter.language),
        };
        let not_evaluated = judgement.not_evaluated.iter().map(reason).collect();
        Done { tally: judgement.tally, not_evaluated, ..Done::default() }
    }

    /// The checker for a report.
    fn checker(&self, entry: Entry) -> Arc<Checker> {
        let (organization, _) = self.collection.identity(entry);
        self.reporter.checkers.of_report(&self.files.of(entry).0.name(), Some(organization))
    }

    /// The checkers for some reports, each once.
    fn checkers(&self, entries: impl Iterator<Item = Entry>) -> Vec<Arc<Checker>> {
        let mut checkers: Vec<Arc<Checker>> = Vec::new();
        for checker in entries.map(|entry| self.checker(entry)) {
            if !checkers.iter().any(|known| Arc::ptr_eq(known, &checker)) {
                checkers.push(checker);
            }
        }
        checkers
    }

    /// Reads the reports that one is compared with, and renders its findings; none where it cannot be read as before. `own` is
    /// its file, with the reports `entries`.
    fn look_again(
        &self,
        entry: Entry,
        judgement: &Judgement,
        entries: &Range<Entry>,
        own: &BoundFile<'_>,
    ) -> Option<Rendered> {
        let (within, others): (Vec<Entry>, Vec<Entry>) =
            judgement.beside().into_iter().partition(|other| entries.contains(other));
        let opened =
            others.iter().filter_map(|&other| Some((other, Opened::new(self.files.of(other).0, &self.reporter)?)));
        let opened: Vec<(Entry, Opened<'_>)> = opened.collect();
        let documents: Vec<Option<Document<'_>>> =
            opened.iter().map(|(_, opened)| opened.read(&self.reporter)).collect();
        let checkers: Vec<[Arc<Checker>; 1]> = opened.iter().map(|(other, _)| [self.checker(*other)]).collect();
        let bound = opened.iter().zip(&documents).zip(&checkers).filter_map(|(((other, file), document), checkers)| {
            let document = document.as_ref()?;
            let bound = vec![checkers[0].bind(document).ok()?];
            Some((*other, BoundFile { file, document, checkers, bound }))
        });
        let bound: Vec<(Entry, BoundFile<'_>)> = bound.collect();
        let within = within.into_iter().map(|other| (other, own));
        let beside = within.chain(bound.iter().map(|(other, file)| (*other, file)));
        let beside: Vec<Beside<'_>> = beside.filter_map(|(other, file)| self.report(other, file)).collect();
        let own_report = self.report(entry, own)?;
        let levels = self.checker(entry).levels(Some(&own_report.bound.pack)).clone();
        let findings = collection::findings(&self.collection, &levels, judgement, own_report, &beside);
        let (organization, year) = self.collection.identity(entry);
        let mut report = Report {
            part: self.files.of(entry).1.map(str::to_owned),
            organization: Some(organization.to_owned()),
            year: Some(year),
            pack: Some(own_report.bound.pack.id.clone()),
            findings,
            ..blank(own)
        };
        let basis = self.basis(judgement);
        let scope = Scope::Across { others: &basis, has_list: self.collection.agencies().is_some() };
        let used = self.reporter.acceptor.apply(&mut report, scope, None, &levels);
        let checked = Checked::of(report).reports;
        let others: Vec<Vec<CheckedReport>> = bound.iter().map(|(_, file)| Checked::of(blank(file)).reports).collect();
        let inputs = bound.iter().zip(&others).map(|((_, file), reports)| input(file, reports));
        let inputs: Vec<Input<'_>> = inputs.collect();
        let before = Some(self.files.verdict(entry));
        Some(self.reporter.across(Input { beside: &inputs, ..input(own, &checked) }, before, used))
    }

    /// A report in its file.
    fn report<'a>(&self, entry: Entry, file: &'a BoundFile<'_>) -> Option<Beside<'a>> {
        let bound = file.report(&self.checker(entry), self.files.of(entry).1)?;
        Some(Beside { entry, path: &file.file.path, bound })
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

/// A report of a file, with nothing said of it.
fn blank(file: &BoundFile<'_>) -> Report {
    Report { encoding: file.document.encoding, ..Report::new(&file.file.path, file.document.format) }
}

fn input<'a>(file: &'a BoundFile<'_>, reports: &'a [CheckedReport]) -> Input<'a> {
    Input { reports, document: Some(file.document), bytes: &file.file.bytes, beside: &[], lines: None }
}
