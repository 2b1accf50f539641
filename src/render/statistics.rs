//! The counts of a run as tables for the terminal, aligned for Chinese.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::collected::{Cell, Collector, Overview, parse};
use super::{Across, Renderer, Summary, concise};
use crate::message::Message;
use crate::organs::Organs;

/// So many organs are named, the worst ones.
const WORST: usize = 10;

/// Counts only.
#[derive(Debug)]
pub(super) struct Statistics {
    overview: Overview,
}

impl Statistics {
    pub fn new(renderer: &Renderer, organs: Option<Organs>) -> Self {
        Self { overview: Overview::new(renderer, organs) }
    }
}

impl Collector for Statistics {
    fn take(&mut self, part: &str) -> io::Result<()> {
        if let Some(part) = parse(part)? {
            self.overview.add(&part);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, across: &Across, summary: &Summary, writer: &mut (dyn Write + Send)) -> io::Result<()> {
        let language = self.overview.language();
        let say = |key| Message::new(key).say(language);
        let numbers = |cells: &[usize]| cells.iter().map(usize::to_string).collect::<Vec<_>>();
        let mut tables = vec![verdicts(&say, summary, self.overview.missing), self.rules_put(&say, across)];
        let mut rules =
            Table::new(&say, &["table.code", "table.severity", "table.findings-count", "table.reports", "table.rule"]);
        rules.numbers = 2..4;
        for (code, rule) in self.overview.rules_by_number() {
            let mut row = vec![code.to_owned(), concise::severity(rule.severity).say(language)];
            row.extend(numbers(&[rule.findings, rule.reports]));
            row.push(rule.says.clone());
            rules.rows.push(row);
        }
        let heads = ["table.organ", "severity.error", "severity.warning", "severity.advice", "state.missing"];
        let mut organs = Table::new(&say, &heads);
        organs.numbers = 1..5;
        let worst = self.overview.worst();
        let worst = worst.into_iter().map(|organ| (organ, organ.total())).filter(|(_, total)| total.findings() > 0);
        for (organ, Cell { errors, warnings, advice, missing, .. }) in worst.take(WORST) {
            let mut row = vec![organ.name.clone().unwrap_or_else(|| say("table.unknown-organ"))];
            row.extend(numbers(&[errors, warnings, advice, missing]));
            organs.rows.push(row);
        }
        tables.extend([rules, organs]);
        let drawn: Vec<String> = tables.iter().filter(|table| !table.rows.is_empty()).map(Table::draw).collect();
        writer.write_all(drawn.join("\n").as_bytes())
    }
}

/// How many reports fared how.
fn verdicts(say: &impl Fn(&'static str) -> String, summary: &Summary, missing: usize) -> Table {
    let heads = ["table.reports", "verdict.pass", "verdict.findings", "verdict.unverifiable", "state.missing"];
    let mut table = Table::new(say, &heads);
    table.numbers = 0..heads.len();
    let counts = [summary.reports, summary.passed, summary.with_findings, summary.unverifiable, missing];
    table.rows.push(counts.iter().map(usize::to_string).collect());
    table
}

impl Statistics {
    /// How the rules fared, in reports by themselves and across them.
    fn rules_put(&self, say: &impl Fn(&'static str) -> String, across: &Across) -> Table {
        let mut table = Table::new(say, &["table.rules", "table.held", "table.broken", "table.not-evaluated"]);
        table.numbers = 1..4;
        let mut row = |name, counts: [usize; 3]| {
            let counts = counts.iter().map(usize::to_string);
            table.rows.push(std::iter::once(say(name)).chain(counts).collect());
        };
        let within = self.overview.outcomes;
        row("table.within", [within.held, within.broken, within.not_evaluated]);
        if across.is_put() {
            row("table.across", [across.tally.held, across.tally.broken, across.tally.not_evaluated]);
        }
        table
    }
}

/// A table of texts.
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    /// The columns that hold numbers, which end at their right.
    numbers: std::ops::Range<usize>,
}

impl Table {
    fn new(say: &impl Fn(&'static str) -> String, head: &[&'static str]) -> Self {
        Self { head: head.iter().map(|key| say(key)).collect(), rows: Vec::new(), numbers: 0..0 }
    }

    /// Columns two blanks apart, as wide as what stands in them.
    fn draw(&self) -> String {
        let width = |column: usize| {
            let cells = std::iter::once(&self.head).chain(&self.rows).filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.head.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let blanks = " ".repeat(widths[column].saturating_sub(cell.width()));
                if self.numbers.contains(&column) { blanks + cell } else { cell.clone() + &blanks }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
        };
        std::iter::once(&self.head).chain(&self.rows).map(line).collect()
    }
}
