mod hostile;
mod parts;

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format as Style, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::document::{Block, Cell, CellRef, Document, Location, Table};
use crate::limits::{Limit, Limits};
use crate::read::Unreadable;
use crate::read::zip_file::ZipFile;

fn written(workbook: &mut Workbook) -> Vec<u8> {
    workbook.save_to_buffer().expect("a workbook can be written")
}

/// A workbook of one sheet.
fn single(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    written(&mut workbook)
}

fn archive(method: CompressionMethod, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a new part");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

const PACKAGE: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHARED: &str = r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const ONE_SHEET: &str = r#"<workbook><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

/// The parts of a workbook of one sheet, with whatever else is given.
fn package_with(method: CompressionMethod, sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", PACKAGE.as_bytes()),
        ("xl/workbook.xml", ONE_SHEET.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    let relations = RELATIONS.replace("</Relationships>", SHARED);
    if more.iter().any(|part| part.0 == "xl/sharedStrings.xml") {
        parts[2].1 = relations.as_bytes();
    }
    for (name, bytes) in more {
        parts.retain(|part| part.0 != *name);
        parts.push((name, bytes));
    }
    archive(method, &parts)
}

fn package(sheet: &str) -> Vec<u8> {
    package_with(CompressionMethod::Deflated, sheet, &[])
}

fn sheet(rows: &str, after: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>")
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
    crate::read::read_zip(ZipFile::new(bytes, limits)?, limits)
}

fn document(bytes: &[u8]) -> Document<'static> {
    read(bytes, &Limits::default()).expect("a workbook")
}

fn refusal(bytes: &[u8], limits: &Limits) -> Unreadable {
    read(bytes, limits).expect_err("no workbook")
}

fn too_large(what: Limit, limit: u64) -> Unreadable {
    Unreadable::TooLarge { what, limit }
}

fn headings(document: &Document<'_>) -> Vec<String> {
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading(passage) => Some(passage.text.to_string()),
        _ => None,
    });
    headings.collect()
}

fn table<'d>(document: &'d Document<'static>) -> &'d Table<'static> {
    let [Block::Heading(_), Block::Table(table)] = document.blocks.as_slice() else { panic!("{document:?}") };
    table
}

fn address(cell: &Cell<'_>) -> String {
    let Location::Sheet { cell, .. } = cell.passage.place() else { panic!("a place on a sheet") };
    cell.to_string()
}

/// The cells as the table has them: a line for each row, `address=text`, with the rows and columns of merged cells.
fn drawn(bytes: &[u8]) -> String {
    let document = document(bytes);
    let mut lines = Vec::new();
    for row in table(&document).rows() {
        let cells = row.cells().map(|cell| {
            let mark = if cell.uncomputed { "?" } else { "" };
            let span = match (cell.rows.len(), cell.columns.len()) {
                (1, 1) => String::new(),
                (rows, columns) => format!(" {rows}x{columns}"),
            };
            format!("{}={}{mark}{span}", address(cell), cell.passage.text)
        });
        lines.push(cells.collect::<Vec<_>>().join(" | "));
    }
    lines.join("\n")
}

#[test]
fn cells_keep_their_text_and_their_address() {
    let bytes = single(|sheet| {
        sheet.set_name("表一").expect("a name");
        sheet.write(4, 2, "项目").expect("C5");
        sheet.write(4, 3, "本年数").expect("D5");
        sheet.write(6, 2, "规章").expect("C7");
        sheet.write(6, 3, 7730.28).expect("D7");
        sheet.write(7, 2, "规范性文件").expect("C8");
        sheet.write(7, 3, "１２").expect("D8");
        sheet.write(8, 2, true).expect("C9");
        sheet.write_with_format(8, 3, 5, &Style::new().set_num_format("yyyy-mm-dd")).expect("D9");
    });
    assert_eq!(
        drawn(&bytes),
        "C5=项目 | D5=本年数\nC7=规章 | D7=7730.28\nC8=规范性文件 | D8=１２\nC9=TRUE | D9=yyyy-mm-dd: 5"
    );
    let document = document(&bytes);
    assert_eq!(headings(&document), ["表一"]);
    let cells = table(&document).cells();
    assert_eq!((cells[2].rows.clone(), cells[2].columns.clone()), (1..2, 2..3));
    let Block::Heading(heading) = &document.blocks[0] else { panic!("a heading") };
    assert_eq!(heading.place(), Location::Sheet { sheet: "表一".into(), cell: CellRef { row: 0, column: 0 } });
}

