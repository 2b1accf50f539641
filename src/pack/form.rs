//! A form, ready to be used: sections, tables, rows, columns and figures, and the rules that its reports keep.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;

use super::case::Case;
use super::core::Core;
use super::labels::LabelIndex;
use super::open::{Below, Named, Open, OpenRow, name_id};
use super::pattern::Pattern;
use super::prose::{Mention, Text};
use super::rule::Rule;
use super::sum::Sum;
use super::value::ValueKind;
use super::written::{Later, Written};
use crate::label::Ordinal;
use crate::message::Words;

/// A form and its rules, ready to be used.
#[derive(Debug)]
pub struct Pack {
    pub id: String,
    pub name: Words,
    /// The country whose form it is.
    pub country: Option<Words>,
    /// A report's title without the agency and the year; empty for forms without one.
    pub title: String,
    /// The document that prescribes the form.
    pub source: String,
    /// The form this is a version of.
    pub family: Option<String>,
    /// The years whose reports are written in this version.
    pub years: Years,
    /// The rules that every form shares.
    pub core: Arc<Core>,
    /// Numbers are written with thousands separators.
    pub has_thousands: bool,
    /// Signs with a meaning of their own.
    pub marks: Vec<Mark>,
    pub identify: Identify,
    pub sections: Vec<Section>,
    pub tables: Vec<Table>,
    /// Every figure of the form; other parts speak of them by index.
    pub figures: Vec<Figure>,
    pub labels: LabelIndex,
    /// Compiled where it is asked for: of many forms a run applies few.
    pub(super) rulebook: OnceLock<Rulebook>,
    /// Compiled where they are asked for: only those who write packs try them.
    pub(super) cases: OnceLock<Vec<Case>>,
    /// The pack as written, for packs that extend it and for rows that only a document tells.
    pub(super) written: Arc<Later<Written>>,
}

/// What reports in a form are held to, and how their text is read.
#[derive(Debug, Default)]
pub(super) struct Rulebook {
    /// In the order of the pack.
    pub rules: Vec<Arc<Rule>>,
    /// The instances of rules that are sums, of the report itself.
    pub sums: Vec<Sum>,
    /// Those that take in figures of other reports.
    pub sums_across: Vec<Sum>,
    /// Of each figure, whether some sum takes it in.
    pub in_sums: Vec<bool>,
    /// Sentences of rules about text that state a figure.
    pub mentions: Vec<Mention>,
    pub text: Text,
}

/// Every rule of the core and of these forms; a rule that several forms have comes once for each.
pub fn rules<'p>(core: &'p Core, packs: &'p [Arc<Pack>]) -> impl Iterator<Item = &'p Arc<Rule>> + Clone {
    core.rules.iter().chain(packs.iter().flat_map(|pack| pack.rules()))
}

