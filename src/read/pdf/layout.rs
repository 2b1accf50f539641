//! What is on a page, from top to bottom: lines of text, tables and pictures.

use super::super::budget::Budget;
use super::super::unreadable::Unreadable;
use super::aligned::{self, Piece};
use super::canvas::{Glyph, Turn};
use super::grid;
use super::matrix::Area;
use super::ruled;
use super::sheet::Sheet;
use super::side_by_side::{self, Placed};
use super::table::PageTable;
use super::text::{self, Line, Written};
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
    Line(PageLine),
    Table(PageTable),
    Picture(Location),
}

/// A line of text.
pub(super) struct PageLine {
    pub text: Written,
    pub size: f64,
    /// How long its beginning is that cannot be broken: it is the end of the line before unless it did not fit there.
    pub start: f64,
    /// Where the lines of its column end, if there is another column beside it.
    pub margin: Option<f64>,
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
        let mut pieces = Vec::new();
        for (grid, glyphs) in grids.iter().zip(inside) {
            if glyphs.iter().all(Vec::is_empty) {
                continue;
            }
            pieces.push(Piece::Table(grid.area, ruled::table(grid, glyphs, &sheet, budget)?));
        }
        pieces.extend(aligned::pieces(text::lines(outside), &sheet, budget)?);
        let pictures = sheet.pictures.iter().filter(|picture| is_shown(**picture, &sheet));
        pieces.extend(pictures.map(|area| Piece::Picture(*area)));
        let start = |piece: &Piece| (piece.area().top, piece.area().left);
        pieces.sort_by(|one, other| {
            let ((top, left), (of_other, left_of_other)) = (start(one), start(other));
            top.total_cmp(&of_other).then(left.total_cmp(&left_of_other))
        });
        let mut items = Vec::new();
        for Placed { piece, margin } in side_by_side::in_order(pieces) {
            let area = piece.area();
            let content = match piece {
                Piece::Line(line) => Content::Line(PageLine::of(&line, margin, &sheet, budget)?),
                Piece::Table(_, table) => Content::Table(table),
                Piece::Picture(area) => Content::Picture(sheet.place(area)),
            };
            items.push(Item { area, content });
        }
        Ok(Self { items, width: sheet.area.right, height: sheet.area.bottom })
    }
}

impl PageLine {
    fn of(line: &Line, margin: Option<f64>, sheet: &Sheet, budget: &mut Budget<'_>) -> Result<Self, Unreadable> {
        let mut text = Written::default();
        text.push(line, sheet);
        budget.take_text(text.text().len())?;
        Ok(Self { text, size: line.size, start: line.start(), margin })
    }
}

/// Whether a picture may show a part of the report: neither a seal nor what is behind the text.
fn is_shown(picture: Area, sheet: &Sheet) -> bool {
    const LEAST: f64 = 0.05;
    let size = |area: Area| area.width() * area.height();
    size(picture) >= LEAST * size(sheet.area) && !sheet.glyphs.iter().any(|glyph| picture.contains(glyph.area.center()))
}
