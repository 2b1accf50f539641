//! Which lines of the document belong to which table of the form.

use std::borrow::Cow;

use super::astray::Astray;
use super::field::{Field, LONGEST_LABEL};
use super::figure;
use super::named_parts::{self, Parts};
use super::outline::{Line, LineKind, Outline};
use super::printed::{Nameless, Printed};
use super::rest::{Below, End, Rest};
use super::sections::Found;
use super::whose::{Others, Whose};
use crate::document::Location;
use crate::facts::{Title, Value, Why};
use crate::label::Label;
use crate::pack::{Pack, Table, Target};
use crate::squeeze::Squeezed;

/// A row of a table.
struct Row<'o, 'd> {
    /// Its line in the outline.
    line: usize,
    fields: Cow<'o, [Field<'d>]>,
    below: Option<Rest<'d>>,
}

impl<'d> Row<'_, 'd> {
    /// Whether the line below may be the rest of its figures, as it then is.
    fn goes_on(&mut self, outline: &Outline<'d>, line: &Line, below: &mut Below) -> bool {
        let Some(rest) = below.read(outline, line, &self.fields) else { return false };
        match &mut self.below {
            Some(above) => above.figures.extend(rest.figures),
            None => self.below = Some(rest),
        }
        true
    }
}

/// For each table of the form its rows, as they are printed. A table is looked for in its own section; only where nothing of
/// it is there, elsewhere, and then only if most of its rows are found: other tables may share a label or two. Where it
/// is in both places, the rows of the second are those printed again. What is said to be of another agency or year, or an
/// example, is no table of this report; nor is one that is elsewhere below something that is no part of its section.
pub(super) fn assign<'o, 'd>(
    outline: &'o Outline<'d>,
    found: &Found,
    titles: &[Title],
    pack: &Pack,
) -> Vec<Printed<'o, 'd>> {
    let mut own: Vec<Vec<Row<'o, 'd>>> = pack.tables.iter().map(|_| Vec::new()).collect();
    let mut elsewhere: Vec<Vec<Row<'o, 'd>>> = pack.tables.iter().map(|_| Vec::new()).collect();
    // Rows that are the report's own if no table has others besides, and whether they are in their own place.
    let mut unsure: Vec<Vec<(bool, Row<'o, 'd>)>> = pack.tables.iter().map(|_| Vec::new()).collect();
    let mut of_others: Vec<Option<Location>> = vec![None; pack.tables.len()];
    let mut whose = Whose::new(outline, titles, pack);
    let mut section = None;
    let mut current: Option<usize> = None;
    // The row right above, and what is below it.
    let mut above: Option<(usize, bool)> = None;
    let mut below = Below::default();
    // A table whose caption is above it ends only with the next caption.
    let mut is_captioned = false;
    for (index, line) in outline.lines.iter().enumerate() {
        whose.read(outline, index);
        let at = found.section_of(index);
        if at != section {
            section = at;
            current = section.and_then(|section| pack.sections[section].tables.first().copied());
            is_captioned = false;
        }
        if let Some(table) = captioned(outline, pack, line) {
            current = Some(table);
            is_captioned = true;
        }
        let row = match line.kind {
            LineKind::Row => Some(Cow::Borrowed(outline.fields(line))),
            LineKind::Heading => None,
            // Outside tables a label with figures behind it is a row only where the table is expected.
            LineKind::Text => current.and_then(|table| text_row(outline, line, table, pack)).map(Cow::Owned),
        };
        let is_line = |row: &Cow<'_, [Field<'_>]>| !row.iter().any(Field::is_figure);
        if row.as_ref().is_none_or(is_line)
            && let Some((table, is_own)) = above
            && let Some(row) = (if is_own { &mut own } else { &mut elsewhere })[table].last_mut()
            && row.goes_on(outline, line, &mut below)
        {
            continue;
        }
        above = None;
        let Some(fields) = row else { continue };
        let own_tables = section.map_or(&[][..], |section| pack.sections[section].tables.as_slice());
        if !is_captioned && let Some(table) = table_named(outline, &fields, own_tables) {
            current = Some(table);
        }
        // A row of the section's own table, behind the header of another one.
        if current.is_some_and(|table| !own_tables.contains(&table))
            && let Some(&table) = own_tables.iter().find(|&&table| names_row(&fields, table))
        {
            current = Some(table);
        }
        let Some(table) = current else { continue };
        let is_own = pack.tables[table].section.is_none() || own_tables.contains(&table);
        let others = whose.is_others();
        if others != Others::No && of_others[table].is_none() && fields.iter().any(Field::is_figure) {
            of_others[table] = outline.start(index..index + 1);
        }
        if others == Others::No {
            above = fields.iter().any(Field::is_figure).then_some((table, is_own));
        }
        let row = Row { line: index, fields, below: None };
        match others {
            Others::No => (if is_own { &mut own } else { &mut elsewhere })[table].push(row),
            Others::IfThereIsAnother => unsure[table].push((is_own, row)),
            Others::Yes => {}
        }
    }
    let has_figures = |rows: &[Row<'o, 'd>]| rows.iter().any(|row| row.fields.iter().any(Field::is_figure));
    let has_another = |table: usize| has_figures(&own[table]) || has_figures(&elsewhere[table]);
    if !(0..unsure.len()).any(|table| !unsure[table].is_empty() && has_another(table)) {
        // Where other tables are surely the report's, one that is out of its place as well is not.
        let has_sure = (0..unsure.len()).any(has_another);
        for (table, mut rows) in unsure.into_iter().enumerate() {
            rows.retain(|(is_own, _)| *is_own || !has_sure);
            if rows.is_empty() {
                continue;
            }
            of_others[table] = None;
            for (is_own, row) in rows {
                (if is_own { &mut own } else { &mut elsewhere })[table].push(row);
            }
        }
    }
    let astray = Astray { outline, found, titles, pack };
    let mut assigned = Vec::with_capacity(pack.tables.len());
    for (table, ((own, mut elsewhere), mut of_others)) in own.into_iter().zip(elsewhere).zip(of_others).enumerate() {
        let names = |row: &Row<'_, '_>| row.fields.iter().any(|field| field.is_of(table));
        if !own.iter().any(names)
            && let Some(first) = elsewhere.iter().find(|row| names(row)).map(|row| row.line)
            && astray.is_of_others(table, first)
        {
            of_others = of_others.or_else(|| outline.start(first..first + 1));
            elsewhere.clear();
        }
        assigned.push(Printed { of_others, ..printed(outline, table, &pack.tables[table], own, elsewhere) });
    }
    assigned
}

