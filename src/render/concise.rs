//! A line a finding: `望江县商务局.md:31:34: 错误 GJ210 表三 · （一）予以公开 · 自然人：空白；按勾稽关系应为 21`.

use std::fmt::Write;

use super::told::{Finding, Report, Verdict};
use super::{Renderer, harmless};
use crate::message::{Argument, Language, Message};
use crate::pack::Severity;

pub(super) fn report(renderer: &Renderer, told: &Report) -> String {
    let mut text = across(renderer, told);
    if let Some(why) = unverifiable(told, renderer.language) {
        writeln!(text, "{}: {why}", harmless(&told.path)).expect("strings take all");
    }
    text
}

pub(super) fn across(renderer: &Renderer, told: &Report) -> String {
    let mut text = String::new();
    for finding in &told.findings {
        let place = place(&told.path, finding, renderer.language);
        let severity = severity(finding.severity).say(renderer.language);
        let says = finding.line(renderer.language);
        writeln!(text, "{place}: {severity} {} {says}", finding.code).expect("strings take all");
    }
    text
}

/// The path with the place in it.
pub(super) fn place(path: &str, finding: &Finding, language: Language) -> String {
    finding.location.as_ref().map_or_else(|| harmless(path), |location| location.with_path(path, language))
}

/// The word for a severity.
pub(super) fn severity(severity: Severity) -> Message {
    Message::new(match severity {
        Severity::Error => "severity.error",
        Severity::Warning => "severity.warning",
        Severity::Advice => "severity.advice",
    })
}

/// The word for a verdict.
pub(super) fn verdict(verdict: Verdict) -> Message {
    Message::new(match verdict {
        Verdict::Pass => "verdict.pass",
        Verdict::Findings => "verdict.findings",
        Verdict::Unverifiable => "verdict.unverifiable",
    })
}

/// That a report cannot be verified, and why, where no finding says so.
pub(super) fn unverifiable(told: &Report, language: Language) -> Option<String> {
    if told.verdict != Verdict::Unverifiable || told.pack.is_none() && !told.findings.is_empty() {
        return None;
    }
    let word = verdict(told.verdict);
    if told.not_evaluated.is_empty() {
        return Some(word.say(language));
    }
    let places = told.not_evaluated.iter().map(|place| place.as_str().into()).collect();
    let why = Message::new("page.not-read").with("places", Argument::List(places));
    Some(harmless(&Message::new("verdict.because").with("verdict", word).with("why", why).say(language)))
}
