//! A rule: a permanent code, a name, a kind, a severity and its words, and what it checks.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::pattern::Pattern;
use super::prose::{Prose, ProseSum};
use crate::message::Words;

/// How much a finding weighs; ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; nothing is said to be wrong.
    Advice,
    /// Probably wrong.
    Warning,
    /// Wrong, on evidence in the file.
    Error,
}

impl Severity {
    /// Every severity with its word, the gravest first.
    pub const ALL: [(&'static str, Self); 3] =
        [("error", Self::Error), ("warning", Self::Warning), ("advice", Self::Advice)];
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::ALL.iter().find(|(_, severity)| severity == self);
        f.write_str(known.map_or("", |(word, _)| word))
    }
}

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
    /// Anywhere, where this table stands and holds no figure but 0.
    ForEmptyTable(usize),
}
