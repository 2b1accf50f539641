use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::document::{Block, Document, Location};
use crate::limits::{Limit, Limits};
use crate::read::Unreadable;
use crate::read::zip_file::ZipFile;

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a new part");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

fn file(body: &str) -> Vec<u8> {
    let text = format!("<w:document><w:body>{body}</w:body></w:document>");
    package(&[("word/document.xml", text.as_bytes())])
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    crate::read::read_zip(ZipFile::new(bytes, limits)?, limits)
}

fn place(location: &Location) -> String {
    match location {
        Location::Paragraph { number } => format!("¶{number}"),
        Location::TableCell { table, cell } => format!("{table}.{}.{}", cell.row + 1, cell.column + 1),
        other => format!("{other:?}"),
    }
}

/// Everything in a document, a line a block or cell: its place, the columns it covers, its text.
fn seen(bytes: &[u8]) -> String {
    let document = read(bytes, &Limits::default()).expect("a document");
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(passage) => lines.push(format!("# {} {:?}", place(&passage.place()), passage.text)),
            Block::Paragraph(passage) => lines.push(format!("{} {:?}", place(&passage.place()), passage.text)),
            Block::Image(at) => lines.push(format!("image {}", place(at))),
            Block::Table(table) => lines.extend(table.cells().iter().map(|cell| {
                let covers = format!("{}×{}", cell.rows.len(), cell.columns.len());
                format!("{} {covers} {:?}", place(&cell.passage.place()), cell.passage.text)
            })),
        }
    }
    lines.join("\n")
}

fn text(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", text(content))
}

fn table(rows: &[&[String]]) -> String {
    let rows: String = rows.iter().map(|cells| format!("<w:tr>{}</w:tr>", cells.concat())).collect();
    format!("<w:tbl>{rows}</w:tbl>")
}

