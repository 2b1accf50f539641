//! The cases of `../shared/cases`, where they are at hand: reports that real tools have converted, and files of which
//! each is a kind of its own. What is right of each is said here once more, in a line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::pack;
use gouji::Checker;
use gouji::internal::facts::Value;
use gouji::internal::finding::Finding;
use gouji::internal::pack::Severity;
use gouji::internal::report::Verdict;
use serde_json::Value as Json;

/// The folder of cases; none where it is not at hand.
fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases").join(name);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: {} is not here", path.display());
    None
}

/// Formats that are not read yet: nothing of them may be read wrongly.
const UNREAD: [&str; 1] = [".rtf"];

/// Tools that take rows apart, so that figures are on other lines than their labels: fewer figures may be read, and findings
/// say so.
const TORN: [&str; 2] = ["markitdown-pdf.smdocx", "pdftotext-layout.smdocx"];

#[test]
fn converted_reports_are_read_rightly() {
    let Some(folder) = folder("converters") else { return };
    let mut wrong = String::new();
    for tool in sorted(&folder).into_iter().filter(|path| path.is_dir()) {
        let name = tool.file_name().expect("a name").to_string_lossy().into_owned();
        let truth = truth(&folder, &name);
        for file in sorted(&tool) {
            if let Err(why) = converted(&file, &truth, TORN.contains(&name.as_str())) {
                wrong += &format!("\n{name}/{}: {why}", file.file_name().expect("a name").display());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The figures of each variant, and its one error: the figure, as printed and as it should be.
fn truth(folder: &Path, tool: &str) -> Json {
    let name = if tool.ends_with("smdocx") { "truth-small-figures.json" } else { "truth.json" };
    serde_json::from_slice(&std::fs::read(folder.join(name)).expect("a file")).expect("JSON")
}

/// What is wrong with what is read of a converted report.
fn converted(file: &Path, truth: &Json, is_torn: bool) -> Result<(), String> {
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let variant = name.split(['.', '-']).next().expect("a variant");
    let bytes = std::fs::read(file).expect("a file");
    let checked = Checker::default().check(&name, &bytes);
    let report = &checked.first().report;
    let findings: Vec<&Finding> = report.findings.iter().filter(|f| f.severity > Severity::Advice).collect();
    if UNREAD.iter().any(|ending| name.ends_with(ending)) {
        let is_said = report.verdict() == Verdict::Unverifiable && report.findings.len() == 1;
        return is_said.then_some(()).ok_or_else(|| format!("not said to be unreadable: {findings:?}"));
    }
    let printed: BTreeMap<&str, &str> =
        truth["variants"][variant]["figs"].as_object().expect("figures").iter().map(text_of).collect();
    let (others, unread) = figures(&name, &bytes, &printed);
    if !others.is_empty() {
        return Err(format!("read as others: {others:?}"));
    }
    let whose = (report.organization.as_deref(), report.year);
    if whose != (truth["org"].as_str(), Some(2023)) {
        return Err(format!("whose it is: {whose:?}"));
    }
    if is_torn {
        let is_said = unread == 0 || report.verdict() == Verdict::Findings;
        return is_said.then_some(()).ok_or_else(|| format!("{unread} figures are lost in silence"));
    }
    if unread > 0 {
        return Err(format!("{unread} figures are not read: {:?}", names(&findings)));
    }
    let expected = match variant {
        "clean" => vec![],
        "drop5" => vec!["missing-section section 5".to_owned()],
        _ => {
            let printed = |cell: &str| truth["variants"][variant]["figs"][cell].as_str().unwrap_or_default().to_owned();
            let figures = truth["truth"].as_object().expect("figures").iter().map(text_of);
            let changed = figures.filter(|(cell, value)| printed(cell) != *value);
            changed.map(|(cell, value)| format!("wrong-figure {cell}: {}, not {value}", printed(cell))).collect()
        }
    };
    let found = names(&findings);
    if found == expected { Ok(()) } else { Err(format!("expected {expected:?}, found {found:?}")) }
}

fn text_of<'j>((key, value): (&'j String, &'j Json)) -> (&'j str, &'j str) {
    (key, value.as_str().expect("a text"))
}

/// The figures that are read as another one, and how many are not read.
fn figures(name: &str, bytes: &[u8], printed: &BTreeMap<&str, &str>) -> (Vec<String>, usize) {
    let mut read = Checker::default().read_with(name, bytes, |reading| {
        let values = pack().figures.iter().zip(&reading.facts.figures);
        let values: BTreeMap<&str, Value> = values.map(|(figure, fact)| (figure.id.as_str(), fact.value)).collect();
        let mut others = Vec::new();
        let mut unread = 0;
        for (cell, text) in printed {
            match values[cell] {
                Value::Number(number) if number.to_string() == *text => {}
                Value::Number(number) => others.push(format!("{cell}: {number}, not {text}")),
                _ => unread += 1,
            }
        }
        (others, unread)
    });
    read.pop().and_then(Result::ok).unwrap_or((Vec::new(), printed.len()))
}

/// Findings in the words of the table below: rule and what it is about.
fn names(findings: &[&Finding]) -> Vec<String> {
    let name = |finding: &&Finding| {
        let subject = finding.subject.id();
        let values = match (&finding.found, &finding.expected) {
            (Some(found), Some(expected)) => format!(": {found}, not {expected}"),
            _ => String::new(),
        };
        format!("{} {subject}{values}", finding.rule.name)
    };
    findings.iter().map(name).collect()
}

/// What is right for each file of its own kind: every finding of its reports, by rule and what it is about.
const INPUTS: [(&str, &[&str]); 20] = [
    ("accounts-budget-and-actual-alternate.md", &[]),
    ("accounts-code-in-two-columns.md", &[]),
    ("accounts-organ-above-title.md", &[]),
    (
        "blank-cells-trailing-pipe.txt",
        &[
            "blank-cell requests",
            "blank-cell disputes.litigation.pending",
            "blank-cell disputes.litigation_after_reconsideration.upheld",
            "blank-cell disputes.litigation_after_reconsideration.corrected",
        ],
    ),
    ("blank-columns-collapsed.txt", &["blank-cell requests"]),
    ("bracketed-list.md", &["list-does-not-add-up"]),
    ("cell-a-line-with-pipe.txt", &[]),
    ("covered-cell-under-merge.xlsx", &[]),
    ("error-value-spill.xlsx", &[]),
    ("field-inside-a-field.docx", &[]),
    ("figure-in-wan.md", &["not-a-count requests.received.natural_person"]),
    ("hidden-row.xlsx", &["hidden-cells"]),
    ("pipes-without-delimiter-row.md", &[]),
    ("pipes-without-leading-pipe.md", &[]),
    ("sections-and-tables-in-sheets.xlsx", &["processing-fee-not-mentioned"]),
    ("stale-second-sheet.xlsx", &["旧: wrong-figure requests.granted.natural_person: 7, not 516"]),
    ("superscript-note.md", &[]),
    ("tables-as-images.md", &["missing-table disclosure", "missing-table requests", "missing-table disputes"]),
    ("title-row-with-more-text.xlsx", &[]),
    ("two-years-in-sheets.xlsx", &["2024年: wrong-figure requests.received.natural_person: 17, not 12"]),
];

#[test]
fn files_of_every_kind_are_read_rightly() {
    let Some(folder) = folder("inputs") else { return };
    let mut wrong = String::new();
    for (name, expected) in INPUTS {
        let bytes = std::fs::read(folder.join(name)).expect("a file");
        let checked = Checker::default().check(name, &bytes);
        let mut found = Vec::new();
        for checked in &checked.reports {
            let findings: Vec<&Finding> = checked.report.findings.iter().collect();
            let part = checked.report.part.as_ref().map(|part| format!("{part}: ")).unwrap_or_default();
            found.extend(names(&findings).into_iter().map(|name| part.clone() + &name));
        }
        let is_same = |(found, expected): (&String, &&str)| found.starts_with(expected);
        if found.len() != expected.len() || !found.iter().zip(expected).all(is_same) {
            wrong += &format!("\n{name}: expected {expected:?}, found {found:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let all: Vec<String> =
        sorted(&folder).iter().map(|path| path.file_name().expect("a name").display().to_string()).collect();
    assert_eq!(all, INPUTS.map(|(name, _)| name), "each file has a line");
}
