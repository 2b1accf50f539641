//! The long layout: a row for each figure of the form.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::row::{Column, Field, Kind, Row, Source};
use crate::checker::Reading;
use crate::evaluate::Figures;
use crate::facts::Value;
use crate::pack::Levels;
use crate::view;

/// The columns. These stay as they are; further ones are added behind them.
pub(super) const COLUMNS: [(&str, Kind); 15] = [
    ("organization", Kind::Text),
    ("year", Kind::Year),
    ("table", Kind::Word),
    ("row", Kind::Text),
    ("column", Kind::Word),
    ("value", Kind::Number),
    ("path", Kind::Text),
    ("place", Kind::Word),
    ("figure", Kind::Text),
    ("text", Kind::Word),
    ("state", Kind::Word),
    ("pack", Kind::Word),
    ("unit", Kind::Word),
    ("label", Kind::Text),
    ("part", Kind::Text),
];

/// Those that have something in every row, besides `path` and `pack`.
pub(super) const ALWAYS: [&str; 6] = ["table", "row", "column", "figure", "state", "label"];
/// What is there, in a word, and all its words.
pub(super) const STATE: &str = "state";
pub(super) const STATES: [&str; 6] = ["number", "text", "blank", "mark", "unreadable", "absent"];

/// The same, as of any frame.
pub(super) fn columns() -> Vec<Column> {
    COLUMNS.into_iter().map(|(name, kind)| Column::new(name, kind)).collect()
}

/// The rows, in the order of the form.
pub(super) fn rows<'r>(source: Source<'r, '_>) -> Vec<Row<'r>> {
    let figures = 0..source.reading.pack.figures.len();
    figures.filter(|&figure| !is_replaced(source.reading, figure)).map(|figure| row(source, figure)).collect()
}

fn row<'r>(source: Source<'r, '_>, index: usize) -> Row<'r> {
    let Source { reading, path, lines, language } = source;
    let (fact, figure) = (&reading.facts.figures[index], &reading.pack.figures[index]);
    let table = &reading.pack.tables[figure.table];
    let (value, state) = value(reading, index);
    let place = fact.location.as_ref().map(|location| view::within(location, lines, language));
    let fields = vec![
        Field::text(reading.identity.organization.as_deref().unwrap_or_default()),
        Field::year(reading.identity.year),
        Field::text(&table.id),
        Field::text(&table.rows[figure.row].id),
        Field::text(&table.columns[figure.column].id),
        value.map_or(Field::Nothing, Field::Number),
        Field::text(path),
        place.map_or(Field::Nothing, |place| Field::Text(Cow::Owned(place))),
        Field::text(&figure.id),
        Field::text(&fact.found),
        Field::text(state),
        Field::text(&reading.pack.id),
        Field::text(figure.unit.as_deref().unwrap_or_default()),
        Field::text(&figure.place),
        source.part(),
    ];
    Row { fields, location: fact.location.as_ref() }
}

/// The number of a figure as the sums take it, in the unit of the form, and the word for what is there.
pub(super) fn value(reading: &Reading<'_, '_>, index: usize) -> (Option<Decimal>, &'static str) {
    const UNREADABLE: &str = "unreadable";
    let figures =
        Figures { pack: reading.pack, facts: reading.facts, levels: &Levels::default(), numbers: &[], others: None };
    match reading.facts.figures[index].value {
        Value::Number(number) => {
            let number = figures.factor(index).map_or(Some(number), |factor| number.checked_mul(factor));
            // One beyond all bounds in the unit of the form is as good as none.
            (number.map(|number| number.normalize()), if number.is_some() { "number" } else { UNREADABLE })
        }
        Value::Text => (None, "text"),
        Value::Blank => (None, "blank"),
        Value::Mark => (None, "mark"),
        Value::Unreadable(_) => (None, UNREADABLE),
        Value::Absent => (None, "absent"),
    }
}

/// Whether the report need not have the figure, since it has another in its place: a group of rows is printed row by row, or
/// as one row.
fn is_replaced(reading: &Reading<'_, '_>, index: usize) -> bool {
    let is_absent = |figure: usize| reading.facts.figures[figure].value == Value::Absent;
    if !is_absent(index) {
        return false;
    }
    let figure = &reading.pack.figures[index];
    let table = &reading.pack.tables[figure.table];
    let row = &table.rows[figure.row];
    if !row.is_leaf {
        return true;
    }
    let groups = std::iter::successors(row.parent, |&group| table.rows[group].parent);
    groups.filter_map(|group| table.rows[group].figures).any(|first| {
        let as_group = first + figure.column - table.block_of(figure.row).columns.start;
        !is_absent(as_group)
    })
}
