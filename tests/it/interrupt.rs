//! A run that the user ends by Ctrl-C: what was told is whole, and said to be partial.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::command::{gouji, run, status};
use tempfile::TempDir;

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");
const MANY: usize = 4000;

fn archive() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..MANY {
        fs::write(folder.path().join(format!("{number:04}.md")), WRONG).unwrap();
    }
    folder
}

/// A run over the archive, which has begun to tell.
fn begun(archive: &TempDir, arguments: &[&str]) -> Child {
    let mut command = gouji(&["check", "--jobs", "2", "--output", "jsonl"]);
    command.args(arguments).arg(".").current_dir(archive.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    child
}

fn interrupt(child: &Child) {
    signal(child, "-INT");
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// Whether this process was started where a signal is ignored; then it is for the command too, and nothing can be shown.
fn is_ignored(signal: &str) -> bool {
    let number = ["-HUP", "-INT", "-TERM"].iter().zip([1, 2, 15]).find(|(name, _)| **name == signal).unwrap().1;
    let own = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = own.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask >> (number - 1) & 1 == 1)
}

#[test]
fn an_interrupted_run_closes_its_outputs() {
    if is_ignored("-INT") {
        println!("not run: Ctrl-C is ignored here");
        return;
    }
    let archive = archive();
    for (language, before, between, after) in [
        ("zh", "已中断：共 ", " 份，已核对 ", " 份，结果不完整。\n"),
        ("en", "Interrupted: ", " of ", " reports were checked, the result is incomplete.\n"),
    ] {
        let child = begun(&archive, &["--output", "json=全部.json", "--lang", language]);
        interrupt(&child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), 130);
        let json: serde_json::Value =
            serde_json::from_slice(&fs::read(archive.path().join("全部.json")).unwrap()).expect("JSON as a whole");
        let told = json["reports"].as_array().unwrap().len();
        assert!((1..MANY).contains(&told), "{told}");
        assert_eq!(json["summary"]["reports"], told);
        assert_eq!(json["summary"]["interrupted"], true);
        let first = [b"{".as_slice(), &output.stdout].concat();
        let lines: Vec<serde_json::Value> =
            serde_json::Deserializer::from_slice(&first).into_iter().map(Result::unwrap).collect();
        assert_eq!(lines.iter().filter(|line| line.get("report").is_some()).count(), told);
        assert_eq!(lines.last().unwrap()["summary"]["reports"], told);
        let stderr = String::from_utf8(output.stderr).unwrap();
        let numbers = stderr.strip_prefix(before).and_then(|text| text.strip_suffix(after)).expect("what is said");
        let numbers: Vec<usize> = numbers.split(between).map(|number| number.parse().unwrap()).collect();
        assert_eq!(numbers, if language == "zh" { [MANY, told] } else { [told, MANY] });
    }
}

/// A run that is asked to end leaves nothing beside its outputs, whoever asks.
#[test]
fn a_run_that_is_ended_leaves_no_other_file() {
    for name in ["-TERM", "-HUP"] {
        if is_ignored(name) {
            println!("not run: {name} is ignored here");
            continue;
        }
        let archive = archive();
        let child = begun(&archive, &["--output", "json=all.json"]);
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), 130, "{name}");
        let json = fs::read(archive.path().join("all.json")).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON as a whole");
        assert_eq!(json["summary"]["interrupted"], true, "{name}");
        let names = fs::read_dir(archive.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> = names.filter(|name| name.to_string_lossy().ends_with(".new")).collect();
        assert!(left.is_empty(), "{name}: {left:?}");
    }
}

/// What is started under `nohup` outlives its terminal, and is ended by the other signals as ever.
#[test]
fn a_signal_that_is_ignored_does_not_hide_the_others() {
    let archive = archive();
    let program = gouji(&[]).get_program().to_owned();
    let mut command = Command::new("sh");
    command
        .args(["-c", r#"trap '' HUP; exec "$0" check --jobs 2 --output jsonl --output json=all.json ."#])
        .arg(program);
    let mut child = command.current_dir(archive.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    signal(&child, "-HUP");
    thread::sleep(Duration::from_millis(200));
    assert!(child.try_wait().unwrap().is_none(), "it goes on");
    signal(&child, "-TERM");
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 130);
    let json = fs::read(archive.path().join("all.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON as a whole");
    assert_eq!(json["summary"]["interrupted"], true);
}

#[test]
fn asked_again_it_ends_at_once() {
    if is_ignored("-INT") {
        println!("not run: Ctrl-C is ignored here");
        return;
    }
    let archive = archive();
    // Nobody reads on, so that the run waits for its output to be taken.
    let mut child = begun(&archive, &[]);
    thread::sleep(Duration::from_secs(2));
    interrupt(&child);
    thread::sleep(Duration::from_millis(500));
    assert!(child.try_wait().unwrap().is_none(), "the first time it waits");
    interrupt(&child);
    // Nobody has taken its output, for which it would wait.
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn no_line_of_progress_where_there_is_no_terminal() {
    let output = run(&["check", "--format", "json", "fixtures"]);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
