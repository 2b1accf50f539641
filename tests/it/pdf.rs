//! What is read of a PDF file: what is printed, and nothing that is not sure.

use gouji::internal::document::Block;
use gouji::internal::limits::{Limit, Limits};
use gouji::{Checker, Location, Unreadable};

use crate::support::pdf::{ENCODINGS, Encoding, Page, Pdf, file, stream, width};
use crate::support::{pack, report};

fn refused(bytes: &[u8], limits: &Limits) -> Unreadable {
    gouji::internal::read::read("r.pdf", bytes, limits).map(|_| ()).expect_err("a file that cannot be read")
}

/// The document as lines: a paragraph each, a row each.
fn lines(bytes: &[u8]) -> Vec<String> {
    let checker = Checker::default();
    let document = checker.read("r.pdf", bytes).unwrap_or_else(|error| panic!("{error:?}"));
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(passage) | Block::Paragraph(passage) => lines.push(passage.text.to_string()),
            Block::Image(_) => lines.push("(picture)".to_owned()),
            Block::Table(table) => {
                for row in table.rows() {
                    let cells: Vec<&str> = row.cells().map(|cell| &*cell.passage.text).collect();
                    lines.push(cells.join("|").replace('\n', "/"));
                }
            }
        }
    }
    lines
}

const COLUMNS: [f64; 4] = [50.0, 200.0, 260.0, 320.0];
const ROWS: [f64; 4] = [100.0, 120.0, 140.0, 160.0];

/// A table of two rows below a header.
fn table(page: &mut Page, cells: &[&[&str]]) {
    page.table(&COLUMNS, &ROWS[..=cells.len()], cells);
}

#[test]
fn every_encoding_without_a_map_is_read() {
    for encoding in ENCODINGS {
        let bytes = Pdf::of(encoding, |page| {
            table(page, &[&["项目", "本年", "上年"], &["办结（件）", "1036", "725"], &["其他", "84", "9.5"]]);
        });
        assert_eq!(lines(&bytes), ["项目|本年|上年", "办结（件）|1036|725", "其他|84|9.5"], "{encoding:?}");
    }
}

/// Bold by drawing twice, by a pen round the glyphs, and by both.
#[test]
fn what_is_drawn_twice_is_there_once() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        page.text(60.0, 100.0, 10.0, "共1136件");
        page.text(60.4, 100.0, 10.0, "共1136件");
        page.raw("2 Tr");
        page.text(60.0, 130.0, 10.0, "共11件");
    });
    assert_eq!(lines(&bytes), ["共1136件", "共11件"]);
}

/// A figure that is printed over another, or over the line between two cells, is nobody's.
#[test]
fn figures_over_each_other_are_not_read() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        table(page, &[&["项目", "本年", "上年"], &["办结", "36", "7"]]);
        page.text(204.0, 134.0, 9.0, "58");
    });
    assert_eq!(lines(&bytes)[1], "办结|\u{fffd}\u{fffd}\u{fffd}\u{fffd}|7");
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        table(page, &[&["项目", "本年", "上年"], &["办结", "", "7"]]);
        page.text(252.0, 134.0, 9.0, "10365");
    });
    let row = &lines(&bytes)[1];
    assert!(!row.contains("103") && !row.contains("65") && row.contains('\u{fffd}'), "{row}");
}

/// A line through the middle of its glyphs strikes a text out, be it drawn or filled; a line above, below or between does not.
#[test]
fn what_a_line_goes_through_is_struck_out() {
    let figures = |draw: &dyn Fn(&mut Page)| {
        let bytes = Pdf::of(Encoding::Ucs2, |page| {
            table(page, &[&["项目", "本年", "上年"], &["办结", "1236", "7"]]);
            draw(page);
        });
        lines(&bytes)[1].clone()
    };
    // The figure is from 203 to 221, on a line at 134.
    assert_eq!(figures(&|page| page.line([203.0, 131.0, 212.0, 131.0])), "办结|36|7");
    assert_eq!(figures(&|page| page.fill([203.0, 130.0, 221.0, 130.8])), "办结||7");
    assert_eq!(figures(&|page| page.fill([201.0, 130.0, 226.0, 131.5])), "办结||7");
    for y in [125.0, 135.0, 137.0] {
        assert_eq!(figures(&|page| page.line([203.0, y, 221.0, y])), "办结|1236|7", "{y}");
    }
    let crossed = figures(&|page| page.line([80.0, 131.0, 300.0, 131.0]));
    assert!(!crossed.contains(|c: char| c.is_ascii_digit()), "{crossed}");
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        page.text(60.0, 100.0, 10.0, "保留的文字");
        page.text(60.0, 120.0, 10.0, "划掉的文字");
        page.line([60.0, 116.5, 110.0, 116.5]);
    });
    assert_eq!(lines(&bytes), ["保留的文字"]);
}

