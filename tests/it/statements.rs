//! Statements of enterprises as bookkeeping programs export them: workbooks of every format, a sheet a statement or a file a
//! statement, the enterprise and the date in cells of their own.

use gouji::Checker;
use gouji::internal::facts::Value as Figure;
use rust_decimal::Decimal;

use crate::support::workbook::{KINDS, Kind, Sheet, Value};

const FIXTURE: &str = include_str!("../../fixtures/statements/statements.md");
const SLIPS: &str = include_str!("../../fixtures/statements-slips/statements-slips.md");
const ENTERPRISE: &str = "望江县青禾农机有限公司";

/// A statement: its title, number and date, and the cells of its table.
struct Statement<'t> {
    title: &'t str,
    form: &'t str,
    date: &'t str,
    rows: Vec<Vec<&'t str>>,
}

fn statements(text: &str) -> Vec<Statement<'_>> {
    let one = |part| {
        let mut lines = str::lines(part).filter(|line| !line.is_empty());
        let (title, form) = (lines.next().expect("a title"), lines.next().expect("a number"));
        let date = lines.next().and_then(|line| line.split('\u{3000}').find(|part| part.starts_with("20")));
        let rows = lines.filter(|line| line.starts_with('|') && !line.starts_with("|---"));
        let rows = rows.map(|line| line.trim_matches('|').split('|').map(str::trim).collect());
        Statement { title, form, date: date.expect("a date"), rows: rows.collect() }
    };
    text.split("# ").skip(1).map(one).collect()
}

/// What programs do differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Title over all columns; enterprise, date and unit in one row.
    Usual,
    /// 「编制单位：」 and the name in two cells, the date written with dashes.
    Apart,
    /// Figures as text with separators, a dash where there is nothing.
    Texts,
    /// No line numbers, and zeros where there is nothing.
    Bare,
}

const WAYS: [Way; 4] = [Way::Usual, Way::Apart, Way::Texts, Way::Bare];

fn put(sheet: &mut Sheet, first: u32, statement: &Statement<'_>, way: Way) -> u32 {
    let header = &statement.rows[0];
    let columns: Vec<usize> = (0..header.len()).filter(|&at| way != Way::Bare || header[at] != "行次").collect();
    let (last, middle) = (columns.len() as u16 - 1, columns.len() as u16 / 2);
    let text = |text: &str| Value::Text(text.to_owned());
    sheet.put(first, 0, text(statement.title));
    sheet.merges.push((first, 0, first, last));
    sheet.put(first + 1, last, text(statement.form));
    if way == Way::Apart {
        sheet.put(first + 2, 0, text("编制单位："));
        sheet.put(first + 2, 1, text(ENTERPRISE));
        sheet.put(first + 2, middle + 1, text("2024-12-31"));
    } else {
        sheet.put(first + 2, 0, text(&format!("编制单位：{ENTERPRISE}")));
        sheet.put(first + 2, middle, text(statement.date));
    }
    sheet.put(first + 3, last, text("单位：元"));
    for (line, row) in (first + 4..).zip(&statement.rows) {
        // The label that a figure is behind.
        let mut label = "";
        for (place, &column) in (0..).zip(&columns) {
            let cell = row[column];
            let number: Option<f64> = cell.replace(',', "").parse().ok();
            let is_amount = header[column].ends_with("余额") || header[column].ends_with("金额");
            if !is_amount && header[column] != "行次" {
                label = cell;
            }
            let is_lacking = cell.is_empty() && is_amount && !label.is_empty() && !label.ends_with('：');
            match number {
                Some(number) if way != Way::Texts => sheet.put(line, place, Value::Number(number)),
                None if is_lacking && way == Way::Texts => sheet.put(line, place, text("—")),
                None if is_lacking && way == Way::Bare => sheet.put(line, place, Value::Number(0.0)),
                _ if cell.is_empty() => {}
                _ => sheet.put(line, place, text(cell)),
            }
        }
    }
    first + 5 + statement.rows.len() as u32
}

/// A sheet a statement.
fn sheets(text: &str, way: Way) -> Vec<Sheet> {
    let sheet = |statement: &Statement<'_>| {
        let mut sheet = Sheet::new(statement.title);
        put(&mut sheet, 0, statement, way);
        sheet
    };
    statements(text).iter().map(sheet).collect()
}

/// Every number that is read, with the id of its figure; and what is found.
fn read(name: &str, bytes: &[u8]) -> (Vec<(String, Decimal)>, Vec<String>) {
    let checker = Checker::default();
    let report = checker.check(name, bytes).into_first().report;
    assert_eq!(report.pack.as_deref(), Some("xqy"), "{name}");
    assert_eq!((report.organization.as_deref(), report.year), (Some(ENTERPRISE), Some(2024)), "{name}");
    let figures = checker.read_with(name, bytes, |reading| {
        let numbers = reading.pack.figures.iter().zip(&reading.facts.figures);
        let number = |value: &Figure| if let Figure::Number(number) = value { Some(number.normalize()) } else { None };
        numbers.filter_map(|(figure, fact)| Some((figure.id.clone(), number(&fact.value)?))).collect::<Vec<_>>()
    });
    let figures = figures.into_iter().next().expect("a report").expect("in a form that is known");
    let found = report.findings.iter().map(|finding| format!("{} {:?}", finding.rule.code, finding.subject));
    let mut found: Vec<String> = found.collect();
    // Places of sheets have another order than those of lines.
    found.sort_unstable();
    (figures, found)
}

#[test]
fn statements_of_every_program_are_the_same_figures() {
    let (right, found) = read("statements.md", FIXTURE.as_bytes());
    assert_eq!(found, [""; 0]);
    let (_, slips) = read("slips.md", SLIPS.as_bytes());
    // All lines of all columns.
    assert_eq!(right.len(), 107 * 2);
    for kind in KINDS {
        for way in WAYS {
            let (figures, found) = read(kind.name(), &kind.write(&sheets(FIXTURE, way)));
            assert_eq!(found, [""; 0], "{kind:?} {way:?}");
            assert_eq!(figures, right, "{kind:?} {way:?}");
        }
        let (_, found) = read(kind.name(), &kind.write(&sheets(SLIPS, Way::Usual)));
        assert_eq!(found, slips, "{kind:?}");
    }
    // All below each other on one sheet.
    let mut sheet = Sheet::new("报表");
    let mut row = 0;
    for statement in statements(FIXTURE) {
        row = put(&mut sheet, row, &statement, Way::Usual);
    }
    let (figures, found) = read("r.xlsx", &Kind::Xlsx.write(&[sheet]));
    assert_eq!((figures, found), (right, Vec::new()), "one sheet");
}

/// Programs write a file a statement: each is checked by itself, none is said to lack the others or to be a second report.
#[test]
fn a_file_a_statement_is_one_report() {
    let mut all = 0;
    for sheet in sheets(FIXTURE, Way::Usual) {
        let (figures, found) = read("r.xls", &Kind::Xls.write(&[sheet]));
        assert_eq!(found, [""; 0]);
        all += figures.len();
    }
    assert_eq!(all, 107 * 2);
}
