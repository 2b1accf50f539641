//! The form as a document of Word: titles as headings, tables with merged cells, cells to be filled in blank.

mod parts;

use std::fmt::Write as _;
use std::io::{self, Cursor, Write};

use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::blank_form::BlankForm;
use super::measure::{header_rows, widths};
use super::sheets::{Laid, Part, sheets};
use crate::blank::{Grid, GridCell};

/// Twentieths of a point: A4, and the margins of an official document.
const PAPER: (usize, usize) = (11_906, 16_838);
const MARGINS: Margins = Margins { top: 2098, right: 1474, bottom: 1984, left: 1588 };
/// A table of more columns is printed along the longer side.
const PORTRAIT: usize = 16;
/// Lines to be written on, below the heading of a section.
const EMPTY_LINES: usize = 3;

struct Margins {
    top: usize,
    right: usize,
    bottom: usize,
    left: usize,
}

/// The bytes of the document.
pub(super) fn write(form: &BlankForm) -> io::Result<Vec<u8>> {
    let parts: Vec<Part> = sheets(form).into_iter().flat_map(|sheet| sheet.parts).collect();
    let columns = |part: &Part| if let Part::Table(laid) = part { widths(&laid.grid).len() } else { 0 };
    let is_wide = parts.iter().map(columns).max().unwrap_or(0) > PORTRAIT;
    let (width, height) = if is_wide { (PAPER.1, PAPER.0) } else { PAPER };
    let body: String = parts.iter().map(|part| block(part, width - MARGINS.left - MARGINS.right)).collect();
    let turned = if is_wide { " w:orient=\"landscape\"" } else { "" };
    let Margins { top, right, bottom, left } = MARGINS;
    let page = format!(
        "<w:sectPr><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turned}/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" \
         w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/></w:sectPr>"
    );
    let document = format!("{}<w:body>{body}{page}</w:body></w:document>", parts::DOCUMENT);
    let title = escape(form.title()).into_owned();
    zipped(&[
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &parts::CORE.replace("{title}", &title)),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        ("word/styles.xml", parts::STYLES),
        ("word/settings.xml", parts::SETTINGS),
        ("word/fontTable.xml", parts::FONTS),
    ])
}

/// An archive of parts; the same parts give the same bytes.
fn zipped(parts: &[(&str, &str)]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        archive.start_file(*name, options).map_err(io::Error::other)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish().map_err(io::Error::other)?.into_inner())
}

fn block(part: &Part, width: usize) -> String {
    match part {
        Part::Title(text) => paragraph("Title", text),
        Part::Heading(text) => paragraph("Heading1", text),
        Part::Caption(text) => paragraph("Heading2", text),
        Part::Unit(text) => paragraph("Unit", text),
        Part::Text { paragraphs, .. } if paragraphs.is_empty() => paragraph("BodyText", "").repeat(EMPTY_LINES),
        Part::Text { paragraphs, .. } => paragraphs.iter().map(|text| paragraph("BodyText", text)).collect(),
        // Tables that touch would be one.
        Part::Table(laid) => table(laid, width) + &paragraph("AfterTable", ""),
    }
}

fn paragraph(style: &str, text: &str) -> String {
    let run = if text.is_empty() { String::new() } else { run(text) };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{run}</w:p>")
}

fn run(text: &str) -> String {
    // What XML takes no sign of is not written.
    let text: String =
        text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect();
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

fn table(laid: &Laid, whole: usize) -> String {
    let columns = shared_out(whole, &laid.grid);
    let header = header_rows(&laid.grid);
    let mut text = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"FormTable\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
    );
    for width in &columns {
        let _ = write!(text, "<w:gridCol w:w=\"{width}\"/>");
    }
    text.push_str("</w:tblGrid>");
    for (index, row) in slots(&laid.grid, columns.len()).into_iter().enumerate() {
        // A row is on one page, and the header on every page.
        let repeated = if index < header { "<w:tblHeader/>" } else { "" };
        let _ = write!(
            text,
            "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"340\" w:hRule=\"atLeast\"/>{repeated}</w:trPr>"
        );
        let is_header = !row.iter().any(|slot| slot.cell.is_filled_in());
        for slot in row {
            let width: usize = columns[slot.column..slot.column + slot.cell.columns].iter().sum();
            let _ = write!(text, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
            if slot.cell.columns > 1 {
                let _ = write!(text, "<w:gridSpan w:val=\"{}\"/>", slot.cell.columns);
            }
            match (slot.cell.rows > 1, slot.is_first) {
                (true, true) => text.push_str("<w:vMerge w:val=\"restart\"/>"),
                (true, false) => text.push_str("<w:vMerge/>"),
                (false, _) => {}
            }
            let content = if slot.is_first { slot.cell.text.as_str() } else { "" };
            let is_row = !is_header && !slot.cell.is_filled_in() && slot.cell.rows == 1;
            let style = if is_row { "TableRow" } else { "TableCell" };
            let _ = write!(text, "<w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>", paragraph(style, content));
        }
        text.push_str("</w:tr>");
    }
    text.push_str("</w:tbl>");
    text
}

/// A cell in a row that it covers.
struct Slot<'g> {
    column: usize,
    cell: &'g GridCell,
    /// It begins in this row.
    is_first: bool,
}

/// For each row, the cells that cover it, from left to right: each row of Word names all its columns.
fn slots(grid: &Grid, columns: usize) -> Vec<Vec<Slot<'_>>> {
    let mut rows: Vec<Vec<Slot<'_>>> = grid.iter().map(|_| Vec::new()).collect();
    for (first, cells) in grid.iter().enumerate() {
        for (column, cell) in cells {
            let covered = rows.iter_mut().enumerate().skip(first).take(cell.rows);
            for (row, slots) in covered {
                slots.push(Slot { column: *column, cell, is_first: row == first });
            }
        }
    }
    for slots in &mut rows {
        slots.sort_by_key(|slot| slot.column);
        debug_assert_eq!(slots.iter().map(|slot| slot.cell.columns).sum::<usize>(), columns);
    }
    rows
}

/// The width of the text shared out among the columns, as they want it.
fn shared_out(whole: usize, grid: &Grid) -> Vec<usize> {
    let wanted = widths(grid);
    let all: usize = wanted.iter().sum::<usize>().max(1);
    let mut widths: Vec<usize> = wanted.iter().map(|width| width * whole / all).collect();
    let left = whole - widths.iter().sum::<usize>();
    if let Some(last) = widths.last_mut() {
        *last += left;
    }
    widths
}
