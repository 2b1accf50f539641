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

/// A gouji configuration. Paths are relative to the folder of this file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Raw {
    /// One or several configurations to start from. Lists are appended to theirs; any other value replaces theirs.
    #[serde(default)]
    #[schemars(schema_with = "one_or_more")]
    pub extend: Option<Spanned<OneOrMore>>,
    /// More rule packs: files, or folders that hold them.
    #[serde(default)]
    pub rules: Vec<Spanned<String>>,
    /// The list of agencies (CSV): which reports are missing, and which agencies a consolidated report adds up.
    pub organs: Option<Spanned<String>>,
    /// The id of the one rule pack to use; without it, the form of each report is recognised.
    pub pack: Option<Spanned<String>>,
    /// Apply only these rules: codes, names, kinds or ids of packs.
    pub select: Option<Vec<Spanned<String>>>,
    /// Rules to ignore: codes, names, kinds or ids of packs.
    #[serde(default)]
    pub ignore: Vec<Spanned<String>>,
    /// The lowest severity that makes the exit status 1.
    #[serde(default)]
    #[schemars(schema_with = "fail_on")]
    pub fail_on: Option<Spanned<String>>,
    /// The language of the messages.
    #[serde(default)]
    #[schemars(schema_with = "lang")]
    pub lang: Option<Spanned<String>>,
    /// The cache file, which makes the next run faster.
    pub cache: Option<Spanned<String>>,
    /// The baseline file: findings in it are not reported.
    pub baseline: Option<Spanned<String>>,
    /// The waiver file: findings that the auditor accepts, each with a reason.
    pub waivers: Option<Spanned<String>>,
    /// Severities of rules, by code, name, kind or id of a pack.
    #[serde(default)]
    #[schemars(schema_with = "severity")]
    pub severity: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Limits on each file.
    #[serde(default)]
    #[schemars(schema_with = "limit")]
    pub limit: BTreeMap<Spanned<String>, u64>,
    /// Settings for some reports only.
    #[serde(default, rename = "override")]
    pub overrides: Vec<Spanned<RawOverride>>,
}

/// Settings for reports in these paths or of these agencies; with both given, both must match.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Override", extend("anyOf" = paths_or_organizations()))]
pub(super) struct RawOverride {
    /// Files and folders as in .gitignore, relative to the folder of this file: `历史/`, `2023/**/*.xls`; `**` for every report.
    #[schemars(length(min = 1))]
    pub paths: Option<Vec<Spanned<String>>>,
    /// Names of agencies; `*` matches any characters.
    #[schemars(length(min = 1))]
    pub organizations: Option<Vec<Spanned<String>>>,
    /// The id of the one rule pack to use; without it, the form of each report is recognised.
    pub pack: Option<Spanned<String>>,
    /// Apply only these rules (codes, names, kinds or ids of packs), even if they are ignored elsewhere.
    pub select: Option<Vec<Spanned<String>>>,
    /// Rules to ignore: codes, names, kinds or ids of packs.
    #[serde(default)]
    pub ignore: Vec<Spanned<String>>,
    /// Severities of rules, by code, name, kind or id of a pack.
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

/// Severities by the words that name rules.
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
