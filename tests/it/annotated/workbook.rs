//! Workbooks: cells are coloured and bear notes, a sheet of results is in front.

use gouji::annotate::Refused;
use gouji::view::Location;
use gouji::{Language, Severity};
use regex::Regex;

use super::{assert_copy, attributes, mark, part, replaced, try_mark, views, with_parts, wrong};
use crate::support::report;
use crate::support::workbook::{Kind, WAYS, Way, write, write_all};

/// The parts that marks change, besides new ones.
const CHANGED: [&str; 7] = [
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/",
    "styles.xml",
    "comments",
    "vmlDrawing",
];

/// Cell, author and text of each note of a part.
fn notes(text: &str) -> Vec<(String, String, String)> {
    let authors = Regex::new("<(?:\\w+:)?author>([^<]*)<").expect("a pattern");
    let authors: Vec<&str> = authors.captures_iter(text).map(|found| found.extract::<1>().1[0]).collect();
    let note = Regex::new("(?s)<(?:\\w+:)?comment ref=\"(\\w+)\" authorId=\"(\\d+)\".*?</(?:\\w+:)?comment>")
        .expect("a pattern");
    let words = Regex::new("<(?:\\w+:)?t(?: [^>]*)?>([^<]*)<").expect("a pattern");
    let said = |text: &str| words.captures_iter(text).map(|found| found[1].to_owned()).collect::<String>();
    let notes = note.captures_iter(text);
    notes
        .map(|found| {
            (found[1].to_owned(), authors[found[2].parse::<usize>().expect("a number")].to_owned(), said(&found[0]))
        })
        .collect()
}

/// The cells at which findings of the first report are.
fn cells(bytes: &[u8]) -> Vec<String> {
    let found = views("r.xlsx", bytes).remove(0).findings.into_iter();
    found
        .filter_map(|finding| match finding.location {
            Some(Location::Sheet { cell, .. }) => Some(cell),
            _ => None,
        })
        .collect()
}

#[test]
fn workbooks_of_every_shape_are_marked_at_the_wrong_cell() {
    for way in WAYS {
        let (report, figure) = wrong(7);
        let bytes = write(&report, way);
        let copy = mark("r.xlsx", &bytes);
        assert_copy(&format!("{way:?}"), "r.xlsx", &bytes, &copy, &CHANGED);
        let notes = notes(&part(&copy, "xl/comments1.xml"));
        let of_figure =
            notes.iter().filter(|(_, author, said)| author == "gouji" && said.contains(&format!("现为 {figure}")));
        assert_eq!(of_figure.map(|(cell, ..)| cell.clone()).collect::<Vec<_>>(), cells(&bytes), "{way:?}");
    }
}

#[test]
fn what_a_clerk_sees_of_a_marked_workbook() {
    let (report, _) = wrong(7);
    let copy = mark("r.xlsx", &write(&report, Way::OneSheet));
    let said: Vec<String> =
        notes(&part(&copy, "xl/comments1.xml")).into_iter().map(|(cell, _, said)| format!("{cell}: {said}")).collect();
    let results = part(&copy, "xl/worksheets/sheet2.xml");
    let words = Regex::new("<c r=\"(\\w+)\"(?: s=\"\\d+\")? t=\"inlineStr\"><is><t[^>]*>([^<]*)<").expect("a pattern");
    let cells: Vec<String> =
        words.captures_iter(&results).map(|found| format!("{}: {}", &found[1], &found[2])).collect();
    let links = attributes(&results, "hyperlink", "location");
    insta::assert_snapshot!(format!("{}\n\n{}\n\n{links:?}", said.join("\n\n"), cells.join("\n")));
}

#[test]
fn several_reports_in_one_workbook_are_all_marked() {
    let (one, other) = (wrong(7), wrong(8));
    let bytes = write_all(Kind::Xlsx, &[one.0, other.0], Way::OneSheet);
    let copy = mark("r.xlsx", &bytes);
    assert_copy("two reports", "r.xlsx", &bytes, &copy, &CHANGED);
    for (part_name, figure) in [("xl/comments1.xml", one.1), ("xl/comments2.xml", other.1)] {
        let notes = notes(&part(&copy, part_name));
        assert!(notes.iter().any(|(_, _, said)| said.contains(&format!("现为 {figure}"))), "{part_name}: {notes:?}");
    }
}

