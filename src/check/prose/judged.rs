//! How a number of the text fared, and one outcome for each number.

use std::ops::Range;

use super::super::outcomes::Outcome;
use crate::finding::Finding;

/// How a claim fared.
pub(super) struct Judged {
    /// What it is about: mostly a number. Bytes of the paragraph without blanks.
    pub at: Range<usize>,
    pub outcome: Outcome,
    pub finding: Option<Finding>,
}

impl Judged {
    pub fn holds(at: Range<usize>) -> Self {
        Self { at, outcome: Outcome::Holds, finding: None }
    }

    pub fn unknown(at: Range<usize>) -> Self {
        Self { at, outcome: Outcome::NotEvaluated, finding: None }
    }

    pub fn broken(at: Range<usize>, finding: Finding) -> Self {
        Self { at, outcome: Outcome::Broken, finding: Some(finding) }
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
