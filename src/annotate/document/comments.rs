//! The part that holds what comments say.

use std::collections::HashSet;
use std::ops::Range;

use super::names::Names;
use crate::annotate::marks::AUTHOR;
use crate::annotate::package::{appended, root};
use crate::annotate::xml::{Edits, Node, Walk, escaped};
use crate::read::Unreadable;

/// The kinds of parts in which programs keep more about comments, by the numbers of their paragraphs.
pub(super) const ABOUT: [&str; 2] = ["commentsExtended", "commentsIds"];

/// The comments that are there.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The numbers of those that an earlier run has made, and where they are.
    pub ours: HashSet<String>,
    spans: Vec<Range<usize>>,
    /// The numbers of their paragraphs.
    pub paragraphs: HashSet<String>,
    /// The first number that none of the others has, nor any behind it.
    pub next: u32,
}

impl Known {
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let mut known = Self::default();
        let mut walk = Walk::of(text);
        while let Some(node) = walk.next()? {
            let (tag, end) = match node {
                Node::Start(tag) if tag.name() == "comment" => {
                    let end = walk.skip()?.end;
                    (tag, end)
                }
                Node::Empty(tag) if tag.name() == "comment" => {
                    let end = tag.span.end;
                    (tag, end)
                }
                _ => continue,
            };
            let id = tag.attribute("id").unwrap_or_default();
            if tag.attribute("author").is_some_and(|author| author == AUTHOR) {
                known.paragraphs.extend(paragraphs(&text[tag.span.start..end])?);
                known.spans.push(tag.span.start..end);
                known.ours.insert(id);
            } else if let Ok(id) = id.trim().parse::<u32>() {
                known.next = known.next.max(id.saturating_add(1));
            }
        }
        Ok(known)
    }
}

/// The numbers of the paragraphs of a comment.
fn paragraphs(comment: &str) -> Result<Vec<String>, Unreadable> {
    let mut walk = Walk::of(comment);
    let mut numbers = Vec::new();
    while let Some(node) = walk.next()? {
        if let Node::Start(tag) | Node::Empty(tag) = node
            && tag.name() == "p"
        {
            numbers.extend(tag.attribute("paraId"));
        }
    }
    Ok(numbers)
}

/// The part with these comments in the place of those that an earlier run has made.
pub(super) fn with(old: Option<&str>, known: &Known, names: &Names, texts: &[&str]) -> Result<String, Unreadable> {
    let empty = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{}\"></w:comments>",
        escaped(&names.namespace)
    );
    let mut edits = Edits::default();
    for span in &known.spans {
        edits.remove(span.clone());
    }
    let text = edits.apply(old.unwrap_or(&empty));
    if texts.is_empty() {
        return Ok(text);
    }
    let mut walk = Walk::of(&text);
    let Some(root) = root(&mut walk)? else { return Err(Unreadable::damaged("comments that are none")) };
    let names = Names::of(&root);
    let new: String = (known.next..).zip(texts).map(|(id, said)| comment(id, said, &names)).collect();
    appended(&text, |_| new.clone())
}

fn comment(id: u32, said: &str, names: &Names) -> String {
    let Names { element: e, attribute: a, declared, .. } = names;
    let line = |line: &str| format!("<{e}p><{e}r><{e}t xml:space=\"preserve\">{}</{e}t></{e}r></{e}p>", escaped(line));
    let lines: String = said.lines().map(line).collect();
    format!("<{e}comment{declared} {a}id=\"{id}\" {a}author=\"{AUTHOR}\" {a}initials=\"{AUTHOR}\">{lines}</{e}comment>")
}

/// What a part says about comments, without what it says about those with these paragraphs. An answer to one of them stays,
/// and answers nothing any more.
pub(super) fn about_others(text: &str, gone: &HashSet<String>) -> Result<String, Unreadable> {
    use crate::annotate::xml::without_attribute;
    let mut edits = Edits::default();
    if gone.is_empty() {
        return Ok(text.to_owned());
    }
    let mut walk = Walk::of(text);
    while let Some(node) = walk.next()? {
        let (Node::Start(tag) | Node::Empty(tag)) = &node else { continue };
        let is_gone = |name: &str| tag.attribute(name).is_some_and(|number| gone.contains(&number));
        if is_gone("paraId") {
            let end = if matches!(node, Node::Empty(_)) { tag.span.end } else { walk.skip()?.end };
            edits.remove(tag.span.start..end);
        } else if is_gone("paraIdParent") {
            let name = tag.attributes().map(|(name, _)| name).find(|name| name.ends_with("paraIdParent"));
            let own = &text[tag.span.clone()];
            edits.replace(tag.span.clone(), without_attribute(own, &name.unwrap_or_default()));
        }
    }
    Ok(edits.apply(text))
}