/// A row without lines: its label, and figures that have their middle at these places.
fn row(page: &mut Page, y: f64, label: &str, figures: &[(f64, &str)]) {
    page.text(60.0, y, 9.0, label);
    for (middle, figure) in figures {
        page.text(middle - width(figure, 9.0) / 2.0, y, 9.0, figure);
    }
}

/// Nothing is between a wide figure and the next one where columns are narrow; the places of the others say where one ends.
#[test]
fn figures_that_touch_are_told_apart_by_the_places_of_the_others() {
    let columns = |texts: [&'static str; 3]| [(215.0, texts[0]), (235.0, texts[1]), (257.0, texts[2])];
    let read = |others: &[[&'static str; 3]]| {
        let bytes = Pdf::of(Encoding::Ucs2, |page| {
            row(page, 100.0, "项目", &columns(["甲", "乙", "丙"]));
            row(page, 118.0, "一项", &columns(["10533", "9560", "60079"]));
            for (figures, index) in others.iter().zip(1..) {
                row(page, 118.0 + 18.0 * f64::from(index), "又一项", &columns(*figures));
            }
        });
        lines(&bytes)[1].clone()
    };
    assert_eq!(read(&[["12", "345", "6"], ["7", "89", "123"], ["456", "7", "89"]]), "一项|10533|9560|60079");
    // Where all others are equally wide, nobody can say whether they have their middle or their end in common.
    let unsure = read(&[["124", "345", "678"], ["987", "654", "321"]]);
    assert!(!unsure.contains(|c: char| c.is_ascii_digit()), "{unsure}");
}

/// The label of the last row of a page may go on at the top of the next one. Half of it is never a label.
#[test]
fn labels_go_on_over_the_end_of_a_page() {
    let figures = |texts: [&'static str; 3]| [(215.0, texts[0]), (255.0, texts[1]), (295.0, texts[2])];
    let read = |is_ruled: bool, next: &str| {
        let mut file = Pdf::new(Encoding::Ucs2);
        let mut page = file.page();
        row(&mut page, 700.0, "项目", &figures(["本年", "上年", "合计"]));
        row(&mut page, 720.0, "1.某类事项", &figures(["11", "22", "33"]));
        row(&mut page, 740.0, "2.其他", &figures(["44", "55", "66"]));
        row(&mut page, 752.0, "法律行", &[]);
        let mut below = file.page();
        row(&mut below, 50.0, "政法规", &[]);
        row(&mut below, 62.0, "禁止的", &[]);
        row(&mut below, 82.0, next, &figures(["77", "88", "99"]));
        row(&mut below, 102.0, "4.又一类", &figures(["12", "13", "14"]));
        if is_ruled {
            [706.0, 726.0].iter().for_each(|y| page.line([50.0, *y, 320.0, *y]));
            [68.0, 88.0, 108.0].iter().for_each(|y| below.line([50.0, *y, 320.0, *y]));
        }
        file.add(page);
        file.add(below);
        lines(&file.finish())
    };
    for is_ruled in [false, true] {
        let rows = read(is_ruled, "3.保护");
        assert_eq!(
            rows[2..],
            ["2.其他/法律行/政法规/禁止的|44|55|66", "3.保护|77|88|99", "4.又一类|12|13|14"],
            "{is_ruled}"
        );
        // The rest may be the label of the row below as well: then neither row has one.
        let rows = read(is_ruled, "");
        assert_eq!(rows[2], "|44|55|66", "{is_ruled}: {rows:?}");
    }
}

/// Where the end of a page cuts cells off, the last line of one may be printed below its lines; below a line it is none of it.
#[test]
fn the_last_line_of_a_cell_may_hang_out_of_it() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        [700.0, 720.0].iter().for_each(|y| page.line([50.0, *y, 320.0, *y]));
        page.line([200.0, 740.0, 260.0, 740.0]);
        COLUMNS.iter().for_each(|x| page.line([*x, 700.0, *x, 740.0]));
        page.text(53.0, 714.0, 9.0, "项目");
        page.text(203.0, 714.0, 9.0, "本年");
        page.text(53.0, 734.0, 9.0, "其他");
        page.text(203.0, 734.0, 9.0, "36");
        page.text(263.0, 734.0, 9.0, "自然");
        page.text(203.0, 747.0, 9.0, "甲");
        page.text(263.0, 747.0, 9.0, "人");
    });
    assert_eq!(lines(&bytes), ["项目|本年|", "其他|36|自然/人", "甲"]);
}

