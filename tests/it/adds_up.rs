//! One run, all its outputs: each counts alike by verdict, by severity, by agency and year.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::command::{gouji, status};
use crate::support::figures::index_of;
use crate::support::{made, markdown, report};
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

const OUTPUTS: [&str; 11] = [
    "json=a.json",
    "jsonl=a.jsonl",
    "sarif=a.sarif",
    "github=a.github",
    "gitlab=a.gitlab",
    "junit=a.xml",
    "html=a.html",
    "xlsx=a.xlsx",
    "statistics=a.statistics",
    "concise=a.concise",
    "full=a.full",
];
const VERDICTS: [&str; 3] = ["pass", "findings", "unverifiable"];
const SEVERITIES: [&str; 3] = ["error", "warning", "advice"];

/// Errors across reports of which some are right by themselves, errors inside reports, a file that is none.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    made::archive(folder.path());
    let mut wrong = report(7);
    wrong.figures[index_of("requests.granted.natural_person")] = "987654".to_owned();
    fs::write(folder.path().join("错.md"), markdown::write(&wrong, markdown::Way::Padded)).unwrap();
    fs::write(folder.path().join("坏.xlsx"), b"PK\x03\x04 no workbook").unwrap();
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = gouji(&["check", ".", "--organs", "organs.csv", "--no-progress", "--no-cache"]);
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn count(value: &Value, key: &str) -> usize {
    usize::try_from(value[key].as_u64().unwrap()).unwrap()
}

fn of<'v>(list: &'v Value, key: &str, word: &str) -> impl Iterator<Item = &'v Value> {
    let (key, word) = (key.to_owned(), word.to_owned());
    list.as_array().unwrap().iter().filter(move |item| item[&key] == word.as_str())
}

/// How many lines hold all these words.
fn lines(text: &str, words: &[&str]) -> usize {
    text.lines().filter(|line| words.iter().all(|word| line.contains(word))).count()
}

