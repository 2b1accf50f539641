//! Real reports, where they are at hand (`../shared/reports`, not part of the repository), and our fixtures in their
//! shape: every figure is read, right ones are silent, and a changed one is pointed at.

use std::path::Path;

use crate::support::{Rng, figures, pack};
use gouji::Checker;
use gouji::internal::check::check;
use gouji::internal::document::Location;
use gouji::internal::facts::{Fact, Value};
use gouji::internal::finding::Finding;
use gouji::internal::pack::{Levels, Pack, Severity};

/// A real report; none where the folder is not at hand.
fn shared(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: {} is not here", path.display());
    }
    bytes
}

fn fixture(name: &str, file: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// How a report fares before anything is said of it.
struct Read {
    pack: std::sync::Arc<Pack>,
    /// For each figure of the form: its text, its value and its bytes in the file.
    figures: Vec<(String, Value, Option<std::ops::Range<usize>>)>,
    sums_held: usize,
}

fn read_report(name: &str, bytes: &[u8]) -> Read {
    let checker = Checker::default();
    let document = checker.read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    let bound = checker.bind(&document).expect("within the limits").pop();
    let bound = bound.unwrap_or_else(|| panic!("{name}: not recognised"));
    let one = |fact: &Fact<'_>| (fact.found.to_string(), fact.value, fact.location.as_ref().map(bytes_of));
    let levels = Levels::default();
    let outcomes = check(&bound.pack, &bound.facts, &levels);
    let stands = |figure: usize| bound.facts.figures[figure].value != Value::Absent;
    let sums = bound.pack.sums().iter().filter(|sum| sum.severity > Severity::Advice);
    let applies = sums.filter(|sum| sum.only_if_one_row.is_none_or(|(figure, one)| stands(figure) == one));
    Read {
        pack: std::sync::Arc::clone(&bound.pack),
        figures: bound.facts.figures.iter().map(one).collect(),
        sums_held: applies.count() - outcomes.sums.broken.len() - outcomes.sums.not_evaluated.len(),
    }
}

fn bytes_of(location: &Location) -> std::ops::Range<usize> {
    let Location::Text(range) = location else { panic!("a place in a text: {location:?}") };
    range.start as usize..range.end as usize
}

impl Read {
    fn numbers(&self) -> usize {
        self.figures.iter().filter(|(_, value, _)| matches!(value, Value::Number(_))).count()
    }

    fn found(&self, id: &str) -> &str {
        let at = self.pack.figures.iter().position(|figure| figure.id == id);
        &self.figures[at.unwrap_or_else(|| panic!("no figure {id}"))].0
    }

    /// The seven figures of a row of table three.
    fn row(&self, row: &str) -> Vec<&str> {
        let columns = figures::COLUMNS.iter().chain(&["total"]);
        columns.map(|column| self.found(&format!("requests.{row}.{column}"))).collect()
    }
}

/// What is said at warning or above.
fn said(findings: &[Finding]) -> Vec<String> {
    let severe = findings.iter().filter(|finding| finding.severity > Severity::Advice);
    severe.map(|finding| format!("{} {} {:?}", finding.rule.name, finding.place, finding.broken)).collect()
}

/// The text with new texts for some of its bytes.
fn replaced(bytes: &[u8], mut changes: Vec<(std::ops::Range<usize>, String)>) -> Vec<u8> {
    changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut bytes = bytes.to_vec();
    for (range, text) in changes {
        bytes.splice(range, text.into_bytes());
    }
    bytes
}

/// `bytes` with other figures, which keep every sum.
fn refilled(name: &str, bytes: &[u8], seed: u64) -> (Vec<u8>, Vec<String>) {
    let texts = figures::keeping_every_rule(&mut Rng::new(seed));
    let figures = read_report(name, bytes).figures.into_iter();
    let changes = figures.zip(&texts).filter_map(|((_, _, place), text)| Some((place?, text.clone()))).collect();
    (replaced(bytes, changes), texts)
}

/// Whether a figure takes part in any sum.
fn is_covered(figure: usize) -> bool {
    pack().is_in_sums(figure)
}

/// Every figure changed in turn, in two ways, must be pointed at by an error; one that no sum covers stays unsaid.
fn assert_every_change_is_named(name: &str, bytes: &[u8]) {
    let checker = Checker::default();
    let mut failures = Vec::new();
    for (figure, (found, _, place)) in read_report(name, bytes).figures.into_iter().enumerate() {
        let Some(place) = place else { continue };
        for text in [plus_one(&found), other_digits(&found)] {
            let changed = replaced(bytes, vec![(place.clone(), text.clone())]);
            let checked = checker.check(name, &changed);
            let own = place.start..place.start + text.len();
            let points_at_it = |finding: &&Finding| {
                let labels = finding.labels.iter().map(|label| &label.location);
                finding.location.iter().chain(labels).any(|location| bytes_of(location) == own)
            };
            let findings = &checked.first().report.findings;
            let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
            let is_right = if is_covered(figure) { errors().any(|f| points_at_it(&f)) } else { errors().count() == 0 };
            if !is_right {
                let id = &pack().figures[figure].id;
                failures.push(format!("{id}: {found} changed to {text}: {:?}", said(findings)));
            }
        }
    }
    assert!(failures.is_empty(), "{name}: {} changes are not named\n{}", failures.len(), failures.join("\n"));
}

fn plus_one(text: &str) -> String {
    text.parse::<u64>().map_or_else(|_| format!("1{text}"), |number| (number + 1).to_string())
}

/// Two neighbouring digits exchanged, or where that changes nothing the first digit replaced.
fn other_digits(text: &str) -> String {
    let mut digits = text.as_bytes().to_vec();
    let pair = (1..digits.len()).find(|&at| {
        digits[at - 1] != digits[at] && digits[at] != b'0' && [at - 1, at].iter().all(|&at| digits[at].is_ascii_digit())
    });
    match pair {
        Some(at) => digits.swap(at - 1, at),
        None => digits[0] = if digits[0] == b'7' { b'4' } else { b'7' },
    }
    String::from_utf8(digits).expect("digits")
}

#[test]
fn a_copied_text_is_read_whole() {
    let Some(bytes) = shared("baofeng_2023.txt") else { return };
    let read = read_report("baofeng_2023.txt", &bytes);
    assert_eq!((read.numbers(), read.sums_held), (200, 42));
    let report = Checker::default().check("baofeng_2023.txt", &bytes).into_first().report;
    assert_eq!(said(&report.findings), [""; 0]);
    assert_eq!((report.organization.as_deref(), report.year), (Some("宝丰县商务局"), Some(2023)));
}

#[test]
fn a_copied_text_with_other_figures_is_read_whole() {
    let Some(bytes) = shared("baofeng_2023.txt") else { return };
    let checker = Checker::default();
    for seed in 0..10 {
        let (text, figures) = refilled("baofeng_2023.txt", &bytes, seed);
        let read = read_report("baofeng_2023.txt", &text);
        assert_eq!((read.numbers(), read.sums_held), (200, 42), "seed {seed}");
        for (figure, (found, value, _)) in read.figures.iter().enumerate() {
            if *value != Value::Absent {
                assert_eq!(*found, figures[figure], "seed {seed}: {}", pack().figures[figure].id);
            }
        }
        // The text still says that no request was received.
        assert_eq!(
            said(&checker.check("baofeng_2023.txt", &text).into_first().report.findings),
            ["requests-in-text-differ 一、总体情况 []"],
            "seed {seed}"
        );
    }
}

#[test]
fn every_changed_figure_of_a_copied_text_is_named() {
    let Some(bytes) = shared("baofeng_2023.txt") else { return };
    assert_every_change_is_named("baofeng_2023.txt", &bytes);
    assert_every_change_is_named("baofeng_2023.txt", &refilled("baofeng_2023.txt", &bytes, 1).0);
}

#[test]
fn the_fixture_of_a_copied_text_is_read_like_the_real_one() {
    let name = "baofeng-shape.txt";
    let bytes = fixture("baofeng-shape", name);
    let read = read_report(name, &bytes);
    assert_eq!((read.numbers(), read.sums_held), (200, 42));
    assert!(Checker::default().check(name, &bytes).into_first().report.findings.is_empty());
    let mut texts: Vec<&str> = read.figures.iter().map(|(found, _, _)| found.as_str()).collect();
    texts.retain(|text| !text.is_empty());
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), 200, "another number in each cell");
    assert_every_change_is_named(name, &bytes);
}

