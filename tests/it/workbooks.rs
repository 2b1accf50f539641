//! Workbooks of every kind: one content gives one document, and each format is read in the ways in which it is written.

use crate::support;
use crate::support::report;
use crate::support::workbook::{self, KINDS, Kind, Sheet, Value, biff, compound, ods, xls, xlsb};
use gouji::Checker;
use gouji::internal::document::{Block, Document, Location};
use gouji::internal::limits::Limits;
use gouji::internal::message::Language;
use gouji::internal::read::{Unreadable, read};

fn document<'b>(name: &str, bytes: &'b [u8]) -> Document<'b> {
    read(name, bytes, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// The document a line a row: sheets by name, cells as `address=text`, with the rows and columns of merged ones.
fn drawn(document: &Document<'_>) -> String {
    const LONGEST: usize = 40;
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(name) => lines.push(format!("# {}", name.text)),
            Block::Paragraph(_) => panic!("a paragraph in a workbook"),
            Block::Image(_) => panic!("an image in a workbook"),
            Block::Table(table) => lines.extend(table.rows().map(|row| {
                let cells = row.cells().map(|cell| {
                    let Location::Sheet { cell: at, .. } = cell.passage.place() else { panic!("a place on a sheet") };
                    let span = match (cell.rows.len(), cell.columns.len()) {
                        (1, 1) => String::new(),
                        (rows, columns) => format!(" {rows}x{columns}"),
                    };
                    let (text, mark) = (&cell.passage.text, if cell.uncomputed { "?" } else { "" });
                    let rest = text.char_indices().nth(LONGEST).map_or("", |(at, _)| &text[at..]);
                    let shown = &text[..text.len() - rest.len()];
                    let more = if rest.is_empty() { String::new() } else { format!("… and {} bytes", rest.len()) };
                    format!("{at}={shown}{more}{mark}{span}")
                });
                cells.collect::<Vec<_>>().join(" | ")
            })),
        }
    }
    lines.join("\n")
}

/// The plain sums, by the cells they stand in.
fn sums(document: &Document<'_>) -> Vec<String> {
    let sums = document.formulas.iter().filter_map(|formula| {
        let areas = formula.summed()?;
        let areas: Vec<String> = areas.iter().map(|area| format!("{}:{}", area.first, area.last)).collect();
        Some(format!("{}!{}={}", formula.sheet, formula.cell, areas.join(",")))
    });
    let mut sums: Vec<String> = sums.collect();
    sums.sort();
    sums
}

/// A little of everything that all formats can hold.
fn sample() -> Vec<Sheet> {
    let mut first = Sheet::new("表一 & <其他>");
    first.merges.extend([(0, 0, 0, 5), (2, 0, 4, 0), (6, 1, 6, 2)]);
    let texts =
        ["三、收到和处理情况", "Año 2023", "两 个  空格", "first\nsecond", "🍣", "予以公开", "予以公开", "x", "１２"];
    for (row, text) in (0..).zip(texts) {
        first.put(row, 0, Value::Text(text.to_owned()));
    }
    first.cells.retain(|cell| !(3..=4).contains(&cell.0));
    let numbers = [0.0, 12.0, 12.0, 7730.28, 0.1 + 0.2, -3.0, -0.05, 1e20, 123_456_789_012.0, 1.0 / 3.0];
    for (column, number) in (1..).zip(numbers) {
        first.put(2, column, Value::Number(number));
        first.put(3, column, Value::Number(number * 100.0));
    }
    first.put(4, 1, Value::Truth(true));
    first.put(4, 2, Value::Truth(false));
    first.put(4, 3, Value::Sum("SUM(B3:D3)".to_owned(), 24.0));
    first.put(4, 4, Value::Sum("SUM(B3:D3,F3)".to_owned(), 24.3));
    first.put(4, 5, Value::Sum("B3+C3".to_owned(), 12.0));
    first.put(6, 1, Value::Blank);
    first.put(6, 3, Value::Number(5.0));
    let mut hidden = Sheet { hidden: true, ..Sheet::new("旧稿") };
    hidden.put(0, 0, Value::Number(7.0));
    let mut last = Sheet::new("表二");
    last.put(40_000, 200, Value::Text("很长".repeat(3000)));
    vec![first, hidden, Sheet::new("空"), last]
}

