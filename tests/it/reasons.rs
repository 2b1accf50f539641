//! Why a file cannot be read is said in the language of the sentence, whatever library found it out.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use crate::support::shape::shapes;
use crate::support::{Rng, report, workbook};
use gouji::Checker;
use gouji::internal::finding::Finding;
use gouji::internal::message::Language;

/// What a Chinese sentence says where nobody has met the reason yet.
const UNKNOWN: &str = "--lang en";

/// Why a file cannot be read, in both languages; none where it can.
fn refused(checker: &Checker, name: &str, bytes: &[u8]) -> Option<[String; 2]> {
    let checked = checker.check(name, bytes);
    let is_refused = |finding: &&Finding| finding.rule.kind == "unreadable";
    let finding = checked.first().report.findings.iter().find(is_refused)?;
    Some([Language::Chinese, Language::English].map(|language| finding.message.say(language)))
}

/// Words of a Chinese sentence that only an English one has: several in a row, in small letters, of no file or format.
fn english(said: &str) -> bool {
    let words: Vec<&str> = said.split(|c: char| !c.is_ascii_alphanumeric() && !"._/-:".contains(c)).collect();
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    words.windows(2).any(|pair| pair.iter().all(is_word))
}

#[test]
fn reasons_are_in_the_language_of_the_sentence() {
    let checker = Checker::default();
    let mut rng = Rng::new(7);
    let mut count = 0;
    let mut assert_said = |what: &str, name: &str, bytes: &[u8]| {
        let Some([chinese, own]) = refused(&checker, name, bytes) else { return };
        assert!(!chinese.contains(UNKNOWN) && !english(&chinese), "{what} of {name}: {chinese} ({own})");
        count += 1;
    };
    // One shape of each format: what is broken is not the report.
    let files: BTreeMap<&str, Vec<u8>> = shapes().into_iter().map(|shape| shape.write(&report(11))).collect();
    for (name, bytes) in files {
        for _ in 0..8 {
            assert_said("a beginning", name, &bytes[..rng.below(bytes.len())]);
            let mut spoilt = bytes.clone();
            for _ in 0..1 + rng.below(20) {
                let at = rng.below(spoilt.len());
                spoilt[at] = rng.below(256) as u8;
            }
            assert_said("a spoilt copy", name, &spoilt);
        }
        let noise: Vec<u8> = (0..4000).map(|_| rng.below(256) as u8).collect();
        for (what, bytes) in [("noise", &noise[..]), ("words", b"hello world"), ("zeros", &[0; 3000])] {
            assert_said(what, name, bytes);
        }
        for (what, bytes) in without_parts(&bytes) {
            assert_said(&what, name, &bytes);
        }
    }
    assert!(count > 100, "only {count} files could not be read");
}

/// Of an archive the same with each part left out, blank, cut in half, or another one.
fn without_parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut own = Vec::new();
        part.read_to_end(&mut own).expect("a sound part");
        parts.push((part.name().expect("a name").to_string(), own));
    }
    let mut all = Vec::new();
    for at in 0..parts.len() {
        let (name, own) = &parts[at];
        let ways: [(&str, Option<Vec<u8>>); 5] = [
            ("none", None),
            ("blank", Some(Vec::new())),
            ("half", Some(own[..own.len() / 2].to_vec())),
            ("other", Some(b"<?xml version=\"1.0\"?><a/>".to_vec())),
            ("garbled", Some(String::from_utf8_lossy(own).replace("</", "<x").into_bytes())),
        ];
        for (way, instead) in ways {
            let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (place, (name, own)) in parts.iter().enumerate() {
                let bytes = if place == at { instead.as_ref() } else { Some(own) };
                let Some(bytes) = bytes else { continue };
                writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a name");
                writer.write_all(bytes).expect("room");
            }
            all.push((format!("{way} for {name}"), writer.finish().expect("an archive").into_inner()));
        }
    }
    all
}

#[test]
fn random_bytes_under_the_names_of_formats() {
    let checker = Checker::default();
    let said = |name: &str| refused(&checker, name, b"\x01\x02 none").map(|[chinese, _]| chinese);
    assert_eq!(said("a.docx").as_deref(), Some("文件已损坏（技术信息：不是 docx 文件）"));
    assert_eq!(said("a.xlsx").as_deref(), Some("文件已损坏（技术信息：不是 xlsx 文件）"));
    let book = workbook::write(&report(3), workbook::Way::OneSheet);
    let half = refused(&checker, "a.xlsx", &book[..book.len() / 2]);
    assert_eq!(
        half.map(|[chinese, _]| chinese).as_deref(),
        Some("文件已损坏（技术信息：没有压缩包的目录，文件可能不完整）")
    );
}
