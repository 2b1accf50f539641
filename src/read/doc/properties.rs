//! What is said of characters and of paragraphs, as far as it matters for what is read.

use std::collections::HashMap;
use std::rc::Rc;

use super::pages::Page;
use super::rows::Row;
use super::sprms::{DEFINE_ROW, Sprms};
use crate::read::little_endian::{number, number16};
use crate::read::unreadable::Unreadable;

/// What a stretch of characters, or a style, says of characters. What it does not say, a style does.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Character {
    pub style: Option<u16>,
    pub hidden: Option<Switch>,
    pub struck: Option<Switch>,
    pub struck_twice: Option<Switch>,
    pub is_deleted: Option<bool>,
    /// Raised or lowered, smaller.
    pub is_script: Option<bool>,
    /// Raised or lowered, as large.
    pub is_moved: Option<bool>,
    /// Some characters mean something else then.
    pub is_special: Option<bool>,
    /// In place of the character there is a sign of a font of its own.
    pub is_symbol: Option<bool>,
    /// In place of the character there is what a form field holds.
    pub is_data: Option<bool>,
}

/// A property that can be switched on and off, perhaps relative to the style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Switch {
    Off,
    On,
    AsStyle,
    NotAsStyle,
}

impl Switch {
    fn of(operand: &[u8]) -> Option<Self> {
        Some(match operand.first()? {
            0 => Self::Off,
            0x80 => Self::AsStyle,
            0x81 => Self::NotAsStyle,
            _ => Self::On,
        })
    }

    /// What a switch comes to above a style.
    pub fn is_on(switch: Option<Self>, style: bool) -> bool {
        match switch {
            None | Some(Self::AsStyle) => style,
            Some(Self::NotAsStyle) => !style,
            Some(switch) => switch == Self::On,
        }
    }
}

impl Character {
    /// Takes one property, if it is one of characters.
    pub fn take(&mut self, kind: u16, operand: &[u8]) {
        let is_on = || operand.first().map(|&on| on != 0);
        match kind {
            0x4a30 => self.style = number16(operand, 0),
            0x083c => self.hidden = Switch::of(operand),
            0x0837 => self.struck = Switch::of(operand),
            0x2a53 => self.struck_twice = Switch::of(operand),
            0x0800 => self.is_deleted = is_on(),
            0x2a48 => self.is_script = is_on(),
            0x4845 => self.is_moved = number16(operand, 0).map(|height| height != 0),
            0x0855 => self.is_special = is_on(),
            0x6a09 => self.is_symbol = Some(true),
            0x0806 => self.is_data = is_on(),
            _ => {}
        }
    }

    pub fn read(properties: &[u8]) -> Self {
        let mut character = Self::default();
        Sprms(properties).for_each(|(kind, operand)| character.take(kind, operand));
        character
    }

    /// The same, with what is not said here taken from `other`.
    pub fn or(self, other: &Self) -> Self {
        Self {
            style: self.style.or(other.style),
            hidden: self.hidden.or(other.hidden),
            struck: self.struck.or(other.struck),
            struck_twice: self.struck_twice.or(other.struck_twice),
            is_deleted: self.is_deleted.or(other.is_deleted),
            is_script: self.is_script.or(other.is_script),
            is_moved: self.is_moved.or(other.is_moved),
            is_special: self.is_special.or(other.is_special),
            is_symbol: self.is_symbol.or(other.is_symbol),
            is_data: self.is_data.or(other.is_data),
        }
    }

    /// The formats of a page: the number of bytes, and so many.
    pub fn read_page(page: &Page<'_>) -> Result<(Vec<Self>, Vec<usize>), Unreadable> {
        page.formats(1, |bytes| {
            let length = usize::from(*bytes.first()?);
            Some((Self::read(bytes.get(1..=length)?), length))
        })
    }
}

/// What a paragraph, or a style, says of paragraphs.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub style: u16,
    /// Its level in the outline.
    pub outline: Option<u8>,
    /// The list it is numbered in; 0 is none.
    pub list: Option<u16>,
    /// The level in that list.
    pub level: Option<u8>,
    pub is_in_table: Option<bool>,
    /// In so many tables, unless it is only said that it is in one.
    depth: Option<u32>,
    /// In so many more than is said elsewhere.
    deeper: u32,
    /// It is the end of a row.
    pub is_row_end: Option<bool>,
    /// It is the last of a cell in a table within a table.
    pub is_inner_cell_end: Option<bool>,
    pub is_inner_row_end: Option<bool>,
    /// At the end of a row: its cells.
    pub row: Option<Rc<Row>>,
}

