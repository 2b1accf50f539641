//! Glyphs joined to text, each character with its place.

use super::super::raised::Runs;
use super::canvas::{Glyph, Turn};
use super::matrix::Area;
use super::sheet::Sheet;
use super::typeface::{TORN, UNKNOWN, is_numeric};
use crate::document::{Location, Passage, Spot};

/// Smaller glyphs than this share of the line's may be marks behind its text.
const SMALL: f64 = 0.92;

/// What is beside its line by more than this share of the size is raised or lowered.
const OFF: f64 = 0.08;
/// What a glyph takes below its line.
const BELOW: f64 = 0.14;
/// Digits of one figure are no further apart.
const BESIDE: f64 = 0.4;

/// A line of text, its glyphs from left to right.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub glyphs: Vec<Glyph>,
    pub area: Area,
    /// That of its largest glyph.
    pub size: f64,
}

impl Line {
    /// How long its beginning is that cannot be broken: a word or a number, or one character, and the signs behind it that
    /// begin no line.
    pub fn start(&self) -> f64 {
        let is_word = |glyph: &&Glyph| glyph.c.is_ascii_alphanumeric();
        let word = self.glyphs.iter().take_while(is_word).count().max(1);
        let signs = self.glyphs.iter().skip(word).take_while(|glyph| is_no_start(glyph.c)).count();
        self.glyphs[..(word + signs).min(self.glyphs.len())].last().map_or(0.0, |last| last.area.right - self.area.left)
    }
}

/// Whether a sign is never at the beginning of a line.
fn is_no_start(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '】'
            | '”'
            | '’'
            | '%'
            | '％'
            | ','
            | '.'
            | ')'
    )
}

/// The lines of these glyphs, from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    /// Glyphs are in one line if they are apart by less than this share of the larger one.
    const APART: f64 = 0.52;
    glyphs.sort_by(|one, other| one.area.center().y.total_cmp(&other.area.center().y));
    let mut lines: Vec<(Line, f64)> = Vec::new();
    for glyph in glyphs {
        let at = glyph.area.center().y;
        match lines.last_mut() {
            Some((line, middle)) if at - *middle < APART * line.size.max(glyph.size) => {
                line.area = line.area.union(glyph.area);
                if glyph.size > line.size {
                    (line.size, *middle) = (glyph.size, at);
                }
                line.glyphs.push(glyph);
            }
            _ => lines.push((Line { area: glyph.area, size: glyph.size, glyphs: vec![glyph] }, at)),
        }
    }
    let sorted = lines.into_iter().map(|(mut line, _)| {
        line.glyphs.sort_by(|one, other| one.area.left.total_cmp(&other.area.left));
        line
    });
    sorted.collect()
}

/// The lines of glyphs that are written in another direction than the page is, in the order in which they are read.
pub(super) fn turned_lines(glyphs: Vec<Glyph>, turn: Turn, sheet: &Sheet) -> Vec<Line> {
    let own = glyphs.into_iter().filter(|glyph| glyph.turn == turn);
    let upright = own.map(|glyph| Glyph { area: turn.upright(glyph.area, sheet.area), ..glyph });
    let mut lines = lines(upright.collect());
    let back = |glyph: &mut Glyph| glyph.area = turn.back(glyph.area, sheet.area);
    lines.iter_mut().flat_map(|line| &mut line.glyphs).for_each(back);
    lines
}

/// A text as it is joined, with the place of each of its characters.
#[derive(Debug, Default)]
pub(super) struct Written {
    text: Runs,
    spots: Vec<Spot>,
}

impl Written {
    pub fn is_empty(&self) -> bool {
        self.text.text.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text.text
    }

    /// Appends a separator, if there is something before it.
    pub fn separate(&mut self, separator: &str) {
        if !self.is_empty() {
            self.text.push(separator, false);
        }
    }

