//! A rule pack as it is written in TOML. Nothing is checked here but shapes; [`super::compile`] does the rest and points
//! its errors at the spans kept here.

pub mod prose;
mod spanned;
mod table;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema;
use crate::message::Words;
pub use spanned::Spanned;
pub use table::{Block, Node, Open, Table};

/// The JSON Schema of packs as it is checked in.
pub fn pack_schema() -> String {
    schema::schema_of::<Pack>("pack", "gouji rule pack")
}

/// A form: `rules/<id>.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("if" = schema::unless_it_extends(), "then" = schema::of_its_own()))]
pub struct Pack {
    /// The id, in kebab-case: `zfxxgk-2021`.
    #[schemars(schema_with = "schema::name")]
    pub id: Spanned<String>,
    /// The form's name, with its version.
    pub name: Words,
    /// Whose form it is: the country, by which lists of forms are ordered.
    #[serde(default)]
    pub country: Option<Words>,
    /// The pack to start from. An item here replaces the item with the same id there.
    #[serde(default)]
    pub extends: Option<Spanned<String>>,
    /// Rules of that pack to leave out, by code or name.
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    /// The same word for all versions of one form.
    #[serde(default)]
    pub family: Option<String>,
    /// The years whose reports use this form.
    #[serde(default)]
    pub years: Years,
    /// The title of a report, without the agency and the year.
    #[serde(default)]
    pub title: Option<String>,
    /// The document that prescribes the form.
    #[serde(default)]
    pub source: Option<String>,
    /// Numbers are written with thousands separators in this form: that is not untidy.
    #[serde(default)]
    pub thousands: bool,
    /// Signs with a meaning of their own.
    #[serde(default, rename = "mark")]
    pub marks: Vec<Mark>,
    /// How a document of this form is recognised.
    #[serde(default)]
    pub identify: Option<Identify>,
    /// The sections, in their order.
    #[serde(default, rename = "section")]
    pub sections: Vec<Section>,
    /// Rows that several tables print, by a name: a node `{ rows_of = "NAME" }` stands for them.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<Node>>,
    /// The most that any rule of this pack weighs, those of the pack that it extends too: `warning` for a form whose labels or
    /// sums are not sure yet.
    #[serde(default)]
    #[schemars(schema_with = "schema::severity")]
    pub at_most: Option<Spanned<String>>,
    /// The tables with their rows and columns.
    #[serde(default, rename = "table")]
    pub tables: Vec<Table>,
    /// Equations and inequalities between figures.
    #[serde(default, rename = "sum")]
    pub sums: Vec<Sum>,
    /// Statements that a report must make.
    #[serde(default, rename = "statement")]
    pub statements: Vec<Statement>,
    /// How sentences of a report are read.
    #[serde(default)]
    pub text: Option<prose::Text>,
    /// Rules about sentences.
    #[serde(default)]
    pub prose: Vec<prose::Prose>,
    /// Totals in the text that must equal their listed parts.
    #[serde(default, rename = "prose_sum")]
    pub prose_sums: Vec<prose::ProseSum>,
    /// Named reports in which all sums hold, for cases to start from.
    #[serde(default)]
    pub specimens: BTreeMap<String, Change>,
    /// Tests of the rules: a wrong and a right report for each.
    #[serde(default, rename = "case")]
    pub cases: Vec<Case>,
}

/// The years whose reports use a form; either end may be open.
#[derive(Debug, Default, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Years {
    #[serde(default)]
    pub from: Option<u16>,
    #[serde(default)]
    pub to: Option<u16>,
}

/// A sign printed in place of a figure, and what is known of that.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// How it is written.
    pub text: Vec<String>,
    /// The figure is at least this, a decimal; without `least` and `most` there is no figure.
    #[serde(default)]
    #[schemars(schema_with = "schema::tolerance")]
    pub least: Option<Spanned<String>>,
    /// The figure is at most this, a decimal.
    #[serde(default)]
    #[schemars(schema_with = "schema::tolerance")]
    pub most: Option<Spanned<String>>,
}

