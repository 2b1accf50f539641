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
    /// The number of a label, by its folded text.
    cores: HashMap<String, u32, FixedState>,
    labels: Vec<Label>,
    forms: Vec<OfForm>,
    /// For each label, what it is in the tables of all forms.
    of_tables: Vec<Option<TableLabel>>,
}

/// For one form, by the number of a label.
#[derive(Debug)]
struct OfForm {
    /// The places that print it.
    targets: Vec<Vec<Target>>,
    /// Only other forms print it.
    is_of_others: Vec<bool>,
}

/// What a label of a table is.
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
            for core in &pack.identify.of_others {
                vocabulary.add(core);
            }
        }
        let of_form = |pack: &Arc<Pack>| OfForm {
            targets: vocabulary.labels.iter().map(|label| pack.labels.get(&label.core).to_vec()).collect(),
            is_of_others: vocabulary.labels.iter().map(|label| pack.identify.of_others.contains(&label.core)).collect(),
        };
        vocabulary.forms = packs.iter().map(of_form).collect();
        vocabulary.of_tables = (0..vocabulary.labels.len()).map(|label| vocabulary.in_tables(label)).collect();
        vocabulary
    }

    /// What a label is in the tables of the forms; none where it is the title of a section, too.
    fn in_tables(&self, label: usize) -> Option<TableLabel> {
        let kind = |target: &Target| match target {
            Target::Section(_) => None,
            Target::Row { .. } => Some(TableLabel::Row),
            Target::Column { .. } | Target::Header { .. } => Some(TableLabel::Header),
        };
        let mut kinds = self.forms.iter().flat_map(|form| &form.targets[label]).map(kind);
        let first = kinds.next()?;
        kinds.try_fold(first?, |known, kind| Some(if kind? == known { known } else { TableLabel::Either }))
    }

    /// What a label is in the tables of the forms; none where it is in none, or the title of a section, too.
    pub(super) fn table_label(&self, label: u32) -> Option<TableLabel> {
        self.of_tables[label as usize]
    }

    fn add(&mut self, text: &str) {
        if !self.numbers.contains_key(text) {
            let number = self.labels.len() as u32;
            let label = Label::new(text);
            self.numbers.insert(text.to_owned(), number);
            self.cores.entry(label.core.clone()).or_insert(number);
            self.labels.push(label);
        }
    }

    /// The number of the label that is printed as `text`.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// The number of a label with this folded text.
    pub(super) fn find_folded(&self, core: &str) -> Option<u32> {
        self.cores.get(core).copied()
    }

    /// A label, folded.
    pub(super) fn label(&self, number: u32) -> &Label {
        &self.labels[number as usize]
    }

    /// Where the form `pack` (by index) prints a label.
    pub(super) fn targets(&self, pack: usize, number: u32) -> &[Target] {
        &self.forms[pack].targets[number as usize]
    }

    /// Whether only other forms than `pack` (by index) print a label.
    pub(super) fn is_of_others(&self, pack: usize, number: u32) -> bool {
        self.forms[pack].is_of_others[number as usize]
    }
}
