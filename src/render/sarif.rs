//! SARIF 2.1.0, for services that show findings beside a change. Written as it comes: first the rules, then a result for
//! each finding.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::address::{slashed, uri};
use super::json::to_json;
use super::options::Options;
use super::output::Output;
use super::reference;
use super::rules::InUse;
use crate::fingerprint;
use crate::message::Language;
use crate::pack::Severity;
use crate::view::{self, Across, Finding, Label, Location, Position, Report, Summary, Suppression};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The key of fingerprints. Its number changes if they are computed differently.
const FINGERPRINT: &str = "gouji/v1";

/// SARIF 2.1.0.
pub(super) struct Sarif;

impl Output for Sarif {
    fn head(&self, options: &Options) -> String {
        let language = match options.language {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        };
        let driver = Driver {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            information_uri: env!("CARGO_PKG_REPOSITORY"),
            language,
            rules: options.rules.all().iter().map(|in_use| rule(in_use, options.language)).collect(),
        };
        let driver = to_json(&driver);
        format!(
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
             \"language\":\"{language}\",\"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
        )
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    /// GitHub shows so many results of an upload, the gravest first.
    fn most_shown(&self) -> Option<usize> {
        Some(5_000)
    }

    /// The results of a report; empty where there are none.
    fn report(&self, options: &Options, report: &Report) -> String {
        let whose = Whose::of(report);
        let findings = report.findings.iter().map(|finding| result(options, whose, finding, None));
        let suppressed = report.suppressed.iter();
        let suppressed = suppressed.map(|one| result(options, whose, &one.finding, Some(&one.suppression)));
        list(findings.chain(suppressed))
    }

    fn across(&self, options: &Options, report: &Report) -> String {
        list(report.findings.iter().map(|finding| result(options, Whose::of(report), finding, None)))
    }

    fn across_suppressed(&self, options: &Options, across: &Across) -> String {
        let results = across.suppressed.iter().map(|own| {
            let (part, organization) = (own.part.as_deref(), own.organization.as_deref());
            let whose = Whose { path: &own.path, part, organization, year: own.year };
            result(options, whose, &own.item.finding, Some(&own.item.suppression))
        });
        list(results)
    }

    fn tail(&self, _: &Options, _: &Across, summary: &Summary) -> String {
        let is_whole = !summary.interrupted;
        format!("\n],\"invocations\":[{{\"executionSuccessful\":{is_whole}}}]}}]}}\n")
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    information_uri: &'a str,
    language: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    name: &'a str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: RuleProperties<'a>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties<'a> {
    tags: Vec<&'a str>,
    kind: &'a str,
    packs: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Place; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    /// Either all results have it or none: it is empty where nobody has accepted anything.
    suppressions: Vec<Accepted<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

/// Lines and columns from 1, bytes from 0; the ends are exclusive. Of files without lines only the line at which services
/// show what is said of a file: some take no result without one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(flatten)]
    rest: Option<Stretch>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stretch {
    start_column: u32,
    end_line: u32,
    end_column: u32,
    byte_offset: u32,
    byte_length: u32,
}

/// A cell or a paragraph, of formats without lines.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct Accepted<'a> {
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
}

#[derive(Serialize)]
struct Properties<'a> {
    /// Which report of the file, where that holds several.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    #[serde(skip_serializing_if = "str::is_empty")]
    place: &'a str,
    /// The id of the figure, else of what else it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    broken: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    unique: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suspects: Vec<Vec<Suspect<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Suspect<'a> {
    figure: &'a str,
    found: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

fn list<'a>(results: impl Iterator<Item = Outcome<'a>>) -> String {
    results.map(|result| to_json(&result)).collect::<Vec<_>>().join(",\n")
}

/// Which report a finding is about.
#[derive(Clone, Copy)]
struct Whose<'a> {
    path: &'a str,
    part: Option<&'a str>,
    organization: Option<&'a str>,
    year: Option<u16>,
}

impl<'a> Whose<'a> {
    fn of(report: &'a Report) -> Self {
        let (part, organization) = (report.part.as_deref(), report.organization.as_deref());
        Self { path: &report.path, part, organization, year: report.year }
    }
}

