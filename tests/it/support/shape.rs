//! Every shape in which a report may circulate: the formats, each in all its ways, in all their encodings.

use gouji::internal::blank::Blank;

use super::{document, markdown, page, text, workbook};

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
