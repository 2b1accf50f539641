//! What is to be marked where, and what is said there.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::message::{Language, Message};
use crate::pack::Severity;
use crate::render::{certainty, severity_word};
use crate::view::{Finding, Label, Location, Report, harmless_lines};

/// A note holds no more: hostile files make long messages, and programs cut longer ones off.
const LONGEST: usize = 4_000;

/// Who writes notes and comments.
pub(super) const AUTHOR: &str = "gouji";

/// A place with all that is said of it.
#[derive(Debug)]
pub(super) struct Mark {
    pub place: Location,
    pub weight: Weight,
    /// The text there, as far as findings name it.
    pub found: Vec<String>,
    /// What is said there, one text a finding.
    pub said: Vec<String>,
}

/// How much a place stands out, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It is named as a reason, and is not what is found.
    Beside,
    /// Behind it something is missing.
    After,
    Found(Severity),
}

/// The marks of a file in the order of its findings. What is said of other places because of them comes last; where these are
/// not marked themselves (`is_together`), it is said at the finding.
pub(super) fn marks(reports: &[Report], is_together: bool, language: Language) -> Vec<Mark> {
    let mut marks = Marks::default();
    let findings = || reports.iter().flat_map(|report| &report.findings);
    for finding in findings() {
        let Some(place) = &finding.location else { continue };
        marks.add(place, weight(finding), finding.found.as_deref(), &note(finding, is_together, language));
    }
    if is_together {
        return marks.marks;
    }
    for label in findings().flat_map(elsewhere) {
        marks.add(&label.location, Weight::Beside, None, &label.message);
    }
    marks.marks
}

/// How much the place of a finding stands out.
fn weight(finding: &Finding) -> Weight {
    if finding.kind.starts_with("missing-") && finding.cell.is_none() {
        Weight::After
    } else {
        Weight::Found(finding.severity)
    }
}

/// What is said of a finding at other places of its file.
fn elsewhere(finding: &Finding) -> impl Iterator<Item = &Label> {
    let is_other = |label: &&Label| label.path.is_none() && finding.location.as_ref() != Some(&label.location);
    finding.labels.iter().filter(is_other)
}

#[derive(Default)]
struct Marks {
    marks: Vec<Mark>,
    /// Where the mark of a place is.
    known: HashMap<String, usize>,
}

impl Marks {
    fn add(&mut self, place: &Location, weight: Weight, found: Option<&str>, said: &str) {
        let next = self.marks.len();
        let at = *self.known.entry(format!("{place:?}")).or_insert(next);
        if at == next {
            self.marks.push(Mark { place: place.clone(), weight, found: Vec::new(), said: Vec::new() });
        }
        let mark = &mut self.marks[at];
        mark.weight = mark.weight.max(weight);
        mark.found.extend(found.map(str::to_owned));
        if !mark.said.iter().any(|known| known == said) {
            mark.said.push(said.to_owned());
        }
    }
}

impl Mark {
    /// All that is said there, a paragraph a finding.
    pub fn text(&self) -> String {
        clipped(&self.said.join("\n\n"))
    }
}

/// What is said of findings that have no place in the file, a text each.
pub(super) fn general(reports: &[Report], language: Language) -> Vec<String> {
    let findings = reports.iter().flat_map(|report| &report.findings);
    findings.filter(|finding| finding.location.is_none()).map(|finding| note(finding, true, language)).collect()
}

/// What is said of a finding at its place: what is wrong, how sure that is, why, and what to do.
fn note(finding: &Finding, is_together: bool, language: Language) -> String {
    let own = if finding.cell.is_some() { sentence(finding).into_owned() } else { finding.line(language) };
    let head = Message::new("annotate.note").with("severity", severity_word(finding.severity)).with("text", own);
    let mut lines = vec![head.say(language)];
    if let Some(word) = certainty(finding) {
        lines.push(Message::new("annotate.certainty").with("word", word).say(language));
    }
    for label in elsewhere(finding).filter(|_| is_together) {
        let message = Message::new("annotate.elsewhere").with("place", label.location.inside(language));
        lines.push(message.with("text", label.message.as_str()).say(language));
    }
    lines.extend(reasons(finding).map(str::to_owned));
    lines.push(format!("{} {}", finding.code, finding.name));
    harmless_lines(&lines.join("\n")).into_owned()
}

/// What is there and what was expected, with how it came about, where that is said in the same words at the figure:
/// `现为 12，应为 21（个位与十位颠倒）`.
pub(super) fn sentence(finding: &Finding) -> Cow<'_, str> {
    let sentence = finding.sentence.as_str();
    let said = finding.at(0).and_then(|(_, said)| said).unwrap_or_default();
    let same = said.find(['（', '(']).map(|bracket| said[..bracket].trim_end()).filter(|same| !same.is_empty());
    match same.and_then(|same| sentence.strip_suffix(same)) {
        Some(before) => Cow::Owned(format!("{before}{said}")),
        None => Cow::Borrowed(sentence),
    }
}

/// What else is said of a finding, a text each.
pub(super) fn reasons(finding: &Finding) -> impl Iterator<Item = &str> {
    let sentence = sentence(finding);
    // In a paragraph that has no finer places, what is said of several numbers would all be said of it.
    let is_at_place = |label: &&Label| label.path.is_none() && finding.location.as_ref() == Some(&label.location);
    let is_one = finding.labels.iter().filter(is_at_place).count() == 1;
    let at_place = finding.at(0).and_then(|(_, said)| said).filter(|said| is_one && !sentence.contains(said));
    at_place.into_iter().chain(finding.notes.iter().map(String::as_str)).chain(finding.help.as_deref())
}

/// A text as far as there is room for it.
pub(super) fn clipped(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
