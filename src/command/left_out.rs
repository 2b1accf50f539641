//! Files that a run finds in folders and that are no reports: counted for the summary, the first of them named in a line.

use crate::message::{Argument, Message};

/// Files that are no reports.
#[derive(Default)]
pub(super) struct LeftOut {
    /// Those that nobody would take for one.
    pub others: Files,
    /// Those that gouji has written.
    pub own: Files,
}

impl LeftOut {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.others.count + self.own.count
    }

    /// In a sentence each; nothing where there were none.
    pub fn messages(&self) -> impl Iterator<Item = Message> {
        let others = self.others.message("run.others", "run.others.more");
        others.into_iter().chain(self.own.message("run.own", "run.own.more"))
    }
}

/// Files of one kind: how many, and the first of them.
#[derive(Default)]
pub(super) struct Files {
    count: usize,
    first: Vec<String>,
}

impl Files {
    /// So many are named.
    const NAMED: usize = 3;

    pub fn add(&mut self, name: String) {
        self.count += 1;
        if self.first.len() < Self::NAMED {
            self.first.push(name);
        }
    }

    /// In a sentence, which is another one where there are `more` than are named; nothing where there were none.
    fn message(&self, all: &'static str, more: &'static str) -> Option<Message> {
        let first = self.first.iter().map(|name| name.as_str().into()).collect();
        let key = if self.count > self.first.len() { more } else { all };
        let message = Message::new(key).with("first", Argument::List(first));
        (self.count > 0).then_some(message)
    }
}
