//! What figures that could not be read may be: none of them is less than its kind allows, so that not every change of the
//! others leaves room for them.

use std::collections::BTreeMap;

use super::interval::Interval;
use super::row::{Change, FigureIndex, Row};
use super::system::System;

/// Rows are gone through so often at most: what they say of each other comes to a rest long before.
const MOST_ROUNDS: usize = 16;

/// The rows that hold unread figures, in groups that share none.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    groups: Vec<Group>,
}

/// Rows that are connected by unread figures.
#[derive(Debug, Default)]
struct Group {
    /// What each unread figure may be at first.
    kinds: Vec<Interval>,
    /// Each row with its unread figures, by their place in `kinds`, and their factors.
    rows: Vec<(Row, Vec<(usize, i64)>)>,
}

impl Bounds {
    pub fn new(system: &System<'_>) -> Self {
        let is_unread = |figure: FigureIndex| system.unread.binary_search(&figure).is_ok();
        let mut groups: Vec<Vec<&Row>> = Vec::new();
        let rows = system.rows.iter().filter(|row| row.terms.iter().any(|term| is_unread(term.0)));
        for row in rows {
            let is_joined = |group: &Vec<&Row>| {
                let mut shared = row.terms.iter().filter(|term| is_unread(term.0));
                shared.any(|term| group.iter().any(|other| other.factor(term.0) != 0))
            };
            let (joined, apart): (Vec<Vec<&Row>>, Vec<Vec<&Row>>) = groups.into_iter().partition(is_joined);
            groups = apart;
            groups.push(joined.into_iter().flatten().chain([row]).collect());
        }
        let group = |rows: Vec<&Row>| Group::new(&rows, system, is_unread);
        Self { groups: groups.into_iter().map(group).collect() }
    }

    /// Whether there may be values for all unread figures that `changes` have to do with.
    pub fn leave_room(&self, changes: &[Change]) -> bool {
        let is_touched = |group: &&Group| changes.iter().any(|change| group.holds(change.figure));
        self.groups.iter().filter(is_touched).all(|group| group.has_room(changes))
    }

    /// The same for all unread figures that `rows` have to do with.
    pub fn leave_room_beside(&self, rows: &[&Row], changes: &[Change]) -> bool {
        let figures = || rows.iter().flat_map(|row| row.terms.iter().map(|term| term.0));
        let is_beside = |group: &&Group| figures().any(|figure| group.holds(figure));
        self.groups.iter().filter(is_beside).all(|group| group.has_room(changes))
    }
}

impl Group {
    fn new(rows: &[&Row], system: &System<'_>, is_unread: impl Fn(FigureIndex) -> bool) -> Self {
        let mut places: BTreeMap<FigureIndex, usize> = BTreeMap::new();
        let mut group = Self::default();
        for &row in rows {
            let mut unread = Vec::new();
            for &(figure, factor) in row.terms.iter().filter(|term| is_unread(term.0)) {
                let place = *places.entry(figure).or_insert_with(|| {
                    let may_be_less = system.admits(figure, -1);
                    group.kinds.push(Interval { low: (!may_be_less).then_some(0), high: None });
                    group.kinds.len() - 1
                });
                unread.push((place, factor));
            }
            group.rows.push((row.clone(), unread));
        }
        group
    }

    fn holds(&self, figure: FigureIndex) -> bool {
        self.rows.iter().any(|(row, _)| row.factor(figure) != 0)
    }

    /// Whether there may be values for all its unread figures once `changes` are made.
    fn has_room(&self, changes: &[Change]) -> bool {
        let mut spans = self.kinds.clone();
        for _ in 0..MOST_ROUNDS {
            let before = spans.clone();
            for (row, unread) in &self.rows {
                let Some(required) = row.required_after(changes) else { continue };
                if !narrow(&mut spans, required, unread) {
                    return false;
                }
            }
            if spans == before {
                return true;
            }
        }
        true
    }
}

/// Takes from the spans of `unread` figures what does not fit the others, which together with them must be in `required`;
/// false where nothing is left of one.
fn narrow(spans: &mut [Interval], required: Interval, unread: &[(usize, i64)]) -> bool {
    for (at, &(figure, factor)) in unread.iter().enumerate() {
        let others = unread.iter().enumerate().filter(|(other, _)| *other != at);
        let mut others = others.map(|(_, &(other, factor))| spans[other].times(factor));
        let sum = others.try_fold(Interval::exactly(0), |sum, span| sum.plus(span?));
        let Some(left) = sum.and_then(|sum| required.plus(sum.times(-1)?)) else { continue };
        spans[figure] = spans[figure].intersect(left.over(factor));
        if spans[figure].is_empty() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_least_0(count: usize) -> Vec<Interval> {
        vec![Interval { low: Some(0), high: None }; count]
    }

    #[test]
    fn parts_of_nothing_are_nothing() {
        // a + b = 0, and a - c = 6.
        let mut spans = at_least_0(3);
        assert!(narrow(&mut spans, Interval::exactly(0), &[(0, 1), (1, 1)]));
        assert_eq!((spans[0], spans[1]), (Interval::exactly(0), Interval::exactly(0)));
        assert!(!narrow(&mut spans, Interval::exactly(6), &[(0, 1), (2, -1)]));
    }

    #[test]
    fn what_is_bounded_on_one_side_only_leaves_room() {
        // a - c = 6
        let mut spans = at_least_0(2);
        assert!(narrow(&mut spans, Interval::exactly(6), &[(0, 1), (1, -1)]));
        assert_eq!(spans[0], Interval { low: Some(6), high: None });
    }
}
