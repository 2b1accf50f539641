//! From broken sums to their causes: one cause, one finding.
//!
//! Sums that share a figure are taken together. For now the figures at fault are not searched for beyond that: the finding
//! stands at the figure that most of the broken sums have in common, with the value that would mend them all if there is
//! one.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::check::{BrokenSum, applies, figures_of, is_sound};
use crate::facts::Facts;
use crate::finding::{Finding, Label, Subject};
use crate::message::{Argument, Message};
use crate::pack::{Addend, Comparison, Fault, Pack};

/// One finding for each group of broken sums that share a figure.
pub fn localize(pack: &Pack, facts: &Facts<'_>, broken: &[BrokenSum]) -> Vec<Finding> {
    components(pack, facts, broken).iter().map(|group| finding(pack, facts, group)).collect()
}

fn figures<'a>(pack: &'a Pack, facts: &'a Facts<'_>, broken: &BrokenSum) -> impl Iterator<Item = usize> + use<'a> {
    let sum = &pack.sums[broken.sum];
    sum.left.iter().chain(&sum.right).flat_map(move |addend| figures_of(addend, facts))
}

/// Groups of broken sums connected by shared figures, in the order of the pack.
fn components<'b>(pack: &Pack, facts: &Facts<'_>, broken: &'b [BrokenSum]) -> Vec<Vec<&'b BrokenSum>> {
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&BrokenSum>> = Vec::new();
    for sum in broken {
        let mine: Vec<usize> = figures(pack, facts, sum).collect();
        let mut touched: Vec<usize> = mine.iter().filter_map(|figure| group_of.get(figure).copied()).collect();
        touched.sort_unstable();
        touched.dedup();
        let target = touched.first().copied().unwrap_or(groups.len());
        if target == groups.len() {
            groups.push(Vec::new());
        }
        for &other in touched.iter().skip(1) {
            let moved = std::mem::take(&mut groups[other]);
            groups[target].extend(moved);
            group_of.values_mut().filter(|group| **group == other).for_each(|group| *group = target);
        }
        groups[target].push(sum);
        group_of.extend(mine.into_iter().map(|figure| (figure, target)));
    }
    groups.retain(|group| !group.is_empty());
    groups.iter_mut().for_each(|group| group.sort_by_key(|broken| broken.sum));
    groups
}

fn finding(pack: &Pack, facts: &Facts<'_>, group: &[&BrokenSum]) -> Finding {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for broken in group {
        for figure in figures(pack, facts, broken) {
            *shared.entry(figure).or_default() += 1;
        }
    }
    let most = shared.values().copied().max().unwrap_or(0);
    let mut suspects = shared.iter().filter(|(_, count)| **count == most).map(|(figure, _)| *figure);
    let common = if group.len() > 1 { suspects.next().filter(|_| suspects.next().is_none()) } else { None };
    let mended =
        common.and_then(|figure| mended(pack, facts, group, figure)).map(|value| value.normalize().to_string());
    // The left side of a sum is what it is about: its total.
    let first = &pack.sums[group[0].sum];
    let primary = common.or_else(|| first.left.iter().flat_map(|addend| figures_of(addend, facts)).next());
    let rule = pack.core.rule(Fault::BrokenSum);
    let (message, place) = match (common, group) {
        (Some(figure), _) => {
            let message = match &mended {
                Some(expected) => Message::new("broken-sum.mended").with("expected", expected.as_str()),
                None => Message::new("broken-sum.shared"),
            };
            let message = message.with("found", facts.figures[figure].found).with("count", group.len());
            (message, pack.figures[figure].place.clone())
        }
        (None, [only]) => (sum_message(pack, only), first.place.clone()),
        (None, _) => {
            let places = group.iter().map(|broken| pack.sums[broken.sum].place.as_str().into()).collect();
            let message = Message::new("broken-sum.many").with("count", group.len());
            let table = pack.figures[primary.unwrap_or_default()].table;
            (message.with("places", Argument::List(places)), pack.tables[table].name.clone())
        }
    };
    let subject = match common {
        Some(figure) => Subject::Cell(pack.figures[figure].id.clone()),
        None => Subject::Report,
    };
    let location = primary.and_then(|figure| facts.figures[figure].location.clone());
    let mut finding = Finding::new(rule, subject, location, message).at(place);
    finding.found = common.map(|figure| facts.figures[figure].found.to_owned());
    finding.expected = mended;
    finding.broken = group.iter().map(|broken| pack.sums[broken.sum].id.clone()).collect();
    finding.labels = labels(pack, facts, group, primary);
    finding
}

