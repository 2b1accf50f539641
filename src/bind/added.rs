//! What tools add to a table when they write it: a merged cell's text in every cell it covered, counters of columns and
//! rows, numbers behind names that occur twice. All of it is taken out once, before anything is looked for.

use std::ops::Range;

use rust_decimal::Decimal;

use super::field::{Field, Labels};
use super::vocabulary::TableLabel;
use crate::facts::Value;
use crate::pack::Core;

/// Fewer figures in a first column that count its rows may be figures.
const COUNTED_ROWS: usize = 3;
/// Counters that leave rows out are known by more of them …
const SPARSE_ROWS: usize = 4;
/// … and rise by no more than this on average.
const SPARSE_STEP: usize = 2;

/// Takes out of a table what was added to it. Fields are blanked; of `rows`, those that hold nothing else are removed.
pub(super) fn take_out<'d>(
    fields: &mut [Field<'d>],
    rows: &mut Vec<Range<usize>>,
    labels: &mut Labels<'d>,
    core: &Core,
) {
    // Of tables with lines of text between them, each is counted by itself.
    let tables = std::mem::take(rows);
    for table in tables.chunk_by(|one, next| (one.len() == 1) == (next.len() == 1)) {
        rows.extend(without_counters(fields, table.to_vec(), labels));
    }
    if let Some(first) = rows.first() {
        repeated_names(&mut fields[first.clone()], labels, core);
    }
    marks_as_fillers(fields, rows, labels);
    let mut above: Option<Range<usize>> = None;
    let mut is_filled_down = false;
    rows.retain(|row| {
        let (before, own) = fields[..row.end].split_at_mut(row.start);
        let is_one = is_one_text(own);
        let above = above.replace(row.clone()).map(|above| &before[above]);
        if let Some(above) =
            above.filter(|above| is_one && is_same_line(above, own) || is_filled_down && is_copy(above, own))
        {
            own.iter_mut().zip(above).for_each(|(own, above)| *own = *above);
            return false;
        }
        if let Some(above) = above {
            is_filled_down |= figures_carried_down(above, own, labels, is_filled_down);
            carried_down(above, own, labels);
        }
        if is_one {
            keep_first(own);
        } else {
            carried_across(own, labels);
        }
        true
    });
}

/// Removes a first row that counts the columns, and blanks a first column that counts the rows.
fn without_counters(fields: &mut [Field<'_>], mut rows: Vec<Range<usize>>, labels: &Labels<'_>) -> Vec<Range<usize>> {
    let Some(first) = rows.iter().position(|row| fields[row.clone()].iter().any(|field| !field.is_blank())) else {
        return rows;
    };
    if rows.len() == first + 1 {
        return rows;
    }
    let names = &fields[rows[first].clone()];
    let is_counted = counts_columns(&names[usize::from(names[0].is_blank())..]);
    if is_counted {
        rows.remove(first);
    }
    if !is_indexed(fields, &rows[first..], labels, is_counted) {
        return rows;
    }
    for row in &rows[first..] {
        fields[row.start].blank_out();
    }
    if !is_counted && counts_columns(&fields[rows[first].start + 1..rows[first].end]) {
        rows.remove(first);
    }
    rows
}

/// Whether these count the columns of a table: 0, 1, 2 or 1, 2, 3 or A, B, C.
fn counts_columns(fields: &[Field<'_>]) -> bool {
    let counts_from =
        |start: u32| (start..).zip(fields).all(|(number, field)| field.value == Value::Number(number.into()));
    let is_lettered = || fields.iter().enumerate().all(|(at, field)| field.text() == letters(at));
    fields.len() > 1 && (counts_from(0) || counts_from(1) || is_lettered())
}

/// How workbooks name a column: A to Z, then AA.
fn letters(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (at % 26) as u8));
        match (at / 26).checked_sub(1) {
            Some(rest) => at = rest,
            None => return letters.iter().rev().collect(),
        }
    }
}

/// Whether the first fields of the rows count them. Above the first number there may be a name, but none of a form.
fn is_indexed(fields: &[Field<'_>], rows: &[Range<usize>], labels: &Labels<'_>, is_counted: bool) -> bool {
    let mut numbers: Vec<Decimal> = Vec::new();
    let mut is_named = false;
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        let first = &fields[row.start];
        match first.value {
            Value::Number(number) if first.is_plain => numbers.push(number),
            Value::Blank if numbers.is_empty() => {}
            _ if at == 0 && labels.table_label(first).is_none() => is_named = true,
            _ => return false,
        }
    }
    let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else { return false };
    let has_more = rows.iter().filter(|row| row.len() > 1).count() * 2 > rows.len();
    let steps = Decimal::from(numbers.len() - 1);
    let is_dense = last - first == steps;
    let is_surely = match numbers.len() {
        // One or two rows are counted where the columns are, or have names but for the first.
        ..COUNTED_ROWS => {
            let names = &fields[rows[0].clone()];
            let is_cornered = !is_named && names.len() > 1 && names[0].is_blank() && !names[1].is_blank();
            is_dense && first <= Decimal::ONE && (is_counted || is_cornered)
        }
        count => is_dense || count >= SPARSE_ROWS && last - first <= steps * Decimal::from(SPARSE_STEP),
    };
    has_more && is_surely && numbers.is_sorted_by(|one, next| one < next)
}

