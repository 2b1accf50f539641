//! Evaluates the sums of a form with the figures of a report: their values, and whether they hold.

use rust_decimal::Decimal;

use crate::facts::{Fact, Facts, Value};
use crate::pack::{Addend, Compared, Comparison, Condition, Figure, Levels, Missing, Pack, Policy, Side, Sum, Whose};
use crate::squeeze::Squeezed;

/// The figures of a report as sums see them.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a, 'd> {
    pub pack: &'a Pack,
    pub facts: &'a Facts<'d>,
    /// How much the rules weigh: a sum that is off takes no part in anything.
    pub levels: &'a Levels,
    /// For each figure of the form the number there, if it is one of the right kind.
    pub numbers: &'a [Option<Decimal>],
    /// The figures of other reports, for sums that take them in.
    pub others: Option<&'a Others>,
}

/// The numbers of a report, by the figures of the form they are compared in; none where one is not known.
pub type Numbers = Vec<Option<Decimal>>;

/// What is at hand of other reports, each in the form of the report that is checked.
#[derive(Debug, Clone, Default)]
pub struct Others {
    /// The report of the same agency of the year before.
    pub previous: Option<Numbers>,
    /// The reports of all agencies below; empty where not all are at hand.
    pub children: Vec<Numbers>,
}

impl Others {
    /// What an addend comes to in these reports.
    fn of(&self, addend: &Addend) -> Option<Decimal> {
        match addend.whose {
            Whose::Previous => in_report(self.previous.as_deref()?, addend),
            Whose::Children if self.children.is_empty() => None,
            Whose::Children => {
                self.children.iter().try_fold(Decimal::ZERO, |sum, report| sum.checked_add(in_report(report, addend)?))
            }
            Whose::Own => None,
        }
    }
}

/// How a sum fares whose sides are between two numbers each: nothing is known where it holds with some and not with others.
fn within(sum: &Sum, left: (Decimal, Decimal), right: (Decimal, Decimal)) -> Verdict {
    use Comparison::{AtLeast, AtMost, Equal};
    let holds = |one, other| sum.comparison.holds(one, other, sum.tolerance);
    // The pairs by which it is most and least easily kept.
    let (best, worst) = match sum.comparison {
        AtMost => ((left.0, right.1), (left.1, right.0)),
        AtLeast => ((left.1, right.0), (left.0, right.1)),
        Equal if left.1 < right.0 => ((left.1, right.0), (left.0, right.1)),
        Equal if right.1 < left.0 => ((left.0, right.1), (left.1, right.0)),
        _ => return Verdict::DoesNotApply,
    };
    match (holds(best.0, best.1), holds(worst.0, worst.1)) {
        (false, _) => Verdict::Broken(best.0, best.1),
        (true, true) => Verdict::Holds,
        // All that the report tells has been looked at.
        (true, false) => Verdict::DoesNotApply,
    }
}

/// The figure itself, else what its parts come to.
pub fn in_report(numbers: &[Option<Decimal>], addend: &Addend) -> Option<Decimal> {
    let number = |figure: usize| numbers.get(figure).copied().flatten();
    number(addend.figure).or_else(|| {
        let mut parts = addend.parts.iter().peekable();
        parts.peek()?;
        parts.try_fold(Decimal::ZERO, |sum, &part| sum.checked_add(number(part)?))
    })
}

/// How the sums of a report fared.
#[derive(Debug, Default)]
pub struct Evaluated {
    /// Sums that do not hold, in the order of the pack.
    pub broken: Vec<BrokenSum>,
    /// Sums that lack a figure, indices into [`Pack::sums`], ascending.
    pub not_evaluated: Vec<usize>,
}

/// A sum that does not hold.
#[derive(Debug, Clone)]
pub struct BrokenSum {
    /// Index into [`Pack::sums`].
    pub sum: usize,
    /// The two sides, as printed in the report.
    pub left: Decimal,
    pub right: Decimal,
}

/// How one sum fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Holds,
    /// With its two sides.
    Broken(Decimal, Decimal),
    /// Figures are missing that the rule says must be there.
    Lacks(Vec<usize>),
    /// A figure it needs is not known.
    NotEvaluated,
    /// It does not apply to this report.
    DoesNotApply,
}

/// What is known of a figure.
enum Known {
    Number(Decimal),
    Required,
    Unknown,
}

