//! Every rule put to the facts: it holds, is broken, or cannot be evaluated. Knows no file format.

mod cells;
mod prose;
mod statements;
mod structure;
mod sums;
mod titles;

use rust_decimal::Decimal;

use crate::decode::{Cause, Evaluated, decode};
use crate::facts::Facts;
use crate::finding::Finding;
use crate::pack::{Pack, Severity};

/// How the rules fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
#[derive(Debug, Default)]
pub struct Outcomes {
    pub tally: Tally,
    pub findings: Vec<Finding>,
    /// The sums, which are not yet findings: they are told by their causes.
    pub sums: Evaluated,
    /// Why sums are broken.
    pub causes: Vec<Cause>,
}

impl Outcomes {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Holds => self.tally.held += 1,
            Outcome::Broken => self.tally.broken += 1,
            Outcome::NotEvaluated => self.tally.not_evaluated += 1,
        }
    }

    /// A rule that is broken, with what it found. Advice breaks no rule: it asks for a second look.
    fn broken(&mut self, finding: Finding) {
        self.count(if finding.severity == Severity::Advice { Outcome::Holds } else { Outcome::Broken });
        self.findings.push(finding);
    }
}

/// Puts every rule of `pack` to `facts`.
pub fn check(pack: &Pack, facts: &Facts<'_>) -> Outcomes {
    let mut outcomes = Outcomes::default();
    let numbers = numbers(pack, facts);
    structure::check(pack, facts, &mut outcomes);
    titles::check(pack, facts, &mut outcomes);
    sums::check(pack, facts, &numbers, &mut outcomes);
    let decoded = decode(pack, facts, &numbers, &outcomes.sums);
    cells::check(pack, facts, &numbers, &decoded.settled, &mut outcomes);
    statements::check(pack, facts, &mut outcomes);
    prose::check(pack, facts, &numbers, &decoded.causes, &mut outcomes);
    outcomes.causes = decoded.causes;
    outcomes
}

/// The figures that sums may use: numbers of the right kind. Whatever else stands in a cell is never counted as 0.
pub fn numbers(pack: &Pack, facts: &Facts<'_>) -> Vec<Option<Decimal>> {
    let sound = |(fact, figure): (&crate::facts::Fact<'_>, &crate::pack::Figure)| {
        fact.number().filter(|&number| figure.value.admits(number))
    };
    facts.figures.iter().zip(&pack.figures).map(sound).collect()
}
