//! A rule pack: what a form is and which rules its figures keep. All of it comes from TOML; see `rules/`.

mod collection;
mod builtin;
mod case;
mod compile;
mod error;
pub mod expression;
mod keywords;
mod labels;
mod mistakes;
mod pattern;
mod prose;
pub mod raw;
mod rule;
mod schema;
mod selection;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

pub use builtin::builtin;
pub use case::Case;
pub use collection::{ArchiveWords, Columns};
use compile::Written;
pub use compile::compile;
pub use error::{PackError, PackProblem};
pub use expression::{Comparison, Condition, Whose};
pub use keywords::Keywords;
pub use labels::{LabelIndex, Target};
pub use mistakes::{compile_all, is_core};
pub use pattern::Pattern;
pub use prose::{Claim, Conditions, Mention, Operand, Prose, ProseSum, Reading, Subject, Term, Test, Text};
pub use rule::{Core, Fault, Kind, Rule, Severity, YesNo};
pub use schema::{one_of, schema, schema_of};
pub use selection::{Layer, Level, Selection, find, goes_before, means};

use crate::label::Ordinal;
use crate::message::Words;

/// A form and its rules, ready to be used.
#[derive(Debug)]
pub struct Pack {
    pub id: String,
    pub name: Words,
    /// What stands in a report's title behind the agency and the year; empty for forms without one.
    pub title: String,
    /// The document that prescribes the form.
    pub source: String,
    /// The form this is a version of.
    pub family: Option<String>,
    /// The years whose reports are written in this version.
    pub years: Years,
    /// The rules that every form shares.
    pub core: Arc<Core>,
    pub identify: Identify,
    pub sections: Vec<Section>,
    pub tables: Vec<Table>,
    /// Every figure of the form; other parts speak of them by index.
    pub figures: Vec<Figure>,
    pub sums: Vec<Sum>,
    /// Sums that take in figures of other reports.
    pub cross_sums: Vec<Sum>,
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
    /// The pack as written, for packs that extend it and for rows that only a document tells.
    written: Arc<Written>,
}

/// The years whose reports a form is for, both included; without a bound where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Years {
    pub from: Option<u16>,
    pub to: Option<u16>,
}

impl Years {
    /// Whether the report of `year` is to be written in this form.
    pub fn contains(self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// How a document of this form is told.
#[derive(Debug)]
pub struct Identify {
    /// With the group `year`, mostly with `organization` too; for text without blanks.
    pub title: Vec<Pattern>,
    /// The figure whose cell names the agency, for forms whose title does not.
    pub organization: Option<usize>,
    /// How many different labels of the form must stand in a document.
    pub least: usize,
    /// Folded labels that only other forms print.
    pub foreign: HashSet<String>,
    /// Sentences that name the year, in the group `year`.
    pub period: Vec<Pattern>,
    /// How a text opens that speaks of one year, the group `year`.
    pub opening: Option<Pattern>,
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
    /// What stands above it, folded; tells it from tables with the same rows and columns.
    pub captions: Vec<String>,
    /// What the form prints in the top left cell; may be empty.
    pub corner: String,
    /// Text below a table that stands in no section, in blank forms; may be empty.
    pub specimen: String,
    /// It need not stand.
    pub is_optional: bool,
    /// A printed row may hold several rows of the form, side by side.
    pub has_pairs: bool,
    /// Folded headers of columns that hold no figures, and labels of rows that do not.
    pub ignored: HashSet<String>,
    /// The unit of its amounts, unless a report says otherwise.
    pub unit: Option<String>,
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
    pub rows: Range<usize>,
    pub columns: Range<usize>,
    /// The folded header of the column that holds the codes of its rows.
    pub codes: Option<String>,
    /// Rows that a report adds to those of the form.
    pub open: Option<Open>,
}

/// Rows that no form lists: each has a code, and stands below the row whose code begins its own.
#[derive(Debug, Clone)]
pub struct Open {
    /// The whole code, on text without blanks.
    pub pattern: Pattern,
    /// Lengths of the codes of each level, ascending.
    pub levels: Vec<usize>,
}

impl Open {
    /// The level of the rows with this code, from 1; none where it is no such code.
    pub fn level(&self, code: &str) -> Option<usize> {
        let whole = self.pattern.find(code).is_some_and(|found| found.range() == (0..code.len()));
        self.levels.iter().position(|&length| whole && length == code.len()).map(|at| at + 1)
    }
}

/// A row that a report adds to an open block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRow {
    /// Index of the table, and of its block.
    pub table: usize,
    pub block: usize,
    pub code: String,
    pub label: String,
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
    /// A row with figures of its own; otherwise a group of rows.
    pub is_leaf: bool,
    /// One past the last row below it; its own index + 1 for a leaf.
    pub end: usize,
    /// It need not stand, and may be blank.
    pub is_optional: bool,
    /// What the column of codes prints for it.
    pub code: Option<String>,
    /// Of an open row: its level, from 1.
    pub level: Option<usize>,
    /// Of an open row: the open rows right below it.
    pub below: Vec<usize>,
    /// What its figures are, where that is not told by the columns.
    pub value: Option<ValueKind>,
    pub unit: Option<String>,
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
    /// It need not stand, and may be blank.
    pub is_optional: bool,
    /// The word that names it in a message; may be empty where there is one column only.
    pub place: String,
}

/// What a figure must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// A whole number ≥ 0.
    Count,
    /// A whole number, of either sign.
    Integer,
    /// A decimal ≥ 0.
    Amount,
    /// A decimal of either sign.
    Decimal,
    /// 是 or 否, which count as 1 and 0.
    YesNo,
    /// Anything: a name, an address.
    Text,
}

