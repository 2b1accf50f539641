//! The marked report: every finding is marked at its own place, what is marked is what the finding says is there, nothing
//! of a report becomes markup.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use gouji::render::{marked_article, marked_page};
use gouji::view::{Input, Printed, PrintedBlock, Report, Span};
use gouji::{Checker, Language};
use sha2::{Digest, Sha256};

use crate::support::elements::{Element, base64, elements};
use crate::support::made::{HOSTILE, HOSTILE_ORGAN};
use crate::support::report;
use crate::support::shape::shapes;

/// The reports of a file, and the file with its marks.
fn marked(name: &str, bytes: &[u8]) -> (Vec<Report>, Printed) {
    let checked = Checker::default().check(name, bytes);
    let input = Input::new(&checked, bytes);
    (Report::all(input, Language::Chinese), Printed::of(input))
}

fn fixtures() -> impl Iterator<Item = PathBuf> {
    let folders = fs::read_dir("fixtures").expect("fixtures").map(|entry| entry.expect("an entry").path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).expect("a folder"));
    files.map(|entry| entry.expect("an entry").path()).filter(|path| !path.ends_with("ORIGIN"))
}

fn spans(printed: &Printed) -> Vec<&Span> {
    fn of_block(block: &PrintedBlock) -> Vec<&Span> {
        match block {
            PrintedBlock::Heading(text) | PrintedBlock::Paragraph(text) => text.iter().collect(),
            PrintedBlock::Table(rows) => rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.text).collect(),
            PrintedBlock::Image(_) | PrintedBlock::Gap => Vec::new(),
        }
    }
    printed.blocks.iter().flat_map(of_block).collect()
}

#[test]
fn what_is_marked_is_what_the_finding_says_is_there() {
    let fixtures = fixtures().map(|path| (path.display().to_string(), fs::read(&path).expect("a fixture")));
    let mut wrong = report(7);
    for figure in [3, 40, 95, 150] {
        wrong.figures[figure].push('7');
    }
    let made = shapes().into_iter().map(|shape| {
        let (name, bytes) = shape.write(&wrong);
        (name.to_owned(), bytes)
    });
    let mut compared = 0;
    for (path, bytes) in fixtures.chain(made) {
        let (reports, printed) = marked(&path, &bytes);
        let mut marked: BTreeMap<(usize, usize), String> = BTreeMap::new();
        for span in spans(&printed) {
            for pointer in span.pointers.iter().filter(|pointer| pointer.label == 0) {
                marked.entry((pointer.report, pointer.finding)).or_default().push_str(&span.text);
            }
        }
        for (number, report) in reports.iter().enumerate() {
            for (index, finding) in report.findings.iter().enumerate().filter(|(_, finding)| finding.location.is_some())
            {
                let text = marked.get(&(number, index));
                let text = text.unwrap_or_else(|| panic!("{}: not marked: {}", path, finding.message));
                if let (Some(found), Some(_)) = (&finding.found, &finding.cell) {
                    assert_eq!(text.trim(), found.as_str(), "{}: {}", path, finding.message);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 50, "only {compared} figures");
}

#[test]
fn each_finding_leads_to_its_mark_and_each_mark_to_its_finding() {
    for path in fixtures() {
        let (reports, printed) = marked(&path.display().to_string(), &fs::read(&path).expect("a fixture"));
        let elements = elements(&marked_page(&reports, &printed, Language::Chinese));
        let ids: Vec<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
        let links =
            || elements.iter().filter_map(|element| element.get("href")).map(|link| link.trim_start_matches('#'));
        for link in links() {
            assert_eq!(ids.iter().filter(|id| **id == link).count(), 1, "{}: {link}", path.display());
        }
        let count: usize = reports.iter().map(|report| report.findings.len()).sum();
        assert_eq!(elements.iter().filter(|element| element.is("li", "card")).count(), count, "{}", path.display());
    }
}

#[test]
fn a_wrong_figure_has_the_right_one_beside_it() {
    let bytes = fs::read("fixtures/wrong-total/wrong-total.md").expect("a fixture");
    let (reports, printed) = marked("wrong-total.md", &bytes);
    let page = marked_article(&reports, &printed, Language::Chinese);
    let row = page.lines().find(|line| line.contains("class=\"error figure\"")).expect("a wrong figure");
    insta::assert_snapshot!("row_of_a_wrong_figure", row);
}

#[test]
fn nothing_of_a_report_becomes_markup_and_nothing_is_fetched() {
    let text = fs::read_to_string("fixtures/wrong-total/wrong-total.md").expect("a fixture");
    let agency = HOSTILE_ORGAN.replace('<', "&lt;");
    let title = text.lines().next().expect("a title");
    let year = title.find("20").expect("a year");
    let text = text.replacen(title, &format!("# {agency}{}", &title[year..]), 1);
    let (reports, printed) = marked(HOSTILE, text.as_bytes());
    let page = marked_page(&reports, &printed, Language::English);
    assert!(!page.contains("://") && !page.contains("url("), "an address of another place");
    let elements = elements(&page);
    for Element { name: element, attributes, .. } in &elements {
        for (name, value) in attributes {
            assert!(!name.starts_with("on") && name != "src" && name != "style", "{name}={value} in {element}");
        }
    }
    assert!(elements.iter().any(|element| element.name == "bdi" && element.text.contains(HOSTILE_ORGAN)));
    let policy = elements.iter().find_map(|element| element.get("content").filter(|content| content.contains("src")));
    let policy = policy.expect("a policy");
    for name in ["style", "script"] {
        let [element] = &elements.iter().filter(|element| element.name == name).collect::<Vec<_>>()[..] else {
            panic!("one {name}")
        };
        let hash = base64(&Sha256::digest(element.text.as_bytes()));
        assert!(policy.contains(&format!("{name}-src 'sha256-{hash}'")), "of the {name}: sha256-{hash}");
    }
}

#[test]
fn of_a_very_large_file_what_is_marked_is_shown() {
    let text = fs::read_to_string("fixtures/wrong-total/wrong-total.md").expect("a fixture");
    let much = "| 序号 | 内容 |\n|---|---|\n".to_owned() + &"| 1 | 办事指南 |\n".repeat(31_000);
    let (reports, printed) = marked("年报.md", format!("{text}\n\n附件\n\n{much}").as_bytes());
    let page = marked_article(&reports, &printed, Language::Chinese);
    assert!(printed.is_cut && page.len() < 200_000, "{} bytes", page.len());
    let findings: usize = reports.iter().map(|report| report.findings.len()).sum();
    let anchors = page.matches("class=\"anchor\"").count();
    assert!(findings > 0 && anchors == findings, "{anchors} of {findings}");
}

#[test]
fn a_file_that_cannot_be_read_says_so() {
    let (reports, printed) = marked("年报.xlsx", b"PK\x03\x04 and nothing else");
    let elements = elements(&marked_page(&reports, &printed, Language::Chinese));
    assert_eq!(elements.iter().filter(|element| element.is("li", "card")).count(), 1);
    assert!(printed.blocks.is_empty());
}
