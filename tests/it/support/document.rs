//! Documents as Word, WPS and converters write them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use gouji::internal::blank::{Blank, Grid, GridCell};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How a document is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Headings by the styles of Word, merged cells with `continue`.
    Word,
    /// Styles named by numbers, `vMerge` without a value, figures in several runs.
    Wps,
    /// No styles, no part but the document; every prefix another one.
    Bare,
    /// The numbers of the sections come from automatic numbering, their parts bear other names.
    Numbered,
    /// Content controls round blocks, rows and cells.
    Controls,
    /// Under revision: text, paragraphs, rows and cells deleted and inserted.
    Revised,
    /// Cells merged in the old way, every row one column in.
    OldMerges,
    /// The whole report in a table that lays out the page.
    WithinTable,
    /// The title in a text box, written in two ways; every cell's text in a table of its own.
    Boxes,
    /// A table of contents before the report.
    Contents,
}

pub const WAYS: [Way; 10] = [
    Way::Word,
    Way::Wps,
    Way::Bare,
    Way::Numbered,
    Way::Controls,
    Way::Revised,
    Way::OldMerges,
    Way::WithinTable,
    Way::Boxes,
    Way::Contents,
];

const TAKEN: &str = "strings take all";

/// The report as the bytes of a .docx file.
pub fn write(report: &Blank<'_>, way: Way) -> Vec<u8> {
    let mut body = body(report, way);
    if way == Way::WithinTable {
        body = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>", text("内部资料"));
    }
    package(&body, way)
}

/// Reports behind each other in one .docx file.
pub fn write_all(reports: &[Blank<'_>], way: Way) -> Vec<u8> {
    package(&reports.iter().map(|report| body(report, way)).collect::<String>(), way)
}

/// A document with this body.
pub fn package(body: &str, way: Way) -> Vec<u8> {
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><w:body>{body}\
         <w:sectPr><w:pgSz w:w=\"11906\"/></w:sectPr></w:body></w:document>"
    );
    let main = if way == Way::Numbered { "word/document2.xml" } else { "word/document.xml" };
    let mut parts = vec![(
        "_rels/.rels".to_owned(),
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"{main}\"/></Relationships>"
        ),
    )];
    match way {
        Way::Bare => {
            document = document
                .replace("<w:", "<ns0:")
                .replace("</w:", "</ns0:")
                .replace(" w:", " ns0:")
                .replace("xmlns:w", "xmlns:ns0");
            parts.clear();
        }
        Way::Numbered => {
            parts.push((
                "word/_rels/document2.xml.rels".to_owned(),
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/styles\" Target=\"styles2.xml\"/>\
                     <Relationship Id=\"r2\" Type=\"{RELATIONS}/numbering\" Target=\"/word/numbering2.xml\"/></Relationships>"
                ),
            ));
            parts.push(("word/styles2.xml".to_owned(), styles("Heading1")));
            parts.push(("word/numbering2.xml".to_owned(), NUMBERING.to_owned()));
        }
        _ => {
            parts.push((
                "word/_rels/document.xml.rels".to_owned(),
                format!("<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>"),
            ));
            parts.push(("word/styles.xml".to_owned(), styles(if way == Way::Wps { "2" } else { "Heading1" })));
        }
    }
    parts.push((main.to_owned(), document));
    parts.push(("[Content_Types].xml".to_owned(), content_types(main)));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a new part");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// What each part is, for the programs that ask.
fn content_types(main: &str) -> String {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let kinds = [
        (main, "document.main"),
        ("word/styles.xml", "styles"),
        ("word/styles2.xml", "styles"),
        ("word/numbering2.xml", "numbering"),
    ];
    let overrides: String = kinds
        .iter()
        .map(|(part, kind)| format!("<Override PartName=\"/{part}\" ContentType=\"{KIND}.{kind}+xml\"/>"))
        .collect();
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/>{overrides}</Types>"
    )
}

