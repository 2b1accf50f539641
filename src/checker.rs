//! The one entry point: a file's bytes in, its report out. The command, editors and tests all come through here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::bind::{self, Vocabulary};
use crate::check;
use crate::document::{Document, Format, Location};
use crate::evaluate::Others;
use crate::finding::{Finding, Label, Subject};
use crate::limits::Limits;
use crate::localize::localize;
use crate::message::{Argument, Message};
use crate::pack::{Core, Fault, Pack, Selection, builtin};
use crate::read::{self, Unreadable};
use crate::report::Report;

/// Checks files against a set of forms.
#[derive(Debug, Clone)]
pub struct Checker {
    core: Arc<Core>,
    packs: Vec<Arc<Pack>>,
    vocabulary: Arc<Vocabulary>,
    limits: Limits,
}

/// The outcome for a file, with the document it was read as, which renderers draw from.
#[derive(Debug)]
pub struct Checked<'b> {
    pub report: Report,
    /// None where the file could not be read.
    pub document: Option<Document<'b>>,
}

impl Default for Checker {
    /// With the forms that come with the program.
    fn default() -> Self {
        let (core, packs) = builtin();
        Self::new(Arc::clone(core), packs.clone(), Limits::default())
    }
}

impl Checker {
    /// A checker for the forms `packs`; where a document could be two of them, the earlier wins.
    pub fn new(core: Arc<Core>, packs: Vec<Arc<Pack>>, limits: Limits) -> Self {
        let vocabulary = Arc::new(Vocabulary::new(&packs));
        Self { core, packs, vocabulary, limits }
    }

    /// The same checker with other limits.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same checker with what was chosen of its rules.
    pub fn with_selection(self, selection: &Selection) -> Self {
        if selection.is_empty() {
            return self;
        }
        let (core, packs) = selection.apply(&self.core, &self.packs);
        Self::new(core, packs, self.limits)
    }

    /// The rules that every form shares.
    pub fn core(&self) -> &Arc<Core> {
        &self.core
    }

    /// The forms.
    pub fn packs(&self) -> &[Arc<Pack>] {
        &self.packs
    }