/// The end of a page cuts a table off that has another one beside it: its rest is at the top of the next page.
#[test]
fn a_table_goes_on_though_another_is_beside_it() {
    let mut file = Pdf::new(Encoding::Ucs2);
    let (left, right) = ([50.0, 150.0, 200.0, 250.0], [300.0, 400.0, 450.0]);
    let mut page = file.page();
    page.table(&left, &[700.0, 720.0, 740.0], &[&["项目", "本年", "上年"], &["办结", "36", "7"]]);
    [50.0, 250.0].iter().for_each(|x| page.line([*x, 740.0, *x, 770.0]));
    page.table(&right, &[700.0, 720.0, 740.0], &[&["维持", "纠正"], &["12", "34"]]);
    file.add(page);
    let mut page = file.page();
    page.table(&left, &[70.0, 90.0, 110.0], &[&["其他", "5", "6"], &["合计", "41", "13"]]);
    [50.0, 250.0].iter().for_each(|x| page.line([*x, 40.0, *x, 70.0]));
    page.text(50.0, 150.0, 9.0, "此后的文字");
    file.add(page);
    let rows: Vec<String> = lines(&file.finish()).into_iter().filter(|row| row.contains(|c: char| c != '|')).collect();
    let expected = ["项目|本年|上年", "办结|36|7", "其他|5|6", "合计|41|13", "维持|纠正", "12|34", "此后的文字"];
    assert_eq!(rows, expected);
}

/// Lines across say which lines of text are a row: a label without figures is none of the next row's.
#[test]
fn lines_across_set_rows_apart() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        row(page, 100.0, "项目", &[(215.0, "本年"), (255.0, "上年")]);
        row(page, 114.0, "某类", &[]);
        row(page, 128.0, "另一类很长", &[]);
        row(page, 134.0, "", &[(215.0, "5"), (255.0, "6")]);
        row(page, 140.0, "的事项", &[]);
        row(page, 154.0, "第三类", &[(215.0, "7"), (255.0, "8")]);
        [104.0, 118.0, 144.0, 158.0].iter().for_each(|y| page.line([50.0, *y, 280.0, *y]));
    });
    assert_eq!(lines(&bytes), ["项目|本年|上年", "某类", "另一类很长/的事项|5|6", "第三类|7|8"]);
}

/// A note may strike text out without saying how that looks; readers draw the line by themselves.
#[test]
fn notes_strike_text_out() {
    for places in ["60 734 120 734 60 722 120 722", "60 722 120 722 120 734 60 734"] {
        let mut file = Pdf::new(Encoding::Ucs2);
        file.page_entries =
            format!("/Annots[<</Type/Annot/Subtype/StrikeOut/Rect[60 722 120 734]/QuadPoints[{places}]>>]");
        let mut page = file.page();
        page.text(60.0, 100.0, 10.0, "保留的文字12");
        page.text(60.0, 117.0, 10.0, "划掉的文字34");
        file.add(page);
        assert_eq!(lines(&file.finish()), ["保留的文字12"]);
    }
}

