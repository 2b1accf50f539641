//! Content controls around whole paragraphs or cells of a table. LibreOffice loses what is written in one before a reference
//! to a comment, so the reference comes first in its paragraph there.

use std::ops::Range;

use crate::annotate::xml::{Node, Walk};
use crate::read::Unreadable;

/// A paragraph that is, alone or with its cell, what a content control holds.
#[derive(Debug)]
pub(super) struct Controlled {
    pub paragraph: Range<usize>,
    /// Where what it says begins: behind its properties.
    pub begin: usize,
}

/// The paragraphs right in such controls.
pub(super) fn controlled(text: &str) -> Result<Vec<Controlled>, Unreadable> {
    let mut found: Vec<Controlled> = Vec::new();
    let mut walk = Walk::of(text);
    // The open elements, and which of `found` they are.
    let mut open: Vec<(String, Option<usize>)> = Vec::new();
    while let Some(node) = walk.next()? {
        match node {
            Node::Start(tag) => {
                let around = |levels: usize| {
                    open.len().checked_sub(levels).and_then(|place| open.get(place)).map(|(name, _)| name.as_str())
                };
                let is_held =
                    around(1) == Some("sdtContent") || around(1) == Some("tc") && around(2) == Some("sdtContent");
                match (tag.name(), open.last()) {
                    ("p", _) if is_held => {
                        open.push((tag.name().to_owned(), Some(found.len())));
                        found.push(Controlled { paragraph: tag.span.start..text.len(), begin: tag.span.end });
                    }
                    ("pPr", Some((_, Some(of)))) => {
                        let of = *of;
                        found[of].begin = walk.skip()?.end;
                    }
                    (name, _) => open.push((name.to_owned(), None)),
                }
            }
            Node::Empty(tag) => {
                if let ("pPr", Some((_, Some(of)))) = (tag.name(), open.last()) {
                    found[*of].begin = tag.span.end;
                }
            }
            Node::End(span) => {
                if let Some((_, Some(of))) = open.pop() {
                    found[of].paragraph.end = span.end;
                }
            }
            Node::Text(_) => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_right_in_controls_are_known() {
        let begin = |text: &str| controlled(text).expect("XML").iter().map(|one| one.begin).collect::<Vec<_>>();
        let sdt = |inner: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>");
        let paragraph = "<w:p><w:pPr><w:jc/></w:pPr><w:r/></w:p>";
        let at = |text: &str| text.find("<w:r/>").expect("a run");
        for held in [sdt(paragraph), sdt("<w:p><w:r/></w:p>"), sdt(&format!("<w:tc><w:tcPr/>{paragraph}</w:tc>"))] {
            assert_eq!(begin(&held), [at(&held)], "{held}");
        }
        let row = sdt(&format!("<w:tr><w:tc>{paragraph}</w:tc></w:tr>"));
        for free in [paragraph, &row, &format!("<w:p>{}</w:p>", sdt("<w:r/>"))] {
            assert!(begin(free).is_empty(), "{free}");
        }
    }
}
