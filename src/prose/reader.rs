//! Reads paragraphs sentence by sentence. May rely on all of this folder.

use std::ops::Range;

use super::clauses::{self, Clause, clauses};
use super::context::Context;
use super::numbers::NUMERALS;
use super::record::{Record, Scope};
use super::respective;
use super::statements::{Place, Statements};
use super::subject::Own;
use super::tokens::{Kind, Token, Tokenizer};
use crate::facts::{Prose, Title};
use crate::pack::{Lexicon, Meaning, NameKind, Pack, Role, Sought, Tells};

/// Longer than any paragraph.
const LONGEST: usize = 12_000;

/// What ends a sentence.
const ENDS: [char; 3] = ['。', '！', '？'];

/// Reads the paragraphs of a report, one after the other.
pub struct Reader<'a> {
    pack: &'a Pack,
    year: u16,
    statements: Statements<'a>,
    section: Option<usize>,
}

impl<'a> Reader<'a> {
    pub fn new(pack: &'a Pack, title: &'a Title) -> Self {
        let own = Own::new(pack.text(), title);
        let statements = Statements { lexicon: &pack.text().lexicon, own, context: Context::default() };
        Self { pack, year: title.year, statements, section: None }
    }

    /// The records of the next paragraph, which is in this section.
    pub fn records(&mut self, section: Option<usize>, stretch: &Prose<'_>) -> Vec<Record> {
        let lexicon = &self.pack.text().lexicon;
        if section != self.section {
            (self.section, self.statements.context) = (section, Context::new(lexicon, section));
        }
        let mut records = Vec::new();
        let text: &str = &stretch.text.text;
        if lexicon.is_empty() || text.len() > LONGEST {
            return records;
        }
        let mut words = stretch.words(self.pack);
        for (number, range) in sentences(text).enumerate() {
            let own = words.partition_point(|(at, _)| *at < range.end);
            let own = words.split_off(..own).unwrap_or_default();
            let start = range.start + self.statements.context.heading(lexicon, &text[range.clone()]);
            if self.is_worth_reading(text, start..range.end, own) {
                self.sentence(text, start..range.end, number, &mut records);
            } else {
                self.statements.context.next_sentence(false);
            }
        }
        records
    }

    /// Whether anything can be compared of a sentence, with these words of those that are looked for.
    fn is_worth_reading(&self, text: &str, sentence: Range<usize>, words: &[(usize, Sought)]) -> bool {
        let lexicon = &self.pack.text().lexicon;
        match lexicon.tells(&text[sentence.clone()], words, &NUMERALS) {
            Tells::Nothing => false,
            Tells::Much => true,
            // It may be the total of a list, or be compared with what was counted before.
            Tells::OneNumber => {
                let next = text[sentence.end..].trim_start_matches(ENDS).trim_start_matches('.');
                let begins_with = |text: &str, roles: &[Role]| {
                    lexicon.word(text).is_some_and(|(_, word)| roles.iter().any(|&role| word == Meaning::Role(role)))
                };
                begins_with(next, &[Role::Among, Role::Includes, Role::Lists])
                    || begins_with(&text[sentence], &[Role::Than, Role::YearOnYear])
            }
        }
    }

