//! The sums of a form as they stand in an empty one: which of its figures are computed by which sum, and which sums are left
//! to be held against each other.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::blank_form::BlankForm;
use crate::evaluate::in_report;
use crate::pack::{Addend, Compared, Comparison, Condition, Pack, Policy, Severity, Side, Sum, ValueKind, Whose};

/// Figures times their factors, and a number: a side of a sum, as far as it depends on the report itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Linear {
    pub terms: Vec<(usize, Decimal)>,
    pub constant: Decimal,
}

/// A sum that cells can hold.
#[derive(Debug)]
pub(super) struct Relation<'p> {
    pub sum: &'p Sum,
    pub left: Linear,
    pub right: Linear,
    pub condition: Option<Condition<LinearComparison>>,
}

/// A comparison of a condition.
#[derive(Debug)]
pub(super) struct LinearComparison {
    pub left: Linear,
    pub comparison: Comparison,
    pub right: Linear,
}

/// What a form computes, and what it holds against each other.
#[derive(Debug)]
pub(super) struct Plan<'p> {
    pub relations: Vec<Relation<'p>>,
    /// For each figure that is computed, by which of the relations.
    pub computed: BTreeMap<usize, usize>,
}

impl Linear {
    fn new(side: &Side, form: &BlankForm, printed: &BTreeSet<usize>) -> Option<Self> {
        let mut linear = Self { terms: Vec::new(), constant: side.constant };
        for addend in &side.addends {
            match addend.whose {
                Whose::Own => {
                    let figures = if printed.contains(&addend.figure) { &[addend.figure][..] } else { &addend.parts };
                    let are_there = !figures.is_empty() && figures.iter().all(|figure| printed.contains(figure));
                    are_there.then(|| linear.terms.extend(figures.iter().map(|&figure| (figure, addend.factor()))))?;
                }
                Whose::Previous => {
                    let number = in_report(form.previous.as_deref()?, addend)?;
                    linear.constant = linear.constant.checked_add(addend.factor().checked_mul(number)?)?;
                }
                Whose::Children => return None,
            }
        }
        let is_number = |&(figure, _): &(usize, Decimal)| form.pack.figures[figure].value != ValueKind::Text;
        linear.terms.iter().all(is_number).then_some(linear)
    }

    /// What it comes to with what is known of the figures: what is not known is 0.
    pub fn value(&self, of: impl Fn(usize) -> Option<Decimal>) -> Decimal {
        let term = |&(figure, factor): &(usize, Decimal)| of(figure).and_then(|number| number.checked_mul(factor));
        self.terms.iter().filter_map(term).fold(self.constant, |sum, term| sum.checked_add(term).unwrap_or(sum))
    }

    pub fn figures(&self) -> impl Iterator<Item = usize> + '_ {
        self.terms.iter().map(|term| term.0)
    }
}

impl Relation<'_> {
    fn new<'p>(sum: &'p Sum, form: &BlankForm, printed: &BTreeSet<usize>) -> Option<Relation<'p>> {
        // Groups are printed row by row.
        let is_share = sum.addends().any(|addend| addend.of.is_some());
        if sum.severity == Severity::Advice || is_share || sum.only_if_one_row.is_some_and(|(_, one_row)| one_row) {
            return None;
        }
        let condition = sum.condition.as_ref().map(|condition| linear_condition(condition, form, printed));
        Some(Relation {
            sum,
            left: Linear::new(&sum.left, form, printed)?,
            right: Linear::new(&sum.right, form, printed)?,
            condition: if let Some(condition) = condition { Some(condition?) } else { None },
        })
    }

    /// All its figures.
    pub fn figures(&self) -> impl Iterator<Item = usize> + '_ {
        self.left.figures().chain(self.right.figures())
    }

    /// The figures without which it cannot be judged, those of its condition among them.
    pub fn needed(&self) -> Vec<usize> {
        let mut figures: Vec<usize> = self.figures().collect();
        if let Some(condition) = &self.condition {
            add_figures(condition, &mut figures);
        }
        figures.sort_unstable();
        figures.dedup();
        figures
    }

    /// Whether its condition is met with these figures.
    pub fn applies(&self, of: &impl Fn(usize) -> Option<Decimal>) -> bool {
        self.condition.as_ref().is_none_or(|condition| is_met(condition, of))
    }

    /// Whether a blank cell counts as 0.
    pub fn takes_blanks(&self) -> bool {
        self.sum.missing.blank == Policy::Zero
    }

    /// The figures to be marked where it does not hold: the total, if there is one.
    pub fn marked(&self) -> Vec<usize> {
        match (&self.left.terms[..], &self.right.terms[..]) {
            ([one], [_, _, ..] | []) | ([_, _, ..] | [], [one]) => vec![one.0],
            _ => self.figures().collect(),
        }
    }

    /// The figure that it says how to compute: what must be a sum of others, whatever the report.
    fn total(&self, pack: &Pack) -> Option<usize> {
        let is_sum = self.sum.comparison == Comparison::Equal
            && self.sum.severity == Severity::Error
            && self.sum.condition.is_none()
            && !self.sum.takes_in.previous;
        let [(total, factor)] = self.left.terms[..] else { return None };
        let are_parts = self.right.terms.len() > 1 && self.left.constant.is_zero() && self.right.constant.is_zero();
        let are_numbers = self.figures().all(|figure| pack.figures[figure].value.is_number());
        (is_sum && are_parts && are_numbers && factor == Decimal::ONE).then_some(total)
    }
}

