//! The first look: whether there may be more than one report at all.

use super::super::field::Field;
use super::super::outline::{LineKind, Outline};
use super::super::sections::title_beside_text;
use super::super::vocabulary::Anchor;
use crate::label::Numbering;

/// Whether there are several sheets, labels of several forms, rows that are printed twice, or two beginnings.
pub(super) fn may_hold_several(outline: &Outline<'_>) -> bool {
    /// A single row may be printed twice by mistake.
    const REPEATED: usize = 2;
    let vocabulary = outline.labels.vocabulary;
    // For each label, the last line that prints it, counted from 1.
    let mut last = vec![0; vocabulary.len()];
    let (mut sheets, mut repeated, mut beginnings) = (0, 0, 0);
    let mut forms = u64::MAX;
    for (index, line) in outline.lines.iter().enumerate() {
        if line.kind == LineKind::Heading && outline.begins_sheet(index) {
            sheets += 1;
        }
        for label in outline.fields(line).iter().filter_map(|field| field.label) {
            forms &= vocabulary.forms_of(label);
            if let Some(Anchor::Row(_)) = vocabulary.anchor(label).filter(|_| line.kind == LineKind::Row) {
                repeated += usize::from(last[label as usize] != 0 && last[label as usize] != index + 1);
                last[label as usize] = index + 1;
            }
        }
        beginnings += usize::from(begins(outline, index));
    }
    sheets > 1 || repeated >= REPEATED || beginnings > 1 || forms == 0
}

/// Whether a line is the heading of section one.
pub(super) fn begins(outline: &Outline<'_>, line: usize) -> bool {
    let is_first = |field: &&Field<'_>| {
        let is_numbered_so = |number| number == 1;
        let ordinal = field.ordinal;
        ordinal.is_none_or(|ordinal| ordinal.numbering == Numbering::Chinese && is_numbered_so(ordinal.value))
    };
    section(outline, line).is_some_and(|(section, field)| section == 0 && is_first(&field))
}

/// The section whose title this line is, and the field that holds it.
pub(super) fn section<'o, 'd>(outline: &'o Outline<'d>, index: usize) -> Option<(usize, &'o Field<'d>)> {
    let line = &outline.lines[index];
    // Most rows begin with a label of a table or end in a figure.
    let first = outline.fields(line).first()?;
    if line.kind == LineKind::Row && first.label.is_none() && !first.is_blank() && first.has_key() {
        return None;
    }
    let section_of = |field: &Field<'d>| match outline.labels.vocabulary.anchor(field.label?)? {
        Anchor::Section(section) => Some(section),
        Anchor::Row(_) => None,
    };
    let field = outline.single(line).or_else(|| title_beside_text(outline, index, section_of))?;
    Some((section_of(field)?, field))
}
