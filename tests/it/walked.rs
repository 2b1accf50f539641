//! What a walk takes for a report, and how the rest is counted.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::path::Path;
use std::process::Output;

use gouji::internal::taken::DOUBTFUL;

use crate::command::{gouji, seen, status};

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");

/// The same report with its tables as comma-separated values.
fn separated() -> String {
    let is_rule = |line: &str| line.starts_with('|') && line.chars().all(|c| "|-: ".contains(c));
    let lines = WRONG.lines().filter(|line| !line.is_empty() && !is_rule(line)).map(|line| {
        let cells = line.trim_start_matches("# ").trim_matches('|').split('|');
        cells.map(str::trim).collect::<Vec<_>>().join(",")
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    gouji(arguments).current_dir(folder).output().unwrap()
}

/// The reports of a run, and how many files it left out.
fn checked(folder: &Path, arguments: &[&str]) -> (Vec<String>, u64) {
    let output = run(folder, &[&["check", "--isolated", "--format", "json"], arguments].concat());
    let json: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(&output)));
    let reports = json["reports"].as_array().unwrap().iter();
    let reports = reports.map(|report| report["path"].as_str().unwrap().to_owned());
    (reports.collect(), json["summary"]["left_out"].as_u64().unwrap_or(0))
}

/// Files of names that many have, none of which is a report.
fn others(folder: &Path) -> usize {
    let others: [(&str, &[u8]); 8] = [
        ("名单.csv", "机关名称,上级机关\n望江县商务局,望江县\n".as_bytes()),
        ("统计.csv", "项目,合计\n行政许可,3\n其他,4\n总计,7\n".as_bytes()),
        ("data.tsv", b"name\tvalue\na\t1\nb\t2\nc\t3\n"),
        ("paper.tex", b"\\documentclass{article}\\begin{document}x\\end{document}\n"),
        ("index.rst", b"Title\n=====\n"),
        ("todo.org", b"* TODO\n"),
        ("random.csv", b"\xff\xfe\x00\xd8\x01\xd8\x02"),
        ("empty.tsv", b""),
    ];
    for (name, bytes) in others {
        fs::write(folder.join(name), bytes).unwrap();
    }
    others.len()
}

#[test]
fn tables_and_texts_of_all_kinds_are_reports_only_where_they_are_like_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let count = others(path) as u64;
    fs::write(path.join("商务局.csv"), separated()).unwrap();
    // It says that it is a report, and no more.
    fs::write(path.join("水利局.adoc"), "= 望江县水利局2023年政府信息公开工作年度报告\n\n表格略。\n").unwrap();
    let expected = vec!["商务局.csv".to_owned(), "水利局.adoc".to_owned()];
    for arguments in [&[][..], &["."], &["--all-files"], &["--all-files", "."]] {
        assert_eq!(checked(path, arguments), (expected.clone(), count), "{arguments:?}");
    }
    // What is named is taken for a report, whatever it is.
    assert_eq!(checked(path, &["data.tsv"]), (vec!["data.tsv".to_owned()], 0));
    // A list that the run reads is not even looked at.
    assert_eq!(checked(path, &[".", "--organs", "名单.csv"]), (expected, count - 1));
    let output = run(path, &["check", "--isolated", "--lang", "en", "--format", "concise", "."]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("not like reports").count(), 1, "{said}");
    // Their number is said once.
    assert_eq!(said.matches(&count.to_string()).count(), 1, "{said}");
    assert!(said.contains(&format!("Other files, not checked: {count}.")), "{said}");
    let output = run(path, &["extract", "--isolated", "."]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((status(&output), said.matches("不像报告").count(), said.matches("跳过").count()), (0, 1, 1), "{said}");
    assert!(said.contains(&format!("略过其他文件 {count} 个")), "{said}");
}

#[test]
fn every_doubtful_name_is_walked() {
    let folder = tempfile::tempdir().unwrap();
    for extension in DOUBTFUL {
        fs::write(folder.path().join(format!("r.{}", extension.to_uppercase())), separated()).unwrap();
    }
    assert_eq!(checked(folder.path(), &["."]).0.len(), DOUBTFUL.len());
}

