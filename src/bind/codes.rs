//! Rows that are told by a code: those whose code the form gives, and those that only the document lists.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::outline::{Field, Hits, Lines, Outline};
use crate::facts::{Value, Why};
use crate::pack::{Open, OpenRow, Pack, Target};
use crate::squeeze::Squeezed;

/// The rows that the document adds to the open blocks of the form, in its order.
pub(super) fn open_rows(outline: &Outline<'_>, hits: &Hits<'_>, pack: &Pack, lines: &[Lines]) -> Vec<OpenRow> {
    let mut rows = Vec::new();
    for (table, form) in pack.tables.iter().enumerate() {
        for (block, open) in form.blocks.iter().enumerate().filter_map(|(at, block)| Some((at, block.open.as_ref()?))) {
            let mut seen = BTreeSet::new();
            for fields in &lines[table] {
                let Some((cells, code)) = code_of(outline, hits, open, fields.clone()) else { continue };
                if !seen.insert(code.clone()) {
                    continue;
                }
                let name = (cells.end..fields.end).map(|field| &outline.fields[field]).find(|field| !field.is_blank());
                let label = name.filter(|field| !field.is_figure()).map_or("", |field| field.text());
                rows.push(OpenRow { table, block, code, label: label.to_owned() });
            }
        }
    }
    rows
}

/// The code with which a line begins, and the cells it stands in: one, or one a level (类, 款, 项).
fn code_of(
    outline: &Outline<'_>,
    hits: &Hits<'_>,
    open: &Open,
    fields: Range<usize>,
) -> Option<(Range<usize>, String)> {
    let first = fields.clone().find(|&field| !outline.fields[field].is_blank())?;
    // What the form prints itself is no code, though the pattern would take it for one.
    if !hits[first].is_empty() {
        return None;
    }
    let mut code = String::new();
    let mut found = None;
    for field in (first..fields.end).take(open.levels.len()) {
        code.push_str(&Squeezed::new(outline.fields[field].text()).text);
        if open.level(&code).is_none() {
            continue;
        }
        // Digits behind the first cell are part of the code only where a name follows.
        let behind = (field + 1..fields.end).map(|field| &outline.fields[field]).find(|field| !field.is_blank());
        if field == first || behind.is_some_and(|field| !field.is_figure()) {
            found = Some((first..field + 1, code.clone()));
        }
    }
    found
}

/// Makes labels of the codes, and of what stands between them and the figures. `targets` holds one target for each row of
/// each table.
pub(super) fn mark<'p>(
    outline: &mut Outline<'_>,
    hits: &mut Hits<'p>,
    pack: &Pack,
    table: usize,
    lines: &Lines,
    targets: &'p [Vec<Target>],
) {
    let form = &pack.tables[table];
    let rows: BTreeMap<&str, usize> =
        form.rows.iter().enumerate().filter_map(|(row, of_form)| Some((bare(of_form.code.as_deref()?), row))).collect();
    if rows.is_empty() {
        return;
    }
    let columns = code_columns(outline, pack, table, lines);
    let open: Vec<&Open> = form.blocks.iter().filter_map(|block| block.open.as_ref()).collect();
    for fields in lines {
        let of_open = open.iter().find_map(|open| {
            let (cells, code) = code_of(outline, hits, open, fields.clone())?;
            Some((cells, *rows.get(bare(&code))?))
        });
        if let Some((cells, row)) = of_open {
            name(outline, hits, cells, fields.end, &targets[table][row..=row]);
            continue;
        }
        let found = fields.clone().find_map(|field| {
            let is_first = || fields.clone().take_while(|&at| at < field).all(|at| outline.fields[at].is_blank());
            let may_be_code = columns.contains(&outline.fields[field].column)
                || is_first()
                || names_row(hits, table, &rows, outline, fields.start, field);
            let code = Squeezed::new(outline.fields[field].text()).text;
            let row = rows.get(bare(&code)).filter(|_| may_be_code)?;
            Some((field, *row))
        });
        let Some((code, row)) = found else { continue };
        name(outline, hits, code..code + 1, fields.end, &targets[table][row..=row]);
    }
}

/// Makes labels of the cells of a code and of the words right behind them.
fn name<'p>(outline: &mut Outline<'_>, hits: &mut Hits<'p>, cells: Range<usize>, end: usize, own: &'p [Target]) {
    let is_word = |field: &Field<'_>| !field.is_blank() && !field.is_figure();
    let words = (cells.end..end).take_while(|&field| !outline.fields[field].is_figure());
    let words: Vec<usize> = words.filter(|&field| is_word(&outline.fields[field])).take(1).collect();
    for field in cells.filter(|&field| !outline.fields[field].is_blank()).collect::<Vec<_>>() {
        outline.fields[field].value = Value::Unreadable(Why::NotANumber);
        hits[field] = own;
    }
    words.into_iter().for_each(|field| hits[field] = own);
}

/// A code without the zeros at its start, which workbooks drop; of zeros alone the last stays.
fn bare(code: &str) -> &str {
    let last = code.char_indices().next_back().map_or(0, |(at, _)| at);
    &code[code[..last].len() - code[..last].trim_start_matches('0').len()..]
}

/// Where there is no header to tell codes from figures: the label before it is that of the row with this code.
fn names_row(
    hits: &Hits<'_>,
    table: usize,
    rows: &BTreeMap<&str, usize>,
    outline: &Outline<'_>,
    first: usize,
    field: usize,
) -> bool {
    let code = Squeezed::new(outline.fields[field].text()).text;
    let Some(&row) = rows.get(bare(&code)) else { return false };
    (first..field).any(|label| hits[label].contains(&Target::Row { table, row }))
}

/// The grid columns that are headed as columns of codes.
fn code_columns(outline: &Outline<'_>, pack: &Pack, table: usize, lines: &Lines) -> BTreeSet<u32> {
    let headers: Vec<&str> = pack.tables[table].blocks.iter().filter_map(|block| block.codes.as_deref()).collect();
    let is_header = |field: &usize| {
        let field = &outline.fields[*field];
        field.has_key() && headers.contains(&outline.key(field))
    };
    let fields = lines.iter().flat_map(|fields| fields.clone().filter(is_header));
    fields.map(|field| outline.fields[field].column).collect()
}

/// A target for each row of each table.
pub(super) fn targets(pack: &Pack) -> Vec<Vec<Target>> {
    let of_table = |table: usize| (0..pack.tables[table].rows.len()).map(|row| Target::Row { table, row }).collect();
    (0..pack.tables.len()).map(of_table).collect()
}
