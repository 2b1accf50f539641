//! Formats for programs: each is what its readers say it is, says the same as the others, and can be made of what was
//! stored.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::command::{gouji, run, seen, status};
use crate::support::figures::index_of;
use crate::support::shape::shapes;
use crate::support::{document, made, markdown, report, workbook};
use gouji::Checker;
use gouji::internal::finding::{Suppressed, Suppression};
use gouji::internal::message::Language;
use gouji::render::{Format, Options, Rules};
use gouji::view::{self, Across, Input, Summary};
use jsonschema::Validator;
use serde_json::Value;

const WRONG: &str = "fixtures/wrong-total/wrong-total.md";
const RIGHT: &str = "fixtures/baofeng-shape/baofeng-shape.txt";
const PIECES: &str = "fixtures/pieces/pieces.md";
/// All that can be made of a stored run as the run itself wrote it; a workbook lacks the sheet of figures.
const STORED: [&str; 10] =
    ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "statistics"];

/// What each format says of a folder.
type Said = BTreeMap<&'static str, String>;

/// Reports of every kind: an archive with breaks between its reports, a wrong figure in every shape, twins, a form that
/// nobody knows, files that cannot be read, names that wish harm.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    made::archive(folder.path());
    let mut wrong = report(7);
    wrong.figures[index_of("requests.granted.natural_person")] = "987654".to_owned();
    for (number, shape) in shapes().into_iter().enumerate() {
        let (name, bytes) = shape.write(&wrong);
        fs::write(folder.path().join(format!("错 {number} {name}")), bytes).unwrap();
    }
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    put("坏.xlsx", b"PK\x03\x04 no workbook");
    put("空.md", b"");
    put("通知.md", "# 会议通知\n\n[x](http://x) ::error::x\n".as_bytes());
    #[cfg(unix)]
    {
        let text = fs::read(WRONG).unwrap();
        put("a\n::error title=x::b%0A.md", &text);
        put("a:b,c.md", &text);
    }
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = gouji(&["check", ".", "--organs", "organs.csv", "--no-progress"]);
    command.args(arguments).current_dir(folder).output().unwrap()
}

