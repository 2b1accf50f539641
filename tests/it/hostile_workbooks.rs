//! Workbooks in the older and rarer formats that are broken, or claim what they do not hold: each is told, soon, without a
//! panic, and without the memory that it asks for.

use crate::support::workbook::{self, Kind, Sheet, Value, compound, ods, xls, xlsb};
use crate::support::{Rng, report};
use gouji::internal::document::{Block, Document};
use gouji::internal::limits::{Limit, Limits};
use gouji::internal::read::{Unreadable, read};

const KINDS: [(Kind, &str); 3] = [(Kind::Xls, "r.xls"), (Kind::Xlsb, "r.xlsb"), (Kind::Ods, "r.ods")];

fn cells(document: &Document<'_>) -> usize {
    let tables =
        document.blocks.iter().map(|block| if let Block::Table(table) = block { table.cells().len() } else { 0 });
    tables.sum()
}

fn texts(document: &Document<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) => texts.push(text.text.to_string()),
            Block::Image(_) => {}
            Block::Table(table) => texts.extend(table.cells().iter().map(|cell| cell.passage.text.to_string())),
        }
    }
    texts
}

fn read_default<'b>(name: &str, bytes: &'b [u8]) -> Result<Document<'b>, Unreadable> {
    read(name, bytes, &Limits::default())
}

fn is_damaged(name: &str, bytes: &[u8]) -> bool {
    matches!(read_default(name, bytes), Err(Unreadable::Damaged { .. }))
}

fn too_large(what: Limit, limit: u64) -> Option<Unreadable> {
    Some(Unreadable::TooLarge { what, limit })
}

const TOO_MANY_CELLS: Unreadable = Unreadable::TooLarge { what: Limit::Cells, limit: 1 << 20 };

/// A table of two rows with a label over both, a text for each cell and a hidden sheet.
fn small() -> Vec<Sheet> {
    let mut sheet = Sheet::new("表一");
    sheet.merges.push((0, 0, 1, 0));
    sheet.put(0, 0, Value::Text("结果".to_owned()));
    for row in 0..2 {
        sheet.put(row, 1, Value::Text(format!("标签 {row}")));
        sheet.put(row, 2, Value::Number(7730.28));
        sheet.put(row, 3, Value::Number(0.1 + 0.2));
        sheet.put(row, 4, Value::Sum("SUM(C1:D1)".to_owned(), 7730.58));
    }
    let hidden = Sheet { hidden: true, name: "旧".to_owned(), ..sheet.clone() };
    vec![sheet, hidden]
}

