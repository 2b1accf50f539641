//! One report against the others: what is to be said of it.

use std::cell::LazyCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::rollup::{self, Children, Explanation, How};
use super::series::Before;
use super::{Archive, Entry, correct};
use crate::check::Tally;
use crate::evaluate::{Figures, Others, Verdict};
use crate::message::{Argument, Message};
use crate::pack::{Pack, Sum, TakesIn};

/// What is to be said of a report, before anybody has looked at where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accusation {
    /// Sums across reports that do not hold, indices into [`crate::pack::Pack::cross_sums`]; several where they tell of one
    /// slip, the gravest first. With the child that explains a roll-up.
    Sums {
        sums: Vec<usize>,
        explanation: Option<Explanation>,
    },
    /// No report of these years, after an earlier one.
    Gap {
        last: Entry,
        years: Vec<u16>,
    },
    SameFigures {
        other: Entry,
    },
    SameText {
        other: Entry,
    },
    /// The second report of the agency and year.
    Duplicate {
        other: Entry,
    },
    NotOnList,
}

/// What came of laying one report beside the others.
#[derive(Debug, Default)]
pub struct Judgement {
    pub tally: Tally,
    pub accusations: Vec<Accusation>,
    /// What was not put to it, and why.
    pub not_evaluated: Vec<Message>,
    /// What its sums take in.
    pub others: Others,
    /// The report of the year before, and those of the agencies below.
    pub previous: Option<Entry>,
    pub children: Vec<Entry>,
}

impl Judgement {
    /// The other reports to be looked at, to show why.
    pub fn beside(&self) -> Vec<Entry> {
        let mut entries = BTreeSet::new();
        for accusation in &self.accusations {
            match accusation {
                Accusation::Sums { explanation: Some(explanation), .. } => {
                    entries.insert(explanation.child);
                    if let How::FromLastYear(last_year) = explanation.how {
                        entries.insert(last_year);
                    }
                }
                Accusation::Sums { .. } => entries.extend(self.previous),
                Accusation::Gap { last: other, .. }
                | Accusation::SameFigures { other }
                | Accusation::SameText { other }
                | Accusation::Duplicate { other } => drop(entries.insert(*other)),
                Accusation::NotOnList => {}
            }
        }
        entries.into_iter().collect()
    }
}

impl Archive {
    /// Lays a report beside the others. `pack` is its form, with the rules that are put to this report.
    pub fn judge(&self, entry: Entry, pack: &Pack) -> Judgement {
        let mut judgement = Judgement::default();
        let key = self.key(entry);
        if self.agencies.as_ref().is_some_and(|agencies| key.agency as usize >= agencies.agencies.len()) {
            judgement.accusations.push(Accusation::NotOnList);
        }
        let first = self.all_of(key).next().unwrap_or(entry);
        if first != entry {
            judgement.accusations.push(Accusation::Duplicate { other: first });
            // The first of them stands for all, if they do not differ.
            return judgement;
        }
        self.judge_copies(entry, &mut judgement);
        if self.report_of(key) == super::Found::Several {
            judgement.not_evaluated.push(Message::new("archive.not-evaluated.differing"));
            let (before, children) = (self.before(entry), self.children(entry));
            judgement.tally.not_evaluated += to_be_put(pack, &before, &children).count();
            return judgement;
        }
        self.judge_sums(entry, pack, &mut judgement);
        judgement
    }

    fn judge_copies(&self, entry: Entry, judgement: &mut Judgement) {
        let digest = &self.entries[entry].digest;
        let words = &self.core.archive;
        let last_year = if let Before::One(previous) = self.before(entry) { Some(previous) } else { None };
        let same_figures = last_year.filter(|&previous| {
            let other = &self.entries[previous].digest;
            digest.has_figures_of(other) && digest.digits(self.pack(entry)) >= words.identical_digits
        });
        let same_text =
            last_year.filter(|&previous| self.copies.is_copied(digest, &self.entries[previous].digest, words));
        let figures = self.copies.same_figures(entry).filter(|&other| {
            let fits = |entry| std::cmp::Reverse(self.breaks_with_last_year(entry));
            self.is_the_copy(entry, other, fits)
        });
        let text = self.copies.same_text(entry).filter(|&other| {
            // One of the two may be the whole of which the other has a part.
            self.copies.same_text(other) != Some(entry)
                || self.is_the_copy(entry, other, |entry| self.keeps_its_text(entry))
        });
        let figures = same_figures.into_iter().chain(figures);
        let text = same_text.into_iter().chain(text);
        judgement.accusations.extend(figures.map(|other| Accusation::SameFigures { other }));
        judgement.accusations.extend(text.map(|other| Accusation::SameText { other }));
    }

    /// Which of two reports that are alike is told of: the one that fits its own agency's other reports less, else that of the agency
    /// whose name comes later, wherever the files lie.
    fn is_the_copy<T: Ord>(&self, entry: Entry, other: Entry, fits: impl Fn(Entry) -> T) -> bool {
        match fits(entry).cmp(&fits(other)) {
            Ordering::Less => true,
            Ordering::Equal => (self.identity(entry), entry) > (self.identity(other), other),
            Ordering::Greater => false,
        }
    }