/// Text that cannot be seen: in no colour, in that of its ground, outside of what is drawn, below something.
#[test]
fn what_cannot_be_seen_is_not_there() {
    for (before, after) in [
        ("3 Tr", "0 Tr"),
        ("q 7 Tr", "Q"),
        ("1 g", "0 g"),
        ("1 1 1 rg", "0 g"),
        ("0 0 0 0 k", "0 g"),
        ("1 Tr 1 G", "0 Tr 0 G"),
        ("q 300 300 50 50 re W n", "Q"),
        ("q 0 0 595 700 re W n", "Q"),
        ("q 60 730 0 0 re W n", "Q"),
        ("0 g 50 715 200 20 re f", ""),
        ("", "1 g 50 715 200 20 re f 0 g"),
        ("0.8 g 50 715 200 20 re f", "0 g"),
    ] {
        let bytes = Pdf::of(Encoding::Ucs2, |page| {
            page.text(60.0, 90.0, 10.0, "看得见12");
            page.raw(before);
            page.text(60.0, 120.0, 10.0, "看不见34");
            page.raw(after);
            page.text(60.0, 150.0, 10.0, "也看得见56");
        });
        assert_eq!(lines(&bytes), ["看得见12", "也看得见56"], "{before}");
    }
}

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

/// Faint text over other text is no part of it, and neither are its copies beside it; faint text by itself is text.
#[test]
fn watermarks_are_no_text() {
    let draw = |setting: &str, places: &[(f64, f64)]| {
        let mut file = Pdf::new(Encoding::Ucs2);
        file.resources = "/ExtGState<</Light<</ca 0.3>>>>".to_owned();
        let mut page = file.page();
        table(&mut page, &[&["项目", "本年", "上年"], &["办结", "36", "7"]]);
        page.raw(&format!("q {setting}"));
        places.iter().for_each(|(x, y)| page.text(*x, *y, 10.0, "58"));
        page.raw("Q");
        file.add(page);
        lines(&file.finish())[1].clone()
    };
    let tiles = [(60.0, 110.0), (205.0, 136.0), (285.0, 134.0), (400.0, 300.0)];
    for setting in ["/Light gs", "0.85 g", "1 0.8 0.8 rg"] {
        assert_eq!(draw(setting, &tiles), "办结|36|7", "{setting}");
        assert_eq!(draw(setting, &[(285.0, 134.0)]), "办结|36|7/58", "{setting}");
    }
    let touched = draw("0.2 g", &tiles);
    assert!(!touched.contains("36"), "{touched}");
}

/// Digits that are raised or lowered are the marks of notes; where nobody can say which digits are, there is no figure.
#[test]
fn raised_digits_are_marks_of_notes() {
    for (figure, mark, size, up, read) in [
        ("21", "3", 7.5, 3.0, "21^3"),
        ("21", "3", 5.2, 3.0, "21^3"),
        ("21", "3", 5.2, -1.5, "21^3"),
        ("21", "3", 9.0, 3.0, "21^3"),
        ("21", "3", 9.0, -3.0, "21\u{fffd}"),
        ("21", "3", 9.0, 0.4, "213"),
        ("21", "3", 8.6, 0.0, "213"),
    ] {
        let bytes = Pdf::of(Encoding::Ucs2, |page| {
            table(page, &[&["项目", "本年", "上年"], &["办结", figure, "7"]]);
            page.text(203.0 + 4.5 * figure.len() as f64, 134.0 - up, size, mark);
        });
        assert_eq!(lines(&bytes)[1], format!("办结|{read}|7"), "{mark} of {size}, {up} higher");
    }
}

#[test]
fn lines_may_be_missing_between_figures() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        table(page, &[&["项目", "本年", "上年"], &["办结", "36", "7"]]);
        // One row more, without the lines between its cells.
        page.line([50.0, 160.0, 320.0, 160.0]);
        page.line([50.0, 140.0, 50.0, 160.0]);
        page.line([320.0, 140.0, 320.0, 160.0]);
        for (x, text) in [(53.0, "结转下年度"), (203.0, "1204"), (263.0, "85")] {
            page.text(x, 154.0, 9.0, text);
        }
    });
    assert_eq!(lines(&bytes)[2], "结转下年度|1204|85");
}

