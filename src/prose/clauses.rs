//! The clauses of a sentence: what is between two marks, with the clauses in its brackets. May rely on `tokens`;
//! knows no meaning of words but what joins and separates.

use std::ops::Range;

use super::tokens::{Kind, Mark, Token};
use crate::pack::Role;

/// A clause.
#[derive(Debug)]
pub(super) struct Clause {
    /// Its tokens, without those of brackets that hold numbers.
    pub tokens: Vec<Token>,
    /// The mark before it; none at the start of a sentence or bracket.
    pub before: Option<Mark>,
    /// Whose bracket it is in, by its place among the clauses.
    pub parent: Option<usize>,
    /// It is the first in its bracket.
    pub opens_bracket: bool,
    /// How deep in brackets it is.
    pub depth: usize,
}

/// Brackets within brackets beyond this are text.
const DEEPEST: usize = 4;

/// The clauses of a sentence, each before those in its brackets.
pub(super) fn clauses(tokens: &[Token]) -> Vec<Clause> {
    let mut all = Vec::new();
    split(tokens, None, 0, &mut all);
    all
}

fn split(tokens: &[Token], parent: Option<usize>, depth: usize, all: &mut Vec<Clause>) {
    let open = |before, opens_bracket, all: &mut Vec<Clause>| {
        all.push(Clause { tokens: Vec::new(), before, parent, opens_bracket, depth });
        all.len() - 1
    };
    let mut own = open(None, parent.is_some(), all);
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let ends = match token.kind {
            // 「上年结转：2件」
            Kind::Mark(Mark::Colon) if is_before_number(&all[own].tokens, &tokens[at + 1..]) => None,
            Kind::Mark(mark @ (Mark::Comma | Mark::Semicolon | Mark::Colon)) => Some(mark),
            // What joins two counted things joins clauses; what joins two words belongs to one.
            Kind::Mark(Mark::Item) if joins_counted(&all[own].tokens, &tokens[at + 1..]) => Some(Mark::Item),
            _ if token.kind.is_role(Role::And) && joins_counted(&all[own].tokens, &tokens[at + 1..]) => {
                Some(Mark::Item)
            }
            _ => None,
        };
        at += 1;
        if let Some(mark) = ends {
            own = open(Some(mark), false, all);
        } else if token.kind == Kind::Mark(Mark::Open) {
            let inside = at..at + closing(&tokens[at..]);
            at = (inside.end + 1).min(tokens.len());
            // 「新收（97件）、上年结转（14件）」
            if is_only_number(&tokens[inside.clone()]) && !all[own].tokens.iter().any(|token| token.kind.is_number()) {
                // The bracket is closed where the words are quoted.
                let end = tokens[..at].last().map_or(0, |close| close.range.end);
                all[own].tokens.extend(tokens[inside].iter().map(|number| Token { end, ..number.clone() }));
            } else if depth < DEEPEST && tokens[inside.clone()].iter().any(|token| token.kind.is_number()) {
                split(&tokens[inside], Some(own), depth + 1, all);
            } else {
                remark(&tokens[inside], &mut all[own].tokens);
            }
        } else if !matches!(token.kind, Kind::Mark(Mark::Close | Mark::Colon)) {
            all[own].tokens.push(token.clone());
        }
    }
}

/// Whether a sign between words separates two numbers.
fn joins_counted(before: &[Token], behind: &[Token]) -> bool {
    let ends = |token: &&Token| !matches!(token.kind, Kind::Mark(Mark::Comma | Mark::Semicolon | Mark::Colon));
    before.iter().any(|token| token.kind.is_number())
        && behind.iter().take_while(ends).any(|token| token.kind.is_number())
}

/// Whether a colon is between words and the number that they are of.
fn is_before_number(before: &[Token], behind: &[Token]) -> bool {
    let is_number = |token: &Token| token.kind.is_number();
    !before.is_empty() && !before.iter().any(is_number) && behind.first().is_some_and(is_number)
}

fn is_only_number(inside: &[Token]) -> bool {
    matches!(inside, [Token { kind: Kind::Count { .. }, .. }])
}

/// How many tokens there are before the bracket ends.
fn closing(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Mark(Mark::Open) => depth += 1,
            Kind::Mark(Mark::Close) if depth == 0 => return at,
            Kind::Mark(Mark::Close) => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Words in brackets without a number: they belong to the clause, but behind a number what is unknown in them says nothing.
fn remark(inside: &[Token], clause: &mut Vec<Token>) {
    let is_behind = clause.last().is_some_and(|token| token.kind.is_number());
    let is_left_out = |token: &&Token| matches!(token.kind, Kind::Mark(_)) || is_behind && token.kind == Kind::Unknown;
    clause.extend(inside.iter().filter(|token| !is_left_out(token)).cloned());
}

/// The bytes of a clause.
pub(super) fn range(clause: &Clause) -> Range<usize> {
    let start = clause.tokens.first().map_or(0, |token| token.range.start);
    start..clause.tokens.last().map_or(start, |token| token.end)
}