/// Forms country by country: each where its first form is, those of no country together.
pub fn by_country(packs: &[Arc<Pack>]) -> Vec<(Option<&Words>, Vec<&Arc<Pack>>)> {
    let mut countries: Vec<(Option<&Words>, Vec<&Arc<Pack>>)> = Vec::new();
    for pack in packs {
        match countries.iter_mut().find(|(country, _)| *country == pack.country.as_ref()) {
            Some((_, known)) => known.push(pack),
            None => countries.push((pack.country.as_ref(), vec![pack])),
        }
    }
    countries
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

/// A sign printed in place of a figure.
#[derive(Debug)]
pub struct Mark {
    /// Without blanks.
    pub texts: Vec<String>,
    /// Between which the figure is, both included; none where there is no figure.
    pub between: Option<(Decimal, Decimal)>,
}

/// How a document of this form is recognised.
#[derive(Debug)]
pub struct Identify {
    /// With the group `year`, mostly with `organization` too; for text without blanks.
    pub title: Vec<Pattern>,
    /// With the group `year` or `organization`: lines and cells beside a title that names neither.
    pub head: Vec<Pattern>,
    /// The figure whose cell names the agency, for forms whose title does not.
    pub organization: Option<usize>,
    /// How many different labels of the form a document must contain.
    pub least: usize,
    /// Folded labels that only other forms print.
    pub of_others: HashSet<String>,
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
    /// Indices of the tables in it.
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
    /// The line above it, folded; distinguishes it from tables with the same rows and columns.
    pub captions: Vec<String>,
    /// What is printed above it: its first caption, or its name.
    pub heading: String,
    /// What the form prints in the top left cell; may be empty.
    pub corner: String,
    /// Text below a table that is in no section, in blank forms; may be empty.
    pub specimen: String,
    /// It may be missing.
    pub is_optional: bool,
    /// A printed row may hold several rows of the form, side by side.
    pub has_pairs: bool,
    /// Folded headers of columns that hold no figures, and labels of rows that do not.
    pub ignored: HashSet<String>,
    /// The unit of its amounts, unless a report says otherwise.
    pub unit: Option<String>,
    /// Index of the section it is in.
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
    /// Rows that a report adds to those of the form, each with a code.
    pub open: Option<Open>,
    /// Rows that a report adds to those of the form, each with a name.
    pub named: Option<Named>,
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
    /// It may be missing or blank.
    pub is_optional: bool,
    /// What the column of codes prints for it.
    pub code: Option<String>,
    /// Of an open row: its level, from 1.
    pub level: Option<usize>,
    /// Of an open row: the open rows right below it.
    pub below: Vec<usize>,
    /// Of a row in a block with open names: the id of its name, or its own where the form has it.
    pub name: Option<String>,
    /// It is there because the report names it.
    pub is_named_by_report: bool,
    /// What its figures are, where the columns do not say.
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
    /// It may be missing or blank.
    pub is_optional: bool,
    /// One figure for all rows of an open name: that of the first.
    pub is_shared: bool,
    /// The word that names it in a message; may be empty where there is one column only.
    pub place: String,
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
    /// It may be missing or blank.
    pub is_optional: bool,
    /// 「表三 · （三）不予公开 · 1.属于国家秘密 · 自然人」
    pub place: String,
}

impl Pack {
    /// The form's own rules, in the order of the pack.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rulebook().rules
    }

    /// The instances of rules that are sums, of the report itself.
    pub fn sums(&self) -> &[Sum] {
        &self.rulebook().sums
    }

    /// Those that take in figures of other reports.
    pub fn sums_across(&self) -> &[Sum] {
        &self.rulebook().sums_across
    }

    /// Whether some sum takes in a figure, by index.
    pub fn is_in_sums(&self, figure: usize) -> bool {
        self.rulebook().in_sums[figure]
    }

    /// Sentences of rules about text that state a figure.
    pub fn mentions(&self) -> &[Mention] {
        &self.rulebook().mentions
    }

    /// How running text is read.
    pub fn text(&self) -> &Text {
        &self.rulebook().text
    }

    /// Rows by code or name, in every open block that takes such a code or name.
    pub fn open_rows(&self, rows: &BTreeMap<String, String>) -> Vec<OpenRow> {
        let mut found = Vec::new();
        for (table, of_form) in self.tables.iter().enumerate() {
            for (block, of_block) in of_form.blocks.iter().enumerate() {
                let fits = |(code, label): &(&String, &String)| match (&of_block.open, &of_block.named) {
                    (Some(open), _) => open.level(code).is_some(),
                    (None, Some(named)) => named.admits(label) && name_id(label).as_ref() == Some(code),
                    (None, None) => false,
                };
                let several = of_block.named.as_ref().is_some_and(|named| named.below == Below::Several);
                found.extend(rows.iter().filter(fits).map(|(code, label)| OpenRow {
                    table,
                    block,
                    code: code.clone(),
                    label: label.clone(),
                    at: 0,
                    below: if several { vec![("1".to_owned(), self.core.specimen.clone())] } else { Vec::new() },
                }));
            }
        }
        found
    }

    /// The rows that a report has, with the ids of all rows that the form has itself in blocks with open names: no name is one
    /// of these.
    pub fn own_names(&self) -> HashSet<&str> {
        let has_names = |table: &&Table| table.blocks.iter().any(|block| block.named.is_some());
        let rows = self.tables.iter().filter(has_names).flat_map(|table| &table.rows);
        rows.filter(|row| !row.is_named_by_report).map(|row| row.id.as_str()).collect()
    }

    /// Whether reports add rows to the form that are known by their names.
    pub fn has_names(&self) -> bool {
        self.tables.iter().flat_map(|table| &table.blocks).any(|block| block.named.is_some())
    }

    /// The sign of this form that a text without blanks is.
    pub fn mark(&self, text: &str) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.texts.iter().any(|known| known.eq_ignore_ascii_case(text)))
    }

    /// The rule of a sum of this form.
    pub fn rule_of(&self, sum: &Sum) -> &Arc<Rule> {
        &self.rules()[sum.rule]
    }

    /// The figures of a table, which are contiguous.
    pub fn figures_of(&self, table: usize) -> Range<usize> {
        let start = self.figures.partition_point(|figure| figure.table < table);
        start..self.figures.partition_point(|figure| figure.table <= table)
    }
}

impl Block {
    /// Whether each row of an open name has a text beside the name.
    pub fn has_texts_below_names(&self) -> bool {
        self.named.as_ref().is_some_and(|named| named.below != Below::Nothing)
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

    /// The rows of a block as they are printed: those with figures; of rows side by side only the first, which counts
    /// for all of them.
    pub fn printed<'t>(&'t self, block: &'t Block) -> impl Iterator<Item = usize> + Clone + 't {
        let with_figures = block.rows.clone().filter(|&row| self.rows[row].figures.is_some());
        with_figures.take(if block.side_by_side { 1 } else { usize::MAX })
    }
}
