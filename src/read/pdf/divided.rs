//! Cells between which a line is missing: the figures in them are set apart as those of the other rows are.

use std::ops::Range;

use super::canvas::Glyph;
use super::grid::GridCell;
use super::text;
use super::typeface::is_numeric;

/// What a cell of several columns is divided into, with the glyphs of each part; mostly the cell as it is.
///
/// A cell that really spans columns holds one text. Where it holds figures in several columns, with the border of the other
/// rows in the blank between them, a part of a line is missing.
pub(super) fn columns(cell: &GridCell, borders: &[f64], glyphs: Vec<Glyph>) -> Vec<(Range<u32>, Vec<Glyph>)> {
    let whole = |glyphs| vec![(cell.columns.clone(), glyphs)];
    if cell.columns.len() < 2 || glyphs.len() < 2 {
        return whole(glyphs);
    }
    // Where some columns are surely apart, words may end right before a figure.
    let strict = parts(cell, borders, &glyphs, |border| is_blank(border, &glyphs, LEAST));
    let parts = match &strict {
        Some(parts) if parts.len() < cell.columns.len() => {
            self::parts(cell, borders, &glyphs, |border| is_blank(border, &glyphs, 0.0)).or(strict)
        }
        _ => strict,
    };
    parts.unwrap_or_else(|| whole(glyphs))
}

/// As a share of the size of glyphs, more than there is between the parts of a figure.
const LEAST: f64 = 0.45;

type Part = (Range<u32>, Vec<Glyph>);

/// The parts between the borders at which `divides`; none where that sets no figure apart from other text.
fn parts(cell: &GridCell, borders: &[f64], glyphs: &[Glyph], divides: impl Fn(f64) -> bool) -> Option<Vec<Part>> {
    let inner = cell.columns.clone().skip(1).filter(|border| divides(borders[*border as usize]));
    let mut parts = Vec::new();
    let mut start = cell.columns.start;
    for end in inner.chain([cell.columns.end]) {
        let range = borders[start as usize]..borders[end as usize];
        let own = glyphs.iter().filter(|glyph| range.contains(&glyph.area.center().x)).copied();
        parts.push((start..end, own.collect::<Vec<Glyph>>()));
        start = end;
    }
    let is_figure = |glyphs: &Vec<Glyph>| !glyphs.is_empty() && glyphs.iter().all(|glyph| is_numeric(glyph.c));
    let figures = parts.iter().filter(|(_, glyphs)| is_figure(glyphs)).count();
    let texts = parts.iter().filter(|(_, glyphs)| !glyphs.is_empty()).count();
    let count: usize = parts.iter().map(|(_, glyphs)| glyphs.len()).sum();
    (figures > 0 && texts > 1 && count == glyphs.len()).then_some(parts)
}

/// Whether there is a blank at a border: between figures always more than between the parts of one, else as much as this
/// share of their size.
fn is_blank(border: f64, glyphs: &[Glyph], least: f64) -> bool {
    let near =
        |glyph: &Glyph| border > glyph.area.left - LEAST * glyph.size && border < glyph.area.right + LEAST * glyph.size;
    let close: Vec<&Glyph> = glyphs.iter().filter(|glyph| near(glyph)).collect();
    let is_crossed = close.iter().any(|glyph| glyph.area.left < border - 1.0 && glyph.area.right > border + 1.0);
    let is_one_text = close.iter().any(|left| {
        left.area.right <= border + 1.0
            && close.iter().any(|right| {
                let is_level = (left.area.bottom - right.area.bottom).abs() < left.size / 2.0;
                let are_figures = is_numeric(left.c) && is_numeric(right.c);
                let least = if are_figures || !is_numeric(right.c) { LEAST } else { least };
                right.area.left >= border - 1.0 && is_level && text::gap(left, right) < least
            })
    });
    !is_crossed && !is_one_text
}
