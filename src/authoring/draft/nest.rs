//! Rows below each other by their numbering, where all are in one column: 一、 above （一） above 1. and 其中.

use super::node::Node;
use super::words::words;
use crate::label::{Label, Numbering, Ordinal};

/// The rows as a tree; those with rows below them keep figures of their own.
pub(super) fn nested(rows: Vec<Node>) -> Vec<Node> {
    if rows.iter().any(|row| !row.children.is_empty()) {
        return rows;
    }
    let mut levels: Vec<u32> = Vec::new();
    for row in &rows {
        let last = levels.last().copied();
        levels.push(level(&row.label, last));
    }
    below(&mut rows.into_iter().zip(levels).peekable(), 0)
}

/// How deep a row is below one of level `last`.
fn level(label: &str, last: Option<u32>) -> u32 {
    /// Room for rows without numbers between those with.
    const STEP: u32 = 10;
    let is_among = words().is_among(label);
    match (Label::new(label).ordinal, last) {
        (_, Some(last)) if is_among => last + 1,
        (Some(Ordinal { numbering: Numbering::Chinese, .. }), _) => STEP,
        (Some(Ordinal { numbering: Numbering::Bracketed, .. }), _) => 2 * STEP,
        (Some(Ordinal { numbering: Numbering::Digits, .. }), _) => 3 * STEP,
        (None, _) if words().is_total(label) => STEP,
        (None, last) => last.unwrap_or(STEP),
    }
}

type Rows = std::iter::Peekable<std::iter::Zip<std::vec::IntoIter<Node>, std::vec::IntoIter<u32>>>;

/// The rows that come next and are deeper than `above`.
fn below(rows: &mut Rows, above: u32) -> Vec<Node> {
    let mut nodes = Vec::new();
    while let Some((mut node, level)) = rows.next_if(|(_, level)| *level > above) {
        node.children = below(rows, level);
        node.own_figures = !node.children.is_empty();
        nodes.push(node);
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(nodes: &[Node]) -> String {
        let own = |node: &Node| match node.children.as_slice() {
            [] => node.label.clone(),
            children => format!("{}({})", node.label, drawn(children)),
        };
        nodes.iter().map(own).collect::<Vec<_>>().join(" ")
    }

    fn tree(labels: &[&str]) -> String {
        drawn(&nested(labels.iter().map(|label| Node { label: (*label).to_owned(), ..Node::default() }).collect()))
    }

    #[test]
    fn rows_stand_below_each_other_by_their_numbers() {
        assert_eq!(
            tree(&["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "二、己"]),
            "一、甲(（一）乙(1.丙 2.丁) （二）戊) 二、己"
        );
        assert_eq!(tree(&["一、甲", "其中：乙", "丙", "二、丁", "合计"]), "一、甲(其中：乙 丙) 二、丁 合计");
        assert_eq!(tree(&["1.甲", "2.乙", "合计"]), "1.甲 2.乙 合计");
        assert_eq!(tree(&["甲", "乙", "丙"]), "甲 乙 丙");
    }
}
