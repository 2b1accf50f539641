//! What can be seen of a page, and what cannot.

use super::{lines, table};
use crate::support::pdf::{Encoding, Page, Pdf};

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
