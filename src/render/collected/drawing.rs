//! What a finding points at, ready to be drawn: the rows of a table around it, or a stretch of text, with marks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::super::{Input, excerpt, told};
use super::places::{Piece, Places};
use crate::document::{Block, Document, Location, Passage, Table};
use crate::finding::{Finding, clipped};
use crate::message::Language;
use crate::position::Lines;

/// Further places of a finding are marked up to this number.
const MARKS: usize = 40;
/// Of a table, so many rows and columns are shown.
const ROWS: usize = 30;
const COLUMNS: usize = 16;
/// The columns of labels, which are shown wherever the figure stands.
const LABELS: u32 = 3;
/// Rows of a header, those next to the figures.
const HEADER: usize = 4;
/// Characters of a text that are shown around what is marked.
const AROUND: usize = 160;

/// A piece of a file with what is marked in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Drawing {
    /// The file, where it is another one than the finding's.
    pub path: Option<String>,
    pub at: String,
    pub body: Body,
    /// What is said at the marks; number 0 is the place of the finding itself.
    pub notes: Vec<Note>,
}

/// A remark at a mark.
#[derive(Debug, Serialize, Deserialize)]
pub struct Note {
    pub number: usize,
    pub words: String,
}

/// What is drawn.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    Table(Vec<Row>),
    Text(Vec<Stretch>),
}

/// A row of a table.
#[derive(Debug, Serialize, Deserialize)]
pub struct Row {
    pub cells: Vec<Drawn>,
    pub is_header: bool,
    /// Rows are left out above it.
    pub is_after_gap: bool,
}

/// A cell of a table.
#[derive(Debug, Serialize, Deserialize)]
pub struct Drawn {
    pub text: String,
    pub rows: usize,
    pub columns: usize,
    pub mark: Option<usize>,
    pub is_number: bool,
    /// It stands in the first column.
    pub is_label: bool,
    #[serde(skip)]
    column: u32,
}

impl Drawn {
    fn blank(column: u32) -> Self {
        Self { text: String::new(), rows: 1, columns: 1, mark: None, is_number: false, is_label: false, column }
    }
}

/// A stretch of text, marked or not.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stretch {
    pub text: String,
    pub mark: Option<usize>,
}

/// Something to be marked.
#[derive(Debug)]
struct Mark<'a> {
    location: &'a Location,
    number: usize,
    words: Option<String>,
}

/// A mark with the piece of the document that it stands in.
type Placed<'a> = (Option<Piece>, Mark<'a>);

/// All that a finding points at, in its own file first.
pub(super) fn of(
    input: Input<'_>,
    finding: &Finding,
    places: &Places,
    lines: &Lines<'_>,
    language: Language,
) -> Vec<Drawing> {
    let mut drawings = Vec::new();
    let own = finding.labels.iter().filter(|label| label.path.is_none());
    let primary = finding.location.as_ref();
    let mut marks: Vec<Mark<'_>> =
        primary.map(|location| Mark { location, number: 0, words: None }).into_iter().collect();
    let mut next = 1;
    for label in own.take(MARKS) {
        let words = Some(label.message.say(language));
        if let Some(same) = marks.iter_mut().find(|mark| mark.location == &label.location && mark.words.is_none()) {
            same.words = words;
            continue;
        }
        marks.push(Mark { location: &label.location, number: next, words });
        next += 1;
    }
    if let Some(document) = &input.checked.document {
        drawings.extend(of_file(document, places, lines, None, marks, language));
    }
    for other in input.beside {
        let path = other.checked.report.path.as_str();
        let labels = finding.labels.iter().filter(|label| label.path.as_deref() == Some(path));
        let marks: Vec<Mark<'_>> = labels
            .take(MARKS)
            .enumerate()
            .map(|(index, label)| Mark {
                location: &label.location,
                number: next + index,
                words: Some(label.message.say(language)),
            })
            .collect();
        next += marks.len();
        let Some(document) = other.checked.document.as_ref().filter(|_| !marks.is_empty()) else { continue };
        let places = Places::of(Some(document));
        drawings.extend(of_file(document, &places, &other.lines(), Some(path), marks, language));
    }
    drawings
}

