//! Which broken rows are solved together. Rows without a common figure mostly have causes of their own, and many small
//! problems are solved where one large one could not be; only what has no solution alone is solved with others.

use super::row::{Row, is_disjoint};
use super::search::{Found, Search};

/// More figures than this are not looked for together.
const MOST_FIGURES: usize = 6;

/// Broken rows that are connected by shared figures.
pub(super) type Group = Vec<u32>;

/// Rows with all the smallest solutions that repair them.
pub(super) struct Solved {
    pub rows: Group,
    pub found: Found,
}

/// The rows that do not hold, in groups that share no figure; of these only the groups with a row that is that of its
/// sum alone. Sums that fail only in what they say together of an unread figure are not evaluated: no fault of theirs.
pub(super) fn of_broken_rows(rows: &[Row], is_own: &[bool]) -> Vec<Group> {
    let broken = (0..rows.len() as u32).filter(|&row| !rows[row as usize].holds());
    let mut groups: Vec<Group> = Vec::new();
    for row in broken {
        let terms = &rows[row as usize].terms;
        let is_joined = |group: &Group| group.iter().any(|&other| !is_disjoint(terms, &rows[other as usize].terms));
        let (joined, apart): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(is_joined);
        groups = apart;
        groups.push(joined.into_iter().flatten().chain([row]).collect());
    }
    groups.retain(|group| group.iter().any(|&row| is_own[row as usize]));
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

/// Solves every group with as few changes as will do, alone if it can be and else with others. What is left has no
/// solution within the bounds.
pub(super) fn solve(search: &mut Search<'_>, groups: Vec<Group>) -> (Vec<Solved>, Vec<Group>) {
    let mut solved = Vec::new();
    let left = alone(search, groups, 1..=1, &mut solved);
    let mut left = shifted(search, left, &mut solved);
    if left.len() > 1 {
        left = in_pairs(search, left, &mut solved);
    }
    if left.len() > 1 {
        left = together(search, left, 3..=3, &mut solved);
    }
    left = alone(search, left, 2..=MOST_FIGURES, &mut solved);
    if left.len() > 1 {
        left = together(search, left, 4..=MOST_FIGURES, &mut solved);
    }
    (solved, left)
}

/// Solves each group by itself; gives back those without a solution.
fn alone(
    search: &mut Search<'_>,
    groups: Vec<Group>,
    sizes: std::ops::RangeInclusive<usize>,
    solved: &mut Vec<Solved>,
) -> Vec<Group> {
    let mut left = Vec::new();
    for rows in groups {
        match sizes.clone().map(|size| search.solve(size, &rows)).find(|found| !found.solutions.is_empty()) {
            Some(found) => solved.push(Solved { rows, found }),
            None => left.push(rows),
        }
    }
    left
}

/// Solves two groups at a time with two changes: a figure in the wrong row or column leaves two groups.
fn in_pairs(search: &mut Search<'_>, groups: Vec<Group>, solved: &mut Vec<Solved>) -> Vec<Group> {
    let mut left: Vec<Group> = Vec::new();
    for rows in groups {
        let partner = left.iter().enumerate().find_map(|(at, other)| {
            let both: Group = other.iter().chain(&rows).copied().collect();
            let found = search.solve(2, &both);
            (!found.solutions.is_empty()).then_some((at, both, found))
        });
        match partner {
            None => left.push(rows),
            Some((at, rows, found)) => {
                left.remove(at);
                solved.push(Solved { rows, found });
            }
        }
    }
    left
}

/// Solves groups that the one shift of a row of figures repairs. Others may do, too, with as many figures.
fn shifted(search: &Search<'_>, mut groups: Vec<Group>, solved: &mut Vec<Solved>) -> Vec<Group> {
    let Some((solution, repaired)) = search.shifts().only(&groups) else { return groups };
    let of_shift = repaired.iter().rev().map(|&group| groups.remove(group));
    let mut rows: Group = of_shift.flatten().collect();
    rows.sort_unstable();
    solved.push(Solved { rows, found: Found { solutions: vec![solution], is_complete: false } });
    groups
}

/// Solves all groups at once with as few changes as will do, of so many.
fn together(
    search: &mut Search<'_>,
    groups: Vec<Group>,
    mut sizes: std::ops::RangeInclusive<usize>,
    solved: &mut Vec<Solved>,
) -> Vec<Group> {
    let rows: Group = groups.iter().flatten().copied().collect();
    let Some(found) =
        sizes.find_map(|size| Some(search.solve(size, &rows)).filter(|found| !found.solutions.is_empty()))
    else {
        return groups;
    };
    solved.push(Solved { rows, found });
    Vec::new()
}
