//! What is to be said of a report, with the places where it stands: in the report itself, and in the other one.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::judge::{Accusation, Judgement};
use super::{Archive, Entry, Explanation, How, Missing};
use crate::bind::Bound;
use crate::check::across;
use crate::digest::sentences::{Sentence, sentences};
use crate::evaluate::{Figures, Verdict, numbers};
use crate::finding::{Finding, Label, Subject};
use crate::identity::Identity;
use crate::message::Message;
use crate::pack::{Core, Fault, Sum, Whose};

/// So many figures that one slip has put wrong, besides the first, are told one by one.
const AS_WELL: usize = 4;
/// So many passages of copied text are shown.
const PASSAGES: usize = 3;

/// A report that was read again.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    pub entry: Entry,
    pub path: &'a Arc<str>,
    pub bound: &'a Bound<'a>,
}

/// The findings of a judgement, in order. `own` is the report it is about, to which the rules of `core` are put; `beside`
/// are those it is laid beside, without those that could not be read again.
pub fn tell(
    archive: &Archive,
    core: &Core,
    judgement: &Judgement,
    own: Beside<'_>,
    beside: &[Beside<'_>],
) -> Vec<Finding> {
    let teller = Teller { archive, core, judgement, own, beside };
    let told = judgement.accusations.iter().filter_map(|accusation| teller.finding(accusation));
    let mut findings: Vec<Finding> = told.filter(|finding| core.tells_of(&finding.rule)).collect();
    findings.sort_by(Finding::order);
    findings
}

impl Archive {
    /// That the report of an agency on the list is missing; it stands in the list. The rules of `core` are put to the agency.
    pub fn tell_missing(&self, missing: Missing, core: &Core) -> Option<Finding> {
        let agency = &self.agencies.as_ref()?.agencies[missing.agency];
        // Which form is meant goes without saying where there is one only.
        let has_others = self.reported.keys().any(|(form, _)| *form != missing.form);
        let form = self.packs.get(usize::from(missing.form)).filter(|_| has_others);
        let key = if form.is_some() { "missing-report.in-form" } else { "missing-report" };
        let mut message = Message::new(key).with("organization", agency.name.as_str());
        message = message.with("year", missing.year.to_string());
        let mut subject = format!("{} {}", agency.name, missing.year);
        if let Some(form) = form {
            message = message.with("form", &form.name);
            subject = format!("{subject} {}", form.id);
        }
        let subject = Subject::Text(subject);
        let rule = core.rule(Fault::MissingReport);
        let finding = Finding::new(rule, subject, Some(agency.location.clone()), message);
        Some(finding).filter(|finding| core.tells_of(&finding.rule))
    }
}

struct Teller<'a> {
    archive: &'a Archive,
    core: &'a Core,
    judgement: &'a Judgement,
    own: Beside<'a>,
    beside: &'a [Beside<'a>],
}

