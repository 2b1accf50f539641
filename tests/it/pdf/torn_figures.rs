//! Figures that narrow columns, the end of a page or of a cell tear: what is left of one is never read as another.

use super::lines;
use crate::support::pdf::{Encoding, Page, Pdf};
use crate::support::sound;

/// Places of the columns of figures.
const COLUMNS: [f64; 3] = [200.0, 260.0, 320.0];

/// A line of a row without lines around it.
fn line(page: &mut Page, y: f64, label: &str, figures: [&str; 3]) {
    page.text(50.0, y, 10.0, label);
    for (x, figure) in COLUMNS.into_iter().zip(figures) {
        page.text(x, y, 10.0, figure);
    }
}

/// Below a row, close to it: nothing but the rest of its figures.
#[test]
fn figures_go_on_below_in_narrow_columns() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        line(page, 100.0, "一、新收", ["94", "11", "10"]);
        line(page, 112.0, "", ["63", "77", ""]);
        line(page, 124.0, "", ["", "8", ""]);
        line(page, 142.0, "二、结转", ["16", "37", "5"]);
        line(page, 154.0, "", ["5", "5", ""]);
    });
    assert_eq!(lines(&bytes), ["一、新收|94/63|11/77/8|10", "二、结转|16/5|37/5|5"]);
}

/// The rest of a label is beside that of the figures: a row, too, but for the distance at which rows begin.
#[test]
fn figures_go_on_beside_the_rest_of_a_label() {
    let draw = |step: f64| {
        Pdf::of(Encoding::Ucs2, |page| {
            for (row, (label, rest)) in
                [("一、本年新收", "申请"), ("二、上年结转", "申请"), ("三、办结", "")].into_iter().enumerate()
            {
                let y = 100.0 + 30.0 * row as f64;
                line(page, y, label, ["946", "117", "10"]);
                line(page, y + 12.0, rest, ["3", "78", ""]);
            }
            line(page, 190.0, "四、其他", ["7", "8", "9"]);
            line(page, 190.0 + step, "五、另有", ["4", "5", "6"]);
        })
    };
    let rows = ["一、本年新收/申请|946/3|117/78|10", "二、上年结转/申请|946/3|117/78|10", "三、办结|946/3|117/78|10"];
    assert_eq!(lines(&draw(20.0))[..3], rows);
    // Rows that begin as close as lines go on leave it open, but where there is no label.
    let close = lines(&draw(12.0));
    let unknown = "\u{fffd}\u{fffd}\u{fffd}/\u{fffd}";
    assert_eq!(close[0], format!("一、本年新收/申请|{unknown}|{unknown}\u{fffd}|10"));
    assert_eq!(close[2], rows[2]);
}

/// A table at the end of a page, and the rest of it on the next one.
fn over_pages(rows: &[f64], cells: &[&[&str]]) -> Vec<u8> {
    let columns = [50.0, 200.0, 260.0, 320.0];
    let mut file = Pdf::new(Encoding::Ucs2);
    let mut page = file.page();
    page.table(&columns, &[760.0, 780.0, 800.0], &[&["项目", "本年", "上年"], &["办结", "85", "79"]]);
    file.add(page);
    let mut page = file.page();
    page.table(&columns, rows, cells);
    file.add(page);
    file.finish()
}

/// A row of which the end of a page tears every figure.
#[test]
fn figures_go_on_on_the_next_page() {
    let bytes = over_pages(&[40.0, 60.0, 80.0], &[&["", "7", "0"], &["其他", "34", "56"]]);
    assert_eq!(lines(&bytes), ["项目|本年|上年", "办结|85/7|79/0", "其他|34|56"]);
}

/// Nothing else is on the next page.
#[test]
fn the_rest_of_figures_may_be_all_of_a_table() {
    let bytes = over_pages(&[40.0, 60.0], &[&["", "7", "0"]]);
    assert_eq!(lines(&bytes), ["项目|本年|上年", "办结|85/7|79/0"]);
    sound::assert_read("r.pdf", &bytes);
}

/// Of a figure that is cut off, what is left is unknown; of a text, that it goes on is.
#[test]
fn what_is_cut_off_is_said() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        page.raw("q 0 0 88 842 re W n");
        page.text(60.0, 100.0, 10.0, "共10457");
        page.text(60.0, 160.0, 10.0, "办结申请若干");
        page.text(60.0, 220.0, 10.0, "办12");
        page.raw("Q");
        // The same again, piece by piece.
        for clip in ["q 0 0 80 842 re W n", "q 80 0 500 842 re W n"] {
            page.raw(clip);
            page.text(60.0, 280.0, 10.0, "共10457");
            page.raw("Q");
        }
        page.text(585.0, 340.0, 10.0, "2097");
    });
    assert_eq!(lines(&bytes), ["共104\u{fffd}", "办结申…", "办12", "共10457", "2\u{fffd}"]);
}

/// What is drawn first may be covered, and a row of which it is not certain which figure is in which column may come first.
#[test]
fn nothing_depends_on_what_is_first() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        page.text(60.0, 100.0, 10.0, "12");
        page.raw("1 g");
        page.fill([55.0, 88.0, 75.0, 103.0]);
        page.raw("0 g q 0 0 88 842 re W n");
        page.text(60.0, 160.0, 10.0, "共10457");
        page.raw("Q");
    });
    assert_eq!(lines(&bytes), ["共104\u{fffd}"]);
    let bytes = Pdf::of(Encoding::Ucs2, |page| {
        page.text(50.0, 100.0, 10.0, "一、新收");
        page.text(205.0, 100.0, 10.0, "1234567890123");
        line(page, 120.0, "二、结转", ["94", "11", "10"]);
        line(page, 132.0, "", ["63", "77", ""]);
        line(page, 150.0, "三、办结", ["5", "6", "7"]);
    });
    let lines = lines(&bytes);
    assert!(lines.contains(&"二、结转|94/63|11/77|10".to_owned()), "{lines:?}");
}