fn rule(in_use: &InUse, language: Language) -> Rule<'_> {
    let rule = &*in_use.rule;
    let (says, why) = (language.pick(&rule.says), language.pick(&rule.why));
    let tags = std::iter::once(rule.kind.as_str()).chain(in_use.packs.iter().map(String::as_str));
    let text = |text: &str| Text { text: text.to_owned() };
    Rule {
        id: &rule.code,
        name: &rule.name,
        short_description: text(says),
        full_description: text(if why.is_empty() { says } else { why }),
        help: Help { text: reference::help(rule, language), markdown: reference::help_markdown(rule, language) },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: RuleProperties { tags: tags.collect(), kind: &rule.kind, packs: &in_use.packs },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn result<'a>(
    options: &Options,
    whose: Whose<'a>,
    finding: &'a Finding,
    suppression: Option<&'a Suppression>,
) -> Outcome<'a> {
    let language = options.language;
    let path = slashed(whose.path);
    let file = (path.as_ref(), whose.part);
    let in_archive = fingerprint::in_archive((whose.organization, whose.year), file, &finding.fingerprint);
    let is_known = suppression == Some(&Suppression::Baseline);
    let related = finding.labels.iter().zip(1..).map(|(label, id)| related(label, id, whose.path, language));
    Outcome {
        rule_id: &finding.code,
        rule_index: options.rules.place(&finding.code),
        level: level(finding.severity),
        message: Text { text: literal(&message(finding, language)) },
        locations: [place(whose.path, finding.location.as_ref(), language)],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, in_archive)]),
        suppressions: suppression.map(accepted).into_iter().collect(),
        baseline_state: if is_known { Some("unchanged") } else { finding.is_new.then_some("new") },
        properties: properties(whose, finding),
    }
}

/// All that is said. Where there are no lines, the place goes first: not every service shows logical locations.
fn message(finding: &Finding, language: Language) -> Cow<'_, str> {
    match &finding.location {
        None | Some(Location::Text { .. }) => Cow::Borrowed(&finding.message),
        Some(location) => Cow::Owned(format!("{} {}", location.within(language), finding.message)),
    }
}

/// Text of a message without what would be a link in it.
fn literal(text: &str) -> String {
    if text.contains("](") { text.replace('[', "\\[") } else { text.to_owned() }
}

fn related(label: &Label, id: usize, own: &str, language: Language) -> Place {
    let path = label.path.as_deref().unwrap_or(own);
    let message = Some(Text { text: literal(&label.message) });
    Place { id: Some(id), message, ..place(path, Some(&label.location), language) }
}

fn place(path: &str, location: Option<&Location>, language: Language) -> Place {
    let stretch = |start: &Position, end: &Position| Stretch {
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: start.byte,
        byte_length: end.byte.saturating_sub(start.byte),
    };
    let region = match location {
        Some(Location::Text { start, end }) => Region { start_line: start.line, rest: Some(stretch(start, end)) },
        _ => Region { start_line: 1, rest: None },
    };
    let logical = location.and_then(|location| logical(location, language));
    Place {
        id: None,
        physical_location: Physical { artifact_location: Artifact { uri: uri(path) }, region },
        logical_locations: logical.into_iter().collect(),
        message: None,
    }
}

/// The place by its names: the qualified one is the same in every language.
fn logical(location: &Location, language: Language) -> Option<Logical> {
    let (name, fully_qualified_name, kind) = match location {
        Location::Text { .. } => return None,
        Location::Sheet { sheet, cell } => (cell.clone(), format!("{sheet}!{cell}"), "cell"),
        Location::TableCell { table, row, column } => {
            (location.within(language), format!("table{table}/row{row}/column{column}"), "cell")
        }
        Location::Paragraph { paragraph } => (location.within(language), format!("paragraph{paragraph}"), "paragraph"),
        Location::Page { page, .. } => (location.within(language), format!("page{page}"), "page"),
    };
    Some(Logical { name, fully_qualified_name, kind })
}

fn accepted(suppression: &Suppression) -> Accepted<'_> {
    let justification = match suppression {
        Suppression::Baseline => None,
        Suppression::Waiver { reason, .. } => Some(reason.as_str()),
    };
    Accepted { kind: "external", status: "accepted", justification }
}

fn properties<'a>(whose: Whose<'a>, finding: &'a Finding) -> Properties<'a> {
    let suspect = |suspect: &'a view::Suspect| Suspect {
        figure: &suspect.cell,
        found: &suspect.found,
        expected: suspect.expected.as_deref(),
        reason: suspect.reason.as_deref(),
    };
    Properties {
        part: whose.part,
        organization: whose.organization,
        year: whose.year,
        place: &finding.place,
        figure: finding.cell.as_deref(),
        row: finding.row.as_deref(),
        column: finding.column.as_deref(),
        table: finding.table.as_deref(),
        section: finding.section,
        found: finding.found.as_deref(),
        expected: finding.expected.as_deref(),
        broken: &finding.broken,
        unique: finding.unique,
        suspects: finding.suspects.iter().map(|suspects| suspects.iter().map(suspect).collect()).collect(),
        help: finding.help.as_deref(),
    }
}
