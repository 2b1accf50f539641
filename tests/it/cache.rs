//! What was found is kept for the next run: it never says anything else than a run without it.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::command::{gouji, status};
use tempfile::TempDir;

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");
const RIGHT: &str = include_str!("../../fixtures/baofeng-shape/baofeng-shape.txt");

/// A folder with an archive of so many reports, no two the same.
fn archive(reports: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("归档")).unwrap();
    for number in 0..reports {
        let text = if number % 10 == 0 { WRONG } else { RIGHT };
        let path = folder.path().join(format!("归档/{number:04}.md"));
        fs::write(path, format!("{text}\n第{number}号\n")).unwrap();
    }
    folder
}

fn check(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = gouji(&["check", "归档"]);
    command.args(arguments).current_dir(folder.path()).output().unwrap()
}

/// The same run with a cache, of which nothing but the cache may be told.
fn assert_same(what: &str, folder: &TempDir, arguments: &[&str]) -> Output {
    assert_as(what, &check(folder, arguments), folder, arguments)
}

/// The same where the run without a cache has been made.
fn assert_as(what: &str, without: &Output, folder: &TempDir, arguments: &[&str]) -> Output {
    let with = check(folder, &[arguments, &["--cache", "缓存"]].concat());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(text(&with.stdout), text(&without.stdout), "{what}");
    assert_eq!(status(&with), status(without), "{what}");
    with
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn every_run_says_what_a_run_without_a_cache_says() {
    let folder = archive(12);
    let runs: &[&[&str]] = &[
        &["--format", "json"],
        &["--format", "json"],
        &["--format", "json", "--jobs", "1"],
        &["--format", "json", "--lang", "en"],
        &["--format", "concise"],
        &["--format", "full", "--color", "always"],
        &["--output", "full", "--output", "jsonl=结果"],
        &["--format", "json", "--ignore", "GJ300"],
        &["--format", "json", "--severity", "GJ300=advice"],
        &["--format", "json", "--fail-on", "never"],
        &["--format", "json", "--pack", "zfxxgk-2019"],
        &["--format", "json", "--limit", "rows=3"],
        &["--format", "json"],
    ];
    for run in runs {
        let with = assert_same(&format!("{run:?}"), &folder, run);
        assert!(!stderr(&with).contains("缓存"), "{}", stderr(&with));
    }
}

#[test]
fn what_has_changed_is_checked_anew() {
    let folder = archive(4);
    let path = folder.path().join("归档/0001.md");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let right = fs::read(&path).unwrap();
    assert_same("first", &folder, &["--format", "json"]);
    // Of the same length and date.
    let at = (0..right.len()).rev().find(|&at| right[at..].starts_with(b"0")).unwrap();
    let mut wrong = right.clone();
    wrong[at] = b'7';
    fs::write(&path, &wrong).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    assert_same("changed", &folder, &["--format", "json"]);
    fs::write(&path, &right).unwrap();
    assert_same("restored", &folder, &["--format", "json"]);
    fs::rename(&path, folder.path().join("归档/9.md")).unwrap();
    assert_same("renamed", &folder, &["--format", "json"]);
}

#[test]
fn rule_packs_of_ones_own_count() {
    let folder = archive(4);
    let pack = folder.path().join("本表.toml");
    let ours = fs::read_to_string("rules/zfxxgk-2021.toml").unwrap();
    fs::write(&pack, &ours).unwrap();
    let arguments = ["--format", "json", "--rules", "本表.toml"];
    assert_same("first", &folder, &arguments);
    fs::write(&pack, ours.replace("severity = \"error\"", "severity = \"warning\"").replace("GJ312", "GJ912")).unwrap();
    assert_same("changed", &folder, &arguments);
}

#[test]
fn reports_in_zip_archives_are_kept_too() {
    let folder = archive(3);
    let mut writer = zip::ZipWriter::new(fs::File::create(folder.path().join("归档/甲.zip")).unwrap());
    writer.start_file("a.md", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut writer, WRONG.as_bytes()).unwrap();
    writer.finish().unwrap();
    assert_same("first", &folder, &["--format", "json"]);
    assert_same("second", &folder, &["--format", "json"]);
}

#[test]
fn a_run_that_is_killed_leaves_a_sound_cache() {
    let folder = archive(300);
    let without = check(&folder, &["--format", "jsonl"]);
    for _ in 0..3 {
        let mut command = gouji(&["check", "归档", "--format", "jsonl", "--cache", "缓存"]);
        let mut child =
            command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        child.stdout.as_mut().unwrap().read_exact(&mut [0; 100_000]).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let with = check(&folder, &["--format", "jsonl", "--cache", "缓存"]);
    assert!(with.stdout == without.stdout);
    assert_eq!((stderr(&with), status(&with)), (stderr(&without), status(&without)));
}

#[test]
fn a_damaged_cache_changes_nothing() {
    let folder = archive(40);
    let path = folder.path().join("缓存");
    let without = check(&folder, &["--format", "jsonl"]);
    assert_as("first", &without, &folder, &["--format", "jsonl"]);
    let sound = fs::read(&path).unwrap();
    let mut damaged = vec![("cut off", sound[..sound.len() / 2].to_vec()), ("a few bytes", sound[..10].to_vec())];
    for part in 0..8 {
        let mut spoilt = sound.clone();
        let from = part * sound.len() / 8;
        for byte in &mut spoilt[from..from + sound.len() / 8] {
            *byte ^= 0x55;
        }
        damaged.push(("spoilt", spoilt));
    }
    // Single bytes of what is kept itself.
    let mut sprinkled = sound;
    let texts: Vec<usize> = (0..sprinkled.len()).filter(|&at| sprinkled[at..].starts_with(b"GJ300")).collect();
    assert!(!texts.is_empty());
    for at in texts {
        sprinkled[at] = b'X';
    }
    damaged.push(("sprinkled", sprinkled));
    for (number, (how, bytes)) in damaged.into_iter().enumerate() {
        fs::write(&path, bytes).unwrap();
        assert_as(&format!("{how} {number}"), &without, &folder, &["--format", "jsonl"]);
    }
}

#[test]
fn what_cannot_be_used_as_a_cache_is_a_warning() {
    let folder = archive(2);
    fs::create_dir(folder.path().join("缓存")).unwrap();
    let with = assert_same("a folder", &folder, &["--format", "json"]);
    assert!(stderr(&with).starts_with("缓存 缓存 未使用或未写完，结果不受影响："), "{}", stderr(&with));
    fs::remove_dir(folder.path().join("缓存")).unwrap();
    // What somebody named by mistake is not written to.
    fs::write(folder.path().join("缓存"), WRONG).unwrap();
    let with = assert_same("a report", &folder, &["--format", "json", "--lang", "en"]);
    let warning =
        "the cache 缓存 was not used or not fully written; the results are not affected: it is not a gouji cache";
    assert!(stderr(&with).starts_with(warning), "{}", stderr(&with));
    assert_eq!(fs::read_to_string(folder.path().join("缓存")).unwrap(), WRONG);
}

#[test]
fn two_runs_at_once() {
    let folder = archive(300);
    // Whatever the others say, these have findings: their lines are written at once.
    for number in 0..300 {
        fs::write(folder.path().join(format!("归档/{number:04}.md")), format!("{WRONG}\n第{number}号\n")).unwrap();
    }
    let mut command = gouji(&["check", "归档", "--format", "jsonl", "--cache", "缓存"]);
    let mut first = command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    first.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    // Nobody reads on: it waits, and keeps the cache.
    let second = assert_same("second", &folder, &["--format", "json"]);
    assert!(stderr(&second).contains("另一次运行正在使用"), "{}", stderr(&second));
    first.kill().unwrap();
    first.wait().unwrap();
}

#[test]
fn a_cache_is_named_in_the_configuration() {
    let folder = archive(2);
    fs::write(folder.path().join("gouji.toml"), "cache = \"内/缓存\"\n").unwrap();
    fs::create_dir(folder.path().join("内")).unwrap();
    let within = folder.path().join("归档");
    let run = |arguments: &[&str]| {
        let output = gouji(arguments).current_dir(&within).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let cache = |text: &str| text.lines().find(|line| line.starts_with("cache")).map(str::to_owned);
    let expected = format!("cache = {:?}", Path::new("../内/缓存"));
    let line = cache(&run(&["config", "--show-origin"])).unwrap();
    assert!(line.starts_with(&expected) && line.ends_with("# ../gouji.toml:1"), "{line}");
    assert_eq!(cache(&run(&["config", "--show-origin", "--no-cache"])), None);
    assert!(cache(&run(&["config", "--show-origin", "--cache", "此"])).unwrap().ends_with("# 命令行 --cache"));
    run(&["check", "--no-cache", "."]);
    assert!(!folder.path().join("内/缓存").exists());
    run(&["check", "."]);
    assert!(folder.path().join("内/缓存").exists());
}
