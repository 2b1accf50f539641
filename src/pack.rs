//! A rule pack: what a form is and which rules its figures keep. All of it comes from TOML; see `rules/`.

mod builtin;
mod case;
mod compile;
mod error;
pub mod expression;
mod labels;
mod prose;
pub mod raw;
mod rule;

use std::collections::HashSet;
use std::sync::Arc;

use regex::Regex;
use rust_decimal::Decimal;

pub use builtin::builtin;
pub use case::Case;
pub use compile::compile;
pub use error::{PackError, PackProblem};
pub use expression::Comparison;
pub use labels::{LabelIndex, Target};
pub use prose::{Claim, Conditions, Mention, Operand, Prose, ProseSum, Reading, Subject, Term, Test, Text};
pub use rule::{Core, Fault, Kind, Rule, Severity};

use crate::label::Ordinal;
use crate::message::Words;

/// A form and its rules, ready to be used.
#[derive(Debug)]
pub struct Pack {
    pub id: String,
    pub name: Words,
    /// What stands in a report's title behind the organ and the year.
    pub title: String,
    /// The document that prescribes the form.
    pub source: String,
    /// The rules that every form shares.
    pub core: Arc<Core>,
    pub identify: Identify,
    pub sections: Vec<Section>,
    pub tables: Vec<Table>,
    /// Every figure of the form; other parts speak of them by index.
    pub figures: Vec<Figure>,
    pub sums: Vec<Sum>,
    pub statements: Vec<Statement>,
    /// How running text is read.
    pub text: Text,
    pub prose: Vec<Prose>,
    pub prose_sums: Vec<ProseSum>,
    pub mentions: Vec<Mention>,
    pub labels: LabelIndex,
    /// The form's own rules, in the order of the pack.
    pub rules: Vec<Arc<Rule>>,
    pub cases: Vec<Case>,
}

/// How a document of this form is told.
#[derive(Debug)]
pub struct Identify {
    /// With the groups `organization` and `year`; for text without blanks.
    pub title: Vec<Regex>,
    /// How many different labels of the form must stand in a document.
    pub least: usize,
    /// Folded labels that only other forms print.
    pub foreign: HashSet<String>,
    /// Sentences that name the year, in the group `year`.
    pub period: Vec<Regex>,
    /// How a text opens that speaks of one year, the group `year`.
    pub opening: Option<Regex>,
}

/// A section of the form; its number is its index + 1.
#[derive(Debug)]
pub struct Section {
    pub title: String,
    /// The title and its variants, folded.
    pub titles: Vec<String>,
    /// Indices of the tables that stand in it.
    pub tables: Vec<usize>,
    /// What a right report could say in it.
    pub specimen: String,
}

impl Section {
    /// 五、存在的主要问题及改进情况, for the section of this index.
    pub fn heading(&self, index: usize) -> String {
        const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
        let number = NUMERALS.get(index).map_or_else(|| (index + 1).to_string(), char::to_string);
        format!("{number}、{}", self.title)
    }
}

/// A table of the form.
#[derive(Debug)]
pub struct Table {
    pub id: String,
    /// What the reader calls it: 表三.
    pub name: String,
    /// What the form prints in the top left cell; may be empty.
    pub corner: String,
    /// Index of the section it stands in.
    pub section: Option<usize>,
    /// Rows and groups of rows, each group before its rows.
    pub rows: Vec<Row>,
    pub columns: Vec<Column>,
    pub blocks: Vec<Block>,
}

/// Rows of a table that share their columns.
#[derive(Debug)]
pub struct Block {
    pub label: Option<String>,
    /// The rows are printed as groups of columns over one row of figures.
    pub side_by_side: bool,
    pub rows: std::ops::Range<usize>,
    pub columns: std::ops::Range<usize>,
}

