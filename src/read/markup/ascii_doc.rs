//! AsciiDoc: cells behind `|` between two lines `|===`, with what they cover before it, `2+|`, `.3+|`.

use std::ops::Range;

use super::cells::{Cells, Flow};
use super::text::Marks;

fn is_border(line: &str) -> bool {
    line.trim_end().strip_prefix("|===").is_some_and(|rest| rest.bytes().all(|byte| byte == b'='))
}

/// From the line that begins a table to the one that ends it, with the line of attributes before it.
pub(super) fn tables(source: &str) -> Vec<Range<usize>> {
    let mut tables = Vec::new();
    let mut open: Option<usize> = None;
    let mut attributes: Option<usize> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_border(line) {
            match open.take() {
                Some(start) => tables.push(start..at),
                None => open = Some(attributes.unwrap_or(start)),
            }
            attributes = None;
        } else if open.is_none() {
            // The title of a table may be between.
            let is_attributes = line.starts_with('[') && line.trim_end().ends_with(']');
            attributes = if is_attributes { Some(start) } else { attributes.filter(|_| line.starts_with('.')) };
        }
    }
    tables
}

pub(super) fn cells(source: &str, table: Range<usize>, most: usize) -> Cells {
    let text = &source[table.clone()];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        start += line.len();
        if is_border(line) {
            break;
        }
    }
    let attributes = text[..start].lines().next().filter(|line| line.starts_with('['));
    let body = text[start..].trim_end().trim_end_matches('=').trim_end_matches('|');
    let borders: Vec<Border> = borders(body).take(most.saturating_add(1)).collect();
    let columns = attributes.and_then(columns).unwrap_or_else(|| {
        let first = borders.first().map_or(0, |border| border.at);
        let end = body[first..].find('\n').map_or(body.len(), |end| first + end);
        borders.iter().filter(|border| border.at < end).map(|border| border.spans[0]).sum()
    });
    let mut flow = Flow::of(columns, most);
    for (index, border) in borders.iter().enumerate() {
        let end = borders.get(index + 1).map_or(body.len(), |next| next.start);
        let cell = body[border.at + 1..end].trim_end();
        let from = table.start + start + border.at + 1;
        flow.push(from..from + cell.len(), border.spans);
    }
    flow.cells.end()
}

/// What begins a cell.
struct Border {
    /// Where what it says of the cell begins.
    start: usize,
    /// The byte of the `|`.
    at: usize,
    spans: [u32; 2],
}

fn borders(body: &str) -> impl Iterator<Item = Border> {
    body.match_indices('|').filter(|(at, _)| !body[..*at].ends_with('\\')).map(|(at, _)| {
        let before = &body[..at];
        let word = &before[before.trim_end_matches(|c: char| !c.is_whitespace() && c != '|').len()..];
        let spans = specifier(word);
        Border { start: spans.map_or(at, |_| at - word.len()), at, spans: spans.unwrap_or([1, 1]) }
    })
}

/// How many columns and rows a specifier says that its cell covers: `2.3+^.^s`.
fn specifier(word: &str) -> Option<[u32; 2]> {
    if word.is_empty() {
        return None;
    }
    let (factors, layout) = word.split_once('+').unwrap_or(("", word));
    let style = layout.trim_start_matches(['<', '>', '^', '.']);
    let is_layout = style.is_empty() || style.len() == 1 && style.starts_with(['a', 'd', 'e', 'h', 'l', 'm', 's', 'v']);
    let count = |text: &str| if text.is_empty() { Some(1) } else { text.parse().ok() };
    let (columns, rows) = factors.split_once('.').unwrap_or((factors, ""));
    Some([count(columns)?, count(rows)?]).filter(|_| is_layout)
}

/// How many columns the attributes of a table say it has: `[cols="1,2a,3*"]`.
fn columns(attributes: &str) -> Option<u32> {
    let value = &attributes[attributes.find("cols=")? + "cols=".len()..];
    let value = match value.strip_prefix('"') {
        Some(quoted) => &quoted[..quoted.find('"')?],
        None => &value[..value.find([',', ']'])?],
    };
    let entries = value.split([',', ';']).map(|entry| match entry.trim().split_once('*') {
        Some((count, _)) => count.parse().unwrap_or(1),
        None => 1_u32,
    });
    let count: u32 = entries.fold(0, u32::saturating_add);
    // What is quoted may be one number of columns.
    value.trim().parse().ok().filter(|_| count == 1).or(Some(count)).filter(|&count| count > 0)
}

pub(super) fn mark(rest: &str) -> Marks {
    let signs = ["**", "*", "__", "`"];
    match signs.into_iter().find(|sign| rest.starts_with(sign)) {
        Some(sign) => Marks::Sign(sign.len()),
        None if rest.starts_with(" +\n") => Marks::Sign(" +".len()),
        None if rest.starts_with("{nbsp}") => Marks::Meant("{nbsp}".len(), " "),
        None if rest.starts_with("\\|") => Marks::Sign(1),
        None => Marks::Text,
    }
}
