//! Tables of plain text that lost the borders of their cells: labels and figures set apart by single blanks, or each on a
//! line of its own. Lines of text that hold nothing else are rows.

mod broken_label;
mod row;

use std::ops::Range;

use super::field::Field;
use super::outline::{Line, LineKind, Outline};
use super::vocabulary::TableLabel;
use crate::document::Passage;
use crate::facts::Value;
use crate::pack::Core;
use row::{add_row, before_figures};

/// Fewer figures without a label before them may be a date or the number of a page: `2 / 5`, `- 2 -`.
const UNLABELLED: usize = 4;

/// Longer lines (bytes) are running text.
const LONGEST: usize = 4096;

/// Makes rows of all lines that are parts of tables.
pub(super) fn gather<'d>(mut outline: Outline<'d>, core: &Core) -> Outline<'d> {
    /// Every line is looked at word by word. Reports have some hundreds of lines, and some ten thousands of bytes.
    const MOST_BYTES: usize = 1 << 20;
    let bytes: usize = outline
        .lines
        .iter()
        .map(|line| outline.fields(line).iter().map(|field| field.range().len() + 1).sum::<usize>())
        .sum();
    if bytes > MOST_BYTES {
        return outline;
    }
    broken_label::join(&mut outline, core);
    part_lines(&mut outline, core);
    gather_lines(&mut outline, core);
    take_in_labels(&mut outline);
    outline
}

/// Short lines next to rows may be parts of their labels, and become rows of one cell.
fn take_in_labels(outline: &mut Outline<'_>) {
    /// Parts of one label are at most so many lines apart.
    const REACH: usize = 2;
    let is_row: Vec<bool> = outline.lines.iter().map(|line| line.kind == LineKind::Row).collect();
    for (index, line) in outline.lines.iter_mut().enumerate() {
        let around = &is_row[index.saturating_sub(REACH)..(index + REACH + 1).min(is_row.len())];
        let is_short = outline.fields[line.fields.clone()].iter().all(Field::has_key);
        if line.kind == LineKind::Text && is_short && around.contains(&true) {
            line.kind = LineKind::Row;
        }
    }
}

/// Splits lines in which labels and figures are next to each other.
fn part_lines<'d>(outline: &mut Outline<'d>, core: &Core) {
    let mut lines = Vec::with_capacity(outline.lines.len());
    for line in std::mem::take(&mut outline.lines) {
        let rows = match line.kind {
            LineKind::Heading => None,
            LineKind::Text => parted_text(outline, &line, core),
            LineKind::Row => parted_row(outline, &line, core).map(|row| vec![row]),
        };
        let Some(rows) = rows else {
            lines.push(line);
            continue;
        };
        lines.extend(rows.into_iter().map(|row| add_row(outline, row)));
    }
    outline.lines = lines;
}

/// A line of text as rows, if it holds a label of a table with more behind it, and nothing else.
fn parted_text<'d>(outline: &mut Outline<'d>, line: &Line, core: &Core) -> Option<Vec<Vec<Field<'d>>>> {
    let [field] = outline.fields(line) else { return None };
    let (passage, range) = (field.passage, field.range());
    let Some(fields) = parts(outline, passage, range.clone(), core).filter(|fields| fields.len() > 1) else {
        return behind_text(outline, passage, range, core).map(|row| vec![row]);
    };
    if fields.iter().all(Field::is_figure) {
        return None;
    }
    // A label behind a figure begins another row.
    let parts = fields.chunk_by(|one, next| !one.is_figure() || next.is_figure());
    let mut names = Vec::new();
    let rows = parts.map(|part| {
        let (labels, figures) = part.split_at(part.iter().take_while(|field| !field.is_figure()).count());
        row(outline, labels, figures, &mut names)
    });
    let rows = rows.collect();
    outline.names.append(&mut names);
    Some(rows)
}

/// Text of any kind with a row of figures behind it.
fn behind_text<'d>(
    outline: &mut Outline<'d>,
    passage: &'d Passage<'d>,
    range: Range<usize>,
    core: &Core,
) -> Option<Vec<Field<'d>>> {
    if range.len() > LONGEST {
        return None;
    }
    let (text, figures) = before_figures(outline, passage, range, core);
    if figures.len() < UNLABELLED {
        return None;
    }
    let mut row = vec![outline.labels.cell(passage, text, core)];
    row.extend(figures);
    Some(row)
}

