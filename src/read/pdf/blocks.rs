//! Which lines of a page are a table without lines.

use std::ops::Range;

use super::rules::Rule;
use super::segment::Row;

/// Where tables may be: from a header, or the first row of figures, to the last row before other text.
pub(super) fn blocks(rows: &[Row], rules: &[Rule]) -> Vec<Range<usize>> {
    /// Rows of a table without figures, one behind the other.
    const BARE: usize = 6;
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(first) = (at..rows.len()).find(|row| rows[*row].has_figures()) {
        // Words beside each other above are its header.
        let is_header = |row: &usize| !rows[*row].has_figures() && is_in_columns(rows, *row);
        let start = top(rows, at..first, rules);
        let mut end = first + 1;
        let mut next = end;
        while next < rows.len() && next - end <= BARE && is_near(rows, next) {
            if rows[next].has_figures() {
                end = next + 1;
            } else if is_header(&next) && begins_header(rows, first..end, next) {
                break;
            }
            next += 1;
        }
        let end = bottom(rows, end, rules);
        if (start..end).filter(|row| rows[*row].has_figures()).count() > 1 || start < first {
            blocks.push(start..end);
        }
        at = end;
    }
    blocks
}

/// Where a table begins: with its header, and with the label of its first row. At the top of a page, that may begin above its
/// figures, and before it there may be the rest of a row of the page before.
fn top(rows: &[Row], above: Range<usize>, rules: &[Rule]) -> usize {
    let first = above.end;
    let rule = rules.iter().rev().find(|rule| rule.at < rows[first].middle() && is_over(rule, &rows[first]));
    let (mut start, mut has_header, mut next) = (first, false, first);
    for row in above.rev() {
        let is_below = rule.is_some_and(|rule| rows[row].middle() > rule.at);
        let is_label =
            is_label(rows, row, first) && is_near(rows, row + 1) && (is_below || is_set_as(rows, row, first));
        if !(is_label || is_in_columns(rows, row)) {
            break;
        }
        let is_header = rows[row].segments.len() > 1;
        has_header |= is_header && !is_label;
        next = row;
        if is_header || is_below {
            start = row;
        }
    }
    let is_top = next == 0 || next == 1 && !is_near(rows, 1);
    if is_top && !has_header { next } else { start }
}

/// Where a table ends whose last figures are right before `end`: the label of its last row may go on down to the line below
/// it, or to the end of the page.
fn bottom(rows: &[Row], end: usize, rules: &[Rule]) -> usize {
    let last = end - 1;
    let rule = rules.iter().find(|rule| rule.at > rows[last].middle() && is_over(rule, &rows[last]));
    let goes_on = |row: &usize| {
        is_label(rows, *row, last) && is_near(rows, *row) && (rule.is_some() || is_set_as(rows, *row, last))
    };
    let labels = (end..rows.len()).take_while(goes_on).last().map_or(end, |row| row + 1);
    let is_end = labels == rows.len() || labels + 1 == rows.len() && !is_near(rows, labels);
    match rule {
        Some(rule) => (end..labels).take_while(|row| rows[*row].middle() < rule.at).last().map_or(end, |row| row + 1),
        None if is_end => labels,
        None => end,
    }
}

/// Whether a line is nothing but words to the left of the figures of another one, in the same print.
fn is_label(rows: &[Row], row: usize, of: usize) -> bool {
    const ALIKE: f64 = 0.15;
    let (line, other) = (&rows[row].line, &rows[of].line);
    let left = rows[of].figures().map(|figure| figure.area.left).fold(f64::INFINITY, f64::min);
    line.area.right <= left && (line.size - other.size).abs() < ALIKE * other.size && !rows[row].has_figures()
}

/// Whether a line of words is set as the label of a row is, as another line of that would be.
fn is_set_as(rows: &[Row], row: usize, of: usize) -> bool {
    let label = rows[of].segments.iter().rfind(|segment| !segment.is_figure);
    let own = rows[row].segments.last();
    label.zip(own).is_none_or(|(label, own)| own.area.is_set_as(label.area))
}

/// Whether a line across the page is over or below all figures of a row.
pub(super) fn is_over(rule: &Rule, row: &Row) -> bool {
    let mut figures = row.figures().map(|figure| figure.area).peekable();
    figures.peek().is_some() && figures.all(|figure| rule.from < figure.left && figure.right < rule.to)
}

/// Whether a line is words beside each other, near the line below it.
fn is_in_columns(rows: &[Row], row: usize) -> bool {
    rows[row].segments.len() > 1 && rows.get(row + 1).is_none_or(|_| is_near(rows, row + 1))
}

/// Whether a line is no further below the one before it than the rows of a table are.
fn is_near(rows: &[Row], row: usize) -> bool {
    const LEADING: f64 = 3.4;
    let (above, below) = (&rows[row - 1].line, &rows[row].line);
    below.area.center().y - above.area.center().y < LEADING * above.size.max(below.size)
}

/// Whether a line without figures has words where the figures above it are, so that others are to come.
fn begins_header(rows: &[Row], of: Range<usize>, row: usize) -> bool {
    let left = rows[of].iter().flat_map(Row::figures).map(|figure| figure.area.left).fold(f64::INFINITY, f64::min);
    rows[row].segments.iter().any(|segment| segment.area.right > left)
}