    /// What a file may cost.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Checks the bytes of the file `path`. Never fails: a file that cannot be read has the finding `unreadable`, even
    /// one that makes a reader panic.
    pub fn check<'b>(&self, path: &str, bytes: &'b [u8]) -> Checked<'b> {
        self.check_among(path, bytes, None)
    }

    /// Checks a file with figures of other reports at hand, for the rules that take them in.
    pub fn check_among<'b>(&self, path: &str, bytes: &'b [u8], others: Option<&Others>) -> Checked<'b> {
        let checked = catch_unwind(AssertUnwindSafe(|| self.check_document(path, bytes, others)));
        self.told(checked.unwrap_or_else(|panic| {
            self.unreadable(path, read::kind(path, bytes, &self.limits), &Unreadable::panicked(&*panic))
        }))
    }

    /// Without findings of the core's rules that nobody wants to hear of.
    fn told<'b>(&self, mut checked: Checked<'b>) -> Checked<'b> {
        checked.report.findings.retain(|finding| self.core.tells_of(&finding.rule));
        checked
    }

    /// The report of a file that could not be opened, or whose check was given up.
    pub fn lost(&self, path: &str, why: &Unreadable) -> Checked<'static> {
        self.told(self.unreadable(path, Format::Unknown, why))
    }

    fn check_document<'b>(&self, path: &str, bytes: &'b [u8], others: Option<&Others>) -> Checked<'b> {
        let document = match read::read(path, bytes, &self.limits) {
            Ok(document) => document,
            Err(error) => return self.unreadable(path, read::kind(path, bytes, &self.limits), &error),
        };
        let mut report = blank_report(path, document.format);
        report.encoding = document.encoding;
        report.findings.extend(self.undecodable(&document));
        let bound = match bind::bind(&document, &self.core, &self.packs, &self.vocabulary, &self.limits) {
            Ok(bound) => bound,
            Err(error) => return self.unreadable(path, document.format, &error),
        };
        let Some(bound) = bound else {
            let rule = self.core.rule(Fault::UnknownForm);
            let message = Message::new("unknown-form");
            let mut finding = Finding::new(rule, Subject::Report, Some(document.start()), message);
            let forms = self.packs.iter().map(|pack| (&pack.name).into()).collect();
            finding.help = Some(Message::new("unknown-form.hint").with("forms", Argument::List(forms)));
            report.findings.push(finding);
            report.findings.sort_by(Finding::order);
            return Checked { report, document: Some(document) };
        };
        report.findings.extend(self.wrong_version(&bound));
        let mut outcomes = check::check(&bound.pack, &bound.facts);
        if let Some(others) = others {
            outcomes.add(check::check_across(&bound.pack, &bound.facts, others));
        }
        let located = localize(&bound.pack, &bound.facts, &outcomes);
        let mut findings = outcomes.findings;
        findings.extend(located);
        findings.append(&mut report.findings);
        findings.sort_by(Finding::order);
        report.pack = Some(bound.pack.id.clone());
        if let Some(title) = bound.facts.titles.first() {
            report.organization = Some(title.organization.clone()).filter(|name| !name.is_empty());
            report.year = Some(title.year);
        }
        report.tally = outcomes.tally;
        report.findings = findings;
        let places = outcomes.sums.not_evaluated.iter().map(|&sum| bound.pack.sums[sum].place.clone());
        report.not_evaluated = places.collect();
        drop(bound.facts);
        Checked { report, document: Some(document) }
    }

    /// That the year of the report asks for another version of its form.
    fn wrong_version(&self, bound: &bind::Bound<'_>) -> Option<Finding> {
        let title = bound.facts.titles.first()?;
        let family = bound.pack.family.as_ref().filter(|_| !bound.pack.years.contains(title.year))?;
        let versions = self.packs.iter().filter(|pack| pack.family.as_ref() == Some(family));
        let asked = versions.into_iter().find(|pack| pack.years.contains(title.year))?;
        let message = Message::new("wrong-form-version")
            .with("year", title.year.to_string())
            .with("asked", &asked.name)
            .with("used", &bound.pack.name);
        let rule = self.core.rule(Fault::WrongFormVersion);
        Some(Finding::new(rule, Subject::Text("version".to_owned()), Some(title.location.clone()), message))
    }

    /// That some bytes of the file could not be decoded, and where.
    fn undecodable(&self, document: &Document<'_>) -> Option<Finding> {
        /// So many of the places are shown.
        const SHOWN: usize = 10;
        let mut places = document.undecodable.iter().cloned().map(Location::text);
        let (first, encoding) = (places.next()?, document.encoding?);
        let message = Message::new("undecodable-bytes")
            .with("count", document.undecodable.len())
            .with("encoding", encoding.name());
        let rule = self.core.rule(Fault::UndecodableBytes);
        let mut finding = Finding::new(rule, Subject::Report, Some(first), message.clone());
        finding.labels = places.take(SHOWN).map(|location| Label { location, message: message.clone() }).collect();
        Some(finding)
    }

    fn unreadable<'b>(&self, path: &str, format: Format, error: &Unreadable) -> Checked<'b> {
        let mut report = blank_report(path, format);
        let rule = self.core.rule(Fault::Unreadable);
        let mut finding = Finding::new(rule, Subject::Report, error.location(), error.message());
        finding.help = error.help();
        report.findings.push(finding);
        Checked { report, document: None }
    }
}

fn blank_report(path: &str, format: Format) -> Report {
    Report {
        path: path.to_owned(),
        format,
        encoding: None,
        pack: None,
        organization: None,
        year: None,
        tally: check::Tally::default(),
        findings: Vec::new(),
        not_evaluated: Vec::new(),
    }
}
