//! `.ods` of LibreOffice and others: one part of XML with all sheets, row by row. Cells, rows and whole runs of either may
//! be given once and said to be repeated; nothing is repeated here that is blank.

mod cell;
mod date;
mod shown;

use std::collections::HashSet;

use self::cell::{LOOKS, Marks, Run};
use self::date::Epoch;
use super::builder::{SHEET_COLUMNS, WorkbookBuilder};
use super::looks::Looks;
use crate::document::{Document, Format};
use crate::limits::Limits;
use crate::read::open_document::{self, repeated};
use crate::read::unreadable::Unreadable;
use crate::read::xml::{Node, Nodes, Tag};
use crate::read::zip_file::ZipFile;

/// What begins conditions that colour cells.
const CONDITIONS: [&[u8]; 2] = [b"<style:map ", b"<calcext:conditional-format "];

/// Reads an `.ods` workbook.
///
/// # Errors
/// When the file is broken or under a password, or costs more than the limits allow.
pub fn read(mut file: ZipFile<'_>, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    read_flat(&open_document::parts(&mut file)?.content, limits)
}

/// Reads a workbook that is one part of XML (`.fods`).
///
/// # Errors
/// When it is broken, or costs more than the limits allow.
pub fn read_flat(text: &str, limits: &Limits) -> Result<Document<'static>, Unreadable> {
    let mut content = Content {
        nodes: Nodes::of(text),
        epoch: Epoch::default(),
        marks: Marks::default(),
        has_conditions: CONDITIONS.iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark).is_some()),
        row: 0,
        column: 0,
    };
    let mut book = WorkbookBuilder::new(Looks::new(LOOKS.to_vec(), |_| None), limits);
    content.read(&mut book)?;
    Ok(book.finish(Format::Ods))
}

/// The part with the sheets, as it is read.
struct Content<'x> {
    nodes: Nodes<'x>,
    epoch: Epoch,
    marks: Marks,
    /// Cells may be on other grounds than their styles say.
    has_conditions: bool,
    /// The row and the column that come next on the sheet.
    row: u32,
    column: u32,
}

impl Content<'_> {
    fn read(&mut self, book: &mut WorkbookBuilder<'_>) -> Result<(), Unreadable> {
        // Whether a sheet is shown is a matter of its style; styles come first.
        let mut style = None;
        let mut hidden = HashSet::new();
        while let Some(node) = self.nodes.next()? {
            let Node::Start(tag) = node else { continue };
            match tag.full_name() {
                "style:style" => {
                    style = tag.full_attribute("style:name");
                    let parent = tag.full_attribute("style:parent-style-name");
                    style.iter().zip(parent).for_each(|(style, parent)| self.marks.base(style, parent));
                }
                "style:default-style" => style = None,
                "style:table-cell-properties" => {
                    style.iter().for_each(|style| self.marks.take_ground(&tag, style));
                }
                "style:table-properties" => {
                    let is_hidden = tag.full_attribute("table:display").is_some_and(|shown| shown == "false");
                    hidden.extend(style.take().filter(|_| is_hidden));
                }
                "style:text-properties" => {
                    if let Some(style) = style.take() {
                        self.marks.take(&tag, style);
                    }
                }
                "table:null-date" => {
                    let first = tag.full_attribute("table:date-value");
                    self.epoch = first.and_then(|first| Epoch::of(&first)).unwrap_or_default();
                }
                "table:table" => {
                    let is_hidden = tag.full_attribute("table:style-name").is_some_and(|style| hidden.contains(&style));
                    let name = tag.full_attribute("table:name").unwrap_or_default();
                    if is_hidden || !book.begin(&name) {
                        self.nodes.skip()?;
                        continue;
                    }
                    if self.has_conditions {
                        book.has_other_grounds();
                    }
                    self.read_sheet(book)?;
                    book.end()?;
                }
                // Cells that were changed or deleted, and copies of cells of other files.
                "table:tracked-changes" | "table:dde-links" => self.nodes.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn read_sheet(&mut self, book: &mut WorkbookBuilder<'_>) -> Result<(), Unreadable> {
        (self.row, self.column) = (0, 0);
        let mut groups = 0;
        loop {
            match self.nodes.next_inside()? {
                Node::Start(tag) => match tag.full_name() {
                    "table:table-row" => self.read_row(&tag, book)?,
                    // They may be put into groups.
                    "table:table-row-group"
                    | "table:table-rows"
                    | "table:table-header-rows"
                    | "table:table-column-group"
                    | "table:table-columns"
                    | "table:table-header-columns" => groups += 1,
                    "table:table-column" => {
                        let count = repeated(&tag, "table:number-columns-repeated");
                        let first = self.column;
                        self.column = first.saturating_add(count).min(SHEET_COLUMNS);
                        if is_hidden(&tag) {
                            book.hide_columns(first..self.column)?;
                        }
                        self.nodes.skip()?;
                    }
                    // Drawings, forms.
                    _ => self.nodes.skip()?,
                },
                Node::End if groups == 0 => return Ok(()),
                Node::End => groups -= 1,
                Node::Text(_) => {}
            }
        }
    }

    fn read_row(&mut self, row: &Tag<'_>, book: &mut WorkbookBuilder<'_>) -> Result<(), Unreadable> {
        let mut runs: Vec<Run> = Vec::new();
        let mut column = 0_u32;
        loop {
            match self.nodes.next_inside()? {
                Node::Start(tag) => match tag.full_name() {
                    "table:table-cell" | "table:covered-table-cell" => {
                        let run = Run::read(&mut self.nodes, &tag, column, (self.epoch, &self.marks), book)?;
                        column = column.saturating_add(run.count);
                        runs.extend(Some(run).filter(Run::is_recorded));
                        if runs.len() > SHEET_COLUMNS as usize {
                            return Err(Unreadable::damaged(format!("{} cells in a row", runs.len())));
                        }
                    }
                    _ => self.nodes.skip()?,
                },
                Node::End => break,
                Node::Text(_) => {}
            }
        }
        let first = self.row;
        let count = repeated(row, "table:number-rows-repeated");
        self.row = first.saturating_add(count);
        if is_hidden(row) {
            book.hide_rows(first..self.row)?;
        }
        // A row in which nothing is to be seen is no row of a table.
        if runs.iter().all(Run::is_blank) {
            return Ok(());
        }
        (first..self.row).try_for_each(|row| runs.iter().try_for_each(|run| run.write(row, count == 1, book)))
    }
}

/// A row or column that is hidden, or left out by a filter.
fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.full_attribute("table:visibility").is_some_and(|visibility| visibility != "visible")
}
