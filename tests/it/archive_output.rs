//! What a clerk and a supervisor read of an archive: small ones, written by hand.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::process::Output;

use crate::command::{gouji, seen, status};
use crate::support::{document, figures, markdown, pack};
use gouji::internal::blank::Blank;

/// Files of an archive, and the list of agencies if there is one.
struct Archive {
    files: Vec<(&'static str, Vec<u8>)>,
    list: Option<Vec<u8>>,
}

impl Archive {
    fn new(reports: &[(&'static str, &Blank<'_>)]) -> Self {
        let bytes = |path: &str, report: &Blank<'_>| match path.ends_with(".docx") {
            true => document::write(report, document::WAYS[0]),
            false => markdown::write(report, markdown::Way::Padded).into_bytes(),
        };
        Self { files: reports.iter().map(|(path, report)| (*path, bytes(path, report))).collect(), list: None }
    }

    fn with_list(self, rows: &str) -> Self {
        Self { list: Some(format!("organization,parent,kind,from,to,alias\n{rows}").into_bytes()), ..self }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in &self.files {
            let path = folder.path().join("归档").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let mut command = gouji(&["check", "归档"]);
        if let Some(list) = &self.list {
            fs::write(folder.path().join("名单.csv"), list).unwrap();
            command.args(["--organs", "名单.csv"]);
        }
        command.args(arguments).current_dir(folder.path()).output().unwrap()
    }

    /// What is said in Chinese, drawn in the files.
    fn full(&self) -> String {
        seen(&self.run(&["--format", "full"]))
    }

    fn concise(&self, language: &str) -> String {
        seen(&self.run(&["--format", "concise", "--lang", language]))
    }
}

fn set(report: &mut Blank<'_>, id: &str, number: u32) {
    report.figures[figures::index_of(id)] = number.to_string();
}

/// A report of a small agency: some licences, and no requests.
fn report(organization: &str, year: u16, licences: u32) -> Blank<'static> {
    let mut report = Blank::new(pack(), organization, year);
    set(&mut report, "disclosure.licensing.decisions", licences);
    // The specimen's words would be those of every other report.
    report.texts[4] = format!("{organization}的公开内容有待丰富，下一步将加强培训。");
    report
}

