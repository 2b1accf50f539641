//! Text beside other text: a page in two columns, a menu at the side. Each column is read from top to bottom before the next,
//! and a menu before all.

use std::ops::Range;

use super::aligned::Piece;
use super::canvas::Glyph;
use super::matrix::Area;
use super::text::{self, Line};
use super::typeface::is_numeric;

/// Parts of a line so far apart may be of two columns, as a share of their size.
const APART: f64 = 1.2;
/// Columns have so many lines or tables beside each other.
const LEAST: usize = 2;
/// Of more places where columns may be apart than this, the first are looked at.
const PLACES: usize = 64;
/// So often at most, columns are taken apart.
const MOST: usize = 16;

/// A piece of a page, with where the lines of its column end if there is another column beside it.
pub(super) struct Placed {
    pub piece: Piece,
    pub margin: Option<f64>,
}

/// The pieces in the order in which they are read; they come from top to bottom.
pub(super) fn in_order(pieces: Vec<Piece>) -> Vec<Placed> {
    let pieces = pieces.into_iter().map(|piece| Placed { piece, margin: None }).collect();
    columns(pieces, &mut MOST.clone())
}

fn columns(mut pieces: Vec<Placed>, left: &mut usize) -> Vec<Placed> {
    let Some((range, at)) = (*left > 0).then(|| gutter(&pieces)).flatten() else { return pieces };
    *left -= 1;
    let below = pieces.split_off(range.end);
    let beside = pieces.split_off(range.start);
    let mut sides: [Vec<Piece>; 2] = Default::default();
    for Placed { piece, .. } in beside {
        match piece {
            Piece::Line(line) => {
                let (own, other): (Vec<_>, Vec<_>) =
                    line.glyphs.into_iter().partition(|glyph| glyph.area.center().x < at);
                sides[0].extend(of_glyphs(own).map(Piece::Line));
                sides[1].extend(of_glyphs(other).map(Piece::Line));
            }
            piece => sides[usize::from(piece.area().center().x >= at)].push(piece),
        }
    }
    // The report may go on below its menu, or on the next page.
    if is_menu(&sides[1], &sides[0]) {
        sides.reverse();
    }
    for side in sides {
        let margin = side.iter().map(|piece| piece.area().right).fold(f64::NEG_INFINITY, f64::max);
        let side = side.into_iter().map(|piece| Placed { piece, margin: Some(margin) }).collect();
        pieces.extend(columns(side, left));
    }
    pieces.extend(columns(below, left));
    pieces
}

/// Whether a column is so narrow beside another one that it is no part of the same text.
fn is_menu(side: &[Piece], other: &[Piece]) -> bool {
    const NARROW: f64 = 0.5;
    let width = |pieces: &[Piece]| pieces.iter().map(Piece::area).reduce(Area::union).map_or(0.0, |area| area.width());
    let has_lines_only = side.iter().all(|piece| matches!(piece, Piece::Line(_)));
    has_lines_only && width(side) < width(other) * NARROW
}

fn of_glyphs(glyphs: Vec<Glyph>) -> Option<Line> {
    let area = glyphs.iter().map(|glyph| glyph.area).reduce(Area::union)?;
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    Some(Line { glyphs, area, size })
}

/// The first pieces that are in two columns, and where these are apart.
fn gutter(pieces: &[Placed]) -> Option<(Range<usize>, f64)> {
    let parts: Vec<Vec<Part>> = pieces.iter().map(|placed| parts(&placed.piece)).collect();
    let gaps = parts.iter().flat_map(|parts| parts.windows(2)).map(|pair| (pair[0].right, pair[1].left));
    let steps = parts.windows(2).filter_map(|pair| {
        let (one, other) = (pair[0].first()?, pair[1].first()?);
        let (left, right) = if one.left < other.left { (one, other) } else { (other, one) };
        (left.right < right.left).then_some((left.right, right.left))
    });
    let places = gaps.chain(steps).map(|(left, right)| f64::midpoint(left, right));
    let found = places.take(PLACES).filter_map(|at| Some((beside(&parts, at)?, at)));
    found.min_by(|(one, _), (other, _)| one.start.cmp(&other.start).then(other.len().cmp(&one.len())))
}

/// The first pieces with two columns on either side of a place.
fn beside(parts: &[Vec<Part>], at: f64) -> Option<Range<usize>> {
    let is_open = |parts: &Vec<Part>| !is_row(parts) && !parts.iter().any(|part| part.left < at && at < part.right);
    let mut start = 0;
    while start < parts.len() {
        let length = parts[start..].iter().take_while(|parts| is_open(parts)).count();
        let range = start..start + length;
        if are_beside(&parts[range.clone()], at) {
            return Some(range);
        }
        start = range.end + 1;
    }
    None
}