impl Teller<'_> {
    fn finding(&self, accusation: &Accusation) -> Option<Finding> {
        match accusation {
            Accusation::Sums { sums, explanation } => self.sums(sums, explanation.as_ref()),
            Accusation::Gap { last, years } => Some(self.gap(*last, years)),
            Accusation::SameFigures { other } => Some(self.same_figures(*other)),
            Accusation::SameText { other } => self.same_text(*other),
            Accusation::Duplicate { other } => self.duplicate(*other),
            Accusation::NotOnList => Some(self.not_on_list()),
        }
    }

    /// Sums that one slip breaks: told at the gravest, the others are its labels.
    fn sums(&self, sums: &[usize], explanation: Option<&Explanation>) -> Option<Finding> {
        let (pack, facts) = (&self.own.bound.pack, &self.own.bound.facts);
        let numbers = numbers(pack, facts);
        let figures = Figures { pack, facts, numbers: &numbers, others: Some(&self.judgement.others) };
        let broken = sums.iter().filter_map(|&index| {
            let sum = &pack.cross_sums[index];
            if let Verdict::Broken(left, right) = figures.evaluate(sum) { Some((sum, left, right)) } else { None }
        });
        let says = explanation.map(|explanation| self.says(explanation));
        let mut findings =
            broken.map(|(sum, left, right)| (sum, across::finding(figures, sum, (left, right), says.clone())));
        let (first, mut finding) = findings.next()?;
        finding.labels = self.labels(first, explanation);
        let mut more = 0;
        for (at, (sum, other)) in findings.enumerate() {
            finding.broken.push(sum.id.clone());
            if at >= AS_WELL {
                more += 1;
                continue;
            }
            let as_well = |key| {
                let numbers = [("found", other.found.as_deref()), ("expected", other.expected.as_deref())];
                let message = Message::new(key).with("place", other.place.as_str());
                numbers.into_iter().fold(message, |message, (name, text)| message.with(name, text.unwrap_or_default()))
            };
            let location = other.location.clone();
            finding.labels.extend(location.map(|location| Label::new(location, as_well("label.across-as-well"))));
            finding.labels.extend(self.labels(sum, explanation).into_iter().filter(|label| label.path.is_some()));
            finding.notes.push(as_well("note.across-as-well"));
        }
        if more > 0 {
            finding.notes.push(Message::new("note.across-more").with("count", more));
        }
        Some(finding)
    }

    /// Which agency below explains the difference, and how.
    fn says(&self, explanation: &Explanation) -> Message {
        let key = match explanation.how {
            How::LeftOut => "across.left-out",
            How::CountedTwice => "across.counted-twice",
            How::FromLastYear(_) => "across.from-last-year",
        };
        Message::new(key).with("organization", self.archive.identity(explanation.child).0)
    }

    /// The other figures of a sum, each in its file.
    fn labels(&self, sum: &Sum, explanation: Option<&Explanation>) -> Vec<Label> {
        let mut labels = Vec::new();
        for addend in sum.addends() {
            let (entry, words) = match addend.whose {
                Whose::Own => (self.own.entry, "label.own-figure"),
                Whose::Previous => match self.judgement.previous {
                    Some(previous) => (previous, "label.last-year"),
                    None => continue,
                },
                Whose::Children => match explanation {
                    Some(explanation) => {
                        if let How::FromLastYear(last_year) = explanation.how {
                            labels.extend(self.figure(last_year, addend.figure, "label.organ-below"));
                        }
                        (explanation.child, "label.organ-below")
                    }
                    None => continue,
                },
            };
            labels.extend(self.figure(entry, addend.figure, words));
        }
        // The first own figure is what the finding is about.
        let is_first = labels.iter().position(|label| label.path.is_none());
        is_first.map(|first| labels.remove(first));
        labels
    }

    /// A figure of the own form, as it stands in a report.
    fn figure(&self, entry: Entry, figure: usize, key: &'static str) -> Option<Label> {
        let own = &self.own.bound.pack.figures[figure];
        let message = |found: &str| {
            let (organization, year) = self.archive.identity(entry);
            let message = Message::new(key).with("place", own.place.as_str()).with("found", found);
            message.with("organization", organization).with("year", year.to_string())
        };
        if entry == self.own.entry {
            let fact = &self.own.bound.facts.figures[figure];
            return Some(Label::new(fact.location.clone()?, message(&fact.found)));
        }
        let other = self.beside.iter().find(|other| other.entry == entry)?;
        let place = other.bound.pack.figures.iter().position(|other| other.id == own.id)?;
        let fact = &other.bound.facts.figures[place];
        Some(Label { path: Some(Arc::clone(other.path)), ..Label::new(fact.location.clone()?, message(&fact.found)) })
    }

    fn duplicate(&self, other: Entry) -> Option<Finding> {
        let [own, first] = [self.own.entry, other].map(|entry| &self.archive.entries[entry].digest);
        let key = if own.has_figures_of(first) { "duplicate-report" } else { "duplicate-report.differing" };
        let path = self.beside.iter().find(|beside| beside.entry == other)?.path;
        let message = self.named(key, other).with("path", &**path);
        let mut finding = self.of_report(Fault::DuplicateReport, message);
        finding.labels.extend(self.title_of(other, "label.first-report"));
        Some(finding)
    }

    fn gap(&self, last: Entry, years: &[u16]) -> Finding {
        let years = years.iter().map(|year| year.to_string().into()).collect();
        let message = Message::new("gap-in-series")
            .with("organization", self.archive.identity(last).0)
            .with("years", crate::message::Argument::List(years))
            .with("last", self.archive.identity(last).1.to_string());
        let mut finding = self.of_report(Fault::GapInSeries, message);
        finding.labels.extend(self.title_of(last, "label.last-report"));
        finding
    }

    fn same_figures(&self, other: Entry) -> Finding {
        let is_own = self.is_same_agency(other);
        let fault = if is_own { Fault::SameFiguresAsLastYear } else { Fault::SameFiguresAsAnotherAgency };
        let mut finding = self.of_report(fault, self.named("same-figures", other));
        // The largest figure shows best that this is no chance.
        let numbers = self.archive.numbers(self.own.entry, self.own.entry);
        let largest = (0..numbers.len()).max_by_key(|&figure| (numbers[figure], std::cmp::Reverse(figure)));
        if let Some(figure) = largest {
            finding.labels.extend(self.figure(self.own.entry, figure, "label.own-figure"));
            finding.labels.extend(self.figure(other, figure, "label.same-figure"));
        }
        finding
    }

    fn same_text(&self, other: Entry) -> Option<Finding> {
        let beside = self.beside.iter().find(|beside| beside.entry == other)?;
        let own_sentences = self.sentences(&self.own);
        let other_sentences = self.sentences(beside);
        let hashes: HashSet<u32> = other_sentences.iter().map(|sentence| sentence.hash).collect();
        let of_its_own = own_sentences.iter().filter(|sentence| !self.archive.copies.is_common(sentence.hash));
        let (shared, all) = of_its_own
            .fold((0, 0), |(shared, all), sentence| (shared + usize::from(hashes.contains(&sentence.hash)), all + 1));
        // What the samples made likely, by all sentences.
        if shared * 100 < all * self.archive.core.archive.copied_percent {
            return None;
        }
        let fault = if self.is_same_agency(other) { Fault::SameTextAsLastYear } else { Fault::CopiedText };
        let percent = (shared * 100).checked_div(all).unwrap_or(0);
        let mut finding = self.of_report(fault, self.named("same-text", other).with("percent", percent));
        for (index, (own, other)) in passages(&own_sentences, &other_sentences).into_iter().enumerate() {
            let words = |key| Message::new(key).with("number", index + 1);
            let place = |(first, last): (&Sentence<'_, '_>, &Sentence<'_, '_>)| {
                first.prose.locate(first.range.clone()).through(&last.prose.locate(last.range.clone()))
            };
            if index == 0 {
                finding.location = Some(place(own));
            }
            finding.labels.push(Label::new(place(own), words("label.passage")));
            let label = Label::new(place(other), words("label.same-passage"));
            finding.labels.push(Label { path: Some(Arc::clone(beside.path)), ..label });
        }
        Some(finding)
    }

    fn sentences<'b>(&self, report: &Beside<'b>) -> Vec<Sentence<'b, 'b>> {
        let (pack, facts) = (&report.bound.pack, &report.bound.facts);
        // By the name that the report itself bears, which is the one that was left out of its sample.
        let own = Identity::of(report.path, facts, pack).organization.unwrap_or_default();
        sentences(pack, facts, &own)
    }

    fn not_on_list(&self) -> Finding {
        let (name, _) = self.archive.identity(self.own.entry);
        let message = Message::new("organ-not-on-list").with("organization", name);
        let mut finding = self.of_report(Fault::AgencyNotOnList, message);
        let similar = self.archive.agencies.as_ref().and_then(|agencies| agencies.similar(name));
        finding.help = similar.map(|agency| Message::new("organ-not-on-list.hint").with("name", agency.name.as_str()));
        finding
    }

    fn is_same_agency(&self, other: Entry) -> bool {
        self.archive.key(self.own.entry).agency == self.archive.key(other).agency
    }

    /// A message about another report.
    fn named(&self, key: &'static str, other: Entry) -> Message {
        let (organization, year) = self.archive.identity(other);
        Message::new(key).with("organization", organization).with("year", year.to_string())
    }

    /// A finding about the report as a whole: at its title, else at its start.
    fn of_report(&self, fault: Fault, message: Message) -> Finding {
        let facts = &self.own.bound.facts;
        let location = facts.titles.first().map_or(&facts.start, |title| &title.location).clone();
        Finding::new(self.core.rule(fault), Subject::Report, Some(location), message)
    }

    fn title_of(&self, entry: Entry, key: &'static str) -> Option<Label> {
        let other = self.beside.iter().find(|other| other.entry == entry)?;
        let facts = &other.bound.facts;
        let location = facts.titles.first().map_or(&facts.start, |title| &title.location).clone();
        let (organization, year) = self.archive.identity(entry);
        let message = Message::new(key).with("organization", organization).with("year", year.to_string());
        Some(Label { path: Some(Arc::clone(other.path)), ..Label::new(location, message) })
    }
}

