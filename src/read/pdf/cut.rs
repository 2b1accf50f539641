//! Text that the end of the page or of a cell cuts. What is left of a figure looks like another figure, and what is left of a
//! sentence like another sentence.

use super::super::unreadable::Unreadable;
use super::canvas::{Glyph, Turn};
use super::typeface::{CUT, UNKNOWN, is_numeric};

/// Glyphs of one word are no further apart, as a share of their size.
const BESIDE: f64 = 0.35;
/// Nor further above each other.
const ABOVE: f64 = 0.2;

/// Makes the digits unknown that go on in glyphs that cannot be seen, and adds a sign where other text goes on so.
pub(super) fn mark(glyphs: &mut Vec<Glyph>, cut: &[Glyph]) -> Result<(), Unreadable> {
    /// What may be compared on one page; real pages have few glyphs that are cut off.
    const MOST: usize = 1 << 22;
    let is_text = |glyph: &&Glyph| glyph.turn == Turn::Right && !glyph.c.is_whitespace();
    let mut cut: Vec<Glyph> = cut.iter().filter(is_text).copied().collect();
    if cut.is_empty() {
        return Ok(());
    }
    cut.sort_by(|one, other| one.area.left.total_cmp(&other.area.left));
    let mut by_place: Vec<(f64, usize)> = glyphs
        .iter()
        .enumerate()
        .filter(|(_, glyph)| is_text(glyph))
        .map(|(at, glyph)| (glyph.area.center().y, at))
        .collect();
    by_place.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut left = MOST;
    for cut in cut {
        let (at, off) = (cut.area.center(), ABOVE * cut.size);
        let start = by_place.partition_point(|(y, _)| *y <= at.y - off);
        let end = by_place.partition_point(|(y, _)| *y < at.y + off);
        let near = &by_place[start..end];
        left = left.checked_sub(near.len()).ok_or_else(|| Unreadable::damaged("a page with too much drawn on it"))?;
        // The same text may be drawn piece by piece, each time cut elsewhere.
        if near.iter().any(|(_, seen)| (glyphs[*seen].area.left..glyphs[*seen].area.right).contains(&at.x)) {
            continue;
        }
        let is_beside = |gap: f64| (-BESIDE * cut.size..BESIDE * cut.size).contains(&gap);
        let before = near.iter().find(|(_, seen)| is_beside(cut.area.left - glyphs[*seen].area.right));
        let behind = near.iter().find(|(_, seen)| is_beside(glyphs[*seen].area.left - cut.area.right));
        let (before, behind) = (before.map(|(_, seen)| *seen), behind.map(|(_, seen)| *seen));
        for seen in [before, behind].into_iter().flatten() {
            let glyph = &mut glyphs[seen];
            let is_figure = is_numeric(glyph.c) && is_numeric(cut.c);
            glyph.c = if is_figure { UNKNOWN } else { glyph.c };
        }
        if let Some(seen) = before.filter(|seen| glyphs[*seen].c != UNKNOWN) {
            let mut area = glyphs[seen].area;
            area.left = area.right;
            glyphs.push(Glyph { c: CUT, area, reach: 0.0, ..glyphs[seen] });
        }
    }
    Ok(())
}
