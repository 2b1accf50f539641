//! A table that is drawn with lines: which of its squares are one cell, because no line is between them.

use super::matrix::{Area, Point};
use super::rules::{Rule, Rules};

/// Lines that end so close to another one reach it.
const REACH: f64 = 4.0;
/// Rows and columns are no smaller than this, whatever is in them.
const SMALLEST: f64 = 3.5;
/// A line is between two squares if so much of their border is drawn.
const DRAWN: f64 = 0.5;
/// A table of more squares is a drawing.
const MOST_SQUARES: usize = 1 << 16;

/// A cell of a grid: which squares it is made of, and where it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GridCell {
    pub rows: std::ops::Range<u32>,
    pub columns: std::ops::Range<u32>,
    pub area: Area,
}

/// A table of a page, its cells from top to bottom and left to right.
#[derive(Debug)]
pub(super) struct Grid {
    pub area: Area,
    pub cells: Vec<GridCell>,
    /// Of its top and bottom, whether there is no line in each column.
    ends: [Vec<bool>; 2],
    /// The cell of each square.
    squares: Vec<u32>,
    /// The borders of the columns.
    pub xs: Vec<f64>,
    ys: Vec<f64>,
}

/// The tables that the lines of a page draw; smaller ones first, which may be within others. The text in them is of this
/// size: two lines between which there is no room for it are one.
pub(super) fn grids(rules: &Rules, size: f64) -> Vec<Grid> {
    let least = (size * 0.85).clamp(SMALLEST, 2.5 * SMALLEST);
    let mut grids: Vec<Grid> =
        connected(rules).iter().filter_map(|(across, upright)| Grid::new(across, upright, least)).collect();
    grids.sort_by(|one, other| {
        (one.area.width() * one.area.height()).total_cmp(&(other.area.width() * other.area.height()))
    });
    grids
}

/// The lines that touch each other, directly or by others.
fn connected(rules: &Rules) -> Vec<Crossing> {
    let Rules { across, upright } = rules;
    let mut groups = Groups::new(across.len() + upright.len());
    for (index, line) in across.iter().enumerate() {
        for (other, crossing) in upright.iter().enumerate() {
            let meets = |at: f64, line: &Rule| (line.from - REACH..=line.to + REACH).contains(&at);
            if meets(crossing.at, line) && meets(line.at, crossing) {
                groups.join(index, across.len() + other);
            }
        }
    }
    let mut found: Vec<Crossing> = Vec::new();
    let mut of_group = vec![usize::MAX; across.len() + upright.len()];
    for index in 0..of_group.len() {
        let group = groups.find(index);
        if of_group[group] == usize::MAX {
            of_group[group] = found.len();
            found.push(Crossing::default());
        }
        let lines = &mut found[of_group[group]];
        match index.checked_sub(across.len()) {
            None => lines.0.push(across[index]),
            Some(index) => lines.1.push(upright[index]),
        }
    }
    found.retain(|(across, upright)| !across.is_empty() && !upright.is_empty());
    found
}

/// Lines across and upright ones.
type Crossing = (Vec<Rule>, Vec<Rule>);

