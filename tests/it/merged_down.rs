//! Cells that are merged over several rows: a printed row may take two rows of the grid, and names of columns may be merged
//! into the row of figures below them. Each report reads as the one without.

use gouji::Checker;

use crate::support::report;
use crate::support::workbook::{self, Kind, Value, Way as Layout};

/// How the cells of a printed row are written as rows of the grid.
type Way = fn(&[String]) -> String;

/// The report of the fixture as a web page.
fn page(way: Way) -> String {
    let report = std::fs::read_to_string("fixtures/wrong-total/wrong-total.md").expect("a fixture");
    let mut page = String::from("<!doctype html><meta charset=utf-8>");
    let mut is_table = false;
    for line in report.lines() {
        let cells = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
        if is_table != cells.is_some() {
            page.push_str(if is_table { "</table>\n" } else { "<table>\n" });
            is_table = cells.is_some();
        }
        match cells {
            Some(cells) if cells.contains("---") => {}
            Some(cells) => {
                page += &way(&cells.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
            }
            None => page += &format!("<p>{}</p>\n", line.trim_start_matches(['#', ' '])),
        }
    }
    page
}

/// Values, and the codes of findings with what they are about.
fn read(page: &str) -> (Vec<String>, Vec<String>) {
    let checker = Checker::default();
    let values = checker.read_with("r.html", page.as_bytes(), |reading| {
        reading.facts.figures.iter().map(|fact| format!("{:?}", fact.value)).collect::<Vec<_>>()
    });
    let [Ok(values)] = <[_; 1]>::try_from(values).expect("a report") else { panic!("a report that can be read") };
    let report = checker.check("r.html", page.as_bytes()).into_first().report;
    let findings = report.findings.iter().map(|finding| format!("{} {}", finding.rule.code, finding.place));
    (values, findings.collect())
}

fn is_figure(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    format!("<tr>{}</tr>\n", cells.into_iter().collect::<String>())
}

fn cell(text: &str, rows: u32) -> String {
    format!("<td rowspan={rows}>{text}</td>")
}

/// A row each, as in the fixture.
fn plain(cells: &[String]) -> String {
    row(cells.iter().map(|text| cell(text, 1)))
}

const WAYS: [Way; 5] = [
    // Every cell is merged over two rows.
    |cells| row(cells.iter().map(|text| cell(text, 2))) + "<tr></tr>\n",
    // All but the first one, which has a blank cell below it.
    |cells| {
        let first = |at: usize| if at == 0 { 1 } else { 2 };
        row(cells.iter().enumerate().map(|(at, text)| cell(text, first(at)))) + "<tr><td></td></tr>\n"
    },
    // Labels only; the figures are in the upper row,
    |cells| {
        let blanks = cells.iter().filter(|text| is_figure(text)).map(|_| cell("", 1));
        row(cells.iter().map(|text| cell(text, if is_figure(text) { 1 } else { 2 }))) + &row(blanks)
    },
    // or in the lower one.
    |cells| {
        let upper = cells.iter().map(|text| if is_figure(text) { cell("", 1) } else { cell(text, 2) });
        row(upper) + &row(cells.iter().filter(|text| is_figure(text)).map(|text| cell(text, 1)))
    },
    // All but the label, which is broken into two cells.
    |cells| {
        let label = cells.iter().rposition(|text| text.chars().count() > 6 && !is_figure(text));
        let Some(label) = label.filter(|_| cells.iter().any(|text| is_figure(text))) else { return plain(cells) };
        let (begun, rest) = cells[label].split_at(cells[label].char_indices().nth(5).expect("it is longer").0);
        let upper = cells.iter().enumerate().map(|(at, text)| if at == label { cell(begun, 1) } else { cell(text, 2) });
        row(upper) + &row([cell(rest, 1)])
    },
];

#[test]
fn a_printed_row_may_take_two_rows_of_the_grid() {
    let expected = read(&page(plain));
    assert_eq!(expected.1, ["GJ300 表三 · （一）予以公开 · 自然人"]);
    for (number, way) in WAYS.into_iter().enumerate() {
        assert_eq!(read(&page(way)), expected, "way {number}");
    }
}

/// As a browser prints a page whose header is merged a row too far: the figures are moved to the right.
#[test]
fn names_of_columns_may_be_merged_into_the_row_of_figures() {
    let mut sheet = workbook::sheets(&report(7), Layout::OneSheet).remove(0);
    let expected = disputes(&Kind::Xlsx.write(std::slice::from_ref(&sheet)));
    let is_number = |value: &Value| matches!(value, Value::Number(_));
    let figures = |row: u32| sheet.cells.iter().filter(|cell| cell.0 == row && is_number(&cell.2)).count();
    let row = (0..200).find(|row| figures(*row) == 15).expect("the row of table four");
    for merge in sheet.merges.iter_mut().filter(|merge| merge.2 + 1 == row && merge.1 == merge.3) {
        merge.2 = row;
    }
    for cell in sheet.cells.iter_mut().filter(|cell| cell.0 == row && is_number(&cell.2)) {
        cell.1 += 5;
    }
    assert_eq!(disputes(&Kind::Xlsx.write(&[sheet])), expected);
}

/// The figures of table four.
fn disputes(bytes: &[u8]) -> Vec<String> {
    let values = Checker::default().read_with("r.xlsx", bytes, |reading| {
        let facts = reading.pack.figures.iter().zip(&reading.facts.figures);
        let own = facts.filter(|(figure, _)| figure.id.starts_with("disputes."));
        own.map(|(_, fact)| format!("{:?}", fact.value)).collect::<Vec<_>>()
    });
    let [Ok(values)] = <[_; 1]>::try_from(values).expect("a report") else { panic!("a report that can be read") };
    values
}
