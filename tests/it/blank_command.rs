//! `gouji blank` as a user runs it, and what last year's report gives to the next one.

use std::fs;
use std::sync::Arc;

use crate::command::{gouji, run, seen, status};
use crate::support::markdown::{self, Way};
use crate::support::report;
use gouji::form::{Format, Made, Wanted};
use gouji::internal::blank::Blank;
use gouji::internal::pack::Pack;
use gouji::{Checker, Language, Limits, Verdict, builtin_packs, compile_pack};

/// What is said of a call, without the folder that it writes to.
fn said(arguments: &[&str], folder: &str) -> String {
    seen(&run(arguments)).replace(folder, "[folder]")
}

#[test]
fn the_command_writes_a_form_and_never_over_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().display().to_string();
    let path = |name: &str| format!("{root}/{name}");
    let mut shown = String::new();
    for name in ["空表.xlsx", "空表.docx", "空表.md"] {
        let path = path(name);
        let call = ["blank", "--pack", "zfxxgk", "--organization", "望江县商务局", "--year", "2020", "-o", &path];
        shown += &said(&call, &root);
        let bytes = fs::read(&path).expect("it is written");
        shown += &said(&call, &root);
        assert_eq!(fs::read(&path).expect("it is there"), bytes);
        fs::write(&path, "mine").expect("a file");
        assert_eq!(status(&run(&[&call[..], &["--force"]].concat())), 0);
        assert_eq!(fs::read(&path).expect("it is there"), bytes, "the version of the year, the same bytes");
        assert_eq!(status(&run(&["check", &path])), 1, "it is not filled in");
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn what_is_not_clear_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().display().to_string();
    let path = |name: &str| format!("{root}/{name}");
    let (made, output, text) = (report(1), path("空表.xlsx"), path("空表.txt"));
    let (previous, odd) = (path("上年.md"), path("通知.md"));
    fs::write(&previous, markdown::write(&made, Way::Padded)).expect("a report");
    fs::write(&odd, "# 关于召开会议的通知\n").expect("a notice");
    let next = (made.year + 1).to_string();
    let mut shown = String::new();
    let calls: [&[&str]; 13] = [
        &["blank", "-o", &output],
        &["blank", "--pack", "zfxxgk", "-o", &output],
        &["blank", "--pack", "zfxxgk", "--year", "2023", "-o", &output],
        &["blank", "--pack", "zfxxgk", "--year", "2023", "--organization", " ", "-o", &output],
        &["blank", "--pack", "年报", "--year", "2023", "--organization", "望江县商务局", "-o", &output],
        &["blank", "--pack", "zfxxgk-2019", "--year", "2023", "--organization", "望江县商务局", "-o", &output],
        &["blank", "--pack", "bmjs", "--year", "2010", "--organization", "望江县商务局", "-o", &output],
        &["blank", "--pack", "bmjs", "--year", &next, "--previous", &previous, "-o", &output],
        &["blank", "--year", "2030", "--previous", &previous, "-o", &output],
        &["blank", "--organization", "云溪市水利局", "--previous", &previous, "-o", &output],
        &["blank", "--previous", &odd, "-o", &output],
        &["blank", "--previous", &path("没有.md"), "-o", &output],
        &["blank", "--pack", "zfxxgk", "--year", "2023", "--organization", "望江县商务局", "-o", &text],
    ];
    for call in calls {
        for language in ["zh", "en"] {
            let output = gouji(&[&["--lang", language], call].concat()).output().expect("the command runs");
            assert_eq!(status(&output), 2, "{call:?}");
            shown += &seen(&output).replace(&root, "[folder]");
        }
    }
    assert!(!fs::exists(&output).expect("the folder"), "nothing is written");
    insta::assert_snapshot!(shown);
}

fn checker_of(text: &str) -> Checker {
    let (core, known) = builtin_packs();
    let pack = compile_pack(text, core, known).expect("a sound pack");
    Checker::new(Arc::clone(core), vec![Arc::new(pack)], Limits::default())
}

/// The figures that a form begins with, by id.
fn begun(made: &Made) -> Vec<(&str, &str)> {
    let figures = made.form.pack.figures.iter().zip(&made.form.figures);
    figures.filter(|(_, text)| !text.is_empty()).map(|(figure, text)| (&*figure.id, &**text)).collect()
}

fn after(checker: &Checker, text: &str) -> Made {
    let wanted = Wanted { previous: Some(("r.md", text.as_bytes())), ..Wanted::default() };
    Made::new(checker, &wanted).unwrap_or_else(|why| panic!("{}", why.say(Language::English)))
}