fn styles(heading: &str) -> String {
    format!(
        "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"{heading}\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"1\"/>\
         <w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Section\"><w:name w:val=\"部分\"/><w:basedOn w:val=\"{heading}\"/>\
         <w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style></w:styles>"
    )
}

const NUMBERING: &str = "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"decimal\"/>\
    <w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId=\"8\"><w:lvl w:ilvl=\"0\">\
    <w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num><w:num w:numId=\"4\"><w:abstractNumId w:val=\"8\"/></w:num></w:numbering>";

fn paragraph(style: &str, runs: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>") };
    format!("<w:p>{style}{runs}</w:p>")
}

fn run(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of one run.
pub fn text(text: &str) -> String {
    paragraph("", &run(text))
}

fn body(report: &Blank<'_>, way: Way) -> String {
    let mut body = match way {
        Way::Boxes => paragraph("", &boxed(&text(&report.title()))),
        Way::Revised => deleted_paragraph("关于印发") + &text(&report.title()),
        _ => text(&report.title()),
    };
    if way == Way::Contents {
        for section in 0..report.pack.sections.len() {
            let line =
                format!("{}<w:r><w:tab/></w:r>{}", run(&report.heading(section)), run(&(section + 1).to_string()));
            body.push_str(&paragraph("TOC1", &line));
        }
    }
    for (index, section) in report.pack.sections.iter().enumerate() {
        let heading = report.heading(index);
        body.push_str(&match way {
            Way::Bare => paragraph("", &run(&heading)),
            Way::Wps => paragraph("2", &run(&heading)),
            Way::Numbered => paragraph("Section", &run(heading.split_once('、').map_or(&heading, |(_, title)| title))),
            Way::Controls => format!(
                "<w:sdt><w:sdtPr><w:alias w:val=\"标题\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                paragraph("Heading1", &run(&heading))
            ),
            _ => paragraph("Heading1", &run(&heading)),
        });
        for line in report.texts[index].lines().filter(|line| !line.is_empty()) {
            body.push_str(&match way {
                Way::Revised => revised_paragraph(line),
                Way::Numbered => paragraph("", &run(line)).replacen(
                    "<w:p>",
                    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr>",
                    1,
                ),
                _ => text(line),
            });
        }
        for &table in &section.tables {
            body.push_str(&table_text(&report.grid(table), way));
            body.push_str("<w:p/>");
        }
    }
    body
}

/// A text box in a run, as a drawing and as the picture that old versions read.
fn boxed(content: &str) -> String {
    let content = format!("<w:txbxContent>{content}</w:txbxContent>");
    format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
}

fn deleted_paragraph(text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:del w:id=\"2\"><w:r><w:delText>{text}</w:delText></w:r></w:del></w:p>"
    )
}

/// The line in two paragraphs of which the first one's end is deleted, with a word deleted and one inserted.
fn revised_paragraph(line: &str) -> String {
    let half = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
    let (first, second) = line.split_at(half);
    format!(
        "<w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>{}<w:del w:id=\"4\"><w:r><w:t>旧 99</w:t></w:r></w:del></w:p>\
         <w:p><w:moveFrom><w:r><w:t>八</w:t></w:r></w:moveFrom><w:ins w:id=\"5\">{}</w:ins></w:p>",
        run(first),
        run(second)
    )
}

