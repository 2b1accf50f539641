//! A finding: what is wrong, where, and why. It does not depend on a language or an output format.

use std::cmp::Ordering;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Location;
use crate::fingerprint;
use crate::message::Message;
use crate::pack::{Levels, Rule, Severity};

/// Something a reader should look at.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule it comes from: code, name, kind and words.
    pub rule: Arc<Rule>,
    pub severity: Severity,
    /// The place in the form's own words: 表三 · （一）予以公开 · 自然人. Empty for what concerns the file.
    pub place: String,
    /// What is there and what was expected, in a sentence; does not repeat the place.
    pub message: Message,
    /// What else is to be said, each a sentence: why, and what else it may be.
    pub notes: Vec<Message>,
    /// What to do about it.
    pub help: Option<Message>,
    /// Its place; what is missing is shown at the last thing before it.
    pub location: Option<Location>,
    /// Further places that show why.
    pub labels: Vec<Label>,
    /// The figure, row, table or section it is about.
    pub subject: Subject,
    /// The text that is there.
    pub found: Option<String>,
    /// The text that should be there.
    pub expected: Option<String>,
    /// Ids of the sums that fail because of it: `requests.row-total:granted`.
    pub broken: Vec<String>,
    /// Explanations of the broken sums, the likeliest first: each the figures to be changed together.
    pub suspects: Vec<Vec<Suspect>>,
    /// Whether no other change of as few figures would explain them; none where figures were not looked for.
    pub unique: Option<bool>,
}

/// A figure that may be wrong, as part of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The figure's id.
    pub cell: String,
    /// The text that is there.
    pub found: String,
    /// The text that should be there; none where the sums set bounds only.
    pub expected: Option<String>,
    /// How it came about, in a word: `digits-transposed`.
    pub reason: Option<&'static str>,
    pub location: Option<Location>,
}

/// A finding that somebody has accepted: kept, and not reported as one.
#[derive(Debug, Clone)]
pub struct Suppressed {
    pub finding: Finding,
    pub by: Suppression,
}

/// By what a finding was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Suppression {
    /// It was there when the baseline was written.
    Baseline,
    /// The auditor waives it.
    Waiver {
        reason: String,
        /// Who says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
        /// The last day it holds, `2027-12-31`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<String>,
    },
}

/// A place with a remark.
#[derive(Debug, Clone)]
pub struct Label {
    /// The file it is in, where that is another one.
    pub path: Option<Arc<str>>,
    pub location: Location,
    pub message: Message,
}

/// What a finding is about, by the ids of the form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Subject {
    /// The file as a whole.
    #[default]
    Report,
    /// The official number of a section.
    Section(u32),
    Table(String),
    Row(String),
    Column(String),
    Cell(String),
    /// A stretch of text, by what it says.
    Text(String),
}

impl Subject {
    /// The id, for fingerprints.
    pub fn id(&self) -> String {
        match self {
            Self::Report => String::new(),
            Self::Section(number) => format!("section {number}"),
            Self::Table(id) | Self::Row(id) | Self::Column(id) | Self::Cell(id) | Self::Text(id) => id.clone(),
        }
    }
}

impl Label {
    /// A remark at a place of the file that the finding is about.
    pub fn new(location: Location, message: Message) -> Self {
        Self { path: None, location, message }
    }
}

impl Finding {
    /// A finding of a rule at a place, to be filled in.
    pub fn new(rule: &Arc<Rule>, subject: Subject, location: Option<Location>, message: Message) -> Self {
        Self {
            rule: Arc::clone(rule),
            severity: rule.severity,
            place: String::new(),
            message,
            notes: Vec::new(),
            help: None,
            location,
            labels: Vec::new(),
            subject,
            found: None,
            expected: None,
            broken: Vec::new(),
            suspects: Vec::new(),
            unique: None,
        }
    }

    /// With its place in the form's own words.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }

    /// The finding with the severity that was chosen for its rule, if one was; none where the rule is off.
    pub fn weighed(self, levels: &Levels) -> Option<Self> {
        let severity = levels.severity(&self.rule, self.severity)?;
        Some(Self { severity, ..self })
    }

    /// For what is missing: marks its location as the last thing before it.
    #[must_use]
    pub fn after_location(mut self) -> Self {
        if let Some(location) = self.location.clone() {
            self.labels.push(Label::new(location, Message::new("label.after")));
        }
        self
    }

    /// The same finding in the next version of a report, wherever its lines have gone and whatever its format: made of the
    /// rule and of what it is about, all figures that are wrong together, not of its place. The sums that fail belong to
    /// it only where no figure was singled out: another figure repaired changes them.
    pub fn fingerprint(&self) -> String {
        let subject = self.subject.id();
        let mut parts = vec![self.rule.pack.as_str(), self.rule.code.as_str(), &subject];
        parts.extend(self.others());
        if !matches!(self.subject, Subject::Cell(_)) {
            parts.extend(self.broken.iter().map(String::as_str));
        }
        fingerprint::of(&parts)
    }

    /// The figures that are wrong together with the one it is about.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        let Subject::Cell(own) = &self.subject else { return None.into_iter().flatten() };
        let together = self.suspects.first().filter(|suspects| suspects.iter().any(|suspect| suspect.cell == *own));
        let others = together.map(|suspects| suspects.iter().map(|suspect| suspect.cell.as_str()));
        others.map(|cells| cells.filter(move |cell| cell != own)).into_iter().flatten()
    }

    /// The one total order: by place in the file, then the heavier first, then by code and subject.
    pub fn order(&self, other: &Self) -> Ordering {
        self.location
            .cmp(&other.location)
            .then_with(|| other.severity.cmp(&self.severity))
            .then_with(|| self.rule.code.cmp(&other.rule.code))
            .then_with(|| self.subject.cmp(&other.subject))
    }
}

/// The text of a cell as far as a message has room for it: hostile cells hold megabytes.
pub fn clipped(text: &str) -> String {
    const CHARACTERS: usize = 60;
    match text.char_indices().nth(CHARACTERS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
