//! What words name: a clause's own names, and those that it has from the clauses before it. May rely on `said` and
//! `context`.

use super::context::Context;
use super::said::Said;
use crate::pack::{Lexicon, NameKind, Role};

/// Says what a number counts: by the names around it, and by those that earlier clauses leave.
#[derive(Clone, Copy)]
pub(super) struct Naming<'a> {
    pub lexicon: &'a Lexicon,
    pub context: &'a Context,
}

impl Naming<'_> {
    /// The names of a number, and the groups that they are of.
    pub fn names(&self, pre: &Said, post: &Said, takes_post: bool) -> (Vec<usize>, Vec<usize>) {
        let lexicon = self.lexicon;
        let kind = |name: &usize| lexicon.names[*name].kind;
        let mut names = pre.names.clone();
        let mut time = pre.clone();
        if takes_post {
            if post.names.iter().any(|name| kind(name) == NameKind::Group) {
                names.retain(|name| kind(name) != NameKind::Group);
            }
            names.extend(&post.names);
            time.join(post);
        }
        if time.has(Role::Carries) {
            let moved = match (time.has(Role::LastYear), time.has(Role::NextYear)) {
                (true, false) => lexicon.name_of(NameKind::CarriedIn),
                (false, true) => lexicon.name_of(NameKind::CarriedOut),
                (false, false) => lexicon.name_of(NameKind::Carried),
                (true, true) => return (Vec::new(), Vec::new()),
            };
            names.extend(moved);
        }
        if names.is_empty()
            && pre.is_silent()
            && !pre.has(Role::Anchor)
            && !pre.has(Role::Among)
            && !pre.has(Role::Publishes)
        {
            names.clone_from(&self.context.pending);
        }
        names.sort_unstable();
        names.dedup();
        let mut groups: Vec<usize> = names.iter().copied().filter(|name| kind(name) == NameKind::Group).collect();
        if groups.is_empty() {
            groups.clone_from(&self.context.groups);
        }
        if groups.is_empty() {
            groups.extend(self.context.default_group(lexicon));
        }
        if !names.is_empty() {
            names.retain(|name| kind(name) != NameKind::Group);
            names.extend(&groups);
            names.sort_unstable();
        }
        (names, groups)
    }

    /// Whether it is certain that these groups are the form's.
    pub fn is_sure(&self, groups: &[usize]) -> bool {
        let lexicon = self.lexicon;
        let is_sure = |&group: &usize| {
            let topic = self.context.topic;
            let is_own = lexicon.names[group].own && self.context.is_of_own;
            let besides = self.lexicon.names[group].acts.is_some();
            let is_anchored = if besides { self.context.is_anchored_besides } else { self.context.is_anchored };
            is_anchored || is_own || topic.is_some_and(|topic| lexicon.names[group].topics.contains(&topic))
        };
        !groups.is_empty() && groups.iter().all(is_sure)
    }

    /// Whether acts name rows of these groups.
    pub fn is_of_acts(&self, groups: &[usize]) -> bool {
        groups.iter().all(|&group| self.lexicon.names[group].acts.is_none())
    }

    /// Whether somebody else acts here: one who decides on disputes has others' disputes.
    pub fn is_strange(&self, names: &[usize]) -> bool {
        let kind = |name: &usize| self.lexicon.names[*name].kind;
        let is_row = |name: &&usize| kind(name).is_row();
        let mut idle = names.iter().filter_map(|&name| self.lexicon.names[name].acts.as_ref());
        let is_act = |name: &&usize| kind(name) == NameKind::Act;
        idle.any(|idle| {
            names.iter().filter(is_act).any(|act| !idle.contains(act)) || names.iter().any(|name| is_row(&name))
        })
    }

    pub fn counts(&self, groups: &[usize], unit: usize) -> bool {
        let lexicon = self.lexicon;
        let word = lexicon.unit_word(unit);
        let default = self.context.default_group(lexicon);
        groups.iter().chain(default.iter()).any(|&group| lexicon.names[group].units.iter().any(|unit| unit == word))
    }
}
