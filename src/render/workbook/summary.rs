//! The sheets that are known only at the end: agencies by year, and counts.

use std::io;

use rust_xlsxwriter::Worksheet;

use super::super::overview::{Agency, Cell, State};
use super::super::words;
use super::gathered::Gathered;
use super::looks::Look;
use super::sheet::{Content, write};
use crate::message::Message;
use crate::pack::Severity;
use crate::view::{Across, Summary};

/// How many agencies the overview and the counts list.
const AGENCIES: usize = 50_000;
const WORST: usize = 1_000;
/// Widths of columns in characters.
const NAME: f64 = 36.0;
const YEAR: f64 = 13.0;
const COUNT: f64 = 10.0;
const RULE: f64 = 60.0;

/// Writes to a sheet, with the words and looks of a workbook.
struct Writer<'w> {
    workbook: &'w Gathered,
    sheet: Worksheet,
    row: u32,
}

impl Writer<'_> {
    fn put(&mut self, column: u16, content: &Content<'_>, look: Look) -> io::Result<()> {
        write(&mut self.sheet, (self.row, column), content, look, &self.workbook.looks).map_err(io::Error::other)
    }

    /// Writes a row and goes to the next one.
    fn row(&mut self, cells: &[(Content<'_>, Look)]) -> io::Result<()> {
        for (column, (content, look)) in (0..).zip(cells) {
            self.put(column, content, *look)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Column heads; those in `numbers` are above numbers.
    fn heads(&mut self, keys: &[&'static str], numbers: std::ops::Range<usize>) -> io::Result<()> {
        let look = |column| if numbers.contains(&column) { Look::HeadRight } else { Look::Head };
        let cells = keys.iter().enumerate();
        let cells: Vec<_> = cells.map(|(column, key)| (Content::text(self.workbook.say(key)), look(column))).collect();
        self.row(&cells)
    }

    fn widths(&mut self, widths: &[f64]) -> io::Result<()> {
        for (column, width) in (0..).zip(widths) {
            self.sheet.set_column_width(column, *width).map_err(io::Error::other)?;
        }
        Ok(())
    }
}

/// Agencies by year, each coloured by its state.
pub(super) fn overview(workbook: &Gathered, across: &Across, summary: &Summary) -> io::Result<Worksheet> {
    let overview = &workbook.overview;
    let mut writer = Writer { workbook, sheet: Worksheet::new(), row: 0 };
    writer.row(&[(Content::text(workbook.say("page.title")), Look::Title)])?;
    writer.row(&[(Content::text(summary.message().say(workbook.language)), Look::Note)])?;
    if across.is_evaluated() {
        writer.row(&[(Content::text(across.message().say(workbook.language)), Look::Note)])?;
    }
    let agencies = overview.agencies();
    let left = agencies.len().saturating_sub(AGENCIES);
    if left > 0 {
        let message = Message::new("workbook.left-out").with("rows", left);
        writer.row(&[(Content::text(message.say(workbook.language)), Look::Note)])?;
    }
    writer.row += 1;
    let head = writer.row;
    let year = |year: Option<u16>| year.map_or_else(|| workbook.say("table.unknown-year"), |year| year.to_string());
    let mut heads = vec![(Content::text(workbook.say("table.agency")), Look::Head)];
    heads.extend(overview.years().map(|of| (Content::text(year(of)), Look::Head)));
    let counts = [
        "table.reports",
        "verdict.pass",
        "verdict.findings",
        "verdict.unverifiable",
        "state.missing",
        "severity.error",
        "severity.warning",
        "severity.advice",
    ];
    heads.extend(counts.map(|key| (Content::text(workbook.say(key)), Look::HeadRight)));
    let mut widths = vec![NAME];
    widths.extend(overview.years().map(|_| YEAR));
    widths.extend(counts.map(|_| COUNT));
    writer.widths(&widths)?;
    writer.row(&heads)?;
    let mut total = Cell { missing: overview.missing, ..Cell::default() };
    (total.reports, total.passed, total.with_findings, total.unverifiable) =
        (summary.reports, summary.passed, summary.with_findings, summary.unverifiable);
    (total.errors, total.warnings, total.advice) = (summary.errors, summary.warnings, summary.advice);
    let mut cells = vec![(Content::text(workbook.say("table.total")), Look::Total)];
    cells.extend(overview.years().map(|year| {
        let of = overview.of_year(year);
        let message = Message::new("workbook.of-year").with("reports", of.reports).with("findings", of.findings());
        (Content::text(message.say(workbook.language)), Look::Total)
    }));
    cells.extend(numbers(&total, Look::Total));
    writer.row(&cells)?;
    for agency in agencies.iter().take(AGENCIES) {
        let mut cells = vec![(Content::text(workbook.agency(agency.name.as_deref())), Look::Plain)];
        cells.extend(overview.years().map(|year| state(workbook, agency, year)));
        cells.extend(numbers(&agency.total(), Look::Number));
        writer.row(&cells)?;
    }
    let mut sheet = writer.sheet;
    sheet.set_freeze_panes(head + 2, 1).map_err(io::Error::other)?;
    sheet.set_landscape().set_repeat_rows(head, head).map_err(io::Error::other)?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_name(workbook.say("workbook.overview")).map_err(io::Error::other)?;
    Ok(sheet)
}

fn numbers(cell: &Cell, look: Look) -> impl Iterator<Item = (Content<'static>, Look)> {
    let Cell { reports, passed, with_findings, unverifiable, missing, errors, warnings, advice } = *cell;
    let counts = [reports, passed, with_findings, unverifiable, missing, errors, warnings, advice];
    counts.into_iter().map(move |count| (Content::count(count), look))
}

/// The state of an agency in a year, in a word and a number.
fn state(workbook: &Gathered, agency: &Agency, year: Option<u16>) -> (Content<'static>, Look) {
    let cell = agency.cells.get(&year).copied().unwrap_or_default();
    let Some(state) = cell.state() else { return (Content::text(""), Look::Plain) };
    let text = match state {
        State::Pass => workbook.say("verdict.pass"),
        State::Findings => {
            format!("{} {}", workbook.say("verdict.findings"), cell.findings() - cell.missing.min(cell.findings()))
        }
        State::Unverifiable => workbook.say("verdict.unverifiable"),
        State::Missing => workbook.say("state.missing"),
    };
    (Content::text(text), Look::of_state(state))
}

/// Counts by severity, by rule and by agency.
pub(super) fn counts(workbook: &Gathered, summary: &Summary) -> io::Result<Worksheet> {
    let mut writer = Writer { workbook, sheet: Worksheet::new(), row: 0 };
    writer.widths(&[NAME, COUNT, COUNT, COUNT, RULE])?;
    writer.heads(&["table.severity", "table.findings-count"], 1..2)?;
    let by_severity =
        [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Advice, summary.advice)];
    for (severity, count) in by_severity {
        let word = words::severity(severity).say(workbook.language);
        writer.row(&[(Content::text(word), Look::of(severity)), (Content::count(count), Look::Number)])?;
    }
    writer.row += 1;
    writer.heads(&["table.rule", "table.severity", "table.findings-count", "table.reports", "table.says"], 2..4)?;
    for (code, rule) in workbook.overview.rules_by_number() {
        let word = words::severity(rule.severity).say(workbook.language);
        writer.row(&[
            (Content::text(format!("{code} {}", rule.name)), Look::Plain),
            (Content::text(word), Look::of(rule.severity)),
            (Content::count(rule.findings), Look::Number),
            (Content::count(rule.reports), Look::Number),
            (Content::text(&rule.says), Look::Plain),
        ])?;
    }
    writer.row += 1;
    writer.heads(&["table.agency", "severity.error", "severity.warning", "severity.advice"], 1..4)?;
    let worst = workbook.overview.worst();
    for agency in worst.iter().filter(|agency| agency.total().findings() > 0).take(WORST) {
        let total = agency.total();
        let mut cells = vec![(Content::text(workbook.agency(agency.name.as_deref())), Look::Plain)];
        let counts = [total.errors, total.warnings, total.advice];
        cells.extend(counts.map(|count| (Content::count(count), Look::Number)));
        writer.row(&cells)?;
    }
    let mut sheet = writer.sheet;
    sheet.set_name(workbook.say("workbook.counts")).map_err(io::Error::other)?;
    Ok(sheet)
}
