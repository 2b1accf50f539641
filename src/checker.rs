//! The entry point: the bytes of a file in, its report out. The command, editors and tests all use it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use crate::bind::{self, Bound, Likeness, Vocabulary, known_figures};
use crate::check;
use crate::digest::Digest;
use crate::document::{Counted, Document, Format, Location};
use crate::explain::explain;
use crate::facts::{Fact, Facts};
use crate::finding::{Finding, Label, Subject};
use crate::identity::{self, Identity};
use crate::limits::Limits;
use crate::message::{Argument, Message};
use crate::pack::{Core, Fault, Levels, Pack, Selection, builtin};
use crate::prose::OfLastYear;
use crate::read::{self, Unreadable};
use crate::report::{NotEvaluated, Report};

/// Checks files against a set of forms.
#[derive(Debug, Clone)]
pub struct Checker {
    core: Arc<Core>,
    packs: Vec<Arc<Pack>>,
    vocabulary: Arc<Vocabulary>,
    /// For each form, how much the rules weigh; last, for what follows no form.
    levels: Arc<[Levels]>,
    limits: Limits,
    /// Where digests are made, for reports to be compared: the ids of the forms, by whose places digests say which is theirs.
    digests: Option<Arc<[String]>>,
}

/// The outcome for a file, with the document it was read as, which renderers draw from.
#[derive(Debug)]
pub struct Checked<'b> {
    /// None where the file could not be read.
    pub document: Option<Document<'b>>,
    /// One for each report in the file. There is always one: of a file that cannot be read, it says so.
    pub reports: Vec<CheckedReport>,
}

/// The outcome for one report.
#[derive(Debug)]
pub struct CheckedReport {
    pub report: Report,
    /// The form it follows, with the rows that the report itself adds to it.
    pub pack: Option<Arc<Pack>>,
    /// How much the rules weighed.
    pub levels: Levels,
    /// What is kept to compare it with others, if that was asked for; none where the agency or the year is not known.
    pub digest: Option<Digest>,
}

impl Checked<'_> {
    /// A report alone.
    pub fn of(report: Report) -> Self {
        Self { document: None, reports: vec![CheckedReport::of(report)] }
    }

    /// The first report, which is the only one of most files.
    pub fn first(&self) -> &CheckedReport {
        &self.reports[0]
    }

    /// The first report alone.
    pub fn into_first(mut self) -> CheckedReport {
        self.reports.swap_remove(0)
    }
}

impl CheckedReport {
    fn of(report: Report) -> Self {
        Self { report, pack: None, levels: Levels::default(), digest: None }
    }
}

/// What a report says, as it is lent to those who want its figures.
#[derive(Debug)]
pub struct Reading<'r, 'd> {
    /// The form it follows, with the rows that the report lists.
    pub pack: &'r Arc<Pack>,
    pub facts: &'r Facts<'d>,
    pub document: &'r Document<'d>,
    /// Whose report it is, and of which year.
    pub identity: Identity,
    /// Its place among the reports of the file.
    number: usize,
}

impl<'r, 'd> Reading<'r, 'd> {
    fn new(path: &str, number: usize, bound: &'r Bound<'d>, document: &'r Document<'d>) -> Self {
        let identity = Identity::of(path, &bound.facts, &bound.pack);
        Self { pack: &bound.pack, facts: &bound.facts, document, identity, number }
    }
}

/// What was made of a report, or why it could not be lent.
type Lent<R> = Result<R, Box<CheckedReport>>;

impl Default for Checker {
    /// With the forms that come with the program; what it is made of is shared by all that are made so.
    fn default() -> Self {
        static BUILTIN: LazyLock<Checker> = LazyLock::new(|| {
            let (core, packs) = builtin();
            Checker::new(Arc::clone(core), packs.clone(), Limits::default())
        });
        BUILTIN.clone()
    }
}

