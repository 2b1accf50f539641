//! What a report must say.

use std::sync::Arc;

use super::outcomes::{Outcome, Outcomes};
use super::structure::official_title;
use crate::facts::{Facts, Prose};
use crate::finding::{Finding, Subject};
use crate::message::{Argument, Message};
use crate::pack::{Needed, Pack, Pattern, Rule, Statement};

pub(super) fn check(
    pack: &Pack,
    facts: &Facts<'_>,
    rule: &Arc<Rule>,
    statement: &Statement,
    outcomes: &mut Outcomes<'_>,
) {
    let finding = match statement.needed {
        Needed::InSection(section) => in_section(pack, facts, rule, statement, section),
        Needed::ForEmptyTable(table) => for_empty_table(pack, facts, rule, statement, table),
    };
    match finding {
        Ok(finding) => outcomes.broken(finding),
        Err(outcome) => outcomes.count(outcome),
    }
}

/// The finding, or how the rule fared without one.
fn in_section(
    pack: &Pack,
    facts: &Facts<'_>,
    rule: &Arc<Rule>,
    statement: &Statement,
    section: usize,
) -> Result<Finding, Outcome> {
    let found = &facts.sections[section];
    // That a section is missing or empty is a finding already.
    let Some(heading) = found.heading.as_ref().filter(|_| found.has_content) else {
        return Err(Outcome::NotEvaluated);
    };
    let unsaid = unsaid(statement, found.text.iter());
    if unsaid.is_empty() {
        return Err(Outcome::Holds);
    }
    let message = Message::new("missing-statement")
        .with("title", official_title(pack, section))
        .with("words", Argument::List(unsaid))
        .with("says", &rule.says);
    let subject = Subject::Section(section as u32 + 1);
    Ok(Finding::new(rule, subject, Some(heading.location.clone()), message))
}

/// A table that is there and holds nothing must be explained somewhere.
fn for_empty_table(
    pack: &Pack,
    facts: &Facts<'_>,
    rule: &Arc<Rule>,
    statement: &Statement,
    table: usize,
) -> Result<Finding, Outcome> {
    let Some(location) = &facts.tables[table].location else {
        return Err(Outcome::NotEvaluated);
    };
    let figures = facts.figures.iter().zip(&pack.figures).filter(|(_, figure)| figure.table == table);
    let mut values = figures.filter(|(fact, _)| fact.location.is_some());
    let is_empty = values.all(|(fact, _)| fact.is_empty() || fact.number().is_some_and(|number| number.is_zero()));
    let unsaid = if is_empty { unsaid(statement, facts.text()) } else { Vec::new() };
    if unsaid.is_empty() {
        return Err(Outcome::Holds);
    }
    let of_form = &pack.tables[table];
    let message = Message::new("missing-statement.table")
        .with("table", of_form.name.as_str())
        .with("words", Argument::List(unsaid))
        .with("says", &rule.says);
    let subject = Subject::Table(of_form.id.clone());
    Ok(Finding::new(rule, subject, Some(location.clone()), message).at(&of_form.name))
}

/// What is to be said and is not.
fn unsaid<'f>(statement: &Statement, text: impl Iterator<Item = &'f Prose<'f>> + Clone) -> Vec<Argument> {
    let says = |pattern: &Pattern| text.clone().any(|prose| pattern.is_match(&prose.text.text));
    let unsaid = statement.patterns.iter().filter(|(pattern, _)| !says(pattern));
    unsaid.map(|(_, words)| words.as_str().into()).collect()
}
