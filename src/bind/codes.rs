//! Rows that are known by a code: those whose code the form gives, and those that only the document lists.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::field::{Field, Meaning};
use super::printed::Printed;
use crate::facts::{Value, Why};
use crate::pack::{Open, OpenRow, Pack, Table, Target};
use crate::squeeze::Squeezed;

/// The rows that the document adds to the open blocks of the form, in its order.
pub(super) fn open_rows(tables: &[Printed<'_, '_>], pack: &Pack) -> Vec<OpenRow> {
    let mut rows = Vec::new();
    for (printed, form) in tables.iter().zip(&pack.tables) {
        for (block, open) in form.blocks.iter().enumerate().filter_map(|(at, block)| Some((at, block.open.as_ref()?))) {
            let mut seen = BTreeSet::new();
            for row in &printed.rows {
                let Some((cells, code)) = open_code(printed, open, row.clone()) else { continue };
                if !seen.insert(code.clone()) {
                    continue;
                }
                let name = printed.first_filled(cells.end..row.end).map(|name| &printed.fields[name]);
                let label = name.filter(|name| !name.is_figure()).map_or("", |name| name.text()).to_owned();
                rows.push(OpenRow { table: printed.index, block, code, label, ..OpenRow::default() });
            }
        }
    }
    rows
}

/// The table with codes as labels of their rows, and so what is between them and the figures. All of `form`'s rows are
/// known, those that the document adds among them.
pub(super) fn name_rows<'o, 'd>(mut printed: Printed<'o, 'd>, form: &Table) -> Printed<'o, 'd> {
    let coded = form.rows.iter().enumerate().filter_map(|(row, of_form)| Some((bare(of_form.code.as_deref()?), row)));
    let rows: BTreeMap<&str, usize> = coded.collect();
    if rows.is_empty() {
        return printed;
    }
    let columns = code_columns(&printed, form);
    let open: Vec<&Open> = form.blocks.iter().filter_map(|block| block.open.as_ref()).collect();
    for index in 0..printed.rows.len() {
        let fields = printed.rows[index].clone();
        let of_open = open.iter().find_map(|open| {
            let (cells, code) = open_code(&printed, open, fields.clone())?;
            Some((cells, *rows.get(bare(&code))?))
        });
        let of_form = || {
            fields.clone().find_map(|field| {
                let row = *rows.get(bare(&code(&printed, field)))?;
                let before = || &printed.fields[fields.start..field];
                // Without a header that distinguishes codes from figures, the label before it does.
                let may_be_code = columns.contains(&printed.fields[field].column)
                    || before().iter().all(|field| field.is_blank())
                    || before().iter().any(|label| label.rows(printed.index).any(|named| named == row));
                may_be_code.then_some((field..field + 1, row))
            })
        };
        let Some((cells, row)) = of_open.or_else(of_form) else {
            if let Some(code) = strange_code(&printed, fields).filter(|_| !open.is_empty()) {
                printed.fields[code].value = Value::Unreadable(Why::NotANumber);
            }
            continue;
        };
        let meaning = Meaning::Code(Target::Row { table: printed.index, row });
        let behind = &printed.fields[cells.end..fields.end];
        let word = behind.iter().take_while(|field| !field.is_figure()).position(|field| !field.is_blank());
        let word = word.map(|at| cells.end + at);
        for field in printed.fields[cells].iter_mut().filter(|field| !field.is_blank()) {
            (field.value, field.meaning) = (Value::Unreadable(Why::NotANumber), meaning);
        }
        if let Some(word) = word {
            printed.fields[word].meaning = meaning;
        }
    }
    printed
}

/// The number with which a row begins that is no code of the form, where a name and figures are behind it: it is a row that is told,
/// and the number none of its figures.
fn strange_code(printed: &Printed<'_, '_>, row: Range<usize>) -> Option<usize> {
    let first = printed.first_filled(row.clone()).filter(|&first| printed.fields[first].is_figure())?;
    let name = printed.first_filled(first + 1..row.end).filter(|&name| !printed.fields[name].is_figure())?;
    printed.fields[name + 1..row.end].iter().any(Field::is_figure).then_some(first)
}

/// The code with which a row begins, and the cells it is in: one, or one a level (类, 款, 项).
fn open_code(printed: &Printed<'_, '_>, open: &Open, row: Range<usize>) -> Option<(Range<usize>, String)> {
    let first = printed.first_filled(row.clone())?;
    // What the form prints itself is no code, though the pattern would take it for one.
    if !printed.fields[first].targets().is_empty() {
        return None;
    }
    let mut whole = String::new();
    let mut found = None;
    for field in (first..row.end).take(open.levels.len()) {
        whole.push_str(&code(printed, field));
        if open.level(&whole).is_none() {
            continue;
        }
        // Digits behind the first cell are part of the code only where a name follows.
        let behind = printed.first_filled(field + 1..row.end);
        if field == first || behind.is_some_and(|behind| !printed.fields[behind].is_figure()) {
            found = Some((first..field + 1, whole.clone()));
        }
    }
    found
}

/// The text of a field as a code.
fn code<'d>(printed: &Printed<'_, 'd>, field: usize) -> Cow<'d, str> {
    Squeezed::new(printed.fields[field].text()).text
}

/// A code without the zeros at its start, which workbooks drop; of zeros alone the last stays.
fn bare(code: &str) -> &str {
    let last = code.char_indices().next_back().map_or(0, |(at, _)| at);
    &code[code[..last].len() - code[..last].trim_start_matches('0').len()..]
}

/// The grid columns that are headed as columns of codes.
pub(super) fn code_columns(printed: &Printed<'_, '_>, form: &Table) -> BTreeSet<u32> {
    let headers: Vec<&str> = form.blocks.iter().filter_map(|block| block.codes.as_deref()).collect();
    let is_header = |field: &usize| printed.fields[*field].has_key() && headers.contains(&printed.key(*field));
    let fields = printed.rows.iter().flat_map(|row| row.clone().filter(is_header));
    fields.map(|field| printed.fields[field].column).collect()
}