impl Checker {
    /// A checker for the forms `packs`; where a document could be two of them, the earlier wins.
    pub fn new(core: Arc<Core>, packs: Vec<Arc<Pack>>, limits: Limits) -> Self {
        let vocabulary = Arc::new(Vocabulary::new(&packs));
        let levels = packs.iter().map(|_| Levels::default()).chain([Levels::default()]).collect();
        Self { core, packs, vocabulary, levels, limits, digests: None }
    }

    /// The same checker with other limits.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same checker with what is chosen of the rules.
    pub fn with_selection(self, selection: &Selection) -> Self {
        let forms = self.packs.iter().map(|pack| Some(pack.as_ref())).chain([None]);
        let levels = forms.map(|form| selection.levels(&self.core, form)).collect();
        Self { levels, ..self }
    }

    /// The same checker with one of its forms alone.
    pub fn with_form(self, form: &Arc<Pack>) -> Self {
        let levels = Arc::new([self.levels(Some(form)).clone(), self.levels(None).clone()]);
        let packs = vec![Arc::clone(form)];
        Self { vocabulary: Arc::new(Vocabulary::new(&packs)), packs, levels, ..self }
    }

    /// The same checker, which makes digests of the reports, too, for a collection of reports in `forms`. Its own forms are
    /// among them.
    pub fn with_digests(self, forms: &[Arc<Pack>]) -> Self {
        Self { digests: Some(forms.iter().map(|form| form.id.clone()).collect()), ..self }
    }

