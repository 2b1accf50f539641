//! Labels as the forms print them, folded and looked up beforehand: nearly every label of a report is written just so.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::label::Label;
use crate::pack::{Pack, Target};

/// The printed labels of all forms, numbered.
#[derive(Debug, Default)]
pub struct Vocabulary {
    numbers: HashMap<String, u32, FixedState>,
    labels: Vec<Label>,
    /// For each form, for each label, where the form prints it.
    targets: Vec<Vec<Vec<Target>>>,
    /// What the folded labels of tables stand for.
    of_tables: HashMap<String, TableLabel, FixedState>,
}

/// What a label of a table stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableLabel {
    /// A row, or a group of rows.
    Row,
    /// A column, or something else in a header.
    Header,
    /// Both: 其他, 总计.
    Either,
}

impl Vocabulary {
    /// The labels of all `packs`.
    pub fn new(packs: &[Arc<Pack>]) -> Self {
        let mut vocabulary = Self::default();
        for pack in packs {
            for text in pack.labels.printed() {
                vocabulary.add(text);
            }
            // Sections are printed with their number.
            for (index, section) in pack.sections.iter().enumerate() {
                vocabulary.add(&section.heading(index));
            }
        }
        let of_pack =
            |pack: &Arc<Pack>| vocabulary.labels.iter().map(|label| pack.labels.get(&label.core).to_vec()).collect();
        vocabulary.targets = packs.iter().map(of_pack).collect();
        let of_tables = vocabulary.labels.iter().enumerate().filter_map(|(number, label)| {
            let mut targets = vocabulary.targets.iter().flat_map(|of_pack| &of_pack[number]).peekable();
            targets.peek()?;
            let kind = targets.try_fold(None, |kind, target| {
                let own = match target {
                    Target::Section(_) => return None,
                    Target::Row { .. } => TableLabel::Row,
                    Target::Column { .. } | Target::Header { .. } => TableLabel::Header,
                };
                Some(Some(if kind.is_none_or(|kind| kind == own) { own } else { TableLabel::Either }))
            });
            Some((label.core.clone(), kind??))
        });
        vocabulary.of_tables = of_tables.collect();
        vocabulary
    }

    /// What a folded text stands for in the tables of the forms; none where it is no label of theirs, or the title of a
    /// section too.
    pub(super) fn table_label(&self, core: &str) -> Option<TableLabel> {
        self.of_tables.get(core).copied()
    }

    fn add(&mut self, text: &str) {
        if !self.numbers.contains_key(text) {
            self.numbers.insert(text.to_owned(), self.labels.len() as u32);
            self.labels.push(Label::new(text));
        }
    }

    /// The number of the label that is printed as `text`.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// A label, folded.
    pub fn label(&self, number: u32) -> &Label {
        &self.labels[number as usize]
    }

    /// Where the form `pack` (by index) prints a label.
    pub fn targets(&self, pack: usize, number: u32) -> &[Target] {
        &self.targets[pack][number as usize]
    }
}