#[test]
fn every_format_gives_the_same_document() {
    let expected = Kind::Xlsx.write(&sample());
    let expected = document("r.xlsx", &expected);
    assert!(drawn(&expected).starts_with("# 表一 & <其他>\nA1=三、收到和处理情况 1x6\n"), "{}", drawn(&expected));
    assert_eq!(sums(&expected).len(), 3);
    for kind in KINDS {
        let bytes = kind.write(&sample());
        let read = document(kind.name(), &bytes);
        assert_eq!(drawn(&read), drawn(&expected), "{kind:?}");
        assert_eq!(sums(&read), sums(&expected), "{kind:?}");
    }
}

#[test]
fn the_content_decides_and_not_the_name() {
    let formats =
        [(Kind::Xlsx, "xlsx"), (Kind::Xls, "xls"), (Kind::Et, "xls"), (Kind::Xlsb, "xlsb"), (Kind::Ods, "ods")];
    for (kind, format) in formats {
        let bytes = workbook::write_as(kind, &report(1), workbook::Way::OneSheet);
        for name in ["r.xls", "r.xlsx", "r.xlsm", "r.et", "r.ods", "r.xlsb", "r.csv", "r"] {
            let checked = Checker::default().check(name, &bytes);
            assert_eq!(
                (checked.first().report.format.name(), checked.first().report.findings.len()),
                (format, 0),
                "{kind:?} as {name}"
            );
        }
    }
}

