//! The workbook for reading, read back.

use std::fs;
use std::path::Path;

use crate::command::{gouji, status};
use crate::support::made::{self, HOSTILE, HOSTILE_ORGAN};
use calamine::{Data, Reader, Xlsx, open_workbook};

/// Checks everything in a folder with a workbook as the output, and reads that.
fn workbook(folder: &Path, file: &str, arguments: &[&str]) -> Xlsx<std::io::BufReader<fs::File>> {
    let output = format!("xlsx={file}");
    let all = [&["check", "--output", &output], arguments].concat();
    let run = gouji(&all).current_dir(folder).output().expect("the command runs");
    assert_eq!(status(&run), 1, "{}", String::from_utf8_lossy(&run.stderr));
    open_workbook(folder.join(file)).expect("a workbook")
}

fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    made::archive(folder.path());
    folder
}

const ALL: [&str; 3] = ["--organs", "organs.csv", "."];

fn rows(book: &mut Xlsx<std::io::BufReader<fs::File>>, sheet: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(sheet).unwrap_or_else(|error| panic!("{sheet}: {error}"));
    range.rows().map(<[Data]>::to_vec).collect()
}

/// A workbook as text, a line a row.
fn drawn(book: &mut Xlsx<std::io::BufReader<fs::File>>) -> String {
    /// The figures of a form are many.
    const COLUMNS: usize = 14;
    let mut text = String::new();
    for name in book.sheet_names() {
        text.push_str(&format!("# {name}\n"));
        for row in rows(book, &name) {
            let cells = row.iter().take(COLUMNS).map(ToString::to_string).collect::<Vec<_>>();
            text.push_str(&format!("{}\n", cells.join(" | ").replace('\n', "⏎").trim_end()));
        }
    }
    text
}

#[test]
fn every_finding_has_its_row() {
    let folder = archive();
    let concise = gouji(&["check", "--output", "concise", "--organs", "organs.csv", "."]);
    let concise = { concise }.current_dir(folder.path()).output().expect("the command runs");
    let findings = String::from_utf8(concise.stdout).expect("UTF-8").lines().count();
    let mut book = workbook(folder.path(), "out.xlsx", &ALL);
    assert_eq!(book.sheet_names(), ["概览", "问题", "数字", "未核", "统计"]);
    let rows = rows(&mut book, "问题");
    assert_eq!(rows.len() - 1, findings);
    assert_eq!(rows[0].iter().take(4).map(ToString::to_string).collect::<Vec<_>>(), ["级别", "编号", "机关", "年度"]);
}

#[test]
fn figures_are_numbers_and_words_are_no_formulas() {
    let folder = archive();
    let mut book = workbook(folder.path(), "out.xlsx", &ALL);
    let figures = rows(&mut book, "数字");
    let reports = figures.len() - 1;
    assert!(reports > 30, "{reports} reports");
    let numbers = figures[1].iter().skip(3).filter(|cell| matches!(cell, Data::Float(_))).count();
    assert!(numbers > 100, "{numbers} numbers");
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).expect("a sheet");
        assert!(formulas.rows().flatten().all(String::is_empty), "a formula in {sheet}");
    }
    let rows = rows(&mut book, "问题");
    let seen = HOSTILE.replace('\u{202e}', "   ");
    let hostile = rows.iter().find(|row| row[10].to_string().ends_with(&seen)).expect("a row");
    assert_eq!(hostile[2], Data::String(HOSTILE_ORGAN.to_owned()));
    // How certain it is what should be there can be filtered for.
    assert_eq!((&rows[0][7], &hostile[7]), (&Data::String("把握".to_owned()), &Data::String("唯一".to_owned())));
}

#[test]
fn the_overview_tells_each_agency_and_year() {
    let folder = archive();
    let mut book = workbook(folder.path(), "out.xlsx", &ALL);
    let rows = rows(&mut book, "概览");
    let head = rows.iter().position(|row| row[0] == Data::String("机关".to_owned())).expect("a head");
    let years: Vec<String> = rows[head][1..4].iter().map(ToString::to_string).collect();
    assert_eq!(years, ["2022", "2023", "2024"]);
    let missing = rows[head + 2..].iter().flatten().filter(|cell| **cell == Data::String("缺报".to_owned())).count();
    assert!(missing > 0);
    assert_eq!(rows[head + 1][8].to_string(), missing.to_string(), "{:?}", rows[head + 1]);
}

