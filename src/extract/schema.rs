//! The columns for programs: the JSON Schema of a row as `jsonl` writes it, its keys in the order of the columns. Blank fields of
//! `csv` are keys that are not there.

use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::decimal::{PRECISION, SCALE};
use super::long;
use super::row::{Column, Kind};
use crate::message::{Language, Message};
use crate::pack::{Pack, schema_of};
use crate::view::Location;

/// The schema of a row of these columns; what they hold is said in a language.
pub(super) fn schema(columns: &[Column], is_wide: bool, packs: &[Arc<Pack>], language: Language) -> String {
    let of_location = (!is_wide).then(location);
    let mut properties: Vec<(String, Value)> =
        columns.iter().map(|column| (column.name.to_string(), property(column, packs, language))).collect();
    if of_location.is_some() {
        let says = Message::new("extract.column.location").say(language);
        properties.push(("location".to_owned(), json!({ "$ref": "#/$defs/Location", "description": says })));
    }
    let mut required = vec!["path", "pack"];
    if !is_wide {
        required.extend(long::ALWAYS);
    }
    let schema = Schema {
        schema: "https://json-schema.org/draft/2020-12/schema",
        id: if is_wide { "urn:gouji:reports.schema.json" } else { "urn:gouji:figures.schema.json" },
        title: if is_wide { "gouji extract --layout wide" } else { "gouji extract" },
        kind: "object",
        properties: Ordered(properties),
        required,
        definitions: of_location.unwrap_or_default(),
    };
    serde_json::to_string_pretty(&schema).expect("JSON is written to memory") + "\n"
}

/// A schema with its keys in the order in which people read them.
#[derive(Serialize)]
struct Schema<'s> {
    #[serde(rename = "$schema")]
    schema: &'s str,
    #[serde(rename = "$id")]
    id: &'s str,
    title: &'s str,
    #[serde(rename = "type")]
    kind: &'s str,
    properties: Ordered,
    required: Vec<&'s str>,
    #[serde(rename = "$defs", skip_serializing_if = "Value::is_null")]
    definitions: Value,
}

/// An object whose keys keep their order.
struct Ordered(Vec<(String, Value)>);

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// What a column holds. `x-column` is its type where columns have one: in Parquet, and in Arrow's memory.
fn property(column: &Column, packs: &[Arc<Pack>], language: Language) -> Value {
    let mut property = match column.kind {
        Kind::Word | Kind::Text => json!({ "type": "string", "x-column": "string" }),
        Kind::Year => json!({ "type": "integer", "x-column": "int32" }),
        Kind::Number => json!({ "type": "number", "x-column": format!("decimal({PRECISION}, {SCALE})") }),
    };
    if column.name == long::STATE {
        property["enum"] = json!(long::STATES);
    }
    property["description"] = match key(&column.name) {
        Some(key) => Message::new(key).say(language).into(),
        None => place(&column.name, packs).into(),
    };
    property
}

/// The message that says what is in a column that every form has.
fn key(name: &str) -> Option<&'static str> {
    const KEYS: [&str; 15] = [
        "extract.column.organization",
        "extract.column.year",
        "extract.column.table",
        "extract.column.row",
        "extract.column.column",
        "extract.column.value",
        "extract.column.path",
        "extract.column.place",
        "extract.column.figure",
        "extract.column.text",
        "extract.column.state",
        "extract.column.pack",
        "extract.column.unit",
        "extract.column.label",
        "extract.column.part",
    ];
    KEYS.into_iter().find(|key| key.strip_prefix("extract.column.") == Some(name))
}

/// Where a figure is, in the words of its form.
fn place(id: &str, packs: &[Arc<Pack>]) -> String {
    let figure = packs.iter().flat_map(|pack| &pack.figures).find(|figure| figure.id == id);
    let Some(figure) = figure else { return String::new() };
    match &figure.unit {
        Some(unit) => format!("{} ({unit})", figure.place),
        None => figure.place.clone(),
    }
}

/// The definitions that `location` needs.
fn location() -> Value {
    let whole: Value = serde_json::from_str(&schema_of::<Location>("location", "location")).expect("it is JSON");
    let mut definitions = whole["$defs"].clone();
    definitions["Location"] = json!({ "description": whole["description"], "anyOf": whole["anyOf"] });
    definitions
}
