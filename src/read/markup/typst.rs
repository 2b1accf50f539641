//! Typst: `#table(columns: 3, [..], table.cell(colspan: 2)[..])`.

use std::ops::Range;

use super::cells::{Cells, Flow};
use super::text::Marks;

const CALL: &str = "table(";

pub(super) fn tables(source: &str) -> Vec<Range<usize>> {
    let mut tables = Vec::new();
    let mut at = 0;
    while let Some(found) = source[at..].find(CALL) {
        let start = at + found;
        let inside = start + CALL.len();
        at = inside;
        // `#table(`, or `table(` within `#figure(`; no other name ends so.
        let is_call = !source[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if !is_call {
            continue;
        }
        let Some(end) = end(source, inside, ')') else { break };
        at = end + 1;
        if source[inside..end].contains('[') && source[inside..end].contains("columns:") {
            tables.push(start - usize::from(source[..start].ends_with('#'))..at);
        }
    }
    tables
}

/// Where the bracket is that closes what was opened before byte `at`.
fn end(source: &str, at: usize, closing: char) -> Option<usize> {
    let opening = if closing == ')' { '(' } else { '[' };
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (offset, c) in source[at..].char_indices() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match c {
            '\\' => is_escaped = true,
            _ if c == opening => depth += 1,
            _ if c == closing && depth == 0 => return Some(at + offset),
            _ if c == closing => depth -= 1,
            _ => {}
        }
    }
    None
}

pub(super) fn cells(source: &str, table: Range<usize>, most: usize) -> Cells {
    let text = &source[table.clone()];
    let mut flow = Flow::of(columns(text).unwrap_or(1), most);
    let mut at = text.find(CALL).map_or(0, |at| at + CALL.len());
    let mut before = at;
    while let Some(found) = text[at..].find('[') {
        let start = at + found + 1;
        let Some(end) = end(text, start, ']') else { break };
        let settings = &text[before..start];
        let own = settings.rfind("cell(").map_or("", |at| &settings[at..]);
        flow.push(
            table.start + start..table.start + end,
            ["colspan", "rowspan"].map(|name| count(own, name).unwrap_or(1)),
        );
        (at, before) = (end + 1, end + 1);
    }
    flow.cells.end()
}

fn columns(text: &str) -> Option<u32> {
    let value = text[text.find("columns:")? + "columns:".len()..].trim_start();
    let Some(list) = value.strip_prefix('(') else { return count(text, "columns") };
    let list = &list[..end(list, 0, ')')?];
    if let Some((_, factor)) = list.rsplit_once('*') {
        return factor.trim().parse().ok();
    }
    // `(auto,) * 7`
    let behind = value[list.len() + "()".len()..].trim_start();
    let factor =
        behind.strip_prefix('*').map(|factor| digits(factor.trim_start())).and_then(|digits| digits.parse().ok());
    let own = list.split(',').filter(|entry| !entry.trim().is_empty()).count() as u32;
    Some(own.saturating_mul(factor.unwrap_or(1)))
}

fn count(text: &str, name: &str) -> Option<u32> {
    let value = text[text.find(name)? + name.len()..].trim_start().strip_prefix(':')?;
    digits(value.trim_start()).parse().ok()
}

fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

pub(super) fn mark(rest: &str) -> Marks {
    const STRONG: [&str; 4] = ["#strong[", "#text[", "#emph[", "#underline["];
    if rest.starts_with('*') || rest.starts_with('_') || rest.starts_with(']') {
        return Marks::Sign(1);
    }
    if let Some(sign) = STRONG.into_iter().find(|sign| rest.starts_with(sign)) {
        return Marks::Sign(sign.len());
    }
    if rest.starts_with("#super[") || rest.starts_with("#sub[") {
        return Marks::Meant(rest.find('[').map_or(1, |end| end + 1), "^");
    }
    match rest.strip_prefix('\\') {
        Some(behind) if behind.starts_with(['\n', ' ']) => Marks::Meant("\\ ".len(), "\n"),
        Some(_) => Marks::Sign(1),
        None if rest.starts_with('~') => Marks::Meant(1, " "),
        None => Marks::Text,
    }
}
