//! Numbers of the text against the figures that they name: equal to one of the readings, or 0 where the text says none.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::structure::official_title;
use super::judged::Judged;
use super::readings::{Readings, Valued};
use crate::facts::Prose as Stretch;
use crate::finding::{Finding, Subject, clipped};
use crate::message::{Argument, Message};
use crate::pack::{Levels, Name, NameKind, Pack, Reading, RowSum, Rule, Term, operand};
use crate::prose::{Opener, Period, Record, Says, Scope};

/// What a paragraph says in numbers.
pub(super) struct Said<'a, 'd> {
    pub pack: &'a Pack,
    pub readings: &'a Readings<'a, 'd>,
    pub levels: &'a Levels,
    pub section: Option<usize>,
    pub stretch: &'a Stretch<'d>,
    pub records: &'a [Record],
}

/// Sums of more parts than a sentence joins are not tried.
const MOST_READINGS: usize = 24;

impl Said<'_, '_> {
    pub fn judge(&self) -> Vec<Judged> {
        (0..self.records.len()).filter_map(|record| self.figure(record)).collect()
    }

    pub fn names<'n>(&'n self, record: &'n Record) -> impl Iterator<Item = &'n Name> + Clone {
        record.names.iter().map(|&name| &self.pack.text.lexicon.names[name])
    }

    fn figure(&self, index: usize) -> Option<Judged> {
        let record = &self.records[index];
        let rule = self.rule(record)?;
        if !self.is_certain(record) {
            return None;
        }
        let readings = match record.says {
            Says::Count => self.readings_of(record, self.children(index)),
            Says::None if self.may_be_none(record) => self.plain_readings(record),
            Says::All if self.follows_all(index) => self.readings_of_all(record),
            _ => return None,
        };
        if readings.is_empty() {
            return None;
        }
        Some(self.compared(record, rule, &readings))
    }

    /// The rule that judges a record: that of the narrowest of its names.
    fn rule(&self, record: &Record) -> Option<&Arc<Rule>> {
        let own = |name: &Name| match record.says {
            Says::Count => name.counts,
            Says::None => name.none,
            Says::All => name.all,
            _ => None,
        };
        self.rule_by(record, own)
    }

    /// The rule that judges the numbers that a record names.
    pub fn rule_of(&self, record: &Record) -> Option<&Arc<Rule>> {
        self.rule_by(record, |name| name.counts)
    }

    pub fn has_kind(&self, record: &Record, kind: NameKind) -> bool {
        self.names(record).any(|name| name.kind == kind)
    }

    fn rule_by(&self, record: &Record, own: impl Fn(&Name) -> Option<usize>) -> Option<&Arc<Rule>> {
        let kinds: [&[NameKind]; 4] = [
            &[NameKind::Column],
            &[NameKind::Row, NameKind::CarriedIn, NameKind::CarriedOut],
            &[NameKind::Act],
            &[NameKind::Group],
        ];
        let of_kind =
            |kinds: &&[NameKind]| self.names(record).find(|name| kinds.contains(&name.kind) && own(name).is_some());
        let rule = &self.pack.rules[kinds.iter().find_map(of_kind).and_then(&own)?];
        (!self.levels.is_off(rule)).then_some(rule)
    }

    /// Whether it is certain that a number is of the whole report, in a unit that counts what it names.
    pub fn is_certain(&self, record: &Record) -> bool {
        let lexicon = &self.pack.text.lexicon;
        let counts = |name: &Name| {
            let unit = record.unit.map(|unit| lexicon.unit_word(unit));
            unit.is_none_or(|unit| name.units.iter().any(|known| known == unit))
        };
        record.is_known
            && !record.is_about
            && record.scope == Scope::Whole
            && record.period == Period::Own
            && self.names(record).filter(|name| name.kind == NameKind::Group).all(counts)
    }

    /// The records in the bracket behind one that says what is included.
    fn children(&self, parent: usize) -> impl Iterator<Item = &Record> {
        let is_child = move |record: &&Record| {
            record.parent == Some(parent) && matches!(record.opener, Some(Opener::Includes | Opener::Lists))
        };
        self.records.iter().filter(is_child)
    }

