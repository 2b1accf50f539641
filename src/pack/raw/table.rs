//! A table as it is written: trees of rows and columns.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::schema;
use super::Spanned;

/// A table of the form: one block, or several below each other.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The first part of the ids of its figures: `requests`.
    #[schemars(schema_with = "schema::id")]
    pub id: Spanned<String>,
    /// The name that findings use: 表三.
    pub name: String,
    /// The line above the table; distinguishes it from tables with the same rows and columns.
    #[serde(default)]
    pub captions: Vec<String>,
    /// The text of the top left cell.
    #[serde(default)]
    pub corner: String,
    /// A correct text below the table when it is empty; cases are built with it.
    #[serde(default)]
    pub specimen: String,
    /// The table may be missing.
    #[serde(default)]
    pub optional: bool,
    /// A printed row may hold several rows of the form side by side: 项目, 金额, 项目, 金额.
    #[serde(default)]
    pub pairs: bool,
    /// Headers of columns and labels of rows that hold no figures: 行次, 栏次, 单位.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The unit of its amounts; amounts in another unit printed above the table are converted.
    #[serde(default)]
    #[schemars(schema_with = "schema::unit")]
    pub unit: Option<Spanned<String>>,
    /// Its blocks, usually one.
    #[serde(rename = "block")]
    pub blocks: Vec<Block>,
}

/// Rows that share their columns.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The caption of the block, printed across the table.
    #[serde(default)]
    pub label: Option<String>,
    /// The rows are printed as groups of columns, side by side, over one row of figures; or each column of the form has one
    /// column for each row. A report may print either.
    #[serde(default)]
    pub side_by_side: bool,
    /// The header of the column that holds the codes of the rows.
    #[serde(default)]
    pub codes: Option<String>,
    /// Rows that a report adds to the form.
    #[serde(default)]
    pub open: Option<Open>,
    /// Its columns, and groups of them.
    pub columns: Vec<Node>,
    /// Its rows, and groups of them.
    #[serde(default)]
    pub rows: Vec<Node>,
}

/// Rows that no form lists. Those with a code belong below the row whose code begins their own; those without one are named by
/// their text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// `code` (the default) or `name`: what a row is known by.
    #[serde(default)]
    #[schemars(schema_with = "schema::open_by")]
    pub by: Option<Spanned<String>>,
    /// A pattern for the whole code or name; names need none.
    #[serde(default)]
    pub pattern: Option<Spanned<String>>,
    /// Lengths of the codes of each level, ascending.
    #[serde(default)]
    pub levels: Vec<usize>,
    /// The rows that each name has, where it has more than one: 「Date of Receipt」 and 「Number of Days Pending」.
    #[serde(default)]
    pub rows: Vec<Node>,
    /// A name may have any number of rows, each with a text of its own.
    #[serde(default)]
    pub several: bool,
}

/// A row or column, or a group of them, as printed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Its part of the ids of figures; without it, a group adds nothing to them.
    #[serde(default)]
    #[schemars(schema_with = "schema::id")]
    pub id: Option<Spanned<String>>,
    /// The label as printed.
    #[serde(default)]
    pub label: String,
    /// Other labels found in real reports; `{year}` and `{year-1}` in them stand for any year and for the one before.
    #[serde(default)]
    pub also: Vec<String>,
    /// The rows of a group.
    #[serde(default)]
    pub rows: Vec<Node>,
    /// Instead of a row: the rows of this list, as if they were written here.
    #[serde(default)]
    pub rows_of: Option<Spanned<String>>,
    /// The columns of a group.
    #[serde(default)]
    pub columns: Vec<Node>,
    /// A group of rows that reports may print as one row.
    #[serde(default)]
    pub may_be_one_row: bool,
    /// A group of rows with figures of its own: 「（一）收到申请数」 above 「1.当面申请数」.
    #[serde(default)]
    pub own_figures: bool,
    /// The row or column may be missing or blank.
    #[serde(default)]
    pub optional: bool,
    /// For columns: one figure for all rows of an open name, printed once, merged or repeated.
    #[serde(default)]
    pub shared: bool,
    /// The open name that the row, or the group of rows, is for.
    #[serde(skip)]
    pub name: Option<String>,
    /// For rows: the code in the column of codes.
    #[serde(default)]
    pub code: Option<String>,
    /// `count` (the default), `integer`, `amount`, `decimal`, `yes-no` or `text`; the kind of a row overrides that of its
    /// column.
    #[serde(default)]
    #[schemars(schema_with = "schema::value_kind")]
    pub value: Option<Spanned<String>>,
    /// The unit of its figures.
    #[serde(default)]
    #[schemars(schema_with = "schema::unit")]
    pub unit: Option<Spanned<String>>,
}