/// How a document of this form is recognised. A pack that extends another inherits what it leaves out.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identify {
    /// Patterns of the title, tried in order on text without blanks. Each has the group `year`, and usually `organization`;
    /// a title that only names the form has neither, if there is `head`.
    #[serde(default)]
    pub title: Vec<Spanned<String>>,
    /// Patterns of lines and cells beside a title that does not name year and agency: 「编制单位：…」, 「2024年12月31日」. Each
    /// has the group `year` or `organization`.
    #[serde(default)]
    pub head: Vec<Spanned<String>>,
    /// The id of the figure whose cell names the agency, if the title does not.
    #[serde(default)]
    pub organization: Option<Spanned<String>>,
    /// The least number of different titles and labels of the form that a document must contain.
    #[serde(default)]
    pub least: Option<usize>,
    /// Labels that only other forms print. A document that contains one uses this form only if no other form matches.
    #[serde(default)]
    pub foreign: Vec<String>,
    /// Sentences that repeat the year of the report.
    #[serde(default)]
    pub period: Vec<Period>,
    /// The start of a paragraph that is about one year: a pattern with the group `year`.
    #[serde(default)]
    pub opening: Option<Spanned<String>>,
}

/// A sentence that names the period of the report: a pattern with the group `year`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The pattern, matched on text without blanks.
    pub pattern: Spanned<String>,
}

/// A section of the form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The official number, from 1 without gaps.
    #[schemars(schema_with = "schema::number")]
    pub number: Spanned<u32>,
    /// The title as printed, without the number.
    pub title: Spanned<String>,
    /// Other titles found in real reports.
    #[serde(default)]
    pub also: Vec<Spanned<String>>,
    /// The ids of the tables in this section.
    #[serde(default)]
    pub tables: Vec<Spanned<String>>,
    /// A correct text for this section; cases are built with it.
    #[serde(default)]
    pub specimen: String,
}

/// An equation or inequality between figures.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("if" = schema::for_each_of_a_table(), "then" = serde_json::json!({ "anyOf": [{ "required": ["table"] }, { "required": ["tables"] }] })))]
pub struct Sum {
    /// The permanent code: `GJ312`.
    #[schemars(schema_with = "schema::code")]
    pub code: Spanned<String>,
    /// The name of the fault, in kebab-case: `row-total-is-wrong`.
    #[schemars(schema_with = "schema::name")]
    pub name: Spanned<String>,
    /// The short name in `broken`: `requests.balance:natural_person`.
    #[schemars(schema_with = "schema::name")]
    pub id: String,
    /// The general kind; the default is `broken-sum`.
    #[serde(default)]
    pub kind: Option<String>,
    /// The table in which names are looked up; without it, names are full ids of figures.
    #[serde(default)]
    pub table: Option<Spanned<String>>,
    /// Instead of `table`: several tables, in each of which it holds.
    #[serde(default)]
    pub tables: Vec<Spanned<String>>,
    /// `row` or `column`: evaluated for each row (names are columns) or for each column (names are rows); without it, names
    /// are `row.column`. `figure`: evaluated for each figure, named `this`. `code`: evaluated for each open row with rows
    /// below it, named `this` and `below`. `name`: evaluated for each open name; a column is the sum of its rows.
    #[serde(default)]
    #[schemars(schema_with = "schema::for_each")]
    pub for_each: Option<Spanned<String>>,
    /// The rows or columns for which it is evaluated; the default is all.
    #[serde(default)]
    pub only: Vec<Spanned<String>>,
    /// The rows or columns for which it is not evaluated.
    #[serde(default)]
    pub except: Vec<Spanned<String>>,
    /// The equation or inequality: `total = sum(natural_person .. other)`. The language is described in
    /// `docs/packs.md`.
    pub holds: Spanned<String>,
    /// The rule is evaluated only if this condition holds.
    #[serde(default, rename = "where")]
    pub condition: Option<Spanned<String>>,
    /// It is reported by itself when broken, and says nothing of which figure is wrong.
    #[serde(default)]
    pub alone: bool,
    /// How missing figures are treated.
    #[serde(default)]
    pub missing: Missing,
    /// One severity, or severities by the id of the row or column: `{ total = "error", otherwise = "warning" }`.
    #[serde(default)]
    #[schemars(schema_with = "schema::severities")]
    pub severity: Option<Spanned<toml::Value>>,
    /// The largest difference that is allowed, a decimal.
    #[serde(default)]
    #[schemars(schema_with = "schema::tolerance")]
    pub tolerance: Option<Spanned<String>>,
    /// What is wrong if the rule is broken, in a sentence.
    pub says: Words,
    /// Why it matters, and what else guards these figures.
    #[serde(default)]
    pub why: Option<Box<Words>>,
    /// The document that the rule comes from.
    pub source: String,
}

