//! Tables without lines: figures below each other, with their labels to the left.
//!
//! Where a figure belongs is read off the rows that have all of them: each column is as wide as its figures there. A figure
//! of another row that is not below exactly one of these columns is unknown; it is never moved to the nearest.

use std::ops::Range;

use super::super::budget::Budget;
use super::super::unreadable::Unreadable;
use super::canvas::Glyph;
use super::matrix::Area;
use super::sheet::Sheet;
use super::table::PageTable;
use super::text::{self, Line};
use super::typeface::{UNKNOWN, is_numeric};

/// A line of text, a table with where it is, or a picture.
pub(super) enum Piece {
    Line(Line),
    Table(Area, PageTable),
    Picture(Area),
}

impl Piece {
    pub fn area(&self) -> Area {
        match self {
            Self::Line(line) => line.area,
            Self::Table(area, _) | Self::Picture(area) => *area,
        }
    }
}

/// A stretch of a line with blank around it.
#[derive(Debug, Clone)]
struct Segment {
    glyphs: Vec<Glyph>,
    area: Area,
    is_figure: bool,
}

/// A line as segments.
#[derive(Debug)]
struct Row {
    line: Line,
    segments: Vec<Segment>,
}

impl Segment {
    fn with(mut self, other: Self) -> Self {
        self.glyphs.extend(other.glyphs);
        Self { area: self.area.union(other.area), ..self }
    }
}

/// Labels that begin no further apart than this begin at the same place.
const INDENT: f64 = 7.0;
/// Those that are below each other in a column, than this.
const EXACTLY: f64 = 0.6;

impl Row {
    fn new(line: Line) -> Self {
        Self { segments: segments(&line), line }
    }

    fn has_figures(&self) -> bool {
        self.segments.len() > 1 && self.figures().count() > 0
    }

    fn figures(&self) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(|segment| segment.is_figure)
    }

    fn middle(&self) -> f64 {
        self.line.area.center().y
    }
}

/// The lines of a page with the tables among them, from top to bottom.
pub(super) fn pieces(lines: Vec<Line>, sheet: &Sheet, budget: &mut Budget<'_>) -> Result<Vec<Piece>, Unreadable> {
    let mut rows: Vec<Row> = lines.into_iter().map(Row::new).collect();
    let mut pieces = Vec::new();
    let mut done = 0;
    for block in blocks(&rows) {
        let Some(columns) = Columns::of(&rows[block.clone()]) else { continue };
        let lines = rows[done..block.start].iter_mut().map(|row| Piece::Line(row.line.clone()));
        pieces.extend(lines);
        let own = &rows[block.clone()];
        let area = own.iter().map(|row| row.line.area).reduce(Area::union).unwrap_or(Area::ALL);
        pieces.push(Piece::Table(area, columns.table(own, sheet, budget)?));
        done = block.end;
    }
    pieces.extend(rows.drain(done..).map(|row| Piece::Line(row.line)));
    Ok(pieces)
}

fn segments(line: &Line) -> Vec<Segment> {
    /// As shares of the size: blank between figures, between a figure and text, and within text.
    const FIGURES: f64 = 0.45;
    const BESIDE: f64 = 0.8;
    const TEXT: f64 = 1.4;
    let mut parts: Vec<Vec<Glyph>> = Vec::new();
    for glyph in &line.glyphs {
        let before = parts.last().and_then(|part| part.last());
        let goes_on = before.is_some_and(|before| {
            let least = match (is_numeric(before.c), is_numeric(glyph.c)) {
                (true, true) => FIGURES,
                (false, false) => TEXT,
                _ => BESIDE,
            };
            text::gap(before, glyph) < least
        });
        match parts.last_mut().filter(|_| goes_on) {
            Some(part) => part.push(*glyph),
            None => parts.push(vec![*glyph]),
        }
    }
    let segment = |glyphs: Vec<Glyph>| {
        let area = glyphs.iter().map(|glyph| glyph.area).reduce(Area::union)?;
        let is_figure = glyphs.iter().all(|glyph| is_numeric(glyph.c))
            && glyphs.iter().any(|glyph| !matches!(glyph.c, '.' | ','))
            && !glyphs.windows(2).any(|pair| pair[0].c == '.' && pair[1].c == '.');
        Some(Segment { glyphs, area, is_figure })
    };
    parts.into_iter().filter_map(segment).collect()
}

