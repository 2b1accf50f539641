//! A consolidated report against those of the agencies below: which of them explains a difference.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::judgement::{Accusation, Explanation, How, Judgement};
use super::member::Entry;
use super::reports::Collection;
use crate::evaluate::{Figures, Numbers, in_report};
use crate::pack::{Comparison, Pack, Sum, Whose};

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
        broken.iter().copied().partition(|&sum| pack.sums_across[sum].takes_in.children);
    let mut accusations: Vec<Accusation> =
        connected(pack, others).into_iter().map(|sums| Accusation::Sums { sums, explanation: None }).collect();
    accusations.extend(explained(collection, entry, judgement, figures, rolled_up));
    accusations
}

/// Sums of one rule whose figures are in one sum of the report itself: a total follows its parts. The gravest stands first.
fn connected(pack: &Pack, sums: Vec<usize>) -> Vec<Vec<usize>> {
    let own = |sum: usize| {
        let own = pack.sums_across[sum].addends().filter(|addend| addend.whose == Whose::Own);
        own.map(|addend| addend.figure).next()
    };
    let is_connected = |one: usize, other: usize| {
        let (Some(first), Some(second)) = (own(one), own(other)) else { return false };
        let is_one_rule = pack.sums_across[one].rule == pack.sums_across[other].rule;
        let are_equations = [one, other].iter().all(|&sum| pack.sums_across[sum].comparison == Comparison::Equal);
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
        group.sort_by_key(|&sum| std::cmp::Reverse(pack.sums_across[sum].severity));
    }
    groups
}

/// Figures that one agency below explains, together; the others one by one.
fn explained(
    collection: &Collection,
    entry: Entry,
    judgement: &Judgement,
    figures: Figures<'_, '_>,
    mut left: Vec<usize>,
) -> Vec<Accusation> {
    let last_years = judgement.children.iter().map(|&child| collection.last_year(child).filter(|_| !left.is_empty()));
    let last_years: Vec<Option<(Entry, Numbers)>> =
        last_years.map(|of| of.map(|last_year| (last_year, collection.numbers(last_year, entry)))).collect();
    // A sum over all agencies below, once for each figure and not for each agency below.
    let differences: BTreeMap<usize, Decimal> =
        left.iter().filter_map(|&sum| Some((sum, difference(figures, sum)?))).collect();
    let mut accusations = Vec::new();
    while !left.is_empty() {
        let explains = |(child, how): (usize, How)| -> Vec<usize> {
            let last_year = last_years[child].as_ref().map(|(_, numbers)| numbers);
            let is_due_to = |sum: &&usize| {
                let below = figures.pack.sums_across[**sum].right.addends.first();
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
    let sum = &figures.pack.sums_across[sum];
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
