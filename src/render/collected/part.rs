//! What a report leaves for the formats that are written at the end: a line of JSON of types of its own.

use serde::{Deserialize, Serialize};

use super::super::{Input, Renderer, Style, place};
use super::drawing::{self, Drawing};
use super::places::Places;
use crate::facts::Value;
use crate::finding::Finding;
use crate::pack::Severity;
use crate::report::Verdict;

/// So many findings of one report are drawn.
const DRAWN: usize = 200;

/// A report, or what is told across reports of one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part {
    pub path: String,
    pub organization: Option<String>,
    pub year: Option<u16>,
    /// How the report fared by itself; none for what is told across reports.
    pub outcome: Option<Outcome>,
    pub findings: Vec<Told>,
}

/// How a report fared.
#[derive(Debug, Serialize, Deserialize)]
pub struct Outcome {
    pub verdict: Fared,
    /// Rules that held, were broken, were not evaluated.
    pub rules: [usize; 3],
    /// Places of sums that could not be evaluated.
    pub not_evaluated: Vec<String>,
    /// The id of the form, and its figures; none where they are not asked for or not comparable.
    pub figures: Option<(String, Vec<Option<String>>)>,
}

/// The verdict on a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fared {
    Pass,
    Findings,
    Unverifiable,
}

/// A finding in words.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    pub severity: Severity,
    pub code: String,
    pub name: String,
    /// What the rule says.
    pub rule: String,
    pub place: String,
    pub message: String,
    /// What else is said.
    pub notes: Vec<String>,
    pub help: Option<String>,
    pub found: Option<String>,
    pub expected: Option<String>,
    /// Where in the file.
    pub at: Option<String>,
    pub drawings: Vec<Drawing>,
}

/// The line of a report.
pub(in super::super) fn report(renderer: &Renderer, input: Input<'_>) -> String {
    let report = &input.checked.report;
    let tally = report.tally;
    let outcome = Outcome {
        verdict: match report.verdict() {
            Verdict::Pass => Fared::Pass,
            Verdict::Findings => Fared::Findings,
            Verdict::Unverifiable => Fared::Unverifiable,
        },
        rules: [tally.held, tally.broken, tally.not_evaluated],
        not_evaluated: report.not_evaluated.clone(),
        figures: figures(input).filter(|_| renderer.style == Style::Xlsx),
    };
    line(renderer, input, Some(outcome))
}

/// The line of what is told across reports of one of them.
pub(in super::super) fn across(renderer: &Renderer, input: Input<'_>) -> String {
    line(renderer, input, None)
}

fn line(renderer: &Renderer, input: Input<'_>, outcome: Option<Outcome>) -> String {
    let report = &input.checked.report;
    let part = Part {
        path: report.path.clone(),
        organization: report.organization.clone(),
        year: report.year,
        outcome,
        findings: told(renderer, input),
    };
    serde_json::to_string(&part).expect("plain data always serializes")
}

fn told(renderer: &Renderer, input: Input<'_>) -> Vec<Told> {
    let findings = &input.checked.report.findings;
    if findings.is_empty() {
        return Vec::new();
    }
    let language = renderer.language;
    let lines = input.lines();
    let drawn = if renderer.style == Style::Html { DRAWN } else { 0 };
    let places = (drawn > 0).then(|| Places::of(input.checked.document.as_ref()));
    let one = |(index, finding): (usize, &Finding)| Told {
        severity: finding.severity,
        code: finding.rule.code.clone(),
        name: finding.rule.name.clone(),
        rule: language.pick(&finding.rule.says).to_owned(),
        place: finding.place.clone(),
        message: crate::render::harmless(&finding.message.say(language)),
        notes: finding.notes.iter().map(|note| note.say(language)).collect(),
        help: finding.help.as_ref().map(|help| help.say(language)),
        found: finding.found.clone(),
        expected: finding.expected.clone(),
        at: finding.location.as_ref().map(|location| place::inside(location, &lines, language)),
        drawings: match &places {
            Some(places) if index < drawn => drawing::of(input, finding, places, &lines, language),
            _ => Vec::new(),
        },
    };
    findings.iter().enumerate().map(one).collect()
}

/// Every figure of the form as text, amounts in the form's own unit.
fn figures(input: Input<'_>) -> Option<(String, Vec<Option<String>>)> {
    let (digest, pack) = (input.checked.digest.as_ref()?, input.checked.pack.as_ref()?);
    let values = digest.values(pack);
    if values.iter().all(|value| *value == Value::Absent) {
        return None;
    }
    let text = |value| if let Value::Number(number) = value { Some(number.normalize().to_string()) } else { None };
    Some((pack.id.clone(), values.into_iter().map(text).collect()))
}
