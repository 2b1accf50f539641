//! Numbers of the text against the figures that they name: equal to one of the readings, or 0 where the text says none.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::structure::official_title;
use super::judged::{Judged, With};
use super::readings::{Readings, Valued};
use crate::finding::{Finding, Subject, clipped};
use crate::message::{Argument, Message};
use crate::pack::{Levels, Name, NameKind, Pack, Reading, Rule};
use crate::prose::{Opener, Paragraph, Record, Says};

/// What a paragraph says in numbers.
pub(super) struct Said<'a, 'd> {
    pub pack: &'a Pack,
    pub readings: &'a Readings<'a, 'd>,
    pub levels: &'a Levels,
    pub paragraph: &'a Paragraph<'a, 'd>,
}

impl Said<'_, '_> {
    pub fn records(&self) -> &[Record] {
        &self.paragraph.records
    }

    pub fn text(&self) -> &str {
        &self.paragraph.stretch.text.text
    }

    pub fn judge(&self) -> Vec<Judged> {
        (0..self.records().len()).filter_map(|record| self.figure(record)).collect()
    }

    fn figure(&self, index: usize) -> Option<Judged> {
        let record = &self.records()[index];
        let rule = self.rule(record.rule(self.pack))?;
        if !record.is_certain(self.pack) {
            return None;
        }
        let readings = match record.says {
            Says::Count => self.readings_of(record, self.children(index)),
            Says::None if self.may_be_none(record) => record.readings(self.pack),
            Says::All if self.follows_all(index) || self.is_of_all(index) => {
                record.readings_of_the_rest(self.counted_before(index), self.pack)
            }
            _ => return None,
        };
        if readings.is_empty() {
            return None;
        }
        Some(self.compared(record, rule, readings))
    }

    /// A rule of the pack, unless it is turned off.
    pub fn rule(&self, rule: Option<usize>) -> Option<&Arc<Rule>> {
        Some(&self.pack.rules()[rule?]).filter(|rule| !self.levels.is_off(rule))
    }

    /// The records in the bracket behind one that says what is included.
    fn children(&self, parent: usize) -> impl Iterator<Item = &Record> {
        let is_child = move |record: &&Record| {
            record.parent == Some(parent) && matches!(record.opener, Some(Opener::Includes | Opener::Lists))
        };
        self.records().iter().filter(is_child)
    }

    /// What a number may mean; with what a bracket behind it says is included, where it is not.
    fn readings_of<'r>(&'r self, record: &Record, children: impl Iterator<Item = &'r Record>) -> Vec<Reading> {
        let mut readings = record.readings(self.pack);
        for child in children.filter(|child| !child.names.is_empty()) {
            readings.extend(record.readings_with(child, self.pack));
        }
        readings
    }

    /// Whether each of the names may be said to be none: results alone never are.
    fn may_be_none(&self, record: &Record) -> bool {
        let is_plain = |name: &Name| matches!(name.kind, NameKind::Group | NameKind::Act) || name.none.is_some();
        record.names(self.pack).all(is_plain)
    }

    /// Whether what is said of all is said of all that the report counts.
    fn follows_all(&self, index: usize) -> bool {
        self.counted_before(index).next().is_some_and(|before| {
            before.is_certain(self.pack)
                && before.names(self.pack).all(|name| matches!(name.kind, NameKind::Act | NameKind::Group))
                && before.opener.is_none()
        })
    }

    /// Whether something is said of all that nothing in the sentence counts: 「行政复议均维持」. What was done with all may have
    /// been done with those that were due.
    fn is_of_all(&self, index: usize) -> bool {
        let is_plain =
            |name: &Name| name.kind == NameKind::Group || name.kind == NameKind::Column && name.all.is_some();
        self.counted_before(index).next().is_none() && self.records()[index].names(self.pack).all(is_plain)
    }

    /// What was counted in the sentence so far, the last first.
    fn counted_before(&self, index: usize) -> impl Iterator<Item = &Record> {
        let record = &self.records()[index];
        let before = self.records()[..index].iter().rev().take_while(|before| before.sentence == record.sentence);
        before.filter(|before| before.says == Says::Count && before.depth == record.depth)
    }

    fn compared(&self, record: &Record, rule: &Arc<Rule>, mut readings: Vec<Reading>) -> Judged {
        let valued = self.readings.valued(&readings, None);
        let stated = record.value;
        let meant = valued.iter().find(|reading| reading.value == Some(stated)).map(|reading| reading.reading);
        if let Some(meant) = meant.and_then(|meant| readings.iter().position(|own| std::ptr::eq(own, meant))) {
            return Judged::holds(record.at.clone(), With::Figures(readings.swap_remove(meant)));
        }
        let is_lawful = |reading: &Valued<'_>| record.is_at_most && reading.value.is_some_and(|value| stated <= value);
        if valued.iter().any(is_lawful) {
            return Judged::unknown(record.at.clone());
        }
        if !valued.iter().all(|reading| reading.rules_out(stated)) {
            return Judged::unknown(record.at.clone());
        }
        Judged::broken(record.at.clone(), self.differs(record, rule, &valued))
    }

    fn differs(&self, record: &Record, rule: &Arc<Rule>, valued: &[Valued<'_>]) -> Finding {
        // Readings that come to the same are named once: the first is the plainest.
        let is_new = |at: usize| {
            let own = valued[at].value;
            own.is_none() || valued[..at].iter().all(|before| before.value != own)
        };
        let tried = (0..valued.len()).filter(|&at| is_new(at)).map(|at| valued[at].message(None).into()).collect();
        let found = clipped(&self.text()[record.at.clone()]);
        let states = record.says != Says::Count;
        let key = if states { "prose-table.states" } else { "prose-table" };
        let mut arguments = vec![("found", found.into()), ("readings", Argument::Either(tried))];
        if !states {
            arguments.push(("phrase", self.phrase(record).into()));
        }
        let mut finding = self.finding(record, rule, Message { key, arguments });
        finding.labels = self.readings.labels(valued);
        if let ([only], false) = (valued, states) {
            finding.expected = only.value.map(|value: Decimal| value.normalize().to_string());
        }
        finding
    }

    /// The words of a record's clause.
    pub fn phrase(&self, record: &Record) -> String {
        clipped(&self.text()[record.clause.clone()])
    }

    pub fn finding(&self, record: &Record, rule: &Arc<Rule>, message: Message) -> Finding {
        let location = Some(self.locate(record.at.clone()));
        let mut finding = Finding::new(rule, Subject::Text(self.phrase(record)), location, message);
        finding.place = self.paragraph.section.map(|section| official_title(self.pack, section)).unwrap_or_default();
        finding.found = Some(clipped(&self.text()[record.at.clone()]));
        finding
    }

    pub fn locate(&self, at: Range<usize>) -> crate::document::Location {
        self.paragraph.stretch.locate(at)
    }
}
