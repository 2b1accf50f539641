//! `gouji rules`: every rule, one a line, as JSON or as a page.

use serde::Serialize;

use super::{CommandError, setup, status};
use crate::cli::RulesFormat;
use crate::config::Config;
use crate::message::{Language, Message};
use crate::pack::{Rule, Severity};
use crate::render::reference;

#[derive(Serialize)]
struct RuleJson<'a> {
    code: &'a str,
    name: &'a str,
    kind: &'a str,
    severity: Severity,
    pack: &'a str,
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
    let rules = checker.core().rules.iter().chain(checker.packs().iter().flat_map(|pack| &pack.rules));
    let text = match format {
        RulesFormat::Full => {
            let mut text = Message::new("rules.heading").say(language) + "\n";
            for rule in rules {
                text.push_str(&line(rule, language));
            }
            text
        }
        RulesFormat::Json => {
            let rules: Vec<RuleJson<'_>> = rules.map(|rule| json(rule, language)).collect();
            serde_json::to_string_pretty(&rules).expect("plain data always serializes") + "\n"
        }
        RulesFormat::Markdown => reference::page(&reference::entries(checker.core(), checker.packs()), language),
    };
    super::check::print(&text);
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

fn json(rule: &Rule, language: Language) -> RuleJson<'_> {
    RuleJson {
        code: &rule.code,
        name: &rule.name,
        kind: &rule.kind,
        severity: rule.severity,
        pack: &rule.pack,
        says: language.pick(&rule.says),
        why: language.pick(&rule.why),
        source: &rule.source,
        holds: &rule.holds,
    }
}
