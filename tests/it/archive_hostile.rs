//! Archives as nobody should keep them: nothing panics, and nobody is accused of what is not there. They are so large that
//! work that grows with more than their size would not end.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fmt::Write;
use std::fs;

use crate::command::{gouji, status};
use crate::support::{figures, pack, report};
use gouji::Checker;
use gouji::internal::agencies::Agencies;
use gouji::internal::blank::Blank;
use gouji::internal::collection::{Accusation, Builder, Collection};
use gouji::internal::digest::Digest;
use gouji::internal::pack::{Levels, builtin};
use serde_json::Value;

/// A report of nothing, with hardly any text.
fn blank(organization: &str, year: u16) -> Blank<'static> {
    let mut blank = Blank::new(pack(), organization, year);
    blank.texts[4] = "存在的问题及改进情况：无。".to_owned();
    blank
}

/// The digest of a report.
fn digest(checker: &Checker, report: &Blank<'_>) -> Digest {
    checker.check("r.md", report.markdown().as_bytes()).into_first().digest.expect("whose and when is known")
}

/// A report with a text and figures of its own.
fn rich() -> Blank<'static> {
    let mut rich = report(3);
    rich.texts[0] = (0..40).fold(String::new(), |mut text, number| {
        let own = char::from_u32(0x4e00 + number * 7).expect("a character");
        write!(text, "围绕{own}{own}事项整理办事指南并在大厅张贴。").expect("strings take all");
        text
    });
    rich
}

/// So many reports, each as `change` makes it from one; what is said of them all.
fn judged(
    list: Option<&str>,
    report: &Blank<'_>,
    count: usize,
    change: impl Fn(usize, &mut Digest),
) -> Vec<Accusation> {
    let checker = Checker::default().with_digests(&builtin().1);
    let digest = digest(&checker, report);
    let agencies = list.map(|list| Agencies::read(list.as_bytes(), &checker.core().collection).expect("a list"));
    let mut builder = Builder::new(checker.core(), checker.packs(), agencies);
    for number in 0..count {
        let mut digest = digest.clone();
        change(number, &mut digest);
        builder.add(digest);
    }
    let archive: Collection = builder.finish();
    let accusations =
        (0..archive.len()).flat_map(|entry| archive.judge(entry, &Levels::default()).accusations).collect();
    let (missing, _) = archive.missing();
    assert!(missing.iter().all(|missing| archive.missing_report(*missing, &Levels::default()).is_some()));
    accusations
}

#[test]
fn many_agencies_with_one_report() {
    let said = judged(None, &rich(), 20_000, |number, digest| digest.organization = format!("{number}局").into());
    let is_of_figures = |said: &&Accusation| matches!(said, Accusation::SameFigures { .. });
    assert_eq!(said.iter().filter(is_of_figures).count(), 19_999, "each but the first");
    let blank = blank("望江县商务局", 2023);
    let said = judged(None, &blank, 20_000, |number, digest| digest.organization = format!("{number}局").into());
    assert!(said.is_empty(), "blank forms are alike: {:?}", said[0]);
}

#[test]
fn one_agency_with_many_reports_of_a_year() {
    for count in [300, 20_000] {
        let said = judged(None, &rich(), count, |_, _| {});
        assert_eq!(said.len(), count - 1);
        assert!(said.iter().all(|said| matches!(said, Accusation::Duplicate { other: 0 })));
    }
}

#[test]
fn a_century_of_reports() {
    let list = "organization\n望江县商务局\n";
    let said = judged(Some(list), &blank("望江县商务局", 2023), 100, |number, digest| {
        digest.year = 2000 + number as u16;
    });
    assert!(said.is_empty(), "{:?}", said[0]);
    // Years of which there is no report at all are not told by the list, but as gaps.
    let said = judged(Some(list), &blank("望江县商务局", 2023), 2, |number, digest| {
        digest.year = if number == 0 { 2000 } else { 2099 };
    });
    assert!(matches!(&said[..], [Accusation::Gap { last: 0, years }] if years.len() == 98), "{said:?}");
}

