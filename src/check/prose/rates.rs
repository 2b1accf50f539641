//! Percentages, growth and differences against the numbers that they are of. May rely on records; sees no words.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::figures::Said;
use super::judged::{Judged, With};
use super::readings::Valued;
use super::shares::{is_share, percent};
use super::sums::List;
use crate::finding::Label;
use crate::message::{Argument, Message};
use crate::pack::{Check, Judges, NameKind, Rule};
use crate::prose::{Period, Record, Says};

/// So many characters of what a rate is called say what was done.
const RATE: usize = 2;
/// More pairs than a sentence compares.
const MOST: usize = 6;

impl Said<'_, '_> {
    pub fn judge_rates(&self, lists: &[List]) -> Vec<Judged> {
        let is_rate = |check: &Check| matches!(check, Check::ProseSum(sum) if sum.judges == Judges::Rates);
        let rule = self.pack.rules().iter().find(|rule| is_rate(&rule.check) && !self.levels.is_off(rule));
        let judge = |(index, record): (usize, &Record)| match record.says {
            Says::Share => self.share(index, lists, rule),
            Says::Rate => self.rate(index, rule),
            Says::Growth { is_more } | Says::Difference { is_more } => self.growth(index, is_more, rule?),
            _ => None,
        };
        self.records().iter().enumerate().filter_map(judge).collect()
    }

    /// A share against the number before it and what that is a part of: the total of its list, or a figure.
    fn share(&self, index: usize, lists: &[List], own_rule: Option<&Arc<Rule>>) -> Option<Judged> {
        let record = &self.records()[index];
        let before = self.shared(index)?;
        let part = Some(&self.records()[before]).filter(|part| part.says == Says::Count && !part.is_about)?;
        let printed = record.value;
        let earlier = self.records()[..before].iter().filter(|whole| whole.says == Says::Count);
        let named = |part: Decimal| earlier.clone().any(|whole| is_share(printed, part, whole.value));
        let is_sure = part.is_certain(self.pack);
        let readings = if is_sure { part.readings(self.pack) } else { Vec::new() };
        let parts = self.readings.valued(&readings, None);
        let mut values = vec![part.value];
        values.extend(parts.iter().filter_map(|reading| reading.value));
        values.dedup();
        let mut wholes = if is_sure { part.wholes(self.pack) } else { Vec::new() };
        if is_sure && !record.names.is_empty() {
            // 「占已答复件数的63.9%」
            wholes.extend(record.readings(self.pack));
        }
        let wholes = self.readings.valued(&wholes, None);
        let of_figures =
            |part: Decimal| wholes.iter().filter_map(|whole| whole.value).any(|whole| is_share(printed, part, whole));
        if values.iter().any(|&part| named(part) || of_figures(part)) {
            return Some(Judged::holds(record.at.clone(), With::Ratio));
        }
        if let Some(rule) = self.rule(part.rule_of_counts(self.pack)).filter(|_| is_sure && !wholes.is_empty()) {
            return Some(self.differs_from(record, rule, &values, &wholes, "prose-share"));
        }
        let list = lists.iter().find(|list| list.parts.contains(&before))?;
        let total = &self.records()[list.total];
        if is_share(printed, part.value, total.value) {
            return Some(Judged::holds(record.at.clone(), With::Ratio));
        }
        self.is_no_share(record, part, total, own_rule?)
    }

    /// That a percentage is not that of a number of the text in another.
    fn is_no_share(&self, record: &Record, part: &Record, whole: &Record, rule: &Arc<Rule>) -> Option<Judged> {
        let exact = percent(part.value, whole.value)?.round_dp(record.value.scale().max(1)).normalize();
        let message = Message::new("prose-share.text")
            .with("found", record.value.to_string())
            .with("part", part.value.to_string())
            .with("whole", whole.value.to_string())
            .with("percent", exact.to_string());
        let mut finding = self.finding(record, rule, message);
        finding.expected = Some(exact.to_string());
        finding.labels = vec![self.label(part, "label.part"), self.label(whole, "label.whole")];
        Some(Judged::broken(record.at.clone(), finding))
    }

