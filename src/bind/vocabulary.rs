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
        vocabulary
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