/// How a sum treats missing figures: `zero`, `unknown` (the default: not evaluated) or `error`.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// There is no such cell in the report.
    #[serde(default)]
    #[schemars(schema_with = "schema::policy")]
    pub absent: Option<Spanned<String>>,
    /// The cell is blank.
    #[serde(default)]
    #[schemars(schema_with = "schema::policy")]
    pub blank: Option<Spanned<String>>,
    /// The cell holds a sign for nothing.
    #[serde(default)]
    #[schemars(schema_with = "schema::policy")]
    pub mark: Option<Spanned<String>>,
}

/// A statement that a report must make: in a section, or if a table is empty.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = schema::section_or_table()))]
pub struct Statement {
    /// The permanent code: `GJ312`.
    #[schemars(schema_with = "schema::code")]
    pub code: Spanned<String>,
    /// The name of the fault, in kebab-case: `row-total-is-wrong`.
    #[schemars(schema_with = "schema::name")]
    pub name: Spanned<String>,
    /// The number of the section that must make it.
    #[serde(default)]
    #[schemars(schema_with = "schema::number")]
    pub section: Option<Spanned<u32>>,
    /// A table that must be explained if it is there and holds no figure but 0.
    #[serde(default)]
    pub table: Option<Spanned<String>>,
    /// Patterns that must all be found.
    pub needs: Vec<Need>,
    /// The severity if it is missing.
    #[schemars(schema_with = "schema::severity")]
    pub severity: Spanned<String>,
    /// What is wrong if the rule is broken, in a sentence.
    pub says: Words,
    /// The document that the rule comes from.
    pub source: String,
}

/// Words that must be found.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The pattern, matched on text without blanks.
    pub pattern: Spanned<String>,
    /// What the pattern looks for, in a few words, for messages.
    pub words: String,
}

/// The cases of a pack, with what they start from. The fields are those of [`Pack`].
#[derive(Debug, Default, Deserialize)]
pub struct Trials {
    #[serde(default)]
    pub specimens: BTreeMap<String, Change>,
    #[serde(default, rename = "case")]
    pub cases: Vec<Case>,
}

/// A wrong and a right report for a rule. Both are made from the form, with every figure 0 and every specimen text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The code or the name of the rule.
    pub rule: Spanned<String>,
    /// The specimen that both start from; without it, every figure is 0.
    #[serde(default)]
    pub from: Option<Spanned<String>>,
    /// The report that breaks the rule.
    #[serde(default)]
    pub wrong: Change,
    /// The report that does not.
    #[serde(default)]
    pub right: Change,
}

/// The differences from the form with zeros.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Figure id → text of its cell.
    #[serde(default)]
    pub figures: BTreeMap<String, String>,
    /// Text of the Markdown report → its replacement, made once.
    #[serde(default)]
    pub replace: BTreeMap<String, String>,
    /// The whole text of the file, instead of differences.
    #[serde(default)]
    pub file: Option<String>,
    /// The path of the file, for rules about its name.
    #[serde(default)]
    pub path: Option<String>,
    /// Code of an open row → its label: rows that the report has besides those of the form, in every table that takes them.
    #[serde(default)]
    pub rows: BTreeMap<String, String>,
    /// Figures of the year before, for rules with `previous(…)`; those not given are 0.
    #[serde(default)]
    pub previous: BTreeMap<String, String>,
    /// Figures of the reports of the agencies below, for rules with `children(…)`; those not given are 0.
    #[serde(default)]
    pub children: Vec<BTreeMap<String, String>>,
}

