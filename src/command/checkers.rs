//! The checker for each report of a run, chosen by its path and its agency.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{CommandError, setup};
use crate::checker::Checker;
use crate::config::{Config, Override, Overrides, normal};
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
    /// What holds where some do.
    overridden: Mutex<HashMap<Overrides, Arc<Checker>>>,
    /// For each override, whether it held for any report.
    held: Vec<AtomicBool>,
}

/// Whether rules are applied, or figures read whatever is chosen of the rules.
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
        let forms = if names_forms { all.packs().to_vec() } else { base.packs().to_vec() };
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
            overridden: Mutex::default(),
            held: config.overrides().iter().map(|_| AtomicBool::new(false)).collect(),
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
        let holding: Overrides = (0..all.len()).filter(|&at| all[at].holds(&path, organization)).collect();
        holding.iter().for_each(|&at| self.held[at].store(true, Ordering::Relaxed));
        holding
    }

    /// The overrides that have held for no report so far.
    pub fn unused_overrides(&self) -> impl Iterator<Item = &Override> {
        let all = self.config.overrides().iter().zip(&self.held);
        all.filter(|(_, held)| !held.load(Ordering::Relaxed)).map(|(own, _)| own)
    }

    /// What holds for a report, its path as it is shown.
    pub fn of_report(&self, path: &str, organization: Option<&str>) -> Arc<Checker> {
        self.of(&self.overrides(path, organization))
    }

    /// What holds where these overrides do.
    pub fn of(&self, overrides: &[usize]) -> Arc<Checker> {
        if overrides.is_empty() {
            return Arc::clone(&self.base);
        }
        // What is in there is whole, whoever panicked.
        let mut overridden = self.overridden.lock().unwrap_or_else(PoisonError::into_inner);
        let checker = overridden.entry(overrides.to_vec());
        Arc::clone(checker.or_insert_with(|| Arc::new(chosen(&self.all, &self.config, overrides, self.purpose))))
    }
}

/// What is chosen where these overrides hold.
fn chosen(all: &Checker, config: &Config, overrides: &[usize], purpose: Purpose) -> Checker {
    let checker = match purpose {
        Purpose::Check => all.clone().with_selection(&config.selection(overrides)),
        Purpose::Read => all.clone(),
    };
    // Every id was looked up before: one that is none has been reported.
    match config.form(overrides, all.packs()) {
        Ok(Some(form)) => checker.with_form(form),
        _ => checker,
    }
}
