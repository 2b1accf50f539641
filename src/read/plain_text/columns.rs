//! Which column of a table the cells of a row are in that has few of them, where only blanks set cells apart: a row may be
//! broken into lines, the label over all of them and the figures in some.

use std::iter;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::field::Field;
use super::line::{Line, LineKind};

/// Lines above and below in which a fuller row shows where the columns are.
const REACH: usize = 12;
/// From a row to a fuller one so many times.
const STEPS: usize = 4;
/// So many figures make a row that shows where columns are.
const FIGURES: usize = 3;

/// Gives the cells of rows with few of them the columns of the fuller row nearest to them. All other rows keep theirs.
pub(super) fn align(lines: &mut [Line<'_>]) {
    let shows_columns: Vec<bool> = lines.iter().map(shows_columns).collect();
    let fuller = |index: usize| {
        let fuller = |at: &usize| shows_columns[*at] && lines[*at].fields().len() > lines[index].fields().len();
        let above = (index.saturating_sub(REACH)..index).rev();
        let below = index + 1..(index + REACH + 1).min(lines.len());
        let nearest = above.filter(fuller).take(1).chain(below.filter(fuller).take(1));
        nearest.min_by_key(|at| at.abs_diff(index))
    };
    // The fuller line may be one of several of its row, too.
    let fullest = |index: usize| iter::successors(fuller(index), |&at| fuller(at)).take(STEPS).last();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if !is_spaced(line) || !line.fields().iter().any(Field::is_figure) {
            continue;
        }
        let Some(fullest) = fullest(index) else { continue };
        found.push((index, columns(line, &lines[fullest])));
    }
    for (index, columns) in found {
        let LineKind::Row(fields) = &mut lines[index].kind else { continue };
        fields.iter_mut().zip(columns).for_each(|(field, column)| field.column = column);
    }
}

fn shows_columns(line: &Line<'_>) -> bool {
    is_spaced(line) && line.fields().iter().filter(|field| field.is_figure()).count() >= FIGURES
}

/// Whether only blanks are between its cells.
fn is_spaced(line: &Line<'_>) -> bool {
    line.fields()
        .windows(2)
        .all(|pair| line.text[pair[0].at + pair[0].text.len()..pair[1].at].trim_matches(' ').is_empty())
}

/// For each cell of a line the column of the fuller one that is the nearest, from the last to the first.
fn columns(line: &Line<'_>, fuller: &Line<'_>) -> Vec<u32> {
    let by_width = |c: char| c.width().unwrap_or(0);
    // Some tools count characters.
    let measures: [&dyn Fn(char) -> usize; 2] = [&by_width, &|_| 1];
    let best = measures.map(|measure| nearest(&spans(line, measure), &spans(fuller, measure)));
    best.into_iter().min_by_key(|(distance, _)| *distance).map(|(_, columns)| columns).unwrap_or_default()
}

/// The columns of the terminal that the cells of a line take.
fn spans(line: &Line<'_>, measure: &dyn Fn(char) -> usize) -> Vec<Range<usize>> {
    let (mut at, mut column) = (0, 0);
    let mut pass = |to: usize| {
        column += line.text[at..to].chars().map(measure).sum::<usize>();
        at = to;
        column
    };
    line.fields().iter().map(|field| pass(field.at)..pass(field.at + field.text.len())).collect()
}

/// How far the cells are from their columns, and which these are.
fn nearest(cells: &[Range<usize>], columns: &[Range<usize>]) -> (usize, Vec<u32>) {
    let distance = |one: &Range<usize>, other: &Range<usize>| {
        one.start.saturating_sub(other.end.saturating_sub(1)) + other.start.saturating_sub(one.end.saturating_sub(1))
    };
    let mut total = 0;
    let mut end = columns.len();
    let mut found = vec![0; cells.len()];
    for (index, cell) in cells.iter().enumerate().rev() {
        let best = (index..end).rev().min_by_key(|&column| distance(cell, &columns[column])).unwrap_or(index);
        total += distance(cell, &columns[best]);
        found[index] = best as u32;
        end = best;
    }
    (total, found)
}
