//! The text of a report sentence by sentence, for telling copied text: without numbers, without the organ's own name, and
//! without the set phrases of the form and of the law.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::facts::{Facts, Prose};
use crate::label::is_invisible;
use crate::pack::Pack;

/// So many sentences are kept of a report: those with the smallest hashes, which is the same choice in every report.
const KEPT: usize = 32;

/// A sentence, or a part of one set apart by a semicolon.
#[derive(Debug, Clone)]
pub struct Sentence<'f, 'd> {
    pub prose: &'f Prose<'d>,
    /// Where it stands, bytes of the squeezed text.
    pub range: Range<usize>,
    /// Equal for sentences that differ in numbers and set phrases only.
    pub hash: u32,
    /// How many characters count.
    pub characters: usize,
}

/// The sentences of a report that are compared.
pub fn sentences<'f, 'd>(pack: &Pack, facts: &'f Facts<'d>, organization: &str) -> Vec<Sentence<'f, 'd>> {
    let least = pack.core.archive.sentence_least;
    let mut found = Vec::new();
    for prose in facts.text() {
        let text: &str = &prose.text.text;
        let set_phrases = pack.text.boilerplate.as_ref().map(|pattern| pattern.find_iter(text));
        let mut set_phrases = set_phrases.into_iter().flatten().map(|found| found.range()).peekable();
        let names = memchr::memmem::find_iter(text.as_bytes(), organization);
        let mut names = names.filter(|_| !organization.is_empty()).map(|at| at..at + organization.len()).peekable();
        let mut sentence = Open::new(0);
        let mut clause_start = 0;
        for (at, c) in text.char_indices().chain([(text.len(), END)]) {
            let Some(end) = End::of(c) else {
                while names.next_if(|name| name.end <= at).is_some() {}
                if names.peek().is_none_or(|name| name.start > at) {
                    sentence.take(c);
                }
                continue;
            };
            // A clause with a set phrase is none of the report's own.
            while set_phrases.next_if(|phrase| phrase.end <= clause_start).is_some() {}
            sentence.end_clause(set_phrases.peek().is_some_and(|phrase| phrase.start < at));
            clause_start = at + c.len_utf8();
            if end == End::Sentence {
                let done = std::mem::replace(&mut sentence, Open::new(clause_start));
                found.extend(done.end(prose, at).filter(|sentence| sentence.characters >= least));
            }
        }
    }
    found
}

/// Stands for the end of the text.
const END: char = '。';

/// What a mark of punctuation ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Clause,
    Sentence,
}

impl End {
    fn of(c: char) -> Option<Self> {
        match c {
            '，' | '：' | ',' | ':' => Some(Self::Clause),
            END | '；' | '！' | '？' | ';' | '!' | '?' => Some(Self::Sentence),
            _ => None,
        }
    }
}

/// FNV-1a, a character at a time: hashes are kept from run to run, which the hashers of the standard library do not promise
/// to bear.
fn mix(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x0100_0000_01b3)
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// A sentence that is being read.
struct Open {
    start: usize,
    hash: u64,
    characters: usize,
    /// The same of its last clause.
    clause: (u64, usize),
}

impl Open {
    fn new(start: usize) -> Self {
        Self { start, hash: SEED, characters: 0, clause: (SEED, 0) }
    }

    fn take(&mut self, c: char) {
        let counts = matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphabetic() && !is_invisible(c);
        if counts {
            self.clause = (mix(self.clause.0, u64::from(c)), self.clause.1 + 1);
        }
    }

    fn end_clause(&mut self, is_set: bool) {
        let (hash, characters) = std::mem::replace(&mut self.clause, (SEED, 0));
        if !is_set && characters > 0 {
            self.hash = mix(self.hash, hash);
            self.characters += characters;
        }
    }

    fn end<'f, 'd>(self, prose: &'f Prose<'d>, at: usize) -> Option<Sentence<'f, 'd>> {
        let hash = (self.hash ^ self.hash >> 32) as u32;
        (self.characters > 0).then_some(Sentence { prose, range: self.start..at, hash, characters: self.characters })
    }
}

/// A sample of the sentences of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The smallest hashes of all sentences, ascending, each once.
    hashes: Box<[u32]>,
    /// Whether there are more sentences than these.
    is_cut: bool,
}

impl Sample {
    /// The sample of a report's text.
    pub fn new(pack: &Pack, facts: &Facts<'_>, organization: &str) -> Self {
        let mut hashes: Vec<u32> =
            sentences(pack, facts, organization).into_iter().map(|sentence| sentence.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let is_cut = hashes.len() > KEPT;
        hashes.truncate(KEPT);
        Self { hashes: hashes.into(), is_cut }
    }

    /// The hashes of the sentences, ascending.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Of the sentences that would be in the other's sample, too, if they stood in its text: how many do, and how many there
    /// are. Sentences that `is_common` says are nobody's own are not counted.
    pub fn shared(&self, other: &Self, is_common: impl Fn(u32) -> bool) -> (usize, usize) {
        let reach = if other.is_cut { other.hashes.last().copied().unwrap_or(0) } else { u32::MAX };
        let own = self.hashes.iter().copied().filter(|&hash| hash <= reach && !is_common(hash));
        own.fold((0, 0), |(shared, all), hash| {
            (shared + usize::from(other.hashes.binary_search(&hash).is_ok()), all + 1)
        })
    }
}
