//! A rule: a permanent code, a name, a kind, a severity and its words, and what it checks.

use super::fault::Fault;
use super::pattern::Pattern;
use super::prose::{Prose, ProseSum};
use super::severity::Severity;
use crate::message::Words;

/// The general kind of a rule, as in the JSON key `kind`: kebab-case, the same for every form.
pub type Kind = String;

/// A rule of the core or of a form.
#[derive(Debug)]
pub struct Rule {
    /// Permanent: `GJ310`.
    pub code: String,
    /// Kebab-case, names the fault.
    pub name: String,
    pub kind: Kind,
    pub severity: Severity,
    /// What it says, in a sentence.
    pub says: Words,
    /// Why it matters; may be empty for rules of a form, whose source says it.
    pub why: Words,
    /// The document it comes from; empty for the rules of the core.
    pub source: String,
    /// The pack it belongs to.
    pub pack: String,
    /// Its place among the rules of its pack.
    pub index: usize,
    pub check: Check,
}

/// What a rule checks.
#[derive(Debug)]
pub enum Check {
    /// A fault that the checks look for whatever the form.
    Core(Fault),
    /// That a relation holds, as the pack writes it. Its instances, one for each row or column, are the sums of the form
    /// with [`Sum::rule`](super::Sum::rule), of the report itself or across reports.
    Sum {
        holds: String,
    },
    Statement(Statement),
    Prose(Prose),
    ProseSum(ProseSum),
}

impl Rule {
    /// The relation that must hold; empty for rules that are no sums.
    pub fn holds(&self) -> &str {
        if let Check::Sum { holds } = &self.check { holds } else { "" }
    }
}

/// Something a section must say.
#[derive(Debug)]
pub struct Statement {
    pub needed: Needed,
    /// Each with the words for what it looks for.
    pub patterns: Vec<(Pattern, String)>,
}

/// Where a statement is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// In this section.
    InSection(usize),
    /// Anywhere, where this table is there and holds no figure but 0.
    ForEmptyTable(usize),
}
