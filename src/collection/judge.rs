//! Compares one report with the others.

use std::cell::LazyCell;
use std::cmp::Ordering;

use super::children::Children;
use super::judgement::{Accusation, Judgement, breaks_of};
use super::member::{Entry, Found};
use super::reports::{Collection, correct};
use super::rollup;
use super::series::Before;
use crate::check::Outcome;
use crate::evaluate::{Figures, Others, Verdict};
use crate::message::{Argument, Message};
use crate::pack::{Fault, Levels, Pack, Severity, Sum, TakesIn};

impl Collection {
    /// Compares a report with the others; `levels` say how much the rules weigh for it.
    pub fn judge(&self, entry: Entry, levels: &Levels) -> Judgement {
        let mut judgement = Judgement::default();
        let key = self.key(entry);
        if self.ground.agencies().is_some_and(|agencies| key.agency as usize >= agencies.agencies.len()) {
            judgement.accusations.push(Accusation::NotOnList);
        }
        // Statements that programs export in a file each are parts of one report.
        let is_part = |other: &Entry| {
            let [own, other] = [entry, *other].map(|entry| &self.entries[entry].digest);
            own.is_beside(other, self.pack(entry))
        };
        let first = self.all_of(key).find(|other| !is_part(other)).unwrap_or(entry);
        if first != entry {
            judgement.accusations.push(Accusation::Duplicate { other: first });
            // The first of them counts for all, if they do not differ.
            return judgement;
        }
        self.judge_copies(entry, levels, &mut judgement);
        if self.report_of(key) == Found::Several {
            let (before, children) = (self.before(entry), self.children(entry));
            let count = sums(self.pack(entry), levels, &before, &children).count();
            if count > 0 {
                judgement.not_evaluated.push(Message::new("archive.not-evaluated.differing"));
            }
            judgement.tally.not_evaluated += count;
            return judgement;
        }
        self.judge_sums(entry, levels, &mut judgement);
        self.judge_last_year(entry, levels, &mut judgement);
        judgement
    }

    fn judge_copies(&self, entry: Entry, levels: &Levels, judgement: &mut Judgement) {
        let digest = &self.entries[entry].digest;
        let settings = &self.ground.core.collection;
        let last_year = if let Before::One(previous) = self.before(entry) { Some(previous) } else { None };
        let same_figures = last_year.filter(|&previous| {
            let other = &self.entries[previous].digest;
            digest.has_figures_of(other) && digest.digits(self.pack(entry)) >= settings.identical_digits
        });
        // The same report again is one finding, and its text is no other.
        let is_again = same_figures.is_some() && !levels.ignores(Fault::SameFiguresAsLastYear);
        let is_copied =
            |previous: &Entry| self.all.common.is_copied(&digest.text, &self.entries[*previous].digest.text, settings);
        let same_text = last_year.filter(|previous| !is_again && is_copied(previous));
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
        judgement.accusations.extend(figures.map(|other| Accusation::SameFigures { other, breaks: Vec::new() }));
        judgement.accusations.extend(text.map(|other| Accusation::SameText { other }));
    }

    /// Whether a report is the copy of two that are alike: the one that fits its own agency's other reports less, else that of the agency
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
        // Which of two reports is the copy does not depend on what somebody wants to hear of.
        let levels = &Levels::default();
        let figures = Figures { pack, facts: &facts, levels, numbers: &numbers, others: Some(&others) };
        pack.sums_across().iter().filter(|sum| matches!(figures.evaluate(sum), Verdict::Broken(..))).count()
    }

    /// How much of its text a report has in common with last year's of its agency.
    fn keeps_its_text(&self, entry: Entry) -> usize {
        let Before::One(previous) = self.before(entry) else { return 0 };
        self.all.common.shared(&self.entries[entry].digest.text, &self.entries[previous].digest.text)
    }

    fn judge_sums(&self, entry: Entry, levels: &Levels, judgement: &mut Judgement) {
        let pack = self.pack(entry);
        let before = self.before(entry);
        let children = self.children(entry);
        match &before {
            Before::One(previous) => {
                judgement.previous = Some(*previous);
                judgement.others.previous = Some(self.numbers(*previous, entry));
            }
            Before::Gap { last, years } => {
                let key = self.key(entry);
                // What the list says is missing is said there, and what cannot be read at its file.
                let is_known = |year: u16| {
                    self.is_on_list_of(key.agency, (key.family, year)) || self.unread.contains(&(key.agency, year))
                };
                let years: Vec<u16> = years.iter().copied().filter(|&year| !is_known(year)).collect();
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
        let mut sums = sums(pack, levels, &before, &children).peekable();
        if sums.peek().is_none() {
            return;
        }
        let facts = self.entries[entry].digest.facts(pack);
        let numbers = crate::evaluate::numbers(pack, &facts);
        let figures = Figures { pack, facts: &facts, levels, numbers: &numbers, others: Some(&judgement.others) };
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
        for (index, severity) in sums {
            let sum = &pack.sums_across()[index];
            judgement.tally.count(match figures.evaluate(sum) {
                Verdict::DoesNotApply => continue,
                Verdict::Holds => Outcome::Holds,
                Verdict::NotEvaluated | Verdict::Lacks(_) => Outcome::NotEvaluated,
                // It fails because of a figure that its own report has a finding about.
                Verdict::Broken(..) if holds_as_corrected(sum) => Outcome::NotEvaluated,
                Verdict::Broken(..) => {
                    broken.push(index);
                    Outcome::of_broken(severity)
                }
            });
        }
        if !levels.ignores(Fault::SameFiguresAsLastYear)
            && let Some(breaks) = breaks_of(&mut judgement.accusations, judgement.previous)
        {
            let (with_last_year, others) =
                broken.into_iter().partition(|&sum| pack.sums_across()[sum].takes_in.previous);
            (*breaks, broken) = (with_last_year, others);
        }
        let accusations = rollup::grouped(self, entry, judgement, figures, &broken);
        judgement.accusations.extend(accusations);
    }
}

/// The sums across reports that apply to a report, by index, with their severity: those with last year's where there is an earlier
/// one, those with the agencies below where there are such.
fn sums<'p>(
    pack: &'p Pack,
    levels: &'p Levels,
    before: &Before,
    children: &Children,
) -> impl Iterator<Item = (usize, Severity)> + 'p {
    let has_previous = *before != Before::Nothing;
    let has_children = *children != Children::None;
    pack.sums_across().iter().enumerate().filter_map(move |(index, sum)| {
        let TakesIn { previous, children } = sum.takes_in;
        let applies = (has_previous || !previous) && (has_children || !children);
        Some((index, levels.of_sum(sum).filter(|_| applies)?))
    })
}

/// That agencies below have no report that could be taken in.
fn lacking(key: &'static str, names: &[String]) -> Option<Message> {
    /// So many of them are named.
    const NAMED: usize = 5;
    let first = names.iter().take(NAMED).map(|name| name.as_str().into()).collect();
    (!names.is_empty()).then(|| Message::new(key).with("count", names.len()).with("names", Argument::List(first)))
}
