//! The text of a report sentence by sentence, for finding copied text: without numbers, without the agency's own name, and
//! without the set phrases of the form and of the law.

use std::ops::Range;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use crate::facts::{Facts, Prose};
use crate::fingerprint::{SEED, mix};
use crate::label::is_invisible;
use crate::pack::Pack;

/// So many sentences are kept of a report: those with the smallest hashes, which is the same choice in every report.
const KEPT: usize = 32;

/// A sentence, or a part of one that ends with a semicolon.
#[derive(Debug, Clone)]
pub struct Sentence<'f, 'd> {
    pub prose: &'f Prose<'d>,
    /// Its place, bytes of the squeezed text.
    pub range: Range<usize>,
    /// Equal for sentences that differ in numbers and set phrases only.
    pub hash: u32,
    /// How many characters count.
    pub characters: usize,
}

/// The sentences of a report that are compared.
pub fn sentences<'f, 'd>(pack: &Pack, facts: &'f Facts<'d>, organization: &str) -> Vec<Sentence<'f, 'd>> {
    let least = pack.core.collection.sentence_least;
    let own_name = Finder::new(organization);
    let mut found = Vec::new();
    for prose in facts.text() {
        let text: &str = &prose.text.text;
        let set_phrases = pack.text().boilerplate.as_ref().map(|pattern| pattern.find_iter(text));
        let mut set_phrases = set_phrases.into_iter().flatten().map(|found| found.range()).peekable();
        let names = own_name.find_iter(text.as_bytes());
        let mut names = names.filter(|_| !organization.is_empty()).map(|at| at..at + organization.len()).peekable();
        let mut open: Option<Open> = None;
        for (clause, end) in clauses(text) {
            let sentence = open.get_or_insert_with(|| Open::new(clause.start));
            while set_phrases.next_if(|phrase| phrase.end <= clause.start).is_some() {}
            // A clause with a set phrase is none of the report's own.
            if set_phrases.peek().is_none_or(|phrase| phrase.start >= clause.end) {
                let mut from = clause.start;
                while names.next_if(|name| name.end <= from).is_some() {}
                while let Some(name) = names.peek().filter(|name| from < clause.end && name.start < clause.end) {
                    sentence.take(&text[from..name.start.max(from)]);
                    from = name.end;
                    names.next_if(|name| name.end <= clause.end);
                }
                // A name may go on behind the clause.
                sentence.take(text.get(from..clause.end).unwrap_or_default());
                sentence.end_clause();
            }
            if end == End::Sentence {
                let done = open.take().and_then(|sentence| sentence.end(prose, clause.end));
                found.extend(done.filter(|sentence| sentence.characters >= least));
            }
        }
    }
    found
}

/// The clauses of a text, each with what the mark behind it ends. Goes from first byte to first byte: nearly all characters
/// of a report are Chinese, and none of these is a mark.
fn clauses(text: &str) -> impl Iterator<Item = (Range<usize>, End)> {
    let mut start = Some(0);
    let mut at = 0;
    std::iter::from_fn(move || {
        let own = start?;
        while let Some(&first) = text.as_bytes().get(at) {
            if matches!(first, 0xe4..=0xe9) {
                at += 3;
                continue;
            }
            let (stop, c) = (at, text[at..].chars().next()?);
            at += c.len_utf8();
            if let Some(end) = End::of(c) {
                start = Some(at);
                return Some((own..stop, end));
            }
        }
        start = None;
        Some((own..text.len(), End::Sentence))
    })
}

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
            '。' | '；' | '！' | '？' | ';' | '!' | '?' => Some(Self::Sentence),
            _ => None,
        }
    }
}

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

    fn take(&mut self, words: &str) {
        let (mut hash, mut characters) = self.clause;
        for c in words.chars() {
            if matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphabetic() && !is_invisible(c) {
                hash = mix(hash, u64::from(c));
                characters += 1;
            }
        }
        self.clause = (hash, characters);
    }

    fn end_clause(&mut self) {
        let (hash, characters) = std::mem::replace(&mut self.clause, (SEED, 0));
        if characters > 0 {
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
