//! Lines that a tool numbered, as it prints a table: each is a row, running text, too.

use super::line::{Line, LineKind, cells};

/// So many lines that are numbered one after the other are no chance.
const ENOUGH: usize = 20;

/// Makes rows of all lines of a text in which nearly every line is numbered.
pub(super) fn make_rows(lines: &mut [Line<'_>]) {
    let filled = lines.iter().filter(|line| !matches!(line.kind, LineKind::Blank)).count();
    if filled < ENOUGH {
        return;
    }
    let mut next: Option<u64> = None;
    let mut counted = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(number) = counter(line.text) else { continue };
        if next.is_none_or(|next| next == number) {
            counted.push(index);
            next = Some(number + 1);
        }
    }
    // The names of the columns are above them.
    if counted.len() < ENOUGH || counted.len() * 10 < filled * 9 {
        return;
    }
    for index in counted {
        let line = &mut lines[index];
        if matches!(line.kind, LineKind::Text) {
            line.kind = LineKind::Row(cells(line.text));
        }
    }
}

/// The number at the start of a line, before a blank.
fn counter(line: &str) -> Option<u64> {
    line.split(' ').next().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}
