//! A sentence cut into words, numbers and marks. May rely on the lexicon, `subject`, `numbers` and `ordinals`; knows no clauses.

use std::ops::Range;

use rust_decimal::Decimal;

use super::numbers;
use super::ordinals::ordinal;
use super::subject::Own;
use crate::pack::{Lexicon, Meaning, Role};

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Bytes of the paragraph without blanks.
    pub range: Range<usize>,
    /// Where its unit ends, if it has one.
    pub end: usize,
    pub kind: Kind,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number and what it counts; the place is the number's.
    Count {
        value: Decimal,
        unit: usize,
        is_about: bool,
    },
    Percent(Decimal),
    Word(Meaning),
    Mark(Mark),
    /// Words of nobody's lexicon.
    Unknown,
}

/// What separates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Comma,
    Semicolon,
    Colon,
    /// Between items of a list.
    Item,
    Open,
    Close,
}

impl Kind {
    pub fn is_number(self) -> bool {
        matches!(self, Self::Count { .. } | Self::Percent(_))
    }

    pub fn is_role(self, role: Role) -> bool {
        self == Self::Word(Meaning::Role(role))
    }
}

/// Reads sentences of one report.
#[derive(Clone, Copy)]
pub(super) struct Tokenizer<'a> {
    pub lexicon: &'a Lexicon,
    /// The report's own year.
    pub year: u16,
    /// The report's agency.
    pub own: &'a Own<'a>,
}

impl Tokenizer<'_> {
    /// The tokens of the bytes `range` of `text`.
    pub fn tokens(self, text: &str, range: Range<usize>) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let rest = &text[at..range.end];
            let (len, behind, kind) = self.next(rest, &tokens);
            if let Some(last) =
                tokens.last_mut().filter(|last| kind == Kind::Unknown && last.kind == kind && last.range.end == at)
            {
                last.range.end += len;
                last.end = last.range.end;
            } else {
                tokens.push(Token { range: at..at + len, end: at + len + behind, kind });
            }
            at += len + behind;
        }
        tokens
    }

    /// How long the next token is, how much behind it belongs to it, and what it is.
    fn next(self, rest: &str, before: &[Token]) -> (usize, usize, Kind) {
        // 「1.予以公开2件；2.部分公开3件」: items of a list are numbered.
        let begins = before
            .last()
            .is_none_or(|last| matches!(last.kind, Kind::Mark(Mark::Comma | Mark::Semicolon | Mark::Colon)));
        if begins && let Some((_, len)) = ordinal(rest) {
            return (len, 0, Kind::Word(Meaning::Role(Role::Plain)));
        }
        if let Some(len) = self.own.name_at(rest) {
            return (len, 0, Kind::Word(Meaning::Role(Role::Plain)));
        }
        let Some(first) = rest.chars().next() else { return (rest.len(), 0, Kind::Unknown) };
        if let Some(mark) = mark(first) {
            return (first.len_utf8(), 0, Kind::Mark(mark));
        }
        if first == '《' {
            let end = rest.find('》').map_or(first.len_utf8(), |end| end + '》'.len_utf8());
            return (end, 0, Kind::Unknown);
        }
        if let Some((len, meaning)) = self.lexicon.word(rest) {
            return (len, 0, Kind::Word(meaning));
        }
        if first.is_ascii_digit() {
            return self.number(rest);
        }
        let may_count = numbers::is_numeral(first) && !before.last().is_some_and(|last| last.kind == Kind::Unknown);
        let written = if may_count { numbers::chinese(rest) } else { None };
        let counted = written.and_then(|written| Some((written, self.lexicon.unit(&rest[written.len..])?)));
        if let Some((written, unit)) = counted {
            // 「三项合计」 counts what is before it.
            let len = written.len + self.lexicon.unit_word(unit).len();
            let next = self.lexicon.word(&rest[len..]).map(|(_, meaning)| meaning);
            if next == Some(Meaning::Role(Role::Total)) {
                return (len, 0, Kind::Word(Meaning::Role(Role::Plain)));
            }
            let kind = Kind::Count { value: written.value, unit, is_about: false };
            return (written.len, self.lexicon.unit_word(unit).len(), kind);
        }
        (first.len_utf8(), 0, Kind::Unknown)
    }

    fn number(self, rest: &str) -> (usize, usize, Kind) {
        let Some(written) = numbers::digits(rest) else { return (numbers::run(rest).max(1), 0, Kind::Unknown) };
        let behind = &rest[written.len..];
        if let Some(percent) = ['%', '％'].into_iter().find(|&sign| behind.starts_with(sign)) {
            return (written.len, percent.len_utf8(), Kind::Percent(written.value));
        }
        let marks = &self.lexicon.marks;
        if let Some(role) = self.year(written.value, written.len)
            && let Some(mark) = self.year_mark(behind)
        {
            return (written.len + mark.len(), 0, Kind::Word(Meaning::Role(role)));
        }
        if let Some(mark) = marks.months.iter().find(|mark| behind.starts_with(mark.as_str())) {
            return (written.len + mark.len(), 0, Kind::Word(Meaning::Role(Role::OtherTime)));
        }
        // A range counts nothing.
        let is_range = behind.starts_with(['-', '—', '–', '~', '～', '－']);
        let mut is_about = written.is_rounded || is_range;
        let mut skipped = 0;
        while let Some(sign) = marks.over.iter().find(|sign| behind[skipped..].starts_with(sign.as_str())) {
            is_about = true;
            skipped += sign.len();
        }
        match self.lexicon.unit(&behind[skipped..]) {
            Some(unit) => {
                let unit_len = self.lexicon.unit_word(unit).len();
                (written.len, skipped + unit_len, Kind::Count { value: written.value, unit, is_about })
            }
            // 「申请数为0」 says that there is none, in whatever unit.
            None if written.value.is_zero() && behind.chars().next().is_none_or(|next| mark(next).is_some()) => {
                (written.len, 0, Kind::Word(Meaning::Role(Role::Not)))
            }
            None => (written.len, 0, Kind::Unknown),
        }
    }

    /// What a year is to the report.
    fn year(self, value: Decimal, len: usize) -> Option<Role> {
        if len != 4 {
            return None;
        }
        let year: u16 = value.try_into().ok().filter(|year| (1949..2100).contains(year))?;
        Some(match i32::from(year) - i32::from(self.year) {
            0 => Role::ThisYear,
            -1 => Role::LastYear,
            1 => Role::NextYear,
            _ => Role::OtherTime,
        })
    }
}

impl<'a> Tokenizer<'a> {
    /// What behind a number makes it a year. Where nothing need be there, nothing that is counted may be.
    fn year_mark(self, behind: &str) -> Option<&'a str> {
        let mark = self.lexicon.marks.years.iter().find(|mark| behind.starts_with(mark.as_str()))?;
        (!mark.is_empty() || self.lexicon.unit(behind).is_none()).then_some(mark.as_str())
    }
}

fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '，' | ',' => Mark::Comma,
        '；' | ';' | '…' => Mark::Semicolon,
        '：' | ':' => Mark::Colon,
        '、' => Mark::Item,
        '（' | '(' => Mark::Open,
        '）' | ')' => Mark::Close,
        _ => return None,
    })
}