#[test]
fn every_output_of_a_run_counts_alike() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let text = |name: &str| fs::read_to_string(at(name)).unwrap();
    let outputs: Vec<&str> = OUTPUTS.iter().flat_map(|output| ["--output", output]).collect();
    let run = check(folder.path(), &outputs);
    assert_eq!(status(&run), 1);
    let json: Value = serde_json::from_str(&text("a.json")).unwrap();
    let (reports, across, summary) = (&json["reports"], &json["archive"]["findings"], &json["summary"]);

    // A report that an error or a warning of another one speaks against has not passed.
    let mut convicted = 0;
    for finding in across.as_array().unwrap().iter().filter(|finding| finding["severity"] != "advice") {
        for report in of(reports, "path", finding["path"].as_str().unwrap()) {
            assert_eq!(report["verdict"], "findings", "{}", finding["message"]);
            convicted += usize::from(report["findings"].as_array().unwrap().is_empty());
        }
    }
    assert!(convicted > 1, "reports that are right by themselves: {convicted}");
    assert!(json["archive"]["rules"]["broken"].as_u64().unwrap() > 0);

    let verdicts = VERDICTS.map(|verdict| of(reports, "verdict", verdict).count());
    assert_eq!(verdicts, ["passed", "with_findings", "unverifiable"].map(|key| count(summary, key)));
    assert!(verdicts.iter().all(|count| *count > 0), "{verdicts:?}");
    let severities = SEVERITIES.map(|severity| {
        let own =
            reports.as_array().unwrap().iter().map(|report| of(&report["findings"], "severity", severity).count());
        own.sum::<usize>() + of(across, "severity", severity).count()
    });
    assert_eq!(severities, ["errors", "warnings", "advice"].map(|key| count(summary, key)));

    let said: Vec<Value> = text("a.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_lines: Vec<&Value> = said.iter().filter_map(|line| line.get("report")).collect();
    assert_eq!(of_lines, reports.as_array().unwrap().iter().collect::<Vec<_>>());

    let concise = text("a.concise");
    assert_eq!(["错误", "警告", "提示"].map(|word| lines(&concise, &[&format!(": {word} GJ")])), severities);
    let full = text("a.full");
    assert_eq!(["：通过。", "：有问题", "：无法核验。"].map(|word| lines(&full, &[word, "条未核"])), verdicts);
    assert_eq!(
        ["错误 GJ", "警告 GJ", "提示 GJ"].map(|word| full.lines().filter(|line| line.starts_with(word)).count()),
        severities
    );
    let last = format!("通过 {} 份，有问题 {} 份，无法核验 {} 份", verdicts[0], verdicts[1], verdicts[2]);
    assert!(full.contains(&last) && String::from_utf8_lossy(&run.stderr).contains(&last), "{last}");

    let sarif: Value = serde_json::from_str(&text("a.sarif")).unwrap();
    let results = &sarif["runs"][0]["results"];
    assert_eq!(["error", "warning", "note"].map(|level| of(results, "level", level).count()), severities);
    let github = text("a.github");
    assert_eq!(
        ["error", "warning", "notice"].map(|level| lines(&github, &[&format!("::{level} "), "title=GJ"])),
        severities
    );
    let gitlab: Value = serde_json::from_str(&text("a.gitlab")).unwrap();
    assert_eq!(gitlab.as_array().unwrap().len(), severities.iter().sum::<usize>());
    assert_eq!(["critical", "minor", "info"].map(|level| of(&gitlab, "severity", level).count()), severities);
    let junit = text("a.xml");
    assert_eq!(lines(&junit, &["<failure "]), severities[0]);
    assert_eq!(["警告", "提示"].map(|word| lines(&junit, &["<system-out>", &format!(": {word} GJ")])), severities[1..]);
    assert_eq!(lines(&junit, &["<testcase ", "name=\"通过\""]), verdicts[0]);
    assert_eq!(lines(&junit, &["<skipped "]), verdicts[2]);

    let html = text("a.html");
    let tile = |name: &str| {
        let rest = html.split_once(&format!("<dt>{name}</dt><dd>")).unwrap().1;
        rest.split_once('<').unwrap().0.parse::<usize>().unwrap()
    };
    assert_eq!(["通过", "有问题", "无法核验"].map(tile), verdicts);
    assert_eq!(["错误", "警告", "提示"].map(tile), severities);
    let statistics = text("a.statistics");
    let numbers: Vec<usize> =
        statistics.lines().nth(1).unwrap().split_whitespace().map(|number| number.parse().unwrap()).collect();
    assert_eq!(numbers[1..4], verdicts);
    assert_eq!(["错误", "警告", "提示"].map(|word| of_rules(&statistics, word)), severities);
    assert_eq!(["error", "warning", "advice"].map(|level| of_rows(&html, level)), severities);
    of_map(&html, reports, across);

    workbook(&at("a.xlsx"), (reports, across), verdicts, severities);
    extracted(folder.path(), reports);
    again(folder.path(), summary);
}

/// The findings of all rules that were broken with this severity, in the statistics.
fn of_rules(statistics: &str, severity: &str) -> usize {
    let rows = statistics.lines().filter(|line| line.starts_with("GJ")).map(|line| line.split_whitespace());
    rows.filter_map(|mut row| (row.nth(1) == Some(severity)).then(|| row.next().unwrap().parse::<usize>().unwrap()))
        .sum()
}

/// The same on the page.
fn of_rows(html: &str, level: &str) -> usize {
    let chip = format!("<td class=\"says\"><span class=\"chip {level}\">");
    let rows = html.lines().filter_map(|line| line.split_once(&chip));
    rows.map(|(_, rest)| inside(rest, "<td class=\"n\">").parse::<usize>().unwrap()).sum()
}

/// What is between this and the next tag.
fn inside<'t>(text: &'t str, before: &str) -> &'t str {
    text.split_once(before).unwrap().1.split_once('<').unwrap().0
}