/// What is said of a folder, written beside it.
fn said(folder: &Path, command: &mut std::process::Command, formats: &[&'static str]) -> (Output, Said) {
    let out = tempfile::tempdir().unwrap();
    for format in formats {
        command.arg("--output").arg(format!("{format}={}", out.path().join(format).display()));
    }
    let output = command.current_dir(folder).output().unwrap();
    let read = |format: &&'static str| (*format, fs::read_to_string(out.path().join(format)).unwrap());
    (output, formats.iter().map(read).collect())
}

fn all(folder: &Path) -> Said {
    let mut command = gouji(&["check", ".", "--organs", "organs.csv", "--no-progress"]);
    said(folder, &mut command, &STORED).1
}

fn validator(schema: &str) -> Validator {
    let schema = serde_json::from_str(schema).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> =
        validator.iter_errors(value).take(3).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn sarif_schema() -> Validator {
    // The pattern of languages is misprinted, and was put right in the standard's first errata.
    let schema = include_str!("../schemas/sarif-2.1.0.json");
    let misprinted = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$";
    assert_eq!(schema.matches(misprinted).count(), 2);
    validator(&schema.replace(misprinted, "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"))
}

/// All findings of a document of JSON, those across reports too, with the path of each.
fn findings(json: &Value) -> Vec<(String, Value)> {
    let path = |value: &Value| value["path"].as_str().unwrap().to_owned();
    let own = json["reports"].as_array().unwrap().iter().flat_map(|report| {
        report["findings"].as_array().unwrap().iter().map(move |finding| (path(report), finding.clone()))
    });
    let across = json["archive"]["findings"].as_array().unwrap();
    own.chain(across.iter().map(|finding| (path(finding), finding.clone()))).collect()
}

fn json(said: &Said) -> Value {
    serde_json::from_str(&said["json"]).unwrap()
}

#[test]
fn every_format_says_the_same() {
    let folder = folder();
    let said = all(folder.path());
    let json = json(&said);
    let findings = findings(&json);
    assert!(findings.len() > 60, "{}", findings.len());
    for (format, text) in &said {
        assert!(!text.contains('\u{1b}'), "{format}");
    }

    let sarif: Value = serde_json::from_str(&said["sarif"]).unwrap();
    assert_valid(&sarif_schema(), &sarif, "sarif");
    assert_sarif(&sarif, &findings);
    assert_report_schema(&json, &said["jsonl"]);

    assert_eq!(said["github"].lines().count(), findings.len());
    for (line, (_, finding)) in said["github"].lines().zip(&findings) {
        let (command, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let level = match finding["severity"].as_str().unwrap() {
            "advice" => "notice",
            severity => severity,
        };
        assert!(command.starts_with(&format!("{level} file=")), "{line}");
        assert_eq!(command.contains(",line="), finding["location"]["start"].is_object(), "{line}");
        assert_eq!(
            command.matches("title=").count() - command.matches("title%3D").count(),
            1 + command.matches("%3A%3Aerror").count(),
            "{line}"
        );
        assert!(!message.is_empty(), "{line}");
    }

    let gitlab: Vec<Value> = serde_json::from_str(&said["gitlab"]).unwrap();
    assert_eq!(gitlab.len(), findings.len());
    let prints: BTreeSet<&str> = gitlab.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), gitlab.len(), "fingerprints stand once each");
    for (issue, (path, finding)) in gitlab.iter().zip(&findings) {
        if let Some(cell) = finding["location"]["cell"].as_str() {
            let row = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
            assert_eq!(issue["location"]["lines"]["begin"].to_string(), row);
        }
        assert_eq!(issue["location"]["path"], path.trim_start_matches("./"));
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        assert!(["critical", "minor", "info"].contains(&issue["severity"].as_str().unwrap()));
    }
    assert_junit(&said["junit"], &json);
}

fn assert_sarif(sarif: &Value, findings: &[(String, Value)]) {
    let run = &sarif["runs"][0];
    let (rules, results) = (run["tool"]["driver"]["rules"].as_array().unwrap(), run["results"].as_array().unwrap());
    assert_eq!(results.len(), findings.len());
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let mut kinds = BTreeSet::new();
    for (result, (_, finding)) in results.iter().zip(findings) {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!((&rule["id"], &result["ruleId"]), (&finding["code"], &finding["code"]));
        assert_eq!(result["properties"]["figure"], finding["cell"]);
        assert_eq!(result["suppressions"], serde_json::json!([]));
        let place = &result["locations"][0];
        let (region, start) = (&place["physicalLocation"]["region"], &finding["location"]["start"]);
        // Of files without lines, the line at which services show what is said of a file.
        assert_eq!(region["startLine"], start["line"].as_u64().unwrap_or(1));
        assert_eq!(region["byteOffset"], start["byte"]);
        if let Some(kind) = place["logicalLocations"][0]["kind"].as_str() {
            kinds.insert(kind);
        }
        if let Some(cell) = finding["location"]["cell"].as_str() {
            let name = format!("{}!{cell}", finding["location"]["sheet"].as_str().unwrap());
            assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], name);
        }
        let labels = finding["labels"].as_array().map_or(0, Vec::len);
        assert_eq!(result["relatedLocations"].as_array().map_or(0, Vec::len), labels);
    }
    assert_eq!(kinds, BTreeSet::from(["cell", "page", "paragraph"]));
    let uris: Vec<&str> = results
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap())
        .collect();
    assert!(uris.iter().all(|uri| uri.bytes().all(|byte| byte.is_ascii_graphic())), "{uris:?}");
}

fn assert_report_schema(json: &Value, jsonl: &str) {
    let schema = validator(include_str!("../../docs/report.schema.json"));
    assert_valid(&schema, json, "json");
    for line in jsonl.lines() {
        assert_valid(&schema, &serde_json::from_str(line).unwrap(), line);
    }
    for wrong in [r#"{"report": {"path": "a.md"}}"#, r#"{"schema": 1}"#, "[]"] {
        assert!(!schema.is_valid(&serde_json::from_str(wrong).unwrap()), "{wrong}");
    }
}

