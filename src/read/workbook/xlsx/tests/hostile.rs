//! Workbooks that are broken, or claim what they do not hold.

use super::*;

/// Overwrites the size that the central directory declares for a part.
fn declare(bytes: &mut [u8], name: &str, size: u32) {
    let entry =
        bytes.windows(name.len()).rposition(|window| window == name.as_bytes()).expect("the part is listed") - 46;
    assert_eq!(&bytes[entry..entry + 4], b"PK\x01\x02");
    bytes[entry + 24..entry + 28].copy_from_slice(&size.to_le_bytes());
}

#[test]
fn bombs_are_not_inflated() {
    let zeros = vec![0; 2 << 20];
    let limits = Limits { inflated_bytes: 2 << 20, ..Limits::default() };
    let bomb = |name: &str| package_with(CompressionMethod::Deflated, &sheet("", ""), &[(name, &zeros)]);
    let bytes = bomb("xl/media/image1.png");
    assert!(bytes.len() < 10_000);
    assert_eq!(refusal(&bytes, &limits), too_large(Limit::InflatedBytes, 2 << 20));
    // No part comes out larger than it says, and so none costs more than it was let in for.
    for name in ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"] {
        let mut bytes = bomb(name);
        declare(&mut bytes, name, 100);
        let refused = refusal(&bytes, &limits);
        assert!(matches!(refused, Unreadable::Damaged { .. }), "{name}: {refused:?}");
    }
}

#[test]
fn archives_of_many_parts_are_not_opened() {
    let limits = Limits { archive_parts: 3, ..Limits::default() };
    assert_eq!(refusal(&package(&sheet("", "")), &limits), too_large(Limit::ArchiveParts, 3));
    let mut zip64 = b"PK\x06\x06".to_vec();
    zip64.extend([0; 28]);
    zip64.extend(u64::MAX.to_le_bytes());
    zip64.extend([0; 16]);
    zip64.extend(b"PK\x06\x07");
    zip64.extend([0; 16]);
    zip64.extend(b"PK\x05\x06");
    zip64.extend([0xff; 16]);
    zip64.extend([0; 2]);
    assert_eq!(refusal(&zip64, &Limits::default()), too_large(Limit::ArchiveParts, 4096));
}

#[test]
fn a_claim_of_shared_texts_is_not_believed() {
    let texts = r#"<sst count="99999999999999" uniqueCount="99999999999999"><si><t>甲</t></si></sst>"#;
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    let of = |rows: &str| {
        let more: &[(&str, &[u8])] = &[("xl/sharedStrings.xml", texts.as_bytes())];
        package_with(CompressionMethod::Deflated, &sheet(rows, ""), more)
    };
    assert_eq!(drawn(&of(rows)), "A1=甲");
    let refused = refusal(&of(&rows.replace("<v>0", "<v>1")), &Limits::default());
    assert_eq!(refused, Unreadable::Damaged { detail: "a cell with text 1 of 1".to_owned() });
    let few = Limits { cells: 0, ..Limits::default() };
    assert_eq!(refusal(&of(rows), &few), too_large(Limit::Cells, 0));
}

