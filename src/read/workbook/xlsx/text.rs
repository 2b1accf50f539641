//! Texts of an `.xlsx` workbook: shared ones, and those within a cell.

use std::borrow::Cow;

use crate::limits::Limits;
use crate::read::raised::Runs;
use crate::read::unreadable::Unreadable;
use crate::read::workbook::binary::SharedTexts;
use crate::read::xml::{Node, Nodes};

/// The texts that cells share.
pub(super) fn shared(part: &str, limits: &Limits) -> Result<SharedTexts, Unreadable> {
    let mut nodes = Nodes::of(part);
    let mut texts = SharedTexts::default();
    let mut is_table = false;
    while let Some(node) = nodes.next()? {
        match node {
            Node::Start(tag) if tag.name() == "sst" => is_table = true,
            Node::Start(tag) if tag.name() == "si" => texts.push(rich(&mut nodes)?, limits)?,
            _ => {}
        }
    }
    if is_table { Ok(texts) } else { Err(Unreadable::damaged("a table of texts that is none")) }
}

/// The text in the element whose start was read last, alone or in runs, without how it is pronounced and without what is
/// struck out.
pub(super) fn rich(nodes: &mut Nodes<'_>) -> Result<String, Unreadable> {
    let mut runs = Runs::default();
    let (mut depth, mut is_raised, mut is_struck) = (0, false, false);
    loop {
        match nodes.next_inside()? {
            Node::Start(tag) => match tag.name() {
                "t" => {
                    let keeps_blanks = tag.attribute("space").as_deref() == Some("preserve");
                    let text = content(nodes)?;
                    let blanks: &[char] = if keeps_blanks { &[] } else { &[' ', '\t', '\r', '\n'] };
                    if !is_struck {
                        runs.push(&unescaped(text.trim_matches(blanks)), is_raised);
                    }
                }
                "r" => (depth, is_raised, is_struck) = (depth + 1, false, false),
                "rPr" => depth += 1,
                "vertAlign" => {
                    is_raised = matches!(tag.value().as_deref(), Some("superscript" | "subscript"));
                    depth += 1;
                }
                "strike" => {
                    is_struck = tag.is_on();
                    depth += 1;
                }
                _ => nodes.skip()?,
            },
            Node::End if depth == 0 => return Ok(runs.text),
            Node::End => depth -= 1,
            Node::Text(_) => {}
        }
    }
}

/// The text right in the element whose start was read last.
pub(super) fn content<'x>(nodes: &mut Nodes<'x>) -> Result<Cow<'x, str>, Unreadable> {
    let mut content = Cow::Borrowed("");
    loop {
        match nodes.next_inside()? {
            Node::Text(text) if content.is_empty() => content = text,
            Node::Text(text) => content.to_mut().push_str(&text),
            Node::Start(_) => nodes.skip()?,
            Node::End => return Ok(content),
        }
    }
}

/// The text with its characters in place of `_x000D_`, the escape for one that XML cannot hold.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    const MARK: &str = "_x";
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(MARK) {
        units.extend(before.encode_utf16());
        rest = behind;
        match escape(behind) {
            Some((unit, behind)) => {
                units.push(unit);
                rest = behind;
            }
            None => units.extend(MARK.encode_utf16()),
        }
    }
    units.extend(rest.encode_utf16());
    Cow::Owned(String::from_utf16_lossy(&units))
}

/// Four hexadecimal digits and the sign behind them: the unit of the character, and what follows.
fn escape(text: &str) -> Option<(u16, &str)> {
    let (digits, behind) = text.split_at_checked(4)?;
    let is_escape = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let behind = behind.strip_prefix('_').filter(|_| is_escape)?;
    Some((u16::from_str_radix(digits, 16).ok()?, behind))
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn characters_that_xml_cannot_hold_are_escaped() {
        assert_eq!(unescaped("一_x000D_\n二"), "一\r\n二");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("_xD83C__xDF63_"), "🍣");
        assert_eq!(unescaped("a_x12_b_xyz_"), "a_x12_b_xyz_");
    }
}
