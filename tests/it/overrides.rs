//! `[[override]]`: what holds for some reports only, by where they lie and whose they are.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Output;

use crate::command::{gouji, seen, status};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");
const ORGANS: &str = "organization,parent,kind\n青岚县商务局,,部门\n青岚县教育局,,部门\n";

/// A folder with the same wrong report at these places, and a configuration.
fn project(config: &str, places: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for place in places {
        let path = folder.path().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Each of its own year, so that nothing is said of two that are alike.
        fs::write(path, WRONG).unwrap();
    }
    fs::write(folder.path().join("gouji.toml"), config).unwrap();
    folder
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    gouji(arguments).current_dir(folder).output().unwrap()
}

/// Each finding by path, severity and code; those of rules about two reports last.
fn found(output: &Output) -> Vec<String> {
    let value: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(output)));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let line = |path: &serde_json::Value, finding: &serde_json::Value| {
        format!("{} {} {}", text(path), text(&finding["severity"]), text(&finding["code"]))
    };
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for report in list(&value["reports"]) {
        found.extend(list(&report["findings"]).iter().map(|finding| line(&report["path"], finding)));
    }
    let across = list(&value["archive"]["findings"]);
    found.extend(across.iter().map(|finding| line(&finding["path"], finding)));
    found
}

fn checked(config: &str, places: &[&str], arguments: &[&str]) -> Vec<String> {
    let folder = project(config, places);
    found(&run_in(folder.path(), &[&["check", "--format", "json"], arguments].concat()))
}

#[test]
fn they_hold_by_path_and_by_organization() {
    let by = |condition: &str| format!("[[override]]\n{condition}\nignore = [\"broken-sum\"]\n");
    let is_ignored = |config: &str| checked(config, &["2023/历史/a.md"], &["2023/历史/a.md"]).is_empty();
    for (condition, expected) in [
        ("paths = [\"历史/\"]", true),
        ("paths = [\"2023/**/*.md\"]", true),
        ("paths = [\"2023/*.md\"]", false),
        ("paths = [\"x\", \"*.md\"]", true),
        ("paths = [\"**\"]", true),
        ("organizations = [\"青岚县商务局\"]", true),
        ("organizations = [\"（青岚县） 商务局\"]", true),
        ("organizations = [\"青岚县*\"]", true),
        ("organizations = [\"青岚县教育局\", \"商务局\"]", false),
        ("organizations = [\"青岚县*\"]\npaths = [\"历史/\"]", true),
        ("organizations = [\"青岚县*\"]\npaths = [\"2022/\"]", false),
        ("organizations = [\"望江县*\"]\npaths = [\"历史/\"]", false),
    ] {
        assert_eq!(is_ignored(&by(condition)), expected, "{condition}");
    }
}

#[test]
fn the_later_goes_before_the_earlier_and_the_command_line_before_all() {
    let config = "severity = { \"broken-sum\" = \"warning\" }\n\
                  [[override]]\npaths = [\"a.md\"]\nseverity = { \"broken-sum\" = \"error\" }\n\
                  [[override]]\norganizations = [\"青岚县*\"]\nignore = [\"GJ311\"]\n\
                  [[override]]\npaths = [\"b.md\"]\nselect = [\"GJ311\", \"GJ312\"]\n";
    let told = |arguments: &[&str]| checked(config, &["a.md", "b.md"], arguments);
    let mut expected = vec!["a.md error GJ301", "b.md warning GJ300"];
    // Both are reports of one agency and year.
    expected.push("b.md warning GJ611");
    assert_eq!(told(&["--severity", "GJ611=warning", "."]), expected[..2], "selected away");
    assert_eq!(told(&["a.md"]), expected[..1]);
    assert_eq!(told(&["b.md"]), expected[1..2]);
    assert_eq!(told(&["a.md", "--severity", "broken-sum=advice"]), ["a.md advice GJ312"]);
    assert_eq!(told(&["a.md", "--select", "GJ311"]), ["a.md error GJ301"]);
    assert_eq!(told(&["a.md", "--ignore", "GJ312"]), [""; 0]);
}

