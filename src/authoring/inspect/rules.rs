//! Rules that can never fail or never apply, that say the same as another, and rules without words or a case.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::equation::{may_be_negative, may_be_one_row, terms};
use super::remark::Remark;
use crate::message::{Argument, Message};
use crate::pack::{Comparison, Pack, Severity, Sum, Whose, raw};

pub(super) fn look(raw: &raw::Pack, pack: &Pack, remarks: &mut Vec<Remark>) {
    let mut seen = HashMap::new();
    for own in &raw.sums {
        let sums = pack.sums().iter().chain(pack.sums_across());
        let sums: Vec<&Sum> = sums.filter(|sum| pack.rule_of(sum).code == *own.code.get_ref()).collect();
        if sums.is_empty() && !is_of_open_rows(own, pack) {
            remarks.push(Remark::new(Severity::Warning, Message::new("inspect.sum-nowhere"), own.holds.span()));
        }
        idle(pack, &sums, &own.holds.span(), remarks);
        doubles(pack, &sums, &mut seen, &own.holds.span(), remarks);
    }
    without_words_or_case(raw, pack, remarks);
}

/// Whether each report has rows of its own for the sum.
fn is_of_open_rows(own: &raw::Sum, pack: &Pack) -> bool {
    let ids = || own.table.iter().chain(&own.tables);
    let mut tables = pack.tables.iter().filter(|table| ids().any(|id| table.id == *id.get_ref()));
    tables.any(|table| table.blocks.iter().any(|block| block.open.is_some() || block.named.is_some()))
}

/// Why a sum says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Idle {
    /// Both sides are the same, or one is at least the other whatever the figures are.
    NeverFails,
    /// Only figures that are all 0 can satisfy it.
    OnlyZeros,
    /// No figures can satisfy it.
    NeverHolds,
    /// It takes a group printed as one row together with a row of that group.
    NeverEvaluated,
}

impl Idle {
    fn of(pack: &Pack, sum: &Sum) -> Option<Self> {
        if needs_both_prints(pack, sum) {
            return Some(Self::NeverEvaluated);
        }
        if sum.addends().any(|addend| addend.whose != Whose::Own) {
            return None;
        }
        let terms = terms(&sum.left, &sum.right);
        let (left, right) = (sum.left.constant, sum.right.constant);
        let holds_with_zeros = sum.comparison.holds(left, right, sum.tolerance);
        if terms.is_empty() {
            return Some(if holds_with_zeros { Self::NeverFails } else { Self::NeverHolds });
        }
        if terms.keys().any(|figure| may_be_negative(pack, *figure)) {
            return None;
        }
        // Figures that are not negative move the two sides one way only.
        let is_positive = |factor: &Decimal| factor.is_sign_positive();
        let (grows, shrinks) = (terms.values().all(is_positive), !terms.values().any(is_positive));
        let (helped, harmed) = match sum.comparison {
            Comparison::AtLeast => (grows, shrinks),
            Comparison::AtMost => (shrinks, grows),
            Comparison::Equal => (false, grows && left >= right || shrinks && left <= right),
            Comparison::NotEqual | Comparison::Less | Comparison::More => (false, false),
        };
        match holds_with_zeros {
            true if helped => Some(Self::NeverFails),
            false if harmed => Some(Self::NeverHolds),
            // That one figure is 0, or some are in a certain case, may well be meant.
            true if harmed && left == right && sum.tolerance.is_zero() && terms.len() > 1 => {
                sum.condition.is_none().then_some(Self::OnlyZeros)
            }
            _ => None,
        }
    }

    fn message(self, places: Option<Argument>) -> Message {
        let (always, there) = match self {
            Self::NeverFails => ("inspect.never-fails", "inspect.never-fails-there"),
            Self::OnlyZeros => ("inspect.only-zeros", "inspect.only-zeros-there"),
            Self::NeverHolds => ("inspect.never-holds", "inspect.never-holds-there"),
            Self::NeverEvaluated => ("inspect.never-evaluated", "inspect.never-evaluated-there"),
        };
        match places {
            None => Message::new(always),
            Some(places) => Message::new(there).with("places", places),
        }
    }
}

