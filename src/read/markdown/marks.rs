//! Marks of Markdown in the cells of tables that are none to its parser: HTML, and tables drawn or ruled with lines.

use crate::document::{Block, Passage};

/// The block with the marks around whole cells left out: `**12**`, `[12]{.mark}`.
pub(in crate::read) fn unmarked(block: Block<'_>) -> Block<'_> {
    match block {
        Block::Table(table) => Block::Table(table.map(unmarked_text)),
        other => other,
    }
}

fn unmarked_text(mut passage: Passage<'_>) -> Passage<'_> {
    const DEEPEST: usize = 4;
    for _ in 0..DEEPEST {
        let Some((before, behind)) = marks(passage.text.trim()) else { break };
        let start = passage.text.len() - passage.text.trim_start().len() + before;
        let end = passage.text.trim_end().len() - behind;
        passage = passage.part(start..end);
    }
    passage
}

/// How many bytes of marks are around a text, before it and behind it.
fn marks(text: &str) -> Option<(usize, usize)> {
    if text.starts_with('[')
        && let Some(text) = text.strip_suffix('}')
        && let Some(end) = text.rfind("]{")
    {
        return Some((1, text.len() + 1 - end));
    }
    ["**", "__", "*", "_", "`"].into_iter().find_map(|mark| {
        let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
        (!inner.is_empty() && !inner.contains(mark)).then_some((mark.len(), mark.len()))
    })
}
