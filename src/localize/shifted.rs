//! A row whose figures are all shifted to other columns: more wrong figures than the search tries, but one mistake.

use super::row::{Change, FigureIndex, Row, Solution, Touching};
use super::system::System;

/// Fewer sums than this are repaired by fewer figures.
const FEWEST_REPAIRED: usize = 4;
/// Fewer figures in a row are not shifted but swapped.
const FEWEST_FIGURES: usize = 3;

/// What is known of the sums.
pub(super) struct Shifts<'a> {
    pub system: &'a System<'a>,
    pub rows: &'a [Row],
    pub touching: &'a Touching,
}

impl Shifts<'_> {
    /// The one shift of a row of figures that makes hold whatever of `groups` it touches, with the groups that it repairs.
    pub fn only(&self, groups: &[Vec<u32>]) -> Option<(Solution, Vec<usize>)> {
        let mut broken: Vec<u32> = groups.iter().flatten().copied().collect();
        broken.sort_unstable();
        if broken.len() < FEWEST_REPAIRED {
            return None;
        }
        let mut found: Vec<Solution> = Vec::new();
        for figures in self.rows_of_figures(&broken) {
            let values: Option<Vec<i128>> = figures.iter().map(|&figure| self.value(figure)).collect();
            let Some(values) = values else { continue };
            let shifts = rotations(&figures, &values).filter_map(|changes| self.whole(changes));
            let ends = self.moved_to_an_end(&figures, &values);
            for solution in shifts.chain(ends).filter(|solution| self.repairs(solution, &broken)) {
                if !found.contains(&solution) {
                    found.push(solution);
                }
            }
        }
        let only = found.pop().filter(|_| found.is_empty())?;
        let is_touched = |row: &u32| only.iter().any(|change| self.rows[*row as usize].factor(change.figure) != 0);
        let repaired = (0..groups.len()).filter(|&group| groups[group].iter().any(is_touched)).collect();
        Some((only, repaired))
    }

    /// The figures of each row of a table that may repair enough of these sums.
    fn rows_of_figures(&self, broken: &[u32]) -> Vec<Vec<FigureIndex>> {
        let pack = self.system.figures.pack;
        let row_of = |figure: FigureIndex| {
            let of_form = &pack.figures[figure as usize];
            (of_form.table, of_form.row)
        };
        let mut touched: Vec<(usize, usize)> = Vec::new();
        for &row in broken {
            let terms = self.rows[row as usize].terms.iter();
            let mut of_sum: Vec<(usize, usize)> = terms.map(|term| row_of(term.0)).collect();
            of_sum.dedup();
            touched.extend(of_sum);
        }
        touched.sort_unstable();
        let often = touched.chunk_by(|one, next| one == next).filter(|rows| rows.len() >= FEWEST_REPAIRED);
        let figures = often.filter_map(|rows| {
            let table = &pack.tables[rows[0].0];
            let first = table.rows[rows[0].1].figures?;
            let width = table.block_of(rows[0].1).columns.len();
            Some((first as FigureIndex..(first + width) as FigureIndex).collect())
        });
        figures.collect()
    }

    /// What a figure is; 0 where it is blank, none where it could not be read.
    fn value(&self, figure: FigureIndex) -> Option<i128> {
        let is_known = self.system.unread.binary_search(&figure).is_err();
        self.system.value(figure).filter(|_| is_known)
    }

    /// The ways in which figures have moved one column towards an end of their row, where one of them is lost: what it was,
    /// its sums say.
    fn moved_to_an_end(&self, figures: &[FigureIndex], values: &[i128]) -> Vec<Solution> {
        let last = figures.len() - 1;
        let right = (0..last).map(|from| ((from..last).map(|at| (at, at + 1)).collect::<Vec<_>>(), last));
        let left = (1..=last).map(|to| ((1..=to).map(|at| (at, at - 1)).collect::<Vec<_>>(), 0));
        let moves = right.chain(left).filter(|(moves, _)| moves.len() + 1 >= FEWEST_FIGURES);
        let solutions = moves.filter_map(|(moves, lost)| {
            let changes = moves.iter().map(|&(to, from)| change(figures[to], values[from] - values[to]));
            let mut changes: Solution = changes.filter(|change| change.by != 0).collect();
            let by = self.touching.of(figures[lost]).iter().find_map(|&row| {
                let row = &self.rows[row as usize];
                row.required_after(&changes)?.over(row.factor(figures[lost])).value()
            })?;
            changes.push(change(figures[lost], by));
            self.whole(changes)
        });
        solutions.collect()
    }

    /// The changes as a solution, if each figure may be what it becomes.
    fn whole(&self, mut changes: Vec<Change>) -> Option<Solution> {
        changes.retain(|change| change.by != 0);
        changes.sort_unstable();
        let is_possible = |change: &Change| self.system.admits(change.figure, change.by);
        (changes.len() >= FEWEST_FIGURES && changes.iter().all(is_possible)).then_some(changes)
    }

    /// Whether enough of the broken sums hold with these changes, and every sum that they touch does.
    fn repairs(&self, changes: &Solution, broken: &[u32]) -> bool {
        let touched = || changes.iter().flat_map(|change| self.touching.of(change.figure)).copied();
        let holds = |row: u32| {
            let row = &self.rows[row as usize];
            row.total(changes).is_some_and(|total| row.required.contains(total))
        };
        if !touched().all(holds) {
            return false;
        }
        let mut repaired: Vec<u32> = touched().filter(|row| broken.binary_search(row).is_ok()).collect();
        repaired.sort_unstable();
        repaired.dedup();
        repaired.len() >= FEWEST_REPAIRED
    }
}

/// Every way in which neighbouring figures of a row are moved on, those behind the end to the beginning.
fn rotations<'f>(figures: &'f [FigureIndex], values: &'f [i128]) -> impl Iterator<Item = Vec<Change>> + 'f {
    let count = figures.len();
    let ranges = (0..count).flat_map(move |start| (start + FEWEST_FIGURES..=count).map(move |end| start..end));
    ranges.flat_map(move |range| {
        (1..range.len()).map(move |by| {
            let width = range.len();
            let moved = |at: usize| values[range.start + (at + by) % width] - values[range.start + at];
            (0..width).map(|at| change(figures[range.start + at], moved(at))).collect()
        })
    })
}

fn change(figure: FigureIndex, by: i128) -> Change {
    Change { figure, by, is_exact: true }
}
