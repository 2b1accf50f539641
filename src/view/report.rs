//! A report as it is shown: its findings in words, with lines and columns.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::excerpt::Excerpt;
use super::location::Location;
use crate::check::Tally;
use crate::finding::Suppression;
use crate::message::Language;
use crate::pack::Severity;
use crate::report::Verdict;

/// A report, or what is said across reports of one of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// As it was given.
    pub path: String,
    /// Which report of the file it is, where that holds several: the sheet it is on, or `2/3` for the second of three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What the file is: `markdown`, `xlsx`.
    pub format: Cow<'static, str>,
    /// The character encoding, of texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Cow<'static, str>>,
    /// The id of the form it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    pub verdict: Verdict,
    pub rules: Tally,
    /// By place in the file.
    pub findings: Vec<Finding>,
    /// What somebody has accepted, kept apart from the findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<Suppressed>,
    /// Places of sums that could not be evaluated, in the form's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_evaluated: Vec<String>,
    /// What else a pass takes and nobody saw, where no finding says so; a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<String>,
    /// Every figure of the form as text, amounts in the form's own unit; where an output asks for them.
    #[serde(skip)]
    pub figures: Option<Vec<Option<String>>>,
}

/// Something a reader should look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The general kind of its rule, the same for every form.
    pub kind: String,
    /// The permanent code of its rule.
    pub code: String,
    /// The name of its rule.
    pub name: String,
    pub severity: Severity,
    /// The same in the next version of the report, wherever its lines have gone.
    pub fingerprint: String,
    /// There was a baseline, and this is not in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_new: bool,
    /// All that is said: the place, the sentence, the notes.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The place in the form's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The official number of the section it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<u32>,
    /// The id of the table it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The id of the row it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The id of the column it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The id of the figure it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The text that is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// The expected text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Its place; what is missing is at the last thing before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Its place as somebody finds it who has the document before them: the table, and the label of the row or column. Of
    /// documents, PDF and pages only: in a workbook the cell is found by its name, in a text the line by its number. Of very many
    /// findings in one report only the first ones have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_words: Option<String>,
    /// Further places that show why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// Ids of the sums that fail because of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<String>,
    /// Whether no other change of as few figures would explain them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unique: Option<bool>,
    /// How certain the expected value is, where it follows from sums.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Explanations, the likeliest first: each the figures to be changed together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspects: Vec<Vec<Suspect>>,
    /// What is drawn of the files that it points into, its own first. Findings that somebody has accepted have none, and
    /// of very many in one report only the first ones have some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excerpts: Vec<Excerpt>,
    /// What is there and what was expected, without the place.
    pub sentence: String,
    /// What else is said, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// How certain it is which figure is wrong, and what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// No other change of as few figures explains the sums that fail.
    Unique,
    /// It is the likeliest of several explanations.
    Likeliest,
    /// Which figure is wrong has to be looked up.
    Open,
}

/// A place with a remark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// The file it is in, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    pub location: Location,
    pub message: String,
}

/// A figure that may be wrong, as part of an explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suspect {
    /// The figure's id.
    pub cell: String,
    /// The text that is there.
    pub found: String,
    /// The expected text; none where the sums only set bounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// How it came about, in a word: `digits-transposed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cow<'static, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// A finding that somebody has accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suppressed {
    #[serde(flatten)]
    pub finding: Finding,
    pub suppression: Suppression,
}

/// A file, and which report of it, where that holds several: `a.xlsx!2023年`, `a.docx (2/3)`.
pub fn name<'p>(path: &'p str, part: Option<&str>, language: Language) -> Cow<'p, str> {
    let Some(part) = part else { return Cow::Borrowed(path) };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_place = part.split_once('/').is_some_and(|(number, of)| is_number(number) && is_number(of));
    Cow::Owned(match language {
        _ if !is_place => format!("{path}!{part}"),
        Language::Chinese => format!("{path}（{part}）"),
        Language::English => format!("{path} ({part})"),
    })
}

impl Report {
    /// Its file, and which report of it, where that holds several.
    pub fn name(&self, language: Language) -> Cow<'_, str> {
        name(&self.path, self.part.as_deref(), language)
    }

    /// The verdict once these findings across reports are known, too.
    pub fn verdict_with(&self, across: &[Finding]) -> Verdict {
        self.verdict.with(across.iter().map(|finding| finding.severity))
    }

    /// Says of all that the baseline does not hold that it is new; there is one.
    pub fn mark_new(&mut self) {
        let known = |suppressed: &&mut Suppressed| suppressed.suppression != Suppression::Baseline;
        let accepted = self.suppressed.iter_mut().filter(known).map(|suppressed| &mut suppressed.finding);
        for finding in self.findings.iter_mut().chain(accepted) {
            finding.is_new = true;
        }
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether it is of a file that could not be read, as far as its findings say.
    pub fn is_unreadable(&self) -> bool {
        self.findings.iter().any(|finding| finding.kind == "unreadable")
    }
}

impl Finding {
    /// The place of a mark of its excerpts, and what is said there.
    pub fn at(&self, mark: usize) -> Option<(&Location, Option<&str>)> {
        let Some(label) = mark.checked_sub(1) else {
            let location = self.location.as_ref()?;
            let label = self.labels.iter().find(|label| label.path.is_none() && label.location == *location);
            return Some((location, label.map(|label| label.message.as_str())));
        };
        let label = self.labels.get(label)?;
        Some((&label.location, Some(&label.message)))
    }

    /// The expected value at a mark, by the likeliest explanation: of figures that are wrong together, each its own.
    pub fn expected_at(&self, mark: usize) -> Option<&str> {
        if mark == 0 && self.expected.is_some() {
            return self.expected.as_deref();
        }
        let (location, _) = self.at(mark)?;
        let first = self.suspects.first()?;
        first.iter().find(|suspect| suspect.location.as_ref() == Some(location))?.expected.as_deref()
    }

    /// Where it is in its file, for those who have the file before them: in words, or as [`Location::inside`] has it.
    pub fn whereabouts(&self, language: Language) -> Option<String> {
        let location = self.location.as_ref()?;
        Some(self.in_words.clone().unwrap_or_else(|| location.inside(language)))
    }

    /// The place in the form's words and the sentence; always on one line.
    pub fn line(&self, language: Language) -> String {
        // A sentence that names the place says all: 缺少表二.
        if self.place.is_empty() || self.sentence.contains(&self.place) {
            return self.sentence.clone();
        }
        let colon = match language {
            Language::Chinese => "：",
            Language::English => ": ",
        };
        format!("{}{colon}{}", self.place, self.sentence)
    }

    /// The line and the notes, as one paragraph.
    pub(super) fn paragraph(&self, language: Language) -> String {
        let mut text = self.line(language);
        let (full_stop, blank) = match language {
            Language::Chinese => ("。", ""),
            Language::English => (".", " "),
        };
        if !self.notes.is_empty() {
            text.push_str(full_stop);
        }
        for note in &self.notes {
            text.push_str(blank);
            text.push_str(note);
        }
        text
    }
}
