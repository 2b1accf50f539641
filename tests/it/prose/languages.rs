//! The words are the pack's: a form in another language brings its own, and one without is read as ever.

use std::sync::Arc;

use gouji::internal::limits::Limits;
use gouji::internal::pack::{builtin, compile};
use gouji::{Checker, Finding};

const SMALL: &str = include_str!("../../packs/small.toml");

/// Words without blanks: they count nowhere.
const ENGLISH: &str = r#"
[text.lexicon]
years = [""]
units = ["people"]

[[text.lexicon.word]]
role  = "plain"
words = ["In", "in", "we", "of", "the", "to"]
[[text.lexicon.word]]
role  = "last-year"
words = ["Theyearbefore", "theyearbefore"]
[[text.lexicon.word]]
role  = "among"
words = ["Ofthese", "ofthese"]
[[text.lexicon.word]]
role  = "not"
words = ["no"]

[[text.lexicon.name]]
id    = "supported"
kind  = "group"
words = ["supported", "supportofliving", "supportto"]
rows  = ["aid.living"]
units = ["people"]
topics = ["funds"]

[[text.lexicon.name]]
id      = "urban"
kind    = "column"
words   = ["intowns"]
columns = ["urban"]

[[text.lexicon.topic]]
id       = "funds"
sections = [2]

[[prose]]
code     = "MZ090"
name     = "people-in-text-differ"
kind     = "prose-table"
severity = "warning"
says     = { zh = "文中人数应与表一一致", en = "numbers of people in the text must match the table" }
source   = "test"
counts   = ["supported", "urban"]
"#;

fn findings(pack: &str, text: &str) -> Vec<Finding> {
    let (core, packs) = builtin();
    let pack = Arc::new(compile(pack, core, packs).expect("a sound pack"));
    let report = format!(
        "# 望江县2024年社会救助年度统计报告\n\n统计期限自2024年1月1日起。\n\n## 一、救助人数\n\n\
         | 救助项目 | 城市 | 农村 | 合计 | 支出（万元） |\n|---|---|---|---|---|\n| 最低生活保障 | 31 | 46 | 77 | 12 |\n\
         | 医疗救助 | 3 | 4 | 7 | 1 |\n\n## 二、资金使用\n\n全年救助资金均已足额发放。\n\n{text}\n"
    );
    let checker = Checker::new(Arc::clone(core), vec![pack], Limits::default());
    checker.check("r.md", report.as_bytes()).into_first().report.findings
}

#[test]
fn an_english_form_brings_english_words() {
    let pack = format!("{SMALL}\n{ENGLISH}");
    let found = |text: &str| -> Vec<String> {
        let own = findings(&pack, text).into_iter().filter(|finding| finding.rule.code == "MZ090");
        own.filter_map(|finding| finding.found).collect()
    };
    assert_eq!(found("In 2024 we supported 77 people. Of these, in towns 31 people."), [""; 0]);
    assert_eq!(found("In 2024 we supported 78 people. Of these, in towns 13 people."), ["78", "13"]);
    assert_eq!(found("The year before we supported 12 people."), [""; 0]);
    assert_eq!(found("In some villages we supported 12 people."), [""; 0]);
}

#[test]
fn a_pack_without_words_reads_no_numbers() {
    let found = findings(SMALL, "全年支助99人，其中城市3人。");
    assert!(found.iter().all(|finding| finding.rule.kind != "prose-table"), "{found:?}");
}
