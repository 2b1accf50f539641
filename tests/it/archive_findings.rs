//! What is wrong between the reports of made archives is found, at its place and with its words, and nothing else is said.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use crate::command::{gouji, status};
use crate::support::archive::Plan;
use crate::support::archive::agencies::{Agency, HEADER};
use crate::support::archive::truth::{Kind, Role, Truth};
use gouji::Checker;
use gouji::internal::agencies::Agencies;
use gouji::internal::collection::{Beside, Builder, findings};
use gouji::internal::document::{Block, Document, Location};
use gouji::internal::finding::{Finding, Subject};
use gouji::internal::message::Language;
use gouji::internal::pack::{Levels, Severity, builtin};
use serde_json::Value;

/// An archive in memory.
struct Made {
    /// In the order in which a run comes by them.
    files: Vec<(Arc<str>, Vec<u8>)>,
    list: String,
    truths: Vec<Truth>,
}

fn plan(seed: u64, breaks: usize) -> Plan {
    let formats = ["md", "txt", "html", "docx", "xlsx", "xls", "xlsb", "ods"].map(str::to_owned).to_vec();
    Plan { formats, seed, breaks, ..Plan::new(7, 12, 2021..=2024) }
}

fn make(plan: &Plan) -> Made {
    let mut made = Made { files: Vec::new(), list: HEADER.to_owned(), truths: Vec::new() };
    for place in plan.places() {
        made.list.extend(place.agencies.iter().map(Agency::row));
        made.files.extend(place.reports.iter().map(|report| (report.path.as_str().into(), report.bytes())));
        made.truths.extend(place.truths);
    }
    made.files.sort();
    made
}

/// A finding of a report.
struct Said {
    path: String,
    organization: String,
    year: u16,
    finding: Finding,
}

impl Said {
    /// What is said, and all that is said besides.
    fn words(&self) -> String {
        let notes = self.finding.notes.iter().map(|note| note.say(Language::Chinese));
        std::iter::once(self.finding.message.say(Language::Chinese)).chain(notes).collect()
    }

    fn is_beside(&self, path: &str) -> bool {
        self.finding.labels.iter().any(|label| label.path.as_deref() == Some(path))
    }

    /// The figures it is about, by the sums that are broken there.
    fn sums(&self) -> BTreeSet<String> {
        let cell = match &self.finding.subject {
            Subject::Cell(id) if self.finding.broken.is_empty() => Some(id.clone()),
            _ => None,
        };
        self.finding.broken.iter().cloned().chain(cell).collect()
    }
}

/// What is said of an archive.
#[derive(Default)]
struct All {
    said: Vec<Said>,
    /// Of whom, of which year, and why some rules were not put.
    not_evaluated: Vec<(String, u16, String)>,
}

fn checked(made: &Made) -> All {
    let checker = Checker::default().with_digests(&builtin().1);
    let agencies = Agencies::read(made.list.as_bytes(), &checker.core().collection).expect("a list");
    let mut builder = Builder::new(checker.core(), checker.packs(), Some(agencies));
    let mut all = All::default();
    let mut files = Vec::new();
    for (path, bytes) in &made.files {
        let checked = checker.check(path, bytes).into_first();
        let (organization, year) = (checked.report.organization.unwrap_or_default(), checked.report.year);
        let said = checked.report.findings.into_iter().map(|finding| Said {
            path: path.to_string(),
            organization: organization.clone(),
            year: year.unwrap_or_default(),
            finding,
        });
        all.said.extend(said);
        builder.add(checked.digest.unwrap_or_else(|| panic!("{path} is of nobody")));
        files.push((path, bytes));
    }
    let archive = builder.finish();
    let levels = Levels::default();
    for entry in 0..archive.len() {
        let judgement = archive.judge(entry, &levels);
        let (organization, year) = archive.identity(entry);
        let reasons = judgement.not_evaluated.iter().map(|why| why.say(Language::Chinese));
        all.not_evaluated.extend(reasons.map(|why| (organization.to_owned(), year, why)));
        if judgement.accusations.is_empty() {
            continue;
        }
        let entries: Vec<usize> = std::iter::once(entry).chain(judgement.beside()).collect();
        let read = |entry: &usize| checker.read(files[*entry].0, files[*entry].1).expect("it was read before");
        let documents: Vec<Document<'_>> = entries.iter().map(read).collect();
        let bound =
            documents.iter().map(|document| checker.bind(document).expect("within the limits").pop().expect("a form"));
        let bound: Vec<_> = bound.collect();
        let reports = entries.iter().zip(&bound);
        let reports = reports.map(|(&entry, bound)| Beside { entry, path: files[entry].0, bound });
        let reports: Vec<Beside<'_>> = reports.collect();
        for finding in findings(&archive, &levels, &judgement, reports[0], &reports[1..]) {
            assert_places(&finding, &entries, &files, &documents);
            let path = files[entry].0.to_string();
            all.said.push(Said { path, organization: organization.to_owned(), year, finding });
        }
    }
    for missing in archive.missing().0 {
        let finding = archive.missing_report(missing, &levels).expect("nobody has turned it off");
        let agency = &archive.agencies().expect("a list").agencies[missing.agency];
        let Some(Location::Text(range)) = &finding.location else { panic!("no place in the list") };
        assert_eq!(&made.list[range.start as usize..range.end as usize], agency.name);
        all.said.push(Said { path: String::new(), organization: agency.name.clone(), year: missing.year, finding });
    }
    all
}

