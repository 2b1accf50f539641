//! Workbooks as Excel writes them: merged cells, shared strings, figures as numbers or text.

use gouji::blank::Blank;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

/// How a workbook is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Everything below each other on one sheet.
    OneSheet,
    /// A cover, and each section on a sheet of its own.
    SheetEach,
    /// One sheet that starts at D7.
    Offset,
    /// Figures as text.
    FiguresAsText,
    /// Another year's report on a hidden sheet before it.
    HiddenSheet,
    /// No merged cells.
    MergesLost,
    /// The tables and nothing else.
    TablesOnly,
}

pub const WAYS: [Way; 7] = [
    Way::OneSheet,
    Way::SheetEach,
    Way::Offset,
    Way::FiguresAsText,
    Way::HiddenSheet,
    Way::MergesLost,
    Way::TablesOnly,
];

/// The report as the bytes of an .xlsx file.
pub fn write(report: &Blank<'_>, way: Way) -> Vec<u8> {
    let mut workbook = Workbook::new();
    if way == Way::HiddenSheet {
        let sheet = workbook.add_worksheet();
        sheet.set_name("旧稿").expect("a name");
        sheet.set_hidden(true);
        let mut old = report.clone();
        old.figures = vec!["7".to_owned(); old.figures.len()];
        whole(sheet, &old, (0, 0), Way::OneSheet);
    }
    match way {
        Way::SheetEach => {
            let cover = workbook.add_worksheet();
            cover.set_name("封面").expect("a name");
            cover.write(2, 1, report.title()).expect("a cell");
            for section in 0..report.pack.sections.len() {
                let sheet = workbook.add_worksheet();
                sheet.set_name(format!("第{}部分", section + 1)).expect("a name");
                let mut row = 0;
                part(sheet, report, section, &mut row, 0, way);
            }
        }
        Way::TablesOnly => {
            for (index, table) in report.pack.tables.iter().enumerate() {
                let sheet = workbook.add_worksheet();
                sheet.set_name(&table.name).expect("a name");
                let mut row = 1;
                grid(sheet, report, index, &mut row, 1, way);
            }
        }
        _ => {
            let sheet = workbook.add_worksheet();
            sheet.set_name("年度报告").expect("a name");
            if way == Way::HiddenSheet {
                sheet.set_active(true);
            }
            let from = if way == Way::Offset { (6, 3) } else { (0, 0) };
            whole(sheet, report, from, way);
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn whole(sheet: &mut Worksheet, report: &Blank<'_>, from: (u32, u16), way: Way) {
    let (mut row, column) = from;
    sheet.write(row, column, report.title()).expect("a cell");
    row += 2;
    for section in 0..report.pack.sections.len() {
        part(sheet, report, section, &mut row, column, way);
    }
}

fn part(sheet: &mut Worksheet, report: &Blank<'_>, section: usize, row: &mut u32, column: u16, way: Way) {
    sheet.write(*row, column, report.heading(section)).expect("a cell");
    *row += 1;
    for line in report.texts[section].lines().filter(|line| !line.is_empty()) {
        sheet.write(*row, column, line).expect("a cell");
        *row += 1;
    }
    for &table in &report.pack.sections[section].tables {
        grid(sheet, report, table, row, column, way);
    }
    *row += 1;
}

fn grid(sheet: &mut Worksheet, report: &Blank<'_>, table: usize, row: &mut u32, column: u16, way: Way) {
    let plain = Format::new();
    let grid = report.grid(table);
    for (offset, cells) in grid.iter().enumerate() {
        for (at, cell) in cells {
            let (first_row, first_column) = (*row + offset as u32, column + *at as u16);
            let number = cell.text.parse::<f64>().ok().filter(|_| cell.figure.is_some() && way != Way::FiguresAsText);
            if (cell.rows > 1 || cell.columns > 1) && way != Way::MergesLost {
                let (last_row, last_column) =
                    (first_row + cell.rows as u32 - 1, first_column + cell.columns as u16 - 1);
                sheet.merge_range(first_row, first_column, last_row, last_column, "", &plain).expect("a merge");
            }
            // `=SUM(B3:B5) 12` is a formula and its stored result.
            if let Some((formula, result)) = cell.text.split_once(' ').filter(|(formula, _)| formula.starts_with('=')) {
                let formula = Formula::new(formula).set_result(result);
                sheet.write(first_row, first_column, formula).expect("a cell");
                continue;
            }
            match number {
                Some(number) => sheet.write_with_format(first_row, first_column, number, &plain).expect("a cell"),
                None => sheet.write_with_format(first_row, first_column, &cell.text, &plain).expect("a cell"),
            };
        }
    }
    *row += grid.len() as u32;
}
