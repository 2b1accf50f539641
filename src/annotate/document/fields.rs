//! The fields of a document. Some programs take a comment inside of one for a part of what it shows, so comments are tied to
//! fields as a whole.

use std::ops::Range;

use crate::annotate::xml::{Node, Walk};
use crate::read::Unreadable;

/// A field: its first and its last run, or the one element that it is.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub first: Range<usize>,
    pub last: Range<usize>,
}

impl Field {
    pub fn holds(&self, run: &Range<usize>) -> bool {
        self.first.start <= run.start && run.end <= self.last.end
    }
}

/// The outermost fields that begin and end in one paragraph.
pub(super) fn fields(text: &str) -> Result<Vec<Field>, Unreadable> {
    let mut fields = Vec::new();
    let mut walk = Walk::of(text);
    // Where the runs and paragraphs begin that are open, and how deep these are.
    let mut open: Vec<(usize, usize, bool)> = Vec::new();
    // What begins and ends in the open run: its field's paragraph and its own place.
    let mut begun: Vec<(Option<usize>, usize)> = Vec::new();
    let mut ended: Option<(Option<usize>, usize)> = None;
    let mut first: Option<Range<usize>> = None;
    while let Some(node) = walk.next()? {
        let (tag, is_empty) = match node {
            Node::Start(tag) => (tag, false),
            Node::Empty(tag) => (tag, true),
            Node::End(span) => {
                let Some((start, ..)) = open.pop_if(|(_, depth, _)| *depth == walk.depth + 1) else { continue };
                if first.is_none() && begun.first().is_some_and(|(_, run)| *run == start) {
                    first = Some(start..span.end);
                }
                if let Some((paragraph, run)) = ended.take_if(|(_, run)| *run == start) {
                    // A field in one run begins where it ends.
                    let first = first.take().unwrap_or(run..span.end);
                    if paragraph.is_some() {
                        fields.push(Field { first, last: start..span.end });
                    }
                }
                continue;
            }
            Node::Text(_) => continue,
        };
        let paragraph = open.iter().rev().find(|(.., is_run)| !is_run).map(|(start, ..)| *start);
        let run = open.iter().rev().find(|(.., is_run)| *is_run).map(|(start, ..)| *start);
        match (tag.name(), tag.attribute("fldCharType").as_deref()) {
            (name @ ("p" | "r"), _) if !is_empty => open.push((tag.span.start, walk.depth, name == "r")),
            ("fldSimple", _) if !is_empty && begun.is_empty() => {
                let start = tag.span.start;
                let whole = start..walk.skip()?.end;
                fields.push(Field { first: whole.clone(), last: whole });
            }
            ("fldChar", Some("begin")) => begun.extend(run.map(|run| (paragraph, run))),
            ("fldChar", Some("end")) => {
                if let Some((began, start)) = begun.pop()
                    && begun.is_empty()
                    && let Some(run) = run
                {
                    ended = Some((began.filter(|_| began == paragraph), run));
                    first = first.filter(|first| first.start == start);
                }
            }
            _ => {}
        }
    }
    Ok(fields)
}