#[test]
fn what_gouji_has_written_is_counted_and_no_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("a.md"), WRONG).unwrap();
    let figures: [(&str, &[&str]); 3] =
        [("f.xlsx", &["--format", "xlsx"]), ("long.csv", &[]), ("wide.csv", &["--layout", "wide", "--bom"])];
    for (file, options) in figures {
        assert_eq!(status(&run(path, &[&["extract", "--isolated", "a.md", "-o", file], options].concat())), 0);
    }
    assert_eq!(
        status(&run(path, &["check", "--isolated", "a.md", "--output", "html=p.html", "--output", "xlsx=w.xlsx"])),
        1
    );
    assert_eq!(checked(path, &["."]), (vec!["a.md".to_owned()], 5));
    assert_eq!(checked(path, &["--all-files"]), (vec!["a.md".to_owned()], 5));
    for arguments in [&["check", "--isolated", "."][..], &["extract", "--isolated", "."]] {
        let said = String::from_utf8(run(path, arguments).stderr).unwrap();
        assert!(said.contains("略过 gouji 输出的文件：f.xlsx、long.csv、p.html 等"), "{said}");
    }
    // A stored run says the same.
    run(path, &["check", "--isolated", ".", "--output", "json=a.json"]);
    let again = run(path, &["render", "a.json", "--format", "json"]);
    assert_eq!(again.stdout, fs::read(path.join("a.json")).unwrap());
}

#[test]
fn a_word_that_means_no_rule_is_said_with_the_code_or_name_that_may_be_meant() {
    for (word, meant) in [
        ("GJ30O", "GJ300"),
        ("gj51x", "GJ510"),
        ("G300", "GJ300"),
        ("wrong-figur", "wrong-figure"),
        ("Wrong-Figure", "wrong-figure"),
    ] {
        for arguments in [&["explain", word][..], &["check", "--isolated", "--ignore", word, "Cargo.toml"]] {
            let output = gouji(arguments).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(status(&output) == 2 && said.contains(&format!("是否为 {meant}？")), "{said}");
        }
    }
}

/// The page says of which folder it is, of which day, and by which version.
#[test]
fn a_page_says_what_it_is_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::create_dir_all(path.join("归档/2023")).unwrap();
    fs::create_dir_all(path.join("归档/2024")).unwrap();
    fs::write(path.join("归档/2023/a.md"), WRONG).unwrap();
    fs::write(path.join("归档/2024/b.md"), WRONG.replace("2023年", "2024年")).unwrap();
    let page = |named: &str| {
        let mut command = gouji(&["check", "--isolated", "--format", "html", named]);
        let output = command.current_dir(path).env("SOURCE_DATE_EPOCH", "1781524800").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let version = env!("CARGO_PKG_VERSION");
    assert!(page("归档").contains(&format!("目录：归档 · 核对日期：2026-06-15 · gouji {version}<")));
    assert!(page("归档/2024").contains("目录：归档&#x2f;2024 · ") || page("归档/2024").contains("目录：归档/2024 · "));
    // What lies here is of no folder that was named.
    fs::write(path.join("c.md"), WRONG).unwrap();
    assert!(!page(".").contains("目录："));
}

/// What a pack is called is written by others: its text steers no terminal.
#[test]
fn nothing_of_a_pack_steers_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.toml");
    let texts = [
        "id = \"a\\u001b[2J\"\nname = { zh = \"表\\u001b]0;x\\u0007\", en = \"\\u202eform\" }\n",
        "# \u{1b}[2J\nid = \"a\"\n",
        "id = \"a\"\n[\"\\u001b[31m\"]\nx = 1\n",
    ];
    for text in texts {
        fs::write(&path, text).unwrap();
        let output = gouji(&["pack", "check", "--color", "never", path.to_str().unwrap()]).output().unwrap();
        let said = String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap();
        let steers = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!said.is_empty() && !said.contains(steers), "{said:?}");
    }
}
