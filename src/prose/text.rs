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
    let sentences = preface.chain(text).filter(|(_, stretch)| !is_header(as_printed(stretch)));
    let within = sentences.take_while(|(_, stretch)| {
        left = left.saturating_sub(stretch.text.text.len());
        left > 0
    });
    within.map(|(section, stretch)| Paragraph { section, stretch, records: reader.records(section, stretch) }).collect()
}

/// A stretch of text with its blanks.
fn as_printed<'d>(stretch: &Prose<'d>) -> &'d str {
    let range = stretch.text.original(0..stretch.text.text.len());
    &stretch.passage.text[stretch.start + range.start..stretch.start + range.end]
}

/// Whether a text is the header of a table without lines: Chinese words set apart, with no mark or number among them.
fn is_header(text: &str) -> bool {
    const LEAST: usize = 3;
    let is_sign = |c: char| !c.is_whitespace() && (!c.is_alphabetic() || c.is_ascii());
    text.split_whitespace().nth(LEAST - 1).is_some() && !text.contains(is_sign)
}

#[cfg(test)]
mod tests {
    use super::is_header;

    #[test]
    fn words_set_apart_are_no_sentence() {
        assert!(is_header("其他 尚未 总计 未经复议直接起诉 复议后起诉"));
        for text in ["尚未收到申请", "全年 未收到 申请。", "共 受理 12 件", "no requests received", "其他 尚未"]
        {
            assert!(!is_header(text), "{text}");
        }
    }
}
