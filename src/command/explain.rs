//! `gouji explain RULE`: what a rule says, why, its source, a wrong and a right example. All of it comes from the packs.

use super::streams::print;
use super::{CommandError, setup, status};
use crate::config::Config;
use crate::message::{Language, Message};
use crate::pack::nearest;
use crate::render::reference;

pub(super) fn run(config: &Config, name: &str, language: Language) -> Result<u8, CommandError> {
    let checker = setup::checker(config)?;
    let entries = reference::entries(checker.core(), checker.packs());
    let is_meant = |code: &str, own: &str| code.eq_ignore_ascii_case(name) || own == name;
    let Some(entry) = entries.iter().find(|entry| is_meant(&entry.rule.code, &entry.rule.name)) else {
        let message = match nearest(name, entries.iter().flat_map(|entry| [&entry.rule.code, &entry.rule.name])) {
            Some(nearest) => Message::new("error.unknown-rule-near").with("nearest", nearest),
            None => Message::new("error.unknown-rule"),
        };
        return Err(CommandError::usage(message.with("name", name)));
    };
    print(&reference::explanation(entry, language))?;
    Ok(status::SUCCESS)
}
