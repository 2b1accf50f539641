//! Tables with lines and without.

use super::{COLUMNS, lines, table};
use crate::support::pdf::{Encoding, Page, Pdf, width};

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