#[test]
fn every_kind_of_text_is_read() {
    let rows = r##"<row r="1">
        <c r="A1" t="inlineStr"><is><t>行内</t></is></c>
        <c r="B1" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r></is></c>
        <c r="C1" t="s"><v>0</v></c>
        <c r="D1" t="e"><v>#REF!</v></c>
        <c r="E1" t="str"><f>A1</f><v>算出</v></c>
        <c r="F1" t="d"><v>2023-01-31</v></c>
        <c r="G1" t="b"><v>0</v></c>
        <c r="H1"><v>1.0000000000000002E-2</v></c><c r="I1" t="e"><v>#SPILL!</v></c></row>"##;
    let texts = r#"<?xml version="1.0"?><sst uniqueCount="1"><si><r><t>共</t></r><r><t>享</t></r></si></sst>"#;
    let more: &[(&str, &[u8])] = &[("xl/sharedStrings.xml", texts.as_bytes())];
    let bytes = package_with(CompressionMethod::Deflated, &sheet(rows, ""), more);
    assert_eq!(
        drawn(&bytes),
        "A1=行内 | B1=富文本 | C1=共享 | D1=#REF! | E1=算出 | F1=2023-01-31 | G1=FALSE | H1=0.01 | I1=#SPILL!"
    );
}

#[test]
fn only_sheets_that_are_shown_and_hold_something_are_read() {
    let mut workbook = Workbook::new();
    for name in ["封面", "隐藏", "深藏", "空", "表二"] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        match name {
            "隐藏" => drop(sheet.set_hidden(true)),
            "深藏" => drop(sheet.set_very_hidden(true)),
            "空" => {
                sheet.write_blank(0, 0, &Style::new().set_bold()).expect("A1");
                sheet.write(3, 3, " \u{200b}").expect("D4");
                continue;
            }
            _ => {}
        }
        sheet.write(0, 0, name).expect("A1");
    }
    let chart = workbook.add_chartsheet();
    chart.set_name("图").expect("a name");
    let mut series = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Bar);
    series.add_series().set_values("封面!$A$1:$A$1");
    chart.insert_chart(0, 0, &series).expect("a chart");
    assert_eq!(headings(&document(&written(&mut workbook))), ["封面", "表二"]);
}

#[test]
fn merged_cells_cover_the_rows_that_are_left() {
    let bytes = single(|sheet| {
        let style = Style::new().set_bold();
        sheet.merge_range(0, 0, 0, 9, "三、收到和处理情况", &style).expect("a title");
        sheet.merge_range(2, 0, 5, 0, "结果", &style).expect("a label");
        sheet.write(2, 1, "予以公开").expect("B3");
        sheet.write(2, 2, 1).expect("C3");
        // Row 4 is empty: the label covers three rows.
        sheet.write(4, 1, "部分公开").expect("B5");
        sheet.write(4, 2, 2).expect("C5");
        sheet.merge_range(5, 1, 5, 2, "", &style).expect("a blank area");
        sheet.write(5, 3, 3).expect("D6");
    });
    assert_eq!(
        drawn(&bytes),
        "A1=三、收到和处理情况 1x4\n\
         A3=结果 3x1 | B3=予以公开 | C3=1 | D3=\n\
         A3=结果 3x1 | B5=部分公开 | C5=2 | D5=\n\
         A3=结果 3x1 | B6= 1x2 | D6=3"
    );
}

