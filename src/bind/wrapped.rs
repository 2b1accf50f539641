//! Labels over several lines: a narrow cell wraps its label, and a converter makes a row of each line, with the
//! figures in one of them.

use super::printed::Printed;
use super::table_line::{Joined, TableLine};
use crate::pack::Pack;

/// Lines above and below the figures that may hold parts of their label.
const REACH: usize = 2;

/// The lines with the labels put together of those that are none of the form's rows by themselves and are with the lines
/// around them. Those lines are rows no more; all others stay.
pub(super) fn join(table: &Printed<'_, '_>, mut lines: Vec<TableLine>, pack: &Pack) -> Vec<TableLine> {
    let mut at = 0;
    while at < lines.len() {
        let Some((above, below, joined)) = joined(table, &lines, at, pack) else {
            at += 1;
            continue;
        };
        lines[at].is_known = true;
        lines[at].joined = Some(joined);
        lines.drain(at + 1..=at + below);
        lines.drain(at - above..at);
        at = at + 1 - above;
    }
    lines
}

/// The one way in which lines around the line `at` complete its label: how many above and below, and what it is then.
fn joined(table: &Printed<'_, '_>, lines: &[TableLine], at: usize, pack: &Pack) -> Option<(usize, usize, Joined)> {
    let line = &lines[at];
    let form = &pack.tables[table.index];
    let is_group = line.is_group(table, form);
    // 「2.其他」 is no row by that number, but may be the first line of one.
    let is_misnumbered = line.label.is_some_and(|label| {
        let field = &table.fields[label];
        field.ordinal.is_some() && !field.rows(table.index).any(|row| form.rows[row].ordinal == field.ordinal)
    });
    if !line.has_figures || line.is_known && !is_group && !is_misnumbered {
        return None;
    }
    let is_part = |line: &&TableLine| line.filled == 0 && !line.names_columns && line.label.is_some();
    let most_above = lines[..at].iter().rev().take(REACH).take_while(is_part).count();
    let most_below = lines[at + 1..].iter().take(REACH).take_while(is_part).count();
    let text = |line: &TableLine| line.label.map_or("", |label| table.fields[label].text());
    let own = if line.is_known && is_group { "" } else { text(line) };
    let mut found = None;
    for above in 0..=most_above {
        for below in 0..=most_below {
            // A label alone, its figures below it, may have figures of its own that were left blank.
            if above + below == 0 || own.is_empty() && (above == 0 || below == 0) {
                continue;
            }
            let texts = lines[at - above..at].iter().map(text).chain([own]);
            let whole: String = texts.chain(lines[at + 1..=at + below].iter().map(text)).collect();
            let Some(joined) = Joined::of(&whole, table.index, pack) else { continue };
            if found.is_some() {
                return None;
            }
            found = Some((above, below, joined));
        }
    }
    found
}
