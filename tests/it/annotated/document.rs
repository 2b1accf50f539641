//! Documents: comments at the very figures.

use regex::Regex;

use super::{assert_copy, attributes, mark, part, replaced, try_mark, views, with_parts, wrong};
use crate::support::document::{WAYS, Way, write};
use crate::support::report;
use gouji::Language;

const CHANGED: [&str; 4] = ["[Content_Types].xml", "word/document", "word/_rels/", "word/comments.xml"];

/// The part that holds the document.
fn main_part(way: Way) -> &'static str {
    if way == Way::Numbered { "word/document2.xml" } else { "word/document.xml" }
}

/// What each comment is tied to, by its number.
fn tied(document: &str) -> Vec<(String, String)> {
    let text = Regex::new("<(?:\\w+:)?t(?: [^>]*)?>([^<]*)<").expect("a pattern");
    attributes(document, "commentRangeStart", "id")
        .into_iter()
        .map(|id| {
            let between =
                Regex::new(&format!("(?s)commentRangeStart[^>]*id=\"{id}\"(.*?)commentRangeEnd[^>]*id=\"{id}\""))
                    .expect("a pattern");
            let own = between.captures(document).expect("an end")[1].to_owned();
            let own = Regex::new("(?s)<(?:\\w+:)?instrText.*?</(?:\\w+:)?instrText>")
                .expect("a pattern")
                .replace_all(&own, "")
                .into_owned();
            (id, text.captures_iter(&own).map(|found| found[1].to_owned()).collect())
        })
        .collect()
}

#[test]
fn documents_of_every_shape_are_marked_at_the_very_figure() {
    for way in WAYS {
        let (report, figure) = wrong(7);
        let bytes = write(&report, way);
        let copy = mark("r.docx", &bytes);
        assert_copy(&format!("{way:?}"), "r.docx", &bytes, &copy, &CHANGED);
        let document = part(&copy, main_part(way));
        assert_eq!(tied(&document), [("0".to_owned(), figure)], "{way:?}");
        let comments = part(&copy, "word/comments.xml");
        assert_eq!(attributes(&comments, "comment", "author"), ["gouji"], "{way:?}");
    }
}

