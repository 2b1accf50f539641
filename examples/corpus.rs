//! Made reports in a folder. Three kinds of folders:
//!
//! - `corpus FOLDER [COUNT] [FORMAT]`: reports that keep every rule and have nothing to do with each other, for
//!   measurements of the whole command.
//! - `corpus archive FOLDER --places P --offices O --years 2021-2024 [--formats md,html] [--seed N] [--breaks N]
//!   [--reports N]`: an archive with `agencies.csv`, and what is wrong with it in `truth.jsonl`. `--reports` asks for as many
//!   places as about so many reports need.
//! - `corpus million FOLDER COUNT [--seed N]` and `corpus mixed FOLDER COUNT`: plain reports by the thousand a folder, a
//!   quarter of them with one wrong figure; mixed ones are Markdown, pages, workbooks and documents by turns.

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use support::archive::agencies::{Agency, HEADER};
use support::archive::stream::Stream;
use support::archive::truth::Truth;
use support::archive::{Plan, layout};
use support::report;

const FORMATS: [&str; 8] = ["md", "txt", "html", "docx", "xlsx", "xls", "xlsb", "ods"];

#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Arguments {
    #[command(subcommand)]
    kind: Option<Kind>,
    #[arg(required = true)]
    folder: Option<PathBuf>,
    #[arg(default_value_t = 2000)]
    count: u64,
    #[arg(default_value = "md", value_parser = FORMATS)]
    format: String,
}

#[derive(Debug, Subcommand)]
enum Kind {
    Archive(Archive),
    Million(Million),
    Mixed(Million),
}

#[derive(Debug, Args)]
struct Archive {
    folder: PathBuf,
    #[arg(long, default_value_t = 4)]
    places: usize,
    /// Departments and townships of a place.
    #[arg(long, default_value_t = 12)]
    offices: usize,
    #[arg(long, default_value = "2021-2024")]
    years: String,
    #[arg(long, value_delimiter = ',', default_value = "md,html,xlsx,docx", value_parser = FORMATS)]
    formats: Vec<String>,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 0)]
    breaks: usize,
    /// As many places as about so many reports need.
    #[arg(long)]
    reports: Option<usize>,
}

#[derive(Debug, Args)]
struct Million {
    folder: PathBuf,
    #[arg(default_value_t = 1_000_000)]
    count: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    match arguments.kind {
        Some(Kind::Archive(archive)) => write_archive(archive),
        Some(Kind::Million(wanted)) => write_stream(&wanted, &["md"]),
        Some(Kind::Mixed(wanted)) => write_stream(&wanted, &["md", "html", "xlsx", "docx"]),
        None => write_reports(&arguments.folder.expect("clap asks for it"), arguments.count, &arguments.format),
    }
}

fn write_reports(folder: &Path, count: u64, format: &str) -> std::io::Result<()> {
    let shape = layout::plain(format).expect("clap knows the formats");
    for seed in 0..count {
        let mut report = report(seed);
        // Long enough to be like real ones: about 10 KB.
        report.texts[4] = report.texts[4].repeat(20);
        // A thousand files a folder, as archives are kept.
        let below = folder.join(format!("{:04}", seed / 1000));
        fs::create_dir_all(&below)?;
        fs::write(below.join(format!("{seed}.{format}")), shape.write(&report).1)?;
    }
    Ok(())
}

/// The list of agencies and the truth, which stand beside the reports.
struct Beside {
    agencies: BufWriter<File>,
    truth: BufWriter<File>,
}

impl Beside {
    fn new(folder: &Path) -> std::io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut agencies = BufWriter::new(File::create(folder.join("organs.csv"))?);
        agencies.write_all(HEADER.as_bytes())?;
        Ok(Self { agencies, truth: BufWriter::new(File::create(folder.join("truth.jsonl"))?) })
    }

    fn write<'t>(&mut self, rows: &str, truths: impl IntoIterator<Item = &'t Truth>) -> std::io::Result<()> {
        self.agencies.write_all(rows.as_bytes())?;
        truths.into_iter().try_for_each(|truth| self.truth.write_all(truth.line().as_bytes()))
    }

    fn finish(mut self) -> std::io::Result<()> {
        self.agencies.flush()?;
        self.truth.flush()
    }
}

fn write_archive(wanted: Archive) -> std::io::Result<()> {
    let years = wanted.years.split_once('-').and_then(|(first, last)| Some(first.parse().ok()?..=last.parse().ok()?));
    let Some(years) = years.filter(|years| years.start() < years.end()) else {
        eprintln!("--years FIRST-LAST");
        std::process::exit(2);
    };
    let Archive { folder, formats, seed, breaks, .. } = wanted;
    let mut plan = Plan { formats, seed, breaks, ..Plan::new(wanted.places, wanted.offices, years) };
    if let Some(reports) = wanted.reports {
        plan = plan.with_reports(reports);
    }
    let mut beside = Beside::new(&folder)?;
    let (mut reports, mut planted) = (0, Vec::new());
    for place in plan.places() {
        let rows: String = place.agencies.iter().map(Agency::row).collect();
        beside.write(&rows, &place.truths)?;
        planted.extend(place.truths.iter().map(|truth| truth.number));
        for report in &place.reports {
            let path = folder.join(&report.path);
            fs::create_dir_all(path.parent().expect("a folder"))?;
            fs::write(path, report.bytes())?;
            reports += 1;
        }
    }
    beside.finish()?;
    planted.sort_unstable();
    planted.dedup();
    eprintln!("{reports} reports of {} places, {} of {breaks} breaks planted", plan.places, planted.len());
    Ok(())
}

fn write_stream(wanted: &Million, formats: &[&str]) -> std::io::Result<()> {
    let mut beside = Beside::new(&wanted.folder)?;
    let (mut count, mut bytes, mut last) = (0, 0, PathBuf::new());
    for (rows, files) in Stream::new(wanted.count, formats, wanted.seed) {
        beside.write(&rows, files.iter().filter_map(|file| file.truth.as_ref()))?;
        for file in files {
            let path = wanted.folder.join(&file.path);
            let below = path.parent().expect("a folder");
            if below != last {
                fs::create_dir_all(below)?;
                last = below.to_owned();
            }
            fs::write(&path, &file.bytes)?;
            count += 1;
            bytes += file.bytes.len();
        }
    }
    beside.finish()?;
    eprintln!("{count} reports, {bytes} bytes");
    Ok(())
}
