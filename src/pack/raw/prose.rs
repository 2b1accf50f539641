//! What a pack says of running text, as it is written in TOML.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::schema;
use super::Spanned;
use crate::message::Words;

/// How the text of a report is read, for all rules about it. Patterns are tried on text without blanks.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Parts of patterns: `{name}` in the pattern of a claim is replaced by `words.name`.
    #[serde(default)]
    pub words: BTreeMap<String, Spanned<String>>,
    /// How a year is written: a pattern with the group `year`. Numbers after another year are not compared.
    #[serde(default)]
    pub year: Option<Spanned<String>>,
    /// Words before a number that mean another period.
    #[serde(default)]
    pub unless_before: Option<Spanned<String>>,
    /// A clause that says who did something: a pattern with the group `subject`. The last one before a number says whose number it is.
    #[serde(default)]
    pub head: Option<Spanned<String>>,
    /// Subjects that mean the report's own agency, besides the agency in the title. Numbers of others are not compared.
    #[serde(default, rename = "subject")]
    pub subjects: Vec<Subject>,
    /// Patterns of the place of an agency, level by level: the first group is the name of the place.
    #[serde(default)]
    pub places: Vec<Spanned<String>>,
    /// Set phrases of the form and of the law: clauses that contain one are left out when texts are compared.
    #[serde(default)]
    pub boilerplate: Option<Spanned<String>>,
    /// The words of sentences with numbers: what each is for, and which name figures.
    #[serde(default)]
    pub lexicon: Option<Lexicon>,
}

/// The words that sentences with numbers are read by. A number is compared with the table only where every word between
/// the start of its clause and its unit is known.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// What numbers count: 件, 条, 人次.
    pub units: Vec<String>,
    /// What is behind a number that is a year, the longest first: 年度, 年; an empty text where nothing need be.
    #[serde(default)]
    pub years: Vec<String>,
    /// What is behind a number that is a month or a day: 月.
    #[serde(default)]
    pub months: Vec<String>,
    /// What between a number and its unit makes it about right: 余.
    #[serde(default)]
    pub over: Vec<String>,
    /// What parts of a report are about, by their headings.
    #[serde(default, rename = "topic")]
    pub topics: Vec<Topic>,
    /// Words by what they do in a sentence.
    #[serde(default, rename = "word")]
    pub words: Vec<RoleWords>,
    /// Words for figures.
    #[serde(default, rename = "name")]
    pub names: Vec<Name>,
}

/// A topic of a report.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    /// A heading with one of these opens it.
    #[serde(default)]
    pub words: Vec<String>,
    /// The numbers of the sections that are about it as a whole.
    #[serde(default)]
    pub sections: Vec<Spanned<u32>>,
}

/// Words that do the same in a sentence.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleWords {
    /// What they do: `plain` says nothing; `narrow` counts a part only; `other` is something that no figure counts.
    #[schemars(schema_with = "schema::role")]
    pub role: Spanned<String>,
    pub words: Vec<String>,
}

/// Words for one or more figures.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    pub id: Spanned<String>,
    /// `group`: what is counted; `act`: what was done with all of them; `row`: what became of some; `column`: of whom, or
    /// with which outcome; `carried-in`, `carried-out`: what goes over from year to year; `carried`: the same where the text does not say which.
    #[schemars(schema_with = "schema::name_kind")]
    pub kind: Spanned<String>,
    pub words: Vec<String>,
    /// The rows that it may mean, each a sum of rows by id.
    #[serde(default)]
    pub rows: Vec<Spanned<String>>,
    /// The columns that are added up; the default is `total`.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Where the text says this of all, these rows must be 0.
    #[serde(default)]
    pub all_rows: Vec<Spanned<String>>,
    /// Where the text says this of all, these columns must be 0.
    #[serde(default)]
    pub all_columns: Vec<String>,
    /// Of a group: the sums of rows that shares may be shares of.
    #[serde(default)]
    pub wholes: Vec<Spanned<String>>,
    /// Of a group: the units that count it.
    #[serde(default)]
    pub units: Vec<String>,
    /// Of a group: the acts that say nothing more of its numbers, by id. Without the key, acts name its rows.
    #[serde(default)]
    pub acts: Option<Vec<Spanned<String>>>,
    /// Two such names in a sentence, and no other row, make sure what it is about.
    #[serde(default)]
    pub together: bool,
    /// 「其他」 means it behind other names of its kind.
    #[serde(default)]
    pub rest: bool,
    /// Of a group: it is sure where the clause names the report's own agency as who did it.
    #[serde(default)]
    pub own: bool,
    /// Of a group: the topics under which its words are sure by themselves; elsewhere an `anchor` must be in the sentence.
    #[serde(default)]
    pub topics: Vec<Spanned<String>>,
}

