//! `gouji blank`: what it writes is the form, adds up, and passes once it is filled in.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use gouji::form::{BlankForm, Format, Made, Wanted};
use gouji::internal::document::Location;
use gouji::internal::pack::{Comparison, Pack, Severity, Side, ValueKind};
use gouji::{Checker, Language, Limits, Value, Verdict, builtin_packs, compile_pack};
use regex::Regex;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::Rng;

const ORGANIZATION: &str = "望江县商务局";

/// Every form that comes with the program and one of the tests', each with a year of its own.
fn checkers() -> Vec<(Checker, String, u16)> {
    let (core, packs) = builtin_packs();
    let year = |pack: &Pack| pack.years.to.unwrap_or(2024);
    let mut all: Vec<_> = packs.iter().map(|pack| (Checker::default(), pack.id.clone(), year(pack))).collect();
    for (id, text) in [("aid", include_str!("../packs/small.toml")), ("odd", include_str!("../packs/odd.toml"))] {
        let pack = compile_pack(text, core, packs).expect("a sound pack");
        let checker = Checker::new(Arc::clone(core), vec![Arc::new(pack)], Limits::default());
        all.push((checker, id.to_owned(), 2024));
    }
    all
}

/// Another one for each form, whatever other forms there are.
fn seed(id: &str) -> u64 {
    match id {
        "aid" | "foia" => 7,
        "odd" => 8,
        id => id.bytes().fold(7, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into())),
    }
}

fn blank(checker: &Checker, id: &str, year: u16) -> BlankForm {
    let wanted = Wanted { pack: Some(id), organization: Some(ORGANIZATION), year: Some(year), previous: None };
    Made::new(checker, &wanted).expect("a form of that year").form
}

fn written(form: &BlankForm, format: Format) -> Vec<u8> {
    form.write(format, Language::Chinese).expect("memory takes all")
}

fn name(format: Format) -> String {
    let endings = Format::ALL.iter().find(|(known, _)| *known == format).expect("a format").1;
    format!("r.{}", endings[0])
}

/// Where each figure stands in a workbook, which of them are computed, and what is read of each.
struct Seen {
    cells: Vec<Option<(String, String)>>,
    computed: Vec<bool>,
    values: Vec<Value>,
}

fn seen(checker: &Checker, bytes: &[u8]) -> Seen {
    let read = checker.read_with("r.xlsx", bytes, |reading| {
        let cells: Vec<_> = reading
            .facts
            .figures
            .iter()
            .map(|fact| match &fact.location {
                Some(Location::Sheet { sheet, cell }) => Some((sheet.to_string(), cell.to_string())),
                _ => None,
            })
            .collect();
        let formulas: Vec<(String, String)> = reading
            .document
            .formulas
            .iter()
            .map(|formula| (formula.sheet.to_string(), formula.cell.to_string()))
            .collect();
        let computed = cells.iter().map(|cell| cell.as_ref().is_some_and(|cell| formulas.contains(cell))).collect();
        Seen { cells, computed, values: reading.facts.figures.iter().map(|fact| fact.value).collect() }
    });
    read.into_iter().next().expect("a report").expect("in a form that is known")
}

