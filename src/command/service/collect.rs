//! Reports compared with each other: both phases of a run, with one checker.

use std::path::Path;
use std::sync::Arc;

use super::super::CommandError;
use super::super::sources::Source;
use super::each::{Looked, Outcome, Said, to_json};
use super::{Files, Refused, Service};
use crate::agencies::Agencies;
use crate::check::Tally;
use crate::checker::{Checked, Checker};
use crate::collection::{Builder, Collection, Entry, Judgement};
use crate::discover;
use crate::document::{Document, Format};
use crate::message::{Language, Message};
use crate::parallel::{self, Lost, Work};
use crate::report::Report;
use crate::reread;
use crate::view::{Across, Input, Lines, NotEvaluated, Report as View, Summary};

/// What came of a collection.
#[derive(Debug, Default)]
pub struct Collected {
    /// The view of each report as JSON, in the order of the files, with the verdict that it has among the others.
    pub reports: Vec<String>,
    pub across: Across,
    pub summary: Summary,
    /// Files that are no reports.
    pub left_out: Vec<String>,
    /// What is to be said of files, archives and the list, a sentence each.
    pub remarks: Vec<String>,
}

/// The list of agencies.
struct List {
    path: String,
    bytes: Vec<u8>,
    agencies: Agencies,
}

/// A file that reports come from.
struct FileOf {
    source: Source,
    /// Where the reports are that can be compared: the place of each among all reports, and which of the file it is.
    parts: Vec<(usize, Option<String>)>,
}

impl Service {
    /// Checks every report, and compares them with each other; none where `goes_on` says that nobody waits for it any more.
    ///
    /// # Errors
    /// When the list of agencies cannot be used.
    pub fn collect(
        &self,
        files: Files,
        list: Option<&Path>,
        jobs: usize,
        mut goes_on: impl FnMut() -> bool,
    ) -> Result<Option<Collected>, Refused> {
        let list = list.map(|path| self.list(path)).transpose();
        let list = list.map_err(|error| Refused::new(error, self.language))?;
        let mut collected = Collected::default();
        if let Some(list) = &list {
            collected.remarks.extend(list.agencies.remarks.iter().map(|remark| self.of_list(list, remark)));
        }
        let agencies = list.as_ref().map(|list| list.agencies.clone());
        let mut builder = Builder::new(self.checker().core(), self.checkers.forms(), agencies);
        let mut of = Vec::new();
        let mut is_whole = true;
        self.each(std::iter::once(files), jobs, |outcome| {
            is_whole = goes_on();
            collected.take(outcome, &mut builder, &mut of);
            is_whole
        });
        if is_whole && !builder.is_lone() {
            let collection = Arc::new(builder.finish());
            is_whole = self.compare(&collection, of, jobs, &mut collected, &mut goes_on);
            if let (Some(list), true) = (&list, is_whole) {
                self.missing(&collection, list, &mut collected);
            }
        }
        Ok(is_whole.then_some(collected))
    }

    fn list(&self, path: &Path) -> Result<List, CommandError> {
        let shown = path.display().to_string();
        let wrong = |detail: Message| {
            CommandError::usage(Message::new("error.agencies").with("path", shown.as_str()).with("detail", detail))
        };
        let bytes =
            discover::whole(path).map_err(|error| wrong(Message::new("agencies.not-opened").with("detail", &error)))?;
        let agencies = Agencies::read(&bytes, &self.checker().core().collection).map_err(wrong)?;
        Ok(List { path: shown, bytes, agencies })
    }

    fn of_list(&self, list: &List, remark: &Message) -> String {
        let message = Message::new("warning.agencies").with("path", list.path.as_str());
        message.with("detail", remark.clone()).say(self.language)
    }

    /// The second phase; false where nobody waits for it any more.
    fn compare(
        &self,
        collection: &Arc<Collection>,
        files: Vec<FileOf>,
        jobs: usize,
        collected: &mut Collected,
        goes_on: &mut impl FnMut() -> bool,
    ) -> bool {
        let all = files.iter().enumerate();
        let parts = all.flat_map(|(file, of)| of.parts.iter().map(move |(place, part)| (file, *place, part.clone())));
        let (entries, places): (Vec<_>, Vec<_>) = parts.map(|(file, place, part)| ((file, part), place)).unzip();
        let count = entries.len();
        let work = LookAgain {
            collection: Arc::clone(collection),
            checker: Arc::clone(self.checkers.base()),
            files,
            entries,
            language: self.language,
        };
        let mut is_whole = true;
        parallel::ordered(0..count, jobs, self.longest(), work, |done| {
            is_whole = goes_on();
            collected.add(done, &places, self.language);
            is_whole
        });
        is_whole
    }

    /// The reports that the list asks for and nobody has handed in.
    fn missing(&self, collection: &Collection, list: &List, collected: &mut Collected) {
        let (missing, thin) = collection.missing();
        collected.remarks.extend(thin.into_iter().map(|thin| self.of_list(list, &thin.message())));
        let lines = Lines::new(&list.bytes, list.agencies.encoding);
        for missing in missing {
            let agency = &list.agencies.agencies[missing.agency].name;
            let Some(finding) = collection.missing_report(missing, self.checker().levels(None)) else { continue };
            let report = Report {
                encoding: list.agencies.encoding,
                organization: Some(agency.clone()),
                year: Some(missing.year),
                findings: vec![finding],
                ..Report::new(&list.path, Format::Text)
            };
            let document = Document::blank(Format::Text, report.encoding);
            let checked = Checked { document: Some(document), ..Checked::of(report) };
            let input = Input { lines: Some(&lines), ..Input::new(&checked, &list.bytes) };
            collected.say(&View::all(input, self.language).swap_remove(0));
        }
    }
}

