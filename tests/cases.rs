//! The cases of the packs: for every rule a report it finds fault with, and the same report mended.

use std::collections::BTreeMap;

use gouji::blank::Blank;
use gouji::checker::Checker;
use gouji::evaluate::{ById, Others};
use gouji::finding::Finding;
use gouji::pack::raw::Change;
use gouji::pack::{Case, Pack, Rule, Severity, builtin};

/// Rules that no case can be made for, with the reason.
const WITHOUT_CASE: [(&str, &str); 2] = [
    ("uncomputed-formula", "cases are Markdown, which has no formulas"),
    ("undecodable-bytes", "cases are text, which has none"),
];

/// What came of a case.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// The wrong report draws the rule and nothing else, the right one nothing.
    Validated,
    /// The right report draws the rule, or a warning or error.
    Reported(Vec<String>),
    /// The wrong report does not draw the rule.
    Missing(Vec<String>),
    /// The wrong report draws warnings or errors of other rules too.
    Noisy(Vec<String>),
    /// The case itself is unsound.
    Wrong(String),
}

fn verdict(pack: &Pack, case: &Case) -> Verdict {
    let rules = || pack.core.rules.iter().chain(&pack.rules);
    let rule = rules().find(|rule| rule.code == case.rule).expect("the pack compiled");
    let (wrong, right) = (case.wrong.over(&case.base), case.right.over(&case.base));
    let (wrong_form, right_form) = (opened(pack, &wrong), opened(pack, &right));
    let (wrong, right) = match (written(&wrong_form, &wrong), written(&right_form, &right)) {
        (Ok(report), Ok(mended)) => (findings(&wrong_form, &wrong, &report), findings(&right_form, &right, &mended)),
        (Err(why), _) | (_, Err(why)) => return Verdict::Wrong(why),
    };
    let weighs = |finding: &&Finding| finding.severity > Severity::Advice;
    let reported = told(right.iter().filter(|finding| draws(&right_form, rule, finding) || weighs(finding)));
    if !reported.is_empty() {
        return Verdict::Reported(reported);
    }
    let is_own = |finding: &&Finding| draws(&wrong_form, rule, finding);
    if !wrong.iter().any(|finding| is_own(&finding)) {
        return Verdict::Missing(told(&wrong));
    }
    let noise = told(wrong.iter().filter(|finding| weighs(finding) && !is_own(finding)));
    if noise.is_empty() { Verdict::Validated } else { Verdict::Noisy(noise) }
}

/// Whether a finding is the rule's. Broken sums are told by their cause, under a rule of the core, and name the sums.
fn draws(pack: &Pack, rule: &Rule, finding: &Finding) -> bool {
    let is_of_rule = |id: &String| pack.sums.iter().any(|sum| sum.id == *id && sum.rule.code == rule.code);
    let is_sum = matches!(finding.rule.kind.as_str(), "broken-sum" | "wrong-figure");
    finding.rule.code == rule.code || is_sum && finding.broken.iter().any(is_of_rule)
}

fn told<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
    let line = |f: &Finding| {
        format!("{} {} {:?} {} {:?} {:?}", f.rule.code, f.rule.name, f.severity, f.place, f.message, f.broken)
    };
    findings.into_iter().map(line).collect()
}

fn findings(pack: &Pack, change: &Change, report: &str) -> Vec<Finding> {
    let others = Others {
        previous: (!change.previous.is_empty()).then(|| numbers(pack, &change.previous)),
        children: change.children.iter().map(|figures| numbers(pack, figures)).collect(),
    };
    Checker::default().check_among("r.md", report.as_bytes(), Some(&others)).report.findings
}

/// The figures of another report: 0 where nothing is said of them.
fn numbers(pack: &Pack, figures: &BTreeMap<String, String>) -> ById {
    let number = |id: &String| figures.get(id).map_or("0", String::as_str).parse().expect("a number");
    pack.figures.iter().map(|figure| (figure.id.clone(), number(&figure.id))).collect()
}

/// The form with the rows that the report adds to it.
fn opened(pack: &Pack, change: &Change) -> Pack {
    pack.with_rows(&pack.open_rows(&change.rows))
}

/// The report of one side of a case. All texts to be replaced are looked for in the form as it was, so that none is
/// found in what another one put there.
fn written(pack: &Pack, change: &Change) -> Result<String, String> {
    if let Some(file) = &change.file {
        return Ok(file.clone());
    }
    let year = pack.years.to.unwrap_or(2024);
    let mut blank = Blank::new(pack, "望江县商务局", year);
    for (id, text) in &change.figures {
        let figure = pack.figures.iter().position(|figure| figure.id == *id).expect("the pack compiled");
        blank.figures[figure].clone_from(text);
    }
    let mut report = blank.markdown();
    let mut edits = Vec::new();
    for (from, to) in &change.replace {
        let at = report.find(from).ok_or_else(|| format!("the form does not say {from:?}"))?;
        edits.push((at..at + from.len(), to));
    }
    edits.sort_by_key(|(range, _)| range.start);
    if let Some(pair) = edits.windows(2).find(|pair| pair[0].0.end > pair[1].0.start) {
        return Err(format!("{:?} and {:?} overlap", &report[pair[0].0.clone()], &report[pair[1].0.clone()]));
    }
    for (range, to) in edits.into_iter().rev() {
        report.replace_range(range, to);
    }
    Ok(report)
}

#[test]
fn every_case_is_validated() {
    let (_, packs) = builtin();
    let mut failures = String::new();
    for (pack, case) in packs.iter().flat_map(|pack| pack.cases.iter().map(move |case| (pack, case))) {
        let (word, lines) = match verdict(pack, case) {
            Verdict::Validated => continue,
            Verdict::Reported(lines) => ("reported: the right report draws", lines),
            Verdict::Missing(lines) => ("missing: the wrong report draws only", lines),
            Verdict::Noisy(lines) => ("noisy: the wrong report draws also", lines),
            Verdict::Wrong(why) => ("unsound", vec![why]),
        };
        let lines: String = lines.iter().map(|line| format!("\n    {line}")).collect();
        failures += &format!("\n  {} {}, {word}{lines}", pack.id, case.rule);
    }
    assert!(failures.is_empty(), "cases that do not hold:{failures}");
}

#[test]
fn every_rule_has_a_case() {
    let (core, packs) = builtin();
    let is_covered = |rule: &Rule| {
        let by_case = packs.iter().any(|pack| pack.cases.iter().any(|case| case.rule == rule.code));
        let by_exception = WITHOUT_CASE.iter().any(|(name, _)| *name == rule.name);
        assert!(!(by_case && by_exception), "{} has a case: it is no exception any more", rule.name);
        by_case || by_exception
    };
    let rules = core.rules.iter().chain(packs.iter().flat_map(|pack| &pack.rules));
    let bare: Vec<&str> = rules.filter(|rule| !is_covered(rule)).map(|rule| rule.name.as_str()).collect();
    assert!(bare.is_empty(), "rules without a [[case]]: {bare:?}");
}
