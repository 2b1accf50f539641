//! Reports whose tables are written anew, as some tool writes them; and whether they are read as they are.

use gouji::Checker;
use gouji::internal::document::Location;
use gouji::internal::facts::Value;
use gouji::internal::report::Verdict;

use super::text::{self, Way};
use super::{figures, pack, report};

pub type Rows = [Vec<String>];

/// The figures of a report, and the report as text with tables as `table` writes them and other lines as `line` does.
pub fn written(seed: u64, line: impl Fn(&str) -> String, table: impl Fn(&Rows) -> String) -> (Vec<String>, String) {
    let report = report(seed);
    let mut text = String::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for other in text::write(&report, Way::Tabs).lines().chain([""]) {
        if other.contains('\t') {
            rows.push(other.split('\t').map(str::to_owned).collect());
            continue;
        }
        if !rows.is_empty() {
            text += &table(&rows);
            rows.clear();
        }
        text += &line(other);
        text.push('\n');
    }
    (report.figures, text)
}

pub fn as_it_is(line: &str) -> String {
    line.to_owned()
}

pub fn lines(rows: &Rows, line: impl Fn(&[String]) -> String) -> String {
    rows.iter().map(|row| line(row) + "\n").collect()
}

/// The figures that are not read as they are, each with what it is read as; and those whose place is not their text.
pub fn misread(truth: &[String], name: &str, bytes: &[u8]) -> (Vec<(String, Value)>, Vec<String>) {
    let checker = Checker::default();
    let document = checker.read(name, bytes).expect("it is text");
    let bound = checker.bind(&document).expect("within the limits").pop().expect("a report of the form");
    let (mut wrong, mut elsewhere) = (Vec::new(), Vec::new());
    for ((figure, fact), truth) in pack().figures.iter().zip(&bound.facts.figures).zip(truth) {
        if figures::is_one_row(&figure.id) {
            continue;
        }
        if fact.number().map(|number| number.to_string()).as_ref() != Some(truth) {
            wrong.push((figure.id.clone(), fact.value));
        }
        if let Some(Location::Text(range)) = &fact.location {
            let encoding = document.encoding.expect("a text");
            let cut = encoding.text(&bytes[range.start as usize..range.end as usize]).into_owned();
            if cut != fact.found {
                elsewhere.push(format!("{}: {cut:?}", figure.id));
            }
        }
    }
    (wrong, elsewhere)
}

pub fn assert_right(name: &str, truth: &[String], bytes: &[u8], text: &str) {
    let (wrong, elsewhere) = misread(truth, name, bytes);
    assert_eq!(wrong, [], "{text}");
    assert_eq!(elsewhere, [""; 0], "{text}");
    let checked = Checker::default().check(name, bytes);
    assert_eq!(checked.first().report.verdict(), Verdict::Pass, "{:?}\n{text}", checked.first().report.findings);
    assert_wrong_total_is_named(name, bytes);
}

/// The same report with a total of another value: that error is named, at its place, and nothing else.
fn assert_wrong_total_is_named(name: &str, bytes: &[u8]) {
    const CELL: &str = "requests.granted.total";
    let checker = Checker::default();
    let document = checker.read(name, bytes).expect("it is text");
    let bound = checker.bind(&document).expect("within the limits").pop().expect("a report of the form");
    let index = bound.pack.figures.iter().position(|figure| figure.id == CELL).expect("a figure of the form");
    let fact = &bound.facts.figures[index];
    let Some(Location::Text(range)) = &fact.location else { panic!("{fact:?}") };
    let total: u64 = fact.found.parse().expect("a count");
    let encoding = document.encoding.expect("a text");
    let cut = range.start as usize..range.end as usize;
    let other = encoding.text(&bytes[cut.clone()]).into_owned().replace(&total.to_string(), &(total + 10).to_string());
    let wide = bytes.starts_with(&[0xff, 0xfe]);
    let other: Vec<u8> = if wide { other.bytes().flat_map(|byte| [byte, 0]).collect() } else { other.into_bytes() };
    let wrong = [&bytes[..cut.start], &other, &bytes[cut.end..]].concat();
    let checked = checker.check(name, &wrong);
    let report = &checked.first().report;
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(finding.rule.name, "wrong-figure");
    assert_eq!(finding.expected, Some(total.to_string()));
    let Some(Location::Text(place)) = &finding.location else { panic!("{finding:?}") };
    assert_eq!((place.start, place.end), (range.start, range.start + other.len() as u32));
}
