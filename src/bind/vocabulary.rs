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
    forms: Vec<OfForm>,
    /// For each label, what it is in the tables of all forms.
    of_tables: Vec<Option<TableLabel>>,
    /// For each label, what a report prints once with it.
    anchors: Vec<Option<Anchor>>,
    /// For each label, the forms that may print it, a bit each. No bit is missing for forms beyond the last bit.
    forms_of: Vec<u64>,
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
        vocabulary.forms = packs.iter().map(|pack| vocabulary.of_form(pack)).collect();
        let labels = 0..vocabulary.labels.len();
        vocabulary.of_tables = labels.clone().map(|label| vocabulary.in_tables(label)).collect();
        vocabulary.anchors = labels.clone().map(|label| vocabulary.anchor_of(label, packs)).collect();
        vocabulary.forms_of = labels.map(|label| vocabulary.printed_by(label)).collect();
        vocabulary
    }

    fn of_form(&self, pack: &Pack) -> OfForm {
        let mut form = OfForm { targets: vec![Vec::new(); self.len()], is_of_others: vec![false; self.len()] };
        for (core, targets) in pack.labels.folded() {
            if let Some(label) = self.find_folded(core) {
                form.targets[label as usize] = targets.to_vec();
            }
        }
        for label in pack.identify.of_others.iter().filter_map(|core| self.find_folded(core)) {
            form.is_of_others[label as usize] = true;
        }
        for (label, &first) in self.folded.iter().enumerate().filter(|&(label, &first)| first != label as u32) {
            form.targets[label] = form.targets[first as usize].clone();
            form.is_of_others[label] = form.is_of_others[first as usize];
        }
        form
    }

    fn anchor_of(&self, label: usize, packs: &[Arc<Pack>]) -> Option<Anchor> {
        let printed = self.forms.iter().map(|form| form.targets[label].as_slice()).zip(packs);
        let anchors = printed.filter(|(targets, _)| !targets.is_empty());
        let anchors: Option<Vec<Anchor>> = anchors.map(|(targets, pack)| anchor(targets, pack)).collect();
        anchors?.first().copied()
    }

    fn printed_by(&self, label: usize) -> u64 {
        let others = self.forms.iter().zip(0..u64::BITS).filter(|(form, _)| form.is_of_others[label]);
        others.fold(u64::MAX, |forms, (_, form)| forms & !(1 << form))
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
        let mut kinds = self.forms.iter().flat_map(|form| &form.targets[label]).map(kind);
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
    pub(super) fn targets(&self, pack: usize, number: u32) -> &[Target] {
        &self.forms[pack].targets[number as usize]
    }

    /// Whether only other forms than `pack` (by index) print a label.
    pub(super) fn is_of_others(&self, pack: usize, number: u32) -> bool {
        self.forms[pack].is_of_others[number as usize]
    }
}
