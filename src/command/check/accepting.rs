//! Baseline and waivers of a run: read before it, used in it, reported on and written after it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::agencies::List;
use super::super::checkers::Checkers;
use super::super::streams::not_written;
use super::super::{CommandError, setup, whole};
use crate::agencies::Agencies;
use crate::checker::Checker;
use crate::cli::Accepted;
use crate::config::{Config, Given};
use crate::discover;
use crate::document::Location;
use crate::finding::{Finding, Subject};
use crate::message::{Language, Message};
use crate::pack::{Core, Fault, Levels, Pack};
use crate::render::{Links, Options, in_rule_file};
use crate::report::Report;
use crate::suppress::{self, Baseline, Compared, Rules, Scope, Suppressions, Used, Waivers};
use crate::view;

/// What is accepted, and what came of it.
pub(super) struct Accepting {
    acceptor: Acceptor,
    baseline: Option<Arc<List>>,
    waivers: Option<Arc<List>>,
    task: Task,
    pub used: Used,
}

/// What is done with a baseline at the end.
enum Task {
    Nothing,
    /// It is begun in this file.
    Begin(PathBuf),
    /// What is gone is taken out.
    Prune,
    /// What is gone is reported.
    Tell,
}

/// What sets findings aside, for every thread.
#[derive(Clone)]
pub(super) struct Acceptor {
    suppressions: Arc<Suppressions>,
    /// Ways from the folder of the baseline.
    links: Arc<Links>,
    /// The rules that every form shares.
    core: Arc<Core>,
}

impl Acceptor {
    /// Says of a report which of its findings are new, where what was known before is distinguished from that.
    pub fn mark(&self, report: &mut view::Report) {
        if self.suppressions.records || self.suppressions.baseline.is_some() {
            report.mark_new();
        }
    }

    /// Sets aside what is accepted of a report's findings.
    pub fn apply(&self, report: &mut Report, scope: Scope<'_>, pack: Option<&Pack>, levels: &Levels) -> Used {
        let is_idle = !self.suppressions.records && self.suppressions.baseline.is_none();
        let mut way = if is_idle { String::new() } else { self.links.way(&report.path) };
        if let Some(part) = &report.part {
            way = format!("{way}!{part}");
        }
        self.suppressions.apply(report, &way, scope, Rules { core: &self.core, pack, levels })
    }
}

/// A finding about a file of what is accepted.
pub(super) struct Remark {
    pub list: Arc<List>,
    pub finding: Finding,
    pub organization: Option<String>,
    pub year: Option<u16>,
}

impl Accepting {
    /// Reads what the options and the configuration name.
    pub fn open(
        accepted: &Accepted,
        config: &Config,
        checkers: &Checkers,
        agencies: Option<&Agencies>,
        language: Language,
    ) -> Result<Self, CommandError> {
        // A baseline that is begun takes in what an older one holds.
        let given = config.values.baseline.as_ref().filter(|_| accepted.write_baseline.is_none());
        let task = match &accepted.write_baseline {
            Some(path) => Task::Begin(writable(path)?),
            None if accepted.prune_baseline => Task::Prune,
            None if accepted.strict_baseline => Task::Tell,
            None => Task::Nothing,
        };
        if given.is_none() && matches!(task, Task::Prune | Task::Tell) {
            return Err(CommandError::usage(Message::new("error.no-baseline")));
        }
        let read = |path, key, hint| read(path, key, hint, language);
        let baseline = given.map(|path| read(path, "error.baseline", Some("error.baseline.hint"))).transpose()?;
        let waivers = config.values.waivers.as_ref().map(|path| read(path, "error.waivers", None)).transpose()?;
        let suppressions = Suppressions {
            records: matches!(task, Task::Begin(_)),
            baseline: baseline.as_deref().map(of_baseline).transpose()?,
            waivers: waivers.as_deref().map(|list| of_waivers(list, agencies, checkers.all(), language)).transpose()?,
        };
        let named = accepted.write_baseline.as_deref().or(given.map(|path| path.value.as_path()));
        let working = std::path::absolute(".").unwrap_or_default();
        let folder = named.and_then(Path::parent).map_or_else(|| working.clone(), |folder| working.join(folder));
        let acceptor = Acceptor {
            suppressions: Arc::new(suppressions),
            links: Arc::new(Links::new(working, folder)),
            core: Arc::clone(checkers.base().core()),
        };
        Ok(Self { acceptor, baseline, waivers, task, used: Used::default() })
    }

