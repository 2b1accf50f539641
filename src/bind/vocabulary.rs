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
    /// For each label, the first one with its folded text.
    folded: Vec<u32>,
    /// For the first label of each folded text, where each form that prints it does, by the index of the form; for others nothing.
    printed: Vec<Vec<Printed>>,
    /// The same for the forms of which only others print it.
    of_others: Vec<Vec<usize>>,
    /// For each label, what it is in the tables of all forms.
    of_tables: Vec<Option<TableLabel>>,
    /// For each label, what a report prints once with it.
    anchors: Vec<Option<Anchor>>,
    /// For each label, the forms that may print it, a bit each. No bit is missing for forms beyond the last bit.
    forms_of: Vec<u64>,
}

/// Where a form prints a label.
#[derive(Debug)]
struct Printed {
    pack: usize,
    targets: Vec<Target>,
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

/// What a report prints once, so that a second one begins where it is printed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The title of a section, by index.
    Section(usize),
    /// A row that is in one table of a form only, and once; by that table.
    Row(usize),
}

fn anchor(targets: &[Target], pack: &Pack) -> Option<Anchor> {
    let section = targets.iter().find_map(|target| match *target {
        Target::Section(section) => Some(Anchor::Section(section)),
        _ => None,
    });
    let is_row =
        |target: &&Target| matches!(**target, Target::Row { table, row } if pack.tables[table].rows[row].is_leaf);
    if section.is_some() {
        return section;
    }
    let table = targets.first()?.table()?;
    let is_once = targets.iter().filter(is_row).count() == 1
        && !targets.iter().any(|target| target.table() != Some(table) || matches!(target, Target::Column { .. }));
    is_once.then_some(Anchor::Row(table))
}

impl Vocabulary {
    /// The labels of all `packs`.
    pub fn new(packs: &[Arc<Pack>]) -> Self {
        let mut vocabulary = Self::default();
        for pack in packs {
            for (text, label) in pack.labels.printed() {
                vocabulary.add(text, || label.clone());
            }
            // Sections are printed with their number.
            for (index, section) in pack.sections.iter().enumerate() {
                let heading = section.heading(index);
                vocabulary.add(&heading, || Label::new(&heading));
            }
            for core in &pack.identify.of_others {
                vocabulary.add(core, || Label::new(core));
            }
        }
        vocabulary.printed.resize_with(vocabulary.labels.len(), Vec::new);
        vocabulary.of_others.resize_with(vocabulary.labels.len(), Vec::new);
        for (index, pack) in packs.iter().enumerate() {
            vocabulary.take_in(index, pack);
        }
        let labels = 0..vocabulary.labels.len();
        vocabulary.of_tables = labels.clone().map(|label| vocabulary.in_tables(label)).collect();
        vocabulary.anchors = labels.clone().map(|label| vocabulary.anchor_of(label, packs)).collect();
        vocabulary.forms_of = labels.map(|label| vocabulary.printed_by(label)).collect();
        vocabulary
    }

    /// Where a form prints its labels, and which are of others.
    fn take_in(&mut self, index: usize, pack: &Pack) {
        for (core, targets) in pack.labels.folded() {
            if let Some(label) = self.find_folded(core) {
                self.printed[label as usize].push(Printed { pack: index, targets: targets.to_vec() });
            }
        }
        for core in &pack.identify.of_others {
            if let Some(label) = self.find_folded(core) {
                self.of_others[label as usize].push(index);
            }
        }
    }

    fn anchor_of(&self, label: usize, packs: &[Arc<Pack>]) -> Option<Anchor> {
        let printed = self.printed_in(label as u32);
        let anchors: Option<Vec<Anchor>> = printed.map(|(pack, targets)| anchor(targets, &packs[pack])).collect();
        anchors?.first().copied()
    }

    fn printed_by(&self, label: usize) -> u64 {
        let others = self.others_of(label as u32).filter(|form| *form < u64::BITS as usize);
        others.fold(u64::MAX, |forms, form| forms & !(1 << form))
    }

    /// The forms that print a label, by index, in order, and where.
    pub(super) fn printed_in(&self, label: u32) -> impl Iterator<Item = (usize, &[Target])> {
        let first = self.folded[label as usize] as usize;
        self.printed[first].iter().map(|printed| (printed.pack, printed.targets.as_slice()))
    }

    /// The forms of which only others print a label, by index.
    pub(super) fn others_of(&self, label: u32) -> impl Iterator<Item = usize> + '_ {
        self.of_others[self.folded[label as usize] as usize].iter().copied()
    }

    /// What a report prints once with this label.
    pub(super) fn anchor(&self, label: u32) -> Option<Anchor> {
        self.anchors[label as usize]
    }

    /// The forms that may print a label, a bit each.
    pub(super) fn forms_of(&self, label: u32) -> u64 {
        self.forms_of[label as usize]
    }

    /// How many labels there are.
    pub(super) fn len(&self) -> usize {
        self.labels.len()
    }

    /// What a label is in the tables of the forms; none where it is the title of a section, too.
    fn in_tables(&self, label: usize) -> Option<TableLabel> {
        let kind = |target: &Target| match target {
            Target::Section(_) => None,
            Target::Row { .. } => Some(TableLabel::Row),
            Target::Column { .. } | Target::Header { .. } => Some(TableLabel::Header),
        };
        let mut kinds = self.printed_in(label as u32).flat_map(|(_, targets)| targets).map(kind);
        let first = kinds.next()?;
        kinds.try_fold(first?, |known, kind| Some(if kind? == known { known } else { TableLabel::Either }))
    }

    /// What a label is in the tables of the forms; none where it is in none, or the title of a section, too.
    pub(super) fn table_label(&self, label: u32) -> Option<TableLabel> {
        self.of_tables[label as usize]
    }

    fn add(&mut self, text: &str, folded: impl FnOnce() -> Label) {
        if !self.numbers.contains_key(text) {
            let number = self.labels.len() as u32;
            let label = folded();
            self.numbers.insert(text.to_owned(), number);
            self.folded.push(*self.cores.entry(label.core.clone()).or_insert(number));
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
    pub(super) fn targets(&self, pack: usize, label: u32) -> &[Target] {
        self.printed_in(label).find(|(own, _)| *own == pack).map_or(&[], |(_, targets)| targets)
    }
}
