//! Numbers that are read word by word: what stands between subject, object and number, lists, percentages, growth, none.

use super::{BUREAU, COUNTY, Row, failures};

const fn row(figures: &'static str, text: &'static str, expected: &'static [&'static str]) -> Row {
    Row { agency: BUREAU, figures, text, expected }
}

const fn county(figures: &'static str, text: &'static str, expected: &'static [&'static str]) -> Row {
    Row { agency: COUNTY, figures, text, expected }
}

const FIGURES: &[Row] = &[
    // What the clause leaves out comes from the heading and the clauses before it.
    row(
        "received 23, carried_in 4, carried_out 2",
        "（二）依申请公开：本单位2024年受理依申请公开32件。",
        &["GJ421 32"],
    ),
    row("received 23, carried_in 4, carried_out 2", "（二）依申请公开：本单位2024年受理依申请公开23件。", &[]),
    row(
        "received 23, carried_in 4, carried_out 2",
        "（二）依申请公开情况。全年新收申请23件，加上上年结转5件，总计28件；目前依法办结25件，剩余2件结转下年度办理。",
        &["GJ421 5"],
    ),
    row(
        "received 23, carried_in 4, carried_out 2",
        "（二）依申请公开情况。全年新收申请23件，加上上年结转4件，总计27件；目前依法办结25件，剩余2件结转下年度办理。",
        &[],
    ),
    row("received 23", "（二）依申请公开情况。我局收到三十二件政府信息公开申请，均按时办理。", &["GJ421 三十二"]),
    row("received 23", "（二）依申请公开情况。我局收到二十三件政府信息公开申请，均按时办理。", &[]),
    row("received 23", "（二）依申请公开情况。收到申请数量与上年持平，为24件。", &["GJ421 24"]),
    row("received 23, carried_out 3", "（二）依申请公开情况。共收到申请23件，5件正在办理中。", &["GJ421 5"]),
    row(
        "received 23, unavailable 6",
        "（二）依申请公开情况。无法提供6件，其中本机关不掌握相关政府信息7件。",
        &["GJ422 7"],
    ),
    // A word mutes its own clause.
    row("received 23", "（二）依申请公开情况。收到申请32件，主要涉及行政许可。", &["GJ421 32"]),
    row("received 23", "（二）依申请公开情况。收到申请23件，涉及5个镇街，平均办理时限7个工作日。", &[]),
    row("received 23", "（二）依申请公开情况。收到申请23件、政务咨询40件、网民留言31条。", &[]),
    row("received 23", "（二）依申请公开情况。收到人大代表建议6件、政协提案5件，其中予以公开9件。", &[]),
    row("received 23", "（二）依申请公开情况。2023年收到政府信息公开申请17件；2024年收到24件。", &["GJ421 24"]),
    row("received 23", "（二）依申请公开情况。自2020年以来，我局累计受理政府信息公开申请97件。", &[]),
    row("received 23", "（二）依申请公开情况。全系统共受理政府信息公开申请97件，其中局机关受理23件。", &[]),
    row("received 23", "（二）依申请公开情况。协助县政府办公室办理政府信息公开申请9件，会办3件。", &[]),
    row("received 23", "（一）主动公开情况。按公开属性，主动公开37件、依申请公开61件、不予公开9件。", &[]),
    county(
        "received 230",
        "（二）依申请公开情况。全县各级行政机关新收政府信息公开申请203件，较上年有所增加。",
        &["GJ421 203"],
    ),
    // Disputes: groups, and all of them.
    row(
        "r.upheld 2, r.pending 1, l.upheld 3, a.pending 1",
        "四：涉及政府信息公开的行政复议、行政诉讼案件共7件，已审结5件，尚未审结2件。",
        &[],
    ),
    row(
        "r.upheld 2, r.pending 1, l.upheld 3, a.pending 1",
        "四：涉及政府信息公开的行政复议、行政诉讼案件共7件，已审结5件，尚未审结3件。",
        &["GJ424 3"],
    ),
    row("l.upheld 3, a.other 2", "四：行政诉讼案件3件为未经复议直接起诉，4件为复议后起诉。", &["GJ424 4"]),
    row(
        "l.upheld 3, a.upheld 2",
        "四：行政诉讼案件3件为未经复议直接起诉，2件为复议后起诉，结果维持的分别为3件、2件。",
        &[],
    ),
    row("r.upheld 2", "（二）依申请公开情况。受理行政复议案件37件，审结28件。", &[]),
    // None, and all.
    row(
        "carried_in 3",
        "（二）依申请公开情况。2024年，我局未收到政府信息公开申请，无上年结转件。",
        &["GJ428 无上年结转件"],
    ),
    row("received 23, carried_out 1", "（二）依申请公开情况。共收到申请23件，全部办结。", &["GJ427 全部办结"]),
    row(
        "r.upheld 1",
        "四：本年度无因政府信息公开引发的行政复议和行政诉讼。",
        &["GJ428 本年度无因政府信息公开引发的行政复议和行政诉讼"],
    ),
    row("", "四：本年度无因政府信息公开引发的行政复议和行政诉讼。", &[]),
];

