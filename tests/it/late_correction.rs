//! A consolidated report that missed a late correction of one agency below: one finding, with that agency named.

use crate::support::figures::index_of;
use crate::support::{figures, markdown, pack};
use gouji::internal::blank::Blank;
use gouji::internal::collection::{Beside, Builder, findings};
use gouji::internal::finding::Finding;
use gouji::{Agencies, Checker, Language, Levels, builtin_packs};

const OFFICES: [&str; 3] = ["青岚县水利局", "青岚县教育局", "青岚县司法局"];
const GOVERNMENT: &str = "青岚县人民政府";

/// A report in which these figures of a column and of the total column are not 0.
fn report(organization: &str, column: &str, rows: &[(&str, u32)]) -> Blank<'static> {
    let mut report = Blank::new(pack(), organization, 2024);
    for (row, number) in rows {
        add(&mut report, (row, column), *number);
    }
    report
}

fn add(report: &mut Blank<'_>, (row, column): (&str, &str), by: u32) {
    for column in [column, "total"] {
        let figure = &mut report.figures[index_of(&format!("requests.{row}.{column}"))];
        *figure = (figure.parse::<u32>().expect("a count") + by).to_string();
    }
}

/// The sum of these reports.
fn consolidated(reports: &[Blank<'_>]) -> Blank<'static> {
    let mut sum = Blank::new(pack(), GOVERNMENT, 2024);
    for (index, figure) in sum.figures.iter_mut().enumerate() {
        let is_one_row = figures::is_one_row(&pack().figures[index].id);
        let numbers = reports.iter().filter(|_| !is_one_row).map(|report| report.figures[index].parse::<u32>());
        *figure = numbers.map(|number| number.unwrap_or(0)).sum::<u32>().to_string();
    }
    sum
}

/// What is said of the government's report beside the others.
fn said(government: &Blank<'_>, offices: &[Blank<'_>]) -> Vec<Finding> {
    let checker = Checker::default().with_digests(&builtin_packs().1);
    let rows = OFFICES.iter().map(|office| format!("{office},{GOVERNMENT},部门\n"));
    let list = format!("organization,parent,kind\n{GOVERNMENT},,人民政府\n{}", rows.collect::<String>());
    let agencies = Agencies::read(list.as_bytes(), &checker.core().collection).expect("a list");
    let mut builder = Builder::new(checker.core(), checker.packs(), Some(agencies));
    let texts: Vec<String> =
        [government].into_iter().chain(offices).map(|report| markdown::write(report, markdown::Way::Padded)).collect();
    for text in &texts {
        builder.add(checker.check("r.md", text.as_bytes()).into_first().digest.expect("whose it is"));
    }
    let collection = builder.finish();
    let levels = Levels::default();
    let judgement = collection.judge(0, &levels);
    let entries: Vec<usize> = std::iter::once(0).chain(judgement.beside()).collect();
    let documents: Vec<_> =
        entries.iter().map(|&entry| checker.read("r.md", texts[entry].as_bytes()).expect("a text")).collect();
    let bound: Vec<_> = documents
        .iter()
        .map(|document| checker.bind(document).expect("in the limits").pop().expect("a form"))
        .collect();
    let path = "r.md".into();
    let beside: Vec<_> =
        entries.iter().zip(&bound).map(|(&entry, bound)| Beside { entry, path: &path, bound }).collect();
    findings(&collection, &levels, &judgement, beside[0], &beside[1..])
}

fn words(finding: &Finding) -> String {
    finding.message.say(Language::English)
}

#[test]
fn one_correction_is_one_finding_with_the_agency_named() {
    let mut offices = [
        report(OFFICES[0], "business", &[("received", 31), ("granted", 31), ("concluded", 31)]),
        report(OFFICES[1], "natural_person", &[("received", 17), ("granted", 17), ("concluded", 17)]),
        report(OFFICES[2], "natural_person", &[("received", 23), ("granted", 23), ("concluded", 23)]),
    ];
    let government = consolidated(&offices);
    assert!(said(&government, &offices).is_empty());
    for row in ["carried_in", "granted", "concluded"] {
        add(&mut offices[1], (row, "natural_person"), 2);
    }
    let said = said(&government, &offices);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(words(&said[0]).contains(OFFICES[1]), "{}", words(&said[0]));
    assert_eq!(said[0].broken.len(), 6);
}

/// Where several agencies could have made it, none is named.
#[test]
fn nobody_is_named_where_several_could_be() {
    let mut offices = OFFICES.map(|office| {
        report(office, "natural_person", &[("received", 17), ("carried_in", 4), ("granted", 21), ("concluded", 21)])
    });
    let government = consolidated(&offices);
    for row in ["carried_in", "granted", "concluded"] {
        add(&mut offices[1], (row, "natural_person"), 2);
    }
    let said = said(&government, &offices);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(!OFFICES.iter().any(|office| words(&said[0]).contains(office)), "{}", words(&said[0]));
}

/// Two slips that have nothing to do with each other are two findings.
#[test]
fn what_is_left_out_wholly_is_said_as_before() {
    let mut offices = [
        report(OFFICES[0], "business", &[("received", 31), ("granted", 31), ("concluded", 31)]),
        report(OFFICES[1], "natural_person", &[("received", 17), ("granted", 17), ("concluded", 17)]),
        report(OFFICES[2], "research", &[("received", 23), ("granted", 23), ("concluded", 23)]),
    ];
    offices[2].figures[index_of("disclosure.licensing.decisions")] = "705".to_owned();
    let mut government = consolidated(&offices[..2]);
    government.figures[index_of("disclosure.penalties.decisions")] = "9".to_owned();
    let said: Vec<String> = said(&government, &offices).iter().map(words).collect();
    assert_eq!(said.iter().filter(|words| words.contains(OFFICES[2])).count(), 1, "{said:#?}");
    assert_eq!(said.len(), 2, "{said:#?}");
}
