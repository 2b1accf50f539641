//! Every shape in which a report may circulate: the formats, each in all its ways, in all their encodings.

use gouji::internal::blank::Blank;

use super::{document, markdown, open_document, page, pdf, text, word, workbook};

/// A shape, by the way in which it is written.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Markdown(markdown::Way),
    Text(text::Way),
    Page(page::Way),
    /// Markdown with HTML tables, a text or a page in another encoding.
    Encoded(&'static str, Encoded),
    Workbook(workbook::Kind, workbook::Way),
    Document(document::Way),
    Word(word::Way),
    OpenDocument(open_document::Way),
    Printed(pdf::Way),
}

#[derive(Debug, Clone, Copy)]
pub enum Encoded {
    Markdown,
    Text,
    Page,
}

/// All shapes.
pub fn shapes() -> Vec<Shape> {
    let mut shapes: Vec<Shape> = markdown::WAYS.map(Shape::Markdown).to_vec();
    shapes.extend(text::WAYS.map(Shape::Text));
    shapes.extend(page::WAYS.map(Shape::Page));
    for encoding in ["GB18030", "UTF-16LE", "UTF-16BE"] {
        let texts = [Encoded::Markdown, Encoded::Text, Encoded::Page];
        shapes.extend(texts.map(|text| Shape::Encoded(encoding, text)));
    }
    // `.et` is `.xls` by another name.
    for kind in workbook::KINDS.into_iter().filter(|kind| *kind != workbook::Kind::Et) {
        shapes.extend(workbook::WAYS.map(|way| Shape::Workbook(kind, way)));
    }
    shapes.extend(document::WAYS.map(Shape::Document));
    shapes.extend(word::WAYS.map(Shape::Word));
    shapes.extend(open_document::WAYS.map(Shape::OpenDocument));
    shapes.extend(pdf::WAYS.map(Shape::Printed));
    shapes
}

impl Shape {
    /// The report in this shape, with the name of such a file.
    pub fn write(self, report: &Blank<'_>) -> (&'static str, Vec<u8>) {
        match self {
            Self::Markdown(way) => ("r.md", markdown::write(report, way).into_bytes()),
            Self::Text(way) => ("r.txt", text::write(report, way).into_bytes()),
            Self::Page(way) => ("r.html", page::write(report, way, "utf-8").into_bytes()),
            Self::Encoded(encoding, Encoded::Markdown) => {
                ("r.md", encode(encoding, &markdown::write(report, markdown::Way::Clumsy)))
            }
            Self::Encoded(encoding, Encoded::Text) => {
                ("r.txt", encode(encoding, &text::write(report, text::Way::Tabs)))
            }
            Self::Encoded(encoding, Encoded::Page) => {
                ("r.html", encode(encoding, &page::write(report, page::Way::Portal, "gb2312")))
            }
            Self::Workbook(kind, way) => (kind.name(), workbook::write_as(kind, report, way)),
            Self::Document(way) => ("r.docx", document::write(report, way)),
            Self::Word(way) => ("r.doc", word::write(report, way)),
            Self::OpenDocument(way) => open_document::write(report, way),
            Self::Printed(way) => ("r.pdf", pdf::write(report, way)),
        }
    }
}

impl Shape {
    /// Several reports in one file: behind each other, or each on its own sheets.
    pub fn write_all(self, reports: &[Blank<'_>]) -> (&'static str, Vec<u8>) {
        // A byte order mark is at the start of a file only.
        let texts = |write: &dyn Fn(&Blank<'_>) -> String| {
            let joined = reports.iter().map(write).collect::<Vec<_>>().join("\n\n");
            let text = joined.replace('\u{feff}', "");
            if joined.starts_with('\u{feff}') { format!("\u{feff}{text}") } else { text }
        };
        let markdown = |way| texts(&|report| markdown::write(report, way));
        let text = |way| texts(&|report| text::write(report, way));
        let page = |way, charset| texts(&|report| page::write(report, way, charset));
        match self {
            Self::Markdown(way) => ("r.md", markdown(way).into_bytes()),
            Self::Text(way) => ("r.txt", text(way).into_bytes()),
            Self::Page(way) => ("r.html", page(way, "utf-8").into_bytes()),
            Self::Encoded(encoding, Encoded::Markdown) => ("r.md", encode(encoding, &markdown(markdown::Way::Clumsy))),
            Self::Encoded(encoding, Encoded::Text) => ("r.txt", encode(encoding, &text(text::Way::Tabs))),
            Self::Encoded(encoding, Encoded::Page) => ("r.html", encode(encoding, &page(page::Way::Portal, "gb2312"))),
            Self::Workbook(kind, way) => (kind.name(), workbook::write_all(kind, reports, way)),
            Self::Document(way) => ("r.docx", document::write_all(reports, way)),
            Self::Word(way) => ("r.doc", word::write_all(reports, way)),
            Self::OpenDocument(way) => open_document::write_all(reports, way),
            Self::Printed(way) => ("r.pdf", pdf::write_all(reports, way)),
        }
    }
}

/// UTF-16 little-endian with a byte order mark, as the editor of Windows writes it; big-endian without one.
pub fn encode(encoding: &str, text: &str) -> Vec<u8> {
    match encoding {
        "UTF-16LE" => "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => encoding_rs::GB18030.encode(text).0.into_owned(),
    }
}
