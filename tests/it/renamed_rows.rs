//! Rows under another label than the form's, or none: read only where the sums say which row they are, and never in silence.

use crate::support::page::{self, Way};
use crate::support::report;

const SEED: u64 = 61;

fn plain() -> String {
    page::write(&report(SEED), Way::Plain, "utf-8")
}

/// The page with a label replaced, the last one if it is printed several times.
fn renamed(page: &str, label: &str, name: &str) -> String {
    let at = page.rfind(label).unwrap_or_else(|| panic!("no {label}"));
    format!("{}{name}{}", &page[..at], &page[at + label.len()..])
}

/// The page without the row of a label.
fn without(page: &str, label: &str) -> String {
    let at = page.rfind(label).unwrap_or_else(|| panic!("no {label}"));
    let start = page[..at].rfind("<tr").expect("a row");
    let end = at + page[at..].find("</tr>").expect("a row") + "</tr>".len();
    format!("{}{}", &page[..start], &page[end..])
}

fn read(page: &str) -> (usize, Vec<String>) {
    page::read(page, &report(SEED))
}

#[test]
fn a_row_under_another_label_is_read_by_its_sums_and_said() {
    let all = read(&plain()).0;
    for label in ["1.属于国家秘密", "2.没有现成信息需要另行制作", "2.重复申请", "（七）总计", "四、结转下年度继续办理"]
    {
        for name in ["另有情形", "9.甲类", ""] {
            let (figures, findings) = read(&renamed(&plain(), label, name));
            assert_eq!(figures, all, "{label} {name}");
            assert_eq!(findings.len(), 1, "{label} {name}: {findings:?}");
            assert!(findings[0].starts_with("GJ204 表三"), "{label} {name}: {findings:?}");
        }
    }
}

#[test]
fn a_row_under_another_label_is_missing_where_no_sum_says_what_it_is() {
    let all = read(&plain()).0;
    for (label, figures) in [("规章", 3), ("行政许可", 1), ("行政强制", 1), ("行政事业性收费", 1)] {
        let (read, findings) = read(&renamed(&plain(), &format!(">{label}<"), ">甲类事项<"));
        assert_eq!(read, all - figures, "{label}");
        assert_eq!(findings.len(), 2, "{label}: {findings:?}");
        assert!(findings[0].starts_with("GJ202 表二"), "{label}: {findings:?}");
        assert!(findings[1].starts_with("GJ204 表二"), "{label}: {findings:?}");
    }
}

#[test]
fn a_row_under_another_label_does_not_stand_in_for_one_that_is_deleted() {
    for (deleted, label) in [("2.重复申请", "3.要求提供公开出版物"), ("7.属于行政执法案卷", "8.属于行政查询事项")]
    {
        for name in ["另有情形", ""] {
            let (_, findings) = read(&renamed(&without(&plain(), deleted), label, name));
            assert!(findings.iter().any(|finding| finding.starts_with("GJ202 表三")), "{deleted} {name}: {findings:?}");
        }
    }
}

#[test]
fn shortened_and_older_labels_are_no_other_labels() {
    let all = read(&plain()).0;
    for (label, name) in [
        ("2.没有现成信息需要另行制作", "2.没有现成"),
        ("2.没有现成信息需要另行制作", "2.需另行制作"),
        ("1.本机关不掌握相关政府信息", "1.不掌握"),
        ("8.属于行政查询事项", "8.查询事项"),
        ("5.要求行政机关确认或重新出具已获取信息", "5.确认或重新出具"),
        ("1.信访举报投诉类申请", "1.信访类"),
    ] {
        assert_eq!(read(&renamed(&plain(), label, name)), (all, Vec::new()), "{name}");
    }
}

/// The page without the cells of two labels, and with the figures of the two in each other's place.
fn nameless(page: &str, labels: [&str; 2], is_exchanged: bool) -> String {
    let row = |label: &str| {
        let at = page.rfind(label).unwrap_or_else(|| panic!("no {label}"));
        let cell =
            page[..at].rfind("<td").expect("a cell")..at + page[at..].find("</td>").expect("a cell") + "</td>".len();
        let end = cell.end + page[cell.end..].find("</tr>").expect("a row");
        (cell.clone(), cell.end..end)
    };
    let [(first, own), (second, other)] = labels.map(row);
    let (figures, below) = if is_exchanged { (&other, &own) } else { (&own, &other) };
    [
        &page[..first.start],
        &page[figures.clone()],
        &page[own.end..second.start],
        &page[below.clone()],
        &page[other.end..],
    ]
    .concat()
}

#[test]
fn neighbours_without_labels_are_not_read_where_no_sum_says_which_is_which() {
    let all = read(&plain()).0;
    for labels in [["2.重复申请", "3.要求提供公开出版物"], ["6.属于四类过程性信息", "7.属于行政执法案卷"]]
    {
        for is_exchanged in [false, true] {
            let (figures, findings) = read(&nameless(&plain(), labels, is_exchanged));
            assert_eq!(figures, all - 14, "{labels:?}");
            assert_eq!(findings, ["GJ204 表三"], "{labels:?}");
        }
    }
    // What was carried in and what is carried out are in other sums.
    let (figures, findings) = read(&nameless(&plain(), ["（七）总计", "四、结转下年度继续办理"], false));
    assert_eq!((figures, findings), (all, Vec::new()));
}

/// What is left of 「2.其他法律行政法规禁止公开」 is not 「3.其他」, whether that one is printed or not; under another number it is.
#[test]
fn what_is_left_of_a_torn_label_is_no_other_row() {
    let all = read(&plain()).0;
    let torn = |page: &str| page.replacen("2.其他法律行政法规禁止公开", "2.其他", 1);
    assert_eq!(read(&torn(&plain())).0, all);
    let torn_alone = torn(&without(&plain(), "3.其他"));
    let other_alone = renamed(&without(&plain(), "2.其他法律行政法规禁止公开"), "3.其他", "2.其他");
    for page in [torn_alone, other_alone] {
        let (figures, findings) = read(&page);
        assert!(figures <= all - 14, "{figures}");
        assert!(findings.iter().any(|finding| finding.starts_with("GJ202 表三")), "{findings:?}");
    }
    assert_eq!(read(&renamed(&plain(), "3.其他", "2.其他")), (all, Vec::new()));
    assert_eq!(read(&renamed(&plain(), "3.其他", "4.其他")), (all, Vec::new()));
}
