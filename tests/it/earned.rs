//! A pass is earned: what was not looked for, not found or not filled in never makes one.

use crate::support::markdown;
use crate::support::report;
use crate::support::shape::{Shape, shapes};
use crate::support::workbook::{self, Kind};
use gouji::Checker;
use gouji::Language;
use gouji::{Layer, Level, Selection, Severity};
use gouji::{Report, Verdict};

fn checked(name: &str, bytes: &[u8]) -> Report {
    Checker::default().check(name, bytes).into_first().report
}

/// Code, severity and what the finding is about.
fn said(report: &Report) -> Vec<String> {
    let one = |finding: &gouji::Finding| {
        format!("{} {} {}", finding.rule.code, finding.severity, finding.subject.id()).trim_end().to_owned()
    };
    report.findings.iter().map(one).collect()
}

fn without_lines(text: &str, is_left_out: impl Fn(&str) -> bool) -> String {
    text.lines().filter(|line| !is_left_out(line)).map(|line| format!("{line}\n")).collect()
}

/// A right report whose name says nothing of it.
fn right() -> String {
    let mut right = report(5);
    right.organization = "望江县水利局".to_owned();
    right.year = 2024;
    right.texts[0] = right.texts[0].replace(&report(5).year.to_string(), "2024");
    markdown::write(&right, markdown::Way::Padded)
}

#[test]
fn what_lacks_something_never_passes() {
    let is_heading = |line: &str| line.starts_with("##");
    let table = |text: &str, number: usize, with: &str| {
        let mut tables = 0;
        let mut was_row = false;
        let lines = text.lines().filter_map(|line| {
            let is_row = line.starts_with('|');
            let begins = is_row && !was_row;
            was_row = is_row;
            tables += usize::from(begins);
            match (is_row && tables == number, begins) {
                (false, _) => Some(format!("{line}\n")),
                (true, begins) => begins.then(|| format!("{with}\n")),
            }
        });
        lines.collect::<String>()
    };
    let all = ["GJ101 error"];
    let cases: [(&str, String, &str, Vec<&str>); 12] = [
        ("whole", right(), "r.md", vec![]),
        (
            "no section five",
            without_lines(&right(), |line| line.contains("五、存在")),
            "r.md",
            vec!["GJ101 error section 5"],
        ),
        ("no titles of sections", without_lines(&right(), is_heading), "r.md", all.to_vec()),
        (
            "tables alone, the file names agency and year",
            without_lines(&right(), |line| !line.starts_with('|') && !line.is_empty()),
            "望江县水利局2024年政府信息公开工作年度报告.md",
            all.to_vec(),
        ),
        (
            "tables alone",
            without_lines(&right(), |line| !line.starts_with('|') && !line.is_empty()),
            "r.md",
            all.to_vec(),
        ),
        (
            "titles of the sections with tables alone",
            without_lines(&right(), |line| {
                let is_kept = ["##", "# ", "|"].iter().any(|start| line.starts_with(start)) || line.is_empty();
                !is_kept
                    || ["一、", "五、", "六、"].iter().any(|number| line.contains(number)) && line.starts_with("##")
            }),
            "r.md",
            all.to_vec(),
        ),
        (
            "no title",
            right().replacen("望江县水利局2024年政府信息公开工作年度报告", "年度报告", 1),
            "r.md",
            vec!["GJ110 warning"],
        ),
        ("a title without agency", right().replacen("望江县水利局2024年", "2024年", 1), "r.md", vec![]),
        ("no table four", table(&right(), 3, ""), "r.md", vec!["GJ201 error disputes"]),
        (
            "table three alone",
            {
                let text = table(&table(&right(), 3, ""), 1, "");
                without_lines(&text, |line| !line.starts_with('|') && !line.is_empty())
            },
            "r.md",
            vec!["GJ101 error", "GJ201 error disclosure", "GJ201 error disputes"],
        ),
        (
            "no tables",
            without_lines(&right(), |line| line.starts_with('|')),
            "r.md",
            vec!["GJ201 error disclosure", "GJ201 error disputes", "GJ201 error requests"],
        ),
        (
            "nothing of the form",
            "# 望江县水利局2024年工作总结\n\n全年办理申请 12 件。\n".to_owned(),
            "r.md",
            vec!["GJ002 error"],
        ),
    ];
    let mut wrong = String::new();
    for (what, text, name, expected) in cases {
        let report = checked(name, text.as_bytes());
        let mut found = said(&report);
        found.sort();
        let passes = report.verdict() == Verdict::Pass;
        if found != expected || passes != (what == "whole") {
            wrong += &format!("{what}: {:?} {found:?}\n", report.verdict());
        }
    }
    assert_eq!(wrong, "");
}