impl Paragraph {
    /// Takes one property, if it is one of paragraphs or rows.
    pub fn take(&mut self, kind: u16, operand: &[u8]) {
        let first = operand.first().copied();
        let is_on = || first.map(|on| on != 0);
        match kind {
            0x4600 => self.style = number16(operand, 0).unwrap_or(0),
            0x2640 => self.outline = first,
            0x460b => self.list = number16(operand, 0).map(list),
            0x260a => self.level = first,
            0x2416 => self.is_in_table = is_on(),
            0x2417 => self.is_row_end = is_on(),
            0x244b => self.is_inner_cell_end = is_on(),
            0x244c => self.is_inner_row_end = is_on(),
            0x6649 => (self.depth, self.deeper) = (number(operand, 0), 0),
            0x664a => self.deeper = self.deeper.wrapping_add(number(operand, 0).unwrap_or(0)),
            DEFINE_ROW => self.row = Row::defined(operand).map(Rc::new),
            _ => {
                if let Some(row) = &mut self.row {
                    Rc::make_mut(row).take(kind, operand);
                }
            }
        }
    }

    /// In so many tables the paragraph is, each in a cell of the one before.
    pub fn depth(&self) -> u32 {
        let is_in_table = i32::from(self.is_in_table == Some(true));
        let depth = self.depth.unwrap_or(0).wrapping_add(self.deeper).cast_signed();
        depth.max(is_in_table).cast_unsigned()
    }

    /// The same, with what is not said here taken from `other`.
    pub fn or(&self, other: &Self) -> Self {
        Self {
            style: if self.style == 0 { other.style } else { self.style },
            outline: self.outline.or(other.outline),
            list: self.list.or(other.list),
            level: self.level.or(other.level),
            is_in_table: self.is_in_table.or(other.is_in_table),
            depth: self.depth.or(other.depth),
            deeper: if self.depth.is_some() { self.deeper } else { self.deeper.wrapping_add(other.deeper) },
            is_row_end: self.is_row_end.or(other.is_row_end),
            is_inner_cell_end: self.is_inner_cell_end.or(other.is_inner_cell_end),
            is_inner_row_end: self.is_inner_row_end.or(other.is_inner_row_end),
            row: self.row.clone().or_else(|| other.row.clone()),
        }
    }

    /// The formats of a page: the number of pairs of bytes, in a second byte where the first is 0; the style; the rest.
    pub fn read_page(page: &Page<'_>, long: &mut Long<'_>) -> Result<(Vec<Self>, Vec<usize>), Unreadable> {
        const ENTRY: usize = 13;
        page.formats(ENTRY, |bytes| {
            let (start, length) = match usize::from(*bytes.first()?) {
                0 => (2, usize::from(*bytes.get(1)?) * 2),
                pairs => (1, pairs * 2 - 1),
            };
            let bytes = bytes.get(start..start + length)?;
            let mut paragraph = Self { style: number16(bytes, 0)?, ..Self::default() };
            for (kind, operand) in Sprms(&bytes[2..]) {
                match kind {
                    0x6645 | 0x6646 | 0x646b => long.take(number(operand, 0).unwrap_or(0), &mut paragraph),
                    _ => paragraph.take(kind, operand),
                }
            }
            Some((paragraph, length))
        })
    }
}

/// The list that a paragraph names: those that keep its own indent are named by negative numbers.
fn list(named: u16) -> u16 {
    const NONE: u16 = 0xf801;
    const NEGATIVE: u16 = 0x8000;
    match named {
        NONE => 0,
        _ if named >= NEGATIVE => named.wrapping_neg(),
        _ => named,
    }
}

/// Formats that are too long for a page, in a stream of their own.
#[derive(Debug)]
pub(super) struct Long<'d> {
    data: &'d [u8],
    /// Each is read once: together they are no longer than the stream.
    known: HashMap<u32, Paragraph>,
    left: usize,
}

impl<'d> Long<'d> {
    pub fn new(data: &'d [u8]) -> Self {
        Self { data, known: HashMap::new(), left: data.len() }
    }

    /// Adds the format at a byte of the stream to what is said already.
    fn take(&mut self, at: u32, paragraph: &mut Paragraph) {
        if !self.known.contains_key(&at) {
            let read = self.read(at).unwrap_or_default();
            self.known.insert(at, read);
        }
        let known = &self.known[&at];
        let style = paragraph.style;
        *paragraph = known.or(paragraph);
        paragraph.style = style;
    }

    fn read(&mut self, at: u32) -> Option<Paragraph> {
        let at = at as usize;
        let length = usize::from(number16(self.data, at)?);
        let bytes = self.data.get(at + 2..at + 2 + length)?;
        self.left = self.left.checked_sub(length)?;
        let mut paragraph = Paragraph::default();
        Sprms(bytes).for_each(|(kind, operand)| paragraph.take(kind, operand));
        Some(paragraph)
    }
}
