//! Files that hold several reports: each is read, checked, compared and shown by itself.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::path::Path;

use gouji::internal::blank::Blank;
use gouji::{Checker, Severity};
use serde_json::Value as Json;

use crate::command::{gouji, seen};
use crate::support::figures::{index_of, is_one_row};
use crate::support::shape::{Shape, shapes};
use crate::support::workbook::{Kind, Sheet, Value, Way, sheets, write_all};
use crate::support::{document, markdown, open_document, pack, report, word};

/// Reports of three agencies and years, with other figures in nearly every cell.
fn three() -> Vec<Blank<'static>> {
    let whose = [("云溪市水利局", 2023), ("云溪市教育体育局", 2024), ("南浔区商务局", 2022)];
    let of = |(seed, (organization, year)): (u64, (&str, u16))| {
        let made = report(seed);
        let from = made.year.to_string();
        let texts = made.texts.iter().map(|text| text.replace(&from, &year.to_string())).collect();
        Blank { organization: organization.to_owned(), year, texts, ..made }
    };
    (11..).zip(whose).map(of).collect()
}

/// With one figure higher.
fn with(mut report: Blank<'static>, id: &str, add: i64) -> Blank<'static> {
    let figure = &mut report.figures[index_of(id)];
    *figure = (figure.parse::<i64>().unwrap() + add).to_string();
    report
}

/// A report on one sheet.
fn sheet(report: &Blank<'_>, name: &str) -> Sheet {
    Sheet { name: name.to_owned(), ..sheets(report, Way::OneSheet).remove(0) }
}

fn texts(name: &str, lines: &[&str]) -> Sheet {
    let mut sheet = Sheet::new(name);
    for (row, line) in (0..).zip(lines) {
        sheet.put(row, 0, Value::Text((*line).to_owned()));
    }
    sheet
}

/// Part, agency, year, and the kinds of what is worse than advice, of each report in a file.
fn told(name: &str, bytes: &[u8]) -> Vec<String> {
    let checked = Checker::default().check(name, bytes);
    let of = |checked: &gouji::CheckedReport| {
        let report = &checked.report;
        let kinds = report.findings.iter().filter(|finding| finding.severity > Severity::Advice);
        let kinds: Vec<&str> = kinds.map(|finding| finding.rule.kind.as_str()).collect();
        let (part, organization) = (report.part.as_deref(), report.organization.as_deref());
        let year = report.year.map(|year| year.to_string());
        let words = [part, organization, year.as_deref()].map(|word| word.unwrap_or("-"));
        format!("{} {}", words.join(" "), kinds.join(" ")).trim_end().to_owned()
    };
    checked.reports.iter().map(of).collect()
}

fn run(folder: &Path, arguments: &[&str]) -> Json {
    let output = gouji(&[&["check", "--isolated", "--format", "json"], arguments].concat());
    let output = { output }.current_dir(folder).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", seen(&output)))
}

#[test]
fn reports_behind_each_other_are_read_by_themselves_in_every_shape() {
    let reports = three();
    let checker = Checker::default();
    for shape in shapes() {
        let (name, bytes) = shape.write_all(&reports);
        let read = checker.read_with(name, &bytes, |reading| {
            let facts = reading.facts.figures.iter().map(|fact| fact.found.to_string());
            (reading.identity.clone(), reading.facts.part.clone(), facts.collect::<Vec<_>>())
        });
        assert_eq!(read.len(), reports.len(), "{shape:?}");
        for (read, report) in read.into_iter().zip(&reports) {
            let (identity, part, figures) = read.unwrap_or_else(|report| panic!("{shape:?}: {:?}", report.findings));
            assert!(part.is_some(), "{shape:?}");
            for ((figure, found), truth) in pack().figures.iter().zip(figures).zip(&report.figures) {
                assert!(found == *truth || is_one_row(&figure.id), "{shape:?}: {}: {found}, not {truth}", figure.id);
            }
            if !matches!(shape, Shape::Workbook(_, Way::TablesOnly)) {
                assert_eq!(identity.organization.as_deref(), Some(report.organization.as_str()), "{shape:?}");
                assert_eq!(identity.year, Some(report.year), "{shape:?}");
            }
        }
        // Automatic numbers go on from one report to the next, as printed.
        if matches!(shape, Shape::Document(document::Way::Numbered) | Shape::Word(word::Way::Numbered))
            || matches!(shape, Shape::OpenDocument(open_document::Way::Outline))
        {
            continue;
        }
        for (alone, told) in reports.iter().zip(told(name, &bytes)) {
            let (name, bytes) = shape.write(alone);
            let words = |told: &str| told.split(' ').skip(3).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&told), words(&self::told(name, &bytes)[0]), "{shape:?}: {told}");
        }
    }
}

