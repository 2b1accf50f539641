//! Titles of sections that share their line with the text: 「六、其他需要报告的事项：无。」, or beside it in a row of a table.

use std::ops::Range;

use crate::bind::field::Field;
use crate::bind::outline::{LineKind, Outline};
use crate::label::{Label, Numbering, Ordinal};
use crate::pack::{Pack, Target};

/// A title is among so many characters.
const HEAD: usize = 60;
/// What may be between a title and its text, besides blanks.
const BETWEEN: [char; 7] = ['：', ':', '。', '，', ',', '；', ';'];

/// A title in front of text.
#[derive(Debug)]
pub(super) struct Head {
    pub section: usize,
    pub ordinal: Option<Ordinal>,
    /// It is the form's own wording.
    pub is_official: bool,
    /// Where the text begins, as a byte of the field's text.
    pub text: usize,
}

/// A cheap look: numbers are among the first characters, and a title without one ends in a colon.
pub(super) fn may_begin_with_title(text: &str) -> bool {
    let mut characters = text.chars().take(HEAD / 2).enumerate();
    characters
        .any(|(at, c)| matches!(c, '：' | ':') || at < 4 && matches!(c, '、' | '．' | '.' | '第' | ' ' | '\u{3000}'))
}

/// The title that the text of a field begins with, if there is text behind it.
pub(super) fn head(field: &Field<'_>, pack: &Pack) -> Option<Head> {
    let text = field.text();
    let mut label = Label::default();
    for (at, separator) in text.char_indices().take(HEAD) {
        if !BETWEEN.contains(&separator) && !separator.is_whitespace() {
            continue;
        }
        label.fold(&text[..at]);
        let Some(section) = pack.labels.get(&label.core).iter().find_map(section_of) else { continue };
        let behind = at + separator.len_utf8();
        let has_words = text[behind..].chars().any(|c| c.is_alphabetic());
        let is_official = Label::new(&pack.sections[section].title).core == label.core;
        return has_words.then_some(Head { section, ordinal: label.ordinal, is_official, text: behind });
    }
    None
}

/// The title in the first cells of a row that holds its text, or its table, in the others.
pub(super) fn beside_text<'o, 'd>(outline: &'o Outline<'d>, index: usize) -> Option<&'o Field<'d>> {
    title_beside_text(outline, index, |field| field.targets().iter().find_map(section_of))
}

/// The same, with what says of which section a field may be the title.
pub(in crate::bind) fn title_beside_text<'o, 'd>(
    outline: &'o Outline<'d>,
    index: usize,
    section_of: impl Fn(&Field<'d>) -> Option<usize>,
) -> Option<&'o Field<'d>> {
    let title = first_title(outline, index, &section_of)?;
    let section = section_of(title)?;
    let mut others = outline.fields(&outline.lines[index]).iter();
    others.find(|field| std::ptr::eq(*field, title));
    let mut others = others.filter(|field| !field.is_blank()).peekable();
    others.peek()?;
    let is_text = |field: &Field<'d>| !field.is_figure() && section_of(field).is_none_or(|other| other == section);
    // A merged cell is written into each of its rows by some tools.
    let is_again = || {
        let above = index.checked_sub(1).and_then(|above| first_title(outline, above, &section_of));
        above.is_some_and(|above| above.label == title.label)
    };
    (others.all(is_text) && !is_again()).then_some(title)
}

/// The numbered title that is the first cell of a row, or the second behind its number.
fn first_title<'o, 'd>(
    outline: &'o Outline<'d>,
    index: usize,
    section_of: impl Fn(&Field<'d>) -> Option<usize>,
) -> Option<&'o Field<'d>> {
    let line = &outline.lines[index];
    if line.kind != LineKind::Row {
        return None;
    }
    let mut filled = outline.fields(line).iter().filter(|field| !field.is_blank());
    let first = filled.next()?;
    let is_title = |field: &Field<'d>| section_of(field).is_some();
    let is_number = |ordinal: Ordinal| ordinal.numbering == Numbering::Chinese;
    if is_title(first) && first.ordinal.is_some_and(is_number) {
        return Some(first);
    }
    let is_bare_number = outline.key(first).is_empty() && first.ordinal.is_some_and(is_number);
    filled.next().filter(|second| is_bare_number && is_title(second))
}

/// The texts that share the line with the title of a section: bytes of the passages of their fields.
pub(super) fn texts<'o, 'd>(outline: &'o Outline<'d>, line: usize, pack: &Pack) -> Vec<(&'o Field<'d>, Range<usize>)> {
    if let Some(title) = beside_text(outline, line) {
        let mut fields = outline.fields(&outline.lines[line]).iter();
        fields.find(|field| std::ptr::eq(*field, title));
        return fields.filter(|field| !field.is_blank()).map(|field| (field, field.range())).collect();
    }
    let Some(field) = outline.single(&outline.lines[line]) else { return Vec::new() };
    if field.label.is_some() {
        return Vec::new();
    }
    let range = field.range();
    match head(field, pack) {
        Some(head) => vec![(field, range.start + head.text..range.end)],
        // A title that is as long as a sentence holds it.
        None if !field.has_key() => vec![(field, range)],
        None => Vec::new(),
    }
}

fn section_of(target: &Target) -> Option<usize> {
    match *target {
        Target::Section(section) => Some(section),
        _ => None,
    }
}