#[test]
fn a_row_that_the_end_of_a_page_breaks_is_one() {
    let mut file = Pdf::new(Encoding::Gbk);
    let mut page = file.page();
    table(&mut page, &[&["项目", "本年", "上年"], &["办结", "1177", "36"]]);
    file.add(page);
    let mut page = file.page();
    table(&mut page, &[&["", "8", ""], &["其他", "5", "6"]]);
    file.add(page);
    assert_eq!(lines(&file.finish()), ["项目|本年|上年", "办结|1177/8|36", "其他|5|6"]);

    // Whole figures below a header are a row of their own.
    let mut file = Pdf::new(Encoding::Gbk);
    let mut page = file.page();
    table(&mut page, &[&["维持", "纠正", "其他"]]);
    file.add(page);
    let mut page = file.page();
    table(&mut page, &[&["4", "5", "6"]]);
    file.add(page);
    assert_eq!(lines(&file.finish()), ["维持|纠正|其他", "4|5|6"]);
}

#[test]
fn tables_without_lines_are_read_where_it_is_sure() {
    let rows = [("（一）予以公开", ["36", "7", "1204"]), ("（二）部分公开", ["8", "15", "92"])];
    let bytes = Pdf::of(Encoding::Utf16, |page| {
        for (column, text) in ["自然人", "企业", "总计"].iter().enumerate() {
            page.text(200.0 + 60.0 * column as f64, 100.0, 10.0, text);
        }
        for (row, (label, figures)) in rows.iter().enumerate() {
            let y = 120.0 + 18.0 * row as f64;
            page.text(50.0, y, 10.0, label);
            for (column, figure) in figures.iter().enumerate() {
                page.text(225.0 + 60.0 * column as f64 - figure.len() as f64 * 5.0, y, 10.0, figure);
            }
        }
        // A row with a blank in the middle, and one with a figure between two columns.
        page.text(50.0, 156.0, 10.0, "（三）不予公开");
        page.text(220.0, 156.0, 10.0, "4");
        page.text(340.0, 156.0, 10.0, "4");
        page.text(50.0, 174.0, 10.0, "（四）其他处理");
        page.text(250.0, 174.0, 10.0, "6");
    });
    let read = lines(&bytes);
    assert_eq!(read[..3], ["自然人|企业|总计", "（一）予以公开|36|7|1204", "（二）部分公开|8|15|92"]);
    assert_eq!(read[3], "（三）不予公开|4|4");
    assert!(read[4].contains('\u{fffd}'), "{}", read[4]);
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

/// The smallest TrueType font: a box for each of these glyphs, with a map of characters or without.
fn font(glyphs: u16, characters: Option<&[(u16, u16)]>) -> Vec<u8> {
    let be = |numbers: &[u16]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<u8>>();
    let outline = be(&[1, 0, 0, 500, 700, 3, 0, 0x0101, 0x0101, 0, 500, 0, 0xfe0c, 0, 0, 700, 0]);
    let mut outlines = Vec::new();
    let mut places = vec![0_u16, 0];
    for _ in 1..glyphs {
        outlines.extend_from_slice(&outline);
        outlines.resize(outlines.len().next_multiple_of(4), 0);
        places.push((outlines.len() / 2) as u16);
    }
    let mut head = be(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000]);
    head.extend(be(&[0; 8]));
    head.extend(be(&[0, 0, 500, 700, 0, 8, 2, 0, 0]));
    let metrics = be(&[&[500, 0].repeat(glyphs as usize)[..]].concat());
    let mut tables: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"glyf", outlines),
        (b"head", head),
        (b"hhea", be(&[1, 0, 700, 0, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, glyphs])),
        (b"hmtx", metrics),
        (b"loca", be(&places)),
        (b"maxp", be(&[1, 0, glyphs, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
    ];
    if let Some(characters) = characters {
        let (mut ends, mut starts, mut deltas) = (Vec::new(), Vec::new(), Vec::new());
        for (c, glyph) in characters.iter().copied().chain([(0xffff, 0)]) {
            ends.push(c);
            starts.push(c);
            deltas.push(glyph.wrapping_sub(c));
        }
        let count = ends.len() as u16;
        let segments =
            [&[4, 16 + 8 * count, 0, 2 * count, 0, 0, 0][..], &ends, &[0], &starts, &deltas, &vec![0; ends.len()]]
                .concat();
        let map = [be(&[0, 1, 3, 1, 0, 12]), be(&segments)].concat();
        tables.insert(0, (b"cmap", map));
    }
    let mut bytes = be(&[1, 0, tables.len() as u16, 0, 0, 0]);
    let mut at = 12 + 16 * tables.len();
    for (name, table) in &tables {
        bytes.extend_from_slice(*name);
        bytes.extend([0; 4]);
        bytes.extend((at as u32).to_be_bytes());
        bytes.extend((table.len() as u32).to_be_bytes());
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        bytes.extend_from_slice(table);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    bytes
}

/// A file with a table, of which a figure is in an embedded font of these glyphs without a map.
fn embedded(characters: Option<&[(u16, u16)]>) -> Vec<u8> {
    let mut file = Pdf::new(Encoding::Ucs2);
    // The pages come behind the objects: 5 is the program.
    file.objects = vec![
        stream("", &font(12, characters)),
        b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Kai/Encoding/Identity-H/DescendantFonts[7 0 R]>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Kai/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
          /DW 500/CIDToGIDMap/Identity/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Kai/Flags 4/FontFile2 5 0 R\
          /FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent 0/CapHeight 700/StemV 80>>>>"
            .to_vec(),
        b"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Song/FirstChar 49/LastChar 51/Widths[500 500 500]\
          /FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4/FontFile2 5 0 R\
          /FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent 0/CapHeight 700/StemV 80>>>>"
            .to_vec(),
    ];
    file.page_entries = String::new();
    let mut page = file.page();
    page.raw("");
    table(&mut page, &[&["项目", "本年", "上年"], &["办结", "", ""]]);
    page.raw("BT /G 9 Tf 203 708 Td <000300040005> Tj ET BT /H 9 Tf 263 708 Td (123) Tj ET");
    file.add(page);
    file.resources = String::new();
    let bytes = file.finish();
    // The fonts of the page get two more.
    let (from, to) = (&b"/Font<</F 3 0 R>>"[..], &b"/Font<</F 3 0 R/G 6 0 R/H 8 0 R>>"[..]);
    let at = bytes.windows(from.len()).position(|window| window == from).expect("the fonts of the page");
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

/// Fonts that take much room are forgotten and read again; what is said of their glyphs stays together.
#[test]
fn fonts_may_be_forgotten() {
    const PAGES: usize = 16;
    let mut file = Pdf::new(Encoding::Ucs2);
    let program = [font(12, Some(&[(0x31, 7), (0x34, 3)])), vec![0; 1 << 19]].concat();
    for index in 0..PAGES / 2 {
        let at = 5 + 3 * index;
        file.objects.push(stream("", &program));
        file.objects.push(
            format!(
                "<</Type/Font/Subtype/Type0/BaseFont/Kai{index}/Encoding/Identity-H/DescendantFonts[{} 0 R]>>",
                at + 2
            )
            .into_bytes(),
        );
        file.objects.push(
            format!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/Kai/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
                 /Supplement 0>>/DW 500/CIDToGIDMap/Identity/FontDescriptor<</Type/FontDescriptor/FontName/Kai\
                 /Flags 4/FontFile2 {at} 0 R/FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent 0/CapHeight 700/StemV 80>>>>"
            )
            .into_bytes(),
        );
    }
    // Text that is in a font of its own by the settings of a page.
    let settings: String = (0..PAGES / 2).map(|index| format!("/S{index}<</Font[{} 0 R 9]>>", 6 + 3 * index)).collect();
    file.resources = format!("/ExtGState<<{settings}>>");
    for number in 0..PAGES {
        let mut page = file.page();
        page.raw(&format!("BT /S{} gs 60 700 Td <000700030005> Tj ET", number % (PAGES / 2)));
        file.add(page);
    }
    let bytes = file.finish();
    assert_eq!(lines(&bytes).concat(), "14\u{fffd}".repeat(PAGES));
    let document = Checker::default().read("r.pdf", &bytes).expect("it can be read");
    let unknown: Vec<(String, usize)> =
        document.unknown_glyphs.iter().map(|glyphs| (glyphs.font.clone(), glyphs.count)).collect();
    let expected: Vec<(String, usize)> = (0..PAGES / 2).map(|index| (format!("Kai{index}"), 2)).collect();
    assert_eq!(unknown, expected);
}

#[test]
fn glyphs_without_a_known_character_are_said_and_not_read() {
    let bytes = embedded(None);
    assert_eq!(lines(&bytes)[1], "办结|\u{fffd}\u{fffd}\u{fffd}|\u{fffd}\u{fffd}\u{fffd}");
    let checked = Checker::default();
    let document = checked.read("r.pdf", &bytes).expect("it can be read");
    let unknown: Vec<(&str, usize)> =
        document.unknown_glyphs.iter().map(|glyphs| (glyphs.font.as_str(), glyphs.count)).collect();
    assert_eq!(unknown, [("Kai", 3), ("Song", 3)]);
    assert!(matches!(document.unknown_glyphs[0].first, Location::Page { page: 1, .. }));
    let checked = checked.check("r.pdf", &bytes);
    let said = checked.first().report.findings.iter().filter(|finding| finding.message.key == "unknown-glyphs");
    assert_eq!(said.count(), 2);
}

/// Where the font itself has the characters, its map of them is sure; the codes of the text are not.
#[test]
fn the_map_of_an_embedded_font_is_read() {
    let bytes = embedded(Some(&[(0x31, 7), (0x34, 3), (0x38, 4), (0x39, 5)]));
    // Glyph 7 is 1; what the codes 50 and 51 are nobody says.
    assert_eq!(lines(&bytes)[1], "办结|489|1\u{fffd}\u{fffd}");
}

#[test]
fn a_scan_says_so() {
    let image =
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80");
    let mut scan = Pdf::new(Encoding::Ucs2);
    scan.objects = vec![image.clone()];
    scan.resources = "/XObject<</I 5 0 R>>".to_owned();
    let mut page = scan.page();
    page.raw("q 595 0 0 842 0 0 cm /I Do Q 3 Tr");
    page.text(60.0, 100.0, 10.0, "共12件");
    scan.add(page);
    assert_eq!(refused(&scan.finish(), &Limits::default()), Unreadable::Scanned);

    // Of one with text on other pages, it says which page that is.
    let mut partly = Pdf::new(Encoding::Ucs2);
    partly.objects = vec![image];
    partly.resources = "/XObject<</I 5 0 R>>".to_owned();
    let mut page = partly.page();
    page.text(60.0, 100.0, 10.0, "一、总体情况");
    partly.add(page);
    let mut page = partly.page();
    page.raw("q 595 0 0 842 0 0 cm /I Do Q");
    partly.add(page);
    let bytes = partly.finish();
    let checker = Checker::default();
    let document = checker.read("r.pdf", &bytes).expect("a page with text");
    assert!(matches!(document.images().next(), Some(Location::Page { page: 2, .. })));
}

#[test]
fn what_inflates_without_end_is_refused() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 8 << 20]).expect("in memory");
    let packed = packed.finish().expect("in memory");
    let mut again = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    again.write_all(&packed).expect("in memory");
    let again = again.finish().expect("in memory");
    let bare = packed[2..packed.len() - 4].to_vec();
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes();
    let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
    for (entries, bytes) in [
        ("/Filter/FlateDecode", &packed),
        ("/Filter[/FlateDecode/FlateDecode]", &again),
        // The parser takes these, too.
        ("/Filter/FlateDecode/DecodeParms<<>>", &bare),
        ("/Filter[/ASCIIHexDecode/FlateDecode]", &digits(&packed)),
        ("/Filter[/FlateDecode/ASCIIHexDecode/FlateDecode]", &packed),
    ] {
        let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec();
        let pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec();
        let bytes = file(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), pages, page, stream(entries, bytes)]);
        assert_eq!(
            refused(&bytes, &limits),
            Unreadable::TooLarge { what: Limit::InflatedBytes, limit: 1 << 20 },
            "{entries}"
        );
    }
}