    /// How many sums with last year's report of its agency a report breaks.
    fn breaks_with_last_year(&self, entry: Entry) -> usize {
        let Before::One(previous) = self.before(entry) else { return 0 };
        let others = Others { previous: Some(self.numbers(previous, entry)), children: Vec::new() };
        let pack = self.pack(entry);
        let facts = self.entries[entry].digest.facts(pack);
        let numbers = crate::evaluate::numbers(pack, &facts);
        let figures = Figures { pack, facts: &facts, numbers: &numbers, others: Some(&others) };
        pack.cross_sums.iter().filter(|sum| matches!(figures.evaluate(sum), Verdict::Broken(..))).count()
    }

    /// How much of its text a report has in common with last year's of its agency.
    fn keeps_its_text(&self, entry: Entry) -> usize {
        let Before::One(previous) = self.before(entry) else { return 0 };
        self.copies.shared(&self.entries[entry].digest, &self.entries[previous].digest)
    }

    fn judge_sums(&self, entry: Entry, pack: &Pack, judgement: &mut Judgement) {
        let before = self.before(entry);
        let children = self.children(entry);
        match &before {
            Before::One(previous) => {
                judgement.previous = Some(*previous);
                judgement.others.previous = Some(self.numbers(*previous, entry));
            }
            Before::Gap { last, years } => {
                let key = self.key(entry);
                let is_told = |year: &&u16| self.is_told_by_list(key.agency, (key.family, **year));
                let years: Vec<u16> = years.iter().filter(|year| !is_told(year)).copied().collect();
                if !years.is_empty() {
                    judgement.accusations.push(Accusation::Gap { last: *last, years });
                }
                judgement.not_evaluated.push(Message::new("archive.not-evaluated.no-previous"));
            }
            Before::Several => judgement.not_evaluated.push(Message::new("archive.not-evaluated.two-previous")),
            Before::Nothing => {}
        }
        match &children {
            Children::All(entries) => {
                judgement.children.clone_from(entries);
                judgement.others.children = entries.iter().map(|&child| self.numbers(child, entry)).collect();
            }
            Children::Lacking { missing, differing } => {
                judgement.not_evaluated.extend(lacking("archive.not-evaluated.children", missing));
                judgement.not_evaluated.extend(lacking("archive.not-evaluated.differing-children", differing));
            }
            Children::None => {}
        }
        let mut put = to_be_put(pack, &before, &children).peekable();
        if put.peek().is_none() {
            return;
        }
        let facts = self.entries[entry].digest.facts(pack);
        let numbers = crate::evaluate::numbers(pack, &facts);
        let figures = Figures { pack, facts: &facts, numbers: &numbers, others: Some(&judgement.others) };
        // Next to no report breaks any, so that next to nothing need be corrected.
        let corrected = LazyCell::new(|| {
            let mut own = numbers.clone();
            correct(&self.entries[entry].digest, &mut own);
            let of = |other: Entry| self.corrected(other, entry);
            (
                own,
                Others {
                    previous: judgement.previous.map(of),
                    children: judgement.children.iter().copied().map(of).collect(),
                },
            )
        });
        let holds_as_corrected = |sum: &Sum| {
            let (numbers, others) = &*corrected;
            Figures { numbers, others: Some(others), ..figures }.evaluate(sum) == Verdict::Holds
        };
        let mut broken = Vec::new();
        for index in put {
            let sum = &pack.cross_sums[index];
            match figures.evaluate(sum) {
                Verdict::DoesNotApply => {}
                Verdict::Holds => judgement.tally.held += 1,
                Verdict::NotEvaluated | Verdict::Due(_) => judgement.tally.not_evaluated += 1,
                // It fails because of a figure that its own report has been told of.
                Verdict::Broken(..) if holds_as_corrected(sum) => judgement.tally.not_evaluated += 1,
                Verdict::Broken(..) if sum.is_advice() => {
                    judgement.tally.held += 1;
                    broken.push(index);
                }
                Verdict::Broken(..) => {
                    judgement.tally.broken += 1;
                    broken.push(index);
                }
            }
        }
        let accusations = rollup::grouped(self, entry, judgement, figures, &broken);
        judgement.accusations.extend(accusations);
    }
}

/// The sums across reports that a report is held to: those with last year's where there is an earlier one, those with the
/// agencies below where there are such.
fn to_be_put(pack: &Pack, before: &Before, children: &Children) -> impl Iterator<Item = usize> {
    let has_previous = *before != Before::Nothing;
    let has_children = *children != Children::None;
    let is_put = move |takes_in: TakesIn| (has_previous || !takes_in.previous) && (has_children || !takes_in.children);
    let sums = pack.cross_sums.iter().enumerate();
    sums.filter_map(move |(index, sum)| is_put(sum.takes_in).then_some(index))
}

/// That agencies below have no report that could be taken in.
fn lacking(key: &'static str, names: &[String]) -> Option<Message> {
    /// So many of them are named.
    const NAMED: usize = 5;
    let first = names.iter().take(NAMED).map(|name| name.as_str().into()).collect();
    (!names.is_empty()).then(|| Message::new(key).with("count", names.len()).with("names", Argument::List(first)))
}
