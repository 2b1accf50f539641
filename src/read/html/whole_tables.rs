//! Tables of HTML within other text.

use std::ops::Range;

/// Where the tables that are opened within `range` are all closed; none where none is opened there.
pub(in crate::read) fn table_end(source: &str, range: &Range<usize>) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = range.start;
    let mut opened = false;
    loop {
        let next = at + source[at..].find('<')?;
        if depth == 0 && next >= range.end {
            return opened.then_some(at.max(range.end));
        }
        let rest = &source.as_bytes()[next + 1..];
        let is = |name: &[u8]| rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name);
        if is(b"table") {
            opened = true;
            depth += 1;
        } else if is(b"/table") {
            depth = depth.saturating_sub(1);
            let close = source[next..].find('>').map_or(source.len(), |offset| next + offset + 1);
            if depth == 0 && close >= range.end {
                return Some(close);
            }
        }
        at = next + 1;
    }
}

/// The tables in a text that is no page.
pub(in crate::read) fn tables_in(source: &str) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(offset) = memchr::memmem::find(&source.as_bytes()[from..], b"<table") {
        let start = from + offset;
        // One that is never closed ends the search.
        let Some(end) = table_end(source, &(start..start + 1)) else { break };
        tables.push(start..end);
        from = end;
    }
    tables
}