/// The page's map: every year by severity, as the reports and those that speak of them say. Names in it are the list's.
fn of_map(html: &str, reports: &Value, across: &Value) {
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let year = |item: &Value| item["year"].as_u64().map_or("年度不明".to_owned(), |year| year.to_string());
    let own =
        reports.as_array().unwrap().iter().flat_map(|report| {
            report["findings"].as_array().unwrap().iter().map(move |finding| (year(report), finding))
        });
    let across = || across.as_array().unwrap().iter();
    // What is missing has cells of its own.
    let is_missing = |finding: &&Value| finding["kind"] == "missing-report";
    let said = across().filter(|finding| !is_missing(finding)).map(|finding| (year(finding), finding));
    for (year, finding) in own.chain(said) {
        let severity = SEVERITIES.iter().position(|severity| finding["severity"] == *severity).unwrap();
        counts.entry(year).or_default()[severity] += 1;
    }
    let map = html.split_once("<table class=\"map\">").unwrap().1.split_once("</table>").unwrap().0;
    let mut shown: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for cell in map.split("<td class=\"heat").skip(1).map(|cell| inside_quotes(cell, "title=\"")) {
        let (whose, said) = cell.rsplit_once(": ").unwrap();
        let of_year = shown.entry(whose.rsplit_once(' ').unwrap().1.to_owned()).or_default();
        for (place, word) in ["错误", "警告", "提示"].into_iter().enumerate() {
            let count = said.split(" · ").find_map(|part| part.strip_prefix(word));
            of_year[place] += count.map_or(0, |count| count.trim().parse::<usize>().unwrap());
        }
    }
    assert_eq!(shown, counts);
    assert_eq!(map.matches("<td class=\"missing\"").count(), across().filter(is_missing).count());
}

fn inside_quotes<'t>(text: &'t str, before: &str) -> &'t str {
    text.split_once(before).unwrap().1.split_once('"').unwrap().0
}

/// The figures are of the reports that were checked, by agency and year.
fn extracted(folder: &Path, reports: &Value) {
    let run = gouji(&["extract", ".", "--format", "csv", "-o", "a.csv"]).current_dir(folder).output().unwrap();
    assert_eq!(status(&run), 0, "{}", String::from_utf8_lossy(&run.stderr));
    let mut reader = csv::Reader::from_path(folder.join("a.csv")).unwrap();
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let columns = ["path", "part", "organization", "year"].map(column);
    // What a spreadsheet would take for a formula has a sign before it.
    let plain = |text: &str| text.strip_prefix('\'').unwrap_or(text).to_owned();
    let of_csv: BTreeSet<[String; 4]> =
        reader.records().map(Result::unwrap).map(|record| columns.map(|column| plain(&record[column]))).collect();
    let text =
        |value: &Value| value.as_str().map_or_else(|| value.as_u64().map(|n| n.to_string()), |t| Some(t.to_owned()));
    let of_json: BTreeSet<[String; 4]> = reports
        .as_array()
        .unwrap()
        .iter()
        .filter(|report| report["pack"].is_string())
        .map(|report| ["path", "part", "organization", "year"].map(|key| text(&report[key]).unwrap_or_default()))
        .collect();
    // What turns the text round reaches no sheet.
    let seen: BTreeSet<[String; 4]> =
        of_json.iter().map(|whose| whose.clone().map(|text| text.replace('\u{202e}', "   "))).collect();
    assert_eq!(of_csv, seen);
    fs::remove_file(folder.join("a.csv")).unwrap();
    #[cfg(feature = "parquet")]
    assert_eq!(of_parquet(folder), of_json);
}

#[cfg(feature = "parquet")]
fn of_parquet(folder: &Path) -> BTreeSet<[String; 4]> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let path = folder.join("a.parquet");
    let run = gouji(&["extract", ".", "--format", "parquet", "-o", "a.parquet"]).current_dir(folder).output().unwrap();
    assert_eq!(status(&run), 0, "{}", String::from_utf8_lossy(&run.stderr));
    let reader = SerializedFileReader::new(fs::File::open(&path).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap).map(|row| {
        let text = |name: &str| match row.get_column_iter().find(|(column, _)| *column == name).unwrap().1 {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            other => other.to_string(),
        };
        ["path", "part", "organization", "year"].map(text)
    });
    let rows = rows.collect();
    fs::remove_file(path).unwrap();
    rows
}

