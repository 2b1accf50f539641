//! The words of running text as a pack knows them: what each does in a sentence, and which of them name figures.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rust_decimal::Decimal;

use super::keywords::Keywords;

/// The words of a pack, found by their first character.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// For each first character the words that begin with it, the longest first.
    words: HashMap<char, Vec<(String, Meaning)>, FixedState>,
    /// Words that may state a number without a digit.
    stating: Keywords,
    /// What numbers count, the longest first.
    units: Vec<String>,
    pub names: Vec<Name>,
    pub topics: Vec<Topic>,
}

/// What a word is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Role(Role),
    /// Names figures, by its place among the names.
    Name(usize),
}

/// What a word does in a sentence, whatever the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Says nothing about a number.
    Plain,
    /// Joins what is counted together.
    And,
    /// Everything before it: 均, 全部.
    All,
    /// There is none.
    Not,
    /// A total.
    Total,
    /// Some parts of what was counted last follow.
    Among,
    /// Parts of what was counted last follow.
    Includes,
    /// All parts of what was counted last follow.
    Lists,
    /// Numbers follow for what was listed, in its order.
    Respectively,
    /// The list before it goes on.
    Open,
    /// All that a list has not named.
    Rest,
    /// Only a part is counted.
    Narrow,
    /// At the end of a clause: what follows it counts a part.
    Frame,
    /// What follows is seen from another side, and of the whole again.
    Anew,
    /// Something that no figure counts.
    Other,
    /// What the sentence counts is none of the form's.
    Unrelated,
    /// What is counted may be counted twice, or not all of it.
    Overlaps,
    /// In time, or up to now: with a number, perhaps only some of them.
    Loose,
    /// Something was made public, which no figure counts.
    Publishes,
    /// The number is about right.
    About,
    /// The last word of an agency's name.
    Agency,
    ThisYear,
    LastYear,
    NextYear,
    OtherTime,
    /// A comparison.
    Than,
    More,
    Less,
    Same,
    /// A share of a whole.
    Share,
    /// A rate.
    Rate,
    /// Goes over from one year to the next.
    Carries,
    /// Makes sure what the sentence is about.
    Anchor,
}

impl Role {
    /// Every role with its word in a pack.
    pub const ALL: [(&'static str, Self); 33] = [
        ("plain", Self::Plain),
        ("and", Self::And),
        ("all", Self::All),
        ("not", Self::Not),
        ("total", Self::Total),
        ("among", Self::Among),
        ("includes", Self::Includes),
        ("lists", Self::Lists),
        ("respectively", Self::Respectively),
        ("open", Self::Open),
        ("rest", Self::Rest),
        ("narrow", Self::Narrow),
        ("frame", Self::Frame),
        ("anew", Self::Anew),
        ("other", Self::Other),
        ("unrelated", Self::Unrelated),
        ("overlaps", Self::Overlaps),
        ("loose", Self::Loose),
        ("publishes", Self::Publishes),
        ("about", Self::About),
        ("agency", Self::Agency),
        ("this-year", Self::ThisYear),
        ("last-year", Self::LastYear),
        ("next-year", Self::NextYear),
        ("other-time", Self::OtherTime),
        ("than", Self::Than),
        ("more", Self::More),
        ("less", Self::Less),
        ("same", Self::Same),
        ("share", Self::Share),
        ("rate", Self::Rate),
        ("carries", Self::Carries),
        ("anchor", Self::Anchor),
    ];
}

/// What kind of figure a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// What is counted: the clauses behind it go on with it.
    Group,
    /// What was done with all of them.
    Act,
    /// What became of some.
    Row,
    /// Of whom, or with which outcome.
    Column,
    /// What came over from the year before.
    CarriedIn,
    /// What goes over to the next year.
    CarriedOut,
}

impl NameKind {
    /// Every kind with its word in a pack.
    pub const ALL: [(&'static str, Self); 6] = [
        ("group", Self::Group),
        ("act", Self::Act),
        ("row", Self::Row),
        ("column", Self::Column),
        ("carried-in", Self::CarriedIn),
        ("carried-out", Self::CarriedOut),
    ];
}

/// Words for figures.
#[derive(Debug)]
pub struct Name {
    pub id: String,
    pub kind: NameKind,
    /// The sums of rows that it may mean.
    pub rows: Vec<RowSum>,
    /// The columns that are added up, by id.
    pub columns: Vec<String>,
    /// What must be 0 where the text says this of all: sums of rows, or columns.
    pub all_rows: Vec<RowSum>,
    pub all_columns: Vec<String>,
    /// Of a group: what shares may be shares of.
    pub wholes: Vec<RowSum>,
    /// Of a group: the units that count it.
    pub units: Vec<String>,
    /// Of a group: the acts that say nothing more of its numbers; none where acts name its rows.
    pub acts: Option<Vec<usize>>,
    /// Of a group: the topics under which its words are sure without an anchor.
    pub topics: Vec<usize>,
    /// The rules, by their places in the pack, that judge its numbers, that there is none of it, and that all is.
    pub counts: Option<usize>,
    pub none: Option<usize>,
    pub all: Option<usize>,
}

/// Rows that are added up.
pub type RowSum = Vec<RowTerm>;

/// A row of a reading, times its factor.
#[derive(Debug, Clone, Copy)]
pub struct RowTerm {
    pub factor: Decimal,
    /// Places in the pack.
    pub table: usize,
    pub row: usize,
}

/// What a part of a report is about, by its heading.
#[derive(Debug)]
pub struct Topic {
    pub id: String,
    pub words: Vec<String>,
    /// Indices of the sections that are about it as a whole.
    pub sections: Vec<usize>,
}

impl Lexicon {
    pub fn new(words: Vec<(String, Meaning)>, mut units: Vec<String>, names: Vec<Name>, topics: Vec<Topic>) -> Self {
        let mut by_first: HashMap<char, Vec<(String, Meaning)>, FixedState> = HashMap::default();
        for (word, meaning) in words {
            let Some(first) = word.chars().next() else { continue };
            by_first.entry(first).or_default().push((word, meaning));
        }
        for words in by_first.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
        let states = |meaning: Meaning| match meaning {
            Meaning::Role(role) => matches!(role, Role::Not | Role::All),
            Meaning::Name(name) => names[name].kind == NameKind::Act,
        };
        let all = by_first.values().flatten();
        let stating = Keywords::new(all.filter(|(_, meaning)| states(*meaning)).map(|(word, _)| (word.as_str(), 0)));
        Self { words: by_first, stating, units, names, topics }
    }

    /// Whether a text may state a number: it has a digit, or one of the words that state one without.
    pub fn may_state(&self, text: &str) -> bool {
        text.bytes().any(|byte| byte.is_ascii_digit()) || !self.stating.rules(text).is_empty()
    }

    /// Whether a pack has one.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The longest word that `text` begins with, by its length in bytes.
    pub fn word(&self, text: &str) -> Option<(usize, Meaning)> {
        let words = self.words.get(&text.chars().next()?)?;
        words.iter().find(|(word, _)| text.starts_with(word.as_str())).map(|(word, meaning)| (word.len(), *meaning))
    }

    /// The unit that `text` begins with.
    pub fn unit(&self, text: &str) -> Option<usize> {
        self.units.iter().position(|unit| text.starts_with(unit.as_str()))
    }

    pub fn unit_word(&self, unit: usize) -> &str {
        &self.units[unit]
    }

    /// The name of a kind that there is one of.
    pub fn name_of(&self, kind: NameKind) -> Option<usize> {
        self.names.iter().position(|name| name.kind == kind)
    }
}