/// What JUnit's readers count: in each suite, as its attributes say and as the findings are.
fn assert_junit(text: &str, json: &Value) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut suites: Vec<(BTreeMap<String, String>, BTreeMap<String, usize>)> = Vec::new();
    let mut depth = 0;
    loop {
        let event = reader.read_event().expect("XML");
        depth += match &event {
            Event::Start(_) => 1,
            Event::End(_) => -1,
            Event::Eof => break,
            _ => 0,
        };
        let (Event::Start(element) | Event::Empty(element)) = event else { continue };
        let name = element.name().as_ref().to_owned();
        let attributes = element.attributes().map(|attribute| {
            let attribute = attribute.expect("an attribute");
            (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
        });
        let attributes: BTreeMap<String, String> = attributes.collect();
        if name == "testsuite" {
            suites.push((attributes, BTreeMap::new()));
        } else if let Some((_, counts)) = suites.last_mut() {
            *counts.entry(name).or_default() += 1;
        }
    }
    assert_eq!(depth, 0);
    for (attributes, counts) in &suites {
        let counted = |name: &str| counts.get(name).copied().unwrap_or_default().to_string();
        for (attribute, element) in [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")] {
            assert_eq!(attributes[attribute], counted(element), "{attributes:?}");
        }
    }
    let sum = |name: &str| suites.iter().filter_map(|(_, counts)| counts.get(name)).sum::<usize>();
    let verdicts =
        |verdict| json["reports"].as_array().unwrap().iter().filter(|report| report["verdict"] == verdict).count();
    assert_eq!(sum("failure"), json["summary"]["errors"].as_u64().unwrap() as usize);
    assert_eq!(sum("skipped"), verdicts("unverifiable"));
    assert_eq!(sum("testcase"), findings(json).len() + verdicts("pass") + verdicts("unverifiable"));
}

#[test]
fn the_same_bytes_for_any_number_of_jobs() {
    let folder = folder();
    let formats = ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "statistics"];
    let with = |jobs: &str| {
        let mut command = gouji(&["check", ".", "--organs", "organs.csv", "--no-progress", "--jobs", jobs]);
        said(folder.path(), &mut command, &formats).1
    };
    let (one, eight) = (with("1"), with("8"));
    for format in formats {
        assert!(one[format] == eight[format], "{format}");
    }
}

#[test]
fn what_is_stored_is_told_again_as_it_was() {
    let folder = folder();
    for (language, fail_on) in [("zh", "error"), ("en", "warning"), ("zh", "never")] {
        let options = ["--lang", language, "--fail-on", fail_on, "--organs", "organs.csv"];
        let mut command = gouji(&["check", ".", "--no-progress"]);
        command.args(options);
        let (checked, wanted) = said(folder.path(), &mut command, &STORED);
        for stored in ["json", "jsonl"] {
            let file = tempfile::NamedTempFile::new().unwrap();
            fs::write(file.path(), &wanted[stored]).unwrap();
            let mut command = gouji(&["render", file.path().to_str().unwrap()]);
            command.args(options);
            let (rendered, found) = said(folder.path(), &mut command, &STORED);
            assert_eq!(status(&rendered), status(&checked), "{}", seen(&rendered));
            // All but where it was written.
            let before_files = |output: &Output| {
                let said = String::from_utf8(output.stderr.clone()).unwrap();
                said.lines().filter(|line| !line.contains("/jsonl")).map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(before_files(&rendered), before_files(&checked), "{}", seen(&rendered));
            for format in STORED {
                assert!(found[format] == wanted[format], "{stored} as {format}");
            }
        }
    }
}

/// Earlier versions stored no excerpts.
#[test]
fn what_was_stored_without_excerpts_is_rendered_without_drawings() {
    let stored = String::from_utf8(run(&["check", WRONG, "--format", "jsonl"]).stdout).unwrap();
    let earlier = stored.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let findings = line.pointer_mut("/report/findings").and_then(Value::as_array_mut);
        let removed = findings.into_iter().flatten().map(|finding| finding.as_object_mut().unwrap().remove("excerpts"));
        assert!(removed.flatten().all(|excerpts| excerpts[0]["lines"][0]["number"] == 45));
        format!("{line}\n")
    });
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), earlier.collect::<String>()).unwrap();
    let output = run(&["render", file.path().to_str().unwrap(), "--format", "full"]);
    insta::assert_snapshot!("full_of_stored", seen(&output));
    let output = run(&["render", file.path().to_str().unwrap(), "--format", "html"]);
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.contains("GJ300") && !page.contains("<figure"));
}

