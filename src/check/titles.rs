//! The title, the year and the agency: whether all places that name them agree.

use super::outcomes::{Outcome, Outcomes};
use crate::facts::{Facts, Title};
use crate::finding::{Finding, Label, Subject};
use crate::message::Message;
use crate::pack::{Fault, Pack};

pub(super) fn check(pack: &Pack, facts: &Facts<'_>, outcomes: &mut Outcomes<'_>) {
    let Some(title) = facts.titles.first() else {
        if facts.tables_only || pack.identify.title.is_empty() {
            outcomes.count_of(Fault::MissingTitle, Outcome::NotEvaluated);
        } else {
            let rule = pack.core.rule(Fault::MissingTitle);
            let location = Some(facts.start.clone());
            outcomes.broken(Finding::new(rule, Subject::Report, location, Message::new("missing-title")));
        }
        outcomes.count_of(Fault::WrongYear, Outcome::NotEvaluated);
        return;
    };
    outcomes.count_of(Fault::MissingTitle, Outcome::Holds);
    years(pack, facts, title, outcomes);
    organizations(pack, facts, title, outcomes);
    left_over(pack, facts, title, outcomes);
}

fn years(pack: &Pack, facts: &Facts<'_>, title: &Title, outcomes: &mut Outcomes<'_>) {
    let rule = pack.core.rule(Fault::WrongYear);
    let periods = facts.periods.iter().map(|period| (period.year, &period.location));
    let titles = facts.titles.iter().skip(1).map(|title| (title.year, &title.location));
    let Some((year, location)) = periods.chain(titles).find(|(year, _)| *year != title.year) else {
        outcomes.count_of(Fault::WrongYear, Outcome::Holds);
        return;
    };
    let message = Message::new("wrong-year").with("year", year.to_string()).with("title", title.year.to_string());
    let mut finding = Finding::new(rule, Subject::Text("period".to_owned()), Some(location.clone()), message);
    finding.found = Some(year.to_string());
    finding.expected = Some(title.year.to_string());
    finding.labels.push(Label::new(title.location.clone(), Message::new("label.title")));
    outcomes.broken(finding);
}

fn organizations(pack: &Pack, facts: &Facts<'_>, title: &Title, outcomes: &mut Outcomes<'_>) {
    let rule = pack.core.rule(Fault::WrongOrganization);
    let other = facts.titles.iter().skip(1).find(|other| !is_same(&title.organization, &other.organization));
    let Some(other) = other else {
        outcomes.count_of(Fault::WrongOrganization, Outcome::Holds);
        return;
    };
    let message = Message::new("wrong-organization")
        .with("found", other.organization.as_str())
        .with("title", title.organization.as_str());
    let subject = Subject::Text("organization".to_owned());
    let mut finding = Finding::new(rule, subject, Some(other.location.clone()), message);
    finding.found = Some(other.organization.clone());
    finding.labels.push(Label::new(title.location.clone(), Message::new("label.title")));
    outcomes.broken(finding);
}

/// Whether two names may mean one agency: names are shortened by leaving characters out (上海市科委 for
/// 上海市科学技术委员会), so one must hold the characters of the other in order.
pub fn is_same(a: &str, b: &str) -> bool {
    let holds = |long: &str, short: &str| {
        let mut rest = long.chars();
        short.chars().all(|c| rest.any(|other| other == c))
    };
    holds(a, b) || holds(b, a)
}

/// A section that opens with another year and never names the report's own.
fn left_over(pack: &Pack, facts: &Facts<'_>, title: &Title, outcomes: &mut Outcomes<'_>) {
    let rule = pack.core.rule(Fault::YearLeftOver);
    let Some(opening) = &pack.identify.opening else { return };
    let own = title.year.to_string();
    for (index, section) in facts.sections.iter().enumerate() {
        if !pack.sections[index].tables.is_empty() || section.heading.is_none() {
            continue;
        }
        if section.text.iter().any(|prose| prose.text.text.contains(&own)) {
            outcomes.count_of(Fault::YearLeftOver, Outcome::Holds);
            continue;
        }
        let leading = section.text.iter().find_map(|prose| {
            let place = opening.captures(&prose.text.text)?.name("year")?.range();
            let year: u16 = prose.text.text[place.clone()].parse().ok()?;
            // A later year is that of the plans, 「2025年，将……」.
            (year < title.year).then(|| (year, prose.locate(place)))
        });
        let Some((year, location)) = leading else {
            outcomes.count_of(Fault::YearLeftOver, Outcome::Holds);
            continue;
        };
        let message =
            Message::new("year-left-over").with("year", year.to_string()).with("title", title.year.to_string());
        let subject = Subject::Section(index as u32 + 1);
        let mut finding = Finding::new(rule, subject, Some(location), message);
        finding.found = Some(year.to_string());
        finding.expected = Some(title.year.to_string());
        finding.labels.push(Label::new(title.location.clone(), Message::new("label.title")));
        outcomes.broken(finding);
    }
}