#[test]
fn one_part_is_not_read_for_many_sheets() {
    let names: String = (0..100).map(|index| format!(r#"<sheet name="{index}" r:id="rId1"/>"#)).collect();
    let workbook = format!("<workbook><sheets>{names}</sheets></workbook>");
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    let more: &[(&str, &[u8])] = &[("xl/workbook.xml", workbook.as_bytes())];
    let bytes = package_with(CompressionMethod::Deflated, &sheet(rows, ""), more);
    let refused = refusal(&bytes, &Limits::default());
    let Unreadable::Damaged { detail } = &refused else { panic!("{refused:?}") };
    assert!(detail.contains("one part is used for many sheets"), "{detail}");
}

#[test]
fn parts_that_differ_in_case_only_are_refused() {
    let more: &[(&str, &[u8])] = &[("XL/Workbook.xml", ONE_SHEET.as_bytes())];
    let refused = refusal(&package_with(CompressionMethod::Deflated, &sheet("", ""), more), &Limits::default());
    assert_eq!(refused, Unreadable::Damaged { detail: "two parts named xl/workbook.xml".to_owned() });
}

#[test]
fn styles_are_not_even_opened() {
    let format = "0".repeat(100_000);
    let xfs = r#"<xf numFmtId="200"/>"#.repeat(100_000);
    let styles = format!(
        r#"<styleSheet><numFmts><numFmt numFmtId="200" formatCode="{format}"/></numFmts><cellXfs>{xfs}</cellXfs></styleSheet>"#
    );
    let rows = r#"<row r="1"><c r="A1" s="7"><v>5</v></c></row>"#;
    let more: &[(&str, &[u8])] = &[("xl/styles.xml", styles.as_bytes())];
    assert_eq!(drawn(&package_with(CompressionMethod::Deflated, &sheet(rows, ""), more)), "A1=5");
}

#[test]
fn a_workbook_of_many_sheets_is_read() {
    let mut workbook = Workbook::new();
    for index in 0..200 {
        workbook.add_worksheet().write(0, 0, format!("表{index}")).expect("A1");
    }
    assert_eq!(headings(&document(&written(&mut workbook))).len(), 200);
}

#[test]
fn other_archives_are_named() {
    let other = |parts: &[(&str, &[u8])]| refusal(&archive(CompressionMethod::Stored, parts), &Limits::default());
    assert_eq!(other(&[("a.txt", b"a")]), Unreadable::Unsupported { format: "zip" });
    assert_eq!(other(&[("ppt/presentation.xml", b"<p:presentation/>")]), Unreadable::Unsupported { format: "pptx" });
    let slides = other(&[("mimetype", b"application/vnd.oasis.opendocument.presentation")]);
    assert_eq!(slides, Unreadable::Unsupported { format: "opendocument" });
    assert!(matches!(refusal(b"PK\x03\x04", &Limits::default()), Unreadable::Damaged { .. }));
    assert!(matches!(refusal(b"", &Limits::default()), Unreadable::Damaged { .. }));
}

#[test]
fn a_sheet_that_breaks_off_is_not_an_empty_one() {
    for broken in
        ["<worksheet>", "<worksheet></worksheet>", r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>"#, ""]
    {
        let refused = refusal(&package(broken), &Limits::default());
        assert!(matches!(refused, Unreadable::Damaged { .. }), "{broken}: {refused:?}");
    }
}

/// A workbook that uses most of what the reader knows.
fn sample(method: CompressionMethod) -> Vec<u8> {
    let rows = r##"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"/></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><f>1+1</f><v>2</v></c>
        <c r="C2" t="e"><v>#N/A</v></c><c r="D2"><f t="shared" ref="D2:D3" si="0">A1</f></c></row>"##;
    let after = r#"<mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>"#;
    let texts = "<sst count=\"1\" uniqueCount=\"1\"><si><t>标题 &amp; 其他</t></si></sst>";
    package_with(method, &sheet(rows, after), &[("xl/sharedStrings.xml", texts.as_bytes())])
}

#[test]
fn truncated_files_are_refused() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let bytes = sample(method);
        assert_eq!(table(&document(&bytes)).rows().len(), 2);
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length], &Limits::default()).is_err(), "{length}");
        }
    }
}

#[test]
fn changed_bytes_are_read_or_refused() {
    // Stored parts let a change through to the parser, where a deflated stream would mostly break first.
    let flips: [(_, &[u8]); 2] =
        [(CompressionMethod::Stored, &[0x01, 0x02, 0x10, 0x80]), (CompressionMethod::Deflated, &[0x10])];
    for (method, flips) in flips {
        let bytes = sample(method);
        let mut changed = bytes.clone();
        for at in 0..bytes.len() {
            for flip in flips {
                changed[at] = bytes[at] ^ flip;
                let _ = read(&changed, &Limits::default());
            }
            changed[at] = bytes[at];
        }
    }
}