/// A drawing that draws itself, and one in which each draws the next one several times.
#[test]
fn drawings_within_drawings_end() {
    let form = |other: usize| {
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</I {other} 0 R>>>>");
        stream(&entries, b"/I Do /I Do /I Do")
    };
    let drawn = |objects: Vec<Vec<u8>>| {
        let mut file = Pdf::new(Encoding::Ucs2);
        file.objects = objects;
        file.resources = "/XObject<</I 5 0 R>>".to_owned();
        let mut page = file.page();
        page.raw("/I Do");
        page.text(60.0, 100.0, 10.0, "共12件");
        file.add(page);
        file.finish()
    };
    assert_eq!(lines(&drawn(vec![form(6), form(5)])), ["共12件"]);
    let limits = Limits { inflated_bytes: 1 << 16, ..Limits::default() };
    let many = drawn((6..=25).map(form).collect());
    assert_eq!(refused(&many, &limits), Unreadable::TooLarge { what: Limit::InflatedBytes, limit: 1 << 16 });
}

#[test]
fn a_password_is_said() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| page.text(60.0, 100.0, 10.0, "共12件"));
    let key = "00".repeat(32);
    let lock = format!("/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>/ID[<00><00>]/Root 1 0 R");
    let at = bytes.windows(11).rposition(|window| window == b"/Root 1 0 R").expect("the trailer");
    let locked = [&bytes[..at], lock.as_bytes(), &bytes[at + 11..]].concat();
    assert_eq!(refused(&locked, &Limits::default()), Unreadable::Encrypted);
}

