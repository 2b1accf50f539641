//! The one entry point: a file's bytes in, its report out. The command, editors and tests all come through here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::bind::{self, Bound, Vocabulary};
use crate::check;
use crate::digest::Digest;
use crate::document::{Document, Format, Location};
use crate::evaluate::Others;
use crate::finding::{Finding, Label, Subject};
use crate::identity::{self, Identity};
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
    /// Whether digests are made, for reports to be laid side by side.
    makes_digests: bool,
}

/// The outcome for a file, with the document it was read as, which renderers draw from.
#[derive(Debug)]
pub struct Checked<'b> {
    pub report: Report,
    /// None where the file could not be read.
    pub document: Option<Document<'b>>,
    /// The form it follows, with the rows that the report itself adds to it.
    pub pack: Option<Arc<Pack>>,
    /// What is kept for the archive, if that was asked for; none where the organ or the year is not known.
    pub digest: Option<Digest>,
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
        Self { core, packs, vocabulary, limits, makes_digests: false }
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
        Self { makes_digests: self.makes_digests, ..Self::new(core, packs, self.limits) }
    }

    /// The same checker, which makes digests of the reports, too.
    pub fn with_digests(self) -> Self {
        Self { makes_digests: true, ..self }
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

    /// Reads a file.
    ///
    /// # Errors
    /// When there is nothing in it that could be checked.
    pub fn read<'b>(&self, path: &str, bytes: &'b [u8]) -> Result<Document<'b>, Unreadable> {
        read::read(path, bytes, &self.limits)
    }

    /// Finds the figures of a document; none where it is no form that is known.
    ///
    /// # Errors
    /// When it lists more rows than it may.
    pub fn bind<'d>(&'d self, document: &'d Document<'d>) -> Result<Option<Bound<'d>>, Unreadable> {
        bind::bind(document, &self.core, &self.packs, &self.vocabulary, &self.limits)
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

    /// The report of a file that could not be opened.
    pub fn not_opened(&self, path: &str, detail: String) -> Checked<'static> {
        self.told(self.unreadable(path, Format::Unknown, &Unreadable::NotOpened { detail }))
    }

    /// The report of a file whose check was given up.
    pub fn lost(&self, path: &str, why: &Unreadable) -> Checked<'static> {
        self.told(self.unreadable(path, Format::Unknown, why))
    }

    fn check_document<'b>(&self, path: &str, bytes: &'b [u8], others: Option<&Others>) -> Checked<'b> {
        let document = match self.read(path, bytes) {
            Ok(document) => document,
            Err(error) => return self.unreadable(path, read::kind(path, bytes, &self.limits), &error),
        };
        let mut report = Report::new(path, document.format);
        report.encoding = document.encoding;
        report.findings.extend(self.undecodable(&document));
        let bound = match self.bind(&document) {
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
            return Checked { report, document: Some(document), pack: None, digest: None };
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
        findings.extend(identity::disagreements(path, &bound.facts, &bound.pack));
        findings.sort_by(Finding::order);
        report.pack = Some(bound.pack.id.clone());
        let identity = Identity::of(path, &bound.facts, &bound.pack);
        let digest = Some(&identity).filter(|_| self.makes_digests).and_then(|own| self.digest(&bound, own, &findings));
        (report.organization, report.year) = (identity.organization, identity.year);
        report.tally = outcomes.tally;
        report.findings = findings;
        let places = outcomes.sums.not_evaluated.iter().map(|&sum| bound.pack.sums[sum].place.clone());
        report.not_evaluated = places.collect();
        let pack = Some(Arc::clone(&bound.pack));
        drop(bound);
        Checked { report, document: Some(document), pack, digest }
    }

    fn digest(&self, bound: &Bound<'_>, identity: &Identity, findings: &[Finding]) -> Option<Digest> {
        let (organization, year) = (identity.organization.as_deref()?, identity.year?);
        let index = self.packs.iter().position(|pack| pack.id == bound.pack.id)?;
        let has_its_figures = Arc::ptr_eq(&self.packs[index], &bound.pack);
        let figures = if has_its_figures { &bound.facts.figures[..] } else { &[] };
        Digest::new((index, &bound.pack), (&bound.facts, figures), (organization, year), findings)
    }

    /// That the year of the report asks for another version of its form.
    fn wrong_version(&self, bound: &Bound<'_>) -> Option<Finding> {
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
        finding.labels = places.take(SHOWN).map(|location| Label::new(location, message.clone())).collect();
        Some(finding)
    }

    fn unreadable<'b>(&self, path: &str, format: Format, error: &Unreadable) -> Checked<'b> {
        let mut report = Report::new(path, format);
        let rule = self.core.rule(Fault::Unreadable);
        let mut finding = Finding::new(rule, Subject::Report, error.location(), error.message());
        finding.help = error.help();
        report.findings.push(finding);
        Checked { report, document: None, pack: None, digest: None }
    }
}
