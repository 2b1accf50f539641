//! The piece of a file that a finding is drawn in: a few lines of text, a few rows of a sheet or table written as lines,
//! or a paragraph.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::document::{Block, CellRef, Document, Location};
use crate::position::Lines;

/// Longer lines are cut around what is shown in them, wherever they are written to.
const LINE: usize = 110;
/// What is left to both sides where a line is cut.
const AROUND: usize = 30;
/// Cells of a grid are cut to this width, the first columns (labels) to twice as much.
const CELL: usize = 10;
/// Of a longer stretch, a passage of text, the beginning is marked.
const MARKED: usize = 40;
/// Lines further apart than this from the place of the finding are not drawn.
const REACH: u32 = 60;

/// What fits beside the numbers of the lines on a terminal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room<'a> {
    /// Columns in all.
    pub line: usize,
    /// For each place, columns of the words below it, which begin where that stands.
    pub labels: &'a [usize],
}

/// Lines that follow each other, with the places to be marked in them.
#[derive(Debug)]
pub(super) struct Excerpt {
    pub text: String,
    /// The number of the first line, 1-based.
    pub first_line: u32,
    /// For each place that was asked for, its bytes in the text; none where it stands too far away.
    pub spans: Vec<Option<Range<usize>>>,
}

/// The excerpt that shows `places`, the first of which is the place of the finding.
pub(super) fn of(
    document: &Document<'_>,
    lines: &Lines<'_>,
    places: &[&Location],
    room: Option<Room<'_>>,
) -> Option<Excerpt> {
    match places.first()? {
        Location::Text(_) => Some(of_text(lines, places, room)),
        Location::Sheet { .. } | Location::TableCell { .. } => of_grid(document, places, room),
        Location::Paragraph { number } => of_paragraph(document, *number, places, room),
    }
}

/// What has rows and columns that people know by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grid<'a> {
    Sheet(&'a str),
    Table(u32),
}

/// The grid and the cell of a place that is one.
fn grid_cell(place: &Location) -> Option<(Grid<'_>, CellRef)> {
    match place {
        Location::Sheet { sheet, cell } => Some((Grid::Sheet(sheet), *cell)),
        Location::TableCell { table, cell } => Some((Grid::Table(*table), *cell)),
        Location::Text(_) | Location::Paragraph { .. } => None,
    }
}

/// The numbers of the first and last line to be drawn, among `numbers`, near the first of them.
fn extent(numbers: &[Option<u32>]) -> Option<(u32, u32)> {
    let primary = numbers.first().copied().flatten()?;
    let near = || numbers.iter().flatten().filter(|number| number.abs_diff(primary) <= REACH);
    Some((*near().min()?, *near().max()?))
}

pub(super) fn of_text(lines: &Lines<'_>, places: &[&Location], room: Option<Room<'_>>) -> Excerpt {
    let ranges: Vec<Option<Range<u32>>> = places
        .iter()
        .map(|place| match place {
            Location::Text(range) => Some(range.start..range.end),
            _ => None,
        })
        .collect();
    let numbers: Vec<Option<u32>> =
        ranges.iter().map(|range| range.as_ref().map(|range| lines.position(range.start).line)).collect();
    let (first, last) = extent(&numbers).unwrap_or((1, 1));
    let mut excerpt = Excerpt { text: String::new(), first_line: first, spans: vec![None; places.len()] };
    for number in first..=last {
        let (start, line) = lines.line(number);
        let of_line = ranges.iter().zip(&numbers).enumerate().filter(|(_, (_, on))| **on == Some(number));
        let marks: Vec<(usize, Range<usize>)> = of_line
            .filter_map(|(index, (range, _))| {
                let range = range.as_ref()?;
                let at = |byte: u32| lines.offset(start, byte).min(line.len());
                let start = at(range.start);
                Some((index, start..at(range.end).min(forward(&line, start, MARKED))))
            })
            .collect();
        push_line(&mut excerpt, &line, &marks, room);
    }
    excerpt
}

/// Appends a line, cut where it is long, with its marks.
fn push_line(excerpt: &mut Excerpt, line: &str, marks: &[(usize, Range<usize>)], room: Option<Room<'_>>) {
    let kept = kept(line, marks);
    let kept = room.map_or(kept.clone(), |room| fitted(line, kept, marks, room));
    if kept.start > 0 {
        excerpt.text.push('…');
    }
    let shift = excerpt.text.len();
    // Invisible characters would shift the marks below the line; they are as wide as a blank is.
    let shown = super::harmless(&line[kept.clone()].replace('\u{feff}', "   "));
    excerpt.text.push_str(&shown);
    if kept.end < line.len() {
        excerpt.text.push('…');
    }
    excerpt.text.push('\n');
    for (index, range) in marks {
        let clip = |at: usize| at.clamp(kept.start, kept.end) - kept.start + shift;
        let is_shown = range.start < kept.end || range.is_empty() && range.start <= kept.end;
        excerpt.spans[*index] = is_shown.then(|| clip(range.start)..clip(range.end));
    }
}

