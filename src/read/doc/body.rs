//! The text of a document, paragraph by paragraph: which tables and cells each is in, and what of it is printed.

use std::ops::Range;
use std::rc::Rc;

use super::boxes::Boxes;
use super::pages::Pages;
use super::pieces::Pieces;
use super::properties::{Character, Paragraph};
use super::rows::{Grid, Row};
use super::styles::Styles;
use crate::document::Block;
use crate::limits::Limits;
use crate::read::unreadable::Unreadable;
use crate::read::word::{Body, COST, Ended, FieldMark, Fields, Numbering};

/// Characters that are none.
mod sign {
    pub const PICTURE: u16 = 0x01;
    pub const CELL_END: u16 = 0x07;
    pub const ANCHOR: u16 = 0x08;
    pub const TAB: u16 = 0x09;
    pub const LINE_BREAK: u16 = 0x0b;
    pub const PAGE_BREAK: u16 = 0x0c;
    pub const PARAGRAPH_END: u16 = 0x0d;
    pub const COLUMN_BREAK: u16 = 0x0e;
    pub const FIELD_BEGIN: u16 = 0x13;
    pub const FIELD_SEPARATE: u16 = 0x14;
    pub const FIELD_END: u16 = 0x15;
    pub const FIXED_HYPHEN: u16 = 0x1e;
    pub const SYMBOL: u16 = b'(' as u16;
}

/// A paragraph, by its characters and the one that ends it.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    /// In so many tables.
    depth: usize,
    ends: Ends,
}

/// What ends with a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Paragraph,
    Cell,
    Row,
}

/// The line that ends a row, and how the row is defined.
type DefinedRow = (usize, Option<Rc<Row>>);

/// A table that is being read.
#[derive(Debug)]
struct OpenRows {
    /// Its rows, by the lines that end them.
    rows: std::vec::IntoIter<DefinedRow>,
    grid: Grid,
    /// The row that is being read.
    row: Option<OpenRow>,
}

#[derive(Debug)]
struct OpenRow {
    row: Option<Rc<Row>>,
    columns: Vec<u32>,
    /// The cells before the next one.
    cells: usize,
    is_in_cell: bool,
    is_dropped: bool,
}

/// The document as far as it has been read.
pub(super) struct Reading<'d> {
    pieces: &'d Pieces,
    characters: &'d Pages<Character>,
    paragraphs: &'d Pages<Paragraph>,
    styles: &'d Styles,
    numbering: Numbering,
    boxes: Boxes,
    /// Where the text of all boxes is.
    box_text: Range<usize>,
    body: Body<'d>,
    fields: Fields,
    tables: Vec<OpenRows>,
}

impl<'d> Reading<'d> {
    pub fn new(
        pieces: &'d Pieces,
        (characters, paragraphs): (&'d Pages<Character>, &'d Pages<Paragraph>),
        styles: &'d Styles,
        numbering: Numbering,
        boxes: Boxes,
        limits: &'d Limits,
    ) -> Self {
        Self {
            pieces,
            characters,
            paragraphs,
            styles,
            numbering,
            boxes,
            box_text: 0..0,
            body: Body::new(limits),
            fields: Fields::default(),
            tables: Vec::new(),
        }
    }

    /// Reads the body and the boxes in it.
    ///
    /// # Errors
    /// When it costs more than the limits allow.
    pub fn read(&mut self, body: Range<usize>, boxes: Range<usize>) -> Result<(), Unreadable> {
        self.box_text = boxes;
        self.story(body)?;
        for text in std::mem::take(&mut self.boxes.loose) {
            self.read_box(text)?;
        }
        Ok(())
    }