/// Marks in one file: a drawing for each table and paragraph that they stand in.
fn of_file(
    document: &Document<'_>,
    places: &Places,
    lines: &Lines<'_>,
    path: Option<&str>,
    marks: Vec<Mark<'_>>,
    language: Language,
) -> Vec<Drawing> {
    let mut blocks: Vec<(Option<usize>, Vec<Placed<'_>>)> = Vec::new();
    for mark in marks {
        let piece = places.find(mark.location);
        let block = piece.map(|piece| piece.block);
        match blocks.iter_mut().find(|(known, _)| block.is_some() && *known == block) {
            Some((_, marks)) => marks.push((piece, mark)),
            None => blocks.push((block, vec![(piece, mark)])),
        }
    }
    let drawn = blocks.into_iter().filter_map(|(block, marks)| {
        let first = &marks.first()?.1;
        let body = match block.map(|block| &document.blocks[block]) {
            Some(Block::Table(table)) => Body::Table(of_table(table, &marks)),
            Some(Block::Heading(passage) | Block::Paragraph(passage)) => Body::Text(of_passage(passage, &marks)),
            None => Body::Text(of_lines(document, lines, first)?),
        };
        let at = told::Location::new(first.location, lines).inside(language);
        let note = |(_, mark): (_, Mark<'_>)| Some(Note { number: mark.number, words: mark.words? });
        Some(Drawing { path: path.map(str::to_owned), at, body, notes: marks.into_iter().filter_map(note).collect() })
    });
    drawn.collect()
}

fn of_table(table: &Table<'_>, marks: &[Placed<'_>]) -> Vec<Row> {
    let marked = |cell: usize| {
        let mark = marks.iter().find(|(piece, _)| piece.is_some_and(|piece| piece.cell == cell));
        mark.map(|(_, mark)| mark.number)
    };
    let cells = table.cells();
    let at: Vec<usize> = marks.iter().filter_map(|(piece, _)| Some(piece.as_ref()?.cell)).collect();
    let count = table.rows().len() as u32;
    let header = header(table, at.first().map_or(0, |&cell| cells[cell].rows.start));
    let shown = rows(&at.iter().map(|&cell| cells[cell].rows.start).collect::<Vec<_>>(), &header, count);
    let columns = columns(table, &shown, &at);
    let mut drawn: Vec<(u32, Row)> = Vec::new();
    let mut before = None;
    for &row in &shown {
        let is_after_gap = before.is_some_and(|before| before + 1 < row);
        drawn.push((row, Row { cells: Vec::new(), is_header: header.contains(&row), is_after_gap }));
        before = Some(row);
    }
    for (index, cell) in cells.iter().enumerate() {
        let rows = shown.range(cell.rows.clone()).count();
        let covered = columns.range(cell.columns.clone()).count();
        let Some(first) = shown.range(cell.rows.clone()).next() else { continue };
        let Ok(place) = drawn.binary_search_by_key(first, |(row, _)| *row) else { continue };
        let text = one_line(&cell.passage.text);
        let is_number = is_number(&text);
        let Some(&column) = columns.range(cell.columns.clone()).next() else { continue };
        let (mark, is_label) = (marked(index), columns.first() == Some(&column) && !is_number);
        drawn[place].1.cells.push(Drawn { text, rows, columns: covered, mark, is_number, is_label, column });
    }
    let mut rows: Vec<Row> = drawn.into_iter().map(|(_, row)| row).collect();
    fill(&mut rows, &columns);
    rows
}

/// Puts blank cells where a table has none, and lets a title that stands alone in its row have all of it.
fn fill(rows: &mut [Row], columns: &BTreeSet<u32>) {
    // For each column, how many rows from here on are covered from above.
    let mut covered: BTreeMap<u32, usize> = columns.iter().map(|&column| (column, 0)).collect();
    for row in rows {
        let is_whole = covered.values().all(|rows| *rows == 0);
        for cell in &row.cells {
            for (_, rows) in covered.range_mut(cell.column..).take(cell.columns) {
                *rows = (*rows).max(cell.rows);
            }
        }
        let bare = covered.iter().filter(|(_, rows)| **rows == 0);
        row.cells.extend(bare.map(|(column, _)| Drawn::blank(*column)));
        row.cells.sort_by_key(|cell| cell.column);
        covered.values_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        let is_plain = row.cells.iter().all(|cell| cell.rows == 1 && cell.mark.is_none());
        let stands_alone = row.cells.iter().skip(1).all(|cell| cell.text.is_empty());
        if is_whole && is_plain && stands_alone {
            row.cells.truncate(1);
            row.cells.iter_mut().for_each(|cell| cell.columns = columns.len());
        }
    }
}

/// The header of a row: what stands without figures above the rows of figures that it is among.
fn header(table: &Table<'_>, row: u32) -> Range<u32> {
    #[derive(Clone, Copy, PartialEq)]
    enum Holds {
        Nothing,
        Words,
        Figures,
    }
    let holds = |row: crate::document::Row<'_, '_>| {
        let texts: Vec<String> = row.cells().map(|cell| one_line(&cell.passage.text)).collect();
        match texts.iter().skip(1).any(|text| is_number(text)) {
            true => Holds::Figures,
            false if texts.iter().all(String::is_empty) => Holds::Nothing,
            false => Holds::Words,
        }
    };
    let above: Vec<Holds> = table.rows().take(row as usize).map(holds).collect();
    let figures = above.iter().rev().take_while(|holds| **holds == Holds::Figures).count();
    let end = above.len() - figures;
    let words = above[..end].iter().rev().take_while(|holds| **holds == Holds::Words).count().min(HEADER);
    (end - words) as u32..end as u32
}

/// The rows to be shown: those of the marks and their neighbours, the first mark's before all, below the header.
fn rows(marked: &[u32], header: &Range<u32>, count: u32) -> BTreeSet<u32> {
    let mut shown: BTreeSet<u32> = header.clone().collect();
    for &row in marked {
        if shown.len() >= ROWS {
            break;
        }
        shown.extend(row.saturating_sub(1)..(row + 2).min(count));
    }
    shown
}

/// The columns to be shown: all that hold something, of wide tables the labels and those about the marks.
fn columns(table: &Table<'_>, shown: &BTreeSet<u32>, marked: &[usize]) -> BTreeSet<u32> {
    let cells = table.cells();
    let mut columns: BTreeSet<u32> = marked.iter().map(|&cell| cells[cell].columns.start).collect();
    let single = cells.iter().filter(|cell| cell.columns.len() == 1 && !cell.is_blank());
    columns
        .extend(single.filter(|cell| shown.range(cell.rows.clone()).next().is_some()).map(|cell| cell.columns.start));
    if columns.is_empty() {
        columns.insert(0);
    }
    if columns.len() <= COLUMNS {
        return columns;
    }
    let primary = marked.first().map_or(0, |&cell| cells[cell].columns.start);
    let mut by_distance: Vec<u32> = columns.into_iter().collect();
    by_distance.sort_by_key(|&column| (column >= LABELS, column.abs_diff(primary), column));
    by_distance.into_iter().take(COLUMNS).collect()
}

/// A passage with the stretches that are marked, cut where it is long.
fn of_passage(passage: &Passage<'_>, marks: &[Placed<'_>]) -> Vec<Stretch> {
    let ranges = marks.iter().map(|(_, mark)| (range_in(passage, mark.location), mark.number));
    of_text(&passage.text, ranges.collect())
}

