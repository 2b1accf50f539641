//! Agencies that must report and have not.

use super::expected::{Missing, Thin, Turnout};
use super::member::Key;
use super::reports::Collection;
use crate::finding::{Finding, Subject};
use crate::message::Message;
use crate::pack::{Fault, Levels};

impl Collection {
    /// The reports that are missing, in the order of the list, and the years that were passed over. Every form is looked at
    /// by itself: one of which hardly any agency has a report is not expected.
    pub fn missing(&self) -> (Vec<Missing>, Vec<Thin>) {
        let Some(agencies) = self.ground.agencies() else { return (Vec::new(), Vec::new()) };
        let mut missing = Vec::new();
        let (expected, thin) = self.expected();
        for (family, year) in expected {
            let is_missing = |agency: &usize| {
                let number = *agency as u32;
                let has_report = self.all_of(Key { family, agency: number, year }).next().is_some()
                    || self.unread.contains(&(number, year));
                agencies.agencies[*agency].exists_in(year) && !has_report
            };
            missing.extend((0..agencies.agencies.len()).filter(is_missing).map(|agency| Missing {
                agency,
                year,
                form: family,
            }));
        }
        missing.sort_unstable();
        (missing, thin)
    }

    /// The families of forms, by the first of each, with the years of which the report of every agency on the list is expected, and the
    /// years that are passed over.
    pub fn expected(&self) -> (Vec<(u16, u16)>, Vec<Thin>) {
        let (mut expected, mut thin) = (Vec::new(), Vec::new());
        for (&(family, year), &Turnout { reported, expected: of }) in &self.all.reported {
            if self.is_thin(family, year) {
                thin.push(Thin { year, reported, expected: of });
            } else {
                expected.push((family, year));
            }
        }
        (expected, thin)
    }

    /// Whether the report of an agency on the list is expected in a year, so that the list says that it is missing.
    pub(super) fn is_on_list_of(&self, agency: u32, (family, year): (u16, u16)) -> bool {
        let on_list = self.ground.agencies().and_then(|agencies| agencies.agencies.get(agency as usize));
        on_list.is_some_and(|agency| agency.exists_in(year)) && !self.is_thin(family, year)
    }

    /// Whether so few agencies have a report of a form and year, or none at all, that it is not expected of the others.
    fn is_thin(&self, family: u16, year: u16) -> bool {
        let of_year = self.all.reported.get(&(family, year));
        of_year
            .is_none_or(|of_year| of_year.reported * 100 < of_year.expected * self.ground.core.collection.due_percent)
    }

    /// That the report of an agency on the list is missing; its place is in the list. `levels` say how much the rules weigh for the
    /// agency.
    pub fn missing_report(&self, missing: Missing, levels: &Levels) -> Option<Finding> {
        let agency = &self.ground.agencies()?.agencies[missing.agency];
        // Which form is meant goes without saying where there is one only.
        let has_others = self.all.reported.keys().any(|(form, _)| *form != missing.form);
        let form = self.ground.packs.get(usize::from(missing.form)).filter(|_| has_others);
        let key = if form.is_some() { "missing-report.in-form" } else { "missing-report" };
        let mut message = Message::new(key).with("organization", agency.name.as_str());
        message = message.with("year", missing.year.to_string());
        let mut subject = format!("{} {}", agency.name, missing.year);
        if let Some(form) = form {
            message = message.with("form", &form.name);
            subject = format!("{subject} {}", form.id);
        }
        let subject = Subject::Text(subject);
        let rule = self.ground.core.rule(Fault::MissingReport);
        Finding::new(rule, subject, Some(agency.location.clone()), message).weighed(levels)
    }
}
