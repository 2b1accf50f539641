//! An output is written whole or not at all: a full disk, a kill or a mistake leaves the file that was there.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use crate::command::{gouji, status};
use std::io::Read;

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");
const OLD: &str = "what the last run left";

/// An archive, with a result of an earlier run under this name.
fn archive(reports: usize, result: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("归档")).unwrap();
    for number in 0..reports {
        fs::write(folder.path().join(format!("归档/{number:04}.md")), WRONG).unwrap();
    }
    fs::write(folder.path().join(result), OLD).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    gouji(arguments).current_dir(folder).output().unwrap()
}

/// The same where no file may be longer than some blocks, as on a full disk.
fn cramped(folder: &Path, arguments: &[&str]) -> Output {
    let command = gouji(arguments);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]).arg(command.get_program());
    let environment = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
    shell.args(command.get_args()).envs(environment).current_dir(folder).output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let calls: [(&str, &[&str]); 7] = [
        ("a.json", &["check", "归档", "--output", "json=a.json"]),
        ("a.jsonl", &["check", "归档", "--output", "concise", "--output", "jsonl=a.jsonl"]),
        ("a.html", &["check", "归档", "--output", "html=a.html"]),
        ("a.sarif", &["check", "归档", "--output", "sarif=a.sarif"]),
        ("a.csv", &["extract", "归档", "-o", "a.csv"]),
        ("b.jsonl", &["extract", "归档", "--format", "jsonl", "-o", "b.jsonl"]),
        ("a.xlsx", &["extract", "归档", "--format", "xlsx", "-o", "a.xlsx"]),
    ];
    for (name, arguments) in calls {
        let folder = archive(60, name);
        let old = fs::read(folder.path().join(name)).unwrap();
        let output = cramped(folder.path(), arguments);
        let said = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(status(&output), 2, "{name}: {said}");
        assert!(said.contains(name) && said.contains("无法写入"), "{name}: {said}");
        assert!(name == "a.xlsx" || said.contains("超出文件大小限额"), "{name}: {said}");
        assert!(fs::read(folder.path().join(name)).unwrap() == old, "{name}");
        assert_eq!(names(folder.path()), [name, "归档"].map(str::to_owned), "nothing is left beside");
    }
}

#[test]
fn a_killed_run_leaves_the_old_file() {
    let folder = archive(3000, "a.json");
    let mut command = gouji(&["check", "归档", "--jobs", "1", "--output", "jsonl", "--output", "json=a.json"]);
    let mut child = command.current_dir(folder.path()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("a.json")).unwrap(), OLD);
    // What is left of the run is hidden, and no report of the next one.
    let next = run(folder.path(), &["check", ".", "--format", "json", "--fail-on", "never"]);
    let json: serde_json::Value = serde_json::from_slice(&next.stdout).unwrap();
    assert_eq!(json["summary"]["reports"], 3000);
}

