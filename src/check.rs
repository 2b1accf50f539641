//! Every rule put to the facts: it holds, is broken, or cannot be evaluated. Knows no file format.

pub mod across;
mod cells;
mod prose;
mod statements;
mod structure;
mod sums;
mod titles;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evaluate::{Evaluated, Figures, Others, numbers};
use crate::facts::Facts;
use crate::finding::Finding;
use crate::localize::{Cause, localize};
use crate::pack::{Core, Fault, Pack, Severity};

pub use titles::is_same as is_same_name;

/// How the rules fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    pub held: usize,
    pub broken: usize,
    /// A figure it needs could not be read: neither passed nor failed.
    pub not_evaluated: usize,
}

/// How one rule fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Holds,
    Broken,
    NotEvaluated,
}

/// What came of all rules.
#[derive(Debug)]
pub struct Outcomes {
    /// The rules that every form shares, for what was chosen of them.
    core: Arc<Core>,
    pub tally: Tally,
    pub findings: Vec<Finding>,
    /// The sums, which are not yet findings: they are told by their causes.
    pub sums: Evaluated,
    /// Why sums are broken.
    pub causes: Vec<Cause>,
}

impl Outcomes {
    fn new(core: &Arc<Core>) -> Self {
        Self {
            core: Arc::clone(core),
            tally: Tally::default(),
            findings: Vec::new(),
            sums: Evaluated::default(),
            causes: Vec::new(),
        }
    }

    /// How a rule of the core fared that draws no finding.
    fn count_of(&mut self, fault: Fault, outcome: Outcome) {
        if self.core.tells(fault) {
            self.count(outcome);
        }
    }

    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Holds => self.tally.held += 1,
            Outcome::Broken => self.tally.broken += 1,
            Outcome::NotEvaluated => self.tally.not_evaluated += 1,
        }
    }

    /// What came of other rules besides.
    pub fn add(&mut self, other: Self) {
        self.tally.held += other.tally.held;
        self.tally.broken += other.tally.broken;
        self.tally.not_evaluated += other.tally.not_evaluated;
        self.findings.extend(other.findings);
    }

    /// A rule that is broken, with what it found. Advice breaks no rule: it asks for a second look.
    fn broken(&mut self, finding: Finding) {
        if !self.core.tells_of(&finding.rule) {
            return;
        }
        self.count(if finding.severity == Severity::Advice { Outcome::Holds } else { Outcome::Broken });
        self.findings.push(finding);
    }
}

/// Puts every rule of `pack` to `facts`.
pub fn check(pack: &Pack, facts: &Facts<'_>) -> Outcomes {
    let mut outcomes = Outcomes::new(&pack.core);
    let numbers = numbers(pack, facts);
    structure::check(pack, facts, &mut outcomes);
    titles::check(pack, facts, &mut outcomes);
    let figures = Figures { pack, facts, numbers: &numbers, others: None };
    sums::check(figures, &mut outcomes);
    let localized = localize(figures, &outcomes.sums);
    cells::check(pack, facts, &numbers, &localized.settled, &mut outcomes);
    statements::check(pack, facts, &mut outcomes);
    prose::check(pack, facts, &numbers, &localized.causes, &mut outcomes);
    outcomes.causes = localized.causes;
    outcomes
}

/// Puts the rules that take in figures of other reports to `facts`.
pub fn check_across(pack: &Pack, facts: &Facts<'_>, others: &Others) -> Outcomes {
    let mut outcomes = Outcomes::new(&pack.core);
    let numbers = numbers(pack, facts);
    across::check(Figures { pack, facts, numbers: &numbers, others: Some(others) }, &mut outcomes);
    outcomes
}
