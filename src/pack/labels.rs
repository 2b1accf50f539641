//! The index from a folded label to the places of the form that print it.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::raw;
use crate::label::Label;

/// A place of the form that prints a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// The title of a section, by index.
    Section(usize),
    /// A row or a group of rows.
    Row { table: usize, row: usize },
    /// A column.
    Column { table: usize, column: usize },
    /// Something else that only this table prints: a caption, a group of columns, the corner.
    Header { table: usize },
}

impl Target {
    /// The table it belongs to; sections belong to none.
    pub fn table(self) -> Option<usize> {
        match self {
            Self::Section(_) => None,
            Self::Row { table, .. } | Self::Column { table, .. } | Self::Header { table } => Some(table),
        }
    }
}

/// From folded labels to targets. One label may be in several places (其他, 总计).
#[derive(Debug, Default)]
pub struct LabelIndex {
    targets: HashMap<String, Vec<Target>, FixedState>,
    /// Every label as the form prints it.
    printed: Vec<String>,
}

impl LabelIndex {
    /// Where the form prints this folded label.
    pub fn get(&self, core: &str) -> &[Target] {
        self.targets.get(core).map_or(&[], Vec::as_slice)
    }

    /// Every label as the form prints it.
    pub fn printed(&self) -> impl Iterator<Item = &str> {
        self.printed.iter().map(String::as_str)
    }

    pub(super) fn add(&mut self, text: &str, target: Target) {
        let core = Label::new(text).core;
        if core.is_empty() {
            return;
        }
        self.printed.push(text.to_owned());
        let targets = self.targets.entry(core).or_default();
        if !targets.contains(&target) {
            targets.push(target);
        }
    }

    /// The labels of a row or column and of the groups around it.
    pub(super) fn add_node(&mut self, node: &raw::Node, target: Target) {
        self.add(&node.label, target);
        for text in &node.also {
            self.add(text, target);
        }
    }
}
