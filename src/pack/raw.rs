//! A rule pack as it stands in TOML. Nothing is checked here but shapes; [`super::compile`] does the rest and points
//! its errors at the spans kept here.

pub mod prose;
mod spanned;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema;
use crate::message::Words;
pub use spanned::Spanned;

/// The JSON Schema of packs as it is checked in.
pub fn pack_schema() -> String {
    schema::schema_of::<Pack>("pack", "gouji rule pack")
}

/// A form: `rules/<id>.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("if" = schema::unless_it_extends(), "then" = schema::of_its_own()))]
pub struct Pack {
    /// Kebab-case: `zfxxgk-2021`.
    #[schemars(schema_with = "schema::name")]
    pub id: Spanned<String>,
    /// The form's name, with its version.
    pub name: Words,
    /// The pack to start from. What stands here takes the place of what has the same id there.
    #[serde(default)]
    pub extends: Option<Spanned<String>>,
    /// Rules of that pack, by code or name, that this form does not have.
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    /// Versions of one form share it.
    #[serde(default)]
    pub family: Option<String>,
    /// The years whose reports are written in this form.
    #[serde(default)]
    pub years: Years,
    /// What stands in a report's title behind the agency and the year.
    #[serde(default)]
    pub title: Option<String>,
    /// The document that prescribes the form.
    #[serde(default)]
    pub source: Option<String>,
    /// How a document of this form is recognised.
    #[serde(default)]
    pub identify: Option<Identify>,
    /// The sections, in their order.
    #[serde(default, rename = "section")]
    pub sections: Vec<Section>,
    /// The tables with their rows and columns.
    #[serde(default, rename = "table")]
    pub tables: Vec<Table>,
    /// Equations and inequalities between figures.
    #[serde(default, rename = "sum")]
    pub sums: Vec<Sum>,
    /// What a report must say.
    #[serde(default, rename = "statement")]
    pub statements: Vec<Statement>,
    /// How running text is read.
    #[serde(default)]
    pub text: Option<prose::Text>,
    /// Rules about sentences.
    #[serde(default)]
    pub prose: Vec<prose::Prose>,
    /// Totals in the text with their parts.
    #[serde(default, rename = "prose_sum")]
    pub prose_sums: Vec<prose::ProseSum>,
    /// Reports in which all sums hold, for cases to start from, by name.
    #[serde(default)]
    pub specimens: BTreeMap<String, Change>,
    /// For each rule a wrong and a right report.
    #[serde(default, rename = "case")]
    pub cases: Vec<Case>,
}

/// The years whose reports are written in a form; without a bound where there is none.
#[derive(Debug, Default, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Years {
    #[serde(default)]
    pub from: Option<u16>,
    #[serde(default)]
    pub to: Option<u16>,
}

/// How a document of this form is recognised. What a pack that extends another one leaves out is that of the other.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identify {
    /// Patterns with the group `year`, mostly with `organization` too, tried in turn on text without blanks.
    #[serde(default)]
    pub title: Vec<Spanned<String>>,
    /// Id of the figure whose cell names the agency, where the title does not.
    #[serde(default)]
    pub organization: Option<Spanned<String>>,
    /// So many different titles and labels of the form must stand in the document.
    #[serde(default)]
    pub least: Option<usize>,
    /// Labels that only other forms print.
    #[serde(default)]
    pub foreign: Vec<String>,
    /// Where else the report's year is written.
    #[serde(default)]
    pub period: Vec<Period>,
    /// How a text opens that speaks of one year: a pattern with the group `year`.
    #[serde(default)]
    pub opening: Option<Spanned<String>>,
}

/// A sentence that names the period of the report: a pattern with the group `year`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// On text without blanks.
    pub pattern: Spanned<String>,
}

/// A section of the form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The official number, from 1 without gaps.
    #[schemars(schema_with = "schema::number")]
    pub number: Spanned<u32>,
    /// As printed, without the number.
    pub title: Spanned<String>,
    /// Other titles met in real reports.
    #[serde(default)]
    pub also: Vec<Spanned<String>>,
    /// Ids of the tables that stand in it.
    #[serde(default)]
    pub tables: Vec<Spanned<String>>,
    /// What a right report could say here; cases are made with it.
    #[serde(default)]
    pub specimen: String,
}

