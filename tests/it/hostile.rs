//! Files that are no reports, broken ones and ones made to hurt: each is told, and without a panic. The latter are so large
//! that work that grows with more than their size would not end.

use std::io::{Cursor, Write};

use crate::support::sound::{assert_checked, render_all};
use crate::support::{markdown, pack, report, text, workbook};
use gouji::internal::checker::{Checked, Checker};
use gouji::internal::limits::{Limit, Limits};
use gouji::internal::message::Language;
use gouji::internal::pack::Severity;
use gouji::internal::report::Verdict;
use rust_xlsxwriter::Workbook;

/// Checks a file and holds what must hold of every file.
fn check<'b>(what: &str, name: &str, bytes: &'b [u8]) -> Checked<'b> {
    let checked = Checker::default().check(name, bytes);
    assert!(!render_all(&checked, bytes).is_empty(), "{what}");
    assert_checked(what, &checked, bytes);
    checked
}

/// The one finding of a file that cannot be read, by the key of its message.
fn assert_unreadable(what: &str, name: &str, bytes: &[u8], key: &str) {
    let checked = check(what, name, bytes);
    let [only] = checked.first().report.findings.as_slice() else {
        panic!("{what}: {:?}", checked.first().report.findings)
    };
    assert_eq!((only.rule.kind.as_str(), only.message.key), ("unreadable", key), "{what}");
    assert_eq!((only.severity, checked.first().report.verdict()), (Severity::Error, Verdict::Unverifiable), "{what}");
}

/// A file that can be read and is no form we know.
fn assert_unknown(what: &str, name: &str, bytes: &[u8]) {
    let checked = check(what, name, bytes);
    let kinds: Vec<&str> = checked.first().report.findings.iter().map(|finding| finding.rule.kind.as_str()).collect();
    assert_eq!(kinds, ["unknown-form"], "{what}");
}

fn a_workbook() -> Vec<u8> {
    workbook::write(&report(1), workbook::Way::OneSheet)
}

/// A compound file as Office makes of a workbook under a password: streams named in UTF-16.
fn compound_file(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(2048, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let workbook = a_workbook();
    let half = &workbook[..workbook.len() / 2];
    let cases: [(&str, &str, &[u8], &str); 14] = [
        ("nothing", "r.md", b"", "unreadable.empty"),
        ("blanks", "r.txt", " \n\t\u{3000}\r\n ".as_bytes(), "unreadable.empty"),
        ("a byte order mark", "r.md", "\u{feff}".as_bytes(), "unreadable.empty"),
        ("half a workbook", "r.xlsx", half, "unreadable.damaged"),
        ("half a workbook, named text", "r.txt", half, "unreadable.damaged"),
        ("text named a workbook", "r.xlsx", "年度报告".as_bytes(), "unreadable.damaged"),
        ("a workbook under a password", "r.xlsx", &compound_file("EncryptedPackage"), "unreadable.encrypted"),
        ("what is left of an old workbook", "r.xls", &compound_file("Workbook"), "unreadable.damaged"),
        ("what is left of an old document", "r.doc", &compound_file("WordDocument"), "unreadable.damaged"),
        ("what is left of a printed page", "r.pdf", b"%PDF-1.7\n", "unreadable.damaged"),
        ("rich text", "r.doc", b"{\\rtf1\\ansi}", "unreadable.unsupported"),
        ("no text", "r.md", b"\xff\x80\xff\x00\x9f", "unreadable.binary"),
        ("text in no encoding", "r.md", b"\xff\x80\xff\xff\x9f", "unreadable.not-text"),
        ("half a character", "r.txt", &"总计".as_bytes()[..5], "unreadable.not-text"),
    ];
    for (what, name, bytes, key) in cases {
        assert_unreadable(what, name, bytes, key);
    }
}

/// What a broken download leaves behind.
#[test]
fn an_empty_workbook_is_empty() {
    for name in ["r.xlsx", "r.docx", "r.html"] {
        assert_unreadable("nothing", name, b"", "unreadable.empty");
    }
}

#[test]
fn what_is_no_report_is_told() {
    let letter =
        "# 关于召开会议的通知\n\n各股室：定于周五召开会议，请准时参加。\n\n| 时间 | 地点 |\n|---|---|\n| 9 | 101 |\n";
    assert_unknown("a letter", "r.md", letter.as_bytes());
    assert_unknown("a letter, as text", "r.txt", letter.as_bytes());
    assert_unknown("a page", "r.html", b"<!doctype html><p>404 Not Found</p>");
    let old = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n行政许可\t1\t2\t3\n";
    assert_unknown("an older form", "r.txt", old.as_bytes());
}

#[test]
fn a_sheet_may_have_a_cell_in_every_corner() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "总计").expect("a cell");
    sheet.write(1_048_575, 16_383, 1).expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    assert!(bytes.len() < 8 << 10);
    assert_unknown("a sheet with two far cells", "r.xlsx", &bytes);
}