#[test]
fn a_copy_that_was_corrected_bears_no_marks_any_more() {
    let (report, figure) = wrong(7);
    let bytes = write(&report, Way::OneSheet);
    let copy = mark("r.xlsx", &bytes);
    let right = (figure.parse::<u64>().expect("a number") - 4321).to_string();
    let corrected =
        replaced(&copy, "xl/worksheets/sheet1.xml", &format!("<v>{figure}</v>"), &format!("<v>{right}</v>"));
    let marked = try_mark("r.xlsx", &corrected, Language::Chinese).expect("a copy");
    assert_eq!(marked.findings, 0);
    let again = marked.bytes;
    assert_copy("corrected", "r.xlsx", &corrected, &again, &CHANGED);
    assert_eq!(notes(&part(&again, "xl/comments1.xml")), []);
    assert!(!part(&again, "xl/drawings/vmlDrawing1.vml").contains("ObjectType"), "no box is left");
    // Each cell has the style that it had.
    let sheet =
        part(&bytes, "xl/worksheets/sheet1.xml").replace(&format!("<v>{figure}</v>"), &format!("<v>{right}</v>"));
    let now = part(&again, "xl/worksheets/sheet1.xml").replace(&attributes_of_drawing(&again), "");
    assert_eq!(now, sheet);
}

fn attributes_of_drawing(copy: &[u8]) -> String {
    let sheet = part(copy, "xl/worksheets/sheet1.xml");
    Regex::new("<legacyDrawing [^>]*/>").expect("a pattern").find(&sheet).expect("a drawing").as_str().to_owned()
}

/// The same workbook as other programs write it: prefixes, other places of parts, no styles, rows and cells that are not
/// numbered, no cell where one is blank.
#[test]
fn workbooks_of_every_hand_are_marked() {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let (report, figure) = wrong(9);
    let bytes = write(&report, Way::OneSheet);
    let is_main = |name: &str| name.starts_with("xl/") && !name.contains("theme") && !name.ends_with(".rels");
    let all = |text: &str, change: &dyn Fn(&str) -> String| Some(change(text));
    let tag = Regex::new("<(/?)([A-Za-z])").expect("a pattern");
    let prefixed = with_parts(
        &bytes,
        |name, text| match is_main(name) {
            true => all(text, &|text| {
                tag.replace_all(text, "<${1}x:$2").replace(&format!("xmlns=\"{MAIN}\""), &format!("xmlns:x=\"{MAIN}\""))
            }),
            false => Some(text.to_owned()),
        },
        &[],
    );
    let strict = with_parts(
        &bytes,
        |_, text| {
            let text = text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main");
            Some(text.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            ))
        },
        &[],
    );
    let styles = Regex::new("<(?:Relationship|Override) [^>]*styles[^>]*/>").expect("a pattern");
    let style = Regex::new(" s=\"\\d+\"").expect("a pattern");
    let without_styles = with_parts(
        &bytes,
        |name, text| match name {
            "xl/styles.xml" => None,
            "xl/worksheets/sheet1.xml" => Some(style.replace_all(text, "").into_owned()),
            _ => Some(styles.replace_all(text, "").into_owned()),
        },
        &[],
    );
    let row = Regex::new("<row r=\"\\d+\"").expect("a pattern");
    let unnumbered = with_parts(
        &bytes,
        |name, text| match name {
            // Every row of the report is there, but blank ones.
            "xl/worksheets/sheet1.xml" if row.find_iter(text).count() > 40 => {
                Some(text.replace(" spans=", " x-spans="))
            }
            _ => Some(text.to_owned()),
        },
        &[],
    );
    let moved = with_parts(
        &bytes,
        |name, text| match name {
            "_rels/.rels" => Some(text.replace("xl/workbook.xml", "/book/workbook.xml")),
            "[Content_Types].xml" => Some(text.replace("/xl/workbook.xml", "/book/workbook.xml")),
            "xl/workbook.xml" | "xl/_rels/workbook.xml.rels" => None,
            _ => Some(text.to_owned()),
        },
        &[
            ("book/workbook.xml", &part(&bytes, "xl/workbook.xml")),
            (
                "book/_rels/workbook.xml.rels",
                &part(&bytes, "xl/_rels/workbook.xml.rels").replace("Target=\"", "Target=\"/xl/"),
            ),
        ],
    );
    let changed = [&CHANGED[..], &["book/"]].concat();
    let files = [
        ("prefixed", prefixed),
        ("strict", strict),
        ("without styles", without_styles),
        ("unnumbered", unnumbered),
        ("moved", moved),
    ];
    for (what, bytes) in files {
        assert_eq!(views("r.xlsx", &bytes)[0].findings.len(), 1, "{what}: it is read");
        let copy = mark("r.xlsx", &bytes);
        assert_copy(what, "r.xlsx", &bytes, &copy, &changed);
        let name = if what == "moved" { "book/comments1.xml" } else { "xl/comments1.xml" };
        assert!(notes(&part(&copy, name))[0].2.contains(&format!("现为 {figure}")), "{what}");
    }
}

