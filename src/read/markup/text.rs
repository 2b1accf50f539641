//! Text between the signs of a markup language.

use std::ops::Range;

use crate::document::PassageBuilder;

/// What begins a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// Text, at least one character of it.
    Text,
    /// So many bytes that are no text.
    Sign(usize),
    /// So many bytes that mean another text.
    Meant(usize, &'static str),
}

/// Adds the text of some bytes of the source.
pub(super) fn push(passage: &mut PassageBuilder<'_>, source: &str, range: Range<usize>, mark: impl Fn(&str) -> Marks) {
    let source_of = |range: Range<usize>| &source[range];
    let mut start = range.start;
    let mut at = range.start;
    while at < range.end {
        let rest = source_of(at..range.end);
        let (length, meant) = match mark(rest) {
            Marks::Text => {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            Marks::Sign(length) => (length, ""),
            Marks::Meant(length, text) => (length, text),
        };
        passage.push(source_of(start..at), start..at);
        let end = (at + length.max(1)).min(range.end);
        passage.push(meant, at..end);
        (start, at) = (end, end);
    }
    passage.push(source_of(start..range.end), start..range.end);
}

/// Where a sign is in a text, if not far from its start: what is not closed is no mark, and not looked for in all of a file.
pub(super) fn near(text: &str, sign: &str) -> Option<usize> {
    const FAR: usize = 2000;
    memchr::memmem::find(&text.as_bytes()[..text.len().min(FAR)], sign.as_bytes())
}

/// A tag of HTML, as wikis take it.
pub(super) fn tag(rest: &str) -> Option<Marks> {
    let name = rest.strip_prefix('<')?;
    if let Some(comment) = name.strip_prefix("!--") {
        return Some(Marks::Sign(comment.find("-->").map_or(rest.len(), |end| end + "<!---->".len())));
    }
    name.trim_start_matches('/').chars().next().filter(char::is_ascii_alphabetic)?;
    let length = near(rest, ">")? + 1;
    let is = |tag: &str| name.get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag));
    Some(match () {
        // The mark of a note is no digit of the figure before it.
        () if is("sup") || is("sub") => Marks::Meant(length, "^"),
        () if is("br") => Marks::Meant(length, "\n"),
        () => Marks::Sign(length),
    })
}