/// A rule of any kind.
#[derive(Debug, Clone)]
pub enum Rule {
    Sum(Sum),
    Statement(Statement),
    ProseSum(prose::ProseSum),
    Prose(prose::Prose),
}

/// What all rules have.
#[derive(Debug, Clone, Copy)]
pub struct Header<'r> {
    pub code: &'r Spanned<String>,
    pub name: &'r Spanned<String>,
    pub says: &'r Words,
    pub why: Option<&'r Words>,
    pub source: &'r str,
}

impl Rule {
    /// What it has in common with all others.
    pub fn header(&self) -> Header<'_> {
        let (code, name, says, source) = match self {
            Self::Sum(own) => (&own.code, &own.name, &own.says, &own.source),
            Self::Statement(own) => (&own.code, &own.name, &own.says, &own.source),
            Self::ProseSum(own) => (&own.code, &own.name, &own.says, &own.source),
            Self::Prose(own) => (&own.code, &own.name, &own.says, &own.source),
        };
        let why = if let Self::Sum(own) = self { own.why.as_deref() } else { None };
        Header { code, name, says, why, source }
    }

    /// Whether `word` is its code or its name.
    pub fn is_named(&self, word: &str) -> bool {
        let Header { code, name, .. } = self.header();
        [code, name].into_iter().any(|own| own.get_ref() == word)
    }
}

impl Pack {
    /// Whether a key is of what reports are recognised by and read with; the others are rules, words and cases.
    pub fn is_of_form(key: &str) -> bool {
        [
            "id",
            "name",
            "country",
            "extends",
            "family",
            "years",
            "title",
            "source",
            "identify",
            "section",
            "lists",
            "table",
            "thousands",
            "mark",
        ]
        .contains(&key)
    }

    /// Whether a key is of the cases, which only those read who try them.
    pub fn is_of_trials(key: &str) -> bool {
        ["specimens", "case"].contains(&key)
    }

    /// Takes out the cases.
    pub fn take_trials(&mut self) -> Trials {
        Trials { specimens: std::mem::take(&mut self.specimens), cases: std::mem::take(&mut self.cases) }
    }

    /// Takes out the rules of all families, as one list.
    pub fn take_rules(&mut self) -> Vec<Rule> {
        let sums = std::mem::take(&mut self.sums).into_iter().map(Rule::Sum);
        let statements = std::mem::take(&mut self.statements).into_iter().map(Rule::Statement);
        let prose_sums = std::mem::take(&mut self.prose_sums).into_iter().map(Rule::ProseSum);
        let prose = std::mem::take(&mut self.prose).into_iter().map(Rule::Prose);
        sums.chain(statements).chain(prose_sums).chain(prose).collect()
    }
}

impl Change {
    /// This change on top of another one.
    pub fn over(&self, base: &Self) -> Self {
        fn both<V: Clone>(base: &BTreeMap<String, V>, own: &BTreeMap<String, V>) -> BTreeMap<String, V> {
            base.iter().chain(own).map(|(key, value)| (key.clone(), value.clone())).collect()
        }
        Self {
            figures: both(&base.figures, &self.figures),
            replace: both(&base.replace, &self.replace),
            file: self.file.clone().or_else(|| base.file.clone()),
            path: self.path.clone().or_else(|| base.path.clone()),
            rows: both(&base.rows, &self.rows),
            previous: both(&base.previous, &self.previous),
            children: if self.children.is_empty() { base.children.clone() } else { self.children.clone() },
        }
    }
}
