//! The counts of a run as tables for the terminal, aligned for Chinese.

mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::options::Options;
use super::output::{Collector, Output, Part, Setting};
use super::overview::{Cell, Overview};
use super::words;
use crate::agencies::Agencies;
use crate::message::Message;
use crate::pack::Severity;
use crate::view::{Across, Report, Summary, Verdict, harmless};
use table::Table;

/// So many agencies and reports are named, the worst ones, and so many sums that were not evaluated, the most frequent.
const WORST: usize = 10;
/// So many reports and sums are counted one by one.
const COUNTED: usize = 10_000;

/// Counts by verdict, rule and agency.
pub(super) struct Counts;

impl Output for Counts {
    fn collector(&self, options: &Options, setting: Setting<'_>) -> io::Result<Option<Box<dyn Collector>>> {
        Ok(Some(Box::new(Statistics::new(options, setting.agencies))))
    }
}

/// What is counted.
#[derive(Debug)]
struct Statistics {
    overview: Overview,
    /// By the name of its file, and of its part of it.
    reports: BTreeMap<String, ReportCount>,
    /// In how many reports each sum was not evaluated.
    not_evaluated: BTreeMap<String, usize>,
}

/// What is wrong with a report, counted.
#[derive(Debug)]
struct ReportCount {
    verdict: Verdict,
    errors: usize,
    warnings: usize,
    advice: usize,
    not_evaluated: usize,
}

impl ReportCount {
    fn of(report: &Report) -> Self {
        Self {
            verdict: report.verdict,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            advice: report.count(Severity::Advice),
            not_evaluated: report.rules.not_evaluated,
        }
    }

    fn is_worth_telling(&self) -> bool {
        self.verdict != Verdict::Pass || self.advice + self.not_evaluated > 0
    }

    /// The worse, the greater.
    fn badness(&self) -> (usize, usize, bool, usize, usize) {
        let is_unverifiable = self.verdict == Verdict::Unverifiable;
        (self.errors, self.warnings, is_unverifiable, self.not_evaluated, self.advice)
    }
}

impl Statistics {
    fn new(options: &Options, agencies: Option<Agencies>) -> Self {
        Self { overview: Overview::new(options, agencies), reports: BTreeMap::new(), not_evaluated: BTreeMap::new() }
    }

    fn say(&self, key: &'static str) -> String {
        Message::new(key).say(self.overview.language())
    }

    fn count(&mut self, part: Part<'_>) {
        let own = ReportCount::of(part.report);
        let name = part.report.name(self.overview.language());
        match self.reports.get_mut(name.as_ref()) {
            Some(known) => {
                known.errors += own.errors;
                known.warnings += own.warnings;
                known.advice += own.advice;
                known.verdict = if part.before.is_some() { own.verdict } else { known.verdict };
            }
            // What is said of a list, as that a report is missing, is said of no report.
            None if part.is_across && part.before.is_none() || !own.is_worth_telling() => {}
            None => drop(self.reports.insert(name.into_owned(), own)),
        }
        if self.reports.len() > 2 * COUNTED {
            let worst = self.worst(COUNTED).into_iter().map(|(path, _)| path.clone());
            let worst: BTreeSet<String> = worst.collect();
            self.reports.retain(|path, _| worst.contains(path));
        }
        for place in &part.report.not_evaluated {
            if let Some(count) = self.not_evaluated.get_mut(place) {
                *count += 1;
            } else if self.not_evaluated.len() < COUNTED {
                self.not_evaluated.insert(place.clone(), 1);
            }
        }
    }

    /// So many of the worst reports, the worst first.
    fn worst(&self, count: usize) -> Vec<(&String, &ReportCount)> {
        let mut reports: Vec<(&String, &ReportCount)> = self.reports.iter().collect();
        reports.sort_by_key(|(_, report)| std::cmp::Reverse(report.badness()));
        reports.truncate(count);
        reports
    }

    /// How many reports fared how.
    fn verdicts(&self, summary: &Summary) -> Table {
        let heads = ["table.reports", "verdict.pass", "verdict.findings", "verdict.unverifiable", "state.missing"];
        let mut table = Table::new(heads.map(|key| self.say(key)), 0..heads.len());
        let missing = self.overview.missing;
        let counts = [summary.reports, summary.passed, summary.with_findings, summary.unverifiable, missing];
        table.rows.push(numbers(&counts));
        table
    }

