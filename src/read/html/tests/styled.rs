//! Cells whose text is hidden, struck out or raised by styles.

use super::shown;

/// A table with this cell, on a page with this sheet.
fn cell(css: &str, cell: &str) -> String {
    shown(&format!("<style>{css}</style><table class=t><tr><td>{cell}</td><td>7</table>"))
}

#[test]
fn styles_hide_text_as_a_browser_does() {
    for (css, text, read) in [
        ("td .old { display: none }", "<b class=old>9</b>12", "12"),
        (".t .old { display: none }", "<i><b class=old>9</b></i>12", "12"),
        ("td > .old { display: none }", "<b class=old>9</b>12", "12"),
        ("td > .old { display: none }", "<i><b class=old>1</b></i>2", "12"),
        ("@media screen { .old { display: none } }", "<b class=old>9</b>12", "12"),
        ("@media print { .old { display: none } }", "<b class=old>1</b>2", "12"),
        (".old { display: none } .old { display: inline }", "<b class=old>1</b>2", "12"),
        (".old { display: inline } .old { display: none }", "<b class=old>9</b>12", "12"),
        ("b.old { display: none } .old { display: inline }", "<b class=old>9</b>12", "12"),
        (".old { display: none !important }", "<b class=old style='display: inline'>9</b>12", "12"),
        (".old { display: none }", "<b class=old style='display: inline'>1</b>2", "12"),
        (".old { display: none }</style><style media=print>.old { display: inline }", "<b class=old>9</b>12", "12"),
        ("", "<ruby>12<rp>(</rp><rt>3<rp>)</ruby>", "12"),
    ] {
        assert_eq!(cell(css, text), format!("| {read} @0 | 7 @1\n"), "{css} {text}");
    }
}

/// A cell that is not displayed takes no place; one that is invisible or struck out is blank.
#[test]
fn hidden_cells_keep_their_places() {
    let row = |style: &str| shown(&format!("<table><tr><td>5<td style='{style}'>6</td><td>7</table>"));
    assert_eq!(row("display: none"), "| 5 @0 | 7 @1\n");
    assert_eq!(row("visibility: hidden"), "| 5 @0 |  @1 | 7 @2\n");
    assert_eq!(row("text-decoration: line-through"), "| 5 @0 |  @1 | 7 @2\n");
}

#[test]
fn marks_of_notes_are_no_digits() {
    for (css, text, read) in [
        ("", "12<span style='vertical-align: super'>3</span>", "12^3"),
        (".n { vertical-align: super }", "12<span class=n>3</span>", "12^3"),
        ("td .n { vertical-align: 4px }", "12<i class=n>3</i>", "12^3"),
        ("", "12<span style='position: relative; top: -.5em'>3</span>", "12^3"),
        ("", "12<a href='#note3'>3</a>", "12^3"),
        ("", "12<sup><a href='#note3'>3</a></sup>", "12^3"),
        ("", "<a href='#more'>12</a>", "12"),
        ("", "1<a name=x></a>2", "12"),
        ("", "1<a href='#x'></a>2", "12"),
        ("", "<sup>3</sup>12", "3\u{fffd}12"),
        ("", "1<sup>3</sup>2", "1^3\u{fffd}2"),
        ("", "12<sup>3</sup>（其中4）", "12^3（其中4）"),
    ] {
        assert_eq!(cell(css, text), format!("| {read} @0 | 7 @1\n"), "{css} {text}");
    }
}
