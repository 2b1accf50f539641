//! Workbooks are read as they are printed: without what is hidden or covered, with marks of notes as marks.

use crate::support::report;
use crate::support::workbook::{self, KINDS, Kind, Sheet, Value, Way};
use gouji::Checker;
use gouji::internal::document::{Block, Document};
use gouji::internal::limits::Limits;
use gouji::internal::read::read;

/// The texts of a document, row by row.
fn rows(document: &Document<'_>) -> Vec<Vec<String>> {
    let tables =
        document.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let rows = tables.flat_map(|table| table.rows().map(|row| row.cells().map(|cell| cell.passage.text.to_string())));
    rows.map(Iterator::collect).collect()
}

/// What is read of a sheet in every format: its rows, how many cells are hidden, and how many covered.
fn read_in_every_format(sheet: &Sheet) -> (Vec<Vec<String>>, usize, usize) {
    let mut all = KINDS.iter().map(|kind| {
        let bytes = kind.write(std::slice::from_ref(sheet));
        let document = read(kind.name(), &bytes, &Limits::default()).expect("a workbook");
        let unprinted = &document.unprinted;
        (rows(&document), unprinted.hidden.count, unprinted.covered.count)
    });
    let first = all.next().expect("a format");
    for (kind, other) in KINDS[1..].iter().zip(all) {
        assert_eq!(other, first, "{kind:?}");
    }
    first
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn small() -> Sheet {
    let mut sheet = Sheet::new("表");
    for row in 0..4_u32 {
        sheet.put(row, 0, text(["规章", "旧规章", "规范性文件", "合计"][row as usize]));
        for column in 1..4_u16 {
            sheet.put(row, column, Value::Number(f64::from(row * 10 + u32::from(column))));
        }
    }
    sheet
}

#[test]
fn columns_and_rows_without_any_size_are_not_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..4_u32 {
        for column in 0..4_u16 {
            sheet.write(row, column, 10 * row + u32::from(column)).expect("a cell");
        }
    }
    sheet.set_column_width(2, 0).expect("a column").set_row_height(1, 0).expect("a row");
    let bytes = book.save_to_buffer().expect("a workbook");
    assert_eq!(rows_of(&bytes), [["0", "1", "3"], ["20", "21", "23"], ["30", "31", "33"]]);
}

#[test]
fn hidden_rows_and_columns_are_not_read() {
    let mut sheet = small();
    sheet.hidden_rows = vec![1];
    sheet.hidden_columns = vec![2];
    let (rows, hidden, covered) = read_in_every_format(&sheet);
    assert_eq!(rows, [["规章", "1", "3"], ["规范性文件", "21", "23"], ["合计", "31", "33"]]);
    assert_eq!((hidden, covered), (7, 0));
    sheet.hidden_rows = vec![0, 1, 2, 3];
    let bytes = Kind::Xlsx.write(&[sheet, Sheet { name: "表二".to_owned(), ..small() }]);
    assert_eq!(rows_of(&bytes).len(), 4);
}

fn rows_of(bytes: &[u8]) -> Vec<Vec<String>> {
    rows(&read("r.xlsx", bytes, &Limits::default()).expect("a workbook"))
}

#[test]
fn a_merged_cell_is_seen_as_long_as_a_part_of_it_is() {
    let mut sheet = Sheet::new("表");
    sheet.merges.push((0, 0, 2, 0));
    sheet.put(0, 0, text("结果"));
    for row in 0..3 {
        sheet.put(row, 1, Value::Number(f64::from(row)));
    }
    sheet.hidden_rows = vec![0];
    assert_eq!(
        read_in_every_format(&sheet),
        (vec![vec!["结果".into(), "1".into()], vec!["结果".into(), "2".into()]], 1, 0)
    );
    sheet.hidden_columns = vec![0];
    assert_eq!(read_in_every_format(&sheet), (vec![vec!["1".into()], vec!["2".into()]], 2, 0));
}

#[test]
fn figures_under_a_merged_cell_are_not_read() {
    let mut sheet = Sheet::new("表");
    sheet.merges.extend([(0, 1, 0, 2), (1, 1, 1, 2), (2, 0, 2, 1)]);
    for (row, label) in (0..).zip(["规章", "行政许可"]) {
        sheet.put(row, 0, text(label));
        sheet.put(row, 2, Value::Number(99.0));
    }
    sheet.put(0, 1, Value::Number(5.0));
    // A program has put in rows and left the area where it was: the label stays.
    sheet.put(2, 1, text("3.其他"));
    sheet.put(2, 2, Value::Number(7.0));
    let (rows, hidden, covered) = read_in_every_format(&sheet);
    assert_eq!(rows, [vec!["规章", "5"], vec!["行政许可", ""], vec!["", "3.其他", "7"]]);
    assert_eq!((hidden, covered), (0, 2));
}

