//! The rules themselves, for formats that list them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::message::Language;
use crate::pack::{Core, Pack, Rule, rules};

/// The rules in use, each once, in the order of the packs. Few formats list any: they are looked at where one does.
#[derive(Debug)]
pub struct Rules(LazyLock<Listed, Box<dyn FnOnce() -> Listed + Send>>);

#[derive(Debug, Default)]
struct Listed {
    rules: Vec<InUse>,
    places: BTreeMap<String, usize>,
}

/// A rule with the packs that have it.
#[derive(Debug)]
pub struct InUse {
    pub rule: Arc<Rule>,
    /// Their ids; `core` for what every form shares.
    pub packs: Vec<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self(LazyLock::new(Box::new(Listed::default)))
    }
}

impl Listed {
    fn new(core: &Core, packs: &[Arc<Pack>]) -> Self {
        let mut all = Self::default();
        for rule in rules(core, packs) {
            if let Some(&place) = all.places.get(&rule.code) {
                all.rules[place].packs.push(rule.pack.clone());
                continue;
            }
            all.places.insert(rule.code.clone(), all.rules.len());
            all.rules.push(InUse { rule: Arc::clone(rule), packs: vec![rule.pack.clone()] });
        }
        all
    }
}

impl Rules {
    /// Those of the core and of forms.
    pub fn new(core: &Arc<Core>, packs: &[Arc<Pack>]) -> Self {
        let (core, packs) = (Arc::clone(core), packs.to_vec());
        Self(LazyLock::new(Box::new(move || Listed::new(&core, &packs))))
    }

    /// All of them.
    pub fn all(&self) -> &[InUse] {
        &self.0.rules
    }

    /// The place of the rule of a code among [`Self::all`]; none for one that is not in use.
    pub(super) fn place(&self, code: &str) -> Option<usize> {
        self.0.places.get(code).copied()
    }

    /// What the rule of a code says; a stored finding may be of a rule that is not in use.
    pub(super) fn says(&self, code: &str, language: Language) -> Option<&str> {
        self.place(code).map(|place| language.pick(&self.0.rules[place].rule.says))
    }
}
