//! All text of a report. May rely on all of this folder.

use super::reader::Reader;
use super::record::Record;
use crate::facts::{Facts, Prose};
use crate::pack::Pack;

/// So many bytes of text are read: several times what the longest reports hold.
const MOST_TEXT: usize = 200_000;

/// A paragraph, and what it says in numbers.
#[derive(Debug)]
pub struct Paragraph<'f, 'd> {
    /// None before the first section.
    pub section: Option<usize>,
    pub stretch: &'f Prose<'d>,
    pub records: Vec<Record>,
}

/// Every paragraph of a report. Without a title nobody knows whose year and agency the text speaks of, and nothing is read.
pub fn read<'f, 'd>(pack: &Pack, facts: &'f Facts<'d>) -> Vec<Paragraph<'f, 'd>> {
    let Some(title) = facts.titles.first() else { return Vec::new() };
    let mut reader = Reader::new(pack, title);
    let mut left = MOST_TEXT;
    let preface = facts.preface.iter().map(|stretch| (None, stretch));
    let sections = facts.sections.iter().enumerate();
    let text = sections.flat_map(|(section, facts)| facts.text.iter().map(move |stretch| (Some(section), stretch)));
    let within = preface.chain(text).take_while(|(_, stretch)| {
        left = left.saturating_sub(stretch.text.text.len());
        left > 0
    });
    within.map(|(section, stretch)| Paragraph { section, stretch, records: reader.records(section, stretch) }).collect()
}