#[test]
fn the_form_of_some_reports_need_not_be_guessed() {
    let config = "pack = \"zfxxgk-2021\"\n[[override]]\npaths = [\"历史/\"]\npack = \"zfxxgk-2019\"\n";
    let folder = project(config, &["a.md", "历史/b.md"]);
    let output = run_in(folder.path(), &["check", "--format", "json", "."]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packs = [0, 1].map(|at| value["reports"][at]["pack"].as_str().unwrap().to_owned());
    assert_eq!(packs, ["zfxxgk-2021", "zfxxgk-2019"]);
    // Of one family, so that they are laid side by side.
    assert!(found(&output).contains(&"历史/b.md warning GJ611".to_owned()), "{}", seen(&output));
    let figures = run_in(folder.path(), &["extract", "."]);
    let text = String::from_utf8(figures.stdout).unwrap();
    assert!(text.lines().any(|line| line.contains("zfxxgk-2019") && line.contains("历史/b.md")));
    assert!(!text.lines().any(|line| line.contains("zfxxgk-2021") && line.contains("历史/b.md")));
    fs::write(folder.path().join("gouji.toml"), config.replace("paths = [\"历史/\"]", "organizations = [\"*\"]"))
        .unwrap();
    let figures = run_in(folder.path(), &["extract", "."]);
    assert!(!String::from_utf8(figures.stdout).unwrap().contains("zfxxgk-2021"));
}

/// What is said of two reports is said of the later one; what holds for that one counts.
#[test]
fn they_hold_for_rules_across_reports() {
    let told = |config: &str| checked(config, &["a.md", "历史/b.md"], &["--ignore", "zfxxgk-2021", "."]);
    let of = |paths: &str, chosen: &str| format!("[[override]]\npaths = [\"{paths}\"]\n{chosen}\n");
    assert_eq!(told(""), ["历史/b.md warning GJ611"]);
    assert_eq!(told(&of("历史/", "ignore = [\"duplicate-report\"]")), [""; 0]);
    assert_eq!(told(&of("a.md", "ignore = [\"duplicate-report\"]")), ["历史/b.md warning GJ611"]);
    assert_eq!(told(&of("历史/", "severity = { GJ611 = \"error\" }")), ["历史/b.md error GJ611"]);
    // What the rest does without may be asked for.
    let config = "severity = { GJ611 = \"off\" }\n".to_owned();
    assert_eq!(told(&config), [""; 0]);
    assert_eq!(told(&(config + &of("历史/", "severity = { GJ611 = \"advice\" }"))), ["历史/b.md advice GJ611"]);
}

#[test]
fn they_hold_for_reports_that_are_missing() {
    let told = |config: &str| {
        let folder = project(&format!("organs = \"机关.csv\"\nignore = [\"zfxxgk-2021\"]\n{config}"), &["a.md"]);
        fs::write(folder.path().join("机关.csv"), ORGANS).unwrap();
        found(&run_in(folder.path(), &["check", "--format", "json", "."]))
    };
    let of = |name: &str| format!("[[override]]\norganizations = [\"{name}\"]\nignore = [\"missing-report\"]\n");
    assert_eq!(told(""), ["机关.csv error GJ610"]);
    assert_eq!(told(&of("青岚县商务局")), ["机关.csv error GJ610"]);
    assert_eq!(told(&of("*教育局")), [""; 0]);
}

#[test]
fn paths_in_archives_and_names_of_standard_input_are_paths() {
    let config = "[[override]]\npaths = [\"归档.zip/2022\", \"来件\"]\nignore = [\"broken-sum\"]\n";
    let folder = project(config, &[]);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["2022/a.md", "2023/b.md"] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(WRONG.as_bytes()).unwrap();
    }
    fs::write(folder.path().join("归档.zip"), writer.finish().unwrap().into_inner()).unwrap();
    let arguments = ["check", "--format", "json", "--ignore", "GJ611", "归档.zip"];
    assert_eq!(found(&run_in(folder.path(), &arguments)), ["归档.zip/2023/b.md error GJ300"]);
    for (name, expected) in [("来件/a.md", &[][..]), ("去件/a.md", &["去件/a.md error GJ300"])] {
        let mut child = gouji(&["check", "--format", "json", "-", "--stdin-filename", name])
            .current_dir(folder.path())
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(WRONG.as_bytes()).unwrap();
        assert_eq!(found(&child.wait_with_output().unwrap()), expected);
    }
}