#[test]
fn links_lead_from_the_workbook_to_the_files() {
    let folder = archive();
    fs::create_dir(folder.path().join("out")).expect("a folder");
    drop(workbook(folder.path(), "out/out.xlsx", &ALL));
    let file = fs::File::open(folder.path().join("out/out.xlsx")).expect("a workbook");
    let mut parts = zip::ZipArchive::new(file).expect("a zip archive");
    let part = parts.by_name("xl/worksheets/_rels/sheet2.xml.rels").expect("links of the findings");
    let links = std::io::read_to_string(part).expect("UTF-8");
    let targets: Vec<&str> =
        links.split("Target=\"").skip(1).map(|rest| rest.split('"').next().expect("an end")).collect();
    assert!(targets.len() > 10, "{targets:?}");
    for target in targets {
        let path = decoded(target);
        let path = path.strip_prefix("../").unwrap_or_else(|| panic!("{target} is not relative"));
        assert!(folder.path().join(path).exists(), "{target} is no file");
    }
}

/// What programs make of an address in XML.
fn decoded(target: &str) -> String {
    let target = target.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let mut bytes = Vec::new();
    let mut rest = target.as_bytes();
    while let [first, behind @ ..] = rest {
        let number = || u8::from_str_radix(std::str::from_utf8(behind.get(..2)?).ok()?, 16).ok();
        let number = (*first == b'%').then(number).flatten();
        bytes.push(number.unwrap_or(*first));
        rest = if number.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn links_lead_to_files_of_any_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let names =
        ["望江县商务局.md", "甲 乙.md", "a%20b.md", "=1+1.md", "一2&3.md", "[甲].md", "二\"三\".md", "四<五>.md"];
    let report = fs::read("fixtures/wrong-total/wrong-total.md").expect("a report");
    for name in names {
        fs::write(folder.path().join(name), &report).expect("a file");
    }
    drop(workbook(folder.path(), "out.xlsx", &["."]));
    let file = fs::File::open(folder.path().join("out.xlsx")).expect("a workbook");
    let mut parts = zip::ZipArchive::new(file).expect("a zip archive");
    let part = parts.by_name("xl/worksheets/_rels/sheet2.xml.rels").expect("links of the findings");
    let links = std::io::read_to_string(part).expect("UTF-8");
    let targets = links.split("Target=\"").skip(1).map(|rest| decoded(rest.split('"').next().expect("an end")));
    let targets: std::collections::BTreeSet<String> = targets.collect();
    let wanted = names.iter().map(|name| format!("./{name}")).collect();
    assert_eq!(targets, wanted);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = archive();
    drop(workbook(folder.path(), "one.xlsx", &[&["--jobs", "1", "--fail-on", "advice"], &ALL[..2], &["."]].concat()));
    let bytes = |file: &str| fs::read(folder.path().join(file)).expect("a workbook");
    let one = bytes("one.xlsx");
    // It stands among the reports, and is none.
    drop(workbook(folder.path(), "one.xlsx", &[&["--jobs", "8", "--fail-on", "advice"], &ALL[..2], &["."]].concat()));
    assert!(one == bytes("one.xlsx"));
}

#[test]
fn a_workbook_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy("fixtures/wrong-total/wrong-total.md", folder.path().join("报告.md")).expect("a fixture");
    for lang in ["zh", "en"] {
        let mut book = workbook(folder.path(), "out.xlsx", &["--lang", lang, "报告.md"]);
        insta::assert_snapshot!(format!("workbook_{lang}"), drawn(&mut book));
    }
}

/// One sum fails and any of its figures may be wrong; or one explanation of several is likelier.
#[test]
fn how_certain_a_finding_is_is_said_in_every_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let right =
        fs::read_to_string("fixtures/wrong-total/wrong-total.md").expect("a fixture").replacen("| 12 |", "| 21 |", 1);
    fs::write(folder.path().join("a.md"), right.replacen("| 46 |", "| 47 |", 1)).expect("a report");
    let output = gouji(&["check", "a.md", "--output", "json", "--output", "xlsx=a.xlsx", "--output", "html=a.html"]);
    let output = { output }.current_dir(folder.path()).output().expect("the command runs");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let words: Vec<&str> = json["reports"][0]["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["confidence"].as_str())
        .map(|word| match word {
            "unique" => "唯一",
            "likeliest" => "最可能",
            "open" => "待查",
            other => panic!("{other}"),
        })
        .collect();
    assert!(!words.is_empty(), "{json}");
    let mut book: Xlsx<_> = open_workbook(folder.path().join("a.xlsx")).expect("a workbook");
    let listed: Vec<String> = rows(&mut book, "问题").iter().skip(1).map(|row| row[7].to_string()).collect();
    assert_eq!(listed.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>(), words);
    let page = fs::read_to_string(folder.path().join("a.html")).expect("a page");
    assert!(words.iter().all(|word| page.contains(&format!("把握 {word}</span>"))));
}