impl Grid {
    fn new(across: &[Rule], upright: &[Rule], least: f64) -> Option<Self> {
        // Where there is no line at a side, the others end there.
        let ends = |lines: &[Rule]| lines.iter().flat_map(|line| [line.from, line.to]).collect::<Vec<_>>();
        let xs = borders(upright, &ends(across), SMALLEST);
        let ys = borders(across, &ends(upright), least);
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        // Lines across alone set rows apart, and nothing says where a cell ends.
        if columns < 2 || rows == 0 || columns * rows > MOST_SQUARES {
            return None;
        }
        let upright: Vec<Vec<bool>> = drawn(upright, &xs, &ys);
        let across: Vec<Vec<bool>> = drawn(across, &ys, &xs);
        let mut groups = Groups::new(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let square = row * columns + column;
                if column + 1 < columns && !upright[column + 1][row] {
                    groups.join(square, square + 1);
                }
                if row + 1 < rows && !across[row + 1][column] {
                    groups.join(square, square + columns);
                }
            }
        }
        let pieces = pieces(&mut groups, columns, rows);
        // A frame around a text is no table.
        if pieces.len() < 2 {
            return None;
        }
        let area = Area { left: xs[0], top: ys[0], right: xs[columns], bottom: ys[rows] };
        let mut squares = vec![0; columns * rows];
        // Where no cell begins, two lines were drawn for one.
        let numbers = numbers(rows, pieces.iter().map(|(down, _)| down.start));
        let cells = pieces.into_iter().enumerate().map(|(index, (rows, cut))| {
            for row in rows.clone() {
                squares[row * columns..][cut.clone()].fill(index as u32);
            }
            let area = Area { left: xs[cut.start], top: ys[rows.start], right: xs[cut.end], bottom: ys[rows.end] };
            GridCell { rows: numbers[rows.start]..numbers[rows.end], columns: cut.start as u32..cut.end as u32, area }
        });
        let cells = cells.collect();
        let ends = [0, rows].map(|border| across[border].iter().map(|is_drawn| !is_drawn).collect());
        Some(Self { area, cells, ends, squares, xs, ys })
    }

    /// The cell that a point is in.
    pub fn cell_at(&self, point: Point) -> Option<usize> {
        if !self.area.contains(point) {
            return None;
        }
        let (row, column) = (between(&self.ys, point.y), between(&self.xs, point.x));
        Some(self.squares[row * (self.xs.len() - 1) + column] as usize)
    }

    /// Whether there is no line at its top and bottom.
    pub fn is_open(&self) -> [bool; 2] {
        [0, 1].map(|side| !self.ends[side].contains(&false))
    }

    /// Whether some cells go on beyond its top and bottom.
    pub fn is_torn(&self) -> [bool; 2] {
        [0, 1].map(|side| self.ends[side].contains(&true))
    }

    /// The cell of the last row that has a place across in it, if no line ends it.
    pub fn ending_at(&self, x: f64) -> Option<usize> {
        let bottom = Point { x, y: self.area.bottom };
        self.cell_at(bottom).filter(|_| self.ends[1][between(&self.xs, x)])
    }
}

/// The number of the two borders that a place is between.
fn between(borders: &[f64], at: f64) -> usize {
    borders.partition_point(|border| *border <= at).clamp(1, borders.len() - 1) - 1
}

/// The number of each border of rows, those left out at which no row begins.
fn numbers(rows: usize, begins: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut is_border = vec![false; rows + 1];
    begins.for_each(|row| is_border[row] = true);
    is_border[rows] = true;
    let mut next = 0;
    let mut numbers = Vec::with_capacity(rows + 1);
    for border in is_border {
        numbers.push(next);
        next += u32::from(border);
    }
    numbers
}

/// Where the borders of rows or columns are: at the lines, and where lines across them end.
fn borders(lines: &[Rule], ends: &[f64], least: f64) -> Vec<f64> {
    let mut borders: Vec<f64> = lines.iter().map(|line| line.at).collect();
    borders.sort_by(f64::total_cmp);
    borders.dedup_by(|one, other| *one - *other < least);
    let first = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let last = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // A line may go a little beyond the last one that it crosses.
    const BEYOND: f64 = 8.0;
    if borders.first().is_none_or(|border| first < *border - BEYOND) {
        borders.insert(0, first);
    }
    if borders.last().is_none_or(|border| last > *border + BEYOND) {
        borders.push(last);
    }
    borders
}

