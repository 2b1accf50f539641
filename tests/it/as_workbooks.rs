//! The fixtures that are Markdown, as workbooks of every format: numbers typed as numbers, a sheet a table or all on one, merged
//! headers. The same is read and the same is found.

use gouji::Checker;
use gouji::internal::facts::Value as Figure;
use rust_decimal::Decimal;

use crate::support::workbook::{KINDS, Sheet, Value};

/// The forms that agencies and councils fill in as workbooks, right and wrong.
const FIXTURES: [&str; 10] = [
    "parish",
    "parish-slips",
    "enforcement",
    "enforcement-slips",
    "supervision",
    "supervision-slips",
    "budget",
    "budget-slips",
    "enterprise",
    "enterprise-slips",
];

fn fixture(name: &str) -> String {
    let path = format!("{}/fixtures/{name}/{name}.md", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A cell as somebody types it: a number is one, but for codes.
fn typed(text: &str) -> Value {
    let is_code = text.len() >= 3 && text.bytes().all(|byte| byte.is_ascii_digit()) && text.starts_with(['2', '3']);
    match text.replace(',', "").parse::<f64>() {
        Ok(number) if !is_code || text.len().is_multiple_of(2) => Value::Number(number),
        _ => Value::Text(text.to_owned()),
    }
}

/// The lines of the text below each other, a cell a line or a row of cells; in headers, blank cells behind a text are merged
/// into it.
fn sheet(text: &str) -> Sheet {
    let mut sheet = Sheet::new("报表");
    let mut row = 0;
    let mut is_header = true;
    for line in text.lines() {
        let Some(cells) = line.strip_prefix('|') else {
            if !line.is_empty() {
                sheet.put(row, 0, Value::Text(line.trim_start_matches("# ").trim_start_matches('#').trim().to_owned()));
            }
            is_header = true;
            row += 1;
            continue;
        };
        if cells.starts_with("---") {
            continue;
        }
        let cells: Vec<&str> = cells.trim_end_matches('|').split('|').map(str::trim).collect();
        is_header &= cells.iter().all(|cell| !matches!(typed(cell), Value::Number(_)));
        for (column, cell) in (0..).zip(&cells) {
            if !cell.is_empty() {
                sheet.put(row, column, typed(cell));
                let behind = cells[usize::from(column) + 1..].iter().take_while(|cell| cell.is_empty()).count() as u16;
                if is_header && behind > 0 && column > 0 {
                    sheet.merges.push((row, column, row, column + behind));
                }
            }
        }
        row += 1;
    }
    sheet
}

/// Every number that is read, with the id of its figure; and what is found.
fn read(name: &str, bytes: &[u8]) -> (Vec<(String, Decimal)>, Vec<String>) {
    let checker = Checker::default();
    let report = checker.check(name, bytes).into_first().report;
    let found = report.findings.iter().map(|finding| format!("{} {:?}", finding.rule.code, finding.subject));
    let mut found: Vec<String> = found.collect();
    found.sort_unstable();
    let figures = checker.read_with(name, bytes, |reading| {
        let numbers = reading.pack.figures.iter().zip(&reading.facts.figures);
        let number = |value: &Figure| if let Figure::Number(number) = value { Some(number.normalize()) } else { None };
        numbers.filter_map(|(figure, fact)| Some((figure.id.clone(), number(&fact.value)?))).collect::<Vec<_>>()
    });
    let figures = figures.into_iter().next().expect("a report");
    (figures.unwrap_or_else(|_| panic!("{name}: in no known form")), found)
}

#[test]
fn a_workbook_reads_as_its_text() {
    for fixture_name in FIXTURES {
        let text = fixture(fixture_name);
        let (figures, found) = read("r.md", text.as_bytes());
        for kind in KINDS {
            let workbook = kind.write(&[sheet(&text)]);
            let of_workbook = read(kind.name(), &workbook);
            assert_eq!(of_workbook.1, found, "{fixture_name} {kind:?}");
            assert_eq!(of_workbook.0, figures, "{fixture_name} {kind:?}");
        }
    }
}

/// No fixture is taken for another form than its own, whatever the other forms are.
#[test]
fn no_form_is_taken_for_another() {
    let forms = [
        ("form-2019", "zfxxgk-2019"),
        ("form-2019-slips", "zfxxgk-2019"),
        ("sheet-2014", "zfxxgk-2014"),
        ("sheet-2014-slips", "zfxxgk-2014"),
        ("coded-sheet", "zfxxgk-coded"),
        ("coded-sheet-slips", "zfxxgk-coded"),
        ("baofeng-shape", "zfxxgk-2021"),
        ("pdf-text", "zfxxgk-2021"),
        ("pieces", "zfxxgk-2021"),
        ("wrong-total", "zfxxgk-2021"),
        ("website", "wzbb"),
        ("website-slips", "wzbb"),
        ("supervision", "wzjg"),
        ("supervision-slips", "wzjg"),
        ("final-accounts", "bmjs"),
        ("final-accounts-slips", "bmjs"),
        ("budget", "bmys"),
        ("budget-slips", "bmys"),
        ("enterprise", "ybqy-2019"),
        ("enterprise-slips", "ybqy-2019"),
        ("statements", "xqy"),
        ("statements-slips", "xqy"),
        ("enforcement", "xzzf-2021"),
        ("enforcement-grouped", "xzzf-grouped"),
        ("enforcement-slips", "xzzf-2018"),
        ("foia", "foia"),
        ("foia-slips", "foia"),
        ("parish", "agar"),
        ("parish-slips", "agar"),
    ];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let checker = Checker::default();
    for entry in std::fs::read_dir(&folder).expect("the fixtures") {
        let path = entry.expect("a fixture").path();
        let files = std::fs::read_dir(&path).expect("a fixture").map(|file| file.expect("a file").path());
        for file in files.filter(|file| !file.ends_with("ORIGIN")) {
            let (name, bytes) = (file.display().to_string(), std::fs::read(&file).expect("a file"));
            let Some((_, form)) = forms.iter().find(|(known, _)| path.ends_with(known)) else { continue };
            let report = checker.check(&name, &bytes).into_first().report;
            assert_eq!(report.pack.as_deref(), Some(*form), "{name}");
        }
    }
}