#[test]
fn a_printed_text_has_two_wrong_totals() {
    let Some(bytes) = shared("hongze_2023.txt") else { return };
    let read = read_report("hongze_2023.txt", &bytes);
    assert_eq!((read.numbers(), read.sums_held), (10 + 23 * 7 + 15, 38));
    let eyes = [
        ("disclosure.normative_documents.repealed", "5"),
        ("disclosure.licensing.decisions", "550"),
        ("disclosure.penalties.decisions", "4119"),
        ("disclosure.fees.amount", "7730.28"),
        ("requests.received.natural_person", "21"),
        ("requests.partly_granted.natural_person", "4"),
        ("requests.unavailable.not_held.total", "10"),
        ("requests.not_processed.reissue.total", "0"),
        ("requests.other_outcome.total", "0"),
        ("requests.concluded.total", "21"),
        ("disputes.reconsideration.upheld", "10"),
        ("disputes.litigation_after_reconsideration.upheld", "5"),
    ];
    for (id, expected) in eyes {
        assert_eq!(read.found(id), expected, "{id}");
    }
    let report = Checker::default().check("hongze_2023.txt", &bytes).into_first().report;
    let mut broken: Vec<&str> = Vec::new();
    for finding in report.findings.iter().filter(|finding| finding.severity > Severity::Advice) {
        assert_eq!(finding.severity, Severity::Error, "{}", finding.rule.name);
        assert!(matches!(finding.rule.kind.as_str(), "broken-sum" | "wrong-figure"), "{}", finding.rule.name);
        broken.extend(finding.broken.iter().map(String::as_str));
    }
    broken.sort_unstable();
    assert_eq!(broken, ["disputes.total:litigation_after_reconsideration", "disputes.total:reconsideration"]);
    assert_eq!((report.organization.as_deref(), report.year), (Some("洪泽区人民政府"), Some(2023)));
}

