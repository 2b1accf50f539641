//! Labels that stand in several lines: a narrow cell wraps its label, and a converter makes a row of each line, with the
//! figures in one of them.

use super::outline::{Hits, Outline};
use super::rows::{Joined, Strip};
use crate::label::Label;
use crate::pack::{Pack, Target};

/// Lines above and below the figures that may hold parts of their label.
const REACH: usize = 2;

/// Puts together the labels of rows that are none of the form's by themselves and are with the lines around them. Those
/// lines are rows no more.
pub(super) fn join(outline: &Outline<'_>, hits: &Hits<'_>, pack: &Pack, table: usize, strips: &mut Vec<Strip>) {
    let mut at = 0;
    while at < strips.len() {
        let Some((above, below, joined)) = joined(outline, hits, pack, table, strips, at) else {
            at += 1;
            continue;
        };
        strips[at].is_known = true;
        strips[at].joined = Some(joined);
        strips.drain(at + 1..=at + below);
        strips.drain(at - above..at);
        at = at + 1 - above;
    }
}

/// The one way in which lines around the strip `at` complete its label: how many above and below, and what it is then.
fn joined(
    outline: &Outline<'_>,
    hits: &Hits<'_>,
    pack: &Pack,
    table: usize,
    strips: &[Strip],
    at: usize,
) -> Option<(usize, usize, Joined)> {
    let strip = &strips[at];
    let is_group = strip.is_group(hits, pack, table);
    // 「2.其他」 is no row by that number, but may be the first line of one.
    let is_misnumbered = strip.label.is_some_and(|label| {
        let ordinal = outline.fields[label].ordinal;
        let bears_it = |target: &Target| match *target {
            Target::Row { table: of, row } => of == table && pack.tables[of].rows[row].ordinal == ordinal,
            _ => false,
        };
        ordinal.is_some() && !hits[label].iter().any(bears_it)
    });
    if !strip.has_figures || strip.is_known && !is_group && !is_misnumbered {
        return None;
    }
    let is_part = |strip: &&Strip| strip.filled == 0 && !strip.names_columns && strip.label.is_some();
    let most_above = strips[..at].iter().rev().take(REACH).take_while(is_part).count();
    let most_below = strips[at + 1..].iter().take(REACH).take_while(is_part).count();
    let text = |strip: &Strip| strip.label.map_or("", |label| outline.fields[label].text());
    let own = if strip.is_known && is_group { "" } else { text(strip) };
    let mut found = None;
    for above in 0..=most_above {
        for below in 0..=most_below {
            // A label alone, its figures below it, may have figures of its own that were left blank.
            if above + below == 0 || own.is_empty() && (above == 0 || below == 0) {
                continue;
            }
            let lines = strips[at - above..at].iter().map(text);
            let whole: String = lines.chain([own]).chain(strips[at + 1..=at + below].iter().map(text)).collect();
            let label = Label::new(&whole);
            let is_row = |target: &&Target| matches!(**target, Target::Row { table: of, row } if of == table && pack.tables[of].rows[row].is_leaf);
            let targets: Vec<Target> = pack.labels.get(&label.core).iter().filter(is_row).copied().collect();
            if targets.is_empty() {
                continue;
            }
            if found.is_some() {
                return None;
            }
            found = Some((above, below, Joined { targets, ordinal: label.ordinal }));
        }
    }
    found
}