impl Collected {
    /// Takes in a file of the first phase.
    fn take(&mut self, outcome: Outcome, builder: &mut Builder, files: &mut Vec<FileOf>) {
        let Outcome { path, looked, source } = outcome;
        let said = match looked {
            Looked::Reports(said) => said,
            Looked::Own | Looked::Other => {
                self.summary.left_out += 1;
                self.left_out.push(path);
                return;
            }
            Looked::Skipped(why) => {
                self.remarks.push(why);
                return;
            }
        };
        let mut parts = Vec::new();
        for Said { json, digest, part, unread, summary } in said {
            if let Some((organization, year)) = unread {
                builder.add_unread(&organization, year);
            }
            if let Some(digest) = digest.filter(|_| source.is_some()) {
                builder.add(digest);
                parts.push((self.reports.len(), part));
            }
            self.summary.merge(&summary);
            self.reports.push(json);
        }
        if let Some(source) = source.filter(|_| !parts.is_empty()) {
            files.push(FileOf { source, parts });
        }
    }

    /// Takes in what the others say of a report; `places` are those of all entries among the reports.
    fn add(&mut self, done: Done, places: &[usize], language: Language) {
        self.across.add(done.tally, done.not_evaluated);
        if let Some(path) = done.gone {
            self.remarks.push(Message::new("warning.gone").with("path", path).say(language));
        }
        let Some((entry, view)) = done.view else { return };
        let json = &mut self.reports[places[entry]];
        let mut own: View = serde_json::from_str(json).expect("it was written by us");
        let verdict = own.verdict_with(&view.findings);
        if verdict != own.verdict {
            self.summary.settle(own.verdict, verdict);
            own.verdict = verdict;
            *json = to_json(&own);
        }
        self.say(&view);
    }

    /// Adds what is said of a report, or in the list.
    fn say(&mut self, view: &View) {
        self.across.count_broken(view);
        self.across.findings.extend(view.across());
        self.summary.add_across(view);
    }
}

/// Judges a report by the digests of all; where something is said against it, files are read again to say where.
struct LookAgain {
    collection: Arc<Collection>,
    checker: Arc<Checker>,
    files: Vec<FileOf>,
    /// For each report that is compared, its file and which of that it is.
    entries: Vec<(usize, Option<String>)>,
    language: Language,
}

/// A report, and which of its file it is, where that holds several.
type Asked = (Entry, Option<String>);

/// How one report fared.
#[derive(Default)]
struct Done {
    tally: Tally,
    not_evaluated: Vec<NotEvaluated>,
    /// What is said of it.
    view: Option<(Entry, View)>,
    /// The file, where it is not what it was.
    gone: Option<String>,
}

impl Work for LookAgain {
    type Item = Entry;
    type Done = Done;

    fn work(&self, entry: Entry) -> Done {
        let judgement = self.collection.judge(entry, self.checker.levels(Some(self.collection.pack(entry))));
        let (file, part) = &self.entries[entry];
        let path = self.files[*file].source.name();
        let place = (path.as_str(), part.as_deref());
        let not_evaluated = reread::not_evaluated(&self.collection, entry, &judgement, place, self.language);
        let mut done = Done { tally: judgement.tally, not_evaluated, ..Done::default() };
        if !judgement.accusations.is_empty() {
            match self.look_again(entry, &judgement) {
                Some(view) => done.view = Some((entry, view)).filter(|(_, view)| !view.findings.is_empty()),
                None => done.gone = Some(path),
            }
        }
        done
    }

    fn name(&self, entry: &Entry) -> String {
        self.files[self.entries[*entry].0].source.name()
    }

    fn lost(&self, name: &str, _: Lost) -> Done {
        Done { gone: Some(name.to_owned()), ..Done::default() }
    }
}

impl LookAgain {
    /// Reads its file and those of the reports that it is compared with; none where its own is not what it was.
    fn look_again(&self, entry: Entry, judgement: &Judgement) -> Option<View> {
        // Each file with the reports in it that are asked for, its own first.
        let mut asked: Vec<(usize, Vec<Asked>)> = Vec::new();
        for other in std::iter::once(entry).chain(judgement.beside()) {
            let (file, part) = &self.entries[other];
            let report = (other, part.clone());
            match asked.iter_mut().find(|(known, _)| known == file) {
                Some((_, reports)) => reports.push(report),
                None => asked.push((*file, vec![report])),
            }
        }
        let limits = self.checker.limits();
        let opened = asked.iter().map(|(file, reports)| {
            let source = &self.files[*file].source;
            (source.name(), source.bytes(limits).unwrap_or_default(), reports)
        });
        let opened: Vec<_> = opened.collect();
        let sources = opened.iter().map(|(path, bytes, reports)| reread::Source { path, bytes, reports });
        let sources: Vec<reread::Source<'_>> = sources.collect();
        reread::view(&self.checker, &self.collection, (entry, judgement), &sources, self.language)
    }
}