/// What systems export under the name of an old workbook.
#[test]
fn pages_and_texts_may_be_named_as_workbooks() {
    let report = report(1);
    let page = support::page::write(&report, support::page::Way::Fragment, "utf-8");
    let figures_twice = page.replace("<td>1", "<td x:num=\"1\">1");
    let text = support::text::write(&report, support::text::Way::Tabs);
    let table = "<table border=1><tr><td>甲</td><td x:num=\"12.001\">12</td></tr></table>";
    for name in ["r.xls", "r.et"] {
        for (what, bytes, format) in
            [("page", &page, "html"), ("page", &figures_twice, "html"), ("text", &text, "text")]
        {
            let checked = Checker::default().check(name, bytes.as_bytes());
            assert_eq!(
                (checked.first().report.format.name(), checked.first().report.findings.len()),
                (format, 0),
                "{what} as {name}"
            );
        }
        assert_eq!(document(name, table.as_bytes()).format.name(), "html");
        let wide: Vec<u8> = format!("\u{feff}{table}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(document(name, &wide).format.name(), "html");
    }
}

/// Sheets of charts and macros are listed, in the formats of binary records as in the others.
#[test]
fn sheets_that_are_no_tables_are_passed_over() {
    let mut sheets = workbook::sheets(&report(3), workbook::Way::OneSheet);
    for (name, text) in [("图", "宏"), ("宏", "图")] {
        let mut other = Sheet::new(name);
        other.put(0, 0, Value::Text(text.to_owned()));
        sheets.push(other);
    }
    let mut stream = xls::stream(&sheets, 8224);
    let listed: Vec<usize> =
        stream.windows(2).enumerate().filter(|(_, at)| *at == [0x85, 0]).map(|(at, _)| at).collect();
    // Behind the head of a record and the place of the sheet is whether it is shown, then its kind.
    (stream[listed[1] + 9], stream[listed[2] + 9]) = (2, 1);
    let mut parts = xlsb::parts(&sheets);
    let relations = parts.iter_mut().find(|(name, _)| name.ends_with(".rels")).expect("relations");
    let text = String::from_utf8(relations.1.clone()).expect("text");
    let of = |number: usize| format!("worksheet\" Target=\"worksheets/sheet{number}");
    let kind = |kind: &str, number: usize| format!("{kind}\" Target=\"worksheets/sheet{number}");
    relations.1 = text.replace(&of(2), &kind("chartsheet", 2)).replace(&of(3), &kind("xlMacrosheet", 3)).into_bytes();
    for (name, bytes) in [("r.xls", stream), ("r.xlsb", workbook::archive(&parts))] {
        let checked = Checker::default().check(name, &bytes);
        let codes: Vec<&str> =
            checked.first().report.findings.iter().map(|finding| finding.rule.code.as_str()).collect();
        assert_eq!((document(name, &bytes).unprinted.sheets.len(), codes), (2, vec!["GJ007"]), "{name}");
    }
}

/// The format in JSON, and the Chinese hint, of a file that is not read.
fn refused(name: &str, bytes: &[u8]) -> (String, String) {
    let checked = Checker::default().check(name, bytes);
    let [only] = checked.first().report.findings.as_slice() else {
        panic!("{name}: {:?}", checked.first().report.findings)
    };
    assert_eq!(only.rule.kind.as_str(), "unreadable", "{name}");
    let hint = only.help.as_ref().expect("a hint").say(Language::Chinese);
    (checked.first().report.format.name().to_owned(), hint)
}

#[test]
fn what_is_not_read_says_what_to_do() {
    let mut stream = [0; 5000];
    stream[..2].copy_from_slice(&[0xdc, 0xa5]);
    let document = compound::write(&[("WordDocument", &stream)]);
    let excel_2003 = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<!-- > -->\
                      <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>";
    let word_2003 = "<?xml version=\"1.0\"?><w:wordDocument></w:wordDocument>";
    let flat = "<?xml version='1.0'?><office:document></office:document>";
    let to_docx = "soffice --headless --convert-to docx";
    let to_xlsx = "soffice --headless --convert-to xlsx";
    let cases: [(&str, &[u8], &str, &str); 7] = [
        ("r.doc", &document, "doc", to_docx),
        ("r.xls", &document, "doc", to_docx),
        ("r.doc", b"{\\rtf1\\ansi}", "rtf", to_docx),
        ("r.doc", word_2003.as_bytes(), "word-2003-xml", to_docx),
        ("r.xls", excel_2003.as_bytes(), "excel-2003-xml", to_xlsx),
        ("r.xls", &[9, 4, 6, 0, 0, 0, 0x10, 0, 0, 0], "excel-4", to_xlsx),
        ("r.fods", flat.as_bytes(), "flat-opendocument", to_xlsx),
    ];
    for (name, bytes, format, hint) in cases {
        let (told, said) = refused(name, bytes);
        assert_eq!(told, format, "{name}");
        assert!(said.contains(hint), "{name}: {said}");
    }
}

#[test]
fn workbooks_under_a_password_say_so() {
    let package = compound::write(&[("EncryptedPackage", &[0; 5000]), ("EncryptionInfo", &[0; 200])]);
    let old = [xls::record(0x0809, &xls::begin(5)), xls::record(0x002f, &[1, 0, 1, 0, 1, 0])].concat();
    let old = compound::write(&[("Workbook", &old)]);
    let mut parts = ods::parts(&ods::document(""));
    parts[1].1 = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>".to_vec();
    let sheets = workbook::archive(&parts);
    for (name, bytes, format) in [("r.xlsx", package, "xlsx"), ("r.xls", old, "xls"), ("r.ods", sheets, "ods")] {
        assert_eq!(read(name, &bytes, &Limits::default()).err(), Some(Unreadable::Encrypted), "{name}");
        let (told, hint) = refused(name, &bytes);
        assert_eq!((told.as_str(), hint.as_str()), (format, "请去掉密码后重新核对"));
    }
}

/// A document with a workbook in it is a document, and the other way round.
#[test]
fn embedded_objects_do_not_say_what_a_file_is() {
    let stream = xls::stream(&sample(), 8224);
    let mut both = compound::write(&[("Workbook", &stream), ("WordDocument", &[0; 5000])]);
    assert_eq!(drawn(&document("r.doc", &both)), drawn(&document("r.xls", &Kind::Xls.write(&sample()))));
    // The link from the first entry to the second: what is not linked is in some folder.
    let first: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let at = both.windows(first.len()).position(|window| window == first).expect("an entry");
    both[at + 72..at + 76].fill(0xff);
    assert_eq!(document("r.xls", &both).format.name(), "xls");
    let root = at - 128;
    both[root + 76] = 2;
    assert_eq!(gouji::internal::read::kind("r.xls", &both, &Limits::default()).name(), "doc");
}

#[test]
fn short_streams_lie_in_small_sectors() {
    let mut sheet = Sheet::new("表");
    sheet.put(0, 0, Value::Text("甲".to_owned()));
    let stream = xls::stream(&[sheet], 8224);
    assert!(stream.len() < 4096);
    let bytes = compound::write(&[("Other", &[1; 100]), ("Workbook", &stream)]);
    assert_eq!(drawn(&document("r.xls", &bytes)), "# 表\nA1=甲");
    // And some programs write the stream alone.
    assert_eq!(drawn(&document("r.xls", &stream)), "# 表\nA1=甲");
}

#[test]
fn texts_are_cut_anywhere() {
    let whole = xls::stream(&sample(), 8224);
    let expected = drawn(&document("r.xls", &whole));
    for cut in 12..200 {
        assert_eq!(drawn(&document("r.xls", &xls::stream(&sample(), cut))), expected, "{cut}");
    }
}

/// A stream of one sheet with these records, of the version in two bytes.
fn one_sheet(version: [u8; 2], globals: &[u8], records: &[Vec<u8>]) -> Vec<u8> {
    let begin = |part: u8| xls::record(0x0809, &[version[0], version[1], part, 0, 0, 0, 0, 0]);
    let name: &[u8] = if version == [0, 6] { &[1, 1, 0x68, 0x88] } else { &[2, 0xb1, 0xed] };
    let listed = |start: usize| xls::record(0x0085, &[&(start as u32).to_le_bytes(), &[0, 0][..], name].concat());
    let start = begin(5).len() + globals.len() + listed(0).len() + 4;
    let end = xls::record(0x000a, &[]);
    [&begin(5), globals, &listed(start), &end, &begin(16), &records.concat(), &end].concat()
}

/// A cell in the first row.
fn cell(kind: u16, column: u8, value: &[u8]) -> Vec<u8> {
    xls::record(kind, &[&[0, 0, column, 0, 15, 0], value].concat())
}

fn formula(column: u8, result: [u8; 8], tokens: &[u8]) -> Vec<u8> {
    cell(0x0006, column, &[&result, &[0; 6][..], &[tokens.len() as u8, 0], tokens].concat())
}

#[test]
fn every_record_of_a_cell_is_read() {
    let text = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&[units.len() as u8 / 2, 0, 1], units.as_slice()].concat()
    };
    let other = |code: u8, value: u8| [code, 0, value, 0, 0, 0, 0xff, 0xff];
    let sum = biff::tokens("SUM(A1:B1)", false);
    // The two cells to the left, as cells that share the formula have it.
    let common = [0x2d, 0, 0, 0, 0, 0xfe, 0xc0, 0xff, 0xc0, 0x19, 0x10, 0, 0];
    let shared = [&[0, 0, 0, 0, 9, 10, 0, 2, common.len() as u8, 0][..], &common].concat();
    let first = [1, 0, 0, 9, 0];
    let records = [
        cell(0x0203, 0, &7730.28_f64.to_le_bytes()),
        cell(0x0204, 1, &text("标签")),
        cell(0x00d6, 2, &[text("字体"), vec![1, 0, 0, 0, 1, 0]].concat()),
        cell(0x0205, 3, &[0x2a, 1]),
        formula(4, other(0, 0), &sum),
        // Array formulas and others may stand between a formula and its text, which may go on in further records.
        xls::record(0x0221, &[0; 12]),
        xls::record(0x0207, &[4, 0, 1, 0x97, 0x7b, 0xfa, 0x51]),
        xls::record(0x003c, &[0, b'4', b'2']),
        formula(5, other(1, 1), &sum),
        formula(6, other(2, 7), &sum),
        // An empty text that it comes to.
        formula(7, other(3, 0), &sum),
        // A text that never comes.
        formula(8, other(0, 0), &[]),
        formula(9, 12.0_f64.to_le_bytes(), &first),
        xls::record(0x04bc, &shared),
        formula(10, 13.0_f64.to_le_bytes(), &first),
        // A chart on the sheet has cells of its own.
        xls::record(0x0809, &xls::begin(32)),
        cell(0x0203, 0, &99_f64.to_le_bytes()),
        xls::record(0x000a, &[]),
    ];
    let bytes = one_sheet([0, 6], &[], &records);
    let document = document("r.xls", &bytes);
    assert_eq!(
        drawn(&document),
        "# 表\nA1=7730.28 | B1=标签 | C1=字体 | D1=#N/A | E1=算出42 | F1=TRUE | G1=#DIV/0! | H1= | I1=? | J1=12 | K1=13"
    );
    let at = |cell: &str| format!("表!{cell}=A1:B1");
    let shared = ["表!J1=H1:I1".to_owned(), "表!K1=I1:J1".to_owned()];
    assert_eq!(sums(&document), [[at("E1"), at("F1"), at("G1"), at("H1")].as_slice(), &shared].concat());
}

