//! What the text says of the year before, beside the report of that year.

use std::sync::Arc;

use super::{BUREAU, COUNTY, Row, of_year, row};
use gouji::internal::collection::{Beside, Builder, findings};
use gouji::internal::finding::Finding;
use gouji::{Checker, Language, Levels, Location, builtin_packs};

/// What the reports of the year before and of the year hold, what the latter says, and what is found in it.
struct Pair(&'static str, &'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const PAIRS: &[Pair] = &[
    // The number of the year before.
    Pair("received 30", "received 42", "2023年受理依申请公开30件，2024年受理42件。", &[]),
    Pair("received 30", "received 42", "2023年受理依申请公开36件，2024年受理42件。", &["36"]),
    Pair("received 30", "received 42", "2024年，我局新收政府信息公开申请42件，较上年增长40%（上年30件）。", &[]),
    Pair("received 31", "received 42", "2024年，我局新收政府信息公开申请42件，较上年增长40%（上年30件）。", &["30"]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，去年27件。", &["27"]),
    Pair("received 30, denied 7", "received 42, denied 9", "2023年收到政府信息公开申请30件，其中不予公开7件；2024年收到政府信息公开申请42件。", &[]),
    Pair("received 30, denied 7", "received 42, denied 9", "2023年不予公开政府信息公开申请8件。", &["8"]),
    // With what was carried in, it is right as well.
    Pair("received 30, carried_in 2", "received 42", "2023年受理依申请公开32件，2024年受理42件。", &[]),
    // By how much it has changed.
    Pair("received 30", "received 42", "收到政府信息公开申请42件，比上年增加12件，增长40%。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，比上年增加13件。", &["13"]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，比上年减少12件。", &["12"]),
    Pair("received 42", "received 30", "收到政府信息公开申请30件，同比减少12件，下降28.6%。", &[]),
    Pair("received 42", "received 30", "收到政府信息公开申请30件，同比下降26.8%。", &["26.8"]),
    Pair("received 30", "received 42", "与上年相比，收到政府信息公开申请增加12件。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请数量较上年增加15件。", &["15"]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，与上年同比增长45%。", &["45"]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，与上年同比增长40%。", &[]),
    // In a sentence of its own.
    Pair("received 30", "received 42", "收到政府信息公开申请42件。比上年增加13件。", &["13"]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件。比上年增加12件，增长40%。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，办结42件。比上年增加13件。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件。网站发布信息比上年增加13件。", &[]),
    // None.
    Pair("received 3", "received 42", "收到政府信息公开申请42件，上年未收到政府信息公开申请。", &["上年未收到政府信息公开申请"]),
    Pair("received 0", "received 42", "收到政府信息公开申请42件，上年未收到政府信息公开申请。", &[]),
    // It is not certain of what, or with what it is compared.
    Pair("received 30", "received 42", "收到政府信息公开申请42件，环比增加13件。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，比2022年增加13件。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，办结42件，同比增长12%。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，较上年增加约13件。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，按时办结率比上年提高5%。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，网上申请比上年增加13件。", &[]),
    Pair("received 30", "received 42", "2023年受理信访件36件，2024年受理依申请公开42件。", &[]),
    Pair("received 30", "received 42", "收到政府信息公开申请42件，2023年同比增长12%。", &[]),
    Pair("received 0", "received 42", "收到政府信息公开申请42件，比上年增长100%。", &[]),
    Pair("received 30, carried_out 3", "received 42, carried_in 3", "收到政府信息公开申请42件，上年结转3件。", &[]),
];

/// What is said of a report of 2024 beside another one, by its agency and year.
fn said(previous: Option<(&'static str, u16)>, figures: &'static str, own: &Row) -> Vec<Finding> {
    let checker = Checker::default().with_digests(&builtin_packs().1);
    let before = previous.map(|(agency, year)| of_year(year, &Row { agency, ..row(figures, "", &[]) }));
    let texts: Vec<String> = [of_year(2024, own)].into_iter().chain(before).collect();
    let mut builder = Builder::new(checker.core(), checker.packs(), None);
    for text in &texts {
        builder.add(checker.check("r.md", text.as_bytes()).into_first().digest.expect("whose it is"));
    }
    let collection = builder.finish();
    let levels = Levels::default();
    let judgement = collection.judge(0, &levels);
    let documents: Vec<_> = texts.iter().map(|text| checker.read("r.md", text.as_bytes()).expect("a text")).collect();
    let bound: Vec<_> = documents
        .iter()
        .map(|document| checker.bind(document).expect("in the limits").pop().expect("a form"))
        .collect();
    let paths = ["2024.md", "2023.md"].map(Arc::from);
    let reports: Vec<Beside<'_>> =
        bound.iter().zip(&paths).enumerate().map(|(entry, (bound, path))| Beside { entry, path, bound }).collect();
    let found = findings(&collection, &levels, &judgement, reports[0], &reports[1..]);
    found.into_iter().filter(|finding| finding.rule.code == "GJ513").collect()
}

fn found(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.found.as_deref().unwrap_or_default()).collect()
}

#[test]
fn what_is_said_of_the_year_before_is_what_its_report_says() {
    let mut failures = String::new();
    for Pair(before, own, text, expected) in PAIRS {
        let findings = said(Some((BUREAU, 2023)), before, &row(own, text, &[]));
        if found(&findings) != *expected {
            failures += &format!("\n{text}\n  [{before}] {:?}, not {expected:?}", found(&findings));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

const WRONG: &str = "收到政府信息公开申请42件，比上年增加13件。";

#[test]
fn without_the_report_of_the_year_before_nothing_is_compared() {
    let own = row("received 42", WRONG, &[]);
    for previous in [None, Some((BUREAU, 2022)), Some((COUNTY, 2023))] {
        assert_eq!(found(&said(previous, "received 30", &own)), [""; 0], "{previous:?}");
    }
}

#[test]
fn the_finding_is_at_the_number_and_names_the_other_report() {
    let own = row("received 42", WRONG, &[]);
    let findings = said(Some((BUREAU, 2023)), "received 30", &own);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    let report = of_year(2024, &own);
    let Some(Location::Text(range)) = &finding.location else { panic!("Markdown is text") };
    assert_eq!(&report[range.start as usize..range.end as usize], "13");
    assert_eq!(finding.expected.as_deref(), Some("12"));
    let words = finding.message.say(Language::English);
    assert!(words.contains("望江县商务局 for 2023") && words.contains("42 and 30 differ by 12"), "{words}");
    let [label] = finding.labels.as_slice() else { panic!("{:?}", finding.labels) };
    assert_eq!(label.path.as_deref(), Some("2023.md"));
}
