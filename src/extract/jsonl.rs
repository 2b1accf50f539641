//! JSON, an object a line. Keys without a value are left out; numbers are written in full, digit for digit.

use super::format::{Format, Part, Text};
use super::row::{Column, Field, Row};
use crate::view::{Lines, Location};

/// A line for each row; a figure's place is given in words, and for programs as `location`.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    is_binary: false,
    part: |columns, rows, lines| Part::Bytes(text(columns, &rows, lines)),
    begin: |_, into| Ok(Box::new(Text(into))),
};

fn text(columns: &[Column], rows: &[Row<'_>], lines: &Lines<'_>) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        text.push('{');
        for (column, field) in columns.iter().zip(&row.fields) {
            let value = match field {
                Field::Nothing => continue,
                Field::Text(text) => quoted(text),
                Field::Year(year) => year.to_string(),
                // Digits and a point: what a decimal is written as is a number of JSON.
                Field::Number(number) => number.to_string(),
            };
            push(&mut text, &column.name, &value);
        }
        if let Some(location) = row.location {
            let location = serde_json::to_string(&Location::new(location, lines));
            push(&mut text, "location", &location.expect("plain data always serializes"));
        }
        text.push_str("}\n");
    }
    text.into_bytes()
}

fn push(text: &mut String, key: &str, value: &str) {
    if !text.ends_with('{') {
        text.push(',');
    }
    text.push_str(&quoted(key));
    text.push(':');
    text.push_str(value);
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("texts always serialize")
}
