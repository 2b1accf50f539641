//! Nothing that is read is lost by what is written.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::path::Path;

use crate::command::{gouji, seen, status};

const REPORT: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");

/// A folder with all that a run may read.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    write("a.md", REPORT);
    write("in/b.md", REPORT);
    write("in/page.html", "<p>结果</p>");
    write("w.toml", "[[waiver]]\nrule = \"GJ300\"\nreason = \"r\"\n");
    write("base.json", "{\"tool\": \"gouji\", \"schema\": 1, \"findings\": []}");
    write("o.csv", "organization,parent\n青岚县商务局,\n");
    write("list", "a.md\n");
    write("gouji.toml", "fail-on = \"error\"\n");
    write("stored.json", "{}");
    folder
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![folder.to_owned()];
    let mut all = Vec::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            all.push((path.display().to_string(), fs::read(path).unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
fn what_is_read_is_not_written_over() {
    let calls: [&[&str]; 20] = [
        &["check", "a.md", "--output", "json=a.md"],
        &["check", "a.md", "--output", "xlsx=./in/../a.md"],
        &["check", ".", "--output", "json=in/b.md"],
        &["check", "in", "--output", "html=in/b.md"],
        &["check", "--output", "full=in/b.md"],
        &["check", "in", "--output", "jsonl=in/page.html"],
        &["check", "a.md", "--waivers", "w.toml", "--output", "json=w.toml"],
        &["check", "a.md", "--baseline", "base.json", "--output", "sarif=base.json"],
        &["check", "a.md", "--write-baseline", "base.json", "--output", "json=base.json"],
        &["check", "a.md", "--organs", "o.csv", "--output", "json=o.csv"],
        &["check", "--files-from", "list", "--output", "json=list"],
        &["check", "in", "--files-from", "list", "--output", "json=a.md"],
        &["check", "a.md", "--output", "json=gouji.toml"],
        &["check", "a.md", "--output", "json=x", "--output", "sarif=./x"],
        &["check", "a.md", "--output", "json", "--output", "sarif"],
        &["check", "a.md", "--output", "json="],
        &["check", "nowhere", "--output", "json=stored.json"],
        &["extract", "a.md", "-o", "a.md"],
        &["extract", "in", "-o", "in/b.md"],
        &["render", "stored.json", "--output", "junit=stored.json"],
    ];
    let mut story = String::new();
    for call in calls {
        let folder = folder();
        let before = contents(folder.path());
        let output = gouji(call).current_dir(folder.path()).output().unwrap();
        assert_eq!(contents(folder.path()), before, "{call:?}");
        assert_eq!(status(&output), 2, "{call:?}");
        story += &format!("$ gouji {}\n{}", call.join(" "), seen(&output));
    }
    insta::assert_snapshot!(story);
}

#[test]
fn what_a_run_wrote_before_may_be_written_again() {
    let folder = folder();
    let arguments = ["check", "in", "--output", "html=in/page.html", "--output", "xlsx=in/book.xlsx"];
    let arguments = [&arguments[..], &["--output", "json=in/a.json", "--output", "jsonl=/dev/null"]].concat();
    for _ in 0..2 {
        let output = gouji(&arguments).current_dir(folder.path()).output().unwrap();
        assert_eq!(status(&output), 1, "{}", seen(&output));
    }
}