/// A right report with a picture for each table.
fn with_pictures(text: &str, picture: &str) -> String {
    let mut was_row = false;
    let lines = text.lines().filter_map(|line| {
        let is_row = line.starts_with('|');
        let begins = is_row && !std::mem::replace(&mut was_row, is_row);
        was_row = is_row;
        if begins { Some(picture.to_owned()) } else { (!is_row).then(|| line.to_owned()) }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn tables_that_are_pictures_are_said_to_be_pictures() {
    let text = with_pictures(&right(), "![](表.png)");
    let plain = text.lines().map(|line| match line.split_once("# ") {
        Some((_, title)) => format!("<h2>{title}</h2>"),
        None if line.starts_with('!') => "<div><img src='表.png'></div>".to_owned(),
        None => format!("<p>{line}</p>"),
    });
    let page: String = plain.collect();
    let without_title = text.replacen("# 望江县水利局2024年政府信息公开工作年度报告", "", 1);
    for (name, text) in [("r.md", &text), ("r.html", &page), ("望江县水利局2024年.md", &without_title)] {
        let report = checked(name, text.as_bytes());
        let pictures = report.findings.iter().filter(|finding| finding.message.key == "missing-table.image").count();
        assert_eq!((report.verdict(), pictures), (Verdict::Findings, 3), "{name}: {:?}", said(&report));
    }
}

#[test]
fn whose_report_it_is_may_come_from_its_file() {
    let text = right().replacen("望江县水利局2024年", "2024年", 1);
    let nobody = checked("r.md", text.as_bytes());
    assert_eq!(nobody.verdict(), Verdict::Unverifiable);
    let why: Vec<String> = nobody.unseen.iter().map(|why| why.say(Language::English)).collect();
    assert_eq!(why, ["the agency is unknown: neither the title nor the file or folder names give one"]);
    for name in ["望江县水利局.md", "望江县/水利局/2024.md"] {
        assert_eq!(checked(name, text.as_bytes()).verdict(), Verdict::Pass, "{name}");
    }
}

#[test]
fn tables_alone_are_one_finding_in_every_kind_of_workbook() {
    for kind in workbook::KINDS {
        let bytes = workbook::write_as(kind, &report(3), workbook::Way::TablesOnly);
        let report = checked(kind.name(), &bytes);
        assert_eq!((report.verdict(), said(&report)), (Verdict::Findings, vec!["GJ101 error".to_owned()]));
        let words = report.findings[0].message.say(Language::Chinese);
        assert!(words.contains("文件只有表格") && words.contains("五、存在的主要问题及改进情况"), "{words}");
    }
}

/// Who does not want to hear that sections or tables are missing hears no pass either.
#[test]
fn a_rule_that_is_off_earns_no_pass() {
    let bytes = workbook::write_as(Kind::Xlsx, &report(3), workbook::Way::TablesOnly);
    let name = "望江县水利局2024年政府信息公开工作年度报告.xlsx";
    for level in [Level::Off, Level::At(Severity::Advice)] {
        let severity = vec![("missing-section".to_owned(), level), ("missing-table".to_owned(), level)];
        let selection = Selection { layers: vec![Layer { severity, ..Layer::default() }] };
        let report = Checker::default().with_selection(&selection).check(name, &bytes).into_first().report;
        assert_eq!((report.verdict(), report.unseen.len()), (Verdict::Unverifiable, 6));
    }
}

#[test]
fn a_form_that_is_not_filled_in_is_one_error_in_every_shape() {
    let mut blank = report(4);
    blank.figures.fill(String::new());
    let mut wrong = String::new();
    for shape in shapes() {
        let (name, bytes) = shape.write(&blank);
        let report = checked(name, &bytes);
        let errors: Vec<String> = said(&report).into_iter().filter(|said| said.contains(" error")).collect();
        // Of lines of text without a figure nothing is left that could be a table.
        let is_lost = errors.len() == 3 && errors.iter().all(|said| said.starts_with("GJ201"));
        if report.verdict() == Verdict::Pass || errors.len() != 1 && !is_lost || report.findings.len() > 3 {
            wrong += &format!("{shape:?}: {:?} {:?}\n", report.verdict(), said(&report));
        }
    }
    assert_eq!(wrong, "");
    let report = checked("r.md", &Shape::Markdown(markdown::Way::Padded).write(&blank).1);
    assert_eq!(said(&report), ["GJ222 error"]);
    // One figure, and the others are said to be blank.
    blank.figures[30] = "4".to_owned();
    let report = checked("r.md", &Shape::Markdown(markdown::Way::Padded).write(&blank).1);
    assert!(!said(&report).contains(&"GJ222 error".to_owned()));
}

/// A row that may be any of those that are absent does not make up for the others.
#[test]
fn more_rows_than_an_unknown_one_can_be_are_missing() {
    let text = without_lines(&right(), |line| {
        ["1.本机关不掌握", "2.没有现成", "3.补正后"].iter().any(|label| line.contains(label))
    });
    let first = text.lines().find(|line| line.contains("1.信访举报")).expect("a row");
    let unknown = text.replace(first, &format!("| | | 另有情形 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n{first}"));
    let report = checked("r.md", unknown.as_bytes());
    assert!(report.findings.iter().any(|finding| finding.rule.code == "GJ202"), "{:?}", said(&report));
}
