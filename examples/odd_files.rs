//! Reads every workbook below a folder, each in a process of its own, and lays the cells beside those that calamine reads
//! by itself: `cargo run --release --example odd_files -- FOLDER`
//!
//! Prints how many were read, why the others were not, where cells differ, and the slowest and largest. Folders worth a
//! look are the test files of the libraries that read and write workbooks.

#![expect(clippy::print_stdout, reason = "what came of it is the output")]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use calamine::{Data, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use gouji::Checker;
use gouji::internal::document::{Block, Document, Format, Location};
use gouji::internal::limits::Limits;
use gouji::internal::read::{Unreadable, read};

/// What one file may take, for calamine too, which sets aside whatever the file asks for.
const MOST_KILOBYTES: u64 = 2 << 20;
const MOST_SECONDS: u64 = 10;

const NAMES: [&str; 12] = ["xls", "xlsx", "xlsm", "xlsb", "ods", "et", "xlt", "xltx", "xltm", "ett", "ots", "fods"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--one", file] => one(Path::new(file)),
        [folder] => all(Path::new(folder)),
        _ => {
            eprintln!("odd_files FOLDER");
            std::process::exit(2);
        }
    }
}

/// Runs every file and prints what came of it.
fn all(folder: &Path) {
    let (mut reasons, mut costs) = (BTreeMap::new(), Vec::new());
    let mut calamine = BTreeMap::new();
    let files = workbooks(folder);
    for file in &files {
        let said = run(file);
        let (own, theirs) = said.split_once('\n').unwrap_or((&said, ""));
        let fields: Vec<&str> = own.split('\t').collect();
        let [outcome, milliseconds, kilobytes] = fields[..] else {
            println!("LOST {}: {own}", file.display());
            *reasons.entry("lost".to_owned()).or_insert(0) += 1;
            continue;
        };
        *reasons.entry(outcome.to_owned()).or_insert(0) += 1;
        costs.push((milliseconds.parse().unwrap_or(0), kilobytes.parse().unwrap_or(0), file));
        let (verdict, details) = theirs.split_once('\n').unwrap_or((theirs, ""));
        let verdict = if verdict.is_empty() { "calamine was lost" } else { verdict };
        *calamine.entry(verdict.to_owned()).or_insert(0) += 1;
        if !details.is_empty() {
            println!("{}\n{details}", file.display());
        }
    }
    println!("{} workbooks", files.len());
    for (reason, count) in reasons.into_iter().chain(calamine) {
        println!("{count:6} {reason}");
    }
    costs.sort_unstable();
    for (milliseconds, _, file) in costs.iter().rev().take(3) {
        println!("slowest: {milliseconds} ms {}", file.display());
    }
    costs.sort_unstable_by_key(|cost| cost.1);
    for (_, kilobytes, file) in costs.iter().rev().take(3) {
        println!("largest: {kilobytes} KB {}", file.display());
    }
}