    /// For every thread.
    pub fn acceptor(&self) -> Acceptor {
        self.acceptor.clone()
    }

    /// The files it reads and writes, which are no reports.
    pub fn files(&self) -> Vec<PathBuf> {
        let read = [&self.baseline, &self.waivers].into_iter().flatten().map(|list| PathBuf::from(&list.path));
        let begun = if let Task::Begin(path) = &self.task { Some(path.clone()) } else { None };
        read.chain(begun).collect()
    }

    /// All that what is accepted depends on, for the cache.
    pub fn context(&self) -> Vec<Vec<u8>> {
        let lists = [&self.baseline, &self.waivers];
        let texts = lists.map(|list| list.as_ref().map_or_else(Vec::new, |list| list.bytes.clone()));
        let names = self.acceptor.suppressions.waivers.as_ref().map(|waivers| waivers.names().into_bytes());
        let is_begun = matches!(self.task, Task::Begin(_));
        texts.into_iter().chain(names).chain([format!("{is_begun} {}", setup::today()).into_bytes()]).collect()
    }

    /// Findings about the files themselves, once all reports are checked.
    pub fn remarks(&self, checker: &Checker, is_lone: bool, compared: Compared) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let levels = checker.levels(None);
        if let (Some(list), Some(waivers)) = (&self.waivers, &self.acceptor.suppressions.waivers) {
            let rule = checker.core().rule(Fault::UnusedWaiver);
            for unused in waivers.unused(&self.used, is_lone) {
                let span = unused.span.start as u32..unused.span.end as u32;
                let subject = Subject::Text(unused.subject);
                let finding = Finding::new(rule, subject, Some(Location::text(span)), unused.message);
                let Some(finding) = finding.weighed(levels) else { break };
                let list = Arc::clone(list);
                remarks.push(Remark { list, finding, organization: unused.organization, year: unused.year });
            }
        }
        let baseline = self.acceptor.suppressions.baseline.as_ref().filter(|_| matches!(self.task, Task::Tell));
        // Whatever is selected: who asks for a strict baseline asks for this.
        if let (Some(list), Some(baseline)) = (&self.baseline, baseline) {
            let rule = checker.core().rule(Fault::StaleBaselineEntry);
            let starts = line_starts(&list.bytes);
            for stale in baseline.stale(&self.used, compared) {
                let (organization, year) = stale.entry.identity();
                let subject = Subject::Text(stale.entry.fingerprint().to_owned());
                let place = starts.get(stale.line - 1).cloned().unwrap_or(0..0);
                let mut finding = Finding::new(rule, subject, Some(Location::text(place)), stale.entry.message());
                finding.severity = levels.severity(rule, rule.severity).unwrap_or(rule.severity);
                let (list, organization) = (Arc::clone(list), organization.map(str::to_owned));
                remarks.push(Remark { list, finding, organization, year });
            }
        }
        remarks
    }

    /// Writes what is to be written, and says how the baseline fares.
    pub fn finish(mut self, compared: Compared) -> Result<Option<Message>, CommandError> {
        if let Task::Begin(path) = &self.task {
            let recorded = std::mem::take(&mut self.used.recorded);
            let count = recorded.len();
            write(path, &suppress::written(recorded))?;
            let message = Message::new("baseline.begun").with("path", path.display().to_string());
            return Ok(Some(message.with("count", count)));
        }
        let (Some(list), Some(baseline)) = (&self.baseline, &self.acceptor.suppressions.baseline) else {
            return Ok(None);
        };
        let (met, gone) = (baseline.met(&self.used), baseline.stale(&self.used, compared).count());
        let is_pruned = matches!(self.task, Task::Prune);
        if is_pruned && gone > 0 {
            write(Path::new(&list.path), &baseline.pruned(&self.used, compared))?;
        }
        let key = match (gone, is_pruned) {
            (0, _) => "baseline.kept",
            (_, true) => "baseline.pruned",
            (_, false) => "baseline.stale",
        };
        let message = Message::new(key).with("path", list.path.as_str()).with("met", met);
        let unseen = baseline.len() - met - gone;
        Ok(Some(message.with("gone", gone).with("unseen", unseen)))
    }
}

