//! Lists of attributes, which pandoc, Kramdown and MultiMarkdown write behind headings, words and tables, are left out:
//! `{#id .class}`, `[12]{style="…"}`, `{: .x}`.

use std::ops::Range;

use crate::read::source_map::MappedText;

/// No list is longer, and no text that one belongs to (bytes).
const LONGEST: usize = 2048;

/// The source without them; none where there are none.
pub(super) fn left_out(source: &str) -> Option<MappedText> {
    let mut removed: Vec<Range<usize>> = Vec::new();
    for open in memchr::memchr_iter(b'{', source.as_bytes()) {
        let Some(list) = list_at(source, open) else { continue };
        match opening(source, open) {
            Some(bracket) => removed.extend([bracket..bracket + 1, open - 1..list.end]),
            None => {
                let start = source[..open].trim_end_matches([' ', '\t']).len();
                removed.push(start..list.end);
            }
        }
    }
    removed.sort_unstable_by_key(|range| range.start);
    MappedText::without(source, &removed)
}

/// The list that begins at this brace.
fn list_at(source: &str, open: usize) -> Option<Range<usize>> {
    let bytes = &source.as_bytes()[open + 1..source.len().min(open + LONGEST)];
    let length = memchr::memchr3(b'}', b'{', b'\n', bytes).filter(|&at| bytes[at] == b'}')?;
    let inner = source[open + 1..open + 1 + length].trim();
    let is_key = |word: &str| {
        word.split_once('=').is_some_and(|(key, _)| {
            !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        })
    };
    let is_list = inner.starts_with(['#', '.', ':']) || inner.split_whitespace().next().is_some_and(is_key);
    is_list.then_some(open..open + length + 2)
}

/// The bracket that begins the text which a list behind its end belongs to.
fn opening(source: &str, list: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let close = list.checked_sub(1).filter(|&at| bytes[at] == b']')?;
    let mut depth = 0_usize;
    for at in (close.saturating_sub(LONGEST)..close).rev() {
        match bytes[at] {
            b'\n' => return None,
            b']' => depth += 1,
            b'[' if depth == 0 => return Some(at),
            b'[' => depth -= 1,
            _ => {}
        }
    }
    None
}
