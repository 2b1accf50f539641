//! What is read of a document of Word 97 to 2003: what is printed, and nothing else.

use gouji::internal::limits::{Limit, Limits};
use gouji::internal::read::{Unreadable, read};

use crate::support::seen::seen;
use crate::support::word::{
    self, CELL_END, Cell, PARAGRAPH_END, Way, Word, cell_end, deleted, hidden, property, raised, row_end, special,
    struck,
};
use crate::support::workbook::compound;
use crate::support::{document, report};

fn made(make: impl FnOnce(&mut Word)) -> Vec<u8> {
    let mut word = Word::new();
    word.style(0, "Normal", 0x0fff, &[]);
    word.style(3, "标题 3", 0, &[]);
    word.style(19, "目录 1", 0, &[]);
    make(&mut word);
    word.write()
}

/// A cell with this text, in so many tables.
fn cell(word: &mut Word, depth: u32, text: &str) {
    word.text(text, Vec::new());
    let (sign, format) = cell_end(depth);
    word.end(sign, 0, &format);
}

fn row(word: &mut Word, depth: u32, left: i16, cells: &[Cell]) {
    let sign = if depth == 1 { CELL_END } else { PARAGRAPH_END };
    word.end(sign, 0, &row_end(depth, left, cells));
}

fn plain(right: i16) -> Cell {
    Cell { right, vertically: 0, horizontally: 0 }
}

