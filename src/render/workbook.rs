//! A workbook for those who work in one: an overview, a row for each finding, the figures, what was not evaluated, counts.
//! Sheets of many rows are put aside in temporary files as the reports come.

mod looks;
mod sheet;
mod summary;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use rust_xlsxwriter::{DocProperties, ExcelDateTime};

use super::collected::{Collector, Figures, Links, Overview, Part, Setting, parse};
use super::told::{Finding, NotEvaluated, Report};
use super::{Across, Renderer, Summary, concise};
use crate::message::{Language, Message};
use crate::pack::Pack;
use looks::{Look, Looks};
use sheet::{Content, Sheet};

/// So many rows a sheet of findings, of figures, of what was not evaluated has; what is cut is said in its last row.
const FINDINGS: u32 = 300_000;
const FIGURES: u32 = 100_000;
const NOT_EVALUATED: u32 = 100_000;
/// So many figures stand in a row: a sheet has 16,384 columns.
const COLUMNS: usize = 16_000;
/// Excel opens no sheet with more than 65,530 links.
const LINKS: usize = 65_000;

/// Gathers what the workbook holds.
pub(super) struct Workbook {
    language: Language,
    links: Links,
    packs: Vec<Arc<Pack>>,
    overview: Overview,
    book: rust_xlsxwriter::Workbook,
    looks: Looks,
    findings: Sheet,
    /// By form.
    figures: BTreeMap<String, Sheet>,
    not_evaluated: Sheet,
}