/// Where tables may be: from a header, or the first row of figures, to the last row before other text.
fn blocks(rows: &[Row]) -> Vec<Range<usize>> {
    /// Rows of a table without figures, one behind the other.
    const BARE: usize = 6;
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(first) = (at..rows.len()).find(|row| rows[*row].has_figures()) {
        // Words beside each other above are its header.
        let is_header = |row: &usize| !rows[*row].has_figures() && is_in_columns(rows, *row);
        let start = (at..first).rev().take_while(is_header).last().unwrap_or(first);
        let mut end = first + 1;
        let mut next = end;
        while next < rows.len() && next - end <= BARE && is_near(rows, next) {
            if rows[next].has_figures() {
                end = next + 1;
            } else if is_header(&next) && begins_header(rows, first..end, next) {
                break;
            }
            next += 1;
        }
        if (start..end).filter(|row| rows[*row].has_figures()).count() > 1 || start < first {
            blocks.push(start..end);
        }
        at = end;
    }
    blocks
}

/// Whether a line is words beside each other, near the line below it.
fn is_in_columns(rows: &[Row], row: usize) -> bool {
    rows[row].segments.len() > 1 && rows.get(row + 1).is_none_or(|_| is_near(rows, row + 1))
}

/// Whether a line is no further below the one before it than the rows of a table are.
fn is_near(rows: &[Row], row: usize) -> bool {
    const LEADING: f64 = 3.4;
    let (above, below) = (&rows[row - 1].line, &rows[row].line);
    below.area.center().y - above.area.center().y < LEADING * above.size.max(below.size)
}

/// Whether a line without figures has words where the figures above it are, so that others are to come.
fn begins_header(rows: &[Row], of: Range<usize>, row: usize) -> bool {
    let left = rows[of].iter().flat_map(Row::figures).map(|figure| figure.area.left).fold(f64::INFINITY, f64::min);
    rows[row].segments.iter().any(|segment| segment.area.right > left)
}

/// The columns of a table: first those of labels, by where these begin, then those of figures.
struct Columns {
    labels: Vec<f64>,
    /// Where several labels begin exactly.
    starts: Vec<f64>,
    figures: Vec<Range<f64>>,
}

impl Columns {
    /// None where it is not sure which figures are below each other.
    fn of(rows: &[Row]) -> Option<Self> {
        let most = rows.iter().map(|row| row.figures().count()).max().filter(|most| *most > 0)?;
        let mut figures: Vec<Range<f64>> = vec![f64::INFINITY..f64::NEG_INFINITY; most];
        for row in rows.iter().filter(|row| row.has_figures() && row.figures().count() == most) {
            for (column, figure) in figures.iter_mut().zip(row.figures()) {
                *column = column.start.min(figure.area.left)..column.end.max(figure.area.right);
            }
        }
        if figures.windows(2).any(|pair| pair[0].end >= pair[1].start) {
            return None;
        }
        let left = figures[0].start;
        let words = rows.iter().flat_map(|row| &row.segments).filter(|segment| !segment.is_figure);
        let mut labels: Vec<f64> =
            words.filter(|segment| segment.area.right <= left).map(|segment| segment.area.left).collect();
        labels.sort_by(f64::total_cmp);
        let mut starts: Vec<f64> =
            labels.windows(2).filter(|pair| pair[1] - pair[0] < EXACTLY).map(|pair| pair[0]).collect();
        starts.dedup_by(|one, other| *one - *other < EXACTLY);
        labels.dedup_by(|one, other| *one - *other < INDENT);
        Some(Self { labels, starts, figures })
    }

    /// The column of figures that an area is below, if it is exactly one.
    fn of_figure(&self, area: Area) -> Option<usize> {
        let mut found =
            self.figures.iter().enumerate().filter(|(_, column)| area.left < column.end && area.right > column.start);
        let (column, _) = found.next()?;
        found.next().is_none().then_some(column)
    }

