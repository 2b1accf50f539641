//! What some words of a clause say together: names, roles and times, and whether any of them is unknown. May rely on
//! tokens and on whose they are.

use super::record::{Opener, Period};
use super::subject::Own;
use super::tokens::{Kind, Mark, Token};
use crate::pack::{Lexicon, Meaning, Name, NameKind, Role};

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
    /// What is named is that of which there is a share: nothing is named before 「占」.
    pub is_of_base: bool,
    /// Nothing is named before 「其他」.
    pub is_rest: bool,
    /// Numbers follow for what was named before: 「维持的分别为」.
    pub is_respective: bool,
}

fn bit(role: Role) -> u64 {
    1 << role as u32
}

/// Where one of these is said, a number is not of the whole.
const PARTS: [Role; 4] = [Role::Other, Role::Narrow, Role::Apart, Role::Contents];

impl Said {
    pub fn add(&mut self, role: Role) {
        if role == Role::Ways {
            self.roles &= !bit(Role::Narrow);
            return;
        }
        self.roles |= bit(role);
        let opener = match role {
            Role::Among => Some(Opener::Among),
            Role::Lists => Some(Opener::Lists),
            Role::Includes => Some(Opener::Includes),
            _ => None,
        };
        if role == Role::YearOnYear {
            self.roles |= bit(Role::Than);
        }
        if self.names.is_empty()
            && !self.is_unknown
            && !self.is_others
            && !self.has(Role::Narrow)
            && !self.has(Role::Apart)
        {
            self.opens = self.opens.or(opener);
            self.is_rest |= role == Role::Rest;
            self.is_of_base |= role == Role::Share;
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

    /// Whether a number of these words is of a part, or of other things.
    pub fn is_of_part(&self) -> bool {
        PARTS.into_iter().any(|role| self.has(role))
    }

    /// Takes from other words only whether a number is of a part.
    pub fn take_part(&mut self, other: &Self) {
        PARTS.into_iter().filter(|&role| other.has(role)).for_each(|role| self.roles |= bit(role));
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

    /// Whether something is compared with the year before, and it is certain that nothing but that year's number is its base.
    /// Where the year before is named twice, one of them is that of which the number is: 「上年同比增长」.
    pub fn is_than_last_year(&self) -> bool {
        let named = self.times.iter().filter(|&&time| time == Period::Last).count();
        let is_other = self.times.contains(&Period::Other);
        self.has(Role::Than)
            && !self.has(Role::Same)
            && !is_other
            && named + usize::from(self.has(Role::YearOnYear)) == 1
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

/// What the words of a clause, or of a piece of one, say.
pub(super) fn said(lexicon: &Lexicon, own: &Own<'_>, text: &str, tokens: &[Token]) -> Said {
    let mut said = Said::default();
    let mut is_joined = false;
    // So many of the names are a cause, if what it causes is named.
    let mut causes = 0;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].kind {
            Kind::Word(meaning @ (Meaning::Name(name) | Meaning::SureName(name))) => {
                if matches!(meaning, Meaning::SureName(_)) {
                    said.add(Role::Anchor);
                }
                let named = &lexicon.names[name];
                // 「申请引起的复议」: what is before is the cause. 「复议、诉讼未发生」 causes nothing.
                if named.kind == NameKind::Act && named.rows.is_empty() {
                    causes = said.names.len();
                }
                // 「涉及申请的复议」 counts those only; 「申请、复议」 counts both.
                if named.kind == NameKind::Group {
                    let effects = said.names.split_off(std::mem::take(&mut causes));
                    said.names.retain(|&cause| lexicon.names[cause].kind != NameKind::Group);
                    said.names.extend(effects);
                    if named.acts.is_some() && !is_joined {
                        let is_attribute = |other: &Name| other.kind == NameKind::Group && other.acts.is_none();
                        said.names.retain(|&other| !is_attribute(&lexicon.names[other]));
                    }
                    is_joined = false;
                }
                said.names.push(name);
            }
            Kind::Word(Meaning::Role(Role::Agency)) | Kind::Unknown => {
                let is_run = |token: &Token| {
                    token.kind == Kind::Unknown
                        || token.kind.is_role(Role::Agency)
                        || token.kind.is_role(Role::And)
                        || token.kind == Kind::Mark(Mark::Item)
                };
                let mut end = at;
                while end + 1 < tokens.len() && is_run(&tokens[end + 1]) {
                    end += 1;
                }
                let words = &text[tokens[at].range.start..tokens[end].range.end];
                let is_agency = tokens[at..=end].iter().any(|token| token.kind.is_role(Role::Agency));
                if own.is_meant_by(words, is_agency) {
                    said.is_own = true;
                } else if is_agency {
                    said.is_others = true;
                } else {
                    said.is_unknown = true;
                }
                at = end;
            }
            // Of him who acts for another, the number is.
            Kind::Word(Meaning::Role(Role::Behalf)) => {
                let is_whom = |token: &Token| token.kind == Kind::Unknown || token.kind.is_role(Role::Agency);
                at += tokens[at + 1..].iter().take_while(|token| is_whom(token)).count();
            }
            Kind::Word(Meaning::Role(role)) => {
                is_joined |= role == Role::And;
                said.add(role);
            }
            Kind::Mark(Mark::Item) => is_joined = true,
            Kind::Mark(_) | Kind::Count { .. } | Kind::Percent(_) => {}
        }
        at += 1;
    }
    said
}
