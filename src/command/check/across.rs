//! The second part of a run: reports laid side by side. Those that something is said of are read once more, to say where.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::super::checkers::Checkers;
use super::super::sources::Source;
use super::super::{CommandError, setup};
use super::outputs::Outputs;
use crate::archive::{self, Archive, Beside, Builder, Entry, Judgement};
use crate::check::Tally;
use crate::checker::{Checked, Checker};
use crate::cli::FailOn;
use crate::config::{Given, Origin};
use crate::document::{Document, Format};
use crate::message::{Language, Message};
use crate::organs::Organs;
use crate::parallel::{self, Lost, Work};
use crate::position::Lines;
use crate::render::{Across, Input, NotEvaluated, Renderer, Summary};
use crate::report::Report;

/// So many reasons why nothing was put are kept.
const REASONS: usize = 10_000;

/// The list of organs, as it lies.
pub(super) struct List {
    path: String,
    bytes: Vec<u8>,
}

/// Reads the list of organs.
pub(super) fn read_list(
    path: &Given<PathBuf>,
    checker: &Checker,
    language: Language,
) -> Result<(Organs, List), CommandError> {
    let shown = path.value.display().to_string();
    let wrong = |detail: Message| {
        let message = Message::new("error.organs").with("path", shown.as_str()).with("detail", detail);
        match path.origin {
            Origin::File(..) => setup::mistaken(path.wrong(message), language),
            // Who has named it a moment ago knows where.
            Origin::CommandLine(_) => CommandError::usage(message),
        }
    };
    let bytes = std::fs::read(&path.value)
        .map_err(|error| wrong(Message::new("organs.not-opened").with("detail", error.to_string())))?;
    let organs = Organs::read(&bytes, &checker.core().archive).map_err(wrong)?;
    for remark in &organs.remarks {
        let message = Message::new("warning.organs").with("path", shown.as_str()).with("detail", remark.clone());
        eprintln!("{}", message.say(language));
    }
    Ok((organs, List { path: shown, bytes }))
}

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
    pub summary: &'r mut Summary,
    pub fails: &'r mut bool,
    pub language: Language,
}

impl Second<'_> {
    /// Lays the reports side by side and writes what comes of it.
    pub fn run(mut self, gathered: Gathered) -> Across {
        let mut across = Across::default();
        if gathered.builder.is_lone() {
            return across;
        }
        let archive = Arc::new(gathered.builder.finish());
        let work = LookAgain {
            archive: Arc::clone(&archive),
            checkers: Arc::clone(&self.checkers),
            sources: gathered.sources,
            renderers: self.outputs.renderers(),
            fail_on: self.fail_on,
        };
        let longest = Duration::from_secs(self.checkers.base().limits().seconds);
        let mut is_first = true;
        parallel::ordered(0..archive.len(), self.jobs, longest, work, |done| {
            self.take(done, &mut across, &mut is_first)
        });
        self.tell_missing(&archive, gathered.list.as_ref(), &mut is_first);
        across
    }

    fn take(&mut self, done: Done, across: &mut Across, is_first: &mut bool) -> bool {
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
        done.told.is_none_or(|told| self.write(&told, is_first))
    }

    fn write(&mut self, told: &Told, is_first: &mut bool) -> bool {
        if !std::mem::take(is_first) {
            self.outputs.write(|renderer| renderer.across_separator().to_owned());
        }
        self.summary.merge(&told.summary);
        *self.fails |= told.fails;
        self.outputs.write_parts(&told.parts)
    }

    fn tell_missing(&mut self, archive: &Archive, list: Option<&List>, is_first: &mut bool) {
        let (Some(list), Some(organs)) = (list, archive.organs()) else { return };
        let (missing, thin) = archive.missing();
        for thin in thin {
            let message =
                Message::new("warning.organs").with("path", list.path.as_str()).with("detail", thin.message());
            eprintln!("{}", message.say(self.language));
        }
        let renderers = self.outputs.renderers();
        let lines = Lines::new(&list.bytes, organs.encoding);
        for missing in missing {
            let organ = &organs.organs[missing.organ].name;
            let checker = self.checkers.of(&self.checkers.overrides(&list.path, Some(organ)));
            let Some(finding) = archive.tell_missing(missing, checker.core()) else { continue };
            let report = Report {
                encoding: organs.encoding,
                organization: Some(organ.clone()),
                year: Some(missing.year),
                findings: vec![finding],
                ..Report::new(&list.path, Format::Text)
            };
            // Findings of a text are drawn in its lines, whatever stands there.
            let document = Document::blank(Format::Text, organs.encoding);
            let checked = Checked { report, document: Some(document), pack: None, digest: None };
            let input = Input { lines: Some(&lines), ..Input::new(&checked, &list.bytes) };
            let told = Told::new(input, &renderers, self.fail_on);
            if !self.write(&told, is_first) {
                return;
            }
        }
    }
}

/// What is said across reports of one of them, as it is written.
struct Told {
    parts: Vec<String>,
    summary: Summary,
    fails: bool,
}

impl Told {
    fn new(input: Input<'_>, renderers: &[Renderer], fail_on: FailOn) -> Self {
        let report = &input.checked.report;
        let mut summary = Summary::default();
        summary.add_across(report);
        Self {
            parts: renderers.iter().map(|renderer| renderer.across(input)).collect(),
            summary,
            fails: report.findings.iter().any(|finding| fail_on.fails(finding.severity)),
        }
    }
}

/// What is done with each report.
struct LookAgain {
    archive: Arc<Archive>,
    checkers: Arc<Checkers>,
    sources: Vec<Source>,
    renderers: Vec<Renderer>,
    fail_on: FailOn,
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
            because: because.clone(),
        };
        let not_evaluated = judgement.not_evaluated.iter().map(reason).collect();
        let mut done = Done { tally: judgement.tally, not_evaluated, ..Done::default() };
        if !judgement.accusations.is_empty() {
            done.told = self.look_again(entry, &judgement);
            done.gone = done.told.is_none().then(|| self.sources[entry].name());
        }
        // All that was to be said of it may have been ignored.
        done.told = done.told.filter(|told| told.summary != Summary::default());
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
        let findings = archive::tell(&self.archive, checkers.first()?.core(), judgement, *own, beside);
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
        own.report.findings = findings;
        let inputs: Vec<Input<'_>> =
            checked.iter().zip(&files).map(|(checked, (_, _, bytes))| Input::new(checked, bytes)).collect();
        let (own, beside) = inputs.split_first()?;
        Some(Told::new(Input { beside, ..*own }, &self.renderers, self.fail_on))
    }
}