/// A table of the form: blocks below each other, mostly one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The first part of the ids of its figures: `requests`.
    #[schemars(schema_with = "schema::id")]
    pub id: Spanned<String>,
    /// What the reader calls it: 表三.
    pub name: String,
    /// What stands above the table; tells it from others with the same rows and columns.
    #[serde(default)]
    pub captions: Vec<String>,
    /// What the form prints in the top left cell.
    #[serde(default)]
    pub corner: String,
    /// What a right report could say below it where it is empty; cases are made with it.
    #[serde(default)]
    pub specimen: String,
    /// It need not stand.
    #[serde(default)]
    pub optional: bool,
    /// A printed row may hold several rows of the form side by side: 项目, 金额, 项目, 金额.
    #[serde(default)]
    pub pairs: bool,
    /// Headers of columns that hold no figures, and labels of rows that do not: 行次, 栏次, 单位.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The unit of its amounts; another one printed above the table is converted.
    #[serde(default)]
    #[schemars(schema_with = "schema::unit")]
    pub unit: Option<Spanned<String>>,
    /// Its blocks, mostly one.
    #[serde(rename = "block")]
    pub blocks: Vec<Block>,
}

/// Rows that share their columns.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// A caption across the table.
    #[serde(default)]
    pub label: Option<String>,
    /// The rows are printed as groups of columns, side by side, over one row of figures.
    #[serde(default)]
    pub side_by_side: bool,
    /// The header of the column that holds the codes of the rows.
    #[serde(default)]
    pub codes: Option<String>,
    /// Rows that a report adds to those given here.
    #[serde(default)]
    pub open: Option<Open>,
    /// Its columns, and groups of them.
    pub columns: Vec<Node>,
    /// Its rows, and groups of them.
    #[serde(default)]
    pub rows: Vec<Node>,
}

/// Rows that no form lists: each has a code, which is its id, and stands below the row whose code begins its own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// A pattern for the whole code.
    pub pattern: Spanned<String>,
    /// Lengths of the codes of each level, ascending.
    pub levels: Vec<usize>,
}

/// A row or column, or a group of them, as printed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Its part of the figure ids; a group without one adds nothing to them.
    #[serde(default)]
    #[schemars(schema_with = "schema::id")]
    pub id: Option<Spanned<String>>,
    /// As printed.
    #[serde(default)]
    pub label: String,
    /// Other labels met in real reports.
    #[serde(default)]
    pub also: Vec<String>,
    /// The rows of a group.
    #[serde(default)]
    pub rows: Vec<Node>,
    /// The columns of a group.
    #[serde(default)]
    pub columns: Vec<Node>,
    /// A group of rows that reports may print as one row.
    #[serde(default)]
    pub may_be_one_row: bool,
    /// A group of rows with figures of its own: 「（一）收到申请数」 above 「1.当面申请数」.
    #[serde(default)]
    pub own_figures: bool,
    /// It need not stand, and may be blank.
    #[serde(default)]
    pub optional: bool,
    /// Rows only: what the column of codes prints.
    #[serde(default)]
    pub code: Option<String>,
    /// `count` (the default), `integer`, `amount`, `decimal`, `yes-no` or `text`; that of a row goes before that of a
    /// column.
    #[serde(default)]
    #[schemars(schema_with = "schema::value_kind")]
    pub value: Option<Spanned<String>>,
    /// The unit of its figures.
    #[serde(default)]
    #[schemars(schema_with = "schema::unit")]
    pub unit: Option<Spanned<String>>,
}