#[test]
fn what_cannot_be_rendered_is_refused() {
    let json = String::from_utf8(run(&["check", WRONG, PIECES, "--format", "json"]).stdout).unwrap();
    let jsonl = String::from_utf8(run(&["check", WRONG, PIECES, "--format", "jsonl"]).stdout).unwrap();
    let first = jsonl.lines().next().unwrap();
    let mut told = String::new();
    for (name, stored, wanted) in [
        ("nothing", String::new(), 2),
        ("no JSON", "错误 GJ300\n".to_owned(), 2),
        ("another JSON", "{\"version\": \"2.1.0\", \"runs\": []}\n".to_owned(), 2),
        ("another schema", json.replace("{\"schema\":1", "{\"schema\":2"), 2),
        ("a document cut short", json[..json.len() / 2].to_owned(), 2),
        ("a line cut short", jsonl[..first.len() / 2].to_owned(), 2),
        ("two runs", jsonl.clone() + &jsonl, 2),
        ("another line", format!("{first}\n{{\"what\": 1}}\n"), 2),
        ("no summary", format!("{first}\n"), 130),
        ("pretty", serde_json::to_string_pretty(&serde_json::from_str::<Value>(&json).unwrap()).unwrap(), 1),
        ("with a byte order mark", format!("\u{feff}{jsonl}"), 1),
    ] {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), stored).unwrap();
        for language in ["zh", "en"] {
            let path = file.path().to_str().unwrap();
            let output = run(&["render", path, "--format", "github", "--lang", language]);
            assert_eq!(status(&output), wanted, "{name}: {}", seen(&output));
            let stderr = String::from_utf8(output.stderr).unwrap().replace(path, "FILE");
            told += &format!("{name}\n{stderr}\n");
        }
    }
    insta::assert_snapshot!("refused", told);
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), format!("{first}\n")).unwrap();
    let partial = run(&["render", file.path().to_str().unwrap(), "--format", "sarif"]);
    let partial: Value = serde_json::from_slice(&partial.stdout).expect("a whole document");
    assert_eq!(partial["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), &jsonl).unwrap();
    let path = file.path().to_str().unwrap();
    assert_eq!(status(&run(&["render", path, "--output", &format!("jsonl={path}")])), 2);
    assert_eq!(fs::read_to_string(path).unwrap(), jsonl, "what is read is not written over");
    assert_eq!(status(&run(&["render"])), 2);
}

#[test]
fn nothing_is_found_in_a_right_report() {
    for format in ["sarif", "github", "gitlab", "junit"] {
        let output = run(&["check", RIGHT, "--format", format]);
        assert_eq!(status(&output), 0);
        let text = String::from_utf8(output.stdout).unwrap();
        match format {
            "sarif" => {
                let sarif = serde_json::from_str(&text).unwrap();
                assert_valid(&sarif_schema(), &sarif, "sarif");
                assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
            }
            "github" => assert_eq!(text, ""),
            "gitlab" => assert_eq!(text, "[]\n"),
            _ => insta::assert_snapshot!("junit_right", text),
        }
    }
}

#[test]
fn as_servers_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = report(7);
    wrong.figures[index_of("requests.granted.natural_person")] = "987654".to_owned();
    let put = |name: &str, bytes: Vec<u8>| fs::write(folder.path().join(name), bytes).unwrap();
    put("1 文本.md", fs::read(WRONG).unwrap());
    put("2 表格.xlsx", workbook::write(&wrong, workbook::WAYS[0]));
    put("3 文档.docx", document::write(&wrong, document::WAYS[0]));
    put("4 坏.xlsx", b"PK\x03\x04 no workbook".to_vec());
    let check = |format, language| {
        let mut command = gouji(&["check", ".", "--format", format, "--lang", language]);
        command.current_dir(folder.path()).output().unwrap()
    };
    for language in ["zh", "en"] {
        for format in ["github", "gitlab", "junit", "statistics"] {
            insta::assert_snapshot!(format!("{format}_{language}"), seen(&check(format, language)));
        }
        let mut sarif: Value = serde_json::from_slice(&check("sarif", language).stdout).unwrap();
        let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
        rules.retain(|rule| rule["id"] == "GJ310");
        let pretty = serde_json::to_string_pretty(&sarif).unwrap().replace(env!("CARGO_PKG_VERSION"), "[version]");
        insta::assert_snapshot!(format!("sarif_{language}"), pretty);
    }
}

