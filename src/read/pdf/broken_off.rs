//! Lines that narrow columns break off figures: 「94」 above 「63」 in a table without lines.

use std::ops::Range;

/// A line of a table.
pub(super) struct TableLine {
    /// Its number among the lines of the table.
    pub row: usize,
    pub middle: f64,
    pub size: f64,
    /// The columns of its figures, from left to right.
    pub columns: Vec<usize>,
    /// Where its labels begin.
    pub labels: Vec<f64>,
    /// Its label has a number of its own, so that it begins a row.
    pub is_numbered: bool,
}

impl TableLine {
    fn has_figures(&self) -> bool {
        !self.columns.is_empty()
    }

    /// How far it is below another, in sizes of its text.
    fn below(&self, above: &Self) -> f64 {
        (self.middle - above.middle) / self.size
    }

    /// A line with words right below others that begin at the same place.
    fn is_of_label(&self, above: &Self) -> bool {
        let begins = |start: &f64| above.labels.iter().any(|other| (start - other).abs() < SAME);
        self.row == above.row + 1 && self.labels.iter().any(begins)
    }

    /// A line of nothing but figures right below others.
    fn is_bare(&self, above: &Self) -> bool {
        self.labels.is_empty() && self.row == above.row + 1
    }
}

/// What a line of figures is to the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    /// A row of its own.
    Row,
    /// The rest of its figures.
    Rest,
    /// One or the other.
    Unclear,
}

/// How far apart the lines of a cell are, in sizes of the text.
const LEADING: Range<f64> = 0.95..1.4;
/// What is set at one distance differs by no more.
const EQUAL: f64 = 0.05;
/// Lines of one label begin no further apart than this.
const SAME: f64 = 1.0;

/// What each line of figures is to the one above it, by its number.
///
/// A line of nothing but figures, close below others and in columns of theirs, is the rest of them. Beside the rest of a label
/// it may be a row, too: it is none if it is as close as the lines of labels are, and rows with numbers are further apart.
pub(super) fn below(lines: &[TableLine]) -> Vec<(usize, Below)> {
    let figure_lines: Vec<&TableLine> = lines.iter().filter(|line| line.has_figures()).collect();
    let pairs = || figure_lines.windows(2).map(|pair| (pair[0], pair[1]));
    let may_be_rest = |above: &TableLine, line: &TableLine| {
        let has_columns = line.columns.iter().all(|column| above.columns.contains(column));
        LEADING.contains(&line.below(above)) && has_columns && !line.is_numbered
    };
    let is_rest = |above: &TableLine, line: &TableLine| may_be_rest(above, line) && line.is_bare(above);
    let is_of_label = |above: &TableLine, line: &TableLine| {
        !line.has_figures() && !line.is_numbered && line.is_of_label(above) && LEADING.contains(&line.below(above))
    };
    let goes_on =
        |pair: &&[TableLine]| is_of_label(&pair[0], &pair[1]) || pair[1].has_figures() && is_rest(&pair[0], &pair[1]);
    let steps = lines.windows(2).filter(goes_on).map(|pair| pair[1].below(&pair[0]));
    let step = steps.min_by(f64::total_cmp).unwrap_or(f64::INFINITY);
    let is_step = |above: &TableLine, line: &TableLine| (line.below(above) - step).abs() < EQUAL;
    let numbered = || pairs().filter(|(_, line)| line.is_numbered);
    let are_rows_apart =
        numbered().next().is_some() && numbered().all(|(above, line)| line.below(above) > step + 2.0 * EQUAL);
    let are_any_broken = pairs().any(|(above, line)| is_rest(above, line));
    let first = figure_lines.first().map(|line| (line.row, Below::Row));
    let others = pairs().map(|(above, line)| match may_be_rest(above, line) {
        true if line.is_bare(above) || is_step(above, line) && are_rows_apart => (line.row, Below::Rest),
        true if is_step(above, line) && are_any_broken => (line.row, Below::Unclear),
        _ => (line.row, Below::Row),
    });
    first.into_iter().chain(others).collect()
}