#[test]
fn a_blank_cell_is_coloured_where_there_is_none_yet() {
    let (report, figure) = wrong(7);
    let bytes = write(&report, Way::OneSheet);
    let right = figure.parse::<u64>().expect("a number") - 4321;
    let cell = Regex::new(&format!("<c r=\"(\\w+)\"[^>]*><v>{figure}</v></c>")).expect("a pattern");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let own = cell.find_iter(&sheet).next().expect("the figure").as_str().to_owned();
    let address = cell.captures(&own).expect("a cell")[1].to_owned();
    let bytes = replaced(&bytes, "xl/worksheets/sheet1.xml", &own, "");
    assert!(cells(&bytes).contains(&address), "it is blank");
    let copy = mark("r.xlsx", &bytes);
    assert_copy("no cell", "r.xlsx", &bytes, &copy, &CHANGED);
    let put_in = Regex::new(&format!("<c r=\"{address}\" s=\"\\d+\"/>")).expect("a pattern");
    assert!(put_in.is_match(&part(&copy, "xl/worksheets/sheet1.xml")));
    // The cells of its row are in order.
    let order = attributes(&part(&copy, "xl/worksheets/sheet1.xml"), "c", "r");
    let row = address.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let in_row: Vec<&String> =
        order.iter().filter(|cell| cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()) == row).collect();
    assert!(in_row.is_sorted(), "{in_row:?}");
    // Filled in, it stays, and is coloured no more.
    let filled = put_in
        .replace(&part(&copy, "xl/worksheets/sheet1.xml"), format!("<c r=\"{address}\" s=\"9\"><v>{right}</v></c>"))
        .into_owned();
    let old = put_in.find(&part(&copy, "xl/worksheets/sheet1.xml")).expect("the cell").as_str().to_owned();
    let style = attributes(&old, "c", "s").remove(0);
    let filled = with_parts(
        &copy,
        |name, text| {
            Some(if name == "xl/worksheets/sheet1.xml" {
                filled.replace("s=\"9\"", &format!("s=\"{style}\""))
            } else {
                text.to_owned()
            })
        },
        &[],
    );
    let again = mark("r.xlsx", &filled);
    assert!(
        part(&again, "xl/worksheets/sheet1.xml").contains(&format!("<c r=\"{address}\"><v>")),
        "its ground is gone"
    );
}

#[test]
fn sheets_that_are_counted_by_their_places_are_counted_on() {
    let (report, _) = wrong(7);
    let bytes = write(&report, Way::SheetEach);
    let names = "<definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"2\">第2部分!$A$1</definedName></definedNames>";
    let bytes = replaced(&bytes, "xl/workbook.xml", "</sheets>", &format!("</sheets>{names}"));
    let book = part(&mark("r.xlsx", &bytes), "xl/workbook.xml");
    assert_eq!(attributes(&book, "definedName", "localSheetId"), ["3"]);
    assert_eq!(attributes(&book, "workbookView", "activeTab"), ["1"]);
    let sheets = attributes(&book, "sheet", "name");
    assert_eq!((sheets[0].as_str(), sheets[1].as_str()), ("核对结果", "封面"));
}