/// The figure as others write it: in pieces, in links and fields, under revision, hidden or coloured.
#[test]
fn figures_of_every_hand_are_marked() {
    let (report, figure) = wrong(7);
    let plain = write(&report, Way::Word);
    let run = format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{figure}</w:t></w:r>");
    let (one, other) = figure.split_at(1);
    let of_run = |inner: &str| format!("<w:r>{inner}</w:r>");
    let ways = [
        ("plain", format!("<w:r><w:t>{figure}</w:t></w:r>"), true),
        ("two runs", format!("<w:r><w:t>{one}</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>{other}</w:t></w:r>"), true),
        (
            "inserted",
            format!(
                "<w:ins w:id=\"9\" w:author=\"李四\">{run}</w:ins><w:del w:id=\"8\" w:author=\"李四\"><w:r><w:delText>99</w:delText></w:r></w:del>"
            ),
            true,
        ),
        ("a link", format!("<w:hyperlink w:anchor=\"x\">{run}</w:hyperlink>"), true),
        (
            "a control",
            format!("<w:sdt><w:sdtPr><w:id w:val=\"5\"/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
            true,
        ),
        (
            "a field",
            format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> =7 </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{run}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            ),
            true,
        ),
        ("a simple field", format!("<w:fldSimple w:instr=\" =7 \">{run}</w:fldSimple>"), true),
        ("behind hidden text", format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r>{run}"), true),
        ("by number", format!("<w:r><w:t>&#{};{other}</w:t></w:r>", u32::from(one.as_bytes()[0])), true),
        ("highlighted", format!("<w:r><w:rPr><w:highlight w:val=\"yellow\"/></w:rPr><w:t>{figure}</w:t></w:r>"), false),
        (
            "white on black",
            format!(
                "<w:r><w:rPr><w:color w:val=\"FFFFFF\"/><w:shd w:val=\"clear\" w:fill=\"000000\"/></w:rPr><w:t>{figure}</w:t></w:r>"
            ),
            false,
        ),
        ("with blanks", of_run(&format!("<w:t xml:space=\"preserve\"> {figure} </w:t>")), true),
        ("behind a break", of_run(&format!("<w:lastRenderedPageBreak/><w:t>{figure}</w:t>")), true),
        (
            "a box",
            format!(
                "<w:r><w:pict><v:textbox><w:txbxContent><w:p>{run}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"
            ),
            true,
        ),
    ];
    for (what, written, is_shaded) in ways {
        let bytes = replaced(&plain, "word/document.xml", &run, &written);
        assert_eq!(views("r.docx", &bytes)[0].findings.len(), 1, "{what}: it is read");
        let copy = mark("r.docx", &bytes);
        assert_copy(what, "r.docx", &bytes, &copy, &CHANGED);
        let document = part(&copy, "word/document.xml");
        let tied: Vec<String> = tied(&document).into_iter().map(|(_, text)| text.replace("&#50;", "2")).collect();
        let by_number = |text: &str| text.replace(&format!("&#{};", u32::from(one.as_bytes()[0])), one);
        assert_eq!(tied.iter().map(|text| by_number(text)).collect::<Vec<_>>().concat(), figure, "{what}");
        assert_eq!(document.contains("w:fill=\"FFC8CF\""), is_shaded, "{what}");
        // Inside of a field a comment would be a part of what LibreOffice shows of it.
        let place = |what: &str| document.find(what).expect("it is there");
        for (begin, end) in [("<w:fldSimple", "</w:fldSimple>"), ("w:fldCharType=\"begin\"", "w:fldCharType=\"end\"")] {
            if written.contains(begin) {
                assert!(place("<w:commentRangeStart") < place(begin), "{what}");
                assert!(place(end) < place("<w:commentRangeEnd"), "{what}");
            }
        }
    }
}

/// The document with a content control around the paragraph, or around the cell, that a figure is in.
pub(super) fn controlled(figure: &str, bytes: &[u8], element: &str) -> Vec<u8> {
    let document = part(bytes, "word/document.xml");
    let at = document.find(&format!(">{figure}<")).expect("the figure");
    let starts = [format!("<w:{element}>"), format!("<w:{element} ")].map(|tag| document[..at].rfind(&tag));
    let start = starts.into_iter().flatten().max().expect("it begins");
    let close = format!("</w:{element}>");
    let end = at + document[at..].find(&close).expect("it ends") + close.len();
    let own = &document[start..end];
    let control = format!("<w:sdt><w:sdtPr><w:id w:val=\"5\"/></w:sdtPr><w:sdtContent>{own}</w:sdtContent></w:sdt>");
    replaced(bytes, "word/document.xml", own, &control)
}

/// LibreOffice loses the text before a reference to a comment in a control around paragraphs or a cell.
#[test]
fn references_come_first_in_content_controls() {
    let (report, figure) = wrong(7);
    let right = (figure.parse::<u64>().expect("a number") - 4321).to_string();
    let plain = write(&report, Way::Word);
    for element in ["p", "tc"] {
        let bytes = controlled(&figure, &plain, element);
        let copy = mark("r.docx", &bytes);
        assert_copy(element, "r.docx", &bytes, &copy, &CHANGED);
        let document = part(&copy, "word/document.xml");
        assert_eq!(tied(&document), [("0".to_owned(), figure.clone())], "{element}");
        let place = |what: &str| document.find(what).expect("it is there");
        assert!(place("<w:commentReference") < place(&format!(">{figure}<")), "{element}: {document}");
        let change = |bytes: &[u8]| replaced(bytes, "word/document.xml", &format!(">{figure}<"), &format!(">{right}<"));
        let corrected = mark("r.docx", &change(&copy));
        assert_eq!(part(&corrected, "word/document.xml"), part(&change(&bytes), "word/document.xml"), "{element}");
    }
    // A number in the midst of a sentence.
    let mut report = crate::support::report(7);
    let total = Regex::new("共计 (\\d+) 条").expect("a pattern");
    report.texts[0] = total.replace(&report.texts[0], "共计 8765 条").into_owned();
    let bytes = write(&report, Way::Word);
    let document = part(&bytes, "word/document.xml");
    let at = document.find("8765 条").expect("the number");
    let start = document[..at].rfind("<w:p>").expect("the paragraph");
    let end = at + document[at..].find("</w:p>").expect("its end") + "</w:p>".len();
    let own = &document[start..end];
    let control = format!("<w:sdt><w:sdtContent>{own}</w:sdtContent></w:sdt>");
    let bytes = replaced(&bytes, "word/document.xml", own, &control);
    let copy = mark("r.docx", &bytes);
    assert_copy("a sentence", "r.docx", &bytes, &copy, &CHANGED);
    let document = part(&copy, "word/document.xml");
    let tied = tied(&document);
    assert!(tied[0].1.contains("8765"), "{tied:?}");
    let (_, inside) = document.split_once("<w:sdtContent>").expect("the control");
    let text = inside.find("<w:t").expect("its text");
    assert!(inside.find("<w:commentReference").is_some_and(|at| at < text), "{inside}");
}

/// Numbers in a sentence are cut out of their run, which reads as before.
#[test]
fn numbers_in_sentences_are_marked_alone() {
    let mut report = report(7);
    let right =
        Regex::new("共计 (\\d+) 条").expect("a pattern").captures(&report.texts[0]).expect("a total")[1].to_owned();
    report.texts[0] = report.texts[0].replace(&format!("共计 {right} 条"), "共计 8765 条");
    let bytes = write(&report, Way::Word);
    assert_eq!(views("r.docx", &bytes)[0].findings.len(), 1);
    let copy = mark("r.docx", &bytes);
    assert_copy("a sentence", "r.docx", &bytes, &copy, &CHANGED);
    let document = part(&copy, "word/document.xml");
    let tied = tied(&document);
    assert!(tied[0].1.contains("8765"), "{tied:?}");
    insta::assert_snapshot!(format!("{}\n{}", tied[0].1, comment(&copy)));
}

/// What the comments of a copy say.
fn comment(copy: &[u8]) -> String {
    let text = Regex::new("<(?:\\w+:)?t(?: [^>]*)?>([^<]*)<").expect("a pattern");
    let comments = part(copy, "word/comments.xml");
    text.captures_iter(&comments).map(|found| found[1].to_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_missing_is_said_where_it_is_due() {
    let report = report(7);
    let bytes = write(&report, Way::Word);
    let document = part(&bytes, "word/document.xml");
    // The last section goes, with its text.
    let heading = document.rfind("<w:pStyle").expect("a heading");
    let start = document[..heading].rfind("<w:p>").expect("a paragraph");
    let end = document.find("<w:sectPr>").expect("the end");
    let bytes = replaced(&bytes, "word/document.xml", &document[start..end], "");
    let copy = mark("r.docx", &bytes);
    assert_copy("a section is missing", "r.docx", &bytes, &copy, &CHANGED);
    assert!(!part(&copy, "word/document.xml").contains("w:shd"), "what is there is not wrong");
    insta::assert_snapshot!(format!("{:?}\n{}", tied(&part(&copy, "word/document.xml")), comment(&copy)));
}

#[test]
fn comments_of_others_stay() {
    let (report, figure) = wrong(7);
    let run = format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{figure}</w:t></w:r>");
    let tied_run = format!(
        "<w:commentRangeStart w:id=\"4\"/>{run}<w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r>"
    );
    let bytes = replaced(&write(&report, Way::Word), "word/document.xml", &run, &tied_run);
    let relation = "<Relationship Id=\"r9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/></Relationships>";
    let bytes = replaced(&bytes, "word/_rels/document.xml.rels", "</Relationships>", relation);
    let own = "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:comment w:id=\"4\" w:author=\"张三\"><w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment></w:comments>";
    let bytes = with_parts(&bytes, |_, text| Some(text.to_owned()), &[("word/comments.xml", own)]);
    let copy = mark("r.docx", &bytes);
    assert_copy("comments of others", "r.docx", &bytes, &copy, &CHANGED);
    assert_eq!(attributes(&part(&copy, "word/comments.xml"), "comment", "author"), ["张三", "gouji"]);
    let document = part(&copy, "word/document.xml");
    assert_eq!(tied(&document), [("4".to_owned(), figure.clone()), ("5".to_owned(), figure)]);
}

#[test]
fn a_copy_that_was_corrected_bears_no_marks_any_more() {
    let (wrong, figure) = wrong(7);
    let bytes = write(&wrong, Way::Word);
    let right = (figure.parse::<u64>().expect("a number") - 4321).to_string();
    let corrected =
        replaced(&mark("r.docx", &bytes), "word/document.xml", &format!(">{figure}<"), &format!(">{right}<"));
    let marked = try_mark("r.docx", &corrected, Language::Chinese).expect("a copy");
    assert_eq!(marked.findings, 0);
    // It is as if it had been right from the beginning.
    let document = part(&bytes, "word/document.xml").replace(&format!(">{figure}<"), &format!(">{right}<"));
    assert_eq!(part(&marked.bytes, "word/document.xml"), document);
}

/// Who types over a figure takes the comment away that is tied to it, and leaves the ground.
#[test]
fn a_figure_that_was_typed_over_bears_no_ground_any_more() {
    let (wrong, figure) = wrong(7);
    let bytes = write(&wrong, Way::Word);
    let right = (figure.parse::<u64>().expect("a number") - 4321).to_string();
    let typed_over = |copy: &[u8]| {
        let tie = Regex::new(
            "<w:commentRange(?:Start|End) [^>]*/>|<w:r>(?:<w:rPr>(?:[^/]|/>)*</w:rPr>)?<w:commentReference [^>]*/></w:r>",
        );
        let document = part(copy, "word/document.xml").replace(&format!(">{figure}<"), &format!(">{right}<"));
        let document = tie.expect("a pattern").replace_all(&document, "").into_owned();
        with_parts(
            copy,
            |name, text| Some(if name == "word/document.xml" { document.clone() } else { text.to_owned() }),
            &[],
        )
    };
    let typed_over = typed_over(&mark("r.docx", &bytes));
    let document = part(&typed_over, "word/document.xml");
    assert!(document.contains("FFC8CF") && !document.contains("comment"), "the ground is all that is left");
    let again = part(&mark("r.docx", &typed_over), "word/document.xml");
    let before = part(&bytes, "word/document.xml").replace(&format!(">{figure}<"), &format!(">{right}<"));
    assert_eq!(again, before);
}
