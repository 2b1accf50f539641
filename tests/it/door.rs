//! How the command is met by those who do not use a terminal: the report in the browser, a console of its own.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::command::{gouji, seen, status};

const REPORT: &str = "fixtures/wrong-total/wrong-total.md";

/// A folder in which a browser is found that notes what it is to show.
#[cfg(unix)]
fn browser(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("xdg-open");
    let noted = folder.join("noted");
    fs::write(&path, format!("#!/bin/sh\nprintf %s \"$1\" >'{}'\n", noted.display())).expect("a script");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
}

/// What the browser was to show; it runs on its own.
#[cfg(unix)]
fn noted(folder: &Path) -> String {
    for _ in 0..500 {
        if let Some(path) = fs::read_to_string(folder.join("noted")).ok().filter(|path| !path.is_empty()) {
            return path;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("no browser was called")
}

#[cfg(target_os = "linux")]
fn opened(folder: &Path, arguments: &[&str]) -> (Output, String) {
    browser(folder);
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let output = gouji(arguments).env("PATH", path).env("TMPDIR", folder).output().expect("the command runs");
    (output, noted(folder))
}

#[cfg(target_os = "linux")]
#[test]
fn the_report_is_opened_in_the_browser() {
    let folder = tempfile::tempdir().expect("a folder");
    let (output, shown) = opened(folder.path(), &[REPORT, "--open", "--format", "concise", "--lang", "en"]);
    assert_eq!(status(&output), 1);
    let page = fs::read_to_string(&shown).expect("the page");
    assert!(page.starts_with("<!doctype html>") && page.contains("GJ300"), "{page}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("error GJ300"), "the terminal shows the same as ever");
    let said = String::from_utf8_lossy(&output.stderr).replace(&shown, "PAGE");
    insta::assert_snapshot!("opened", said);
}

#[cfg(target_os = "linux")]
#[test]
fn a_page_that_is_named_is_the_one_that_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("页.html");
    let output = format!("html={}", page.display());
    let (output, shown) = opened(folder.path(), &["check", REPORT, "--open", "--output", &output]);
    assert_eq!((status(&output), Path::new(&shown)), (1, page.as_path()));
    assert!(String::from_utf8_lossy(&output.stderr).contains("已写入"), "{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_browser_the_page_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = gouji(&[REPORT, "--open", "--format", "concise"]);
    let output = command.env("PATH", folder.path()).env("TMPDIR", folder.path()).output().expect("the command runs");
    assert_eq!(status(&output), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("没有找到浏览器，请自行打开 "), "{output:?}");
}

/// What is seen in a console of its own, where Enter is pressed once; none where no program gives a console.
#[cfg(target_os = "linux")]
fn in_own_console(folder: &Path, files: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_gouji");
    browser(folder);
    let call = format!("exec '{program}' {files}");
    let mut console = Command::new("script");
    console.args(["-qec", &call, "/dev/null"]).env("GOUJI_OWN_CONSOLE", "1").env("LANG", "zh_CN.UTF-8");
    console.env("PATH", format!("{}:/usr/bin:/bin", folder.display())).env("TMPDIR", folder);
    console.stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut console) = console.spawn() else {
        eprintln!("not tried: there is no `script` (util-linux) to give a console");
        return None;
    };
    console.stdin.take().expect("a pipe").write_all(b"\n").expect("Enter is pressed");
    let output = console.wait_with_output().expect("it ends");
    Some(String::from_utf8_lossy(&output.stdout).replace('\r', ""))
}

#[cfg(target_os = "linux")]
#[test]
fn a_double_click_says_how_to_go_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(said) = in_own_console(folder.path(), "") else { return };
    insta::assert_snapshot!("double_click", said.trim());
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_are_dragged_onto_the_icon_are_checked_and_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = fs::canonicalize(REPORT).expect("a fixture");
    let Some(said) = in_own_console(folder.path(), &format!("'{}'", report.display())) else { return };
    let shown = noted(folder.path());
    assert!(said.contains("错误 GJ300") && said.contains(&format!("已在浏览器中打开 {shown}")), "{said}");
    assert!(said.trim_end().ends_with("按回车键关闭。"), "{said}");
}

/// Nobody is there to press Enter.
#[test]
fn without_a_console_nothing_is_waited_for() {
    let output = gouji(&[]).env("GOUJI_OWN_CONSOLE", "1").stdin(Stdio::null()).output().expect("the command runs");
    assert_eq!(status(&output), 2, "{}", seen(&output));
}