#[test]
fn a_blank_area_covers_as_one_cell() {
    let rows = r#"<row r="1"><c r="A1" s="1"/><c r="B1"><v>1</v></c></row>
        <row r="2"><c r="A2" s="1"/><c r="B2"><v>2</v></c></row>
        <row r="3"><c r="A3"><v>7</v></c><c r="B3"><v>3</v></c></row><row r="4"><c r="A4" t="str"><v>乙</v></c></row>"#;
    let after = r#"<mergeCells><mergeCell ref="A1:A3"/></mergeCells>"#;
    assert_eq!(drawn(&package(&sheet(rows, after))), "A1= 3x1 | B1=1\nA1= 3x1 | B2=2\nA1= 3x1 | B3=3\nA4=乙 | B4=");
}

#[test]
fn an_area_without_a_first_cell_is_blank() {
    let rows = r#"<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="C1" s="1"/><c r="D1"><v>1</v></c></row>"#;
    let after = r#"<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="D9:F12"/></mergeCells>"#;
    assert_eq!(drawn(&package(&sheet(rows, after))), "A1=甲 | B1= 1x2 | D1=1");
}

#[test]
fn blanks_stand_where_a_figure_is_due() {
    let rows = r#"<row r="1"><c r="A1" t="str"><v>标题</v></c></row>
        <row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row>
        <row r="3"><c r="A3" t="str"><v>乙</v></c><c r="B3" s="1"/><c r="C3"><v>3</v></c><c r="F3" s="1"/></row>
        <row r="4"><c r="A4" s="1"/><c r="B4" s="1"/></row>
        <row r="5"><c r="B5"><v>4</v></c></row>"#;
    assert_eq!(
        drawn(&package(&sheet(rows, ""))),
        "A1=标题 | B1= | C1= | D1=\nA2=甲 | B2=1 | C2= | D2=2\nA3=乙 | B3= | C3=3 | D3=\nA5= | B5=4 | C5= | D5="
    );
}

#[test]
fn blanks_beside_the_table_are_left_out() {
    let rows = r#"<row r="2"><c r="A2" s="1"/><c r="C2"><v>1</v></c><c r="D2"><v>2</v></c><c r="E2" s="1"/></row>
        <row r="3"><c r="A3" s="1"/><c r="B3" s="1"/><c r="C3" s="1"/><c r="D3"><v>3</v></c></row>
        <row r="4"><c r="A4" s="1"/><c r="B4" s="1"/></row>"#;
    let after = r#"<mergeCells><mergeCell ref="A2:B2"/><mergeCell ref="A3:C3"/></mergeCells>"#;
    assert_eq!(drawn(&package(&sheet(rows, after))), "C2=1 | D2=2\nC3= | D3=3");
}

#[test]
fn rows_are_not_filled_up_on_wide_sheets() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c><c r="BM1"><v>3</v></c></row>"#;
    assert_eq!(drawn(&package(&sheet(rows, ""))), "A1=1 | C1=2 | BM1=3");
}

#[test]
fn a_formula_without_its_result_is_not_blank() {
    let rows = r#"<row r="1">
        <c r="A1"><f>B1+1</f><v>5</v></c><c r="B1"><f>2+2</f></c><c r="C1"><f>1+1</f><v></v></c>
        <c r="D1" t="str"><f>T("")</f><v></v></c><c r="E1"><f t="shared" si="0"/></c><c r="F1" s="1"/>
        <c r="G1"><v>0</v></c></row>"#;
    // T("") comes to an empty text.
    assert_eq!(drawn(&package(&sheet(rows, ""))), "A1=5 | B1=? | C1=? | D1= | E1=? | F1= | G1=0");
}

#[test]
fn a_formula_with_its_result_is_a_value() {
    let bytes = single(|sheet| {
        sheet.write(0, 0, Formula::new("=1+1").set_result("2")).expect("A1");
        sheet.write(0, 1, Formula::new("=T(A2)").set_result("甲")).expect("B1");
    });
    assert_eq!(drawn(&bytes), "A1=2 | B1=甲");
}

#[test]
fn cells_out_of_order_are_put_in_order() {
    let rows = r#"<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row>
        <row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="A1"><v>9</v></c></row>"#;
    assert_eq!(drawn(&package(&sheet(rows, ""))), "A1=9 | B1=2\nA2=3 | B2=4");
}

