//! Values set apart by commas, semicolons or tabs (CSV, TSV), as spreadsheets and programs write them. Every cell keeps the
//! bytes between its quotes for its place.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::budget::Budget;
use super::unreadable::Unreadable;
use crate::document::{Block, Cell, PassageBuilder, TableBuilder};
use crate::limits::{Limit, Limits};

/// How values are written in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    separator: u8,
    /// Quotes are around values, and no part of them.
    is_quoted: bool,
    /// Where the first value begins: behind the line with which Excel names the separator, `sep=;`.
    start: usize,
}

impl Dialect {
    /// How the values of `source` are written; none if it is no such file.
    pub fn of(source: &str) -> Option<Self> {
        let (named, start) = named_separator(source).unzip();
        let start = start.unwrap_or(0);
        let separators = named.map_or(vec![b',', b';', b'\t'], |named| vec![named]);
        let dialects = separators.into_iter().filter_map(|separator| Self::with(source, separator, start));
        dialects.max_by_key(|(_, rows)| *rows).map(|(dialect, _)| dialect)
    }

    /// How the values are written if this is what sets them apart, and how many rows hold a label and figures then.
    fn with(source: &str, separator: u8, start: usize) -> Option<(Self, usize)> {
        const ENOUGH: usize = 3;
        // Nearly no other text has as many of them.
        memchr::memchr_iter(separator, &source.as_bytes()[start..]).nth(ENOUGH - 1)?;
        let has_quotes = memchr::memchr(b'"', &source.as_bytes()[start..]).is_some();
        // Without quotes tabs are set in all kinds of text, and nothing tells values from it.
        let dialects =
            [true, false].into_iter().filter(|&is_quoted| if is_quoted { has_quotes } else { separator != b'\t' });
        let found = dialects.map(|is_quoted| Self { separator, is_quoted, start }).find_map(|dialect| {
            let mut rows = 0;
            for record in dialect.records(source) {
                if record.iter().any(|raw| dialect.is_quoted && !is_sound(&source[raw.clone()])) {
                    return None;
                }
                rows += usize::from(is_row(record.iter().map(|raw| bare(&source[raw.clone()]))));
            }
            Some((dialect, rows))
        });
        found.filter(|(_, rows)| *rows >= ENOUGH)
    }

    /// The records of a text, each with the bytes of its values as they are written.
    fn records(self, source: &str) -> impl Iterator<Item = Vec<Range<usize>>> {
        let mut reader = ReaderBuilder::new().delimiter(self.separator).quoting(self.is_quoted).build();
        let mut at = self.start;
        // The values are cut out of the source, so that what the parser makes of them is not kept.
        let mut made = [0; 1024];
        std::iter::from_fn(move || {
            let mut record = Vec::new();
            let mut start = at;
            loop {
                let (result, read, _) = reader.read_field(&source.as_bytes()[at..], &mut made);
                at += read;
                match result {
                    ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                    ReadFieldResult::Field { record_end } => {
                        record.push(value(source, start..at, self.separator, record_end));
                        start = at;
                        if record_end {
                            return Some(record);
                        }
                    }
                    ReadFieldResult::End => return None,
                }
            }
        })
    }
}

/// `sep=;` in the first line, with which Excel is given the separator: this, and where the next line begins.
fn named_separator(source: &str) -> Option<(u8, usize)> {
    let (line, rest) = source.split_once('\n')?;
    match line.trim_end().strip_prefix("sep=")?.as_bytes() {
        [separator] => Some((*separator, source.len() - rest.len())),
        [] if line.starts_with("sep=\t") => Some((b'\t', source.len() - rest.len())),
        _ => None,
    }
}

