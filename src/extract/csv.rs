//! CSV as RFC 4180 has it, in UTF-8.

use std::borrow::Cow;
use std::io::{self, Write};

use super::format::{Format, Output, Part, Settings, Sink, Text};
use super::row::Field;
use super::{long, wide};
use crate::view::harmless_lines;

/// By which Excel knows that a file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A line for each row.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    is_binary: false,
    part: |_, rows, _| Part::Bytes(lines(rows.iter().map(|row| row.fields.iter().map(field)))),
    begin,
};

/// Whether a file is one of ours, by the line of the column names.
pub fn is_csv(bytes: &[u8]) -> bool {
    /// So many columns are as good as all: versions add further ones behind.
    const ENOUGH: usize = 6;
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(bytes);
    [&long::COLUMNS[..ENOUGH], &wide::FIRST[..]].iter().any(|names| {
        // Only the start is looked at: a report may have no comma at all.
        let rest =
            names.iter().try_fold(bytes, |rest, (name, _)| rest.strip_prefix(name.as_bytes())?.strip_prefix(b","));
        rest.is_some()
    })
}

/// With the line of the column names.
fn begin(settings: Settings<'_>, mut into: Sink) -> io::Result<Box<dyn Output>> {
    if settings.byte_order_mark {
        into.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    let names = settings.columns.iter().map(|column| Cow::Borrowed(&*column.name));
    into.write_all(&lines(std::iter::once(names)))?;
    Ok(Box::new(Text(into)))
}

fn lines<'r>(rows: impl Iterator<Item = impl Iterator<Item = Cow<'r, str>>>) -> Vec<u8> {
    const IN_MEMORY: &str = "memory takes every line";
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        for field in row {
            writer.write_field(field.as_bytes()).expect(IN_MEMORY);
        }
        writer.write_record(None::<&[u8]>).expect(IN_MEMORY);
    }
    writer.into_inner().expect(IN_MEMORY)
}

fn field<'r>(field: &'r Field<'_>) -> Cow<'r, str> {
    match field {
        Field::Nothing => Cow::Borrowed(""),
        Field::Text(text) if is_like_formula(text) => Cow::Owned(format!("'{}", harmless_lines(text))),
        Field::Text(text) => harmless_lines(text),
        Field::Year(year) => Cow::Owned(year.to_string()),
        Field::Number(number) => Cow::Owned(number.to_string()),
    }
}

/// Whether a spreadsheet that opens the file would take a text for a formula and calculate it: what reports say is not to
/// run on the machine of who opens it. Signs for nothing and numbers with a sign are harmless, and stay as they are.
fn is_like_formula(text: &str) -> bool {
    let is_harmless = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',');
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        && !text.strip_prefix('－').unwrap_or(text).chars().all(is_harmless)
}