/// No finding says that a sum could not be evaluated where that is not asked for: the verdict does.
#[test]
fn what_cannot_be_verified_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut unread = report(7);
    unread.figures[index_of("requests.granted.natural_person")] = "若干".to_owned();
    fs::write(folder.path().join("r.md"), markdown::write(&unread, markdown::Way::Padded)).unwrap();
    let mut told = String::new();
    for format in ["concise", "full", "github", "junit", "statistics"] {
        let mut command = gouji(&["check", "r.md", "--ignore", "not-a-count", "--format", format]);
        let output = command.current_dir(folder.path()).output().unwrap();
        assert_eq!(status(&output), 0, "{}", seen(&output));
        told += &seen(&output);
    }
    insta::assert_snapshot!("unverifiable", told);
}

/// Findings that somebody has accepted stand apart in JSON, are marked in SARIF, and are in no other format.
#[test]
fn what_is_accepted_is_no_finding() {
    let bytes = fs::read(WRONG).unwrap();
    let checker = Checker::default();
    let mut checked = checker.check(WRONG, &bytes);
    let finding = checked.reports[0].report.findings.remove(0);
    let waiver = Suppression::Waiver {
        reason: "已核实".to_owned(),
        by: Some("审核处".to_owned()),
        until: Some("2027-12-31".to_owned()),
    };
    for by in [Suppression::Baseline, waiver] {
        checked.reports[0].report.suppressed.push(Suppressed { finding: finding.clone(), by });
    }
    let input = Input::new(&checked, &bytes);
    let mut report = view::Report::all(input, Language::Chinese).remove(0);
    report.mark_new();
    let mut summary = Summary::default();
    summary.add(&report, false);
    let across = Across { suppressed: report.suppressed_across().collect(), ..Across::default() };
    let write = |format: Format| {
        let rules = std::sync::Arc::new(Rules::new(checker.core(), checker.packs()));
        let (output, options) = (format.output(), Options { rules, ..Options::new(Language::Chinese) });
        let across_head = output.across_head().unwrap_or_default();
        output.head(&options)
            + &output.report(&options, &report)
            + across_head
            + &output.tail(&options, &across, &summary)
    };
    let sarif: Value = serde_json::from_str(&write(Format::Sarif)).unwrap();
    assert_valid(&sarif_schema(), &sarif, "sarif");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let accepted: Vec<_> = results.iter().map(|result| (&result["suppressions"], &result["baselineState"])).collect();
    insta::assert_snapshot!("sarif_accepted", serde_json::to_string_pretty(&accepted).unwrap());
    let json = write(Format::Json);
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_report_schema(&value, &write(Format::Jsonl));
    let suppressed = value["reports"][0]["suppressed"].as_array().unwrap();
    assert_eq!(
        (suppressed.len(), &value["archive"]["suppressed"][1]["suppression"]),
        (2, &suppressed[1]["suppression"])
    );
    insta::assert_snapshot!(serde_json::to_string_pretty(&suppressed[1]["suppression"]).unwrap(), @r#"
    {
      "by": "审核处",
      "kind": "waiver",
      "reason": "已核实",
      "until": "2027-12-31"
    }
    "#);
    for format in [Format::Concise, Format::Github, Format::Gitlab] {
        assert_eq!(format.output().report(&Options::new(Language::Chinese), &report), "", "{format:?}");
    }
    // What was stored is read with all of it.
    let mut again = Vec::new();
    view::read(json.as_bytes(), |line| {
        again.push(line);
        true
    })
    .unwrap();
    assert_eq!(again[0], view::Said::Report(Box::new(report.clone())));
}

/// The same through the command: what is in the baseline is unchanged, the rest new; stored, that is kept.
#[test]
fn what_is_in_a_baseline_is_told_apart() {
    let folder = folder();
    let with_baseline = |option: &str| {
        let mut command = gouji(&["check", ".", "--organs", "organs.csv", "--no-progress", option, "known.json"]);
        said(folder.path(), &mut command, &STORED)
    };
    with_baseline("--write-baseline");
    let mut wrong = report(9);
    wrong.figures[index_of("requests.granted.natural_person")] = "55555".to_owned();
    fs::write(folder.path().join("新.md"), markdown::write(&wrong, markdown::Way::Padded)).unwrap();
    let (_, wanted) = with_baseline("--baseline");
    let sarif: Value = serde_json::from_str(&wanted["sarif"]).unwrap();
    assert_valid(&sarif_schema(), &sarif, "sarif");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    for result in results {
        let is_known = result["suppressions"][0]["kind"] == "external";
        assert_eq!(result["baselineState"], if is_known { "unchanged" } else { "new" });
    }
    assert!(findings(&json(&wanted)).iter().all(|(_, finding)| finding["is_new"] == true));
    assert!(results.len() > 60 && findings(&json(&wanted)).len() < 10);
    assert_report_schema(&json(&wanted), &wanted["jsonl"]);
    let stored = tempfile::NamedTempFile::new().unwrap();
    fs::write(stored.path(), &wanted["jsonl"]).unwrap();
    let mut command = gouji(&["render", stored.path().to_str().unwrap(), "--organs", "organs.csv"]);
    let (_, found) = said(folder.path(), &mut command, &STORED);
    for format in STORED {
        assert!(found[format] == wanted[format], "{format}");
    }
}

/// What a service would cut off is said before it is uploaded.
#[test]
fn who_writes_more_than_is_shown_is_warned() {
    let stored = String::from_utf8(run(&["check", WRONG, "--format", "json"]).stdout).unwrap();
    let mut json: Value = serde_json::from_str(&stored).unwrap();
    let finding = json["reports"][0]["findings"][0].clone();
    for (count, is_warned) in [(5_000, false), (5_001, true)] {
        json["reports"][0]["findings"] = vec![finding.clone(); count].into();
        json["summary"]["errors"] = count.into();
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), json.to_string()).unwrap();
        for (format, is_cut) in [("sarif", true), ("concise", false)] {
            let output = run(&["render", file.path().to_str().unwrap(), "--format", format]);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(said.contains("GitHub 只显示其中最严重的 5000 条"), is_warned && is_cut, "{said}");
        }
    }
}

#[test]
fn the_schema_is_fresh() {
    let output = run(&["render", "--schema"]);
    let wanted = String::from_utf8(output.stdout).unwrap();
    let is_fresh = wanted == include_str!("../../docs/report.schema.json");
    assert!(is_fresh, "cargo run -- render --schema > docs/report.schema.json");
    jsonschema::meta::validate(&serde_json::from_str(&wanted).unwrap()).expect("the schema is one");
}

/// The folder, in whose names there may be anything, is checked from within: nothing is said of where it lies.
#[test]
fn a_run_says_nothing_of_where_it_stands() {
    let folder = folder();
    let output = check(folder.path(), &["--format", "sarif"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains(folder.path().to_str().unwrap()));
}
