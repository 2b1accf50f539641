//! What is said of a number: what it counts, of whom and of when. May rely on marks.

use std::ops::Range;

use rust_decimal::Decimal;

use super::tokens::Mark;

/// A number of a text, or words that state one.
#[derive(Debug, Clone)]
pub struct Record {
    /// The number, or the words: bytes of the paragraph without blanks.
    pub at: Range<usize>,
    /// Its clause.
    pub clause: Range<usize>,
    pub says: Says,
    pub value: Decimal,
    /// What it counts; none of percents and words.
    pub unit: Option<usize>,
    /// The names of the lexicon that say what is counted; none where that is not certain.
    pub names: Vec<usize>,
    pub period: Period,
    pub scope: Scope,
    /// Rounded, or about right.
    pub is_about: bool,
    /// Every word of its clause is known.
    pub is_known: bool,
    pub sentence: usize,
    /// The mark before its clause.
    pub before: Option<Mark>,
    pub depth: usize,
    /// The record whose bracket it is in.
    pub parent: Option<usize>,
    /// What opens a list here.
    pub opener: Option<Opener>,
    pub is_total: bool,
    /// All that its list has not named.
    pub is_rest: bool,
    /// Something was made public, which no figure counts.
    pub is_published: bool,
    /// It is in a bracket, and the number of the word before that.
    pub is_inline: bool,
    /// Its words are known, and say of nothing else.
    pub is_plain: bool,
    /// The list that it ends goes on.
    pub is_open: bool,
    /// Something was done with it, which may begin a new list.
    pub has_act: bool,
    /// It says itself with what it is compared.
    pub is_compared: bool,
    /// That is the year before, and nothing else.
    pub is_than_last_year: bool,
    /// Not all need be counted.
    pub is_at_most: bool,
    /// It and the next numbers are of what was listed, in its order.
    pub is_respective: bool,
    /// Names that were listed before it.
    pub listed: Vec<usize>,
    /// It says of whom those were that a row counts.
    pub is_of_row: bool,
    /// It has no words of its own.
    pub is_silent: bool,
    /// It is known but for what it is of.
    pub would_be_known: bool,
}

/// What a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// So many.
    Count,
    /// None.
    None,
    /// All of those before it.
    All,
    /// A part of a whole, in percent.
    Share,
    /// What a rate comes to, in percent.
    Rate,
    /// By how much in percent; whether it is more.
    Growth { is_more: bool },
    /// By how much; whether it is more.
    Difference { is_more: bool },
    /// Something else.
    Nothing,
}

/// Of which year a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// Of the report's year.
    #[default]
    Own,
    /// Of the year before.
    Last,
    /// Of another time.
    Other,
    /// Of another year, which is what the paragraph is about.
    Named,
}

/// Whose, and of what, a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// All of the agency's.
    #[default]
    Whole,
    /// A part.
    Part,
    /// Another agency's, or of other things.
    Others,
}

/// Words before a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    /// Some of them.
    Among,
    /// Of them.
    Includes,
    /// All of them.
    Lists,
    Colon,
}
