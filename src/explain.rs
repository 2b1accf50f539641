//! From the causes of broken sums to findings: one cause, one finding, at the figure that is wrong.
//!
//! The sums that fail because of it are its labels and no findings of their own.

mod words;

use crate::check::Outcomes;
use crate::evaluate::BrokenSum;
use crate::facts::Facts;
use crate::finding::{Finding, Label, Subject, Suspect};
use crate::localize::{Cause, Explanation, Fix};
use crate::message::Message;
use crate::pack::{Fault, Levels, Pack};

/// A finding for each cause of broken sums.
pub fn explain(pack: &Pack, facts: &Facts<'_>, outcomes: &Outcomes<'_>) -> Vec<Finding> {
    let explainer = Explainer { pack, facts, levels: outcomes.levels, broken: &outcomes.sums.broken };
    let explained = |sum: usize| outcomes.causes.iter().any(|cause| cause.sums.contains(&sum));
    // Sums with numbers too large for the search have no cause.
    let left = outcomes.sums.broken.iter().filter(|broken| !explained(broken.sum));
    let unexplained = left.map(|broken| explainer.unexplained(&[broken.sum]));
    let findings = outcomes.causes.iter().map(|cause| explainer.finding(cause)).chain(unexplained);
    findings.filter(|finding| !outcomes.levels.is_off(&finding.rule)).collect()
}

struct Explainer<'a, 'd> {
    pack: &'a Pack,
    facts: &'a Facts<'d>,
    levels: &'a Levels,
    broken: &'a [BrokenSum],
}

impl Explainer<'_, '_> {
    fn finding(&self, cause: &Cause) -> Finding {
        let Some(best) = cause.explanations.first() else {
            let mut finding = self.unexplained(&cause.sums);
            finding.notes.push(Message::new("note.not-found"));
            return finding;
        };
        let is_lone = matches!(cause.sums.as_slice(), [_]) && best.fixes().count() == 1;
        let mut finding = match cause.is_singled_out || !is_lone {
            true => self.wrong_figure(cause, best),
            false => self.any_of(cause),
        };
        finding.suspects = cause.explanations.iter().map(|explanation| self.suspects(explanation)).collect();
        finding.unique = Some(cause.is_unique);
        finding
    }

    /// Figures at fault.
    fn wrong_figure(&self, cause: &Cause, best: &Explanation) -> Finding {
        let fixes: Vec<&Fix> = best.fixes().collect();
        let message = words::wrong_figures(self.pack, self.facts, best, cause.is_unique);
        let mut finding = self.at_figure(Fault::WrongFigure, cause, fixes[0], message);
        for event in &best.events {
            for fix in &event.fixes {
                finding.labels.extend(self.label(fix.figure, words::expected(fix, event.reason)));
            }
        }
        finding.labels.extend(self.sum_labels(&cause.sums, &fixes));
        let others = &cause.explanations[1..];
        self.label_others(&mut finding, &others[..others.len().min(words::ALTERNATIVES)]);
        self.cite(&mut finding, &cause.explanations);
        if cause.is_unique {
            let key = if fixes.len() == 1 { "note.unique" } else { "note.unique.several" };
            finding.notes.push(Message::new(key));
        }
        finding.notes.extend(words::alternatives(self.pack, self.facts, best, &cause.explanations));
        finding
    }

    /// One sum fails, and nothing shows which of its figures is wrong: all candidates, the likelier first.
    fn any_of(&self, cause: &Cause) -> Finding {
        // Forms with many blank cells: any of them may be the one, and that is said once.
        let is_blank = |other: &&Explanation| other.fixes().all(|fix| self.facts.figures[fix.figure].is_empty());
        let blank = cause.explanations.iter().filter(is_blank).count();
        let is_listed = |other: &&Explanation| blank <= words::BLANKS || !is_blank(other);
        let listed: Vec<Explanation> = cause.explanations.iter().filter(is_listed).cloned().collect();
        let mut finding = self.unexplained(&cause.sums);
        // Its total has a label, and needs no second one: that says what it should be, too.
        finding.labels.truncate(1);
        if let Some(total) = finding.labels.first_mut() {
            self.add_candidate(total, &listed);
        }
        self.label_others(&mut finding, &listed);
        finding.notes.push(words::candidates(self.pack, &listed));
        if listed.len() < cause.explanations.len() {
            finding.notes.push(Message::new("note.blanks"));
        }
        self.cite(&mut finding, &listed);
        finding
    }

    /// Adds to a label what should be at its place if only that is wrong.
    fn add_candidate(&self, label: &mut Label, explanations: &[Explanation]) {
        let events = explanations.iter().flat_map(|explanation| &explanation.events);
        let fixes = events.flat_map(|event| event.fixes.iter().map(move |fix| (fix, event.reason)));
        let is_there = |fix: &Fix| self.facts.figures[fix.figure].location.as_ref() == Some(&label.location);
        if let Some((fix, reason)) = fixes.into_iter().find(|(fix, _)| is_there(fix)) {
            label.message = words::total_or_expected(label.message.clone(), fix, reason);
        }
    }

