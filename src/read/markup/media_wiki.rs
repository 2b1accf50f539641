//! MediaWiki: `{|`, a row behind each `|-`, cells behind `|` or `!`, several of them on a line between `||`.

use std::ops::Range;

use super::cells::Cells;
use super::text::{self, Marks};

pub(super) fn tables(source: &str) -> Vec<Range<usize>> {
    let mut tables = Vec::new();
    let mut open: Option<usize> = None;
    let mut depth = 0_usize;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_start();
        if line.starts_with("{|") {
            depth += 1;
            open.get_or_insert(start);
        } else if line.starts_with("|}") && depth > 0 {
            depth -= 1;
            if depth == 0 {
                tables.extend(open.take().map(|start| start..at));
            }
        }
    }
    tables
}

pub(super) fn cells(source: &str, table: Range<usize>, most: usize) -> Cells {
    let mut cells = Cells::up_to(most);
    let mut depth = 0_usize;
    let mut is_caption = false;
    let mut at = table.start;
    for line in source[table].split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let text = line.trim();
        at += line.len();
        if text.starts_with("{|") {
            depth += 1;
            continue;
        }
        if text.starts_with("|}") {
            depth = depth.saturating_sub(1);
            continue;
        }
        // A table within a cell is not read.
        if depth > 1 {
            continue;
        }
        if text.starts_with("|-") {
            cells.begin_row();
            is_caption = false;
        } else if text.starts_with("|+") {
            is_caption = true;
        } else if text.starts_with(['|', '!']) {
            is_caption = false;
            add(&mut cells, text, start);
        } else if let Some(last) = cells.cells.last_mut().filter(|_| !is_caption && !text.is_empty()) {
            last.range.end = start + text.len();
        }
    }
    cells.end()
}

/// The cells of a line that begins at byte `start`.
fn add(cells: &mut Cells, line: &str, start: usize) {
    let heads = line.starts_with('!');
    let mut at = 1;
    while at <= line.len() {
        let rest = &line[at..];
        let borders = rest.find("||").into_iter().chain(rest.find("!!").filter(|_| heads));
        let end = borders.min().unwrap_or(rest.len());
        let text = &rest[..end];
        let behind = attributes(text).unwrap_or(0);
        let spans = ["colspan", "rowspan"].map(|name| span(&text[..behind], name));
        cells.push(start + at + behind..start + at + end, spans);
        at += end + "||".len();
    }
}

/// Where the text of a cell begins that has attributes before it: `colspan="2" | text`.
fn attributes(cell: &str) -> Option<usize> {
    let end = cell.find('|')?;
    let before = &cell[..end];
    (!before.contains("[[") && !before.contains("{{")).then_some(end + 1)
}

fn span(attributes: &str, name: &str) -> u32 {
    let value = attributes.find(name).map(|at| attributes[at + name.len()..].trim_start());
    let value = value.and_then(|value| value.strip_prefix('=')).map(|value| value.trim_start_matches([' ', '"', '\'']));
    let digits =
        value.map_or("", |value| &value[..value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len()]);
    digits.parse().unwrap_or(1)
}

pub(super) fn mark(rest: &str) -> Marks {
    if rest.starts_with("''") {
        return Marks::Sign(rest.len() - rest.trim_start_matches('\'').len());
    }
    if rest.starts_with("[[") {
        // A link shows what is behind its target, or that.
        let end = text::near(rest, "]]").unwrap_or(0);
        return Marks::Sign(rest[..end].find('|').map_or("[[".len(), |shown| shown + 1));
    }
    if rest.starts_with("]]") {
        return Marks::Sign("]]".len());
    }
    if rest.starts_with("&nbsp;") {
        return Marks::Meant("&nbsp;".len(), " ");
    }
    text::tag(rest).unwrap_or(Marks::Text)
}
