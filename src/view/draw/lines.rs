//! The lines of a file in which marks are: of a text, rows of a sheet or table written as lines, or a paragraph.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::super::excerpt::{Line, Mark};
use super::super::places::{Marked, range_in};
use super::super::position::Lines;
use super::super::text::{back, forward, harmless};
use crate::document::{Block, CellRef, Document, Location};

/// Longer lines are cut around what is marked in them.
const LINE: usize = 110;
/// What is left to both sides where a line is cut.
const AROUND: usize = 30;
/// Cells of a table are cut to this width.
const CELL: usize = 20;
/// Narrower cells are filled up.
const NARROWEST: usize = 4;
/// Of a longer stretch the beginning is marked.
const MARKED: usize = 40;
/// Lines further apart than this from the first mark are left out.
const REACH: u32 = 60;

/// What is numbered line by line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbered<'a> {
    Text,
    Sheet(&'a str),
    Table(u32),
    Paragraphs,
    /// The rows of this block, on whatever page it is; or its text as one line.
    Block(usize),
    /// Nothing that was read.
    Nothing,
}

/// A line as it is, with the number and range of each mark in it.
type Whole = (String, Vec<(usize, Range<usize>)>);

/// The lines in which these marks are, those near the first one and numbered as it is.
pub(super) fn of(document: &Document<'_>, lines: &Lines<'_>, marks: &[Marked<'_>]) -> Vec<Line> {
    let Some(first) = marks.first() else { return Vec::new() };
    let (of, primary) = number(document, first, lines);
    let mut by_line: BTreeMap<u32, Vec<Marked<'_>>> = BTreeMap::new();
    for mark in marks {
        let (same, line) = number(document, mark, lines);
        if same == of && line.abs_diff(primary) <= REACH {
            by_line.entry(line).or_default().push(*mark);
        }
    }
    let whole = |line, marks: &[Marked<'_>]| match of {
        Numbered::Text => Some(of_text(lines, line, marks)),
        Numbered::Paragraphs if line != primary => None,
        Numbered::Paragraphs => of_paragraph(document, line, marks),
        Numbered::Block(block) => of_block(&document.blocks[block], line, marks),
        Numbered::Sheet(_) | Numbered::Table(_) => Some(of_row(document, of, line, marks)),
        Numbered::Nothing => None,
    };
    by_line.iter().filter_map(|(line, marks)| Some(cut(*line, whole(*line, marks)?))).collect()
}

/// The number of the line that a mark is in.
fn number<'a>(document: &Document<'_>, mark: &Marked<'a>, lines: &Lines<'_>) -> (Numbered<'a>, u32) {
    match mark.location {
        Location::Text(range) => (Numbered::Text, lines.position(range.start).line),
        Location::Sheet { sheet, cell } => (Numbered::Sheet(sheet), cell.row + 1),
        Location::TableCell { table, cell } => (Numbered::Table(*table), cell.row + 1),
        Location::Paragraph { number } => (Numbered::Paragraphs, *number),
        Location::Page { .. } => {
            let Some(part) = mark.part else { return (Numbered::Nothing, 0) };
            let row = match &document.blocks[part.block] {
                Block::Table(table) => table.cells()[part.cell].rows.start,
                Block::Heading(_) | Block::Paragraph(_) | Block::Image(_) => 0,
            };
            (Numbered::Block(part.block), row + 1)
        }
    }
}

/// The cell of a place in a sheet or table.
fn cell_of(place: &Location) -> Option<CellRef> {
    match place {
        Location::Sheet { cell, .. } | Location::TableCell { cell, .. } => Some(*cell),
        Location::Text(_) | Location::Paragraph { .. } | Location::Page { .. } => None,
    }
}

fn of_text(lines: &Lines<'_>, number: u32, marks: &[Marked<'_>]) -> Whole {
    let (first, line) = lines.line(number);
    let at = |byte: u32| lines.offset(first, byte).min(line.len());
    let range = |mark: &Marked<'_>| {
        let Location::Text(range) = mark.location else { return None };
        let start = at(range.start);
        Some((mark.number, start..at(range.end).min(forward(&line, start, MARKED))))
    };
    let marks = marks.iter().filter_map(range).collect();
    (line, marks)
}

/// The paragraph of this number, on one line.
fn of_paragraph(document: &Document<'_>, number: u32, marks: &[Marked<'_>]) -> Option<Whole> {
    let passage = document.blocks.iter().find_map(|block| match block {
        Block::Heading(passage) | Block::Paragraph(passage) if passage.place() == (Location::Paragraph { number }) => {
            Some(passage)
        }
        _ => None,
    })?;
    let line = one_line(&passage.text);
    let beginning = forward(&line, 0, AROUND);
    Some((line, marks.iter().map(|mark| (mark.number, 0..beginning)).collect()))
}

