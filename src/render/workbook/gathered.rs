//! What is gathered of all reports: rows are kept in temporary files as the reports come.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::super::links::Links;
use super::super::options::Options;
use super::super::output::{Part, Setting};
use super::super::overview::Overview;
use super::super::words;
use super::looks::{Look, Looks};
use super::own::properties;
use super::sheet::{self, Content, Sheet};
use crate::message::{Language, Message};
use crate::pack::Pack;
use crate::view::{self, Finding, Location, Report, Suspect};

/// So many rows a sheet of findings, of figures, of what was not evaluated has; what is cut is said in its last row.
const FINDINGS: u32 = 300_000;
const FIGURES: u32 = 100_000;
const NOT_EVALUATED: u32 = 100_000;
/// How many figures a row holds: a sheet has 16,384 columns.
const COLUMNS: usize = 16_000;

/// Gathers what the workbook holds.
pub(super) struct Gathered {
    pub language: Language,
    links: Links,
    packs: Vec<Arc<Pack>>,
    pub overview: Overview,
    pub book: rust_xlsxwriter::Workbook,
    pub looks: Looks,
    pub findings: Sheet,
    /// By form.
    pub figures: BTreeMap<String, Sheet>,
    pub not_evaluated: Sheet,
}

/// The figures that are wrong together, the finding's own among them; none where it is about one.
fn together(finding: &Finding) -> &[Suspect] {
    let first = finding.suspects.first().map_or(&[][..], Vec::as_slice);
    let is_of_finding = first.iter().any(|suspect| Some(&suspect.cell) == finding.cell.as_ref());
    let is_known = finding.expected.is_some() && first.iter().all(|suspect| suspect.expected.is_some());
    if first.len() > 1 && is_of_finding && is_known { first } else { &[] }
}

impl Gathered {
    pub fn new(options: &Options, setting: Setting<'_>) -> io::Result<Self> {
        let language = options.language;
        let mut book = rust_xlsxwriter::Workbook::new();
        book.set_properties(&properties());
        let looks = Looks::new();
        let say = |key| Message::new(key).say(language);
        let findings = [
            ("table.severity", 8.0),
            ("table.code", 9.0),
            ("table.agency", 28.0),
            ("table.year", 8.0),
            ("table.place", 34.0),
            ("table.found", 12.0),
            ("table.expected", 12.0),
            ("table.certainty", 10.0),
            ("table.says", 60.0),
            ("table.help", 40.0),
            ("table.file", 52.0),
            ("table.at", 22.0),
            ("table.name", 36.0),
        ];
        let heads = findings.map(|(key, width)| (say(key), width));
        let findings = Sheet::put_aside(&mut book, FINDINGS)?.with_head(&heads, 0, &looks)?;
        let not_evaluated =
            [("table.agency", 28.0), ("table.year", 8.0), ("table.because", 80.0), ("table.file", 44.0)];
        let heads = not_evaluated.map(|(key, width)| (say(key), width));
        let not_evaluated = Sheet::put_aside(&mut book, NOT_EVALUATED)?.with_head(&heads, 0, &looks)?;
        Ok(Self {
            language,
            links: setting.links,
            packs: setting.packs.to_vec(),
            overview: Overview::new(options, setting.agencies),
            book,
            looks,
            findings,
            figures: BTreeMap::new(),
            not_evaluated,
        })
    }

    pub fn say(&self, key: &'static str) -> String {
        Message::new(key).say(self.language)
    }

    pub fn agency(&self, name: Option<&str>) -> String {
        self.overview.name_of(name).map_or_else(|| self.say("table.unknown-agency"), str::to_owned)
    }

    /// Writes the rows of a report.
    pub fn keep(&mut self, part: Part<'_>) -> io::Result<()> {
        self.overview.add(part);
        let report = part.report;
        let agency = self.agency(report.organization.as_deref());
        for finding in &report.findings {
            self.finding(report, &agency, finding)?;
        }
        if part.is_across {
            return Ok(());
        }
        let because = self.say("table.not-read");
        for place in &report.not_evaluated {
            self.not_put(&agency, report.year, &format!("{place}{because}"), (&report.path, report.part.as_deref()))?;
        }
        for unseen in &report.unseen {
            self.not_put(&agency, report.year, unseen, (&report.path, report.part.as_deref()))?;
        }
        match (&report.pack, &report.figures) {
            (Some(form), Some(figures)) => self.figures_of(report, (form, figures), &agency),
            _ => Ok(()),
        }
    }

