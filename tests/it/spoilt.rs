//! The short run of the fuzz targets: files a little or much spoilt, texts made of what hurts, and every file that once
//! did harm. The long runs are described in CONTRIBUTING.

use std::fs;

use crate::support;
use crate::support::shape::shapes;
use crate::support::sound::assert_check;
use crate::support::{Rng, parts, report};
use gouji::Checker;
use proptest::prelude::*;

/// Files of our own making that show what was found, each by itself. A name that ends with `.parts` is that of an archive
/// written as text.
#[test]
fn what_once_did_harm_does_none() {
    let checker = Checker::default();
    let mut count = 0;
    for entry in fs::read_dir("tests/regressions").expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        println!("{name}");
        assert_check(&checker, name.trim_end_matches(".parts"), &parts::file(&fs::read(&path).expect("a file")));
        count += 1;
    }
    assert!(count > 0, "the folder is empty");
}

/// What is put into files by hands and programs, and what readers look for.
const ODD: [&str; 32] = [
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{3000}",
    "e\u{301}\u{302}",
    "\u{202e}",
    "\u{2067}",
    "１２",
    "㈠",
    "\r",
    "\t",
    "|",
    "\n\n",
    "<td>",
    "&#0;",
    "👩‍👩‍👧",
    "｜",
    "\n|-|-|\n",
    "  ",
    "\n## ",
    "**",
    "```\n",
    "<table>",
    "</table>",
    "<tr>",
    "<td rowspan=9 colspan=2>",
    "<caption>",
    "<br>",
    "&nGg;",
    "9999999999999999999",
    "<!--",
    "\\",
];

/// A file a little or much spoilt; it may not be text any more.
fn spoilt(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=rng.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.below(bytes.len());
        let end = (at + 1 + rng.below(200)).min(bytes.len());
        match rng.below(6) {
            0 => bytes[at] ^= 1 << rng.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let slice = bytes[at..end].to_vec();
                let to = rng.below(bytes.len());
                bytes.splice(to..to, slice);
            }
            3 => bytes.truncate(at.max(16)),
            _ => drop(bytes.splice(at..at, rng.pick(&ODD).bytes())),
        }
    }
    bytes
}

/// The same for text, which stays text.
fn spoilt_text(text: &str, rng: &mut Rng) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for _ in 0..=rng.below(12) {
        if text.is_empty() {
            break;
        }
        let at = rng.below(text.len());
        let end = (at + 1 + rng.below(120)).min(text.len());
        match rng.below(5) {
            0 => drop(text.drain(at..end)),
            1 => {
                let slice = text[at..end].to_vec();
                let to = rng.below(text.len());
                text.splice(to..to, slice);
            }
            2 => text[at] = *rng.pick(&['0', '9', '-', '.', '一', '|', '\t', '\n', '(', '<']),
            _ => drop(text.splice(at..at, rng.pick(&ODD).chars())),
        }
    }
    text.into_iter().collect()
}

/// A file of any format, spoilt in a way that gets past its wrapping: what is text as text, an archive in its parts.
fn spoilt_file(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    // Once in a while all the same: half a character, an archive whose directory is wrong.
    if rng.below(4) == 0 {
        return spoilt(bytes, rng);
    }
    if bytes.starts_with(b"PK") {
        return parts::file(&spoilt(&parts::text(bytes, &[]), rng));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => spoilt_text(text, rng).into_bytes(),
        Err(_) => spoilt(bytes, rng),
    }
}

#[test]
fn spoilt_files_do_no_harm() {
    const ROUNDS: u64 = 8;
    let checker = Checker::default();
    for seed in 0..ROUNDS {
        let mut rng = Rng::new(seed);
        for shape in shapes() {
            let mut report = report(rng.next());
            for _ in 0..rng.below(4) {
                let figure = rng.below(report.figures.len());
                report.figures[figure] = spoilt_text(&report.figures[figure], &mut rng);
            }
            let (name, bytes) = shape.write(&report);
            println!("{shape:?}, round {seed}");
            assert_check(&checker, name, &spoilt_file(&bytes, &mut rng));
        }
    }
}

/// A text of what hurts, with words of a form and figures between.
fn odd_text() -> impl Strategy<Value = String> {
    const WORDS: [&str; 12] = [
        "一、",
        "总计",
        "（一）予以公开",
        "12",
        "0",
        "\n",
        "\n",
        " | ",
        "| 1 | 2 |\n",
        "\t3\t4\n",
        "甲  5  6\n",
        "</td>",
    ];
    let word = prop_oneof![prop::sample::select(WORDS.to_vec()), prop::sample::select(ODD.to_vec())];
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in odd_text()) {
        let checker = Checker::default();
        for name in ["r.md", "r.html", "r.txt"] {
            assert_check(&checker, name, text.as_bytes());
        }
    }

    #[test]
    fn any_text_is_read_in_any_encoding(text in odd_text(), encoding in prop::sample::select(vec!["GB18030", "UTF-16LE"])) {
        let bytes = support::shape::encode(encoding, &text);
        for name in ["r.md", "r.html", "r.txt"] {
            support::sound::assert_read(name, &bytes);
        }
    }
}
