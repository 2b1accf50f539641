//! `gouji pack new`: drafts of rule packs from blank forms, and what becomes of them.

use std::path::Path;
use std::sync::Arc;

use crate::command::{gouji, run, seen, status};
use crate::support;
use crate::support::{document, markdown, page, workbook};
use gouji::Checker;
use gouji::internal::authoring::draft::draft;
use gouji::internal::blank::Blank;
use gouji::internal::limits::Limits;
use gouji::internal::message::Language;
use gouji::internal::pack::{Pack, builtin, compile};
use gouji::internal::read::read;

const COUNTY: &str = include_str!("../forms/county.md");
const BUDGET: &str = include_str!("../forms/budget.html");

/// The pack drafted from a sample.
fn drafted(name: &str, bytes: &[u8]) -> Arc<Pack> {
    let (core, known) = builtin();
    let document = read(name, bytes, &Limits::default()).expect("a sample that can be read");
    let text = draft(&document, "draft", core, Language::Chinese).text;
    Arc::new(compile(&text, core, known).unwrap_or_else(|error| panic!("{name}: {error:?}\n{text}")))
}

/// What is missing or left over when the sample is checked against its own draft.
fn structural_findings(pack: &Arc<Pack>, name: &str, bytes: &[u8]) -> Vec<String> {
    let checker = Checker::new(Arc::clone(&pack.core), vec![Arc::clone(pack)], Limits::default());
    let report = checker.check(name, bytes).into_first().report;
    assert_eq!(report.pack.as_deref(), Some("draft"), "{name} is not known by its own draft");
    let parts = ["section", "table", "row", "column"];
    let structural =
        report.findings.iter().filter(|finding| parts.iter().any(|part| finding.rule.kind.ends_with(part)));
    structural.map(|finding| format!("{} {} {:?}", finding.rule.name, finding.place, finding.message)).collect()
}

/// The titles, labels and shape of a form, without its ids.
fn shape(pack: &Pack) -> String {
    let mut shape = String::new();
    for section in &pack.sections {
        shape += &format!("{} {:?}\n", section.title, section.tables);
    }
    for table in &pack.tables {
        for block in &table.blocks {
            shape += &format!("{:?} {}\n", block.label, block.side_by_side);
            for column in &table.columns[block.columns.clone()] {
                shape += &format!("  | {:?} {:?}\n", column.labels, column.value);
            }
            for row in &table.rows[block.rows.clone()] {
                shape += &format!("  - {} {:?}\n", row.label, row.parent);
            }
        }
    }
    shape
}

/// The form of 2021 comes out of its own blank, whatever the format.
#[test]
fn a_form_is_drafted_from_its_blank_in_any_format() {
    let form = support::pack();
    let mut blank = Blank::new(form, "望江县商务局", 2024);
    let wanted = shape(form);
    for is_filled in [true, false] {
        if !is_filled {
            blank.figures.iter_mut().for_each(String::clear);
        }
        let samples = [
            ("blank.docx", document::write(&blank, document::Way::Word)),
            ("blank.md", markdown::write(&blank, markdown::Way::Padded).into_bytes()),
            ("blank.html", page::write(&blank, page::Way::Plain, "utf-8").into_bytes()),
            ("blank.xlsx", workbook::write(&blank, workbook::Way::OneSheet)),
        ];
        for (name, bytes) in samples {
            let pack = drafted(name, &bytes);
            assert_same(&shape(&pack), &wanted, name);
            let findings = structural_findings(&pack, name, &bytes);
            assert!(findings.is_empty(), "{name}: {findings:?}");
        }
    }
}

/// Panics at the first line that differs.
fn assert_same(found: &str, wanted: &str, name: &str) {
    let differs = found.lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
    assert_eq!(differs, None, "{name}\n{found}");
    assert_eq!(found.lines().count(), wanted.lines().count(), "{name}\n{found}");
}

