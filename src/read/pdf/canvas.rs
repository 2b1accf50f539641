//! What is drawn on a page and can be seen: glyphs, lines and pictures.

use std::collections::HashMap;

use super::super::unreadable::Unreadable;
use super::matrix::{Area, Point};
use super::paint::{self, Color};

/// The character of a glyph with what it takes of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub c: char,
    pub area: Area,
    /// Further blank behind it that belongs to its text: letters may be set apart.
    pub reach: f64,
    pub size: f64,
    pub turn: Turn,
    /// The number of its font.
    pub face: u16,
    /// Hardly darker than its ground, or with that shining through.
    pub is_faint: bool,
}

/// The direction in which a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Right,
    Down,
    Left,
    Up,
}

/// A glyph that cannot be seen, before or behind one that can.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub glyph: Glyph,
    /// The number of the other.
    pub beside: usize,
    pub is_behind: bool,
}

/// What was drawn last.
#[derive(Debug, Clone, Copy)]
enum Last {
    Nothing,
    Seen(usize),
    Cut(Glyph),
}

/// A page while it is drawn.
pub(super) struct Canvas {
    page: Area,
    glyphs: Vec<Option<Glyph>>,
    /// The glyphs of each square of the page.
    squares: HashMap<(i32, i32), Vec<u32>>,
    pub lines: Vec<Area>,
    covers: Vec<(Area, Color)>,
    pub pictures: Vec<Area>,
    /// Glyphs of a text that cannot be seen beside some of it that can.
    cuts: Vec<Cut>,
    last: Last,
    /// Glyphs that were drawn for searching, and not to be seen.
    pub unseen: usize,
    /// What may still be compared with each other; real pages take some thousands.
    left: u64,
}

/// The side of a square of the page.
const SQUARE: f64 = 24.0;

impl Canvas {
    pub fn new(page: Area) -> Self {
        const MOST: u64 = 1 << 26;
        Self {
            page,
            glyphs: Vec::new(),
            squares: HashMap::new(),
            lines: Vec::new(),
            covers: Vec::new(),
            pictures: Vec::new(),
            cuts: Vec::new(),
            last: Last::Nothing,
            unseen: 0,
            left: MOST,
        }
    }

    /// The glyphs that can be seen.
    pub fn glyphs(&self) -> impl Iterator<Item = &Glyph> {
        self.glyphs.iter().flatten()
    }

    /// What is cut off beside glyphs that can be seen, these by their number among all that can be. The same text may be drawn
    /// piece by piece, each time cut elsewhere.
    pub fn cuts(&self) -> Vec<Cut> {
        let mut seen = 0;
        let number = |glyph: &Option<Glyph>| {
            let number = seen;
            seen += usize::from(glyph.is_some());
            number
        };
        let numbers: Vec<usize> = self.glyphs.iter().map(number).collect();
        let is_seen = |cut: &Cut| {
            let center = cut.glyph.area.center();
            let here = self.squares.get(&square(center)).into_iter().flatten();
            let mut here = here.filter_map(|index| self.glyphs[*index as usize]);
            here.any(|glyph| glyph.c == cut.glyph.c && glyph.area.contains(center))
        };
        let cuts = self.cuts.iter().filter(|cut| self.glyphs[cut.beside].is_some() && !is_seen(cut));
        cuts.map(|cut| Cut { beside: numbers[cut.beside], ..*cut }).collect()
    }

    /// Whether there is anything on it, text or not.
    pub fn is_drawn(&self) -> bool {
        self.unseen > 0 || !(self.pictures.is_empty() && self.covers.is_empty() && self.lines.is_empty())
    }

    pub fn page(&self) -> Area {
        self.page
    }

    /// A glyph of this colour, which is seen within `clip`.
    pub fn glyph(&mut self, mut glyph: Glyph, color: Color, clip: Area) -> Result<(), Unreadable> {
        let center = glyph.area.center();
        if !glyph.area.is_finite() {
            return Ok(());
        }
        if !self.page.contains(center) || !clip.contains(center) {
            if let Last::Seen(beside) = std::mem::replace(&mut self.last, Last::Cut(glyph)) {
                self.cuts.push(Cut { glyph, beside, is_behind: true });
            }
            return Ok(());
        }
        let last = std::mem::replace(&mut self.last, Last::Nothing);
        let ground = self.ground(center)?;
        if paint::is_lost(color, ground) || self.is_there(&glyph)? {
            return Ok(());
        }
        glyph.is_faint |= paint::is_faint(color, ground);
        let index = u32::try_from(self.glyphs.len()).unwrap_or(u32::MAX);
        self.squares.entry(square(center)).or_default().push(index);
        if let Last::Cut(cut) = last {
            self.cuts.push(Cut { glyph: cut, beside: self.glyphs.len(), is_behind: false });
        }
        self.last = Last::Seen(self.glyphs.len());
        self.glyphs.push(Some(glyph));
        Ok(())
    }

