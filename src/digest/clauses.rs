//! The text of a report clause by clause, for telling copied text: without numbers, without the organ's own name, and
//! without the set phrases of the form and of the law.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::facts::{Facts, Prose};
use crate::label::is_invisible;
use crate::pack::Pack;

/// So many clauses are kept of a report: those with the smallest hashes, which is the same choice in every report.
const KEPT: usize = 32;

/// Words between two marks of punctuation.
#[derive(Debug, Clone)]
pub struct Clause<'f, 'd> {
    pub prose: &'f Prose<'d>,
    /// Where it stands, bytes of the squeezed text.
    pub range: Range<usize>,
    /// Equal for clauses that differ in numbers only.
    pub hash: u32,
    /// How many characters count.
    pub characters: usize,
}

/// The clauses of a report that are compared.
pub fn clauses<'f, 'd>(pack: &Pack, facts: &'f Facts<'d>, organization: &str) -> Vec<Clause<'f, 'd>> {
    let mut found = Vec::new();
    for prose in facts.text() {
        let text: &str = &prose.text.text;
        let set_phrases = pack.text.boilerplate.as_ref().map(|pattern| pattern.find_iter(text));
        let mut set_phrases = set_phrases.into_iter().flatten().map(|found| found.range()).peekable();
        let names = memchr::memmem::find_iter(text.as_bytes(), organization);
        let mut names = names.filter(|_| !organization.is_empty()).map(|at| at..at + organization.len()).peekable();
        let mut clause = Open::new(0);
        for (at, c) in text.char_indices() {
            if is_end(c) {
                let done = std::mem::replace(&mut clause, Open::new(at + c.len_utf8()));
                // One that holds a set phrase is none of the report's own.
                while set_phrases.next_if(|phrase| phrase.end <= done.start).is_some() {}
                let is_set = set_phrases.peek().is_some_and(|phrase| phrase.start < at);
                found.extend(done.end(prose, at, pack).filter(|_| !is_set));
                continue;
            }
            while names.next_if(|name| name.end <= at).is_some() {}
            if !names.peek().is_some_and(|name| name.start <= at) {
                clause.take(c);
            }
        }
        while set_phrases.next_if(|phrase| phrase.end <= clause.start).is_some() {}
        let is_set = set_phrases.peek().is_some();
        found.extend(clause.end(prose, text.len(), pack).filter(|_| !is_set));
    }
    found
}

fn is_end(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | ':' | '!' | '?')
}

/// A clause that is being read.
struct Open {
    start: usize,
    hash: u64,
    characters: usize,
}

impl Open {
    /// FNV-1a, a character at a time: hashes are kept from run to run, which the hashers of the standard library do not
    /// promise to bear.
    fn new(start: usize) -> Self {
        Self { start, hash: 0xcbf2_9ce4_8422_2325, characters: 0 }
    }

    fn take(&mut self, c: char) {
        let counts = matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphabetic() && !is_invisible(c);
        if counts {
            self.hash = (self.hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
            self.characters += 1;
        }
    }

    fn end<'f, 'd>(self, prose: &'f Prose<'d>, at: usize, pack: &Pack) -> Option<Clause<'f, 'd>> {
        let hash = (self.hash ^ self.hash >> 32) as u32;
        let is_long_enough = self.characters >= pack.core.archive.clause_least;
        is_long_enough.then_some(Clause { prose, range: self.start..at, hash, characters: self.characters })
    }
}

/// A sample of the clauses of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The smallest hashes of all clauses, ascending, each once.
    hashes: Box<[u32]>,
    /// Whether there are more clauses than these.
    is_cut: bool,
}

impl Sample {
    /// The sample of a report's text.
    pub fn new(pack: &Pack, facts: &Facts<'_>, organization: &str) -> Self {
        let mut hashes: Vec<u32> = clauses(pack, facts, organization).into_iter().map(|clause| clause.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let is_cut = hashes.len() > KEPT;
        hashes.truncate(KEPT);
        Self { hashes: hashes.into(), is_cut }
    }

    /// The hashes of the clauses, ascending.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Of the clauses that would be in the other's sample, too, if they stood in its text: how many do, and how many there
    /// are. Clauses that `is_common` says are nobody's own are not counted.
    pub fn shared(&self, other: &Self, is_common: impl Fn(u32) -> bool) -> (usize, usize) {
        let reach = if other.is_cut { other.hashes.last().copied().unwrap_or(0) } else { u32::MAX };
        let own = self.hashes.iter().copied().filter(|&hash| hash <= reach && !is_common(hash));
        own.fold((0, 0), |(shared, all), hash| {
            (shared + usize::from(other.hashes.binary_search(&hash).is_ok()), all + 1)
        })
    }
}
