//! The sheet of results: whose report it is, a row for each finding with a link to its cell, and, in columns that are not
//! shown, the record of what was coloured.

use std::fmt::Write;

use super::book::Book;
use super::cells::Base;
use super::record::{COLUMNS, EXISTED, INSERTED};
use super::styles::Looks;
use crate::annotate::marks::{clipped, reasons, sentence};
use crate::annotate::xml::escaped;
use crate::document::CellRef;
use crate::message::{Language, Message};
use crate::pack::Severity;
use crate::read::RESULTS_MARK;
use crate::render::{certainty, severity_word, verdict_word};
use crate::view::{Finding, Location, Report, harmless, harmless_lines};

/// So many findings are listed.
const LISTED: usize = 5_000;
/// Heads of the columns and their widths in characters.
const HEADS: [(&str, u32); 8] = [
    ("table.severity", 8),
    ("table.place", 36),
    ("table.at", 20),
    ("table.found", 12),
    ("table.expected", 12),
    ("table.certainty", 10),
    ("table.says", 64),
    ("table.rule", 24),
];

/// The text of the sheet.
pub(super) fn sheet(
    reports: &[Report],
    book: &Book,
    bases: &[(String, Base)],
    looks: Looks,
    language: Language,
) -> String {
    let mut sheet = Sheet { rows: Vec::new(), links: String::new(), language };
    sheet.line(0, &Message::new("annotate.title").say(language), looks.title);
    for report in reports {
        let row = sheet.next();
        sheet.rows.push(Vec::new());
        sheet.set(row, 0, &standing(report, language), 0);
    }
    sheet.rows.push(Vec::new());
    let head = sheet.next();
    sheet.rows.push(Vec::new());
    for (column, (key, _)) in HEADS.iter().enumerate() {
        sheet.set(head, column as u32, &Message::new(key).say(language), looks.head);
    }
    let findings = || reports.iter().flat_map(|report| report.findings.iter().map(move |finding| (report, finding)));
    for (report, finding) in findings().take(LISTED) {
        sheet.finding(report, finding, book, looks);
    }
    let left = findings().count().saturating_sub(LISTED);
    if left > 0 {
        sheet.line(0, &Message::new("workbook.left-out").with("rows", left).say(language), 0);
    }
    sheet.set(0, COLUMNS[0], RESULTS_MARK, 0);
    for (number, (name, base)) in (1_u32..).zip(bases) {
        sheet.set(number, COLUMNS[0], name, 0);
        sheet.set(number, COLUMNS[1], &base.cell.to_string(), 0);
        sheet.set(number, COLUMNS[2], "", base.style);
        sheet.set(number, COLUMNS[3], if base.existed { EXISTED } else { INSERTED }, 0);
    }
    sheet.finish(book, head)
}

/// Whose report it is, and its verdict with counts.
fn standing(report: &Report, language: Language) -> String {
    let count = |severity| report.count(severity).to_string();
    let whose = [report.organization.clone(), report.year.map(|year| year.to_string()), report.part.clone()];
    let whose = whose.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let message = Message::new("annotate.standing")
        .with("whose", harmless(&whose))
        .with("verdict", verdict_word(report.verdict))
        .with("errors", count(Severity::Error))
        .with("warnings", count(Severity::Warning))
        .with("advice", count(Severity::Advice));
    let mut text = message.say(language);
    for unseen in &report.unseen {
        let _ = write!(text, " {}", harmless(unseen));
    }
    text
}

struct Sheet {
    /// Of each row the columns, texts and styles of its cells.
    rows: Vec<Vec<(u32, String, u32)>>,
    links: String,
    language: Language,
}

impl Sheet {
    fn next(&self) -> u32 {
        self.rows.len() as u32
    }

    /// A cell in a row of its own.
    fn line(&mut self, column: u32, text: &str, style: u32) {
        self.rows.push(vec![(column, text.to_owned(), style)]);
    }

    fn set(&mut self, row: u32, column: u32, text: &str, style: u32) {
        while self.next() <= row {
            self.rows.push(Vec::new());
        }
        self.rows[row as usize].push((column, text.to_owned(), style));
    }

    fn finding(&mut self, report: &Report, finding: &Finding, book: &Book, looks: Looks) {
        let sentence = sentence(finding);
        let row = self.next();
        let language = self.language;
        let severity = looks.severities[match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Advice => 2,
        }];
        let mut place = finding.place.clone();
        if let Some(part) = &report.part {
            place = if place.is_empty() { part.clone() } else { format!("{part} · {place}") };
        }
        let at = finding.location.as_ref().map(|location| location.within(language)).unwrap_or_default();
        let sure = certainty(finding).map(|word| word.say(language)).unwrap_or_default();
        let says: Vec<&str> = std::iter::once(&*sentence).chain(reasons(finding)).collect();
        let link = finding.location.as_ref().and_then(|location| target(location, book));
        self.set(row, 0, &severity_word(finding.severity).say(language), severity);
        self.set(row, 1, &harmless(&place), looks.text);
        self.set(row, 2, &harmless(&at), if link.is_some() { looks.link } else { looks.text });
        self.set(row, 3, finding.found.as_deref().unwrap_or_default(), looks.text);
        self.set(row, 4, finding.expected.as_deref().unwrap_or_default(), looks.text);
        self.set(row, 5, &sure, looks.text);
        self.set(row, 6, &harmless_lines(&says.join("\n")), looks.text);
        self.set(row, 7, &format!("{} {}", finding.code, finding.name), looks.text);
        if let Some(target) = link {
            let cell = CellRef { row, column: 2 };
            let _ = write!(self.links, "<hyperlink ref=\"{cell}\" location=\"{}\"/>", escaped(&target));
        }
    }

    fn finish(self, book: &Book, head: u32) -> String {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>",
            escaped(&book.namespace),
            head + 1,
            head + 2
        );
        for (column, (_, width)) in (1..).zip(HEADS) {
            let _ = write!(text, "<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        let (first, last) = (COLUMNS[0] + 1, COLUMNS[3] + 1);
        let _ = write!(
            text,
            "<col min=\"{first}\" max=\"{last}\" width=\"9\" hidden=\"1\" customWidth=\"1\"/></cols><sheetData>"
        );
        for (row, cells) in self.rows.into_iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
            let _ = write!(text, "<row r=\"{}\">", row + 1);
            for (column, said, style) in cells {
                let cell = CellRef { row: row as u32, column };
                let style = if style == 0 { String::new() } else { format!(" s=\"{style}\"") };
                let _ = match said.is_empty() {
                    true => write!(text, "<c r=\"{cell}\"{style}/>"),
                    false => write!(
                        text,
                        "<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                        escaped(&clipped(&said))
                    ),
                };
            }
            text.push_str("</row>");
        }
        text.push_str("</sheetData>");
        if !self.links.is_empty() {
            let _ = write!(text, "<hyperlinks>{}</hyperlinks>", self.links);
        }
        text.push_str("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/><pageSetup orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
        text
    }
}

/// Where a link leads; nowhere if there is no such sheet.
fn target(location: &Location, book: &Book) -> Option<String> {
    let Location::Sheet { sheet, cell } = location else { return None };
    book.sheets.iter().any(|known| known.name == *sheet).then(|| format!("'{}'!{cell}", sheet.replace('\'', "''")))
}
