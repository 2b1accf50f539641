//! `gouji.toml` as it is written. Only its shape is checked here; its JSON Schema is made of it.

use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

use crate::cli::{FailOn, Lang};
use crate::limits::Limit;
use crate::pack::raw::Spanned;
use crate::pack::{self, Level};

/// A configuration of gouji. Paths are seen from the folder of the file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Raw {
    /// A configuration, or several, that this one starts from. Lists are added to those there, anything else takes the place of what is said there.
    #[serde(default)]
    #[schemars(schema_with = "one_or_more")]
    pub extend: Option<Spanned<OneOrMore>>,
    /// Further rule packs, and folders of them.
    #[serde(default)]
    pub rules: Vec<Spanned<String>>,
    /// The list of agencies (CSV), for missing reports and roll-ups.
    pub organs: Option<Spanned<String>>,
    /// The id of the only rule pack, so that the form is not guessed.
    pub pack: Option<Spanned<String>>,
    /// Only these rules: codes, names, kinds, ids of packs.
    pub select: Option<Vec<Spanned<String>>>,
    /// Rules that are not applied.
    #[serde(default)]
    pub ignore: Vec<Spanned<String>>,
    /// From which severity on the exit status is 1.
    #[serde(default)]
    #[schemars(schema_with = "fail_on")]
    pub fail_on: Option<Spanned<String>>,
    /// The language of the messages.
    #[serde(default)]
    #[schemars(schema_with = "lang")]
    pub lang: Option<Spanned<String>>,
    /// The file in which what was found is kept for the next run.
    pub cache: Option<Spanned<String>>,
    /// The baseline: findings that are in it are not reported.
    pub baseline: Option<Spanned<String>>,
    /// The findings that the auditor accepts, each with a reason.
    pub waivers: Option<Spanned<String>>,
    /// How much rules weigh.
    #[serde(default)]
    #[schemars(schema_with = "severity")]
    pub severity: BTreeMap<Spanned<String>, Spanned<String>>,
    /// What a file may cost.
    #[serde(default)]
    #[schemars(schema_with = "limit")]
    pub limit: BTreeMap<Spanned<String>, u64>,
    /// What holds for some reports only.
    #[serde(default, rename = "override")]
    pub overrides: Vec<Spanned<RawOverride>>,
}

/// What holds for reports of these paths, of these organizations; for those of both where both are given.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Override", extend("anyOf" = paths_or_organizations()))]
pub(super) struct RawOverride {
    /// Files and folders as in .gitignore, seen from the folder of the file: `历史/`, `2023/**/*.xls`; `**` for every report.
    #[schemars(length(min = 1))]
    pub paths: Option<Vec<Spanned<String>>>,
    /// Names of organizations, `*` standing for any characters.
    #[schemars(length(min = 1))]
    pub organizations: Option<Vec<Spanned<String>>>,
    /// The id of the only rule pack, so that the form is not guessed.
    pub pack: Option<Spanned<String>>,
    /// Only these rules: codes, names, kinds, ids of packs. What is said elsewhere of rules that are not applied does not count then.
    pub select: Option<Vec<Spanned<String>>>,
    /// Rules that are not applied.
    #[serde(default)]
    pub ignore: Vec<Spanned<String>>,
    /// How much rules weigh.
    #[serde(default)]
    #[schemars(schema_with = "severity")]
    pub severity: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// A text, or a list of them.
#[derive(Debug)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for OneOrMore {
    /// By hand: what serde reads untagged has lost its places.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = OneOrMore;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_str<E>(self, text: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore::One(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMore, A::Error> {
                let mut more = Vec::new();
                while let Some(text) = list.next_element()? {
                    more.push(text);
                }
                Ok(OneOrMore::More(more))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// The JSON Schema of `gouji.toml`, for editors, as it is checked in.
pub fn schema() -> String {
    pack::schema_of::<Raw>("gouji", "gouji.toml")
}

fn one_or_more(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
}

fn fail_on(_: &mut SchemaGenerator) -> Schema {
    pack::one_of(&FailOn::ALL)
}

fn lang(_: &mut SchemaGenerator) -> Schema {
    pack::one_of(&Lang::ALL)
}

/// Levels by the words that mean rules.
fn severity(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": pack::one_of(&Level::ALL) })
}

/// Numbers by the names of limits.
fn limit(_: &mut SchemaGenerator) -> Schema {
    let number = |(name, _): (&str, Limit)| (name.to_owned(), json!({ "type": "integer", "minimum": 0 }));
    let properties: Map<String, Value> = Limit::ALL.map(number).into_iter().collect();
    json_schema!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// An override says for which reports it holds.
fn paths_or_organizations() -> Value {
    json!([{ "required": ["paths"] }, { "required": ["organizations"] }])
}