/// The text at a place of a file.
fn cut_out(document: &Document<'_>, bytes: &[u8], location: &Location) -> String {
    if let Location::Text(range) = location {
        let encoding = document.encoding.expect("a text");
        return encoding.text(&bytes[range.start as usize..range.end as usize]).trim().to_owned();
    }
    let passages = document.blocks.iter().flat_map(|block| match block {
        Block::Heading(passage) | Block::Paragraph(passage) => vec![passage],
        Block::Table(table) => table.cells().iter().map(|cell| &cell.passage).collect(),
        Block::Image(_) => Vec::new(),
    });
    let passage = passages.into_iter().find(|passage| passage.place() == *location);
    passage.unwrap_or_else(|| panic!("nothing stands at {location:?}")).text.trim().to_owned()
}

/// What a finding points at is what it says that stands there.
fn assert_places(finding: &Finding, entries: &[usize], files: &[(&Arc<str>, &Vec<u8>)], documents: &[Document<'_>]) {
    let at = |path: Option<&str>, location: &Location| {
        let of = path.map_or(Some(0), |path| entries.iter().position(|entry| **files[*entry].0 == *path));
        let of = of.unwrap_or_else(|| panic!("{path:?} is not beside it"));
        cut_out(&documents[of], files[entries[of]].1, location)
    };
    let location = finding.location.as_ref().expect("every finding has a place");
    let own = at(None, location);
    if !finding.broken.is_empty() {
        assert_eq!(Some(own.as_str()), finding.found.as_deref(), "{finding:?}");
    }
    let is_of_figures = !finding.broken.is_empty() || finding.rule.kind == "copied-figures";
    for label in &finding.labels {
        let words = label.message.say(Language::Chinese);
        let text = at(label.path.as_deref(), &label.location);
        assert!(!text.is_empty() || matches!(label.location, Location::Text(_)), "{words}: nothing there");
        let is_said = words.ends_with(&format!("：{text}"))
            || words.ends_with(&format!("同为 {text}"))
            || words.starts_with(&format!("现为 {text}，"));
        assert!(is_said || !is_of_figures, "“{words}” stands at “{text}”");
    }
    if finding.rule.kind == "copied-text" {
        assert_passages(finding, &at);
    }
}

/// Passages said to be the same are the same, but for numbers and blanks.
fn assert_passages(finding: &Finding, at: &impl Fn(Option<&str>, &Location) -> String) {
    assert!(finding.labels.len() >= 2, "{finding:?}");
    for pair in finding.labels.chunks(2) {
        let [own, other] = pair else { panic!("a passage without its like") };
        assert!(own.path.is_none() && other.path.is_some());
        let texts = [own, other].map(|label| at(label.path.as_deref(), &label.location));
        // Of a document or a sheet the whole paragraph is pointed at.
        let are_exact = [own, other].iter().all(|label| matches!(label.location, Location::Text(_)));
        let letters = |text: &String| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let [one, same] = [&texts[0], &texts[1]].map(letters);
        // Own names differ.
        let alike = one.chars().rev().zip(same.chars().rev()).take_while(|(one, same)| one == same).count();
        assert!(!are_exact || alike * 2 > one.chars().count().min(same.chars().count()), "{texts:#?}");
    }
}

/// The kind of finding that tells of a truth.
fn kind(truth: &Truth) -> &'static str {
    match truth.kind {
        Kind::CarryOver => "carry-over",
        Kind::StockFlow => "stock-flow",
        Kind::RollUp => "roll-up",
        Kind::CopiedFigures => "copied-figures",
        Kind::CopiedText => "copied-text",
        Kind::MissingReport => "missing-report",
        Kind::DuplicateReport => "duplicate-report",
        Kind::UnlistedAgency => "unknown-organization",
        Kind::FeesUnit | Kind::Jump => "implausible-figure",
        Kind::YearDisagrees => "wrong-year",
        Kind::RollUpNotEvaluated | Kind::WrongFigure => "none",
    }
}