/// The one value of `figure` with which every sum it is in would hold, if it is in all the broken ones and in no other.
fn mended(pack: &Pack, facts: &Facts<'_>, group: &[&BrokenSum], figure: usize) -> Option<Decimal> {
    let found = facts.figures[figure].number()?;
    let mut value = None;
    for broken in group {
        let sum = &pack.sums[broken.sum];
        let factor = |side: &[Addend]| -> Decimal {
            side.iter().filter(|addend| figures_of(addend, facts).any(|own| own == figure)).map(Addend::factor).sum()
        };
        let factor = factor(&sum.left) - factor(&sum.right);
        if sum.comparison != Comparison::Equal || factor.is_zero() {
            return None;
        }
        let wanted = found - (broken.left - broken.right).checked_div(factor)?;
        if *value.get_or_insert(wanted) != wanted {
            return None;
        }
    }
    let is_elsewhere = pack.sums.iter().enumerate().any(|(index, sum)| {
        let holds = applies(sum, facts) && group.iter().all(|broken| broken.sum != index);
        holds && sum.left.iter().chain(&sum.right).any(|addend| figures_of(addend, facts).any(|own| own == figure))
    });
    value.filter(|value| !is_elsewhere && is_sound(*value, pack.figures[figure].value))
}

fn sum_message(pack: &Pack, broken: &BrokenSum) -> Message {
    let sum = &pack.sums[broken.sum];
    // A total and its parts, or two sums.
    let message = match sum.left.as_slice() {
        [total] => Message::new("broken-sum.total")
            .with("name", own_name(pack, total.figure, sum.right.first().map(|a| a.figure))),
        _ => Message::new("broken-sum"),
    };
    message
        .with("left", broken.left.normalize().to_string())
        .with("right", broken.right.normalize().to_string())
        .with("says", &sum.rule.says)
}

/// For each broken sum its total, with what the sides come to; for one sum alone, every other figure too.
fn labels(pack: &Pack, facts: &Facts<'_>, group: &[&BrokenSum], primary: Option<usize>) -> Vec<Label> {
    let mut labels = Vec::new();
    for broken in group {
        let sum = &pack.sums[broken.sum];
        let total = sum.left.iter().flat_map(|addend| figures_of(addend, facts)).next();
        let message = Message::new("label.sum")
            .with("place", sum.place.as_str())
            .with("left", broken.left.normalize().to_string())
            .with("right", broken.right.normalize().to_string());
        let location = total.and_then(|figure| facts.figures[figure].location.clone());
        labels.extend(location.map(|location| Label { location, message }));
    }
    let [only] = group else { return labels };
    for figure in figures(pack, facts, only).filter(|&figure| Some(figure) != primary) {
        let Some(location) = facts.figures[figure].location.clone() else { continue };
        let message = Message::new("label.addend").with("name", own_name(pack, figure, primary));
        labels.push(Label { location, message });
    }
    labels
}

/// The word that tells a figure from another of the same sum: its column in a row, its row in a column.
fn own_name(pack: &Pack, figure: usize, other: Option<usize>) -> &str {
    let figure = &pack.figures[figure];
    let table = &pack.tables[figure.table];
    let in_one_row = other.is_some_and(|other| pack.figures[other].row == figure.row);
    if in_one_row { &table.columns[figure.column].place } else { &table.rows[figure.row].place }
}
