//! `.ods` as LibreOffice writes it: equal cells once and repeated, covered cells under merged ones, and blank cells up to
//! the last row and column that a sheet may have.

use std::collections::HashMap;
use std::fmt::Write;

use super::{Sheet, Value, archive, escaped};

const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

pub fn write(sheets: &[Sheet]) -> Vec<u8> {
    archive(&parts(&content(sheets)))
}

/// The parts of a workbook with this content.
pub fn parts(content: &str) -> Vec<(String, Vec<u8>)> {
    let manifest = r#"<manifest:manifest><manifest:file-entry manifest:full-path="/"/></manifest:manifest>"#;
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ];
    parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec()
}

/// A document with these sheets; `ta2` is the style of hidden ones, `T1` that of raised text, `T2` that of text struck out.
pub fn document(sheets: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content><office:automatic-styles>
<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
<style:style style:name="ce2" style:family="table-cell"><style:table-cell-properties/><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="ce3" style:family="table-cell" style:parent-style-name="Default"><style:text-properties fo:color="white"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"#
    )
}

fn content(sheets: &[Sheet]) -> String {
    document(&sheets.iter().map(table).collect::<String>())
}

/// What stands in one place of a row.
#[derive(Debug, PartialEq)]
enum Place<'s> {
    Blank,
    Covered,
    Cell(&'s Value, (u32, u32)),
    /// What is in a cell that a merged one covers.
    Under(&'s Value),
    /// A merged cell without a value.
    Area((u32, u32)),
}

fn table(sheet: &Sheet) -> String {
    let style = if sheet.hidden { "ta2" } else { "ta1" };
    let mut text = format!(r#"<table:table table:name="{}" table:style-name="{style}">"#, escaped(&sheet.name));
    let mut next = 0;
    let mut columns = |count: u32, properties: &str| {
        if count == 0 {
            return;
        }
        let repeated = format!(r#"table:number-columns-repeated="{count}""#);
        write!(text, r#"<table:table-column {repeated} table:default-cell-style-name="Default"{properties}/>"#)
            .expect("room");
    };
    for &column in &sheet.hidden_columns {
        columns(u32::from(column) - next, "");
        columns(1, r#" table:visibility="collapse""#);
        next = u32::from(column) + 1;
    }
    columns(COLUMNS - next, "");
    let mut rows: HashMap<u32, HashMap<u32, Place<'_>>> = HashMap::new();
    for &(first_row, first_column, last_row, last_column) in &sheet.merges {
        for row in first_row..=last_row {
            for column in first_column..=last_column {
                rows.entry(row).or_default().insert(column.into(), Place::Covered);
            }
        }
        let span = (last_row - first_row + 1, u32::from(last_column - first_column) + 1);
        rows.entry(first_row).or_default().insert(first_column.into(), Place::Area(span));
    }
    for (row, column, value) in &sheet.cells {
        let place = rows.entry(*row).or_default().entry((*column).into()).or_insert(Place::Blank);
        *place = match place {
            Place::Covered => Place::Under(value),
            Place::Area(span) => Place::Cell(value, *span),
            _ => Place::Cell(value, (1, 1)),
        };
    }
    let mut next = 0;
    let mut used: Vec<u32> = rows.keys().copied().collect();
    used.sort_unstable();
    for row in used {
        blank_rows(&mut text, row - next);
        let hidden = if sheet.hidden_rows.contains(&row) { r#" table:visibility="filter""# } else { "" };
        write!(text, r#"<table:table-row table:style-name="ro1"{hidden}>"#).expect("room");
        cells(&mut text, &rows[&row]);
        text.push_str("</table:table-row>");
        next = row + 1;
    }
    blank_rows(&mut text, ROWS - next);
    text.push_str("</table:table>\n");
    text
}

fn blank_rows(text: &mut String, count: u32) {
    if count > 0 {
        write!(text, r#"<table:table-row table:number-rows-repeated="{count}"><table:table-cell table:number-columns-repeated="{COLUMNS}"/></table:table-row>"#).expect("room");
    }
}

fn cells(text: &mut String, row: &HashMap<u32, Place<'_>>) {
    let place = |column: u32| row.get(&column).unwrap_or(&Place::Blank);
    let end = row.keys().max().map_or(0, |last| last + 1);
    let mut column = 0;
    while column < end {
        let here = place(column);
        // A formula is another one in each cell, and so is never repeated.
        let is_repeated =
            matches!(here, Place::Blank | Place::Covered | Place::Cell(Value::Number(_) | Value::Text(_), (1, 1)));
        let equal = (column..end).take_while(|&column| place(column) == here).count() as u32;
        let count = if is_repeated { equal } else { 1 };
        let repeated = if count > 1 { format!(r#" table:number-columns-repeated="{count}""#) } else { String::new() };
        match here {
            Place::Blank => write!(text, "<table:table-cell{repeated}/>"),
            Place::Covered => write!(text, "<table:covered-table-cell{repeated}/>"),
            Place::Area(span) => write!(text, "<table:table-cell{}/>", spanned(*span)),
            Place::Under(value) => {
                let (attributes, shown) = value_of(value);
                write!(
                    text,
                    "<table:covered-table-cell{attributes}><text:p>{shown}</text:p></table:covered-table-cell>"
                )
            }
            Place::Cell(value, span) => {
                let ((attributes, shown), span) = (value_of(value), spanned(*span));
                let style = match value {
                    Value::Struck(_) => "ce2",
                    Value::White(_) => "ce3",
                    _ => "ce1",
                };
                let attributes = format!(r#" table:style-name="{style}"{repeated}{span}{attributes}"#);
                write!(text, "<table:table-cell{attributes}><text:p>{shown}</text:p></table:table-cell>")
            }
        }
        .expect("room");
        column += count;
    }
    let rest = COLUMNS - end;
    write!(text, r#"<table:table-cell table:number-columns-repeated="{rest}"/>"#).expect("room");
}

fn spanned((rows, columns): (u32, u32)) -> String {
    if (rows, columns) == (1, 1) {
        return String::new();
    }
    format!(r#" table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}""#)
}

/// The attributes that hold the value, and what is shown.
fn value_of(value: &Value) -> (String, String) {
    match value {
        Value::Blank => Default::default(),
        Value::Thousands(number) => {
            (format!(r#" office:value-type="float" office:value="{number}""#), (number / 1000.0).round().to_string())
        }
        Value::Number(number) | Value::Struck(number) | Value::White(number) => {
            (format!(r#" office:value-type="float" office:value="{number}""#), number.to_string())
        }
        // Of blanks beside each other, all but the first are elements; a tab is one.
        Value::Text(text) => {
            let shown = escaped(text).replace("  ", r#" <text:s text:c="1"/>"#).replace('\t', "<text:tab/>");
            (r#" office:value-type="string""#.to_owned(), shown.replace('\n', "</text:p><text:p>"))
        }
        Value::Edited(struck, text, raised) => {
            let span = |style: &str, text: &str| match text {
                "" => String::new(),
                text => format!(r#"<text:span text:style-name="{style}">{}</text:span>"#, escaped(text)),
            };
            let shown = escaped(text).replace('\n', "</text:p><text:p>");
            (r#" office:value-type="string""#.to_owned(), span("T2", struck) + &shown + &span("T1", raised))
        }
        Value::Truth(truth) => (
            format!(r#" office:value-type="boolean" office:boolean-value="{truth}""#),
            truth.to_string().to_uppercase(),
        ),
        Value::Sum(sum, result) => {
            let mut formula = String::new();
            // `SUM([.B3:.B5];[.B7])`
            for part in sum.split_inclusive(|c: char| "(),+".contains(c)) {
                let (cell, mark) = part.split_at(part.len() - usize::from(part.ends_with(['(', ')', ',', '+'])));
                match cell {
                    "" | "SUM" => formula.push_str(cell),
                    _ => write!(formula, "[.{}]", cell.replace(':', ":.")).expect("room"),
                }
                formula.push_str(&mark.replace(',', ";"));
            }
            (
                format!(r#" table:formula="of:={formula}" office:value-type="float" office:value="{result}""#),
                result.to_string(),
            )
        }
    }
}