    /// The columns of figures that words are above; of other words none.
    fn below(&self, area: Area) -> Option<Range<u32>> {
        let is_met = |column: &Range<f64>| area.left < column.end && area.right > column.start;
        let first = self.figures.iter().position(is_met)?;
        let last = self.figures.iter().rposition(is_met)?;
        let start = self.labels.len();
        Some((start + first) as u32..(start + last) as u32 + 1)
    }

    /// The column of a label, by where it begins.
    fn of_label(&self, area: Area) -> u32 {
        (self.labels.partition_point(|start| *start <= area.left + INDENT) as u32).saturating_sub(1)
    }

    fn table(&self, rows: &[Row], sheet: &Sheet, budget: &mut Budget<'_>) -> Result<PageTable, Unreadable> {
        let mut table = PageTable::new([true; 2]);
        for (own, number) in self.joined(rows).into_iter().zip(0..) {
            for (columns, area, glyphs) in self.cells(own) {
                table.add((number..number + 1, columns), (area, glyphs), sheet, budget)?;
            }
        }
        Ok(table)
    }

    /// The cells of a row, from left to right.
    fn cells(&self, segments: Vec<Segment>) -> Vec<(Range<u32>, Area, Vec<Glyph>)> {
        let mut cells: Vec<(Range<u32>, Area, Vec<Glyph>)> = Vec::new();
        for Segment { mut glyphs, area, is_figure } in segments {
            let is_label = area.right <= self.left();
            let columns = if is_label {
                let column = self.of_label(area);
                column..column + 1
            } else if is_figure {
                let column = self.of_figure(area).map(|column| (self.labels.len() + column) as u32);
                let is_taken = |column: u32| cells.iter().any(|(known, ..)| known.contains(&column));
                if column.is_none_or(is_taken) {
                    glyphs.iter_mut().for_each(|glyph| glyph.c = UNKNOWN);
                }
                column.map_or_else(|| self.beside(area), |column| column..column + 1)
            } else {
                self.below(area).unwrap_or_else(|| self.beside(area))
            };
            // Lines of one label are over each other; of a header, words in the same columns.
            let is_one = |(known, around, _): &&mut (Range<u32>, Area, Vec<Glyph>)| {
                let is_over = around.left < area.right && area.left < around.right;
                if is_label {
                    is_over && known.end as usize <= self.labels.len()
                } else {
                    known.start < columns.end && columns.start < known.end
                }
            };
            match cells.iter_mut().find(is_one) {
                Some((_, around, known)) => {
                    *around = around.union(area);
                    known.extend(glyphs);
                }
                None => cells.push((columns, area, glyphs)),
            }
        }
        cells.sort_by(|one, other| one.1.left.total_cmp(&other.1.left));
        let mut next = 0;
        for (columns, ..) in &mut cells {
            let start = columns.start.max(next);
            *columns = start..columns.end.max(start + 1);
            next = columns.end;
        }
        cells
    }

    /// The column behind the last one that is to the left of an area.
    fn beside(&self, area: Area) -> Range<u32> {
        let before = self.figures.iter().filter(|column| column.end <= area.left).count();
        let column = (self.labels.len() + before) as u32;
        column..column + 1
    }

    fn left(&self) -> f64 {
        self.figures[0].start
    }