/// Takes the number off a name that a field before it has without one: tools tell columns apart by it, as `总计.1`, `总计_2`.
fn repeated_names<'d>(row: &mut [Field<'d>], labels: &mut Labels<'d>, core: &Core) {
    for at in 1..row.len() {
        let text = row[at].text();
        let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let Some(name) = name.strip_suffix(['.', '_']).filter(|name| name.len() + 1 < text.len()) else { continue };
        if row[..at].iter().any(|before| before.text() == name) {
            let (start, column) = (row[at].range().start, row[at].column);
            row[at] = labels.cell(row[at].passage, start..start + name.len(), core);
            row[at].column = column;
        }
    }
}

/// Blanks a sign for nothing in the whole table if it is beside a title or the names of columns, where no figures can be: a tool
/// wrote it in every blank cell.
fn marks_as_fillers(fields: &mut [Field<'_>], rows: &[Range<usize>], labels: &Labels<'_>) {
    const FEWEST: usize = 2;
    let is_mark = |field: &&Field<'_>| field.value == Value::Mark;
    let holds_no_row =
        |row: &[Field<'_>]| row.iter().all(|field| is_mark(&field) || !field.is_figure() && !may_be_row(field, labels));
    let filler = rows.iter().find_map(|row| {
        let row = &fields[row.clone()];
        let mut marks = row.iter().filter(is_mark);
        let first = marks.next()?.text();
        let is_filler = marks.filter(|mark| mark.text() == first).count() + 1 >= FEWEST;
        (is_filler && holds_no_row(row) && row.iter().any(|field| field.label.is_some())).then_some(first)
    });
    let Some(filler) = filler else { return };
    for row in rows {
        let marks = fields[row.clone()].iter_mut().filter(|field| field.value == Value::Mark && field.text() == filler);
        marks.for_each(Field::blank_out);
    }
}

/// Whether a row says one text in several fields.
fn is_one_text(row: &[Field<'_>]) -> bool {
    let mut filled = row.iter().filter(|field| !field.is_blank());
    let Some(first) = filled.next().filter(|first| !first.is_figure()) else { return false };
    let mut rest = filled.peekable();
    rest.peek().is_some() && rest.all(|field| field.text() == first.text())
}

/// Whether a row repeats the one text of the row above.
fn is_same_line(above: &[Field<'_>], row: &[Field<'_>]) -> bool {
    let mut filled = above.iter().filter(|field| !field.is_blank());
    let text = row.iter().find(|field| !field.is_blank()).map(Field::text);
    filled.next().map(Field::text) == text && filled.next().is_none()
}

fn keep_first(row: &mut [Field<'_>]) {
    let filled = row.iter_mut().filter(|field| !field.is_blank());
    filled.skip(1).for_each(Field::blank_out);
}

/// Blanks the copies of a label beside it. Names of columns are where the first is, and a label of a row is next to its
/// figures.
fn carried_across(row: &mut [Field<'_>], labels: &Labels<'_>) {
    for at in 1..row.len() {
        let (before, own) = row.split_at_mut(at);
        let (before, own) = (&mut before[at - 1], &mut own[0]);
        let is_same = own.label == before.label && own.ordinal == before.ordinal;
        let Some(kind) = labels.table_label(own).filter(|_| is_same) else { continue };
        if kind == TableLabel::Row { before.blank_out() } else { own.blank_out() }
    }
}

/// Whether a row has the texts of the row above in every cell.
fn is_copy(above: &[Field<'_>], row: &[Field<'_>]) -> bool {
    above.len() == row.len() && above.iter().zip(row).all(|(above, own)| above.passage.text == own.passage.text)
}

/// Blanks figures of the row above where no figures can be: beside a title or the names of columns. Below these they are
/// carried on as long as they are the same. Whether there are any.
fn figures_carried_down(above: &[Field<'_>], row: &mut [Field<'_>], labels: &Labels<'_>, is_known: bool) -> bool {
    const FEWEST: usize = 2;
    if above.len() != row.len() || !row.iter().any(Field::is_figure) {
        return false;
    }
    let is_same = |(above, own): (&Field<'_>, &Field<'_>)| {
        own.is_figure() && above.passage.text == own.passage.text && !std::ptr::eq(above.passage, own.passage)
    };
    let is_no_row = |field: &Field<'_>| !field.is_figure() && field.label.is_some() && !may_be_row(field, labels);
    let is_title = row.iter().find(|field| !field.is_blank()).is_some_and(is_no_row);
    let figures = row.iter().filter(|field| field.is_figure()).count();
    let same = above.iter().zip(&*row).filter(|&pair| is_same(pair)).count();
    let is_found = is_title && same == figures && figures >= FEWEST;
    for (above, own) in above.iter().zip(row) {
        if is_same((above, own)) && (is_found || is_known && above.is_blank()) {
            own.blank_out();
        }
    }
    is_found
}

fn may_be_row(field: &Field<'_>, labels: &Labels<'_>) -> bool {
    matches!(labels.table_label(field), Some(TableLabel::Row | TableLabel::Either))
}

/// Blanks labels that repeat those above though their group has ended: a label left of them is another one than above.
fn carried_down(above: &[Field<'_>], row: &mut [Field<'_>], labels: &Labels<'_>) {
    if above.len() != row.len() {
        return;
    }
    let mut is_other_group = false;
    for (above, own) in above.iter().zip(row) {
        if own.is_figure() {
            return;
        }
        // A merged cell is one passage in every row.
        let is_merged = std::ptr::eq(above.passage, own.passage);
        if own.is_blank() || is_merged {
            continue;
        }
        // What was blanked above has its text still.
        let is_same = own.passage.text == above.passage.text;
        if is_same && is_other_group && may_be_row(own, labels) {
            own.blank_out();
        }
        is_other_group |= !is_same;
    }
}