/// The workbook's rows of agencies and years, against the reports and what is said across them.
fn workbook(path: &Path, (reports, across): (&Value, &Value), verdicts: [usize; 3], severities: [usize; 3]) {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let rows: Vec<Vec<Data>> = book.worksheet_range("概览").unwrap().rows().map(<[Data]>::to_vec).collect();
    let head = rows.iter().position(|row| row[0] == "机关").unwrap();
    let column = |name: &str| rows[head].iter().position(|cell| *cell == name).unwrap();
    let number = |row: &[Data], name: &str| row[column(name)].to_string().parse::<usize>().unwrap_or(0);
    let three = |row: &[Data], names: [&str; 3]| names.map(|name| number(row, name));
    let (by_verdict, by_severity) = (["通过", "有问题", "无法核验"], ["错误", "警告", "提示"]);
    let total = &rows[head + 1];
    assert_eq!(three(total, by_verdict), verdicts);
    assert_eq!(three(total, by_severity), severities);
    let sum = |name| rows[head + 2..].iter().map(|row| number(row, name)).sum::<usize>();
    assert_eq!(by_verdict.map(sum), verdicts);
    assert_eq!(by_severity.map(sum), severities);
    let listed: Vec<Vec<Data>> = book.worksheet_range("问题").unwrap().rows().map(<[Data]>::to_vec).collect();
    assert_eq!(by_severity.map(|word| listed.iter().filter(|row| row[0] == word).count()), severities);

    // The sheet of counts: severities, then rules, then agencies.
    let counts: Vec<Vec<Data>> = book.worksheet_range("统计").unwrap().rows().map(<[Data]>::to_vec).collect();
    let parsed = |cell: &Data| cell.to_string().parse::<usize>().unwrap();
    let said = |word: &str| parsed(&counts.iter().find(|row| row[0] == word).unwrap()[1]);
    assert_eq!(by_severity.map(said), severities);
    let of_rules = |word: &str| {
        let rows = counts.iter().filter(|row| row[0].to_string().starts_with("GJ") && row[1] == word);
        rows.map(|row| parsed(&row[2])).sum::<usize>()
    };
    assert_eq!(by_severity.map(of_rules), severities);
    let agencies = counts.iter().position(|row| row[0] == "机关").unwrap() + 1;
    let of_agencies = |column: usize| counts[agencies..].iter().map(|row| parsed(&row[column])).sum::<usize>();
    assert_eq!([1, 2, 3].map(of_agencies), severities);

    // By agency and year: 「有问题 N」 stands where a report of that agency and year has findings, 「通过」 where all passed.
    let mut verdict: BTreeMap<(String, String), bool> = BTreeMap::new();
    let mut findings: BTreeMap<(String, String), usize> = BTreeMap::new();
    let key = |item: &Value| (item["organization"].as_str().unwrap_or("机关不明").to_owned(), item["year"].to_string());
    for report in reports.as_array().unwrap() {
        *verdict.entry(key(report)).or_insert(true) &= report["verdict"] == "pass";
        *findings.entry(key(report)).or_default() += report["findings"].as_array().unwrap().len();
    }
    for finding in across.as_array().unwrap().iter().filter(|finding| finding["kind"] != "missing-report") {
        *findings.entry(key(finding)).or_default() += 1;
    }
    let mut seen = 0;
    for row in &rows[head + 2..] {
        for (place, year) in rows[head].iter().enumerate().filter(|(_, cell)| cell.to_string().parse::<u16>().is_ok()) {
            let key = (row[0].to_string(), year.to_string());
            let (Some(passed), Some(findings)) = (verdict.get(&key), findings.get(&key)) else { continue };
            let state = row[place].to_string();
            assert_eq!(*passed, state == "通过", "{key:?}: {state}");
            assert!(!state.starts_with("有问题") || state == format!("有问题 {findings}"), "{key:?}: {state}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen} agencies and years");
}

/// What was stored counts the same, and so does a run of another number of jobs.
fn again(folder: &Path, summary: &Value) {
    let again = gouji(&["render", "a.jsonl", "--format", "json"]).current_dir(folder).output().unwrap();
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["summary"], *summary);
    let alone = fs::read_to_string(folder.join("a.json")).unwrap();
    OUTPUTS.iter().for_each(|output| fs::remove_file(folder.join(output.split_once('=').unwrap().1)).unwrap());
    let other = check(folder, &["--jobs", "1", "--format", "json"]);
    assert!(String::from_utf8(other.stdout).unwrap() == alone, "another number of jobs");
}