    /// How the rules fared, in reports by themselves and across them.
    fn rules_put(&self, across: &Across) -> Table {
        let heads = ["table.rules", "table.held", "table.broken", "table.not-evaluated"];
        let mut table = Table::new(heads.map(|key| self.say(key)), 1..4);
        let mut row = |name, counts: [usize; 3]| {
            table.rows.push(std::iter::once(self.say(name)).chain(numbers(&counts)).collect());
        };
        let within = self.overview.outcomes;
        row("table.within", [within.held, within.broken, within.not_evaluated]);
        if across.is_evaluated() {
            row("table.across", [across.rules.held, across.rules.broken, across.rules.not_evaluated]);
        }
        table
    }

    fn rules(&self) -> Table {
        let heads = ["table.code", "table.severity", "table.findings-count", "table.reports", "table.rule"];
        let mut table = Table::new(heads.map(|key| self.say(key)), 2..4);
        for (code, rule) in self.overview.rules_by_number() {
            let mut row = vec![code.to_owned(), words::severity(rule.severity).say(self.overview.language())];
            row.extend(numbers(&[rule.findings, rule.reports]));
            row.push(rule.says.clone());
            table.rows.push(row);
        }
        table
    }

    fn agencies(&self) -> Table {
        let heads = ["table.agency", "severity.error", "severity.warning", "severity.advice", "state.missing"];
        let mut table = Table::new(heads.map(|key| self.say(key)), 1..5);
        let worst = self.overview.worst();
        let worst = worst.into_iter().map(|agency| (agency, agency.total())).filter(|(_, total)| total.findings() > 0);
        for (agency, Cell { errors, warnings, advice, missing, .. }) in worst.take(WORST) {
            let mut row = vec![agency.name.clone().unwrap_or_else(|| self.say("table.unknown-agency"))];
            row.extend(numbers(&[errors, warnings, advice, missing]));
            table.rows.push(row);
        }
        table
    }

    fn reports(&self) -> Table {
        let heads = ["table.verdict", "severity.error", "severity.warning", "severity.advice", "table.not-evaluated"];
        let heads = heads.iter().chain(&["table.file"]).map(|key| self.say(key));
        let mut table = Table::new(heads, 1..5);
        for (path, report) in self.worst(WORST) {
            let ReportCount { verdict, errors, warnings, advice, not_evaluated } = report;
            let mut row = vec![words::verdict(*verdict).say(self.overview.language())];
            row.extend(numbers(&[*errors, *warnings, *advice, *not_evaluated]));
            row.push(harmless(path));
            table.rows.push(row);
        }
        table
    }

    fn not_evaluated(&self) -> Table {
        let heads = ["table.reports", "table.not-read-place"];
        let mut table = Table::new(heads.map(|key| self.say(key)), 0..1);
        let mut places: Vec<(&String, &usize)> = self.not_evaluated.iter().collect();
        places.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (place, count) in places.into_iter().take(WORST) {
            table.rows.push(vec![count.to_string(), harmless(place)]);
        }
        table
    }
}

impl Collector for Statistics {
    fn take(&mut self, part: Part<'_>, _: &mut (dyn Write + Send)) -> io::Result<()> {
        self.overview.add(part);
        self.count(part);
        Ok(())
    }

    fn finish(self: Box<Self>, across: &Across, summary: &Summary, writer: &mut (dyn Write + Send)) -> io::Result<()> {
        let tables = [
            self.verdicts(summary),
            self.rules_put(across),
            self.rules(),
            self.agencies(),
            self.reports(),
            self.not_evaluated(),
        ];
        let mut drawn: Vec<String> = tables.iter().filter(|table| !table.rows.is_empty()).map(Table::draw).collect();
        let reasons = across.reasons();
        let reasons: String = reasons.iter().map(|reason| reason.say(self.overview.language()) + "\n").collect();
        drawn.extend((!reasons.is_empty()).then_some(reasons));
        writer.write_all(drawn.join("\n").as_bytes())
    }
}

fn numbers(counts: &[usize]) -> Vec<String> {
    counts.iter().map(usize::to_string).collect()
}
