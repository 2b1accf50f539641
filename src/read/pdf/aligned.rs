//! Tables without lines: figures below each other, with their labels to the left.
//!
//! Where a figure belongs is read off the rows that have all of them: each column is as wide as its figures there. A figure
//! of another row that is not below exactly one of these columns is unknown; it is never moved to the nearest.

use std::ops::Range;

use super::super::budget::Budget;
use super::super::unreadable::Unreadable;
use super::blocks::blocks;
use super::broken_off::{self, Below, TableLine};
use super::canvas::Glyph;
use super::matrix::Area;
use super::rules::Rule;
use super::segment::{Row, Segment};
use super::sheet::Sheet;
use super::table::PageTable;
use super::text::{self, Line};
use super::touching::{self, Setting};
use super::typeface::{UNKNOWN, is_numeric};
use crate::label::Label;

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

/// Labels that begin no further apart than this begin at the same place.
const INDENT: f64 = 7.0;
/// Those that are below each other in a column, than this.
const EXACTLY: f64 = 0.6;

/// The lines of a page with the tables among them, from top to bottom.
pub(super) fn pieces(lines: Vec<Line>, sheet: &Sheet, budget: &mut Budget<'_>) -> Result<Vec<Piece>, Unreadable> {
    let mut rows: Vec<Row> = lines.into_iter().map(Row::new).collect();
    let mut pieces = Vec::new();
    let mut done = 0;
    for block in blocks(&rows, &sheet.rules.across) {
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

/// The columns of a table: first those of labels, by where these begin, then those of figures.
struct Columns {
    labels: Vec<f64>,
    /// Where several labels begin exactly.
    starts: Vec<f64>,
    figures: Vec<Range<f64>>,
    /// How the figures of each column are set.
    settings: Vec<Setting>,
}

impl Columns {
    /// None where it is not sure which figures are below each other.
    fn of(rows: &[Row]) -> Option<Self> {
        let most = rows.iter().map(|row| row.figures().count()).max().filter(|most| *most > 0)?;
        let mut areas: Vec<Vec<Area>> = vec![Vec::new(); most];
        for row in rows.iter().filter(|row| row.has_figures() && row.figures().count() == most) {
            areas.iter_mut().zip(row.figures()).for_each(|(column, figure)| column.push(figure.area));
        }
        let end = |areas: &Vec<Area>| areas.iter().map(|area| area.right).fold(f64::NEG_INFINITY, f64::max);
        let start = |areas: &Vec<Area>| areas.iter().map(|area| area.left).fold(f64::INFINITY, f64::min);
        let figures: Vec<Range<f64>> = areas.iter().map(|areas| start(areas)..end(areas)).collect();
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
        let settings = areas.iter().map(|areas| Setting::of(areas)).collect();
        Some(Self { labels, starts, figures, settings })
    }

    /// The column of figures that an area is below, if it is exactly one; or the one whose figures are set as it is.
    fn of_figure(&self, area: Area) -> Option<usize> {
        let is_below =
            |column: &usize| area.left < self.figures[*column].end && area.right > self.figures[*column].start;
        let is_set = |column: &usize| is_below(column) && self.settings[*column].fits(area);
        let only = |found: &dyn Fn(&usize) -> bool| {
            let mut found = (0..self.figures.len()).filter(found);
            let column = found.next()?;
            found.next().is_none().then_some(column)
        };
        only(&is_below).or_else(|| only(&is_set))
    }

    /// Figures that touch, apart.
    fn apart(&self, figure: &Segment) -> Option<Vec<Segment>> {
        let found =
            self.of_figure(figure.area).is_none().then(|| touching::figures(&figure.glyphs, &self.settings))??;
        found.into_iter().map(|(_, part)| Segment::of(&figure.glyphs[part], true)).collect()
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
        let mut table = PageTable::new([true; 2], [false; 2]);
        table.figures.clone_from(&self.figures);
        for (own, number) in self.joined(rows, &sheet.rules.across).into_iter().zip(0..) {
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
    /// last line, or between the same lines across; and the label of several rows in the one that is nearest to its middle.
    fn joined(&self, rows: &[Row], rules: &[Rule]) -> Vec<Vec<Segment>> {
        let figure_rows: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].has_figures()).collect();
        let first = figure_rows.first().copied().unwrap_or(rows.len());
        let parted = |row: &Row| row.segments.iter().flat_map(|segment| self.parted(segment)).collect();
        let mut segments: Vec<Vec<Segment>> = rows.iter().map(parted).collect();
        let is_label = |segments: &[Segment]| segments.iter().all(|segment| segment.area.right <= self.left());
        let begin = (0..first).rev().take_while(|row| is_label(&segments[*row])).last().unwrap_or(first);
        let stacks = self.take_stacks(rows, begin, &mut segments);
        let bands = self.bands(rows, &figure_rows, rules);
        let mut of_row: Vec<usize> = (0..rows.len()).collect();
        for row in begin..rows.len() {
            if rows[row].has_figures() || segments[row].is_empty() || !is_label(&segments[row]) {
                continue;
            }
            let own = match &bands {
                Some(bands) => {
                    let is_own = |other: &usize| bands[*other] == bands[row];
                    figure_rows.iter().copied().find(is_own).or_else(|| (begin..row).find(is_own))
                }
                None => nearest(rows, &figure_rows, row, &segments),
            };
            of_row[row] = own.unwrap_or(row);
        }
        for pair in figure_rows.windows(2) {
            if let Some((own, other)) = self.complete(rows, pair[0], pair[1]) {
                of_row[other] = own;
            }
        }
        if bands.is_none() {
            self.join_figures(rows, &mut of_row, &mut segments);
        }
        for own in figure_rows.iter().filter(|_| bands.is_none()) {
            let is_of = |row: &usize| of_row[of_row[*row]] == *own && !segments[*row].is_empty();
            let lines: Vec<usize> = (begin..rows.len()).filter(is_of).collect();
            let rest = if *own == first && begin == 0 { rest_above(rows, *own, &lines, &segments) } else { 0 };
            let kept = if is_one_label(rows, *own, &lines[rest..]) { rest } else { lines.len() };
            let labels = lines[..kept].iter().filter(|row| !rows[**row].has_figures());
            labels.for_each(|row| of_row[*row] = *row);
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

    /// Between which lines across each row is; none where these do not set all rows of figures apart.
    fn bands(&self, rows: &[Row], figure_rows: &[usize], rules: &[Rule]) -> Option<Vec<usize>> {
        let (right, top, bottom) = (self.figures.last()?.end, rows.first()?.middle(), rows.last()?.middle());
        let borders = rules.iter().filter(|rule| rule.from < self.left() && right < rule.to).map(|rule| rule.at);
        let borders: Vec<f64> = borders.filter(|at| (top..bottom).contains(at)).collect();
        let bands: Vec<usize> =
            rows.iter().map(|row| borders.partition_point(|border| *border < row.middle())).collect();
        let are_apart = figure_rows.windows(2).all(|pair| bands[pair[0]] < bands[pair[1]]);
        (are_apart && !borders.is_empty()).then_some(bands)
    }

    /// Of two lines that together have one figure in each column, which one has more of them, and the other: a figure may be
    /// set higher than the rest of its row.
    fn complete(&self, rows: &[Row], one: usize, other: usize) -> Option<(usize, usize)> {
        const LEADING: f64 = 1.6;
        let (of_one, of_other) = (self.columns_of(&rows[one])?, self.columns_of(&rows[other])?);
        let is_close = rows[other].middle() - rows[one].middle() < LEADING * rows[one].line.size;
        let mut all: Vec<usize> = of_one.iter().chain(&of_other).copied().collect();
        all.sort_unstable();
        let is_whole = all.iter().copied().eq(0..self.figures.len());
        let are_parts = !of_one.is_empty() && !of_other.is_empty();
        let own = if of_one.len() < of_other.len() { (other, one) } else { (one, other) };
        (is_close && is_whole && are_parts).then_some(own)
    }

    /// The columns of a row's figures; none where one is not below exactly one.
    fn columns_of(&self, row: &Row) -> Option<Vec<usize>> {
        let parts = row.segments.iter().flat_map(|segment| self.parted(segment));
        let figures = parts.filter(|part| part.is_figure && part.area.right > self.left());
        figures.map(|part| self.of_figure(part.area)).collect()
    }

    /// Puts the rest of figures that narrow columns break below their beginning.
    fn join_figures(&self, rows: &[Row], of_row: &mut [usize], segments: &mut [Vec<Segment>]) {
        let line = |(row, own): (usize, &Row)| {
            let labels = || segments[row].iter().filter(|segment| segment.area.right <= self.left());
            TableLine {
                row,
                // Labels of several rows may be a little off the line.
                middle: own.figures().last().map_or(own.middle(), |figure| figure.area.center().y),
                size: own.line.size,
                columns: self.columns_of(own).unwrap_or_default(),
                labels: labels().map(|segment| segment.area.left).collect(),
                is_numbered: labels().next_back().is_some_and(is_numbered),
            }
        };
        let lines: Vec<TableLine> = rows.iter().enumerate().map(line).collect();
        let mut first = 0;
        for (row, below) in broken_off::below(&lines) {
            if below == Below::Row {
                first = row;
                continue;
            }
            let (figures, words) =
                std::mem::take(&mut segments[row]).into_iter().partition(|segment: &Segment| segment.is_figure);
            segments[row] = words;
            of_row[row] = first;
            for mut rest in figures {
                let column = self.of_figure(rest.area);
                let is_begun = |begun: &&mut Segment| begun.is_figure && self.of_figure(begun.area) == column;
                let Some(begun) = segments[first].iter_mut().find(is_begun) else {
                    segments[first].push(rest);
                    continue;
                };
                let unclear = begun.glyphs.iter_mut().chain(&mut rest.glyphs).filter(|_| below == Below::Unclear);
                unclear.for_each(|glyph| glyph.c = UNKNOWN);
                begun.glyphs.append(&mut rest.glyphs);
                begun.area = begun.area.union(rest.area);
            }
        }
    }

    /// A segment, with a figure at its end apart that is in a column of figures: a long label may come close to it.
    fn parted(&self, segment: &Segment) -> Vec<Segment> {
        const LEAST: f64 = 0.12;
        let start = segment.glyphs.iter().rposition(|glyph| !is_numeric(glyph.c)).map_or(0, |last| last + 1);
        let (words, figure) = segment.glyphs.split_at(start);
        let (Some(before), Some(first)) = (words.last(), figure.first()) else {
            let is_label = !segment.is_figure && segment.area.right <= self.left();
            let figures = segment.is_figure.then(|| self.apart(segment)).flatten();
            return match figures {
                Some(figures) => figures,
                None if is_label => self.labels_of(segment.clone()),
                None => vec![segment.clone()],
            };
        };
        let apart = Segment::of(words, false).zip(Segment::of(figure, true));
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
        parts.filter_map(|glyphs| Segment::of(glyphs, false)).collect()
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

/// The row of figures that a line of a label is nearest to, if it is clearly nearer than any other. A line with a number of its
/// own begins a label: no line before it is of that label.
fn nearest(rows: &[Row], figure_rows: &[usize], row: usize, segments: &[Vec<Segment>]) -> Option<usize> {
    const CLEARLY: f64 = 0.3;
    const FURTHEST: f64 = 3.0;
    let size = rows[row].line.size;
    let distance = |own: usize| (rows[own].middle() - rows[row].middle()).abs() / size;
    let begins = |other: usize| {
        let is_over =
            |one: &Segment, other: &Segment| one.area.left < other.area.right && other.area.left < one.area.right;
        let pair = label_of(&segments[other]).zip(label_of(&segments[row]));
        pair.is_some_and(|(other, own)| is_over(other, own) && is_numbered(other))
    };
    let next = figure_rows.partition_point(|own| *own < row);
    let before = next.checked_sub(1).map(|before| figure_rows[before]);
    let before = before.filter(|before| distance(*before) < FURTHEST && !(before + 1..=row).any(begins));
    let next = figure_rows.get(next).copied();
    let next = next.filter(|next| distance(*next) < FURTHEST && !(row + 1..=*next).any(begins));
    let mut around: Vec<usize> = [before, next].into_iter().flatten().collect();
    around.sort_by(|one, other| distance(*one).total_cmp(&distance(*other)));
    match around[..] {
        [only] => Some(only),
        [first, second, ..] if distance(second) - distance(first) > CLEARLY => Some(first),
        _ => None,
    }
}

/// The last label of a row.
fn label_of(segments: &[Segment]) -> Option<&Segment> {
    segments.iter().rfind(|segment| !segment.is_figure)
}

fn is_numbered(label: &Segment) -> bool {
    Label::new(&label.text()).ordinal.is_some()
}

/// Whether the lines of a label are around its figures as in one row.
fn is_one_label(rows: &[Row], own: usize, lines: &[usize]) -> bool {
    let middles = lines.iter().map(|row| rows[*row].middle());
    let (first, last) =
        middles.fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), y| (first.min(y), last.max(y)));
    let (at, size) = (rows[own].middle(), rows[own].line.size);
    let has_label = rows[own].segments.iter().any(|segment| !segment.is_figure);
    let is_at = |y: f64| (y - at).abs() < 0.4 * size;
    // Above the first figures, what is no part of their label may be a row without figures.
    let is_last = is_at(last) && lines.first().is_none_or(|line| rows[..*line].iter().any(Row::has_figures));
    is_at(f64::midpoint(first, last)) || has_label && (is_at(first) || is_last)
}

/// How many of the lines above the first figures of a page are the rest of a row of the page before: those above a number of
/// its own, and those that its label is in the middle without.
fn rest_above(rows: &[Row], own: usize, lines: &[usize], segments: &[Vec<Segment>]) -> usize {
    let begins = |row: &usize| label_of(&segments[*row]).is_some_and(is_numbered);
    let above = lines.iter().filter(|row| **row <= own).count();
    let least = lines[..above].iter().rposition(begins).unwrap_or(0);
    (least..above).find(|rest| is_one_label(rows, own, &lines[*rest..])).unwrap_or(least)
}
