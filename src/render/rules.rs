//! The rules themselves, for formats that list them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::message::Language;
use crate::pack::{Core, Pack, Rule, rules};

/// The rules in use, each once, in the order of the packs.
#[derive(Debug, Default)]
pub struct Rules {
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

impl Rules {
    /// Those of the core and of forms.
    pub fn new(core: &Core, packs: &[Arc<Pack>]) -> Self {
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

    /// All of them.
    pub fn all(&self) -> &[InUse] {
        &self.rules
    }

    /// The place of the rule of a code among [`Self::all`]; none for one that is not in use.
    pub(super) fn place(&self, code: &str) -> Option<usize> {
        self.places.get(code).copied()
    }

    /// What the rule of a code says; a stored finding may be of a rule that is not in use.
    pub(super) fn says(&self, code: &str, language: Language) -> Option<&str> {
        self.place(code).map(|place| language.pick(&self.rules[place].rule.says))
    }
}