/// The labels before some figures, and these, as a row. What names columns is none of the row's own labels, and
/// is kept apart in `names`: the order of the columns is not known where a header has several levels.
fn row<'d>(
    outline: &Outline<'d>,
    labels: &[Field<'d>],
    figures: &[Field<'d>],
    names: &mut Vec<Field<'d>>,
) -> Vec<Field<'d>> {
    let kind = |field: &Field<'d>| outline.labels.table_label(field);
    let last = labels.iter().rposition(|field| kind(field) == Some(TableLabel::Header)).filter(|_| !figures.is_empty());
    // What may be either goes on with the names of columns before it.
    let own = last.map_or(labels, |last| {
        let rest = &labels[last + 1..];
        &rest[rest.iter().take_while(|field| kind(field) == Some(TableLabel::Either)).count()..]
    });
    names.extend_from_slice(&labels[..labels.len() - own.len()]);
    [own, figures].concat()
}

/// The fields of a row, if there are several labels in one of them.
fn parted_row<'d>(outline: &mut Outline<'d>, line: &Line, core: &Core) -> Option<Vec<Field<'d>>> {
    let fields = outline.fields(line).to_vec();
    let mut row = Vec::with_capacity(fields.len() + 1);
    let mut is_parted = false;
    for field in fields {
        let is_label = !field.is_figure() && !field.is_blank() && outline.labels.table_label(&field).is_none();
        let parts = if is_label { parts(outline, field.passage, field.range(), core) } else { None };
        match parts {
            Some(parts) => {
                is_parted = true;
                row.extend(parts);
            }
            None => row.push(field),
        }
    }
    is_parted.then_some(row)
}

/// The labels and figures of which a text is made; none where there is anything else in it.
fn parts<'d>(
    outline: &mut Outline<'d>,
    passage: &'d Passage<'d>,
    range: Range<usize>,
    core: &Core,
) -> Option<Vec<Field<'d>>> {
    /// A label has at most so many blanks in it.
    const WORDS: usize = 4;
    if range.len() > LONGEST {
        return None;
    }
    let text = &passage.text[range.clone()];
    let place = |word: &str| range.start + (word.as_ptr() as usize - text.as_ptr() as usize);
    let words: Vec<Range<usize>> = text.split_whitespace().map(|word| place(word)..place(word) + word.len()).collect();
    let mut fields = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let most = (at + WORDS).min(words.len());
        let (next, field) = (at + 1..=most).rev().find_map(|next| {
            let field = outline.labels.cell(passage, words[at].start..words[next - 1].end, core);
            // A word that is blank is a filler.
            let is_word = next == at + 1 && (field.is_figure() || field.is_blank());
            let is_part = outline.labels.table_label(&field).is_some() || is_word;
            is_part.then_some((next, field))
        })?;
        fields.push(field);
        at = next;
    }
    Some(fields)
}

/// Makes a row of labels, each on a line, and the figures on the lines below.
fn gather_lines<'d>(outline: &mut Outline<'d>, core: &Core) {
    let mut gathered: Vec<Line> = Vec::with_capacity(outline.lines.len());
    let mut lines = std::mem::take(&mut outline.lines).into_iter().peekable();
    // How many of the gathered lines, the last ones, are labels alone.
    let mut labels = 0;
    while let Some(line) = lines.next() {
        let Some(mut figures) = figures(outline, &line, core) else {
            let is_label = outline.single(&line).is_some_and(|field| outline.labels.table_label(field).is_some());
            labels = if is_label && line.kind == LineKind::Text { labels + 1 } else { 0 };
            gathered.push(line);
            continue;
        };
        let is_row = line.kind == LineKind::Row;
        let mut taken = vec![line];
        while !is_row
            && let Some(next) = lines.peek().filter(|next| next.kind == LineKind::Text)
            && let Some(more) = self::figures(outline, next, core)
        {
            figures.extend(more);
            taken.extend(lines.next());
        }
        if labels == 0 && (is_row || figures.len() < UNLABELLED) {
            gathered.extend(taken);
            continue;
        }
        let above = gathered.split_off(gathered.len() - std::mem::take(&mut labels));
        let labels: Vec<Field<'d>> = above.iter().flat_map(|line| outline.fields(line)).cloned().collect();
        let mut names = Vec::new();
        let row = row(outline, &labels, &figures, &mut names);
        outline.names.append(&mut names);
        gathered.push(add_row(outline, row));
    }
    outline.lines = gathered;
}

/// The figures of a line that holds nothing else.
fn figures<'d>(outline: &mut Outline<'d>, line: &Line, core: &Core) -> Option<Vec<Field<'d>>> {
    let fields = match (line.kind, outline.fields(line)) {
        (LineKind::Row, fields) => fields.to_vec(),
        (LineKind::Text, [field]) => {
            let (passage, range) = (field.passage, field.range());
            parts(outline, passage, range, core)?
        }
        _ => return None,
    };
    // 「- 2 -」 is the number of a page.
    let is_page =
        matches!(fields.as_slice(), [before, _, behind] if before.value == Value::Mark && behind.value == Value::Mark);
    (fields.iter().all(Field::is_figure) && !is_page).then_some(fields)
}
