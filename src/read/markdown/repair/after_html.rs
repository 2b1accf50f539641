//! Text right behind an HTML table is Markdown again: to the parser all is HTML up to the next blank line.

use crate::read::source_map::{Edit, MappedText};

/// The source with a blank line there; none where there is no such text.
pub(super) fn parted(source: &str) -> Option<MappedText> {
    let mut text = String::new();
    let mut edits = Vec::new();
    let mut kept = 0;
    for end in table_ends(source) {
        text.push_str(&source[kept..end]);
        let start = text.len() as u32;
        text.push('\n');
        edits.push(Edit { original: end as u32..end as u32, rewritten: start..start + 1 });
        kept = end;
    }
    if edits.is_empty() {
        return None;
    }
    text.push_str(&source[kept..]);
    Some(MappedText { text, edits })
}

/// Where the lines end that end a table and have text below them.
pub(in crate::read::markdown) fn table_ends(source: &str) -> impl Iterator<Item = usize> {
    const END: &str = "</table>";
    memchr::memmem::find_iter(source.as_bytes(), END).filter_map(|at| {
        let behind = &source[at + END.len()..];
        let (rest, below) = behind.split_once('\n')?;
        let next = below.split('\n').next().unwrap_or_default().trim_start();
        let is_text = rest.trim().is_empty() && !next.is_empty() && !next.starts_with('<');
        is_text.then_some(at + END.len() + rest.len())
    })
}
