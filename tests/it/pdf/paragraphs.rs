//! Lines that are paragraphs, and what is none of them.

use super::lines;
use crate::support::pdf::{Encoding, Pdf};

/// The line that a number would not fit in ends before it, and a short line further right is no margin.
#[test]
fn a_paragraph_goes_on_before_a_number_and_beside_a_margin() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        page.text(480.0, 60.0, 9.0, "第十二期简报");
        for (y, text) in [
            (100.0, "全年公开信息的情况如下各项共计若干条其中包括一类信息二类信息三类信息以及四类信息"),
            (116.0, "全年公开信息的情况如下各项共计若干条其中包括一类信息二类信息三类信息以及五类信息"),
            (132.0, "全年公开信息的情况如下各项共计若干条其中包括一类信息二类信息三类信息以及四"),
            (148.0, "120468条；其他信息6条。"),
        ] {
            page.text(60.0, y, 10.0, text);
        }
    });
    assert_eq!(lines(&bytes).len(), 2, "{:?}", lines(&bytes));
    assert!(lines(&bytes)[1].ends_with("以及四120468条；其他信息6条。"));
}

#[test]
fn running_heads_and_page_numbers_are_left_out() {
    let mut file = Pdf::new(Encoding::Ucs2);
    for number in 1..=3 {
        let mut page = file.page();
        page.text(60.0, 40.0, 9.0, "区水务局工作年报");
        page.text(60.0, 120.0, 10.0, &format!("第{}部分的内容", ["一", "二", "三"][number - 1]));
        page.text(280.0, 800.0, 9.0, &format!("第 {number} 页"));
        file.add(page);
    }
    assert_eq!(lines(&file.finish()), ["第一部分的内容", "第二部分的内容", "第三部分的内容"]);
}

#[test]
fn lines_of_a_paragraph_are_joined_over_pages() {
    let mut file = Pdf::new(Encoding::Ucs2);
    let mut page = file.page();
    page.text(110.0, 700.0, 30.0, "全年收到申请一百二十件，其中");
    page.text(50.0, 745.0, 30.0, "上年结转的有二十件，本年办结六十");
    file.add(page);
    let mut page = file.page();
    page.text(50.0, 100.0, 30.0, "件，其余的结转下一年继续办理。");
    page.text(110.0, 145.0, 30.0, "另一段。");
    file.add(page);
    let joined = "全年收到申请一百二十件，其中上年结转的有二十件，本年办结六十件，其余的结转下一年继续办理。";
    assert_eq!(lines(&file.finish()), [joined, "另一段。"]);
}

#[test]
fn a_line_is_full_where_the_next_word_did_not_fit() {
    let read = |first: &str, second: &str| {
        lines(&Pdf::of(Encoding::Ucs2, |page| {
            page.text(80.0, 100.0, 15.0, "全年主动公开信息四百八十条，开设专栏二个");
            page.text(50.0, 130.0, 15.0, "其中通过网站公开的有四百条，通过公报公开的");
            page.text(50.0, 160.0, 15.0, "有六十条，通过其他方式公开的有二十条，比上年");
            page.text(50.0, 190.0, 15.0, "增加了三十条；收到申请二十件，均已按时答复，");
            page.text(50.0, 220.0, 15.0, first);
            page.text(50.0, 250.0, 15.0, second);
        }))
    };
    // 12345人 is no longer than what is missing in the line before, nor is it broken.
    assert_eq!(read("没有因此引起行政复议和诉讼，参加培训的有", "12345人次。").len(), 1);
    assert_eq!(read("没有因此引起行政复议和诉讼，参加培训", "的有12345人次。").len(), 2);
}

#[test]
fn a_menu_beside_the_text_is_read_by_itself() {
    let read = lines(&Pdf::of(Encoding::Ucs2, |page| {
        page.text(150.0, 100.0, 15.0, "一、总体情况");
        for (line, text) in (0..).zip(["本年度公开信息二十条，", "收到申请三件，均已办结", "，无诉讼。"])
        {
            page.text(150.0, 130.0 + 20.0 * f64::from(line), 15.0, text);
        }
        for (line, text) in (0..).zip(["公开指南", "公开制度", "公开年报"]) {
            page.text(50.0, 100.0 + 20.0 * f64::from(line), 12.0, text);
        }
    }));
    assert_eq!(read[..4], ["公开指南", "公开制度", "公开年报", "一、总体情况"]);
}