/// The row of this number in a sheet or table, written as a line.
fn of_row(document: &Document<'_>, of: Numbered<'_>, number: u32, marks: &[Marked<'_>]) -> Whole {
    let tables =
        document.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let cells = tables.flat_map(|table| table.cells()).filter_map(|cell| {
        let place = cell.passage.place();
        let at = cell_of(&place).filter(|at| at.row + 1 == number)?;
        is_in(&place, of).then_some((at, &cell.passage.text))
    });
    let mut cells: Vec<_> = cells.collect();
    cells.sort_by_key(|(at, _)| *at);
    row_line(cells.into_iter(), |at| marks.iter().filter(move |mark| cell_of(mark.location) == Some(at)))
}

/// A row of a table on a page, or the passage that the block is.
fn of_block(block: &Block<'_>, number: u32, marks: &[Marked<'_>]) -> Option<Whole> {
    match block {
        Block::Table(table) => {
            let cells = table.cells().iter().enumerate().filter(|(_, cell)| cell.rows.start + 1 == number);
            let cells = cells.map(|(index, cell)| (index, &cell.passage.text));
            let of_cell = |cell: usize| move |mark: &&Marked<'_>| mark.part.is_some_and(|part| part.cell == cell);
            Some(row_line(cells, |cell| marks.iter().filter(of_cell(cell))))
        }
        Block::Heading(passage) | Block::Paragraph(passage) => {
            let range = |mark: &Marked<'_>| {
                let range = range_in(passage, mark.location);
                (mark.number, range.start..range.end.min(forward(&passage.text, range.start, MARKED)))
            };
            Some((passage.text.replace('\n', " "), marks.iter().map(range).collect()))
        }
        Block::Image(_) => None,
    }
}

/// The cells of a row as a line, with the marks that are on each of them.
fn row_line<'t, 'm, K: Copy, M: Iterator<Item = &'m Marked<'m>>>(
    cells: impl Iterator<Item = (K, &'t Cow<'t, str>)>,
    marks: impl Fn(K) -> M,
) -> Whole {
    let mut line = String::new();
    let mut ranges = Vec::new();
    for (at, text) in cells {
        if !line.is_empty() {
            line.push_str(" │ ");
        }
        let start = line.len();
        let text = one_line(text);
        line.push_str(&padded(&text, text.width().clamp(NARROWEST, CELL)));
        let end = start + line[start..].trim_end().len().max(1);
        ranges.extend(marks(at).map(|mark| (mark.number, start..end)));
    }
    // Blank cells at the end are not drawn, unless one of them is what is shown.
    let marked = ranges.iter().map(|(_, range)| range.end).max().unwrap_or(0);
    line.truncate(line.trim_end_matches([' ', '│']).len().max(marked));
    (line, ranges)
}

fn is_in(place: &Location, of: Numbered<'_>) -> bool {
    match place {
        Location::Sheet { sheet, .. } => of == Numbered::Sheet(sheet),
        Location::TableCell { table, .. } => of == Numbered::Table(*table),
        Location::Text(_) | Location::Paragraph { .. } | Location::Page { .. } => false,
    }
}

/// A line, cut where it is long.
fn cut(number: u32, (line, marks): Whole) -> Line {
    let kept = kept(&line, &marks);
    let mut text = String::new();
    if kept.start > 0 {
        text.push('…');
    }
    let shift = text.len();
    // Invisible characters would shift the marks below the line; they are as wide as a blank is.
    text.push_str(&harmless(&line[kept.clone()].replace('\u{feff}', "   ")));
    if kept.end < line.len() {
        text.push('…');
    }
    let clip = |at: usize| at.clamp(kept.start, kept.end) - kept.start + shift;
    let marks =
        marks.into_iter().filter(|(_, range)| range.start < kept.end || range.is_empty() && range.start <= kept.end);
    let marks = marks.map(|(mark, range)| Mark { mark, start: clip(range.start), end: clip(range.end) }).collect();
    Line { number, text, marks }
}

/// What is kept of a line.
fn kept(line: &str, marks: &[(usize, Range<usize>)]) -> Range<usize> {
    if line.width() <= LINE {
        return 0..line.len();
    }
    let start = marks.iter().map(|(_, range)| range.start).min().unwrap_or(0);
    let end = marks.iter().map(|(_, range)| range.end).max().unwrap_or(0);
    let from = back(line, start, AROUND);
    let to = forward(line, end, LINE - AROUND * 2);
    from..to.min(forward(line, from, LINE * 2))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` cut or filled up to a width on the terminal.
fn padded(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    let is_cut = text.width() > width;
    let room = if is_cut { width - 1 } else { width };
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > room {
            break;
        }
        out.push(c);
        used += wide;
    }
    if is_cut {
        out.push('…');
        used += 1;
    }
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    out
}
