//! What is on a page, from top to bottom: lines of text, tables and pictures.

use super::super::budget::Budget;
use super::super::unreadable::Unreadable;
use super::aligned::{self, Piece};
use super::canvas::{Glyph, Turn};
use super::grid;
use super::matrix::Area;
use super::ruled;
use super::sheet::Sheet;
use super::table::PageTable;
use super::text::{self, Written};
use crate::document::Location;

/// A page as it is laid out.
pub(super) struct Page {
    pub items: Vec<Item>,
    pub width: f64,
    pub height: f64,
}

/// One thing on a page.
pub(super) struct Item {
    pub area: Area,
    pub content: Content,
}

pub(super) enum Content {
    Line { text: Written, size: f64 },
    Table(PageTable),
    Picture(Location),
}

impl Page {
    pub fn of(mut sheet: Sheet, budget: &mut Budget<'_>) -> Result<Self, Unreadable> {
        let grids = grid::grids(&sheet.rules, sheet.smallest());
        let places = ruled::places(&sheet, &grids);
        ruled::mark_astride(&mut sheet, &places);
        let mut outside: Vec<Glyph> = Vec::new();
        let mut inside: Vec<Vec<Vec<Glyph>>> = grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
        for (glyph, place) in sheet.glyphs.iter().zip(places) {
            match place {
                Some((grid, cell)) => inside[grid][cell].push(*glyph),
                None if glyph.turn == Turn::Right => outside.push(*glyph),
                None => {}
            }
        }
        let mut items = Vec::new();
        for (grid, glyphs) in grids.iter().zip(inside) {
            if glyphs.iter().all(Vec::is_empty) {
                continue;
            }
            let table = ruled::table(grid, glyphs, &sheet, budget)?;
            items.push(Item { area: grid.area, content: Content::Table(table) });
        }
        for piece in aligned::pieces(text::lines(outside), &sheet, budget)? {
            let (area, content) = match piece {
                Piece::Table(area, table) => (area, Content::Table(table)),
                Piece::Line(line) => {
                    let mut text = Written::default();
                    text.push(&line, &sheet);
                    budget.take_text(text.text().len())?;
                    (line.area, Content::Line { text, size: line.size })
                }
            };
            items.push(Item { area, content });
        }
        let pictures = sheet.pictures.iter().filter(|picture| is_shown(**picture, &sheet));
        items.extend(pictures.map(|area| Item { area: *area, content: Content::Picture(sheet.place(*area)) }));
        items.sort_by(|one, other| one.area.top.total_cmp(&other.area.top));
        Ok(Self { items, width: sheet.area.right, height: sheet.area.bottom })
    }
}

/// Whether a picture may show a part of the report: neither a seal nor what is behind the text.
fn is_shown(picture: Area, sheet: &Sheet) -> bool {
    const LEAST: f64 = 0.05;
    let size = |area: Area| area.width() * area.height();
    size(picture) >= LEAST * size(sheet.area) && !sheet.glyphs.iter().any(|glyph| picture.contains(glyph.area.center()))
}
