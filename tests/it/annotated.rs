//! `gouji annotate`: what was found is marked in a copy, and nothing else is changed in it.

mod document;
mod outside;
mod workbook;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use gouji::annotate::{Marked, Refused, annotate};
use gouji::internal::blank::Blank;
use gouji::view::{Input, Report};
use gouji::{Checker, Language, Limits};
use regex::Regex;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::command::{gouji, seen, status};
use crate::support::{figures, markdown, report};

fn try_mark(name: &str, bytes: &[u8], language: Language) -> Result<Marked, Refused> {
    let checker = Checker::default();
    let checked = checker.check(name, bytes);
    let input = Input::new(&checked, bytes);
    annotate(input, &Report::all(input, language), checker.limits(), language)
}

fn mark(name: &str, bytes: &[u8]) -> Vec<u8> {
    try_mark(name, bytes, Language::Chinese).expect("a copy").bytes
}

fn views(name: &str, bytes: &[u8]) -> Vec<Report> {
    let checked = Checker::default().check(name, bytes);
    Report::all(Input::new(&checked, bytes), Language::Chinese)
}

/// A report in which one figure is wrong, and the figure's own text.
fn wrong(seed: u64) -> (Blank<'static>, String) {
    let mut report = report(seed);
    let at = figures::index_of("requests.granted.natural_person");
    let number: u64 = report.figures[at].parse().expect("a number");
    report.figures[at] = (number + 4321).to_string();
    let text = report.figures[at].clone();
    (report, text)
}

/// The parts of an archive as they are packed, with their checksums, in order.
fn packed(bytes: &[u8]) -> Vec<(String, u32, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index_raw(index).expect("an entry");
        let mut raw = Vec::new();
        entry.read_to_end(&mut raw).expect("its bytes");
        parts.push((entry.name().expect("a name").into_owned(), entry.crc32(), raw));
    }
    parts
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// An archive with some parts written otherwise; `None` leaves one out. New ones come last.
fn with_parts(bytes: &[u8], change: impl Fn(&str, &str) -> Option<String>, new: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut into = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("XML");
        if let Some(text) = change(&name, &text) {
            into.start_file(name, SimpleFileOptions::default()).expect("a part");
            into.write_all(text.as_bytes()).expect("room");
        }
    }
    for (name, text) in new {
        into.start_file(*name, SimpleFileOptions::default()).expect("a part");
        into.write_all(text.as_bytes()).expect("room");
    }
    into.finish().expect("an archive").into_inner()
}

/// An archive with one part in which a text is replaced, which must be there.
fn replaced(bytes: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    assert!(part(bytes, name).contains(from), "{from} is not in {name}");
    with_parts(bytes, |own, text| Some(if own == name { text.replacen(from, to, 1) } else { text.to_owned() }), &[])
}

/// That a copy has the same findings, and is the same when it is marked again; that every part that is not among `changed`
/// is as it was.
fn assert_copy(what: &str, name: &str, bytes: &[u8], copy: &[u8], changed: &[&str]) {
    let [found, again] = [bytes, copy].map(|bytes| serde_json::to_value(views(name, bytes)).expect("JSON"));
    assert_eq!(found, again, "{what}: other findings in the copy");
    assert!(mark(name, copy) == copy, "{what}: marked twice, it is another file");
    let after: BTreeMap<_, _> = packed(copy).into_iter().map(|(name, crc, raw)| (name, (crc, raw))).collect();
    for (part, crc, raw) in packed(bytes) {
        let is_changed = changed.iter().any(|name| part.contains(name));
        assert!(is_changed || after[&part] == (crc, raw), "{what}: {part} was changed");
    }
}

/// Runs the command in a folder with a report in it.
#[test]
fn copies_are_written_beside_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let (report, _) = wrong(5);
    let files = [
        ("年报.md", markdown::write(&report, markdown::Way::Padded).into_bytes()),
        ("年报.xlsx", crate::support::workbook::write(&report, crate::support::workbook::Way::OneSheet)),
        ("年报.docx", crate::support::document::write(&report, crate::support::document::Way::Word)),
        ("通知.md", "# 会议通知\n".as_bytes().to_vec()),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let calls: [&[&str]; 11] = [
        &["annotate", "年报.md"],
        &["annotate", "年报.xlsx"],
        &["annotate", "年报.docx"],
        &["annotate", "年报.xlsx"],
        &["annotate", "年报.xlsx", "--force", "--lang", "en", "-o", "年报.批注.xlsx"],
        &["annotate", "年报.批注.xlsx"],
        &["annotate", "年报.xlsx", "--force", "-o", "年报.xlsx"],
        &["annotate", "通知.md"],
        &["annotate", "没有.md"],
        &["annotate", "."],
        &["annotate"],
    ];
    let mut text = String::new();
    for call in calls {
        let output = gouji(call).current_dir(folder.path()).output().expect("the command runs");
        text += &format!("$ gouji {}\n{}\n", call.join(" "), seen(&output));
    }
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    text += &names.join("\n");
    insta::assert_snapshot!(text);
    let output =
        gouji(&["annotate", "年报.xlsx", "-o", "-"]).current_dir(folder.path()).output().expect("the command runs");
    assert_eq!(status(&output), 0);
    assert!(output.stdout.starts_with(b"PK"), "standard output takes the copy");
}