type Run<'c, 'f, 'd> = (&'c Sentence<'f, 'd>, &'c Sentence<'f, 'd>);

/// The longest passages that stand in both texts: runs of sentences within a paragraph, by the first and the last.
fn passages<'c, 'f, 'd>(
    own: &'c [Sentence<'f, 'd>],
    other: &'c [Sentence<'f, 'd>],
) -> Vec<(Run<'c, 'f, 'd>, Run<'c, 'f, 'd>)> {
    let mut places: HashMap<u32, usize> = HashMap::new();
    for (at, sentence) in other.iter().enumerate().rev() {
        places.insert(sentence.hash, at);
    }
    let is_next = |one: &Sentence<'_, '_>, next: &Sentence<'_, '_>| std::ptr::eq(one.prose, next.prose);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < own.len() {
        let Some(&there) = places.get(&own[at].hash) else {
            at += 1;
            continue;
        };
        let mut length = 1;
        while let (Some(next), Some(next_there)) = (own.get(at + length), other.get(there + length))
            && next.hash == next_there.hash
            && is_next(&own[at], next)
            && is_next(&other[there], next_there)
        {
            length += 1;
        }
        let characters: usize = own[at..at + length].iter().map(|sentence| sentence.characters).sum();
        runs.push((characters, (&own[at], &own[at + length - 1]), (&other[there], &other[there + length - 1])));
        at += length;
    }
    runs.sort_by_key(|(characters, _, _)| std::cmp::Reverse(*characters));
    runs.into_iter().take(PASSAGES).map(|(_, own, other)| (own, other)).collect()
}
