//! Tables within tables: which of the two holds the figures, and which only lays out the page.

/// Whether a text holds nothing but digits, which are counted, and the signs and blanks between them.
pub(super) fn is_figure(text: &str, digits: &mut usize) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '\u{ff10}'..='\u{ff19}');
    *digits += text.chars().filter(|&c| is_digit(c)).count();
    text.chars().all(|c| is_digit(c) || c.is_whitespace() || matches!(c, '-' | ',' | '.' | '+'))
}

/// Whether a table with so many `figures` of its own only lays out the page: it holds a table with as many (`within`,
/// where there is one).
pub(super) fn is_layout(figures: usize, within: Option<usize>) -> bool {
    within.is_some_and(|within| within >= figures)
}