/// A form that nobody has filled in does not pass, whether its figures are left blank or all else is, too.
#[test]
fn the_blank_form_does_not_pass() {
    let mut blank = gouji::internal::blank::Blank::new(pack(), "望江县水利局", 2024);
    blank.figures.iter_mut().for_each(String::clear);
    for way in crate::support::pdf::WAYS {
        let bytes = crate::support::pdf::write(&blank, way);
        let checked = Checker::default().check("r.pdf", &bytes);
        let report = &checked.first().report;
        assert_ne!(report.verdict(), gouji::Verdict::Pass, "{way:?}");
        let said: Vec<&str> = report.findings.iter().map(|finding| finding.rule.name.as_str()).collect();
        assert_eq!(said, ["nothing-filled-in"], "{way:?}");
    }
}

/// What JSON says of a place in a PDF.
#[test]
fn a_place_is_a_page_and_a_box() {
    let mut blank = report(3);
    let total = pack().figures.iter().position(|figure| figure.id == "requests.received.total").expect("a figure");
    blank.figures[total] = "77777".to_owned();
    let bytes = crate::support::pdf::write(&blank, crate::support::pdf::Way::Pen);
    let checked = Checker::default().check("r.pdf", &bytes);
    let input = gouji::view::Input::new(&checked, &bytes);
    let views = gouji::view::Report::all(input, gouji::Language::English);
    let view = serde_json::to_value(&views[0]).expect("JSON");
    assert_eq!(view["format"], "pdf");
    let location = &view["findings"][0]["location"];
    let sides: Vec<f64> =
        location["box"].as_array().expect("a box").iter().filter_map(serde_json::Value::as_f64).collect();
    assert!(location["page"].as_u64().is_some_and(|page| page > 0), "{location}");
    assert!(sides.len() == 4 && sides[0] < sides[2] && sides[1] < sides[3], "{location}");
    // The row is drawn with its cells.
    assert!(view["findings"][0]["excerpts"][0]["lines"][0]["text"].as_str().is_some_and(|line| line.contains("77777")));
}