/// A table from the rows found in its own place and those found elsewhere.
fn printed<'o, 'd>(
    outline: &'o Outline<'d>,
    table: usize,
    form: &Table,
    own: Vec<Row<'o, 'd>>,
    mut elsewhere: Vec<Row<'o, 'd>>,
) -> Printed<'o, 'd> {
    let needed = form.rows.iter().filter(|row| row.is_leaf).count().div_ceil(2).max(2);
    let texts_found = |rows: &[Row<'_, '_>]| {
        rows.iter().flat_map(|row| row.fields.iter()).filter(|field| field.is_of(table)).take(needed).count()
    };
    let (mut rows, again) = if texts_found(&own) > 0 {
        elsewhere.retain(|row| names_row(&row.fields, table));
        (own, if elsewhere.len() >= needed { elsewhere } else { Vec::new() })
    } else if texts_found(&elsewhere) >= needed {
        (elsewhere, Vec::new())
    } else {
        (own, Vec::new())
    };
    let has_figures = |row: &&Row<'_, '_>| row.fields.iter().any(Field::is_figure);
    let header = rows.first().zip(rows.iter().find(has_figures)).map(|(first, data)| first.line..data.line);
    let lines: Vec<usize> = rows.iter().map(|row| row.line).collect();
    let parts = named_parts::order(outline, form, &lines);
    if let Parts::Named(order) = &parts {
        let mut printed: Vec<Option<Row<'o, 'd>>> = rows.into_iter().map(Some).collect();
        rows = order.iter().filter_map(|&row| printed[row].take()).collect();
    }
    let (is_in_order, is_unclear) = (matches!(parts, Parts::Named(_)), parts == Parts::Unclear);
    let mut fields = Vec::with_capacity(rows.iter().chain(&again).map(|row| row.fields.len()).sum());
    let mut add = |row: &Row<'_, 'd>| {
        let first = fields.len();
        fields.extend_from_slice(&row.fields);
        first..fields.len()
    };
    let below = rows.iter().filter_map(|row| Some((End::of(row.fields.last()?), row.below.clone()?))).collect();
    let (rows, again) = (rows.iter().map(&mut add).collect(), again.iter().map(&mut add).collect());
    Printed {
        index: table,
        labels: &outline.labels,
        fields,
        rows,
        again,
        below,
        of_others: None,
        loose: loose(outline, &lines),
        is_in_order,
        is_unclear,
        header,
        nameless: Nameless::default(),
        factor: None,
    }
}