/// Whether there are pieces on either side of a place, beside each other.
fn are_beside(parts: &[Vec<Part>], at: f64) -> bool {
    let rows = |is_left: bool| {
        let is_there = move |parts: &[Part]| parts.iter().any(|part| (part.right < at) == is_left);
        (0..parts.len()).filter(move |row| is_there(&parts[*row]))
    };
    let ends = |is_left: bool| Some((rows(is_left).next()?, rows(is_left).next_back()?));
    let (Some(left), Some(right)) = (ends(true), ends(false)) else { return false };
    // A line may be set a little higher than the one beside it.
    let common = left.0.max(right.0).saturating_sub(1)..=(left.1.min(right.1) + 1);
    [true, false].into_iter().all(|is_left| rows(is_left).filter(|row| common.contains(row)).count() >= LEAST)
}

/// A stretch of a line, or a whole piece.
struct Part {
    left: f64,
    right: f64,
    is_figure: bool,
}

/// Whether these may be the cells of a row of figures.
fn is_row(parts: &[Part]) -> bool {
    parts.len() > 1 && parts.iter().any(|part| part.is_figure)
}

fn parts(piece: &Piece) -> Vec<Part> {
    let Piece::Line(line) = piece else {
        let Area { left, right, .. } = piece.area();
        return vec![Part { left, right, is_figure: false }];
    };
    let parts = line.glyphs.chunk_by(|before, glyph| text::gap(before, glyph) < APART);
    let part = |glyphs: &[Glyph]| {
        let area = glyphs.iter().map(|glyph| glyph.area).reduce(Area::union)?;
        let is_figure = glyphs.iter().all(|glyph| is_numeric(glyph.c));
        Some(Part { left: area.left, right: area.right, is_figure })
    };
    parts.filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::super::canvas::Turn;
    use super::*;

    /// A line of 10 points height; each text begins at its place, a character is 10 points wide.
    fn line(top: f64, texts: &[(f64, &str)]) -> Line {
        let glyphs = texts.iter().flat_map(|(left, text)| {
            text.chars().enumerate().map(move |(index, c)| {
                let left = left + index as f64 * 10.0;
                let area = Area { left, top, right: left + 10.0, bottom: top + 10.0 };
                Glyph { c, area, reach: 0.0, size: 10.0, turn: Turn::Right, face: 0, is_faint: false }
            })
        });
        of_glyphs(glyphs.collect()).expect("glyphs")
    }

    fn read(lines: Vec<Line>) -> Vec<String> {
        let text = |placed: &Placed| match &placed.piece {
            Piece::Line(line) => line.glyphs.iter().map(|glyph| glyph.c).collect(),
            _ => String::new(),
        };
        in_order(lines.into_iter().map(Piece::Line).collect()).iter().map(text).collect()
    }

    #[test]
    fn columns_are_read_one_behind_the_other() {
        let two = vec![
            line(0.0, &[(0.0, "标题标题标题标题标题标题标题标题标题标题")]),
            line(20.0, &[(0.0, "左一左一"), (100.0, "右一右一")]),
            line(40.0, &[(0.0, "左二左二"), (100.0, "右二右二")]),
            line(60.0, &[(100.0, "右三")]),
        ];
        assert_eq!(read(two)[1..], ["左一左一", "左二左二", "右一右一", "右二右二", "右三"]);
    }

    #[test]
    fn a_menu_is_read_before_the_text_beside_it() {
        let menu = vec![
            line(0.0, &[(0.0, "菜单")]),
            line(6.0, &[(100.0, "某某局年度")]),
            line(20.0, &[(0.0, "菜单")]),
            line(26.0, &[(100.0, "报告")]),
            line(40.0, &[(100.0, "一二三四")]),
        ];
        assert_eq!(read(menu), ["菜单", "菜单", "某某局年度", "报告", "一二三四"]);
    }

    #[test]
    fn a_menu_on_the_right_is_read_before_the_text_beside_it_too() {
        let menu = vec![
            line(0.0, &[(0.0, "某某局年度报告某某局年度报告")]),
            line(6.0, &[(200.0, "菜单")]),
            line(20.0, &[(0.0, "一二三四一二三四一二三四")]),
            line(26.0, &[(200.0, "菜单")]),
            line(40.0, &[(0.0, "五六七八")]),
        ];
        assert_eq!(
            read(menu),
            ["菜单", "菜单", "某某局年度报告某某局年度报告", "一二三四一二三四一二三四", "五六七八"]
        );
    }

    #[test]
    fn rows_of_figures_and_single_lines_stay() {
        let rows = vec![
            line(0.0, &[(0.0, "甲"), (100.0, "12")]),
            line(20.0, &[(0.0, "乙"), (100.0, "34")]),
            line(40.0, &[(0.0, "某某局"), (100.0, "某年某月")]),
        ];
        assert_eq!(read(rows), ["甲12", "乙34", "某某局某年某月"]);
    }
}
