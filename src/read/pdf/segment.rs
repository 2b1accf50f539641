//! Lines of text as stretches with blank around them, and which of these are figures.

use super::canvas::Glyph;
use super::matrix::Area;
use super::text::{self, Line};
use super::typeface::is_numeric;

/// A stretch of a line with blank around it.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub glyphs: Vec<Glyph>,
    pub area: Area,
    pub is_figure: bool,
}

/// A line as segments.
#[derive(Debug)]
pub(super) struct Row {
    pub line: Line,
    pub segments: Vec<Segment>,
}

impl Segment {
    pub fn of(glyphs: &[Glyph], is_figure: bool) -> Option<Self> {
        let area = glyphs.iter().map(|glyph| glyph.area).reduce(Area::union)?;
        Some(Self { glyphs: glyphs.to_vec(), area, is_figure })
    }

    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.c).collect()
    }

    pub fn with(mut self, other: Self) -> Self {
        self.glyphs.extend(other.glyphs);
        Self { area: self.area.union(other.area), ..self }
    }
}

impl Row {
    pub fn new(line: Line) -> Self {
        Self { segments: segments(&line), line }
    }

    pub fn has_figures(&self) -> bool {
        self.segments.len() > 1 && self.figures().count() > 0
    }

    pub fn figures(&self) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(|segment| segment.is_figure)
    }

    pub fn middle(&self) -> f64 {
        self.line.area.center().y
    }
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
