//! Annual FOIA reports as they were published, where they are at hand (`../shared/reports/foia`): every break that is known of them is
//! named, in every format, and nothing else is an error.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gouji::internal::facts::Value;
use gouji::internal::finding::{Finding, Subject};
use gouji::internal::pack::{Severity, name_id};
use gouji::{Checker, Report};
use serde_json::Value as Json;

/// The folder of published reports; none where it is not at hand.
fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports/foia");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: {} is not here", path.display());
    None
}

/// A break that is known: the tables of its rule, and the row.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    tables: Vec<String>,
    row: String,
}

impl Known {
    fn of(error: &Json) -> Self {
        let text = |key: &str| error[key].as_str().expect("a text").to_owned();
        let (rule, place) = (text("rule"), text("place"));
        let is_table = |word: &&str| word.starts_with(['i', 'v', 'x']);
        let tables = rule.split(|c: char| !c.is_alphanumeric()).filter(is_table).map(str::to_owned).collect();
        let row = place.split(" / ").next().unwrap_or_default();
        Self { tables, row: if row == "AGENCY OVERALL" { "overall".to_owned() } else { name_id(row).expect("a name") } }
    }

    /// Whether a cell is in one of the tables and in the row.
    fn has(&self, cell: &str) -> bool {
        let mut parts = cell.split('.');
        let (table, row) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        self.tables.iter().any(|own| own == table) && self.row == row
    }
}

/// The cells that an error is about: its own, and those it names as well.
fn cells(finding: &Finding) -> BTreeSet<String> {
    let own = match &finding.subject {
        Subject::Cell(id) => Some(id.clone()),
        _ => None,
    };
    let suspects = finding.suspects.iter().flatten().map(|suspect| suspect.cell.clone());
    // A sum of a column is about its total: `xia.overall-times:times`.
    let sums = finding.broken.iter().filter_map(|sum| {
        let (table, _) = sum.split_once('.')?;
        sum.contains(".overall").then(|| format!("{table}.overall."))
    });
    own.into_iter().chain(suspects).chain(sums).collect()
}

fn check(path: &Path) -> Report {
    let bytes = std::fs::read(path).expect("a report");
    Checker::default().check(&path.to_string_lossy(), &bytes).into_first().report
}

#[test]
fn every_known_break_is_named_and_nothing_else_is_an_error() {
    let Some(folder) = folder() else { return };
    let truth = std::fs::read_to_string(folder.join("truth.json")).expect("what is known of them");
    let truth: Json = serde_json::from_str(&truth).expect("JSON");
    let mut wrong = Vec::new();
    for (name, of_report) in truth.as_object().expect("reports by name") {
        let known: Vec<Known> = of_report["errors"].as_array().expect("a list").iter().map(Known::of).collect();
        for format in ["md", "xlsx"] {
            let report = check(&folder.join(format!("{name}.{format}")));
            assert_eq!(report.pack.as_deref(), Some("foia"), "{name}.{format}");
            assert_eq!(report.organization.as_deref(), of_report["agency"].as_str(), "{name}.{format}");
            let errors: Vec<&Finding> = report.findings.iter().filter(|own| own.severity == Severity::Error).collect();
            let told: Vec<BTreeSet<String>> = errors.iter().map(|error| cells(error)).collect();
            let is_named = |known: &&Known| told.iter().flatten().any(|cell| known.has(cell));
            let is_true = |cells: &BTreeSet<String>| cells.iter().any(|cell| known.iter().any(|known| known.has(cell)));
            wrong.extend(
                known
                    .iter()
                    .filter(|known| !is_named(known))
                    .map(|known| format!("{name}.{format}: {known:?} is not named")),
            );
            let others = errors.iter().zip(&told).filter(|(_, cells)| !is_true(cells));
            wrong.extend(others.map(|(error, _)| format!("{name}.{format}: {} {}", error.rule.code, error.place)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_error_of_the_published_document_alone_is_found() {
    let Some(folder) = folder() else { return };
    let report = check(&folder.join("DOJ_2017.docx"));
    let errors: Vec<_> = report.findings.iter().filter(|own| own.severity == Severity::Error).collect();
    let [error] = errors.as_slice() else { panic!("one error, not {errors:?}") };
    assert_eq!(error.broken, ["viiia.overall:denied"]);
    assert!(error.place.starts_with("VIII.A"), "{}", error.place);
}

#[test]
fn nearly_every_figure_is_read() {
    let Some(folder) = folder() else { return };
    let checker = Checker::default();
    let (mut all, mut unread) = (0_usize, Vec::new());
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "json") {
            continue;
        }
        let (name, bytes) = (path.to_string_lossy().into_owned(), std::fs::read(&path).expect("a report"));
        checker.read_with(&name, &bytes, |reading| {
            for (fact, figure) in reading.facts.figures.iter().zip(&reading.pack.figures) {
                all += usize::from(fact.value != Value::Absent);
                if matches!(fact.value, Value::Unreadable(_)) {
                    unread.push(format!("{name}: {} {:?}", figure.id, fact.found));
                }
            }
        });
    }
    assert!(all > 50_000, "figures: {all}");
    assert!(unread.len() * 1000 < all, "{} of {all} unread:\n{}", unread.len(), unread.join("\n"));
}
