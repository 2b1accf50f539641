//! A text in stretches, each with all that points at it.

use std::ops::Range;

use super::parts::{Pointer, Span};
use crate::view::text::harmless_lines;

/// Of a text that is cut, so many characters are left at both ends of what nothing points at.
const AROUND: usize = 400;

/// A text with what points at its ranges, which may overlap. One that points between two characters has a stretch
/// without text.
pub(super) fn of(text: &str, marks: Vec<(Range<usize>, Pointer)>) -> Vec<Span> {
    let mut ends: Vec<usize> = marks.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
    ends.extend([0, text.len()]);
    ends.sort_unstable();
    ends.dedup();
    let mut spans = Vec::new();
    let mut push = |text: &str, pointers: Vec<Pointer>| {
        if !(text.is_empty() && pointers.is_empty()) {
            spans.push(Span { text: harmless_lines(text).into_owned(), pointers });
        }
    };
    let at = |place: usize| marks.iter().filter(move |(range, _)| range.is_empty() && range.start == place);
    for (number, &start) in ends.iter().enumerate() {
        push("", at(start).map(|(_, pointer)| *pointer).collect());
        let Some(&end) = ends.get(number + 1) else { break };
        let over = marks.iter().filter(|(range, _)| range.start <= start && range.end >= end);
        push(text.get(start..end).unwrap_or_default(), over.map(|(_, pointer)| *pointer).collect());
    }
    spans
}

/// The same stretches, those without a mark cut in their middle.
pub(super) fn cut(mut spans: Vec<Span>) -> Vec<Span> {
    for span in spans.iter_mut().filter(|span| span.pointers.is_empty()) {
        let characters = span.text.chars().count();
        if characters > 2 * AROUND {
            let head: String = span.text.chars().take(AROUND).collect();
            let tail: String = span.text.chars().skip(characters - AROUND).collect();
            span.text = format!("{head}…{tail}");
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_cut_where_it_begins_and_ends() {
        let pointer = |finding| Pointer { report: 0, finding, label: 0 };
        let spans = of("共收到12件", vec![(3..11, pointer(0)), (9..11, pointer(1)), (14..14, pointer(2))]);
        let shown: Vec<(&str, Vec<usize>)> = spans
            .iter()
            .map(|span| (span.text.as_str(), span.pointers.iter().map(|pointer| pointer.finding).collect()))
            .collect();
        assert_eq!(shown, [("共", vec![]), ("收到", vec![0]), ("12", vec![0, 1]), ("件", vec![]), ("", vec![2])]);
    }
}
