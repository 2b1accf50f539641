//! A page once it is drawn, turned so that its text is upright.

use super::super::unreadable::Unreadable;
use super::canvas::{Canvas, Cut, Glyph, Turn};
use super::cut;
use super::matrix::Area;
use super::rules::Rules;
use super::struck;
use super::typeface::UNKNOWN;
use super::watermark;
use crate::document::{Location, PageArea};

/// A page with what can be seen on it. Places are as in the text that is read, not as on the page.
pub(super) struct Sheet {
    /// Counted from 1.
    pub number: u32,
    pub glyphs: Vec<Glyph>,
    /// Those that no font says the character of.
    pub unknown: Vec<Glyph>,
    pub rules: Rules,
    pub pictures: Vec<Area>,
    pub area: Area,
    turn: Turn,
    page: Area,
}

impl Sheet {
    /// What can be seen on a page, without what is struck out.
    pub fn new(number: u32, canvas: &Canvas) -> Result<Self, Unreadable> {
        let turn = usual(canvas.glyphs());
        let page = canvas.page();
        let upright = |area: Area| turn.upright(area, page);
        let upright_glyph = |glyph: &Glyph| Glyph { area: upright(glyph.area), turn: glyph.turn.after(turn), ..*glyph };
        let mut glyphs: Vec<Glyph> = canvas.glyphs().map(upright_glyph).collect();
        let mut lines: Vec<Area> = canvas.lines.iter().map(|line| upright(*line)).collect();
        let upright_cut = |cut: Cut| Cut { glyph: upright_glyph(&cut.glyph), ..cut };
        cut::mark(&mut glyphs, &canvas.cuts().into_iter().map(upright_cut).collect::<Vec<_>>());
        watermark::take_out(&mut glyphs)?;
        let unknown = glyphs.iter().filter(|glyph| glyph.c == UNKNOWN).copied().collect();
        struck::take_out(&mut glyphs, &mut lines)?;
        Ok(Self {
            number,
            glyphs,
            unknown,
            rules: Rules::of(&lines),
            pictures: canvas.pictures.iter().map(|picture| upright(*picture)).collect(),
            area: upright(page),
            turn,
            page,
        })
    }

    /// The size of the smallest text, marks of notes left out.
    pub fn smallest(&self) -> f64 {
        let mut sizes: Vec<f64> = self.glyphs.iter().map(|glyph| glyph.size).collect();
        let tenth = sizes.len() / 10;
        if sizes.is_empty() { 0.0 } else { *sizes.select_nth_unstable_by(tenth, f64::total_cmp).1 }
    }

    /// Where on the page an area of the text is.
    pub fn place(&self, area: Area) -> Location {
        Location::Page { page: self.number, area: self.page_area(area) }
    }

    pub fn page_area(&self, area: Area) -> PageArea {
        let area = self.turn.back(area, self.page);
        PageArea::new([area.left, area.top, area.right, area.bottom])
    }
}

/// The direction of most of the text.
fn usual<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> Turn {
    let mut counts = [0_usize; 4];
    glyphs.for_each(|glyph| counts[glyph.turn as usize] += 1);
    // The first of equals is that which is upright already.
    let most = counts.into_iter().max().unwrap_or(0);
    let index = counts.iter().position(|count| *count == most).unwrap_or(0);
    [Turn::Right, Turn::Down, Turn::Left, Turn::Up][index]
}

impl Turn {
    /// Where an area of a page is once a text in this direction is upright.
    pub fn upright(self, area: Area, page: Area) -> Area {
        let Area { left, top, right, bottom } = area;
        let (width, height) = (page.right, page.bottom);
        match self {
            Self::Right => area,
            Self::Down => Area { left: top, top: width - right, right: bottom, bottom: width - left },
            Self::Left => Area { left: width - right, top: height - bottom, right: width - left, bottom: height - top },
            Self::Up => Area { left: height - bottom, top: left, right: height - top, bottom: right },
        }
    }

    /// Where an area of the upright text is on the page.
    pub fn back(self, area: Area, page: Area) -> Area {
        let Area { left, top, right, bottom } = area;
        let (width, height) = (page.right, page.bottom);
        match self {
            Self::Right => area,
            Self::Down => Area { left: width - bottom, top: left, right: width - top, bottom: right },
            Self::Left => Area { left: width - right, top: height - bottom, right: width - left, bottom: height - top },
            Self::Up => Area { left: top, top: height - right, right: bottom, bottom: height - left },
        }
    }

    /// What this direction is once texts in the direction `usual` are upright.
    fn after(self, usual: Self) -> Self {
        [Self::Right, Self::Down, Self::Left, Self::Up][(4 + self as usize - usual as usize) % 4]
    }
}
