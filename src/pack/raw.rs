//! A rule pack as it stands in TOML. Nothing is checked here but shapes; [`super::compile`] does the rest and points
//! its errors at the spans kept here.

pub mod prose;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::message::Words;

/// `rules/core.toml`: the rules that every form shares.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    /// What people write where nothing is due.
    pub marks: Vec<String>,
    /// Units that may stand behind a figure in its cell.
    pub units: Vec<String>,
    #[serde(rename = "rule")]
    pub rules: Vec<CoreRule>,
}

/// A rule that every form shares: which kind of check it is and what it says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoreRule {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub severity: String,
    pub says: Words,
    pub why: Words,
}

/// A form: `rules/<id>.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub id: Spanned<String>,
    pub name: Words,
    /// What stands in a report's title behind the organ and the year.
    pub title: String,
    /// The document that prescribes the form.
    pub source: String,
    pub identify: Identify,
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
    #[serde(rename = "table")]
    pub tables: Vec<Table>,
    #[serde(default, rename = "sum")]
    pub sums: Vec<Sum>,
    #[serde(default, rename = "statement")]
    pub statements: Vec<Statement>,
    #[serde(default)]
    pub text: prose::Text,
    #[serde(default)]
    pub prose: Vec<prose::Prose>,
    #[serde(default, rename = "prose_sum")]
    pub prose_sums: Vec<prose::ProseSum>,
    #[serde(default, rename = "case")]
    pub cases: Vec<Case>,
}

/// How a document of this form is told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identify {
    /// Patterns with the groups `organization` and `year`, tried in turn on text without blanks.
    pub title: Vec<Spanned<String>>,
    /// So many different titles and labels of the form must stand in the document.
    pub least: usize,
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
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub pattern: Spanned<String>,
}

/// A section of the form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The official number, from 1 without gaps.
    pub number: Spanned<u32>,
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
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub id: Spanned<String>,
    /// What the reader calls it: 表三.
    pub name: String,
    /// What the form prints in the top left cell.
    #[serde(default)]
    pub corner: String,
    #[serde(rename = "block")]
    pub blocks: Vec<Block>,
}

/// Rows that share their columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// A caption across the table.
    #[serde(default)]
    pub label: Option<String>,
    /// The rows are printed as groups of columns, side by side, over one row of figures.
    #[serde(default)]
    pub side_by_side: bool,
    pub columns: Vec<Node>,
    pub rows: Vec<Node>,
}

/// A row or column, or a group of them, as printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Its part of the figure ids; a group without one adds nothing to them.
    #[serde(default)]
    pub id: Option<Spanned<String>>,
    pub label: String,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub rows: Vec<Node>,
    #[serde(default)]
    pub columns: Vec<Node>,
    /// A group of rows that reports may print as one row.
    #[serde(default)]
    pub may_be_one_row: bool,
    /// Columns only: `count` (a whole number ≥ 0, the default) or `amount` (a decimal ≥ 0).
    #[serde(default)]
    pub value: Option<Spanned<String>>,
    /// Columns only: the unit of an amount.
    #[serde(default)]
    pub unit: Option<String>,
}

/// An equation or inequality between figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    pub code: Spanned<String>,
    pub name: Spanned<String>,
    /// The short name in `broken`: `requests.balance:natural_person`.
    pub id: String,
    /// The table its names are looked up in; without one they are whole figure ids.
    #[serde(default)]
    pub table: Option<Spanned<String>>,
    /// `row` or `column`: holds in each, and names the other.
    #[serde(default)]
    pub for_each: Option<Spanned<String>>,
    /// See [`super::expression`].
    pub holds: Spanned<String>,
    #[serde(default)]
    pub severity: Option<Spanned<String>>,
    /// What both sides may differ by, a decimal; printed with the finding.
    #[serde(default)]
    pub tolerance: Option<Spanned<String>>,
    pub says: Words,
    pub source: String,
}

/// Something a section must say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub code: Spanned<String>,
    pub name: Spanned<String>,
    pub section: Spanned<u32>,
    /// What must be found, each.
    pub needs: Vec<Need>,
    pub severity: Spanned<String>,
    pub says: Words,
    pub source: String,
}

/// Words a section must have: a pattern on text without blanks, and what it looks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    pub pattern: Spanned<String>,
    pub words: String,
}

/// A wrong and a right report for a rule. Both are made from the form: every figure 0, every specimen text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Code or name of the rule.
    pub rule: Spanned<String>,
    pub wrong: Change,
    #[serde(default)]
    pub right: Change,
}

/// What differs from the form with zeros.
#[derive(Debug, Default, Clone, Deserialize)]
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
}
