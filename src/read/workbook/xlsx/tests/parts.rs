//! Workbooks whose parts are not what, or where, they usually are.

use super::*;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const ROW: &str = r#"<row r="1"><c r="A1"><v>17</v></c></row>"#;

fn sheets(document: &Document<'_>) -> Vec<String> {
    let names = document.unprinted.sheets.iter().map(|place| match place {
        Location::Sheet { sheet, .. } => sheet.to_string(),
        other => panic!("{other:?}"),
    });
    names.collect()
}

#[test]
fn sheets_that_are_no_tables_are_passed_over_and_listed() {
    let workbook = r#"<workbook><sheets><sheet name="表" r:id="rId1"/><sheet name="宏" r:id="rId2"/>
        <sheet name="框" r:id="rId3"/><sheet name="图" r:id="rId4"/><sheet name="无" sheetId="9"/>
        <sheet name="误" r:id="rId5"/><sheet name="藏" state="hidden" r:id="rId2"/></sheets></workbook>"#;
    let of = |id: &str, kind: &str, name: &str| format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{name}"/>"#);
    let relations = [
        of("rId1", &format!("{OFFICE}/worksheet"), "worksheets/sheet1.xml"),
        of("rId2", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml"),
        of("rId3", &format!("{OFFICE}/dialogsheet"), "dialogsheets/sheet1.xml"),
        of("rId4", &format!("{OFFICE}/chartsheet"), "chartsheets/sheet1.xml"),
        of("rId5", &format!("{OFFICE}/worksheet"), "chartsheets/sheet1.xml"),
    ];
    let relations = format!("<Relationships>{}</Relationships>", relations.concat());
    let more: &[(&str, &[u8])] = &[
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/macrosheets/sheet1.xml", b"<xm:macrosheet><sheetData/></xm:macrosheet>"),
        ("xl/chartsheets/sheet1.xml", b"<chartsheet/>"),
    ];
    let document = document(&package_with(CompressionMethod::Deflated, &sheet(ROW, ""), more));
    assert_eq!(headings(&document), ["表"]);
    assert_eq!(sheets(&document), ["宏", "框", "图", "无", "误"]);
}

#[test]
fn parts_are_where_the_relations_say() {
    let transitional = OFFICE;
    let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    for (office, package, main, related, target, part) in [
        (transitional, "book.xml", "book.xml", "_rels/book.xml.rels", "s/1.xml", "s/1.xml"),
        (transitional, "/a/b/Book.XML", "a/b/book.xml", "a/b/_rels/book.xml.rels", "../../s/1.xml", "s/1.xml"),
        (strict, "./xl/main.xml", "XL/Main.xml", "xl/_rels/main.xml.rels", "/data/1.xml", "data/1.xml"),
        (strict, "xl\\main.xml", "xl/main.xml", "xl/_rels/main.xml.rels", "./x/../1.xml", "xl/1.xml"),
    ] {
        let of = |kind: &str, id: &str, target: &str| {
            let external =
                format!(r#"<Relationship Id="x" Type="{office}/{kind}" TargetMode="External" Target="none"/>"#);
            let inner = format!(r#"<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>"#);
            format!("<Relationships>{external}{inner}</Relationships>")
        };
        let bytes = archive(
            CompressionMethod::Deflated,
            &[
                ("_rels/.rels", of("officeDocument", "rId1", package).as_bytes()),
                (
                    main,
                    format!("<?xml version=\"1.0\"?><x:{}", ONE_SHEET[1..].replace("</workbook", "</x:workbook"))
                        .as_bytes(),
                ),
                (related, of("worksheet", "rId1", target).as_bytes()),
                (part, sheet(ROW, "").as_bytes()),
            ],
        );
        assert_eq!(drawn(&bytes), "A1=17", "{main}");
    }
}

/// Versions of Excel have brought new errors again and again.
#[test]
fn errors_of_any_name_are_texts() {
    for error in ["#SPILL!", "#CALC!", "#GETTING_DATA", "#PYTHON!", "#HERE?"] {
        let row = format!(r#"<row r="1"><c r="A1" t="e"><v>{error}</v></c></row>"#);
        assert_eq!(drawn(&package(&sheet(&row, ""))), format!("A1={error}"));
    }
}
