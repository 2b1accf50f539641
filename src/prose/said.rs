//! What some words of a clause say together: names, roles and times, and whether any of them is unknown. May rely on the
//! lexicon.

use super::record::{Opener, Period};
use crate::pack::{Lexicon, NameKind, Role};

/// What words say.
#[derive(Debug, Default, Clone)]
pub(super) struct Said {
    pub names: Vec<usize>,
    pub roles: u64,
    times: Vec<Period>,
    pub is_own: bool,
    pub is_others: bool,
    pub is_unknown: bool,
    /// What opens a list, before anything is named.
    opens: Option<Opener>,
    /// Numbers follow for what was named before: 「维持的分别为」.
    pub is_respective: bool,
}

pub(super) fn bit(role: Role) -> u64 {
    1 << role as u32
}

impl Said {
    pub fn add(&mut self, role: Role) {
        self.roles |= bit(role);
        let opener = match role {
            Role::Among => Some(Opener::Among),
            Role::Lists => Some(Opener::Lists),
            Role::Includes => Some(Opener::Includes),
            _ => None,
        };
        if self.names.is_empty() && !self.is_unknown && !self.is_others && !self.has(Role::Narrow) {
            self.opens = self.opens.or(opener);
        }
        self.is_respective |= role == Role::Lists && !self.names.is_empty();
        match role {
            Role::ThisYear => self.times.push(Period::Own),
            Role::LastYear => self.times.push(Period::Last),
            Role::OtherTime | Role::NextYear => self.times.push(Period::Other),
            _ => {}
        }
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles & bit(role) != 0
    }

    pub fn join(&mut self, other: &Self) {
        self.names.extend(&other.names);
        self.roles |= other.roles;
        self.is_others |= other.is_others;
        self.is_unknown |= other.is_unknown;
    }

    /// The time that is named: another one is never made good by the report's own.
    pub fn time(&self) -> Option<Period> {
        let other = self.times.iter().find(|&&time| time == Period::Other);
        other.or(self.times.last()).copied()
    }

    pub fn direction(&self) -> Option<bool> {
        match (self.has(Role::More), self.has(Role::Less)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    pub fn opener(&self) -> Option<Opener> {
        self.opens
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.roles == 0 && !self.is_unknown && !self.is_others && !self.is_own
    }

    /// Nothing is said of what is counted.
    pub fn is_silent(&self) -> bool {
        self.names.is_empty() && !self.is_unknown && !self.is_others
    }

    /// It says what is counted without what is behind the number.
    pub fn names_what(&self, lexicon: &Lexicon) -> bool {
        let kind = |&name: &usize| lexicon.names[name].kind;
        let has_year = self.has(Role::LastYear) || self.has(Role::NextYear);
        let says = |name: &usize| !matches!(kind(name), NameKind::Group | NameKind::Act);
        let has_act = self.names.iter().any(|name| kind(name) == NameKind::Act);
        self.has(Role::Carries) && has_year || self.names.iter().any(says) || has_act && self.names.len() > 1
    }
}
