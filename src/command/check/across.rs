//! The second part of a run: reports laid side by side. Those that something is said of are read once more, to say where.

use std::sync::Arc;
use std::time::Duration;

use super::super::agencies::List;
use super::super::checkers::Checkers;
use super::super::outputs::Outputs;
use super::super::sources::Source;
use super::accepting::{Accepting, Acceptor, Remark};
use crate::check::Tally;
use crate::checker::{Checked, Checker};
use crate::cli::FailOn;
use crate::collection::{self, Archive, Beside, Builder, Entry, Judgement};
use crate::document::{Document, Format};
use crate::message::{Language, Message};
use crate::parallel::{self, Lost, Work};
use crate::position::Lines;
use crate::render::told::{self, NotEvaluated};
use crate::render::{Across, Input, Renderer, Summary};
use crate::report::Report;
use crate::suppress::{self, Agency, Looked, Used};

/// So many reasons why nothing was put are kept.
const REASONS: usize = 10_000;

/// What the second part goes on from.
pub(super) struct Gathered {
    pub builder: Builder,
    /// Where each report of the builder comes from.
    pub sources: Vec<Source>,
    pub list: Option<List>,
}

/// How the second part is done, and what came of it.
pub(super) struct Second<'r> {
    pub checkers: Arc<Checkers>,
    pub jobs: usize,
    pub fail_on: FailOn,
    pub outputs: &'r mut Outputs,
    pub accepting: &'r mut Accepting,
    pub summary: &'r mut Summary,
    pub fails: &'r mut bool,
    pub language: Language,
}

impl Second<'_> {
    /// Lays the reports side by side and writes what comes of it; how they were looked at.
    pub fn run(mut self, gathered: Gathered) -> (Across, Looked) {
        let mut across = Across::default();
        let looked = match (gathered.builder.is_lone(), &gathered.list) {
            (true, _) => Looked::Alone,
            (false, None) => Looked::Across,
            (false, Some(_)) => Looked::AcrossList,
        };
        if looked != Looked::Alone {
            self.look_across(gathered, &mut across);
        }
        self.tell_accepted(looked, &mut across);
        (across, looked)
    }

    fn look_across(&mut self, gathered: Gathered, across: &mut Across) {
        let archive = Arc::new(gathered.builder.finish());
        let work = LookAgain {
            archive: Arc::clone(&archive),
            checkers: Arc::clone(&self.checkers),
            sources: gathered.sources,
            renderers: self.outputs.renderers(),
            acceptor: self.accepting.acceptor(),
            how: self.how(),
        };
        let longest = Duration::from_secs(self.checkers.base().limits().seconds);
        parallel::ordered(0..archive.len(), self.jobs, longest, work, |done| self.take(done, across));
        self.tell_missing(&archive, gathered.list.as_ref(), across);
    }

    fn take(&mut self, done: Done, across: &mut Across) -> bool {
        across.tally.held += done.tally.held;
        across.tally.broken += done.tally.broken;
        across.tally.not_evaluated += done.tally.not_evaluated;
        for reason in done.not_evaluated {
            if across.not_evaluated.len() < REASONS {
                across.not_evaluated.push(reason);
            } else {
                across.more += 1;
            }
        }
        if let Some(path) = done.gone {
            eprintln!("{}", Message::new("warning.gone").with("path", path).say(self.language));
        }
        done.told.is_none_or(|told| self.write(told, across))
    }

    fn write(&mut self, told: Told, across: &mut Across) -> bool {
        across.suppressed.extend(told.suppressed);
        self.summary.merge(&told.summary);
        *self.fails |= told.fails;
        self.accepting.ledger.add(told.used);
        self.outputs.write_parts(&told.parts)
    }

    fn tell_missing(&mut self, archive: &Archive, list: Option<&List>, across: &mut Across) {
        let (Some(list), Some(agencies)) = (list, archive.agencies()) else { return };
        let (missing, thin) = archive.missing();
        for thin in thin {
            let message =
                Message::new("warning.organs").with("path", list.path.as_str()).with("detail", thin.message());
            eprintln!("{}", message.say(self.language));
        }
        let acceptor = self.accepting.acceptor();
        let lines = Lines::new(&list.bytes, agencies.encoding);
        for missing in missing {
            let agency = &agencies.agencies[missing.agency].name;
            let checker = self.checkers.of(&self.checkers.overrides(&list.path, Some(agency)));
            let Some(finding) = archive.tell_missing(missing, checker.core()) else { continue };
            let mut report = Report {
                encoding: agencies.encoding,
                organization: Some(agency.clone()),
                year: Some(missing.year),
                findings: vec![finding],
                ..Report::new(&list.path, Format::Text)
            };
            let used = acceptor.apply(&mut report, suppress::Told::Across { beside: &[], is_listed: true }, None);
            let told = self.told_of(list, &lines, report, used);
            if !self.write(told, across) {
                return;
            }
        }
    }

    /// What is to be said of the files of what is accepted.
    fn tell_accepted(&mut self, looked: Looked, across: &mut Across) {
        let remarks = self.accepting.remarks(self.checkers.base(), self.summary.reports < 2, looked);
        let told = remarks.into_iter().map(|Remark { list, finding, organization, year }| {
            let findings = vec![finding];
            let report = Report { organization, year, findings, ..Report::new(&list.path, Format::Text) };
            self.told_of(list, &Lines::new(&list.bytes, None), report, Used::default())
        });
        for told in told.collect::<Vec<_>>() {
            if !self.write(told, across) {
                return;
            }
        }
    }

    fn how(&self) -> How {
        How { fail_on: self.fail_on, language: self.language }
    }

    /// What is told of a list. Findings of a text are drawn in its lines, whatever stands there.
    fn told_of(&self, list: &List, lines: &Lines<'_>, report: Report, used: Used) -> Told {
        let document = Document::blank(Format::Text, report.encoding);
        let checked = Checked { report, document: Some(document), pack: None, digest: None };
        let input = Input { lines: Some(lines), ..Input::new(&checked, &list.bytes) };
        Told::new(input, &self.outputs.renderers(), self.how(), used)
    }
}