/// The texts between some lines.
fn loose(outline: &Outline<'_>, lines: &[usize]) -> String {
    let between = lines.windows(2).flat_map(|pair| pair[0] + 1..pair[1]);
    let texts = between.map(|line| &outline.lines[line]).filter(|line| line.kind != LineKind::Row);
    texts.flat_map(|line| outline.fields(line)).map(|field| Squeezed::new(field.text()).text).collect()
}

/// The table whose caption this line is: the longest that is in it.
fn captioned(outline: &Outline<'_>, pack: &Pack, line: &Line) -> Option<usize> {
    /// So much may be around it: its number, the agency, the year (bytes).
    const AROUND: usize = 24 * 3;
    if pack.tables.iter().all(|table| table.captions.is_empty()) {
        return None;
    }
    let field = outline.single(line).filter(|field| field.has_key())?;
    let key = outline.key(field);
    let captions =
        pack.tables.iter().enumerate().flat_map(|(at, table)| table.captions.iter().map(move |text| (at, text)));
    let fitting = captions.filter(|(_, caption)| key.len() <= caption.len() + AROUND && key.contains(caption.as_str()));
    fitting.max_by_key(|(_, caption)| caption.len()).map(|(table, _)| table)
}

/// The one table that prints what is in this row, if its texts agree on one and are more than a word: 其他 is in
/// any table. Of the tables that are `expected` a word is enough.
fn table_named(outline: &Outline<'_>, fields: &[Field<'_>], expected: &[usize]) -> Option<usize> {
    const BYTES: usize = 4 * 3;
    const BYTES_WHERE_EXPECTED: usize = 2 * 3;
    let mut table = None;
    let mut bytes = 0;
    for field in fields {
        let mut tables = field.targets().iter().filter_map(|target| target.table());
        let Some(first) = tables.next() else { continue };
        if tables.any(|other| other != first) {
            continue;
        }
        if table.is_some_and(|known| known != first) {
            return None;
        }
        table = Some(first);
        bytes = bytes.max(outline.key(field).len());
    }
    table.filter(|table| bytes >= if expected.contains(table) { BYTES_WHERE_EXPECTED } else { BYTES })
}

/// Whether these are figures behind the label of a row of the table.
fn names_row(fields: &[Field<'_>], table: usize) -> bool {
    let labels = fields.iter().take_while(|field| !field.is_figure()).count();
    labels < fields.len() && fields[..labels].iter().any(|field| field.rows(table).next().is_some())
}

/// A line of text as the label of a row of `table` and the figures behind it, 「行政许可 97」, where the table lost its shape.
/// It is known less surely than a row of a table: its label is compared with the form's, as one misprinted.
fn text_row<'d>(outline: &Outline<'d>, line: &Line, table: usize, pack: &Pack) -> Option<Vec<Field<'d>>> {
    let field = outline.single(line)?;
    let (passage, range) = (field.passage, field.range());
    if range.len() > LONGEST_LABEL {
        return None;
    }
    let mut row = Vec::new();
    let mut rest = &passage.text[range.clone()];
    while let Some((at, blank)) = rest.char_indices().rfind(|(_, c)| c.is_whitespace()) {
        let start = range.start + at + blank.len_utf8();
        let mut part = Field::new(passage, start..range.start + rest.len(), 0);
        part.value = figure::read(part.text(), &pack.core).value;
        if !part.is_figure() {
            break;
        }
        row.push(part);
        rest = rest[..at].trim_end();
    }
    if row.is_empty() {
        return None;
    }
    let label = Label::new(rest);
    let is_row = |target: &Target| matches!(target, Target::Row { table: of, .. } if *of == table);
    if !pack.labels.get(&label.core).iter().any(is_row) {
        return None;
    }
    let mut head = Field::new(passage, range.start..range.start + rest.len(), 0);
    head.value = Value::Unreadable(Why::NotANumber);
    head.label = outline.labels.vocabulary.find_folded(&label.core);
    head.ordinal = label.ordinal;
    row.push(head);
    row.reverse();
    row.iter_mut().zip(0..).for_each(|(field, column)| field.column = column);
    Some(row)
}
