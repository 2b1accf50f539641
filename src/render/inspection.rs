//! The result of inspecting a rule pack, as text and as JSON.

use std::fmt::Write;

use serde::Serialize;

use super::options::Options;
use super::terminal::in_rule_file;
use super::words;
use crate::authoring::inspect::{CaseOutcome, Distance, Inspection, Remark, Strength};
use crate::message::{Argument, Language, Message};
use crate::pack::{Pack, PackError, Severity};
use crate::view::{Lines, harmless};

/// A rule pack that was inspected: where it is, its text and what came of it.
#[derive(Debug, Clone, Copy)]
pub struct Inspected<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub outcome: Result<&'a Inspection, &'a [PackError]>,
}

/// A rule pack, for people.
pub fn inspection(options: &Options, inspected: Inspected<'_>) -> String {
    let mut text = String::new();
    // What packs are called is written by others.
    let say = |message: Message| harmless(&message.say(options.language)) + "\n";
    let inspection = match inspected.outcome {
        Ok(inspection) => inspection,
        Err(errors) => {
            text.push_str(&say(Message::new("inspect.heading.unsound").with("path", inspected.path)));
            for PackError { problem, span } in errors {
                let spans = std::slice::from_ref(span);
                text.push_str(&remark(options, inspected, Severity::Error, &problem.message(), spans));
            }
            text.push_str(&say(Message::new("inspect.summary.unsound").with("errors", errors.len())));
            return text;
        }
    };
    let pack = &inspection.pack;
    let heading = Message::new("inspect.heading").with("path", inspected.path).with("pack", pack.id.as_str());
    text.push_str(&say(heading.with("name", &pack.name)));
    for Remark { severity, message, spans } in &inspection.remarks {
        text.push_str(&remark(options, inspected, *severity, message, spans));
    }
    if !inspection.strengths.is_empty() {
        text.push_str(&say(Message::new("inspect.strengths")));
        for message in strengths(pack, &inspection.strengths) {
            writeln!(text, "  {}", harmless(&message.say(options.language))).expect("strings take all");
        }
    }
    if !inspection.unwatched.is_empty() {
        text.push_str(&say(Message::new("inspect.unwatched")));
        for message in &inspection.unwatched {
            writeln!(text, "  {}", harmless(&message.say(options.language))).expect("strings take all");
        }
    }
    let failures: Vec<&CaseOutcome> = inspection.failures().collect();
    let cases = Message::new(match (inspection.cases.len(), failures.len()) {
        (0, _) => "inspect.cases.none",
        (_, 0) => "inspect.cases",
        _ => "inspect.cases.failed",
    });
    text.push_str(&say(cases.with("cases", inspection.cases.len()).with("failed", failures.len())));
    for failure in failures {
        writeln!(text, "  {}", harmless(&case(pack, failure).say(options.language))).expect("strings take all");
    }
    text.push_str(&say(summary(inspection)));
    text
}

/// The severity, what is said, and the place in the TOML below it.
fn remark(
    options: &Options,
    inspected: Inspected<'_>,
    severity: Severity,
    message: &Message,
    spans: &[std::ops::Range<usize>],
) -> String {
    let severity = words::severity(severity).say(options.language);
    let says = harmless(&message.say(options.language));
    let mut text = format!("{severity}  {says}\n");
    if !spans.is_empty() {
        text.push_str(&in_rule_file(options, inspected.path, inspected.text, spans));
    }
    text
}

fn count(inspection: &Inspection, severity: Severity) -> usize {
    inspection.remarks.iter().filter(|remark| remark.severity == severity).count()
}

fn summary(inspection: &Inspection) -> Message {
    let failed = inspection.failures().count();
    Message::new(if failed == 0 { "inspect.summary" } else { "inspect.summary.failed" })
        .with("pack", inspection.pack.id.as_str())
        .with("rules", inspection.pack.rules().len())
        .with("figures", inspection.pack.figures.len())
        .with("failed", failed)
        .with("warnings", count(inspection, Severity::Warning))
        .with("advice", count(inspection, Severity::Advice))
}

/// `GJ310 requests-do-not-balance：……`
fn case(pack: &Pack, outcome: &CaseOutcome) -> Message {
    let mut rules = pack.core.rules.iter().chain(pack.rules());
    let name = rules.find(|rule| rule.code == outcome.rule).map_or("", |rule| rule.name.as_str());
    Message::new("inspect.case")
        .with("code", outcome.rule.as_str())
        .with("name", name)
        .with("verdict", Message::new(outcome.verdict.key()))
        .with("says", outcome.verdict.message().unwrap_or_else(|| Message::new("verdict.pass")))
}

/// One sentence per component, or one for several alike in the same table.
fn strengths(pack: &Pack, strengths: &[Strength]) -> Vec<Message> {
    let is_alike = |a: &&Strength, b: &&Strength| {
        let weight = |strength: &Strength| match &strength.distance {
            Distance::Exactly(example) => (true, example.len()),
            Distance::MoreThan(count) => (false, *count),
        };
        (&a.tables, a.figures, a.equations, a.rank, weight(a)) == (&b.tables, b.figures, b.equations, b.rank, weight(b))
    };
    let strengths: Vec<&Strength> = strengths.iter().collect();
    strengths.chunk_by(is_alike).map(|alike| strength(pack, alike[0], alike.len())).collect()
}

