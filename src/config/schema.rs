//! The JSON Schema of `gouji.toml`, for editors: made of [`raw`] and of the words that are looked up.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::raw;
use crate::cli::{FailOn, Lang};
use crate::limits::Limit;
use crate::pack::{self, Level};

/// The schema as JSON, as it is checked in.
pub fn schema() -> String {
    pack::schema_of::<raw::Raw>("gouji", "gouji.toml")
}

pub(super) fn one_or_more(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
}

pub(super) fn fail_on(_: &mut SchemaGenerator) -> Schema {
    pack::one_of(&FailOn::ALL)
}

pub(super) fn lang(_: &mut SchemaGenerator) -> Schema {
    pack::one_of(&Lang::ALL)
}

/// Levels by the words that mean rules.
pub(super) fn severity(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": pack::one_of(&Level::ALL) })
}

/// Numbers by the names of limits.
pub(super) fn limit(_: &mut SchemaGenerator) -> Schema {
    let number = |(name, _): (&str, Limit)| (name.to_owned(), json!({ "type": "integer", "minimum": 0 }));
    let properties: Map<String, Value> = Limit::ALL.map(number).into_iter().collect();
    json_schema!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// An override says for which reports it holds.
pub(super) fn paths_or_organizations() -> Value {
    json!([{ "required": ["paths"] }, { "required": ["organizations"] }])
}