    /// Marks the figures of other explanations that have no label yet.
    fn label_others(&self, finding: &mut Finding, explanations: &[Explanation]) {
        for fix in explanations.iter().filter(|other| !other.totals_left).flat_map(Explanation::fixes) {
            add_label(finding, self.label(fix.figure, words::or_expected(fix)));
        }
    }

    /// Broken sums without figures at fault.
    fn unexplained(&self, sums: &[usize]) -> Finding {
        let broken: Vec<&BrokenSum> = sums.iter().map(|&sum| self.broken(sum)).collect();
        // The left side of a sum is what it is about: its total.
        let primary = self.total(sums[0]);
        let (message, place) = match broken.as_slice() {
            [only] => (words::broken_sum(self.pack, only), self.pack.sums()[only.sum].place.clone()),
            _ => (words::broken_sums(self.pack, sums), self.table_name(primary)),
        };
        let location = primary.and_then(|figure| self.facts.figures[figure].location.clone());
        let rule = self.pack.core.rule(Fault::BrokenSum);
        let mut finding = Finding::new(rule, Subject::Report, location, message).at(place);
        self.weigh(&mut finding, sums);
        finding.labels = self.sum_labels(sums, &[]);
        if let [only] = sums {
            let others = self.figures(*only).filter(|&figure| Some(figure) != primary);
            finding
                .labels
                .extend(others.filter_map(|figure| self.label(figure, words::addend(self.pack, figure, primary))));
        }
        finding
    }

    fn at_figure(&self, fault: Fault, cause: &Cause, fix: &Fix, message: Message) -> Finding {
        let of_form = &self.pack.figures[fix.figure];
        let fact = &self.facts.figures[fix.figure];
        let subject = Subject::Cell(of_form.id.clone());
        let rule = self.pack.core.rule(fault);
        let mut finding = Finding::new(rule, subject, fact.location.clone(), message).at(&of_form.place);
        self.weigh(&mut finding, &cause.sums);
        finding.found = Some(fact.found.to_string());
        finding.expected = (!fix.is_bound).then(|| fix.expected.to_string());
        finding
    }

    /// What fails because of it, and how grave that is: as grave as the gravest sum, and no graver than the core's own
    /// rule. A form whose sums are only likely accuses nobody, and who weighs wrong figures as warnings gets no errors.
    fn weigh(&self, finding: &mut Finding, sums: &[usize]) {
        finding.broken = sums.iter().map(|&sum| self.pack.sums()[sum].id.clone()).collect();
        let own = self.levels.severity(&finding.rule, finding.severity).unwrap_or(finding.severity);
        let gravest = sums.iter().filter_map(|&sum| self.levels.of_sum(&self.pack.sums()[sum])).max();
        finding.severity = gravest.map_or(own, |gravest| gravest.min(own));
    }

    /// Adds where the text says what an explanation expects.
    fn cite(&self, finding: &mut Finding, explanations: &[Explanation]) {
        for fix in explanations.iter().flat_map(Explanation::fixes) {
            let label = fix.said_at.clone().map(|location| Label::new(location, words::said(self.pack, fix)));
            add_label(finding, label);
        }
    }

    /// For each broken sum its total, with what it should come to; not where that is among `known`, which have labels.
    fn sum_labels(&self, sums: &[usize], known: &[&Fix]) -> Vec<Label> {
        let labels = sums.iter().filter_map(|&sum| {
            let total = self.total(sum)?;
            if known.iter().any(|fix| fix.figure == total) {
                return None;
            }
            self.label(total, words::sum(self.pack, self.broken(sum)))
        });
        labels.collect()
    }

    fn label(&self, figure: usize, message: Message) -> Option<Label> {
        Some(Label::new(self.facts.figures[figure].location.clone()?, message))
    }

    fn suspects(&self, explanation: &Explanation) -> Vec<Suspect> {
        let events = explanation.events.iter();
        let suspect = |fix: &Fix, reason| Suspect {
            cell: self.pack.figures[fix.figure].id.clone(),
            found: self.facts.figures[fix.figure].found.to_string(),
            expected: (!fix.is_bound).then(|| fix.expected.to_string()),
            reason,
            location: self.facts.figures[fix.figure].location.clone(),
        };
        events.flat_map(|event| event.fixes.iter().map(move |fix| suspect(fix, event.reason.name()))).collect()
    }

    fn broken(&self, sum: usize) -> &BrokenSum {
        self.broken.iter().find(|broken| broken.sum == sum).expect("causes are of broken sums")
    }

    fn figures(&self, sum: usize) -> impl Iterator<Item = usize> {
        self.pack.sums()[sum].addends().flat_map(|addend| self.facts.figures_of(addend))
    }

    fn total(&self, sum: usize) -> Option<usize> {
        self.figures(sum).next()
    }

    fn table_name(&self, figure: Option<usize>) -> String {
        let table = figure.map(|figure| self.pack.figures[figure].table);
        table.map(|table| self.pack.tables[table].name.clone()).unwrap_or_default()
    }
}

/// Adds a label, unless its place has one.
fn add_label(finding: &mut Finding, label: Option<Label>) {
    let is_new = |label: &Label| finding.labels.iter().all(|other| other.location != label.location);
    finding.labels.extend(label.filter(is_new));
}
