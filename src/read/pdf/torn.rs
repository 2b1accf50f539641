//! Tables that the end of a page cuts while something else is beside them: their rest is at the top of the next page, behind
//! what is beside them.

use super::layout::{Content, Item, Page};

/// Moves the rest of each such table right behind it.
pub(super) fn join(pages: &mut [Page]) {
    for next in 1..pages.len() {
        let (above, below) = pages.split_at_mut(next);
        let (above, below) = (&mut above[next - 1].items, &mut below[0].items);
        let Some(rest) = below.first().filter(|item| is_torn(item, 0)) else { continue };
        let Some(torn) = above.iter().rposition(|item| is_torn(item, 1) && is_below(rest, item)) else { continue };
        let is_beside = |item: &Item| item.area.left > above[torn].area.right;
        if above[torn + 1..].iter().all(is_beside) {
            let rest = below.remove(0);
            above.insert(torn + 1, rest);
        }
    }
}

/// Whether this is a table whose cells go on beyond its top (0) or bottom (1).
fn is_torn(item: &Item, side: usize) -> bool {
    matches!(&item.content, Content::Table(table) if table.is_torn[side])
}

/// Whether two tables have the same sides.
fn is_below(rest: &Item, torn: &Item) -> bool {
    const APART: f64 = 3.0;
    (rest.area.left - torn.area.left).abs() < APART && (rest.area.right - torn.area.right).abs() < APART
}
