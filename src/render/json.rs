//! JSON: the public shape, in types of its own, so that inner types may change freely. Its fields are held stable.

use serde::Serialize;

use super::place::LocationJson;
use super::{Across, Input, Renderer, Summary};
use crate::check::Tally;
use crate::encoding::Encoding;
use crate::finding::{Finding, Subject, Suspect};
use crate::message::Language;
use crate::position::Lines;
use crate::report::Report;

const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct ReportJson<'a> {
    path: &'a str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pack: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    verdict: &'static str,
    rules: RulesJson,
    findings: Vec<FindingJson<'a>>,
}

/// A finding across reports.
#[derive(Serialize)]
struct AcrossJson<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    #[serde(flatten)]
    finding: FindingJson<'a>,
}

#[derive(Serialize)]
struct NotEvaluatedJson<'a> {
    path: &'a str,
    organization: &'a str,
    year: u16,
    because: String,
}

/// The lines of the files that a finding points into.
struct Files<'f, 'b> {
    own: &'f Lines<'b>,
    beside: &'f [(&'f str, Lines<'b>)],
}

impl<'f, 'b> Files<'f, 'b> {
    fn of(&self, path: Option<&str>) -> &'f Lines<'b> {
        let beside = path.and_then(|path| self.beside.iter().find(|(known, _)| *known == path));
        beside.map_or(self.own, |(_, lines)| lines)
    }
}

#[derive(Serialize)]
struct RulesJson {
    held: usize,
    broken: usize,
    not_evaluated: usize,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    kind: &'a str,
    code: &'a str,
    name: &'a str,
    severity: crate::pack::Severity,
    fingerprint: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    place: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<LocationJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<LabelJson<'a>>,
    #[serde(skip_serializing_if = "slice_is_empty")]
    broken: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    unique: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suspects: Vec<Vec<SuspectJson<'a>>>,
}

#[derive(Serialize)]
struct SuspectJson<'a> {
    cell: &'a str,
    found: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<LocationJson<'a>>,
}

#[derive(Serialize)]
struct LabelJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    location: LocationJson<'a>,
    message: String,
}

#[derive(Serialize)]
struct SummaryJson {
    reports: usize,
    unreadable: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
}

fn slice_is_empty(slice: &[String]) -> bool {
    slice.is_empty()
}

pub(super) fn head() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("{{\"schema\":{SCHEMA},\"tool\":{{\"name\":\"gouji\",\"version\":\"{version}\"}},\"reports\":[\n")
}

pub(super) fn report(renderer: &Renderer, input: Input<'_>) -> String {
    let lines = input.lines();
    to_json(&report_json(&input.checked.report, &Files { own: &lines, beside: &[] }, renderer.language))
}

pub(super) fn report_line(renderer: &Renderer, input: Input<'_>) -> String {
    format!("{{\"report\":{}}}\n", report(renderer, input))
}

/// What is told across reports of one of them: its findings, with whose it is.
pub(super) fn across(renderer: &Renderer, input: Input<'_>, separator: &str) -> String {
    let report = &input.checked.report;
    let lines = input.lines();
    let beside: Vec<(&str, Lines<'_>)> =
        input.beside.iter().map(|other| (other.checked.report.path.as_str(), other.lines())).collect();
    let files = Files { own: &lines, beside: &beside };
    let told = report.findings.iter().map(|finding| {
        to_json(&AcrossJson {
            path: &report.path,
            organization: report.organization.as_deref(),
            year: report.year,
            finding: finding_json(finding, &files, renderer.language),
        })
    });
    told.collect::<Vec<_>>().join(separator)
}

pub(super) fn across_head() -> &'static str {
    "\n],\"archive\":{\"findings\":[\n"
}

pub(super) fn across_head_line() -> &'static str {
    "{\"archive\":{\"findings\":["
}

pub(super) fn tail(renderer: &Renderer, across: &Across, summary: &Summary) -> String {
    let rules = across_tail(renderer, across);
    format!("\n],{rules}}},\"summary\":{}}}\n", to_json(&summary_json(summary)))
}

