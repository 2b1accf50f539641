//! Tables with rows and columns exchanged: read as the form has them, or less with a finding that says so.

use gouji::internal::blank::{Blank, Grid, GridCell};
use gouji::internal::facts::Value;
use gouji::{Checker, Verdict};

use crate::support::figures::is_one_row;
use crate::support::lines::Line::{self, Heading, Row, Text, Title};
use crate::support::lines::files;
use crate::support::markdown::{self, Way};
use crate::support::{pack, report};

/// The lines of a report with some of its tables turned by `turn`.
fn lines(report: &Blank<'_>, turned: &[&str], way: Way) -> Vec<Line> {
    let mut lines = vec![Title(report.title())];
    for (index, section) in report.pack.sections.iter().enumerate() {
        lines.push(Heading(report.heading(index)));
        lines.extend(report.texts[index].lines().filter(|line| !line.is_empty()).map(|line| Text(line.to_owned())));
        for &table in &section.tables {
            let grid = report.grid(table);
            let is_turned = turned.contains(&report.pack.tables[table].id.as_str());
            lines.extend(markdown::rows(&if is_turned { turn(&grid) } else { grid }, way).into_iter().map(Row));
            lines.push(Text(String::new()));
        }
    }
    lines
}

fn turn(grid: &Grid) -> Grid {
    let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    let mut turned: Grid = vec![Vec::new(); width];
    for (row, cells) in grid.iter().enumerate() {
        for (column, cell) in cells {
            turned[*column].push((row, GridCell { rows: cell.columns, columns: cell.rows, ..cell.clone() }));
        }
    }
    turned
}

/// The report with every merged cell as one.
fn page(report: &Blank<'_>, turned: &[&str]) -> String {
    let mut text = format!("<meta charset=utf-8><h1>{}</h1>", report.title());
    for (index, section) in report.pack.sections.iter().enumerate() {
        text += &format!("<h2>{}</h2><p>{}</p>", report.heading(index), report.texts[index].replace('\n', "</p><p>"));
        for &table in &section.tables {
            let grid = report.grid(table);
            let is_turned = turned.contains(&report.pack.tables[table].id.as_str());
            let cell = |(_, cell): &(usize, GridCell)| {
                format!("<td rowspan={} colspan={}>{}</td>", cell.rows, cell.columns, cell.text)
            };
            let row = |row: &Vec<_>| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
            let grid = if is_turned { turn(&grid) } else { grid };
            text += &format!("<table>{}</table>", grid.iter().map(row).collect::<String>());
        }
    }
    text
}

/// Figures read as another one, and how many are not read.
fn read(name: &str, bytes: &[u8], truth: &[String]) -> (Vec<String>, usize) {
    let mut read = Checker::default().read_with(name, bytes, |reading| {
        let (mut others, mut unread) = (Vec::new(), 0);
        for ((figure, fact), truth) in pack().figures.iter().zip(&reading.facts.figures).zip(truth) {
            match fact.value {
                Value::Number(number) if number.to_string() == *truth => {}
                Value::Number(number) => others.push(format!("{} is {truth}, read as {number}", figure.id)),
                _ => unread += usize::from(!is_one_row(&figure.id)),
            }
        }
        (others, unread)
    });
    read.pop().and_then(Result::ok).expect("a report")
}

const TABLES: [&[&str]; 3] = [&["disclosure"], &["requests"], &["disclosure", "requests"]];

#[test]
fn tables_with_rows_and_columns_exchanged_are_read() {
    for (seed, turned) in (3..).zip(TABLES) {
        let report = report(seed);
        let mut files = files(&lines(&report, turned, Way::Padded)).to_vec();
        files.push(("spans.html", page(&report, turned).into_bytes()));
        for (name, bytes) in files {
            let checked = Checker::default().check(name, &bytes);
            let report_of = &checked.first().report;
            assert_eq!(
                read(name, &bytes, &report.figures),
                (Vec::new(), 0),
                "{turned:?} in {name}: {:?}",
                report_of.findings
            );
            assert_eq!(report_of.verdict(), Verdict::Pass, "{turned:?} in {name}: {:?}", report_of.findings);
        }
    }
}

/// Without the cells of merges, it is unclear which name is above which figure.
#[test]
fn a_turned_table_that_lost_its_merges_has_no_other_figures() {
    for (seed, turned) in (3..).zip(TABLES) {
        let report = report(seed);
        for (name, bytes) in files(&lines(&report, turned, Way::MergesLost)) {
            let (others, unread) = read(name, &bytes, &report.figures);
            assert_eq!(others, Vec::<String>::new(), "{turned:?} in {name}");
            let verdict = Checker::default().check(name, &bytes).first().report.verdict();
            assert_eq!(verdict == Verdict::Pass, unread == 0, "{turned:?} in {name}");
        }
    }
}
