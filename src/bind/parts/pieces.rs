//! Cuts a document where a report may begin: at sheets, titles and headings of section one, and where tables are printed
//! once more without any of these.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::super::field::Field;
use super::super::outline::{LineKind, Outline};
use super::super::title;
use super::super::vocabulary::Anchor;
use super::piece::{Named, Piece, Sheet};
use super::signs;
use crate::document::Location;
use crate::facts::Value;
use crate::pack::Pack;

/// A line where a report may begin.
struct Cut {
    line: usize,
    sheet: Option<Sheet>,
    title: Option<Named>,
    begins: bool,
}

/// A row of a form, as a piece prints it.
struct Printed {
    line: usize,
    label: u32,
    table: usize,
}

/// All pieces, in order.
pub(super) fn pieces(outline: &Outline<'_>, packs: &[Arc<Pack>]) -> Vec<Piece> {
    let cuts = cuts(outline, packs);
    let ends = cuts.iter().skip(1).map(|cut| cut.line).chain([outline.lines.len()]);
    let mut pieces = Vec::with_capacity(cuts.len());
    for (cut, end) in cuts.iter().zip(ends) {
        let (piece, printed) = piece(outline, cut, cut.line..end);
        let again = lines_of_repetition(outline, &piece, &printed);
        if again.is_empty() {
            pieces.push(piece);
            continue;
        }
        let starts = [cut.line].into_iter().chain(again.iter().copied());
        for (start, end) in starts.zip(again.iter().copied().chain([end])) {
            let is_first = start == cut.line;
            let title = cut.title.clone().filter(|_| is_first);
            let cut = Cut { line: start, sheet: cut.sheet.clone(), title, begins: cut.begins && is_first };
            pieces.push(self::piece(outline, &cut, start..end).0);
        }
    }
    pieces
}

fn cuts(outline: &Outline<'_>, packs: &[Arc<Pack>]) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut sheet: Option<Sheet> = None;
    // Behind the last cut.
    let mut behind = 0;
    let mut line = 0;
    while line < outline.lines.len() {
        let is_sheet = outline.begins_sheet(line);
        if is_sheet {
            sheet = sheet_at(outline, line, sheet.map_or(0, |sheet| sheet.number + 1));
        }
        let title = title::at(outline, line, packs);
        let begins = signs::begins(outline, line);
        if line == 0 || is_sheet || title.is_some() || begins {
            let named = title.as_ref().map(|(title, _)| title);
            let named = named.map(|title| Named { organization: title.organization.clone(), year: title.year });
            let start = if is_sheet { line } else { with_headings(outline, line, behind) };
            cuts.push(Cut { line: start, sheet: sheet.clone(), title: named, begins });
            behind = line + title.as_ref().map_or(1, |(_, lines)| *lines);
        }
        line += title.map_or(1, |(_, lines)| lines);
    }
    cuts
}

/// The first of the headings above a line that say nothing of the form: they are that of what follows. Not before `from`.
fn with_headings(outline: &Outline<'_>, line: usize, from: usize) -> usize {
    let is_heading = |line: &usize| {
        outline.lines[*line].kind == LineKind::Heading
            && !outline.begins_sheet(*line)
            && signs::section(outline, *line).is_none()
    };
    line - (from..line).rev().take_while(is_heading).count()
}

fn sheet_at(outline: &Outline<'_>, line: usize, number: usize) -> Option<Sheet> {
    match outline.start(line..line + 1)? {
        Location::Sheet { sheet, .. } => Some(Sheet { number, name: sheet }),
        _ => None,
    }
}