#[test]
fn only_what_is_printed_is_read() {
    let bytes = made(|word| {
        word.text("收到\t1\u{b}2\u{1e}", Vec::new());
        word.text("删", deleted());
        word.text("隐", hidden());
        word.text("划", struck());
        word.text("双", property(0x2a53, &[1]));
        word.text("1", raised());
        word.text("\u{1}\u{2}\u{5}", special());
        word.text("(", [special(), property(0x6a09, &[1, 0, 0xfc, 0xf0])].concat());
        word.text("(3)", Vec::new());
        word.text("\u{13}PAGE\u{14}7\u{15}", special());
        word.end(PARAGRAPH_END, 0, &[]);
        word.text("12", Vec::new());
        word.text("1", property(0x4845, &[8, 0]));
        word.end(PARAGRAPH_END, 0, &[]);
        word.text("前", Vec::new());
        word.end_as(PARAGRAPH_END, 0, &[], deleted());
        word.paragraph("后", 0);
        word.paragraph("标题", 1);
        word.paragraph("标题\t3", 2);
        word.text("级", Vec::new());
        word.end(PARAGRAPH_END, 0, &property(0x2640, &[8]));
        word.text("不是", Vec::new());
        word.end(PARAGRAPH_END, 1, &property(0x2640, &[9]));
    });
    insta::assert_snapshot!(seen("r.doc", &bytes), @r##"
    ¶1 "收到\t1\n2-^1�(3)7"
    image ¶1
    ¶2 "12^1"
    ¶4 "前后"
    # ¶5 "标题"
    # ¶7 "级"
    ¶8 "不是"
    "##);
}

/// Columns are between the edges of all rows together, and rows begin where they begin.
#[test]
fn cells_cover_the_columns_between_their_edges() {
    let bytes = made(|word| {
        cell(word, 1, "甲");
        cell(word, 1, "1");
        row(word, 1, 0, &[Cell { right: 2000, vertically: 3, horizontally: 0 }, plain(3000)]);
        cell(word, 1, "unseen");
        cell(word, 1, "2");
        row(word, 1, 12, &[Cell { right: 2015, vertically: 1, horizontally: 0 }, plain(3006)]);
        cell(word, 1, "3");
        cell(word, 1, "unseen");
        cell(word, 1, "4");
        let merged = |right, horizontally| Cell { right, vertically: 0, horizontally };
        row(word, 1, 0, &[merged(1000, 2), merged(2000, 1), plain(3000)]);
        cell(word, 1, "5");
        row(word, 1, 2000, &[plain(3000)]);
        word.paragraph("后", 0);
    });
    insta::assert_snapshot!(seen("r.doc", &bytes), @r#"
    1.1.1 2×2 "甲"
    1.1.3 1×1 "1"
    1.2.3 1×1 "2"
    1.3.1 1×2 "3"
    1.3.3 1×1 "4"
    1.4.3 1×1 "5"
    ¶1 "后"
    "#);
}

/// As programs that changed a row wrote it: the row as it was, and what was done to it.
#[test]
fn rows_are_changed_one_property_after_another() {
    let rows = [
        property(0x5624, &[0, 2]),
        property(0xd62b, &[2, 3]),
        property(0x7621, &[1, 1, 0xf4, 1]),
        property(0x5622, &[0, 1]),
        property(0x7623, &[0, 1, 0xd0, 7]),
        property(0x5625, &[0, 3]),
    ];
    let seen = rows.map(|change| {
        let bytes = made(|word| {
            ["1", "2", "3", "4"].into_iter().for_each(|text| cell(word, 1, text));
            let format = row_end(1, 0, &[plain(1000), plain(2000), plain(3000)]);
            word.end(CELL_END, 0, &[format, change].concat());
            ["5", "6", "7"].into_iter().for_each(|text| cell(word, 1, text));
            row(word, 1, 0, &[plain(1000), plain(2000), plain(3000)]);
        });
        seen("r.doc", &bytes)
            .lines()
            .map(|line| line.rsplit_once(' ').expect("a text").0.to_owned())
            .collect::<Vec<_>>()
            .join(", ")
    });
    insta::assert_snapshot!(seen.join("\n"), @"
    1.1.1 1×2, 1.1.3 1×1, 1.1.4 1×1, 1.2.1 1×1, 1.2.2 1×1, 1.2.3 1×1
    1.1.1 1×1, 1.1.2 1×1, 1.1.3 1×1, 1.1.4 1×1, 1.2.1 1×1, 1.2.2 1×1, 1.2.3 1×1
    1.1.1 1×1, 1.1.2 1×1, 1.1.3 1×2, 1.1.5 1×2, 1.2.1 1×1, 1.2.2 1×2, 1.2.4 1×2
    1.1.1 1×1, 1.1.2 1×1, 1.1.3 1×1, 1.1.4 1×1, 1.2.1 1×1, 1.2.2 1×1, 1.2.3 1×1
    1.1.1 1×2, 1.1.3 1×1, 1.1.4 1×1, 1.1.5 1×1, 1.2.1 1×1, 1.2.2 1×1, 1.2.3 1×1
    1.1.1 1×1, 1.1.2 1×1, 1.1.3 1×1, 1.1.4 1×1, 1.2.1 1×1, 1.2.2 1×1, 1.2.3 1×1
    ");
}

#[test]
fn tables_lie_in_cells_of_tables() {
    let bytes = made(|word| {
        cell(word, 1, "版面");
        word.text("说明", Vec::new());
        word.end(PARAGRAPH_END, 0, &word::in_table(1));
        cell(word, 2, "7");
        cell(word, 2, "8");
        row(word, 2, 0, &[plain(300), plain(600)]);
        cell(word, 2, "9");
        row(word, 2, 0, &[plain(600)]);
        cell(word, 1, "");
        row(word, 1, 0, &[plain(1000), plain(2000)]);
        word.paragraph("后", 0);
    });
    insta::assert_snapshot!(seen("r.doc", &bytes), @r#"
    1.1.1 "版面"
    1.1.2 "说明"
    2.1.1 1×1 "7"
    2.1.2 1×1 "8"
    2.2.1 1×2 "9"
    ¶1 "后"
    "#);
}

#[test]
fn rows_that_are_deleted_are_counted_and_not_read() {
    let bytes = made(|word| {
        cell(word, 1, "1");
        // The end of this row is marked as what is before it, which some writers do.
        word.end_as(CELL_END, 0, &row_end(1, 0, &[plain(1000)]), deleted());
        word.text("2", deleted());
        word.end_as(CELL_END, 0, &cell_end(1).1, deleted());
        word.end_as(CELL_END, 0, &row_end(1, 0, &[plain(1000)]), deleted());
        cell(word, 1, "3");
        row(word, 1, 0, &[plain(1000)]);
    });
    insta::assert_snapshot!(seen("r.doc", &bytes), @r#"
    1.1.1 1×1 "1"
    1.3.1 1×1 "3"
    "#);
}

#[test]
fn boxes_come_where_they_are_anchored() {
    let bytes = made(|word| {
        word.paragraph("一", 0);
        word.text("二", Vec::new());
        word.text_box("框");
        word.text("三", Vec::new());
        word.end(PARAGRAPH_END, 0, &[]);
        cell(word, 1, "1");
        word.text_box("格中框");
        cell(word, 1, "2");
        row(word, 1, 0, &[plain(1000), plain(2000)]);
    });
    insta::assert_snapshot!(seen("r.doc", &bytes), @r#"
    ¶1 "一"
    ¶2 "框"
    ¶2 "二三"
    1.1.1 1×1 "1"
    1.1.2 1×1 "格中框\n2"
    "#);
}

#[test]
fn what_styles_hide_is_hidden_unless_the_text_says_otherwise() {
    let style = |word: &mut Word, text: &str, format: Vec<u8>| {
        word.text(text, format);
        word.text("，", Vec::new());
    };
    let bytes = made(|word| {
        style(word, "1", property(0x083c, &[0x80]));
        style(word, "2", property(0x083c, &[0x81]));
        style(word, "3", property(0x083c, &[0]));
        style(word, "4", [property(0x0837, &[1]), property(0x0837, &[0])].concat());
        word.end(PARAGRAPH_END, 0, &[]);
    });
    insta::assert_snapshot!(seen("r.doc", &bytes), @r#"¶1 "1，，3，4，""#);
}

/// The same report by both writers of documents: the same text at the same places.
#[test]
fn places_are_those_of_a_docx() {
    let report = report(7);
    let docx = document::write(&report, document::Way::Word);
    for way in [Way::Word, Way::Wps, Way::Pieces, Way::Merges, Way::Fields] {
        assert_eq!(seen("r.doc", &word::write(&report, way)), seen("r.docx", &docx), "{way:?}");
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let bytes = word::write(&report(1), Way::Word);
    let refused = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut word = Word::new();
        word.paragraph("总计 12", 0);
        let mut streams = word.streams();
        change(&mut streams[0].1);
        let streams: Vec<(&str, &[u8])> = streams.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
        read("r.doc", &compound::write(&streams), &Limits::default()).err()
    };
    assert_eq!(refused(&|_| {}), None);
    assert_eq!(refused(&|stream| stream[11] |= 1), Some(Unreadable::Encrypted));
    assert_eq!(refused(&|stream| stream[0] = 0xdc), Some(Unreadable::Unsupported { format: "word-95" }));
    assert_eq!(refused(&|stream| stream[2] = 101), Some(Unreadable::Unsupported { format: "word-95" }));
    assert!(matches!(refused(&|stream| stream[0] = 0), Some(Unreadable::Damaged { .. })));
    assert!(matches!(refused(&|stream| stream.truncate(40)), Some(Unreadable::Damaged { .. })));
    assert!(matches!(refused(&|stream| stream.truncate(1024)), Some(Unreadable::Damaged { .. })));
    let limits = Limits { text_bytes: 100, ..Limits::default() };
    let too_large = |what, limit| Some(Unreadable::TooLarge { what, limit });
    assert_eq!(read("r.doc", &bytes, &limits).err(), too_large(Limit::TextBytes, 100));
    let limits = Limits { cells: 50, ..Limits::default() };
    assert_eq!(read("r.doc", &bytes, &limits).err(), too_large(Limit::Cells, 50));
    // Lines of a table of contents are not read; their numbers are made all the same.
    let contents = made(|word| {
        word.list(0, &[u16::from(b'x'); 50]);
        for _ in 0..10 {
            word.end(PARAGRAPH_END, 2, &property(0x460b, &[1, 0]));
        }
    });
    let limits = Limits { text_bytes: 400, ..Limits::default() };
    assert_eq!(read("r.doc", &contents, &limits).err(), too_large(Limit::TextBytes, 400));
    let deep = made(|word| {
        for depth in [1, 40, 70] {
            word.text("1", Vec::new());
            word.end(PARAGRAPH_END, 0, &word::in_table(depth));
        }
    });
    assert_eq!(read("r.doc", &deep, &Limits::default()).err(), too_large(Limit::Nesting, 64));
}

/// Nothing that is cut off, changed or out of place fails.
#[test]
fn broken_documents_do_no_harm() {
    let whole = word::write(&report(3), Way::Boxes);
    for length in (0..whole.len()).step_by(997) {
        let _ = read("r.doc", &whole[..length], &Limits::default());
    }
    let mut at = 1;
    while at < whole.len() {
        let mut changed = whole.clone();
        changed[at] = changed[at].wrapping_mul(31).wrapping_add(0x81);
        let _ = read("r.doc", &changed, &Limits::default());
        at += 61 + at % 83;
    }
    // Ends of cells and rows without tables, tables without ends of rows, fields that never end.
    let odd = made(|word| {
        word.end(CELL_END, 0, &[]);
        word.text("\u{14}\u{15}\u{13}甲", special());
        word.end(CELL_END, 0, &word::in_table(1));
        word.text("乙", Vec::new());
        word.end(PARAGRAPH_END, 0, &property(0x244c, &[1]));
        word.text("丙", Vec::new());
        word.end(PARAGRAPH_END, 9, &property(0x460b, &[9, 0]));
        word.text("丁", Vec::new());
    });
    insta::assert_snapshot!(seen("r.doc", &odd), @r#"
    1.1.1 1×1 ""
    ¶2 "乙"
    ¶3 "丙"
    ¶4 "丁"
    "#);
}