#[test]
fn of_fifty_agencies_the_one_with_a_wrong_figure_is_named() {
    let mut book = vec![texts("封面", &["云溪市政府信息公开工作年度报告汇编"])];
    for number in 0..50 {
        let mut made =
            Blank { organization: format!("云溪市第{number}街道办事处"), year: 2023, ..report(number) };
        made.texts[0] = made.texts[0].replace(&report(number).year.to_string(), "2023");
        let made = if number == 31 { with(made, "requests.granted.business", 100) } else { made };
        book.push(sheet(&made, &format!("{number}街道")));
    }
    let told = told("汇编.xlsx", &Kind::Xlsx.write(&book));
    assert_eq!(told.len(), 50);
    for (number, told) in told.iter().enumerate() {
        let kinds = if number == 31 { " wrong-figure" } else { "" };
        assert_eq!(*told, format!("{number}街道 云溪市第{number}街道办事处 2023{kinds}"));
    }
}

#[test]
fn one_report_on_four_sheets_is_one() {
    for kind in [Kind::Xlsx, Kind::Xls, Kind::Ods, Kind::Xlsb] {
        let made = three().remove(0);
        let mut text = sheet(&made, "文字部分");
        text.cells.retain(|(_, column, value)| *column == 0 && matches!(value, Value::Text(_)));
        text.merges.clear();
        let labels: Vec<String> = made
            .pack
            .tables
            .iter()
            .enumerate()
            .flat_map(|(table, _)| made.grid(table).into_iter().flatten().map(|(_, cell)| cell.text))
            .collect();
        text.cells.retain(|(_, _, value)| !matches!(value, Value::Text(text) if labels.contains(text)));
        let mut book = vec![text];
        book.extend(sheets(&made, Way::TablesOnly));
        assert_eq!(told(kind.name(), &kind.write(&book)), ["- 云溪市水利局 2023"], "{kind:?}");
        // Two such reports behind each other.
        let mut other = three().remove(1);
        other.texts[0] = three()[1].texts[0].clone();
        let mut second = sheet(&other, "文字二");
        let labels: Vec<String> = made
            .pack
            .tables
            .iter()
            .enumerate()
            .flat_map(|(table, _)| other.grid(table).into_iter().flatten().map(|(_, cell)| cell.text))
            .collect();
        second.cells.retain(|(_, _, value)| !matches!(value, Value::Text(text) if labels.contains(text)));
        second.cells.retain(|(_, column, value)| *column == 0 && matches!(value, Value::Text(_)));
        second.merges.clear();
        book.push(second);
        let tables = sheets(&other, Way::TablesOnly).into_iter();
        book.extend(tables.map(|sheet| Sheet { name: format!("{} 2", sheet.name), ..sheet }));
        let expected = ["文字部分 云溪市水利局 2023", "文字二 云溪市教育体育局 2024"];
        assert_eq!(told(kind.name(), &kind.write(&book)), expected, "{kind:?}");
    }
}

