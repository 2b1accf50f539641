//! What a section must say.

use super::structure::official_title;
use super::{Outcome, Outcomes};
use crate::facts::Facts;
use crate::finding::{Finding, Subject};
use crate::message::{Argument, Message};
use crate::pack::Pack;

pub(super) fn check(pack: &Pack, facts: &Facts<'_>, outcomes: &mut Outcomes) {
    for statement in &pack.statements {
        let section = &facts.sections[statement.section];
        // A section that is missing or empty has been told of.
        let Some(heading) = section.heading.as_ref().filter(|_| section.has_content) else {
            outcomes.count(Outcome::NotEvaluated);
            continue;
        };
        let says = |pattern: &regex::Regex| section.text.iter().any(|prose| pattern.is_match(&prose.text.text));
        let unsaid: Vec<Argument> = statement
            .patterns
            .iter()
            .filter(|(pattern, _)| !says(pattern))
            .map(|(_, words)| words.as_str().into())
            .collect();
        if unsaid.is_empty() {
            outcomes.count(Outcome::Holds);
            continue;
        }
        let message = Message::new("missing-statement")
            .with("title", official_title(pack, statement.section))
            .with("words", Argument::List(unsaid))
            .with("says", &statement.rule.says);
        let subject = Subject::Section(statement.section as u32 + 1);
        outcomes.broken(Finding::new(&statement.rule, subject, Some(heading.location.clone()), message));
    }
}