    /// The rows, a label over several lines joined around the figures that are beside its middle, its first or its
    /// last line; and the label of several rows in the one that is nearest to its middle.
    fn joined(&self, rows: &[Row]) -> Vec<Vec<Segment>> {
        let figure_rows: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].has_figures()).collect();
        let first = figure_rows.first().copied().unwrap_or(rows.len());
        let parted = |row: &Row| row.segments.iter().flat_map(|segment| self.parted(segment)).collect();
        let mut segments: Vec<Vec<Segment>> = rows.iter().map(parted).collect();
        let stacks = self.take_stacks(rows, first, &mut segments);
        let mut of_row: Vec<usize> = (0..rows.len()).collect();
        for row in first..rows.len() {
            let is_label = segments[row].iter().all(|segment| segment.area.right <= self.left());
            if !rows[row].has_figures() && !segments[row].is_empty() && is_label {
                of_row[row] = nearest(rows, &figure_rows, row).unwrap_or(row);
            }
        }
        for pair in figure_rows.windows(2) {
            if let Some((own, other)) = self.complete(rows, pair[0], pair[1]) {
                of_row[other] = own;
            }
        }
        for own in &figure_rows {
            let is_of = |row: &usize| of_row[of_row[*row]] == *own && !segments[*row].is_empty();
            let lines: Vec<usize> = (first..rows.len()).filter(is_of).collect();
            if !is_beside(rows, *own, &lines) {
                let labels = lines.into_iter().filter(|row| !rows[*row].has_figures());
                labels.for_each(|row| of_row[row] = row);
            }
        }
        let mut joined: Vec<Vec<Segment>> = vec![Vec::new(); rows.len()];
        for (row, segments) in segments.into_iter().enumerate() {
            // What is beside a line of figures that belongs to another one belongs there, too.
            joined[of_row[of_row[row]]].extend(segments);
        }
        for stack in stacks {
            let away = |row: &usize| (rows[*row].middle() - stack.area.center().y).abs();
            let nearest = figure_rows.iter().copied().min_by(|one, other| away(one).total_cmp(&away(other)));
            joined[nearest.unwrap_or(first)].push(stack);
        }
        joined.into_iter().filter(|segments| !segments.is_empty()).collect()
    }

    /// Of two lines that together have one figure in each column, which one has more of them, and the other: a figure may be
    /// set higher than the rest of its row.
    fn complete(&self, rows: &[Row], one: usize, other: usize) -> Option<(usize, usize)> {
        const LEADING: f64 = 1.6;
        let columns = |row: usize| -> Option<Vec<usize>> {
            let parts = rows[row].segments.iter().flat_map(|segment| self.parted(segment));
            parts
                .filter(|part| part.is_figure && part.area.right > self.left())
                .map(|part| self.of_figure(part.area))
                .collect()
        };
        let (of_one, of_other) = (columns(one)?, columns(other)?);
        let is_close = rows[other].middle() - rows[one].middle() < LEADING * rows[one].line.size;
        let mut all: Vec<usize> = of_one.iter().chain(&of_other).copied().collect();
        all.sort_unstable();
        let is_whole = all.iter().copied().eq(0..self.figures.len());
        let are_parts = !of_one.is_empty() && !of_other.is_empty();
        let own = if of_one.len() < of_other.len() { (other, one) } else { (one, other) };
        (is_close && is_whole && are_parts).then_some(own)
    }

    /// A segment, with a figure at its end apart that is in a column of figures: a long label may come close to it.
    fn parted(&self, segment: &Segment) -> Vec<Segment> {
        const LEAST: f64 = 0.12;
        let start = segment.glyphs.iter().rposition(|glyph| !is_numeric(glyph.c)).map_or(0, |last| last + 1);
        let (words, figure) = segment.glyphs.split_at(start);
        let (Some(before), Some(first)) = (words.last(), figure.first()) else {
            let is_label = !segment.is_figure && segment.area.right <= self.left();
            return if is_label { self.labels_of(segment.clone()) } else { vec![segment.clone()] };
        };
        let segment_of = |glyphs: &[Glyph], is_figure| {
            let area = glyphs.iter().map(|glyph| glyph.area).reduce(Area::union)?;
            Some(Segment { glyphs: glyphs.to_vec(), area, is_figure })
        };
        let apart = segment_of(words, false).zip(segment_of(figure, true));
        let is_apart = text::gap(before, first) >= LEAST && before.area.right <= self.left();
        match apart.filter(|(_, figure)| is_apart && self.of_figure(figure.area) == Some(0)) {
            Some((words, figure)) => self.labels_of(words).into_iter().chain([figure]).collect(),
            None => vec![segment.clone()],
        }
    }

    /// Words, cut where other labels begin: the label of several rows may come close to the one beside it.
    fn labels_of(&self, words: Segment) -> Vec<Segment> {
        const LEAST: f64 = 0.08;
        let begins = |pair: &[Glyph]| {
            let start = pair[1].area.left;
            text::gap(&pair[0], &pair[1]) >= LEAST && self.starts.iter().any(|known| (known - start).abs() < EXACTLY)
        };
        let parts = words.glyphs.chunk_by(|one, other| !begins(&[*one, *other]));
        let part = |glyphs: &[Glyph]| {
            let area = glyphs.iter().map(|glyph| glyph.area).reduce(Area::union)?;
            Some(Segment { glyphs: glyphs.to_vec(), area, is_figure: false })
        };
        parts.filter_map(part).collect()
    }

    /// Takes labels out that are beside several rows: narrow lines closely below each other, to the left of other labels.
    fn take_stacks(&self, rows: &[Row], first: usize, segments: &mut [Vec<Segment>]) -> Vec<Segment> {
        const LEADING: f64 = 1.7;
        let mut stacks = Vec::new();
        for (column, pair) in self.labels.windows(2).enumerate() {
            // Where in which row such a line is.
            let mut open: Vec<(usize, usize)> = Vec::new();
            for row in first..=rows.len() {
                let is_line = |segment: &Segment| {
                    !segment.is_figure
                        && self.of_label(segment.area) == column as u32
                        && segment.area.right <= pair[1] + INDENT
                };
                let found = segments.get(row).and_then(|own| own.iter().position(is_line));
                let is_close = open
                    .last()
                    .zip(rows.get(row))
                    .is_none_or(|((last, _), next)| next.middle() - rows[*last].middle() < LEADING * next.line.size);
                if let Some(found) = found.filter(|_| is_close) {
                    open.push((row, found));
                    continue;
                }
                if found.is_none() && is_close && row < rows.len() {
                    continue;
                }
                let lines = std::mem::take(&mut open);
                let is_own = |(row, at): &(usize, usize)| {
                    rows[*row].has_figures() && !has_label_behind(&segments[*row], *at, self.left())
                };
                if lines.len() > 1
                    && lines.iter().any(|(row, at)| has_label_behind(&segments[*row], *at, self.left()))
                    && !lines.iter().any(is_own)
                {
                    let taken: Vec<Segment> = lines.into_iter().map(|(row, at)| segments[row].remove(at)).collect();
                    stacks.extend(taken.into_iter().reduce(Segment::with));
                }
                open.extend(found.map(|found| (row, found)));
            }
        }
        stacks
    }
}