pub(super) fn tail_lines(renderer: &Renderer, across: &Across, summary: &Summary) -> String {
    let rules = across_tail(renderer, across);
    format!("],{rules}}}}}\n{{\"summary\":{}}}\n", to_json(&summary_json(summary)))
}

/// How the rules across reports fared, and what was not put.
fn across_tail(renderer: &Renderer, across: &Across) -> String {
    let not_evaluated = across.not_evaluated.iter().map(|not| NotEvaluatedJson {
        path: &not.path,
        organization: &not.organization,
        year: not.year,
        because: not.because.say(renderer.language),
    });
    let not_evaluated: Vec<_> = not_evaluated.collect();
    format!("\"rules\":{},\"not_evaluated\":{}", to_json(&rules_json(across.tally)), to_json(&not_evaluated))
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data always serializes")
}

fn summary_json(summary: &Summary) -> SummaryJson {
    SummaryJson {
        reports: summary.reports,
        unreadable: summary.unreadable,
        errors: summary.errors,
        warnings: summary.warnings,
        advice: summary.advice,
    }
}

fn report_json<'a>(report: &'a Report, files: &Files<'_, '_>, language: Language) -> ReportJson<'a> {
    ReportJson {
        path: &report.path,
        format: report.format.name(),
        encoding: report.encoding.map(Encoding::name),
        pack: report.pack.as_deref(),
        organization: report.organization.as_deref(),
        year: report.year,
        verdict: report.verdict().name(),
        rules: rules_json(report.tally),
        findings: report.findings.iter().map(|finding| finding_json(finding, files, language)).collect(),
    }
}

fn rules_json(tally: Tally) -> RulesJson {
    RulesJson { held: tally.held, broken: tally.broken, not_evaluated: tally.not_evaluated }
}

fn finding_json<'a>(finding: &'a Finding, files: &Files<'_, '_>, language: Language) -> FindingJson<'a> {
    let mut json = FindingJson {
        kind: &finding.rule.kind,
        code: &finding.rule.code,
        name: &finding.rule.name,
        severity: finding.severity,
        fingerprint: finding.fingerprint(),
        message: super::concise::paragraph(finding, language),
        help: finding.help.as_ref().map(|help| help.say(language)),
        place: &finding.place,
        section: None,
        table: None,
        row: None,
        column: None,
        cell: None,
        found: finding.found.as_deref(),
        expected: finding.expected.as_deref(),
        location: finding.location.as_ref().map(|location| LocationJson::new(location, files.own)),
        labels: finding
            .labels
            .iter()
            .map(|label| LabelJson {
                path: label.path.as_deref(),
                location: LocationJson::new(&label.location, files.of(label.path.as_deref())),
                message: label.message.say(language),
            })
            .collect(),
        broken: &finding.broken,
        unique: finding.unique,
        suspects: finding.suspects.iter().map(|suspects| suspects_json(suspects, files.own)).collect(),
    };
    match &finding.subject {
        Subject::Report | Subject::Text(_) => {}
        Subject::Section(number) => json.section = Some(*number),
        Subject::Table(id) => json.table = Some(id),
        Subject::Row(id) => (json.row, json.table) = (Some(id.as_str()), table_of(id)),
        Subject::Column(id) => (json.column, json.table) = (Some(id.as_str()), table_of(id)),
        Subject::Cell(id) => (json.cell, json.table) = (Some(id.as_str()), table_of(id)),
    }
    json
}

fn suspects_json<'a>(suspects: &'a [Suspect], lines: &Lines<'_>) -> Vec<SuspectJson<'a>> {
    let one = |suspect: &'a Suspect| SuspectJson {
        cell: &suspect.cell,
        found: &suspect.found,
        expected: suspect.expected.as_deref(),
        reason: suspect.reason,
        location: suspect.location.as_ref().map(|location| LocationJson::new(location, lines)),
    };
    suspects.iter().map(one).collect()
}

/// The table an id belongs to: its first part.
fn table_of(id: &str) -> Option<&str> {
    id.split('.').next()
}