#[test]
fn a_cell_in_the_last_corner_costs_no_more_than_one_in_the_first() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let after = r#"<mergeCells><mergeCell ref="A1:XFD1048575"/></mergeCells>"#;
    assert_eq!(drawn(&package(&sheet(rows, after))), "A1=1 1x16384\nXFD1048576=2");
    let beyond = r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#;
    let refused = refusal(&package(&sheet(beyond, "")), &Limits::default());
    assert_eq!(refused, Unreadable::Damaged { detail: "a cell in row 0, column 16384".to_owned() });
}

#[test]
fn merged_areas_are_never_expanded() {
    let mut rows = String::new();
    for row in 1..=2000 {
        rows += &format!(r#"<row r="{row}"><c r="A{row}" t="str"><v>甲</v></c><c r="B{row}" s="1"/></row>"#);
    }
    let same = r#"<mergeCell ref="A1:XFD1048576"/>"#.repeat(200_000);
    let bytes = package(&sheet(&rows, &format!("<mergeCells>{same}</mergeCells>")));
    let read_back = document(&bytes);
    assert_eq!(table(&read_back).cells()[0].rows, 0..2000);

    let nested: String = (1..=2000).map(|row| format!(r#"<mergeCell ref="A{row}:XFD1048576"/>"#)).collect();
    let bytes = package(&sheet(&rows, &format!("<mergeCells>{nested}</mergeCells>")));
    let limits = Limits { cells: 100_000, ..Limits::default() };
    assert_eq!(refusal(&bytes, &limits), too_large(Limit::Cells, 100_000));
}

#[test]
fn areas_beside_each_other_cover_their_own_blanks_only() {
    let rows: String = (1..=3)
        .map(|row| {
            let cells: String = "ABCDEFG".chars().map(|column| format!(r#"<c r="{column}{row}" s="1"/>"#)).collect();
            format!(r#"<row r="{row}">{cells}<c r="H{row}"><v>{row}</v></c></row>"#)
        })
        .collect();
    let rows = format!(r#"{rows}<row r="4"><c r="A4" t="str"><v>甲</v></c></row>"#);
    let after = r#"<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D1:D3"/><mergeCell ref="E2:G3"/></mergeCells>"#;
    assert_eq!(
        drawn(&package(&sheet(&rows, after))),
        "A1= 2x2 | C1= | D1= 3x1 | E1= | F1= | G1= | H1=1\n\
         A1= 2x2 | C2= | D1= 3x1 | E2= 2x3 | H2=2\n\
         A3= | B3= | C3= | D1= 3x1 | E2= 2x3 | H3=3\n\
         A4=甲 | B4= | C4= | D4= | E4= | F4= | G4= | H4="
    );
}

#[test]
fn cells_are_counted_over_all_sheets() {
    let mut workbook = Workbook::new();
    for _ in 0..3 {
        let sheet = workbook.add_worksheet();
        for row in 0..10 {
            sheet.write(row, 0, 1).expect("a cell");
        }
    }
    let bytes = written(&mut workbook);
    let limits = |cells| Limits { cells, ..Limits::default() };
    assert!(read(&bytes, &limits(30)).is_ok());
    assert_eq!(refusal(&bytes, &limits(29)), too_large(Limit::Cells, 29));
}

#[test]
fn blanks_are_filled_in_only_within_the_limit() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="J1"><v>2</v></c></row>"#;
    let limits = Limits { cells: 5, ..Limits::default() };
    let document = read(&package(&sheet(rows, "")), &limits).expect("two cells");
    assert_eq!(table(&document).cells().len(), 5);
}

#[test]
fn one_long_text_in_many_cells_is_counted_for_each() {
    let texts = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(20_000));
    let rows: String =
        (1..=100).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let more: &[(&str, &[u8])] = &[("xl/sharedStrings.xml", texts.as_bytes())];
    let bytes = package_with(CompressionMethod::Deflated, &sheet(&rows, ""), more);
    let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(refusal(&bytes, &limits), too_large(Limit::InflatedBytes, 1 << 20));
}
