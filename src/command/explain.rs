//! `gouji explain RULE`: what a rule says, why, its source, a wrong and a right example. All of it comes from the packs.

use super::{CommandError, setup, status};
use crate::cli::Global;
use crate::label::likeness;
use crate::message::{Language, Message};
use crate::pack::{Case, Pack, Rule, raw::Change};

pub(super) fn run(global: &Global, name: &str, language: Language) -> Result<u8, CommandError> {
    let checker = setup::checker(global)?;
    let rules = || checker.core().rules.iter().chain(checker.packs().iter().flat_map(|pack| &pack.rules));
    let Some(rule) = rules().find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.name == name) else {
        let nearest = rules().map(|rule| (likeness(name, &rule.name), &rule.name)).max();
        let message = match nearest.filter(|(alike, _)| *alike >= 50) {
            Some((_, nearest)) => Message::new("error.unknown-rule-near").with("nearest", nearest.as_str()),
            None => Message::new("error.unknown-rule"),
        };
        return Err(CommandError::usage(message.with("name", name)));
    };
    let mut text = head(rule, language);
    let with_case = checker
        .packs()
        .iter()
        .find_map(|pack| pack.cases.iter().find(|case| case.rule == rule.code).map(|case| (pack, case)));
    if let Some((pack, case)) = with_case {
        text.push_str(&cases(pack, case, language));
    }
    super::check::print(&text);
    Ok(status::SUCCESS)
}

fn head(rule: &Rule, language: Language) -> String {
    let say =
        |key: &'static str, name: &'static str, value: &str| Message::new(key).with(name, value).say(language) + "\n";
    let mut text = format!("{} {}\n{}\n", rule.code, rule.name, language.pick(&rule.says));
    let why = language.pick(&rule.why);
    if !why.is_empty() {
        text.push_str(why);
        text.push('\n');
    }
    text.push('\n');
    if !rule.holds.is_empty() {
        text.push_str(&say("explain.holds", "holds", &rule.holds));
    }
    if !rule.source.is_empty() {
        text.push_str(&say("explain.source", "source", &rule.source));
    }
    let severity = Message::new(match rule.severity {
        crate::pack::Severity::Error => "severity.error",
        crate::pack::Severity::Warning => "severity.warning",
        crate::pack::Severity::Advice => "severity.advice",
    });
    let line = Message::new("explain.severity")
        .with("severity", severity)
        .with("kind", rule.kind.as_str())
        .with("pack", rule.pack.as_str());
    text.push_str(&line.say(language));
    text.push('\n');
    text
}

fn cases(pack: &Pack, case: &Case, language: Language) -> String {
    let mut text = String::new();
    for (key, change) in [("explain.wrong", &case.wrong), ("explain.right", &case.right)] {
        let heading =
            if key == "explain.wrong" { Message::new("explain.wrong") } else { Message::new("explain.right") };
        text.push('\n');
        text.push_str(&heading.say(language));
        text.push('\n');
        for line in lines(pack, case, change) {
            text.push_str("  ");
            text.push_str(&line.say(language));
            text.push('\n');
        }
    }
    text
}

/// What is not of the specimen, and what the other side of the case changes in it.
fn lines(pack: &Pack, case: &Case, change: &Change) -> Vec<Message> {
    if let Some(file) = &change.file {
        let message = if file.trim().is_empty() {
            Message::new("explain.case.empty")
        } else {
            Message::new("explain.case.file").with("text", file.trim())
        };
        return vec![message];
    }
    let mut lines = Vec::new();
    let whole = change.over(&case.base);
    let is_told = |id: &String| case.wrong.figures.contains_key(id) || case.right.figures.contains_key(id);
    // In the order of the form.
    for figure in &pack.with_rows(&pack.open_rows(&whole.rows)).figures {
        if let Some(text) = whole.figures.get(&figure.id).filter(|_| is_told(&figure.id)) {
            let message = Message::new("explain.case.figure").with("place", figure.place.as_str());
            lines.push(message.with("text", text.as_str()));
        }
    }
    for (from, to) in &change.replace {
        let message = if to.trim().is_empty() {
            Message::new("explain.case.remove")
        } else {
            Message::new("explain.case.replace").with("to", to.trim())
        };
        lines.push(message.with("from", from.trim()));
    }
    let others = if case.base.figures.is_empty() { "explain.case.zeros" } else { "explain.case.others" };
    lines.push(Message::new(others));
    lines
}