#[test]
fn workbooks_of_excel_95_are_read() {
    let page = xls::record(0x0042, &936_u16.to_le_bytes());
    let label = cell(0x0204, 0, &[4, 0, 0xd7, 0xdc, 0xbc, 0xc6]);
    let sum = [0x25, 0, 0xc0, 2, 0xc0, 0, 0, 0x19, 0x10, 0, 0];
    let records = [label, formula(1, 12.0_f64.to_le_bytes(), &sum)];
    let stream = one_sheet([0, 5], &page, &records);
    let bytes = compound::write(&[("Book", &stream)]);
    let document = document("r.xls", &bytes);
    assert_eq!((drawn(&document).as_str(), sums(&document)), ("# 表\nA1=总计 | B1=12", vec!["表!B1=A1:A3".to_owned()]));
}

#[test]
fn every_record_of_an_xlsb_cell_is_read() {
    let cell =
        |kind: u16, column: u8, value: &[u8]| xlsb::record(kind, &[&[column, 0, 0, 0, 0, 0, 0, 0], value].concat());
    let tokens = |tokens: &[u8], behind: &[u8]| {
        let lengths = [tokens.len() as u32, behind.len() as u32].map(u32::to_le_bytes);
        [&[0, 0], &lengths[0][..], tokens, &lengths[1], behind].concat()
    };
    let sum = tokens(&biff::tokens("SUM(A1:B1)", true), &[]);
    let common = [0x2d, 0, 0, 0, 0, 0, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0x19, 0x10, 0, 0];
    let shared = [&[0; 16][..], &(common.len() as u32).to_le_bytes(), &common].concat();
    let first = tokens(&[1, 0, 0, 0, 0], &[9, 0, 0, 0]);
    let records = [
        xlsb::record(0, &[0; 17]),
        cell(5, 0, &7730.28_f64.to_le_bytes()),
        cell(6, 1, &xlsb::text("行内")),
        cell(62, 2, &[vec![0], xlsb::text("字体")].concat()),
        cell(3, 3, &[0x2a]),
        cell(8, 4, &[xlsb::text("算出"), sum.clone()].concat()),
        cell(10, 5, &[vec![1], sum.clone()].concat()),
        cell(11, 6, &[vec![7], sum.clone()].concat()),
        cell(8, 7, &[xlsb::text(""), sum].concat()),
        // What later versions added is none of the sheet's cells.
        [xlsb::record(35, &[0; 4]), cell(2, 20, &[6, 0, 0, 0]), xlsb::record(36, &[])].concat(),
        // Beside the cell before.
        xlsb::record(13, &[0, 0, 0, 0, 0x22, 0, 0, 0]),
        cell(9, 9, &[&12.0_f64.to_le_bytes()[..], &first].concat()),
        xlsb::record(427, &shared),
        cell(9, 10, &[&13.0_f64.to_le_bytes()[..], &first].concat()),
    ];
    let mut parts = xlsb::parts(&[Sheet::new("表")]);
    let part = &mut parts[2].1;
    let (begin, end) = (xlsb::record(145, &[]), xlsb::record(146, &[]));
    let empty = [begin.clone(), end.clone()].concat();
    let at = part.windows(empty.len()).position(|window| window == empty).expect("no cells yet");
    part.splice(at..at + empty.len(), [begin, records.concat(), end].concat());
    let bytes = workbook::archive(&parts);
    let document = document("r.xlsb", &bytes);
    assert_eq!(
        drawn(&document),
        "# 表\nA1=7730.28 | B1=行内 | C1=字体 | D1=#N/A | E1=算出 | F1=TRUE | G1=#DIV/0! | H1=? | I1=8 | J1=12 | K1=13"
    );
    let at = |cell: &str| format!("表!{cell}=A1:B1");
    let shared = ["表!J1=H1:I1".to_owned(), "表!K1=I1:J1".to_owned()];
    assert_eq!(sums(&document), [[at("E1"), at("F1"), at("G1"), at("H1")].as_slice(), &shared].concat());
}

