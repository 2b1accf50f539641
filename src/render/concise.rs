//! A line a finding: `望江县商务局.md:31:34: 错误 GJ210 表三 · （一）予以公开 · 自然人：空白；按勾稽关系应为 21`.

use std::fmt::Write;

use super::{Input, Renderer, place};
use crate::finding::Finding;
use crate::message::{Language, Message};
use crate::pack::Severity;

pub(super) fn report(renderer: &Renderer, input: Input<'_>) -> String {
    let report = &input.checked.report;
    let mut text = String::new();
    if report.findings.is_empty() {
        return text;
    }
    let lines = input.lines();
    for finding in &report.findings {
        let place = place::with_path(&report.path, finding.location.as_ref(), &lines, renderer.language);
        let severity = severity(finding.severity).say(renderer.language);
        let says = sentence(finding, renderer.language);
        writeln!(text, "{place}: {severity} {} {says}", finding.rule.code).expect("strings take all");
    }
    text
}

/// The word for a severity.
pub(super) fn severity(severity: Severity) -> Message {
    Message::new(match severity {
        Severity::Error => "severity.error",
        Severity::Warning => "severity.warning",
        Severity::Advice => "severity.advice",
    })
}

/// The place in the form's words, and what is said of it; always on one line.
pub(super) fn sentence(finding: &Finding, language: Language) -> String {
    let message = super::harmless(&finding.message.say(language));
    if finding.place.is_empty() {
        return message;
    }
    let colon = match language {
        Language::Chinese => "：",
        Language::English => ": ",
    };
    format!("{}{colon}{message}", finding.place)
}

/// The sentence, and all that is said besides.
pub(super) fn paragraph(finding: &Finding, language: Language) -> String {
    let mut text = sentence(finding, language);
    let (full_stop, blank) = match language {
        Language::Chinese => ("。", ""),
        Language::English => (".", " "),
    };
    if !finding.notes.is_empty() {
        text.push_str(full_stop);
    }
    for note in &finding.notes {
        text.push_str(blank);
        text.push_str(&super::harmless(&note.say(language)));
    }
    text
}