#[test]
fn raised_text_is_the_mark_of_a_note() {
    let mut sheet = Sheet::new("表");
    sheet.put(0, 0, text("规章"));
    sheet.put(0, 1, Value::Edited(String::new(), "10".to_owned(), "1".to_owned()));
    sheet.put(0, 2, Value::Edited(String::new(), "共".to_owned(), "注".to_owned()));
    assert_eq!(read_in_every_format(&sheet).0, [["规章", "10^1", "共^注"]]);
}

#[test]
fn cells_are_read_as_their_styles_show_them() {
    let mut sheet = Sheet::new("表");
    sheet.put(0, 0, text("规章"));
    sheet.put(0, 1, Value::Number(4000.0));
    sheet.put(0, 2, Value::Thousands(21000.0));
    sheet.put(0, 3, Value::Struck(31.0));
    sheet.put(0, 4, Value::Number(5.0));
    assert_eq!(read_in_every_format(&sheet), (vec![["规章", "4000", "21", "", "5"].map(str::to_owned).to_vec()], 0, 0));
}

#[test]
fn what_is_of_the_colour_of_its_ground_is_hidden() {
    let mut sheet = Sheet::new("表");
    sheet.put(0, 0, text("规章"));
    sheet.put(0, 1, Value::White(31.0));
    sheet.put(0, 2, Value::Number(5.0));
    assert_eq!(read_in_every_format(&sheet), (vec![["规章", "", "5"].map(str::to_owned).to_vec()], 1, 0));
}

#[test]
fn what_nobody_can_see_of_a_workbook_is_hidden() {
    use rust_xlsxwriter::{Color, Format, FormatPattern, Workbook};
    let white = || Format::new().set_font_color(Color::White);
    let ground = |color| Format::new().set_pattern(FormatPattern::Solid).set_background_color(color);
    for (style, is_hidden) in [
        (Format::new().set_num_format(";;;"), true),
        (Format::new().set_num_format(";;"), true),
        (Format::new().set_num_format("0;-0;;@"), false),
        (white(), true),
        (white().set_pattern(FormatPattern::Solid).set_background_color(Color::White), true),
        (white().set_pattern(FormatPattern::Solid).set_background_color(Color::Navy), false),
        (ground(Color::Yellow).set_font_color(Color::Yellow), true),
        (ground(Color::Yellow), false),
    ] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "规章").expect("A1").write_with_format(0, 1, 12, &style).expect("B1");
        sheet.write(0, 2, 7).expect("C1");
        let bytes = book.save_to_buffer().expect("a workbook");
        let document = read("r.xlsx", &bytes, &Limits::default()).expect("a workbook");
        assert_eq!(rows(&document), [["规章", if is_hidden { "" } else { "12" }, "7"]], "{style:?}");
        assert_eq!(document.unprinted.hidden.count, usize::from(is_hidden), "{style:?}");
    }
}

#[test]
fn a_report_is_checked_as_printed() {
    let report = report(16);
    let mut sheets = workbook::sheets(&report, Way::OneSheet);
    let [sheet] = sheets.as_mut_slice() else { panic!("one sheet") };
    // Rows behind the report, a column beside it, and values under every merged cell.
    let last = sheet.cells.iter().map(|cell| cell.0).max().expect("a row");
    let row: Vec<_> = sheet.cells.iter().filter(|cell| cell.0 == last).cloned().collect();
    for (_, column, value) in row {
        sheet.put(last + 1, column, value);
    }
    sheet.hidden_rows.push(last + 1);
    for row in 0..last {
        sheet.put(row, 20, Value::Number(777.0));
    }
    sheet.hidden_columns.push(20);
    let merges: Vec<_> = sheet.merges.iter().filter(|area| area.3 > area.1).copied().collect();
    for (row, column, ..) in merges {
        sheet.put(row, column + 1, Value::Number(99.0));
    }
    for kind in KINDS {
        let bytes = kind.write(&sheets);
        let checked = Checker::default().check(kind.name(), &bytes);
        let names: Vec<&str> =
            checked.first().report.findings.iter().map(|finding| finding.rule.name.as_str()).collect();
        assert_eq!(names, ["hidden-cells"], "{kind:?}: {:?}", checked.first().report.findings);
    }
}

#[test]
fn a_title_beside_other_text_is_found() {
    let report = report(17);
    let mut sheets = workbook::sheets(&report, Way::OneSheet);
    sheets[0].put(0, 14, text("附件"));
    for kind in KINDS {
        let bytes = kind.write(&sheets);
        let checked = Checker::default().check(kind.name(), &bytes);
        assert_eq!(checked.first().report.findings.len(), 0, "{kind:?}: {:?}", checked.first().report.findings);
        assert_eq!(checked.first().report.organization.as_deref(), Some(&*report.organization));
    }
}