/// A part three hundred times the file.
#[test]
fn a_part_that_inflates_without_end_is_too_large() {
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("xl/worksheets/sheet1.xml", options).expect("a part");
    writer.write_all(&vec![b' '; 3 << 20]).expect("room");
    let bytes = writer.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 10 << 10);
    let mut limits = Limits::default();
    limits.set(Limit::InflatedBytes, 2 << 20);
    let checked = Checker::default().with_limits(limits).check("r.xlsx", &bytes);
    assert_eq!(checked.first().report.findings[0].message.key, "unreadable.too-large.inflated-bytes");
}

/// Each limit by itself: a report within it is checked, and just beyond it is refused by its name.
#[test]
fn every_limit_holds() {
    let text = markdown::write(&report(1), markdown::Way::HtmlTables);
    let nested = format!("<html>{}{text}", "<table><tr><td>".repeat(3));
    let (markdown, page, book) = (text.as_bytes(), nested.as_bytes(), a_workbook());
    let cases: [(Limit, &str, &[u8], u64); 6] = [
        (Limit::FileBytes, "r.md", markdown, markdown.len() as u64),
        (Limit::TextBytes, "r.md", markdown, markdown.len() as u64),
        (Limit::InflatedBytes, "r.xlsx", &book, 40_000),
        (Limit::ArchiveParts, "r.xlsx", &book, 10),
        (Limit::Rows, "r.md", markdown, 60),
        (Limit::Nesting, "r.html", page, 4),
    ];
    let refused = |limit: Limit, name: &str, bytes: &[u8], allowed: u64| {
        let mut limits = Limits::default();
        limits.set(limit, allowed);
        let checked = Checker::default().with_limits(limits).check(name, bytes);
        let hint = checked.first().report.findings.first().and_then(|finding| finding.help.clone());
        hint.is_some_and(|hint| hint.say(Language::Chinese).contains(&format!("--limit {}", limit.name())))
    };
    for (limit, name, bytes, enough) in cases {
        assert!(!refused(limit, name, bytes, enough), "{limit:?}: {enough} are enough");
        assert!(refused(limit, name, bytes, enough / 4), "{limit:?}: a quarter of {enough} is too little");
    }
    let cells = |allowed| ["r.md", "r.txt", "r.html"].map(|name| refused(Limit::Cells, name, markdown, allowed));
    assert_eq!((cells(2000), cells(200)), ([false; 3], [true, true, true]));
    assert!(refused(Limit::Cells, "r.xlsx", &book, 200) && !refused(Limit::Cells, "r.xlsx", &book, 2000));
}

#[test]
fn long_files_are_read() {
    let title = "宝丰县商务局2023年政府信息公开工作年度报告";
    assert_unknown("80,000 rows of two cells", "r.md", &b"a|b\n".repeat(80_000));
    assert_unknown(
        "80,000 rows of two cells below a rule",
        "r.md",
        &[b"|a|b|\n|-|-|\n", &b"a|b\n"[..].repeat(80_000)[..]].concat(),
    );
    for name in ["r.md", "r.txt", "r.html"] {
        assert_unknown(&format!("a line of 400 KB in {name}"), name, "总计，".repeat(45_000).as_bytes());
        assert_unknown(&format!("a line of 400 KB of titles in {name}"), name, title.repeat(6_500).as_bytes());
        assert_unknown(&format!("a line of 400 KB of figures in {name}"), name, "12 ".repeat(136_000).as_bytes());
    }
    assert_unknown("50,000 titles of a section", "r.md", "## 一、总体情况\n\n".repeat(50_000).as_bytes());
    let sections: String = (0..50_000).map(|at| format!("## {}\n\n", pack().sections[at % 6].title)).collect();
    check("50,000 titles of sections", "r.md", sections.as_bytes());
    check("50,000 titles of sections as text", "r.txt", sections.replace("## ", "").as_bytes());
}

#[test]
fn deep_files_are_read() {
    const DEEP: usize = 100_000;
    for mark in ["[", "![", "(", "*", "_", "`", "「", "“", "\"", "<div>", "<b>", "<!--", "- ", "1. ", "> ", ">"] {
        let bytes = mark.repeat(DEEP) + "总计";
        for name in ["r.md", "r.html"] {
            check(&format!("{mark} {DEEP} deep in {name}"), name, bytes.as_bytes());
        }
    }
    for mark in ["<table><tr><td>", "<table>", "<tr>", "<td>"] {
        let bytes = mark.repeat(DEEP) + "总计";
        for name in ["r.md", "r.html"] {
            check(&format!("{mark} {DEEP} deep in {name}"), name, bytes.as_bytes());
        }
    }
    let spans = "<table><tr><td rowspan=65534 colspan=1000>1</td></tr></table>".repeat(2_000);
    check("spans without measure", "r.html", spans.as_bytes());
}