/// What is said across reports of one of them, as it is written.
struct Told {
    parts: Vec<String>,
    summary: Summary,
    fails: bool,
    used: Used,
    /// What somebody has accepted.
    suppressed: Vec<told::Across<told::Suppressed>>,
}

/// How it is said.
#[derive(Clone, Copy)]
struct How {
    fail_on: FailOn,
    language: Language,
}

impl Told {
    fn new(input: Input<'_>, renderers: &[Renderer], how: How, used: Used) -> Self {
        let report = told::Report::of(input, how.language);
        let mut summary = Summary::default();
        summary.add_across(&report);
        Self {
            parts: renderers.iter().map(|renderer| renderer.across(&report, Some(input))).collect(),
            summary,
            fails: report.findings.iter().any(|finding| how.fail_on.fails(finding.severity)),
            used,
            suppressed: report.suppressed_across().collect(),
        }
    }

    /// All that was to be said has been ignored.
    fn is_empty(&self) -> bool {
        self.summary == Summary::default() && self.suppressed.is_empty()
    }
}

/// What is done with each report.
struct LookAgain {
    archive: Arc<Archive>,
    checkers: Arc<Checkers>,
    sources: Vec<Source>,
    renderers: Vec<Renderer>,
    acceptor: Acceptor,
    how: How,
}

/// What came of it.
#[derive(Default)]
struct Done {
    tally: Tally,
    not_evaluated: Vec<NotEvaluated>,
    told: Option<Told>,
    /// The file is not what it was.
    gone: Option<String>,
}

impl Work for LookAgain {
    type Item = Entry;
    type Done = Done;

    fn work(&self, entry: Entry) -> Done {
        let (organization, year) = self.archive.identity(entry);
        let (form, checker) = (self.archive.pack(entry), self.checker(entry));
        let form = checker.packs().iter().find(|pack| pack.id == form.id).unwrap_or(form);
        let judgement = self.archive.judge(entry, form);
        let reason = |because: &Message| NotEvaluated {
            path: self.sources[entry].name(),
            organization: organization.to_owned(),
            year,
            because: because.say(self.how.language),
        };
        let not_evaluated = judgement.not_evaluated.iter().map(reason).collect();
        let mut done = Done { tally: judgement.tally, not_evaluated, ..Done::default() };
        if !judgement.accusations.is_empty() {
            done.told = self.look_again(entry, &judgement);
            done.gone = done.told.is_none().then(|| self.sources[entry].name());
        }
        done.told = done.told.filter(|told| !told.is_empty());
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
    /// What holds for a report.
    fn checker(&self, entry: Entry) -> Arc<Checker> {
        let (organization, _) = self.archive.identity(entry);
        self.checkers.of(&self.checkers.overrides(&self.sources[entry].name(), Some(organization)))
    }

    /// Reads a report and those beside it, and tells what is wrong with it; none where it cannot be read as it was.
    fn look_again(&self, entry: Entry, judgement: &Judgement) -> Option<Told> {
        let mut entries = vec![entry];
        entries.extend(judgement.beside());
        let read = entries.into_iter().filter_map(|entry| {
            let bytes = self.sources[entry].bytes(self.checkers.base().limits()).ok()?;
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
        let findings = collection::tell(&self.archive, checkers.first()?.core(), judgement, *own, beside);
        let pack = own.bound.pack.id.clone();
        drop(bound);
        let (organization, year) = self.archive.identity(entry);
        let mut checked: Vec<Checked<'_>> = files
            .iter()
            .zip(documents)
            .map(|((_, path, _), document)| {
                let format = document.as_ref().map_or(Format::Unknown, |document| document.format);
                let encoding = document.as_ref().and_then(|document| document.encoding);
                Checked { report: Report { encoding, ..Report::new(path, format) }, document, pack: None, digest: None }
            })
            .collect();
        let own = checked.first_mut()?;
        own.report.organization = Some(organization.to_owned());
        own.report.year = Some(year);
        own.report.pack = Some(pack);
        own.report.findings = findings;
        let beside = self.basis(judgement);
        let told = suppress::Told::Across { beside: &beside, is_listed: self.archive.agencies().is_some() };
        let used = self.acceptor.apply(&mut own.report, told, None);
        let inputs: Vec<Input<'_>> =
            checked.iter().zip(&files).map(|(checked, (_, _, bytes))| Input::new(checked, bytes)).collect();
        let (own, beside) = inputs.split_first()?;
        Some(Told::new(Input { beside, ..*own }, &self.renderers, self.how, used))
    }

    /// All reports without which the judgement could not have been made.
    fn basis(&self, judgement: &Judgement) -> Vec<Agency> {
        let mut entries = judgement.beside();
        entries.extend(judgement.previous.iter().chain(&judgement.children));
        entries.sort_unstable();
        entries.dedup();
        let agency = |entry| {
            let (organization, year) = self.archive.identity(entry);
            Agency { organization: organization.to_owned(), year }
        };
        entries.into_iter().map(agency).collect()
    }
}
