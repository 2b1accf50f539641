//! What one clause states, by its words and by what the clauses before it leave: what each number counts, whose it is, of
//! which year. May rely on all of this folder but `reader`; knows nothing of what the tables say.

use std::ops::Range;

use rust_decimal::Decimal;

use super::certain::{Around, Number};
use super::clauses::{self, Clause};
use super::context::Context;
use super::naming::Naming;
use super::record::{Opener, Period, Record, Says, Scope};
use super::said::{Said, said};
use super::subject::Own;
use super::tokens::{Kind, Mark, Token};
use crate::pack::{Lexicon, Meaning, NameKind, Role};

/// Takes the clauses of a report one after the other.
pub(super) struct Statements<'a> {
    pub lexicon: &'a Lexicon,
    pub own: Own<'a>,
    pub context: Context,
}

impl Statements<'_> {
    /// Adds the records of the next clause.
    pub fn clause(&mut self, place: &Place<'_>, records: &mut Vec<Record>) {
        let clause = place.clause;
        if clause.before == Some(Mark::Semicolon) && self.context.scope == Scope::Part {
            self.context.scope = Scope::Whole;
        }
        let numbers: Vec<usize> = (0..clause.tokens.len()).filter(|&at| clause.tokens[at].kind.is_number()).collect();
        if numbers.is_empty() {
            self.without_number(place, records);
            return;
        }
        let mut start = 0;
        for (index, &at) in numbers.iter().enumerate() {
            let end = numbers.get(index + 1).copied().unwrap_or(clause.tokens.len());
            let pre = said(self.lexicon, &self.own, place.text, &clause.tokens[start.min(at)..at]);
            let stop =
                |token: &Token| [Role::All, Role::Not, Role::Becomes].iter().any(|&role| token.kind.is_role(role));
            let behind = &clause.tokens[at + 1..end];
            let (behind, rest) = behind.split_at(behind.iter().position(stop).unwrap_or(behind.len()));
            let mut post = said(self.lexicon, &self.own, place.text, behind);
            if rest.first().is_some_and(|token| token.kind.is_role(Role::Becomes)) {
                post.add(Role::Becomes);
            }
            let takes_post = !pre.names_what(self.lexicon);
            start = if takes_post && !post.names.is_empty() { end } else { at + 1 };
            let number = Number { is_first: index == 0, pre, post, takes_post };
            let record = self.number(place, at, number, records);
            records.push(record);
        }
        self.context.pending.clear();
        self.context.is_compared = false;
        self.context.is_than_last_year = false;
        self.context.opener = ends_with(clause, Role::Within).then_some(Opener::Includes);
    }

    /// A clause without a number: it may state that there is none, or set what the next ones leave out.
    fn without_number(&mut self, place: &Place<'_>, records: &mut Vec<Record>) {
        let clause = place.clause;
        if clause.tokens.is_empty() {
            return;
        }
        let lexicon = self.lexicon;
        let said = said(self.lexicon, &self.own, place.text, &clause.tokens);
        if said.has(Role::Contents) && !said.has(Role::Not) && !said.has(Role::All) {
            // 「收到申请9件，主要涉及行政处罚」 says nothing of what follows.
            self.context.pending.clear();
            return;
        }
        self.take_up(&said, true);
        let range = clauses::range(clause);
        let (names, groups) = self.naming().names(&said, &Said::default(), false);
        let says = if said.has(Role::Not) { Some(Says::None) } else { said.has(Role::All).then_some(Says::All) };
        if let Some(says) = says.filter(|_| !names.is_empty() || said.is_unknown) {
            let is_known = !said.is_unknown
                && self.naming().is_sure(&groups)
                && !said.has(Role::Than)
                && !said.has(Role::Respectively);
            let scope = self.scope(&said, &names);
            let mut record = self.record(place, range, says);
            record.names = names.clone();
            record.scope = scope;
            record.period = self.period(&said, Says::Count);
            record.is_known = is_known && !said.has(Role::Among);
            records.push(record);
        }
        if !groups.is_empty() && said.names.iter().any(|&name| lexicon.names[name].kind == NameKind::Group) {
            self.context.groups = groups;
        }
        if says != Some(Says::All) && self.naming().is_strange(&names) {
            self.context.scope = Scope::Others;
        }
        let is_frame =
            ends_with(clause, Role::Frame) && !said.has(Role::Anchor) && (said.is_unknown || said.names.is_empty());
        self.context.is_held |= is_frame || said.is_others;
        if is_frame || said.is_others {
            self.context.scope = if said.is_others { Scope::Others } else { Scope::Part };
        }
        if said.has(Role::Rest) && (said.has(Role::Other) || said.is_unknown) {
            // 「其余为咨询」: what was counted is not all of it.
            let own = records.iter_mut().filter(|record| record.sentence == place.sentence);
            own.for_each(|record| record.scope = Scope::Others);
        }
        self.context.is_doubtful |= said.has(Role::Other);
        // 「比上年有所增加，收到9件」: the comparison is made.
        let is_open = said.has(Role::Than) && !said.has(Role::Same) && said.direction().is_none();
        self.context.is_compared = is_open;
        self.context.is_than_last_year = is_open && said.is_than_last_year();
        self.context.pending = if said.has(Role::Not) || said.is_unknown { Vec::new() } else { said.names.clone() };
        if let Some(opener) = said.opener() {
            self.context.opener = Some(opener);
        }
        if ends_with(clause, Role::Within) && !said.names.is_empty() {
            self.context.opener = Some(Opener::Includes);
            if !said.is_unknown && !said.is_others && !said.has(Role::Narrow) {
                self.context.scope = Scope::Whole;
            }
        }
        if said.has(Role::Until) && said.is_unknown {
            // 「截至本报告发布之日」: the year is over by then.
            self.context.scope = Scope::Part;
        }
    }

    /// What the clause says of all that follow: whose, of when, of what.
    fn take_up(&mut self, said: &Said, is_bare: bool) {
        self.context.is_of_own |= said.is_own && self.context.may_be_of_own;
        if said.is_own || said.has(Role::Anew) {
            self.context.scope = Scope::Whole;
            self.context.is_held = false;
            self.context.is_doubtful = false;
        }
        self.context.is_until |= said.has(Role::Until);
        if said.has(Role::Anchor) && !said.has(Role::Other) {
            self.context.is_anchored = true;
            // 「优化依申请公开流程，共答复97件」: what was answered need not be requests.
            self.context.is_doubtful |= is_bare && said.is_unknown;
            let lexicon = self.lexicon;
            self.context.is_anchored_besides |= said.names.iter().any(|&name| lexicon.names[name].acts.is_some());
            let is_counted = |&name: &usize| matches!(lexicon.names[name].kind, NameKind::Act | NameKind::Group);
            if said.names.iter().any(is_counted) && !self.context.is_held && !(is_bare && said.is_unknown) {
                self.context.scope = Scope::Whole;
                self.context.is_doubtful = false;
            }
        }
        if !said.has(Role::Than) && !said.has(Role::Same) && !said.has(Role::Carries) {
            match said.time() {
                Some(Period::Own) => self.context.period = Period::Own,
                Some(period) => self.context.period = period,
                None => {}
            }
        }
    }

    fn number(&mut self, place: &Place<'_>, at: usize, mut number: Number, records: &[Record]) -> Record {
        let token = &place.clause.tokens[at];
        self.take_up(&number.pre, false);
        if number.pre.has(Role::Becomes) {
            self.context.period = Period::Own;
        }
        if number.takes_post {
            self.take_up(&number.post, false);
        }
        let mut says = self.says(place, token.kind, &number.pre, records);
        if says == Says::Share && number.post.has(Role::Becomes) {
            says = Says::Nothing;
        }
        let rest = self.rest(place, &number.pre, records);
        number.pre.names.extend(rest);
        let (names, groups) = self.naming().names(&number.pre, &number.post, number.takes_post);
        let mut record = self.record(place, token.range.clone(), says);
        match token.kind {
            Kind::Count { value, unit, is_about } => {
                (record.value, record.unit, record.is_about) = (value, Some(unit), is_about);
            }
            Kind::Percent(value) => record.value = value,
            _ => {}
        }
        let around = Around {
            naming: self.naming(),
            number: &number,
            names: &names,
            groups: &groups,
            before: &records[records.partition_point(|record| record.sentence < place.sentence)..],
            is_in_bracket: place.clause.depth > 0,
        };
        (record.is_known, record.is_of_row, record.has_act) =
            (around.is_known(), around.is_of_row(), around.is_loose());
        record.scope = self.scope_of(&number, &names, rest.is_some());
        record.period = self.period_of(place, &number, says);
        self.words(&mut record, place, &number, rest.is_some());
        if self.naming().is_strange(&names) {
            (record.scope, record.is_known) = (Scope::Others, false);
            self.context.is_held = true;
        }
        record.names = names;
        if record.is_respective {
            record.listed.clone_from(&number.pre.names);
            (record.would_be_known, record.is_known) = (record.is_known, false);
        }
        self.remember(&record, &number, groups);
        record
    }

    /// What the words around a number say of it, beside what it counts.
    fn words(&self, record: &mut Record, place: &Place<'_>, number: &Number, is_other_result: bool) {
        let Number { is_first, pre, post, .. } = number;
        record.is_about |= pre.has(Role::About) || post.has(Role::About);
        record.is_respective = pre.has(Role::Respectively) || pre.is_respective;
        record.is_at_most = pre.has(Role::AtMost);
        let opens = *is_first && !record.is_respective;
        record.opener = if opens { pre.opener().or(self.context.opener).or(colon(place)) } else { None };
        record.is_total =
            (pre.has(Role::Total) || pre.has(Role::Loose)) && !pre.has(Role::Anew) && !pre.has(Role::Share);
        record.is_compared = pre.has(Role::Than);
        let is_of_parts = pre.has(Role::Rate) || pre.has(Role::Share);
        let is_than = if record.is_compared { pre.is_than_last_year() } else { self.context.is_than_last_year };
        record.is_than_last_year = is_than && !is_of_parts;
        record.is_published = pre.has(Role::Publishes);
        record.is_rest = pre.is_rest && !is_other_result;
        record.is_plain = !pre.is_unknown && !pre.is_others && !pre.is_of_part();
        // 「公告（47条，23%）」: such a bracket holds the number of the word before it.
        record.is_inline = place.clause.opens_bracket && *is_first && pre.is_empty();
        record.depth -= usize::from(record.is_inline);
        record.is_open = post.has(Role::Open) || pre.has(Role::Open);
        record.is_silent = pre.is_empty() && post.is_empty();
    }

    fn scope_of(&self, number: &Number, names: &[usize], is_other_result: bool) -> Scope {
        let mut both = number.pre.clone();
        if number.takes_post {
            both.join(&number.post);
        } else {
            both.take_part(&number.post);
        }
        let pre = &number.pre;
        let is_carried_over = names.iter().any(|&name| self.lexicon.names[name].kind.is_carried());
        let is_some = pre.has(Role::Loose) && self.context.is_until
            || pre.has(Role::Open)
            || pre.has(Role::Rest) && !is_carried_over && !is_other_result;
        match self.scope(&both, names) {
            Scope::Whole if is_some => Scope::Part,
            scope => scope,
        }
    }

    fn period_of(&self, place: &Place<'_>, number: &Number, says: Says) -> Period {
        if place.clause.opens_bracket && number.is_first {
            // 「上年（13件，占20%）」: the bracket belongs to the words before it.
            let before = &place.clauses[place.clause.parent.unwrap_or(0)].tokens;
            let start = clauses::range(place.clause).start;
            let before = before.iter().rev().find(|token| token.range.end <= start);
            if before.is_some_and(|token| token.kind.is_role(Role::LastYear)) {
                return Period::Last;
            }
        }
        self.period(&number.pre, says)
    }

    /// What the next clauses have of a number.
    fn remember(&mut self, record: &Record, number: &Number, groups: Vec<usize>) {
        let Number { pre, post, takes_post, .. } = number;
        let lexicon = self.lexicon;
        let is_group = |&name: &usize| lexicon.names[name].kind == NameKind::Group;
        if record.is_known && record.scope == Scope::Whole && record.names.iter().any(is_group) {
            self.context.is_doubtful = false;
        }
        if record.says != Says::Count {
            return;
        }
        let is_case = record.unit.is_some_and(|unit| self.naming().counts(&groups, unit));
        if pre.names.iter().chain(post.names.iter().filter(|_| *takes_post)).any(is_group) {
            self.context.groups = groups;
        }
        let is_bare_total = record.is_total && record.names.is_empty() && !pre.is_unknown;
        if is_bare_total {
            self.context.scope = Scope::Whole;
        } else if is_case || record.scope == Scope::Others {
            self.context.is_held |= pre.is_others;
            let is_apart = record.scope == Scope::Part && pre.has(Role::Apart) && !pre.has(Role::Narrow);
            if record.scope == Scope::Whole && !record.is_known && record.names.is_empty() {
                self.context.scope = Scope::Part;
            } else if record.scope != Scope::Whole && !is_apart {
                self.context.scope = record.scope;
            }
        }
    }

    fn says(&self, place: &Place<'_>, kind: Kind, pre: &Said, records: &[Record]) -> Says {
        let has_base = || records.iter().any(|other| other.sentence == place.sentence && other.period == Period::Last);
        let is_compared = pre.has(Role::Than) || self.context.is_compared || pre.names.is_empty() && has_base();
        let direction = pre.direction();
        match kind {
            Kind::Percent(_) => {
                if let Some(is_more) = direction {
                    return Says::Growth { is_more };
                }
                let is_bracket = place.clause.depth > 0 && pre.is_empty();
                let is_behind = place.clause.before == Some(Mark::Comma) && pre.has(Role::Share);
                let follows =
                    records.last().is_some_and(|last| last.says == Says::Count && last.sentence == place.sentence);
                if pre.has(Role::Rate) {
                    return Says::Rate;
                }
                let is_another = place.clause.before == Some(Mark::Item) && pre.is_empty();
                if is_another && records.last().is_some_and(|last| last.says == Says::Share) {
                    return Says::Share;
                }
                let has_count = follows && (is_behind || pre.has(Role::Share) || is_bracket);
                let is_of_other = pre.is_unknown || pre.is_others || pre.is_of_part();
                let is_of_base = pre.names.is_empty() || pre.is_of_base;
                if has_count && is_of_base && !is_of_other && !is_compared { Says::Share } else { Says::Nothing }
            }
            _ => match direction.filter(|_| is_compared) {
                Some(is_more) => Says::Difference { is_more },
                None => Says::Count,
            },
        }
    }

    /// The name that 「其他」 means behind names of its kind.
    fn rest(&self, place: &Place<'_>, pre: &Said, records: &[Record]) -> Option<usize> {
        let lexicon = self.lexicon;
        if !pre.has(Role::Rest) || !pre.names.is_empty() || pre.is_unknown {
            return None;
        }
        let last = records.last().filter(|last| last.sentence == place.sentence)?;
        let is_of_kind =
            |name: usize| last.names.iter().any(|&other| lexicon.names[other].kind == lexicon.names[name].kind);
        (0..lexicon.names.len()).find(|&name| lexicon.names[name].rest && is_of_kind(name))
    }

    /// Of which year a number is that these words are before.
    fn period(&self, pre: &Said, says: Says) -> Period {
        if says == Says::Count && (pre.has(Role::Than) || self.context.is_compared) && !pre.has(Role::Same) {
            return Period::Last;
        }
        self.context.period
    }

    fn scope(&self, said: &Said, names: &[usize]) -> Scope {
        if said.has(Role::Other) || said.is_others {
            return Scope::Others;
        }
        if said.is_of_part() || said.has(Role::Frame) || said.has(Role::Publishes) {
            return Scope::Part;
        }
        let lexicon = self.lexicon;
        // Another thing is counted, and nobody else acts.
        let is_new =
            |&name: &usize| lexicon.names[name].kind == NameKind::Group && !self.context.groups.contains(&name);
        if said.names.iter().any(is_new) && !self.context.is_held {
            return Scope::Whole;
        }
        // What is open on the day up to which the sentence counts may be less by then.
        let is_carried = |&name: &usize| matches!(lexicon.names[name].kind, NameKind::CarriedIn | NameKind::CarriedOut);
        let is_carried = names.iter().any(is_carried) && !self.context.is_until;
        let has_noun =
            said.has(Role::Anchor) || said.names.iter().any(|&name| lexicon.names[name].kind == NameKind::Group);
        if self.context.is_doubtful && !has_noun {
            return Scope::Others;
        }
        if is_carried && self.context.scope == Scope::Part { Scope::Whole } else { self.context.scope }
    }

    fn naming(&self) -> Naming<'_> {
        Naming { lexicon: self.lexicon, context: &self.context }
    }

    fn record(&self, place: &Place<'_>, at: Range<usize>, says: Says) -> Record {
        Record {
            at,
            clause: clauses::range(place.clause),
            says,
            value: Decimal::ZERO,
            unit: None,
            names: Vec::new(),
            period: Period::Own,
            scope: Scope::Whole,
            is_about: false,
            is_known: false,
            sentence: place.sentence,
            before: place.clause.before,
            depth: place.clause.depth,
            parent: place.parent,
            opener: None,
            is_total: false,
            is_rest: false,
            is_published: false,
            is_inline: false,
            is_plain: false,
            is_open: false,
            has_act: false,
            is_compared: false,
            is_than_last_year: false,
            is_respective: false,
            is_at_most: false,
            listed: Vec::new(),
            is_silent: false,
            is_of_row: false,
            would_be_known: false,
        }
    }
}

fn ends_with(clause: &Clause, role: Role) -> bool {
    clause.tokens.last().is_some_and(|token| token.kind.is_role(role))
}

/// A list follows a colon behind its total. 「规范性文件管理：制发3件」 is a heading within a sentence.
fn colon(place: &Place<'_>) -> Option<Opener> {
    let is_own = |clause: &&Clause| std::ptr::eq(*clause, place.clause);
    let own = place.clauses.iter().position(|clause| is_own(&clause))?;
    let mut before = place.clauses[..own].iter().rev().filter(|clause| clause.depth == place.clause.depth);
    let is_list = |before: &Clause| {
        let is_name = |token: &Token| matches!(token.kind, Kind::Word(Meaning::Name(_) | Meaning::SureName(_)));
        before.tokens.iter().any(|token| token.kind.is_number())
            || before.before == Some(Mark::Comma) && !before.tokens.iter().any(is_name)
    };
    (place.clause.before == Some(Mark::Colon) && before.next().is_some_and(is_list)).then_some(Opener::Colon)
}

/// Where a clause is.
pub(super) struct Place<'p> {
    pub text: &'p str,
    pub clause: &'p Clause,
    pub clauses: &'p [Clause],
    pub sentence: usize,
    pub parent: Option<usize>,
}
