//! Sentences of reports with the figures they stand beside: what is said of each, and of most nothing.

mod golden;
mod languages;
mod last_year;
mod real;
mod rows;
mod shown;
mod titles;
mod words;

use std::collections::BTreeMap;

use crate::support::pack;
use gouji::Checker;
use gouji::internal::blank::Blank;
use gouji::internal::finding::Finding;

/// A report of zeros with some figures changed and a paragraph in section one (or, where it begins with 四：, in section
/// four), and what is found in the text: 「code number」 each.
pub struct Row {
    agency: &'static str,
    figures: &'static str,
    text: &'static str,
    expected: &'static [&'static str],
}

pub const BUREAU: &str = "望江县商务局";
pub const COUNTY: &str = "望江县人民政府";

pub const fn row(figures: &'static str, text: &'static str, expected: &'static [&'static str]) -> Row {
    Row { agency: BUREAU, figures, text, expected }
}

pub const fn county(figures: &'static str, text: &'static str, expected: &'static [&'static str]) -> Row {
    Row { agency: COUNTY, figures, text, expected }
}

/// The rows of table three in which shorthands put their number.
const SHORT: [(&str, &str); 4] = [
    ("denied", "denied.internal_affairs"),
    ("unavailable", "unavailable.not_held"),
    ("not_processed", "not_processed.duplicate"),
    ("other_outcome", "other_outcome.other"),
];
const DISPUTES: [(&str, &str); 3] =
    [("r.", "reconsideration"), ("l.", "litigation"), ("a.", "litigation_after_reconsideration")];

/// The figures of a row, completed so that every sum holds: totals are added up, and what is left of the requests was
/// granted. `received 12` is of natural persons; `received.business 3` of businesses; `r.`, `l.`, `a.` are disputes.
fn figures(changes: &str) -> BTreeMap<String, i64> {
    let mut figures = BTreeMap::new();
    for change in changes.split(", ").filter(|change| !change.is_empty()) {
        let (name, number) = change.split_once(' ').expect("a name and a number");
        let number: i64 = number.parse().expect("a number");
        if let Some((group, short)) =
            DISPUTES.iter().find_map(|(short, group)| Some((group, name.strip_prefix(short)?)))
        {
            figures.insert(format!("disputes.{group}.{short}"), number);
            *figures.entry(format!("disputes.{group}.total")).or_default() += number;
            continue;
        }
        if name.starts_with("disclosure.") {
            figures.insert(name.to_owned(), number);
            continue;
        }
        let (row, column) = name.split_once('.').unwrap_or((name, "natural_person"));
        let row = SHORT.iter().find(|(short, _)| *short == row).map_or(row, |(_, whole)| whole);
        put(&mut figures, row, column, number);
    }
    for column in ["natural_person", "business"] {
        let of = |figures: &BTreeMap<String, i64>, row: &str| {
            figures.get(&format!("requests.{row}.{column}")).copied().unwrap_or_default()
        };
        let due = of(&figures, "received") + of(&figures, "carried_in") - of(&figures, "carried_out");
        let others = SHORT.iter().map(|(_, row)| of(&figures, row)).sum::<i64>() + of(&figures, "partly_granted");
        assert!(others <= due, "more outcomes than requests: {changes}");
        put(&mut figures, "granted", column, due - others);
        put(&mut figures, "concluded", column, due);
    }
    figures
}

fn put(figures: &mut BTreeMap<String, i64>, row: &str, column: &str, number: i64) {
    figures.insert(format!("requests.{row}.{column}"), number);
    *figures.entry(format!("requests.{row}.total")).or_default() += number;
}

fn report(row: &Row) -> String {
    of_year(2024, row)
}

fn of_year(year: u16, row: &Row) -> String {
    let mut blank = Blank::new(pack(), row.agency, year);
    for (id, number) in figures(row.figures) {
        let figure = pack().figures.iter().position(|figure| figure.id == id).unwrap_or_else(|| panic!("no {id}"));
        blank.figures[figure] = number.to_string();
    }
    match row.text.strip_prefix("四：") {
        Some(text) => text.clone_into(&mut blank.texts[3]),
        None => blank.texts[0] = format!("{}\n\n{}", row.text, blank.texts[0]),
    }
    blank.markdown()
}

/// What is found in the text.
fn found(report: &str) -> Vec<String> {
    let findings = Checker::default().check("r.md", report.as_bytes()).into_first().report.findings;
    let is_prose = |finding: &&Finding| {
        let in_text = ["prose-table", "missing-number", "prose-sum"].contains(&finding.rule.kind.as_str());
        in_text || ["GJ121", "GJ431", "GJ432"].contains(&finding.rule.code.as_str())
    };
    let told = |finding: &Finding| format!("{} {}", finding.rule.code, finding.found.as_deref().unwrap_or_default());
    findings.iter().filter(is_prose).map(told).collect()
}

/// The rows of which something else is found.
fn failures(rows: &[Row]) -> String {
    let mut failures = String::new();
    for row in rows {
        let found = found(&report(row));
        if found != row.expected {
            failures += &format!("\n{}\n  [{}] {found:?}, not {:?}", row.text, row.figures, row.expected);
        }
    }
    failures
}
