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
    /// Plain words; a sentence without any of them is skipped.
    pub about: Vec<String>,
    /// The same conditions, for all claims of the rule.
    #[serde(default)]
    pub only: Option<Spanned<String>>,
    #[serde(default)]
    pub unless: Option<Spanned<String>>,
    #[serde(default)]
    pub unless_before: Option<Spanned<String>>,
    /// The claims; one match is enough.
    #[serde(rename = "claim")]
    pub claims: Vec<Claim>,
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
    /// The pattern, with the groups `total`, `unit` and `list`, matched on text without blanks.
    pub pattern: Spanned<String>,
    /// The pattern of one part of the list, with the groups `part` and `unit`.
    pub item: Spanned<String>,
    /// Words that mean that the list is open: its sum may be below the total.
    pub open: Spanned<String>,
    /// Words that mean that the list names only some parts.
    pub partial: Spanned<String>,
    /// Words in the list that mean that it cannot be added up (numbers in 万, parts of parts).
    pub doubt: Spanned<String>,
    /// The severity.
    #[schemars(schema_with = "schema::severity")]
    pub severity: Spanned<String>,
    /// What is wrong, in a sentence, where it does not hold.
    pub says: Words,
    /// The document it comes from.
    pub source: String,
}