const LISTS: &[Row] = &[
    row("", "全年发布信息167条：要闻63条、公告71条、解读33条。", &[]),
    row("", "全年发布信息176条：要闻63条、公告71条、解读33条。", &["GJ420 176"]),
    row("", "主动公开信息167条，比上年增加12条，其中要闻63条，公告71条，其他33条。", &[]),
    row("", "主动公开信息157条，比上年增加12条，其中要闻63条，公告71条，其他33条。", &["GJ420 157"]),
    row("", "公开信息167条（其中：网站96条、公众号71条），办理7件人大建议和9件政协提案。", &[]),
    row("", "公开信息168条（其中：网站96条、公众号71条），办理7件人大建议和9件政协提案。", &["GJ420 168"]),
    row("", "发布动态63篇、通知71份、公示33条，累计167条（篇、份）。", &[]),
    row("", "发布动态63篇、通知71份、公示33条，累计163条（篇、份）。", &["GJ420 163"]),
    row("", "公开信息167条，其中公告21条、解读13条。", &[]),
    row("", "公开信息167条，其中公告121条、解读113条等。", &["GJ420 167"]),
    row("", "公开信息167条，其中公告21条、解读13条等。", &[]),
    row("", "召开发布会41场，其中县级19场、镇级22场，领导出席13人次。", &[]),
    row("", "召开发布会61场，其中县级19场、镇级22场，领导出席13人次。", &["GJ420 61"]),
    row("", "公开信息167条，占比最高的为动态（96条，57.5%），其次为公告（44条）和文件（27条）。", &[]),
    row("", "公开信息167条，占比最高的为动态（96条，75.5%），其次为公告（44条）和文件（27条）。", &["GJ433 75.5"]),
];

const RATES: &[Row] = &[
    row("received 23", "（二）依申请公开情况。收到申请23件，较去年多6件（去年17件）。", &[]),
    row("received 23", "（二）依申请公开情况。收到申请23件，较去年多9件（去年17件）。", &["GJ433 9"]),
    row("received 23", "（二）依申请公开情况。收到申请23件，同比上年（17件）增长35.3%。", &[]),
    row("received 23", "（二）依申请公开情况。收到申请23件，同比上年（17件）减少35.3%。", &["GJ433 35.3"]),
    row("received 23", "（二）依申请公开情况。收到申请23件，比上年增加6件，增长35.3%。", &[]),
    row("received 23", "（二）依申请公开情况。收到申请23件，比上年增加6件，增长26.1%。", &["GJ433 26.1"]),
    row("", "网站浏览量31112次，较上年的16902次上升84.1%。", &[]),
    row("", "网站浏览量31112次，较上年的16902次上升48.1%。", &["GJ433 48.1"]),
    row("", "网站浏览量31112次，发布信息412条，同比上升12.4%。", &[]),
    row("received 23, denied 5", "（二）依申请公开情况。全年收到申请23件，予以公开率78.3%。", &[]),
    row("received 23, denied 5", "（二）依申请公开情况。全年收到申请23件，予以公开率73.8%。", &["GJ422 73.8"]),
    row(
        "received 23, received.business 4",
        "（二）依申请公开情况。共收到申请27件。从申请人看，公民23件，占85.2%；法人或其他组织4件，占41.8%。",
        &["GJ423 41.8"],
    ),
];

#[test]
fn numbers_are_compared_with_what_their_words_name() {
    assert_eq!(failures(FIGURES), "");
}

#[test]
fn lists_add_up_to_their_totals() {
    assert_eq!(failures(LISTS), "");
}

#[test]
fn percentages_and_growth_are_those_of_the_numbers() {
    assert_eq!(failures(RATES), "");
}

/// A paragraph of a million digits, and one of a hundred thousand brackets, take no longer than their length.
#[test]
fn hostile_paragraphs_are_passed_over() {
    for text in
        ["1".repeat(1_000_000), "1件（".repeat(100_000), "其中1件、".repeat(50_000), "共12条，其中3条、".repeat(600)]
    {
        let text: &'static str = text.leak();
        let found = failures(&[row("received 23", text, &[])]);
        assert!(!found.contains("GJ421"), "{}", found.len());
    }
}