#[test]
fn long_lists_deep_and_wide() {
    let mut deep = "organization,parent\n".to_owned();
    let mut wide = deep.clone();
    for agency in 0..100_000 {
        let above = if agency % 10_000 == 0 { String::new() } else { format!("{}局", agency - 1) };
        writeln!(deep, "{agency}局,{above}").unwrap();
        writeln!(wide, "{agency}局,{}", if agency == 0 { "" } else { "0局" }).unwrap();
    }
    for list in [deep, wide] {
        judged(Some(&list), &rich(), 11_000, |number, digest| {
            // Some are not on the list, and a name that may be meant is looked for.
            let mark = if number % 10 == 9 { "某" } else { "" };
            (digest.organization, digest.year) = (format!("{mark}{number}局").into(), 2021 + (number % 2) as u16);
        });
    }
}

#[test]
fn a_government_with_thousands_of_agencies_below() {
    let mut list = "organization,parent\n县政府,\n".to_owned();
    (1..3_000).for_each(|agency| writeln!(list, "{agency}局,县政府").unwrap());
    let said = judged(Some(&list), &rich(), 3_000, |number, digest| {
        digest.organization = if number == 0 { "县政府".into() } else { format!("{number}局").into() };
    });
    assert!(said.iter().any(|said| matches!(said, Accusation::Sums { explanation: None, .. })), "nothing adds up");
}

