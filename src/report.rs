//! The outcome for one report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Tally;
use crate::document::Format;
use crate::encoding::Encoding;
use crate::finding::{Finding, Suppressed};
use crate::message::Message;
use crate::pack::Severity;

/// The outcome for one report: what it is, and its findings in order.
#[derive(Debug)]
pub struct Report {
    /// As it was given.
    pub path: String,
    /// Which report of the file it is, where that holds several: its sheet, or `2/3`.
    pub part: Option<String>,
    pub format: Format,
    /// The character encoding; none for formats that carry their own.
    pub encoding: Option<Encoding>,
    /// The id of the form it follows.
    pub pack: Option<String>,
    pub organization: Option<String>,
    pub year: Option<u16>,
    pub tally: Tally,
    /// In the one total order of [`Finding::order`].
    pub findings: Vec<Finding>,
    /// Those that somebody has accepted, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// Sums that could not be evaluated.
    pub not_evaluated: Vec<NotEvaluated>,
    /// What else a pass takes and nobody saw, where no finding says so: whose report it is, a section, a table.
    pub unseen: Vec<Message>,
}

/// A sum that could not be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEvaluated {
    pub id: String,
    /// The place in the form's own words.
    pub place: String,
}

/// One word for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It was seen whose report it is, and all that the form requires; every sum was evaluated; and there is no error and no
    /// warning but those that were accepted.
    Pass,
    /// There are errors or warnings that nobody has accepted, or a rule is broken that nobody wanted to hear of.
    Findings,
    /// It could not be read or recognised, or something that a pass takes was not seen.
    Unverifiable,
}

impl Verdict {
    /// The verdict once findings of these severities are known, too: an error or a warning outweighs all else.
    pub fn with(self, mut severities: impl Iterator<Item = Severity>) -> Self {
        if severities.any(|severity| severity > Severity::Advice) { Self::Findings } else { self }
    }
}

impl Report {
    /// Of a file that nothing is known of yet.
    pub fn new(path: &str, format: Format) -> Self {
        Self {
            path: path.to_owned(),
            part: None,
            format,
            encoding: None,
            pack: None,
            organization: None,
            year: None,
            tally: Tally::default(),
            findings: Vec::new(),
            suppressed: Vec::new(),
            not_evaluated: Vec::new(),
            unseen: Vec::new(),
        }
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The verdict: findings before all, then whether anything was left unverified.
    pub fn verdict(&self) -> Verdict {
        if self.pack.is_none() {
            return Verdict::Unverifiable;
        }
        if self.tally.broken > 0 && self.suppressed.is_empty() {
            return Verdict::Findings;
        }
        let is_whole = self.not_evaluated.is_empty() && self.unseen.is_empty();
        let seen = if is_whole { Verdict::Pass } else { Verdict::Unverifiable };
        seen.with(self.findings.iter().map(|finding| finding.severity))
    }
}
