//! The rows of a block below one header. Where a page ends the header is printed again, and it may name the columns in another
//! order than the first one.

use std::ops::Range;

use super::columns::Layout;
use super::table_line::TableLine;

/// Rows below one header.
#[derive(Debug)]
pub(super) struct Stretch<'p, 'd> {
    /// The first line below the header.
    pub start: usize,
    pub layout: Layout<'p, 'd>,
    /// The columns are in another order than the form's, and it is unclear in which.
    pub is_shuffled: bool,
}

/// The stretch of some, from top to bottom, in which a line is. What is above all of them is of the first.
pub(super) fn of_line<'s, 'p, 'd>(stretches: &'s [Stretch<'p, 'd>], line: usize) -> &'s Stretch<'p, 'd> {
    stretches.iter().rfind(|stretch| stretch.start <= line).unwrap_or(&stretches[0])
}

/// The headers among the lines `within`, of which the lines `rows` are rows of the form.
pub(super) fn headers(lines: &[TableLine], within: Range<usize>, rows: &[usize]) -> Vec<Range<usize>> {
    let is_header = |at: usize| lines[at].names_columns && !lines[at].has_figures && !rows.contains(&at);
    let mut headers: Vec<Range<usize>> = Vec::new();
    for at in within.filter(|&at| is_header(at)) {
        match headers.last_mut().filter(|header| !rows.iter().any(|&row| (header.end..at).contains(&row))) {
            Some(header) => header.end = at + 1,
            None => headers.push(at..at + 1),
        }
    }
    headers
}