/// The first of a text, which may be long.
fn head(text: &str) -> String {
    text.chars().take(80).collect()
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry").path();
            let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
            if path.is_dir() {
                folders.push(path);
            } else if NAMES.iter().any(|name| extension == *name) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What the process for one file says.
fn run(file: &Path) -> String {
    let own = std::env::current_exe().expect("a running program");
    let limits = format!("ulimit -v {MOST_KILOBYTES}; exec timeout {MOST_SECONDS} \"$0\" --one \"$1\"");
    let output = Command::new("sh").args(["-c", &limits]).arg(own).arg(file).stderr(Stdio::null()).output();
    String::from_utf8_lossy(&output.expect("a shell").stdout).into_owned()
}

/// Reads one file; a line of our own, then what calamine makes of it.
fn one(file: &Path) {
    let name = file.to_string_lossy();
    let bytes = std::fs::read(file).expect("a file that can be read");
    let start = Instant::now();
    drop(Checker::default().check(&name, &bytes));
    let (milliseconds, kilobytes) = (start.elapsed().as_millis(), peak());
    let document = read(&name, &bytes, &Limits::default());
    let outcome = match &document {
        Ok(document) => format!("read as {}", document.format.name()),
        Err(Unreadable::Damaged { .. }) => "not read: damaged".to_owned(),
        Err(Unreadable::Unsupported { format }) => format!("not read: {format}"),
        Err(error) => format!("not read: {error:?}"),
    };
    println!("{outcome}\t{milliseconds}\t{kilobytes}");
    let theirs = theirs(&bytes, document.as_ref().map_or(Format::Unknown, |document| document.format));
    match (&document, theirs) {
        (Err(Unreadable::Damaged { detail }), Ok(_)) => println!("only calamine reads it\n    {detail}"),
        (Err(_), _) => println!("not compared"),
        (Ok(_), Err(error)) => println!("only we read it\n    {error}"),
        (Ok(document), Ok(theirs)) => compare(&own(document), &theirs),
    }
}

/// The most memory that the process has had so far, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

type Cells<T> = BTreeMap<(String, u32, u32), T>;

fn own(document: &Document<'_>) -> Cells<String> {
    let tables =
        document.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let cells = tables.flat_map(|table| table.cells()).filter_map(|cell| {
        let Location::Sheet { sheet, cell: at } = cell.passage.place() else { return None };
        Some(((sheet.to_string(), at.row, at.column), cell.passage.text.to_string()))
    });
    cells.filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// The cells of the sheets that are shown, as calamine reads them: one large rectangle a sheet.
fn theirs(bytes: &[u8], format: Format) -> Result<Cells<Data>, String> {
    fn cells<'b, R: Reader<Cursor<&'b [u8]>>>(bytes: &'b [u8]) -> Result<Cells<Data>, String>
    where
        R::Error: std::fmt::Display,
    {
        let mut workbook = R::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        let mut all = Cells::new();
        for sheet in workbook.sheets_metadata().to_vec() {
            if sheet.typ != SheetType::WorkSheet || sheet.visible != SheetVisible::Visible {
                continue;
            }
            let range = workbook.worksheet_range(&sheet.name).map_err(|error| error.to_string())?;
            let (row, column) = range.start().unwrap_or_default();
            all.extend(range.used_cells().map(|(below, beside, data)| {
                ((sheet.name.clone(), row + below as u32, column + beside as u32), data.clone())
            }));
        }
        Ok(all)
    }
    let read = std::panic::catch_unwind(|| match format {
        Format::Xls => cells::<Xls<_>>(bytes),
        Format::Xlsb => cells::<Xlsb<_>>(bytes),
        Format::Ods => cells::<Ods<_>>(bytes),
        Format::Xlsx => cells::<Xlsx<_>>(bytes),
        // Of a file that we do not read, whatever calamine takes it for.
        _ => cells::<Xls<_>>(bytes).or_else(|_| cells::<Xlsx<_>>(bytes)),
    });
    read.unwrap_or_else(|_| Err("calamine panicked".to_owned()))
}

fn compare(own: &Cells<String>, theirs: &Cells<Data>) {
    const SHOWN: usize = 5;
    let differs = |(at, data): &(&(String, u32, u32), &Data)| !is_same(own.get(*at).map_or("", String::as_str), data);
    let wrong: Vec<_> = theirs.iter().filter(differs).collect();
    let more: Vec<_> = own.iter().filter(|(at, _)| !theirs.contains_key(*at)).collect();
    if wrong.is_empty() && more.is_empty() {
        println!("cells agree");
        return;
    }
    // calamine passes over the formulas of an .xlsb file that come to an error.
    if wrong.is_empty() && more.iter().all(|(_, text)| text.starts_with('#')) {
        println!("cells agree but for errors, which calamine leaves out");
        return;
    }
    println!("cells differ");
    for (at, data) in wrong.iter().take(SHOWN) {
        println!("    {at:?}: {:?}, calamine {}", own.get(*at).map(|text| head(text)), head(&format!("{data:?}")));
    }
    for (at, text) in more.iter().take(SHOWN) {
        println!("    {at:?}: {:?}, calamine nothing", head(text));
    }
    println!("    {} differ, {} only ours, of {}", wrong.len(), more.len(), theirs.len());
}

/// Whether our text is what calamine read. We show numbers to 15 digits and dates as numbers.
fn is_same(text: &str, data: &Data) -> bool {
    let is_number = |number: f64| {
        text.parse::<f64>().is_ok_and(|own| (own - number).abs() <= number.abs() * 1e-14)
            || number.is_nan() && text == "NaN"
    };
    match data {
        Data::Empty => text.is_empty(),
        Data::String(theirs) => text == theirs || (text.is_empty() && theirs.trim().is_empty()),
        Data::Int(number) => is_number(*number as f64),
        Data::Float(number) => is_number(*number),
        Data::DateTime(date) => is_number(date.as_f64()),
        Data::DateTimeIso(theirs) | Data::DurationIso(theirs) => text == theirs || text.parse::<f64>().is_ok(),
        Data::Bool(truth) => text == if *truth { "TRUE" } else { "FALSE" },
        Data::Error(error) => text == error.to_string(),
    }
}
