//! A report as it is printed, with its findings in it and beside it: for those who correct it. A page by itself, or a part
//! of another page.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};

use super::super::words;
use super::template;
use crate::message::{Language, Message};
use crate::view::{Finding, Pointer, Printed, PrintedBlock, PrintedCell, PrintedRow, Report, Span, Verdict, harmless};

const TEMPLATE: &str = include_str!("marked.jinja");
/// The style of a marked report, with that of the page around it; a page that holds [`marked_article`] needs both.
pub const MARKED_STYLE: &str = concat!(include_str!("base.css"), include_str!("marked.css"));
/// What steps from finding to finding; a page that holds [`marked_article`] runs it once, whenever the report comes.
pub const MARKED_SCRIPT: &str = include_str!("marked.js");
/// The hashes of both, by which alone a browser lets them run; a test holds them fresh.
const STYLE_HASH: &str = "sha256-jfgnyn1M1USX+AC18004LhoP0c0FHE6dVqN1LcbcnSo=";
const SCRIPT_HASH: &str = "sha256-I6QAnElf2yQ/hGBQw3xG+1xIg+PF37vkVdhwMS4ohXY=";

const WORDS: [&str; 12] = [
    "marked.cut",
    "marked.gap",
    "marked.image",
    "marked.list",
    "marked.next",
    "marked.none",
    "marked.nowhere",
    "marked.previous",
    "marked.report",
    "page.expected",
    "page.found",
    "page.help",
];

/// A page by itself that shows the reports of a file as they are printed, with their findings. `printed` was made of the same
/// reports.
pub fn marked_page(reports: &[Report], printed: &Printed, language: Language) -> String {
    filled(reports, printed, language, true)
}

/// The same as one element, to be put into a page: `<div class="marked">…</div>`. All text in it is escaped.
pub fn marked_article(reports: &[Report], printed: &Printed, language: Language) -> String {
    filled(reports, printed, language, false)
}

fn filled(reports: &[Report], printed: &Printed, language: Language, is_page: bool) -> String {
    let marked = Marked::new(reports, language);
    let word = |key: &str| key.split_once('.').map_or(key, |(_, name)| name).to_owned();
    let shown = context! {
        is_page,
        lang => match language { Language::Chinese => "zh-CN", Language::English => "en" },
        style => MARKED_STYLE,
        script => MARKED_SCRIPT,
        style_hash => STYLE_HASH,
        script_hash => SCRIPT_HASH,
        w => WORDS.iter().map(|key| (word(key), marked.say(key))).collect::<BTreeMap<_, _>>(),
        title => reports.first().map(title),
        version => Message::new("page.version").with("version", env!("CARGO_PKG_VERSION")).say(language),
        count => marked.count,
        reports => marked.reports(printed),
        blocks => printed.blocks.iter().map(|block| marked.block(block)).collect::<Vec<_>>(),
        is_cut => printed.is_cut,
    };
    let mut page = Vec::new();
    template::write(TEMPLATE, shown, &mut page).expect("the template is ours, and memory takes all");
    String::from_utf8(page).expect("templates write UTF-8")
}

/// Whose report it is, and of which year; where that is not known, the name of its file.
fn title(report: &Report) -> String {
    match (&report.organization, report.year) {
        (Some(organization), Some(year)) => harmless(&format!("{organization} {year}")),
        _ => harmless(report.path.rsplit(['/', '\\']).next().unwrap_or(&report.path)),
    }
}

/// The findings of a file's reports, numbered from 1 through all of them.
struct Marked<'a> {
    all: &'a [Report],
    language: Language,
    /// The number of the last finding before those of each report.
    before: Vec<usize>,
    count: usize,
}

impl<'a> Marked<'a> {
    fn new(all: &'a [Report], language: Language) -> Self {
        let mut count = 0;
        let mut before = Vec::new();
        for report in all {
            before.push(count);
            count += report.findings.len();
        }
        Self { all, language, before, count }
    }

    fn say(&self, key: &'static str) -> String {
        Message::new(key).say(self.language)
    }

    fn number(&self, pointer: Pointer) -> usize {
        self.before[pointer.report] + pointer.finding + 1
    }

