//! What a pass requires but was not found, where no finding reports it because its rule is off or only advice.

use super::structure::official_title;
use crate::facts::Facts;
use crate::message::Message;
use crate::pack::{Fault, Levels, Pack, Severity};

/// The sections and tables of the form that are not in the report and are not said to be missing.
pub(super) fn unseen(pack: &Pack, facts: &Facts<'_>, levels: &Levels) -> Vec<Message> {
    let says = |fault| {
        let rule = pack.core.rule(fault);
        levels.severity(rule, rule.severity) > Some(Severity::Advice)
    };
    let (says_sections, says_tables) = (says(Fault::MissingSection), says(Fault::MissingTable));
    let mut unseen = Vec::new();
    for (section, found) in facts.sections.iter().enumerate() {
        if found.heading.is_none() && !says_sections {
            unseen.push(Message::new("unseen.section").with("title", official_title(pack, section)));
        }
    }
    for (table, found) in pack.tables.iter().zip(&facts.tables) {
        if found.location.is_none() && !table.is_optional && !says_tables {
            unseen.push(Message::new("unseen.table").with("table", table.name.as_str()));
        }
    }
    unseen
}
