//! The wide layout: a row for each report, a column for each figure.

use std::collections::HashMap;
use std::sync::Arc;

use super::long;
use super::row::{Column, Field, Kind, Row, Source};
use crate::facts::Value;
use crate::pack::{Pack, ValueKind};

/// The columns before those of figures.
pub(super) const FIRST: [(&str, Kind); 4] =
    [("organization", Kind::Text), ("year", Kind::Year), ("path", Kind::Text), ("pack", Kind::Word)];

/// The columns, and where each figure goes. Those of all forms, so that they are known before any report is read;
/// versions of a form share the figures of the same id. Rows that only a report lists have no column.
pub(super) fn columns(packs: &[Arc<Pack>]) -> (Vec<Column>, HashMap<String, usize>) {
    let mut columns: Vec<Column> = FIRST.into_iter().map(|(name, kind)| Column::new(name, kind)).collect();
    let mut by_id = HashMap::new();
    for figure in packs.iter().flat_map(|pack| &pack.figures) {
        let at = *by_id.entry(figure.id.clone()).or_insert(columns.len());
        if at == columns.len() {
            columns.push(Column::new(figure.id.clone(), Kind::Number));
        }
        if figure.value == ValueKind::Text {
            columns[at].kind = Kind::Text;
        }
    }
    columns.push(Column::new("part", Kind::Text));
    (columns, by_id)
}

/// The one row of a report.
pub(super) fn row<'r>(source: Source<'r, '_>, by_id: &HashMap<String, usize>, width: usize) -> Row<'r> {
    let reading = source.reading;
    let mut fields = vec![Field::Nothing; width];
    fields[0] = Field::text(reading.identity.organization.as_deref().unwrap_or_default());
    fields[1] = Field::year(reading.identity.year);
    fields[2] = Field::text(source.path);
    fields[3] = Field::text(&reading.pack.id);
    fields[width - 1] = source.part();
    for (index, (figure, fact)) in reading.pack.figures.iter().zip(&reading.facts.figures).enumerate() {
        let Some(&at) = by_id.get(&figure.id) else { continue };
        fields[at] = match (&fact.value, long::value(reading, index)) {
            (_, (Some(number), _)) => Field::Number(number),
            (Value::Text, _) => Field::text(&fact.found),
            _ => Field::Nothing,
        };
    }
    Row { fields, location: None }
}
