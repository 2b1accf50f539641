//! What the JSON Schema of packs, for editors, says of single keys: the words that the compiler knows. What takes more than
//! one look at a pack (names, expressions, patterns) is left to `gouji pack check`.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::core::Core;
use super::lexicon::{NameKind, Role};
use super::open::OPEN_BY;
use super::prose::{Judges, ProseKind};
use super::severity::Severity;
use super::sum::{ForEach, Policy};
use super::value::ValueKind;

/// The schema of any TOML or JSON of ours, made of the type it is read into; `name` is that of the file it is checked in as.
pub fn schema_of<T: JsonSchema>(name: &str, title: &str) -> String {
    let settings = SchemaSettings::draft2020_12().with_transform(Plain);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), json!(format!("urn:gouji:{name}.schema.json")));
    schema.insert("title".to_owned(), json!(title));
    serde_json::to_string_pretty(&schema).expect("JSON is written to memory") + "\n"
}

/// Takes away what only speaks of Rust: there is no null, and widths of integers are no format of JSON Schema.
#[derive(Debug, Clone)]
struct Plain;

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(either)) = schema.get_mut("anyOf") {
            either.retain(|one| one["type"] != "null");
            if let [Value::Object(only)] = either.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                schema.ensure_object().extend(only);
            }
        }
        // Lists and texts that may be left out are empty then, which goes without saying.
        if schema.get("default").is_some_and(|value| *value != json!(false)) {
            schema.remove("default");
        }
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = text.replace('\n', " ");
        }
        schema.remove("format");
        transform_subschemas(self, schema);
    }
}

/// One of the words of a list that they are looked up in.
pub fn one_of<T>(all: &[(&'static str, T)]) -> Schema {
    let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
    json_schema!({ "type": "string", "enum": words })
}

fn written(pattern: &str) -> Schema {
    json_schema!({ "type": "string", "pattern": pattern })
}

pub(super) fn severity(_: &mut SchemaGenerator) -> Schema {
    one_of(&Severity::ALL)
}

/// A word, or words by row or column.
pub(super) fn severities(generator: &mut SchemaGenerator) -> Schema {
    let word = severity(generator);
    json_schema!({ "oneOf": [word, { "type": "object", "additionalProperties": word }] })
}

pub(super) fn value_kind(_: &mut SchemaGenerator) -> Schema {
    one_of(&ValueKind::ALL)
}

pub(super) fn policy(_: &mut SchemaGenerator) -> Schema {
    one_of(&Policy::ALL)
}

pub(super) fn for_each(_: &mut SchemaGenerator) -> Schema {
    one_of(&ForEach::ALL)
}

pub(super) fn open_by(_: &mut SchemaGenerator) -> Schema {
    one_of(&OPEN_BY)
}

pub(super) fn prose_kind(_: &mut SchemaGenerator) -> Schema {
    one_of(&ProseKind::ALL)
}

pub(super) fn judges(_: &mut SchemaGenerator) -> Schema {
    one_of(&Judges::ALL)
}

pub(super) fn role(_: &mut SchemaGenerator) -> Schema {
    one_of(&Role::ALL)
}

pub(super) fn name_kind(_: &mut SchemaGenerator) -> Schema {
    one_of(&NameKind::ALL)
}

/// A unit that cells are known to bear.
pub(super) fn unit(_: &mut SchemaGenerator) -> Schema {
    let mut units: Vec<&String> = Core::builtin().units.iter().chain(&Core::builtin().signs).collect();
    units.sort_unstable();
    json_schema!({ "type": "string", "enum": units })
}

pub(super) fn code(_: &mut SchemaGenerator) -> Schema {
    written("^[A-Z]+[0-9]+$")
}

pub(super) fn name(_: &mut SchemaGenerator) -> Schema {
    written("^[a-z0-9]+([-_][a-z0-9]+)*$")
}

/// What expressions can name.
pub(super) fn id(_: &mut SchemaGenerator) -> Schema {
    written("^[A-Za-z0-9_]+$")
}

/// A number from 1.
pub(super) fn number(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "integer", "minimum": 1 })
}

/// A decimal ≥ 0, as text.
pub(super) fn tolerance(_: &mut SchemaGenerator) -> Schema {
    written(r"^[0-9]+(\.[0-9]+)?$")
}

/// What a pack must say that does not take it from another one.
pub(super) fn unless_it_extends() -> Value {
    json!({ "not": { "required": ["extends"] } })
}

pub(super) fn of_its_own() -> Value {
    json!({ "required": ["source", "identify"], "properties": { "identify": { "required": ["least"] } } })
}

/// A sum for each row, column or code needs the table they are in.
pub(super) fn for_each_of_a_table() -> Value {
    json!({ "required": ["for_each"], "properties": { "for_each": { "not": { "const": "figure" } } } })
}

/// A statement is required in a section or for a table, not both.
pub(super) fn section_or_table() -> Value {
    json!([{ "required": ["section"] }, { "required": ["table"] }])
}