#[test]
fn every_changed_figure_of_a_printed_text_is_named() {
    let name = "pdf-text.txt";
    let bytes = fixture("pdf-text", name);
    let read = read_report(name, &bytes);
    assert_eq!((read.numbers(), read.sums_held), (10 + 23 * 7 + 15, 40));
    assert_eq!(said(&Checker::default().check(name, &bytes).into_first().report.findings), [""; 0]);
    assert_every_change_is_named(name, &bytes);
}

/// Rows of table three; the others hold zeros.
fn assert_rows(read: &Read, rows: &[(&str, [&str; 7])]) {
    for row in ["received", "carried_in", "concluded", "carried_out"].iter().chain(&figures::ROWS) {
        let expected = rows.iter().find(|(id, _)| id == row).map_or(["0"; 7], |(_, figures)| *figures);
        assert_eq!(read.row(row), expected, "{row}");
    }
}

#[test]
fn tables_in_pieces_are_read_as_by_eye() {
    let Some(bytes) = shared("kewei_2024_tables.md") else { return };
    let read = read_report("kewei_2024_tables.md", &bytes);
    assert_rows(
        &read,
        &[
            ("received", ["32", "2", "0", "0", "0", "0", "34"]),
            ("carried_in", ["2", "0", "0", "0", "0", "0", "2"]),
            ("granted", ["9", "0", "0", "0", "0", "0", "9"]),
            ("denied.internal_affairs", ["1", "0", "0", "0", "0", "0", "1"]),
            ("denied.process_information", ["1", "0", "0", "0", "0", "0", "1"]),
            ("unavailable.not_held", ["4", "0", "0", "0", "0", "0", "4"]),
            ("unavailable.needs_creation", ["6", "0", "0", "0", "0", "0", "6"]),
            ("other_outcome.no_correction", ["8", "2", "0", "0", "0", "0", "10"]),
            ("other_outcome.other", ["4", "0", "0", "0", "0", "0", "4"]),
            ("concluded", ["33", "2", "0", "0", "0", "0", "35"]),
            ("carried_out", ["1", "0", "0", "0", "0", "0", ""]),
        ],
    );
    for (id, expected) in [
        ("disclosure.licensing.decisions", "97"),
        ("disclosure.normative_documents.issued", "13"),
        ("disclosure.normative_documents.in_force", "55"),
        ("disputes.reconsideration.upheld", "1"),
        ("disputes.reconsideration.total", "1"),
    ] {
        assert_eq!(read.found(id), expected, "{id}");
    }
    let report = Checker::default().check("kewei_2024_tables.md", &bytes).into_first().report;
    let errors: Vec<_> = report.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let kinds: Vec<&str> = errors.iter().map(|finding| finding.rule.kind.as_str()).collect();
    assert_eq!(kinds, ["blank-cell", "missing-section"]);
    assert_eq!(errors[0].expected.as_deref(), Some("1"));
}

