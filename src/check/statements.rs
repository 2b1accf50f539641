//! What a report must say.

use super::structure::official_title;
use super::{Outcome, Outcomes};
use crate::document::Location;
use crate::facts::{Facts, Prose};
use crate::finding::{Finding, Subject};
use crate::message::{Argument, Message};
use crate::pack::{Needed, Pack, Pattern, Statement};

pub(super) fn check(pack: &Pack, facts: &Facts<'_>, outcomes: &mut Outcomes) {
    for statement in &pack.statements {
        match statement.needed {
            Needed::InSection(section) => in_section(pack, facts, statement, section, outcomes),
            Needed::ForEmptyTable(table) => for_empty_table(pack, facts, statement, table, outcomes),
        }
    }
}

fn in_section(pack: &Pack, facts: &Facts<'_>, statement: &Statement, section: usize, outcomes: &mut Outcomes) {
    let found = &facts.sections[section];
    // A section that is missing or empty has been told of.
    let Some(heading) = found.heading.as_ref().filter(|_| found.has_content) else {
        outcomes.count(Outcome::NotEvaluated);
        return;
    };
    let unsaid = unsaid(statement, found.text.iter());
    if unsaid.is_empty() {
        outcomes.count(Outcome::Holds);
        return;
    }
    let message = Message::new("missing-statement")
        .with("title", official_title(pack, section))
        .with("words", Argument::List(unsaid))
        .with("says", &statement.rule.says);
    let subject = Subject::Section(section as u32 + 1);
    outcomes.broken(Finding::new(&statement.rule, subject, Some(heading.location.clone()), message));
}

/// A table that stands and holds nothing must be explained somewhere.
fn for_empty_table(pack: &Pack, facts: &Facts<'_>, statement: &Statement, table: usize, outcomes: &mut Outcomes) {
    let Some(location) = &facts.tables[table].location else {
        outcomes.count(Outcome::NotEvaluated);
        return;
    };
    let figures = facts.figures.iter().zip(&pack.figures).filter(|(_, figure)| figure.table == table);
    let mut values = figures.filter(|(fact, _)| fact.location.is_some());
    let is_empty = values.all(|(fact, _)| fact.is_empty() || fact.number().is_some_and(|number| number.is_zero()));
    let unsaid = if is_empty { unsaid(statement, facts.text()) } else { Vec::new() };
    if unsaid.is_empty() {
        outcomes.count(Outcome::Holds);
        return;
    }
    let of_form = &pack.tables[table];
    let message = Message::new("missing-statement.table")
        .with("table", of_form.name.as_str())
        .with("words", Argument::List(unsaid))
        .with("says", &statement.rule.says);
    let subject = Subject::Table(of_form.id.clone());
    outcomes.broken(Finding::new(&statement.rule, subject, Some(Location::clone(location)), message).at(&of_form.name));
}

/// What is to be said and is not.
fn unsaid<'f>(statement: &Statement, text: impl Iterator<Item = &'f Prose<'f>> + Clone) -> Vec<Argument> {
    let says = |pattern: &Pattern| text.clone().any(|prose| pattern.is_match(&prose.text.text));
    let unsaid = statement.patterns.iter().filter(|(pattern, _)| !says(pattern));
    unsaid.map(|(_, words)| words.as_str().into()).collect()
}
