//! A figure in a cell that is merged over several rows, or columns, of the form: of which it is the figure is not certain, so
//! it is read for none of them.

use gouji::Checker;
use gouji::internal::report::Verdict;

use crate::support::report;
use crate::support::workbook::{self, KINDS, Kind, Sheet, Value, Way};

const SEED: u64 = 16;

/// The report on one sheet.
fn sheet() -> Sheet {
    workbook::sheets(&report(SEED), Way::OneSheet).remove(0)
}

/// The row below a label, and the columns in which it has figures.
fn row(sheet: &Sheet, label: &str) -> (u32, Vec<u16>) {
    let is_label = |value: &Value| matches!(value, Value::Text(text) if text == label);
    let row = sheet.cells.iter().find(|(.., value)| is_label(value)).expect("the label").0;
    let figures = sheet.cells.iter().filter(|cell| cell.0 == row && matches!(cell.2, Value::Number(_)));
    (row, figures.map(|cell| cell.1).collect())
}

/// The sheet with the cells of an area merged, and what was in all but the first of them gone.
fn merged(mut sheet: Sheet, (row, column, last_row, last_column): (u32, u16, u32, u16)) -> Sheet {
    let is_covered = |cell: &(u32, u16, Value)| {
        (row..=last_row).contains(&cell.0)
            && (column..=last_column).contains(&cell.1)
            && (cell.0, cell.1) != (row, column)
    };
    sheet.cells.retain(|cell| !is_covered(cell));
    // A figure below a wider header is merged already.
    let wide = sheet.merges.iter().find(|merge| (merge.0, merge.1) == (row, column)).map(|merge| merge.3);
    sheet.merges.retain(|merge| !((row..=last_row).contains(&merge.0) && merge.1 == column));
    sheet.merges.push((row, column, last_row, wide.unwrap_or(last_column)));
    sheet
}

/// The figures that are read otherwise than without the merge, and the findings.
fn read(kind: Kind, sheet: Sheet) -> (Vec<String>, Vec<String>) {
    let values = |bytes: &[u8]| {
        let values = Checker::default().read_with(kind.name(), bytes, |reading| {
            let facts = reading.pack.figures.iter().zip(&reading.facts.figures);
            facts.map(|(figure, fact)| format!("{} {:?}", figure.id, fact.value)).collect::<Vec<_>>()
        });
        values.into_iter().next().and_then(Result::ok).expect("a report")
    };
    let bytes = kind.write(&[sheet]);
    let right = values(&kind.write(&[self::sheet()]));
    let other = values(&bytes).into_iter().zip(right).filter(|(read, right)| read != right).map(|(read, _)| read);
    let report = Checker::default().check(kind.name(), &bytes).into_first().report;
    let findings = report.findings.iter().map(|finding| format!("{} {}", finding.rule.code, finding.place));
    assert_ne!(report.verdict(), Verdict::Pass);
    (other.collect(), findings.collect())
}

#[test]
fn a_figure_merged_over_two_rows_is_of_neither() {
    for kind in KINDS {
        for (label, ids) in [
            ("规章", ["disclosure.regulations", "disclosure.normative_documents"]),
            ("行政处罚", ["disclosure.penalties", "disclosure.coercion"]),
            ("1.属于国家秘密", ["requests.denied.state_secret", "requests.denied.prohibited_by_law"]),
        ] {
            let sheet = sheet();
            let (row, figures) = row(&sheet, label);
            let column = *figures.last().expect("a figure");
            let (other, findings) = read(kind, merged(sheet, (row, column, row + 1, column)));
            assert_eq!(other.len(), 2, "{kind:?} {label}: {other:?}");
            for (other, id) in other.iter().zip(ids) {
                assert!(other.starts_with(id) && other.ends_with("Unreadable(Merged)"), "{kind:?} {label}: {other}");
            }
            assert_eq!(findings.len(), 1, "{kind:?} {label}: {findings:?}");
            assert!(findings[0].starts_with("GJ211 "), "{kind:?} {label}: {findings:?}");
        }
    }
}

#[test]
fn rows_with_all_figures_merged_are_one_finding() {
    let sheet = sheet();
    let (row, figures) = row(&sheet, "1.信访举报投诉类申请");
    let sheet = figures.iter().fold(sheet, |sheet, &column| merged(sheet, (row, column, row + 1, column)));
    let (other, findings) = read(Kind::Xlsx, sheet);
    assert_eq!(other.len(), 14, "{other:?}");
    assert!(other.iter().all(|other| other.ends_with("Unreadable(Merged)")), "{other:?}");
    assert_eq!(findings, ["GJ211 表三"]);
}

#[test]
fn a_group_with_all_figures_merged_is_one_row() {
    let mut sheet = sheet();
    let (row, figures) = row(&sheet, "3.其他");
    for &column in &figures {
        let own = |cell: &&mut (u32, u16, Value)| cell.1 == column && (row - 2..=row).contains(&cell.0);
        let number = |value: &Value| if let Value::Number(number) = value { *number } else { 0.0 };
        let total: f64 = sheet.cells.iter_mut().filter(own).map(|cell| number(&cell.2)).sum();
        sheet.cells.iter_mut().filter(own).for_each(|cell| cell.2 = Value::Number(total));
        sheet = merged(sheet, (row - 2, column, row, column));
    }
    let report = Checker::default().check("r.xlsx", &Kind::Xlsx.write(&[sheet])).into_first().report;
    let findings: Vec<String> = report.findings.iter().map(|finding| finding.rule.code.to_string()).collect();
    assert_eq!(findings, ["GJ206"]);
    assert_eq!(report.verdict(), Verdict::Pass);
}

#[test]
fn a_figure_merged_over_two_columns_is_of_neither() {
    for label in ["规章", "行政规范性文件"] {
        let mut sheet = sheet();
        let (row, figures) = row(&sheet, label);
        // A writer's own columns are blank.
        (1..3).for_each(|at| sheet.put(row, figures[2] + at, Value::Blank));
        let (other, findings) = read(Kind::Xlsx, merged(sheet, (row, figures[0], row, figures[1])));
        assert_eq!(other.len(), 3, "{label}: {other:?}");
        assert!(other.iter().all(|other| other.ends_with("Unreadable(Unplaced)")), "{label}: {other:?}");
        assert_eq!(findings, [format!("GJ211 表二 · {label}")]);
    }
}
