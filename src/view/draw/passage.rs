//! A passage of text with its marks, cut where it is long.

use std::ops::Range;

use super::super::excerpt::{Line, Stretch};
use super::super::places::{Marked, range_in};
use crate::document::Passage;

/// Characters that are shown around what is marked.
const AROUND: usize = 160;

/// A passage with the stretches that are marked.
pub(super) fn of(passage: &Passage<'_>, marks: &[Marked<'_>]) -> Vec<Stretch> {
    let ranges = marks.iter().map(|mark| (range_in(passage, mark.location), mark.number));
    stretches(&passage.text, ranges.collect())
}

/// A line of a file of which no passage was read.
pub(super) fn of_line(line: &Line) -> Vec<Stretch> {
    stretches(&line.text, line.marks.iter().map(|mark| (mark.start..mark.end, mark.mark)).collect())
}

fn stretches(text: &str, mut ranges: Vec<(Range<usize>, usize)>) -> Vec<Stretch> {
    ranges.sort_by_key(|(range, number)| (range.start, range.end, *number));
    let mut stretches = Vec::new();
    let mut push = |text: String, mark| {
        if !text.is_empty() {
            stretches.push(Stretch { text, mark });
        }
    };
    let mut at = 0;
    for (range, number) in ranges {
        let (Some(between), Some(marked)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
        push(cut(between, at == 0, false), None);
        push(cut(marked, false, false), Some(number));
        at = range.end;
    }
    push(cut(&text[at..], false, true), None);
    stretches
}

/// A text without its middle, of a first one without its beginning, of a last one without its end.
fn cut(text: &str, is_first: bool, is_last: bool) -> String {
    let count = text.chars().count();
    if count <= AROUND * 2 {
        return text.to_owned();
    }
    let head = || text.chars().take(AROUND).collect::<String>();
    let tail = || text.chars().skip(count - AROUND).collect::<String>();
    match (is_first, is_last) {
        (true, _) => format!("…{}", tail()),
        (_, true) => format!("{}…", head()),
        _ => format!("{}…{}", head(), tail()),
    }
}
