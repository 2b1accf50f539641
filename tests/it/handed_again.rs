//! Last year's report under this year's title: one finding, not that and every rule that it breaks.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;

use serde_json::Value;

use crate::command::{gouji, seen};

const REPORT: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");

/// What is said across reports.
fn across(options: &[&str]) -> (Vec<Value>, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("2023.md"), REPORT).unwrap();
    fs::write(folder.path().join("2024.md"), REPORT.replace("2023年", "2024年")).unwrap();
    let all = [&["check", "--isolated", "--format", "json", "--ignore", "wrong-figure", "."], options].concat();
    let output = gouji(&all).current_dir(folder.path()).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(&output)));
    (json["archive"]["findings"].as_array().unwrap().clone(), output.status.code())
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn last_years_report_again_is_one_finding() {
    let (found, status) = across(&[]);
    assert_eq!((codes(&found), status), (vec!["GJ511"], Some(1)));
    // It weighs as much as what it breaks.
    assert_eq!(found[0]["severity"], "error");
    assert!(found[0].to_string().contains("不另列出"));
    let (found, status) = across(&["--ignore", "GJ501"]);
    assert_eq!((codes(&found), status), (vec!["GJ511"], Some(0)));
    assert_eq!(found[0]["severity"], "warning");
}

#[test]
fn who_does_not_want_it_has_what_it_breaks() {
    let (found, _) = across(&["--ignore", "GJ511"]);
    assert_eq!(codes(&found), ["GJ502", "GJ501", "GJ512"]);
}