fn needs_both_prints(pack: &Pack, sum: &Sum) -> bool {
    // A figure may be in a sum any number of times.
    let figures: BTreeSet<usize> =
        sum.addends().filter(|addend| addend.parts.is_empty()).map(|addend| addend.figure).collect();
    figures.iter().any(|&group| {
        let group = &pack.figures[group];
        let rows = &pack.tables[group.table].rows;
        let below = group.row + 1..rows[group.row].end;
        let is_below = |other: &usize| {
            let other = &pack.figures[*other];
            other.table == group.table && below.contains(&other.row)
        };
        may_be_one_row(&rows[group.row]) && figures.iter().any(is_below)
    })
}

fn idle(pack: &Pack, sums: &[&Sum], span: &Range<usize>, remarks: &mut Vec<Remark>) {
    let mut idle: BTreeMap<Idle, Vec<Argument>> = BTreeMap::new();
    for sum in sums {
        if let Some(why) = Idle::of(pack, sum) {
            idle.entry(why).or_default().push(sum.place.as_str().into());
        }
    }
    for (why, places) in idle {
        let is_everywhere = places.len() == sums.len();
        let message = why.message((!is_everywhere).then_some(Argument::List(places)));
        remarks.push(Remark::new(Severity::Warning, message, span.clone()));
    }
}

/// Terms, what they are compared with, the tolerance, and whether it is an equation.
type Relation = (Vec<(usize, Decimal)>, Decimal, Decimal, bool);

/// Sums that say the same, whichever side their figures are on.
fn doubles<'p>(
    pack: &'p Pack,
    sums: &[&'p Sum],
    seen: &mut HashMap<Relation, &'p Sum>,
    span: &Range<usize>,
    remarks: &mut Vec<Remark>,
) {
    let mut said = HashSet::new();
    let is_plain = |sum: &&&Sum| sum.condition.is_none() && sum.addends().all(|addend| addend.whose == Whose::Own);
    for sum in sums.iter().filter(is_plain) {
        let relation = relation(sum);
        if relation.0.is_empty() {
            continue;
        }
        let first = *seen.entry(relation).or_insert(sum);
        let rule = pack.rule_of(first);
        if first.rule != sum.rule && said.insert(first.rule) {
            let message = Message::new("inspect.same-as")
                .with("code", rule.code.as_str())
                .with("name", rule.name.as_str())
                .with("sum", sum.id.as_str());
            remarks.push(Remark::new(Severity::Warning, message, span.clone()));
        }
    }
}

/// The terms with the first one positive (of equations) or as "at least 0" (of the others).
fn relation(sum: &Sum) -> Relation {
    let terms: Vec<(usize, Decimal)> = terms(&sum.left, &sum.right).into_iter().collect();
    let is_turned = match sum.comparison {
        Comparison::Equal => terms.first().is_some_and(|(_, factor)| factor.is_sign_negative()),
        Comparison::AtMost => true,
        _ => false,
    };
    let sign = if is_turned { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
    let terms = terms.into_iter().map(|(figure, factor)| (figure, (factor * sign).normalize())).collect();
    let constant = (sum.right.constant - sum.left.constant) * sign;
    (terms, constant.normalize(), sum.tolerance.normalize(), sum.comparison == Comparison::Equal)
}

fn without_words_or_case(raw: &raw::Pack, pack: &Pack, remarks: &mut Vec<Remark>) {
    for own in raw.clone().take_rules() {
        let code = own.header().code;
        let Some(rule) = pack.rules().iter().find(|rule| rule.code == *code.get_ref()) else { continue };
        let is_blank = |text: &str| text.trim().is_empty();
        let mut warn = |severity, key: &'static str| {
            remarks.push(Remark::new(severity, Message::new(key).with("code", code.get_ref().as_str()), code.span()));
        };
        if is_blank(&rule.says.zh) || is_blank(&rule.says.en) {
            warn(Severity::Warning, "inspect.without-words");
        }
        if is_blank(&rule.source) {
            warn(Severity::Warning, "inspect.without-source");
        }
        if !pack.cases().iter().any(|case| case.rule == rule.code) {
            warn(Severity::Advice, "inspect.without-case");
        }
    }
}