/// Office programs refuse a file that is not what its name says; a copy is in a folder that there is.
#[test]
fn copies_are_called_what_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let (report, _) = wrong(5);
    let workbook = crate::support::workbook::write(&report, crate::support::workbook::Way::OneSheet);
    let files = [
        ("年报.md", markdown::write(&report, markdown::Way::Padded).into_bytes()),
        ("年报.docx", crate::support::document::write(&report, crate::support::document::Way::Word)),
        ("年报.xlsm", workbook.clone()),
        ("年报.xls", workbook.clone()),
        ("年报.zip", crate::support::workbook::archive(&[("年报.xlsx".to_owned(), workbook)])),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let calls: [&[&str]; 14] = [
        &["annotate", "年报.md", "-o", "a.xls"],
        &["annotate", "年报.md", "-o", "a.md", "--lang", "en"],
        &["annotate", "年报.md", "-o", "a.HTM"],
        &["annotate", "年报.docx", "-o", "a.html"],
        &["annotate", "年报.docx", "-o", "a.xlsx", "--lang", "en"],
        &["annotate", "年报.docx", "-o", "a"],
        &["annotate", "年报.xlsm", "-o", "a.xlsx"],
        &["annotate", "年报.xlsm", "-o", "a.XLSM"],
        &["annotate", "年报.xls", "-o", "a.xls"],
        &["annotate", "年报.xls", "-o", "a.xlsx"],
        &["annotate", "年报.zip"],
        &["annotate", "年报.zip", "--lang", "en"],
        &["annotate", "年报.docx", "-o", "没有/a.docx"],
        &["check", "年报.docx", "--output", "json=none/a.json", "--lang", "en"],
    ];
    let mut text = String::new();
    for call in calls {
        let output = gouji(call).current_dir(folder.path()).output().expect("the command runs");
        text += &format!("$ gouji {}\n{}\n", call.join(" "), seen(&output));
    }
    insta::assert_snapshot!(text);
}

/// The attribute of every element of that name.
fn attributes(text: &str, element: &str, attribute: &str) -> Vec<String> {
    let pattern = format!("<(?:\\w+:)?{element} [^>]*?\\b{attribute}=\"([^\"]*)\"");
    let pattern = Regex::new(&pattern).expect("a pattern");
    pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// Whatever a part says, a copy is made or refused; what is made can be read.
#[test]
fn damaged_files_are_marked_or_refused() {
    use crate::support::{Rng, document, workbook};
    let (report, _) = wrong(7);
    let files = [
        ("r.xlsx", mark("r.xlsx", &workbook::write(&report, workbook::Way::OneSheet))),
        ("r.docx", mark("r.docx", &document::write(&report, document::Way::Word))),
    ];
    let (mut made, mut refused) = (0, 0);
    for (name, bytes) in &files {
        let names: Vec<String> = packed(bytes).into_iter().map(|(name, ..)| name).collect();
        for seed in 0..120 {
            let mut rng = Rng::seeded(31, seed);
            let damaged = rng.pick(&names).clone();
            let copy = with_parts(
                bytes,
                |own, text| {
                    Some(if own == damaged { damage(text, &mut Rng::seeded(32, seed)) } else { text.to_owned() })
                },
                &[],
            );
            let checked = Checker::default().check(name, &copy);
            let Some(document) = &checked.document else { continue };
            let input = Input { document: Some(document), ..Input::new(&checked, &copy) };
            match annotate(input, &Report::all(input, Language::English), &Limits::default(), Language::English) {
                Ok(marked) => {
                    made += 1;
                    assert!(ZipArchive::new(Cursor::new(marked.bytes)).is_ok(), "{name} {seed}: {damaged}");
                }
                Err(why) => {
                    refused += 1;
                    assert!(!why.message().say(Language::Chinese).is_empty());
                }
            }
        }
    }
    assert!(made > 40 && refused > 5, "{made} made, {refused} refused");
}

/// A text with something cut out, twice in it or in another place, mostly whole tags.
fn damage(text: &str, rng: &mut crate::support::Rng) -> String {
    let at: Vec<usize> = text.match_indices(['<', '>', '"']).map(|(at, _)| at).collect();
    if at.len() < 4 {
        return String::new();
    }
    let (one, other) = (*rng.pick(&at), at[rng.below(at.len())]);
    let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 400));
    let end = (end..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    match rng.below(3) {
        0 => format!("{}{}", &text[..start], &text[end..]),
        1 => format!("{}{}", &text[..end], &text[start..]),
        _ => format!("{}{}{}", &text[..start], text[start..end].replace(['1', '2'], "9"), &text[end..]),
    }
}

/// It is the same report: side by side they would be two of one agency and year.
#[test]
fn a_copy_beside_its_report_is_not_checked_with_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("年报.docx");
    std::fs::write(&report, crate::support::document::write(&wrong(7).0, crate::support::document::Way::Word))
        .expect("a report");
    assert_eq!(status(&gouji(&["annotate", "年报.docx"]).current_dir(&folder).output().expect("it runs")), 0);
    let checked = || gouji(&["check", "."]).current_dir(&folder).output().expect("it runs");
    let said = seen(&checked());
    assert!(said.contains("略过 gouji 输出的文件：年报.批注.docx") && !said.contains("GJ611"), "{said}");
    let mut zip = ZipWriter::new(std::fs::File::create(folder.path().join("归档.zip")).expect("an archive"));
    for name in ["年报.docx", "年报.批注.docx"] {
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(&std::fs::read(folder.path().join(name)).expect("a file")).expect("room");
    }
    zip.finish().expect("an archive");
    let said = seen(&gouji(&["check", "归档.zip"]).current_dir(&folder).output().expect("it runs"));
    assert!(said.contains("略过 gouji 输出的文件：归档.zip/年报.批注.docx") && !said.contains("GJ611"), "{said}");
    std::fs::remove_file(folder.path().join("归档.zip")).expect("it was there");
    // Alone it is the report.
    std::fs::remove_file(report).expect("it was there");
    let said = seen(&checked());
    assert!(said.contains("年报.批注.docx!") && !said.contains("略过"), "{said}");
}