#[test]
fn what_belongs_to_no_report_is_said_once() {
    let [first, second, _] = <[_; 3]>::try_from(three()).unwrap();
    let blank =
        Blank { organization: String::new(), figures: vec![String::new(); first.figures.len()], ..first.clone() };
    let mut template = sheet(&blank, "空白模板");
    template.cells.remove(0);
    let mut overview = texts("全市汇总", &["全市各单位申请办理情况"]);
    for (column, row) in (1..).zip(pack().tables[1].rows.iter().filter(|row| row.is_leaf)) {
        overview.put(1, column, Value::Text(row.label.clone()));
        for agency in 2..9 {
            overview.put(agency, 0, Value::Text(format!("云溪市第{agency}街道")));
            overview.put(agency, column, Value::Number(f64::from(agency) + f64::from(column)));
        }
    }
    let book = [
        texts("封面", &["云溪市2023年至2024年资料"]),
        texts("填报说明", &["一、本表由各单位填写。", "二、没有发生的填0。"]),
        overview,
        sheet(&first, "2023年"),
        template,
        sheet(&second, "2024年"),
    ];
    let bytes = Kind::Xlsx.write(&book);
    assert_eq!(told("r.xlsx", &bytes), ["2023年 云溪市水利局 2023", "2024年 云溪市教育体育局 2024"]);
    let checked = Checker::default().check("r.xlsx", &bytes);
    let said = checked.reports.iter().flat_map(|checked| &checked.report.findings);
    let said: Vec<_> = said.filter(|finding| finding.rule.name == "beside-reports").collect();
    let [said] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(said.labels.len() + 1, 4, "{said:?}");
    // A template beside the only report takes nothing away from it.
    let alone = Kind::Xlsx.write(&[book[3].clone(), book[4].clone()]);
    assert_eq!(told("r.xlsx", &alone), ["- 云溪市水利局 2023"]);
}

#[test]
fn the_years_of_a_workbook_are_a_series() {
    let folder = tempfile::tempdir().unwrap();
    let first = three().remove(0);
    // One figure differs: it is not the same report again.
    let mut next = with(Blank { year: 2024, ..first.clone() }, "disclosure.licensing.decisions", 1);
    next.texts[0] = first.texts[0].replace("2023", "2024");
    let book = Kind::Xlsx.write(&[sheet(&next, "2024年"), sheet(&first, "2023年")]);
    fs::write(folder.path().join("历年.xlsx"), book).unwrap();
    let told = run(folder.path(), &["--no-cache", "历年.xlsx"]);
    let across = told["archive"]["findings"].as_array().unwrap();
    let carried = across.iter().find(|finding| finding["kind"] == "carry-over").expect("it is compared");
    assert_eq!((&carried["part"], &carried["year"]), (&Json::from("2024年"), &Json::from(2024)));
    assert_eq!(carried["location"]["sheet"], "2024年");
    let other = carried["labels"].as_array().unwrap().iter().find(|label| label["location"]["sheet"] == "2023年");
    assert_eq!(other.expect("the other figure")["path"], Json::Null, "it is in the same file");
    assert_eq!(told["summary"]["reports"], 2);
    // What the cache keeps is all of it.
    let cached = ["--cache", "cache", "历年.xlsx"];
    assert_eq!(run(folder.path(), &cached), told);
    assert_eq!(run(folder.path(), &cached), told);
}

#[test]
fn an_older_state_beside_a_report_is_said_to_differ() {
    let folder = tempfile::tempdir().unwrap();
    let report = three().remove(0);
    let old = with(report.clone(), "disclosure.licensing.decisions", 5);
    let book = Kind::Xlsx.write(&[sheet(&report, "年度报告"), sheet(&old, "旧")]);
    fs::write(folder.path().join("r.xlsx"), book).unwrap();
    let told = run(folder.path(), &["--no-cache", "--lang", "en", "r.xlsx"]);
    let across = told["archive"]["findings"].as_array().unwrap();
    let [only] = across.as_slice() else { panic!("{across:?}") };
    assert_eq!((&only["kind"], &only["part"]), (&Json::from("duplicate-report"), &Json::from("旧")));
    assert!(only["message"].as_str().unwrap().contains("r.xlsx!年度报告"), "{only}");
    assert_eq!(told["reports"][0]["verdict"], "pass");
}

#[test]
fn a_report_that_is_in_a_file_twice_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let report = three().remove(0);
    let twice = Shape::Markdown(markdown::Way::Padded).write_all(&[report.clone(), report]).1;
    fs::write(folder.path().join("r.md"), twice).unwrap();
    let told = run(folder.path(), &["--no-cache", "r.md"]);
    let across = told["archive"]["findings"].as_array().unwrap();
    let [only] = across.as_slice() else { panic!("{across:?}") };
    assert_eq!((&only["kind"], &only["part"]), (&Json::from("duplicate-report"), &Json::from("2/2")));
    assert_eq!(told["reports"].as_array().unwrap().len(), 2);
}

