//! Years and agencies in titles and text.

use gouji::Checker;
use gouji::internal::blank::Blank;

use super::BUREAU;
use crate::support::pack;

/// What is found about titles and years in a report of 2024 of `BUREAU` with some text changed.
fn found_about_titles(change: impl Fn(String) -> String) -> Vec<String> {
    let report = change(Blank::new(pack(), BUREAU, 2024).markdown());
    let findings = Checker::default().check("r.md", report.as_bytes()).into_first().report.findings;
    let codes = findings.iter().map(|finding| finding.rule.code.as_str().to_owned());
    codes.filter(|code| ["GJ119", "GJ120", "GJ121", "GJ122"].contains(&code.as_str())).collect()
}

#[test]
fn a_whole_year_is_the_report_s_only_where_it_is_said_to_be() {
    let with =
        |text: &str| found_about_titles(|report| report.replacen("（一）主动", &format!("{text}\n\n（一）主动"), 1));
    let innocent = [
        "对2022年1月1日至2022年12月31日制发的文件开展后评估。",
        "上年（2022年1月1日至2022年12月31日）收到申请7件。",
        "2026年1月1日至2026年12月31日将继续推进。",
    ];
    for text in innocent {
        assert!(with(text).is_empty(), "{text}");
    }
    let wrong = [
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "报告期为2023年1月1日至2023年12月31日。",
        "（2023年1月1日至2023年12月31日）",
    ];
    for text in wrong {
        assert_eq!(with(text), ["GJ120"], "{text}");
    }
}

#[test]
fn links_and_other_papers_are_no_titles() {
    let with = |lines: &str| found_about_titles(|report| report.replacen("## 一、", &format!("{lines}\n\n## 一、"), 1));
    let innocent = [
        "上一篇：怀宁县商务局2023年政府信息公开工作年度报告",
        "下一篇：怀宁县教育局2024年政府信息公开工作年度报告",
        "根据《关于做好2023年政府信息公开工作年度报告》",
        "望江县人民政府\n\n望江县商务局2024年政府信息公开工作年度报告",
        "首页\n\n望江县商务局2024年政府信息公开工作年度报告",
    ];
    for lines in innocent {
        assert!(with(lines).is_empty(), "{lines}: {:?}", with(lines));
    }
    assert_eq!(with("怀宁县商务局2024年政府信息公开工作年度报告"), ["GJ122"]);
    assert_eq!(with("怀宁县\n\n教育局2024年政府信息公开工作年度报告"), ["GJ122"]);
}
