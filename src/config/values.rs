//! Settings other than rules: of one file, or of all files and the command line combined.

use std::path::PathBuf;

use super::given::Given;
use crate::cli::{FailOn, Lang};
use crate::limits::{Limit, Limits};

/// Each key of the file that does not choose rules, and its option.
#[derive(Debug, Default)]
pub struct Values {
    /// Further rule packs; of packs with one id the last one counts.
    pub rules: Vec<Given<PathBuf>>,
    /// The list of agencies.
    pub agencies: Option<Given<PathBuf>>,
    /// What a file may cost; of one limit the last value counts.
    pub limits: Vec<Given<(Limit, u64)>>,
    /// From which severity on a run fails.
    pub fail_on: Option<Given<FailOn>>,
    /// The language of the messages.
    pub lang: Option<Given<Lang>>,
    /// Where findings are kept for the next run.
    pub cache: Option<Given<PathBuf>>,
    /// The findings that were there before.
    pub baseline: Option<Given<PathBuf>>,
    /// The findings that the auditor accepts.
    pub waivers: Option<Given<PathBuf>>,
}

impl Values {
    /// Both together: what is given later goes before what was given earlier; lists are added up.
    pub fn and(self, later: Self) -> Self {
        Self {
            rules: [self.rules, later.rules].concat(),
            agencies: later.agencies.or(self.agencies),
            limits: [self.limits, later.limits].concat(),
            fail_on: later.fail_on.or(self.fail_on),
            lang: later.lang.or(self.lang),
            cache: later.cache.or(self.cache),
            baseline: later.baseline.or(self.baseline),
            waivers: later.waivers.or(self.waivers),
        }
    }

    /// Where a limit was given.
    pub fn limit(&self, limit: Limit) -> Option<&Given<(Limit, u64)>> {
        self.limits.iter().rev().find(|given| given.value.0 == limit)
    }

    /// What a file may cost.
    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for Given { value: (limit, allowed), .. } in &self.limits {
            limits.set(*limit, *allowed);
        }
        limits
    }

    /// All files that are named.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        let named = [&self.cache, &self.agencies, &self.baseline, &self.waivers];
        named.into_iter().flatten().chain(&self.rules).map(|path| &path.value)
    }
}
