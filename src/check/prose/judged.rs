//! How a number of the text fared, and one outcome for each number.

use std::ops::Range;

use super::super::outcomes::Outcome;
use crate::finding::Finding;
use crate::pack::Reading;

/// How a claim fared.
#[derive(Debug)]
pub struct Judged {
    /// What it is about: mostly a number. Bytes of the paragraph without blanks.
    pub at: Range<usize>,
    pub outcome: Outcome,
    /// What it agrees with.
    pub with: With,
    /// What is wrong, where it is broken.
    pub finding: Option<Finding>,
}

/// What a number of the text was found equal to.
#[derive(Debug)]
pub enum With {
    Nothing,
    /// Figures of the tables.
    Figures(Reading),
    /// The sum of the numbers listed beside it, by their places in the paragraph.
    Parts(Vec<Range<usize>>),
    /// What other numbers, of the text or the tables, come to.
    Ratio,
}

impl Judged {
    pub(super) fn holds(at: Range<usize>, with: With) -> Self {
        Self { at, outcome: Outcome::Holds, with, finding: None }
    }

    pub(super) fn unknown(at: Range<usize>) -> Self {
        Self { at, outcome: Outcome::NotEvaluated, with: With::Nothing, finding: None }
    }

    pub(super) fn broken(at: Range<usize>, finding: Finding) -> Self {
        Self { at, outcome: Outcome::Broken, with: With::Nothing, finding: Some(finding) }
    }
}

/// One outcome for each number: several claims may read one, and where one of them fits, the number is right.
pub(super) fn agreed(mut all: Vec<Judged>) -> Vec<Judged> {
    let weight = |outcome| match outcome {
        Outcome::Holds => 0,
        Outcome::NotEvaluated => 1,
        Outcome::Broken => 2,
    };
    all.sort_by_key(|judged| (judged.at.start, weight(judged.outcome)));
    all.dedup_by_key(|judged| judged.at.start);
    all
}