    /// The number that a share is of: the one before it; of shares behind each other, each has the number in its place before them.
    fn shared(&self, index: usize) -> Option<usize> {
        let records = self.records();
        let goes_on = |at: usize| records[at].is_silent && records[at].says == Says::Share;
        let follows =
            |at: usize| records[at].sentence == records[at - 1].sentence && records[at - 1].says == Says::Share;
        let first = (1..=index).rev().find(|&at| !(goes_on(at) && follows(at))).unwrap_or(0);
        let run = index - first + 1 + (index + 1..records.len()).take_while(|&at| goes_on(at) && follows(at)).count();
        let part = index.checked_sub(run)?;
        let is_count = |part: &Record| part.says == Says::Count && part.sentence == records[index].sentence;
        records[part..first].iter().all(is_count).then_some(part)
    }

    /// A rate of figures: what was granted of what was concluded. Else one of numbers beside it.
    fn rate(&self, index: usize, own_rule: Option<&Arc<Rule>>) -> Option<Judged> {
        self.rate_of_figures(&self.records()[index]).or_else(|| self.rate_of_numbers(index, own_rule))
    }

    /// 「收到留言9件，办结8件，办结率89%」: what the rate is called is what was done with the part.
    fn rate_of_numbers(&self, index: usize, rule: Option<&Arc<Rule>>) -> Option<Judged> {
        let record = &self.records()[index];
        let called: String = self.text()[record.clause.start..record.at.start].chars().take(RATE).collect();
        let counts: Vec<&Record> = self.records()[..index]
            .iter()
            .filter(|count| count.sentence == record.sentence && count.says == Says::Count && !count.is_about)
            .collect();
        let is_done = |count: &&&Record| self.text()[count.clause.clone()].contains(&called) && !count.is_at_most;
        // In a language of letters, so few of them are no word.
        let is_called = called.chars().count() == RATE && !called.contains(|c: char| c.is_ascii_alphanumeric());
        let part = counts.iter().rev().find(is_done).filter(|_| is_called && !record.is_at_most)?;
        let wholes = counts.iter().filter(|whole| whole.at.start < part.at.start && whole.unit == part.unit);
        let whole = wholes.clone().rev().find(|whole| whole.value >= part.value)?;
        let is_rate = |part: &Record| counts.iter().any(|whole| is_share(record.value, part.value, whole.value));
        if counts.iter().any(|part| is_rate(part)) {
            return Some(Judged::holds(record.at.clone(), With::Ratio));
        }
        let is_plain = record.is_plain && part.period == whole.period && wholes.count() == 1;
        is_plain.then(|| self.is_no_share(record, part, whole, rule?)).flatten()
    }

    /// A rate of figures, if it names any.
    fn rate_of_figures(&self, record: &Record) -> Option<Judged> {
        let rule = self.rule(record.rule_of_counts(self.pack))?;
        let is_full = record.value == Decimal::ONE_HUNDRED && record.has_kind(self.pack, &[NameKind::Act]);
        if !record.is_certain(self.pack) || is_full {
            return None;
        }
        let readings = record.readings(self.pack);
        let (parts, wholes) = (self.readings.valued(&readings, None), record.wholes(self.pack));
        let wholes = self.readings.valued(&wholes, None);
        if parts.is_empty() || parts.iter().any(|part| part.value.is_none() || !part.is_sure) {
            return None;
        }
        let parts: Vec<Decimal> = parts.iter().filter_map(|part| part.value).collect();
        let fits = |part: &Decimal| {
            wholes.iter().filter_map(|whole| whole.value).any(|whole| is_share(record.value, *part, whole))
        };
        if parts.iter().any(fits) {
            return Some(Judged::holds(record.at.clone(), With::Ratio));
        }
        Some(self.differs_from(record, rule, &parts, &wholes, "prose-rate"))
    }

    fn differs_from(
        &self,
        record: &Record,
        rule: &Arc<Rule>,
        parts: &[Decimal],
        wholes: &[Valued<'_>],
        key: &'static str,
    ) -> Judged {
        if wholes.is_empty() || wholes.iter().any(|whole| whole.value.is_none() || !whole.is_sure) {
            return Judged::unknown(record.at.clone());
        }
        let ratio = |part: Decimal, whole: &Valued<'_>| {
            let percent = percent(part, whole.value?)?.round_dp(record.value.scale().max(2)).normalize();
            let ratio =
                Message::new("prose-share.ratio").with("part", part.to_string()).with("words", whole.words(None));
            Some(Argument::from(ratio.with("percent", percent.to_string())))
        };
        let ratios: Vec<Argument> = parts
            .iter()
            .flat_map(|&part| wholes.iter().filter_map(move |whole| ratio(part, whole)))
            .take(MOST)
            .collect();
        if ratios.is_empty() {
            return Judged::unknown(record.at.clone());
        }
        let message =
            Message::new(key).with("found", record.value.to_string()).with("ratios", Argument::Either(ratios));
        let mut finding = self.finding(record, rule, message);
        finding.labels = self.readings.labels(wholes);
        Judged::broken(record.at.clone(), finding)
    }