/// A form with other numbers in nearly all of its cells that keep all of its sums. Written out of the sums of the pack alone:
/// what is filled in is raised until they hold.
fn filled(checker: &Checker, form: &BlankForm, seed: u64) -> BlankForm {
    let mut rng = Rng::new(seed);
    let mut form = form.clone();
    let pack = Arc::clone(&form.pack);
    form.texts = pack.sections.iter().map(|section| section.specimen.clone()).collect();
    let number = |rng: &mut Rng, kind: ValueKind| match kind {
        ValueKind::Count | ValueKind::Integer => (10 + rng.below(900)).to_string(),
        ValueKind::Amount | ValueKind::Decimal | ValueKind::Percent => {
            format!("{}.{}", 10 + rng.below(900), 1 + rng.below(9))
        }
        ValueKind::YesNo => pack.core.yes_no.yes[0].clone(),
        ValueKind::Text => pack.core.specimen.clone(),
        ValueKind::Date | ValueKind::MonthFirst | ValueKind::DayFirst => format!("2023-09-{}", 10 + rng.below(20)),
    };
    for (figure, text) in form.figures.iter_mut().enumerate() {
        if text.is_empty() {
            *text = number(&mut rng, pack.figures[figure].value);
        }
    }
    // Groups that may be one row are printed row by row.
    let first = seen(checker, &written(&form, Format::Xlsx));
    for _ in 0..400 {
        let values = seen(checker, &written(&form, Format::Xlsx)).values;
        let value = |side: &Side| {
            let figures = side.addends.iter().flat_map(|addend| {
                let is_there = first.cells[addend.figure].is_some();
                let figures = if is_there { vec![addend.figure] } else { addend.parts.clone() };
                figures.into_iter().map(|figure| (figure, addend.factor()))
            });
            let figures: Vec<_> = figures.collect();
            let number = |figure: usize| if let Value::Number(number) = values[figure] { number } else { 0.into() };
            let sum =
                side.constant + figures.iter().map(|&(figure, by)| number(figure) * by).sum::<rust_decimal::Decimal>();
            (sum, figures)
        };
        let broken = pack.sums().iter().find_map(|sum| {
            let (left, right) = (value(&sum.left), value(&sum.right));
            let is_meant = sum.severity > Severity::Advice && sum.only_if_one_row.is_none_or(|(_, one_row)| !one_row);
            // What holds does no harm where it need not.
            let may_break = sum.condition.is_some() && sum.comparison != Comparison::Equal;
            let holds = may_break || sum.comparison.holds(left.0, right.0, 0.into());
            (is_meant && !holds).then_some((left, right))
        });
        let Some((left, right)) = broken else { return form };
        let (lesser, by) = if left.0 < right.0 { (left.1, right.0 - left.0) } else { (right.1, left.0 - right.0) };
        let up: Vec<usize> =
            lesser.iter().filter(|(_, factor)| !factor.is_sign_negative()).map(|term| term.0).collect();
        let mut figure = *rng.pick(&up);
        while first.computed[figure] {
            let total = |sum: &&gouji::internal::pack::Sum| {
                sum.comparison == Comparison::Equal && sum.total().is_some_and(|total| total.figure == figure)
            };
            let parts: Vec<usize> =
                pack.sums().iter().filter(total).flat_map(|sum| value(&sum.right).1).map(|term| term.0).collect();
            figure = *rng.pick(&parts);
        }
        let now: rust_decimal::Decimal = form.figures[figure].parse().expect("a number");
        form.figures[figure] = (now + by).normalize().to_string();
    }
    panic!("the sums of {} were not brought to hold", pack.id);
}

#[test]
fn a_blank_is_recognised_and_no_report_yet() {
    let mut said = String::new();
    for (checker, id, year) in checkers() {
        let form = blank(&checker, &id, year);
        for (format, _) in Format::ALL {
            let bytes = written(&form, format);
            assert_eq!(bytes, written(&form, format), "the same form gives the same bytes");
            let report = checker.check(&name(format), &bytes).into_first().report;
            assert_eq!((report.pack.as_deref(), report.year), (Some(&*id), Some(year)), "{format:?}");
            assert_eq!(report.organization.as_deref(), Some(ORGANIZATION), "{id} {format:?}");
            assert_ne!(report.verdict(), Verdict::Pass);
            let findings = report
                .findings
                .iter()
                .map(|finding| format!("{} {}", finding.rule.code, finding.message.say(Language::Chinese)));
            let findings: Vec<String> = findings.collect();
            assert!(findings.iter().any(|finding| finding.starts_with("GJ222")), "{id} {format:?}: {findings:?}");
            said += &format!("{id} {format:?}\n  {}\n", findings.join("\n  "));
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_filled_form_says_what_was_filled_in_and_passes() {
    for (checker, id, year) in checkers() {
        let seed = seed(&id);
        let form = filled(&checker, &blank(&checker, &id, year), seed);
        let truth = seen(&checker, &written(&form, Format::Xlsx));
        for (format, _) in Format::ALL {
            let mut form = form.clone();
            for figure in (0..form.figures.len()).filter(|&figure| truth.computed[figure]) {
                // Computed by the workbook, typed in everywhere else.
                let Value::Number(number) = truth.values[figure] else { panic!("a total that is not computed") };
                form.figures[figure] = number.to_string();
            }
            let bytes = written(&form, format);
            let (name, printed) = (name(format), |figure: &usize| truth.cells[*figure].is_some());
            let read = checker.read_with(&name, &bytes, |reading| {
                reading.facts.figures.iter().map(|fact| fact.value).collect::<Vec<_>>()
            });
            let read = read.into_iter().next().expect("a report").expect("in a form that is known");
            for figure in (0..form.figures.len()).filter(printed) {
                let kind = form.pack.figures[figure].value;
                let text = &form.figures[figure];
                match read[figure] {
                    Value::Number(number) if kind == ValueKind::YesNo => {
                        assert_eq!(number, 1.into(), "{id} {format:?}");
                    }
                    Value::Number(number) if kind.is_date() => {
                        assert_eq!(number.to_string(), text.replace('-', ""), "{id} {format:?}");
                    }
                    Value::Number(number) => {
                        assert_eq!(
                            &number.normalize().to_string(),
                            text,
                            "{id} {format:?} {}",
                            form.pack.figures[figure].id
                        );
                    }
                    Value::Text => assert_eq!(kind, ValueKind::Text),
                    other => panic!("{id} {format:?} {}: {other:?}", form.pack.figures[figure].id),
                }
            }
            let report = checker.check(&name, &bytes).into_first().report;
            let findings: Vec<String> = report
                .findings
                .iter()
                .map(|f| format!("{} {}", f.rule.code, f.message.say(Language::Chinese)))
                .collect();
            assert_eq!(report.verdict(), Verdict::Pass, "{id} {format:?}: {findings:#?}");
        }
    }
}

/// LibreOffice, where it is at hand.
fn office() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders).map(|folder| folder.join("soffice")).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: soffice is not here, nothing was recalculated");
    }
    found
}

