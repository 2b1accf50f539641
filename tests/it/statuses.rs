//! Exit statuses, as the table in docs/ci.md has them.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::path::Path;

use crate::command::{gouji, seen, status};

/// A folder with a report in which one figure is wrong, one with a warning, one with advice, and one without.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let wrong = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/wrong-total/wrong-total.md"));
    let wrong = wrong.unwrap();
    let right = wrong.replace("| （一）予以公开 |  | 12 |", "| （一）予以公开 |  | 21 |");
    assert_ne!(right, wrong);
    for (name, text) in [("wrong.md", wrong.as_str()), ("right.md", &right), ("bad.toml", "ignor = []\n")] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    fs::create_dir(folder.path().join("none")).unwrap();
    folder
}

#[test]
fn each_call_ends_as_the_table_says() {
    let folder = project();
    let warning = ["--severity", "broken-sum=warning"];
    let advice = ["--severity", "broken-sum=advice"];
    let checks: &[(&[&str], &[&str], i32)] = &[
        (&["right.md"], &[], 0),
        (&["right.md"], &["--fail-on", "advice"], 0),
        (&["wrong.md"], &[], 1),
        (&["wrong.md"], &["--fail-on", "error"], 1),
        (&["wrong.md"], &["--fail-on", "warning"], 1),
        (&["wrong.md"], &["--fail-on", "advice"], 1),
        (&["wrong.md"], &["--fail-on", "never"], 0),
        (&["wrong.md"], &warning, 0),
        (&["wrong.md", "--fail-on", "warning"], &warning, 1),
        (&["wrong.md", "--fail-on", "warning"], &advice, 0),
        (&["wrong.md", "--fail-on", "advice"], &advice, 1),
        (&["wrong.md", "right.md"], &[], 1),
        // A file that cannot be read or is no report is a finding.
        (&["bad.toml"], &[], 1),
        (&["bad.toml"], &["--fail-on", "never"], 0),
        // The call or the configuration is wrong.
        (&["right.md"], &["--no-such-option"], 2),
        (&["right.md"], &["--format", "word"], 2),
        (&["right.md"], &["--fail-on", "errors"], 2),
        (&["right.md"], &["--ignore", "no-such-rule"], 2),
        (&["right.md"], &["--organs", "none.csv"], 2),
        (&["none.md"], &[], 2),
        (&["-"], &[], 2),
        // Nothing was checked.
        (&["none"], &[], 3),
        (&["none"], &["--fail-on", "never"], 3),
    ];
    let mut wrong = Vec::new();
    for (paths, options, expected) in checks {
        let call = [&["check", "--isolated"], *paths, *options].concat();
        let output = gouji(&call).current_dir(folder.path()).output().unwrap();
        if status(&output) != *expected {
            wrong.push(format!("{call:?}: not {expected}\n{}", seen(&output)));
        }
    }
    let others: &[(&[&str], i32)] = &[
        (&["--help"], 0),
        (&["--version"], 0),
        (&[], 2),
        (&["check", "--config", "bad.toml", "right.md"], 2),
        (&["config", "--config", "bad.toml"], 2),
        (&["config", "--config", "none.toml"], 2),
        (&["config", "--schema", "--config", "bad.toml"], 0),
        (&["extract", "right.md"], 0),
        (&["extract", "bad.toml"], 3),
        (&["extract", "none"], 3),
        (&["explain", "GJ300"], 0),
        (&["explain", "GJ999"], 2),
        (&["completions", "bash"], 0),
        (&["completions", "word"], 2),
        (&["init"], 0),
        (&["init"], 2),
    ];
    for (call, expected) in others {
        let output = gouji(call).current_dir(folder.path()).output().unwrap();
        if status(&output) != *expected {
            wrong.push(format!("{call:?}: not {expected}\n{}", seen(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A run that is waited for, and ended by the user.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run_ends_with_130() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let ignored = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = ignored.lines().find_map(|line| line.strip_prefix("SigIgn:")).map(str::trim).unwrap_or_default();
    if u64::from_str_radix(ignored, 16).is_ok_and(|mask| mask & 2 != 0) {
        println!("not run: Ctrl-C is ignored here");
        return;
    }
    let folder = project();
    let text = fs::read_to_string(folder.path().join("wrong.md")).unwrap();
    for number in 0..2000 {
        fs::write(folder.path().join(format!("none/{number}.md")), &text).unwrap();
    }
    let mut command = gouji(&["check", "--isolated", "--jobs", "1", "--format", "jsonl", "none"]);
    let mut child = command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(status(&child.wait_with_output().unwrap()), 130);
}

/// What is tested above is what is written there.
#[test]
fn the_page_has_them_all() {
    let page = include_str!("../../docs/ci.md");
    let table = page.split("| 退出码 | 含义 |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let statuses: Vec<&str> = rows.filter_map(|row| row.split('|').nth(1)).map(str::trim).collect();
    assert_eq!(statuses, ["0", "1", "2", "3", "130", "141"]);
}
