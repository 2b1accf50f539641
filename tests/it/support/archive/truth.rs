//! What is wrong in a made archive: one line of `truth.jsonl` for each figure or report.

use serde::Serialize;

/// What is to be found, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// What was broken on purpose.
    Planted,
    /// What is wrong because of it: the sums of a government follow the reports of its agencies, its carry-over does not.
    Follows,
    /// What may be said because of it, or may not: that a figure jumps.
    May,
}

/// The kinds of truths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    CarryOver,
    StockFlow,
    RollUp,
    /// A government with a report of an agency missing, or there twice.
    RollUpNotEvaluated,
    /// All figures those of last year's report, or of a sister agency's (`how`).
    CopiedFigures,
    /// The text likewise.
    CopiedText,
    /// At the edge of the years, or a gap between two (`how`).
    MissingReport,
    DuplicateReport,
    UnlistedAgency,
    /// 元 where 万元 is due.
    FeesUnit,
    /// More than ten times last year's figure, or less than a tenth.
    Jump,
    /// The name of the file has another year than the title.
    YearDisagrees,
    /// In archives that are made for measurements: a figure that breaks the report's own sums.
    WrongFigure,
}

/// A truth. Texts that do not apply are empty, and are not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// Truths of one break share its number.
    #[serde(rename = "break")]
    pub number: usize,
    pub role: Role,
    pub kind: Kind,
    /// The report at which it stands, below the archive's folder; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// By the name in the list of agencies.
    pub organization: String,
    pub year: u16,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub figure: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub found: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub expected: String,
    /// The other report: of the year before, of the sister, the one that was there first.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub other: String,
    /// The agency below that explains it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub child: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub how: &'static str,
}

impl Truth {
    /// A truth of which only its kind and its report are known yet.
    pub fn new(kind: Kind, path: &str, organization: &str, year: u16) -> Self {
        Self {
            number: 0,
            role: Role::Follows,
            kind,
            path: path.to_owned(),
            organization: organization.to_owned(),
            year,
            figure: String::new(),
            found: String::new(),
            expected: String::new(),
            other: String::new(),
            child: String::new(),
            how: "",
        }
    }

    /// A line of `truth.jsonl`.
    pub fn line(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers") + "\n"
    }
}
