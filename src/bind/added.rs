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
    counters(fields, rows, labels);
    if let Some(first) = rows.first() {
        repeated_names(&mut fields[first.clone()], labels, core);
    }
    let mut above: Option<Range<usize>> = None;
    rows.retain(|row| {
        let (before, own) = fields[..row.end].split_at_mut(row.start);
        let is_one = is_one_text(own);
        let above = above.replace(row.clone()).map(|above| &mut before[above]);
        if let Some(above) = above {
            if is_one && is_same_line(above, own) {
                // The row above was left with its first field.
                own.iter_mut().for_each(Field::blank_out);
                return false;
            }
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

/// Blanks a first column that counts the rows, and removes a first row that counts the columns.
fn counters(fields: &mut [Field<'_>], rows: &mut Vec<Range<usize>>, labels: &Labels<'_>) {
    let Some(first) = rows.iter().position(|row| fields[row.clone()].iter().any(|field| !field.is_blank())) else {
        return;
    };
    let is_indexed = is_indexed(fields, &rows[first..], labels);
    if is_indexed {
        for row in &rows[first..] {
            fields[row.start].blank_out();
        }
    }
    let names = &fields[rows[first].clone()];
    let is_cornered = is_indexed || names.first().is_some_and(Field::is_blank);
    if counts_columns(&names[usize::from(is_cornered)..]) && rows.len() > first + 1 {
        rows.remove(first);
    }
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
fn is_indexed(fields: &[Field<'_>], rows: &[Range<usize>], labels: &Labels<'_>) -> bool {
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
        // One or two rows are counted where names are above all columns but the first.
        ..COUNTED_ROWS => {
            let names = &fields[rows[0].clone()];
            is_dense
                && !is_named
                && first <= Decimal::ONE
                && names.len() > 1
                && names[0].is_blank()
                && !names[1].is_blank()
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
        let may_be_row = matches!(labels.table_label(own), Some(TableLabel::Row | TableLabel::Either));
        if is_same && is_other_group && may_be_row {
            own.blank_out();
        }
        is_other_group |= !is_same;
    }
}
