//! What a call names twice is read once; what it names itself is read, whatever else is left out.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;

use crate::command::{gouji, seen};
use tempfile::TempDir;

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");

/// A folder with a report at each of these places.
fn folder(places: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for place in places {
        let path = folder.path().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, WRONG).unwrap();
    }
    folder
}

/// The reports that a check reads, in order.
fn checked(folder: &TempDir, arguments: &[&str]) -> Vec<String> {
    let all = [&["check", "--isolated", "--format", "json", "--ignore", "core"], arguments].concat();
    let output = gouji(&all).current_dir(folder.path()).output().unwrap();
    let value: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(&output)));
    value["reports"].as_array().unwrap().iter().map(|report| report["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_named_twice_is_read_once() {
    let folder = folder(&["a/r.md", "a/b/s.md", "c.md"]);
    let whole = folder.path().join("c.md");
    for (named, expected) in [
        (&["c.md", "c.md"][..], &["c.md"][..]),
        (&["./c.md", "c.md"], &["c.md"]),
        (&["a/../c.md", whole.to_str().unwrap()], &["a/../c.md"]),
        (&["a", "a/r.md"], &["a/b/s.md", "a/r.md"]),
        (&["a/r.md", "a"], &["a/r.md", "a/b/s.md"]),
        (&["a", "./a/", "a/b/.."], &["a/b/s.md", "a/r.md"]),
        (&["a", "a/b"], &["a/r.md", "a/b/s.md"]),
        (&["a/b", ".", "c.md"], &["a/b/s.md", "a/r.md", "c.md"]),
        (&["a/b", "c.md"], &["a/b/s.md", "c.md"]),
    ] {
        let mut expected = expected.to_vec();
        let mut found = checked(&folder, named);
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{named:?}");
        fs::write(folder.path().join("list"), named.join("\n")).unwrap();
        let mut of_list = checked(&folder, &["--files-from", "list"]);
        of_list.sort_unstable();
        assert_eq!(of_list, expected, "{named:?} in a list");
    }
    fs::write(folder.path().join("list"), "c.md\na/b\n").unwrap();
    assert_eq!(checked(&folder, &["a", "c.md", "--files-from", "list"]).len(), 3);
    let all = ["extract", "--isolated", "--layout", "wide", "a", "a/r.md"];
    let output = gouji(&all).current_dir(folder.path()).output().unwrap();
    assert_eq!(seen(&output).matches("a/r.md").count(), 1, "{}", seen(&output));
}

#[test]
fn what_is_named_itself_is_read_though_it_is_ignored() {
    let folder = folder(&["a/r.md", "a/old/s.md", "a/t.md", "a/u.md"]);
    fs::write(folder.path().join(".gitignore"), "old/\nt.md\n").unwrap();
    fs::write(folder.path().join(".ignore"), "u.md\n").unwrap();
    assert_eq!(checked(&folder, &["."]), ["a/r.md"]);
    let mut found = checked(&folder, &[".", "a/old", "a/t.md"]);
    found.sort_unstable();
    assert_eq!(found, ["a/old/s.md", "a/r.md", "a/t.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_the_file_that_it_leads_to() {
    let folder = folder(&["a/r.md"]);
    std::os::unix::fs::symlink("a", folder.path().join("link")).unwrap();
    std::os::unix::fs::symlink("a/r.md", folder.path().join("r.md")).unwrap();
    assert_eq!(checked(&folder, &["r.md", "a/r.md"]), ["r.md"]);
    assert_eq!(checked(&folder, &["a", "link", "link/r.md"]).len(), 1);
}

#[test]
fn without_a_path_what_nobody_takes_for_a_report_is_counted() {
    let folder = folder(&["2023/a.md"]);
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("node_modules/x/README.md", "# A module\n\nIt does things.\n");
    put("dist/top_level.txt", "module\n");
    put("说明.md", "# 使用说明\n\n先安装，再运行。\n");
    put("docs/i.html", "<html><body><table><tr><td>a</td><td>12</td></tr></table></body></html>");
    // A title, or a label, may be all that is left of a report.
    put("2023/b.md", "# 青岚县水务局2023年政府信息公开工作年度报告\n\n见附件。\n");
    put("2023/c.md", "| 行政许可 | 12 |\n|---|---|\n");
    let run = |arguments: &[&str]| {
        let all = [&["check", "--isolated", "--format", "json"], arguments].concat();
        let output = gouji(&all).current_dir(folder.path()).output().unwrap();
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (value["summary"]["reports"].as_u64().unwrap(), said)
    };
    for cache in [&[][..], &["--cache", "缓存"], &["--cache", "缓存"]] {
        let (reports, said) = run(cache);
        assert_eq!(reports, 3, "{said}");
        assert!(said.starts_with("略过不像报告的文件：") && said.lines().count() == 1, "{said}");
        assert_eq!(run(&[&["."], cache].concat()), (7, String::new()));
        assert_eq!(run(&[&["--all-files"], cache].concat()), (7, String::new()));
    }
}