/// Along each border, whether it is drawn beside each square; a line is at the border that is nearest to it.
fn drawn(lines: &[Rule], borders: &[f64], across: &[f64]) -> Vec<Vec<bool>> {
    let nearest = |at: f64| {
        let next = borders.partition_point(|border| *border < at).clamp(1, borders.len() - 1);
        if at - borders[next - 1] < borders[next] - at { next - 1 } else { next }
    };
    let mut of_border: Vec<Vec<&Rule>> = vec![Vec::new(); borders.len()];
    lines.iter().for_each(|line| of_border[nearest(line.at)].push(line));
    let is_drawn = |here: &[&Rule], ends: &[f64]| {
        let length: f64 = here.iter().map(|line| (line.to.min(ends[1]) - line.from.max(ends[0])).max(0.0)).sum();
        length >= (ends[1] - ends[0]) * DRAWN
    };
    of_border.iter().map(|here| across.windows(2).map(|ends| is_drawn(here, ends)).collect()).collect()
}

type Piece = (std::ops::Range<usize>, std::ops::Range<usize>);

/// The groups of squares as rectangles, by place. A group that is none is cut into the rows that it is made of.
fn pieces(groups: &mut Groups, columns: usize, rows: usize) -> Vec<Piece> {
    let mut around: Vec<Option<(Piece, usize)>> = vec![None; columns * rows];
    for row in 0..rows {
        for column in 0..columns {
            let group = groups.find(row * columns + column);
            let ((down, right), count) = around[group].get_or_insert(((row..row + 1, column..column + 1), 0));
            down.end = row + 1;
            (right.start, right.end) = (right.start.min(column), right.end.max(column + 1));
            *count += 1;
        }
    }
    let is_whole = |(piece, count): &(Piece, usize)| piece.0.len() * piece.1.len() == *count;
    let mut pieces: Vec<Piece> = Vec::new();
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let group = groups.find(row * columns + column);
            let mut end = column + 1;
            while end < columns && groups.find(row * columns + end) == group {
                end += 1;
            }
            match &around[group] {
                Some(whole) if is_whole(whole) => {
                    if whole.0.0.start == row {
                        pieces.push(whole.0.clone());
                    }
                }
                _ => pieces.push((row..row + 1, column..end)),
            }
            column = end;
        }
    }
    pieces
}

/// Things that belong together, directly or by others.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn find(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(across: &[(f64, f64, f64)], upright: &[(f64, f64, f64)]) -> Vec<String> {
        let rules = |lines: &[(f64, f64, f64)]| lines.iter().map(|&(at, from, to)| Rule { at, from, to }).collect();
        let grids = grids(&Rules { across: rules(across), upright: rules(upright) }, 9.0);
        let name = |cell: &GridCell| format!("{:?}×{:?}", cell.rows, cell.columns);
        grids.iter().flat_map(|grid| grid.cells.iter().map(name)).collect()
    }

    #[test]
    fn spans_are_where_lines_are_missing() {
        let upright = [(0.0, 0.0, 60.0), (50.0, 20.0, 60.0), (100.0, 0.0, 60.0)];
        let across = [(0.0, 0.0, 100.0), (20.0, 0.0, 100.0), (40.0, 50.0, 100.0), (60.0, 0.0, 100.0)];
        assert_eq!(grid(&across, &upright), ["0..1×0..2", "1..3×0..1", "1..2×1..2", "2..3×1..2"]);
    }

    #[test]
    fn sides_may_be_open_and_lines_broken() {
        let upright = [(50.0, 0.0, 40.0)];
        let across = [(0.0, 0.0, 100.0), (20.0, 0.0, 47.0), (20.0, 53.0, 100.0), (40.0, 0.0, 100.0)];
        assert_eq!(grid(&across, &upright), ["0..1×0..1", "0..1×1..2", "1..2×0..1", "1..2×1..2"]);
    }

    #[test]
    fn lines_across_that_are_one_are_no_table() {
        let upright = [(0.0, 0.0, 3.0), (50.0, 0.0, 3.0), (100.0, 0.0, 3.0)];
        assert!(grid(&[(1.5, 0.0, 100.0)], &upright).is_empty());
    }

    #[test]
    fn a_frame_is_no_table() {
        let sides = [(0.0, 0.0, 100.0), (100.0, 0.0, 100.0)];
        assert!(grid(&sides, &sides).is_empty());
    }
}