impl ValueKind {
    /// Every kind with its word in a pack.
    pub const ALL: [(&'static str, Self); 6] = [
        ("count", Self::Count),
        ("integer", Self::Integer),
        ("amount", Self::Amount),
        ("decimal", Self::Decimal),
        ("yes-no", Self::YesNo),
        ("text", Self::Text),
    ];

    /// Whether a number is of this kind.
    pub fn admits(self, number: Decimal) -> bool {
        let is_negative = number.is_sign_negative() && !number.is_zero();
        match self {
            Self::Count => !is_negative && number.is_integer(),
            Self::Integer => number.is_integer(),
            Self::Amount => !is_negative,
            Self::Decimal => true,
            Self::YesNo => number.is_zero() || number == Decimal::ONE,
            Self::Text => false,
        }
    }

    /// It is written as a number, in digits.
    pub fn is_number(self) -> bool {
        !matches!(self, Self::YesNo | Self::Text)
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
    pub unit: Option<String>,
    /// It need not stand, and may be blank.
    pub is_optional: bool,
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
    pub severity: Severity,
    pub left: Side,
    pub comparison: Comparison,
    pub right: Side,
    /// What the sides may differ by.
    pub tolerance: Decimal,
    /// What stands for figures that are not there.
    pub missing: Missing,
    /// All its figures with their factors, those of the right side negative, by figure; none where the figures depend on
    /// how the report prints a group, or a factor is no small whole number.
    pub terms: Option<Arc<[(u32, i64)]>>,
    /// Evaluated only where the group of rows, by its first figure, is (`true`) or is not (`false`) printed as one row.
    pub only_if_one_row: Option<(usize, bool)>,
    /// The table whose open rows it takes in: where rows stand there that could not be told, nobody knows them all.
    pub open_table: Option<usize>,
    /// Put only where this holds.
    pub condition: Option<Condition<Compared>>,
    /// The other reports it takes figures from.
    pub takes_in: TakesIn,
}

/// Which other reports figures are taken from; asked for every report of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TakesIn {
    /// That of the year before.
    pub previous: bool,
    /// Those of the agencies below.
    pub children: bool,
}

/// One side of a sum: figures times their factors, and a number.
#[derive(Debug, Clone, Default)]
pub struct Side {
    pub addends: Vec<Addend>,
    pub constant: Decimal,
}

/// A comparison within a condition.
#[derive(Debug, Clone)]
pub struct Compared {
    pub left: Side,
    pub comparison: Comparison,
    pub right: Side,
}

/// A figure in a sum, times its factor.
#[derive(Debug, Clone)]
pub struct Addend {
    /// None for 1, the most common by far.
    pub factor: Option<Decimal>,
    pub figure: usize,
    /// Figures that stand in for it where the group is not printed as one row.
    pub parts: Vec<usize>,
    /// Whose figure it is.
    pub whose: Whose,
}

/// What a sum takes for a figure that is not there. A figure that is there and could not be read is never known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing {
    /// There is no such cell in the report.
    pub absent: Policy,
    /// The cell is there and holds nothing.
    pub blank: Policy,
    /// The cell holds a sign for nothing: `-`, `/`, 无.
    pub mark: Policy,
}

/// What a missing figure is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// The sum is not evaluated.
    #[default]
    Unknown,
    /// It is 0.
    Zero,
    /// It is due: that it is missing breaks the rule.
    Error,
}

impl Policy {
    /// Every policy with its word in a pack.
    pub const ALL: [(&'static str, Self); 3] =
        [("zero", Self::Zero), ("unknown", Self::Unknown), ("error", Self::Error)];
}

impl Pack {
    /// The figures of a table: they stand together.
    pub fn figures_of(&self, table: usize) -> Range<usize> {
        let start = self.figures.partition_point(|figure| figure.table < table);
        start..self.figures.partition_point(|figure| figure.table <= table)
    }
}

impl Sum {
    /// The figures of both sides, the left first.
    pub fn addends(&self) -> impl Iterator<Item = &Addend> {
        self.left.addends.iter().chain(&self.right.addends)
    }

    /// The one figure on the left, where a sum says what a total is.
    pub fn total(&self) -> Option<&Addend> {
        match self.left.addends.as_slice() {
            [total] if self.left.constant.is_zero() => Some(total),
            _ => None,
        }
    }

    /// Whether it speaks of what is likely, not of what must be: such a sum says nothing of which figure is wrong.
    pub fn is_advice(&self) -> bool {
        self.severity == Severity::Advice
    }
}

/// Something a section must say.
#[derive(Debug)]
pub struct Statement {
    pub rule: Arc<Rule>,
    pub needed: Needed,
    /// Each with the words for what it looks for.
    pub patterns: Vec<(Pattern, String)>,
}

/// Where a statement is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// In this section.
    InSection(usize),
    /// Anywhere, where this table stands and holds no figure but 0.
    ForEmptyTable(usize),
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