#[test]
fn every_changed_figure_of_tables_in_pieces_is_named() {
    let name = "pieces.md";
    let bytes = fixture("pieces", name);
    let read = read_report(name, &bytes);
    assert_eq!((read.numbers(), read.sums_held), (200, 42));
    assert_rows(
        &read,
        &[
            ("received", ["41", "3", "0", "0", "0", "0", "44"]),
            ("carried_in", ["3", "0", "0", "0", "0", "0", "3"]),
            ("granted", ["12", "1", "0", "0", "0", "0", "13"]),
            ("partly_granted", ["2", "0", "0", "0", "0", "0", "2"]),
            ("denied.internal_affairs", ["1", "0", "0", "0", "0", "0", "1"]),
            ("denied.process_information", ["2", "0", "0", "0", "0", "0", "2"]),
            ("unavailable.not_held", ["9", "1", "0", "0", "0", "0", "10"]),
            ("unavailable.needs_creation", ["5", "0", "0", "0", "0", "0", "5"]),
            ("not_processed.petition", ["1", "0", "0", "0", "0", "0", "1"]),
            ("other_outcome.no_correction", ["6", "1", "0", "0", "0", "0", "7"]),
            ("other_outcome.other", ["4", "0", "0", "0", "0", "0", "4"]),
            ("concluded", ["42", "3", "0", "0", "0", "0", "45"]),
            ("carried_out", ["2", "0", "0", "0", "0", "0", "2"]),
        ],
    );
    assert_every_change_is_named(name, &bytes);
}

#[test]
fn a_web_page_of_one_row_is_read_as_by_eye() {
    let Some(bytes) = shared("shanghai_office_2019.html") else { return };
    let read = read_report("shanghai_office_2019.html", &bytes);
    // Without table two only the year tells the form of 2019.
    assert_eq!(read.pack.id, "zfxxgk-2019");
    assert_eq!(read.row("received"), ["821", "35", "", "", "2", "1", "859"]);
    assert_eq!(read.row("granted"), ["258", "12", "", "", "1", "1", ""]);
    assert_eq!(read.row("unavailable.not_held"), ["252", "12", "", "", "1", "", ""]);
    assert_eq!(read.row("not_processed.petition"), ["148", "1", "", "", "", "", ""]);
    assert_eq!(read.row("concluded"), ["767", "35", "", "", "2", "1", "805"]);
    assert_eq!(read.row("carried_out"), ["72", "", "", "", "", "", "72"]);
    assert_eq!(read.found("disputes.reconsideration.upheld"), "5");
    assert_eq!(read.found("disputes.reconsideration.pending"), "2");
    assert_eq!(read.found("disputes.litigation.upheld"), "8");
    assert_eq!(read.found("disputes.litigation.total"), "9");
    assert_eq!(read.found("disputes.litigation_after_reconsideration.total"), "");
    let report = Checker::default().check("shanghai_office_2019.html", &bytes).into_first().report;
    let broken: Vec<_> = report.findings.iter().filter(|finding| !finding.broken.is_empty()).collect();
    assert!(broken.is_empty(), "a blank is never taken for 0 to break a sum: {:?}", said(&report.findings));
}