    fn finding(&self, pointer: Pointer) -> &'a Finding {
        &self.all[pointer.report].findings[pointer.finding]
    }

    /// The reports with what is found in each.
    fn reports(&self, printed: &Printed) -> Vec<Value> {
        let shown = placed(printed);
        let report = |(at, report): (usize, &Report)| {
            let findings = report.findings.iter().enumerate().map(|(finding, found)| {
                let pointer = Pointer { report: at, finding, label: 0 };
                self.card(found, self.number(pointer), shown.contains(&pointer))
            });
            context! {
                name => title(report),
                class => class(report.verdict),
                verdict => words::verdict(report.verdict).say(self.language),
                summary => harmless(&words::summary(report, self.language).say(self.language)),
                unverifiable => words::unverifiable(report, self.language),
                findings => findings.collect::<Vec<_>>(),
            }
        };
        self.all.iter().enumerate().map(report).collect()
    }

    fn card(&self, finding: &Finding, number: usize, is_shown: bool) -> Value {
        context! {
            number,
            is_shown,
            severity => finding.severity.to_string(),
            level => words::severity(finding.severity).say(self.language),
            code => finding.code.as_str(),
            place => finding.place.as_str(),
            sentence => finding.sentence.as_str(),
            certainty => words::confidence(finding).map(|word| word.say(self.language)),
            at => finding.whereabouts(self.language).map(|place| harmless(&place)),
            notes => finding.notes.clone(),
            help => finding.help.as_deref(),
        }
    }

    fn block(&self, block: &PrintedBlock) -> Value {
        match block {
            PrintedBlock::Heading(text) => context! { kind => "heading", text => self.text(text, true) },
            PrintedBlock::Paragraph(text) => context! { kind => "paragraph", text => self.text(text, true) },
            PrintedBlock::Table(rows) => {
                context! { kind => "table", rows => rows.iter().map(|row| self.row(row)).collect::<Vec<_>>() }
            }
            PrintedBlock::Image(pointers) => {
                let span = Span { text: self.say("marked.image"), pointers: pointers.clone() };
                context! { kind => "image", text => self.text(&[span], true) }
            }
            PrintedBlock::Gap => context! { kind => "gap" },
        }
    }

    fn row(&self, row: &PrintedRow) -> Value {
        let cells = row.cells.iter().map(|cell| self.cell(cell));
        context! { cells => cells.collect::<Vec<_>>(), is_after_gap => row.is_after_gap }
    }

    fn cell(&self, cell: &PrintedCell) -> Value {
        let marks = || cell.text.iter().flat_map(|span| span.pointers.iter().copied());
        let own = marks().filter(|pointer| pointer.label == 0);
        let worst = own.map(|pointer| self.finding(pointer).severity).max();
        let is_blank = cell.text.iter().all(|span| span.text.trim().is_empty());
        let kind = match (cell.is_absent, cell.is_number, is_blank) {
            (true, _, _) => "absent",
            (_, true, _) => "figure",
            (_, _, true) => "",
            _ => "words",
        };
        let class = [worst.map_or_else(String::new, |severity| severity.to_string()), kind.to_owned()].join(" ");
        context! {
            text => self.text(&cell.text, false),
            rows => cell.rows,
            columns => cell.columns,
            class => class.trim(),
            // Behind all that is printed in the cell, as the unit of a figure.
            expected => unique(marks().filter_map(|pointer| self.expected(pointer)).collect()),
        }
    }

    /// Stretches of text; with what should be there right behind what is marked, if that is wanted.
    fn text(&self, spans: &[Span], is_corrected: bool) -> Vec<Value> {
        let mut begun = BTreeSet::new();
        let mut shown = Vec::new();
        for (at, span) in spans.iter().enumerate() {
            if span.pointers.is_empty() {
                shown.push(context! { text => span.text.as_str() });
                continue;
            }
            let own: Vec<Pointer> = span.pointers.iter().copied().filter(|pointer| pointer.label == 0).collect();
            let mut of: Vec<usize> = span.pointers.iter().map(|&pointer| self.number(pointer)).collect();
            of.dedup();
            // What goes on in the next stretch has its number and right value behind the last one.
            let next = spans.get(at + 1).map_or(&[][..], |span| &span.pointers);
            let ending: Vec<Pointer> =
                span.pointers.iter().copied().filter(|pointer| !next.contains(pointer)).collect();
            let numbers = ending.iter().filter(|&&pointer| pointer.label == 0 || self.expected(pointer).is_some());
            let expected = ending.iter().filter(|_| is_corrected).filter_map(|&pointer| self.expected(pointer));
            let ids = own.iter().map(|&pointer| self.number(pointer)).filter(|number| begun.insert(*number));
            shown.push(context! {
                text => span.text.as_str(),
                class => own.iter().map(|&pointer| self.finding(pointer).severity).max().map(|severity| severity.to_string()),
                of => of.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
                ids => ids.collect::<Vec<_>>(),
                numbers => numbers.map(|&pointer| self.number(pointer)).collect::<Vec<_>>(),
                expected => unique(expected.collect()),
            });
        }
        shown
    }

    /// What should be at a place.
    fn expected(&self, pointer: Pointer) -> Option<String> {
        self.finding(pointer).expected_at(pointer.label).map(str::to_owned)
    }
}

/// Each once, in the same order.
fn unique(mut values: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.clone()));
    values
}

/// The findings whose own place is shown.
fn placed(printed: &Printed) -> BTreeSet<Pointer> {
    let of_spans = |spans: &[Span]| spans.iter().flat_map(|span| span.pointers.clone()).collect::<Vec<_>>();
    let of_block = |block: &PrintedBlock| match block {
        PrintedBlock::Heading(text) | PrintedBlock::Paragraph(text) => of_spans(text),
        PrintedBlock::Table(rows) => {
            rows.iter().flat_map(|row| &row.cells).flat_map(|cell| of_spans(&cell.text)).collect()
        }
        PrintedBlock::Image(pointers) => pointers.clone(),
        PrintedBlock::Gap => Vec::new(),
    };
    printed.blocks.iter().flat_map(of_block).filter(|pointer| pointer.label == 0).collect()
}

pub(super) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Findings => "findings",
        Verdict::Unverifiable => "unverifiable",
    }
}