#[test]
fn a_baseline_keeps_reports_of_nobody_apart() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, _] = <[_; 3]>::try_from(three()).unwrap();
    let wrong = |report| with(report, "requests.granted.business", 100);
    let book = |reports: &[Blank<'_>]| write_all(Kind::Xlsx, reports, Way::TablesOnly);
    fs::write(folder.path().join("r.xlsx"), book(&[wrong(first.clone()), second.clone()])).unwrap();
    run(folder.path(), &["--no-cache", "--write-baseline", "known.json", "r.xlsx"]);
    assert!(fs::read_to_string(folder.path().join("known.json")).unwrap().contains("r.xlsx!1表二"));
    let count = |told: Json| -> Vec<usize> {
        let reports = told["reports"].as_array().unwrap().iter();
        let is_wrong = |finding: &&Json| finding["kind"] == "wrong-figure";
        reports.map(|report| report["findings"].as_array().unwrap().iter().filter(is_wrong).count()).collect()
    };
    assert_eq!(count(run(folder.path(), &["--no-cache", "--baseline", "known.json", "r.xlsx"])), [0, 0]);
    fs::write(folder.path().join("r.xlsx"), book(&[wrong(first), wrong(second)])).unwrap();
    assert_eq!(count(run(folder.path(), &["--no-cache", "--baseline", "known.json", "r.xlsx"])), [0, 1]);
}

#[test]
fn a_stored_run_of_a_file_with_several_reports_is_written_alike_in_every_format() {
    const FORMATS: [&str; 10] =
        ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "statistics"];
    let folder = tempfile::tempdir().unwrap();
    let [first, second, third] = three().try_into().unwrap();
    // The same again at the end, so that there are findings across reports of the file, too.
    let reports = [first.clone(), with(second, "requests.granted.business", 100), third, first];
    let (name, bytes) = Shape::Markdown(markdown::Way::Padded).write_all(&reports);
    fs::write(folder.path().join(name), bytes).unwrap();
    let write = |arguments: &[&str], prefix: &str| {
        let outputs = FORMATS.map(|format| format!("--output={format}={prefix}.{format}"));
        let mut command = gouji(arguments);
        let output = command.args(outputs).current_dir(folder.path()).output().unwrap();
        assert_eq!(crate::command::status(&output), 1, "{}", seen(&output));
    };
    let read = |prefix: &str, format: &str| fs::read(folder.path().join(format!("{prefix}.{format}"))).unwrap();
    write(&["check", "--isolated", name], "a");
    let json: Json = serde_json::from_slice(&read("a", "json")).unwrap();
    let parts: Vec<&str> =
        json["reports"].as_array().unwrap().iter().map(|report| report["part"].as_str().unwrap()).collect();
    assert_eq!(parts, ["1/4", "2/4", "3/4", "4/4"]);
    assert_eq!(json["archive"]["findings"][0]["part"], "4/4");
    for stored in ["a.json", "a.jsonl"] {
        write(&["render", stored], "b");
        for format in FORMATS {
            assert!(read("a", format) == read("b", format), "{stored} as {format}");
        }
    }
}

#[test]
fn a_file_holds_no_more_reports_than_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let (name, bytes) = Shape::Markdown(markdown::Way::Padded).write_all(&three());
    fs::write(folder.path().join(name), bytes).unwrap();
    let limited = |limit: &str| run(folder.path(), &[name, "--limit", limit]);
    assert_eq!(limited("reports=3")["summary"]["reports"], 3);
    let refused = limited("reports=2");
    assert_eq!((&refused["summary"]["reports"], &refused["summary"]["unreadable"]), (&1.into(), &1.into()));
    assert_eq!(refused["reports"][0]["findings"][0]["code"], "GJ001");
    assert!(refused["reports"][0]["findings"][0]["message"].as_str().unwrap().contains("2 份"));
    // However many there are, by their titles and headings alone.
    let begun =
        "# 青岚县第一局2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n| 第二十条第（一）项 |\n|--|\n| 规章 |\n\n";
    fs::write(folder.path().join(name), begun.repeat(5000)).unwrap();
    assert_eq!(run(folder.path(), &[name])["summary"]["reports"], 1);
}