#[test]
fn long_tables_are_read() {
    let row = "3.其他\t1\t2\t3\t4\t5\t6\t21\n";
    assert_unreadable("a table of 500,000 rows", "r.txt", row.repeat(500_000).as_bytes(), "unreadable.too-large.cells");
    let form = text::write(&report(1), text::Way::Tabs);
    let (before, after) = form.split_at(form.find("四、结转下年度").expect("a row"));
    let doubled = format!("{before}{}{after}", row.repeat(20_000));
    let checked = check("a report with 20,000 rows of 其他", "r.txt", doubled.as_bytes());
    assert_eq!(checked.first().report.pack.as_deref(), Some("zfxxgk-2021"));
    let unknown = format!("{before}{}{after}", "甲项\t1\t2\t3\t4\t5\t6\t21\n".repeat(20_000));
    check("a report with 20,000 unknown rows", "r.txt", unknown.as_bytes());
    let nameless = format!("{before}{}{after}", "\t\t\t1\t2\t3\t4\t5\t6\t21\n".repeat(80_000));
    check("a report with 80,000 nameless rows", "r.txt", nameless.as_bytes());
    check("5 MB of tabs", "r.txt", "\t".repeat(5 << 20).as_bytes());
    check("lines of tabs", "r.txt", "\t\t\n".repeat(300_000).as_bytes());
}

#[test]
fn odd_bytes_are_read() {
    let right = text::write(&report(2), text::Way::Tabs);
    for (what, odd) in [("NUL", "\0"), ("a byte order mark", "\u{feff}"), ("a blank without width", "\u{200b}")] {
        for (name, text) in [("r.txt", right.clone()), ("r.md", markdown::write(&report(2), markdown::Way::Padded))] {
            let spread: String = text.lines().map(|line| format!("{odd}{line}{odd}\n")).collect();
            check(&format!("{what} around every line of {name}"), name, spread.as_bytes());
            check(&format!("{what} 100,000 times in {name}"), name, odd.repeat(100_000).as_bytes());
        }
    }
    let huge = "9".repeat(1 << 20);
    check("a figure of a million digits", "r.txt", right.replacen("\t1", &format!("\t{huge}"), 1).as_bytes());
}

/// Word marks the ends of cells with U+0007; converters leave it, and U+2060, beside the text.
#[test]
fn invisible_characters_change_nothing() {
    let report = report(2);
    for odd in ['\u{7}', '\u{b}', '\0', '\u{2060}', '\u{200b}', '\u{feff}', '\u{200e}'] {
        let around = |line: &str, cell: &str| {
            let cells: Vec<String> = line.split(cell).map(|text| format!("{odd}{text}{odd}")).collect();
            cells.join(cell)
        };
        let text: Vec<String> = text::write(&report, text::Way::Tabs).lines().map(|line| around(line, "\t")).collect();
        let text = text.join("\n");
        let checked = check(&format!("{odd:?} around every cell"), "r.txt", text.as_bytes());
        let said: Vec<_> =
            checked.first().report.findings.iter().map(|finding| (&finding.rule.name, &finding.place)).collect();
        assert!(said.is_empty(), "{odd:?}: {said:?}");
    }
}

/// Files of old machines end their lines so.
#[test]
fn lines_may_end_with_a_carriage_return() {
    let report = report(3);
    for (name, text) in
        [("r.txt", text::write(&report, text::Way::Tabs)), ("r.md", markdown::write(&report, markdown::Way::Padded))]
    {
        let text = text.replace('\n', "\r");
        let checked = check("lone carriage returns", name, text.as_bytes());
        assert!(checked.first().report.findings.is_empty(), "{name}: {:?}", checked.first().report.findings);
    }
}

#[test]
fn a_tag_of_very_many_attributes_is_refused_and_no_stack_overflows() {
    let attributes: String = (0..60_000).map(|number| format!(" a{number}=\"{number}\"")).collect();
    assert_unreadable(
        "attributes",
        "a.html",
        format!("<p>一</p><td{attributes}>12</td>").as_bytes(),
        "unreadable.damaged",
    );
    assert_unreadable(
        "attributes within Markdown",
        "a.md",
        format!("# 一\n\n<td{attributes}>").as_bytes(),
        "unreadable.damaged",
    );
    // Within a line of Markdown a tag only says whether it hides what is behind it.
    check("attributes within a line", "a.md", format!("一 <b{attributes}> 二\n").as_bytes());
}

#[test]
fn two_reports_behind_one_quote_are_read() {
    let report = markdown::write(&report(3), markdown::Way::Padded).replace('|', ",");
    let quoted = format!("organization,\"{report}").repeat(2);
    let checked = check("one quote", "a.csv", quoted.as_bytes());
    assert!(checked.first().report.findings.iter().all(|finding| finding.rule.kind != "unreadable"));
}
