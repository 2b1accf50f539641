//! Texts and workbooks of OpenDocument: what is printed, zipped or flat.

use std::io::Read;

use gouji::internal::limits::{Limit, Limits};
use gouji::internal::read::{Unreadable, read};

use crate::support::open_document::{Way, package, text, write};
use crate::support::seen::seen;
use crate::support::workbook::{self, Kind};
use crate::support::{document, report};

fn seen_body(body: &str) -> String {
    let (name, bytes) = package(body, Way::Flat);
    seen(name, &bytes)
}

#[test]
fn only_what_is_printed_is_read() {
    let body = "<text:p>  收到\n <text:span>1<text:s text:c=\"2\"/>2<text:tab/>3</text:span><text:line-break/> 4\
        <text:span text:style-name=\"T1\">隐</text:span><text:span text:style-name=\"T2\">划</text:span><text:span text:style-name=\"T3\">1</text:span>\
        <text:note><text:note-citation>7</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>\
        <text:hidden-text text:is-hidden=\"true\">藏</text:hidden-text><text:page-number>9</text:page-number>\
        <text:ruby><text:ruby-base>拼</text:ruby-base><text:ruby-text>pīn</text:ruby-text></text:ruby>\
        <draw:frame><draw:image/></draw:frame></text:p>\
        <text:section text:display=\"none\"><text:p>节</text:p></text:section><text:section><text:h>标题</text:h></text:section>";
    insta::assert_snapshot!(seen_body(body), @r##"
    ¶1 "收到 1  2\t3\n 4^1�9拼"
    image ¶1
    # ¶2 "标题"
    "##);
}

#[test]
fn text_that_nobody_can_see_is_not_read() {
    let span = |style: &str, text: &str| format!("<text:span text:style-name=\"{style}\">{text}</text:span>");
    let white = format!("<text:p>{}见</text:p>", span("T5", "白"));
    let cell = |style: &str| format!("<table:table-cell table:style-name=\"{style}\">{white}</table:table-cell>");
    let body = format!(
        "<text:p>{}{}{}{}</text:p><table:table><table:table-row>{}{}</table:table-row></table:table><text:p>\
         <draw:frame><draw:text-box>{white}</draw:text-box></draw:frame>{}</text:p>",
        span("T5", "白"),
        span("T6", "小"),
        span("T7", "自动"),
        span("T8", "深底"),
        cell("C0"),
        cell("C1"),
        span("T5", "白"),
    );
    insta::assert_snapshot!(seen_body(&body), @r#"
    ¶1 "自动深底"
    1.1.1 1×1 "见"
    1.1.2 1×1 "白见"
    ¶2 "白见"
    "#);
}

#[test]
fn lists_are_numbered_as_printed() {
    let list = |attributes: &str, items: &[&str]| {
        let items: String = items.iter().map(|item| format!("<text:list-item>{item}</text:list-item>")).collect();
        format!("<text:list {attributes}>{items}</text:list>")
    };
    let style = "text:style-name=\"L1\"";
    let body = [
        list(&format!("{style} xml:id=\"a\""), &[&text("甲"), &(text("乙") + &text("乙二"))]),
        list(&format!("{style} text:continue-numbering=\"true\""), &[&text("丙")]),
        list(style, &[&text("丁"), &list("", &[&text("子")])]),
        list(&format!("{style} text:continue-list=\"a\""), &[&text("戊")]),
        format!(
            "<text:list {style}><text:list-header>{}</text:list-header><text:list-item text:start-value=\"8\">{}</text:list-item></text:list>",
            text("己"),
            text("庚")
        ),
    ];
    let (name, bytes) = package(&body.concat(), Way::Lists);
    insta::assert_snapshot!(seen(name, &bytes), @r#"
    ¶1 "一、甲"
    ¶2 "二、乙"
    ¶3 "乙二"
    ¶4 "三、丙"
    ¶5 "一、丁"
    ¶6 "子"
    ¶7 "三、戊"
    ¶8 "己"
    ¶9 "八、庚"
    "#);
}

#[test]
fn cells_cover_what_they_say() {
    let cell = |attributes: &str, content: &str| {
        format!("<table:table-cell {attributes}>{}</table:table-cell>", text(content))
    };
    let (rows, columns) = ("table:number-rows-spanned=\"2\"", "table:number-columns-spanned=\"2\"");
    let covered = |count: u32| format!("<table:covered-table-cell table:number-columns-repeated=\"{count}\"/>");
    let table = |rows: &[String]| {
        let rows: String = rows.iter().map(|row| format!("<table:table-row>{row}</table:table-row>")).collect();
        format!("<table:table>{rows}</table:table>")
    };
    let outer = table(&[
        cell(&format!("{rows} {columns}"), "甲") + &covered(1) + &cell("", "1"),
        covered(2) + &cell("", "2"),
        cell("", "3") + &cell(columns, "4") + &covered(1),
        format!(
            "<table:table-cell>{}<text:p/></table:table-cell>",
            table(&[cell("", "5") + &cell("", "6"), cell("", "7")])
        ),
    ]);
    insta::assert_snapshot!(seen_body(&(outer + &text("后"))), @r#"
    1.1.1 2×2 "甲"
    1.1.3 1×1 "1"
    1.2.3 1×1 "2"
    1.3.1 1×1 "3"
    1.3.2 1×2 "4"
    1.4.1 1×1 "5\n6\n7"
    ¶1 "后"
    "#);
}

/// The same report by both writers of documents: the same text at the same places.
#[test]
fn places_are_those_of_a_docx() {
    let report = report(7);
    let docx = seen("r.docx", &document::write(&report, document::Way::Word));
    for way in [Way::Text, Way::Flat, Way::Lists, Way::Outline, Way::Revised] {
        let (name, bytes) = write(&report, way);
        assert_eq!(seen(name, &bytes), docx, "{way:?}");
    }
}

/// The part with the sheets, in a file of its own.
#[test]
fn a_flat_workbook_is_a_workbook() {
    let bytes = workbook::write_as(Kind::Ods, &report(3), workbook::Way::OneSheet);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("an archive");
    let mut content = String::new();
    zip.by_name("content.xml").expect("the content").read_to_string(&mut content).expect("text");
    let kind = "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"";
    let flat = content
        .replace("<office:document-content>", &format!("<office:document {kind}>"))
        .replace("</office:document-content>", "</office:document>");
    for name in ["r.fods", "r.xml", "r.txt"] {
        assert_eq!(seen(name, flat.as_bytes()), seen("r.ods", &bytes), "{name}");
    }
    assert_eq!(gouji::internal::read::kind("r.xml", flat.as_bytes(), &Limits::default()).name(), "ods");
}

#[test]
fn what_cannot_be_read_is_said() {
    let (name, bytes) = package(&text("甲"), Way::Flat);
    for length in (300..bytes.len() - 1).step_by(41) {
        assert!(read(name, &bytes[..length], &Limits::default()).is_err(), "{length}");
    }
    let limits = Limits { text_bytes: 100, ..Limits::default() };
    assert_eq!(read(name, &bytes, &limits).err(), Some(Unreadable::TooLarge { what: Limit::TextBytes, limit: 100 }));
    let (name, bytes) = package(&"<table:table><table:table-row><table:table-cell>".repeat(99), Way::Text);
    let limits = Limits::default();
    assert_eq!(read(name, &bytes, &limits).err(), Some(Unreadable::TooLarge { what: Limit::Nesting, limit: 64 }));
    let (name, bytes) = package("<text:p>甲<text:s text:c=\"4294967295\"/></text:p>", Way::Text);
    assert!(matches!(read(name, &bytes, &limits), Err(Unreadable::TooLarge { what: Limit::TextBytes, .. })));
}

/// Elements where none should be: nothing is lost, and nothing fails.
#[test]
fn elements_out_of_place_do_no_harm() {
    for body in [
        "<table:table-cell><text:p>x</text:p></table:table-cell>",
        "<table:table><table:table-cell><text:p>x</text:p></table:table-cell></table:table>",
        "<table:table><table:covered-table-cell/><text:p>x</text:p></table:table>",
        "<table:table-row><text:p>x</text:p></table:table-row>",
        "<text:list-item><text:p>x</text:p></text:list-item>",
        "<text:list><text:p>x</text:p></text:list>",
        "<text:p>x<text:p>y</text:p></text:p>",
        "<text:span>y</text:span><text:h text:outline-level=\"4294967295\">x</text:h>",
    ] {
        assert!(seen_body(body).contains("x\""), "{body}");
    }
}
