//! Text that the end of the page or of a cell cuts. What is left of a figure looks like another figure, and what is left of a
//! sentence like another sentence.

use super::canvas::{Cut, Glyph};
use super::matrix::Area;
use super::typeface::{CUT, TORN, is_numeric};

/// Digits of one figure are no further apart, as a share of their size; words of one text may have a blank between them.
const FIGURE: f64 = 0.35;
const TEXT: f64 = 1.2;
/// Nor further above each other.
const ABOVE: f64 = 0.2;

/// Marks the digits that go on in glyphs that cannot be seen, and adds a sign where other text goes on so.
pub(super) fn mark(glyphs: &mut Vec<Glyph>, cuts: &[Cut]) {
    for Cut { glyph, beside, is_behind } in cuts {
        let seen = glyphs[*beside];
        let (left, right) = if *is_behind { (seen.area, glyph.area) } else { (glyph.area, seen.area) };
        let gap = right.left - left.right;
        let is_on_line = (seen.area.center().y - glyph.area.center().y).abs() < ABOVE * glyph.size;
        if !is_on_line || gap < -FIGURE * glyph.size || gap > TEXT * glyph.size {
            continue;
        }
        if is_numeric(seen.c) && is_numeric(glyph.c) && gap < FIGURE * glyph.size {
            glyphs[*beside].c = TORN;
        } else if *is_behind {
            let area = Area { left: seen.area.right, ..seen.area };
            glyphs.push(Glyph { c: CUT, area, reach: 0.0, ..seen });
        }
    }
}