    /// Growth and differences against the year's number and that of the year before, where the text has both.
    fn growth(&self, index: usize, is_more: bool, rule: &Arc<Rule>) -> Option<Judged> {
        let record = &self.records()[index];
        if !record.is_plain || record.is_about || record.is_respective {
            return None;
        }
        let in_sentence =
            |other: &&Record| other.sentence == record.sentence && other.says == Says::Count && !other.is_about;
        let bases: Vec<&Record> =
            self.records().iter().filter(in_sentence).filter(|other| other.period == Period::Last).take(MOST).collect();
        let own: Vec<&Record> =
            self.records().iter().filter(in_sentence).filter(|other| other.period == Period::Own).take(MOST).collect();
        let is_right = |current: Decimal, base: Decimal| {
            let change = if is_more { current - base } else { base - current };
            match record.says {
                Says::Difference { .. } => Some(change == record.value),
                _ => Some(is_rounded(record.value, percent(change, base)?)),
            }
        };
        let unit = |other: &Record| record.unit.is_none() || other.unit == record.unit;
        let mut pairs: Vec<Pair<'_>> = Vec::new();
        for base in bases.into_iter().filter(|base| unit(base)) {
            let same = own.iter().filter(|current| current.unit == base.unit);
            pairs.extend(same.map(|current| Pair { current, base, base_value: base.value }));
        }
        if pairs.is_empty() && record.unit.is_none() && !record.is_compared {
            pairs.extend(self.of_difference(index, &own));
        }
        let judged: Vec<bool> = pairs.iter().filter_map(|pair| is_right(pair.current.value, pair.base_value)).collect();
        if judged.is_empty() {
            return None;
        }
        if judged.contains(&true) {
            return Some(Judged::holds(record.at.clone(), With::Ratio));
        }
        let in_words = |pair: &Pair<'_>| {
            let (current, base) = (pair.current, pair.base_value);
            let change = current.value - base;
            let (key, value) = match record.says {
                Says::Difference { .. } => ("prose-growth.difference", change),
                _ => ("prose-growth.percent", percent(change, base)?.round_dp(record.value.scale().max(1))),
            };
            let message = Message::new(key).with("base", base.to_string()).with("current", current.value.to_string());
            Some(Argument::from(message.with("value", value.normalize().to_string())))
        };
        let direction = if is_more { "prose-growth.more" } else { "prose-growth.less" };
        let sign = if record.unit.is_none() { "%" } else { "" };
        let message = Message::new("prose-growth")
            .with("direction", Message::new(direction))
            .with("found", format!("{}{sign}", record.value))
            .with("pairs", Argument::Either(pairs.iter().filter_map(in_words).collect()));
        let mut finding = self.finding(record, rule, message);
        for Pair { current, base, .. } in &pairs {
            for label in [self.label(current, "label.current"), self.label(base, "label.base")] {
                if finding.labels.iter().all(|known| known.location != label.location) {
                    finding.labels.push(label);
                }
            }
        }
        Some(Judged::broken(record.at.clone(), finding))
    }

    /// 「比上年增加3件，增长20%」: the number of the year before follows from the difference.
    fn of_difference<'r>(&'r self, index: usize, own: &[&'r Record]) -> Option<Pair<'r>> {
        let difference = self.records().get(index.checked_sub(1)?)?;
        let Says::Difference { is_more } = difference.says else { return None };
        let current = own.iter().rev().find(|own| own.at.end <= difference.at.start && own.unit == difference.unit)?;
        let change = if is_more { difference.value } else { -difference.value };
        let is_of_it = difference.sentence == current.sentence && difference.is_plain && !difference.is_about;
        is_of_it.then(|| Pair { current, base: difference, base_value: current.value - change })
    }

    fn label(&self, record: &Record, key: &'static str) -> Label {
        Label::new(self.locate(record.at.clone()), Message::new(key))
    }
}

/// A number of the year, and that of the year before or what says it.
struct Pair<'r> {
    current: &'r Record,
    base: &'r Record,
    base_value: Decimal,
}

/// Whether `printed` is `exact` rounded or cut off to its digits.
pub fn is_rounded(printed: Decimal, exact: Decimal) -> bool {
    let last_digit = Decimal::new(1, printed.scale());
    (exact - printed).abs() < last_digit
}
