//! The outcomes of the rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evaluate::Evaluated;
use crate::finding::Finding;
use crate::localize::Cause;
use crate::message::Message;
use crate::pack::{Fault, Levels, Severity};
use crate::prose::OfLastYear;

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
pub struct Outcomes<'l> {
    /// How much the rules weigh.
    pub levels: &'l Levels,
    pub tally: Tally,
    pub findings: Vec<Finding>,
    /// The sums, which are not yet findings: they are reported by their causes.
    pub sums: Evaluated,
    /// Why sums are broken.
    pub causes: Vec<Cause>,
    /// What the text says of the year before, which is compared with that year's report.
    pub of_last_year: Vec<OfLastYear>,
    /// What a pass takes and is not there, where no finding says so.
    pub unseen: Vec<Message>,
}

impl<'l> Outcomes<'l> {
    pub(super) fn new(levels: &'l Levels) -> Self {
        Self {
            levels,
            tally: Tally::default(),
            findings: Vec::new(),
            sums: Evaluated::default(),
            causes: Vec::new(),
            of_last_year: Vec::new(),
            unseen: Vec::new(),
        }
    }

    /// How a rule of the core fared that draws no finding.
    pub(super) fn count_of(&mut self, fault: Fault, outcome: Outcome) {
        if !self.levels.ignores(fault) {
            self.tally.count(outcome);
        }
    }

    /// How a rule of the form fared that draws no finding.
    pub(super) fn count(&mut self, outcome: Outcome) {
        self.tally.count(outcome);
    }

    /// A rule that is broken, with what it found.
    pub(super) fn broken(&mut self, finding: Finding) {
        let Some(finding) = finding.weighed(self.levels) else { return };
        self.tally.count(Outcome::of_broken(finding.severity));
        self.findings.push(finding);
    }
}

impl Outcome {
    /// How a rule fared that does not hold. Advice breaks no rule: it asks for a second look.
    pub fn of_broken(severity: Severity) -> Self {
        if severity == Severity::Advice { Self::Holds } else { Self::Broken }
    }
}

impl Tally {
    /// Adds the rules of another one.
    pub fn add(&mut self, other: Self) {
        self.held += other.held;
        self.broken += other.broken;
        self.not_evaluated += other.not_evaluated;
    }

    /// Counts one rule.
    pub fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Holds => self.held += 1,
            Outcome::Broken => self.broken += 1,
            Outcome::NotEvaluated => self.not_evaluated += 1,
        }
    }
}
