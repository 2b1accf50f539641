//! Figures on the line below a row, which a narrow column may have broken off its own: 「1177 9261 1053」 above 「8 3」. The
//! sums of the row decide which figures they complete.

use std::collections::BTreeSet;

use super::field::{Field, LONGEST_LABEL, Labels};
use super::figure;
use super::outline::{Line, LineKind, Outline};
use crate::label::Label;

/// What is below a row and may be the rest of its figures.
#[derive(Debug, Clone)]
pub(super) struct Rest<'d> {
    pub figures: Vec<Field<'d>>,
    /// There is nothing before them, or only the rest of the row's label: they are no row of the writer's own, nor the number
    /// of a page.
    pub is_sure: bool,
    /// The line of the table that it is; none where it is a line of text.
    pub line: Option<usize>,
}

/// The last field of a row: its passage, by where that is kept, and the byte at which it begins there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct End(usize, usize);

impl End {
    pub fn of(field: &Field<'_>) -> Self {
        Self(std::ptr::from_ref(field.passage).addr(), field.range().start)
    }
}

/// The lines of text below rows.
#[derive(Debug, Default)]
pub(super) struct Below {
    /// The numbers that are alone on their lines; none before one is asked for.
    alone: Option<BTreeSet<u64>>,
}

impl Below {
    /// What a line that is one text may be the rest of, below a row of these fields.
    pub fn read<'d>(&mut self, outline: &Outline<'d>, line: &Line, above: &[Field<'d>]) -> Option<Rest<'d>> {
        let [field] = outline.fields(line) else { return None };
        let range = field.range();
        if line.kind == LineKind::Heading || range.len() > LONGEST_LABEL {
            return None;
        }
        let mut figures = Vec::new();
        let mut end = range.end;
        loop {
            let before = &field.passage.text[range.start..end];
            let start = range.start + before.trim_end_matches(|c: char| !c.is_whitespace()).len();
            let Some(number) = figure::plain_digits(&field.passage.text[start..end]) else { break };
            figures.push(Field::plain(field.passage, start..end, 0, number));
            end = range.start + field.passage.text[range.start..start].trim_end().len();
            if start == range.start {
                break;
            }
        }
        figures.reverse();
        let label = above.iter().take_while(|field| !field.is_figure()).filter(|field| !field.is_blank()).last();
        let is_sure = match &field.passage.text[range.start..end] {
            "" => figures.len() > 1 || !self.is_page(outline, field.text()),
            before => label.is_some_and(|label| completes(label, before, &outline.labels)),
        };
        (!figures.is_empty()).then_some(Rest { figures, is_sure, line: None })
    }

    /// Whether a number that is alone on its line is one of several that count up, as numbers of pages do.
    fn is_page(&mut self, outline: &Outline<'_>, text: &str) -> bool {
        let alone = self.alone.get_or_insert_with(|| {
            let lines = outline.lines.iter().map(|line| outline.fields(line)).filter(|fields| fields.len() == 1);
            let texts = lines.flatten().map(Field::text);
            texts.filter(|text| text.len() <= MOST_DIGITS).filter_map(|text| text.parse().ok()).collect()
        });
        let Ok(number) = text.parse::<u64>() else { return false };
        alone.contains(&number.saturating_add(1)) || number > 0 && alone.contains(&(number - 1))
    }
}

/// The number of a page has no more digits.
const MOST_DIGITS: usize = 4;

/// Whether a text is the rest of a label.
pub(super) fn completes(label: &Field<'_>, rest: &str, labels: &Labels<'_>) -> bool {
    let whole = Label::new(&format!("{}{rest}", label.text()));
    labels.vocabulary.find_folded(&whole.core).is_some()
}
