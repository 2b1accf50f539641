//! A reader that goes away, as `gouji rules | head -1` does, ends every subcommand quietly.
#![cfg(unix)]

use crate::command::{gouji, status};

/// What shells show for a program that is ended so.
const CLOSED: i32 = 141;
const WRONG: &str = "fixtures/wrong-total/wrong-total.md";

/// A stream whose reader has gone away.
fn closed() -> std::io::PipeWriter {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer
}

#[test]
fn nobody_reads_what_a_subcommand_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (draft, stored) = (at("draft.toml"), at("stored.json"));
    let output = format!("json={stored}");
    let calls: &[(&[&str], i32)] = &[
        // Nothing is printed to standard output.
        (&["check", WRONG, "--output", &output], 1),
        (&["check", WRONG, "--format", "full", "--statistics"], CLOSED),
        (&["check", WRONG, "--format", "concise"], CLOSED),
        (&["check", WRONG, "--format", "html"], CLOSED),
        (&["check", WRONG, "--format", "xlsx"], CLOSED),
        (&["check", "no such file"], 2),
        (&["extract", WRONG], CLOSED),
        (&["extract", WRONG, "--format", "xlsx"], CLOSED),
        (&["render", &stored, "--format", "sarif"], CLOSED),
        (&["render", "--schema"], CLOSED),
        (&["rules"], CLOSED),
        (&["rules", "--format", "json"], CLOSED),
        (&["explain", "GJ300"], CLOSED),
        (&["explain", "GJ999"], 2),
        (&["config", "--show-origin"], CLOSED),
        (&["config", "--schema"], CLOSED),
        (&["pack", "check", "rules/zfxxgk-2021.toml"], CLOSED),
        (&["pack", "new", WRONG, "-o", &draft], CLOSED),
        (&["pack", "schema"], CLOSED),
        (&["completions", "bash"], CLOSED),
        (&["man"], CLOSED),
        (&["--help"], CLOSED),
        (&["--version"], CLOSED),
        (&["--nonsense"], 2),
    ];
    for (arguments, expected) in calls {
        let output = gouji(arguments).stdout(closed()).output().expect("the command runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked") && !said.contains("Broken pipe"), "{arguments:?}\n{said}");
        assert_eq!(status(&output), *expected, "{arguments:?}\n{said}");
        // `pack new` writes no file over another one.
        drop(std::fs::remove_file(&draft));
        let both = gouji(arguments).stdout(closed()).stderr(closed()).output().expect("the command runs");
        assert_eq!(status(&both), CLOSED, "{arguments:?}, and nobody reads standard error");
    }
    let init = gouji(&["init"]).current_dir(folder.path()).stdout(closed()).output().expect("the command runs");
    assert_eq!(status(&init), CLOSED);
}

/// A reader goes away between two reports: what is written to files goes on, and where nothing is, the run ends there.
#[test]
fn a_run_whose_reader_goes_away_says_that_it_is_cut_short() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = std::fs::read(WRONG).expect("a report");
    for number in 0..40 {
        std::fs::write(folder.path().join(format!("{number}.md")), &report).expect("room");
    }
    let run = |arguments: &[&str]| {
        let mut command = gouji(&[&["check", ".", "--isolated", "--no-cache", "--jobs", "1"], arguments].concat());
        command.current_dir(folder.path()).stdout(closed()).output().expect("the command runs")
    };
    std::fs::write(folder.path().join("a.json"), "kept").expect("room");
    let output = run(&["--format", "jsonl"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(status(&output), CLOSED, "{said}");
    assert!(said.starts_with("已中断：共 40 份，已核对 ") && said.lines().count() == 1, "{said}");
    let output = run(&["--output", "concise", "--output", "json=a.json"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(status(&output), CLOSED, "{said}");
    assert!(said.contains("共 40 份："), "{said}");
    let stored = std::fs::read(folder.path().join("a.json")).expect("a stored run");
    let stored: serde_json::Value = serde_json::from_slice(&stored).expect("JSON");
    assert_eq!(stored["summary"]["reports"], 40);
}
