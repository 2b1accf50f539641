//! Labels that a narrow cell broke over several lines of plain text, 「尚未」 above 「审结」, the figures of their row behind one of
//! them, or below.

use super::super::field::{Field, LONGEST_LABEL};
use super::super::outline::{Line, LineKind, Outline};
use super::row::{add_row, before_figures};
use crate::facts::{Value, Why};
use crate::label::Label;
use crate::pack::Core;

/// Lines of one label.
const MOST: usize = 6;

/// A line that may be a part of a label.
struct Part<'d> {
    text: &'d str,
    field: Field<'d>,
    figures: Vec<Field<'d>>,
}

/// Makes one line of all lines that are a label of a table together.
pub(super) fn join<'d>(outline: &mut Outline<'d>, core: &Core) {
    let lines = std::mem::take(&mut outline.lines);
    let parts: Vec<Option<Part<'d>>> = lines.iter().map(|line| part(outline, line, core)).collect();
    let mut at = 0;
    while at < lines.len() {
        let Some((count, line)) = joined(outline, &parts[at..]) else {
            outline.lines.push(lines[at].clone());
            at += 1;
            continue;
        };
        outline.lines.push(line);
        at += count;
    }
}

fn part<'d>(outline: &mut Outline<'d>, line: &Line, core: &Core) -> Option<Part<'d>> {
    let [field] = outline.fields(line) else { return None };
    let field = *field;
    if line.kind != LineKind::Text || field.range().len() > LONGEST_LABEL {
        return None;
    }
    let (range, figures) = before_figures(outline, field.passage, field.range(), core);
    let text = &field.passage.text[range.clone()];
    // A figure alone is none.
    let is_text = text.contains(char::is_alphabetic);
    is_text.then(|| Part { text, field: Field::new(field.passage, range, 0), figures })
}

/// The longest label that the first of some lines begins and others complete: how many lines it takes, and the line that they
/// are together.
fn joined<'d>(outline: &mut Outline<'d>, parts: &[Option<Part<'d>>]) -> Option<(usize, Line)> {
    let parts: Vec<&Part<'d>> = parts.iter().take(MOST).map_while(Option::as_ref).collect();
    let (count, label, number) = (2..=parts.len()).rev().find_map(|count| {
        let parts = &parts[..count];
        // The figures of a row are behind one line of its label.
        if parts.iter().filter(|part| !part.figures.is_empty()).count() > 1 {
            return None;
        }
        let text: String = parts.iter().map(|part| part.text).collect();
        let label = Some(text).filter(|text| text.len() <= LONGEST_LABEL).map(|text| Label::new(&text))?;
        let number = outline.labels.vocabulary.find_folded(&label.core)?;
        outline.labels.vocabulary.table_label(number).map(|_| (count, label, number))
    })?;
    let mut field = parts[0].field;
    field.value = Value::Unreadable(Why::NotANumber);
    (field.label, field.ordinal) = (Some(number), label.ordinal);
    let figures = parts[..count].iter().flat_map(|part| &part.figures);
    let mut row = vec![field];
    row.extend(figures.cloned());
    let line = add_row(outline, row);
    // Without figures it is a line of text as its parts were.
    let kind = if line.fields.len() > 1 { LineKind::Row } else { LineKind::Text };
    Some((count, Line { kind, ..line }))
}
