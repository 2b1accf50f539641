//! What a pack says of running text, as it stands in TOML.

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
    /// Parts of patterns: `{name}` in the pattern of a claim stands for `words.name`.
    #[serde(default)]
    pub words: BTreeMap<String, Spanned<String>>,
    /// How a year is named, the group `year`. Nothing is compared behind the name of another year.
    #[serde(default)]
    pub year: Option<Spanned<String>>,
    /// Found in a sentence before a number: it is of another time.
    #[serde(default)]
    pub unless_before: Option<Spanned<String>>,
    /// A clause that says who did something, the group `subject`. The last one before a number says whose number it is.
    #[serde(default)]
    pub head: Option<Spanned<String>>,
    /// Who the report may speak of, besides the agency in its title: a number of anyone else is not compared.
    #[serde(default, rename = "subject")]
    pub subjects: Vec<Subject>,
    /// Where an agency is, level by level: the first group is the name of the place.
    #[serde(default)]
    pub places: Vec<Spanned<String>>,
    /// Set phrases of the form and of the law: clauses with one of these are not counted where texts are compared.
    #[serde(default)]
    pub boilerplate: Option<Spanned<String>>,
}

/// Words by which a report speaks of its own agency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// On text without blanks.
    pub pattern: Spanned<String>,
    /// Only where the agency in the title is such: 「全县」 is a government's.
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
    /// `organization` against the title. `missing-number`: the sentence is wrong as it stands.
    #[schemars(schema_with = "schema::prose_kind")]
    pub kind: Spanned<String>,
    /// Plain words; text without any of them is not looked at.
    pub about: Vec<String>,
    /// Conditions of all its claims, as there.
    #[serde(default)]
    pub only: Option<Spanned<String>>,
    #[serde(default)]
    pub unless: Option<Spanned<String>>,
    #[serde(default)]
    pub unless_before: Option<Spanned<String>>,
    /// What is looked for; one is enough.
    #[serde(rename = "claim")]
    pub claims: Vec<Claim>,
    /// How grave it is.
    #[schemars(schema_with = "schema::severity")]
    pub severity: Spanned<String>,
    /// What is wrong, in a sentence, where it does not hold.
    pub says: Words,
    /// The document it comes from.
    pub source: String,
}

/// Words that say something which can be checked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// With the group `number`, unless the number is given by `states`; other groups are names for readings.
    pub pattern: Spanned<String>,
    /// The official numbers of the sections it is looked for in; without any, all.
    #[serde(default)]
    pub sections: Vec<Spanned<u32>>,
    /// Must be found in the sentence.
    #[serde(default)]
    pub only: Option<Spanned<String>>,
    /// Must not be found in the sentence.
    #[serde(default)]
    pub unless: Option<Spanned<String>>,
    /// Must not be found in the paragraph before the claim; `$` is where the claim begins.
    #[serde(default)]
    pub unless_before: Option<Spanned<String>>,
    /// The number that the words state without writing it: 「未收到」 states 0.
    #[serde(default)]
    pub states: Option<u32>,
    /// What the number may mean, each a sum of figures and of numbers named in the pattern; one must fit. Where the first is a
    /// single figure and sums fail, the number speaks for one value of it.
    #[serde(default)]
    pub readings: Vec<Spanned<String>>,
    /// What the group `share`, in %, may be a share of; any number of the paragraph is tried as well.
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
    /// With the groups `total`, `unit` and `list`, on text without blanks.
    pub pattern: Spanned<String>,
    /// One part of the list, with the groups `part` and `unit`.
    pub item: Spanned<String>,
    /// Found in the sentence: the list is open and may stay below the total.
    pub open: Spanned<String>,
    /// Found in the sentence: the list may name some parts only.
    pub partial: Spanned<String>,
    /// Found in the list: it cannot be added up (numbers in 万, parts of parts).
    pub doubt: Spanned<String>,
    /// How grave it is.
    #[schemars(schema_with = "schema::severity")]
    pub severity: Spanned<String>,
    /// What is wrong, in a sentence, where it does not hold.
    pub says: Words,
    /// The document it comes from.
    pub source: String,
}