    /// How much the rules weigh for reports in a form, or for what follows none.
    pub fn levels(&self, form: Option<&Pack>) -> &Levels {
        let place = form.and_then(|form| self.packs.iter().position(|known| known.id == form.id));
        &self.levels[place.unwrap_or(self.packs.len())]
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

    /// Finds the reports in a document, and their figures; none where it holds no form that is known.
    ///
    /// # Errors
    /// When it holds more reports than it may, or lists more rows.
    pub fn bind<'d>(&'d self, document: &'d Document<'d>) -> Result<Vec<Bound<'d>>, Unreadable> {
        bind::bind(document, &self.core, &self.packs, &self.vocabulary, &self.limits)
    }

    /// How much a document that follows no form is like a report.
    pub fn likeness(&self, document: &Document<'_>) -> Likeness {
        bind::likeness(document, &self.core, &self.packs, &self.vocabulary)
    }

    /// Checks the bytes of the file `path`. Never fails: a file that cannot be read has the finding `unreadable`, even
    /// one that makes a reader panic.
    pub fn check<'b>(&self, path: &str, bytes: &'b [u8]) -> Checked<'b> {
        self.check_by(path, bytes, |_| None)
    }

    /// The same, each report by the rules and forms of the checker that `choose` names once it is known whose it is, if it
    /// names one. The file is read once, and bound once more only where that checker has other forms.
    pub fn check_by<'b>(
        &self,
        path: &str,
        bytes: &'b [u8],
        choose: impl Fn(&Identity) -> Option<Arc<Self>>,
    ) -> Checked<'b> {
        let check = |checker: &Self, reading: &Reading<'_, '_>| {
            let levels = checker.levels(Some(reading.pack));
            let (report, of_last_year) = checker.check_reading(path, reading, levels);
            let digest = checker.digest(reading, &report, &of_last_year);
            CheckedReport { report, pack: Some(Arc::clone(reading.pack)), levels: levels.clone(), digest }
        };
        let (reports, document) = self.lend(path, bytes, choose, check);
        let reports = reports.into_iter().map(|report| report.unwrap_or_else(|refused| *refused));
        Checked { document, reports: reports.collect() }
    }

    /// Lends what each report of the file `path` says to `with`, and gives back what that made of it, or why there is
    /// nothing to lend: as [`Self::check`] says it of a file that cannot be read or follows no form. Nothing is checked.
    pub fn read_with<R>(
        &self,
        path: &str,
        bytes: &[u8],
        with: impl FnMut(&Reading<'_, '_>) -> R,
    ) -> Vec<Result<R, Box<Report>>> {
        self.read_by(path, bytes, |_| None, with)
    }

    /// The same, by the forms of the checker that `choose` names, as in [`Self::check_by`].
    pub fn read_by<R>(
        &self,
        path: &str,
        bytes: &[u8],
        choose: impl Fn(&Identity) -> Option<Arc<Self>>,
        mut with: impl FnMut(&Reading<'_, '_>) -> R,
    ) -> Vec<Result<R, Box<Report>>> {
        let (lent, _) = self.lend(path, bytes, choose, |_, reading| with(reading));
        lent.into_iter().map(|made| made.map_err(|refused| Box::new(refused.report))).collect()
    }

    /// The report of a file that could not be opened, or whose check was given up.
    pub fn lost(&self, path: &str, why: &Unreadable) -> Checked<'static> {
        Checked { document: None, reports: vec![self.unreadable(path, Format::Unknown, why)] }
    }

    /// The report of a file that made a reader panic, for a program that a panic ends: what [`Self::check`] says of it where
    /// panics can be caught.
    pub fn panicked(&self, path: &str, bytes: &[u8], detail: &str) -> Checked<'static> {
        let why = Unreadable::Panicked { detail: detail.to_owned() };
        let format = read::kind(path, bytes, &self.limits);
        Checked { document: None, reports: vec![self.unreadable(path, format, &why)] }
    }

    /// Reads a file and binds its reports; gives back what `with` made of each, or why not, and the document. Even for a file
    /// that makes a reader panic.
    fn lend<'b, R>(
        &self,
        path: &str,
        bytes: &'b [u8],
        choose: impl Fn(&Identity) -> Option<Arc<Self>>,
        with: impl FnMut(&Self, &Reading<'_, '_>) -> R,
    ) -> (Vec<Lent<R>>, Option<Document<'b>>) {
        let kind = || read::kind(path, bytes, &self.limits);
        let refused = |format, error: &Unreadable| vec![Err(Box::new(self.unreadable(path, format, error)))];
        let lend = || {
            let document = match self.read(path, bytes) {
                Ok(document) => document,
                Err(error) => return (refused(kind(), &error), None),
            };
            match self.lend_document(path, &document, choose, with) {
                Ok(lent) => (lent, Some(document)),
                Err(error) => (refused(document.format, &error), None),
            }
        };
        catch_unwind(AssertUnwindSafe(lend))
            .unwrap_or_else(|panic| (refused(kind(), &Unreadable::panicked(&*panic)), None))
    }

    fn lend_document<R>(
        &self,
        path: &str,
        document: &Document<'_>,
        choose: impl Fn(&Identity) -> Option<Arc<Self>>,
        mut with: impl FnMut(&Self, &Reading<'_, '_>) -> R,
    ) -> Result<Vec<Lent<R>>, Unreadable> {
        let bound = self.bind(document)?;
        if bound.is_empty() {
            return Ok(vec![Err(Box::new(self.unknown_form(path, document)))]);
        }
        let readings = bound.iter().enumerate().map(|(number, bound)| Reading::new(path, number, bound, document));
        let chosen: Vec<_> = readings.map(|reading| (choose(&reading.identity), reading)).collect();
        // Each checker with other forms binds the file once.
        let mut others: Vec<&Arc<Self>> = Vec::new();
        for other in chosen.iter().filter_map(|(other, _)| other.as_ref()).filter(|other| !other.has_forms_of(self)) {
            if !others.iter().any(|known| Arc::ptr_eq(known, other)) {
                others.push(other);
            }
        }
        let bound_again = others.iter().map(|other| other.bind(document)).collect::<Result<Vec<_>, _>>()?;
        let again = |chosen: &Arc<Self>, first: &Reading<'_, '_>| {
            let of = others.iter().position(|other| Arc::ptr_eq(other, chosen))?;
            let is_same = |bound: &&Bound<'_>| bound.facts.part == first.facts.part;
            bound_again[of].iter().find(is_same)
        };
        let lent = chosen.iter().map(|(chosen, reading)| match chosen {
            None => Ok(with(self, reading)),
            Some(chosen) if chosen.has_forms_of(self) => Ok(with(chosen, reading)),
            Some(chosen) => match again(chosen, reading) {
                Some(bound) => Ok(with(chosen, &Reading::new(path, reading.number, bound, document))),
                None => Err(Box::new(chosen.unknown_form(path, document))),
            },
        });
        Ok(lent.collect())
    }

    fn has_forms_of(&self, other: &Self) -> bool {
        self.packs.len() == other.packs.len()
            && self.packs.iter().zip(&other.packs).all(|(own, other)| Arc::ptr_eq(own, other))
    }

    fn check_reading(&self, path: &str, reading: &Reading<'_, '_>, levels: &Levels) -> (Report, Vec<OfLastYear>) {
        let (pack, facts) = (reading.pack, reading.facts);
        let outcomes = check::check(pack, facts, levels);
        let mut report = match reading.number {
            0 => self.begin(path, reading.document, levels),
            _ => Report { encoding: reading.document.encoding, ..Report::new(path, reading.document.format) },
        };
        report.part = facts.part.as_ref().map(ToString::to_string);
        let mut findings = explain(pack, facts, &outcomes);
        findings.extend(outcomes.findings);
        findings.append(&mut report.findings);
        findings.extend(self.wrong_version(pack, facts).and_then(|finding| finding.weighed(levels)));
        findings.extend(self.apart(facts).and_then(|finding| finding.weighed(levels)));
        findings.extend(identity::disagreements(path, facts, pack, levels));
        findings.sort_by(Finding::order);
        report.findings = findings;
        report.pack = Some(pack.id.clone());
        report.organization.clone_from(&reading.identity.organization);
        report.year = reading.identity.year;
        report.tally = outcomes.tally;
        report.unseen = reading.identity.unseen(pack);
        report.unseen.extend(outcomes.unseen);
        let sums = outcomes.sums.not_evaluated.iter().map(|&sum| &pack.sums()[sum]);
        report.not_evaluated = sums.map(|sum| NotEvaluated { id: sum.id.clone(), place: sum.place.clone() }).collect();
        (report, outcomes.of_last_year)
    }

    fn digest(&self, reading: &Reading<'_, '_>, report: &Report, of_last_year: &[OfLastYear]) -> Option<Digest> {
        let forms = self.digests.as_ref()?;
        let (organization, year) = (report.organization.as_deref()?, report.year?);
        let (pack, facts) = (reading.pack, reading.facts);
        let index = forms.iter().position(|form| *form == pack.id)?;
        let parties = (organization, year);
        let digest = |pack, figures: &[Fact<'_>]| {
            Digest::new((index, pack), (facts, figures), parties, &report.findings, of_last_year)
        };
        match self.packs.iter().find(|known| known.id == pack.id) {
            Some(known) if Arc::ptr_eq(known, pack) => digest(pack, &facts.figures),
            // What all reports of a form have is compared, whatever names they add.
            Some(known) if known.has_names() => digest(known, &known_figures(pack, known, &facts.figures)),
            // A form with rows of the report's own is another one for every report.
            _ => digest(pack, &[]),
        }
    }

    /// The report of a document, with what is to be said whatever its form.
    fn begin(&self, path: &str, document: &Document<'_>, levels: &Levels) -> Report {
        let mut report = Report::new(path, document.format);
        report.encoding = document.encoding;
        let findings = [self.undecodable(document), self.hidden(document), self.unread_sheets(document)];
        let findings = findings.into_iter().flatten();
        let findings = findings.chain(self.unknown_glyphs(document));
        report.findings.extend(findings.filter_map(|finding| finding.weighed(levels)));
        report
    }

    fn unknown_form(&self, path: &str, document: &Document<'_>) -> CheckedReport {
        let rule = self.core.rule(Fault::UnknownForm);
        let message = Message::new("unknown-form");
        let mut finding = Finding::new(rule, Subject::Report, Some(document.start()), message);
        let forms = self.packs.iter().map(|pack| (&pack.name).into()).collect();
        finding.help = Some(Message::new("unknown-form.hint").with("forms", Argument::List(forms)));
        let levels = self.levels(None);
        let mut report = self.begin(path, document, levels);
        report.findings.extend(finding.weighed(levels));
        report.findings.sort_by(Finding::order);
        CheckedReport { levels: levels.clone(), ..CheckedReport::of(report) }
    }

    /// That the year of the report asks for another version of its form.
    fn wrong_version(&self, used: &Pack, facts: &Facts<'_>) -> Option<Finding> {
        let title = facts.titles.first()?;
        let family = used.family.as_ref().filter(|_| !used.years.contains(title.year))?;
        let versions = self.packs.iter().filter(|pack| pack.family.as_ref() == Some(family));
        let asked = versions.into_iter().find(|pack| pack.years.contains(title.year))?;
        let message = Message::new("wrong-form-version")
            .with("year", title.year.to_string())
            .with("asked", &asked.name)
            .with("used", &used.name);
        let rule = self.core.rule(Fault::WrongFormVersion);
        Some(Finding::new(rule, Subject::Text("version".to_owned()), Some(title.location.clone()), message))
    }

    /// What in the file belongs to none of its reports.
    fn apart(&self, facts: &Facts<'_>) -> Option<Finding> {
        self.left_out(Fault::BesideReports, &facts.apart, ("beside-reports", "label.beside-reports"))
    }

    /// Which sheets of a workbook are no tables.
    fn unread_sheets(&self, document: &Document<'_>) -> Option<Finding> {
        self.left_out(Fault::UnreadSheets, &document.unprinted.sheets, ("unread-sheets", "label.unread-sheets"))
    }

    /// That what is at these places was not checked. Keys of the message and of the labels.
    fn left_out(
        &self,
        fault: Fault,
        places: &[Location],
        (said, label): (&'static str, &'static str),
    ) -> Option<Finding> {
        /// So many of the places are shown.
        const SHOWN: usize = 10;
        let (first, others) = places.split_first()?;
        let message = Message::new(said).with("count", places.len());
        let subject = Subject::Text(said.to_owned());
        let mut finding = Finding::new(self.core.rule(fault), subject, Some(first.clone()), message);
        let label = |location: &Location| Label::new(location.clone(), Message::new(label));
        finding.labels = others.iter().take(SHOWN).map(label).collect();
        Some(finding)
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

    /// That nobody knows which characters some glyphs of a PDF are, for each font.
    fn unknown_glyphs(&self, document: &Document<'_>) -> impl Iterator<Item = Finding> {
        let rule = self.core.rule(Fault::UndecodableBytes);
        document.unknown_glyphs.iter().map(move |glyphs| {
            let message = Message::new("unknown-glyphs").with("count", glyphs.count).with("font", glyphs.font.as_str());
            Finding::new(rule, Subject::Text(glyphs.font.clone()), Some(glyphs.first.clone()), message)
        })
    }

    /// That something in a workbook is hidden, and where it begins.
    fn hidden(&self, document: &Document<'_>) -> Option<Finding> {
        let Counted { count, first } = &document.unprinted.hidden;
        let message = Message::new("hidden-cells").with("count", *count);
        let rule = self.core.rule(Fault::HiddenCells);
        Some(Finding::new(rule, Subject::Report, Some(first.clone()?), message))
    }

    fn unreadable(&self, path: &str, format: Format, error: &Unreadable) -> CheckedReport {
        let mut report = Report::new(path, format);
        let rule = self.core.rule(Fault::Unreadable);
        let mut finding = Finding::new(rule, Subject::Report, error.location(), error.message());
        finding.help = error.help();
        // A folder may hold the reports of many agencies.
        let is_file = !matches!(error, Unreadable::FolderNotOpened { .. });
        let names = is_file.then(|| Identity::of_names(path, &self.packs)).flatten().unwrap_or_default();
        (report.organization, report.year) = (names.organization, names.year);
        let levels = self.levels(None);
        report.findings.extend(finding.weighed(levels));
        CheckedReport { levels: levels.clone(), ..CheckedReport::of(report) }
    }
}