#[test]
fn places_are_counted_as_a_reader_would() {
    let nested = table(&[&[cell("", "7"), cell("", "8")]]);
    let box_text = format!(
        "<w:p><w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r><w:r><w:t>b</w:t></w:r></w:p>",
        text("框")
    );
    let outer = format!("<w:tbl><w:tr><w:tc>{}{nested}<w:p/></w:tc></w:tr></w:tbl>", text("版面"));
    let body = [text("a"), "<w:p/>".to_owned(), box_text, outer, table(&[&[cell("", "9")]]), text("c")].concat();
    insta::assert_snapshot!(seen(&file(&body)), @r##"
    ¶1 "a"
    ¶3 "框"
    ¶3 "b"
    1.1.1 "版面"
    2.1.1 1×1 "7"
    2.1.2 1×1 "8"
    3.1.1 1×1 "9"
    ¶4 "c"
    "##);
}

/// Those in tables are none: a table with figures beside them is no picture.
#[test]
fn pictures_come_behind_their_paragraphs() {
    let picture =
        "<w:r><w:drawing><wp:inline><a:graphic><a:blip r:embed=\"rId4\"/></a:graphic></wp:inline></w:drawing></w:r>";
    let old = "<w:r><w:pict><v:shape><v:imagedata r:id=\"rId5\"/></v:shape></w:pict></w:r>";
    let within = format!("<w:tbl><w:tr><w:tc><w:p>{picture}</w:p></w:tc></w:tr></w:tbl>");
    let body = format!("<w:p>{picture}{old}<w:r><w:t>图一</w:t></w:r></w:p>{}<w:p>{old}</w:p>{within}", text("a"));
    insta::assert_snapshot!(seen(&file(&body)), @r#"
    ¶1 "图一"
    image ¶1
    ¶2 "a"
    image ¶3
    1.1.1 1×1 ""
    "#);
}

#[test]
fn merged_cells_cover_what_they_say_and_no_more() {
    let restart = r#"<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>"#;
    let rows: [&[String]; 6] = [
        &[cell(restart, "甲"), cell("", "1")],
        &[cell(r#"<w:gridSpan w:val="2"/><w:vMerge/>"#, "unseen"), cell("", "2")],
        &[cell("<w:vMerge/>", ""), cell("<w:vMerge/>", "alone"), cell("", "3")],
        &[cell("", "乙"), cell("<w:vMerge/>", "unseen"), cell("", "4")],
        &[cell("<w:hMerge/>", "first"), cell(r#"<w:hMerge w:val="restart"/>"#, "丙"), cell("<w:hMerge/>", "unseen")],
        &[cell(r#"<w:gridSpan w:val="4294967295"/>"#, "wide"), cell(r#"<w:gridSpan w:val="-3"/>"#, "5")],
    ];
    insta::assert_snapshot!(seen(&file(&table(&rows))), @r#"
    1.1.1 3×2 "甲"
    1.1.3 1×1 "1"
    1.2.3 1×1 "2"
    1.3.2 2×1 "alone"
    1.3.3 1×1 "3"
    1.4.1 1×1 "乙"
    1.4.3 1×1 "4"
    1.5.1 1×1 "first"
    1.5.2 1×2 "丙"
    1.6.1 1×1000 "wide"
    1.6.1001 1×1 "5"
    "#);
}

#[test]
fn only_what_is_printed_is_read() {
    let body = "<w:p><w:r><w:t>收到</w:t><w:tab/><w:t>1</w:t><w:br/><w:t>&lt;2&#x33;</w:t><w:noBreakHyphen/></w:r>\
        <w:del><w:r><w:t>删</w:t></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>\
        <w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>\
        <w:r><w:rPr><w:strike/></w:rPr><w:t>划</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r><w:ins><w:hyperlink><w:r><w:t>增</w:t></w:r></w:hyperlink></w:ins>\
        <w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>请填写</w:t></w:r></w:sdtContent></w:sdt>\
        <w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>\
        <w:r><w:sym w:char=\"F0FC\"/></w:r><m:oMath><m:r><m:t>3</m:t></m:r></m:oMath></w:p>\
        <w:p><w:pPr><w:tabs><w:tab/></w:tabs><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>4</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>6</w:t></w:r></w:p><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    insta::assert_snapshot!(seen(&file(body)), @r#"
    ¶1 "收到\t1\n<23-^1显增拼�3"
    ¶3 "前后"
    1.2.1 1×1 "6\n7"
    "#);
}

/// A run with the mark of a field, and one with text.
fn mark(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn a_field_shows_what_it_comes_to() {
    let instruction = "<w:r><w:instrText>= 2 * </w:instrText></w:r>";
    let field = |computed_with: &str, result: &str| {
        [&mark("begin"), instruction, computed_with, &mark("separate"), result, &mark("end")].concat()
    };
    let twice = field(&field(&field("", &run("3")), &run("258")), &run("516"));
    // Without a result there is nothing to be seen.
    let without = [&mark("begin"), instruction, &field("", &run("7")), &mark("end")].concat();
    let simple =
        format!(r#"<w:fldSimple w:instr="A"><w:fldSimple w:instr="B">{}</w:fldSimple></w:fldSimple>"#, run("12"));
    let in_result = field("", &[run("1"), field("", &run("8")), simple.clone()].concat());
    let in_instruction = field(&simple, &run("9"));
    let parts = [twice, without, simple, in_result, in_instruction].map(|field| format!("<w:p>{field}</w:p>"));
    insta::assert_snapshot!(seen(&file(&parts.concat())), @r#"
    ¶1 "516"
    ¶3 "12"
    ¶4 "1812"
    ¶5 "9"
    "#);
    // One that goes over paragraphs, and one that is never ended, which its cell ends.
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let [begin, separate, end] = ["begin", "separate", "end"].map(mark);
    let over = format!(
        "<w:p>{begin}</w:p><w:p>{}</w:p><w:p>{separate}{}</w:p><w:p>{}{end}</w:p>",
        field("", &run("5")),
        run("6"),
        run("4")
    );
    let open = format!("<w:p>{begin}{}</w:p>", run("11"));
    let row = [cell(&over), cell(&open), cell(&format!("<w:p>{}</w:p>", run("13")))].concat();
    insta::assert_snapshot!(seen(&file(&format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>"))), @r#"
    1.1.1 1×1 "6\n4"
    1.1.2 1×1 ""
    1.1.3 1×1 "13"
    "#);
}

#[test]
fn runs_are_struck_out_or_raised_in_several_ways() {
    let set = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let body = [
        run("10") + &set(r#"<w:position w:val="6"/>"#, "1"),
        run("10") + &set(r#"<w:position w:val="0"/>"#, "1"),
        run("10") + &set(r#"<w:rStyle w:val="gone"/>"#, "1"),
        run("10") + &set(r#"<w:rStyle w:val="gone"/><w:strike w:val="0"/>"#, "1"),
        run("10") + &set(r#"<w:strike/><w:dstrike w:val="false"/>"#, "1") + &run("2"),
    ];
    let body = body.map(|runs| format!("<w:p>{runs}</w:p>")).concat();
    let styles = r#"<w:styles><w:style w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style></w:styles>"#;
    let relations = r#"<Relationships><Relationship Type="x/styles" Target="styles.xml"/></Relationships>"#;
    let bytes = package(&[
        ("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ]);
    insta::assert_snapshot!(seen(&bytes), @r#"
    ¶1 "10^1"
    ¶2 "101"
    ¶3 "10"
    ¶4 "101"
    ¶5 "102"
    "#);
}

#[test]
fn a_raised_run_is_the_mark_of_a_note() {
    let raised = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let super_script = r#"<w:vertAlign w:val="superscript"/>"#;
    let body = [
        run("10") + &raised(super_script, "1"),
        run("10") + &raised(super_script, "1") + &raised(super_script, "2"),
        run("10") + &raised(r#"<w:rStyle w:val="note"/>"#, "1"),
        run("10") + &raised(r#"<w:rStyle w:val="note"/><w:vertAlign w:val="baseline"/>"#, "1"),
        raised(super_script, "10"),
    ];
    let body = body.map(|runs| format!("<w:p>{runs}</w:p>")).concat();
    let styles = format!(
        r#"<w:styles><w:style w:styleId="note"><w:basedOn w:val="base"/></w:style>
        <w:style w:styleId="base"><w:rPr>{super_script}</w:rPr></w:style></w:styles>"#
    );
    let relations = r#"<Relationships><Relationship Type="x/styles" Target="styles.xml"/></Relationships>"#;
    let bytes = package(&[
        ("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ]);
    insta::assert_snapshot!(seen(&bytes), @r#"
    ¶1 "10^1"
    ¶2 "10^12"
    ¶3 "10^1"
    ¶4 "101"
    ¶5 "10"
    "#);
}

#[test]
fn automatic_numbers_are_part_of_what_they_number() {
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="1">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2 "/></w:lvl>
        </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"#;
    let styles = r#"<w:styles><w:style w:styleId="a"><w:name w:val="Heading 2"/><w:basedOn w:val="b"/></w:style>
        <w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let relations = r#"<Relationships><Relationship Type="x/styles" Target="styles.xml"/><Relationship Type="x/numbering" Target="./Numbering.xml"/></Relationships>"#;
    let item =
        |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let list =
        |list: u32, level: u32| format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#);
    let body = [
        item(r#"<w:pStyle w:val="a"/>"#, "总体情况"),
        item(&list(1, 1), "甲"),
        item(&list(1, 1), "乙"),
        item(&list(1, 0), "丙"),
        item(&list(1, 1), "丁"),
        item(&list(2, 0), "戊"),
        item(&list(0, 0), "己"),
        item(&list(9, 99), "庚"),
        item(r#"<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/>"#, "辛"),
    ]
    .concat();
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let bytes = package(&[
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
    ]);
    insta::assert_snapshot!(seen(&bytes), @r##"
    # ¶1 "一、总体情况"
    ¶2 "1.1 甲"
    ¶3 "1.2 乙"
    ¶4 "二、丙"
    ¶5 "2.1 丁"
    ¶6 "五、戊"
    ¶7 "己"
    ¶8 "庚"
    ¶9 "辛"
    "##);
}

#[test]
fn what_cannot_be_read_is_said() {
    let refusal = |body: &str| read(&file(body), &Limits::default()).expect_err("no document");
    let blank = file("<w:p/>");
    assert_eq!(crate::read::read("r.docx", &blank, &Limits::default()).err(), Some(Unreadable::Empty));
    assert_eq!(refusal(&(text("a") + "<w:altChunk/>")), Unreadable::Unsupported { format: "docx (altChunk)" });
    let limits = Limits { text_bytes: 100, cells: 5, nesting: 2, ..Limits::default() };
    let refused = |body: &str| read(&file(body), &limits).err();
    let too_large = |what, limit| Some(Unreadable::TooLarge { what, limit });
    assert_eq!(refused(&text("a").repeat(5)), None);
    assert_eq!(refused(&text("a").repeat(6)), too_large(Limit::TextBytes, 100));
    assert_eq!(
        refused(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", "1").repeat(5))),
        too_large(Limit::Cells, 5)
    );
    assert_eq!(refused(&"<w:tbl><w:tr><w:tc>".repeat(3)), too_large(Limit::Nesting, 2));
    for broken in ["<w:p></w:q>", "<w:p>", "<w:p><w:r", "<w:p a=></w:p", "</w:body>", "<w:p><w:t>&nbsp;</w:t></w:p>"] {
        assert!(matches!(refusal(broken), Unreadable::Damaged { .. }), "{broken}");
    }
    let unnamed = package(&[("word/document9.xml", b"<w:document/>")]);
    assert!(matches!(read(&unnamed, &Limits::default()), Err(Unreadable::Damaged { .. })));
    let not_text = package(&[("word/document.xml", b"<w:document>\xff</w:document>")]);
    assert!(matches!(read(&not_text, &Limits::default()), Err(Unreadable::Damaged { .. })));
    let utf16: Vec<u8> = format!("\u{feff}<w:document>{}</w:document>", text("总计"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(seen(&package(&[("word/document.xml", &utf16)])), "¶1 \"总计\"");
}

/// Elements where none should be: nothing is lost, and nothing fails.
#[test]
fn elements_out_of_place_do_no_harm() {
    for body in [
        "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>",
        "<w:tr><w:trPr><w:del/></w:trPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tr>",
        "<w:tbl><w:trPr><w:del/><w:del/></w:trPr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tbl>",
        "<w:tbl><w:tr><w:tc/><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:p><w:r><w:t>x</w:t></w:r></w:p><w:tbl><w:tr/></w:tbl></w:tbl>",
        "<w:tbl><w:tc><w:tcPr><w:hMerge/><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tbl>",
        "<w:rPr><w:vanish/></w:rPr><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:pPr><w:pStyle/></w:pPr><w:p><w:t>x</w:t></w:p>",
        "<mc:Fallback><w:p><w:r><w:t>x</w:t></w:r></w:p></mc:Fallback>",
        "<w:p><w:p><w:r><w:t>x</w:t></w:r></w:p></w:p>",
    ] {
        assert!(seen(&file(body)).contains("\"x\""), "{body}");
    }
}

/// What is seen of a document with these styles.
fn with_styles(styles: &str, body: &str) -> String {
    let styles = format!("<w:styles>{styles}</w:styles>");
    let text = format!("<w:document>{body}</w:document>");
    let relations = r#"<Relationships><Relationship Type="x/styles" Target="styles.xml"/></Relationships>"#;
    seen(&package(&[
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ]))
}

#[test]
fn text_that_no_reader_sees_is_not_there() {
    let run = |properties: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>9</w:t></w:r>");
    let line = |before: &str, properties: &str| {
        let body = format!("<w:p><w:pPr>{before}</w:pPr>{}<w:r><w:t>12</w:t></w:r></w:p>", run(properties));
        seen(&file(&body))
    };
    for properties in [
        "<w:color w:val='FFFFFF'/>",
        "<w:color w:val='fefefe'/>",
        "<w:sz w:val='1'/>",
        "<w:sz w:val='2'/>",
        "<w:vanish/>",
        "<w:color w:val='C00000'/><w:shd w:val='clear' w:fill='C00000'/>",
        "<w:color w:val='FFFFFF'/><w:highlight w:val='white'/>",
        "<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:color='auto' w:fill='auto'/>",
    ] {
        assert_eq!(line("", properties), "¶1 \"12\"", "{properties}");
    }
    for (before, properties) in [
        ("", "<w:color w:val='auto'/>"),
        ("", "<w:sz w:val='12'/>"),
        ("", "<w:color w:val='FFFFFF'/><w:highlight w:val='blue'/>"),
        ("", "<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='1F3864'/>"),
        ("", "<w:color w:val='FFFFFF'/><w:shd w:val='solid' w:color='000000' w:fill='FFFFFF'/>"),
        ("<w:shd w:val='clear' w:fill='1F3864'/>", "<w:color w:val='FFFFFF'/>"),
    ] {
        assert_eq!(line(before, properties), "¶1 \"912\"", "{before} {properties}");
    }
    let dark = format!("<w:background w:color='000000'/><w:p>{}</w:p>", run("<w:color w:val='FFFFFF'/>"));
    assert_eq!(with_styles("", &dark), "¶1 \"9\"");
}

#[test]
fn styles_of_paragraphs_hide_text() {
    let style = |id: &str, more: &str, run: &str| {
        format!("<w:style w:type='paragraph' w:styleId='{id}'{more}><w:rPr>{run}</w:rPr></w:style>")
    };
    let body = |style: &str, run: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>9</w:t></w:r></w:p>")
    };
    for hidden in ["<w:vanish/>", "<w:strike/>", "<w:color w:val='FFFFFF'/>", "<w:sz w:val='1'/>"] {
        assert_eq!(with_styles(&style("a", "", hidden), &body("a", "")), "", "{hidden}");
        assert_eq!(with_styles(&style("a", " w:default='1'", hidden), &text("9")), "", "{hidden}");
    }
    let vanishing = style("a", "", "<w:vanish/>");
    assert_eq!(with_styles(&vanishing, &body("a", "<w:vanish w:val='0'/>")), "¶1 \"9\"");
    let named = "<w:style w:type='character' w:styleId='b'><w:rPr><w:vanish/></w:rPr></w:style>";
    assert_eq!(with_styles(&(vanishing + named), &body("a", "<w:rStyle w:val='b'/>")), "¶1 \"9\"");
    assert_eq!(with_styles(named, &body("x", "<w:rStyle w:val='b'/>")), "");
}

/// White text in cells is seen where the cell, or the style of the table, is dark; rows of no height are not.
#[test]
fn grounds_of_cells_count() {
    let white = "<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>9</w:t></w:r></w:p>";
    let table = |table: &str, row: &str, cell: &str| {
        format!(
            "<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{white}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            text("12")
        )
    };
    let first = |body: &str| {
        let style = "<w:style w:type='table' w:styleId='Dark'><w:tblStylePr w:type='firstRow'><w:tcPr><w:shd w:val='clear' w:fill='4472C4'/></w:tcPr></w:tblStylePr></w:style>";
        with_styles(style, body).lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(first(&table("", "", "")), "1.1.1 1×1 \"\"");
    assert_eq!(first(&table("", "", "<w:shd w:val='clear' w:fill='1F3864'/>")), "1.1.1 1×1 \"9\"");
    assert_eq!(first(&table("<w:tblStyle w:val='Dark'/>", "", "")), "1.1.1 1×1 \"9\"");
    assert_eq!(first(&table("", "<w:trHeight w:val='1' w:hRule='exact'/>", "")), "");
    assert_eq!(first(&table("", "<w:trHeight w:val='1'/>", "")), "1.1.1 1×1 \"\"");
}

/// A walk over all that is open for each text would take minutes.
#[test]
fn runs_and_cells_within_each_other_take_linear_time() {
    const DEEP: usize = 100_000;
    for (open, close) in [("<w:r><w:t>9</w:t>", "</w:r>"), ("<w:tc><w:r><w:t>9</w:t></w:r>", "</w:tc>")] {
        let body = format!("<w:p>{}{}</w:p>", open.repeat(DEEP), close.repeat(DEEP));
        assert_eq!(seen(&file(&body)), format!("¶1 {:?}", "9".repeat(DEEP)));
    }
}