fn strength(pack: &Pack, strength: &Strength, count: usize) -> Message {
    let tables = strength.tables.iter().map(|table| pack.tables[*table].name.as_str().into()).collect();
    let message = Message::new(if count == 1 { "inspect.strength" } else { "inspect.strength.several" });
    message
        .with("tables", Argument::List(tables))
        .with("count", count)
        .with("figures", strength.figures)
        .with("equations", strength.equations)
        .with("rank", strength.rank)
        .with("distance", distance(pack, strength))
}

fn distance(pack: &Pack, strength: &Strength) -> Message {
    // The table has been named, unless there are several.
    let table = match strength.tables[..] {
        [table] => format!("{} · ", pack.tables[table].name),
        _ => String::new(),
    };
    let example = match &strength.distance {
        Distance::MoreThan(count) => return Message::new("inspect.distance.more").with("count", *count),
        Distance::Exactly(example) => example,
    };
    let changes = example.iter().map(|(figure, by)| {
        let place = pack.figures[*figure].place.as_str();
        let place = place.strip_prefix(&table).unwrap_or(place);
        match by {
            Some(by) => Message::new("inspect.change").with("place", place).with("by", format!("{by:+}")).into(),
            None => place.into(),
        }
    });
    Message::new("inspect.distance").with("count", example.len()).with("example", Argument::List(changes.collect()))
}

#[derive(Serialize)]
struct Document {
    schema: u32,
    packs: Vec<PackJson>,
}

#[derive(Serialize)]
struct PackJson {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pack: Option<String>,
    /// No mistake, and every case holds.
    sound: bool,
    remarks: Vec<RemarkJson>,
    equations: Vec<StrengthJson>,
    unwatched: Vec<String>,
    cases: Vec<CaseJson>,
}

#[derive(Serialize)]
struct RemarkJson {
    severity: Severity,
    message: String,
    locations: Vec<PlaceJson>,
}

#[derive(Serialize)]
struct PlaceJson {
    start: usize,
    end: usize,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct StrengthJson {
    tables: Vec<String>,
    figures: usize,
    equations: usize,
    rank: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_than: Option<usize>,
    /// Ids of figures that can be changed together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    example: Vec<String>,
}

#[derive(Serialize)]
struct CaseJson {
    rule: String,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// Rule packs as one JSON document.
pub fn inspections_json(options: &Options, inspected: &[Inspected<'_>]) -> String {
    let packs = inspected.iter().map(|inspected| pack_json(*inspected, options.language)).collect();
    serde_json::to_string_pretty(&Document { schema: 1, packs }).expect("plain data always serializes") + "\n"
}

fn pack_json(inspected: Inspected<'_>, language: Language) -> PackJson {
    let lines = Lines::new(inspected.text.as_bytes(), None);
    let remark = |severity, message: &Message, spans: &[std::ops::Range<usize>]| RemarkJson {
        severity,
        message: message.say(language),
        locations: spans.iter().map(|span| place_json(&lines, span)).collect(),
    };
    let path = inspected.path.to_owned();
    let inspection = match inspected.outcome {
        Ok(inspection) => inspection,
        Err(errors) => {
            let remarks =
                errors.iter().map(|e| remark(Severity::Error, &e.problem.message(), std::slice::from_ref(&e.span)));
            let (equations, unwatched, cases) = (Vec::new(), Vec::new(), Vec::new());
            return PackJson {
                path,
                pack: None,
                sound: false,
                remarks: remarks.collect(),
                equations,
                unwatched,
                cases,
            };
        }
    };
    let case = |outcome: &CaseOutcome| CaseJson {
        rule: outcome.rule.clone(),
        verdict: outcome.verdict.name(),
        message: outcome.verdict.message().map(|message| message.say(language)),
    };
    PackJson {
        path,
        pack: Some(inspection.pack.id.clone()),
        sound: inspection.failures().next().is_none(),
        remarks: inspection.remarks.iter().map(|own| remark(own.severity, &own.message, &own.spans)).collect(),
        equations: inspection.strengths.iter().map(|own| strength_json(&inspection.pack, own)).collect(),
        unwatched: inspection.unwatched.iter().map(|message| message.say(language)).collect(),
        cases: inspection.cases.iter().map(case).collect(),
    }
}

fn place_json(lines: &Lines<'_>, span: &std::ops::Range<usize>) -> PlaceJson {
    let position = lines.position(u32::try_from(span.start).unwrap_or(u32::MAX));
    PlaceJson { start: span.start, end: span.end, line: position.line, column: position.column }
}

fn strength_json(pack: &Pack, strength: &Strength) -> StrengthJson {
    let (distance, more_than, example) = match &strength.distance {
        Distance::Exactly(example) => (Some(example.len()), None, example.as_slice()),
        Distance::MoreThan(count) => (None, Some(*count), &[][..]),
    };
    StrengthJson {
        tables: strength.tables.iter().map(|table| pack.tables[*table].id.clone()).collect(),
        figures: strength.figures,
        equations: strength.equations,
        rank: strength.rank,
        distance,
        more_than,
        example: example.iter().map(|(figure, _)| pack.figures[*figure].id.clone()).collect(),
    }
}
