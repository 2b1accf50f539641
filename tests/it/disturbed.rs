//! A right report that tools have disturbed says the same, or less with a finding that says so: never other figures,
//! never a silent pass.

use crate::support::disturbed::{DISTURBANCES, Disturbance, WRITERS, Writer, write};
use crate::support::{pack, report};
use gouji::Checker;
use gouji::internal::facts::Value;
use gouji::internal::pack::Severity;
use gouji::internal::report::Verdict;
use proptest::prelude::*;

/// The figures that are read as another one, and how many are not read.
fn read(name: &str, bytes: &[u8], truth: &[String]) -> (Vec<String>, usize) {
    let mut read = Checker::default().read_with(name, bytes, |reading| {
        let mut others = Vec::new();
        let mut unread = 0;
        for ((figure, fact), truth) in pack().figures.iter().zip(&reading.facts.figures).zip(truth) {
            match fact.value {
                Value::Number(number) if number.to_string() == *truth => {}
                Value::Number(number) => others.push(format!("{} is {truth}, read as {number}", figure.id)),
                _ => unread += usize::from(!crate::support::figures::is_one_row(&figure.id)),
            }
        }
        (others, unread)
    });
    read.pop().and_then(Result::ok).unwrap_or_default()
}

fn some_disturbances() -> impl Strategy<Value = Vec<Disturbance>> {
    prop::sample::subsequence(DISTURBANCES.to_vec(), 0..=4)
}

fn writer() -> impl Strategy<Value = Writer> {
    prop::sample::select(WRITERS.to_vec())
}

/// What is found at warning or above.
fn found(checked: &gouji::internal::checker::Checked<'_>) -> Vec<String> {
    let findings = checked.first().report.findings.iter().filter(|finding| finding.severity > Severity::Advice);
    findings.map(|finding| format!("{} {} {:?}", finding.rule.name, finding.place, finding.location)).collect()
}

#[test]
fn every_single_disturbance_leaves_every_figure_in_every_format() {
    let mut wrong = String::new();
    for (seed, writer) in WRITERS.into_iter().enumerate() {
        for disturbance in DISTURBANCES {
            let report = report(seed as u64);
            let (name, bytes) = write(&report, None, &[disturbance], writer, seed as u64);
            let (others, unread) = read(name, &bytes, &report.figures);
            let checked = Checker::default().check(name, &bytes);
            let found = found(&checked);
            let verdict = checked.first().report.verdict();
            if !(others.is_empty() && unread == 0 && found.is_empty() && verdict == Verdict::Pass) {
                wrong += &format!(
                    "\n{writer:?}, {disturbance:?}: {verdict:?}, {unread} unread, others {others:?}, found {found:?}"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

proptest! {
    #[test]
    fn disturbed_reports_say_the_same_or_less_with_a_finding(
        seed: u64, disturbances in some_disturbances(), writer in writer(),
    ) {
        let report = report(seed);
        let (name, bytes) = write(&report, None, &disturbances, writer, seed);
        let (others, unread) = read(name, &bytes, &report.figures);
        prop_assert!(others.is_empty(), "{:?}", others);
        let checked = Checker::default().check(name, &bytes);
        let found = found(&checked);
        if unread > 0 || checked.first().report.pack.is_none() {
            prop_assert!(!found.is_empty(), "{} figures are not read, and nothing is found", unread);
        } else {
            prop_assert!(found.is_empty(), "{:?}", found);
            prop_assert_eq!(checked.first().report.verdict(), Verdict::Pass);
        }
    }

    #[test]
    fn a_disturbed_report_without_a_section_never_passes(
        seed: u64, section in 0_usize..6, disturbances in some_disturbances(), writer in writer(),
    ) {
        let report = report(seed);
        let (name, bytes) = write(&report, Some(section), &disturbances, writer, seed);
        let checked = Checker::default().check(name, &bytes);
        prop_assert_ne!(checked.first().report.verdict(), Verdict::Pass);
    }
}
