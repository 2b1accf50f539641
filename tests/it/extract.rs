//! `gouji extract`: what an analyst gets of an archive.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::command::{gouji, run, seen, status};
use crate::support::{document, markdown, page, report, shape, workbook};
use calamine::{Data, Reader, Xlsx, open_workbook};
use gouji::extract::Frame;
use gouji::extract::workbook::Writer;
use gouji::internal::blank::Blank;
use gouji::internal::pack::{Pack, builtin, compile};
use tempfile::TempDir;

const SMALL: &str = "tests/packs/small.toml";
const ACCOUNTS: &str = "fixtures/final-accounts/final-accounts.md";

/// A row of the long layout, by its column names.
type Record = BTreeMap<String, String>;

fn small_pack() -> Pack {
    let (core, known) = builtin();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SMALL)).expect("a pack");
    compile(&text, core, known).expect("a sound pack")
}

/// A report of the small form with these figures.
fn small<'p>(pack: &'p Pack, figures: [&str; 8]) -> Blank<'p> {
    let mut blank = Blank::new(pack, "望江县民政局", 2023);
    blank.figures = figures.map(str::to_owned).to_vec();
    blank
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

/// The command within a folder, with the small form.
fn extract(folder: &TempDir, arguments: &[&str]) -> Output {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join(SMALL);
    let rules = ["extract", "--rules", rules.to_str().expect("UTF-8")];
    gouji(&[&rules, arguments].concat()).current_dir(folder.path()).output().expect("the command runs")
}

fn csv(bytes: &[u8]) -> Vec<Record> {
    let mut reader = ::csv::Reader::from_reader(bytes);
    reader.deserialize().map(|record| record.expect("a row as wide as the header")).collect()
}