impl Workbook {
    pub fn new(renderer: &Renderer, setting: Setting<'_>) -> io::Result<Self> {
        let language = renderer.language;
        let mut book = rust_xlsxwriter::Workbook::new();
        // The same input gives the same bytes: nothing here knows what time it is.
        let date = ExcelDateTime::from_ymd(2020, 1, 1).map_err(io::Error::other)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&date));
        let looks = Looks::new();
        let say = |key| Message::new(key).say(language);
        let findings = [
            ("table.severity", 8.0),
            ("table.code", 9.0),
            ("table.organ", 28.0),
            ("table.year", 8.0),
            ("table.place", 34.0),
            ("table.found", 12.0),
            ("table.expected", 12.0),
            ("table.says", 60.0),
            ("table.help", 40.0),
            ("table.file", 52.0),
            ("table.at", 22.0),
            ("table.name", 36.0),
        ];
        let heads = findings.map(|(key, width)| (say(key), width));
        let findings = Sheet::put_aside(&mut book, FINDINGS)?.with_head(&heads, 0, &looks)?;
        let not_evaluated = [("table.organ", 28.0), ("table.year", 8.0), ("table.because", 80.0), ("table.file", 44.0)];
        let heads = not_evaluated.map(|(key, width)| (say(key), width));
        let not_evaluated = Sheet::put_aside(&mut book, NOT_EVALUATED)?.with_head(&heads, 0, &looks)?;
        Ok(Self {
            language,
            links: setting.links,
            packs: setting.packs.to_vec(),
            overview: Overview::new(renderer, setting.agencies),
            book,
            looks,
            findings,
            figures: BTreeMap::new(),
            not_evaluated,
        })
    }

    fn say(&self, key: &'static str) -> String {
        Message::new(key).say(self.language)
    }

    fn agency(&self, name: Option<&str>) -> String {
        self.overview.name_of(name).map_or_else(|| self.say("table.unknown-organ"), str::to_owned)
    }

    fn keep(&mut self, part: &Part<'_>) -> io::Result<()> {
        let told = &part.told;
        let agency = self.agency(told.organization.as_deref());
        for finding in &told.findings {
            self.finding(told, &agency, finding)?;
        }
        if part.is_across {
            return Ok(());
        }
        let because = self.say("table.not-read");
        for place in &told.not_evaluated {
            self.not_put(&agency, told.year, &format!("{place}{because}"), &told.path)?;
        }
        part.figures.as_ref().map_or(Ok(()), |figures| self.figures_of(told, figures, &agency))
    }

    fn finding(&mut self, report: &Report, agency: &str, told: &Finding) -> io::Result<()> {
        let says: Vec<&str> = std::iter::once(&told.sentence).chain(&told.notes).map(String::as_str).collect();
        let at = told.location.as_ref().map(|location| location.inside(self.language));
        let row = [
            (Content::text(concise::severity(told.severity).say(self.language)), Look::of(told.severity)),
            (Content::text(&told.code), Look::Center),
            (Content::text(agency), Look::Plain),
            (Content::year(report.year), Look::Center),
            (Content::text(&told.place), Look::Plain),
            (Content::figure(told.found.as_deref().unwrap_or_default()), Look::Plain),
            (Content::figure(told.expected.as_deref().unwrap_or_default()), Look::Plain),
            (Content::text(says.join("\n")), Look::Plain),
            (Content::text(told.help.as_deref().unwrap_or_default()), Look::Plain),
            (Content::link(&report.path, &self.links), Look::Link),
            (Content::text(at.as_deref().unwrap_or_default()), Look::Plain),
            (Content::text(&told.name), Look::Plain),
        ];
        self.findings.row(&row, &self.looks)
    }

    fn not_put(&mut self, agency: &str, year: Option<u16>, because: &str, path: &str) -> io::Result<()> {
        let row = [
            (Content::text(agency), Look::Plain),
            (Content::year(year), Look::Center),
            (Content::text(because), Look::Plain),
            (Content::link(path, &self.links), Look::Link),
        ];
        self.not_evaluated.row(&row, &self.looks)
    }

    fn figures_of(&mut self, report: &Report, (form, figures): &Figures, agency: &str) -> io::Result<()> {
        if !self.figures.contains_key(form) {
            let Some(pack) = self.packs.iter().find(|pack| pack.id == *form) else { return Ok(()) };
            let mut heads =
                vec![(self.say("table.organ"), 28.0), (self.say("table.year"), 8.0), (self.say("table.file"), 30.0)];
            heads.extend(pack.figures.iter().take(COLUMNS).map(|figure| (figure.place.clone(), 13.0)));
            let sheet = Sheet::put_aside(&mut self.book, FIGURES)?.with_head(&heads, 2, &self.looks)?;
            self.figures.insert(form.clone(), sheet);
        }
        let Some(sheet) = self.figures.get_mut(form) else { return Ok(()) };
        let mut row = vec![
            (Content::text(agency), Look::Plain),
            (Content::year(report.year), Look::Center),
            (Content::link(&report.path, &self.links), Look::Link),
        ];
        let figures = figures.iter().take(COLUMNS);
        row.extend(figures.map(|figure| (Content::figure(figure.as_deref().unwrap_or_default()), Look::Plain)));
        sheet.row(&row, &self.looks)
    }

    /// What each sheet of figures is called: after its form, where there are several.
    fn figure_names(&self) -> Vec<String> {
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

impl Collector for Workbook {
    fn take(&mut self, part: &str, _: &mut (dyn Write + Send)) -> io::Result<()> {
        let Some(part) = parse(part)? else { return Ok(()) };
        self.overview.add(&part);
        self.keep(&part)
    }

    fn finish(
        mut self: Box<Self>,
        across: &Across,
        summary: &Summary,
        writer: &mut (dyn Write + Send),
    ) -> io::Result<()> {
        for NotEvaluated { path, organization, year, because } in &across.not_evaluated {
            self.not_put(organization, Some(*year), because, path)?;
        }
        self.not_evaluated.leave_out(across.more);
        let overview = summary::overview(&self, across, summary)?;
        let counts = summary::counts(&self, summary)?;
        let names = self.figure_names();
        let Self { language, mut book, looks, findings, figures, not_evaluated, .. } = *self;
        let say = |key| Message::new(key).say(language);
        book.push_worksheet(overview);
        book.push_worksheet(findings.finish(&say("workbook.findings"), language, &looks)?);
        for (sheet, name) in figures.into_values().zip(names) {
            book.push_worksheet(sheet.finish(&name, language, &looks)?);
        }
        book.push_worksheet(not_evaluated.finish(&say("workbook.not-evaluated"), language, &looks)?);
        book.push_worksheet(counts);
        book.save_to_writer(writer).map_err(io::Error::other)
    }
}