/// Words with which a report refers to its own agency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// On text without blanks.
    pub pattern: Spanned<String>,
    /// Only if the agency in the title matches: 「全县」 is for governments.
    #[serde(default)]
    pub organization: Option<Spanned<String>>,
}

/// A rule about sentences.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    /// Permanent: `GJ312`.
    #[schemars(schema_with = "schema::code")]
    pub code: Spanned<String>,
    /// Kebab-case, names the fault: `row-total-is-wrong`.
    #[schemars(schema_with = "schema::name")]
    pub name: Spanned<String>,
    /// `prose-table`: a number against the figures. `wrong-year`, `wrong-organization`: the group `year` or
    /// `organization` against the title. `missing-number`: the sentence itself is wrong.
    #[schemars(schema_with = "schema::prose_kind")]
    pub kind: Spanned<String>,
    /// Plain words; a sentence without any of them is skipped by the claims.
    #[serde(default)]
    pub about: Vec<String>,
    /// The same conditions, for all claims of the rule.
    #[serde(default)]
    pub only: Option<Spanned<String>>,
    #[serde(default)]
    pub unless: Option<Spanned<String>>,
    #[serde(default)]
    pub unless_before: Option<Spanned<String>>,
    /// The claims; one match is enough.
    #[serde(default, rename = "claim")]
    pub claims: Vec<Claim>,
    /// Names of the lexicon: their numbers must be those of the table.
    #[serde(default)]
    pub counts: Vec<Spanned<String>>,
    /// Names of the lexicon: where the text says that there is none, the table must say 0.
    #[serde(default)]
    pub none: Vec<Spanned<String>>,
    /// Names of the lexicon: where the text says it of all, what is not so must be 0.
    #[serde(default)]
    pub all: Vec<Spanned<String>>,
    /// The severity.
    #[schemars(schema_with = "schema::severity")]
    pub severity: Spanned<String>,
    /// What is wrong, in a sentence, where it does not hold.
    pub says: Words,
    /// The document it comes from.
    pub source: String,
}

/// A statement in the text that can be checked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The pattern, with the group `number` unless `states` gives the number; other groups are names for `readings`.
    pub pattern: Spanned<String>,
    /// The numbers of the sections to search; the default is all.
    #[serde(default)]
    pub sections: Vec<Spanned<u32>>,
    /// A pattern that the sentence must match.
    #[serde(default)]
    pub only: Option<Spanned<String>>,
    /// A pattern that the sentence must not match.
    #[serde(default)]
    pub unless: Option<Spanned<String>>,
    /// A pattern that the paragraph before the claim must not match; `$` is where the claim begins.
    #[serde(default)]
    pub unless_before: Option<Spanned<String>>,
    /// The number that the words mean without a digit: 0 for 「未收到」.
    #[serde(default)]
    pub states: Option<u32>,
    /// The sums of figures, or of numbers named in the pattern, that the number may mean; one must match. If the first is a
    /// single figure and sums fail, the number counts as evidence for its value.
    #[serde(default)]
    pub readings: Vec<Spanned<String>>,
    /// What the group `share`, in percent, may be a share of; every number in the paragraph is tried too.
    #[serde(default)]
    pub shares: Vec<Spanned<String>>,
}

/// A total in the text with its parts listed after it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProseSum {
    /// Permanent: `GJ312`.
    #[schemars(schema_with = "schema::code")]
    pub code: Spanned<String>,
    /// Kebab-case, names the fault: `row-total-is-wrong`.
    #[schemars(schema_with = "schema::name")]
    pub name: Spanned<String>,
    /// `lists`, the default: totals against their parts. `rates`: percentages, growth and differences against the numbers
    /// that they are of. Both need the words of `[text.lexicon]`.
    #[serde(default)]
    #[schemars(schema_with = "schema::judges")]
    pub judges: Option<Spanned<String>>,
    /// Lists that are found by a pattern: with the groups `total`, `unit` and `list`, matched on text without blanks.
    #[serde(default)]
    pub pattern: Option<Spanned<String>>,
    /// The pattern of one part of the list, with the groups `part` and `unit`.
    #[serde(default)]
    pub item: Option<Spanned<String>>,
    /// Words that mean that the list is open: its sum may be below the total.
    #[serde(default)]
    pub open: Option<Spanned<String>>,
    /// Words that mean that the list names only some parts.
    #[serde(default)]
    pub partial: Option<Spanned<String>>,
    /// Words in the list that mean that it cannot be added up (numbers in 万, parts of parts).
    #[serde(default)]
    pub doubt: Option<Spanned<String>>,
    /// The severity.
    #[schemars(schema_with = "schema::severity")]
    pub severity: Spanned<String>,
    /// What is wrong, in a sentence, where it does not hold.
    pub says: Words,
    /// The document it comes from.
    pub source: String,
}