/// The only sheet of an .ods file, by its rows.
fn of_ods(rows: &str) -> String {
    let sheet = format!(r#"<table:table table:name="表" table:style-name="ta1">{rows}</table:table>"#);
    let bytes = workbook::archive(&ods::parts(&ods::document(&sheet)));
    drawn(&document("r.ods", &bytes))
}

#[test]
fn every_value_of_an_ods_cell_is_read() {
    let rows = r#"<table:shapes><draw:frame><text:p>图</text:p></draw:frame></table:shapes><table:table-row>
        <table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="1900-01-04"><text:p>1900年1月4日</text:p></table:table-cell>
        <table:table-cell office:value-type="time" office:time-value="PT12H00M00S"><text:p>12:00</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><office:annotation><text:p>批注 9</text:p></office:annotation>
            <text:p> 甲<text:s text:c="2"/><text:span>乙</text:span>
            丙&amp;&#x4e01;<text:tab/>戊<text:line-break/>己</text:p><text:p>庚</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]" office:value-type="string" office:string-value="算出"/>
        <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error">
            <text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]"/><table:table-cell office:value-type="float" office:value="1E3"/>
        </table:table-row>"#;
    assert_eq!(
        of_ods(rows),
        "# 表\nA1=12.5% | B1=1900年1月4日 | C1=12:00 | D1=甲  乙 丙&丁\t戊\n己\n庚 | E1=算出 | F1=#DIV/0! | G1=#DIV/0! | H1=? | I1=1000"
    );
}