fn jsonl(bytes: &[u8]) -> Vec<serde_json::Value> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The cells of a sheet that stand there.
fn cells(path: &Path, sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    book.worksheet_range(sheet).expect("a sheet").rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn figures_are_given_as_they_stand() {
    let pack = small_pack();
    let report = small(&pack, ["12", "21", "33", "7730.28", "-", "", "１，036", "未统计"]);
    let folder = folder(&[
        ("a.md", markdown::write(&report, markdown::Way::Padded).as_bytes()),
        ("b.xlsx", &workbook::write(&report, workbook::Way::OneSheet)),
        ("c.docx", &document::write(&report, document::Way::Word)),
    ]);
    for format in ["csv", "jsonl"] {
        for name in ["a.md", "b.xlsx", "c.docx"] {
            let output = extract(&folder, &["--format", format, name]);
            insta::assert_snapshot!(format!("{format}_{}", &name[2..]), seen(&output));
        }
    }
    let words = seen(&extract(&folder, &["--lang", "en", "--layout", "wide", "--pack", "aid", "."]));
    insta::assert_snapshot!(words, @"
    organization,year,path,pack,aid.living.urban,aid.living.rural,aid.living.total,aid.living.spent,aid.medical.urban,aid.medical.rural,aid.medical.total,aid.medical.spent,part
    望江县民政局,2023,a.md,aid,12,21,33,7730.28,,,1036,,
    望江县民政局,2023,b.xlsx,aid,12,21,33,7730.28,,,1036,,
    望江县民政局,2023,c.docx,aid,12,21,33,7730.28,,,1036,,
    --- stderr
    Reports extracted: 3; numbers: 15.
    --- status 0
    ");
}

#[test]
fn values_are_equal_whatever_the_format_and_stand_where_it_says() {
    let made = report(3);
    let files = shape::shapes().into_iter().enumerate().map(|(index, shape)| {
        let (name, bytes) = shape.write(&made);
        (format!("{index:03}/{name}"), bytes)
    });
    let files: BTreeMap<String, Vec<u8>> = files.collect();
    let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let output = extract(&folder(&borrowed), &["--format", "jsonl", "."]);
    assert_eq!(status(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    let mut of_files: BTreeMap<String, Vec<[String; 3]>> = BTreeMap::new();
    let mut cut_out = 0;
    for line in jsonl(&output.stdout) {
        let path = line["path"].as_str().expect("a path").to_owned();
        let text = line["text"].as_str().unwrap_or_default();
        let (place, bytes) = (&line["location"], &files[&path]);
        if let (Some(start), Some(end)) = (place["start"]["byte"].as_u64(), place["end"]["byte"].as_u64()) {
            let cut = &bytes[start as usize..end as usize];
            // In UTF-16 every other byte of a figure is 0.
            let cut: Vec<u8> = cut.iter().filter(|byte| **byte != 0).copied().collect();
            assert_eq!(cut, text.as_bytes(), "{line}");
            cut_out += 1;
        }
        let word = |key: &str| line[key].to_string();
        of_files.entry(path).or_default().push([word("figure"), word("value"), word("state")]);
    }
    assert_eq!(of_files.len(), files.len(), "reports are missing");
    let (first, expected) = of_files.iter().next().expect("a report");
    for (path, found) in &of_files {
        assert_eq!(found, expected, "{path} against {first}");
    }
    assert!(cut_out > 1000, "{cut_out}");
}

#[test]
fn places_in_a_workbook_are_its_cells() {
    let made = report(5);
    let folder = folder(&[("r.xlsx", &workbook::write(&made, workbook::Way::Offset))]);
    let mut book: Xlsx<_> = open_workbook(folder.path().join("r.xlsx")).expect("a workbook");
    let lines = jsonl(&extract(&folder, &["--format", "jsonl"]).stdout);
    assert!(lines.len() > 150, "{}", lines.len());
    for line in lines {
        let (sheet, cell) = (&line["location"]["sheet"], &line["location"]["cell"]);
        let (sheet, cell) = (sheet.as_str().expect("a sheet"), cell.as_str().expect("a cell"));
        assert_eq!(line["place"], format!("{sheet}!{cell}"));
        let (letters, digits) = cell.split_at(cell.find(|c: char| c.is_ascii_digit()).expect("a row"));
        let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1;
        let row = digits.parse::<u32>().expect("a number") - 1;
        let range = book.worksheet_range(sheet).expect("a sheet");
        assert_eq!(range.get_value((row, column)).expect("a cell").to_string(), line["text"], "{line}");
    }
}

/// Texts of reports that a spreadsheet would run, and such as break lines and quotes.
#[test]
fn hostile_texts_stay_texts() {
    let pack = small_pack();
    let hostile = ["=cmd|'/C'!A0", "@SUM(1)", "甲,\"乙\"", "+1+x", "-3", "--", "甲\u{1}乙", "\t=1"];
    let folder = folder(&[("=甲,.xlsx", &workbook::write(&small(&pack, hostile), workbook::Way::OneSheet))]);
    let output = extract(&folder, &["."]);
    let column = |name: &str, records: &[Record]| records.iter().map(|record| record[name].clone()).collect::<Vec<_>>();
    let records = csv(&output.stdout);
    let texts = column("text", &records);
    let guarded = ["'=cmd|'/C'!A0", "'@SUM(1)", "甲,\"乙\"", "'+1+x", "-3", "--"];
    assert_eq!(&texts[..6], guarded, "{}", seen(&output));
    assert!(texts.iter().all(|text| !text.starts_with(['=', '@', '+', '\t'])), "{texts:?}");
    assert!(column("path", &records).iter().all(|path| path == "'=甲,.xlsx"));
    assert_eq!(records[4]["value"], "-3");
    let lines = jsonl(&extract(&folder, &["--format", "jsonl"]).stdout);
    assert_eq!(
        lines.iter().map(|line| line["text"].as_str().expect("a text")).take(6).collect::<Vec<_>>(),
        &hostile[..6]
    );
    let output = extract(&folder, &["--format", "xlsx", "-o", "out.xlsx", "=甲,.xlsx"]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    let rows = cells(&folder.path().join("out.xlsx"), "数据");
    assert_eq!(rows[1][9], Data::String(hostile[0].to_owned()));
    assert_eq!((&rows[5][5], &rows[5][9]), (&Data::Float(-3.0), &Data::String("-3".to_owned())));
}

#[test]
fn a_text_longer_than_a_cell_is_cut() {
    let pack = small_pack();
    let long = "𠀀".repeat(40_000);
    let page = page::write(&small(&pack, [&long, "1", "2", "3", "4", "5", "6", "7"]), page::Way::Plain, "utf-8");
    let folder = folder(&[("a.html", page.as_bytes())]);
    let output = extract(&folder, &["--format", "xlsx", "-o", "out.xlsx", "a.html"]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    let rows = cells(&folder.path().join("out.xlsx"), "数据");
    assert_eq!(rows[1][9].to_string().chars().count(), 32_767 / 2);
}

#[test]
fn workbooks_are_read_back() {
    let folder = folder(&[]);
    let out = folder.path().join("out.xlsx");
    let output = run(&["extract", "--format", "xlsx", "-o", out.to_str().expect("UTF-8"), "fixtures"]);
    assert_eq!(status(&output), 0, "{}", seen(&output));
    let rows = cells(&out, "数据");
    let records = csv(&run(&["extract", "fixtures"]).stdout);
    assert_eq!(rows.len(), records.len() + 1);
    let header: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
    for (row, record) in rows[1..].iter().zip(&records) {
        for (name, cell) in header.iter().zip(row) {
            let is_number = matches!(cell, Data::Float(_) | Data::Int(_) | Data::Empty);
            assert!(is_number || !["year", "value"].contains(&name.as_str()), "{name} is {cell:?}");
            assert_eq!(cell.to_string(), record[name], "{name} of {record:?}");
        }
    }
}

#[test]
fn what_does_not_fit_a_sheet_goes_to_the_next() {
    let folder = folder(&[]);
    let path = folder.path().join("out.xlsx");
    let mut writer = Writer::with_rows(Frame::long().columns(), "数据", 3).expect("a workbook");
    let made = report(1);
    let text = markdown::write(&made, markdown::Way::Padded);
    let checker = gouji::Checker::default();
    let written = checker.read_with("r.md", text.as_bytes(), |reading| {
        let lines = gouji::view::Lines::new(text.as_bytes(), None);
        let language = gouji::internal::message::Language::Chinese;
        let source = gouji::extract::Source { reading, path: "r.md", lines: &lines, language };
        writer.push(&Frame::long().rows(source)[..5]).expect("written");
    });
    written[0].as_ref().expect("a report");
    writer.finish(std::fs::File::create(&path).expect("a file")).expect("written");
    let sizes: Vec<usize> = ["数据", "数据 2", "数据 3"].iter().map(|sheet| cells(&path, sheet).len()).collect();
    assert_eq!(sizes, [3, 3, 2], "each with its header");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_given() {
    let pack = small_pack();
    let report = markdown::write(&small(&pack, ["1"; 8]), markdown::Way::Padded);
    let files: [(&str, &[u8]); 4] =
        [("a.md", b"# \xe4\xbc\x9a\n"), ("b.xlsx", b"PK\x03\x04"), ("c.md", b""), ("d.md", report.as_bytes())];
    let whole = folder(&files);
    let output = extract(&whole, &["."]);
    assert_eq!((status(&output), csv(&output.stdout).len()), (0, 8));
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stderr), @"
    跳过 a.md：不是已知格式的报告：未找到足够的规定标题和表格项目
    跳过 b.xlsx：文件已损坏（技术信息：没有压缩包的目录，文件可能不完整）
    跳过 c.md：文件内容为空
    已提取报告 1 份，数字 8 个；另有 3 个文件未能提取。
    ");
    let none = extract(&whole, &["a.md", "c.md"]);
    assert_eq!((status(&none), csv(&none.stdout).len()), (3, 0), "{}", seen(&none));
    let empty = folder(&[]);
    assert_eq!(status(&extract(&empty, &["."])), 3);
}

#[test]
fn rows_that_a_report_adds_itself_stand_in_the_long_layout() {
    let records = csv(&run(&["extract", ACCOUNTS]).stdout);
    let is_open = |record: &&Record| record["row"].chars().any(|c| c.is_ascii_digit()) && !record["text"].is_empty();
    let open = records.iter().find(is_open).expect("a row of the report's own");
    let wide = run(&["extract", "--layout", "wide", ACCOUNTS]);
    let wide = csv(&wide.stdout);
    assert_eq!(wide.len(), 1);
    assert!(!wide[0].contains_key(&open["figure"]), "{open:?}");
    let shared: Vec<&Record> = records.iter().filter(|record| wide[0].contains_key(&record["figure"])).collect();
    assert!(shared.len() > 50, "{}", shared.len());
    for record in shared.iter().filter(|record| record["state"] != "text") {
        assert_eq!(wide[0][&record["figure"]], record["value"], "{record:?}");
    }
}

#[test]
fn amounts_in_another_unit_are_converted_as_the_sums_take_them() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(ACCOUNTS)).expect("a fixture");
    let in_yuan = text.replace("金额单位：万元", "金额单位：元");
    assert_ne!(text, in_yuan);
    let folder = folder(&[("a.md", in_yuan.as_bytes())]);
    let (records, plain) = (csv(&extract(&folder, &["a.md"]).stdout), csv(&run(&["extract", ACCOUNTS]).stdout));
    let of = |records: &[Record]| {
        let one = records.iter().find(|record| record["text"] == "9,417.93").expect("a figure");
        [one["value"].clone(), one["unit"].clone()]
    };
    assert_eq!(of(&plain), ["9417.93", "万元"]);
    assert_eq!(of(&records), ["0.941793", "万元"]);
}

#[test]
fn the_same_bytes_whatever_the_jobs() {
    let made: Vec<(String, String)> =
        (0..50).map(|seed| (format!("{seed:02}.md"), markdown::write(&report(seed), markdown::Way::Padded))).collect();
    let mut files: Vec<(&str, &[u8])> = made.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    files.push(("17a.md", b"nothing"));
    let folder = folder(&files);
    for format in ["csv", "jsonl", "xlsx"] {
        for layout in ["long", "wide"] {
            let of = |jobs| {
                let output = extract(&folder, &["--format", format, "--layout", layout, "--jobs", jobs]);
                assert_eq!(status(&output), 0);
                (output.stdout, output.stderr)
            };
            assert!(of("1") == of("8"), "{format} {layout}");
        }
    }
}

#[test]
fn a_byte_order_mark_only_where_it_is_asked_for() {
    let (plain, marked) = (run(&["extract", ACCOUNTS]), run(&["extract", "--bom", ACCOUNTS]));
    assert_eq!(marked.stdout, [b"\xef\xbb\xbf", plain.stdout.as_slice()].concat());
}

#[test]
fn wrong_calls_are_told() {
    for arguments in [
        &["--bom", "--format", "jsonl"][..],
        &["--select", "GJ300"],
        &["--fail-on", "never"],
        &["--format", "pdf"],
        &["--layout", "tall"],
        &["--pack", "none"],
        &["--limit", "cells"],
        &["-o", "/nowhere/out.csv"],
        &["nowhere.md"],
    ] {
        let output = run(&[&["extract", ACCOUNTS][..], arguments].concat());
        assert_eq!((status(&output), output.stdout.len()), (2, 0), "{arguments:?}: {}", seen(&output));
    }
}

#[test]
fn the_output_of_the_last_run_is_no_report() {
    let folder = folder(&[("a.md", markdown::write(&report(1), markdown::Way::Padded).as_bytes())]);
    let first = extract(&folder, &["--format", "xlsx", "-o", "out.xlsx"]);
    let again = extract(&folder, &["--format", "xlsx", "-o", "./out.xlsx", "."]);
    assert_eq!(seen(&first), seen(&again));
    assert!(!seen(&first).contains("out.xlsx"), "{}", seen(&first));
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_is_no_error() {
    let made: Vec<(String, String)> =
        (0..60).map(|seed| (format!("{seed:02}.md"), markdown::write(&report(seed), markdown::Way::Padded))).collect();
    let files: Vec<(&str, &[u8])> = made.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = folder(&files);
    for format in ["csv", "jsonl", "xlsx"] {
        let mut command = gouji(&["extract", "--format", format, "."]);
        command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("ends");
        assert_eq!(status(&output), 141, "{format}: {}", seen(&output));
    }
}

/// A disk that is full is no reader that has gone away.
#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_written_is_an_error() {
    for format in ["csv", "jsonl", "xlsx"] {
        let output = run(&["extract", "--format", format, "-o", "/dev/full", ACCOUNTS]);
        assert_eq!(status(&output), 2, "{format}: {}", seen(&output));
    }
}

#[test]
#[cfg(not(feature = "parquet"))]
fn parquet_must_be_built_in() {
    insta::assert_snapshot!(seen(&run(&["extract", "--format", "parquet", ACCOUNTS])), @"
    --- stderr
    错误：本程序编译时未包含 parquet
    提示：请重新编译：cargo install --path . --features parquet；也可改用 csv，pandas、DuckDB 均可读取
    --- status 2
    ");
}

#[cfg(feature = "parquet")]
mod parquet_files {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, RowAccessor};

    use super::*;

    fn parquet(arguments: &[&str]) -> SerializedFileReader<std::fs::File> {
        let folder = folder(&[]);
        let path = folder.path().join("out.parquet");
        let to = ["extract", "--format", "parquet", "-o", path.to_str().expect("UTF-8")];
        let output = run(&[&to, arguments].concat());
        assert_eq!(status(&output), 0, "{}", seen(&output));
        SerializedFileReader::new(std::fs::File::open(path).expect("written")).expect("a parquet file")
    }

    #[test]
    fn rows_are_read_back() {
        let records = csv(&run(&["extract", "fixtures"]).stdout);
        let reader = parquet(&["fixtures"]);
        let rows: Vec<_> = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), records.len());
        for (row, record) in rows.iter().zip(&records) {
            for (name, field) in row.get_column_iter() {
                let text = match field {
                    Field::Null => String::new(),
                    Field::Str(text) => text.clone(),
                    Field::Decimal(_) => continue,
                    other => other.to_string(),
                };
                assert_eq!(text, record[name], "{name} of {record:?}");
            }
            let number = row.get_decimal(5).ok().map(|decimal| {
                let unscaled = i128::from_be_bytes(decimal.data().try_into().expect("16 bytes"));
                rust_decimal::Decimal::from_i128_with_scale(unscaled, decimal.scale() as u32).normalize().to_string()
            });
            assert_eq!(number.unwrap_or_default(), record["value"], "{record:?}");
        }
    }

    #[test]
    fn a_row_a_report() {
        let reader = parquet(&["--layout", "wide", "--pack", "zfxxgk-2021", "fixtures/wrong-total"]);
        let schema = reader.metadata().file_metadata().schema_descr();
        assert_eq!((reader.metadata().file_metadata().num_rows(), schema.num_columns()), (1, 4 + pack_width() + 1));
    }

    fn pack_width() -> usize {
        crate::support::pack().figures.len()
    }
}

#[test]
fn no_control_characters_reach_a_sheet() {
    let report = std::fs::read_to_string("fixtures/wrong-total/wrong-total.md").expect("a report");
    let report = report.replace("| 12 |", "| 1\u{1b}[31m2\u{202e} |");
    let folder = folder(&[("红\u{1b}[31m.md", report.as_bytes())]);
    for arguments in [&["."][..], &["--layout", "wide", "."]] {
        let text = String::from_utf8(extract(&folder, arguments).stdout).expect("UTF-8");
        let bad = |c: char| c == '\u{202e}' || c.is_control() && !matches!(c, '\r' | '\n');
        assert_eq!(text.chars().find(|&c| bad(c)), None);
        assert!(text.contains("红 [31m.md"));
    }
}