fn table_text(grid: &Grid, way: Way) -> String {
    let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    let columns = "<w:gridCol w:w=\"900\"/>".repeat(width + usize::from(way == Way::OldMerges));
    let mut text = format!("<w:tbl><w:tblPr><w:tblW w:w=\"0\"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>");
    for row in 0..grid.len() {
        let mut cells = String::new();
        let mut column = 0;
        while column < width {
            let Some((first, start, cell)) = covering(grid, row, column) else {
                cells.push_str(&cell_text("", "<w:p/>", way));
                column += 1;
                continue;
            };
            cells.push_str(&cell_at(cell, first < row, way));
            column = start + cell.columns;
        }
        if way == Way::Revised {
            cells.push_str("<w:tc><w:tcPr><w:cellDel w:id=\"6\"/></w:tcPr><w:p><w:r><w:t>77</w:t></w:r></w:p></w:tc>");
        }
        let properties = if way == Way::OldMerges { "<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" } else { "" };
        let row_text = format!("<w:tr>{properties}{cells}</w:tr>");
        match way {
            Way::Controls => {
                write!(text, "<w:sdt><w:sdtPr/><w:sdtContent>{row_text}</w:sdtContent></w:sdt>").expect(TAKEN);
            }
            Way::Revised => {
                let old = row_text.replacen("<w:tr>", "<w:tr><w:trPr><w:del w:id=\"7\"/></w:trPr>", 1);
                let old = old.replace("<w:r>", "<w:del w:id=\"10\"><w:r>").replace("</w:r>", "</w:r></w:del>");
                write!(text, "{row_text}{old}").expect(TAKEN);
            }
            _ => text.push_str(&row_text),
        }
    }
    text.push_str("</w:tbl>");
    text
}

/// The cell that covers a slot, with the row and the column in which it begins.
fn covering(grid: &Grid, row: usize, column: usize) -> Option<(usize, usize, &GridCell)> {
    let reaches = |first: usize, start: usize, cell: &GridCell| {
        first + cell.rows > row && (start..start + cell.columns).contains(&column)
    };
    let cells = grid[..=row]
        .iter()
        .enumerate()
        .flat_map(|(first, cells)| cells.iter().map(move |(start, cell)| (first, *start, cell)));
    cells.rev().find(|(first, start, cell)| reaches(*first, *start, cell))
}

/// A cell, or the part of one that reaches into a further row.
fn cell_at(cell: &GridCell, goes_on: bool, way: Way) -> String {
    let vertical = match (goes_on, cell.rows > 1, way) {
        (true, _, Way::Wps | Way::Bare) => "<w:vMerge/>",
        (true, ..) => "<w:vMerge w:val=\"continue\"/>",
        (false, true, _) => "<w:vMerge w:val=\"restart\"/>",
        (false, false, _) => "",
    };
    let content = if goes_on { "<w:p/>".to_owned() } else { content(cell, way) };
    if way == Way::OldMerges && cell.columns > 1 {
        let first = cell_text(&format!("{vertical}<w:hMerge w:val=\"restart\"/>"), &content, way);
        return first + &cell_text(&format!("{vertical}<w:hMerge/>"), "<w:p/>", way).repeat(cell.columns - 1);
    }
    let span = if cell.columns > 1 { format!("<w:gridSpan w:val=\"{}\"/>", cell.columns) } else { String::new() };
    cell_text(&(span + vertical), &content, way)
}

fn cell_text(properties: &str, content: &str, way: Way) -> String {
    let cell = format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>");
    if way == Way::Controls { format!("<w:sdt><w:sdtContent>{cell}</w:sdtContent></w:sdt>") } else { cell }
}

fn content(cell: &GridCell, way: Way) -> String {
    let value = &cell.text;
    match way {
        // Digits of two fonts, and what a spelling check leaves.
        Way::Wps if cell.figure.is_some() => {
            let (first, rest) = value.split_at(value.chars().next().map_or(0, char::len_utf8));
            paragraph("1", &format!("{}<w:proofErr w:type=\"spellStart\"/>{}", run(first), run(rest)))
        }
        Way::Controls if cell.figure.is_some() => {
            let prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>填数</w:t></w:r></w:sdtContent></w:sdt>";
            paragraph("", &format!("{}{prompt}", run(value)))
        }
        Way::Revised if cell.figure.is_some() => paragraph(
            "",
            &format!(
                "<w:del w:id=\"8\"><w:r><w:delText>99</w:delText></w:r></w:del><w:ins w:id=\"9\">{}</w:ins>\
                 <w:r><w:rPr><w:vanish/></w:rPr><w:t>55</w:t></w:r>",
                run(value)
            ),
        ),
        Way::Boxes => format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p/>", text(value)),
        _ => text(value),
    }
}
