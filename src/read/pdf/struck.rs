//! Text that is struck out: with a line drawn through the middle of its glyphs.

use super::super::unreadable::Unreadable;
use super::canvas::{Glyph, Turn};
use super::matrix::Area;
use super::typeface::{UNKNOWN, is_numeric};

/// Where a line strikes a glyph out, from the top to the bottom of what the glyph takes of its line.
const FROM: f64 = 0.3;
const TO: f64 = 0.78;

/// Takes out the glyphs that are struck out, and the lines that do it.
pub(super) fn take_out(glyphs: &mut Vec<Glyph>, lines: &mut Vec<Area>) -> Result<(), Unreadable> {
    /// What may be compared on one page; real pages take some thousands.
    const MOST: usize = 1 << 24;
    let is_across = |line: &Area| line.width() > 2.0 * line.height() && line.width() > 1.0;
    if !lines.iter().any(is_across) {
        return Ok(());
    }
    let mut by_place: Vec<usize> = (0..glyphs.len()).filter(|at| glyphs[*at].turn == Turn::Right).collect();
    by_place.sort_by(|one, other| glyphs[*one].area.top.total_cmp(&glyphs[*other].area.top));
    let tallest = by_place.iter().map(|at| glyphs[*at].area.height()).fold(0.0, f64::max);
    let mut left = MOST;
    let mut is_struck = vec![false; glyphs.len()];
    let mut is_kept = vec![true; lines.len()];
    for (line, is_kept) in lines.iter().zip(&mut is_kept).filter(|(line, _)| is_across(line)) {
        let at = line.center().y;
        let start = by_place.partition_point(|glyph| glyphs[*glyph].area.top < at - tallest);
        let end = by_place.partition_point(|glyph| glyphs[*glyph].area.top < at);
        let near = &by_place[start..end];
        left = left.checked_sub(near.len()).ok_or_else(|| Unreadable::damaged("a page with too much drawn on it"))?;
        let met: Vec<usize> = near.iter().copied().filter(|glyph| meets(*line, glyphs[*glyph].area)).collect();
        let Some(all) = met.iter().map(|glyph| glyphs[*glyph].area).reduce(Area::union) else { continue };
        // As long as the text, and what blanks may be around it; a longer line is one of a table that text lies over.
        let around = 0.7 * all.height();
        if line.left > all.left - around && line.right < all.right + around {
            *is_kept = false;
            met.iter().for_each(|glyph| is_struck[*glyph] = true);
        } else {
            for at in met {
                let glyph = &mut glyphs[at];
                glyph.c = if is_numeric(glyph.c) { UNKNOWN } else { glyph.c };
            }
        }
    }
    keep(glyphs, |at| !is_struck[at]);
    keep(lines, |at| is_kept[at]);
    Ok(())
}

/// Whether a line goes through the middle of a glyph.
fn meets(line: Area, glyph: Area) -> bool {
    let height = (line.center().y - glyph.top) / glyph.height();
    (FROM..TO).contains(&height) && (line.left..=line.right).contains(&glyph.center().x)
}

fn keep<T>(all: &mut Vec<T>, is_kept: impl Fn(usize) -> bool) {
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        is_kept(at - 1)
    });
}
