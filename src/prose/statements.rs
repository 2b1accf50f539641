//! What one clause states, by its words and by what the clauses before it leave: what each number counts, whose it is, of
//! which year. May rely on all of this folder but `reader`; knows nothing of what the tables say.

use std::ops::Range;

use rust_decimal::Decimal;

use super::clauses::{self, Clause};
use super::context::Context;
use super::naming::Naming;
use super::record::{Opener, Period, Record, Says, Scope};
use super::said::{Said, bit, said};
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
            let record = self.number(place, index == 0, at, &pre, &post, takes_post, records);
            start = if takes_post && !post.names.is_empty() { end } else { at + 1 };
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

    #[expect(clippy::too_many_arguments, reason = "a number with all that is around it")]
    fn number(
        &mut self,
        place: &Place<'_>,
        is_first: bool,
        at: usize,
        pre: &Said,
        post: &Said,
        takes_post: bool,
        records: &[Record],
    ) -> Record {
        let token = &place.clause.tokens[at];
        self.take_up(pre, false);
        if pre.has(Role::Becomes) {
            self.context.period = Period::Own;
        }
        if takes_post {
            self.take_up(post, false);
        }
        let mut says = self.says(place, token.kind, pre, records);
        if says == Says::Share && post.has(Role::Becomes) {
            says = Says::Nothing;
        }
        let rest = self.rest(place, pre, records);
        let is_other_result = rest.is_some();
        let with_rest = rest.map(|rest| pre.with(rest));
        let pre = with_rest.as_ref().unwrap_or(pre);
        let (names, groups) = self.naming().names(pre, post, takes_post);
        let mut record = self.record(place, token.range.clone(), says);
        match token.kind {
            Kind::Count { value, unit, is_about } => {
                (record.value, record.unit, record.is_about) = (value, Some(unit), is_about);
            }
            Kind::Percent(value) => record.value = value,
            _ => {}
        }
        record.is_about |= pre.has(Role::About) || post.has(Role::About);
        record.is_respective = pre.has(Role::Respectively) || pre.is_respective;
        let is_unclear = pre.is_unknown || takes_post && post.is_unknown;
        let is_denied = pre.has(Role::Not) || pre.has(Role::Same);
        record.is_known = !is_unclear && !is_denied && self.naming().is_sure(&groups);
        // 「全县24个乡镇中有3个收到申请」: it counts what the number before it counts.
        let is_of_before = !is_first && pre.has(Role::Within);
        let is_of_other = |before: &Record| !before.is_known || before.names.is_empty();
        record.is_known &= !(is_of_before && records.last().is_some_and(is_of_other));
        let lexicon = self.lexicon;
        let own_act = |said: &Said| said.names.iter().any(|&name| lexicon.names[name].kind == NameKind::Act);
        let is_named = |&name: &usize| lexicon.names[name].kind.is_row();
        let is_loose = (own_act(pre) || takes_post && own_act(post)) && !names.iter().any(is_named);
        let is_among = pre.has(Role::Among) || self.context.opener == Some(Opener::Among) || place.clause.depth > 0;
        record.is_known &= !(is_loose && is_among && !pre.is_own);
        let is_column = |&name: &usize| lexicon.names[name].kind == NameKind::Column;
        let is_carried = |&name: &usize| lexicon.names[name].kind.is_carried();
        let in_sentence = || records.iter().rev().take_while(|record| record.sentence == place.sentence);
        // Of whom those were that were granted, no table says.
        let base = in_sentence().find(|record| !record.names.iter().any(is_column));
        let is_of_row = base.is_some_and(|base| base.names.iter().any(is_named));
        let is_of_some = is_among || self.context.opener.is_some();
        let is_within = is_of_some || !is_first;
        // 「办结的申请中，自然人9件」: of those only.
        let is_of_act = self.context.pending.iter().any(|&name| {
            let named = &lexicon.names[name];
            let is_all = |&group: &usize| lexicon.names[group].rows.first() == named.rows.first();
            named.kind == NameKind::Act && !groups.iter().any(is_all)
        });
        let goes_on = in_sentence().next().is_some_and(|last| last.is_of_row) && !is_loose;
        record.is_of_row = (is_of_row && is_within || is_of_act && self.context.opener.is_some() || goes_on)
            && names.iter().any(is_column);
        // Nor what became of those that were carried in.
        let counted = in_sentence().find(|record| record.says == Says::Count && record.opener.is_none());
        let is_of_carried = counted.is_some_and(|counted| counted.names.iter().any(is_carried));
        record.is_known &= !(is_of_some && is_of_carried && names.iter().any(is_named));
        record.is_known &= !(names.iter().any(is_column) && names.iter().any(is_carried));
        record.is_known &=
            !(record.is_of_row || names.iter().any(is_column) && is_loose && self.naming().is_of_acts(&groups));
        let mut both = pre.clone();
        if takes_post {
            both.join(post);
        } else {
            both.roles |= post.roles
                & [Role::Narrow, Role::Apart, Role::Contents, Role::Other]
                    .into_iter()
                    .map(bit)
                    .fold(0, |all, role| all | role);
        }
        let is_case = record.unit.is_some_and(|unit| self.naming().counts(&groups, unit));
        record.scope = self.scope(&both, &names);
        let is_carried_over = names.iter().any(is_carried);
        let is_some = pre.has(Role::Loose) && self.context.is_until
            || pre.has(Role::Open)
            || pre.has(Role::Rest) && !is_carried_over && !is_other_result;
        record.is_at_most = pre.has(Role::AtMost);
        if is_some && record.scope == Scope::Whole {
            record.scope = Scope::Part;
        }
        record.period = self.period(pre, says);
        if place.clause.opens_bracket && is_first {
            // 「上年（13件）」: the bracket belongs to the words before it.
            let before = &place.clauses[place.clause.parent.unwrap_or(0)].tokens;
            let before = before.iter().rev().find(|token| token.range.end <= token_start(place));
            if before.is_some_and(|token| token.kind.is_role(Role::LastYear)) {
                record.period = Period::Last;
            }
        }
        let opens = is_first && !record.is_respective;
        record.opener = if opens { pre.opener().or(self.context.opener).or(self.colon(place)) } else { None };
        record.is_total =
            (pre.has(Role::Total) || pre.has(Role::Loose)) && !pre.has(Role::Anew) && !pre.has(Role::Share);
        record.is_compared = pre.has(Role::Than);
        let is_of_parts = pre.has(Role::Rate) || pre.has(Role::Share);
        let is_than = if record.is_compared { pre.is_than_last_year() } else { self.context.is_than_last_year };
        record.is_than_last_year = is_than && !is_of_parts;
        record.is_published = pre.has(Role::Publishes);
        record.is_rest = pre.is_rest && !is_other_result;
        let is_part = [Role::Other, Role::Narrow, Role::Apart, Role::Contents].into_iter().any(|role| pre.has(role));
        record.is_plain = !pre.is_unknown && !pre.is_others && !is_part;
        // 「公告（47条）和文件（10条）」: such a bracket holds the number of the word before it.
        record.is_inline = place.clause.opens_bracket && is_first && pre.is_empty();
        record.depth -= usize::from(record.is_inline);
        record.is_open = post.has(Role::Open) || pre.has(Role::Open);
        record.has_act = is_loose;
        if self.naming().is_strange(&names) {
            (record.scope, record.is_known) = (Scope::Others, false);
            self.context.is_held = true;
        }
        let names_group = names.iter().any(|&name| lexicon.names[name].kind == NameKind::Group);
        record.names = names;
        record.is_silent = pre.is_empty() && post.is_empty();
        if record.is_respective {
            record.listed.clone_from(&pre.names);
            (record.would_be_known, record.is_known) = (record.is_known, false);
        }
        if record.is_known && record.scope == Scope::Whole && names_group {
            self.context.is_doubtful = false;
        }
        if says == Says::Count {
            let mut named = pre.names.iter().chain(post.names.iter().filter(|_| takes_post));
            if named.any(|&name| lexicon.names[name].kind == NameKind::Group) {
                self.context.groups = groups;
            }
            let is_bare_total = record.is_total && record.names.is_empty() && !pre.is_unknown;
            if is_bare_total {
                self.context.scope = Scope::Whole;
            } else if is_case || record.scope == Scope::Others {
                self.context.is_held |= pre.is_others;
                if record.scope != Scope::Whole {
                    let is_apart = record.scope == Scope::Part && pre.has(Role::Apart) && !pre.has(Role::Narrow);
                    self.context.scope = if is_apart { self.context.scope } else { record.scope };
                } else if !record.is_known && record.names.is_empty() {
                    self.context.scope = Scope::Part;
                }
            }
        }
        record
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
                let is_part =
                    [Role::Other, Role::Narrow, Role::Apart, Role::Contents].into_iter().any(|role| pre.has(role));
                let is_of_other = pre.is_unknown || pre.is_others || is_part;
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

    /// A list follows a colon behind its total. 「规范性文件管理：制发3件」 is a heading within a sentence.
    fn colon(&self, place: &Place<'_>) -> Option<Opener> {
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
        if PARTS.into_iter().any(|role| said.has(role)) {
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

/// Where one of these is said, a number is of a part.
const PARTS: [Role; 5] = [Role::Narrow, Role::Apart, Role::Contents, Role::Frame, Role::Publishes];

fn ends_with(clause: &Clause, role: Role) -> bool {
    clause.tokens.last().is_some_and(|token| token.kind.is_role(role))
}

fn token_start(place: &Place<'_>) -> usize {
    clauses::range(place.clause).start
}

/// Where a clause is.
pub(super) struct Place<'p> {
    pub text: &'p str,
    pub clause: &'p Clause,
    pub clauses: &'p [Clause],
    pub sentence: usize,
    pub parent: Option<usize>,
}