/// What some lines print.
fn piece(outline: &Outline<'_>, cut: &Cut, lines: Range<usize>) -> (Piece, Vec<Printed>) {
    /// Shorter texts (bytes) are lines of a menu or a table of contents.
    const TEXT: usize = 20 * 3;
    let vocabulary = outline.labels.vocabulary;
    let mut piece = Piece {
        lines: lines.clone(),
        sheet: cut.sheet.clone(),
        title: cut.title.clone(),
        has_sections: false,
        begins: cut.begins,
        has_text: false,
        rows: Vec::new(),
        most_in_a_line: 0,
        has_figures: false,
        labels: 0,
        forms: u64::MAX,
    };
    let mut printed: Vec<Printed> = Vec::new();
    // Below the heading of section one, and whether there is any text.
    let mut is_below_heading = false;
    let mut has_text = false;
    let is_text = |field: &Field<'_>| field.label.is_none() && field.range().len() >= TEXT;
    for index in lines {
        let line = &outline.lines[index];
        if signs::section(outline, index).is_some() {
            piece.has_sections = true;
            piece.has_text |= is_below_heading && has_text;
            is_below_heading = cut.begins && signs::begins(outline, index);
            // It may be beside its title.
            has_text = outline.fields(line).iter().any(is_text);
        } else if let Some(field) = outline.single(line) {
            has_text |= is_text(field);
        }
        let rows_before = printed.len();
        for field in outline.fields(line) {
            if let Some(label) = field.label {
                piece.labels += 1;
                piece.forms &= vocabulary.forms_of(label);
                let is_first = || printed[rows_before..].iter().all(|row| row.label != label);
                if let Some(Anchor::Row(table)) = vocabulary.anchor(label).filter(|_| line.kind == LineKind::Row)
                    && is_first()
                {
                    printed.push(Printed { line: index, label, table });
                }
            }
            let is_number = matches!(field.value, Value::Number(_) | Value::Mark);
            piece.has_figures |= is_number && printed.len() > rows_before;
        }
        piece.most_in_a_line = piece.most_in_a_line.max(printed.len() - rows_before);
    }
    piece.rows = printed.iter().map(|row| row.label).collect();
    piece.rows.sort_unstable();
    piece.rows.dedup();
    (piece, printed)
}

/// The lines where the tables of a piece begin once more: most of its rows are there again, and of more than one table, if
/// there are more. A table that is printed twice is none of these.
fn lines_of_repetition(outline: &Outline<'_>, piece: &Piece, printed: &[Printed]) -> Vec<usize> {
    /// Fewer rows may be printed twice by mistake.
    const LEAST: usize = 4;
    if printed.len() == piece.rows.len() {
        return Vec::new();
    }
    let mut sorted: Vec<(u32, usize)> = printed.iter().map(|row| (row.label, row.table)).collect();
    sorted.sort_unstable();
    let again: Vec<usize> =
        sorted.chunk_by(|one, next| one.0 == next.0).filter(|rows| rows.len() > 1).map(|rows| rows[0].1).collect();
    let count = |tables: &mut dyn Iterator<Item = usize>| tables.collect::<HashSet<_>>().len();
    let has_one_table = count(&mut sorted.iter().map(|row| row.1)) == 1 && !piece.has_sections;
    let fewest = if has_one_table { 1 } else { 2 };
    if count(&mut again.iter().copied()) < fewest || again.len() * 2 < piece.rows.len().max(LEAST) {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let mut seen = HashSet::new();
    for row in printed {
        if !seen.contains(&row.label) || seen.len() * 2 < piece.rows.len() {
            seen.insert(row.label);
            continue;
        }
        seen.clear();
        seen.insert(row.label);
        lines.push(start_of_table(outline, row.line, lines.last().copied().unwrap_or(piece.lines.start) + 1));
    }
    // Where each table is printed twice before the next one, the lines behind print one of them alone.
    let ends: Vec<usize> = lines.iter().skip(1).copied().chain([piece.lines.end]).collect();
    let mut ends = ends.into_iter();
    lines.retain(|&line| {
        let behind = line..ends.next().unwrap_or(piece.lines.end);
        let printed = printed.iter().filter(|row| behind.contains(&row.line) && again.contains(&row.table));
        count(&mut printed.map(|row| row.table)) >= fewest
    });
    lines
}

/// The first line above a row that may be part of its header or caption: behind all figures. Not before `from`.
fn start_of_table(outline: &Outline<'_>, row: usize, from: usize) -> usize {
    let has_figures = |line: &usize| outline.fields(&outline.lines[*line]).iter().any(|field| field.is_figure());
    (from..row).rev().find(has_figures).map_or(from, |line| line + 1)
}
