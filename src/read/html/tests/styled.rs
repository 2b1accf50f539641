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

/// What a page shows of a cell of which only `7` is sure to be seen.
fn is_shown(head: &str, text: &str) -> bool {
    let page = format!("{head}<table><tr><td>7</td><td>8</table>{text}");
    match shown(&page) {
        page if page == "| 7 @0 | 8 @1\n" => false,
        page if page.contains("41") => true,
        page => panic!("{page}"),
    }
}

#[test]
fn text_that_no_reader_sees_is_not_there() {
    for style in [
        "opacity: 0",
        "opacity:0.0 !important",
        "filter:alpha(opacity=0)",
        "font-size:0",
        "font:0/0 a",
        "font-size: 1px",
        "position:absolute; left:-9999px",
        "position:fixed; top:-999em",
        "text-indent:-9999px",
        "margin-left:-9999px",
        "margin: 0 0 0 -9999px",
        "transform: translateX(-9999px)",
        "transform: scale(0)",
        "height:0; overflow:hidden",
        "max-height:0; overflow-y:hidden",
        "width:1px; height:1px; overflow:hidden",
        "position:absolute; clip:rect(0 0 0 0)",
        "clip-path: inset(50%)",
        "color:#fff",
        "color:rgba(9,9,9,0)",
        "COLOR: White; background: #FFFFFF",
        "color:navy; background-color:#000080",
        "visibility:hidden",
        "content-visibility:hidden",
    ] {
        assert!(!is_shown("", &format!("<div style='{style}'><p>41<b>2</b></p></div>")), "{style}");
        assert!(!is_shown(&format!("<style>.a {{ {style} }}</style>"), "<div class=a>41</div>"), "{style}");
    }
    for text in [
        "<font color=white>41</font>",
        "<div style='background:#c00'><p><font color='#cc0000'>41</font></p></div>",
        "<dialog>41</dialog>",
        "<template>41</template>",
        "<noscript>41</noscript>",
        "<div style='font-size:0'><p style='font-size:2em'>41</p></div>",
    ] {
        assert!(!is_shown("", text), "{text}");
    }
    assert!(!is_shown("<body bgcolor='#112233' text=white>", "<p style='color:#123'>41"));
    assert!(!is_shown("<style>body { background: #123 } </style><body>", "<p style='color:#123'>41"));
}

#[test]
fn text_that_readers_see_is_there() {
    for style in [
        "opacity:.5",
        "font-size:9pt",
        "position:absolute; left:72px; top:4000px",
        "left:-9999px",
        "text-indent:-2em",
        "height:0",
        "height:0; padding-bottom:56%; overflow:hidden",
        "height:auto; overflow:hidden",
        "clip:rect(0 0 0 0)",
        "color:#fff; background:#036",
        "color:#fff; background:url(dark.png)",
        "color:#fff; background:linear-gradient(#036, #069)",
        "color:var(--text)",
        "color:black; background:white",
    ] {
        assert!(is_shown("", &format!("<div style='{style}'><p>41</p></div>")), "{style}");
    }
    for (head, text) in [
        ("", "<div style='font-size:0'><p style='font-size:14px'>41</p></div>"),
        ("", "<div style='visibility:hidden'><p style='visibility:visible'>41</p></div>"),
        ("", "<div style='color:#fff'><p style='color:#333'>41</p></div>"),
        ("", "<span style='height:0; overflow:hidden'>41</span>"),
        ("", "<p style='color:#fff'>&nbsp;<p>41"),
        ("", "<details><summary>x</summary>41</details>"),
        ("", "<div aria-hidden=true>41</div>"),
        ("", "<dialog open>41</dialog>"),
        ("", "<table bgcolor='#003366'><tr><td><font color=white>41</font><td>9</table>"),
        ("<link rel=stylesheet href=a.css>", "<p style='color:#fff'>41"),
        ("<style>body { background: #111; color: #ddd }</style>", "<p style='color:#fff'>41"),
        ("<style>p:first-child { background: #333 }</style>", "<p style='color:#fff'>41"),
        ("<style>.a p { background: #333 } .b { color: #fff }</style>", "<div class=a><p class=b>41</div>"),
    ] {
        assert!(is_shown(head, text), "{head} {text}");
    }
}

/// The cells of a row stay below each other where what is in them cannot be seen.
#[test]
fn unseen_cells_keep_their_places() {
    let row = |style: &str| shown(&format!("<table><tr><td>5<td style='{style}'>6</td><td>7</table>"));
    for style in ["opacity:0", "color:white", "font-size:0", "visibility:collapse"] {
        assert_eq!(row(style), "| 5 @0 |  @1 | 7 @2\n", "{style}");
    }
    assert_eq!(row("height:0; overflow:hidden"), "| 5 @0 | 6 @1 | 7 @2\n");
}