    fn finding(&mut self, report: &Report, agency: &str, finding: &Finding) -> io::Result<()> {
        let says: Vec<&str> = std::iter::once(&finding.sentence).chain(&finding.notes).map(String::as_str).collect();
        let together = together(finding);
        let at = |location: Option<&Location>| location.map(|location| location.inside(self.language));
        let own_at = finding.whereabouts(self.language);
        let certainty = words::confidence(finding).map(|word| word.say(self.language));
        let row = [
            (Content::text(words::severity(finding.severity).say(self.language)), Look::of(finding.severity)),
            (Content::text(&finding.code), Look::Center),
            (Content::text(agency), Look::Plain),
            (Content::year(report.year), Look::Center),
            (Content::text(&finding.place), Look::Plain),
            (self.one_or_all(finding.found.as_deref(), together, |of| Some(of.found.as_str().into())), Look::Plain),
            (
                self.one_or_all(finding.expected.as_deref(), together, |of| of.expected.as_deref().map(Into::into)),
                Look::Plain,
            ),
            (Content::text(certainty.unwrap_or_default()), Look::Center),
            (Content::text(says.join("\n")), Look::Plain),
            (Content::text(finding.help.as_deref().unwrap_or_default()), Look::Plain),
            (Content::link(&report.path, report.name(self.language), &self.links), Look::Link),
            (self.one_or_all(own_at.as_deref(), together, |of| at(of.location.as_ref()).map(Into::into)), Look::Plain),
            (Content::text(&finding.name), Look::Plain),
        ];
        self.findings.row(&row, &self.looks)
    }

    /// The finding's own, or, of figures that are wrong together, a line each.
    fn one_or_all<'f>(
        &self,
        own: Option<&'f str>,
        together: &'f [Suspect],
        of: impl Fn(&'f Suspect) -> Option<Cow<'f, str>>,
    ) -> Content<'f> {
        if together.is_empty() {
            return Content::figure(own.unwrap_or_default());
        }
        let line = |(suspect, number): (&'f Suspect, usize)| {
            let message = Message::new("workbook.together").with("number", number);
            message.with("what", of(suspect).unwrap_or_default().as_ref()).say(self.language)
        };
        Content::text(together.iter().zip(1..).map(line).collect::<Vec<_>>().join("\n"))
    }

    pub fn not_put(
        &mut self,
        agency: &str,
        year: Option<u16>,
        because: &str,
        (path, part): (&str, Option<&str>),
    ) -> io::Result<()> {
        let row = [
            (Content::text(agency), Look::Plain),
            (Content::year(year), Look::Center),
            (Content::text(because), Look::Plain),
            (Content::link(path, view::name(path, part, self.language), &self.links), Look::Link),
        ];
        self.not_evaluated.row(&row, &self.looks)
    }

    fn figures_of(
        &mut self,
        report: &Report,
        (form, figures): (&String, &[Option<String>]),
        agency: &str,
    ) -> io::Result<()> {
        if !self.figures.contains_key(form) {
            let Some(pack) = self.packs.iter().find(|pack| pack.id == *form) else { return Ok(()) };
            let mut heads =
                vec![(self.say("table.agency"), 28.0), (self.say("table.year"), 8.0), (self.say("table.file"), 30.0)];
            heads.extend(pack.figures.iter().take(COLUMNS).map(|figure| (figure.place.clone(), 13.0)));
            let sheet = Sheet::put_aside(&mut self.book, FIGURES)?.with_head(&heads, 2, &self.looks)?;
            self.figures.insert(form.clone(), sheet);
        }
        let Some(sheet) = self.figures.get_mut(form) else { return Ok(()) };
        let mut row = vec![
            (Content::text(agency), Look::Plain),
            (Content::year(report.year), Look::Center),
            (Content::link(&report.path, report.name(self.language), &self.links), Look::Link),
        ];
        let figures = figures.iter().take(COLUMNS);
        row.extend(figures.map(|figure| (Content::figure(figure.as_deref().unwrap_or_default()), Look::Plain)));
        sheet.row(&row, &self.looks)
    }

    /// What each sheet of figures is called: after its form, where there are several.
    pub fn figure_names(&self) -> Vec<String> {
        let name = self.say("workbook.figures");
        if self.figures.len() < 2 {
            return vec![name];
        }
        self.figures
            .keys()
            .enumerate()
            .map(|(index, form)| sheet::name(&format!("{name} {}", index + 1), form))
            .collect()
    }
}
