//! What the text of a report says of the year before against that year's report. Silent where any figure that may be meant
//! is not known.

use rust_decimal::Decimal;

use super::judgement::{Accusation, Judgement};
use super::member::Entry;
use super::reports::Collection;
use crate::check::{is_rounded, percent, words_of};
use crate::evaluate::{Numbers, in_report};
use crate::message::Message;
use crate::pack::{Fault, Levels, Operand, Pack, Reading};
use crate::prose::{Change, LastYear, readings_of};

/// The figures of a report and of that of the year before, both in the form of the first.
pub(super) struct TwoYears {
    pub own: Numbers,
    pub previous: Numbers,
}

/// What a reading comes to in the year before, and what it is compared with in the year itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Base {
    pub last_year: Decimal,
    /// None where the number is that of the year before itself.
    pub current: Option<Decimal>,
}

impl Collection {
    pub(super) fn judge_last_year(&self, entry: Entry, levels: &Levels, judgement: &mut Judgement) {
        let Some(previous) = judgement.previous else { return };
        let said = self.entries[entry].digest.of_last_year().enumerate();
        let said: Vec<(usize, LastYear)> = said.filter_map(|(stated, said)| Some((stated, said?))).collect();
        // Last year's report again has last year's text.
        let is_again =
            |accusation: &Accusation| matches!(accusation, Accusation::SameFigures { other, .. } if *other == previous);
        if said.is_empty() || levels.ignores(Fault::LastYearInTextDiffers) || judgement.accusations.iter().any(is_again)
        {
            return;
        }
        // Who has written the text may have known what a wrong figure should be.
        let years = [self.numbers(previous, entry), self.corrected(previous, entry)].into_iter().flat_map(|previous| {
            let own = [self.numbers(entry, entry), self.corrected(entry, entry)];
            own.map(|own| TwoYears { own, previous: previous.clone() })
        });
        let years: Vec<TwoYears> = years.collect();
        let pack = self.pack(entry);
        let differs = |said: &LastYear| years.iter().all(|years| years.differ_from(said, pack));
        let differing: Vec<(usize, LastYear)> = said.into_iter().filter(|(_, said)| differs(said)).collect();
        // A change that is right for a wrong number of the year before is wrong for that number's sake.
        let is_cause = |(_, said): &&(usize, LastYear)| !differing.iter().any(|(_, base)| follows_from(said, base));
        let causes = differing.iter().filter(is_cause);
        judgement.accusations.extend(causes.map(|&(stated, _)| Accusation::LastYear { previous, stated }));
    }
}

/// Whether what is said of a change is worked out from this number of the year before.
fn follows_from(said: &LastYear, base: &LastYear) -> bool {
    let (Change::None, Some(current)) = (base.change, said.current) else { return false };
    let base = Base { last_year: base.value, current: Some(current) };
    said.change != Change::None && base.fits(said) == Some(true)
}

impl TwoYears {
    /// Whether all that may be meant is known, and nothing of it is what is said.
    fn differ_from(&self, said: &LastYear, pack: &Pack) -> bool {
        let readings = readings_of(pack, &said.names);
        !readings.is_empty() && readings.iter().all(|reading| self.fits(reading, said) == Some(false))
    }

    fn fits(&self, reading: &Reading, said: &LastYear) -> Option<bool> {
        self.base(reading, said)?.fits(said)
    }

    /// None where a figure is not known.
    pub fn base(&self, reading: &Reading, said: &LastYear) -> Option<Base> {
        let last_year = value(&self.previous, reading)?;
        let current = match (said.change, said.current) {
            (Change::None, _) => None,
            (_, Some(current)) => Some(current),
            (_, None) => Some(value(&self.own, reading)?),
        };
        Some(Base { last_year, current })
    }
}

impl Base {
    /// None where it cannot be worked out.
    fn fits(&self, said: &LastYear) -> Option<bool> {
        match said.change {
            Change::None => Some(self.last_year == said.value),
            Change::Difference => Some(self.change()? == said.value),
            Change::Percent => Some(is_rounded(said.value, percent(self.change()?, self.last_year)?)),
        }
    }

    pub fn change(&self) -> Option<Decimal> {
        self.current?.checked_sub(self.last_year)
    }

    /// What the text should say; none where that is no plain number.
    pub fn expected(&self, change: Change) -> Option<String> {
        let number = match change {
            Change::None => self.last_year,
            Change::Difference => self.change()?.abs(),
            Change::Percent => return None,
        };
        Some(number.normalize().to_string())
    }

    /// 表三 · 一、本年新收政府信息公开申请数量 · 总计 为 713；由 713 到 742 为 4.1%
    pub fn message(&self, reading: &Reading, said: &LastYear) -> Option<Message> {
        let text = |number: Decimal| number.normalize().to_string();
        let words = Message::new("prose-table.reading")
            .with("words", words_of(reading, None))
            .with("value", text(self.last_year));
        let Some(current) = self.current else { return Some(words) };
        let (key, value) = match said.change {
            Change::Percent => {
                let exact = percent(self.change()?, self.last_year)?;
                ("prose-growth.percent", exact.round_dp(said.value.scale().max(1)))
            }
            Change::None | Change::Difference => ("prose-growth.difference", self.change()?.abs()),
        };
        let change = Message::new(key).with("base", text(self.last_year)).with("current", text(current));
        Some(
            Message::new("last-year-in-text.change")
                .with("words", words)
                .with("change", change.with("value", text(value))),
        )
    }
}

/// What a reading comes to in a report.
fn value(numbers: &Numbers, reading: &Reading) -> Option<Decimal> {
    reading.terms.iter().try_fold(Decimal::ZERO, |sum, term| {
        let Operand::Figures { addends, .. } = &term.operand else { return None };
        let of_term = |sum: Decimal, addend| sum.checked_add(in_report(numbers, addend)?);
        sum.checked_add(addends.iter().try_fold(Decimal::ZERO, of_term)?.checked_mul(term.factor)?)
    })
}

/// The figures that a reading takes in.
pub(super) fn figures_of(reading: &Reading) -> impl Iterator<Item = usize> + '_ {
    let addends = reading.terms.iter().filter_map(|term| match &term.operand {
        Operand::Figures { addends, .. } => Some(addends),
        Operand::Said(_) | Operand::Unknown => None,
    });
    addends.flatten().map(|addend| addend.figure)
}
