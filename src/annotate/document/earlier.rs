//! What an earlier run has marked in a document, taken out.

use std::collections::HashSet;
use std::ops::Range;

use super::names::GROUNDS;
use crate::annotate::xml::{Edits, Node, Walk};
use crate::read::Unreadable;

/// The text of a document without the marks of the comments with these numbers, and without grounds of ours: who types over
/// a figure takes its comment away, and the new figure still has its ground.
pub(super) fn without(text: &str, ours: &HashSet<String>) -> Result<String, Unreadable> {
    if ours.is_empty() && !GROUNDS.iter().any(|(_, ground)| text.contains(ground)) {
        return Ok(text.to_owned());
    }
    let mut edits = Edits::default();
    let mut walk = Walk::of(text);
    // The open runs: where each begins, whether a mark of ours is in it, and whether anything else.
    let mut runs: Vec<Run> = Vec::new();
    while let Some(node) = walk.next()? {
        let (tag, is_empty) = match node {
            Node::Start(tag) => (tag, false),
            Node::Empty(tag) => (tag, true),
            Node::End(span) => {
                if let Some(run) = runs.pop_if(|run| run.depth == walk.depth + 1)
                    && let Some(mark) = run.mark
                {
                    edits.remove(if run.holds_more { mark } else { run.start..span.end });
                }
                continue;
            }
            Node::Text(_) => continue,
        };
        let is_ours = tag.attribute("id").is_some_and(|id| ours.contains(&id));
        let kind = tag.name().to_owned();
        match (kind.as_str(), is_ours) {
            (name @ ("commentRangeStart" | "commentRangeEnd" | "commentReference"), true) => {
                let end = if is_empty { tag.span.end } else { walk.skip()?.end };
                match runs.last_mut().filter(|_| name == "commentReference") {
                    Some(run) => run.mark = Some(tag.span.start..end),
                    None => edits.remove(tag.span.start..end),
                }
            }
            ("r", _) if !is_empty => {
                runs.push(Run { start: tag.span.start, depth: walk.depth, mark: None, holds_more: false });
            }
            ("rPr", _) => {
                let end = if is_empty { tag.span.end } else { walk.skip()?.end };
                if !runs.is_empty() {
                    unshade(text, tag.span.start..end, &mut edits)?;
                }
            }
            _ => {
                if let Some(run) = runs.last_mut() {
                    run.holds_more = true;
                }
            }
        }
    }
    Ok(edits.apply(text))
}

struct Run {
    start: usize,
    depth: usize,
    mark: Option<Range<usize>>,
    holds_more: bool,
}

/// Takes a ground of ours out of the properties of a run, and these, where nothing else is in them.
fn unshade(text: &str, properties: Range<usize>, edits: &mut Edits) -> Result<(), Unreadable> {
    let own = &text[properties.clone()];
    let mut walk = Walk::of(own);
    let (mut ground, mut others) = (None, 0);
    while let Some(node) = walk.next()? {
        let (tag, end) = match node {
            Node::Start(tag) if walk.depth > 1 => {
                let end = walk.skip()?.end;
                (tag, end)
            }
            Node::Empty(tag) if walk.depth > 0 => {
                let end = tag.span.end;
                (tag, end)
            }
            _ => continue,
        };
        let fill = tag.attribute("fill").filter(|_| tag.name() == "shd");
        if fill.is_some_and(|fill| GROUNDS.iter().any(|(_, ground)| fill.eq_ignore_ascii_case(ground))) {
            ground = Some(properties.start + tag.span.start..properties.start + end);
        } else {
            others += 1;
        }
    }
    match ground {
        Some(_) if others == 0 => edits.remove(properties),
        Some(ground) => edits.remove(ground),
        None => {}
    }
    Ok(())
}
