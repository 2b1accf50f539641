//! Made archives: what they are, so that what is found in them can be trusted.

use std::collections::{BTreeMap, BTreeSet};

use crate::support;
use crate::support::archive::Plan;
use crate::support::archive::agencies::{Agency, HEADER};
use crate::support::archive::breaks::BREAKS;
use crate::support::archive::place::{Place, Report};
use crate::support::archive::stream::Stream;
use crate::support::archive::truth::{Kind, Role, Truth};
use gouji::Checker;
use gouji::internal::pack::Severity;

fn plan() -> Plan {
    let formats = ["md", "txt", "html", "docx", "xlsx", "xls", "xlsb", "ods"].map(str::to_owned).to_vec();
    Plan { formats, ..Plan::new(3, 10, 2021..=2024) }
}

/// Every break there is, and room for all of them.
fn broken() -> Plan {
    Plan { breaks: 3 * BREAKS.len(), ..Plan::new(18, 14, 2021..=2024) }
}

#[test]
fn each_report_alone_is_right() {
    let checker = Checker::default();
    for report in plan().places().chain(broken().places().take(2)).flat_map(|place| place.reports) {
        let bytes = report.bytes();
        let checked = checker.check(&report.path, &bytes);
        let grave: Vec<_> = checked.first().report.findings.iter().filter(|f| f.severity > Severity::Advice).collect();
        let said: Vec<_> = grave.iter().map(|f| (&f.rule.name, &f.place, &f.message)).collect();
        assert!(said.is_empty(), "{} ({:?}): {said:?}", report.path, report.shape);
    }
}

/// By the figures' ids, as the rules are written.
fn number(report: &Report, id: &str) -> rust_decimal::Decimal {
    let figure = support::figures::index_of(id);
    report.figures.text(figure).parse().expect("a number")
}

/// The rules across reports, said without the help of what made the figures.
#[test]
fn without_breaks_the_reports_agree() {
    for place in plan().places() {
        assert!(place.truths.is_empty(), "{:?}", place.truths);
        let by_agency: BTreeMap<(usize, u16), &Report> = place
            .reports
            .iter()
            .map(|report| ((report.agency.expect("a listed organ"), report.year), report))
            .collect();
        assert_eq!(by_agency.len(), place.reports.len(), "one report an organ and year");
        for ((agency, year), report) in &by_agency {
            let Some(before) = by_agency.get(&(*agency, year - 1)) else { continue };
            for column in support::figures::COLUMNS.iter().chain(&["total"]) {
                let [now, then] = ["carried_in", "carried_out"].map(|row| format!("requests.{row}.{column}"));
                assert_eq!(number(report, &now), number(before, &then), "{}: {now}", report.path);
            }
            for row in ["regulations", "normative_documents"] {
                let [issued, repealed, in_force] =
                    ["issued", "repealed", "in_force"].map(|column| format!("disclosure.{row}.{column}"));
                let due = number(before, &in_force) + number(report, &issued) - number(report, &repealed);
                assert_eq!(number(report, &in_force), due, "{}: {row}", report.path);
            }
            assert_ne!(report.texts, before.texts, "{}", report.path);
        }
        for figure in &support::pack().figures {
            for year in 2021..=2024 {
                let of_year = by_agency.iter().filter(|((_, of), _)| *of == year);
                let (government, below): (Vec<_>, Vec<_>) = of_year.partition(|((agency, _), _)| *agency == 0);
                let sum = below.iter().map(|(_, report)| number(report, &figure.id)).sum();
                assert_eq!(number(government[0].1, &figure.id), sum, "{}: {}", government[0].1.path, figure.id);
            }
        }
    }
}

/// What a supervisor would take for a jump or a copy is none where nothing was planted.
#[test]
fn without_breaks_nothing_is_conspicuous() {
    for place in plan().places() {
        for (at, report) in place.reports.iter().enumerate() {
            for other in &place.reports[..at] {
                let are_near = report.agency == other.agency || report.year == other.year;
                let same = are_near && report.figures == other.figures && !report.figures.is_zero();
                assert!(!same, "{} and {} have the same figures", report.path, other.path);
                let share = alike(&report.texts[0], &other.texts[0]);
                assert!(share < 60, "{} % of {} stand in {}", share, report.path, other.path);
            }
        }
    }
}