/// A row of the form, or a group of rows.
#[derive(Debug)]
pub struct Row {
    /// Its part of the figure ids: `denied.state_secret`.
    pub id: String,
    /// As printed.
    pub label: String,
    pub ordinal: Option<Ordinal>,
    pub parent: Option<usize>,
    pub block: usize,
    /// A row with figures of its own; otherwise a group.
    pub is_leaf: bool,
    /// One past the last row below it; its own index + 1 for a leaf.
    pub end: usize,
    /// Index of its first figure; the others follow, one a column. Groups have figures where they may be one row.
    pub figures: Option<usize>,
    /// The words that name it in a message, without the table: 「（三）不予公开 · 1.属于国家秘密」.
    pub place: String,
}

/// A column of the form.
#[derive(Debug)]
pub struct Column {
    pub id: String,
    /// As printed, with the labels of the groups above it, outermost first.
    pub labels: Vec<String>,
    pub value: ValueKind,
    /// The unit of an amount.
    pub unit: Option<String>,
    /// The word that names it in a message.
    pub place: String,
}

/// What a figure must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// A whole number ≥ 0.
    Count,
    /// A decimal ≥ 0.
    Amount,
}

impl ValueKind {
    /// Whether a number is of this kind.
    pub fn admits(self, number: Decimal) -> bool {
        let is_negative = number.is_sign_negative() && !number.is_zero();
        !is_negative && (self == Self::Amount || number.is_integer())
    }
}

/// A figure of the form: `requests.denied.state_secret.natural_person`.
#[derive(Debug)]
pub struct Figure {
    pub id: String,
    pub table: usize,
    pub row: usize,
    pub column: usize,
    pub value: ValueKind,
    /// Some sum takes it in.
    pub in_sums: bool,
    /// 「表三 · （三）不予公开 · 1.属于国家秘密 · 自然人」
    pub place: String,
}

/// One equation or inequality between figures: a rule of the pack for one row or column.
#[derive(Debug)]
pub struct Sum {
    pub rule: Arc<Rule>,
    /// `requests.row-total:granted`
    pub id: String,
    /// The row or column it holds in: 「表三 · 自然人」
    pub place: String,
    pub left: Vec<Addend>,
    pub comparison: Comparison,
    pub right: Vec<Addend>,
    /// What the sides may differ by.
    pub tolerance: Decimal,
    /// All its figures with their factors, those of the right side negative, by figure; none where the figures depend on
    /// how the report prints a group, or a factor is no small whole number.
    pub terms: Option<Arc<[(u32, i64)]>>,
    /// Evaluated only where the group of rows, by its first figure, is (`true`) or is not (`false`) printed as one row.
    pub only_if_one_row: Option<(usize, bool)>,
}

/// A figure in a sum, times its factor.
#[derive(Debug, Clone)]
pub struct Addend {
    /// None for 1, the most common by far.
    pub factor: Option<Decimal>,
    pub figure: usize,
    /// Figures that stand in for it where the group is not printed as one row.
    pub parts: Vec<usize>,
}

/// Something a section must say.
#[derive(Debug)]
pub struct Statement {
    pub rule: Arc<Rule>,
    pub section: usize,
    /// Each with the words for what it looks for.
    pub patterns: Vec<(Regex, String)>,
}

impl Addend {
    /// The factor as a number.
    pub fn factor(&self) -> Decimal {
        self.factor.unwrap_or(Decimal::ONE)
    }
}

impl Table {
    /// The block a row belongs to.
    pub fn block_of(&self, row: usize) -> &Block {
        &self.blocks[self.rows[row].block]
    }

    /// How many rows of a block are printed side by side; 1 where they are below each other.
    pub fn groups(&self, block: &Block) -> usize {
        let with_figures = block.rows.clone().filter(|&row| self.rows[row].figures.is_some());
        if block.side_by_side { with_figures.count() } else { 1 }
    }

    /// How many figures a printed row of a block has.
    pub fn width(&self, block: &Block) -> usize {
        block.columns.len() * self.groups(block)
    }

    /// The rows of a block as they are printed: those with figures; of rows side by side only the first, which stands
    /// for all of them.
    pub fn printed<'t>(&'t self, block: &'t Block) -> impl Iterator<Item = usize> + Clone + 't {
        let with_figures = block.rows.clone().filter(|&row| self.rows[row].figures.is_some());
        with_figures.take(if block.side_by_side { 1 } else { usize::MAX })
    }
}