impl<'p> Plan<'p> {
    /// What the figures that are printed allow, of what `is_meant`.
    pub fn new(form: &'p BlankForm, printed: &BTreeSet<usize>, is_meant: impl Fn(&Relation<'p>) -> bool) -> Self {
        let sums = form.pack.sums().iter().chain(form.pack.sums_across());
        let relations = sums.filter_map(|sum| Relation::new(sum, form, printed)).filter(is_meant);
        let relations: Vec<Relation<'p>> = relations.collect();
        let mut plan = Self { relations, computed: BTreeMap::new() };
        for index in 0..plan.relations.len() {
            let relation = &plan.relations[index];
            let Some(total) = relation.total(&form.pack) else { continue };
            // One formula a figure, and none that comes back to itself; what else is said of it remains a check.
            let comes_back = relation.right.figures().any(|part| part == total || plan.depends(part, total));
            if !plan.computed.contains_key(&total) && !comes_back {
                plan.computed.insert(total, index);
            }
        }
        plan
    }

    /// Whether a figure is computed of another one, be it by way of others.
    fn depends(&self, figure: usize, on: usize) -> bool {
        let mut open = vec![figure];
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            let Some(&by) = self.computed.get(&next) else { continue };
            for part in self.relations[by].right.figures() {
                if part == on {
                    return true;
                }
                if seen.insert(part) {
                    open.push(part);
                }
            }
        }
        false
    }

    /// The number in the cell of each figure: what is there, or what it is computed to; none where nothing does yet.
    pub fn numbers(&self, form: &BlankForm) -> Vec<Option<Decimal>> {
        let yes = &form.pack.core.yes_no.yes;
        let written = |(figure, text): (usize, &String)| match form.pack.figures[figure].value {
            ValueKind::YesNo if text.is_empty() => None,
            ValueKind::YesNo => Some(Decimal::from(u8::from(yes.contains(text)))),
            _ => text.parse().ok(),
        };
        let mut numbers: Vec<Option<Decimal>> = form.figures.iter().enumerate().map(written).collect();
        let mut left: BTreeSet<usize> = self.computed.keys().copied().collect();
        for &figure in &left {
            numbers[figure] = None;
        }
        // Each waits for what it is computed of; they are in no circle.
        while let Some(next) = left
            .iter()
            .copied()
            .find(|&figure| !self.relations[self.computed[&figure]].right.figures().any(|part| left.contains(&part)))
        {
            left.remove(&next);
            let sum = &self.relations[self.computed[&next]].right;
            let is_begun = sum.figures().any(|part| numbers[part].is_some());
            numbers[next] = is_begun.then(|| sum.value(|part| numbers[part]));
        }
        numbers
    }
}

/// The figures that the report of the year before says, with what it says.
pub(super) fn carried(form: &BlankForm) -> BTreeMap<usize, Decimal> {
    let printed = printed(form);
    let plan = Plan::new(form, &printed, |_| true);
    let mut carried = BTreeMap::new();
    for relation in plan.relations.iter().filter(|relation| relation.sum.takes_in.previous) {
        let is_plain = relation.sum.comparison == Comparison::Equal && relation.condition.is_none();
        let of_previous = |side: &Side| side.addends.iter().all(|addend: &Addend| addend.whose == Whose::Previous);
        let (own, other, other_side) = match (&relation.left.terms[..], &relation.right.terms[..]) {
            ([own], []) => (own, relation.right.constant - relation.left.constant, &relation.sum.right),
            ([], [own]) => (own, relation.left.constant - relation.right.constant, &relation.sum.left),
            _ => continue,
        };
        let kind = form.pack.figures[own.0].value;
        if is_plain && own.1 == Decimal::ONE && of_previous(other_side) && kind.is_number() && kind.admits(other) {
            // What is computed here must come to it; it is not typed.
            if !plan.computed.contains_key(&own.0) {
                carried.entry(own.0).or_insert(other);
            }
        }
    }
    carried
}

/// The figures that have a cell.
pub(super) fn printed(form: &BlankForm) -> BTreeSet<usize> {
    let blank = form.blank();
    let grids = (0..form.pack.tables.len()).map(|table| blank.grid(table));
    grids.flatten().flatten().filter_map(|(_, cell)| cell.figure).collect()
}

fn linear_condition(
    condition: &Condition<Compared>,
    form: &BlankForm,
    printed: &BTreeSet<usize>,
) -> Option<Condition<LinearComparison>> {
    let all = |parts: &[Condition<Compared>]| {
        parts.iter().map(|part| linear_condition(part, form, printed)).collect::<Option<Vec<_>>>()
    };
    Some(match condition {
        Condition::All(parts) => Condition::All(all(parts)?),
        Condition::Any(parts) => Condition::Any(all(parts)?),
        Condition::Not(part) => Condition::Not(Box::new(linear_condition(part, form, printed)?)),
        Condition::Compared(compared) => Condition::Compared(LinearComparison {
            left: Linear::new(&compared.left, form, printed)?,
            comparison: compared.comparison,
            right: Linear::new(&compared.right, form, printed)?,
        }),
    })
}

fn add_figures(condition: &Condition<LinearComparison>, into: &mut Vec<usize>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| add_figures(part, into)),
        Condition::Not(part) => add_figures(part, into),
        Condition::Compared(compared) => into.extend(compared.left.figures().chain(compared.right.figures())),
    }
}

fn is_met(condition: &Condition<LinearComparison>, of: &impl Fn(usize) -> Option<Decimal>) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| is_met(part, of)),
        Condition::Any(parts) => parts.iter().any(|part| is_met(part, of)),
        Condition::Not(part) => !is_met(part, of),
        Condition::Compared(compared) => {
            compared.comparison.holds(compared.left.value(of), compared.right.value(of), Decimal::ZERO)
        }
    }
}