/// The sum that a truth breaks, as findings name it; the figure itself where any rule may tell of it.
fn sum(truth: &Truth) -> Option<String> {
    let (table, figure) = truth.figure.split_once('.')?;
    let (row, column) = figure.rsplit_once('.').unwrap_or((figure, ""));
    Some(match truth.kind {
        Kind::CarryOver => format!("{table}.carry-over:{column}"),
        Kind::StockFlow => format!("{table}.stock-flow:{row}"),
        Kind::RollUp => format!("{table}.roll-up:{figure}"),
        _ => return None,
    })
}

fn tells(said: &Said, truth: &Truth) -> bool {
    if said.finding.rule.kind != kind(truth) {
        return false;
    }
    if truth.kind == Kind::MissingReport {
        return (&said.organization, said.year) == (&truth.organization, truth.year);
    }
    // Of two that are the same, either may be taken for the copy.
    let is_mutual = truth.how == "sister" || truth.kind == Kind::DuplicateReport;
    if is_mutual && said.path == truth.other {
        return said.is_beside(&truth.path);
    }
    let is_at = said.path == truth.path
        && match (sum(truth), &said.finding.subject) {
            (Some(sum), _) => said.sums().contains(&sum),
            (None, Subject::Cell(cell)) => *cell == truth.figure,
            (None, _) => truth.figure.is_empty(),
        };
    let how = match truth.how {
        "left-out" => "疑漏加",
        "counted-twice" => "疑重复计入",
        "last-year" if truth.kind == Kind::RollUp => "疑误用其上年报告",
        _ => "",
    };
    let words = said.words();
    is_at
        && (truth.other.is_empty() || said.is_beside(&truth.other))
        && words.contains(&truth.child)
        && words.contains(how)
}

fn assert_told(seed: u64) {
    let made = make(&plan(seed, 49));
    let all = checked(&made);
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for truth in made.truths.iter().filter(|truth| truth.role != Role::May) {
        let is_told = match truth.kind {
            Kind::RollUpNotEvaluated => all.not_evaluated.iter().any(|(organization, year, why)| {
                (organization, *year) == (&truth.organization, truth.year) && why.contains(&truth.child)
            }),
            _ => all.said.iter().any(|said| tells(said, truth)),
        };
        assert!(is_told, "seed {seed}: nobody tells of {truth:?}");
        *kinds.entry(truth.kind).or_default() += 1;
    }
    assert!(kinds.len() >= 10, "seed {seed}: {kinds:?}");
    for said in &all.said {
        let is_jump = said.finding.rule.kind == "implausible-figure";
        if said.finding.severity == Severity::Advice && !is_jump {
            continue;
        }
        let what = format!("seed {seed}: {}: {} {}", said.path, said.finding.rule.code, said.words());
        let true_ones: Vec<&Truth> = made.truths.iter().filter(|truth| tells(said, truth)).collect();
        assert!(!true_ones.is_empty(), "nothing is wrong there: {what}");
        let known: BTreeSet<String> = true_ones.iter().filter_map(|truth| sum(truth)).collect();
        assert!(is_jump || said.sums().is_subset(&known), "not all of this is wrong: {what}: {known:?}");
    }
    // One finding an event: nothing is told twice.
    let mut seen = BTreeSet::new();
    for said in &all.said {
        let one = (&said.path, &said.organization, said.year, &said.finding.rule.code, said.sums());
        assert!(seen.insert(one), "seed {seed}: twice: {} {}", said.path, said.words());
    }
}

