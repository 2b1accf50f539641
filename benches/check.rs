//! What our check costs as a ratio to the parser's own cost on the same bytes, in one run, in CPU time.
//!
//! `cargo bench --bench check [-- REPORTS]`
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx};
use gouji::Checker;
use rustix::time::{ClockId, clock_gettime};
use support::{markdown, report, workbook};

const ROUNDS: usize = 7;

fn main() {
    let reports = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(2000);
    let folder = tempfile::tempdir().expect("a folder for the corpus");
    let checker = Checker::default();

    let files: Vec<PathBuf> = (0..reports)
        .map(|seed| {
            // Long enough to be like real ones: about 10 KB.
            let mut report = report(seed as u64);
            report.texts[4] = report.texts[4].repeat(20);
            let text = markdown::write(&report, markdown::Way::Padded);
            save(folder.path(), seed, "md", text.as_bytes())
        })
        .collect();
    compare(
        "Markdown: gouji check / pulldown-cmark with tables and offsets",
        &files,
        |path, bytes| check(&checker, path, bytes),
        |_, bytes| {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            let options = pulldown_cmark::Options::ENABLE_TABLES;
            for event in pulldown_cmark::Parser::new_ext(text, options).into_offset_iter() {
                black_box(event);
            }
        },
    );

    let files: Vec<PathBuf> = (0..reports / 4)
        .map(|seed| save(folder.path(), seed, "xlsx", &workbook::write(&report(seed as u64), workbook::Way::OneSheet)))
        .collect();
    compare(
        "xlsx: gouji check / calamine, the same cells and merges",
        &files,
        |path, bytes| check(&checker, path, bytes),
        |_, bytes| {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
            for name in book.sheet_names() {
                black_box(book.merge_cells_by_sheet_name(&name).expect("a sheet"));
                let mut cells = book.worksheet_cells_reader(&name).expect("a sheet");
                while let Some(cell) = cells.next_cell().expect("a cell") {
                    black_box(cell);
                }
            }
        },
    );
}

fn check(checker: &Checker, path: &Path, bytes: &[u8]) {
    let checked = checker.check(&path.display().to_string(), bytes);
    assert!(checked.first().report.findings.is_empty(), "made reports are right");
    black_box(checked);
}

fn save(folder: &Path, number: usize, extension: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(format!("{number}.{extension}"));
    std::fs::write(&path, bytes).expect("room for the corpus");
    path
}

/// Runs both over all files, in turn, and prints the median of the rounds and of their ratios.
fn compare(name: &str, files: &[PathBuf], ours: impl Fn(&Path, &[u8]), theirs: impl Fn(&Path, &[u8])) {
    let bytes: u64 = files.iter().map(|path| path.metadata().expect("a file").len()).sum();
    let mut costs: Vec<(f64, f64)> = Vec::new();
    for round in 0..=ROUNDS {
        let pair = (cpu(files, &ours), cpu(files, &theirs));
        // The first round warms up.
        if round > 0 {
            costs.push(pair);
        }
    }
    let median = |value: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!("{name}");
    println!(
        "  {} files of {} bytes: {:.1} µs / {:.1} µs of CPU a file, ratio {:.2}",
        files.len(),
        bytes / files.len() as u64,
        median(|pair| pair.0) / files.len() as f64,
        median(|pair| pair.1) / files.len() as f64,
        median(|pair| pair.0 / pair.1)
    );
}

/// CPU time of reading each file and working on it, in microseconds.
fn cpu(files: &[PathBuf], work: &impl Fn(&Path, &[u8])) -> f64 {
    let start = now();
    for path in files {
        let bytes = std::fs::read(path).expect("a file of the corpus");
        work(path, &bytes);
    }
    now() - start
}

fn now() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}