/// Where a place stands in a passage; all of it, where its text has no finer places.
fn range_in(passage: &Passage<'_>, place: &Location) -> Range<usize> {
    let Location::Text(wanted) = place else { return 0..passage.text.len() };
    let mut range: Option<Range<usize>> = None;
    for (at, c) in passage.text.char_indices() {
        let own = at..at + c.len_utf8();
        let Location::Text(source) = passage.locate(own.clone()) else { return 0..passage.text.len() };
        if source.start >= wanted.start && source.start < wanted.end.max(wanted.start + 1) {
            range = Some(range.map_or(own.clone(), |range| range.start..own.end));
        }
    }
    range.unwrap_or(0..0)
}

/// The lines of a file that has no pieces, as they stand.
fn of_lines(document: &Document<'_>, lines: &Lines<'_>, mark: &Mark<'_>) -> Option<Vec<Stretch>> {
    let excerpt = excerpt::of(document, lines, &[mark.location], None)?;
    let span = excerpt.spans.first().cloned().flatten().unwrap_or(0..0);
    Some(of_text(&excerpt.text, vec![(span, mark.number)]))
}

fn of_text(text: &str, mut ranges: Vec<(Range<usize>, usize)>) -> Vec<Stretch> {
    ranges.sort_by_key(|(range, number)| (range.start, range.end, *number));
    let mut stretches = Vec::new();
    let mut at = 0;
    for (range, number) in ranges {
        let (Some(between), Some(marked)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
        let is_first = at == 0;
        push(&mut stretches, &cut(between, is_first, false), None);
        push(&mut stretches, &cut(marked, false, false), Some(number));
        at = range.end;
    }
    push(&mut stretches, &cut(&text[at..], false, true), None);
    stretches
}

fn push(stretches: &mut Vec<Stretch>, text: &str, mark: Option<usize>) {
    if !text.is_empty() {
        stretches.push(Stretch { text: text.to_owned(), mark });
    }
}

/// A text without its middle, of a first one without its beginning, of a last one without its end.
fn cut(text: &str, is_first: bool, is_last: bool) -> String {
    let count = text.chars().count();
    if count <= AROUND * 2 {
        return text.to_owned();
    }
    let head = || text.chars().take(AROUND).collect::<String>();
    let tail = || text.chars().skip(count - AROUND).collect::<String>();
    match (is_first, is_last) {
        (true, _) => format!("…{}", tail()),
        (_, true) => format!("{}…", head()),
        _ => format!("{}…{}", head(), tail()),
    }
}

fn one_line(text: &str) -> String {
    clipped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || ".,-+%".contains(c))
}
