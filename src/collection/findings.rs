//! Findings across reports, with their places in the report itself and in the other one.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::judgement::{Accusation, Explanation, How, Judgement};
use super::last_year::{Base, TwoYears, figures_of};
use super::member::Entry;
use super::passages::passages;
use super::reports::Collection;
use crate::bind::Bound;
use crate::digest::sentences::{Sentence, sentences};
use crate::document::Part;
use crate::evaluate::{Figures, Verdict, numbers};
use crate::finding::{Finding, Label, Subject, clipped};
use crate::identity::Identity;
use crate::message::{Argument, Message};
use crate::pack::{Addend, Comparison, Core, Fault, Levels, Reading, Side, Sum, Whose};
use crate::prose::{self, OfLastYear};

/// How many figures that one slip made wrong are named one by one, besides the first.
const AS_WELL: usize = 4;
/// A report that was read again.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    pub entry: Entry,
    pub path: &'a Arc<str>,
    pub bound: &'a Bound<'a>,
}

/// The findings of a judgement, in order. `own` is the report it is about, for which the rules weigh what `levels` say; `beside`
/// are the others that [`Judgement::beside`] asks for.
pub fn findings(
    collection: &Collection,
    levels: &Levels,
    judgement: &Judgement,
    own: Beside<'_>,
    beside: &[Beside<'_>],
) -> Vec<Finding> {
    // Reports are compared in the form that all of them have.
    let own_known = in_form(collection, &own);
    let beside_known: Vec<_> = beside.iter().map(|one| in_form(collection, one)).collect();
    let own = Beside { bound: own_known.as_ref().unwrap_or(own.bound), ..own };
    let beside: Vec<Beside<'_>> = beside
        .iter()
        .zip(&beside_known)
        .map(|(one, known)| Beside { bound: known.as_ref().unwrap_or(one.bound), ..*one })
        .collect();
    let writer = Writer { collection, core: &collection.ground.core, levels, judgement, own, beside: &beside };
    let findings = judgement.accusations.iter().filter_map(|accusation| writer.finding(accusation));
    let mut findings: Vec<Finding> = findings.filter_map(|finding| finding.weighed(levels)).collect();
    // Of two reports in one file neither is in another one.
    for label in findings.iter_mut().flat_map(|finding| &mut finding.labels) {
        label.path.take_if(|path| path == own.path);
    }
    findings.sort_by(Finding::order);
    findings
}

/// The report in the form that all reports have, where it adds rows to that.
fn in_form<'a>(collection: &Collection, one: &Beside<'a>) -> Option<Bound<'a>> {
    one.bound.in_form(collection.pack(one.entry))
}

struct Writer<'a> {
    collection: &'a Collection,
    core: &'a Core,
    levels: &'a Levels,
    judgement: &'a Judgement,
    own: Beside<'a>,
    beside: &'a [Beside<'a>],
}