#[test]
fn other_forms_are_drafted() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("county.md", COUNTY), ("budget.html", BUDGET)] {
        let stem = name.split('.').next().unwrap_or(name);
        std::fs::write(folder.path().join(name), text).expect("room");
        let pack = format!("{stem}.toml");
        let run =
            |arguments: &[&str]| seen(&gouji(arguments).current_dir(folder.path()).output().expect("the command runs"));
        let said = run(&["pack", "new", name, "-o", &pack]);
        let written = std::fs::read_to_string(folder.path().join(&pack)).expect("a draft");
        let checked = run(&["pack", "check", &pack]);
        insta::assert_snapshot!(stem, format!("{said}\n{written}\n{checked}"));
    }
}

/// The official template, where it is at hand.
#[test]
fn the_official_template_is_drafted() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports/blank_2021.docx");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("not run: {} is not there", path.display());
        return;
    };
    let pack = drafted("blank_2021.docx", &bytes);
    assert_eq!((pack.sections.len(), pack.tables.len(), pack.figures.len()), (6, 3, 200));
    assert_eq!(structural_findings(&pack, "blank_2021.docx", &bytes), [""; 0]);
}

#[test]
fn what_cannot_be_drafted_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("form.toml");
    let output = output.to_str().expect("UTF-8");
    let prose = folder.path().join("notice.md");
    std::fs::write(&prose, "# 通知\n\n定于3月12日开会。\n").expect("room");
    let prose = prose.to_str().expect("UTF-8");
    for (arguments, words) in [
        (&["pack", "new", "no such file.docx", "-o", output][..], "no such file.docx"),
        (&["pack", "new", prose, "-o", output], "没有找到表格"),
        (&["pack", "new", "tests/forms/county.md"], "--output"),
        (&["pack", "new", "tests/forms/county.md", "-o", "tests/forms/county.md"], "tests/forms/county.md"),
    ] {
        let output = run(arguments);
        assert_eq!(status(&output), 2, "{arguments:?}\n{}", seen(&output));
        assert!(seen(&output).contains(words), "{arguments:?}\n{}", seen(&output));
    }
    assert!(std::fs::read_to_string("tests/forms/county.md").expect("unharmed").contains("民政"));
}

/// Titles with the year behind them, and sections that only say that they are to be filled in.
#[test]
fn a_draft_takes_no_placeholder_for_a_text_and_no_bracket_for_a_title() {
    let text = "# ××县河湖管护情况年度报告（2024年度）\n\n## 一、巡查情况\n\n| 类别 | 巡河次数 | 整改处数 | 合计 |\n\
                |---|---|---|---|\n| 干流 | 41 | 7 | 48 |\n| 支流 | 63 | 9 | 72 |\n| 总计 | 104 | 16 | 120 |\n\n\
                ## 二、存在问题\n\n（略）\n";
    let pack = drafted("空白表.md", text.as_bytes());
    assert_eq!(pack.title, "河湖管护情况年度报告");
    let checker = Checker::new(Arc::clone(&pack.core), vec![Arc::clone(&pack)], Limits::default());
    for title in ["霞溪县河湖管护情况年度报告（2023年度）", "霞溪县2023年河湖管护情况年度报告"]
    {
        let report = text.replace("××县河湖管护情况年度报告（2024年度）", title).replace("（略）", "管护人员不足。");
        let report = checker.check("r.md", report.as_bytes()).into_first().report;
        assert!(report.findings.is_empty(), "{title}: {:?}", report.findings);
        assert_eq!((report.organization.as_deref(), report.year), (Some("霞溪县"), Some(2023)), "{title}");
    }
    let blank = Blank::new(&pack, "霞溪县", 2023).markdown();
    let findings = checker.check("r.md", blank.as_bytes()).into_first().report.findings;
    assert!(findings.iter().all(|finding| finding.rule.name != "empty-section"), "{findings:?}");
}