    fn sentence(&mut self, text: &str, range: Range<usize>, number: usize, records: &mut Vec<Record>) {
        let lexicon = &self.pack.text().lexicon;
        let tokenizer = Tokenizer { lexicon, year: self.year, own: &self.statements.own };
        let end = range.end;
        let tokens = tokenizer.tokens(text, range);
        let goes_on = tokens.first().is_some_and(|token| token.kind.is_role(Role::Among));
        self.statements.context.next_sentence(goes_on);
        if lists_outcomes(lexicon, &tokens) {
            self.statements.context.is_anchored = true;
            // They are outcomes of what the form counts, whatever the sentence before was about.
            self.statements.context.groups.retain(|&group| lexicon.names[group].acts.is_none());
        }
        let is_aside = |token: &Token| {
            [Role::Narrow, Role::Apart, Role::Contents, Role::Other, Role::Frame]
                .iter()
                .any(|&role| token.kind.is_role(role))
        };
        self.statements.context.may_be_of_own = !tokens.iter().any(is_aside);
        let clauses = clauses(&tokens);
        let first = records.len();
        // For each clause, what was known where it begins, and its records.
        let mut read: Vec<Range<usize>> = Vec::new();
        // What is to be taken up again behind a bracket.
        let mut aside: Vec<(usize, Context)> = Vec::new();
        for clause in &clauses {
            while aside.last().is_some_and(|(depth, _)| *depth > clause.depth) {
                self.statements.context = aside.pop().expect("there is one").1;
            }
            if clause.opens_bracket {
                aside.push((clause.depth, self.statements.context.clone()));
            }
            let from = records.len();
            let parent = clause.parent.and_then(|parent| {
                let start = clauses::range(clause).start;
                read[parent].clone().rev().find(|&record| records[record].at.end <= start)
            });
            let place = Place { text, clause, clauses: &clauses, sentence: number, parent };
            self.statements.clause(&place, records);
            read.push(from..records.len());
        }
        if let Some((_, outer)) = aside.into_iter().next() {
            self.statements.context = outer;
        }
        // A print cuts off what is too long for its cell: 「其他工作4」 at the end of a text may be the last item of a list.
        let is_cut = |last: &Clause| !last.tokens.is_empty() && !last.tokens.iter().any(|token| token.kind.is_number());
        if end == text.len()
            && clauses.last().is_some_and(is_cut)
            && let Some(last) = records[first..].last_mut()
        {
            last.is_open = true;
        }
        respective::resolve(lexicon, &mut records[first..]);
        if tokens.iter().any(|token| token.kind.is_role(Role::Overlaps)) {
            records[first..].iter_mut().for_each(|record| record.is_about = true);
        }
        if tokens.iter().any(|token| token.kind.is_role(Role::Unrelated)) {
            records[first..].iter_mut().for_each(|record| record.scope = Scope::Others);
        }
        let mut order: Vec<usize> = (first..records.len()).collect();
        order.sort_by_key(|&record| records[record].at.start);
        let moved = |record: usize| first + order.iter().position(|&old| old == record).unwrap_or(0);
        let sorted: Vec<Record> = order
            .iter()
            .map(|&old| Record { parent: records[old].parent.map(moved), ..records[old].clone() })
            .collect();
        records.truncate(first);
        records.extend(sorted);
    }
}

/// Whether a sentence names two outcomes, which say what it is about, and none that is narrower.
fn lists_outcomes(lexicon: &Lexicon, tokens: &[Token]) -> bool {
    let row = |token: &Token| match token.kind {
        Kind::Word(Meaning::Name(name)) if lexicon.names[name].kind == NameKind::Row => Some(name),
        _ => None,
    };
    let mut rows = tokens.iter().filter_map(row);
    let Some(first) = rows.next() else { return false };
    let rest: Vec<usize> = rows.collect();
    let is_main = |name: usize| lexicon.names[name].together;
    is_main(first) && rest.iter().all(|&name| is_main(name)) && rest.iter().any(|&name| name != first)
}

/// The sentences of a paragraph. Goes from first byte to first byte: nearly all characters are Chinese, and none of these
/// ends a sentence.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let (mut start, mut at) = (0, 0);
    std::iter::from_fn(move || {
        while let Some(&first) = text.as_bytes().get(at) {
            if matches!(first, 0xe4..=0xe9) {
                at += 3;
                continue;
            }
            let c = text[at..].chars().next()?;
            at += c.len_utf8();
            let is_stop = c == '.' && text[..at - 1].ends_with(|before: char| before.is_ascii_alphabetic());
            if ENDS.contains(&c) || is_stop {
                let sentence = start..at - c.len_utf8();
                start = at;
                return Some(sentence);
            }
        }
        let sentence = start..text.len();
        start = text.len();
        (!sentence.is_empty()).then_some(sentence)
    })
}
