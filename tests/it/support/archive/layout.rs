//! Where a report lies in an archive, and in which shape.

use super::super::Rng;
use super::super::shape::{Encoded, Shape};
use super::super::workbook::Kind;
use super::super::{markdown, workbook};

/// How a place keeps its reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `2023/青岚县/青岚县商务局2023年政府信息公开工作年度报告.md`
    ByYear,
    /// `青岚县/商务局/2023.md`
    ByAgency,
    /// `青岚县商务局_2023.md`
    Flat,
    /// `2023年/青岚县/青岚县商务局.md`
    YearAbove,
    /// `青岚县/2023年度/关于青岚县商务局2023年度政府信息公开年报.md`
    Announced,
    /// `0001/青岚县商务局2023年政府信息公开工作年度报告.md`: a thousand files a folder, for measurements.
    Numbered(usize),
}

pub const LAYOUTS: [Layout; 5] = [Layout::ByYear, Layout::ByAgency, Layout::Flat, Layout::YearAbove, Layout::Announced];

impl Layout {
    /// The path of a report without its ending. `named` is the year in the name of the file.
    pub fn path(self, place: &str, organization: &str, year: u16, named: u16) -> String {
        match self {
            Self::ByYear => format!("{year}/{place}/{organization}{named}年政府信息公开工作年度报告"),
            Self::ByAgency => {
                let short = organization.strip_prefix(place).unwrap_or(organization);
                format!("{place}/{short}/{named}")
            }
            Self::Flat => format!("{organization}_{named}"),
            Self::YearAbove if year != named => format!("{year}年/{place}/{organization}{named}年"),
            Self::YearAbove => format!("{year}年/{place}/{organization}"),
            Self::Announced => format!("{place}/{year}年度/关于{organization}{named}年度政府信息公开年报"),
            Self::Numbered(folder) => format!("{folder:04}/{organization}{named}年政府信息公开工作年度报告"),
        }
    }
}

/// The ending of the files of a shape.
pub fn ending(shape: Shape) -> &'static str {
    match shape {
        Shape::Markdown(_) | Shape::Encoded(_, Encoded::Markdown) => "md",
        Shape::Text(_) | Shape::Encoded(_, Encoded::Text) => "txt",
        Shape::Page(_) | Shape::Encoded(_, Encoded::Page) => "html",
        Shape::Workbook(kind, _) => kind.name().strip_prefix("r.").expect("an ending"),
        Shape::Document(_) => "docx",
        Shape::Word(_) => "doc",
        Shape::OpenDocument(way) if way.is_flat() => "fodt",
        Shape::OpenDocument(_) => "odt",
        Shape::Printed(_) => "pdf",
    }
}

/// The shape in which a format is written for measurements.
pub fn plain(format: &str) -> Option<Shape> {
    Some(match format {
        "md" => Shape::Markdown(markdown::Way::Padded),
        "txt" => Shape::Text(super::super::text::Way::Tabs),
        "html" => Shape::Page(super::super::page::Way::Portal),
        "docx" => Shape::Document(super::super::document::Way::Word),
        "odt" => Shape::OpenDocument(super::super::open_document::Way::Text),
        "doc" => Shape::Word(super::super::word::Way::Word),
        "pdf" => Shape::Printed(super::super::pdf::Way::Pen),
        "xlsx" => Shape::Workbook(Kind::Xlsx, workbook::Way::OneSheet),
        "xls" => Shape::Workbook(Kind::Xls, workbook::Way::OneSheet),
        "xlsb" => Shape::Workbook(Kind::Xlsb, workbook::Way::OneSheet),
        "ods" => Shape::Workbook(Kind::Ods, workbook::Way::OneSheet),
        _ => return None,
    })
}

/// One of the shapes in which a format is written.
pub fn any(format: &str, rng: &mut Rng) -> Shape {
    let mut shapes = super::super::shape::shapes();
    shapes.retain(|shape| ending(*shape) == format);
    *rng.pick(&shapes)
}