/// What is shown of a line, wherever it is written to.
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

/// What of that fits a terminal, the words below the last place included; the first place is shown in any case.
fn fitted(line: &str, kept: Range<usize>, marks: &[(usize, Range<usize>)], room: Room<'_>) -> Range<usize> {
    let first = marks.iter().map(|(_, range)| range.start).min().unwrap_or(0).clamp(kept.start, kept.end);
    // The sign that something is left out takes a column.
    let fits = |from: usize| {
        let widths = marks.iter().map(|(place, range)| {
            let (start, end) = (range.start.clamp(from, kept.end), range.end.clamp(from, kept.end));
            // Words hang from the middle of their place.
            line[from..start].width() + line[start..end].width() / 2 + room.labels.get(*place).copied().unwrap_or(0)
        });
        widths.max().is_none_or(|width| width < room.line)
    };
    let mut from = kept.start;
    while from < first && !fits(from) {
        from = forward(line, from, 1);
    }
    let mut to = kept.end;
    while line[from..to].width() + 2 > room.line && to > from {
        to = back(line, to, 1);
    }
    from..to
}

fn back(line: &str, from: usize, characters: usize) -> usize {
    line[..from].char_indices().rev().take(characters).last().map_or(from, |(at, _)| at)
}

fn forward(line: &str, from: usize, characters: usize) -> usize {
    line[from..].char_indices().nth(characters).map_or(line.len(), |(at, _)| from + at)
}

/// The paragraph, on one line.
fn of_paragraph(document: &Document<'_>, number: u32, places: &[&Location], room: Option<Room<'_>>) -> Option<Excerpt> {
    let passage = document.blocks.iter().find_map(|block| match block {
        Block::Heading(passage) | Block::Paragraph(passage) if passage.place() == (Location::Paragraph { number }) => {
            Some(passage)
        }
        _ => None,
    })?;
    let line = passage.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut excerpt = Excerpt { text: String::new(), first_line: number, spans: vec![None; places.len()] };
    let named = places.iter().enumerate().filter(|(_, place)| ***place == Location::Paragraph { number });
    let marks: Vec<_> = named.map(|(index, _)| (index, 0..forward(&line, 0, AROUND))).collect();
    push_line(&mut excerpt, &line, &marks, room);
    Some(excerpt)
}

fn of_grid(document: &Document<'_>, places: &[&Location], room: Option<Room<'_>>) -> Option<Excerpt> {
    let (grid, _) = grid_cell(places.first()?)?;
    let in_grid = |place: &Location| grid_cell(place).filter(|(of, _)| *of == grid).map(|(_, cell)| cell);
    let wanted: Vec<Option<CellRef>> = places.iter().map(|place| in_grid(place)).collect();
    let numbers: Vec<Option<u32>> = wanted.iter().map(|cell| cell.map(|cell| cell.row + 1)).collect();
    let (first, last) = extent(&numbers)?;
    let mut excerpt = Excerpt { text: String::new(), first_line: first, spans: vec![None; places.len()] };
    let rows = rows_of_grid(document, grid, first..=last);
    for number in first..=last {
        let mut line = String::new();
        let mut marks = Vec::new();
        for (cell, text) in rows.iter().filter(|(cell, _)| cell.row + 1 == number) {
            if !line.is_empty() {
                line.push_str(" │ ");
            }
            let start = line.len();
            let is_wanted = wanted.contains(&Some(*cell));
            line.push_str(&padded(text, text.width().clamp(4, CELL * 2)));
            if is_wanted {
                let end = start + line[start..].trim_end().len().max(1);
                let named = wanted.iter().enumerate().filter(|(_, other)| **other == Some(*cell));
                marks.extend(named.map(|(index, _)| (index, start..end)));
            }
        }
        // Blank cells at the end are not drawn, unless one of them is what is shown.
        let marked = marks.iter().map(|(_, range): &(usize, Range<usize>)| range.end).max().unwrap_or(0);
        let end = line.trim_end_matches([' ', '│']).len().max(marked);
        push_line(&mut excerpt, &line[..end], &marks, room);
    }
    Some(excerpt)
}

fn rows_of_grid(
    document: &Document<'_>,
    grid: Grid<'_>,
    rows: std::ops::RangeInclusive<u32>,
) -> Vec<(CellRef, String)> {
    let mut found = Vec::new();
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        for cell in table.cells() {
            let place = cell.passage.place();
            let Some((of, at)) = grid_cell(&place) else { continue };
            if of == grid && rows.contains(&(at.row + 1)) {
                found.push((at, cell.passage.text.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
    }
    found.sort_by_key(|(cell, _)| *cell);
    found
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
