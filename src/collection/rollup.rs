//! A consolidated report against those of the agencies below: which of them explains a difference.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::judge::{Accusation, Judgement};
use super::{Archive, Entry, Found, Key};
use crate::evaluate::{Figures, Numbers, in_report};
use crate::pack::{Comparison, Pack, Sum, Whose};

/// The reports of the agencies below.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Children {
    /// There are no such agencies, or the report is not a consolidated one.
    None,
    All(Vec<Entry>),
    /// Agencies without a report, and with several that differ.
    Lacking {
        missing: Vec<String>,
        differing: Vec<String>,
    },
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
}

impl Archive {
    /// The reports that a report is the sum of.
    pub(super) fn children(&self, entry: Entry) -> Children {
        let key = self.key(entry);
        let Some(agencies) = &self.agencies else { return Children::None };
        let Some(own) = agencies.agencies.get(key.agency as usize).filter(|agency| agency.is_consolidated) else {
            return Children::None;
        };
        let below: Vec<u32> = own
            .children
            .iter()
            .copied()
            .filter(|&child| agencies.agencies[child as usize].exists_in(key.year))
            .collect();
        if below.is_empty() {
            return Children::None;
        }
        let (mut found, mut missing, mut differing) = (Vec::new(), Vec::new(), Vec::new());
        for child in below {
            match self.report_of(Key { agency: child, ..key }) {
                Found::One(entry) => found.push(entry),
                Found::None => missing.push(self.name(child).to_owned()),
                Found::Several => differing.push(self.name(child).to_owned()),
            }
        }
        if missing.is_empty() && differing.is_empty() {
            return Children::All(found);
        }
        Children::Lacking { missing, differing }
    }

    /// The report of an agency of the year before.
    fn last_year(&self, entry: Entry) -> Option<Entry> {
        let key = self.key(entry);
        match self.report_of(Key { year: key.year.checked_sub(1)?, ..key }) {
            Found::One(entry) => Some(entry),
            Found::None | Found::Several => None,
        }
    }
}

/// Broken sums as accusations: those that one slip explains are one.
pub(super) fn grouped(
    archive: &Archive,
    entry: Entry,
    judgement: &Judgement,
    figures: Figures<'_, '_>,
    broken: &[usize],
) -> Vec<Accusation> {
    let pack = figures.pack;
    let (rolled_up, others): (Vec<usize>, Vec<usize>) =
        broken.iter().copied().partition(|&sum| pack.cross_sums[sum].takes_in.children);
    let mut accusations: Vec<Accusation> =
        connected(pack, others).into_iter().map(|sums| Accusation::Sums { sums, explanation: None }).collect();
    accusations.extend(explained(archive, entry, judgement, figures, rolled_up));
    accusations
}

/// Sums of one rule whose figures are in one sum of the report itself: a total follows its parts. The gravest stands first.
fn connected(pack: &Pack, sums: Vec<usize>) -> Vec<Vec<usize>> {
    let own = |sum: usize| {
        let own = pack.cross_sums[sum].addends().filter(|addend| addend.whose == Whose::Own);
        own.map(|addend| addend.figure).next()
    };
    let is_connected = |one: usize, other: usize| {
        let (Some(first), Some(second)) = (own(one), own(other)) else { return false };
        let is_one_rule = pack.cross_sums[one].rule.code == pack.cross_sums[other].rule.code;
        let are_equations = [one, other].iter().all(|&sum| pack.cross_sums[sum].comparison == Comparison::Equal);
        let takes_in = |sum: &Sum, figure: usize| sum.addends().any(|addend| addend.figure == figure);
        is_one_rule && are_equations && pack.sums.iter().any(|sum| takes_in(sum, first) && takes_in(sum, second))
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for sum in sums {
        match groups.iter_mut().find(|group| group.iter().any(|&other| is_connected(other, sum))) {
            Some(group) => group.push(sum),
            None => groups.push(vec![sum]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|&sum| std::cmp::Reverse(pack.cross_sums[sum].severity));
    }
    groups
}

/// Figures that one agency below explains, together; the others one by one.
fn explained(
    archive: &Archive,
    entry: Entry,
    judgement: &Judgement,
    figures: Figures<'_, '_>,
    mut left: Vec<usize>,
) -> Vec<Accusation> {
    let last_years = judgement.children.iter().map(|&child| archive.last_year(child).filter(|_| !left.is_empty()));
    let last_years: Vec<Option<(Entry, Numbers)>> =
        last_years.map(|of| of.map(|last_year| (last_year, archive.numbers(last_year, entry)))).collect();
    // A sum over all agencies below, once for each figure and not for each agency below.
    let differences: BTreeMap<usize, Decimal> =
        left.iter().filter_map(|&sum| Some((sum, difference(figures, sum)?))).collect();
    let mut accusations = Vec::new();
    while !left.is_empty() {
        let explains = |(child, how): (usize, How)| -> Vec<usize> {
            let last_year = last_years[child].as_ref().map(|(_, numbers)| numbers);
            let is_due_to = |sum: &&usize| {
                let below = figures.pack.cross_sums[**sum].right.addends.first();
                let explained = below.and_then(|below| {
                    change(how, in_report(&judgement.others.children[child], below)?, || in_report(last_year?, below))
                });
                explained.is_some() && explained.as_ref() == differences.get(*sum)
            };
            left.iter().filter(is_due_to).copied().collect()
        };
        let all = last_years.iter().enumerate().flat_map(|(child, last_year)| {
            let from_last_year = last_year.as_ref().map(|(entry, _)| How::FromLastYear(*entry));
            [How::LeftOut, How::CountedTwice].into_iter().chain(from_last_year).map(move |how| (child, how))
        });
        let mut candidates: Vec<_> = all.map(|of| (of, explains(of))).filter(|(_, sums)| !sums.is_empty()).collect();
        candidates.sort_by_key(|(_, sums)| std::cmp::Reverse(sums.len()));
        // One that another one explains as well is not explained.
        let is_sole = |at: &usize| {
            let own = &candidates[*at].1;
            let others =
                candidates.iter().enumerate().filter(|(other, (_, sums))| other != at && sums.len() >= own.len());
            others.into_iter().all(|(_, (_, sums))| !sums.iter().any(|sum| own.contains(sum)))
        };
        let Some(best) = (0..candidates.len()).find(is_sole) else { break };
        let ((child, how), sums) = candidates.swap_remove(best);
        left.retain(|sum| !sums.contains(sum));
        let explanation = Some(Explanation { child: judgement.children[child], how });
        accusations.push(Accusation::Sums { sums, explanation });
    }
    accusations.extend(left.into_iter().map(|sum| Accusation::Sums { sums: vec![sum], explanation: None }));
    accusations
}

/// By how much a consolidated figure is more than the agencies below have together.
fn difference(figures: Figures<'_, '_>, sum: usize) -> Option<Decimal> {
    let sum = &figures.pack.cross_sums[sum];
    let total = figures.side(&sum.left, sum.missing, &mut Vec::new())?;
    let due = figures.side(&sum.right, sum.missing, &mut Vec::new())?;
    total.checked_sub(due).filter(|difference| !difference.is_zero())
}

/// The difference that comes of what was done with the figure of an agency below.
fn change(how: How, figure: Decimal, last_year: impl FnOnce() -> Option<Decimal>) -> Option<Decimal> {
    match how {
        How::LeftOut => Some(-figure),
        How::CountedTwice => Some(figure),
        How::FromLastYear(_) => last_year()?.checked_sub(figure),
    }
}