#[test]
fn what_was_planted_is_told_and_nothing_else() {
    assert_told(5);
}

#[test]
fn what_was_planted_is_told_with_another_seed() {
    assert_told(17);
}

#[test]
fn an_archive_without_breaks_is_silent() {
    for seed in [2, 3] {
        let made = make(&Plan { places: 4, ..plan(seed, 0) });
        let all = checked(&made);
        let grave: Vec<_> = all.said.iter().filter(|said| said.finding.severity > Severity::Advice).collect();
        let words: Vec<_> = grave.iter().map(|said| (&said.path, said.words())).collect();
        assert!(words.is_empty(), "seed {seed}: {words:#?}");
        assert!(all.not_evaluated.is_empty(), "seed {seed}: {:#?}", all.not_evaluated);
    }
}

/// A small archive in a folder, as it lies and as a zip archive.
fn written(folder: &Path) -> Made {
    let made = make(&Plan { places: 3, offices: 8, ..plan(9, 21) });
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &made.files {
        let path = folder.join("归档").join(&**name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        zip.start_file(&**name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    fs::write(folder.join("送来.zip"), zip.finish().unwrap().into_inner()).unwrap();
    fs::write(folder.join("名单.csv"), &made.list).unwrap();
    made
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = gouji(&["check"]).args(arguments).current_dir(folder).output().unwrap();
    assert!(matches!(status(&output), 0 | 1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_same_is_said_however_it_is_run() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let list: &[&str] = &["--organs", "名单.csv", "--format", "json"];
    let said = run(folder.path(), &[list, &["归档", "--jobs", "1"]].concat());
    for others in [&["--jobs", "8"][..], &["--cache", "缓存"], &["--cache", "缓存", "--jobs", "3"]] {
        assert_eq!(run(folder.path(), &[list, &["归档"], others].concat()), said, "{others:?}");
    }
    let zipped = run(folder.path(), &[list, &["送来.zip"]].concat());
    // One report lies in one place, so that fingerprints differ, if at all, by the path.
    assert_eq!(zipped.replace("送来.zip/", "归档/"), said, "the zip archive");
    assert!(said.matches("\"code\":\"GJ6").count() > 2, "there is something to be said");
}

#[test]
fn without_a_list_gaps_are_told_and_nothing_rolls_up() {
    let folder = tempfile::tempdir().unwrap();
    let made = written(folder.path());
    let said: Value = serde_json::from_str(&run(folder.path(), &["归档", "--format", "json"])).unwrap();
    let findings = said["archive"]["findings"].as_array().unwrap();
    let of = |code: &str| findings.iter().filter(|finding| finding["code"] == code).collect::<Vec<_>>();
    for code in ["GJ601", "GJ602", "GJ603", "GJ610", "GJ612"] {
        assert!(of(code).is_empty(), "{code} needs a list");
    }
    // Agencies that were renamed have two names then, and two series.
    let gaps = made.truths.iter().filter(|truth| truth.kind == Kind::MissingReport && truth.how == "gap");
    let gaps: Vec<_> = gaps.collect();
    assert!(!gaps.is_empty());
    for truth in gaps {
        let is_told = of("GJ510").iter().any(|finding| {
            let message = finding["message"].as_str().unwrap();
            finding["organization"] == truth.organization.as_str() && message.contains(&truth.year.to_string())
        });
        assert!(is_told, "{truth:?}");
    }
    let carried = made.truths.iter().filter(|truth| truth.kind == Kind::CarryOver && truth.role == Role::Planted);
    assert!(carried.count() > 0 && !of("GJ501").is_empty());
}
