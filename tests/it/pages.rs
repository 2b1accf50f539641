//! The page for reading: all that is told stands in it once, nothing of a report becomes markup, nothing is fetched.

use std::collections::BTreeSet;
use std::path::Path;

use crate::command::{gouji, run, seen, status};
use crate::support::elements::{base64, elements};
use crate::support::made::{self, HOSTILE, HOSTILE_ORGAN};
use sha2::{Digest, Sha256};

/// The archive told in this format.
fn told(folder: &Path, format: &str, jobs: &str) -> Vec<u8> {
    let arguments = ["check", "--jobs", jobs, "--organs", "organs.csv", "--output", format, "."];
    let output = gouji(&arguments).current_dir(folder).output().expect("the command runs");
    assert_eq!(status(&output), 1, "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn page(folder: &Path) -> String {
    String::from_utf8(told(folder, "html", "2")).expect("UTF-8")
}

fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    made::archive(folder.path());
    folder
}

#[test]
fn every_finding_stands_once() {
    let folder = archive();
    let lines = String::from_utf8(told(folder.path(), "concise", "2")).expect("UTF-8");
    let elements = elements(&page(folder.path()));
    let findings = elements.iter().filter(|element| element.is("article", "finding") || element.is("li", "absent"));
    let codes = |code: &str| lines.lines().filter(|line| line.contains(&format!(" {code} "))).count();
    let told: Vec<&str> = findings.filter_map(|element| element.get("data-code")).collect();
    assert_eq!(told.len(), lines.lines().count());
    assert!(told.len() > 10, "{told:?}");
    for code in told.iter().collect::<BTreeSet<_>>() {
        assert_eq!(told.iter().filter(|known| *known == code).count(), codes(code), "{code}");
    }
    let missing = elements.iter().filter(|element| element.is("li", "absent")).count();
    let in_map = elements.iter().filter(|element| element.is("td", "missing")).count();
    assert!(missing > 0 && missing == in_map, "{missing} missing, {in_map} in the map");
}

#[test]
fn a_wrong_figure_is_marked_with_what_it_should_be_beside_it() {
    let output = run(&["check", "--format", "html", "fixtures/wrong-total/wrong-total.md"]);
    let elements = elements(&String::from_utf8(output.stdout).expect("UTF-8"));
    let wrong = elements.iter().position(|element| element.is("td", "wrong")).expect("a wrong figure");
    let texts: Vec<&str> = elements[wrong..wrong + 5].iter().map(|element| element.text.trim()).collect();
    assert_eq!(texts, ["", "", "12", "", "21"], "the figure, and what it should be");
}

#[test]
fn links_lead_to_files_and_to_the_page_itself() {
    let folder = archive();
    let elements = elements(&page(folder.path()));
    let ids: Vec<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids are told twice");
    let mut files = 0;
    for link in elements.iter().filter_map(|element| element.get("href")) {
        if let Some(id) = link.strip_prefix('#') {
            assert!(ids.contains(&id), "{link} leads nowhere");
            continue;
        }
        let path = link.strip_prefix("./").unwrap_or_else(|| panic!("{link} is not relative"));
        let bytes = path.split('%').enumerate().flat_map(|(index, part)| match index {
            0 => part.as_bytes().to_vec(),
            _ => [&[u8::from_str_radix(&part[..2], 16).expect("a byte")], &part.as_bytes()[2..]].concat(),
        });
        let path = String::from_utf8(bytes.collect()).expect("UTF-8");
        assert!(folder.path().join(&path).exists(), "{path} is no file");
        files += 1;
    }
    assert!(files > 10, "{files} links");
}

#[test]
fn nothing_of_a_report_becomes_markup() {
    let folder = archive();
    let page = page(folder.path());
    let elements = elements(&page);
    for element in &elements {
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && name != "src" && name != "style", "{name}={value} in {}", element.name);
        }
    }
    assert_eq!(elements.iter().filter(|element| element.name == "script").count(), 1);
    // What turns the direction of writing is blank, in as many bytes.
    let seen = HOSTILE.replace('\u{202e}', "   ");
    assert!(elements.iter().any(|element| element.name == "bdi" && element.text.ends_with(&seen)));
    assert!(elements.iter().any(|element| element.name == "bdi" && element.text == HOSTILE_ORGAN));
}

#[test]
fn nothing_is_fetched_and_only_our_own_script_runs() {
    let folder = archive();
    let page = page(folder.path());
    assert!(!page.contains("://"), "an address of another place");
    assert!(!page.contains("url("), "a style that fetches");
    let elements = elements(&page);
    let policy = elements.iter().find_map(|element| element.get("content").filter(|content| content.contains("src")));
    let policy = policy.expect("a policy");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    for name in ["style", "script"] {
        let element = elements.iter().find(|element| element.name == name).expect("an element");
        let hash = base64(&Sha256::digest(element.text.as_bytes()));
        assert!(policy.contains(&format!("{name}-src 'sha256-{hash}'")), "of the {name}: sha256-{hash}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = archive();
    assert!(told(folder.path(), "html", "1") == told(folder.path(), "html", "8"));
}

/// Without its style and script, on whatever day it is made.
fn body(page: &[u8]) -> String {
    let page = String::from_utf8(page.to_vec()).expect("UTF-8");
    let main = page.split("</head>").nth(1).expect("a body");
    let main = main.split("<script>").next().expect("a body");
    let day = regex::Regex::new(r"20\d\d-\d\d-\d\d").expect("a pattern");
    day.replace(main, "DAY").into_owned()
}

#[test]
fn a_page_in_both_languages() {
    for lang in ["zh", "en"] {
        let output = run(&["check", "--lang", lang, "--format", "html", "fixtures/wrong-total/wrong-total.md"]);
        insta::assert_snapshot!(format!("page_{lang}"), body(&output.stdout));
    }
}

#[test]
fn a_page_without_findings_says_so() {
    let output = run(&["check", "--lang", "en", "--format", "html", "fixtures/baofeng-shape/baofeng-shape.txt"]);
    assert!(body(&output.stdout).contains("No problems found."));
}

#[test]
fn statistics_go_to_standard_error() {
    for lang in ["zh", "en"] {
        let arguments = ["check", "--lang", lang, "--statistics", "fixtures/wrong-total", "fixtures/pdf-text"];
        insta::assert_snapshot!(format!("statistics_{lang}"), seen(&run(&arguments)));
    }
}
