//! Rows and columns that cannot be distinguished.

use std::ops::Range;

use super::remark::Remark;
use crate::label::Label;
use crate::message::Message;
use crate::pack::Severity;
use crate::pack::raw::{self, Node};

/// Rows of one group with one label and no numbers of their own: only their order distinguishes them. So with columns.
pub(super) fn look(raw: &raw::Pack, remarks: &mut Vec<Remark>) {
    for block in raw.tables.iter().flat_map(|table| &table.blocks) {
        siblings(&block.rows, remarks);
        siblings(&block.columns, remarks);
    }
}

fn siblings(nodes: &[Node], remarks: &mut Vec<Remark>) {
    let labels: Vec<Label> = nodes.iter().map(|node| Label::new(&node.label)).collect();
    // The rows of a list stand elsewhere.
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| node.rows_of.is_none()) {
        siblings(&node.rows, remarks);
        siblings(&node.columns, remarks);
        let Some(first) = labels[..at].iter().position(|label| *label == labels[at]) else { continue };
        let message = Message::new("inspect.label-shared").with("label", node.label.as_str());
        let spans: Vec<Range<usize>> = [node, &nodes[first]].into_iter().filter_map(span).collect();
        remarks.push(Remark { severity: Severity::Warning, message, spans });
    }
}

/// The place of a node: its id, or that of the first below it that has one.
fn span(node: &Node) -> Option<Range<usize>> {
    let own = node.id.as_ref().map(raw::Spanned::span);
    own.or_else(|| node.rows.iter().chain(&node.columns).find_map(span))
}
