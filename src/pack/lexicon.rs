//! The words of running text as a pack knows them: what each does in a sentence, and which of them name figures.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rust_decimal::Decimal;

use super::keywords::{Sought, Telling};

/// The words of a pack, found by their first character.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// For each first character the words that begin with it, the longest first.
    words: HashMap<char, Vec<(String, Meaning)>, FixedState>,
    /// What numbers count, the longest first.
    units: Vec<String>,
    pub names: Vec<Name>,
    pub topics: Vec<Topic>,
    pub marks: Marks,
    /// The groups, by their places among the names; and for each topic those that are first of all about it.
    groups: Vec<usize>,
    groups_of: Vec<Vec<usize>>,
}

/// What is behind the digits of a number.
#[derive(Debug, Default)]
pub struct Marks {
    /// A year, the longest first.
    pub years: Vec<String>,
    /// A month or a day.
    pub months: Vec<String>,
    /// More than so many.
    pub over: Vec<String>,
}

/// What a word is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Role(Role),
    /// Names figures, by its place among the names.
    Name(usize),
    /// The same, and makes sure what the sentence is about.
    SureName(usize),
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
    /// At the end of a clause: what follows is of what it names.
    Within,
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
    /// Only a part is counted, and what follows is not of that part.
    Apart,
    /// What something is about: a clause with a number counts a part, one without says nothing of the next.
    Contents,
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
    /// Up to now: perhaps of several years.
    Loose,
    /// Before a day up to which something is counted.
    Until,
    /// In time: perhaps only some of them.
    AtMost,
    /// Behind ways that are named one after the other: all of them.
    Ways,
    /// What a number has grown to, which is this year's.
    Becomes,
    /// Between who acts and for whom.
    Behalf,
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
    /// A comparison with the same time of the year before.
    YearOnYear,
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
    pub const ALL: [(&'static str, Self); 42] = [
        ("plain", Self::Plain),
        ("and", Self::And),
        ("all", Self::All),
        ("not", Self::Not),
        ("total", Self::Total),
        ("among", Self::Among),
        ("within", Self::Within),
        ("includes", Self::Includes),
        ("lists", Self::Lists),
        ("respectively", Self::Respectively),
        ("open", Self::Open),
        ("rest", Self::Rest),
        ("narrow", Self::Narrow),
        ("apart", Self::Apart),
        ("contents", Self::Contents),
        ("frame", Self::Frame),
        ("anew", Self::Anew),
        ("other", Self::Other),
        ("unrelated", Self::Unrelated),
        ("overlaps", Self::Overlaps),
        ("loose", Self::Loose),
        ("until", Self::Until),
        ("at-most", Self::AtMost),
        ("ways", Self::Ways),
        ("becomes", Self::Becomes),
        ("behalf", Self::Behalf),
        ("publishes", Self::Publishes),
        ("about", Self::About),
        ("agency", Self::Agency),
        ("this-year", Self::ThisYear),
        ("last-year", Self::LastYear),
        ("next-year", Self::NextYear),
        ("other-time", Self::OtherTime),
        ("than", Self::Than),
        ("year-on-year", Self::YearOnYear),
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
    /// One of both: the text does not say from which year, or to which.
    Carried,
}

impl NameKind {
    /// Every kind with its word in a pack.
    pub const ALL: [(&'static str, Self); 7] = [
        ("group", Self::Group),
        ("act", Self::Act),
        ("row", Self::Row),
        ("column", Self::Column),
        ("carried-in", Self::CarriedIn),
        ("carried-out", Self::CarriedOut),
        ("carried", Self::Carried),
    ];

    /// Whether it is what goes over from one year to another.
    pub fn is_carried(self) -> bool {
        matches!(self, Self::CarriedIn | Self::CarriedOut | Self::Carried)
    }

    /// Whether it names rows.
    pub fn is_row(self) -> bool {
        self == Self::Row || self.is_carried()
    }
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
    /// Two of such in a sentence, and no other row, make sure what it is about.
    pub together: bool,
    /// What is left of its kind means it.
    pub rest: bool,
    /// Of a group: it is sure where the report's own agency did it.
    pub own: bool,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What a sentence tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// Nothing that could be compared.
    Nothing,
    /// A number of something that no name means.
    OneNumber,
    Much,
}

impl Lexicon {
    pub fn new(
        words: Vec<(String, Meaning)>,
        mut units: Vec<String>,
        names: Vec<Name>,
        topics: Vec<Topic>,
        marks: Marks,
    ) -> Self {
        let mut by_first: HashMap<char, Vec<(String, Meaning)>, FixedState> = HashMap::default();
        for (word, meaning) in words {
            let Some(first) = word.chars().next() else { continue };
            by_first.entry(first).or_default().push((word, meaning));
        }
        for words in by_first.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
        let groups: Vec<usize> = (0..names.len()).filter(|&name| names[name].kind == NameKind::Group).collect();
        let about =
            |topic: usize| groups.iter().copied().filter(|&name| names[name].topics.first() == Some(&topic)).collect();
        let groups_of = (0..topics.len()).map(about).collect();
        Self { words: by_first, units, names, topics, marks, groups, groups_of }
    }

    /// The words by which a sentence is worth reading.
    pub fn telling(&self) -> impl Iterator<Item = (&str, Telling)> {
        let telling = |meaning: Meaning| match meaning {
            Meaning::Role(Role::Not | Role::All) => Some(Telling::OfAll),
            Meaning::Role(Role::Carries) => Some(Telling::Something),
            Meaning::Role(_) => None,
            Meaning::Name(name) | Meaning::SureName(name) if self.names[name].kind == NameKind::Group => {
                Some(Telling::What)
            }
            Meaning::Name(_) | Meaning::SureName(_) => Some(Telling::Something),
        };
        let words = self.words.values().flatten();
        words.filter_map(move |(word, meaning)| Some((word.as_str(), telling(*meaning)?)))
    }

    /// Whether a sentence says anything of numbers, or of what the next ones are of. `words` are those found in it;
    /// `numerals` are digits, too.
    pub fn tells(&self, sentence: &str, words: &[(usize, Sought)], numerals: &[char]) -> Tells {
        let mut count = 0;
        let mut is_inside = false;
        for byte in sentence.bytes() {
            let is_digit = byte.is_ascii_digit();
            count += usize::from(is_digit && !is_inside);
            is_inside = is_digit;
        }
        if count > 1 {
            return Tells::Much;
        }
        let has = |telling| words.iter().any(|(_, sought)| *sought == Sought::Tells(telling));
        let may_state = || count > 0 || has(Telling::OfAll) || self.may_count(sentence, numerals);
        if has(Telling::What) || has(Telling::Something) && may_state() {
            return Tells::Much;
        }
        if count > 0 { Tells::OneNumber } else { Tells::Nothing }
    }

    fn may_count(&self, text: &str, numerals: &[char]) -> bool {
        text.match_indices(numerals).any(|(at, numeral)| self.unit(&text[at + numeral.len()..]).is_some())
    }

    /// The groups, by their places among the names.
    pub fn groups(&self) -> &[usize] {
        &self.groups
    }

    /// The groups that are first of all about a topic.
    pub fn groups_of(&self, topic: usize) -> &[usize] {
        &self.groups_of[topic]
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
