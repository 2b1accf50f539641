//! What every rule has: a permanent code, a name, a kind, a severity and its words.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::collection::ArchiveWords;
use super::selection::Level;
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

/// A rule as it is shown and explained.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The relation, for sums.
    pub holds: String,
    /// The pack it belongs to.
    pub pack: String,
}

/// The faults that the checks themselves look for, whatever the form. Each has its rule in `rules/core.toml`, which
/// holds its words, code and severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    Unreadable,
    UnknownForm,
    UndecodableBytes,
    WrongFormVersion,
    MissingSection,
    MisplacedSection,
    EmptySection,
    MisnumberedSection,
    MissingTitle,
    WrongYear,
    YearLeftOver,
    WrongOrganization,
    MissingTable,
    MissingRow,
    MissingColumn,
    UnexpectedRow,
    MisplacedRow,
    OneRowGroup,
    BlankCell,
    MissingCell,
    NotACount,
    UncomputedFormula,
    OtherUnit,
    UntidyFigure,
    AllFiguresAreZero,
    WrongFigure,
    BrokenSum,
    YearInFileName,
    OrganizationInFileName,
    GapInSeries,
    SameFiguresAsLastYear,
    SameTextAsLastYear,
    MissingReport,
    DuplicateReport,
    AgencyNotOnList,
    SameFiguresAsAnotherAgency,
    CopiedText,
    UnusedWaiver,
    StaleBaselineEntry,
}

impl Fault {
    /// Every fault, in the order of the enum.
    pub const ALL: [(Self, &'static str); 39] = [
        (Self::Unreadable, "unreadable"),
        (Self::UnknownForm, "unknown-form"),
        (Self::UndecodableBytes, "undecodable-bytes"),
        (Self::WrongFormVersion, "wrong-form-version"),
        (Self::MissingSection, "missing-section"),
        (Self::MisplacedSection, "misplaced-section"),
        (Self::EmptySection, "empty-section"),
        (Self::MisnumberedSection, "misnumbered-section"),
        (Self::MissingTitle, "missing-title"),
        (Self::WrongYear, "wrong-year"),
        (Self::YearLeftOver, "year-left-over"),
        (Self::WrongOrganization, "wrong-organization"),
        (Self::MissingTable, "missing-table"),
        (Self::MissingRow, "missing-row"),
        (Self::MissingColumn, "missing-column"),
        (Self::UnexpectedRow, "unexpected-row"),
        (Self::MisplacedRow, "misplaced-row"),
        (Self::OneRowGroup, "one-row-group"),
        (Self::BlankCell, "blank-cell"),
        (Self::MissingCell, "missing-cell"),
        (Self::NotACount, "not-a-count"),
        (Self::UncomputedFormula, "uncomputed-formula"),
        (Self::OtherUnit, "foreign-unit"),
        (Self::UntidyFigure, "untidy-figure"),
        (Self::AllFiguresAreZero, "all-figures-are-zero"),
        (Self::WrongFigure, "wrong-figure"),
        (Self::BrokenSum, "broken-sum"),
        (Self::YearInFileName, "year-in-file-name"),
        (Self::OrganizationInFileName, "organization-in-file-name"),
        (Self::GapInSeries, "gap-in-series"),
        (Self::SameFiguresAsLastYear, "same-figures-as-last-year"),
        (Self::SameTextAsLastYear, "same-text-as-last-year"),
        (Self::MissingReport, "missing-report"),
        (Self::DuplicateReport, "duplicate-report"),
        (Self::AgencyNotOnList, "organ-not-on-list"),
        (Self::SameFiguresAsAnotherAgency, "same-figures-as-another-organ"),
        (Self::CopiedText, "copied-text"),
        (Self::UnusedWaiver, "unused-waiver"),
        (Self::StaleBaselineEntry, "stale-baseline-entry"),
    ];
}

/// The rules that every form shares, and how "nothing" is written.
#[derive(Debug, Clone)]
pub struct Core {
    /// Signs for nothing.
    pub marks: HashSet<String>,
    /// Units that may stand behind a figure in its cell.
    pub units: HashSet<String>,
    /// How many of the smallest a unit of money is.
    pub money: BTreeMap<String, u64>,
    pub yes_no: YesNo,
    /// The word before the unit of a table.
    pub unit_stated: String,
    /// What may stand between that word and the unit.
    pub unit_between: Vec<String>,
    /// What blank forms hold where words are due.
    pub specimen: String,
    /// What archives are looked through with.
    pub archive: ArchiveWords,
    /// One rule for each of [`Fault::ALL`], in that order.
    pub rules: Vec<Arc<Rule>>,
    /// What was chosen for each of them; empty where nothing was.
    pub(super) levels: Vec<Option<Level>>,
}

impl Core {
    /// The rule that describes `fault`.
    pub fn rule(&self, fault: Fault) -> &Arc<Rule> {
        &self.rules[fault as usize]
    }
}

/// How 是 and 否 are written.
#[derive(Debug, Clone)]
pub struct YesNo {
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Boxes with a tick.
    pub ticked: Vec<String>,
    /// Boxes without one.
    pub unticked: Vec<String>,
}