/// A workbook whose parts are changed.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), String::new());
        part.read_to_string(&mut text).expect("XML");
        to.start_file(&name, SimpleFileOptions::default()).expect("a part");
        to.write_all(change(&name, text).as_bytes()).expect("a part");
    }
    to.finish().expect("an archive").into_inner()
}

/// A workbook as one that somebody has filled in without a program that computes: no formula has its result.
fn uncomputed(bytes: &[u8]) -> Vec<u8> {
    let result = Regex::new("(<f>[^<]*</f>)<v>[^<]*</v>").expect("a pattern");
    changed(bytes, |_, text| result.replace_all(&text, "$1<v></v>").into_owned())
}

/// A workbook with a number typed into a cell, over what was there.
fn typed(bytes: &[u8], (sheet, cell): &(String, String), number: &str) -> Vec<u8> {
    let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let at = book.sheet_names().iter().position(|known| known == sheet).expect("a sheet");
    let part = format!("xl/worksheets/sheet{}.xml", at + 1);
    let old =
        Regex::new(&format!(r#"<c r="{cell}"( s="[0-9]+")?[^>]*>(?:<f>.*?</f>)?<v>[^<]*</v></c>"#)).expect("a pattern");
    changed(bytes, |name, text| {
        if name != part {
            return text;
        }
        assert!(old.is_match(&text), "nothing in {sheet} {cell}");
        old.replace(&text, format!(r#"<c r="{cell}"$1><v>{number}</v></c>"#)).into_owned()
    })
}

/// What the sheet of checks says: of all sums together, and of each.
fn states(bytes: &[u8]) -> (String, Vec<String>) {
    const FIRST: usize = 5;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let name = book.sheet_names().last().expect("a sheet").clone();
    let sheet = book.worksheet_range(&name).expect("a sheet");
    let text = |row: usize| match sheet.get((row, 0)) {
        Some(Data::String(text)) => text.clone(),
        other => panic!("row {row} of {name}: {other:?}"),
    };
    (text(1), (FIRST..sheet.height()).map(text).collect())
}

/// The numbers of the checks by which a cell is marked.
fn marked_by(bytes: &[u8], (sheet, cell): &(String, String)) -> Vec<usize> {
    let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let at = book.sheet_names().iter().position(|known| known == sheet).expect("a sheet");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let part = archive.by_name(&format!("xl/worksheets/sheet{}.xml", at + 1));
    part.expect("a sheet").read_to_string(&mut text).expect("XML");
    let rule =
        Regex::new(r#"(?s)<conditionalFormatting sqref="([^"]+)">(.*?)</conditionalFormatting>"#).expect("a pattern");
    let check = Regex::new("check_([0-9]+)=").expect("a pattern");
    let address = Regex::new("^([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?$").expect("a pattern");
    let column = |letters: &str| letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    let covers = |area: &str| {
        let (area, cell) = (address.captures(area).expect("an area"), address.captures(cell).expect("a cell"));
        let last = area.get(3).map_or([&area[1], &area[2]], |_| [&area[3], &area[4]]);
        let row = |text: &str| text.parse::<u32>().expect("a row");
        let columns = column(&area[1])..=column(last[0]);
        columns.contains(&column(&cell[1])) && (row(&area[2])..=row(last[1])).contains(&row(&cell[2]))
    };
    let mut checks = Vec::new();
    for rule in rule.captures_iter(&text).filter(|rule| rule[1].split(' ').any(covers)) {
        checks.extend(check.captures_iter(&rule[2]).map(|check| check[1].parse::<usize>().expect("a number")));
    }
    checks
}

/// Opens workbooks in LibreOffice and saves them.
fn recalculated(office: &Path, books: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(format!("{name}.xlsx"));
    for (name, bytes) in books {
        std::fs::write(path(name), bytes).expect("a workbook");
    }
    let saved = folder.path().join("saved");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let ran = Command::new(office)
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&saved)
        .args(books.keys().map(|name| path(name)))
        .output();
    let ran = ran.expect("LibreOffice starts");
    let read = |name: &String| {
        let bytes = std::fs::read(saved.join(format!("{name}.xlsx")));
        (
            name.clone(),
            bytes.unwrap_or_else(|error| panic!("{name}: {error}, {}", String::from_utf8_lossy(&ran.stderr))),
        )
    };
    books.keys().map(read).collect()
}

#[test]
fn a_workbook_adds_up_and_marks_what_does_not() {
    let Some(office) = office() else { return };
    let mut books = BTreeMap::new();
    let mut cases = Vec::new();
    for (checker, id, year) in checkers() {
        let seed = seed(&id);
        let empty = blank(&checker, &id, year);
        let form = filled(&checker, &empty, seed);
        let bytes = written(&form, Format::Xlsx);
        let seen = seen(&checker, &bytes);
        let total = form.pack.sums().iter().find_map(|sum| {
            let total =
                sum.total().filter(|_| sum.comparison == Comparison::Equal && sum.severity > Severity::Advice)?;
            seen.cells[total.figure].is_some().then_some(total.figure)
        });
        let total = total.expect("every form has a total");
        let cell = seen.cells[total].clone().expect("it is printed");
        let Value::Number(right) = seen.values[total] else { panic!("a number") };
        books.insert(format!("{id}-empty"), uncomputed(&written(&empty, Format::Xlsx)));
        books.insert(format!("{id}-right"), uncomputed(&bytes));
        books.insert(
            format!("{id}-wrong"),
            uncomputed(&typed(&bytes, &cell, &(right + rust_decimal::Decimal::ONE).to_string())),
        );
        cases.push((checker, id, seen, cell, bytes));
    }
    let saved = recalculated(&office, &books);
    for (checker, id, truth, cell, bytes) in cases {
        let (state, all) = states(&saved[&format!("{id}-empty")]);
        assert!(all.iter().all(|state| state == "待填"), "{id}: {all:?}");
        assert!(state.starts_with("没有不成立的"), "{id}: {state}");
        assert_ne!(checker.check("r.xlsx", &saved[&format!("{id}-empty")]).first().report.verdict(), Verdict::Pass);

        let right = &saved[&format!("{id}-right")];
        let (state, all) = states(right);
        assert!(all.iter().all(|state| state == "成立"), "{id}: {all:?}");
        assert_eq!(state, "全部成立", "{id}");
        assert_eq!(self::seen(&checker, right).values, truth.values, "{id}: LibreOffice computes what is written");
        let checked = checker.check("r.xlsx", right);
        assert_eq!(checked.first().report.verdict(), Verdict::Pass, "{id}: {:?}", checked.first().report.findings);
        // The same as it was written.
        assert_eq!((state, all), states(&bytes), "{id}");

        let wrong = &saved[&format!("{id}-wrong")];
        let (state, all) = states(wrong);
        let failed: Vec<usize> =
            (1..).zip(&all).filter(|(_, state)| *state == "不成立").map(|(check, _)| check).collect();
        assert!(state.ends_with("项不成立"), "{id}: {state}");
        assert!(
            marked_by(&bytes, &cell).iter().any(|check| failed.contains(check)),
            "{id}: {cell:?} is not marked: {failed:?}"
        );
        assert_ne!(checker.check("r.xlsx", wrong).first().report.verdict(), Verdict::Pass, "{id}");
    }
}
