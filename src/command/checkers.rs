//! What is chosen of the rules, worked into the forms: once for each set of overrides that some report falls under, when
//! the first such report comes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{CommandError, setup};
use crate::checker::Checker;
use crate::config::{Config, Overrides, normal};
use crate::message::Language;
use crate::pack::Pack;

/// All checkers of a run; shared between its threads.
pub(super) struct Checkers {
    config: Arc<Config>,
    purpose: Purpose,
    /// Paths are seen from here.
    working: PathBuf,
    /// The forms as their packs have them.
    all: Checker,
    /// The forms that reports may follow, numbered as digests have them.
    forms: Vec<Arc<Pack>>,
    /// What holds where no override does.
    base: Arc<Checker>,
    made: Mutex<HashMap<Overrides, Arc<OnceLock<Arc<Checker>>>>>,
}

/// Whether rules are put, or figures read whatever is chosen of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Check,
    Read,
}

impl Checkers {
    /// With the forms that come with the program and those that are configured.
    ///
    /// # Errors
    /// When a pack is wrong, or a word anywhere in the configuration means no rule.
    pub fn new(config: &Arc<Config>, purpose: Purpose, language: Language) -> Result<Self, CommandError> {
        let mut all = setup::checker(config)?;
        // A rule of any form may be spoken of, whichever is checked.
        config.verify(all.core(), all.packs()).map_err(|mistake| setup::mistaken(mistake, language))?;
        let base = chosen(&all, config, &[], purpose);
        let names_forms = config.overrides().iter().any(|own| own.chosen.pack.is_some());
        let forms =
            if names_forms { as_chosen(&all, config, &[], purpose).packs().to_vec() } else { base.packs().to_vec() };
        let base = if purpose == Purpose::Check {
            all = all.with_digests(&forms);
            base.with_digests(&forms)
        } else {
            base
        };
        Ok(Self {
            config: Arc::clone(config),
            purpose,
            working: std::path::absolute(".").unwrap_or_default(),
            all,
            forms,
            base: Arc::new(base),
            made: Mutex::default(),
        })
    }

    /// What holds where no override does.
    pub fn base(&self) -> &Arc<Checker> {
        &self.base
    }

    /// All forms as their packs have them.
    pub fn all(&self) -> &Checker {
        &self.all
    }

    /// The forms that reports may follow, numbered as in digests.
    pub fn forms(&self) -> &[Arc<Pack>] {
        &self.forms
    }

    /// The overrides that hold for a report, its path as it is shown.
    pub fn overrides(&self, path: &str, organization: Option<&str>) -> Overrides {
        let all = self.config.overrides();
        if all.is_empty() {
            return Overrides::new();
        }
        let path = normal(&self.working.join(Path::new(path)));
        (0..all.len()).filter(|&at| all[at].holds(&path, organization)).collect()
    }

    /// Whether any override asks whose a report is.
    pub fn asks_for_organizations(&self) -> bool {
        self.config.overrides().iter().any(|own| own.organizations.is_some())
    }

    /// The checker where these overrides hold.
    pub fn of(&self, overrides: &[usize]) -> Arc<Checker> {
        if overrides.is_empty() {
            return Arc::clone(&self.base);
        }
        let made = {
            // What is in there is whole, whoever panicked.
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(made.entry(overrides.to_vec()).or_default())
        };
        Arc::clone(made.get_or_init(|| Arc::new(chosen(&self.all, &self.config, overrides, self.purpose))))
    }
}

/// What is chosen where these overrides hold.
fn chosen(all: &Checker, config: &Config, overrides: &[usize], purpose: Purpose) -> Checker {
    let forms = as_chosen(all, config, overrides, purpose);
    // Every id was looked up before: of one that is none, nothing is said twice.
    let form = config.form(overrides, forms.packs()).ok().flatten().cloned();
    match form {
        Some(form) => forms.with_packs(vec![form]),
        None => forms,
    }
}

fn as_chosen(all: &Checker, config: &Config, overrides: &[usize], purpose: Purpose) -> Checker {
    match purpose {
        Purpose::Check => all.clone().with_selection(&config.selection(overrides)),
        Purpose::Read => all.clone(),
    }
}