/// Reads a file that an option or the configuration names.
fn read(
    path: &Given<PathBuf>,
    key: &'static str,
    hint: Option<&'static str>,
    language: Language,
) -> Result<Arc<List>, CommandError> {
    let shown = path.value.display().to_string();
    let bytes = discover::whole(&path.value).map_err(|error| {
        let message = of_file(key, &shown).with("detail", &error);
        let hint = hint.filter(|_| error.kind() == ErrorKind::NotFound);
        CommandError { hint: hint.map(Message::new), ..setup::unusable(path, message, language) }
    })?;
    Ok(Arc::new(List { path: shown, bytes }))
}

fn text<'l>(list: &'l List, key: &'static str) -> Result<&'l str, CommandError> {
    let text = std::str::from_utf8(&list.bytes);
    text.map_err(|_| CommandError::usage(of_file(key, &list.path).with("detail", Message::new("accepted.not-utf-8"))))
}

fn of_baseline(list: &List) -> Result<Baseline, CommandError> {
    let wrong = |detail| CommandError::usage(of_file("error.baseline", &list.path).with("detail", detail));
    Baseline::read(text(list, "error.baseline")?).map_err(wrong)
}

fn of_waivers(
    list: &List,
    agencies: Option<&Agencies>,
    checker: &Checker,
    language: Language,
) -> Result<Waivers, CommandError> {
    let text = text(list, "error.waivers")?;
    let read = Waivers::read(text, &list.path, setup::today(), checker.core(), checker.packs());
    let named = |waivers: Waivers| match agencies {
        Some(agencies) => waivers.with_names_of(agencies),
        None => waivers,
    };
    read.map(named).map_err(|mistake| {
        let drawing = in_rule_file(&Options::new(language), &list.path, text, &[mistake.span]);
        let message = of_file("error.waivers", &list.path).with("detail", mistake.message);
        CommandError { drawing: Some(drawing), ..CommandError::usage(message) }
    })
}

/// A file for a new baseline: none yet, or a baseline, which is replaced. Anything else may be somebody's report.
fn writable(path: &Path) -> Result<PathBuf, CommandError> {
    let is_baseline = |bytes: Vec<u8>| std::str::from_utf8(&bytes).is_ok_and(|text| Baseline::read(text).is_ok());
    let is_other = match std::fs::metadata(path) {
        // What is no file of a disk may never end.
        Ok(found) => !found.is_file() || !std::fs::read(path).is_ok_and(is_baseline),
        Err(error) => error.kind() != ErrorKind::NotFound,
    };
    if is_other {
        let message = of_file("error.baseline", &path.display().to_string());
        return Err(CommandError::usage(message.with("detail", Message::new("baseline.other-file"))));
    }
    Ok(path.to_owned())
}

fn write(path: &Path, text: &str) -> Result<(), CommandError> {
    whole::write(path, text).map_err(|error| not_written(&path.display().to_string(), &error))
}

fn of_file(key: &'static str, path: &str) -> Message {
    Message::new(key).with("path", path)
}

/// The bytes of each line.
fn line_starts(bytes: &[u8]) -> Vec<std::ops::Range<u32>> {
    let mut start = 0;
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| {
        let own = start..start + line.len() as u32;
        start = own.end + 1;
        own
    });
    lines.collect()
}
