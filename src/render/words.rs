//! Words that several formats use.

use crate::message::{Argument, Language, Message};
use crate::pack::Severity;
use crate::view::{Confidence, Finding, Report, Summary, Verdict, harmless};

/// The path with the place in it.
pub(super) fn place(path: &str, finding: &Finding, language: Language) -> String {
    finding.location.as_ref().map_or_else(|| harmless(path), |location| location.with_path(path, language))
}

/// The word for a severity.
pub(crate) fn severity(severity: Severity) -> Message {
    Message::new(match severity {
        Severity::Error => "severity.error",
        Severity::Warning => "severity.warning",
        Severity::Advice => "severity.advice",
    })
}

/// The word for the certainty of the expected value of a finding; empty if no sums are involved.
pub(crate) fn confidence(finding: &Finding) -> Option<Message> {
    Some(Message::new(match finding.confidence? {
        Confidence::Unique => "confidence.unique",
        Confidence::Likeliest => "confidence.likeliest",
        Confidence::Open => "confidence.open",
    }))
}

/// The word for a verdict.
pub(crate) fn verdict(verdict: Verdict) -> Message {
    Message::new(match verdict {
        Verdict::Pass => "verdict.pass",
        Verdict::Findings => "verdict.findings",
        Verdict::Unverifiable => "verdict.unverifiable",
    })
}

/// That a report cannot be verified, and why, where no finding says so.
pub(super) fn unverifiable(report: &Report, language: Language) -> Option<String> {
    if report.verdict != Verdict::Unverifiable || report.pack.is_none() && !report.findings.is_empty() {
        return None;
    }
    let word = verdict(report.verdict);
    let Some(why) = why_unverifiable(report) else { return Some(word.say(language)) };
    Some(harmless(&Message::new("verdict.because").with("verdict", word).with("why", why).say(language)))
}

/// What could not be checked of a report that was read, in a sentence; nothing where all was.
pub fn why_unverifiable(report: &Report) -> Option<Message> {
    let places = report.not_evaluated.iter().map(|place| place.as_str().into()).collect();
    let sums = Message::new("page.not-read").with("places", Argument::List(places));
    let sums = (!report.not_evaluated.is_empty()).then(|| sums.into());
    let why: Vec<Argument> = report.unseen.iter().map(|unseen| unseen.as_str().into()).chain(sums).collect();
    (!why.is_empty()).then(|| Message::new("page.not-checked").with("reasons", Argument::Sentences(why)))
}

/// 望江县商务局 2023：有问题。错误 1，……
pub(super) fn summary(report: &Report, language: Language) -> Message {
    let file = report.name(language).into_owned();
    let name: Argument = match (&report.organization, report.year) {
        (Some(organization), Some(year)) => Message::new("report.name")
            .with("organization", organization.as_str())
            .with("year", year.to_string())
            .with("path", file)
            .into(),
        _ => file.into(),
    };
    let is_right_by_itself =
        report.rules.broken == 0 && report.findings.iter().all(|finding| finding.severity == Severity::Advice);
    let is_accused = report.verdict == Verdict::Findings && is_right_by_itself;
    let key = if is_accused { "report.summary.across" } else { "report.summary" };
    Message::new(key)
        .with("name", name)
        .with("verdict", verdict(report.verdict))
        .with("errors", report.count(Severity::Error))
        .with("warnings", report.count(Severity::Warning))
        .with("advice", report.count(Severity::Advice))
        .with("held", report.rules.held)
        .with("broken", report.rules.broken)
        .with("not_evaluated", report.rules.not_evaluated)
        .with("accepted", accepted(report))
}

/// What of a report was accepted.
fn accepted(report: &Report) -> Argument {
    let mut summary = Summary::default();
    summary.add_across(report);
    summary.accepted()
}
