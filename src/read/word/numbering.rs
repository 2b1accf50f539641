//! Automatic numbering: the 「一、」 that a reader of the document sees and that is nowhere in its text.

use std::collections::{HashMap, HashSet};

use super::numeral::numeral;

/// Lists have so many levels.
pub(in crate::read) const LEVELS: usize = 9;

/// How a kind of list is numbered.
pub(in crate::read) type Levels = [Level; LEVELS];

/// How far the levels of a list have been counted.
pub(in crate::read) type Counters = [Option<u32>; LEVELS];

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(in crate::read) struct Numbering {
    /// How a kind of list is numbered, by its id.
    kinds: HashMap<String, Levels>,
    lists: HashMap<String, List>,
    counters: HashMap<String, Counters>,
    /// Lists of which a paragraph has been numbered.
    begun: HashSet<String>,
}

#[derive(Debug, Clone, Default)]
pub(in crate::read) struct Level {
    pub start: Option<u32>,
    /// The name of a numbering format.
    pub format: String,
    /// What is printed, with the number of a level, counted from 0, in place of that level's number.
    pub text: String,
    /// Numbers of other levels in it are plain digits.
    pub is_legal: bool,
}

/// A list: of one kind, perhaps with other starts.
#[derive(Debug, Clone, Default)]
struct List {
    kind: String,
    starts: [Option<u32>; LEVELS],
}

impl Numbering {
    /// A level of a kind of list.
    pub fn level(&mut self, kind: &str, level: usize) -> &mut Level {
        &mut self.kinds.entry(kind.to_owned()).or_default()[level.min(LEVELS - 1)]
    }

    /// Says of which kind a list is.
    pub fn set_kind(&mut self, list: &str, kind: String) {
        self.list(list).kind = kind;
    }

    /// Says where a list starts on a level, whatever its kind says.
    pub fn set_start(&mut self, list: &str, level: usize, start: Option<u32>) {
        self.list(list).starts[level.min(LEVELS - 1)] = start;
    }

    fn list(&mut self, list: &str) -> &mut List {
        self.lists.entry(list.to_owned()).or_default()
    }

    /// What is printed before the next paragraph of the list; nothing where the list numbers nothing.
    pub fn next(&mut self, list: &str, level: u32) -> String {
        let level = (level as usize).min(LEVELS - 1);
        let Some(of) = self.lists.get(list) else { return String::new() };
        let Some(kind) = self.kinds.get(&of.kind) else { return String::new() };
        let counters = self.counters.entry(of.kind.clone()).or_default();
        if self.begun.insert(list.to_owned()) {
            // Lists of one kind are counted on, unless they say where they start.
            for (counter, start) in counters.iter_mut().zip(of.starts) {
                *counter = start.map_or(*counter, |start| start.checked_sub(1));
            }
        }
        advance(kind, counters, level, &of.starts)
    }
}

/// Counts a level one further, and gives what is printed for it; `starts` are those that a list has in place of its kind's.
pub(in crate::read) fn advance(kind: &Levels, counters: &mut Counters, level: usize, starts: &Counters) -> String {
    let start = |level: usize| starts[level].or(kind[level].start).unwrap_or(1);
    counters[level] = Some(counters[level].map_or_else(|| start(level), |count| count.saturating_add(1)));
    counters[level + 1..].fill(None);

    let own = &kind[level];
    let mut text = String::new();
    for character in own.text.chars() {
        let of = character as usize;
        if of >= LEVELS {
            text.push(character);
            continue;
        }
        let number = counters[of].unwrap_or_else(|| start(of));
        let format = if own.is_legal { "decimal" } else { &kind[of].format };
        text.push_str(&numeral(format, number));
    }
    // A bullet is a sign of a font of its own.
    if own.format == "bullet" { String::new() } else { text }
}