/// The bytes of a value among those that were read for it: without line ends before it, and what ends it.
fn value(source: &str, read: Range<usize>, separator: u8, ends_record: bool) -> Range<usize> {
    let text = &source[read.clone()];
    let start = read.start + (text.len() - text.trim_start_matches(['\n', '\r']).len());
    let end = if ends_record {
        read.start + text.trim_end_matches(['\n', '\r']).len()
    } else {
        read.end - usize::from(text.as_bytes().last() == Some(&separator))
    };
    start.min(end)..end
}

/// The text between the quotes of a value, as it is written.
fn quoted(raw: &str) -> Option<&str> {
    raw.trim().strip_prefix('"')?.strip_suffix('"')
}

/// A value without the quotes around it.
fn bare(raw: &str) -> &str {
    quoted(raw).unwrap_or(raw).trim()
}

/// Whether a value that begins with a quote ends with one, and all others in it are written twice.
fn is_sound(raw: &str) -> bool {
    !raw.starts_with('"')
        || raw.strip_suffix(' ').unwrap_or(raw).len() > 1
            && quoted(raw).is_some_and(|inside| inside.split('"').skip(1).step_by(2).all(str::is_empty))
            && raw.matches('"').count().is_multiple_of(2)
}

/// Whether a record is a row of a table: a label, then figures and nothing else that ends with a digit. A row whose cells
/// are set apart by something else is cut within its figures by the commas for thousands.
fn is_row<'v>(values: impl Iterator<Item = &'v str>) -> bool {
    let is_figure = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    let (mut has_label, mut has_figure) = (false, false);
    for value in values.filter(|value| !value.is_empty()) {
        if is_figure(value) {
            has_figure |= has_label;
        } else if value.ends_with(|c: char| c.is_ascii_digit()) {
            return false;
        } else {
            has_label = true;
        }
    }
    has_figure
}

/// Reads `source`, whose first byte is byte `base` of the file. All its records are one table.
///
/// # Errors
/// When there are more cells than the limits allow.
pub fn blocks<'s>(source: &'s str, base: u32, limits: &Limits) -> Result<Vec<Block<'s>>, Unreadable> {
    let Some(dialect) = Dialect::of(source) else { return Ok(Vec::new()) };
    let mut budget = Budget::new(limits, Limit::TextBytes);
    let mut table = TableBuilder::default();
    for (row, mut record) in dialect.records(source).enumerate() {
        if is_running_text(&record, source) {
            let line = record[0].start..record[record.len() - 1].end;
            record.clear();
            record.push(line);
        }
        budget.take_cells(record.len())?;
        for (column, raw) in record.into_iter().enumerate() {
            let mut passage = PassageBuilder::new(source, base);
            push_value(&mut passage, source, raw.clone(), dialect.is_quoted);
            table.push(Cell::single(passage.finish(raw.start), row as u32, column as u32));
        }
    }
    if table.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Block::Table(budget.finish(table)?)])
}

/// A line of text between tables that were written by hand: it has commas, and neither quotes, blank values nor a counter.
fn is_running_text(record: &[Range<usize>], source: &str) -> bool {
    let values = || record.iter().map(|raw| source[raw.clone()].trim());
    let is_counted = values().next().is_some_and(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    let is_value = |value: &str| value.is_empty() || value.starts_with('"');
    record.len() > 1 && !is_counted && values().any(|value| value.contains('。')) && !values().any(is_value)
}

/// The text of a value: without its quotes, and those in it once.
fn push_value(passage: &mut PassageBuilder<'_>, source: &str, raw: Range<usize>, is_quoted: bool) {
    let text = &source[raw.clone()];
    let Some(inside) = quoted(text).filter(|_| is_quoted) else {
        passage.push(text, raw);
        return;
    };
    let mut at = inside.as_ptr() as usize - source.as_ptr() as usize;
    let mut rest = inside;
    while let Some(quotes) = rest.find("\"\"") {
        passage.push(&rest[..=quotes], at..at + quotes + 1);
        at += quotes + 2;
        rest = &rest[quotes + 2..];
    }
    passage.push(rest, at..at + rest.len());
}

#[cfg(test)]
mod tests;