/// What is said of files in a folder, as JSON.
fn said(files: &[(&str, Vec<u8>)], list: Option<&str>, expected: i32) -> Value {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join("归档").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let mut command = gouji(&["check", "归档", "--format", "json", "--fail-on", "warning"]);
    if let Some(list) = list {
        fs::write(folder.path().join("名单.csv"), list).unwrap();
        command.args(["--organs", "名单.csv"]);
    }
    let output = command.current_dir(folder.path()).output().unwrap();
    assert_eq!(status(&output), expected, "{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn messages(said: &Value) -> Vec<&str> {
    let findings = said["archive"]["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["message"].as_str().unwrap()).collect()
}

fn of(organization: &str, year: u16, licences: u32) -> Vec<u8> {
    let mut blank = blank(organization, year);
    blank.figures[figures::index_of("disclosure.licensing.decisions")] = licences.to_string();
    blank.markdown().into_bytes()
}

#[test]
fn one_report_alone_and_reports_of_nobody() {
    let alone = said(&[("a.md", of("望江县商务局", 2023, 3))], None, 0);
    assert!(messages(&alone).is_empty());
    let nameless = said(&[("1.md", of("", 2023, 3)), ("2.md", of("", 2023, 3))], None, 0);
    assert!(messages(&nameless).is_empty(), "{nameless}");
}

#[test]
fn names_typed_in_two_ways_are_one_agency() {
    let files = [("a.md", of("望江县商务局", 2022, 3)), ("b.md", of("望江县 商务局", 2024, 5))];
    let said = said(&files, None, 1);
    assert_eq!(messages(&said), ["望江县商务局缺 2023 年度报告；上一份是 2022 年度的"]);
}

#[test]
fn a_new_version_of_the_form_carries_over_all_the_same() {
    let (_, packs) = gouji::internal::pack::builtin();
    let old = packs.iter().find(|pack| pack.id == "zfxxgk-2019").expect("a form of ours");
    let mut before = Blank::new(old, "望江县商务局", 2020);
    before.texts[4] = "存在的问题及改进情况：无。".to_owned();
    for row in ["received", "carried_out"] {
        for column in ["natural_person", "total"] {
            let id = format!("requests.{row}.{column}");
            before.figures[old.figures.iter().position(|figure| figure.id == id).expect(&id)] = "3".to_owned();
        }
    }
    let files = [("2020.md", before.markdown().into_bytes()), ("2021.md", of("望江县商务局", 2021, 5))];
    let said = said(&files, None, 1);
    let messages = messages(&said);
    assert!(messages.len() == 1 && messages[0].contains("总计：现为 0，按上年报告应为 3"), "{messages:#?}");
}

#[test]
fn reports_in_several_forms_are_not_laid_beside_each_other() {
    let (_, packs) = gouji::internal::pack::builtin();
    let other = packs.iter().find(|pack| pack.id == "wzbb").expect("a form of ours");
    let website = Blank::new(other, "望江县商务局", 2023);
    let files = [
        ("公开/商务局.md", of("望江县商务局", 2023, 5)),
        ("公开/水利局.md", of("望江县水利局", 2023, 7)),
        ("2023/望江县商务局.md", website.markdown().into_bytes()),
    ];
    let said = said(&files, Some("organization\n望江县商务局\n望江县水利局\n"), 1);
    let messages = messages(&said);
    assert!(messages.len() == 1, "{messages:#?}");
    assert!(messages[0].starts_with("望江县水利局缺 2023 年度报告：") && messages[0].len() > 50, "{messages:#?}");
}

#[test]
fn nothing_but_files_that_cannot_be_read() {
    let said = said(&[("a.md", Vec::new()), ("b.docx", b"none".to_vec())], Some("organization\n商务局\n"), 1);
    assert!(messages(&said).is_empty());
    assert_eq!(said["summary"]["unreadable"], 2);
}

/// What cannot be read is there: its agency and year are those that its names say, and nobody calls it missing.
#[test]
fn a_file_that_cannot_be_read_is_not_missing() {
    let files = [
        ("望江县商务局2022年政府信息公开工作年度报告.md", of("望江县商务局", 2022, 3)),
        ("望江县商务局2023年政府信息公开工作年度报告.docx", b"none".to_vec()),
        ("望江县商务局2024年政府信息公开工作年度报告.md", of("望江县商务局", 2024, 5)),
        ("2023/望江县/水利局.pdf", b"%PDF-1.4 none".to_vec()),
        ("2023/望江县民政局2023.zip", b"PK none".to_vec()),
        ("教育局.md", of("望江县教育局", 2023, 7)),
    ];
    let list = "organization,from,to\n望江县商务局,2022,2024\n望江县水利局,2023,2023\n望江县民政局,2023,2023\n望江县教育局,2023,2023\n";
    let said = said(&files, Some(list), 1);
    // What is packed in an archive may be of anybody.
    assert_eq!(messages(&said), ["望江县民政局缺 2023 年度报告"]);
    let whose = |path: &str| {
        let reports = said["reports"].as_array().unwrap();
        let report = reports.iter().find(|report| report["path"].as_str().unwrap().ends_with(path)).unwrap();
        (report["organization"].as_str().unwrap_or_default().to_owned(), report["year"].as_u64().unwrap_or_default())
    };
    assert_eq!(whose("2023年政府信息公开工作年度报告.docx"), ("望江县商务局".to_owned(), 2023));
    assert_eq!(whose("水利局.pdf"), ("望江县水利局".to_owned(), 2023));
    assert_eq!(whose(".zip"), (String::new(), 0));
}

/// Nothing that steers a terminal comes through it.
#[test]
fn names_with_control_characters() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), of("望江县商务局", 2023, 3)).unwrap();
    fs::write(folder.path().join("名单.csv"), "organization\n\"水利\u{1b}[31m\n局\"\n望江县商务局\n").unwrap();
    for format in ["full", "concise", "json"] {
        let mut command = gouji(&["check", "a.md", "--organs", "名单.csv", "--format", format]);
        let output = command.current_dir(folder.path()).output().unwrap();
        assert_eq!(status(&output), 1, "{format}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains('\u{1b}'), "{format}: {text:?}");
    }
}
