//! What a number in the text may mean, and what that comes to.

use regex::Captures;
use rust_decimal::{Decimal, RoundingStrategy};

use super::number::number;
use crate::evaluate::Figures;
use crate::finding::Label;
use crate::localize::Cause;
use crate::message::{Argument, Message};
use crate::pack::{Addend, Comparison, Operand, Reading, Sum};

/// A finding shows so many figures of its readings.
const LABELS: usize = 6;

/// The figures of a report, with what the sums say against them.
pub(super) struct Readings<'a, 'd> {
    figures: Figures<'a, 'd>,
    /// Figures that may be wrong: the text is not measured by them.
    doubtful: Vec<usize>,
}

/// A reading, and what it comes to.
pub(super) struct Valued<'p> {
    pub reading: &'p Reading,
    /// None where a figure could not be read.
    pub value: Option<Decimal>,
    /// What it comes to without the figures that could not be read, none of which is below 0.
    least: Option<Decimal>,
    /// None of its figures may be wrong.
    pub is_sure: bool,
}

impl<'a, 'd> Readings<'a, 'd> {
    pub fn new(figures: Figures<'a, 'd>, causes: &[Cause]) -> Self {
        let mut doubtful = Vec::new();
        for cause in causes {
            doubtful
                .extend(cause.explanations.iter().flat_map(|explanation| explanation.fixes()).map(|fix| fix.figure));
            if cause.explanations.is_empty() {
                let sums = cause.sums.iter().map(|&sum| &figures.pack.sums()[sum]);
                let addends = sums.flat_map(|sum| sum.addends());
                doubtful.extend(addends.flat_map(|addend| figures.facts.figures_of(addend)));
            }
        }
        Self { figures, doubtful }
    }

    /// The readings that can be meant at all: those whose numbers the sentence names.
    pub fn valued<'p>(&self, readings: &'p [Reading], said: Option<&Captures<'_>>) -> Vec<Valued<'p>> {
        readings.iter().filter_map(|reading| self.value(reading, said)).collect()
    }

    fn value<'p>(&self, reading: &'p Reading, said: Option<&Captures<'_>>) -> Option<Valued<'p>> {
        let (mut value, mut least) = (Some(Decimal::ZERO), Some(Decimal::ZERO));
        for term in &reading.terms {
            let (part, known) = match &term.operand {
                Operand::Said(group) => {
                    let said = number(said?.name(group)?.as_str())?;
                    (Some(said), said)
                }
                Operand::Figures { addends, .. } => self.sum(addends),
                Operand::Unknown => (None, Decimal::ZERO),
            };
            let times = |part: Decimal| part.checked_mul(term.factor);
            let has_bound = part.is_some() || term.factor.is_sign_positive();
            value = value.zip(part.and_then(times)).and_then(|(value, times)| value.checked_add(times));
            least = least.zip(times(known).filter(|_| has_bound)).and_then(|(least, times)| least.checked_add(times));
        }
        let is_sure = !self.figures_of(reading).any(|figure| self.doubtful.contains(&figure));
        Some(Valued { reading, value, least, is_sure })
    }

    /// What figures come to, if all of them could be read, and what those come to that could.
    fn sum(&self, addends: &[Addend]) -> (Option<Decimal>, Decimal) {
        let figures = || addends.iter().flat_map(|addend| self.figures.facts.figures_of(addend));
        let known = figures().filter_map(|figure| self.number(figure).or_else(|| self.parts(figure))).sum();
        (figures().map(|figure| self.number(figure)).sum(), known)
    }

    /// A figure in the unit of the form, which is the one that claims have their numbers in.
    fn number(&self, figure: usize) -> Option<Decimal> {
        let number = self.figures.numbers[figure]?;
        self.figures.factor(figure).map_or(Some(number), |factor| number.checked_mul(factor))
    }

