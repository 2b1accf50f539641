//! A reader that goes away, as `gouji rules | head -1` does, ends every subcommand quietly.
#![cfg(unix)]

use crate::command::{gouji, status};

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
        (&["check", WRONG, "--output", &output], 1),
        (&["check", WRONG, "--format", "full", "--statistics"], 1),
        (&["check", WRONG, "--format", "concise"], 1),
        (&["check", WRONG, "--format", "html"], 1),
        (&["check", WRONG, "--format", "xlsx"], 1),
        (&["check", "no such file"], 2),
        (&["extract", WRONG], 0),
        (&["extract", WRONG, "--format", "xlsx"], 0),
        (&["render", &stored, "--format", "sarif"], 1),
        (&["render", "--schema"], 0),
        (&["rules"], 0),
        (&["rules", "--format", "json"], 0),
        (&["explain", "GJ300"], 0),
        (&["explain", "GJ999"], 2),
        (&["config", "--show-origin"], 0),
        (&["config", "--schema"], 0),
        (&["pack", "check", "rules/zfxxgk-2021.toml"], 0),
        (&["pack", "new", WRONG, "-o", &draft], 0),
        (&["pack", "schema"], 0),
        (&["completions", "bash"], 0),
        (&["man"], 0),
        (&["--help"], 0),
        (&["--version"], 0),
    ];
    for (arguments, expected) in calls {
        let output = gouji(arguments).stdout(closed()).output().expect("the command runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked") && !said.contains("Broken pipe"), "{arguments:?}\n{said}");
        assert_eq!(status(&output), *expected, "{arguments:?}\n{said}");
        // `pack new` writes no file over another one.
        drop(std::fs::remove_file(&draft));
        let both = gouji(arguments).stdout(closed()).stderr(closed()).output().expect("the command runs");
        assert_eq!(status(&both), *expected, "{arguments:?}, and nobody reads standard error");
    }
    let init = gouji(&["init"]).current_dir(folder.path()).stdout(closed()).output().expect("the command runs");
    assert_eq!(status(&init), 0);
}
