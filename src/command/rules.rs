//! `gouji rules`: every rule, one a line, as JSON or as a page.

use serde::Serialize;

use super::streams::print;
use super::{CommandError, setup, status};
use crate::cli::RulesFormat;
use crate::config::Config;
use crate::message::{Language, Message};
use crate::pack::{Rule, Severity};
use crate::render::reference::{self, Entry};

#[derive(Serialize)]
struct RuleJson<'a> {
    code: &'a str,
    name: &'a str,
    kind: &'a str,
    severity: Severity,
    pack: &'a str,
    /// All packs that have it.
    packs: &'a [&'a str],
    says: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    source: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    holds: &'a str,
}

pub(super) fn run(config: &Config, format: RulesFormat, language: Language) -> Result<u8, CommandError> {
    let checker = setup::checker(config)?;
    let entries = reference::entries(checker.core(), checker.packs());
    let text = match format {
        RulesFormat::Full => {
            let mut text = Message::new("rules.heading").say(language) + "\n";
            for of_form in reference::of_forms(&entries) {
                text.push_str(&format!("\n{}\n", reference::form(&of_form[0], checker.packs(), language)));
                text.extend(of_form.iter().map(|entry| line(entry.rule, language)));
            }
            text
        }
        RulesFormat::Json => {
            let rules: Vec<RuleJson<'_>> = entries.iter().map(|entry| json(entry, language)).collect();
            serde_json::to_string_pretty(&rules).expect("plain data always serializes") + "\n"
        }
        RulesFormat::Markdown => reference::page(&entries, checker.packs(), language),
    };
    print(&text)?;
    Ok(status::SUCCESS)
}

fn line(rule: &Rule, language: Language) -> String {
    let severity = match rule.severity {
        Severity::Error => Message::new("severity.error"),
        Severity::Warning => Message::new("severity.warning"),
        Severity::Advice => Message::new("severity.advice"),
    };
    format!("{}  {}  {}  {}\n", rule.code, severity.say(language), rule.name, language.pick(&rule.says))
}

fn json<'a>(entry: &'a Entry<'_>, language: Language) -> RuleJson<'a> {
    let rule = entry.rule;
    RuleJson {
        code: &rule.code,
        name: &rule.name,
        kind: &rule.kind,
        severity: rule.severity,
        pack: &rule.pack,
        packs: &entry.packs,
        says: language.pick(&rule.says),
        why: language.pick(&rule.why),
        source: &rule.source,
        holds: rule.holds(),
    }
}