impl Writer<'_> {
    fn finding(&self, accusation: &Accusation) -> Option<Finding> {
        match accusation {
            Accusation::Sums { sums, explanation } => self.sums(sums, explanation.as_ref()),
            Accusation::Gap { last, years } => Some(self.gap(*last, years)),
            Accusation::SameFigures { other, breaks } => Some(self.same_figures(*other, breaks)),
            Accusation::SameText { other } => self.same_text(*other),
            Accusation::LastYear { previous, stated } => self.last_year(*previous, *stated),
            Accusation::Duplicate { other } => self.duplicate(*other),
            Accusation::NotOnList => Some(self.not_on_list()),
        }
    }

    /// Sums that one slip breaks: reported at the gravest, the others are its labels.
    fn sums(&self, sums: &[usize], explanation: Option<&Explanation>) -> Option<Finding> {
        let (pack, facts) = (&self.own.bound.pack, &self.own.bound.facts);
        let numbers = numbers(pack, facts);
        let figures =
            Figures { pack, facts, levels: self.levels, numbers: &numbers, others: Some(&self.judgement.others) };
        let broken = sums.iter().filter_map(|&index| {
            let sum = &pack.sums_across()[index];
            if let Verdict::Broken(left, right) = figures.evaluate(sum) { Some((sum, left, right)) } else { None }
        });
        let says = explanation.map(|explanation| self.says(explanation));
        let mut findings = broken.map(|(sum, left, right)| (sum, across(figures, sum, (left, right), says.clone())));
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
            How::Corrected => "across.corrected",
        };
        Message::new(key).with("organization", self.collection.identity(explanation.child).0)
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
                            labels.extend(self.figure(last_year, addend.figure, "label.agency-below"));
                        }
                        (explanation.child, "label.agency-below")
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

    /// A figure of the own form, as a report has it.
    fn figure(&self, entry: Entry, figure: usize, key: &'static str) -> Option<Label> {
        let own = &self.own.bound.pack.figures[figure];
        let message = |found: &str| {
            let (organization, year) = self.collection.identity(entry);
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
        let [own, first] = [self.own.entry, other].map(|entry| &self.collection.entries[entry].digest);
        let key = if own.has_figures_of(first) { "duplicate-report" } else { "duplicate-report.differing" };
        let beside = self.beside.iter().find(|beside| beside.entry == other)?;
        let path = match &beside.bound.facts.part {
            None => beside.path.to_string(),
            Some(Part::Sheet(sheet)) => format!("{}!{sheet}", beside.path),
            Some(place @ Part::Place { .. }) => format!("{} {place}", beside.path),
        };
        let message = self.named(key, other).with("path", path);
        let mut finding = self.of_report(Fault::DuplicateReport, message);
        finding.labels.extend(self.title_of(other, "label.first-report"));
        Some(finding)
    }

    fn gap(&self, last: Entry, years: &[u16]) -> Finding {
        let years = years.iter().map(|year| year.to_string().into()).collect();
        let message = Message::new("gap-in-series")
            .with("organization", self.collection.identity(last).0)
            .with("years", Argument::List(years))
            .with("last", self.collection.identity(last).1.to_string());
        let mut finding = self.of_report(Fault::GapInSeries, message);
        finding.labels.extend(self.title_of(last, "label.last-report"));
        finding
    }

    /// Last year's report again breaks sums with last year's, and weighs as much as they.
    fn same_figures(&self, other: Entry, breaks: &[usize]) -> Finding {
        let is_own = self.is_same_agency(other);
        let fault = if is_own { Fault::SameFiguresAsLastYear } else { Fault::SameFiguresAsAnotherAgency };
        let mut finding = self.of_report(fault, self.named("same-figures", other));
        let sums = breaks.iter().map(|&index| &self.own.bound.pack.sums_across()[index]);
        let gravest = sums.filter_map(|sum| self.levels.of_sum(sum)).max();
        finding.severity = gravest.map_or(finding.severity, |gravest| gravest.max(finding.severity));
        finding
            .notes
            .extend((!breaks.is_empty()).then(|| Message::new("same-figures.breaks").with("count", breaks.len())));
        // The largest figure shows best that this is no chance.
        let numbers = self.collection.numbers(self.own.entry, self.own.entry);
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
        let of_its_own = own_sentences.iter().filter(|sentence| !self.collection.all.common.holds(sentence.hash));
        let (shared, all) = of_its_own
            .fold((0, 0), |(shared, all), sentence| (shared + usize::from(hashes.contains(&sentence.hash)), all + 1));
        // What the samples made likely, by all sentences.
        if shared * 100 < all * self.core.collection.copied_percent {
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

    /// A number of the text: at it, with all that it may mean in last year's report.
    fn last_year(&self, previous: Entry, stated: usize) -> Option<Finding> {
        let (pack, facts) = (&self.own.bound.pack, &self.own.bound.facts);
        let text = prose::read(pack, facts);
        let all = prose::of_last_year(pack, &text);
        let OfLastYear { paragraph, record, said } = all.get(stated)?;
        let paragraph = &text[*paragraph];
        let record = &paragraph.records[*record];
        let own = self.own.entry;
        let years =
            TwoYears { own: self.collection.numbers(own, own), previous: self.collection.numbers(previous, own) };
        let readings = prose::readings_of(pack, &said.names);
        let mut bases: Vec<(&Reading, Base)> = Vec::new();
        for (reading, base) in readings.iter().filter_map(|reading| Some((reading, years.base(reading, said)?))) {
            // Readings that come to the same are named once: the first is the plainest.
            if bases.iter().all(|(_, known)| *known != base) {
                bases.push((reading, base));
            }
        }
        let words = |at: &Range<usize>| clipped(&paragraph.stretch.text.text[at.clone()]);
        let (phrase, found) = (words(&record.clause), words(&record.at));
        let tried = bases.iter().filter_map(|(reading, base)| Some(base.message(reading, said)?.into()));
        let message = self
            .named("last-year-in-text", previous)
            .with("phrase", phrase.as_str())
            .with("found", found.as_str())
            .with("readings", Argument::Either(tried.collect()));
        let location = paragraph.stretch.locate(record.at.clone());
        let rule = self.core.rule(Fault::LastYearInTextDiffers);
        let mut finding = Finding::new(rule, Subject::Text(phrase), Some(location), message);
        finding.place = paragraph.section.map(|section| pack.sections[section].heading(section)).unwrap_or_default();
        finding.found = Some(found);
        if let [(_, base)] = bases.as_slice() {
            finding.expected = base.expected(said.change);
        }
        let mut figures: Vec<usize> = bases.iter().flat_map(|(reading, _)| figures_of(reading)).collect();
        figures.retain(|&figure| years.previous[figure].is_some_and(|number| !number.is_zero()));
        figures.dedup();
        finding.labels = figures
            .iter()
            .take(AS_WELL)
            .filter_map(|&figure| self.figure(previous, figure, "label.last-year"))
            .collect();
        Some(finding)
    }

    fn sentences<'b>(&self, report: &Beside<'b>) -> Vec<Sentence<'b, 'b>> {
        let (pack, facts) = (&report.bound.pack, &report.bound.facts);
        // By the name that the report itself bears, which is the one that was left out of its sample.
        let own = Identity::of(report.path, facts, pack).organization.unwrap_or_default();
        sentences(pack, facts, &own)
    }

    fn not_on_list(&self) -> Finding {
        let (name, _) = self.collection.identity(self.own.entry);
        let message = Message::new("organ-not-on-list").with("organization", name);
        let mut finding = self.of_report(Fault::AgencyNotOnList, message);
        let similar = self.collection.agencies().and_then(|agencies| agencies.similar(name));
        finding.help = similar.map(|agency| Message::new("organ-not-on-list.hint").with("name", agency.name.as_str()));
        finding
    }

    fn is_same_agency(&self, other: Entry) -> bool {
        self.collection.key(self.own.entry).agency == self.collection.key(other).agency
    }

    /// A message about another report.
    fn named(&self, key: &'static str, other: Entry) -> Message {
        let (organization, year) = self.collection.identity(other);
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
        let (organization, year) = self.collection.identity(entry);
        let message = Message::new(key).with("organization", organization).with("year", year.to_string());
        Some(Label { path: Some(Arc::clone(other.path)), ..Label::new(location, message) })
    }
}

/// A sum across reports that does not hold. At the first figure of the report itself: that of the other report has been published. In the rule's words, where nobody
/// knows better what to say.
fn across(figures: Figures<'_, '_>, sum: &Sum, (left, right): (Decimal, Decimal), says: Option<Message>) -> Finding {
    let text = |side: Decimal| side.normalize().to_string();
    let own = sum.addends().filter(|addend| addend.whose == Whose::Own);
    let figure = own.flat_map(|addend| figures.facts.figures_of(addend)).next();
    let is_equation = sum.comparison == Comparison::Equal;
    let says = says.map_or_else(|| Argument::from(&figures.pack.rule_of(sum).says), Argument::from);
    let message = match as_printed(sum, (left, right)) {
        Some(message) => message,
        None => Message::new(key(sum))
            .with("left", text(left))
            .with("comparison", sum.comparison.opposite().symbol())
            .with("right", text(right)),
    };
    let message = message.with("says", says);
    let location = figure.and_then(|figure| figures.facts.figures[figure].location.clone());
    let location = location.or_else(|| Some(figures.facts.start.clone()));
    let subject = figure.map_or(Subject::Report, |figure| Subject::Cell(figures.pack.figures[figure].id.clone()));
    let place = figure.map_or(&sum.place, |figure| &figures.pack.figures[figure].place);
    let mut finding = Finding::new(figures.pack.rule_of(sum), subject, location, message).at(place);
    finding.severity = sum.severity;
    finding.found = figure.map(|figure| figures.facts.figures[figure].found.to_string());
    finding.expected = Some(text(right)).filter(|_| is_equation);
    finding.broken = vec![sum.id.clone()];
    finding
}

/// A sum with factors or numbers of its own, by the figures that the reports print: what they come to is in no report.
fn as_printed(sum: &Sum, (left, right): (Decimal, Decimal)) -> Option<Message> {
    let is_once = |addend: &Addend| addend.factor().abs() == Decimal::ONE;
    let is_plain = |side: &Side| side.constant.is_zero() && side.addends.iter().all(is_once);
    if is_plain(&sum.left) && is_plain(&sum.right) {
        return None;
    }
    let printed = |side: &Side, value: Decimal| match side.addends.as_slice() {
        [addend] => Some((addend.whose, (value - side.constant).checked_div(addend.factor())?)),
        _ => None,
    };
    let (own, other) = match (printed(&sum.left, left), printed(&sum.right, right)) {
        (Some((Whose::Own, own)), Some(other)) | (Some(other), Some((Whose::Own, own))) => (own, other),
        _ => return Some(Message::new("across.says")),
    };
    let other_is = match other.0 {
        Whose::Previous => "across.other-last-year",
        Whose::Children => "across.other-below",
        Whose::Own => return Some(Message::new("across.says")),
    };
    let text = |number: Decimal| number.normalize().to_string();
    let message = Message::new("across.each").with("own", text(own)).with("found", text(other.1));
    Some(message.with("other", Message::new(other_is)))
}

/// The message, by the reports that a sum takes in.
fn key(sum: &Sum) -> &'static str {
    match (sum.comparison, sum.takes_in.children) {
        (Comparison::Equal, false) => "across.last-year",
        (Comparison::Equal, true) => "across.agencies-below",
        _ => "across",
    }
}
