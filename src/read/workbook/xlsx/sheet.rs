//! One sheet of an `.xlsx` workbook.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::text::{content, rich, unescaped};
use crate::document::CellRef;
use crate::read::unreadable::Unreadable;
use crate::read::workbook::binary::SharedTexts;
use crate::read::workbook::builder::{SHEET_COLUMNS, SHEET_ROWS, WorkbookBuilder};
use crate::read::workbook::looks::Stored;
use crate::read::workbook::value;
use crate::read::xml::{Node, Nodes, Tag};

/// Reads the sheet; false if it is one of charts or dialogues that is filed as a worksheet.
pub(super) fn read(part: &str, texts: &SharedTexts, book: &mut WorkbookBuilder<'_>) -> Result<bool, Unreadable> {
    let mut sheet = Sheet { part, nodes: Nodes::of(part), texts, book, formulas: HashMap::new() };
    let is_worksheet = sheet.begins()?;
    if is_worksheet {
        sheet.read()?;
    }
    Ok(is_worksheet)
}

/// Elements that colour cells otherwise than their styles do.
const OTHER_GROUNDS: [&[u8]; 2] = [b"<conditionalFormatting", b"<tablePart"];

struct Sheet<'x, 's, 'b, 'l> {
    part: &'x str,
    nodes: Nodes<'x>,
    texts: &'s SharedTexts,
    book: &'b mut WorkbookBuilder<'l>,
    /// Formulas that cells share, by their numbers, each with the cell that it is written for.
    formulas: HashMap<u32, (Arc<str>, CellRef)>,
}

impl Sheet<'_, '_, '_, '_> {
    fn read(&mut self) -> Result<(), Unreadable> {
        if self.book.hides_by_colours()
            && OTHER_GROUNDS.iter().any(|mark| memchr::memmem::find(self.part.as_bytes(), mark).is_some())
        {
            self.book.has_other_grounds();
        }
        let mut has_cells = false;
        loop {
            match self.nodes.next_inside()? {
                Node::Start(tag) => match tag.name() {
                    "cols" => self.each("col", |sheet, tag| sheet.read_columns(tag))?,
                    "sheetData" => {
                        has_cells = true;
                        self.read_rows()?;
                    }
                    // Nothing that follows is part of the table.
                    "mergeCells" => return self.each("mergeCell", |sheet, tag| sheet.read_area(tag)),
                    _ => self.nodes.skip()?,
                },
                Node::End if has_cells => return Ok(()),
                Node::End => return Err(Unreadable::damaged("a worksheet without cells")),
                Node::Text(_) => {}
            }
        }
    }

    /// Whether a worksheet begins here.
    fn begins(&mut self) -> Result<bool, Unreadable> {
        loop {
            match self.nodes.next()? {
                Some(Node::Start(tag)) => return Ok(tag.name() == "worksheet"),
                Some(_) => {}
                None => return Err(Unreadable::damaged("a sheet with nothing in it")),
            }
        }
    }

    /// Calls `take` for each element of that name within the one whose start was read last.
    fn each(
        &mut self,
        name: &str,
        mut take: impl FnMut(&mut Self, &Tag<'_>) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        loop {
            match self.nodes.next_inside()? {
                Node::Start(tag) => {
                    if tag.name() == name {
                        take(self, &tag)?;
                    }
                    self.nodes.skip()?;
                }
                Node::End => return Ok(()),
                Node::Text(_) => {}
            }
        }
    }

    /// Columns of one width, hidden perhaps.
    fn read_columns(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        let (mut columns, mut is_hidden) = (0..0_u32, false);
        for (name, value) in tag.attributes() {
            match name {
                "min" => columns.start = value.trim().parse().unwrap_or(0_u32).saturating_sub(1),
                "max" => columns.end = value.trim().parse().unwrap_or(0_u32).min(SHEET_COLUMNS),
                "hidden" => is_hidden |= is_true(&value),
                "width" => is_hidden |= is_zero(&value),
                _ => {}
            }
        }
        if is_hidden { self.book.hide_columns(columns) } else { Ok(()) }
    }

    fn read_area(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        let Some(area) = tag.attribute("ref") else { return Ok(()) };
        let (first, last) = area.split_once(':').unwrap_or((&area, &area));
        self.book.merge(address(first)?, address(last)?)
    }

    fn read_rows(&mut self) -> Result<(), Unreadable> {
        let mut row = 0;
        loop {
            match self.nodes.next_inside()? {
                Node::Start(tag) if tag.name() == "row" => {
                    let mut is_hidden = false;
                    for (name, value) in tag.attributes() {
                        match name {
                            "r" => row = number(value.trim(), SHEET_ROWS)?,
                            "hidden" => is_hidden |= is_true(&value),
                            "ht" => is_hidden |= is_zero(&value),
                            _ => {}
                        }
                    }
                    if is_hidden {
                        self.book.hide_rows(row..row + 1)?;
                    }
                    self.read_row(row)?;
                    row += 1;
                }
                Node::Start(_) => self.nodes.skip()?,
                Node::End => return Ok(()),
                Node::Text(_) => {}
            }
        }
    }

