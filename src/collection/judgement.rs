//! The result of comparing a report with the others.

use std::collections::BTreeSet;

use super::member::Entry;
use crate::check::Tally;
use crate::evaluate::Others;
use crate::message::Message;

/// What is to be said of a report, before anybody has looked where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accusation {
    /// Sums across reports that do not hold, indices into [`crate::pack::Pack::sums_across`]; several where one slip
    /// breaks them, the gravest first. With the child that explains a roll-up.
    Sums {
        sums: Vec<usize>,
        explanation: Option<Explanation>,
    },
    /// No report of these years, after an earlier one.
    Gap {
        last: Entry,
        years: Vec<u16>,
    },
    SameFigures {
        other: Entry,
        /// Sums with last year's report that do not hold because it is that report again.
        breaks: Vec<usize>,
    },
    SameText {
        other: Entry,
    },
    /// The text says something else of the year before than its report does.
    LastYear {
        previous: Entry,
        /// Which of the statements of the digest.
        stated: usize,
    },
    /// The second report of the agency and year.
    Duplicate {
        other: Entry,
    },
    NotOnList,
}

/// What came of comparing one report with the others.
#[derive(Debug, Default)]
pub struct Judgement {
    pub tally: Tally,
    pub accusations: Vec<Accusation>,
    /// What was not evaluated, and why.
    pub not_evaluated: Vec<Message>,
    /// What its sums take in.
    pub others: Others,
    /// The report of the year before, and those of the agencies below.
    pub previous: Option<Entry>,
    pub children: Vec<Entry>,
}

impl Judgement {
    /// The other reports to be looked at, to show why.
    pub fn beside(&self) -> Vec<Entry> {
        let mut entries = BTreeSet::new();
        for accusation in &self.accusations {
            match accusation {
                Accusation::Sums { explanation: Some(explanation), .. } => {
                    entries.insert(explanation.child);
                    if let How::FromLastYear(last_year) = explanation.how {
                        entries.insert(last_year);
                    }
                }
                Accusation::Sums { .. } => entries.extend(self.previous),
                Accusation::Gap { last: other, .. }
                | Accusation::SameFigures { other, .. }
                | Accusation::SameText { other }
                | Accusation::LastYear { previous: other, .. }
                | Accusation::Duplicate { other } => drop(entries.insert(*other)),
                Accusation::NotOnList => {}
            }
        }
        entries.into_iter().collect()
    }
}

/// What a report breaks because it is that of the year before, `previous`, again; none where it is not.
pub(super) fn breaks_of(accusations: &mut [Accusation], previous: Option<Entry>) -> Option<&mut Vec<usize>> {
    accusations.iter_mut().find_map(|accusation| match accusation {
        Accusation::SameFigures { other, breaks } if Some(*other) == previous => Some(breaks),
        _ => None,
    })
}

/// The agency below that explains why a consolidated figure differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub child: Entry,
    pub how: How,
}

/// What was done with the figure of the agency below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    LeftOut,
    CountedTwice,
    /// That of the year before was taken, from this report.
    FromLastYear(Entry),
    /// A later correction was not taken in.
    Corrected,
}
