//! What a pack says of running text, ready to be used.

use rust_decimal::Decimal;

use super::keywords::Keywords;
use super::lexicon::Lexicon;
use super::pattern::Pattern;
use super::sum::Addend;

/// How the text of a report is read, for all rules about it.
#[derive(Debug, Default)]
pub struct Text {
    /// With the group `year`.
    pub year: Option<Pattern>,
    /// Found in a sentence before a number: it is of another time.
    pub unless_before: Option<Pattern>,
    /// A clause that says who did something, the group `subject`.
    pub head: Option<Pattern>,
    /// Words by which a report speaks of its own agency.
    pub subjects: Vec<Subject>,
    /// Where an agency is, level by level; the first group is the name of the place.
    pub places: Vec<Pattern>,
    /// Set phrases of the form and of the law.
    pub boilerplate: Option<Pattern>,
    /// The words that any rule is about, and those by which a sentence is worth reading: other text is not looked at.
    pub sought: Keywords,
    /// The words of sentences with numbers.
    pub lexicon: Lexicon,
}

/// Words by which a report speaks of its own agency.
#[derive(Debug)]
pub struct Subject {
    pub pattern: Pattern,
    /// Only where the agency in the title is such.
    pub organization: Option<Pattern>,
}

/// A rule about sentences.
#[derive(Debug)]
pub struct Prose {
    /// Text without any of these words is not looked at; see [`Text::sought`].
    pub about: Vec<String>,
    pub conditions: Conditions,
    pub claims: Vec<Claim>,
}

/// When a sentence counts.
#[derive(Debug)]
pub struct Conditions {
    /// Must be found in the sentence.
    pub only: Option<Pattern>,
    /// Must not be found in the sentence.
    pub unless: Option<Pattern>,
    /// Must not be found in the paragraph before the claim.
    pub unless_before: Option<Pattern>,
}

/// Words that say something which can be checked.
#[derive(Debug)]
pub struct Claim {
    pub pattern: Pattern,
    /// Indices of the sections it is looked for in; none where it is looked for everywhere.
    pub sections: Vec<usize>,
    pub conditions: Conditions,
    pub test: Test,
}

/// What is checked of a claim.
#[derive(Debug)]
pub enum Test {
    /// The number (the group `number`, or the one that the words state) must fit one of the readings; the group `share`
    /// must be a share in one of `shares`.
    Figure { states: Option<Decimal>, readings: Vec<Reading>, shares: Vec<Reading> },
    /// The group `year` must be the report's year.
    Year,
    /// The group `organization` must be the report's agency.
    Organization,
    /// The words are wrong in any case.
    Never,
}

/// A sum that a number in the text may mean.
#[derive(Debug)]
pub struct Reading {
    pub terms: Vec<Term>,
}

/// A part of a reading, times its factor.
#[derive(Debug)]
pub struct Term {
    pub factor: Decimal,
    pub operand: Operand,
}

/// What a part of a reading means.
#[derive(Debug)]
pub enum Operand {
    /// Figures that are added up, under the table's name and their own.
    Figures { addends: Vec<Addend>, table: String, words: String },
    /// A number in the same sentence, by its group in the pattern.
    Said(String),
    /// A figure of another report.
    Unknown,
}

/// Numbers of the text against each other.
#[derive(Debug)]
pub struct ProseSum {
    pub judges: Judges,
    /// Lists that are found by patterns.
    pub list: Option<ListPatterns>,
}

/// Which numbers of the text are compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judges {
    /// Totals with their parts.
    Lists,
    /// Percentages, growth and differences with what they are of.
    Rates,
}

impl Judges {
    /// Each with its word in a pack.
    pub const ALL: [(&'static str, Self); 2] = [("lists", Self::Lists), ("rates", Self::Rates)];
}

/// A total in the text whose parts are listed after it.
#[derive(Debug)]
pub struct ListPatterns {
    pub pattern: Pattern,
    pub item: Pattern,
    pub open: Pattern,
    pub partial: Pattern,
    pub doubt: Pattern,
}

/// A sentence that states a figure: where sums fail, it speaks for one value of the figure.
#[derive(Debug)]
pub struct Mention {
    /// With the group `number`.
    pub pattern: Pattern,
    pub figure: usize,
    /// The rule it comes from, by its place in [`Pack::rules`](super::Pack::rules).
    pub rule: usize,
}

/// What the claims of a rule are about.
#[derive(Debug, Clone, Copy)]
pub enum ProseKind {
    Figure,
    Year,
    Organization,
    Never,
}

impl ProseKind {
    /// Every kind with its word in a pack.
    pub const ALL: [(&'static str, Self); 4] = [
        ("prose-table", Self::Figure),
        ("wrong-year", Self::Year),
        ("wrong-organization", Self::Organization),
        ("missing-number", Self::Never),
    ];
}