/// A content part with one sheet of these rows.
fn of_ods(rows: &str) -> Vec<u8> {
    let sheet = format!(r#"<table:table table:name="表">{rows}</table:table>"#);
    workbook::archive(&ods::parts(&ods::document(&sheet)))
}

#[test]
fn a_cell_in_the_last_corner_costs_no_more_than_one_in_the_first() {
    for (kind, name) in KINDS {
        let (row, column) = if kind == Kind::Xls { (65_535, 255) } else { (1_048_575, 16_383) };
        let mut sheet = Sheet::new("表");
        sheet.put(0, 0, Value::Number(1.0));
        sheet.put(row, column, Value::Number(2.0));
        let bytes = kind.write(&[sheet.clone()]);
        assert!(bytes.len() < 8 << 10, "{kind:?}");
        assert_eq!(cells(&read_default(name, &bytes).expect("two cells")), 2, "{kind:?}");
    }
    let beyond = xlsb::record(0, &[&1_048_576_u32.to_le_bytes()[..], &[0; 13]].concat());
    assert!(is_damaged("r.xlsb", &xlsb_of(&[beyond, xlsb::record(1, &[0; 8])].concat(), &[])));
    let rows = r#"<table:table-row table:number-rows-repeated="1048576"/><table:table-row><table:table-cell table:formula="of:=1"/></table:table-row>"#;
    assert!(is_damaged("r.ods", &of_ods(rows)));
    let xls = xls::record(0x0203, &[&[0, 0, 0xff, 0xff, 0, 0], &1.0_f64.to_le_bytes()[..]].concat());
    assert!(is_damaged("r.xls", &stream_of(&xls)));
}

/// The stream of a workbook of one sheet with these records.
fn stream_of(records: &[u8]) -> Vec<u8> {
    let mut stream = xls::stream(&[Sheet::new("表")], 8224);
    let end = stream.len() - 4;
    stream.splice(end..end, records.iter().copied());
    stream
}

/// An .xlsb workbook of one sheet with these records, and after them the end of the cells.
fn xlsb_of(records: &[u8], behind: &[u8]) -> Vec<u8> {
    let mut parts = xlsb::parts(&[Sheet::new("表")]);
    let records = [&xlsb::record(129, &[]), &xlsb::record(145, &[]), records, &xlsb::record(146, &[]), behind];
    parts[2].1 = [records.concat(), xlsb::record(130, &[])].concat();
    workbook::archive(&parts)
}

#[test]
fn what_is_repeated_without_measure_is_too_large_or_nothing() {
    let value = r#"office:value-type="float" office:value="1""#;
    let rows = |count: &str, cell: &str| {
        of_ods(&format!(r#"<table:table-row table:number-rows-repeated="{count}">{cell}</table:table-row>"#))
    };
    let one = format!("<table:table-cell {value}/>");
    for count in ["2147483647", "4294967295"] {
        let columns = format!(r#"<table:table-cell table:number-columns-repeated="{count}" {value}/>"#);
        assert!(is_damaged("r.ods", &rows("1", &columns)));
        assert_eq!(read_default("r.ods", &rows(count, &one.repeat(2))).err(), Some(TOO_MANY_CELLS));
        let blank = format!(r#"<table:table-cell table:style-name="a" table:number-columns-repeated="{count}"/>"#);
        assert_eq!(read_default("r.ods", &rows(count, &blank)).err(), Some(Unreadable::Empty));
        let spans = format!(
            r#"<table:table-cell {value} table:number-columns-spanned="{count}" table:number-rows-spanned="{count}"/>"#
        );
        assert_eq!(cells(&read_default("r.ods", &rows("1", &spans)).expect("one cell")), 1);
        // Of blanks beside a value, no more than a table has.
        assert_eq!(cells(&read_default("r.ods", &rows("1", &[one.clone(), blank].concat())).expect("one cell")), 1);
    }
    let spaces = r#"<table:table-cell office:value-type="string"><text:p>x<text:s text:c="2000000000"/></text:p></table:table-cell>"#;
    assert_eq!(read_default("r.ods", &rows("1", spaces)).err(), too_large(Limit::InflatedBytes, 128 << 20));
    // What is no number counts once.
    assert_eq!(cells(&read_default("r.ods", &rows("-3", &one)).expect("one cell")), 1);
    let wide = format!("<table:table-row>{}</table:table-row>", one.repeat(20_000));
    assert!(is_damaged("r.ods", &of_ods(&wide)));
}

#[test]
fn counts_are_not_believed() {
    // A table of four billion texts in which there is one.
    let mut stream = xls::stream(&small(), 8224);
    let at = stream.windows(2).position(|window| window == [0xfc, 0]).expect("a table of texts");
    stream[at + 4..at + 12].fill(0xff);
    assert_eq!(texts(&read_default("r.xls", &stream).expect("a workbook"))[..3], ["表一", "结果", "标签 0"]);
    // A text that says it is longer than all that follows; how it is pronounced takes 4 GB.
    stream[at + 12..at + 14].fill(0xff);
    assert!(is_damaged("r.xls", &stream));
    let pronounced = [&[1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 5][..], &[0xff; 4], b"ab"].concat();
    let end = xls::record(0x000a, &[]);
    assert!(is_damaged(
        "r.xls",
        &[xls::record(0x0809, &xls::begin(5)), xls::record(0x00fc, &pronounced), end].concat()
    ));
    // Merged areas of which there are fewer.
    assert!(is_damaged("r.xls", &stream_of(&xls::record(0x00e5, &[0xff, 0xff, 0, 0]))));
    // A cell that shows a text which is not there.
    assert!(is_damaged("r.xls", &stream_of(&xls::record(0x00fd, &[0, 0, 0, 0, 0, 0, 9, 0, 0, 0]))));

    let row = xlsb::record(0, &[0; 17]);
    let shared = xlsb::record(7, &[0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0]);
    assert!(is_damaged("r.xlsb", &xlsb_of(&[row.clone(), shared].concat(), &[])));
    let text = xlsb::record(6, &[0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f, 0, 0]);
    assert!(is_damaged("r.xlsb", &xlsb_of(&[row.clone(), text].concat(), &[])));
    // A record of 256 MB, and a kind and a length of as many bytes as fit.
    assert!(is_damaged("r.xlsb", &xlsb_of(&[&row[..], &[0x05, 0xff, 0xff, 0xff, 0x7f]].concat(), &[])));
    assert!(is_damaged("r.xlsb", &xlsb_of(&[0xff; 64], &[])));
}

#[test]
fn many_texts_and_cells_are_counted() {
    let limits = Limits { cells: 9, ..Limits::default() };
    let mut sheet = Sheet::new("表");
    for row in 0..10 {
        sheet.put(row, 0, Value::Text("长".repeat(1000)));
    }
    for (kind, name) in KINDS {
        let bytes = kind.write(&[sheet.clone()]);
        assert_eq!(read(name, &bytes, &limits).err(), too_large(Limit::Cells, 9), "{kind:?}");
        let limits = Limits { inflated_bytes: 25_000, ..Limits::default() };
        let refused = read(name, &bytes, &limits).err();
        assert_eq!(refused, too_large(Limit::InflatedBytes, 25_000), "{kind:?}");
    }
    // One text in many cells is one for each.
    let shared = [&[1, 0, 0, 0, 1, 0, 0, 0, 0, 0x20, 0][..], &[b'x'; 0x2000]].concat();
    let cell = xls::record(0x00fd, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut stream = stream_of(&cell.repeat(20_000));
    let at = 20;
    let length = xls::record(0x00fc, &shared).len();
    stream.splice(at..at, xls::record(0x00fc, &shared));
    // The sheet begins so much later.
    let start = u32::from_le_bytes(stream[at + length + 4..at + length + 8].try_into().expect("four")) + length as u32;
    stream[at + length + 4..at + length + 8].copy_from_slice(&start.to_le_bytes());
    let empty =
        stream.windows(4).skip(at + length).position(|window| window == [0xfc, 0, 8, 0]).expect("the own table");
    stream[at + length + empty] = 0;
    assert_eq!(read_default("r.xls", &stream).err(), too_large(Limit::InflatedBytes, 128 << 20));
}

#[test]
fn merged_areas_are_counted_and_never_expanded() {
    let whole = [0_u32, 1_048_575, 0, 16_383].map(u32::to_le_bytes).concat();
    let row = [xlsb::record(0, &[0; 17]), xlsb::record(2, &[0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0])].concat();
    let bytes = xlsb_of(&row, &xlsb::record(176, &whole).repeat(100_000));
    assert_eq!(cells(&read_default("r.xlsb", &bytes).expect("one cell")), 1);
    let bytes = xlsb_of(&row, &xlsb::record(176, &whole).repeat(1_200_000));
    assert_eq!(read_default("r.xlsb", &bytes).err(), Some(TOO_MANY_CELLS));
    let areas = [&1000_u16.to_le_bytes()[..], &[0, 0, 0xff, 0xff, 0, 0, 0xff, 0].repeat(1000)].concat();
    let number = xls::record(0x027e, &[0, 0, 0, 0, 0, 0, 6, 0, 0, 0]);
    let stream = |count: usize| stream_of(&[number.clone(), xls::record(0x00e5, &areas).repeat(count)].concat());
    assert_eq!(cells(&read_default("r.xls", &stream(100)).expect("one cell")), 1);
    assert_eq!(read_default("r.xls", &stream(1100)).err(), Some(TOO_MANY_CELLS));
}

#[test]
fn sheets_within_each_other_are_read_once() {
    let number = xls::record(0x0203, &[&[0, 0, 0, 0, 0, 0], &1.0_f64.to_le_bytes()[..]].concat());
    let stream = xls::stream(&vec![Sheet::new("表"); 50], 8224);
    let sheet = [xls::record(0x0809, &xls::begin(16)), number.repeat(10), xls::record(0x000a, &[])].concat();
    let start = (stream.len() as u32).to_le_bytes();
    let mut bytes = [stream, sheet].concat();
    let mut at = 20;
    let mut index = 0;
    while bytes[at] == 0x85 {
        bytes[at + 4..at + 8].copy_from_slice(&start);
        // Each a name of its own.
        bytes[at + 12] = index;
        index += 1;
        at += 4 + usize::from(bytes[at + 2]);
    }
    let refused = read_default("r.xls", &bytes).expect_err("one sheet for fifty");
    assert_eq!(refused, Unreadable::Damaged { detail: "sheets that lie within each other".to_owned() });

    let mut parts = xlsb::parts(&[small()[0].clone(), Sheet::new("表二")]);
    let relations = String::from_utf8(parts[1].1.clone()).expect("text").replace("sheet2", "sheet1");
    parts[1].1 = relations.into_bytes();
    let refused = read_default("r.xlsb", &workbook::archive(&parts)).expect_err("one part for two sheets");
    assert_eq!(refused, Unreadable::Damaged { detail: "one part is used for many sheets".to_owned() });
}

#[test]
fn names_of_sheets_may_be_long_or_doubled() {
    for (kind, name) in KINDS {
        let mut sheets = small();
        sheets[1].hidden = false;
        sheets[1].name = sheets[0].name.clone();
        let bytes = kind.write(&sheets);
        let headings = texts(&read_default(name, &bytes).expect("a workbook"));
        assert_eq!(headings.iter().filter(|text| **text == "表一").count(), 1, "{kind:?}");
        // In .xls a name has a length of one byte.
        let long = if kind == Kind::Xls { 255 } else { 1 << 16 };
        sheets[0].name = "长".repeat(long);
        sheets[1].name = String::new();
        let bytes = kind.write(&sheets);
        let headings = texts(&read_default(name, &bytes).expect("a workbook"));
        assert_eq!(
            (&headings[0], headings.iter().filter(|text| text.is_empty()).count()),
            (&sheets[0].name, 1),
            "{kind:?}"
        );
    }
}

#[test]
fn chains_that_run_in_circles_or_out_of_the_file_are_refused() {
    let stream = xls::stream(&small(), 8224);
    let padded = [stream, vec![0; 5000]].concat();
    let bytes = compound::write(&[("Workbook", &padded)]);
    assert!(read_default("r.xls", &bytes).is_ok());
    let table = 512 + 512 * u32::from_le_bytes(bytes[76..80].try_into().expect("four")) as usize;
    let set = |at: usize, value: u32| {
        let mut bytes = bytes.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        read_default("r.xls", &bytes).err()
    };
    for sector in 0..(bytes.len() as u32 - 512) / 512 {
        let entry = table + 4 * sector as usize;
        // Into itself, to the start, to a free sector, far out of the file: read, if the bytes come all the same, or refused.
        for value in [sector, 0, 0xffff_ffff, 0x7fff_fff0, sector.wrapping_sub(1)] {
            if let Some(refused) = set(entry, value) {
                assert!(
                    matches!(refused, Unreadable::Damaged { .. } | Unreadable::Unsupported { .. }),
                    "{sector}: {refused:?}"
                );
            }
        }
    }
    // The directory, the small table, further lists of the table; the table itself.
    for at in [48, 60, 68, 76] {
        for value in [0, 1, 5, 0x7fff_ffff, 0xffff_fffd, 0xffff_ffff] {
            drop(set(at, value));
        }
    }
    // A list of table sectors that goes on with itself.
    let mut circle = bytes.clone();
    circle[68..72].copy_from_slice(&0_u32.to_le_bytes());
    let end = 512 + 508;
    circle[end..end + 4].copy_from_slice(&0_u32.to_le_bytes());
    let refused = read_default("r.xls", &circle).expect_err("a circle");
    assert!(matches!(&refused, Unreadable::Damaged { detail } if detail.contains("circle")), "{refused:?}");
    // Sizes of sectors that there are not.
    for size in [0, 8, 13, 63, 255] {
        let mut bytes = bytes.clone();
        bytes[30] = size;
        assert!(read_default("r.xls", &bytes).is_err(), "{size}");
    }
    for empty in [compound::write(&[("Workbook", b"")]), compound::write(&[])] {
        assert!(read_default("r.xls", &empty).is_err());
    }
}

#[test]
fn files_that_break_off_are_told() {
    for (kind, name) in KINDS {
        let whole = kind.write(&small());
        let expected = texts(&read_default(name, &whole).expect("a workbook"));
        for length in (0..whole.len()).step_by(97) {
            // The end of a compound file may hold nothing that is needed.
            if let Ok(document) = read_default(name, &whole[..length]) {
                assert_eq!((kind, texts(&document)), (Kind::Xls, expected.clone()), "{length} of {}", whole.len());
            }
        }
    }
    let stream = xls::stream(&small()[..1], 8224);
    for length in 4..stream.len() {
        assert!(read_default("r.xls", &stream[..length]).is_err(), "{length}");
    }
    for (index, (name, part)) in xlsb::parts(&small()).iter().enumerate() {
        for length in 0..part.len() {
            let mut parts = xlsb::parts(&small());
            parts[index].1.truncate(length);
            // What follows the list of sheets does not matter; the last sheet is hidden.
            let may_be_read =
                name == "xl/workbook.bin" || name == "xl/worksheets/sheet2.bin" || name.ends_with(".rels");
            assert!(may_be_read || read_default("r.xlsb", &workbook::archive(&parts)).is_err(), "{name}, {length}");
        }
    }
}

#[test]
fn changed_bytes_are_read_or_refused() {
    let stream = compound::write(&[("Workbook", &xls::stream(&small(), 40))]);
    for flip in [0x01, 0x80, 0xff] {
        for at in 0..stream.len() {
            let mut changed = stream.clone();
            changed[at] ^= flip;
            drop(read_default("r.xls", &changed));
        }
    }
    let parts = xlsb::parts(&small());
    let content = ods::parts(&ods::document(&"<table:table table:name=\"表\"><table:table-row><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"1\"><text:p>1&amp;<text:s text:c=\"3\"/></text:p></table:table-cell></table:table-row></table:table>".repeat(2)));
    for (name, parts) in [("r.xlsb", parts), ("r.ods", content)] {
        for index in 0..parts.len() {
            for at in (0..parts[index].1.len()).step_by(3) {
                let mut changed = parts.clone();
                changed[index].1[at] ^= if at % 2 == 0 { 0x01 } else { 0x90 };
                drop(read_default(name, &workbook::archive(&changed)));
            }
        }
    }
}

/// A report a little spoilt, as tests/hostile.rs does it for the other formats.
#[test]
fn spoilt_reports_do_no_harm() {
    let checker = gouji::Checker::default();
    for seed in 0..40 {
        let mut rng = Rng::new(seed);
        for (kind, name) in KINDS {
            let mut bytes =
                workbook::write_as(kind, &report(seed), workbook::WAYS[seed as usize % workbook::WAYS.len()]);
            for _ in 0..=rng.below(6) {
                let at = rng.below(bytes.len());
                let end = (at + 1 + rng.below(100)).min(bytes.len());
                match rng.below(3) {
                    0 => bytes[at] ^= 1 << rng.below(8),
                    1 => drop(bytes.drain(at..end)),
                    _ => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
                }
            }
            let checked = checker.check(name, &bytes);
            let said = checked.first().report.findings.iter().map(|finding| finding.message.key);
            assert!(said.into_iter().all(|key| key != "unreadable.panicked"), "{kind:?}, seed {seed}");
        }
    }
}

#[test]
fn bombs_are_not_inflated() {
    let limits = Limits { inflated_bytes: 2 << 20, ..Limits::default() };
    let bomb = vec![b' '; 3 << 20];
    let with = |mut parts: Vec<(String, Vec<u8>)>, index: usize| {
        parts[index].1 = bomb.clone();
        workbook::archive(&parts)
    };
    for index in 0..4 {
        let bytes = with(xlsb::parts(&small()), index);
        assert_eq!(read("r.xlsb", &bytes, &limits).err(), too_large(Limit::InflatedBytes, 2 << 20));
    }
    let bytes = with(ods::parts(&ods::document("")), 2);
    assert_eq!(read("r.ods", &bytes, &limits).err(), too_large(Limit::InflatedBytes, 2 << 20));
    assert!(is_damaged("r.ods", &workbook::archive(&ods::parts(&" ".repeat(3 << 20))[..2])));
}

#[test]
fn deep_and_odd_elements_are_read_soon() {
    const DEEP: usize = 100_000;
    let cell = |inside: &str| {
        of_ods(&format!(
            "<table:table-row><table:table-cell office:value-type=\"string\">{inside}</table:table-cell></table:table-row>"
        ))
    };
    for tag in ["text:p", "text:span", "office:annotation", "table:table", "table:table-cell", "x"] {
        let (open, close) = (format!("<{tag}>").repeat(DEEP), format!("</{tag}>").repeat(DEEP));
        drop(read_default("r.ods", &cell(&format!("{open}甲{close}"))));
        assert!(is_damaged("r.ods", &cell(&open)), "{tag}");
        for part in [&open, &format!("{open}{close}")] {
            drop(read_default("r.ods", &of_ods(part)));
            drop(read_default("r.ods", &workbook::archive(&ods::parts(&ods::document(part)))));
        }
    }
    let attributes: String = (0..DEEP).map(|index| format!(" a{index}=\"1\"")).collect();
    let blank = of_ods(&format!("<table:table-row><table:table-cell{attributes}/></table:table-row>"));
    assert_eq!(read_default("r.ods", &blank).err(), Some(Unreadable::Empty));
    // Entities that a file names itself would multiply.
    let named = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let content = ods::document(
        "<table:table table:name=\"表\"><table:table-row><table:table-cell><text:p>&b;</text:p></table:table-cell></table:table-row></table:table>",
    );
    let content = content.replacen("?>", &format!("?>{named}"), 1);
    assert!(is_damaged("r.ods", &workbook::archive(&ods::parts(&content))));
    assert!(is_damaged("r.ods", &cell("<text:p>&#x110000;</text:p>")));
    // Charts begin within each other, and none ends.
    let begin = xls::record(0x0809, &xls::begin(32));
    assert!(is_damaged("r.xls", &stream_of(&begin.repeat(DEEP))));
    // Formulas as long as a record can be.
    let tokens = [&[0x44, 0, 0, 0, 0][..], &[0x44, 0, 0, 0, 0, 3].repeat(1360)].concat();
    let formula = [&[0; 6][..], &[0; 14], &(tokens.len() as u16).to_le_bytes(), &tokens].concat();
    let bytes = stream_of(&xls::record(0x0006, &formula).repeat(1000));
    assert!(read_default("r.xls", &bytes).is_ok_and(|document| document.formulas.is_empty()));
}