/// One cache for two folders, in which files of one name fall under different overrides.
#[test]
fn the_cache_and_the_threads_change_nothing() {
    let config = "[[override]]\npaths = [\"甲/\"]\nignore = [\"broken-sum\"]\n\
                  [[override]]\norganizations = [\"青岚县*\"]\nseverity = { GJ311 = \"warning\", GJ312 = \"warning\" }\n";
    let folder = project(config, &["甲/a.md", "甲/b.md", "乙/a.md", "乙/b.md"]);
    let told = |place: &str, arguments: &[&str]| {
        let call = ["check", "--format", "json", "--ignore", "GJ611", "."];
        found(&run_in(&folder.path().join(place), &[&call[..], arguments].concat()))
    };
    for _ in 0..2 {
        for arguments in [&[][..], &["--jobs", "4"], &["--cache", "../缓存"]] {
            assert_eq!(told("甲", arguments), [""; 0]);
            assert_eq!(told("乙", arguments), ["a.md warning GJ300", "b.md warning GJ300"]);
        }
    }
    assert!(folder.path().join("缓存").exists());
    let bytes = |jobs| {
        let output = run_in(folder.path(), &["check", "--jobs", jobs, "."]);
        assert_eq!(status(&output), 0);
        (output.stdout, output.stderr)
    };
    assert_eq!(bytes("1"), bytes("4"));
}

#[test]
fn one_that_holds_for_no_report_is_said() {
    let config = "[[override]]\npaths = [\"历史/\"]\nignore = [\"GJ300\"]\n\n[[override]]\norganizations = [\"*局\"]\n\
                  ignore = [\"GJ301\"]\n\n[[override]]\npaths = [\"2023/\"]\norganizations = [\"*水务局\"]\nignore = [\"GJ301\"]\n";
    let unused = |arguments: &[&str]| {
        let found = checked(config, &["2023/a.md", "2023/b.md"], arguments);
        found.into_iter().filter(|line| line.ends_with("GJ622")).collect::<Vec<_>>()
    };
    assert_eq!(unused(&["."]), ["gouji.toml advice GJ622", "gouji.toml advice GJ622"]);
    assert_eq!(unused(&[".", "--cache", "缓存"]).len(), 2);
    let elsewhere: [&str; 0] = [];
    assert_eq!(unused(&["2023"]), elsewhere, "what is elsewhere may be what it is for");
    assert_eq!(checked(config, &["2023/a.md"], &["."]).len(), 3, "one report is enough");
    let folder = project(config, &["2023/a.md", "2023/b.md"]);
    for run in ["first", "from the cache"] {
        let output = run_in(folder.path(), &["check", ".", "--format", "json", "--cache", "缓存"]);
        let count = found(&output).iter().filter(|line| line.ends_with("GJ622")).count();
        assert_eq!(count, 2, "{run}");
    }
}

#[test]
fn the_beginning_of_a_code_means_all_that_begin_so() {
    let places = ["a.md", "b.md"];
    let codes = |arguments: &[&str]| {
        let found = checked("", &places, arguments);
        let mut codes: Vec<String> =
            found.iter().filter_map(|line| line.split(' ').nth(2).map(str::to_owned)).collect();
        codes.dedup();
        codes
    };
    assert_eq!(codes(&["."]), ["GJ300", "GJ611"]);
    assert_eq!(codes(&[".", "--select", "GJ6"]), ["GJ611"]);
    assert_eq!(codes(&[".", "--ignore", "gj61"]), ["GJ300"]);
    assert_eq!(codes(&[".", "--ignore", "GJ6", "--severity", "GJ611=error"]), ["GJ300"]);
    let folder = project("", &places);
    assert_eq!(status(&run_in(folder.path(), &["check", ".", "--select", "GJ"])), 2, "letters alone are no code");
}