/// Whether there is a label to the right of a segment, before the figures.
fn has_label_behind(segments: &[Segment], at: usize, figures: f64) -> bool {
    segments[at + 1..].iter().any(|segment| !segment.is_figure && segment.area.right <= figures)
}

/// The row of figures that a line of a label is nearest to, if it is clearly nearer than any other.
fn nearest(rows: &[Row], figure_rows: &[usize], row: usize) -> Option<usize> {
    const CLEARLY: f64 = 0.3;
    const FURTHEST: f64 = 3.0;
    let size = rows[row].line.size;
    let distance = |own: usize| (rows[own].middle() - rows[row].middle()).abs() / size;
    let next = figure_rows.partition_point(|own| *own < row);
    let around = [next.checked_sub(1).map(|before| figure_rows[before]), figure_rows.get(next).copied()];
    let mut around: Vec<usize> = around.into_iter().flatten().filter(|own| distance(*own) < FURTHEST).collect();
    around.sort_by(|one, other| distance(*one).total_cmp(&distance(*other)));
    match around[..] {
        [only] => Some(only),
        [first, second, ..] if distance(second) - distance(first) > CLEARLY => Some(first),
        _ => None,
    }
}

/// Whether the lines of a label are around its figures as in one row.
fn is_beside(rows: &[Row], own: usize, lines: &[usize]) -> bool {
    let middles = lines.iter().map(|row| rows[*row].middle());
    let (first, last) =
        middles.fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), y| (first.min(y), last.max(y)));
    let (at, size) = (rows[own].middle(), rows[own].line.size);
    let has_label = rows[own].segments.iter().any(|segment| !segment.is_figure);
    let is_at = |y: f64| (y - at).abs() < 0.4 * size;
    is_at(f64::midpoint(first, last)) || has_label && (is_at(first) || is_at(last))
}
