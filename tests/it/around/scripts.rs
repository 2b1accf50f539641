//! The scripts of the action, run by bash with a stand-in for what lies outside: the program, and the network.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{file, misunderstood};
use crate::command::{seen, status};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const TARGET: &str = "x86_64-unknown-linux-musl";

/// A runner: a folder with programs of its own before all others.
struct Runner {
    folder: TempDir,
}

impl Runner {
    fn new() -> Self {
        let runner = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(runner.folder.path().join("bin")).expect("a folder");
        runner
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it may be run");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    /// Runs a script of `ci/` with these variables and nothing else of this machine but its programs.
    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let folder = self.folder.path();
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("bash");
        command.arg(Path::new(ROOT).join("ci").join(script)).current_dir(folder).env_clear();
        command.env("PATH", format!("{}:{path}", folder.join("bin").display()));
        command.env("RUNNER_TEMP", folder).env("GITHUB_OUTPUT", folder.join("output"));
        command.env("GITHUB_PATH", folder.join("path")).env("ACTION_PATH", ROOT);
        command.envs(variables.iter().copied()).output().expect("bash runs")
    }
}

/// The inputs of the check as a workflow leaves them.
const UNSET: [(&str, &str); 8] = [
    ("INPUT_ARGUMENTS", ""),
    ("INPUT_BASELINE", ""),
    ("INPUT_FAIL_ON", ""),
    ("INPUT_LANG", ""),
    ("INPUT_ORGANS", ""),
    ("INPUT_PATHS", ""),
    ("INPUT_SARIF", ""),
    ("INPUT_WAIVERS", ""),
];

/// A runner whose gouji writes down its arguments, an own line each, and ends with status 1.
fn with_recorder() -> Runner {
    let runner = Runner::new();
    runner.write(
        "bin/gouji",
        "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$RUNNER_TEMP/arguments\"\necho '{}' >\"$RUNNER_TEMP/gouji.sarif\"\nexit 1\n",
    );
    runner
}

fn check(runner: &Runner, inputs: &[(&str, &str)]) -> (i32, Vec<String>) {
    let variables: Vec<_> = UNSET.iter().chain(&[("GOUJI", "gouji")]).chain(inputs).copied().collect();
    let output = runner.run("check.sh", &variables);
    (status(&output), runner.read("arguments").lines().map(str::to_owned).collect())
}

#[test]
fn the_check_is_asked_for_what_the_workflow_says() {
    let runner = with_recorder();
    let inputs = [
        ("INPUT_ARGUMENTS", "  --strict-baseline \n\n--severity=GJ410=warning\n"),
        ("INPUT_BASELINE", "基线.json"),
        ("INPUT_FAIL_ON", "warning"),
        ("INPUT_LANG", "en"),
        ("INPUT_ORGANS", "机关 名单.csv"),
        ("INPUT_PATHS", "归档/2023\n附件 一.xlsx\n"),
        ("INPUT_WAIVERS", "豁免.toml"),
    ];
    let (code, arguments) = check(&runner, &inputs);
    assert_eq!(code, 1);
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(misunderstood(&words), None);
    assert_eq!(words[words.len() - 3..], ["--", "归档/2023", "附件 一.xlsx"]);
    assert!(words.contains(&"--organs=机关 名单.csv") && words.contains(&"--severity=GJ410=warning"), "{words:?}");
    let sarif = runner.folder.path().join("gouji.sarif");
    assert_eq!(runner.read("output"), format!("status=1\nsarif={}\n", sarif.display()));
}

#[test]
fn a_list_of_files_is_not_checked_beside_the_whole_repository() {
    let default = file("action.yml");
    let (_, paths) = default.split_once("\n  paths:\n").expect("an input");
    let default = paths.lines().find_map(|line| line.trim().strip_prefix("default: ")).expect("a default");
    let default = default.trim_matches('\'');
    let inputs = [("INPUT_PATHS", default), ("INPUT_ARGUMENTS", "--files-from=清单.txt")];
    let (_, arguments) = check(&with_recorder(), &inputs);
    assert_eq!(arguments[arguments.len() - 2..], ["--files-from=清单.txt", "--"]);
}

#[test]
fn nothing_that_a_workflow_gives_is_run() {
    let runner = with_recorder();
    let hostile = "$(touch broken) `touch broken` ; touch broken\n*\n--help";
    let (_, arguments) = check(&runner, &[("INPUT_PATHS", hostile), ("INPUT_ORGANS", "a;touch broken")]);
    assert!(!runner.folder.path().join("broken").exists());
    assert_eq!(arguments[arguments.len() - 3..], ["$(touch broken) `touch broken` ; touch broken", "*", "--help"]);
    let (code, _) = check(&runner, &[("INPUT_SARIF", "a\nstatus=0")]);
    assert_eq!(code, 2);
}

#[test]
fn a_sarif_file_of_an_earlier_run_is_not_taken_for_this_one() {
    let runner = Runner::new();
    runner.write("bin/gouji", "#!/bin/sh\nexit 2\n");
    runner.write("gouji.sarif", "{}");
    let (code, _) = check(&runner, &[]);
    assert_eq!((code, runner.read("output").as_str()), (2, "status=2\n"));
    // Nor is it deleted: it may be anybody's.
    assert_eq!(runner.read("gouji.sarif"), "{}");
}