#[test]
fn last_years_report_is_carried_over() {
    let checker = Checker::default();
    let last = report(3);
    let text = markdown::write(&last, Way::Padded);
    let made = after(&checker, &text);
    assert_eq!((&*made.form.organization, made.form.year), (&*last.organization, last.year + 1));
    let of = |id: &str| &*last.figures[last.pack.figures.iter().position(|figure| figure.id == id).expect("a figure")];
    let columns = ["natural_person", "business", "research", "public_interest", "legal_service", "other"];
    let expected: Vec<(String, &str)> = columns
        .iter()
        .map(|column| (format!("requests.carried_in.{column}"), of(&format!("requests.carried_out.{column}"))))
        .collect();
    // The total is computed of them.
    assert_eq!(begun(&made), expected.iter().map(|(id, text)| (&**id, *text)).collect::<Vec<_>>());
    assert_eq!((made.carried, made.remarks.len()), (6, 0));
    for (format, endings) in Format::ALL {
        let bytes = made.form.write(format, Language::Chinese).expect("memory takes all");
        let report = checker.check(&format!("r.{}", endings[0]), &bytes).into_first().report;
        assert_ne!(report.verdict(), Verdict::Pass);
    }
}

#[test]
fn what_is_wrong_in_last_years_report_is_said() {
    let last = report(3);
    let text = markdown::write(&last, Way::Padded);
    let id = "requests.carried_out.total";
    let total = &last.figures[last.pack.figures.iter().position(|figure| figure.id == id).expect("a figure")];
    let row = text.lines().find(|line| line.contains("四、结转下年度继续办理")).expect("the row");
    let wrong = text.replace(row, &row.replace(&format!(" {total} |"), " 98765 |"));
    let made = after(&Checker::default(), &wrong);
    let remarks: Vec<String> = made.remarks.iter().map(|remark| remark.say(Language::Chinese)).collect();
    insta::assert_snapshot!(remarks.join("\n"));
}

/// A form whose rows each report lists begins with those of last year's report, and adds them up.
#[test]
fn rows_of_last_years_report_are_there_again() {
    let (core, _) = builtin_packs();
    let bmjs: &Pack = builtin_packs().1.iter().find(|pack| pack.id == "bmjs").expect("a form");
    let rows = [("205", "教育支出"), ("20502", "普通教育"), ("2050201", "学前教育")];
    let rows = rows.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect();
    let with_rows = bmjs.with_rows(&bmjs.open_rows(&rows)).expect("few rows");
    let mut last = Blank::new(&with_rows, "望江县商务局", 2023);
    for (figure, text) in with_rows.figures.iter().zip(&mut last.figures) {
        if figure.id.contains(".205") {
            *text = "12.5".to_owned();
        }
    }
    let made = after(&Checker::new(Arc::clone(core), builtin_packs().1.clone(), Limits::default()), &last.markdown());
    let bytes = made.form.write(Format::Markdown, Language::Chinese).expect("memory takes all");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let printed = text.lines().filter(|line| line.contains("学前教育")).count();
    assert_eq!(printed, 5, "in each table that takes such codes:\n{text}");
    assert!(!text.contains("12.5"));
}

#[test]
fn a_form_of_every_kind_of_sum_is_carried_over() {
    let checker = checker_of(include_str!("../packs/odd.toml"));
    let pack = &checker.packs()[0];
    let mut last = Blank::new(pack, "青岚县", 2023);
    for (at, text) in last.figures.iter_mut().enumerate().filter(|(_, text)| **text == "0") {
        *text = (at + 40).to_string();
    }
    let made = after(&checker, &last.markdown());
    insta::assert_debug_snapshot!(begun(&made));
}

/// What is written must be read as whose and when it is.
#[test]
fn a_name_that_its_own_title_does_not_give_back_is_refused() {
    let checker = Checker::default();
    let wanted = |organization| Wanted {
        pack: Some("zfxxgk-2021"),
        organization: Some(organization),
        year: Some(2024),
        ..Wanted::default()
    };
    let refused = Made::new(&checker, &wanted("2023年局")).expect_err("it is read as another year's");
    let said = refused.say(Language::Chinese);
    assert!(said.contains("标题“2023年局2024年政府信息公开工作年度报告”会被认作"), "{said}");
    assert!(Made::new(&checker, &wanted("青岚县商务局（本级）")).is_ok());
}
