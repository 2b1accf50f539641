//! What an earlier run has left: its sheet of results, and on that, in columns that are not shown, which cells it has
//! coloured and what they were before. A cell of the style that each had is kept there, so that a program that saves the
//! workbook and numbers its styles anew takes it along.

use std::collections::BTreeMap;

use super::book::Book;
use super::cells::cell_ref;
use crate::annotate::package::Package;
use crate::annotate::xml::{Node, Walk, unescaped};
use crate::document::CellRef;
use crate::read::{RESULTS_MARK, Unreadable};

/// The columns of the record on the sheet of results; the first one holds the mark of the sheet in its first row.
pub(super) const COLUMNS: [u32; 4] = [10, 11, 12, 13];
/// What is said of a cell that was there, and of one that was inserted.
pub(super) const EXISTED: &str = "=";
pub(super) const INSERTED: &str = "+";

/// A sheet of results of ours.
pub(super) struct Own {
    pub part: String,
    pub records: Vec<Record>,
}

/// A cell that was coloured.
pub(super) struct Record {
    pub sheet: String,
    pub cell: CellRef,
    /// The style that it had.
    pub style: u32,
    pub existed: bool,
}

/// The sheet of results that an earlier run has left in a workbook.
pub(super) fn find(package: &mut Package<'_>, book: &Book) -> Result<Option<Own>, Unreadable> {
    let texts = match &book.shared_texts {
        Some(part) => package.require(part)?,
        None => String::new(),
    };
    let is_shared = texts.contains(RESULTS_MARK);
    let texts = if is_shared { shared_texts(&texts)? } else { Vec::new() };
    for part in book.sheets.iter().filter_map(|sheet| sheet.part.as_ref()) {
        let Some(text) = package.text(part)? else { continue };
        if !is_shared && !text.contains(RESULTS_MARK) {
            continue;
        }
        let cells = cells(&text, &texts)?;
        let is_mark = |cell: &&Cell| cell.at.row == 0 && cell.text == RESULTS_MARK;
        let Some(mark) = cells.iter().find(is_mark).map(|cell| cell.at.column) else { continue };
        return Ok(Some(Own { part: part.clone(), records: records(&cells, mark) }));
    }
    Ok(None)
}

fn records(cells: &[Cell], first: u32) -> Vec<Record> {
    let mut records = Vec::new();
    let mut rows: BTreeMap<u32, [Option<&Cell>; 4]> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.at.row > 0) {
        if let Some(slot) = cell.at.column.checked_sub(first).filter(|slot| *slot < 4) {
            rows.entry(cell.at.row).or_default()[slot as usize] = Some(cell);
        }
    }
    for [sheet, cell, style, existed] in rows.into_values() {
        let (Some(sheet), Some(cell)) = (sheet, cell) else { continue };
        let Some(cell) = cell_ref(&cell.text) else { continue };
        let existed = existed.is_none_or(|existed| existed.text != INSERTED);
        records.push(Record { sheet: sheet.text.clone(), cell, style: style.map_or(0, |style| style.style), existed });
    }
    records
}

/// A cell of the sheet of results.
struct Cell {
    at: CellRef,
    style: u32,
    text: String,
}

/// The cells of a sheet with their texts.
fn cells(text: &str, shared: &[String]) -> Result<Vec<Cell>, Unreadable> {
    let mut walk = Walk::of(text);
    let mut cells: Vec<Cell> = Vec::new();
    let (mut kind, mut is_value) = (String::new(), false);
    while let Some(node) = walk.next()? {
        let (tag, is_empty) = match node {
            Node::Start(tag) => (tag, false),
            Node::Empty(tag) => (tag, true),
            Node::End(_) => {
                is_value = false;
                continue;
            }
            Node::Text(span) => {
                if is_value && let Some(cell) = cells.last_mut() {
                    let own = unescaped(&text[span]);
                    let shared = (kind == "s").then(|| shared.get(own.trim().parse::<usize>().ok()?)).flatten();
                    cell.text.push_str(shared.map_or(&*own, String::as_str));
                }
                continue;
            }
        };
        match tag.name() {
            "c" => {
                let Some(at) = tag.attribute("r").and_then(|at| cell_ref(&at)) else { continue };
                kind = tag.attribute("t").unwrap_or_default();
                let style = tag.attribute("s").and_then(|style| style.trim().parse().ok()).unwrap_or(0);
                cells.push(Cell { at, style, text: String::new() });
            }
            "v" | "t" => is_value = !is_empty,
            _ => {}
        }
    }
    Ok(cells)
}

/// The texts that cells share.
fn shared_texts(text: &str) -> Result<Vec<String>, Unreadable> {
    let mut walk = Walk::of(text);
    let (mut texts, mut is_text): (Vec<String>, _) = (Vec::new(), false);
    while let Some(node) = walk.next()? {
        match node {
            Node::Start(tag) | Node::Empty(tag) if tag.name() == "si" => texts.push(String::new()),
            Node::Start(tag) => is_text = tag.name() == "t",
            Node::End(_) => is_text = false,
            Node::Text(span) => {
                if is_text && let Some(last) = texts.last_mut() {
                    last.push_str(&unescaped(&text[span]));
                }
            }
            Node::Empty(_) => {}
        }
    }
    Ok(texts)
}