const NOTES: &str = "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors><author>张三</author></authors>\
    <commentList><comment ref=\"CELL\" authorId=\"0\"><text><t>请核实 &amp; 回复</t></text></comment><comment ref=\"A1\" authorId=\"0\"><text><r><t>题目</t></r></text></comment></commentList></comments>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/KIND\" Target=\"../TARGET\"/></Relationships>";

/// A workbook in which something is said already at the wrong cell.
fn with_notes(kind: &str, target: &str, text: &str) -> (Vec<u8>, String) {
    let (report, _) = wrong(7);
    let bytes = write(&report, Way::OneSheet);
    let cell = cells(&bytes).remove(0);
    let relations = RELATIONS.replace("KIND", kind).replace("TARGET", target);
    let new = [
        ("xl/worksheets/_rels/sheet1.xml.rels", relations.as_str()),
        (&*format!("xl/{target}"), &*text.replace("CELL", &cell)),
    ];
    (with_parts(&bytes, |_, text| Some(text.to_owned()), &new), cell)
}

#[test]
fn notes_of_others_stay_and_ours_come_below() {
    let (bytes, cell) = with_notes("comments", "comments1.xml", NOTES);
    let copy = mark("r.xlsx", &bytes);
    assert_copy("notes of others", "r.xlsx", &bytes, &copy, &CHANGED);
    let notes = notes(&part(&copy, "xl/comments1.xml"));
    assert_eq!((&*notes[0].0, &*notes[0].1), (&*cell, "张三"));
    assert!(notes[0].2.starts_with("请核实 &amp; 回复\n—— gouji ——\n错误：现为 "), "{}", notes[0].2);
    assert_eq!(notes[1].2, "题目");
}

#[test]
fn conversations_stay_and_the_results_say_so() {
    let talk = "<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\"><threadedComment ref=\"CELL\" id=\"{1}\"><text>?</text></threadedComment></ThreadedComments>";
    let (bytes, cell) = with_notes("threadedComment", "threadedComments/threadedComment1.xml", talk);
    let marked = try_mark("r.xlsx", &bytes, Language::Chinese).expect("a copy");
    assert!(!notes(&part(&marked.bytes, "xl/comments1.xml")).iter().any(|(at, ..)| *at == cell));
    assert_eq!(marked.remarks.len(), 1);
    assert!(marked.remarks[0].say(Language::Chinese).ends_with(&format!("年度报告!{cell}")));
}

#[test]
fn what_would_break_is_refused() {
    let (report, _) = wrong(7);
    let bytes = with_parts(
        &write(&report, Way::OneSheet),
        |_, text| Some(text.to_owned()),
        &[("_xmlsignatures/origin.sigs", "")],
    );
    assert_eq!(try_mark("r.xlsx", &bytes, Language::Chinese).expect_err("it is signed"), Refused::Signed);
}

/// A sheet of the user's that is called as ours is none of ours: it is read, and stays as it is.
#[test]
fn sheets_of_that_name_are_the_users_own() {
    let (report, _) = wrong(7);
    let bytes = write(&report, Way::OneSheet);
    let bytes = replaced(&bytes, "xl/workbook.xml", "name=\"年度报告\"", "name=\"核对结果\"");
    assert_eq!(views("r.xlsx", &bytes)[0].count(Severity::Error), 1, "it is read");
    let copy = mark("r.xlsx", &bytes);
    assert_copy("a sheet of that name", "r.xlsx", &bytes, &copy, &CHANGED);
    assert_eq!(attributes(&part(&copy, "xl/workbook.xml"), "sheet", "name"), ["核对结果 (2)", "核对结果"]);
}

#[test]
fn a_right_workbook_says_that_nothing_was_found() {
    let bytes = write(&report(7), Way::OneSheet);
    let copy = mark("r.xlsx", &bytes);
    assert_copy("right", "r.xlsx", &bytes, &copy, &CHANGED);
    assert!(part(&copy, "xl/worksheets/sheet2.xml").contains("：通过。错误 0"));
}
