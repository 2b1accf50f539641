//! The index from a folded label to the places of the form that print it.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::raw;
use crate::label::Label;

/// What stands for the year in a label that names it: 「2024年预算数」 is 「{year}年预算数」.
const YEAR: &str = "{year}";
const LAST_YEAR: &str = "{year-1}";
/// The years that such a label may name.
const YEARS: std::ops::RangeInclusive<u16> = 2010..=2040;

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
    /// Every label as the form prints it, and folded.
    printed: Vec<(String, Label)>,
}

impl LabelIndex {
    /// Where the form prints this folded label.
    pub fn get(&self, core: &str) -> &[Target] {
        self.targets.get(core).map_or(&[], Vec::as_slice)
    }

    /// Every folded label, with where the form prints it.
    pub fn folded(&self) -> impl Iterator<Item = (&str, &[Target])> {
        self.targets.iter().map(|(core, targets)| (core.as_str(), targets.as_slice()))
    }

    /// Every label as the form prints it, and folded.
    pub fn printed(&self) -> impl Iterator<Item = (&str, &Label)> {
        self.printed.iter().map(|(text, label)| (text.as_str(), label))
    }

    pub(super) fn add(&mut self, text: &str, target: Target) {
        let label = Label::new(text);
        if label.core.is_empty() {
            return;
        }
        let targets = self.targets.entry(label.core.clone()).or_default();
        if !targets.contains(&target) {
            targets.push(target);
        }
        self.printed.push((text.to_owned(), label));
    }

    /// The labels of a row or column and of the groups around it.
    pub(super) fn add_node(&mut self, node: &raw::Node, target: Target) {
        self.add(&node.label, target);
        for text in &node.also {
            if text.contains(YEAR) || text.contains(LAST_YEAR) {
                for year in YEARS {
                    let dated = text.replace(YEAR, &year.to_string()).replace(LAST_YEAR, &(year - 1).to_string());
                    self.add(&dated, target);
                }
            } else {
                self.add(text, target);
            }
        }
    }
}