    /// Appends another text.
    pub fn append(&mut self, other: Self) {
        self.text.push(&other.text.text, false);
        let start = (self.text.text.len() - other.text.text.len()) as u32;
        self.spots.extend(other.spots.into_iter().map(|spot| Spot { at: spot.at + start, ..spot }));
    }

    /// Appends the text of a line.
    pub fn push(&mut self, line: &Line, sheet: &Sheet) {
        let usual = line.glyphs.iter().filter(|glyph| glyph.size >= line.size * SMALL).map(base);
        let usual = usual.fold(f64::NEG_INFINITY, f64::max);
        // Where the digits of the figure so far are.
        let mut figure: Option<f64> = None;
        for (index, glyph) in line.glyphs.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| &line.glyphs[before]);
            let is_small = glyph.size < line.size * SMALL;
            figure = figure.filter(|_| before.is_some_and(|before| gap(before, glyph) < BESIDE));
            let off = match figure {
                Some(figure) if !is_small => (figure - base(glyph)) / line.size,
                _ => 0.0,
            };
            let is_beside = is_small && (usual - base(glyph)).abs() > line.size * OFF;
            let is_raised = is_beside || off > 2.0 * OFF;
            if is_numeric(glyph.c) && !is_small {
                figure.get_or_insert(base(glyph));
            }
            if let Some(separator) = before.and_then(|before| between(before, glyph)) {
                self.text.push(separator, false);
            }
            let next = line.glyphs.get(index + 1);
            let is_overlaid = before.into_iter().chain(next).any(|other| overlay(glyph, other));
            // Of digits below those before them, nobody can say which are the mark.
            let is_unsure = is_numeric(glyph.c) && off < -2.0 * OFF;
            let c = if is_overlaid || is_unsure || glyph.c == TORN { UNKNOWN } else { glyph.c };
            self.text.push(c.encode_utf8(&mut [0; 4]), is_raised);
            let at = (self.text.text.len() - c.len_utf8()) as u32;
            self.spots.push(Spot { at, page: sheet.number, area: sheet.page_area(glyph.area) });
        }
    }

    /// The passage; the place of one without text is `place`.
    pub fn finish(self, place: Location) -> Passage<'static> {
        if self.spots.is_empty() {
            Passage::whole(self.text.text, place)
        } else {
            Passage::drawn(self.text.text, self.spots)
        }
    }
}

/// The line that a glyph is written on.
fn base(glyph: &Glyph) -> f64 {
    glyph.area.bottom - BELOW * glyph.size
}

/// The blank between two glyphs, as a share of their size.
pub(super) fn gap(before: &Glyph, glyph: &Glyph) -> f64 {
    (glyph.area.left - before.area.right - before.reach) / before.size.max(glyph.size)
}

/// What is between the text of two glyphs: nothing, a blank, or so much that they do not belong together.
fn between(before: &Glyph, glyph: &Glyph) -> Option<&'static str> {
    const BLANK: f64 = 0.15;
    const APART: f64 = 0.4;
    const WIDE: f64 = 0.9;
    let gap = gap(before, glyph);
    let is_wide = |c: char| unicode_width::UnicodeWidthChar::width(c) == Some(2);
    if is_numeric(before.c) && is_numeric(glyph.c) {
        return if gap >= APART { Some("\n") } else { (gap >= BLANK).then_some(" ") };
    }
    let least = if is_wide(before.c) || is_wide(glyph.c) { WIDE } else { BLANK };
    (gap >= least).then_some(" ")
}

/// Whether two glyphs are over each other, so that nobody can say which of them comes first.
fn overlay(glyph: &Glyph, other: &Glyph) -> bool {
    const MOST: f64 = 0.4;
    let common = glyph.area.right.min(other.area.right) - glyph.area.left.max(other.area.left);
    let narrower = glyph.area.width().min(other.area.width());
    (is_numeric(glyph.c) || is_numeric(other.c)) && common > narrower * MOST && glyph.size.min(other.size) > 0.0
}