    /// What the parts of a total come to that could be read, where the total could not: it is no less.
    fn parts(&self, figure: usize) -> Option<Decimal> {
        let is_of_it = |sum: &&Sum| {
            let is_total = sum.total().is_some_and(|total| total.figure == figure && total.factor.is_none());
            let is_plain = sum.right.addends.iter().all(|addend| addend.factor.is_none());
            is_total && is_plain && sum.comparison == Comparison::Equal && self.figures.levels.requires(sum)
        };
        let comes_to = |sum: &Sum| {
            let figures = sum.right.addends.iter().flat_map(|addend| self.figures.facts.figures_of(addend));
            figures.filter_map(|figure| self.figures.numbers[figure]).sum::<Decimal>()
        };
        self.figures.pack.sums().iter().filter(is_of_it).map(comes_to).max()
    }

    fn figures_of<'p>(&self, reading: &'p Reading) -> impl Iterator<Item = usize> + use<'a, 'd, 'p> {
        let facts = self.figures.facts;
        let addends = reading.terms.iter().filter_map(|term| match &term.operand {
            Operand::Figures { addends, .. } => Some(addends),
            Operand::Said(_) | Operand::Unknown => None,
        });
        addends.flatten().flat_map(move |addend| facts.figures_of(addend))
    }

    /// The figures of some readings, each with what it says in the table; those that are 0 say nothing.
    pub fn labels(&self, readings: &[Valued<'_>]) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        for figure in readings.iter().flat_map(|valued| self.figures_of(valued.reading)) {
            let (Some(location), Some(number)) =
                (&self.figures.facts.figures[figure].location, self.figures.numbers[figure])
            else {
                continue;
            };
            let is_new = labels.iter().all(|label| label.location != *location);
            if labels.len() < LABELS && is_new && !number.is_zero() {
                let message = Message::new("label.in-table").with("number", number.to_string());
                labels.push(Label::new(location.clone(), message));
            }
        }
        labels
    }
}

impl Valued<'_> {
    /// Whether the number is certainly not what the reading comes to.
    pub fn rules_out(&self, stated: Decimal) -> bool {
        let is_other = match self.value {
            // Amounts are rounded in sentences.
            Some(value) => {
                value.round_dp_with_strategy(stated.scale(), RoundingStrategy::MidpointAwayFromZero) != stated
            }
            None => self.least.is_some_and(|least| least > stated),
        };
        is_other && self.is_sure
    }

    /// 表三 · 一、本年新收政府信息公开申请数量 · 总计 为 713
    pub fn message(&self, said: Option<&Captures<'_>>) -> Message {
        let (key, value) = match self.value {
            Some(value) => ("prose-table.reading", value),
            None => ("prose-table.at-least", self.least.unwrap_or_default()),
        };
        let arguments = vec![("words", self.words(said)), ("value", value.normalize().to_string().into())];
        Message { key, arguments }
    }

    pub fn words(&self, said: Option<&Captures<'_>>) -> Argument {
        words_of(self.reading, said)
    }
}

/// The terms, one behind the other; a table is named once.
pub fn words_of(reading: &Reading, said: Option<&Captures<'_>>) -> Argument {
    let mut whole: Option<Argument> = None;
    let mut table_before = "";
    for term in &reading.terms {
        let mut words: Argument = match &term.operand {
            Operand::Said(group) => {
                let number = said.and_then(|said| said.name(group)).map_or("", |number| number.as_str());
                Message::new("prose-table.said").with("number", number).into()
            }
            Operand::Unknown => Message::new("prose-table.elsewhere").into(),
            Operand::Figures { table, words, .. } if *table == table_before => words.as_str().into(),
            Operand::Figures { table, words, .. } => {
                table_before = table;
                format!("{table} · {words}").into()
            }
        };
        let factor = term.factor.abs();
        if factor != Decimal::ONE {
            let product = Message::new("prose-table.times").with("factor", factor.to_string());
            words = product.with("words", words).into();
        }
        let key = if term.factor.is_sign_negative() { "prose-table.minus" } else { "prose-table.plus" };
        whole = Some(match whole {
            None => words,
            Some(left) => Message { key, arguments: vec![("left", left), ("right", words)] }.into(),
        });
    }
    whole.unwrap_or(Argument::Text(String::new()))
}