    pub fn finish(self) -> Result<Vec<Block<'static>>, Unreadable> {
        self.body.finish()
    }

    /// Reads a text of its own, with the tables in it.
    fn story(&mut self, range: Range<usize>) -> Result<(), Unreadable> {
        let range = range.start..range.end.min(self.pieces.text.len());
        let lines = self.lines(range)?;
        let around = self.tables.len();
        for index in 0..lines.len() {
            self.enter(&lines, index, around)?;
            self.line(&lines[index], around)?;
        }
        self.leave(around)
    }

    fn lines(&self, range: Range<usize>) -> Result<Vec<Line>, Unreadable> {
        let mut lines = Vec::new();
        let mut start = range.start;
        while start < range.end {
            let end = self.paragraph_end(start..range.end);
            self.body.budget.has_room_for((lines.len() + 1) * COST)?;
            let paragraph = self.paragraph(end);
            let depth = paragraph.depth();
            let is_mark = self.pieces.text.get(end) == Some(&sign::CELL_END);
            let is = |property: Option<bool>| property == Some(true);
            let ends = if depth == 0 {
                Ends::Paragraph
            } else if is_mark && is(paragraph.is_row_end) || is(paragraph.is_inner_row_end) {
                Ends::Row
            } else if is_mark || is(paragraph.is_inner_cell_end) {
                Ends::Cell
            } else {
                Ends::Paragraph
            };
            lines.push(Line { start, end, depth: depth as usize, ends });
            start = end + 1;
        }
        Ok(lines)
    }

    /// The character that ends the paragraph that begins with the range.
    fn paragraph_end(&self, range: Range<usize>) -> usize {
        let is_end = |at: &usize| match self.pieces.text[*at] {
            sign::PARAGRAPH_END | sign::CELL_END => true,
            // The break of a section ends its paragraph, that of a page is within one.
            sign::PAGE_BREAK => self.pieces.spot(*at).is_some_and(|spot| {
                let (_, end) = self.paragraphs.at(spot.byte);
                end == spot.byte + spot.width
            }),
            _ => false,
        };
        let end = range.end;
        range.into_iter().find(is_end).unwrap_or(end)
    }

    /// What is said of the paragraph that ends with a character.
    fn paragraph(&self, end: usize) -> Paragraph {
        let Some(spot) = self.pieces.spot(end) else { return Paragraph::default() };
        let paragraph = self.paragraphs.at(spot.byte).0.cloned().unwrap_or_default();
        spot.change.map_or(paragraph.clone(), |change| change.paragraph.or(&paragraph))
    }

    /// What is said of a character, and the character where something else may be said.
    fn character(&self, at: usize) -> (Character, usize) {
        let Some(spot) = self.pieces.spot(at) else { return (Character::default(), usize::MAX) };
        let (character, end) = self.characters.at(spot.byte);
        let character = character.copied().unwrap_or_default();
        let character = spot.change.map_or(character, |change| change.character.or(&character));
        let length = (end - spot.byte).div_ceil(spot.width).max(1);
        (character, spot.end.min(at + length as usize))
    }

    /// Opens and ends tables, rows and cells so that a line is where it belongs.
    fn enter(&mut self, lines: &[Line], index: usize, around: usize) -> Result<(), Unreadable> {
        let depth = around + lines[index].depth;
        self.leave(depth)?;
        loop {
            let open = self.tables.len();
            if open > around {
                self.enter_cell(lines, index)?;
            }
            if open == depth {
                return Ok(());
            }
            let rows = self.rows(lines, index, open + 1 - around)?;
            let grid = Grid::of(rows.iter().filter_map(|(_, row)| row.as_deref()));
            self.body.begin_table()?;
            self.tables.push(OpenRows { rows: rows.into_iter(), grid, row: None });
        }
    }

    /// The rows of the table that begins with a line in so many tables.
    fn rows(&mut self, lines: &[Line], first: usize, depth: usize) -> Result<Vec<DefinedRow>, Unreadable> {
        let mut rows = Vec::new();
        for (index, line) in lines.iter().enumerate().skip(first).take_while(|(_, line)| line.depth >= depth) {
            if line.depth == depth && line.ends == Ends::Row {
                let row = self.paragraph(line.end).row;
                // Rows are also counted when they begin; here, what their edges take.
                self.body.budget.take_slots(row.as_ref().map_or(0, |row| row.len()))?;
                rows.push((index, row));
            }
        }
        Ok(rows)
    }

    /// Begins the row and the cell that a line is in, unless they are open.
    fn enter_cell(&mut self, lines: &[Line], index: usize) -> Result<(), Unreadable> {
        let depth = self.body.depth();
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if table.row.is_none() {
            let found = table.rows.next();
            let is_dropped =
                found.as_ref().is_some_and(|(line, _)| self.is_dropped(lines.get(index..=*line).unwrap_or_default()));
            let row = found.and_then(|(_, row)| row);
            let table = self.tables.last_mut().expect("the table is open");
            let columns = row.as_ref().map(|row| table.grid.columns(row)).unwrap_or_default();
            self.body.begin_row()?;
            if let Some(open) = self.body.table() {
                open.leave_free(columns.first().copied().unwrap_or(0));
                if is_dropped {
                    open.drop_row();
                }
            }
            table.row = Some(OpenRow { row, columns, cells: 0, is_in_cell: false, is_dropped });
        }
        let table = self.tables.last_mut().expect("the table is open");
        let Some(row) = &mut table.row else { return Ok(()) };
        let is_row_end = lines[index].ends == Ends::Row && lines[index].depth == depth;
        if row.is_in_cell || row.is_dropped || is_row_end {
            return Ok(());
        }
        row.is_in_cell = true;
        self.fields.enter(depth);
        self.body.begin_cell()?;
        let merged = row.row.as_ref().map(|definition| definition.merged(row.cells)).unwrap_or_default();
        if let (Some(open), [start, end, ..]) = (self.body.table(), row.columns.get(row.cells..).unwrap_or_default()) {
            open.span(end - start);
            merged.vertically.into_iter().for_each(|merge| open.merge_vertically(merge));
            merged.horizontally.into_iter().for_each(|merge| open.merge_horizontally(merge));
        }
        row.cells += 1;
        Ok(())
    }

    /// Whether a row of these lines is deleted: its end is, and all that is in it. Some writers mark the end of a row as what
    /// is before it.
    fn is_dropped(&self, lines: &[Line]) -> bool {
        let all_deleted = |line: &Line| {
            let mut at = line.start;
            while at < line.end {
                let (character, end) = self.character(at);
                if character.is_deleted != Some(true) {
                    return false;
                }
                at = end;
            }
            true
        };
        lines.last().is_some_and(|line| self.is_deleted(line.end)) && lines.iter().all(all_deleted)
    }

    /// Ends tables until so many are open.
    fn leave(&mut self, depth: usize) -> Result<(), Unreadable> {
        while self.tables.len() > depth {
            self.end_cell()?;
            self.tables.pop();
            self.body.end_table()?;
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Unreadable> {
        let row = self.tables.last_mut().and_then(|table| table.row.as_mut());
        if row.is_some_and(|row| std::mem::take(&mut row.is_in_cell)) {
            self.fields.leave(self.body.depth());
            self.body.end_cell()?;
        }
        Ok(())
    }

    /// Reads a line where it belongs.
    fn line(&mut self, line: &Line, around: usize) -> Result<(), Unreadable> {
        if line.ends == Ends::Row {
            self.end_cell()?;
            if let Some(table) = self.tables.last_mut() {
                table.row = None;
            }
            return Ok(());
        }
        let is_dropped = self.tables[around..].iter().any(|table| table.row.as_ref().is_some_and(|row| row.is_dropped));
        if !is_dropped {
            self.text(line)?;
        }
        if line.ends == Ends::Cell {
            self.end_cell()?;
        }
        Ok(())
    }

    fn text(&mut self, line: &Line) -> Result<(), Unreadable> {
        let paragraph = self.paragraph(line.end);
        self.body.begin_paragraph();
        let mut at = line.start;
        while at < line.end {
            let (character, end) = self.character(at);
            let end = end.min(line.end);
            self.run(at..end, &character, paragraph.style)?;
            at = end;
        }
        // The end of a cell is none that could be deleted by itself.
        if line.ends == Ends::Paragraph && self.is_deleted(line.end) {
            self.body.go_on();
            return Ok(());
        }
        let applied = self.styles.apply(&paragraph);
        let number = match applied.list {
            0 => String::new(),
            list => self.numbering.next(&list.to_string(), applied.level.into()),
        };
        self.body.end_paragraph(Ended { number, is_heading: applied.is_heading, is_contents: applied.is_contents })
    }

    fn is_deleted(&self, at: usize) -> bool {
        self.character(at).0.is_deleted == Some(true)
    }

    /// Reads characters of which the same is said.
    fn run(&mut self, range: Range<usize>, character: &Character, style: u16) -> Result<(), Unreadable> {
        if character.is_deleted == Some(true) {
            return Ok(());
        }
        let look = self.styles.look(character, style);
        let is_special = character.is_special == Some(true);
        let mut text = String::new();
        let mut start = range.start;
        let pieces = self.pieces;
        for at in range.clone() {
            let unit = pieces.text[at];
            if !(unit < 0x20 || unit == sign::SYMBOL && character.is_symbol == Some(true)) {
                continue;
            }
            decode(&pieces.text[start..at], &mut text);
            start = at + 1;
            match unit {
                sign::TAB => text.push('\t'),
                sign::LINE_BREAK | sign::PAGE_BREAK | sign::COLUMN_BREAK => text.push('\n'),
                sign::FIXED_HYPHEN => text.push('-'),
                sign::SYMBOL => text.push(char::REPLACEMENT_CHARACTER),
                sign::FIELD_BEGIN | sign::FIELD_SEPARATE | sign::FIELD_END => {
                    self.push(&mut text, look.is_unseen(), look.is_raised());
                    self.fields.mark(match unit {
                        sign::FIELD_BEGIN => FieldMark::Begin,
                        sign::FIELD_SEPARATE => FieldMark::Separate,
                        _ => FieldMark::End,
                    });
                }
                sign::PICTURE if is_special && character.is_data != Some(true) && !look.is_unseen() => {
                    self.body.image();
                }
                sign::ANCHOR => {
                    self.push(&mut text, look.is_unseen(), look.is_raised());
                    let (texts, is_picture) = self.boxes.take(at);
                    if look.is_unseen() || self.fields.hide() {
                        continue;
                    }
                    if is_picture {
                        self.body.image();
                    }
                    texts.into_iter().try_for_each(|text| self.read_box(text))?;
                }
                _ => {}
            }
        }
        decode(&pieces.text[start..range.end], &mut text);
        self.push(&mut text, look.is_unseen(), look.is_raised());
        Ok(())
    }

    /// Adds what has been gathered to the paragraph, if it is to be seen.
    fn push(&mut self, text: &mut String, is_unseen: bool, is_raised: bool) {
        if !is_unseen && !self.fields.hide() {
            self.body.push(text, is_raised);
        }
        text.clear();
    }

    fn read_box(&mut self, text: Range<u32>) -> Result<(), Unreadable> {
        let at = |character: u32| self.box_text.start.saturating_add(character as usize).min(self.box_text.end);
        self.story(at(text.start)..at(text.end))
    }
}

fn decode(units: &[u16], text: &mut String) {
    text.extend(char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
}