    /// What a number may mean; with what a bracket behind it says is included, where it is not.
    fn readings_of<'r>(&'r self, record: &Record, children: impl Iterator<Item = &'r Record>) -> Vec<Reading> {
        let mut readings = self.plain_readings(record);
        let own = self.sums(record);
        for child in children.filter(|child| !child.names.is_empty()) {
            let both = crossed(&own, &self.sums(child));
            readings.extend(both.iter().filter_map(|sum| self.reading(sum, &self.columns(record))));
        }
        readings.truncate(MOST_READINGS);
        readings
    }

    pub fn plain_readings(&self, record: &Record) -> Vec<Reading> {
        let columns = self.columns(record);
        self.sums(record).iter().filter_map(|sum| self.reading(sum, &columns)).collect()
    }

    /// The sums of rows that the names may mean together.
    fn sums(&self, record: &Record) -> Vec<RowSum> {
        let joined = |kinds: &[NameKind]| {
            let own = self.names(record).filter(|name| kinds.contains(&name.kind));
            own.fold(
                Vec::new(),
                |sums: Vec<RowSum>, name| {
                    if sums.is_empty() { name.rows.clone() } else { crossed(&sums, &name.rows) }
                },
            )
        };
        let has = |kinds: &[NameKind]| self.names(record).any(|name| kinds.contains(&name.kind));
        let rows = [NameKind::Row, NameKind::CarriedIn, NameKind::CarriedOut];
        if has(&[NameKind::Row]) && has(&[NameKind::Act]) {
            return Vec::new();
        }
        if has(&rows) {
            return joined(&rows);
        }
        let acts = || self.names(record).filter(|name| name.kind == NameKind::Act);
        let mut groups = self.names(record).filter(|name| name.kind == NameKind::Group);
        if acts().next().is_none() {
            return joined(&[NameKind::Group]);
        }
        // Acts name the rows of their own group, and say nothing of those of others.
        let lexicon = &self.pack.text.lexicon;
        let is_idle = |group: &Name| {
            let idle = group.acts.as_ref();
            idle.map(|idle| acts().all(|act| idle.iter().any(|&known| std::ptr::eq(&lexicon.names[known], act))))
        };
        match groups.try_fold(None, |before: Option<Option<bool>>, group| {
            let own = is_idle(group);
            (before.is_none() || before == Some(own)).then_some(Some(own))
        }) {
            Some(Some(Some(true))) => joined(&[NameKind::Group]),
            Some(Some(None)) => {
                let mut sums: Vec<RowSum> = Vec::new();
                for sum in acts().flat_map(|act| act.rows.iter()) {
                    let is_new = !sums.iter().any(|known| same(known, sum));
                    if is_new {
                        sums.push(sum.clone());
                    }
                }
                sums
            }
            _ => Vec::new(),
        }
    }

    fn columns<'n>(&'n self, record: &'n Record) -> Vec<&'n str> {
        let own = self.names(record).filter(|name| name.kind == NameKind::Column);
        let columns: Vec<&str> = own.flat_map(|name| name.columns.iter().map(String::as_str)).collect();
        if columns.is_empty() { vec!["total"] } else { columns }
    }

    /// A sum of rows in some columns; none where a row has no such column.
    pub fn reading(&self, sum: &RowSum, columns: &[&str]) -> Option<Reading> {
        let terms = sum.iter().flat_map(|term| columns.iter().map(move |column| (term, column)));
        let term = |(term, column): (&crate::pack::RowTerm, &&str)| {
            let operand = operand(&self.pack.tables[term.table], term.row, column)?;
            Some(Term { factor: term.factor, operand })
        };
        Some(Reading { terms: terms.map(term).collect::<Option<_>>()? })
    }

    /// Whether each of the names may be said to be none: results alone never are.
    fn may_be_none(&self, record: &Record) -> bool {
        let is_plain = |name: &Name| matches!(name.kind, NameKind::Group | NameKind::Act) || name.none.is_some();
        self.names(record).all(is_plain)
    }

    /// Whether what is said of all is said of all that the report counts.
    fn follows_all(&self, index: usize) -> bool {
        let record = &self.records[index];
        let before = self.records[..index].iter().rev().find(|before| {
            before.sentence == record.sentence && before.says == Says::Count && before.depth == record.depth
        });
        before.is_some_and(|before| {
            self.is_certain(before)
                && self.names(before).all(|name| matches!(name.kind, NameKind::Act | NameKind::Group))
                && before.opener.is_none()
        })
    }

    /// What must be 0 where something is said of all.
    fn readings_of_all(&self, record: &Record) -> Vec<Reading> {
        let name = self.names(record).find(|name| name.all.is_some());
        let Some(name) = name else { return Vec::new() };
        if !name.all_rows.is_empty() {
            return name.all_rows.iter().filter_map(|sum| self.reading(sum, &["total"])).collect();
        }
        let columns: Vec<&str> = name.all_columns.iter().map(String::as_str).collect();
        let groups = self.names(record).filter(|name| name.kind == NameKind::Group);
        let rows =
            groups.fold(
                Vec::new(),
                |sums: Vec<RowSum>, name| {
                    if sums.is_empty() { name.rows.clone() } else { crossed(&sums, &name.rows) }
                },
            );
        rows.iter().filter_map(|sum| self.reading(sum, &columns)).collect()
    }

    fn compared(&self, record: &Record, rule: &Arc<Rule>, readings: &[Reading]) -> Judged {
        let valued = self.readings.valued(readings, None);
        let stated = record.value;
        if valued.iter().any(|reading| reading.value == Some(stated)) {
            return Judged::holds(record.at.clone());
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
        let found = clipped(&self.stretch.text.text[record.at.clone()]);
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
        clipped(&self.stretch.text.text[record.clause.clone()])
    }

    pub fn finding(&self, record: &Record, rule: &Arc<Rule>, message: Message) -> Finding {
        let location = Some(self.locate(record.at.clone()));
        let mut finding = Finding::new(rule, Subject::Text(self.phrase(record)), location, message);
        finding.place = self.section.map(|section| official_title(self.pack, section)).unwrap_or_default();
        finding.found = Some(clipped(&self.stretch.text.text[record.at.clone()]));
        finding
    }

    pub fn locate(&self, at: Range<usize>) -> crate::document::Location {
        self.stretch.locate(at)
    }
}

/// Every sum of the one with every sum of the other.
fn crossed(left: &[RowSum], right: &[RowSum]) -> Vec<RowSum> {
    left.iter()
        .flat_map(|left| right.iter().map(move |right| [left.as_slice(), right].concat()))
        .take(MOST_READINGS)
        .collect()
}

fn same(a: &RowSum, b: &RowSum) -> bool {
    let key = |sum: &RowSum| -> Vec<(Decimal, usize, usize)> {
        sum.iter().map(|term| (term.factor, term.table, term.row)).collect()
    };
    key(a) == key(b)
}