/// Requests of natural persons and of businesses: carried in, received, carried out; the others were granted.
fn with_requests(mut report: Blank<'static>, columns: [(u32, u32, u32); 2]) -> Blank<'static> {
    let mut total = (0, 0, 0);
    for (carried_in, received, carried_out) in columns {
        total = (total.0 + carried_in, total.1 + received, total.2 + carried_out);
    }
    for (column, (carried_in, received, carried_out)) in
        ["natural_person", "business", "total"].into_iter().zip([columns[0], columns[1], total])
    {
        let granted = carried_in + received - carried_out;
        for (row, number) in [
            ("received", received),
            ("carried_in", carried_in),
            ("granted", granted),
            ("concluded", granted),
            ("carried_out", carried_out),
        ] {
            set(&mut report, &format!("requests.{row}.{column}"), number);
        }
    }
    report
}

/// Normative documents: issued, repealed, in force.
fn with_documents(mut report: Blank<'static>, (issued, repealed, in_force): (u32, u32, u32)) -> Blank<'static> {
    for (column, number) in [("issued", issued), ("repealed", repealed), ("in_force", in_force)] {
        set(&mut report, &format!("disclosure.normative_documents.{column}"), number);
    }
    report
}

const TEXT: &str = "{year}年，本机关按照《条例》要求，围绕商贸流通和市场保供做好公开工作。主动公开家电以旧换新补贴目录{n}项，\
群众凭身份证即可查询领取进度。汛期物资储备点位在门户网站地图上逐一标注，库存每周更新一次。针对外贸企业反映的退税疑问，\
联合税务窗口录制讲解视频{n}段。农贸市场改造方案公示期间收到意见{n}条，采纳情况在现场张贴。信息审核由办公室初审、\
分管负责人复核，全年退回修改稿件{n}篇。网站专栏改版后按事项分类，点击两次即可找到办事指南。对各股室公开情况按季通报，\
结果纳入年度考核。";

/// With a text of its own in section one.
fn with_text(mut report: Blank<'static>, text: &str, number: u32) -> Blank<'static> {
    let year = report.year.to_string();
    report.texts[0] = text.replace("{year}", &year).replace("{n}", &number.to_string());
    report
}

#[test]
fn a_carry_over_that_breaks_on_the_total() {
    let before = with_requests(report("望江县商务局", 2022, 31), [(0, 12, 3), (0, 4, 0)]);
    let after = with_requests(report("望江县商务局", 2023, 35), [(2, 14, 1), (0, 5, 0)]);
    let archive = Archive::new(&[("2022/商务局.md", &before), ("2023/商务局.md", &after)]);
    insta::assert_snapshot!("carry_over_full", archive.full());
    insta::assert_snapshot!("carry_over_en", seen(&archive.run(&["--format", "full", "--lang", "en"])));
    let json: serde_json::Value = serde_json::from_slice(&archive.run(&["--format", "json"]).stdout).unwrap();
    insta::assert_snapshot!("carry_over_json", serde_json::to_string_pretty(&json["archive"]).unwrap());
    let lines = String::from_utf8(archive.run(&["--format", "jsonl"]).stdout).unwrap();
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[2]["archive"], json["archive"], "a line of its own, behind the reports");
}

#[test]
fn a_carry_over_that_breaks_in_columns_that_make_up_for_each_other() {
    let before = with_requests(report("望江县商务局", 2022, 31), [(0, 12, 3), (0, 4, 1)]);
    let after = with_requests(report("望江县商务局", 2023, 35), [(2, 14, 1), (2, 5, 0)]);
    let archive = Archive::new(&[("2022/商务局.md", &before), ("2023/商务局.docx", &after)]);
    insta::assert_snapshot!("recoded_full", archive.full());
    insta::assert_snapshot!(archive.concise("en"), @"
    归档/2023/商务局.docx!table 2!row 5, column 4: warning GJ501 表三 · 二、上年结转政府信息公开申请数量 · 自然人: found 2, expected 3 from the previous year's report; the number carried in must equal the number carried over in the previous year's report
    --- stderr
    Across reports: rules held: 8, broken: 2, not evaluated: 0.
    Reports: 2; pass: 1, findings: 1, unverifiable: 0; errors: 0, warnings: 1, advice: 0.
    --- status 0
    ");
}

/// Ten times 52 is less than 650; but 520 is in no report.
#[test]
fn a_bound_is_said_by_the_figures_of_the_reports() {
    let before = with_requests(report("望江县商务局", 2022, 31), [(0, 650, 0), (0, 0, 0)]);
    let after = with_requests(report("望江县商务局", 2023, 35), [(0, 52, 0), (0, 0, 0)]);
    let archive = Archive::new(&[("2022/商务局.md", &before), ("2023/商务局.md", &after)]);
    let said = archive.concise("zh");
    assert!(said.contains("GJ506") && said.contains("本报告为 52，上年报告为 650；不到上年的十分之一"), "{said}");
    assert!(!said.contains("520"), "{said}");
    let said = archive.concise("en");
    assert!(said.contains("52 in this report, 650 in the previous year's report; less than a tenth"), "{said}");
}

#[test]
fn documents_in_force_that_do_not_follow() {
    let before = with_documents(report("望江县商务局", 2022, 31), (2, 1, 33));
    let after = with_documents(report("望江县商务局", 2023, 35), (3, 0, 35));
    let archive = Archive::new(&[("2022/商务局.md", &before), ("2023/商务局.md", &after)]);
    insta::assert_snapshot!("stock_flow_full", archive.full());
}

#[test]
fn a_gap_and_a_report_handed_in_twice() {
    let reports = [2021, 2024].map(|year| report("望江县商务局", year, u32::from(year) - 2000));
    let archive = Archive::new(&[("2021/商务局.md", &reports[0]), ("2024/商务局.md", &reports[1])]);
    insta::assert_snapshot!("gap_full", archive.full());
    insta::assert_snapshot!(archive.concise("en"), @"
    归档/2024/商务局.md:1:3: warning GJ510 望江县商务局 has no report for 2022, 2023; the last one before is for 2021
    --- stderr
    not evaluated: 望江县商务局 2024: report of the previous year missing or unreadable; not compared with it
    Across reports: rules held: 0, broken: 1, not evaluated: 18.
    Reports: 2; pass: 1, findings: 1, unverifiable: 0; errors: 0, warnings: 1, advice: 0.
    --- status 0
    ");
    let archive = Archive::new(&[("商务局.docx", &reports[0]), ("商务局.md", &reports[0])]);
    insta::assert_snapshot!("twice_full", archive.full());
    let corrected = report("望江县商务局", 2021, 22);
    let next = report("望江县商务局", 2022, 22);
    let archive = Archive::new(&[("a.md", &reports[0]), ("b.md", &corrected), ("c.md", &next)]);
    insta::assert_snapshot!(archive.concise("zh"), @"
    归档/b.md:1:3: 警告 GJ611 望江县商务局 2021 年度已另有一份报告：归档/a.md，数字与之不同
    --- stderr
    未核：望江县商务局 2022：上年有几份不同的报告，与上年的衔接未核对
    跨报告核对：规则 0 条成立，1 条不成立，18 条未核。
    共 3 份：通过 2 份，有问题 1 份，无法核验 0 份；错误 0，警告 1，提示 0。
    --- status 0
    ");
}

#[test]
fn text_of_last_year_and_of_a_sister() {
    let before = with_text(report("望江县商务局", 2022, 31), TEXT, 12);
    let after = with_text(report("望江县商务局", 2023, 35), &TEXT.replace("每周更新", "每月更新"), 15);
    let archive = Archive::new(&[("2022/商务局.md", &before), ("2023/商务局.md", &after)]);
    insta::assert_snapshot!("last_years_text_full", archive.full());
    let sister = with_text(report("望江县水利局", 2022, 7), TEXT, 3);
    let archive = Archive::new(&[("商务局.md", &before), ("水利局.docx", &sister)]);
    insta::assert_snapshot!("sisters_text_full", archive.full());
    insta::assert_snapshot!(archive.concise("en"), @"
    归档/商务局.md:3:4: advice GJ411 section “一、总体情况” does not mention 依申请公开; section one must cover disclosure, requests, management, platforms and supervision
    归档/水利局.docx!paragraph 2: advice GJ411 section “一、总体情况” does not mention 依申请公开; section one must cover disclosure, requests, management, platforms and supervision
    归档/水利局.docx!paragraph 3: warning GJ614 about 100% of the sentences also appear in the report by 望江县商务局 for 2022
    --- stderr
    Across reports: rules held: 0, broken: 1, not evaluated: 0.
    Reports: 2; pass: 1, findings: 1, unverifiable: 0; errors: 0, warnings: 1, advice: 2.
    --- status 0
    ");
}

#[test]
fn figures_of_last_year_and_of_a_sister() {
    let of = |organization, year| {
        let report = with_requests(report(organization, year, 1036), [(2, 21, 2), (1, 14, 1)]);
        with_documents(report, (2, 2, 18))
    };
    let archive = Archive::new(&[
        ("2022/商务局.md", &of("望江县商务局", 2022)),
        ("2022/水利局.md", &of("望江县水利局", 2022)),
        ("2023/商务局.md", &of("望江县商务局", 2023)),
    ]);
    insta::assert_snapshot!("same_figures_full", archive.full());
    insta::assert_snapshot!(archive.concise("en"), @"
    归档/2022/水利局.md:1:3: warning GJ613 every figure is the same as in the report by 望江县商务局 for 2022
    归档/2023/商务局.md:1:3: warning GJ511 every figure is the same as in the report by 望江县商务局 for 2022
    --- stderr
    Across reports: rules held: 12, broken: 2, not evaluated: 0.
    Reports: 3; pass: 1, findings: 2, unverifiable: 0; errors: 0, warnings: 2, advice: 0.
    --- status 0
    ");
}

#[test]
fn who_is_missing_and_who_is_unknown() {
    let bureau = report("商务局", 2023, 35);
    let renamed = [report("望江县农业局", 2022, 5), report("望江县农业农村局", 2023, 6)];
    let archive = Archive::new(&[
        ("2022/农业局.md", &renamed[0]),
        ("2023/农业农村局.md", &renamed[1]),
        ("2023/商务局.md", &bureau),
    ]);
    let archive = archive.with_list(
        "望江县人民政府,,人民政府,,2021,\n望江县商务局,望江县人民政府,部门,,,\n\
         望江县农业农村局,望江县人民政府,部门,,,望江县农业局\n望江县数据局,望江县人民政府,部门,2023,,\n",
    );
    insta::assert_snapshot!("list_full", archive.full());
    insta::assert_snapshot!("list_concise_en", archive.concise("en"));
}

const LIST: &str =
    "望江县人民政府,,人民政府,,,\n望江县商务局,望江县人民政府,部门,,,\n望江县水利局,望江县人民政府,部门,,,\n";

/// A government with two agencies below it, of two years.
fn rolled_up(of_government: u32) -> Archive {
    let below = |organization, year, licences, received| {
        with_requests(report(organization, year, licences), [(0, received, 0), (0, 0, 0)])
    };
    let government = below("望江县人民政府", 2023, of_government, 49);
    let before = below("望江县人民政府", 2022, 50, 9);
    Archive::new(&[
        ("2022/县政府.md", &before),
        ("2022/商务局.md", &below("望江县商务局", 2022, 31, 5)),
        ("2022/水利局.md", &below("望江县水利局", 2022, 19, 4)),
        ("2023/县政府.md", &government),
        ("2023/商务局.md", &below("望江县商务局", 2023, 35, 32)),
        ("2023/水利局.docx", &below("望江县水利局", 2023, 22, 17)),
    ])
    .with_list(LIST)
}

#[test]
fn roll_ups_and_the_agency_that_explains_them() {
    insta::assert_snapshot!("left_out_full", rolled_up(35).full());
    insta::assert_snapshot!(rolled_up(35 + 22 + 22).concise("zh"), @"
    归档/2023/县政府.md:24:10: 警告 GJ601 表二 · 行政许可 · 本年处理决定数量：现为 79，下级机关合计为 57；差额等于望江县水利局的数字，疑重复计入
    --- stderr
    跨报告核对：规则 428 条成立，1 条不成立，0 条未核。
    共 6 份：通过 5 份，有问题 1 份，无法核验 0 份；错误 0，警告 1，提示 0。
    --- status 0
    ");
    insta::assert_snapshot!("last_years_full", rolled_up(35 + 19).full());
    insta::assert_snapshot!(rolled_up(35 + 19).concise("en"), @"
    归档/2023/县政府.md:24:10: warning GJ601 表二 · 行政许可 · 本年处理决定数量: found 54, subordinate agencies add up to 57; the difference equals the change at 望江县水利局 from the previous year; its previous year's report was probably used
    --- stderr
    Across reports: rules held: 428, broken: 1, not evaluated: 0.
    Reports: 6; pass: 5, findings: 1, unverifiable: 0; errors: 0, warnings: 1, advice: 0.
    --- status 0
    ");
    insta::assert_snapshot!("unexplained_full", rolled_up(60).full());
    assert_eq!(status(&rolled_up(57).run(&["--fail-on", "advice"])), 0, "it adds up");
    let mut lacking = rolled_up(35);
    lacking.files.retain(|(path, _)| *path != "2023/水利局.docx");
    insta::assert_snapshot!(lacking.concise("zh"), @"
    名单.csv:4:1: 错误 GJ610 望江县水利局缺 2023 年度报告
    --- stderr
    未核：望江县人民政府 2023：下级机关有 1 份报告缺失或无法读取（望江县水利局），汇总关系未核对
    跨报告核对：规则 220 条成立，1 条不成立，200 条未核。
    共 5 份：通过 5 份，有问题 0 份，无法核验 0 份；错误 1，警告 0，提示 0。
    --- status 1
    ");
    insta::assert_snapshot!(lacking.concise("en"), @"
    名单.csv:4:1: error GJ610 望江县水利局 has no report for 2023
    --- stderr
    not evaluated: 望江县人民政府 2023: subordinate agencies whose report is missing or unreadable: 1 (望江县水利局); consolidated figures not checked
    Across reports: rules held: 220, broken: 1, not evaluated: 200.
    Reports: 5; pass: 5, findings: 0, unverifiable: 0; errors: 1, warnings: 0, advice: 0.
    --- status 1
    ");
}

/// All of table three of an agency: one finding, and the reason stands before the figures.
#[test]
fn a_whole_table_left_out() {
    let below = [("望江县商务局", 32), ("望江县水利局", 17)];
    let below =
        below.map(|(name, received)| with_requests(report(name, 2023, 5), [(0, received, 0), (0, received, 0)]));
    let government = with_requests(report("望江县人民政府", 2023, 10), [(0, 32, 0), (0, 32, 0)]);
    let archive =
        Archive::new(&[("县政府.md", &government), ("商务局.md", &below[0]), ("水利局.md", &below[1])]).with_list(LIST);
    insta::assert_snapshot!("whole_table_full", archive.full());
    insta::assert_snapshot!("whole_table_en", seen(&archive.run(&["--format", "full", "--lang", "en"])));
}

/// What a report's own sums have shown is not told a second time between the years.
#[test]
fn a_figure_that_is_wrong_in_itself_is_told_once() {
    let before = with_requests(report("望江县商务局", 2022, 31), [(0, 12, 3), (0, 4, 1)]);
    let mut after = with_requests(report("望江县商务局", 2023, 35), [(3, 14, 1), (1, 5, 0)]);
    set(&mut after, "requests.carried_in.natural_person", 8);
    let archive = Archive::new(&[("2022.md", &before), ("2023.md", &after)]);
    insta::assert_snapshot!(archive.concise("zh"), @"
    归档/2023.md:40:28: 错误 GJ300 表三 · 二、上年结转政府信息公开申请数量 · 自然人：现为 8，应为 3
    --- stderr
    跨报告核对：规则 9 条成立，0 条不成立，1 条未核。
    共 2 份：通过 1 份，有问题 1 份，无法核验 0 份；错误 1，警告 0，提示 0。
    --- status 1
    ");
}

#[test]
fn lists_that_cannot_be_used() {
    let report = report("望江县商务局", 2023, 35);
    let mut said = String::new();
    for list in [
        "",
        "name,parent\n甲局,乙府\n",
        "organization,parent\n",
        "organization,parent\n,望江县人民政府\n",
        "organization,parent\n商务局,\n商 务 局,\n",
        "organization,alias\n商务局,\n水利局,商务局\n",
        "organization,from\n商务局,去年\n",
        "organization,from,to\n商务局,2023,2021\n",
        "organization,parent\n甲局,乙局\n乙局,丙局\n丙局,乙局\n",
    ] {
        let archive = Archive { list: Some(list.into()), ..Archive::new(&[("2023/商务局.md", &report)]) };
        for language in ["zh", "en"] {
            let output = archive.run(&["--lang", language]);
            assert_eq!(status(&output), 2, "{list}");
            assert!(output.stdout.is_empty(), "{list}");
            said += &String::from_utf8(output.stderr).unwrap();
        }
    }
    let missing = gouji(&["check", "fixtures", "--organs", "没有.csv"]).output().unwrap();
    assert_eq!(status(&missing), 2);
    said += &String::from_utf8(missing.stderr).unwrap();
    insta::assert_snapshot!("lists", said);
}

/// As Excel saves it on a Chinese system: GBK, with the columns in Chinese; what is odd is said, and the run goes on.
#[test]
fn a_list_as_excel_writes_it() {
    let report = report("望江县商务局", 2023, 35);
    let list = "单位名称,上级单位,类型,设立年度,撤销年度,曾用名\r\n望江县人民政府,安庆市人民政府,政府,,,\r\n\
                望江县商务局,望江县人民政府,部门,2019年,,望江县商务和粮食局；望江县经贸局\r\n望江县水利局,望江县人民政府,科室,,,\r\n";
    let list = encoding_rs::GB18030.encode(list).0.into_owned();
    let archive = Archive { list: Some(list), ..Archive::new(&[("2023/商务局.md", &report)]) };
    insta::assert_snapshot!("excel_full", archive.full());
    insta::assert_snapshot!("excel_concise_en", archive.concise("en"));
}
