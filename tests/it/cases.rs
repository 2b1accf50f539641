//! The cases of the packs: for every rule a report it finds fault with, and the same report mended.

use gouji::internal::authoring::verify;
use gouji::internal::message::Language;
use gouji::internal::pack::{Rule, builtin};

const ARCHIVE: &str = "a case is one report; tests/archive.rs has archives with each of these";
const ACCEPTED: &str = "it is about the file of what is accepted, not about a report; tests/accepting.rs has it";

/// Rules that no case can be made for, with the reason.
const WITHOUT_CASE: [(&str, &str); 17] = [
    ("uncomputed-formula", "cases are Markdown, which has no formulas"),
    ("undecodable-bytes", "cases are text, which has none"),
    ("hidden-cells", "cases are Markdown, which hides none; tests/printed.rs has workbooks that do"),
    ("unread-sheets", "cases are Markdown, which has no sheets; the tests of the reader of workbooks have them"),
    ("beside-reports", "a case is one report and nothing beside it; tests/several.rs has files with more"),
    ("nothing-filled-in", "a case changes a few figures of a form that is filled in; tests/earned.rs has blank forms"),
    ("gap-in-series", ARCHIVE),
    ("same-figures-as-last-year", ARCHIVE),
    ("same-text-as-last-year", ARCHIVE),
    ("missing-report", ARCHIVE),
    ("duplicate-report", ARCHIVE),
    ("organ-not-on-list", ARCHIVE),
    ("same-figures-as-another-organ", ARCHIVE),
    ("copied-text", ARCHIVE),
    ("unused-waiver", ACCEPTED),
    ("unused-override", ACCEPTED),
    ("stale-baseline-entry", ACCEPTED),
];

#[test]
fn every_case_is_validated() {
    let (_, packs) = builtin();
    let mut failures = String::new();
    for pack in packs {
        for (case, verdict) in verify::cases(pack, packs) {
            let Some(message) = verdict.message() else { continue };
            failures += &format!("\n  {} {}: {}", pack.id, case.rule, message.say(Language::English));
        }
    }
    assert!(failures.is_empty(), "cases that do not hold:{failures}");
}

#[test]
fn every_rule_has_a_case() {
    let (core, packs) = builtin();
    let is_covered = |rule: &Rule| {
        let by_case = packs.iter().any(|pack| pack.cases().iter().any(|case| case.rule == rule.code));
        let by_exception = WITHOUT_CASE.iter().any(|(name, _)| *name == rule.name);
        assert!(!(by_case && by_exception), "{} has a case: it is no exception any more", rule.name);
        by_case || by_exception
    };
    let rules = core.rules.iter().chain(packs.iter().flat_map(|pack| pack.rules()));
    let bare: Vec<&str> = rules.filter(|rule| !is_covered(rule)).map(|rule| rule.name.as_str()).collect();
    assert!(bare.is_empty(), "rules without a [[case]]: {bare:?}");
}