#[test]
fn figures_are_extracted_with_their_part() {
    let folder = tempfile::tempdir().unwrap();
    let reports = three();
    let several = Shape::Markdown(markdown::Way::Padded).write_all(&reports).1;
    fs::write(folder.path().join("r.md"), several).unwrap();
    fs::write(folder.path().join("s.md"), markdown::write(&reports[0], markdown::Way::Padded)).unwrap();
    let lines = |name: &str| {
        let output = gouji(&["extract", "--format", "jsonl", name]).current_dir(folder.path()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap()["part"].clone()).collect::<Vec<_>>()
    };
    let mut parts = lines("r.md");
    parts.dedup();
    assert_eq!(parts, ["1/3", "2/3", "3/3"]);
    assert!(lines("s.md").iter().all(Json::is_null));
}

#[test]
fn two_titles_or_a_table_printed_twice_are_no_second_report() {
    let report = three().remove(0);
    let text = markdown::write(&report, markdown::Way::Padded);
    let title = report.title();
    let contents: String = (0..6).map(|section| format!("{}\n\n", report.heading(section))).collect();
    let menus = format!(
        "{text}\n\n返回顶部\n\n{contents}\n\n云溪市水利局2022年政府信息公开工作年度报告\n\n主办：云溪市水利局　地址：人民路1号　电话：00000000　邮编：000000\n"
    );
    for (what, text) in [
        ("a title on the cover", format!("{title}\n\n目录\n\n{contents}\n\n{text}")),
        ("links to other years", menus),
        ("a table printed again", format!("{text}\n\n附表\n\n{}", table_two(&text))),
    ] {
        let checked = Checker::default().check("r.md", text.as_bytes());
        assert_eq!(checked.reports.len(), 1, "{what}");
        assert_eq!(checked.reports[0].report.year, Some(2023), "{what}");
    }
}

#[test]
fn a_sentence_before_a_title_is_no_part_of_it() {
    let [first, second, _] = three().try_into().expect("three reports");
    let texts = [&first, &second].map(|report| markdown::write(report, markdown::Way::Padded));
    let title = second.title();
    let renamed = title.replace("2024年", "").replace("工作年度报告", "年报（2024年）");
    let other = texts[1].replace(&title, &renamed);
    assert_ne!(other, texts[1]);
    let text = format!("{}\n\n2023年度，本机关收取信息处理费总金额0元。\n\n{other}", texts[0]);
    let checked = Checker::default().check("r.md", text.as_bytes());
    assert_eq!(checked.reports.len(), 2);
    for (checked, year) in checked.reports.iter().zip([2023, 2024]) {
        assert!(checked.report.findings.is_empty(), "{:?}", checked.report.findings);
        assert_eq!(checked.report.year, Some(year));
    }
}

/// The lines of table two.
fn table_two(text: &str) -> String {
    let lines = text.lines().skip_while(|line| !line.starts_with('|'));
    lines.take_while(|line| line.starts_with('|')).map(|line| format!("{line}\n")).collect()
}

/// Sheets of ours say so; a report that says it is not passed over in silence.
#[test]
fn a_sheet_that_is_no_part_of_the_report_by_its_own_words_is_named_if_it_holds_rows_of_a_form() {
    let reports = three();
    let mut aside = sheet(&with(reports[1].clone(), "requests.granted.business", 100), "二");
    aside.put(0, 9, Value::Text("本页不属于报告".to_owned()));
    let book = |second: Sheet| Kind::Xlsx.write(&[sheet(&reports[0], "一"), second]);
    let codes = |bytes: &[u8]| {
        let checked = Checker::default().check("汇编.xlsx", bytes);
        let [one] = &checked.reports[..] else { panic!("{} reports", checked.reports.len()) };
        one.report.findings.iter().map(|finding| finding.rule.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&book(aside)), ["GJ006"]);
    assert!(codes(&book(texts("二", &["本页不属于报告", "检查", "表三 · 自然人"]))).is_empty());
}