#[test]
fn a_run_that_checks_nothing_leaves_the_old_file() {
    let empty = r#"{"schema":1,"tool":{"name":"gouji","version":"0"},"reports":[],"archive":{"findings":[],"rules":{"held":0,"broken":0,"not_evaluated":0},"not_evaluated":[]},"summary":{"reports":0,"unreadable":0,"errors":0,"warnings":0,"advice":0}}"#;
    let calls: [(&str, &[&str]); 6] = [
        ("a.json", &["check", "归档", "--output", "json=a.json"]),
        ("a.html", &["check", "归档", "--output", "concise", "--output", "html=a.html"]),
        ("a.xlsx", &["check", "归档", "--output", "xlsx=a.xlsx"]),
        ("a.csv", &["extract", "归档", "-o", "a.csv"]),
        ("b.csv", &["extract", "归档/无关.md", "-o", "b.csv"]),
        ("b.sarif", &["render", "归档/空.json", "--output", "sarif=b.sarif"]),
    ];
    for (name, arguments) in calls {
        let folder = archive(0, name);
        fs::write(folder.path().join("归档/空.json"), empty).unwrap();
        if name == "b.csv" {
            fs::write(folder.path().join("归档/无关.md"), "一份会议记录。\n").unwrap();
        }
        let output = run(folder.path(), arguments);
        assert_eq!(status(&output), 3, "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), OLD, "{name}");
        assert_eq!(names(folder.path()), [name, "归档"].map(str::to_owned), "nothing is left beside");
    }
}

#[test]
fn what_is_replaced_keeps_its_place_and_permissions() {
    let folder = archive(1, "a.json");
    let at = |name: &str| folder.path().join(name);
    let mode = |name: &str| fs::metadata(at(name)).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(at("a.json"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.json", at("link.json")).unwrap();
    symlink("nowhere.json", at("dangling.json")).unwrap();
    let outputs = ["json=link.json", "jsonl=new.jsonl", "sarif=/dev/null", "concise=dangling.json"];
    let outputs: Vec<&str> = outputs.iter().flat_map(|output| ["--output", output]).collect();
    let output = run(folder.path(), &[&["check", "归档"], outputs.as_slice()].concat());
    assert_eq!(status(&output), 1);
    assert!(at("link.json").is_symlink() && at("dangling.json").is_symlink());
    assert!(fs::read_to_string(at("a.json")).unwrap().starts_with("{\"schema\""));
    assert!(fs::read_to_string(at("nowhere.json")).unwrap().contains("GJ300"));
    assert_eq!((mode("a.json"), mode("new.jsonl") & 0o077), (0o640, mode("归档") & 0o066), "as the user's mask has it");
    // Nothing is seen of files: what came of the run, and where it is, is said.
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("有问题 1 份") && said.contains("已写入 link.json、new.jsonl"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_entered_is_a_finding() {
    let folder = archive(1, "a.json");
    // Names so long that the system refuses the path, whoever asks.
    let deep = "mkdir 归档/深; cd 归档/深; n=$(printf '%0200d' 0); for i in $(seq 25); do mkdir $n; cd $n; done";
    assert!(Command::new("bash").args(["-c", deep]).current_dir(folder.path()).status().unwrap().success());
    let output = run(folder.path(), &["check", "归档", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((status(&output), &json["summary"]["unreadable"]), (1, &1.into()));
    let lost = json["reports"].as_array().unwrap().iter().find(|report| report["verdict"] == "unverifiable").unwrap();
    assert!(lost["path"].as_str().unwrap().starts_with("归档/深/"));
    assert_eq!(lost["findings"][0]["kind"], "unreadable");
    assert!(lost["findings"][0]["message"].as_str().unwrap().starts_with("目录无法打开："), "{lost}");
}

#[test]
fn a_full_device_is_a_mistake_for_every_subcommand() {
    let calls: [&[&str]; 9] = [
        &["--help"],
        &["--version"],
        &["help", "check"],
        &["rules"],
        &["explain", "GJ300"],
        &["man"],
        &["completions", "bash"],
        &["config"],
        &["check", "fixtures/wrong-total/wrong-total.md", "--format", "json"],
    ];
    for arguments in calls {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let Ok(full) = full else { return };
        let output = gouji(arguments).stdout(full).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(status(&output), 2, "{arguments:?}: {said}");
        assert!(said.contains("磁盘已满"), "{arguments:?}: {said}");
    }
}

#[test]
fn what_never_ends_is_refused() {
    let folder = archive(1, "a.json");
    let calls: [&[&str]; 9] = [
        &["check", "归档", "--config", "/dev/zero"],
        &["check", "归档", "--rules", "/dev/zero"],
        &["check", "归档", "--organs", "/dev/zero"],
        &["check", "归档", "--waivers", "/dev/zero"],
        &["check", "归档", "--baseline", "/dev/zero"],
        &["check", "--files-from", "/dev/zero"],
        &["render", "/dev/zero", "--format", "concise"],
        &["pack", "check", "/dev/zero"],
        &["explain", "--text", "/dev/zero"],
    ];
    for arguments in calls {
        let output = run(folder.path(), arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(status(&output), 1 | 2) && said.len() < 2000, "{arguments:?}: {said}");
    }
    // A file that is no report and never ends is one that is too large.
    assert_eq!(status(&run(folder.path(), &["check", "/dev/zero", "--limit", "file-bytes=1000000"])), 1);
}

#[test]
fn the_text_of_what_is_no_report_is_not_passed_over() {
    let folder = archive(1, "a.json");
    fs::write(folder.path().join("a.md"), "# 说明\n").unwrap();
    let output = run(folder.path(), &["explain", "--text", "a.md"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(status(&output), 3, "{said}");
    assert!(said.starts_with("跳过 a.md："), "{said}");
    let output = run(folder.path(), &["explain", "--text", "归档"]);
    assert_eq!(
        (status(&output), &*String::from_utf8_lossy(&output.stderr)),
        (2, "错误：报告 归档 无法读取：这是目录，不是文件\n")
    );
}

/// What a killed run left is removed by the next one; what another run is writing is not.
#[test]
fn what_a_killed_run_left_is_removed() {
    let folder = archive(1, "a.json");
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    let file = |name: &str, is_old: bool| {
        let file = fs::File::create(folder.path().join(name)).unwrap();
        if is_old {
            file.set_modified(hour_ago).unwrap();
        }
        file
    };
    drop(file(".gouji-left.new", true));
    drop(file(".gouji-young.new", false));
    drop(file(".other.new", true));
    let held = file(".gouji-held.new", true);
    held.lock().unwrap();
    let output = run(folder.path(), &["check", "归档", "--output", "json=a.json"]);
    assert_eq!(status(&output), 1);
    assert_eq!(names(folder.path()), [".gouji-held.new", ".gouji-young.new", ".other.new", "a.json", "归档"]);
}
