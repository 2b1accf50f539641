//! Texts of OpenDocument, as LibreOffice writes them.

use std::fmt::Write as _;

use gouji::internal::blank::{Blank, Grid, GridCell};

use super::workbook::archive;

/// How a text is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Headings by their level; covered cells behind what covers them.
    Text,
    /// One part of XML.
    Flat,
    /// The numbers of the sections come from lists.
    Lists,
    /// The numbers of the sections come from the outline, which is said in the styles.
    Outline,
    /// Under revision, with notes, hidden text and text struck out.
    Revised,
    /// The title in a text box, every cell's text in a table of its own.
    Boxes,
    /// A table of contents before the report.
    Contents,
}

pub const WAYS: [Way; 7] = [Way::Text, Way::Flat, Way::Lists, Way::Outline, Way::Revised, Way::Boxes, Way::Contents];

impl Way {
    pub fn is_flat(self) -> bool {
        self == Self::Flat
    }
}

const TAKEN: &str = "strings take all";

/// The report as the bytes of a file, with the name of such a file.
pub fn write(report: &Blank<'_>, way: Way) -> (&'static str, Vec<u8>) {
    write_all(std::slice::from_ref(report), way)
}

/// Reports behind each other in one file.
pub fn write_all(reports: &[Blank<'_>], way: Way) -> (&'static str, Vec<u8>) {
    let body: String = reports.iter().map(|report| body(report, way)).collect();
    package(&body, way)
}

/// A document with this body.
pub fn package(body: &str, way: Way) -> (&'static str, Vec<u8>) {
    const KIND: &str = "application/vnd.oasis.opendocument.text";
    let styles = styles(way);
    let content = format!(
        "<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
    );
    if way == Way::Flat {
        let names = "xmlns:x=\"urn:x\" ".repeat(200);
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document {names}office:version=\"1.3\" office:mimetype=\"{KIND}\">{content}</office:document>"
        );
        return ("r.fodt", text.into_bytes());
    }
    let content = format!("<office:document-content>{content}</office:document-content>");
    let outline = "<text:outline-style style:name=\"Outline\"><text:outline-level-style text:level=\"1\" style:num-suffix=\"、\" \
                   style:num-format=\"一, 二, 三, ...\"/></text:outline-style>";
    let outline = if way == Way::Outline { outline } else { "" };
    let styles = format!("<office:document-styles><office:styles>{outline}</office:styles></office:document-styles>");
    let manifest = r#"<manifest:manifest><manifest:file-entry manifest:full-path="/"/></manifest:manifest>"#;
    let parts =
        [("mimetype", KIND), ("META-INF/manifest.xml", manifest), ("content.xml", &content), ("styles.xml", &styles)];
    ("r.odt", archive(&parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))))
}

fn styles(way: Way) -> String {
    let list = "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-suffix=\"、\" \
                style:num-format=\"一, 二, 三, ...\"/></text:list-style>";
    let style = |name: &str, properties: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"text\"><style:text-properties {properties}/></style:style>"
        )
    };
    let looks = [
        style("T1", "text:display=\"none\""),
        style("T2", "style:text-line-through-style=\"solid\""),
        style("T3", "style:text-position=\"super 58%\""),
        style("T5", "fo:color=\"#ffffff\""),
        style("T6", "fo:font-size=\"1pt\""),
        style("T7", "fo:color=\"#ffffff\" style:use-window-font-color=\"true\""),
        style("T8", "fo:color=\"#ffffff\" fo:background-color=\"#203040\""),
        "<style:style style:name=\"C1\" style:family=\"table-cell\"><style:table-cell-properties \
         fo:background-color=\"#203040\"/></style:style>"
            .to_owned(),
        "<style:style style:name=\"T4\" style:family=\"text\" style:parent-style-name=\"T1\"/>".to_owned(),
    ];
    looks.concat() + if way == Way::Lists { list } else { "" }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A paragraph with this text.
pub fn text(text: &str) -> String {
    format!("<text:p>{}</text:p>", escaped(text))
}

fn body(report: &Blank<'_>, way: Way) -> String {
    let mut body = match way {
        Way::Boxes => {
            let title = text(&report.title());
            format!("<text:p><draw:frame><draw:text-box>{title}</draw:text-box></draw:frame></text:p>")
        }
        Way::Revised => {
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>旧 99</text:p></text:deletion></text:changed-region></text:tracked-changes>"
                .to_owned()
                + &text(&report.title())
        }
        _ => text(&report.title()),
    };
    if way == Way::Contents {
        let lines: String = (0..report.pack.sections.len()).map(|section| text(&report.heading(section))).collect();
        write!(body, "<text:table-of-content><text:index-body>{lines}</text:index-body></text:table-of-content>")
            .expect(TAKEN);
    }
    for (index, section) in report.pack.sections.iter().enumerate() {
        let heading = report.heading(index);
        let bare = heading.split_once('、').map_or(&*heading, |(_, title)| title);
        let level = "text:outline-level=\"1\"";
        match way {
            Way::Lists => {
                let goes_on = if index > 0 { " text:continue-numbering=\"true\"" } else { "" };
                write!(body, "<text:list text:style-name=\"L1\"{goes_on}><text:list-item><text:h {level}>{bare}</text:h></text:list-item></text:list>")
            }
            Way::Outline => write!(body, "<text:h {level}>{bare}</text:h>"),
            _ => write!(body, "<text:h {level}>{heading}</text:h>"),
        }
        .expect(TAKEN);
        for line in report.texts[index].lines().filter(|line| !line.is_empty()) {
            body.push_str(&text(line));
        }
        for &table in &section.tables {
            body.push_str(&table_text(&report.grid(table), way));
            body.push_str("<text:p/>");
        }
    }
    body
}

fn table_text(grid: &Grid, way: Way) -> String {
    let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    let mut text = format!(
        "<table:table><table:table-column table:number-columns-repeated=\"{width}\"/><table:table-header-rows>"
    );
    for (row, cells) in grid.iter().enumerate() {
        text.push_str("<table:table-row>");
        let mut column = 0;
        while column < width {
            match cells.iter().find(|(start, _)| *start == column) {
                Some((_, cell)) => {
                    write!(
                        text,
                        "<table:table-cell table:number-rows-spanned=\"{}\" table:number-columns-spanned=\"{}\">{}</table:table-cell>",
                        cell.rows,
                        cell.columns,
                        content(cell, way)
                    )
                    .expect(TAKEN);
                    for _ in 1..cell.columns {
                        text.push_str("<table:covered-table-cell/>");
                    }
                    column += cell.columns;
                }
                None => {
                    text.push_str("<table:covered-table-cell/>");
                    column += 1;
                }
            }
        }
        text.push_str("</table:table-row>");
        if row == 0 {
            text.push_str("</table:table-header-rows>");
        }
    }
    text.push_str("</table:table>");
    text
}

fn content(cell: &GridCell, way: Way) -> String {
    let value = escaped(&cell.text);
    match way {
        Way::Revised if cell.figure.is_some() => format!(
            "<text:p><text:change text:change-id=\"1\"/>{value}<text:span text:style-name=\"T4\">55</text:span><text:span text:style-name=\"T2\">66</text:span>\
             <text:note><text:note-citation>7</text:note-citation><text:note-body><text:p>8</text:p></text:note-body></text:note>\
             <office:annotation><text:p>9</text:p></office:annotation></text:p>"
        ),
        Way::Boxes => format!(
            "<table:table><table:table-row><table:table-cell><text:p>{value}</text:p></table:table-cell></table:table-row></table:table><text:p/>"
        ),
        _ => format!("<text:p>{value}</text:p>"),
    }
}
