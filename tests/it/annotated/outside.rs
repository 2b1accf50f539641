//! What other programs find in marked copies. Each runs where it is found, and it is said aloud where it is not.

use std::path::Path;
use std::process::Command;

use super::document::controlled;
use super::{mark, wrong};
use crate::support::{document, workbook};

/// Runs a program in a folder; none where it is not there.
fn run(folder: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).current_dir(folder).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => Some(text),
        // What the scripts end with where a library is missing.
        Some(77) => {
            eprintln!("skipped: {program}: {error}");
            None
        }
        _ => panic!("{program}: {error}{text}"),
    }
}

#[test]
fn other_programs_find_the_marks_at_the_right_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let (report, figure) = wrong(7);
    let copies = [
        ("copy.xlsx", mark("r.xlsx", &workbook::write(&report, workbook::Way::OneSheet))),
        ("copy.docx", mark("r.docx", &document::write(&report, document::Way::Word))),
    ];
    for (name, bytes) in &copies {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let scripts = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outside");
    let python = std::env::var("GOUJI_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut found = Vec::new();
    found.extend(run(folder.path(), &python, &[&format!("{scripts}/marks.py"), "copy.xlsx", "copy.docx"]));
    found.extend(run(folder.path(), "node", &[&format!("{scripts}/marks.cjs"), "copy.xlsx"]));
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let convert = |to: &str, name: &str| {
        run(folder.path(), "soffice", &[&profile, "--headless", "--convert-to", to, "--outdir", "again", name])
    };
    if convert("xlsx", "copy.xlsx").is_some() && convert("docx", "copy.docx").is_some() {
        found.extend(run(
            folder.path(),
            &python,
            &[&format!("{scripts}/marks.py"), "again/copy.xlsx", "again/copy.docx"],
        ));
        // What is in a content control would be lost behind the reference to a comment.
        for element in ["p", "tc"] {
            let bytes = document::write(&report, document::Way::Word);
            let copy = mark("r.docx", &controlled(&figure, &bytes, element));
            std::fs::write(folder.path().join("held.docx"), copy).expect("a file");
            convert("txt:Text (encoded):UTF8", "held.docx").expect("it was there before");
            let text = std::fs::read_to_string(folder.path().join("again/held.txt")).expect("a file");
            assert!(text.lines().any(|line| line.trim() == figure), "{element}: {figure} is lost: {text}");
        }
        // A program that saves a copy numbers its styles anew; our marks are known all the same.
        for (name, _) in &copies {
            let saved = std::fs::read(folder.path().join("again").join(name)).expect("a file");
            std::fs::write(folder.path().join(format!("twice-{name}")), mark(name, &saved)).expect("a file");
        }
        found.extend(run(
            folder.path(),
            &python,
            &[&format!("{scripts}/marks.py"), "twice-copy.xlsx", "twice-copy.docx"],
        ));
    } else {
        eprintln!("skipped: soffice is not here");
    }
    if found.is_empty() {
        eprintln!("skipped: no other program is here");
    }
    for text in found {
        let of_figure: Vec<&str> = text.lines().filter(|line| line.contains(&format!("现为 {figure}"))).collect();
        assert!(
            !of_figure.is_empty() && of_figure.iter().all(|line| line.split('\t').nth(2) == Some(&figure)),
            "{figure}: {text}"
        );
        // None is there twice.
        assert!(!text.lines().any(|line| line.matches(&format!("现为 {figure}")).count() > 1), "{text}");
    }
}