/// A runner whose curl hands out the files of a release, and notes what it was asked for.
fn with_release(checksum_of: &[u8]) -> Runner {
    let runner = Runner::new();
    let release = runner.folder.path().join("release");
    let name = format!("gouji-{TARGET}");
    fs::create_dir_all(release.join(&name)).expect("a folder");
    runner.write(&format!("release/{name}/gouji"), "#!/bin/sh\necho ran >>\"$RUNNER_TEMP/ran\"\n");
    let archive = release.join(format!("{name}.tar.gz"));
    let packed = Command::new("tar").arg("-czf").arg(&archive).arg("-C").arg(&release).arg(&name).status();
    assert!(packed.expect("tar runs").success());
    let bytes = if checksum_of.is_empty() { fs::read(&archive).expect("packed") } else { checksum_of.to_vec() };
    let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    runner.write("release/SHA256SUMS", &format!("{sum}  {name}.tar.gz\n"));
    runner.write(
        "bin/curl",
        "#!/bin/bash\nurl=\"${@: -1}\"\necho \"$url\" >>\"$RUNNER_TEMP/asked\"\n\
         while [ $# -gt 1 ]; do if [ \"$1\" = --output ]; then cp \"$RUNNER_TEMP/release/${url##*/}\" \"$2\" || exit 22; fi; shift; done\n",
    );
    runner
}

fn install(runner: &Runner, inputs: &[(&str, &str)]) -> Output {
    let unset = [
        ("INPUT_BINARY", ""),
        ("INPUT_REPOSITORY", ""),
        ("INPUT_VERSION", ""),
        ("ACTION_REPOSITORY", "owner/gouji"),
        ("RUNNER_OS", "Linux"),
        ("RUNNER_ARCH", "X64"),
    ];
    runner.run("install.sh", &unset.iter().chain(inputs).copied().collect::<Vec<_>>())
}

#[test]
fn the_release_of_the_actions_own_version_is_installed() {
    let runner = with_release(b"");
    let output = install(&runner, &[]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    let asked = format!("https://github.com/owner/gouji/releases/download/v{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(runner.read("asked"), format!("{asked}/SHA256SUMS\n{asked}/gouji-{TARGET}.tar.gz\n"));
    let bin = runner.folder.path().join(format!("gouji-{}/gouji-{TARGET}", env!("CARGO_PKG_VERSION")));
    assert_eq!(runner.read("output"), format!("gouji={}/gouji\n", bin.display()));
    assert_eq!(runner.read("path"), format!("{}\n", bin.display()));
    assert_eq!(runner.read("ran"), "ran\n");

    let output = install(&runner, &[("INPUT_VERSION", "latest"), ("INPUT_REPOSITORY", "office/gouji")]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    let asked = format!("https://github.com/office/gouji/releases/latest/download/gouji-{TARGET}.tar.gz\n");
    assert!(runner.read("asked").ends_with(&asked));
}

#[test]
fn a_release_that_does_not_match_its_checksum_is_not_run() {
    let runner = with_release(b"another archive");
    let output = install(&runner, &[]);
    assert_eq!(status(&output), 2);
    assert!(seen(&output).contains("::error title=gouji::gouji-x86_64-unknown-linux-musl.tar.gz 与 SHA256SUMS 不符"));
    assert_eq!((runner.read("ran"), runner.read("output")), (String::new(), String::new()));
}

#[test]
fn what_cannot_be_installed_is_said() {
    let runner = with_release(b"");
    for (inputs, says) in [
        ([("RUNNER_OS", "Windows"), ("RUNNER_ARCH", "ARM64")], "没有适用于 Windows ARM64 的发布文件"),
        ([("INPUT_VERSION", "1.0; rm -rf /"), ("RUNNER_ARCH", "X64")], "version 应写作"),
        ([("INPUT_REPOSITORY", "gouji"), ("RUNNER_ARCH", "X64")], "repository 应写作"),
        ([("INPUT_BINARY", "nowhere/gouji"), ("RUNNER_ARCH", "X64")], "binary 指定的程序不存在"),
        (
            [("RUNNER_OS", "macOS"), ("RUNNER_ARCH", "ARM64")],
            "没有下载到 https://github.com/owner/gouji/releases/download/v",
        ),
    ] {
        let output = install(&runner, &inputs);
        assert_eq!(status(&output), 2, "{}", seen(&output));
        assert!(seen(&output).contains(says), "{}", seen(&output));
    }
    assert_eq!(runner.read("ran"), "");
}

#[test]
fn notes_of_a_release_are_those_of_its_version() {
    let version = env!("CARGO_PKG_VERSION");
    let notes = |tag: &str| {
        Command::new("bash").args([&format!("{ROOT}/ci/release-notes.sh"), tag]).output().expect("bash runs")
    };
    let said = notes(&format!("v{version}"));
    assert_eq!(status(&said), 0, "{}", seen(&said));
    let text = String::from_utf8(said.stdout).expect("UTF-8");
    assert!(file("CHANGELOG.md").contains(&text) && text.contains("### Added") && !text.contains("\n## "), "{text}");
    assert_eq!(status(&notes("v99.0.0")), 1);
}