    fn read_row(&mut self, row: u32) -> Result<(), Unreadable> {
        let mut column = 0_u32;
        loop {
            match self.nodes.next_inside()? {
                Node::Start(tag) if tag.name() == "c" => {
                    let (mut at, mut kind, mut style) = (CellRef { row, column }, Kind::Number, 0);
                    for (name, value) in tag.attributes() {
                        match name {
                            "r" => at = address(&value)?,
                            "t" => kind = Kind::of(&value),
                            "s" => style = value.trim().parse().unwrap_or_default(),
                            _ => {}
                        }
                    }
                    column = at.column.saturating_add(1);
                    self.read_cell(at, style, kind)?;
                }
                Node::Start(_) => self.nodes.skip()?,
                Node::End => return Ok(()),
                Node::Text(_) => {}
            }
        }
    }

    fn read_cell(&mut self, at: CellRef, style: u32, kind: Kind) -> Result<(), Unreadable> {
        let (mut text, mut formula) = (Cow::Borrowed(""), None);
        loop {
            match self.nodes.next_inside()? {
                Node::Start(tag) => match tag.name() {
                    "is" => text = Cow::Owned(rich(&mut self.nodes)?),
                    // Beside the text that the cell itself holds there is nothing in it.
                    "v" if kind == Kind::Inline => self.nodes.skip()?,
                    "v" => text = kind.held(content(&mut self.nodes)?, self.texts)?,
                    "f" => formula = Some(self.read_formula(&tag, at)?),
                    _ => self.nodes.skip()?,
                },
                Node::End => break,
                Node::Text(_) => {}
            }
        }
        // A formula may come to an empty text on purpose. Some programs write that, too, where they have not computed it.
        let may_be_empty = |(text, _): &(Arc<str>, CellRef)| text.contains("\"\"");
        let is_empty = kind == Kind::Text && formula.iter().flatten().any(may_be_empty);
        let stored = Stored { text, is_number: kind == Kind::Number };
        self.book.cell(at, style, stored, formula.is_some() && !is_empty)?;
        if let Some((text, written_for)) = formula.flatten() {
            self.book.formula(at, text, written_for);
        }
        Ok(())
    }

    /// The text of a formula and the cell it is written for. Of cells that share one, the first bears the text; what
    /// refers to none that is known is a formula all the same.
    fn read_formula(&mut self, tag: &Tag<'_>, at: CellRef) -> Result<Option<(Arc<str>, CellRef)>, Unreadable> {
        let (mut is_shared, mut number) = (false, None);
        for (name, value) in tag.attributes() {
            match name {
                "t" => is_shared = value == "shared",
                "si" => number = value.trim().parse().ok(),
                _ => {}
            }
        }
        let text = content(&mut self.nodes)?;
        let number = number.filter(|_| is_shared);
        if text.is_empty() {
            return Ok(number.and_then(|number: u32| self.formulas.get(&number).cloned()));
        }
        self.book.take_text(text.len())?;
        let written = (Arc::from(text), at);
        if let Some(number) = number {
            self.formulas.insert(number, written.clone());
        }
        Ok(Some(written))
    }
}

/// How the value of a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    /// The number of a shared text.
    Shared,
    Truth,
    /// Within the cell.
    Inline,
    /// The text that a formula comes to, a date, an error.
    Text,
}

impl Kind {
    fn of(name: &str) -> Self {
        match name {
            "n" => Self::Number,
            "s" => Self::Shared,
            "b" => Self::Truth,
            "inlineStr" => Self::Inline,
            _ => Self::Text,
        }
    }

    /// What a cell with that value holds. An error is a text like any other: versions of Excel to come have further ones.
    fn held<'s>(self, value: Cow<'_, str>, texts: &'s SharedTexts) -> Result<Cow<'s, str>, Unreadable> {
        let trimmed = value.trim();
        Ok(match self {
            Self::Shared if !trimmed.is_empty() => {
                let Ok(number) = trimmed.parse() else {
                    return Err(Unreadable::damaged(format!("a cell with text {trimmed}")));
                };
                Cow::Borrowed(texts.get(number)?)
            }
            Self::Number => Cow::Owned(match trimmed.parse() {
                Ok(number) => value::number(number),
                Err(_) => value.into_owned(),
            }),
            Self::Truth => match trimmed {
                "1" => Cow::Borrowed(value::truth(true)),
                "0" => Cow::Borrowed(value::truth(false)),
                other => Cow::Owned(other.to_ascii_uppercase()),
            },
            Self::Shared | Self::Inline | Self::Text => Cow::Owned(unescaped(&value).into_owned()),
        })
    }
}

/// `C12`.
fn address(text: &str) -> Result<CellRef, Unreadable> {
    let text = text.trim();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = &text[..text.len() - digits.len()];
    let column = letters.bytes().fold(0_u32, |column, letter| {
        column.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let Some(column) = column.checked_sub(1) else {
        return Err(Unreadable::damaged(format!("a cell at {text}")));
    };
    Ok(CellRef { row: number(digits, u32::MAX)?, column })
}

/// A number of rows counted from 1, as one counted from 0.
fn number(text: &str, most: u32) -> Result<u32, Unreadable> {
    let number = text.parse().ok().and_then(|number: u32| number.checked_sub(1)).filter(|number| *number < most);
    number.ok_or_else(|| Unreadable::damaged(format!("a row numbered {text}")))
}

/// A property that is switched on.
fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// A width or height of nothing.
fn is_zero(value: &str) -> bool {
    value.contains('0') && value.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}
