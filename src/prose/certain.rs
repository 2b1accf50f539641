//! Whether it is certain what a number counts: every word around it is known, and neither they nor the numbers before it make
//! it one of a part. May rely on `naming` and records.

use super::naming::Naming;
use super::record::{Opener, Record, Says};
use super::said::Said;
use crate::pack::{NameKind, Role};

/// A number of a clause, by what the words say that belong to it.
pub(super) struct Number {
    /// It is the first of its clause.
    pub is_first: bool,
    pub pre: Said,
    pub post: Said,
    /// What is behind it says what it counts, too.
    pub takes_post: bool,
}

/// A number with all that its certainty depends on.
pub(super) struct Around<'s> {
    pub naming: Naming<'s>,
    pub number: &'s Number,
    /// What it counts, and what groups that is of.
    pub names: &'s [usize],
    pub groups: &'s [usize],
    /// The records of its sentence before it.
    pub before: &'s [Record],
    pub is_in_bracket: bool,
}

impl Around<'_> {
    /// It says what was done, and not what became of it.
    pub fn is_loose(&self) -> bool {
        let Number { pre, post, takes_post, .. } = self.number;
        let has_act = |said: &Said| self.any(&said.names, |kind| kind == NameKind::Act);
        (has_act(pre) || *takes_post && has_act(post)) && !self.any(self.names, NameKind::is_row)
    }

    /// Of whom those were that were granted, no table says.
    pub fn is_of_row(&self) -> bool {
        if !self.any(self.names, is_column) {
            return false;
        }
        let base = self.before.iter().rev().find(|record| !self.any(&record.names, is_column));
        let is_of_row = base.is_some_and(|base| self.any(&base.names, NameKind::is_row));
        let goes_on = self.before.last().is_some_and(|last| last.is_of_row) && !self.is_loose();
        is_of_row && (self.is_of_some() || !self.number.is_first) || self.is_of_act() || goes_on
    }

    pub fn is_known(&self) -> bool {
        let Number { pre, post, takes_post, .. } = self.number;
        let is_unclear = pre.is_unknown || *takes_post && post.is_unknown;
        let is_denied = pre.has(Role::Not) || pre.has(Role::Same);
        if is_unclear || is_denied || !self.naming.is_sure(self.groups) {
            return false;
        }
        let is_of_whom = self.any(self.names, is_column);
        let is_loose = self.is_loose();
        let is_of_a_part = self.is_of_others()
            || is_loose && self.is_among() && !pre.is_own
            || self.is_of_carried()
            || is_of_whom && self.any(self.names, NameKind::is_carried)
            || is_of_whom && is_loose && self.naming.is_of_acts(self.groups)
            || self.is_of_row();
        !is_of_a_part
    }

    /// 「全县24个乡镇中有3个收到申请」: it counts what the number before it counts.
    fn is_of_others(&self) -> bool {
        let is_other = |before: &Record| !before.is_known || before.names.is_empty();
        !self.number.is_first && self.number.pre.has(Role::Within) && self.before.last().is_some_and(is_other)
    }

    /// 「办结的申请中，自然人9件」: of those only.
    fn is_of_act(&self) -> bool {
        let Naming { lexicon, context } = self.naming;
        let is_of_some = |&name: &usize| {
            let named = &lexicon.names[name];
            let is_all = |&group: &usize| lexicon.names[group].rows.first() == named.rows.first();
            named.kind == NameKind::Act && !self.groups.iter().any(is_all)
        };
        context.opener.is_some() && context.pending.iter().any(is_of_some)
    }

    /// What became of those that were carried in, no table says.
    fn is_of_carried(&self) -> bool {
        let is_counted = |record: &&Record| record.says == Says::Count && record.opener.is_none();
        let counted = self.before.iter().rev().find(is_counted);
        let is_of_carried = counted.is_some_and(|counted| self.any(&counted.names, NameKind::is_carried));
        is_of_carried && self.is_of_some() && self.any(self.names, NameKind::is_row)
    }

    fn is_among(&self) -> bool {
        let opener = self.naming.context.opener;
        self.number.pre.has(Role::Among) || opener == Some(Opener::Among) || self.is_in_bracket
    }

    fn is_of_some(&self) -> bool {
        self.is_among() || self.naming.context.opener.is_some()
    }

    fn any(&self, names: &[usize], is_kind: impl Fn(NameKind) -> bool) -> bool {
        names.iter().any(|&name| is_kind(self.naming.lexicon.names[name].kind))
    }
}

fn is_column(kind: NameKind) -> bool {
    kind == NameKind::Column
}