    /// Whether the same glyph is drawn at this place already: what is drawn twice, a little apart, is bold.
    fn is_there(&mut self, glyph: &Glyph) -> Result<bool, Unreadable> {
        const APART: f64 = 0.12;
        let apart = glyph.size * APART;
        let center = glyph.area.center();
        let (first, last) = (
            square(Point { x: center.x - apart, y: center.y - apart }),
            square(Point { x: center.x + apart, y: center.y + apart }),
        );
        for x in first.0..=last.0 {
            for y in first.1..=last.1 {
                let Some(known) = self.squares.get(&(x, y)) else { continue };
                take(&mut self.left, known.len())?;
                let is_same = |index: &u32| {
                    self.glyphs[*index as usize].is_some_and(|known| {
                        let at = known.area.center();
                        known.c == glyph.c && (at.x - center.x).abs() < apart && (at.y - center.y).abs() < apart
                    })
                };
                if known.iter().any(is_same) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// A straight line of this colour.
    pub fn line(&mut self, line: Area, color: Color, clip: Area) -> Result<(), Unreadable> {
        let line = line.intersection(clip).intersection(self.page);
        if line.width() < 0.0 || line.height() < 0.0 || !line.is_finite() {
            return Ok(());
        }
        if !paint::is_lost(color, self.ground(line.center())?) {
            take(&mut self.left, 1)?;
            self.lines.push(line);
        }
        Ok(())
    }

    /// An area in which nothing that was drawn before can be seen any more.
    pub fn cover(&mut self, area: Area, color: Color, clip: Area) -> Result<(), Unreadable> {
        let area = area.intersection(clip).intersection(self.page);
        if area.width() <= 0.0 || area.height() <= 0.0 || !area.is_finite() {
            return Ok(());
        }
        let (first, last) =
            (square(Point { x: area.left, y: area.top }), square(Point { x: area.right, y: area.bottom }));
        let squares = i64::from(last.0 - first.0 + 1) * i64::from(last.1 - first.1 + 1);
        let Self { squares: known, glyphs, left, .. } = self;
        let mut hide = |indices: &mut Vec<u32>| -> Result<(), Unreadable> {
            take(left, indices.len() + 1)?;
            indices.retain(|index| {
                let glyph = &mut glyphs[*index as usize];
                let is_covered = glyph.is_some_and(|glyph| area.contains(glyph.area.center()));
                if is_covered {
                    *glyph = None;
                }
                !is_covered
            });
            Ok(())
        };
        if squares > known.len() as i64 {
            known.values_mut().try_for_each(&mut hide)?;
        } else {
            for x in first.0..=last.0 {
                for y in first.1..=last.1 {
                    known.get_mut(&(x, y)).map_or(Ok(()), &mut hide)?;
                }
            }
        }
        self.covers.push((area, color));
        Ok(())
    }

    /// A picture, through which nothing below it can be seen if it `is_opaque`.
    pub fn picture(&mut self, area: Area, is_opaque: bool, clip: Area) -> Result<(), Unreadable> {
        const THIN: f64 = 3.2;
        let seen = area.intersection(clip).intersection(self.page);
        if seen.width() <= 0.0 || seen.height() <= 0.0 || !seen.is_finite() {
            return Ok(());
        }
        if seen.width().min(seen.height()) <= THIN {
            return self.line(seen, None, clip);
        }
        take(&mut self.left, 1)?;
        self.pictures.push(seen);
        if is_opaque { self.cover(seen, None, clip) } else { Ok(()) }
    }

    /// The colour below a point; that of paper where nothing is.
    fn ground(&mut self, point: Point) -> Result<Color, Unreadable> {
        take(&mut self.left, self.covers.len())?;
        let below = self.covers.iter().rev().find(|(area, _)| area.contains(point));
        Ok(below.map_or(paint::WHITE, |(_, color)| *color))
    }
}

fn square(point: Point) -> (i32, i32) {
    ((point.x / SQUARE).floor() as i32, (point.y / SQUARE).floor() as i32)
}

/// Counts work down.
fn take(left: &mut u64, count: usize) -> Result<(), Unreadable> {
    *left = left.checked_sub(count as u64).ok_or_else(|| Unreadable::damaged("a page with too much drawn on it"))?;
    Ok(())
}
