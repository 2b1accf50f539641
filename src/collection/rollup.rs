//! Compares a consolidated report with those of subordinate agencies: which of them explains a difference.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::connected::connected;
use super::correction::{Difference, corrected};
use super::judgement::{Accusation, Explanation, How, Judgement};
use super::member::Entry;
use super::reports::Collection;
use crate::evaluate::{Figures, Numbers, in_report};

/// Broken sums as accusations: those that one slip explains are one.
pub(super) fn grouped(
    collection: &Collection,
    entry: Entry,
    judgement: &Judgement,
    figures: Figures<'_, '_>,
    broken: &[usize],
) -> Vec<Accusation> {
    let pack = figures.pack;
    let (rolled_up, others): (Vec<usize>, Vec<usize>) =
        broken.iter().copied().partition(|&sum| pack.sums_across()[sum].takes_in.children);
    let mut accusations: Vec<Accusation> =
        connected(pack, others).into_iter().map(|sums| Accusation::Sums { sums, explanation: None }).collect();
    accusations.extend(explained(collection, entry, judgement, figures, rolled_up));
    accusations
}

/// Roll-ups that do not hold: what one agency below explains is one accusation, and so is what one slip broke that nobody
/// explains.
fn explained(
    collection: &Collection,
    entry: Entry,
    judgement: &Judgement,
    figures: Figures<'_, '_>,
    broken: Vec<usize>,
) -> Vec<Accusation> {
    if broken.is_empty() {
        return Vec::new();
    }
    let below = Below::new(collection, entry, judgement, figures, &broken);
    let mut groups = connected(figures.pack, broken);
    let mut accusations = below.explain(&mut groups);
    for sums in groups {
        let differences: Vec<Difference> =
            sums.iter().filter_map(|sum| Some((*sum, *below.differences.get(sum)?))).collect();
        let corrected = corrected(figures.pack, &differences, &judgement.others.children);
        if let Some(child) = corrected.filter(|_| differences.len() == sums.len()) {
            let explanation = Explanation { child: judgement.children[child], how: How::Corrected };
            accusations.push(Accusation::Sums { sums, explanation: Some(explanation) });
            continue;
        }
        let mut one_by_one = sums.iter().map(|&sum| vec![sum]).collect();
        let explained = below.explain(&mut one_by_one);
        if one_by_one.is_empty() {
            accusations.extend(explained);
        } else {
            accusations.push(Accusation::Sums { sums, explanation: None });
        }
    }
    accusations
}

/// The agencies below, with what would explain a difference.
struct Below<'a> {
    judgement: &'a Judgement,
    figures: Figures<'a, 'a>,
    /// The report of the year before of each agency below, with its numbers.
    last_years: Vec<Option<(Entry, Numbers)>>,
    /// A sum over all agencies below, once for each figure and not for each agency.
    differences: BTreeMap<usize, Decimal>,
}

impl<'a> Below<'a> {
    fn new(
        collection: &Collection,
        entry: Entry,
        judgement: &'a Judgement,
        figures: Figures<'a, 'a>,
        broken: &[usize],
    ) -> Self {
        let last_years = judgement.children.iter().map(|&child| {
            let last_year = collection.last_year(child)?;
            Some((last_year, collection.numbers(last_year, entry)))
        });
        let differences = broken.iter().filter_map(|&sum| Some((sum, difference(figures, sum)?))).collect();
        Self { judgement, figures, last_years: last_years.collect(), differences }
    }

    /// What was done with the figures of an agency below, if that explains a sum.
    fn explains(&self, (child, how): (usize, How), sum: usize) -> bool {
        let last_year = self.last_years[child].as_ref().map(|(_, numbers)| numbers);
        let below = self.figures.pack.sums_across()[sum].right.addends.first();
        let explained = below.and_then(|below| {
            change(how, in_report(&self.judgement.others.children[child], below)?, || in_report(last_year?, below))
        });
        explained.is_some() && explained.as_ref() == self.differences.get(&sum)
    }

    /// Takes the groups of sums that one agency below explains wholly, and it alone; those of one are one accusation.
    fn explain(&self, groups: &mut Vec<Vec<usize>>) -> Vec<Accusation> {
        let mut accusations = Vec::new();
        while !groups.is_empty() {
            let explains = |of: (usize, How)| -> Vec<usize> {
                let whole = groups.iter().filter(|group| group.iter().all(|&sum| self.explains(of, sum)));
                whole.flatten().copied().collect()
            };
            let all = self.last_years.iter().enumerate().flat_map(|(child, last_year)| {
                let from_last_year = last_year.as_ref().map(|(entry, _)| How::FromLastYear(*entry));
                [How::LeftOut, How::CountedTwice].into_iter().chain(from_last_year).map(move |how| (child, how))
            });
            let mut candidates: Vec<_> =
                all.map(|of| (of, explains(of))).filter(|(_, sums)| !sums.is_empty()).collect();
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
            groups.retain(|group| !group.iter().any(|sum| sums.contains(sum)));
            let explanation = Some(Explanation { child: self.judgement.children[child], how });
            accusations.push(Accusation::Sums { sums, explanation });
        }
        accusations
    }
}

/// By how much a consolidated figure is more than the agencies below have together.
fn difference(figures: Figures<'_, '_>, sum: usize) -> Option<Decimal> {
    let sum = &figures.pack.sums_across()[sum];
    let total = figures.side(&sum.left, sum.missing, &mut Vec::new())?;
    let expected = figures.side(&sum.right, sum.missing, &mut Vec::new())?;
    total.checked_sub(expected).filter(|difference| !difference.is_zero())
}

/// The difference that comes of what was done with the figure of an agency below.
fn change(how: How, figure: Decimal, last_year: impl FnOnce() -> Option<Decimal>) -> Option<Decimal> {
    match how {
        How::LeftOut => Some(-figure),
        How::CountedTwice => Some(figure),
        How::FromLastYear(_) => last_year()?.checked_sub(figure),
        // Of that nobody knows the former figures.
        How::Corrected => None,
    }
}
