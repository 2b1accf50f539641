//! Sums across reports that one slip breaks together: a total follows its parts.

use crate::pack::{Comparison, Pack, Sum, Whose};

/// Broken sums in groups: those of one rule whose figures are in one equation of the report itself, be it by way of others.
/// The gravest of a group comes first.
pub(super) fn connected(pack: &Pack, sums: Vec<usize>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for sum in sums {
        let is_joined = |group: &Vec<usize>| group.iter().any(|&other| are_connected(pack, other, sum));
        let (joined, apart): (Vec<Vec<usize>>, Vec<Vec<usize>>) = groups.into_iter().partition(is_joined);
        groups = apart;
        groups.push(joined.into_iter().flatten().chain([sum]).collect());
    }
    for group in &mut groups {
        group.sort_by_key(|&sum| (std::cmp::Reverse(pack.sums_across()[sum].severity), sum));
    }
    groups.sort();
    groups
}

fn are_connected(pack: &Pack, one: usize, other: usize) -> bool {
    let (Some(first), Some(second)) = (own_figure(pack, one), own_figure(pack, other)) else { return false };
    let is_one_rule = pack.sums_across()[one].rule == pack.sums_across()[other].rule;
    let are_equations = [one, other].iter().all(|&sum| pack.sums_across()[sum].comparison == Comparison::Equal);
    is_one_rule && are_equations && equations(pack).any(|sum| takes_in(sum, first) && takes_in(sum, second))
}

/// The figure of the report itself that a sum across reports is about.
pub(super) fn own_figure(pack: &Pack, sum: usize) -> Option<usize> {
    let mut own = pack.sums_across()[sum].addends().filter(|addend| addend.whose == Whose::Own);
    own.next().map(|addend| addend.figure)
}

/// What says how figures of one report depend on each other.
pub(super) fn equations(pack: &Pack) -> impl Iterator<Item = &Sum> {
    pack.sums().iter().chain(pack.sums_across()).filter(|sum| sum.comparison == Comparison::Equal)
}

fn takes_in(sum: &Sum, figure: usize) -> bool {
    sum.addends()
        .any(|addend| addend.whose == Whose::Own && (addend.figure == figure || addend.parts.contains(&figure)))
}
