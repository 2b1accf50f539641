//! Compares each report with the digests of all; files whose reports have findings are read once more to locate these.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::super::super::sources::Source;
use super::super::reporter::{Rendered, Reporter};
use super::super::run::{FileOf, PartOf};
use crate::bind::Bound;
use crate::check::Tally;
use crate::checker::Checker;
use crate::collection::{Collection, Entry, Judgement};
use crate::document::Document;
use crate::parallel::{Lost, Work};
use crate::reread::{self, Accused, File};
use crate::suppress::{Agency, Scope};
use crate::view::{NotEvaluated, Verdict};

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
        let bound = read.as_ref().map(|document| bind(&checkers, document));
        let file = opened.as_ref().zip(read.as_ref()).zip(bound.as_ref());
        let file =
            file.map(|((opened, document), bound)| self.file(opened, document, (&checkers, bound), entries.clone()));
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

impl LookAgain {
    fn judge(&self, entry: Entry) -> Judgement {
        let checker = self.checker(entry);
        self.collection.judge(entry, checker.levels(Some(self.collection.pack(entry))))
    }

    fn begin(&self, entry: Entry, judgement: &Judgement) -> Done {
        let (source, part) = self.files.of(entry);
        let place = (&*source.name(), part);
        let not_evaluated = reread::not_evaluated(&self.collection, entry, judgement, place, self.reporter.language);
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

    /// The file of some reports, each read by its own one of `checkers`: `bound` are the reports that these find in it.
    fn file<'a>(
        &self,
        opened: &'a Opened<'a>,
        document: &'a Document<'a>,
        (checkers, bound): (&[Arc<Checker>], &'a [Vec<Bound<'a>>]),
        entries: Range<Entry>,
    ) -> File<'a> {
        let report = |entry| {
            let own = self.checker(entry);
            let by = checkers.iter().position(|checker| Arc::ptr_eq(checker, &own))?;
            Some((entry, reread::report_of(&bound[by], self.files.of(entry).1)?))
        };
        let reports = entries.filter_map(report).collect();
        File { path: &opened.path, bytes: &opened.bytes, document, reports }
    }

    /// Reads the reports that one is compared with, and renders its findings; none where it cannot be read as before. `own` is
    /// its file, with the reports `entries`.
    fn look_again(
        &self,
        entry: Entry,
        judgement: &Judgement,
        entries: &Range<Entry>,
        own: &File<'_>,
    ) -> Option<Rendered> {
        let others = judgement.beside().into_iter().filter(|other| !entries.contains(other));
        let opened = others.filter_map(|other| Some((other, Opened::new(self.files.of(other).0, &self.reporter)?)));
        let opened: Vec<(Entry, Opened<'_>)> = opened.collect();
        let documents =
            opened.iter().filter_map(|(other, opened)| Some((*other, opened, opened.read(&self.reporter)?)));
        let documents: Vec<(Entry, &Opened<'_>, Document<'_>)> = documents.collect();
        let checkers: Vec<[Arc<Checker>; 1]> = documents.iter().map(|(other, ..)| [self.checker(*other)]).collect();
        let bound = documents.iter().zip(&checkers).map(|((.., document), checkers)| bind(checkers, document));
        let bound: Vec<Vec<Vec<Bound<'_>>>> = bound.collect();
        let files =
            documents.iter().zip(&checkers).zip(&bound).map(|(((other, opened, document), checkers), bound)| {
                self.file(opened, document, (checkers, bound), *other..other + 1)
            });
        let files: Vec<File<'_>> = files.collect();
        let accused = Accused { collection: &self.collection, entry, judgement, own, others: &files };
        let checker = self.checker(entry);
        let levels = checker.levels(Some(self.collection.pack(entry)));
        let mut report = accused.report(levels)?;
        let basis = self.basis(judgement);
        let scope = Scope::Across { others: &basis, has_list: self.collection.agencies().is_some() };
        let used = self.reporter.acceptor.apply(&mut report, scope, None, levels);
        let before = Some(self.files.verdict(entry));
        Some(accused.show(report, |input| self.reporter.across(input, before, used)))
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

/// The reports of a file, as each checker reads them.
fn bind<'a>(checkers: &'a [Arc<Checker>], document: &'a Document<'a>) -> Vec<Vec<Bound<'a>>> {
    checkers.iter().map(|checker| checker.bind(document).unwrap_or_default()).collect()
}