/// How much of a text stands in another one, in percent: its sentences, without numbers.
fn alike(text: &str, other: &str) -> usize {
    let sentences = |text: &str| -> BTreeSet<String> {
        let parts = text.split(['。', '\n']).map(|part| part.chars().filter(|c| !c.is_ascii_digit()).collect());
        parts.filter(|part: &String| part.chars().count() > 12).collect()
    };
    let (own, others) = (sentences(text), sentences(other));
    own.intersection(&others).count() * 100 / own.len()
}

#[test]
fn years_differ_by_half_and_copies_do_not() {
    let mut copies = 0;
    for place in broken().places() {
        let text = |path: &str| {
            let report = place.reports.iter().find(|report| report.path == path).expect("a report");
            report.texts[0].replace(report.organization.as_str(), "")
        };
        for truth in place.truths.iter().filter(|truth| truth.kind == Kind::CopiedText) {
            let share = alike(&text(&truth.path), &text(&truth.other));
            assert!(share >= 75, "{share} % of {} stand in {}", truth.path, truth.other);
            copies += 1;
        }
    }
    assert!(copies > 3, "{copies} copies");
}

#[test]
fn every_kind_of_break_is_planted_and_told_once() {
    let mut planted: BTreeMap<usize, Vec<Truth>> = BTreeMap::new();
    for place in broken().places() {
        for truth in place.truths {
            assert_ne!(truth.number, 0, "nobody planted {truth:?}");
            if truth.role == Role::Planted {
                planted.entry(truth.number).or_default().push(truth);
            }
        }
    }
    let all = broken().breaks;
    assert!(planted.len() * 10 > all * 8, "{} of {all} breaks found room", planted.len());
    for (number, truths) in &planted {
        let reports: BTreeSet<_> = truths.iter().map(|truth| (&truth.organization, truth.year, truth.kind)).collect();
        assert_eq!(reports.len(), 1, "break {number} is in one report: {truths:?}");
    }
    let kinds: BTreeSet<_> = planted.values().map(|truths| truths[0].kind).collect();
    assert_eq!(kinds.len(), 11, "{kinds:?}");
}

/// A wrong figure is an error of its report, and the others have none.
#[test]
fn streams_hold_the_wrong_figures_that_their_truth_says() {
    let checker = Checker::default();
    for formats in [&["md"][..], &["md", "html", "xlsx", "docx"]] {
        let (rows, files) = Stream::new(1, formats, 3).next().expect("a place");
        assert!(rows.lines().count() * 3 < files.len(), "{} files of\n{rows}", files.len());
        let wrong = files.iter().filter(|file| file.truth.is_some()).count();
        assert!((files.len() / 6..files.len() / 3).contains(&wrong), "{wrong} of {}", files.len());
        for file in &files[..60] {
            let checked = checker.check(&file.path, &file.bytes);
            let has_error = checked.first().report.findings.iter().any(|finding| finding.severity == Severity::Error);
            assert_eq!(has_error, file.truth.is_some(), "{}: {:?}", file.path, file.truth);
        }
    }
}

fn files(plan: &Plan) -> Vec<(String, Vec<u8>)> {
    let of_place = |place: Place| {
        let list = HEADER.to_owned() + &place.agencies.iter().map(Agency::row).collect::<String>();
        let truth: String = place.truths.iter().map(Truth::line).collect();
        let named =
            [("organs.csv", list), ("truth.jsonl", truth)].map(|(name, text)| (name.to_owned(), text.into_bytes()));
        let reports: Vec<_> = place.reports.iter().map(|report| (report.path.clone(), report.bytes())).collect();
        named.into_iter().chain(reports)
    };
    plan.places().flat_map(of_place).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let plan = Plan { breaks: 30, ..Plan::new(4, 5, 2022..=2024) };
    let made = files(&plan);
    for (one, other) in made.iter().zip(files(&plan)) {
        assert!(*one == other, "{} and {} differ", one.0, other.0);
    }
    assert!(made != files(&Plan { seed: 2, ..plan }), "two seeds give one archive");
    let paths: BTreeSet<_> = made.iter().map(|(path, _)| path).collect();
    assert!(paths.len() > 70, "{} files", paths.len());
}