/// The figures that sums may use: numbers of the right kind. Anything else in a cell is never counted as 0.
pub fn numbers(pack: &Pack, facts: &Facts<'_>) -> Vec<Option<Decimal>> {
    let sound = |(fact, figure): (&Fact<'_>, &Figure)| fact.number().filter(|&number| figure.value.admits(number));
    facts.figures.iter().zip(&pack.figures).map(sound).collect()
}

impl Figures<'_, '_> {
    /// The sums of the report itself that say what must be and apply, with their indices.
    pub fn required_sums(&self) -> impl Iterator<Item = (usize, &Sum)> {
        let sums = self.pack.sums().iter().enumerate();
        sums.filter(|(_, sum)| self.levels.requires(sum) && self.applies(sum) == Some(true))
    }

    /// Evaluates a sum.
    pub fn evaluate(&self, sum: &Sum) -> Verdict {
        match self.applies(sum) {
            Some(true) => {}
            Some(false) => return Verdict::DoesNotApply,
            None => return Verdict::NotEvaluated,
        }
        if self.holds_in_whole_numbers(sum) == Some(true) {
            return Verdict::Holds;
        }
        let mut lacking = Vec::new();
        let mut side = |side| self.side(side, sum.missing, &mut lacking);
        let sides = (side(&sum.left), side(&sum.right));
        if !lacking.is_empty() {
            return Verdict::Lacks(lacking);
        }
        let (Some(left), Some(right)) = sides else {
            let bounds = self.bounds(&sum.left, sum.missing).zip(self.bounds(&sum.right, sum.missing));
            let by_signs = bounds.map(|(left, right)| within(sum, left, right));
            let otherwise = if self.is_not_applicable(sum) || self.is_of_a_table_left_out(sum) {
                Verdict::DoesNotApply
            } else {
                Verdict::NotEvaluated
            };
            return by_signs.unwrap_or(otherwise);
        };
        if sum.comparison.holds(left, right, sum.tolerance) { Verdict::Holds } else { Verdict::Broken(left, right) }
    }

    /// Between what one side is, where signs tell of some figures between what they are.
    fn bounds(&self, side: &Side, missing: Missing) -> Option<(Decimal, Decimal)> {
        let (mut least, mut most) = (side.constant, side.constant);
        for addend in side.addends.iter() {
            if addend.whose != Whose::Own {
                return None;
            }
            for figure in self.facts.figures_of(addend) {
                let (low, high) = match self.known(figure, missing) {
                    Known::Number(number) => (number, number),
                    Known::Required | Known::Unknown => self.told_by_sign(figure)?,
                };
                let one = self.times_factors(low, addend, figure)?;
                let other = self.times_factors(high, addend, figure)?;
                least = least.checked_add(one.min(other))?;
                most = most.checked_add(one.max(other))?;
            }
        }
        Some((least, most))
    }

    /// Whether a sign of the form says of one of its figures that there is none, and that counts for nothing here.
    fn is_not_applicable(&self, sum: &Sum) -> bool {
        let own = sum.addends().filter(|addend| addend.whose == Whose::Own);
        own.flat_map(|addend| self.facts.figures_of(addend)).any(|figure| {
            let fact = &self.facts.figures[figure];
            fact.value == Value::Mark
                && sum.missing.mark == Policy::Unknown
                && self.pack.mark(&Squeezed::new(&fact.found).text).is_some_and(|mark| mark.between.is_none())
        })
    }

    /// Between what a figure is by the sign printed for it.
    fn told_by_sign(&self, figure: usize) -> Option<(Decimal, Decimal)> {
        let fact = &self.facts.figures[figure];
        if fact.value != Value::Mark || self.pack.marks.is_empty() {
            return None;
        }
        self.pack.mark(&Squeezed::new(&fact.found).text)?.between
    }

    /// Whether a sum of whole numbers holds, as nearly every sum is one and does; none where anything else
    /// than plain counts is in it.
    fn holds_in_whole_numbers(&self, sum: &Sum) -> Option<bool> {
        if !sum.tolerance.is_zero() || self.facts.tables.iter().any(|table| table.factor.is_some()) {
            return None;
        }
        Some(sum.comparison.holds_exactly(self.whole(&sum.left)?, self.whole(&sum.right)?))
    }

    /// What one side comes to, if it is nothing but whole numbers.
    fn whole(&self, side: &Side) -> Option<i64> {
        if !side.constant.is_zero() {
            return None;
        }
        let mut total = 0_i64;
        for addend in &side.addends {
            if addend.whose != Whose::Own || addend.factor.is_some() || addend.of.is_some() {
                return None;
            }
            let whole = |figure: usize| {
                let number = self.numbers[figure].filter(|number| number.scale() == 0)?;
                i64::try_from(number.mantissa()).ok()
            };
            if addend.parts.is_empty() {
                total = total.checked_add(whole(addend.figure)?)?;
                continue;
            }
            for figure in self.facts.figures_of(addend) {
                total = total.checked_add(whole(figure)?)?;
            }
        }
        Some(total)
    }

    /// Whether the sum applies to this report; none where that is not known.
    pub fn applies(&self, sum: &Sum) -> Option<bool> {
        // Rows of a group printed as one row have no sums.
        let is_printed = |figure: usize| self.facts.figures[figure].value != Value::Absent;
        if sum.only_if_one_row.is_some_and(|(figure, one_row)| is_printed(figure) != one_row) {
            return Some(false);
        }
        if sum.open_table.is_some_and(|table| !self.facts.tables[table].extra.is_empty()) {
            return None;
        }
        let Some(condition) = &sum.condition else { return Some(true) };
        self.is_met(condition, sum.missing)
    }

    /// Three-valued: what is not known may still not matter.
    fn is_met(&self, condition: &Condition<Compared>, missing: Missing) -> Option<bool> {
        match condition {
            Condition::Compared(compared) => {
                let left = self.side(&compared.left, missing, &mut Vec::new())?;
                let right = self.side(&compared.right, missing, &mut Vec::new())?;
                Some(compared.comparison.holds(left, right, Decimal::ZERO))
            }
            Condition::Not(part) => self.is_met(part, missing).map(|met| !met),
            Condition::All(parts) => self.settled(parts, missing, false),
            Condition::Any(parts) => self.settled(parts, missing, true),
        }
    }

    /// Of several conditions, `by` where one of them is that; the opposite where all are known not to be.
    fn settled(&self, parts: &[Condition<Compared>], missing: Missing, by: bool) -> Option<bool> {
        let met: Vec<Option<bool>> = parts.iter().map(|part| self.is_met(part, missing)).collect();
        if met.contains(&Some(by)) {
            return Some(by);
        }
        if met.contains(&None) { None } else { Some(!by) }
    }

    /// What one side comes to; none where a figure is not known. Figures that must be there and are not go to `lacking`.
    pub fn side(&self, side: &Side, missing: Missing, lacking: &mut Vec<usize>) -> Option<Decimal> {
        let mut total = Some(side.constant);
        for addend in &side.addends {
            if addend.whose != Whose::Own {
                let number = self.others.and_then(|others| others.of(addend));
                let number = number.and_then(|number| addend.factor().checked_mul(number));
                total = total.and_then(|total| total.checked_add(number?));
                continue;
            }
            for figure in self.facts.figures_of(addend) {
                match self.known(figure, missing) {
                    Known::Number(number) => {
                        total = total.and_then(|total| total.checked_add(self.times_factors(number, addend, figure)?));
                    }
                    Known::Required => lacking.push(figure),
                    Known::Unknown => total = None,
                }
            }
        }
        total
    }

    /// Whether a sum takes in figures of a table that need not be there, and of which nothing is.
    fn is_of_a_table_left_out(&self, sum: &Sum) -> bool {
        let own = sum.addends().filter(|addend| addend.whose == Whose::Own);
        own.map(|addend| self.pack.figures[addend.figure].table).any(|table| {
            let mut figures =
                self.pack.figures.iter().zip(&self.facts.figures).filter(|(figure, _)| figure.table == table);
            self.pack.tables[table].is_optional
                && self.facts.tables[table].extra.is_empty()
                && figures.all(|(_, fact)| fact.value == Value::Absent)
        })
    }

    fn times_factors(&self, number: Decimal, addend: &Addend, figure: usize) -> Option<Decimal> {
        let number = addend.factor.map_or(Some(number), |factor| factor.checked_mul(number))?;
        if let Some(whole) = addend.of {
            // Both are amounts of one unit, whatever that is.
            let whole = self.numbers[whole].filter(|whole| !whole.is_zero())?;
            return number.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole);
        }
        self.factor(figure).map_or(Some(number), |factor| factor.checked_mul(number))
    }

    /// What an amount is multiplied with, where its table is printed in another unit than the form's.
    pub fn factor(&self, figure: usize) -> Option<Decimal> {
        let of_form = &self.pack.figures[figure];
        of_form.unit.as_ref().and(self.facts.tables[of_form.table].factor)
    }

    fn known(&self, figure: usize, missing: Missing) -> Known {
        if let Some(number) = self.numbers[figure] {
            return Known::Number(number);
        }
        match self.policy(figure, missing) {
            Policy::Zero => Known::Number(Decimal::ZERO),
            Policy::Error => Known::Required,
            Policy::Unknown => Known::Unknown,
        }
    }

    /// Whether there is no such cell, and it counts as 0: the right value is unknown.
    pub fn is_taken_for_nothing(&self, figure: usize, missing: Missing) -> bool {
        self.facts.figures[figure].value == Value::Absent && self.policy(figure, missing) == Policy::Zero
    }

    /// Whether a figure that is not there need not be there, and is not among rows that were not recognised either.
    fn is_surely_left_out(&self, figure: usize) -> bool {
        let of_form = &self.pack.figures[figure];
        let table = &self.facts.tables[of_form.table];
        of_form.is_optional && table.extra.iter().all(|row| row.repeats.is_some())
    }

    /// What a figure without a number is taken for.
    pub fn policy(&self, figure: usize, missing: Missing) -> Policy {
        match self.facts.figures[figure].value {
            // That a required row is missing is a finding already, and one that need not stand may be among the rows that
            // nobody knows: neither is 0 because of that.
            Value::Absent if missing.absent == Policy::Zero && !self.is_surely_left_out(figure) => Policy::Unknown,
            Value::Absent => missing.absent,
            Value::Blank => missing.blank,
            // What is between two numbers is not nothing.
            Value::Mark if self.told_by_sign(figure).is_some() => Policy::Unknown,
            Value::Mark => missing.mark,
            Value::Number(_) | Value::Text | Value::Unreadable(_) => Policy::Unknown,
        }
    }
}