/// An equation or inequality between figures.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("if" = schema::for_each_of_a_table(), "then" = serde_json::json!({ "required": ["table"] })))]
pub struct Sum {
    /// Permanent: `GJ312`.
    #[schemars(schema_with = "schema::code")]
    pub code: Spanned<String>,
    /// Kebab-case, names the fault: `row-total-is-wrong`.
    #[schemars(schema_with = "schema::name")]
    pub name: Spanned<String>,
    /// The short name in `broken`: `requests.balance:natural_person`.
    #[schemars(schema_with = "schema::name")]
    pub id: String,
    /// The general kind, `broken-sum` unless said otherwise.
    #[serde(default)]
    pub kind: Option<String>,
    /// The table its names are looked up in; without one they are whole figure ids.
    #[serde(default)]
    pub table: Option<Spanned<String>>,
    /// `row` or `column`: holds in each, and names the other; without it figures are named by both, `row.column`. `figure`: holds for each, named `this`. `code`: holds for
    /// each open row with rows below it, named `this` and `below`.
    #[serde(default)]
    #[schemars(schema_with = "schema::for_each")]
    pub for_each: Option<Spanned<String>>,
    /// The rows or columns it holds in; all without it.
    #[serde(default)]
    pub only: Vec<Spanned<String>>,
    /// What must hold, as one would say it: `total = sum(natural_person .. other)`. The language is described in
    /// `src/pack/expression.rs`.
    pub holds: Spanned<String>,
    /// It is put only where this condition holds.
    #[serde(default, rename = "where")]
    pub condition: Option<Spanned<String>>,
    /// What it takes for figures that are not there.
    #[serde(default)]
    pub missing: Missing,
    /// A word, or words by the id of the row or column: `{ total = "error", otherwise = "warning" }`.
    #[serde(default)]
    #[schemars(schema_with = "schema::severities")]
    pub severity: Option<Spanned<toml::Value>>,
    /// What both sides may differ by, a decimal; printed with the finding.
    #[serde(default)]
    #[schemars(schema_with = "schema::tolerance")]
    pub tolerance: Option<Spanned<String>>,
    /// What is wrong, in a sentence, where it does not hold.
    pub says: Words,
    /// The document it comes from.
    pub source: String,
}

/// What a sum takes for figures that are not there: `zero`, `unknown` (the default) or `error`.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// There is no such cell.
    #[serde(default)]
    #[schemars(schema_with = "schema::policy")]
    pub absent: Option<Spanned<String>>,
    /// The cell holds nothing.
    #[serde(default)]
    #[schemars(schema_with = "schema::policy")]
    pub blank: Option<Spanned<String>>,
    /// The cell holds a sign for nothing.
    #[serde(default)]
    #[schemars(schema_with = "schema::policy")]
    pub mark: Option<Spanned<String>>,
}

/// Something a report must say: in a section, or where a table is empty.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = schema::section_or_table()))]
pub struct Statement {
    /// Permanent: `GJ312`.
    #[schemars(schema_with = "schema::code")]
    pub code: Spanned<String>,
    /// Kebab-case, names the fault: `row-total-is-wrong`.
    #[schemars(schema_with = "schema::name")]
    pub name: Spanned<String>,
    /// The section that must say it.
    #[serde(default)]
    #[schemars(schema_with = "schema::number")]
    pub section: Option<Spanned<u32>>,
    /// The table that, where it stands and holds no figure but 0, must be explained.
    #[serde(default)]
    pub table: Option<Spanned<String>>,
    /// What must be found, each.
    pub needs: Vec<Need>,
    /// How grave it is that it is not said.
    #[schemars(schema_with = "schema::severity")]
    pub severity: Spanned<String>,
    /// What is wrong, in a sentence, where it does not hold.
    pub says: Words,
    /// The document it comes from.
    pub source: String,
}

/// Words a section must have: a pattern on text without blanks, and what it looks for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// On text without blanks.
    pub pattern: Spanned<String>,
    /// What it looks for, in a few words.
    pub words: String,
}

/// A wrong and a right report for a rule. Both are made from the form: every figure 0, every specimen text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Code or name of the rule.
    pub rule: Spanned<String>,
    /// The specimen both start from; without one every figure is 0.
    #[serde(default)]
    pub from: Option<Spanned<String>>,
    /// What draws the rule.
    #[serde(default)]
    pub wrong: Change,
    /// What does not.
    #[serde(default)]
    pub right: Change,
}

/// What differs from the form with zeros.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Figure id → text of its cell.
    #[serde(default)]
    pub figures: BTreeMap<String, String>,
    /// Text of the Markdown report → what stands there instead, replaced once.
    #[serde(default)]
    pub replace: BTreeMap<String, String>,
    /// The file as a whole instead.
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

/// A rule of any family.
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
        Header { code, name, says, source }
    }

    /// Whether `word` is its code or its name.
    pub fn is_named(&self, word: &str) -> bool {
        let Header { code, name, .. } = self.header();
        [code, name].into_iter().any(|own| own.get_ref() == word)
    }
}

impl Pack {
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