#[test]
fn what_an_ods_file_repeats_is_repeated() {
    let rows = r#"<table:table-row-group><table:table-header-rows><table:table-row table:number-rows-repeated="2">
        <table:table-cell office:value-type="string" table:number-rows-spanned="1" table:number-columns-spanned="2"><text:p>甲</text:p></table:table-cell>
        <table:covered-table-cell/><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="1"/>
        </table:table-row></table:table-header-rows></table:table-row-group>
        <table:table-row table:number-rows-repeated="100"><table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell/><table:table-cell table:style-name="ce1" table:number-columns-repeated="3"/>
        <table:covered-table-cell office:value-type="float" office:value="2"/></table:table-row>"#;
    assert_eq!(
        of_ods(rows),
        "# 表\nA1=甲 1x2 | C1=1 | D1=1 | E1=1\nA2=甲 1x2 | C2=1 | D2=1 | E2=1\nA103= | B103= | C103= | D103= | E103=2"
    );
}

#[test]
fn dates_count_from_the_day_that_the_file_names() {
    let sheet = r#"<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>
        <table:tracked-changes><table:table table:name="旧"><table:table-row/></table:table></table:tracked-changes>
        <table:table table:name="表"><table:table-row><table:table-cell office:value-type="date" office:date-value="1904-01-06"/>
        </table:table-row></table:table>"#;
    let bytes = workbook::archive(&ods::parts(&ods::document(sheet)));
    assert_eq!(drawn(&document("r.ods", &bytes)), "# 表\nA1=5");
}
