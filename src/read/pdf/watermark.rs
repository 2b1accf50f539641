//! Watermarks: faint text over or under other text.

use std::collections::HashSet;

use super::super::unreadable::Unreadable;
use super::canvas::Glyph;
use super::matrix::Area;

/// Takes out faint texts that lie over or under others, with all other copies of them. Nothing of a report is printed over
/// itself, and a mark that is tiled over the page touches other text somewhere.
pub(super) fn take_out(glyphs: &mut Vec<Glyph>) -> Result<(), Unreadable> {
    /// What may be compared on one page; real pages take some thousands.
    const MOST: usize = 1 << 24;
    if !glyphs.iter().any(|glyph| glyph.is_faint) {
        return Ok(());
    }
    let mut strong: Vec<Area> = glyphs.iter().filter(|glyph| !glyph.is_faint).map(|glyph| core(glyph.area)).collect();
    strong.sort_by(|one, other| one.top.total_cmp(&other.top));
    let tallest = strong.iter().map(|area| area.height()).fold(0.0, f64::max);
    let mut left = MOST;
    let mut touches = |glyph: &Glyph| -> Result<bool, Unreadable> {
        let own = core(glyph.area);
        let start = strong.partition_point(|area| area.top < own.top - tallest);
        let end = strong.partition_point(|area| area.top < own.bottom);
        left = left.checked_sub(end - start).ok_or_else(|| Unreadable::damaged("a page with too much drawn on it"))?;
        let meets = |area: &Area| {
            let common = own.intersection(*area);
            common.width() > 0.0 && common.height() > 0.0
        };
        Ok(strong[start..end].iter().any(meets))
    };
    let mut marks: HashSet<String> = HashSet::new();
    let runs: Vec<&[Glyph]> = glyphs.chunk_by(goes_on).filter(|run| run[0].is_faint).collect();
    for run in &runs {
        for glyph in *run {
            if touches(glyph)? {
                marks.insert(text(run));
                break;
            }
        }
    }
    let is_kept: Vec<bool> = glyphs
        .chunk_by(goes_on)
        .flat_map(|run| vec![!run[0].is_faint || !marks.contains(&text(run)); run.len()])
        .collect();
    let mut is_kept = is_kept.into_iter();
    glyphs.retain(|_| is_kept.next().unwrap_or(true));
    Ok(())
}

/// The middle of a glyph's place: those of close lines touch at their ends.
fn core(area: Area) -> Area {
    let (x, y) = (0.2 * area.width(), 0.25 * area.height());
    Area { left: area.left + x, top: area.top + y, right: area.right - x, bottom: area.bottom - y }
}

/// Whether a glyph is drawn right behind another, in the same text.
fn goes_on(before: &Glyph, glyph: &Glyph) -> bool {
    let gap = glyph.area.left - before.area.right - before.reach;
    before.is_faint == glyph.is_faint
        && before.turn == glyph.turn
        && (before.area.bottom - glyph.area.bottom).abs() < 0.3 * glyph.size
        && (-0.5 * glyph.size..glyph.size).contains(&gap)
}

fn text(run: &[Glyph]) -> String {
    run.iter().map(|glyph| glyph.c).collect()
}
